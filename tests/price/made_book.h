/*
 * A rulebook that a test makes in a folder of its own, for what no book of the
 * tests has: hundreds of facts, rules one inside another, rows.
 */
#ifndef TESTS_PRICE_MADE_BOOK_H
#define TESTS_PRICE_MADE_BOOK_H

#include "base/buffer.h"

struct made_book {
	char folder[64];
	struct buffer fields;	 /* <field .../> ...; the test fills them */
	struct buffer models[2]; /* of r1 and r2, what stands in definitions */
};

void made_init(struct made_book *made);
/* Fact `name` of a type of fields.xml and of DMN, into fields and models. */
void made_fact(struct made_book *made, const char *name, const char *type,
	const char *of);
/*
 * Write it: a decision "out" whose output is the rule of that name; r1 from
 * 2020, r2 from 2022. The folder stays until made_release.
 */
const char *made_write(struct made_book *made);
void made_release(struct made_book *made);

#endif
