/*
 * Slots as text for people: columns are aligned also with wide letters, and
 * rows carry their evidence and citations.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "dmn/view.h"
#include "helper.h"

TestSuite(dmn_show, .init = folder_open, .fini = folder_close);

static void shows(
	const struct dmn_graph *graph, const char *name, const char *wanted)
{
	struct buffer out;

	buffer_init(&out);
	dmn_show(graph, slot_of(graph, name), &out);
	cr_assert_not(out.failed);
	cr_expect_str_eq(out.data, wanted, "%s:\n%s\nwanted:\n%s", name,
		out.data, wanted);
	buffer_release(&out);
}

/* clang-format off */
static const char text[] = HEAD TYPE("t_x", "number", "[0..10]")
	TYPE("t_w", "string", "\"国内\",\"外国\"")
	INPUT("x", "t_x") INPUT("w", "t_w")
	"<decision id='d_t' name='t'><description>Where it is sold.\n"
	"  Twice.</description><variable name='t' typeRef='string'/>"
	NEEDS_INPUT("x") NEEDS_INPUT("w")
	"<decisionTable hitPolicy='COLLECT' aggregation='COUNT'>"
	INPUT_COLUMN("w") INPUT_COLUMN("x") "<output/><rule>"
	"<extensionElements>"
	"<shk:cite source='S001' place='L1-2' evidence='E0'/>"
	"<shk:cite source='S002' place='L3' evidence='E2'/>"
	"</extensionElements>" IN("\"国内\"") IN("&lt; 5") OUT("\"a\"")
	"</rule><rule>" IN("-") IN("\n [5..10]\n ") OUT("\"long one\"")
	"</rule></decisionTable></decision>\n"
	"<businessKnowledgeModel id='k_f' name='f'>" CITE("S003", "E1")
	"<encapsulatedLogic>" PARAMETER("p") "<context><contextEntry>"
	"<variable name='q'/>" LITERAL("p + 1") "</contextEntry>"
	"<contextEntry>" LITERAL("if q &gt; 1\n    then q\n    else 0")
	"</contextEntry></context></encapsulatedLogic>"
	"</businessKnowledgeModel>\n" TAIL;
/* clang-format on */

Test(dmn_show, tables_contexts_and_inputs)
{
	struct dmn_graph *graph = load_text(text);

	shows(graph, "x", "input data x: number [0..10]\n");
	shows(graph, "w", "input data w: string \"国内\", \"外国\"\n");
	shows(graph, "t",
		"decision t: string\n"
		"    Where it is sold.\n"
		"    Twice.\n"
		"\n"
		"COLLECT COUNT\n"
		"#  w       x        | t           | evidence  cites\n"
		"1  \"国内\"  < 5      | \"a\"         | E2        "
		"S001 L1-2; S002 L3\n"
		"2  -       [5..10]  | \"long one\"  |\n");
	shows(graph, "f",
		"knowledge model f\n"
		"    [E1: S003 L1]\n"
		"\n"
		"parameter p\n"
		"context\n"
		"    q\n"
		"        p + 1\n"
		"    result\n"
		"        if q > 1\n"
		"        then q\n"
		"        else 0\n");
	dmn_graph_free(graph);
}

Test(dmn_show, listing_names_the_slots)
{
	struct dmn_graph *graph = load_text(text);
	struct buffer out;

	buffer_init(&out);
	dmn_listing(graph, slot_of(graph, "t"), &out);
	cr_assert_gt(out.size, 0);
	cr_assert_not_null(strstr(out.data, " x"), "%s", out.data);
	buffer_clear(&out);
	/* an input has no program */
	dmn_listing(graph, slot_of(graph, "x"), &out);
	cr_assert_eq(out.size, 0);
	buffer_release(&out);
	dmn_graph_free(graph);
}

/* The same parts one at a time, as a page takes them. */
Test(dmn_show, parts_for_a_page)
{
	struct dmn_graph *graph = load_text(text);
	struct dmn_view_table table;
	struct dmn_view_row row = { 0 };
	struct buffer out;

	cr_assert(dmn_view_table(graph, slot_of(graph, "t"), &table));
	cr_expect_str_eq(table.policy, "COLLECT");
	cr_expect_str_eq(table.aggregation, "COUNT");
	cr_expect_eq(table.inputs, 2);
	cr_expect_eq(table.outputs, 1);
	cr_expect_eq(table.rows, 2);
	cr_expect_str_eq(dmn_view_column(&table, 1), "x");
	cr_expect_str_eq(dmn_view_column(&table, 2), "");
	cr_expect_str_eq(dmn_view_column(&table, 3), "", "past the last");
	cr_assert(dmn_view_next(&table, &row));
	cr_expect_str_eq(dmn_view_entry(&table, &row, 0), "\"国内\"");
	cr_expect_str_eq(dmn_view_entry(&table, &row, 2), "\"a\"");
	cr_expect_str_eq(dmn_view_entry(&table, &row, 3), "");
	cr_assert_not_null(row.mark);
	cr_expect_eq(row.mark->cite_count, 2);
	cr_assert(dmn_view_next(&table, &row));
	cr_expect_null(row.mark);
	cr_expect_eq(row.number, 2);
	cr_expect_not(dmn_view_next(&table, &row));
	/* a context is neither a table nor a text */
	cr_expect_not(dmn_view_table(graph, slot_of(graph, "f"), &table));
	cr_expect_str_eq(dmn_view_text(graph, slot_of(graph, "f")), "");
	cr_expect_not(dmn_view_table(graph, slot_of(graph, "x"), &table));
	buffer_init(&out);
	dmn_view_parameters(graph, slot_of(graph, "f"), &out);
	cr_expect_str_eq(out.data, "p");
	buffer_release(&out);
	dmn_graph_free(graph);
}
