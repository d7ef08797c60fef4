/*
 * The oracle itself, against answers worked out by hand: FEEL on known values,
 * unknowns with their shapes and reasons, tables of every hit policy. Then
 * its own soundness: whatever a missing fact turns out to be, the answer is
 * among those promised.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "base/buffer.h"
#include "support/facts.h"

static void check(const char *const (*rows)[2], size_t count)
{
	struct oracle_binding bindings[SLOTS + 1];
	const struct oracle_scope scope = { bindings };
	struct arena arena;
	struct buffer out;
	size_t i;

	arena_init(&arena);
	buffer_init(&out);
	facts_unknown(&arena, bindings);
	for (i = 0; i < count; i++) {
		struct feel_value value;

		cr_expect(oracle_eval(&arena,
				  facts_parse(&arena, rows[i][0], false),
				  &scope, NULL, &value),
			"%s", rows[i][0]);
		facts_show(&value, &out);
		cr_expect_str_eq(
			out.data, rows[i][1], "%s: %s", rows[i][0], out.data);
	}
	buffer_release(&out);
	arena_release(&arena);
}

#define CHECK(rows) check(rows, sizeof(rows) / sizeof((rows)[0]))

Test(oracle, known_values)
{
	check(known_rows, known_row_count);
}

Test(oracle, unknown_values)
{
	static const char *const rows[][2] = {
		{ "u", "any by u" },
		{ "p", "[0..10] by p" },
		{ "u + 1", "any by u" },
		{ "u + null", "null" },
		{ "u + true", "null" },
		{ "p + 1", "[1..11] by p" },
		{ "p - q", "[-2..9] by pq" },
		{ "-p", "[-10..0] by p" },
		{ "p * -2", "[-20..0] by p" },
		{ "c + \"1\"", "\"x1\"|\"y1\" by c" },
		{ "p > 10", "false" },
		{ "p >= 10", "true|false by p" },
		{ "p + 1 > 0", "true" },
		{ "p < \"a\"", "null" },
		{ "p = null", "false" },
		{ "u = null", "true|false by u" },
		{ "u < null", "null" },
		{ "c = \"z\"", "false" },
		{ "c != \"x\"", "false|true by c" },
		{ "b and false", "false" },
		{ "b and true", "true|false by b" },
		{ "b and u", "true|false by ub" },
		{ "b or true", "true" },
		{ "b and null", "false|null by b" },
		{ "p and true", "null" },
		{ "not(b)", "true|false by b" },
		{ "if b then 1 else 1", "1" },
		{ "if b then 1 else 2", "1|2 by b" },
		{ "if u then p else 20", "[0..20] by up" },
		{ "if p > 20 then 1 else 2", "2" },
		{ "if p then 1 else 2", "2" },
		{ "p in [0..10]", "true" },
		{ "p in (< 0, > 5)", "true|false by p" },
		{ "c in (\"x\", \"y\")", "true|false by c" },
		{ "[u, 1][2]", "1" },
		{ "[1, u]", "1; any by u" },
		{ "count([u, p])", "2" },
		{ "sum([1, c])", "any by c" },
		{ "min(p, q)", "any by pq" },
		{ "list contains([u, 1], 1)", "true" },
		{ "append([1], u)", "1; any by u" },
		{ "some i in [1, 2] satisfies b", "any by b" },
		{ "some i in [b, true] satisfies i", "true" },
		{ "every i in u satisfies i", "any by u" },
		{ "for i in u return i", "any by u" },
		{ "for i in [1, 2] return i + p",
			"[1..11] by p; [2..12] by p" },
		{ "[1, 2][b]", "[]|[1]|[2]|[1, 2] by b" },
		{ "u.x", "any by u" },
		{ "{a: p}.a", "[0..10] by p" },
		{ "u instance of number", "true|false by u" },
		{ "[1, u] = [2, 3]", "false" },
		{ "[1, u] = [1]", "false" },
		{ "[1, p] = [1, 11]", "false" },
		{ "[1, u] = [1, 2]", "true|false by u" },
		{ "upper case(c)", "\"X\"|\"Y\" by c" },
		{ "string length(c)", "1" },
		{ "all([b, false])", "false" },
		{ "all([b, true])", "true|false by b" },
	};

	CHECK(rows);
}

/* A filter with an open condition: the lists with and without each item. */
Test(oracle, filters_of_unknowns)
{
	static const char *const rows[][2] = {
		{ "[1, 5][item > p]", "choices" },
		{ "[11, 12][item > p]", "[11, 12]" },
		{ "[-1, 11, 12][item > p]", "[11, 12]" },
		{ "count([1, 2][item > q])", "0|1|2" },
	};
	struct oracle_binding bindings[SLOTS + 1];
	const struct oracle_scope scope = { bindings };
	struct feel_value value;
	struct arena arena;

	arena_init(&arena);
	facts_unknown(&arena, bindings);
	check(&rows[1], 2);
	cr_expect(oracle_eval(&arena, facts_parse(&arena, rows[0][0], false),
		&scope, NULL, &value));
	/* [], [1], [5], [1, 5] */
	cr_assert_eq(value.type, FEEL_UNKNOWN);
	cr_expect_eq(value.u.unknown->shape, FEEL_CHOICE);
	cr_expect_eq(value.u.unknown->choice_count, 4);
	/* 1 > q is false, 2 > q is open: [] or [2] */
	cr_expect(oracle_eval(&arena, facts_parse(&arena, rows[3][0], false),
		&scope, NULL, &value));
	cr_assert_eq(value.type, FEEL_UNKNOWN);
	cr_expect_eq(value.u.unknown->choice_count, 2);
	arena_release(&arena);
}

Test(oracle, tables)
{
	struct oracle_binding bindings[SLOTS + 1];
	const struct oracle_scope scope = { bindings };
	struct arena arena;
	struct buffer out;
	size_t i;

	arena_init(&arena);
	buffer_init(&out);
	facts_unknown(&arena, bindings);
	for (i = 0; i < table_row_count; i++) {
		struct feel_value value;

		cr_expect(
			oracle_eval(&arena, facts_table(&arena, &table_rows[i]),
				&scope, NULL, &value),
			"table %zu", i);
		facts_show(&value, &out);
		cr_expect_str_eq(out.data, table_rows[i].expected,
			"table %zu: %s", i, out.data);
	}
	buffer_release(&out);
	arena_release(&arena);
}

Test(oracle, says_when_it_cannot_tell)
{
	struct feel_value value;
	struct arena arena;

	arena_init(&arena);
	cr_expect_not(oracle_eval(&arena,
		facts_parse(&arena, "nosuch + 1", false), NULL, NULL, &value));
	arena_release(&arena);
}

Test(oracle, promises_every_completion)
{
	struct oracle_binding bindings[SLOTS + 1];
	struct oracle_binding known[SLOTS + 1];
	const struct oracle_scope scope = { bindings };
	const struct oracle_scope complete = { known };
	struct arena arena;
	size_t i;
	unsigned way;

	arena_init(&arena);
	facts_unknown(&arena, bindings);
	facts_unknown(&arena, known);
	for (i = 0; i < open_expression_count; i++) {
		const char *source = open_expressions[i];
		const struct feel_node *node =
			facts_parse(&arena, source, false);
		struct feel_value wide;

		cr_expect(oracle_eval(&arena, node, &scope, NULL, &wide), "%s",
			source);
		for (way = 0; way < FACTS_WAYS && !facts_mention_u(source);
			way++) {
			struct feel_value exact;

			facts_known(known, way);
			cr_expect(oracle_eval(
				&arena, node, &complete, NULL, &exact));
			facts_expect_admits(&wide, &exact, source, way);
		}
	}
	arena_release(&arena);
}
