/*
 * Cells of a missing fact: the pieces of its domain inside which no comparison
 * turns.
 */
#ifndef PRICE_CELLS_H
#define PRICE_CELLS_H

#include "price/explore.h"

struct cell {
	struct feel_value value; /* known, or the unknown of a stretch */
	struct feel_value at;	 /* of a point: where it lies */
	bool point;		 /* a single number or date */
	bool outside;		 /* of the domain: for flips at its edge only */
};

/*
 * Cells of `slot`, whose present value is `now`. *count is 0 when it cannot be
 * split with what is known. The array lives in the evaluator's arena.
 */
enum shk_code cells_make(struct explorer *explorer, uint32_t slot,
	const struct feel_value *now, bool outside, struct cell **cells,
	size_t *count);

/* A whole number lies inside the stretch; true where it is not of numbers. */
bool cells_have_whole(const struct feel_range *range);

#endif
