/*
 * Models of others with one thing wrong or left out: the load goes on, tells
 * the fault with its line, and nothing else is a fault.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "helper.h"

#include <shokan/dmn.h>

TestSuite(dmn_refused, .init = folder_open, .fini = folder_close);

#define WRONG(type, logic)                                                     \
	"<decision id='d_w' name='w'><variable name='w' typeRef='" type        \
	"'/>\n" logic "</decision>\n"

/* clang-format off */
static const struct {
	const char *wrong; /* begins on line 2 */
	const char *words; /* of the fault */
	long line;
} rows[] = {
	{ WRONG("Any", "<invocation>" LITERAL("abs") "\n<binding>" LITERAL("1")
		"</binding></invocation>"), "parameter", 4 },
	{ WRONG("Any", "<literalExpression><importedValues/>"
		"</literalExpression>"), "importedValues", 3 },
	{ WRONG("Any", "<context><contextEntry><variable name='x'/>"
		LITERAL("1") "</contextEntry>\n<contextEntry><variable "
		"name='x'/>" LITERAL("2") "</contextEntry></context>"),
		"\"x\"", 4 },
	{ WRONG("Any", "<context>\n<contextEntry><variable/>" LITERAL("1")
		"</contextEntry></context>"), "name", 4 },
	{ WRONG("Any", "<for><in>" LITERAL("[1]") "</in><return>" LITERAL("1")
		"</return></for>"), "iteratorVariable", 3 },
	{ WRONG("Any", "<decisionTable><input/><output/></decisionTable>"),
		"inputExpression", 3 },
	{ WRONG("Any", "<decisionTable><output name='x'/>\n<output/>"
		"</decisionTable>"), "name", 4 },
	{ WRONG("Any", "<decisionTable><output name='x'/>\n<output name='x'/>"
		"</decisionTable>"), "\"x\"", 4 },
	{ WRONG("nothing.known", LITERAL("1")), "nothing.known", 2 },
	{ "<businessKnowledgeModel id='k_f' name='f'><encapsulatedLogic>\n"
		"<formalParameter name='x' typeRef='nowhere'/>" LITERAL("1")
		"</encapsulatedLogic></businessKnowledgeModel>\n",
		"nowhere", 3 },
	{ "<itemDefinition name='f'><functionItem outputTypeRef='nowhere'>"
		"<parameters name='p' typeRef='number'/></functionItem>"
		"</itemDefinition>\n" WRONG("f", LITERAL("null")), "nowhere",
		2 },
	{ "<itemDefinition name='f'><functionItem outputTypeRef='number'>\n"
		"<parameters name='p' typeRef='nowhere'/></functionItem>"
		"</itemDefinition>\n" WRONG("f", LITERAL("null")), "nowhere",
		3 },
	{ "<decisionService id='s' name='s'>\n<outputDecision href='#none'/>"
		"</decisionService>\n", "#none", 3 },
};
/* clang-format on */

Test(dmn_refused, the_fault_with_its_line)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buffer text;
		const char *path;
		shk_dmn *model;
		shk_diag diag = { 0 };

		buffer_init(&text);
		buffer_text(&text, HEAD);
		buffer_text(&text, rows[i].wrong);
		buffer_text(&text,
			DECISION("right", "number", "", LITERAL("7")) TAIL);
		path = folder_write("m.dmn", text.data);
		cr_assert_eq(shk_dmn_load(&model, &path, 1, &diag), SHK_OK,
			"row %zu: %s", i, diag.message);
		cr_expect_gt(shk_dmn_fault_count(model), 0u, "row %zu", i);
		/* what is told twice is told of the same place */
		for (size_t k = 0; k < shk_dmn_fault_count(model); k++) {
			const shk_diag *fault = shk_dmn_fault(model, k);

			cr_expect(strstr(fault->message, rows[i].words) &&
					  fault->line == rows[i].line,
				"row %zu: line %ld: %s", i, fault->line,
				fault->message);
		}
		shk_dmn_free(model);
		buffer_release(&text);
	}
}
