/*
 * A column of a table that is analysed: the regions of its values, and for
 * each region the rows whose cell takes it.
 */
#ifndef DMN_CHECK_REGION_H
#define DMN_CHECK_REGION_H

#include "dmn/check_table.h"

struct check_column {
	size_t region_count;
	const struct feel_value *regions; /* a value that stands for each */
	const uint64_t *takers;		  /* a set of rows a region */
	bool free; /* every cell takes everything: one region, no value */
};

/* False: `*why` says why it cannot be decided; NULL: memory ran out. */
bool dmn_check_column(struct arena *arena, const struct dmn_graph *graph,
	const struct dmn_known_table *known, size_t at, size_t words,
	struct check_column *out, const char **why);

#endif
