/*
 * The comparisons of one whole number that a tree begins with, as a strip: the
 * points where what they say turns, and where the tree goes on between each
 * two. Looking there is the same for every number, where the way through a
 * tree is guessed wrong at each turn.
 */
#ifndef PRICE_RECALL_STRIP_H
#define PRICE_RECALL_STRIP_H

#include <string.h>

#include "price/recall_inside.h"

#define STRIP_TURNS 8 /* a tree with more of them stays a tree */

_Static_assert(STRIP_TURNS == 8, "two vectors of four are looked at");

struct recall_strip {
	bool crooked;	/* it is none and will never be one */
	size_t leaves;	/* there were when the turns were looked up */
	uint16_t place; /* of the number; RECALL_NO_PLACE: of none */
	unsigned count;
	int32_t turns[STRIP_TURNS]; /* the rest is INT32_MAX */
	/* an answer or another comparison; NULL: not known yet */
	const struct recall_node *ends[STRIP_TURNS + 1];
};

/*
 * Look up the turns of the tree, when it has grown since; `leaves` tells how
 * large it is. Ends are forgotten then.
 */
void recall_strip_renew(struct recall_strip *strip,
	const struct recall_node *root, size_t leaves);

/* The way of `number` through those comparisons; NULL: nobody went it. */
const struct recall_node *recall_strip_walk(const struct recall_strip *strip,
	const struct recall_node *root, int32_t number);

/* Four at a time are held against one. */
typedef int32_t strip_four __attribute__((vector_size(16)));

/* Where the end for `number`, at most INT32_MAX - 1, stands in the strip. */
static inline const struct recall_node **recall_strip_at(
	struct recall_strip *strip, int32_t number)
{
	const strip_four given = { number, number, number, number };
	strip_four low, high;
	uint64_t counts[2];

	memcpy(&low, strip->turns, sizeof(low));
	memcpy(&high, strip->turns + 4, sizeof(high));
	low = -((low <= given) + (high <= given)); /* true is -1 */
	memcpy(counts, &low, sizeof(counts));
	counts[0] += counts[1];
	return &strip->ends[(counts[0] + (counts[0] >> 32)) & 15];
}

#endif
