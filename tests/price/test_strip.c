/*
 * A strip says of every whole number what its tree says; a tree that is none
 * is told so.
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
	node->ways[0] = draw_tree(grove, depth + 1);
	node->ways[1] = draw_tree(grove, depth + 1);
	return node;
}

static struct recall_leaf *walk(const struct recall_node *root, uint64_t number)
{
	num numbers[3] = { NUM_ZERO, NUM_ZERO, NUM_ZERO };

	numbers[2].w[0] = number;
	return recall_walk(root, numbers);
}

/* Each number's answer is noted in turn, and never contradicts another's. */
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
		for (int pass = 0; pass < 2 && !strip.crooked; pass++)
			for (int32_t i = 0; i < 24; i++) {
				struct recall_leaf **place =
					recall_strip_at(&strip, i);
				struct recall_leaf *truth =
					walk(root, (uint64_t)i);

				if (pass == 0 && !*place)
					*place = truth;
				cr_assert_eq(*place, truth, "%u: %d", round, i);
			}
	}
	cr_expect_gt(strips, 1000);
	cr_expect_gt(crooked, 10);
}

Test(strip, is_none)
{
	static const struct {
		enum quick quick;
		enum feel_guard_kind guard;
		uint64_t limit;
		uint16_t place;
		bool crooked;
	} rows[] = {
		{ QUICK_LEFT, FEEL_GUARD_LT, 7, 2, false },
		{ QUICK_NO, FEEL_GUARD_LT, 7, 2, true },
		{ QUICK_LEFT, FEEL_GUARD_LT, 7, 1, true }, /* another number */
		{ QUICK_LEFT, FEEL_GUARD_LT, INT32_MAX - 1, 2, false },
		{ QUICK_LEFT, FEEL_GUARD_LT, INT32_MAX, 2, true },
		{ QUICK_LEFT, FEEL_GUARD_LE, INT32_MAX - 1, 2, true },
		{ QUICK_RIGHT, FEEL_GUARD_LT, INT32_MAX - 1, 2, true },
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
		cr_expect_eq(strip.crooked, rows[i].crooked, "%zu", i);
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
	*recall_strip_at(&strip, 5) = &grove.leaves[0];
	recall_strip_renew(&strip, root, 1);
	cr_expect_eq(*recall_strip_at(&strip, 5), &grove.leaves[0]);
	end->ways[0] = test(&grove, QUICK_LEFT, FEEL_GUARD_LT, 100);
	recall_strip_renew(&strip, root, 2);
	cr_expect(strip.crooked);
}
