/*
 * A column of a table that is analysed: the regions of its values, and for
 * each region the rows whose cell takes it.
 */
#ifndef DMN_CHECK_REGION_H
#define DMN_CHECK_REGION_H

#include "dmn/check_table.h"

struct check_region {
	struct feel_value value; /* that stands for it */
	/* 2 i + 1: the cut i; 2 i: between the cuts i - 1 and i; of strings
	   the last place is every string that is no cut */
	size_t place;
	/* no value of the domain's type lies between the last region and it */
	bool joined;
};

struct check_column {
	enum feel_type type; /* FEEL_NULL: not known */
	bool whole;	     /* numbers are integers */
	bool free; /* every cell takes everything: one region, no value */
	/* what the cells and the domain say is a plain constant each */
	bool plain;
	size_t cut_count;
	const struct feel_value *cuts; /* constants in ascending order */
	size_t region_count;
	const struct check_region *regions; /* in ascending order */
	const uint64_t *takers;		    /* a set of rows a region */
};

/* False: `*why` says why it cannot be decided; NULL: memory ran out. */
bool dmn_check_column(struct arena *arena, const struct dmn_graph *graph,
	const struct dmn_known_table *known,
	const struct check_listener *listener, size_t at, size_t words,
	struct check_column *out, const char **why);

/*
 * Those regions of a column as unary tests, of which `groups` (one a region)
 * is `group`; `groups` NULL: all. Integers and dates between two bounds are
 * told with the bounds inside.
 */
void dmn_check_print(const struct check_column *column, const uint32_t *groups,
	uint32_t group, struct buffer *out);

/* The integer or day next to a cut, on its upper or lower side. */
bool dmn_check_step(const struct check_column *column,
	const struct feel_value *cut, bool up, struct feel_value *out);

/* check_type.c */
/* What the input of a column is: its type, whether it counts. */
bool dmn_check_type(struct arena *arena, const struct dmn_graph *graph,
	const struct dmn_known_table *known,
	const struct check_listener *listener, size_t at,
	struct check_column *out);
/* The values that it may have, or NULL: every one of its type. */
const struct feel_node *dmn_check_allowed(struct arena *arena,
	const struct dmn_graph *graph, const struct dmn_known_table *known,
	size_t at);
/* Is a cell made of plain constants, as another reader reads them? */
bool dmn_check_plain(const struct feel_node *tests);

#endif
