/*
 * Inside store/: what the known masters say of one code, and the answer for a
 * day that follows from it. No database here.
 */
#ifndef STORE_PRICES_H
#define STORE_PRICES_H

#include <shokan/prices.h>

struct prices_master {
	char issued[SHK_MASTER_DAY];
	char state[SHK_MASTER_DAY]; /* the day that it describes */
};

/* The row of a code in one master. */
struct prices_statement {
	size_t master; /* place among the known masters */
	shk_price_row row;
};

/* The statements of one code, by master; a master without one is left out. */
struct prices_code {
	const struct prices_master *masters; /* known, by day of issue */
	size_t master_count;
	const struct prices_statement *said;
	size_t said_count; /* at least 1 */
};

/*
 * The row and the state of the code on `day`; false when it is not listed:
 * nothing is stated of it so early.
 */
bool prices_answer(
	const struct prices_code *code, const char *day, shk_price_row *out);

/* Statement `index` as an entry of the history; false when it says the same
   as the one before it. */
bool prices_entry(
	const struct prices_code *code, size_t index, shk_price_row *out);

#endif
