/*
 * Quantities by code, and what a changed price comes to.
 */
#ifndef COMPARE_VOLUMES_H
#define COMPARE_VOLUMES_H

#include <shokan/compare.h>

#include "num/num.h"

/* All rows of one code. */
struct volume {
	const char *code;
	num quantity;	   /* sum of those that are told */
	size_t told;	   /* rows with a quantity */
	size_t suppressed; /* rows without */
};

/* NULL when no row has this code. */
const struct volume *volumes_find(const shk_volumes *volumes, const char *code);

#endif
