/*
 * Analysis of one decision table: which values no row takes, which several
 * rows take, and which rows never decide. Values of a column fall into
 * regions between the constants of its cells; tables whose cells use names
 * are not decided.
 */
#ifndef DMN_CHECK_TABLE_H
#define DMN_CHECK_TABLE_H

#include <shokan/dmn.h>

#include "dmn/model.h"

#define CHECK_ROWS_MAX	  4096	   /* of a table that is analysed */
#define CHECK_REGIONS_MAX 4096	   /* of one column */
#define CHECK_STEPS_MAX	  2000000u /* splits of one table */
#define CHECK_TOLD_MAX	  20	   /* gaps, or overlaps, told of one table */

struct check_column;

/*
 * A part of the domain that the same rows take: of each column the regions
 * whose entry in `groups` is `group`. Lives during the call.
 */
struct check_cell {
	const struct check_column *columns;
	const uint64_t *rows;			/* a set */
	const uint32_t *const *groups;		/* one a column */
	const uint32_t *group;			/* one a column */
	const struct feel_value *const *values; /* a witness; NULL: any */
};

/* Somebody who is told of what was found. */
struct check_listener {
	void *context;
	/* `row` from 1, or 0 for the table */
	void (*found)(void *context, enum shk_dmn_finding_kind kind, size_t row,
		const char *message);
	/* Every cell: disjoint, and together the domain; or NULL. */
	void (*cell)(void *context, const struct check_cell *cell);
	/* The columns, before the first cell; or NULL. */
	void (*columns)(void *context, const struct check_column *columns);
	/* Is the input data of that name always an integer? NULL: never. */
	bool (*whole)(void *context, struct text name);
};

/* False when memory runs out. `arena` is for scratch. */
bool dmn_check_table(struct arena *arena, const struct dmn_graph *graph,
	const struct dmn_known_table *known,
	const struct check_listener *listener);

#endif
