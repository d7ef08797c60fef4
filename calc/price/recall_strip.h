/*
 * A tree of comparisons of one whole number as a strip: the points where what
 * they say turns, and the answer between each two. Looking there is the same
 * for every number, where the way through a tree is guessed wrong at each turn.
 */
#ifndef PRICE_RECALL_STRIP_H
#define PRICE_RECALL_STRIP_H

#include "price/recall_inside.h"

#define STRIP_TURNS 8 /* a tree with more of them stays a tree */

struct recall_strip {
	bool crooked;	/* the tree is no strip and will never be one */
	size_t leaves;	/* there were when the turns were looked up */
	uint16_t place; /* of the number; RECALL_NO_PLACE: of none */
	unsigned count;
	int32_t turns[STRIP_TURNS]; /* the rest is INT32_MAX */
	struct recall_leaf *answers[STRIP_TURNS + 1]; /* NULL: not known yet */
};

/*
 * Look up the turns of the tree, when it has grown since; `leaves` tells how
 * large it is. Answers are forgotten then.
 */
void recall_strip_renew(struct recall_strip *strip,
	const struct recall_node *root, size_t leaves);

/* Where the answer to `number`, at most INT32_MAX - 1, stands in the strip. */
static inline struct recall_leaf **recall_strip_at(
	struct recall_strip *strip, int32_t number)
{
	unsigned at = 0;

	for (unsigned i = 0; i < STRIP_TURNS; i++)
		at += strip->turns[i] <= number;
	return &strip->answers[at];
}

#endif
