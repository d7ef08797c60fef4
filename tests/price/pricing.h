/*
 * Pricing records for tests: a record and a policy are written as
 * `field=value;field=value`, the answers are said as one line a decision in
 * the words of the vectors file.
 */
#ifndef TESTS_PRICE_PRICING_H
#define TESTS_PRICE_PRICING_H

#include <shokan/shokan.h>

#include "base/buffer.h"
#include "price/pricer.h"
#include "record/record.h"

#define SMALL_BOOK SOURCE_FOLDER "/tests/price/books/small"

struct pricing {
	shk_rulebook *book;
	shk_schema *schema;
	shk_price_options options; /* a test changes them as it likes */
	const char *decision;	   /* the only one asked; NULL: by facts */
	const char *parts;	   /* what is said; see pricing_say */
	struct buffer said;
	/* inside */
	shk_policy *policy;
	struct arena arena;
	struct record record;
};

/* The book, its schema; flips are on. */
void pricing_open(struct pricing *pricing, const char *folder);
void pricing_close(struct pricing *pricing);

/*
 * Price one record. What is said of each answer, letters in any order:
 * d decision, r revision and day, s status and reason, v values, o outcomes,
 * l lead as one of the outcomes, m missing (! before those that decide alone), f flips as
 * field:at(below/on/above), e evidence, c citations, k caveats, t steps,
 * x field and message of an error, K kept columns. Parts are separated by a
 * blank, answers by a line end. The text lives until the next call.
 */
const char *pricing_say(
	struct pricing *pricing, const char *record, const char *policy);
/* The same with a pricer that is used again and again. */
shk_pricer *pricing_pricer(struct pricing *pricing, const char *policy);
const char *pricing_again(
	struct pricing *pricing, shk_pricer *pricer, const char *record);
enum shk_code pricing_price(struct pricing *pricing, shk_pricer *pricer,
	const shk_record *record, shk_diag *diag);
/* The record, set from text; lives until the next call. */
const shk_record *pricing_record(struct pricing *pricing, const char *text);

/* Answers of one decision, a row each: record, policy, what is said. */
struct pricing_row {
	const char *record, *policy, *said;
};
void pricing_rows(struct pricing *pricing, const char *decision,
	const char *parts, const struct pricing_row *rows, size_t count);
#define PRICING_ROWS(pricing, decision, parts, rows)                           \
	pricing_rows(pricing, decision, parts, rows,                           \
		sizeof(rows) / sizeof((rows)[0]))

#endif
