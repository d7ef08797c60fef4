/*
 * Expressions and tables about facts, each with the answer worked out by hand
 * from the specification where it has one answer.
 */
#include "support/facts.h"

#include <criterion/criterion.h>

const char *const known_rows[][2] = {
	{ "1 + 2 * 3", "7" },
	{ "3 ** 4 ** 5", "3486784401" },
	{ "-3 ** 2", "9" },
	{ "1 / 0", "null" },
	{ "1 + \"a\"", "null" },
	{ "\"a\" + \"b\"", "\"ab\"" },
	{ "null + 1", "null" },
	{ "1 = \"1\"", "null" },
	{ "1 = null", "false" },
	{ "null = null", "true" },
	{ "null != 1", "true" },
	{ "1 < \"a\"", "null" },
	{ "@\"2024-01-31\" < @\"2024-02-01\"", "true" },
	{ "true and null", "null" },
	{ "false and null", "false" },
	{ "true or 1", "true" },
	{ "false or 1", "null" },
	{ "if null then 1 else 2", "2" },
	{ "5 between 1 and 5", "true" },
	{ "2 between null and 10", "null" },
	{ "5 in (1..5)", "false" },
	{ "5 in (1..5]", "true" },
	{ "5 in (1, > 4)", "true" },
	{ "\"a\" in [\"b\", \"a\"]", "true" },
	{ "5 in [[1..3], [4..6]]", "true" },
	{ "5 in (? > 4 and ? < 6)", "true" },
	{ "[1,2] in [[1], [1,2]]", "true" },
	{ "5 in \"a\"", "false" },
	{ "[1,2,3][2]", "2" },
	{ "[1,2,3][-1]", "3" },
	{ "[1,2,3][4]", "null" },
	{ "[1,2,3][item > 1]", "[2, 3]" },
	{ "[{a: 1}, {a: 2}][a > 1].a", "[2]" },
	{ "[{item: 1}, {item: 2}][item >= 2].item", "[2]" },
	{ "100[true]", "[100]" },
	{ "100[1]", "100" },
	{ "{a: 1, b: a + 1}.b", "2" },
	{ "{a: 1}.b", "null" },
	{ "for i in 1..3, j in [i, 10] return i * j", "[1, 10, 4, 20, 9, 30]" },
	{ "for i in 3..1 return i", "[3, 2, 1]" },
	{ "for i in [1..3] return i", "null" },
	{ "for i in 0..4 return if i = 0 then 1 else "
	  "i * partial[-1]",
		"[1, 1, 2, 6, 24]" },
	{ "for i in null return i", "null" },
	{ "some i in [1,2] satisfies i > 1", "true" },
	{ "every i in [1,2] satisfies i > 1", "false" },
	{ "every i in [] satisfies i > 1", "true" },
	{ "some i in [null] satisfies i > 1", "null" },
	{ "(function(a, b) a - b)(b: 1, a: 3)", "2" },
	{ "(function(a) function(b) a + b)(1)(2)", "3" },
	{ "(function(a) a)(1, 2)", "null" },
	{ "(function(a: string) a)(1)", "null" },
	{ "1 instance of number", "true" },
	{ "[1,\"a\"] instance of list<number>", "false" },
	{ "null instance of number", "false" },
	{ "count([1,2,3])", "3" },
	{ "sum([1,2,3])", "6" },
	{ "sum([])", "null" },
	{ "sum(1, \"a\")", "null" },
	{ "mean(1, 2)", "1.5" },
	{ "min([3,1,2])", "1" },
	{ "max(\"a\", \"b\")", "\"b\"" },
	{ "floor(-1.5)", "-2" },
	{ "ceiling(1.25, 1)", "1.3" },
	{ "decimal(2.5, 0)", "2" },
	{ "round half up(-2.5, 0)", "-3" },
	{ "round half down(2.5, 0)", "2" },
	{ "round up(1.1, 0)", "2" },
	{ "round down(-1.9, 0)", "-1" },
	{ "modulo(-12, 5)", "3" },
	{ "sqrt(16)", "4" },
	{ "even(2)", "true" },
	{ "odd(2)", "false" },
	{ "string(1.50)", "\"1.5\"" },
	{ "number(\"1.5\")", "1.5" },
	{ "substring(\"foobar\", 3, 3.8)", "\"oba\"" },
	{ "substring(\"foobar\", -2, 1)", "\"a\"" },
	{ "substring(\"foobar\", 0)", "null" },
	{ "string length(\"a\xE5\x84\x9F\")", "2" },
	{ "contains(\"foobar\", \"ob\")", "true" },
	{ "ends with(\"foobar\", \"bar\")", "true" },
	{ "upper case(\"aB1\")", "\"AB1\"" },
	{ "list contains([1, null], null)", "true" },
	{ "append([1], 2, 3)", "[1, 2, 3]" },
	{ "union([1,2],[2,3])", "[1, 2, 3]" },
	{ "flatten([[1,[2]],3])", "[1, 2, 3]" },
	{ "index of([1,2,1], 1)", "[1, 3]" },
	{ "sublist([1,2,3], 2, 2)", "[2, 3]" },
	{ "insert before([1,3], 2, 2)", "[1, 2, 3]" },
	{ "remove([1,2,3], -1)", "[1, 2]" },
	{ "sort([3,1,2], function(x, y) x < y)", "[1, 2, 3]" },
	{ "all([true, null])", "null" },
	{ "all([false, null])", "false" },
	{ "any([])", "false" },
	{ "get value({a: 1}, \"a\")", "1" },
	{ "get entries({a: 1})[1].key", "\"a\"" },
	{ "is(1, 1.0)", "true" },
	{ "date(2024, 2, 30)", "null" },
	{ "date(\"2024-02-29\").month", "2" },
	{ "not(null)", "null" },
	{ "@\"2024-02-29\".weekday", "4" },
};

const size_t known_row_count = sizeof(known_rows) / sizeof(known_rows[0]);

/* Expressions in which facts are missing, for soundness and the machine. */
const char *const open_expressions[] = {
	"p + q",
	"p - q",
	"p * q",
	"p / q",
	"-p * 2 - q",
	"p ** 2",
	"p > q",
	"p + 1 > 0",
	"p * 2 >= q",
	"p = q",
	"p != 3",
	"p between q and 5",
	"b and p > 3",
	"b or p > 3",
	"not(b) and b",
	"b and null",
	"null or b",
	"if b then p else q",
	"if p > 3 then \"hi\" else \"lo\"",
	"if p > 3 and b then 1 else if c = \"x\" then 2 else 3",
	"if p > 20 then 1 else 2",
	"if b then 1 else 1",
	"p in [2..4]",
	"p in (< 2, > 4)",
	"c in (\"x\", \"z\")",
	"p in (1, 2, 3)",
	"c = \"x\"",
	"c + \"!\"",
	"c < \"xx\"",
	"[p, q][1]",
	"[p, q, 3][item > 2]",
	"[1, 2, 3][item > p]",
	"[1, 2, 3][b]",
	"count([p, q])",
	"sum([p, q, 1])",
	"sum(p, q)",
	"min(p, q)",
	"max([p, 5])",
	"mean(p, q)",
	"floor(p)",
	"ceiling(p / 3)",
	"abs(p - 5)",
	"decimal(p / 3, 2)",
	"round half up(p * q, 0)",
	"round down(p, 0)",
	"round up(-p, 0)",
	"modulo(p, 3)",
	"sqrt(p)",
	"even(p)",
	"string(p)",
	"string(b)",
	"string length(c)",
	"upper case(c)",
	"contains(c, \"x\")",
	"substring(c + \"abc\", 2)",
	"list contains([p, 3], 3)",
	"list contains([1, 2], p)",
	"append([1], p)",
	"concatenate([p], [q])",
	"reverse([p, 1])",
	"flatten([[p], q])",
	"distinct values([p, p, 1])",
	"index of([1, 2, 3], p)",
	"sublist([1, 2, 3], q)",
	"all([b, p > 3])",
	"any([b, p > 3])",
	"some i in [1, 5] satisfies i > p",
	"every i in [1, 5] satisfies i > p",
	"for i in [1, 2] return i * p",
	"for i in 1..2 return if b then i else p",
	"{a: p, b: q}.a",
	"{a: p, b: a + q}.b",
	"if b then {a: 1} else {a: 2}",
	"(if b then {a: 1} else {a: p}).a",
	"(function(x) x + q)(p)",
	"[p, 1] = [3, 1]",
	"[p] = [1, 2]",
	"p instance of number",
	"c instance of number",
	"is(c, \"x\")",
	"get value({x: 1}, c)",
	"p = null",
	"c = null",
	"c = 1",
	"p + c",
	"c and b",
	"p < c",
	"{a: p} = {a: 3}",
	"[b, c][b]",
	"u = u",
	"u > 3",
	"u and b",
	"if u > 3 then p else q",
	"u + 1 > u",
	"[u][1]",
	"count([u])",
	"not(u)",
	"u in (1, 2)",
	"u.x",
	"sum([u, 1])",
	"-u",
	"mean([1, 2][p > 3])",
	"min([1, 2][item > q])",
	"sum(if b then [1] else [2, 3])",
};

const size_t open_expression_count =
	sizeof(open_expressions) / sizeof(open_expressions[0]);

const struct feel_node *facts_table(
	struct arena *arena, const struct table_row *row)
{
	struct feel_table *table = arena_zeroed(arena, 1, sizeof(*table));
	struct feel_rule *rules = arena_zeroed(arena, 3, sizeof(*rules));
	struct feel_node *node = arena_zeroed(arena, 1, sizeof(*node));
	const struct feel_node **nodes = arena_zeroed(arena, 8, sizeof(*nodes));
	struct text *name = arena_zeroed(arena, 1, sizeof(*name));
	int i;

	cr_assert(table && rules && node && nodes && name);
	nodes[0] = facts_parse(arena, row->input, false);
	nodes[1] = facts_parse(arena, "[3, 2, 1]", false);
	for (i = 0; i < 3; i++) {
		nodes[2 + 2 * i] = facts_parse(arena, row->rules[i][0], true);
		nodes[3 + 2 * i] = facts_parse(arena, row->rules[i][1], false);
		rules[i].tests = &nodes[2 + 2 * i];
		rules[i].outputs = &nodes[3 + 2 * i];
		rules[i].mark = FEEL_NO_MARK;
	}
	table->policy = row->policy;
	table->aggregator = row->aggregator;
	table->input_count = 1;
	table->inputs = &nodes[0];
	table->output_count = 1;
	table->outputs = name;
	table->priorities = &nodes[1];
	table->rule_count = 3;
	table->rules = rules;
	node->kind = FEEL_NODE_TABLE;
	node->mark = FEEL_NO_MARK;
	node->table = table;
	return node;
}

#define U	      FEEL_UNIQUE, FEEL_LISTED
#define A	      FEEL_ANY, FEEL_LISTED
#define P	      FEEL_PRIORITY, FEEL_LISTED
#define F	      FEEL_FIRST, FEEL_LISTED
#define O	      FEEL_OUTPUT_ORDER, FEEL_LISTED
#define R	      FEEL_RULE_ORDER, FEEL_LISTED
#define C(aggregator) FEEL_COLLECT, aggregator

/* clang-format off */
const struct table_row table_rows[] = {
	{ U, "5", { { "< 3", "1" }, { "[3..6]", "2" }, { "> 6", "3" } }, "2" },
	{ U, "5", { { "< 3", "1" }, { "> 3", "2" }, { "> 4", "3" } }, "null" },
	{ U, "5", { { "1", "1" }, { "2", "2" }, { "3", "3" } }, "null" },
	{ U, "null", { { "1", "1" }, { "-", "2" }, { "3", "3" } }, "2" },
	{ U, "p", { { "< 0", "1" }, { "[0..10]", "2" }, { "> 10", "3" } },
		"2" },
	{ U, "p", { { "< 5", "1" }, { ">= 5", "2" }, { "> 10", "3" } },
		"1|2 by p" },
	{ U, "p", { { "< 5", "1" }, { ">= 5", "1" }, { "> 10", "3" } }, "1" },
	{ A, "5", { { "> 3", "1" }, { "> 4", "1" }, { "1", "3" } }, "1" },
	{ A, "5", { { "> 3", "1" }, { "> 4", "2" }, { "1", "3" } }, "null" },
	{ P, "5", { { "> 3", "1" }, { "> 4", "3" }, { "> 2", "2" } }, "3" },
	{ P, "p", { { "-", "1" }, { "> 4", "3" }, { "> 20", "2" } },
		"3|1 by p" },
	{ F, "5", { { "> 8", "1" }, { "> 4", "2" }, { "-", "3" } }, "2" },
	{ F, "p", { { "> 8", "1" }, { ">= 0", "2" }, { "-", "3" } },
		"1|2 by p" },
	{ O, "5", { { "> 3", "1" }, { "> 4", "3" }, { "> 2", "2" } },
		"[3, 2, 1]" },
	{ R, "5", { { "> 3", "1" }, { "> 8", "3" }, { "> 2", "2" } },
		"[1, 2]" },
	{ R, "9", { { "1", "1" }, { "2", "3" }, { "3", "2" } }, "null" },
	{ C(FEEL_LISTED), "5", { { "> 3", "1" }, { "> 8", "3" },
		{ "> 2", "2" } }, "[1, 2]" },
	{ C(FEEL_LISTED), "9", { { "1", "1" }, { "2", "3" }, { "3", "2" } },
		"[]" },
	{ C(FEEL_SUM), "5", { { "> 3", "1" }, { "> 8", "3" }, { "> 2", "2" } },
		"3" },
	{ C(FEEL_COUNT), "5", { { "> 3", "1" }, { "> 8", "3" },
		{ "> 2", "2" } }, "2" },
	{ C(FEEL_MIN), "5", { { "> 3", "1" }, { "> 8", "3" }, { "> 2", "2" } },
		"1" },
	{ C(FEEL_MAX), "5", { { "> 3", "1" }, { "> 8", "3" }, { "> 2", "2" } },
		"2" },
	{ C(FEEL_SUM), "p", { { ">= 0", "1" }, { "> 8", "3" },
		{ "> 20", "2" } }, "1|4 by p" },
	{ C(FEEL_LISTED), "p", { { ">= 0", "1" }, { "> 8", "3" },
		{ "> 20", "2" } }, "[1]|[1, 3] by p" },
	{ C(FEEL_COUNT), "9", { { "1", "1" }, { "2", "3" }, { "3", "2" } },
		"0" },
};
/* clang-format on */

const size_t table_row_count = sizeof(table_rows) / sizeof(table_rows[0]);
