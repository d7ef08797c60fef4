/*
 * Rows of a vectors file, priced and compared.
 */
#ifndef TESTS_PRICE_ROWS_H
#define TESTS_PRICE_ROWS_H

#include <stdio.h>

#include <shokan/shokan.h>

#include "price/vectors.h"

struct rows {
	shk_rulebook *book;
	shk_schema *schema;
	const struct vector *row;
	FILE *said; /* a line a difference; NULL: none */
	unsigned compared;
	unsigned failed;
};

/* Price rows->row and compare with what it expects. */
void rows_run(struct rows *rows);

#endif
