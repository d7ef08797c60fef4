/*
 * Boxed expressions: each kind as a decision of its own, with its value.
 */
#include <criterion/criterion.h>
#include <stdio.h>

#include "helper.h"

TestSuite(dmn_boxed, .init = folder_open, .fini = folder_close);

#define ENTRY(name, logic)                                                     \
	"<contextEntry><variable name='" name "'/>" logic "</contextEntry>"
#define RESULT(logic)  "<contextEntry>" logic "</contextEntry>"
#define IN_PART(logic) "<in>" logic "</in>"

/* clang-format off */
static const struct {
	const char *logic;
	const char *value;
} rows[] = {
	{ LITERAL("1 + 2"), "3" },
	{ "<literalExpression><text/></literalExpression>", "null" },
	{ "", "null" },
	{ "<context>" ENTRY("b", LITERAL("1")) ENTRY("c d", LITERAL("b + 1"))
	  "</context>", "{b: 1, \"c d\": 2}" },
	{ "<context>" ENTRY("b", LITERAL("2")) ENTRY("c d", LITERAL("b + 1"))
	  RESULT(LITERAL("c d * b")) "</context>", "6" },
	{ "<context/>", "{}" },
	{ "<list>" LITERAL("1") "<list>" LITERAL("2") "</list></list>",
	  "[1, [2]]" },
	{ "<relation><column name='x'/><column name='y'/><row>" LITERAL("1")
	  LITERAL("2") "</row><row>" LITERAL("3") LITERAL("4")
	  "</row></relation>", "[{x: 1, y: 2}, {x: 3, y: 4}]" },
	{ "<conditional><if>" LITERAL("1 &lt; 2") "</if><then>" LITERAL("5")
	  "</then><else>" LITERAL("6") "</else></conditional>", "5" },
	{ "<for iteratorVariable='i'>" IN_PART(LITERAL("[1, 2, 3]"))
	  "<return>" LITERAL("i * 2") "</return></for>", "[2, 4, 6]" },
	{ "<for iteratorVariable='i'>" IN_PART(LITERAL("[1, 2, 3]"))
	  "<return>" LITERAL("count(partial)") "</return></for>",
	  "[0, 1, 2]" },
	{ "<some iteratorVariable='i'>" IN_PART(LITERAL("[1, 2]"))
	  "<satisfies>" LITERAL("i = 2") "</satisfies></some>", "true" },
	{ "<every iteratorVariable='i'>" IN_PART(LITERAL("[1, 2]"))
	  "<satisfies>" LITERAL("i = 2") "</satisfies></every>", "false" },
	{ "<filter>" IN_PART(LITERAL("[1, 2, 3]")) "<match>"
	  LITERAL("item &gt; 1") "</match></filter>", "[2, 3]" },
	{ "<filter>" IN_PART(LITERAL("[{x: 1}, {x: 2}]")) "<match>"
	  LITERAL("x = 2") "</match></filter>", "[{x: 2}]" },
	{ "<context>" ENTRY("f", "<functionDefinition>"
	  "<formalParameter name='p' typeRef='number'/>" LITERAL("p + 1")
	  "</functionDefinition>") RESULT(LITERAL("f(1)")) "</context>", "2" },
	{ "<invocation>" LITERAL("k") "<binding><parameter name='second'/>"
	  LITERAL("1") "</binding><binding><parameter name='first one'/>"
	  LITERAL("5") "</binding></invocation>", "4" },
	{ LITERAL("k(5, 1)"), "4" },
	{ LITERAL("fibonacci(6)"), "8" },
	/* a table over a local of the context around it */
	{ "<context>" ENTRY("n", LITERAL("7")) RESULT("<decisionTable>"
	  INPUT_COLUMN("n") "<output/><rule>" IN("&lt; 5") OUT("1") "</rule>"
	  "<rule>" IN("&gt;= 5") OUT("n * 2") "</rule></decisionTable>")
	  "</context>", "14" },
};
/* clang-format on */

/* clang-format off */
static const char frame[] =
	HEAD
	KNOWLEDGE("k", PARAMETER("first one") PARAMETER("second"),
		LITERAL("first one - second"))
	KNOWLEDGE("fibonacci", PARAMETER("n"),
		LITERAL("if n &lt; 2 then n else "
			"fibonacci(n - 1) + fibonacci(n - 2)"))
	"<decision id='d_a' name='a'>"
	NEEDS_KNOWLEDGE("k") NEEDS_KNOWLEDGE("fibonacci");
/* clang-format on */

Test(dmn_boxed, values)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		char text[4096];
		struct dmn_graph *graph;
		struct dmn_evaluator *evaluator;

		snprintf(text, sizeof(text), "%s%s</decision>\n" TAIL, frame,
			rows[i].logic);
		graph = load_text(text);
		evaluator = evaluator_of(graph);
		cr_expect_str_eq(value_text(evaluator, graph, "a"),
			rows[i].value, "row %zu: %s", i, rows[i].logic);
		dmn_evaluator_free(evaluator);
		dmn_graph_free(graph);
	}
}

/* clang-format off */
#define TABLE(attributes, rest)                                                \
	"<decisionTable " attributes ">" INPUT_COLUMN("x") rest                \
	"</decisionTable>"
#define RULE(in, out) "<rule>" IN(in) OUT(out) "</rule>"

static const struct {
	const char *table;
	const char *value; /* for x = 3 */
} tables[] = {
	{ TABLE("", "<output/>" RULE("3", "1") RULE("4", "2")), "1" },
	{ TABLE("hitPolicy='UNIQUE'", "<output/>" RULE("4", "2")), "null" },
	{ TABLE("", "<output><defaultOutputEntry><text>9</text>"
	  "</defaultOutputEntry></output>" RULE("4", "2")), "9" },
	{ TABLE("hitPolicy='ANY'", "<output/>" RULE("3", "1") RULE("-", "1")),
	  "1" },
	{ TABLE("hitPolicy='FIRST'", "<output/>" RULE("4", "0")
	  RULE("-", "1") RULE("3", "2")), "1" },
	{ TABLE("hitPolicy='PRIORITY'", "<output><outputValues><text>2, 1"
	  "</text></outputValues></output>" RULE("-", "1") RULE("3", "2")),
	  "2" },
	{ TABLE("hitPolicy='OUTPUT ORDER'", "<output><outputValues><text>"
	  "2, 1</text></outputValues></output>" RULE("-", "1")
	  RULE("3", "2")), "[2, 1]" },
	{ TABLE("hitPolicy='RULE ORDER'", "<output/>" RULE("-", "1")
	  RULE("3", "2")), "[1, 2]" },
	{ TABLE("hitPolicy='COLLECT'", "<output/>" RULE("-", "1")
	  RULE("3", "2")), "[1, 2]" },
	{ TABLE("hitPolicy='COLLECT' aggregation='SUM'", "<output/>"
	  RULE("-", "1") RULE("3", "2")), "3" },
	{ TABLE("hitPolicy='COLLECT' aggregation='COUNT'", "<output/>"
	  RULE("-", "1") RULE("3", "2")), "2" },
	{ TABLE("hitPolicy='COLLECT' aggregation='MIN'", "<output/>"
	  RULE("-", "1") RULE("3", "2")), "1" },
	{ TABLE("hitPolicy='COLLECT' aggregation='MAX'", "<output/>"
	  RULE("-", "1") RULE("3", "2")), "2" },
	{ TABLE("", "<output name='p'/><output name='q r'/><rule>" IN("-")
	  OUT("1") OUT("x + 1") "</rule>"), "{p: 1, \"q r\": 4}" },
	/* annotations are for people; an empty cell is a dash */
	{ TABLE("", "<output/><annotation name='why'/><rule><inputEntry>"
	  "<text></text></inputEntry>" OUT("1") "<annotationEntry><text>the "
	  "law</text></annotationEntry></rule>"), "1" },
};
/* clang-format on */

Test(dmn_boxed, tables)
{
	for (size_t i = 0; i < COUNT(tables); i++) {
		char text[4096];
		struct dmn_graph *graph;
		struct dmn_evaluator *evaluator;

		snprintf(text, sizeof(text),
			HEAD INPUT("x", "number") "<decision id='d_a' "
						  "name='a'>" NEEDS_INPUT(
							  "x") "%s</"
							       "decision>"
							       "\n" TAIL,
			tables[i].table);
		graph = load_text(text);
		evaluator = evaluator_of(graph);
		give(evaluator, graph, "x", number("3"));
		cr_expect_str_eq(value_text(evaluator, graph, "a"),
			tables[i].value, "row %zu: %s", i, tables[i].table);
		dmn_evaluator_free(evaluator);
		dmn_graph_free(graph);
	}
}
