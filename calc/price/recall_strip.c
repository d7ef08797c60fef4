/*
 * Between two turns every comparison of the strip says the same of each whole
 * number, so the way that one of them takes is the way of all. The strip ends
 * where another number is asked for, or an answer stands.
 */
#include "price/recall_strip.h"

#define STRIP_DEPTH 64 /* comparisons one behind the other */

static bool turn_add(struct recall_strip *strip, int64_t turn)
{
	unsigned at = 0;

	if (turn >= INT32_MAX)
		return false;
	while (at < strip->count && strip->turns[at] < turn)
		at++;
	if (at < strip->count && strip->turns[at] == turn)
		return true;
	if (strip->count == STRIP_TURNS)
		return false;
	for (unsigned i = strip->count++; i > at; i--)
		strip->turns[i] = strip->turns[i - 1];
	strip->turns[at] = (int32_t)turn;
	return true;
}

/* The first whole numbers of which the test says another thing. */
static bool test_add(struct recall_strip *strip, const struct recall_node *node)
{
	bool left = node->quick == QUICK_LEFT; /* number GUARD limit */
	bool equal = node->guard == FEEL_GUARD_EQ;
	bool strict = node->guard == FEEL_GUARD_LT;
	int64_t limit;

	if (node->limit >= INT32_MAX)
		return false;
	limit = (int64_t)node->limit;
	if (equal)
		return turn_add(strip, limit) && turn_add(strip, limit + 1);
	return turn_add(strip, limit + (left != strict));
}

/* A comparison of the strip; its first one tells of which number it is. */
static bool belongs(
	const struct recall_strip *strip, const struct recall_node *node)
{
	return node && node->kind == NODE_TEST && node->quick != QUICK_NO &&
	       node->place == strip->place;
}

/* False when there are too many turns, or too far away. */
static bool node_add(struct recall_strip *strip, const struct recall_node *node,
	unsigned depth)
{
	if (!belongs(strip, node))
		return true;
	return depth < STRIP_DEPTH && test_add(strip, node) &&
	       node_add(strip, node->ways[0], depth + 1) &&
	       node_add(strip, node->ways[1], depth + 1);
}

void recall_strip_renew(struct recall_strip *strip,
	const struct recall_node *root, size_t leaves)
{
	if (strip->crooked || strip->leaves == leaves)
		return;
	*strip = (struct recall_strip){ .leaves = leaves,
		.place = RECALL_NO_PLACE };
	for (unsigned i = 0; i < STRIP_TURNS; i++)
		strip->turns[i] = INT32_MAX;
	if (root && root->kind == NODE_TEST && root->quick != QUICK_NO)
		strip->place = root->place;
	strip->crooked = !node_add(strip, root, 0);
}

const struct recall_node *recall_strip_walk(const struct recall_strip *strip,
	const struct recall_node *root, int32_t number)
{
	const struct recall_node *node = root;

	while (belongs(strip, node))
		node = node->ways[recall_quick_says(node, (uint64_t)number)];
	return node;
}
