/*
 * Logic that is the same in two models, and what makes it another; a decision
 * table cell by cell.
 */
#include <criterion/criterion.h>

#include "dmn/same.h"
#include "helper.h"

TestSuite(dmn_same, .init = folder_open, .fini = folder_close);

#define ID "id='d_a' name='a'"
#define A(logic)                                                               \
	"<decision " ID "><variable name='a' typeRef='number'/>" logic         \
	"</decision>\n"
#define OF(type)                                                               \
	"<decision " ID "><variable name='a' typeRef='" type                   \
	"'/>" LITERAL("null") "</decision>\n"
#define CONTEXT(name, type)                                                    \
	A("<context><contextEntry><variable name='" name "' typeRef='" type    \
	  "'/>" LITERAL("1") "</contextEntry></context>")
#define ROW_OF(in, out) "<rule>" IN(in) OUT(out) "</rule>"
#define TABLE_OF(rows)                                                         \
	A("<decisionTable>" INPUT_COLUMN("1") "<output/>" rows                 \
					      "</decisionTable>")
#define PAIR(first, second)                                                    \
	"<itemDefinition name='t'><itemComponent name='" first                 \
	"'><typeRef>number</typeRef></itemComponent><itemComponent "           \
	"name='" second "'><typeRef>string</typeRef></itemComponent>"          \
	"</itemDefinition>\n"

/* clang-format off */
static const struct {
	const char *a, *b;
	bool same;
} rows[] = {
	{ A(LITERAL("1")), A(LITERAL("1")), true },
	{ A(LITERAL("1")), A(LITERAL("2")), false },
	{ A(LITERAL("1")), A(LITERAL(" 1\n")), false }, /* text by text */
	{ A(LITERAL("1")), A(""), false },
	{ A(""), A(LITERAL("1")), false },
	{ A(""), A(""), true },
	/* for readers only */
	{ A(LITERAL("1")), A("<description>One.</description>" LITERAL("1")),
		true },
	{ A(LITERAL("1")), A("<literalExpression id='x' label='one'><text>1"
		"</text></literalExpression>"), true },
	{ A(LITERAL("1")), A("<extensionElements><shk:cite source='S' place='L'"
		" evidence='E0'/></extensionElements>" LITERAL("1")), true },
	{ A(LITERAL("1")), A("<x:y xmlns:x='urn:x'/>" LITERAL("1")), true },
	/* types */
	{ OF("number"), OF("string"), false },
	{ TYPE("t", "number", "[0..1]") OF("t"),
		TYPE("u", "number", "[0..1]") OF("u"), false }, /* and name */
	{ TYPE("t", "number", "[0..1]") OF("t"),
		TYPE("t", "number", "[0..2]") OF("t"), false },
	{ TYPE("t", "number", "[0..1]") OF("t"), OF("number"), false },
	{ TYPE("t", "number", "[0..1]") OF("t"),
		"<itemDefinition name='t' isCollection='true'><typeRef>number"
		"</typeRef></itemDefinition>\n" OF("t"), false },
	{ PAIR("x", "y") OF("t"), PAIR("x", "y") OF("t"), true },
	{ PAIR("x", "y") OF("t"), PAIR("x", "z") OF("t"), false },
	{ PAIR("x", "y") OF("t"), "<itemDefinition name='t'><itemComponent "
		"name='x'><typeRef>number</typeRef></itemComponent>"
		"</itemDefinition>\n" OF("t"), false },
	{ CONTEXT("x", "number"), CONTEXT("x", "number"), true },
	{ CONTEXT("x", "number"), CONTEXT("y", "number"), false },
	{ CONTEXT("x", "number"), CONTEXT("x", "Any"), false },
	{ TYPE("t", "number", "[0..1]") CONTEXT("x", "t"),
		TYPE("t", "number", "[0..1]") CONTEXT("x", "t"), true },
	{ TYPE("t", "number", "[0..1]") CONTEXT("x", "t"),
		TYPE("u", "number", "[0..1]") CONTEXT("x", "u"), false },
	{ TYPE("t", "number", "[0..1]") CONTEXT("x", "t"),
		TYPE("u", "number", "[0..2]") CONTEXT("x", "u"), false },
	/* elements: one more, one less, another attribute */
	{ TABLE_OF(ROW_OF("1", "2")), TABLE_OF(ROW_OF("1", "2")), true },
	{ TABLE_OF(ROW_OF("1", "2")), TABLE_OF(ROW_OF("1", "3")), false },
	{ TABLE_OF(ROW_OF("1", "2")), TABLE_OF(ROW_OF("1", "2")
		ROW_OF("2", "2")), false },
	{ TABLE_OF(ROW_OF("1", "2") ROW_OF("2", "2")),
		TABLE_OF(ROW_OF("1", "2")), false },
	{ TABLE_OF(ROW_OF("1", "2")), A("<decisionTable hitPolicy='FIRST'>"
		INPUT_COLUMN("1") "<output/>" ROW_OF("1", "2")
		"</decisionTable>"), false },
	{ A("<decisionTable hitPolicy='ANY'>" INPUT_COLUMN("1") "<output/>"
		ROW_OF("1", "2") "</decisionTable>"), A("<decisionTable "
		"hitPolicy='FIRST'>" INPUT_COLUMN("1") "<output/>"
		ROW_OF("1", "2") "</decisionTable>"), false },
	{ A("<list>" LITERAL("1") "</list>"), A("<list/>"), false },
	{ A("<list/>"), A("<list>" LITERAL("1") "</list>"), false },
	{ A("<list/>"), A("<context/>"), false },
	{ A("<list/>"), A("<list/>"), true },
	{ "<inputData " ID "><variable name='a' typeRef='number'/>"
		"</inputData>", A(""), false },
};
/* clang-format on */

static struct dmn_graph *load_as(const char *name, const char *rest)
{
	struct buffer text;
	struct dmn_graph *graph;
	const char *path;

	buffer_init(&text);
	buffer_text(&text, HEAD);
	buffer_text(&text, rest);
	buffer_text(&text, TAIL);
	path = folder_write(name, text.data);
	graph = load_files(&path, 1);
	buffer_release(&text);
	return graph;
}

Test(dmn_same, logic)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct dmn_graph *a = load_as("a.dmn", rows[i].a);
		struct dmn_graph *b = load_as("b.dmn", rows[i].b);

		cr_expect_eq(
			dmn_same_logic(a, slot_of(a, "a"), b, slot_of(b, "a")),
			rows[i].same, "row %zu: %s%s", i, rows[i].a, rows[i].b);
		cr_expect_eq(
			dmn_same_logic(b, slot_of(b, "a"), a, slot_of(a, "a")),
			rows[i].same, "row %zu, turned", i);
		cr_expect(
			dmn_same_logic(a, slot_of(a, "a"), a, slot_of(a, "a")),
			"row %zu: itself", i);
		dmn_graph_free(a);
		dmn_graph_free(b);
	}
}

Test(dmn_same, tables_cell_by_cell)
{
	struct dmn_graph *graph = load_as("a.dmn",
		TABLE_OF(ROW_OF("1", "2") ROW_OF("-", "3")) DECISION("two",
			"Any", "",
			"<decisionTable hitPolicy='ANY'>" INPUT_COLUMN(
				"1") "<output name='p'/><output name='q'/>"
				     "</decisionTable>")
			DECISION("text", "Any", "", LITERAL("1")) DECISION(
				"nothing", "Any", "", "") INPUT("x", "number"));
	static const char *const others[] = { "two", "text", "nothing", "x" };
	struct dmn_table_view view;

	cr_assert(dmn_table_view(graph, slot_of(graph, "a"), &view));
	cr_expect_str_eq(view.hit_policy, "UNIQUE");
	cr_expect_eq(view.inputs, 1u);
	cr_expect_eq(view.rows, 2u);
	cr_expect_str_eq(dmn_table_input(&view, 0), "1");
	cr_expect_str_eq(dmn_table_test(&view, 1, 0), "-");
	cr_expect_str_eq(dmn_table_output(&view, 1), "3");
	for (size_t i = 0; i < COUNT(others); i++)
		cr_expect_not(
			dmn_table_view(graph, slot_of(graph, others[i]), &view),
			"%s", others[i]);
	dmn_graph_free(graph);
}
