/*
 * The strip that a tree begins with leads every whole number where the tree
 * leads it; a tree with too many turns for one is told so.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "price/recall_strip.h"

#define NODES 64

static uint64_t seed = 20261124;

static unsigned draw(unsigned below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 33) % below;
}

struct grove {
	struct recall_node nodes[NODES];
	struct recall_leaf leaves[NODES];
	size_t count;
};

static struct recall_node *leaf(struct grove *grove)
{
	struct recall_node *node = &grove->nodes[grove->count];

	node->kind = NODE_LEAF;
	node->leaf = &grove->leaves[grove->count++];
	return node;
}

static struct recall_node *test(struct grove *grove, enum quick quick,
	enum feel_guard_kind guard, uint64_t limit)
{
	struct recall_node *node = &grove->nodes[grove->count++];

	node->kind = NODE_TEST;
	node->quick = (uint8_t)quick;
	node->guard = (uint8_t)guard;
	node->place = 2;
	node->limit = limit;
	return node;
}

/* Nowhere, a leaf or a comparison with a number below 20. */
static struct recall_node *draw_tree(struct grove *grove, unsigned depth)
{
	struct recall_node *node;

	if (draw(6) == 0 || grove->count > NODES - 8)
		return NULL;
	if (depth == 4 || draw(5) == 0)
		return leaf(grove);
	node = test(grove, draw(2) ? QUICK_LEFT : QUICK_RIGHT,
		(enum feel_guard_kind)(FEEL_GUARD_EQ + draw(3)), draw(20));
	if (draw(6) == 0)
		node->place = 1; /* another number, where the strip ends */
	node->ways[0] = draw_tree(grove, depth + 1);
	node->ways[1] = draw_tree(grove, depth + 1);
	return node;
}

static struct recall_leaf *walk(
	const struct recall_node *root, uint64_t number, uint64_t other)
{
	num numbers[3] = { NUM_ZERO, NUM_ZERO, NUM_ZERO };

	numbers[1].w[0] = other;
	numbers[2].w[0] = number;
	return recall_walk(root, numbers);
}

/* From the end of the strip on, which is noted there in the first pass. */
static struct recall_leaf *strip_walk(struct recall_strip *strip,
	const struct recall_node *root, uint64_t number, uint64_t other)
{
	uint64_t of = strip->place == 1 ? other : number;
	const struct recall_node **place = recall_strip_at(strip, (int32_t)of);

	if (!*place)
		*place = recall_strip_walk(strip, root, (int32_t)of);
	return walk(*place, number, other);
}

/* Each number's end is noted in turn, and never contradicts another's. */
Test(strip, says_what_the_tree_says)
{
	static struct grove grove;
	unsigned strips = 0, crooked = 0;

	for (unsigned round = 0; round < 3000; round++) {
		struct recall_strip strip = { .leaves = 0 };
		struct recall_node *root;

		memset(&grove, 0, sizeof(grove));
		root = draw_tree(&grove, 0);
		recall_strip_renew(&strip, root, 1);
		crooked += strip.crooked;
		strips += !strip.crooked;
		for (unsigned i = 0; i < 2 * 24 * 24 && !strip.crooked; i++) {
			unsigned number = i % 24, other = i / 24 % 24;

			cr_assert_eq(strip_walk(&strip, root, number, other),
				walk(root, number, other), "%u: %u %u", round,
				number, other);
		}
	}
	cr_expect_gt(strips, 1000);
	cr_expect_gt(crooked, 10);
}

Test(strip, ends_or_is_none)
{
	static const struct {
		enum quick quick;
		enum feel_guard_kind guard;
		uint64_t limit;
		uint16_t place;
		unsigned turns; /* 0: it is none */
	} rows[] = {
		{ QUICK_LEFT, FEEL_GUARD_LT, 7, 2, 2 },
		{ QUICK_LEFT, FEEL_GUARD_EQ, 7, 2, 3 },
		{ QUICK_NO, FEEL_GUARD_LT, 7, 2, 1 },	/* it ends there */
		{ QUICK_LEFT, FEEL_GUARD_LT, 7, 1, 1 }, /* another number */
		{ QUICK_LEFT, FEEL_GUARD_LT, INT32_MAX - 1, 2, 2 },
		{ QUICK_LEFT, FEEL_GUARD_LT, INT32_MAX, 2, 0 },
		{ QUICK_LEFT, FEEL_GUARD_LE, INT32_MAX - 1, 2, 0 },
		{ QUICK_RIGHT, FEEL_GUARD_LT, INT32_MAX - 1, 2, 0 },
	};
	static struct grove grove;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct recall_strip strip = { .leaves = 0 };
		struct recall_node *root;

		memset(&grove, 0, sizeof(grove));
		root = test(&grove, QUICK_LEFT, FEEL_GUARD_LT, 100);
		root->ways[0] = test(
			&grove, rows[i].quick, rows[i].guard, rows[i].limit);
		root->ways[0]->place = rows[i].place;
		recall_strip_renew(&strip, root, 1);
		cr_expect_eq(strip.crooked, rows[i].turns == 0, "%zu", i);
		if (rows[i].turns > 0)
			cr_expect_eq(strip.count, rows[i].turns, "%zu", i);
	}
}

/* Eight turns are a strip, nine are not; a tree that grew is looked at anew. */
Test(strip, ceiling_of_turns)
{
	static struct grove grove;
	struct recall_strip strip = { .leaves = 0 };
	struct recall_node *root, *end;

	root = end = test(&grove, QUICK_LEFT, FEEL_GUARD_LT, 1);
	for (unsigned i = 2; i <= STRIP_TURNS; i++)
		end = end->ways[0] = test(&grove, QUICK_LEFT, FEEL_GUARD_LT, i);
	recall_strip_renew(&strip, root, 1);
	cr_expect_not(strip.crooked);
	cr_expect_eq(strip.count, STRIP_TURNS);
	cr_expect_eq(strip.place, 2);
	*recall_strip_at(&strip, 5) = end;
	recall_strip_renew(&strip, root, 1);
	cr_expect_eq(*recall_strip_at(&strip, 5), end);
	for (int32_t i = 0; i <= (int32_t)STRIP_TURNS + 1; i++)
		cr_expect_eq(recall_strip_at(&strip, i) - strip.ends,
			i > (int32_t)STRIP_TURNS ? (int)STRIP_TURNS : i);
	cr_expect_eq(recall_strip_at(&strip, INT32_MAX - 1) - strip.ends,
		STRIP_TURNS);
	end->ways[0] = test(&grove, QUICK_LEFT, FEEL_GUARD_LT, 100);
	recall_strip_renew(&strip, root, 2);
	cr_expect(strip.crooked);
}
