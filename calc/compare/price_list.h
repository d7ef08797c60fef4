/*
 * The price list of a revision as published: one record a price, as in
 * fixtures/prices, with x_schedule, x_unit, x_price_type and x_addition. And
 * the question whether a new amount of a code is an amount of that list.
 */
#ifndef COMPARE_PRICE_LIST_H
#define COMPARE_PRICE_LIST_H

#include <shokan/record.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "num/num.h"

#define PRICE_LIST_ROWS_MAX 100000 /* rows of one list */
#define PRICE_LIST_SUM_ROWS 20	   /* of a number whose sums are looked at */
#define PRICE_LIST_PARTS    8	   /* of such a sum */

struct price_list_row {
	int schedule;
	int category_no;
	size_t order;	  /* in the file */
	const char *id;	  /* as published, such as 2-035-(1)③ */
	bool addition;	  /* `amount` is percent of a price of the number */
	num amount;	  /* yen for `unit` */
	num one;	  /* yen for one, where the unit is a part (0.1 g) */
	const char *unit; /* as printed, or "" */
};

struct price_list {
	struct arena arena;
	struct price_list_row *rows; /* by schedule, number, order */
	size_t count;
	size_t capacity;
};

/* Caller releases, after a failure too. */
enum shk_code price_list_load(struct price_list *list, const char *path,
	const shk_schema *schema, shk_diag *diag);
void price_list_release(struct price_list *list);

/* Rows of one number; NULL when there are none. */
const struct price_list_row *price_list_group(const struct price_list *list,
	int schedule, int category_no, size_t *count);

/*
 * Why `after` follows from the list, in words, into `why`; false when it does
 * not. Tried in this order: an amount of the number (for one, where the list
 * states a part), a percentage that the list adds to such an amount, and a sum
 * of several amounts whose sum in the list before was `before`. `old` is that
 * list or NULL.
 */
bool price_list_explains(const struct price_list *list,
	const struct price_list *old, int schedule, int category_no, num before,
	num after, struct buffer *why);

#endif
