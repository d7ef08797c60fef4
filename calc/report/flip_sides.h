/*
 * What is told of a value at which an answer changes.
 */
#ifndef REPORT_FLIP_SIDES_H
#define REPORT_FLIP_SIDES_H

#include "price/result.h"
#include "report/words.h"

#define FLIP_SIDES 3 /* below it, on it, above it */

struct flip_side {
	enum word word; /* with the value in it */
	const struct price_outcome *outcomes;
	size_t count;
};

/*
 * The sides in order; how many. The value itself joins the side that it agrees
 * with, and is told alone when it agrees with neither. `first` false: the side
 * below was told as the side above the flip before, and is left out. `*failed`
 * is set when memory runs out.
 */
size_t flip_sides(struct flip_side sides[static FLIP_SIDES],
	const struct price_flip *flip, bool first, bool *failed);

#endif
