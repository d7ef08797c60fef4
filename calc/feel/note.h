/*
 * Notes of a run, for whoever wants to repeat it without the machine: of each
 * number how it came from given facts (its form), and of each comparison of
 * such numbers what it said (a guard). A run on other facts whose guards all
 * say the same takes the same way, and its numbers are what their forms make
 * of those facts. What a form cannot follow pins its facts: the way is then
 * that of these very values.
 */
#ifndef FEEL_NOTE_H
#define FEEL_NOTE_H

#include "feel/program.h"
#include "feel/value.h"

#define FEEL_FORMS_MAX	4095 /* of one taking of notes; past it: `full` */
#define FEEL_GUARDS_MAX 2048

enum feel_form_kind {
	FEEL_FORM_NUMBER, /* a constant: number */
	FEEL_FORM_FACT,	  /* what slot `slot` was given: number is its value */
	FEEL_FORM_ADD,	  /* a + b, and so on as num/ computes them */
	FEEL_FORM_SUBTRACT,
	FEEL_FORM_MULTIPLY,
	FEEL_FORM_DIVIDE,
	FEEL_FORM_POWER,
	FEEL_FORM_NEGATE, /* -a */
	FEEL_FORM_ROUND,  /* a to `scale` decimals by `mode` */
	FEEL_FORM_MARGIN  /* num_rounding_margin of that rounding */
};

struct feel_form {
	uint8_t kind; /* enum feel_form_kind */
	uint8_t mode; /* enum num_rounding */
	uint16_t a, b;
	int16_t scale;
	uint32_t slot;
	num number;	       /* NUMBER, FACT */
	struct feel_set facts; /* slots that it is made of */
};

enum feel_guard_kind {
	FEEL_GUARD_EQ, /* a = b */
	FEEL_GUARD_LT, /* a < b */
	FEEL_GUARD_LE, /* a <= b */
	FEEL_GUARD_PIN /* a, a fact, is this value: always true */
};

struct feel_guard {
	uint8_t kind; /* enum feel_guard_kind */
	bool truth;   /* what it said */
	uint16_t a, b;
};

struct feel_notes {
	bool full; /* a ceiling was met: the notes do not tell the way */
	size_t form_count; /* forms[0] stands for "no form" */
	size_t guard_count;
	struct feel_set pinned;
	struct feel_form forms[FEEL_FORMS_MAX + 1];
	struct feel_guard guards[FEEL_GUARDS_MAX];
	uint16_t form_places[2 * (FEEL_FORMS_MAX + 1)];
	uint16_t guard_places[2 * FEEL_GUARDS_MAX];
};

void feel_notes_clear(struct feel_notes *notes);
/* The number is what `slot` was given; its form is put into it. */
void feel_note_fact(
	struct feel_notes *notes, unsigned slot, struct feel_value *number);
/* True when the value depends on a fact that is not pinned; not inside. */
bool feel_note_free(
	const struct feel_notes *notes, const struct feel_value *value);
/* Pin every fact that the value depends on, however deep inside. */
void feel_note_pin(struct feel_notes *notes, const struct feel_value *value);
/*
 * An operator on two values of which one may have a form. `out` is its result:
 * an exact number gets its form, what cannot be followed pins both sides.
 */
void feel_note_binary(struct feel_notes *notes, enum feel_op op,
	const struct feel_value sides[2], struct feel_value *out);
/*
 * The values that `value` may be, all of them known and without anything
 * inside, and their number; 0 when that cannot be said.
 */
size_t feel_note_listed(
	const struct feel_value *value, const struct feel_value **values);
/* Whether two known values are the same is looked at. */
void feel_note_same(struct feel_notes *notes, const struct feel_value *a,
	const struct feel_value *b);
/* -a */
void feel_note_negate(struct feel_notes *notes, const struct feel_value *a,
	struct feel_value *out);
/* A rounding; `margin`, which may be NULL, gets its form too. */
void feel_note_round(struct feel_notes *notes, int scale,
	enum num_rounding mode, const struct feel_value *before,
	struct feel_value *after, struct feel_value *margin);

#endif
