/*
 * Loading: what a graph holds, how models are merged, and everything that must
 * be refused, with its message, line and column.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "helper.h"

TestSuite(dmn_load, .init = folder_open, .fini = folder_close);

#define IMPORT(name, space, location)                                          \
	"<import name=\"" name "\" namespace=\"urn:" space "\" "               \
	"locationURI=\"" location "\" importType=\"" MODEL_SPACE "\"/>\n"

Test(dmn_load, slots_and_domains)
{
	/* clang-format off */
	static const char text[] =
		HEAD TYPE("t_share", "number", "[0..100]") TYPE("t_price",
		"number", "> 0") TYPE("t_kind", "string", "\"drug\", "
		"\"device\"") TYPE("t_class", "number", "-1, 2")
		"<itemDefinition name=\"t_shares\" isCollection=\"true\">"
		"<typeRef>t_share</typeRef></itemDefinition>\n" INPUT("share",
		"t_share") INPUT("price", "t_price") INPUT("kind", "t_kind")
		INPUT("class", "t_class") INPUT("shares", "t_shares") INPUT(
		"urgent", "boolean") INPUT("any", "Any") TAIL;
	/* clang-format on */
	static const struct {
		const char *name;
		enum feel_type type;
		bool list;
		bool bounded;
		size_t choices;
		const char *first; /* choice or range */
	} rows[] = {
		{ "share", FEEL_NUMBER, false, true, 0, "[0..100]" },
		{ "price", FEEL_NUMBER, false, true, 0, NULL },
		{ "kind", FEEL_STRING, false, false, 2, "\"drug\"" },
		{ "class", FEEL_NUMBER, false, false, 2, "-1" },
		{ "shares", FEEL_NUMBER, true, true, 0, "[0..100]" },
		{ "urgent", FEEL_BOOLEAN, false, false, 2, "false" },
		{ "any", FEEL_NULL, false, false, 0, NULL },
	};
	struct dmn_graph *graph = load_text(text);
	const struct dmn_slot *price;

	cr_assert_eq(graph->slot_count, COUNT(rows));
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct dmn_slot *slot =
			&graph->slots[slot_of(graph, rows[i].name)];
		const struct dmn_domain *domain = &slot->domain;
		struct feel_value range = { .type = FEEL_RANGE };

		range.u.range = &domain->range;
		cr_assert_eq(slot->kind, DMN_INPUT, "%s", rows[i].name);
		cr_assert_eq(domain->type, rows[i].type, "%s", rows[i].name);
		cr_assert_eq(domain->list, rows[i].list, "%s", rows[i].name);
		cr_assert_eq(
			domain->bounded, rows[i].bounded, "%s", rows[i].name);
		cr_assert_eq(domain->choice_count, rows[i].choices, "%s",
			rows[i].name);
		if (rows[i].first)
			cr_assert_str_eq(
				printed(rows[i].choices ? domain->choices
							: &range),
				rows[i].first, "%s", rows[i].name);
	}
	price = &graph->slots[slot_of(graph, "price")];
	cr_assert_eq(price->domain.range.high.type, FEEL_NULL);
	cr_assert_not(price->domain.range.low_closed);
	cr_assert_str_eq(printed(&price->domain.range.low), "0");
	cr_assert_str_eq(price->id, "i_price");
	cr_assert_eq(price->line, 8);
	dmn_graph_free(graph);
}

Test(dmn_load, every_version_is_read)
{
	static const char *const spaces[] = {
		"http://www.omg.org/spec/DMN/20151101/dmn.xsd",
		"http://www.omg.org/spec/DMN/20180521/MODEL/",
		"https://www.omg.org/spec/DMN/20191111/MODEL/",
		"https://www.omg.org/spec/DMN/20211108/MODEL/",
		"https://www.omg.org/spec/DMN/20230324/MODEL/",
		"https://www.omg.org/spec/DMN/20240513/MODEL/",
	};

	for (size_t i = 0; i < COUNT(spaces); i++) {
		char text[2048];
		struct dmn_graph *graph;
		struct dmn_evaluator *evaluator;

		snprintf(text, sizeof(text),
			"<d:definitions xmlns:d=\"%s\" "
			"xmlns:feel=\"urn:feel\" name=\"m\" "
			"namespace=\"urn:m\"><d:decision id=\"a\" name=\"a\">"
			"<d:variable name=\"a\" typeRef=\"feel:number\"/>"
			"<d:literalExpression><d:text>1 + 1</d:text>"
			"</d:literalExpression></d:decision>"
			"</d:definitions>",
			spaces[i]);
		graph = load_text(text);
		evaluator = evaluator_of(graph);
		cr_assert_str_eq(value_text(evaluator, graph, "a"), "2", "%s",
			spaces[i]);
		dmn_evaluator_free(evaluator);
		dmn_graph_free(graph);
	}
}

/* Each must be refused where it says, in words that name what is wrong. */
struct refusal {
	const char *text;
	long line;
	long column;
	const char *words;
};

/* clang-format off */
static const struct refusal refusals[] = {
	{ "<a/>", 1, 1, "not a DMN model: the root element is <a>" },
	{ "<definitions xmlns='urn:x'/>", 1, 1, "namespace \"urn:x\"" },
	{ HEAD "<decision id='a'", 2, 0, "" },
	{ HEAD INPUT("a", "number") "<decision id='i_a' name='b'/>\n" TAIL, 3,
	1, "id \"i_a\" is used twice, first on line 2" },
	{ HEAD INPUT("a", "number") "  <decision id='x' name='a'/>\n" TAIL, 3,
	3, "the name \"a\" of this decision is taken: input data in" },
	{ HEAD "<inputData id='x'/>\n" TAIL, 2, 1, "has no name" },
	{ HEAD DECISION("a", "number", NEEDS("b"), LITERAL("1")) TAIL, 2, 90,
	"href \"#d_b\" leads to nothing" },
	{ HEAD "<decision id='a' name='a'>\n<informationRequirement>"
	"<requiredInput href='urn:other#x'/></informationRequirement>"
	"</decision>\n" TAIL, 3, 25, "leads to a model that is not imported" },
	
	{ HEAD DECISION("b", "number", "", LITERAL("1")) "<decision id='a' "
	"name='a'>\n<informationRequirement><requiredInput href='#d_b'/>"
	"</informationRequirement></decision>\n" TAIL, 4, 25, "<requiredInput> "
	"leads to \"b\" (decision), expected an input data" },
	{ HEAD DECISION("a", "number", NEEDS("b"), LITERAL("b")) DECISION("b",
	"number", NEEDS("c"), LITERAL("c")) DECISION("c", "number", NEEDS("b"),
	LITERAL("b")) TAIL, 3, 1, "requirements go in a circle: \"b\" -> "
	"\"c\" -> \"b\"" },
	{ HEAD INPUT("a", "nomber") TAIL, 2, 30, "no type is called "
	"\"nomber\"; did you mean \"number\"?" },
	{ HEAD "<itemDefinition name='t'><typeRef>t</typeRef>"
	"</itemDefinition>\n" TAIL, 2, 1, "\"t\" is defined by itself" },
	{ HEAD "<itemDefinition name='t'/>\n<itemDefinition name='t'/>\n" TAIL,
	3, 1, "a second item definition \"t\", first on line 2" },
	{ HEAD "<itemDefinition name='t'><typeRef>number</typeRef>"
	"<allowedValues>\n<text>[0..</text></allowedValues></itemDefinition>"
	"\n" TAIL, 3, 11, "expected" },
	/* the FEEL begins in column 7 of line 3; the error is on line 4 */
	{ HEAD "<decision id='a' name='a'><literalExpression>\n<text>1 +\n  * "
	"2</text></literalExpression></decision>\n" TAIL, 4, 3, "expected" },
	{ HEAD "<decision id='a' name='a'><literalExpression>\n<text>"
	"<![CDATA[1 + ]]></text></literalExpression></decision>\n" TAIL, 3, 20,
	"expected" },
	{ HEAD INPUT("x", "number") "<decision id='a' name='a'>"
	"<literalExpression>\n<text>1 + x</text></literalExpression>"
	"</decision>\n" TAIL, 4, 11, "\"a\" uses \"x\", which is in the "
	"model, but no <informationRequirement> leads to it" },
	{ HEAD INPUT("price", "number") "<decision id='a' name='a'>"
	NEEDS_INPUT("price") "<literalExpression>\n<text>1 + prise</text>"
	"</literalExpression></decision>\n" TAIL, 4, 11, "\"a\" uses the "
	"unknown name \"prise\"; did you mean \"price\"?" },
	{ HEAD "<decision id='a' name='a'>\n<decisionTable hitPolicy='ONE'>"
	"<output/></decisionTable></decision>\n" TAIL, 3, 1, "unknown hit "
	"policy \"ONE\"" },
	{ HEAD "<decision id='a' name='a'>\n<decisionTable "
	"hitPolicy='COLLECT' aggregation='AVG'><output/></decisionTable>"
	"</decision>\n" TAIL, 3, 1, "unknown aggregation \"AVG\"" },
	{ HEAD "<decision id='a' name='a'>\n<decisionTable/></decision>\n"
	TAIL, 3, 1, "has no <output>" },
	{ HEAD "<decision id='a' name='a'><decisionTable>" INPUT_COLUMN("1")
	"<output/>\n<rule>" IN("-") IN("-") OUT("1") "</rule></decisionTable>"
	"</decision>\n" TAIL, 3, 1, "this rule has 2 cells <inputEntry>, the "
	"table has 1" },
	{ HEAD "<decision id='a' name='a'><decisionTable>" INPUT_COLUMN("1")
	"<output/>\n<rule>" IN("-") "</rule></decisionTable></decision>\n"
	TAIL, 3, 1, "this rule has 0 cells <outputEntry>, the table has 1" },
	{ HEAD "<decision id='a' name='a'><decisionTable>" INPUT_COLUMN("1")
	"<output/><rule>\n<inputEntry><text>&lt; </text></inputEntry>" OUT("1"
	) "</rule></decisionTable></decision>\n" TAIL, 3, 21, "expected" },
	{ HEAD "<decision id='a' name='a'>\n<functionDefinition kind='Java'/>"
	"</decision>\n" TAIL, 3, 1, "a function of kind \"Java\"" },
	{ HEAD "<decision id='a' name='a'>\n<literalExpression "
	"expressionLanguage='urn:js'><text>1</text></literalExpression>"
	"</decision>\n" TAIL, 3, 1, "expression language \"urn:js\"" },
	{ HEAD "<decision id='a' name='a'><context>\n<contextEntry>" LITERAL(
	"1") "</contextEntry>\n<contextEntry><variable name='b'/>" LITERAL("2"
	) "</contextEntry></context></decision>\n" TAIL, 3, 1, "must be its "
	"last" },
	{ HEAD "<decision id='a' name='a'><relation><column name='x'/>\n<row>"
	LITERAL("1") LITERAL("2") "</row></relation></decision>\n" TAIL, 3, 1,
	"this row has 2 cells, the relation has 1 columns" },
	{ HEAD "<decision id='a' name='a'>\n<conditional><if>" LITERAL("1")
	"</if></conditional></decision>\n" TAIL, 3, 1, "<conditional> lacks "
	"<then>" },
	/* in a filter the name would silently be null */
	{ HEAD INPUT("x", "number") "<decision id='a' name='a'>"
	LITERAL("[{c: 1}][c = x]") "</decision>\n" TAIL, 3, 1,
	"\"a\" uses \"x\" in a filter, but no requirement leads to it" },
	{ HEAD KNOWLEDGE("f", PARAMETER("p") "\n" PARAMETER("p"), LITERAL("1"))
	TAIL, 3, 1, "a second parameter \"p\"" },
	{ HEAD KNOWLEDGE("f", "\n<formalParameter/>", LITERAL("1")) TAIL, 3, 1,
	"this parameter has no name" },
	{ HEAD IMPORT("x", "m", "../m.dmn") TAIL, 2, 1, "cannot open" },
	{ HEAD IMPORT("x", "x", "none.dmn") TAIL, 2, 1, "cannot open" },
	{ HEAD IMPORT("x", "x", "http://example.com/x.dmn") TAIL, 2, 1,
	"must be the path of a file" },
	{ HEAD IMPORT("x", "x", "m.dmn") TAIL, 2, 1, "has the namespace "
	"\"urn:m\", not \"urn:x\"" },
	{ HEAD IMPORT("m", "m", "m.dmn") TAIL, 2, 1, "imports go in a circle"
	},
	{ HEAD "<import name='x' namespace='urn:x' importType='urn:pmml'/>\n"
	TAIL, 2, 1, "only DMN models can be imported" },
	{ HEAD "<import name='x' namespace='urn:x' importType='" MODEL_SPACE
	"'/>\n" TAIL, 2, 1, "give its file in locationURI" },
};
/* clang-format on */

Test(dmn_load, refusals)
{
	for (size_t i = 0; i < COUNT(refusals); i++) {
		const struct refusal *row = &refusals[i];
		const char *path = folder_write("m.dmn", row->text);
		struct dmn_graph *graph;
		shk_diag diag = { 0 };
		enum shk_code code = dmn_graph_load(&graph, &path, 1, &diag);
		enum shk_code wanted = strstr(row->words, "cannot open")
					       ? SHK_E_IO
					       : SHK_E_RULES;

		cr_expect_eq(code, wanted, "row %zu: %s", i, row->text);
		cr_expect_null(graph, "row %zu", i);
		cr_expect(strstr(diag.message, row->words) != NULL,
			"row %zu: said \"%s\", wanted \"%s\"", i, diag.message,
			row->words);
		cr_expect_str_eq(diag.path, path, "row %zu", i);
		cr_expect_eq(diag.line, row->line,
			"row %zu: line %ld, wanted %ld: %s", i, diag.line,
			row->line, diag.message);
		if (row->column)
			cr_expect_eq(diag.column, row->column,
				"row %zu: column %ld, wanted %ld: %s", i,
				diag.column, row->column, diag.message);
		dmn_graph_free(graph);
	}
}

/* clang-format off */
static const char shares_model[] =
	HEAD_OF("shares")
	TYPE("t_share", "number", "[0..100]")
	INPUT("share", "t_share")
	DECISION("share total", "t_share", NEEDS_INPUT("share"),
		LITERAL("share + 1"))
	KNOWLEDGE("twice", PARAMETER("x"), LITERAL("x * 2"))
	TAIL;

/* An input data may have the name of an import: the longest name wins. */
static const char importing_model[] =
	HEAD
	IMPORT("shares", "shares", "./shares.dmn")
	INPUT("shares", "number")
	"<decision id='a' name='a'>"
	"<variable name='a' typeRef='shares.t_share'/>"
	"<informationRequirement><requiredDecision "
	"href='urn:shares#d_share total'/></informationRequirement>"
	NEEDS_INPUT("shares")
	"<knowledgeRequirement><requiredKnowledge "
	"href='urn:shares#k_twice'/></knowledgeRequirement>"
	LITERAL("shares.twice(shares.share total) - shares")
	"</decision>\n"
	TAIL;
/* clang-format on */

Test(dmn_load, imported_names_have_a_prefix)
{
	struct dmn_graph *graph;
	struct dmn_evaluator *evaluator;
	const char *path;

	folder_write("shares.dmn", shares_model);
	path = folder_write("m.dmn", importing_model);
	graph = load_files(&path, 1);
	evaluator = evaluator_of(graph);
	give(evaluator, graph, "share", number("4"));
	give(evaluator, graph, "shares", number("3"));
	cr_assert_str_eq(value_text(evaluator, graph, "a"), "7");
	cr_assert(graph->slots[slot_of(graph, "a")].domain.bounded);
	cr_assert(feel_set_has(&graph->slots[slot_of(graph, "a")].needs,
		slot_of(graph, "shares")));
	cr_assert_not(feel_set_has(&graph->slots[slot_of(graph, "a")].needs,
		slot_of(graph, "share")));
	dmn_evaluator_free(evaluator);
	dmn_graph_free(graph);
}

Test(dmn_load, a_model_imported_twice_is_one)
{
	const char *paths[2];
	struct dmn_graph *graph;

	folder_write("c.dmn", HEAD_OF("c") DECISION("common", "number", "",
				      LITERAL("1")) TAIL);
	paths[0] = folder_write(
		"a.dmn", HEAD_OF("a") IMPORT("c", "c", "c.dmn") TAIL);
	paths[1] = folder_write(
		"b.dmn", HEAD_OF("b") IMPORT("c", "c", "././c.dmn") TAIL);
	graph = load_files(paths, 2);
	cr_assert_eq(graph->slot_count, 1);
	dmn_graph_free(graph);
}

Test(dmn_load, import_without_location_is_found_by_namespace)
{
	const char *paths[2];
	struct dmn_graph *graph;

	paths[0] = folder_write("a.dmn",
		HEAD_OF("a") "<import name='c' namespace='urn:c' "
			     "importType='" MODEL_SPACE "'/>\n" TAIL);
	paths[1] = folder_write("c.dmn",
		HEAD_OF("c") DECISION("common", "number", "", LITERAL("1"))
			TAIL);
	graph = load_files(paths, 2);
	cr_assert_eq(graph->slot_count, 1);
	dmn_graph_free(graph);
}

/* Loading both files must fail at the second in words that name the first. */
static void refuse_both(
	const char *first, const char *second, const char *words)
{
	const char *paths[2];
	struct dmn_graph *graph;
	shk_diag diag = { 0 };

	paths[0] = folder_write("a.dmn", first);
	paths[1] = folder_write("b.dmn", second);
	cr_assert_eq(dmn_graph_load(&graph, paths, 2, &diag), SHK_E_RULES);
	cr_assert(strstr(diag.message, words), "%s", diag.message);
	cr_assert(strstr(diag.message, paths[0]), "%s", diag.message);
	cr_assert_str_eq(diag.path, paths[1]);
	cr_assert_eq(diag.line, 2, "%s", diag.message);
}

Test(dmn_load, names_across_models)
{
	refuse_both(HEAD_OF("a") DECISION("x", "number", "", LITERAL("1")) TAIL,
		HEAD_OF("b") DECISION("x", "number", "", LITERAL("1")) TAIL,
		"the name \"x\" of this decision is taken: decision in");
	refuse_both(HEAD_OF("a") DECISION("x", "number", "", LITERAL("1")) TAIL,
		HEAD_OF("b") INPUT("x", "number") TAIL,
		"the name \"x\" of this input data is taken: decision in");
	refuse_both(HEAD_OF("a") INPUT("x", "number") TAIL,
		HEAD_OF("b") INPUT("x", "string") TAIL,
		"input data \"x\" has another type or other allowed values");
}

Test(dmn_load, one_input_of_several_models)
{
	const char *paths[2];
	struct dmn_graph *graph;

	paths[0] =
		folder_write("a.dmn", HEAD_OF("a") INPUT("x", "number") TAIL);
	paths[1] =
		folder_write("b.dmn", HEAD_OF("b") INPUT("x", "number") TAIL);
	graph = load_files(paths, 2);
	cr_assert_eq(graph->slot_count, 1);
	cr_assert_str_eq(graph->slots[0].path, paths[0]);
	dmn_graph_free(graph);
}

Test(dmn_load, two_imports_of_one_name)
{
	const char *path;
	struct dmn_graph *graph;
	shk_diag diag = { 0 };

	folder_write("c.dmn", HEAD_OF("c") TAIL);
	path = folder_write("a.dmn", HEAD_OF("a") IMPORT("c", "c", "c.dmn")
					     IMPORT("c", "c", "c.dmn") TAIL);
	cr_assert_eq(dmn_graph_load(&graph, &path, 1, &diag), SHK_E_RULES);
	cr_assert_str_eq(diag.message, "a second import \"c\"");
	cr_assert_eq(diag.line, 3);
}

Test(dmn_load, a_circle_of_imports_names_both)
{
	const char *path;
	struct dmn_graph *graph;
	shk_diag diag = { 0 };

	path = folder_write(
		"a.dmn", HEAD_OF("a") IMPORT("b", "b", "b.dmn") TAIL);
	folder_write("b.dmn", HEAD_OF("b") IMPORT("a", "a", "a.dmn") TAIL);
	cr_assert_eq(dmn_graph_load(&graph, &path, 1, &diag), SHK_E_RULES);
	cr_assert(strstr(diag.message, folder_path("a.dmn")));
	cr_assert(strstr(diag.message, folder_path("b.dmn")));
	cr_assert_str_eq(diag.path, folder_path("b.dmn"));
	cr_assert_eq(diag.line, 2);
}

Test(dmn_load, what_is_not_ours_is_ignored)
{
	/* clang-format off */
	static const char text[] =
		HEAD "<extensionElements><x:decision xmlns:x='urn:x' id='q'/>"
		"</extensionElements>\n<x:decision xmlns:x='urn:x' "
		"name='other'/>\n<knowledgeSource id='k' name='k'/>"
		"\n<decisionService id='s' name='s'><outputDecision "
		"href='#d_a'/></decisionService>\n<decision id='d_a' "
		"name='a'><description>Why a.</description><question>"
		"?</question><allowedAnswers>any</allowedAnswers>"
		"<authorityRequirement><requiredAuthority href='#k'/>"
		"</authorityRequirement></decision>\n<textAnnotation id='t'>"
		"<text>x</text></textAnnotation>\n<dmndi:DMNDI "
		"xmlns:dmndi='https://www.omg.org/spec/DMN/20191111/DMNDI/'/>"
		"\n" TAIL;
	/* clang-format on */
	struct dmn_graph *graph = load_text(text);
	struct dmn_evaluator *evaluator = evaluator_of(graph);

	cr_assert_eq(graph->slot_count, 1);
	cr_assert_str_eq(graph->slots[0].description, "Why a.");
	/* a decision without logic is null */
	cr_assert_str_eq(value_text(evaluator, graph, "a"), "null");
	dmn_evaluator_free(evaluator);
	dmn_graph_free(graph);
}

Test(dmn_load, missing_file)
{
	const char *path = folder_path("none.dmn");
	struct dmn_graph *graph;
	shk_diag diag = { 0 };

	cr_assert_eq(dmn_graph_load(&graph, &path, 1, &diag), SHK_E_IO);
	cr_assert_str_eq(diag.path, path);
	cr_assert_null(graph);
}
