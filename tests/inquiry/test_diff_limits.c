/*
 * Ceilings of the comparison of revisions, on books that are made for them:
 * past each the comparison is no proof, and says so.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "inquiry/diff.h"
#include "price/made_book.h"
#include "price/pricing.h"

static struct made_book made;
static struct pricing pricing;

static void init(void)
{
	made_init(&made);
}

static void release(void)
{
	made_release(&made);
}

TestSuite(diff_limits, .init = init, .fini = release, .timeout = 60);

/* A rule `name` that reads `of` (an input when its name begins with i_). */
static void put_rule(
	struct buffer *out, const char *name, const char *of, const char *text)
{
	buffer_format(out,
		"<decision id=\"d_%s\" name=\"%s\"><variable name=\"%s\" "
		"typeRef=\"Any\"/><informationRequirement><required%s "
		"href=\"#%s\"/></informationRequirement><literalExpression>"
		"<text>%s</text></literalExpression></decision>\n",
		name, name, name, of[0] == 'i' ? "Input" : "Decision", of,
		text);
}

static shk_diff *compared(void)
{
	const shk_diff_options options = { .before = "r1", .after = "r2" };
	shk_diff *diff = NULL;
	shk_diag diag = { 0 };

	pricing_open(&pricing, made_write(&made));
	cr_assert_eq(shk_diff_new(&diff, pricing.book, pricing.schema, &options,
			     &diag),
		SHK_OK, "%s", diag.message);
	return diff;
}

/* Another book. */
static void again(void)
{
	pricing_close(&pricing);
	made_release(&made);
	made_init(&made);
}

/* Rules one inside another, so deep; the innermost turns at another number. */
static void put_chain(struct buffer *out, size_t count, int turn)
{
	char name[32], of[32], text[64];

	for (size_t i = 1; i <= count; i++) {
		snprintf(name, sizeof(name), "c%zu", i);
		if (i == 1)
			snprintf(name, sizeof(name), "out");
		snprintf(of, sizeof(of), i == count ? "i_n" : "d_c%zu", i + 1);
		if (i == count)
			snprintf(text, sizeof(text),
				"if n &lt; %d then \"low\" else \"high\"",
				turn);
		else
			snprintf(text, sizeof(text),
				"if c%zu = \"low\" then \"low\" else \"high\"",
				i + 1);
		put_rule(out, name, of, text);
	}
}

/* `if f1 then (if f2 then ... LAST else 0) else 0`: a split inside a split. */
static void put_splits(struct buffer *out, size_t flags, int last)
{
	buffer_text(out, "<decision id=\"d_out\" name=\"out\"><variable "
			 "name=\"out\" typeRef=\"Any\"/>");
	for (size_t i = 1; i <= flags; i++)
		buffer_format(out,
			"<informationRequirement><requiredInput "
			"href=\"#i_f%zu\"/></informationRequirement>",
			i);
	buffer_text(out, "<literalExpression><text>");
	for (size_t i = 1; i <= flags; i++)
		buffer_format(out, "if f%zu then (", i);
	buffer_format(out, "%d", last);
	for (size_t i = 1; i <= flags; i++)
		buffer_text(out, ") else 0");
	buffer_text(out, "</text></literalExpression></decision>\n");
}

/* Cells lie at the depths 0 to the number of flags. */
Test(diff_limits, splits_one_inside_another)
{
	for (size_t more = 0; more < 2; more++) {
		size_t flags = DIFF_DEPTH_MAX - 1 + more;
		const struct shk_diff_decision *it;
		shk_diff *diff;

		for (size_t i = 1; i <= flags; i++) {
			char name[32];

			snprintf(name, sizeof(name), "f%zu", i);
			made_fact(&made, name, "bool", "boolean");
		}
		put_splits(&made.models[0], flags, 1);
		put_splits(&made.models[1], flags, 2);
		diff = compared();
		it = shk_diff_summary(diff)->decisions;
		cr_expect_eq(it->proof,
			more ? SHK_DIFF_UNPROVED : SHK_DIFF_BY_CELLS, "%d",
			it->proof);
		cr_expect_eq(it->doubt_count, more);
		cr_expect_eq(it->region_count, more ? 0u : 1u);
		shk_diff_free(diff);
		again();
	}
}

/* Rows over a number that is worked out: the same bounds in both revisions,
   outputs that are never the same text. */
static void put_rows(struct buffer *out, size_t rows, char letter)
{
	put_rule(out, "v", "i_n", "n * 2");
	buffer_text(out,
		"<decision id=\"d_out\" name=\"out\"><variable name=\"out\" "
		"typeRef=\"Any\"/><informationRequirement><requiredDecision "
		"href=\"#d_v\"/></informationRequirement><decisionTable "
		"id=\"t\" hitPolicy=\"UNIQUE\"><input><inputExpression>"
		"<text>v</text></inputExpression></input><output/>");
	for (size_t i = 0; i < rows; i++)
		buffer_format(out,
			"<rule><inputEntry><text>[%zu..%zu)</text></inputEntry>"
			"<outputEntry><text>\"%c%zu\"</text></outputEntry>"
			"</rule>",
			i, i + 1, letter, i);
	buffer_text(out, "</decisionTable></decision>\n");
}

/* Both revisions at work, in a cell of which nothing is known. */
static struct diff_world *world_new(shk_diag *diag)
{
	struct diff_world *world = memory_zeroed(1, sizeof(*world));

	pricing_open(&pricing, made_write(&made));
	cr_assert_not_null(world);
	world->book = pricing.book;
	world->schema = record_schema_of(pricing.schema);
	world->diag = diag;
	world->after = 1;
	arena_init(&world->arena);
	cr_assert_eq(diff_world_open(world, diag), SHK_OK, "%s", diag->message);
	diff_cell_begin(world);
	return world;
}

static void world_free(struct diff_world *world)
{
	diff_world_close(world);
	memory_free(world);
	again();
}

/* What rules deeper than that read is not heard, so that a cell in which they
   differ looked as if they did not: too deep is no proof. */
Test(diff_limits, rules_one_inside_another)
{
	for (size_t more = 0; more < 2; more++) {
		struct diff_world *world;
		struct feel_value value;
		shk_diag diag = { 0 };

		made_fact(&made, "n", "int", "number");
		put_chain(&made.models[0], DIFF_STACK_MAX + more, 10);
		put_chain(&made.models[1], DIFF_STACK_MAX + more, 12);
		world = world_new(&diag);
		cr_assert_eq(diff_value(world, diff_pair_find(world, "out"), 0,
				     &value),
			SHK_OK);
		cr_expect_eq(world->overflow, more != 0);
		world_free(world);
	}
}

/* 16 * 16 pairs of rows, and that rows of one text are reached; 16 * 17. */
Test(diff_limits, pairs_of_rows)
{
	for (size_t more = 0; more < 2; more++) {
		enum diff_relation relation;
		struct diff_world *world;
		struct diff_split split;
		uint32_t pair;
		shk_diag diag = { 0 };

		made_fact(&made, "n", "int", "number");
		put_rows(&made.models[0], 16, 'a');
		put_rows(&made.models[1], 16 + more, 'b');
		world = world_new(&diag);
		pair = diff_pair_find(world, "out");
		cr_assert_eq(diff_relate(world, pair, &relation), SHK_OK);
		cr_assert_eq(relation, DIFF_OPEN);
		cr_assert_eq(diff_pick(world, pair, &split), SHK_OK);
		cr_expect_eq(split.kind, DIFF_SPLIT_ROWS);
		cr_expect_eq(split.count, (size_t)DIFF_PIECES_MAX, "%zu",
			split.count);
		cr_expect_eq(world->overflow, more != 0);
		world_free(world);
	}
}

/* Where comparisons turn in one cell; those of all cells, for samples. */
Test(diff_limits, turning_points)
{
	struct diff_world *world;
	const struct dmn_listener *listener;
	unsigned slot;
	shk_diag diag = { 0 };

	made_fact(&made, "n", "int", "number");
	put_rule(&made.models[0], "out", "i_n", "n");
	put_rule(&made.models[1], "out", "i_n", "n");
	world = world_new(&diag);
	listener = &world->desks[0].listener;
	slot = (unsigned)world->pairs[diff_pair_find(world, "n")].slot[0];
	for (int i = 0; i <= DIFF_CUTS_MAX; i++) {
		struct feel_value at = feel_number(num_from_int(i));

		cr_expect_not(world->overflow);
		listener->cut(listener->context, slot, &at);
		listener->cut(listener->context, slot, &at);
	}
	cr_expect(world->overflow);
	cr_expect_eq(world->cut_count, (size_t)DIFF_CUTS_MAX);
	/* in the next cell one that samples have no room for */
	cr_expect_eq(world->turn_count, (size_t)DIFF_TURNS_MAX);
	world->overflow = false;
	diff_cell_begin(world);
	for (int i = 0; i < 2; i++) {
		struct feel_value at =
			feel_number(num_from_int(DIFF_TURNS_MAX + i));

		listener->cut(listener->context, slot, &at);
	}
	cr_expect_not(world->overflow);
	cr_expect_eq(world->cut_count, 2u);
	cr_expect_eq(world->turn_count, (size_t)DIFF_TURNS_MAX);
	world_free(world);
}
