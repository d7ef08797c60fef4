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

/*
 * Form `index` of the notes on the numbers that a kind of `reads` has. NULL when it is nested too deeply, or
 * when memory runs out, which sets `*failed`.
 */
const struct recall_form *recall_form_keep(struct arena *arena,
	const struct job *job, const struct reads *reads,
	const struct feel_notes *notes, uint16_t index, bool *failed);
bool recall_form_same(const struct recall_form *a, const struct recall_form *b);
/*
 * What the form makes of the numbers of a record. False when that is not
 * exact: then the rules would go another way.
 */
bool recall_form_value(
	const struct recall_form *form, const num *numbers, num *out);

#endif
