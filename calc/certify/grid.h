/*
 * A column cut into regions at every bound that the model or the certificate
 * has: inside of a region no test of either can turn, so that one value stands
 * for all of them, and what holds for every region holds for every value.
 */
#ifndef CERTIFY_GRID_H
#define CERTIFY_GRID_H

#include <stdint.h>

#include "base/arena.h"
#include "certify/unary.h"

struct grid_column {
	struct arena *arena;
	enum unary_type type;
	bool whole; /* numbers are integers */
	size_t end_count, end_room;
	struct unary_value *ends;
	/* values that stand for the regions: first those of the domain */
	size_t inside;
	size_t count; /* with those outside of it */
	struct unary_value *regions;
	const char *why; /* what went wrong, or NULL */
};

/* The bounds of tests become ends of the column. */
void grid_add(struct grid_column *column, const struct unary_tests *tests);
/* Cut the column; false: `why`. */
bool grid_cut(struct grid_column *column, const struct unary_tests *domain);

/* Words of a set of `count` things. */
static inline size_t grid_words(size_t count)
{
	return count / 64 + 1;
}

static inline bool grid_has(const uint64_t *set, size_t at)
{
	return (set[at / 64] >> (at % 64) & 1) != 0;
}

static inline void grid_put(uint64_t *set, size_t at)
{
	set[at / 64] |= (uint64_t)1 << (at % 64);
}

/* The regions of the domain for which tests hold, into an empty set. */
void grid_fill(const struct grid_column *column,
	const struct unary_tests *tests, uint64_t *set);
/* Do the tests hold for something outside of the domain? */
bool grid_beyond(
	const struct grid_column *column, const struct unary_tests *tests);

#endif
