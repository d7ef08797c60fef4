/*
 * Forms and guards of a remembered answer, in terms of record fields.
 */
#ifndef PRICE_RECALL_FORM_H
#define PRICE_RECALL_FORM_H

#include "feel/note.h"
#include "price/recall.h"

struct recall_form {
	uint8_t kind; /* enum feel_form_kind */
	uint8_t mode;
	int16_t scale;
	uint16_t place; /* FACT: among the numbers of the record */
	const struct recall_form *a, *b;
	num number; /* NUMBER */
};

struct reads;

/* The same in a row: the numbers that one is made of stand before it. */
struct recall_sum {
	uint8_t kind; /* enum feel_form_kind; NUMBER: it is there already */
	uint8_t mode;
	int16_t scale;
	uint16_t place; /* FACT: among the numbers of the record */
	uint16_t a, b;	/* of the row; one side: both are it */
};

/* The row while it is made; forms that are met again are there already. */
struct recall_summing {
	const struct job *job;
	const struct reads *reads;
	const struct feel_notes *notes;
	size_t count;
	struct recall_sum items[RECALL_SUMS_MAX];
	num numbers[RECALL_SUMS_MAX];
	uint16_t places[FEEL_FORMS_MAX + 1]; /* of each form: 1 + its place */
};

/*
 * Form `index` of the notes on the numbers that a kind of `reads` has. NULL when it is nested too deeply, or
 * when memory runs out, which sets `*failed`.
 */
const struct recall_form *recall_form_keep(struct arena *arena,
	const struct job *job, const struct reads *reads,
	const struct feel_notes *notes, uint16_t index, bool *failed);
/* An empty row. */
void recall_sums_begin(struct recall_summing *summing, const struct job *job,
	const struct reads *reads, const struct feel_notes *notes);
/*
 * Put form `index` and what it is made of into the row. Its place, or -1 when
 * it is nested too deeply or hangs on what is no number of the kind, or when
 * the row is full.
 */
int recall_sums_add(struct recall_summing *summing, uint16_t index);
/* Work them all out; false when one is not exact. */
bool recall_sums_work_out(const struct recall_sums *sums, const num *numbers);
bool recall_form_same(const struct recall_form *a, const struct recall_form *b);
/*
 * What the form makes of the numbers of a record. False when that is not
 * exact: then the rules would go another way.
 */
bool recall_form_value(
	const struct recall_form *form, const num *numbers, num *out);

#endif
