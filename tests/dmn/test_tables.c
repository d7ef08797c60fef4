/*
 * Tables taken apart: which cells a simple reader can follow, so that they are
 * certified: constants as they are written, ranges and comparisons of numbers
 * and days.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "dmn/tables.h"
#include "helper.h"

TestSuite(dmn_tables, .init = folder_open, .fini = folder_close);

/* clang-format off */
static const struct {
	const char *type, *cell;
	bool certified;
} rows[] = {
	{ "number", "5", true },
	{ "number", "-5", true },
	{ "number", "1, 2, [3..4]", true },
	{ "number", "not(1)", true },
	{ "number", "-", true },
	{ "number", "&gt; -1", true },
	{ "number", "[-1..1]", true },
	{ "number", "1 + 1", false },
	{ "number", "-(1 + 1)", false },
	{ "number", "abs(1)", false },
	{ "number", "max(1, 2)", false },
	{ "number", "[1..1 + 1]", false },
	{ "number", "= 1", false },
	{ "number", "!= 1", false },
	{ "number", "1, 1 + 1", false },
	{ "string", "\"x\"", true },
	{ "string", "\"x\", \"y\"", true },
	{ "string", "&lt; \"x\"", false },
	{ "string", "[\"a\"..\"b\"]", false },
	{ "boolean", "true", true },
	{ "boolean", "not(true)", true },
	{ "date", "date(\"2026-06-01\")", true },
	{ "date", "@\"2026-06-01\"", true },
	{ "date", "&lt; date(\"2026-06-01\")", true },
	{ "date", "[@\"2026-06-01\"..date(\"2026-06-02\")]", true },
	{ "date", "date(2026, 6, 1)", false },
	{ "date", "date(string(\"2026-06-01\"))", false },
	{ "date", "today()", false },
	{ "days and time duration", "@\"P1D\"", false },
};
/* clang-format on */

Test(dmn_tables, what_a_simple_reader_can_follow)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct dmn_graph *graph;
		struct dmn_table table;
		struct arena arena;
		shk_diag diag = { 0 };
		char text[2048];

		snprintf(text, sizeof(text),
			HEAD "<inputData id='i_x' name='x'><variable name='x' "
			     "typeRef='%s'/></inputData>\n<decision id='d_a' "
			     "name='a'><variable name='a' typeRef='number'/>"
			     "\n" NEEDS_INPUT(
				     "x") "<decisionTable "
					  "id='t'>" INPUT_COLUMN(
						  "x") "<output/"
						       "><rule><inputEntry>"
						       "<text>%s</text></"
						       "inputEntry>" OUT(
							       "1") "</"
								    "rule><"
								    "/decis"
								    "ionTab"
								    "le></"
								    "decisi"
								    "on"
								    ">" TAIL,
			rows[i].type, rows[i].cell);
		graph = load_text(text);
		arena_init(&arena);
		cr_assert_eq(dmn_table_count(graph), 1u);
		cr_assert_eq(
			dmn_table_read(graph, 0, NULL, &arena, &table, &diag),
			SHK_OK, "row %zu: %s", i, diag.message);
		cr_expect_eq(!table.uncertified[0] && !table.unchecked[0],
			rows[i].certified, "row %zu: %s: %s%s", i, rows[i].cell,
			table.uncertified, table.unchecked);
		arena_release(&arena);
		dmn_graph_free(graph);
	}
}
