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
	int field; /* FACT */
	const struct recall_form *a, *b;
	num number; /* NUMBER */
};

/* Form `index` of the notes, its slots as fields of the desk; NULL when it is
   nested too deeply, or when memory runs out, which sets `*failed`. */
const struct recall_form *recall_form_keep(struct arena *arena,
	const struct job *job, const struct feel_notes *notes, uint16_t index,
	bool *failed);
bool recall_form_same(const struct recall_form *a, const struct recall_form *b);
/*
 * What the form makes of a record. False when that is not exact: then the
 * rules would go another way.
 */
bool recall_form_value(
	const struct recall_form *form, const struct record *record, num *out);

#endif
