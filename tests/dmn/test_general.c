/*
 * The general engine: sessions with values as text, types that are checked
 * and converted, decision services, imports, and models with faults.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "helper.h"

#include <shokan/dmn.h>

#include "base/buffer.h"
#include "base/memory.h"

TestSuite(dmn_general, .init = folder_open, .fini = folder_close);

static bool keep(void *context, const char *data, size_t size)
{
	buffer_add(context, data, size);
	return true;
}

static shk_dmn *load_general(const char *text)
{
	const char *path = folder_write("g.dmn", text);
	shk_dmn *model;
	shk_diag diag = { 0 };

	cr_assert_eq(shk_dmn_load(&model, &path, 1, &diag), SHK_OK, "%s:%ld %s",
		diag.path, diag.line, diag.message);
	return model;
}

/* FEEL text of an element, with `input` given; lives until the next call. */
static const char *value_of(
	const shk_dmn *model, const char *input, const char *name)
{
	static char text[1024];
	struct buffer out;
	const shk_sink sink = { &out, keep };
	shk_dmn_session *session;
	shk_diag diag = { 0 };

	buffer_init(&out);
	cr_assert_eq(shk_dmn_session_new(&session, model, &diag), SHK_OK);
	cr_assert_eq(shk_dmn_give_all(session, input, &diag), SHK_OK, "%s: %s",
		input, diag.message);
	cr_assert_eq(shk_dmn_evaluate(session, name, SHK_DMN_FEEL, sink, &diag),
		SHK_OK, "%s: %s", name, diag.message);
	snprintf(text, sizeof(text), "%s", out.data ? out.data : "");
	buffer_release(&out);
	shk_dmn_session_free(session);
	return text;
}

struct row {
	const char *input;
	const char *name;
	const char *expected;
};

static void check(const char *text, const struct row *rows, size_t count)
{
	shk_dmn *model = load_general(text);

	for (size_t i = 0; i < count; i++)
		cr_expect_str_eq(value_of(model, rows[i].input, rows[i].name),
			rows[i].expected, "row %zu: %s of %s", i, rows[i].name,
			rows[i].input);
	shk_dmn_free(model);
}

#define COLLECTION(name, of)                                                   \
	"<itemDefinition name=\"" name "\" isCollection=\"true\"><typeRef>" of \
	"</typeRef></itemDefinition>\n"
#define SERVICE(name, type, links)                                             \
	"<decisionService id=\"k_" name "\" name=\"" name                      \
	"\"><variable name=\"" name "\"" type "/>" links                       \
	"</decisionService>\n"

Test(dmn_general, types)
{
	static const struct row rows[] = {
		{ "{n: 5}", "as number", "5" },
		{ "{n: [5]}", "as number", "5" },
		{ "{n: \"5\"}", "as number", "null" },
		{ "{n: [5, 6]}", "as number", "null" },
		{ "{n: 50}", "as small", "null" },
		{ "{n: 10}", "as small", "10" },
		{ "{n: 1}", "as list", "[1]" },
		{ "{any: [1, 2]}", "as numbers", "[1, 2]" },
		{ "{any: [1, \"a\"]}", "as numbers", "null" },
		{ "{any: {a: 1, b: 2}}", "as pair", "{a: 1, b: 2}" },
		{ "{any: {a: 1}}", "as pair", "null" },
		{ "{any: @\"2026-06-01\"}", "as moment",
			"@\"2026-06-01T00:00:00Z\"" },
		{ "{any: {name: \"a\", kids: [{name: \"b\", kids: []}]}}",
			"as tree",
			"{name: \"a\", kids: [{name: \"b\", kids: []}]}" },
		{ "{any: {name: \"a\", kids: [{name: 1, kids: []}]}}",
			"as tree", "null" },
		{ "{any: 3}", "is small", "true" },
		{ "{any: 300}", "is small", "true" },
		{ "{any: 3}", "squared", "9" },
		{ "{any: \"x\"}", "squared", "null" },
		{ "{}", "literal", "null" },
	};

	check(HEAD TYPE("small", "number", "[0..10]") COLLECTION("numbers",
		      "number") "<itemDefinition name=\"pair\"><itemComponent "
				"name=\"a\">"
				"<typeRef>number</typeRef></"
				"itemComponent><itemComponent "
				"name=\"b\"><typeRef>number</typeRef></"
				"itemComponent>"
				"</itemDefinition>\n"
				"<itemDefinition name=\"tree\"><itemComponent "
				"name=\"name\">"
				"<typeRef>string</typeRef></"
				"itemComponent><itemComponent "
				"name=\"kids\" "
				"isCollection=\"true\"><typeRef>tree</typeRef>"
				"</itemComponent></itemDefinition>\n" INPUT(
					"n", "Any") INPUT("any",
					"Any") KNOWLEDGE("square",
					"<formalParameter name=\"x\" "
					"typeRef=\"number\"/>",
					LITERAL("x * x")) DECISION("as number",
					"number", NEEDS_INPUT("n"),
					LITERAL("n")) DECISION("as small",
					"small", NEEDS_INPUT("n"),
					LITERAL("n")) DECISION("as list",
					"numbers", NEEDS_INPUT("n"),
					LITERAL("n")) DECISION("as numbers",
					"numbers", NEEDS_INPUT("any"),
					LITERAL("any")) DECISION("as pair",
					"pair", NEEDS_INPUT("any"),
					LITERAL("any")) DECISION("as moment",
					"date and time", NEEDS_INPUT("any"),
					LITERAL("any")) DECISION("as tree",
					"tree", NEEDS_INPUT("any"),
					LITERAL("any")) DECISION("is small",
					"boolean", NEEDS_INPUT("any"),
					LITERAL("any instance of small"))
					DECISION("squared", "Any",
						NEEDS_INPUT("any")
							NEEDS_KNOWLEDGE(
								"square"),
						LITERAL("square(any)"))
						DECISION("literal", "Any", "",
							"<literalExpression "
							"typeRef=\"number\"><"
							"text>\"a\"</text>"
							"</literalExpression>")
							TAIL,
		rows, COUNT(rows));
}

/* Input data first, then input decisions; what is outside is not changed. */
Test(dmn_general, services)
{
	static const struct row rows[] = {
		{ "{a: 1}", "direct", "101" },
		{ "{a: 1}", "by position", "[12, 101]" },
		{ "{a: 1}", "by name", "12" },
		{ "{a: 1}", "too few", "null" },
		{ "{a: 1}", "wrong type", "null" },
		{ "{a: 1}", "two", "{sum: 3, twice: 6}" },
		{ "{a: 5, base: 7}", "one", "12" },
		{ "{a: 5}", "one", "null" },
	};

	check(HEAD INPUT("a", "number") DECISION(
		      "base", "number", "", LITERAL("100")) DECISION("sum",
		      "number", NEEDS_INPUT("a") NEEDS("base"),
		      LITERAL("a + base")) DECISION("twice", "number",
		      NEEDS("sum"),
		      LITERAL("sum * 2")) SERVICE("one", " typeRef=\"number\"",
		      "<outputDecision href=\"#d_sum\"/><inputDecision "
		      "href=\"#d_base\"/><inputData href=\"#i_a\"/>")
			SERVICE("both", "",
				"<outputDecision "
				"href=\"#d_sum\"/><outputDecision "
				"href=\"#d_twice\"/><inputDecision "
				"href=\"#d_base\"/>"
				"<inputData href=\"#i_a\"/>") DECISION("direct",
				"Any", NEEDS("sum"),
				LITERAL("sum")) DECISION("by position", "Any",
				NEEDS_KNOWLEDGE("one") NEEDS("sum"),
				LITERAL("[one(2, 10), sum]")) DECISION("by "
								       "name",
				"Any", NEEDS_KNOWLEDGE("one"),
				LITERAL("one(base: 10, a: 2)"))
				DECISION("too few", "Any",
					NEEDS_KNOWLEDGE("one"),
					LITERAL("one(2)"))
					DECISION("wrong type", "Any",
						NEEDS_KNOWLEDGE("one"),
						LITERAL("one(\"2\", 10)"))
						DECISION("two", "Any",
							NEEDS_KNOWLEDGE("both"),
							LITERAL("both(1, 2)"))
							TAIL,
		rows, COUNT(rows));
}

/* A fault makes null of its own place and no other, and says where. */
Test(dmn_general, faults)
{
	static const struct row rows[] = {
		{ "{}", "right", "1" },
		{ "{}", "name", "[1, null]" },
		{ "{}", "arguments", "[null, \"b\"]" },
		{ "{}", "syntax", "null" },
		{ "{}", "type", "2" },
		{ "{}", "link", "3" },
		{ "{}", "java", "null" },
		{ "{}", "outside", "null" },
		{ "{}", "twice", "null" },
	};
	static const char text[] = HEAD DECISION(
		"right", "number", "", LITERAL("1")) DECISION("name", "Any", "",
		LITERAL("[1, nobody]")) DECISION("arguments", "Any", "",
		LITERAL("[substring(\"a\"), substring(\"ab\", 2)]"))
		DECISION("syntax", "Any", "", LITERAL("1 +")) DECISION(
			"type", "nothing", "", LITERAL("2")) DECISION("link",
			"Any", NEEDS("nowhere"),
			LITERAL("3")) DECISION("java", "Any", "",
			LITERAL("(function(x) external {java: {class: \"M\", "
				"\"method signature\": \"f(int)\"}})(1)"))
			DECISION("outside", "Any", "", LITERAL("? > 1"))
				DECISION("twice", "Any", "",
					LITERAL("{a: 1, a: 2}")) TAIL;
	shk_dmn *model = load_general(text);

	cr_expect_eq(shk_dmn_fault_count(model), 7, "%zu",
		shk_dmn_fault_count(model));
	for (size_t i = 0; i < shk_dmn_fault_count(model); i++)
		cr_expect_gt(shk_dmn_fault(model, i)->line, 1, "%s",
			shk_dmn_fault(model, i)->message);
	cr_expect_null(shk_dmn_fault(model, 7));
	shk_dmn_free(model);
	check(text, rows, COUNT(rows));
}

/* What needs a circle that was already told and forgiven is not lost. */
Test(dmn_general, circles)
{
	static const struct row rows[] = {
		{ "{}", "before", "1" },
		{ "{}", "after", "null" },
	};
	static const char text[] = HEAD DECISION("before", "Any", "",
		LITERAL("1")) DECISION("a", "Any", NEEDS("b"), LITERAL("b + 1"))
		DECISION("b", "Any", NEEDS("a"), LITERAL("a + 1"))
			DECISION("after", "Any", NEEDS("b"), LITERAL("b + 2"))
				TAIL;
	shk_dmn *model = load_general(text);

	cr_expect_eq(shk_dmn_fault_count(model), 1, "%zu",
		shk_dmn_fault_count(model));
	cr_expect_not_null(strstr(shk_dmn_fault(model, 0)->message,
		"requirements go in a circle: \"a\" -> \"b\" -> \"a\""));
	shk_dmn_free(model);
	check(text, rows, COUNT(rows));
}

Test(dmn_general, imports)
{
	static const char other[] =
		HEAD_OF("o") TYPE("small", "number", "[0..10]")
			DECISION("x", "number", "", LITERAL("7"))
				DECISION("y", "number", "", LITERAL("8")) TAIL;
	static const char root[] = HEAD_OF(
		"r") "<import name=\"o\" namespace=\"urn:o\" "
		     "locationURI=\"o.dmn\" "
		     "importType=\"" MODEL_SPACE "\"/>\n"
		     "<import name=\"p\" namespace=\"urn:p\" "
		     "locationURI=\"p.pmml\" "
		     "importType=\"http://www.dmg.org/PMML-4_2\"/>\n" DECISION(
			     "x", "o.small",
			     "<informationRequirement><requiredDecision "
			     "href=\"urn:o#d_x\"/></informationRequirement>",
			     LITERAL("o.x + 1")) TAIL;
	shk_dmn_element element;
	shk_dmn *model;

	folder_write("o.dmn", other);
	model = load_general(root);
	cr_expect_str_eq(value_of(model, "{}", "x"), "8");
	cr_expect_str_eq(value_of(model, "{}", "y"), "8");
	cr_expect_eq(shk_dmn_count(model), 3);
	cr_assert(shk_dmn_at(model, 0, &element));
	cr_expect_str_eq(element.name, "x");
	cr_expect_eq(element.kind, SHK_DMN_DECISION);
	cr_expect(!shk_dmn_at(model, 3, &element));
	cr_expect_eq(shk_dmn_fault_count(model), 1, "the PMML");
	shk_dmn_free(model);
}

/* What is imported is no model: a fault of the import, and no end. */
Test(dmn_general, import_of_no_model)
{
	static const char *const rows[] = { "", "<definitions", "<other/>",
		"no XML" };
	static const char root[] =
		HEAD_OF("r") "<import name=\"o\" namespace=\"urn:o\" "
			     "locationURI=\"o.dmn\" "
			     "importType=\"" MODEL_SPACE
			     "\"/>\n" DECISION("x", "number", "", LITERAL("7"))
				     TAIL;

	for (size_t i = 0; i < COUNT(rows); i++) {
		shk_dmn *model;

		folder_write("o.dmn", rows[i]);
		model = load_general(root);
		cr_expect_gt(shk_dmn_fault_count(model), 0, "\"%s\"", rows[i]);
		cr_expect_str_eq(
			value_of(model, "{}", "x"), "7", "\"%s\"", rows[i]);
		shk_dmn_free(model);
	}
}

/* Values as text: FEEL and JSON in, FEEL and JSON out. */
Test(dmn_general, json)
{
	static const struct {
		const char *in;
		const char *out;
	} rows[] = {
		{ "{\"v\": \"a\\/b\\u00e9\\n\"}", "\"a/b\xC3\xA9\\u000a\"" },
		{ "{\"v\": [1, 2.50, -3e2, null, true]}",
			"[1, 2.5, -300, null, true]" },
		{ "{\"v\": {\"a b\": {}}}", "{\"a b\": {}}" },
		{ "{v: @\"2026-06-01\"}", "\"2026-06-01\"" },
		{ "{v: [1..2]}", "\"[1..2]\"" },
		{ "{\"v\": \"\\\\\\\"\"}", "\"\\\\\\\"\"" },
		{ "{\"v\": \"\\b\"}", "\"\\u0008\"" },
	};
	shk_dmn *model = load_general(HEAD INPUT("v", "Any") DECISION(
		"d", "Any", NEEDS_INPUT("v"), LITERAL("v")) TAIL);
	shk_dmn_session *session;
	shk_diag diag = { 0 };
	struct buffer out;
	const shk_sink sink = { &out, keep };

	buffer_init(&out);
	cr_assert_eq(shk_dmn_session_new(&session, model, &diag), SHK_OK);
	for (size_t i = 0; i < COUNT(rows); i++) {
		buffer_clear(&out);
		shk_dmn_clear(session);
		cr_assert_eq(shk_dmn_give_all(session, rows[i].in, &diag),
			SHK_OK, "%s: %s", rows[i].in, diag.message);
		cr_assert_eq(shk_dmn_evaluate(
				     session, "d", SHK_DMN_JSON, sink, &diag),
			SHK_OK);
		cr_expect_str_eq(out.data, rows[i].out, "%s", rows[i].in);
	}
	cr_expect_eq(shk_dmn_give(session, "w", "1", &diag), SHK_E_USAGE);
	cr_expect_eq(shk_dmn_give(session, "v", "[1", &diag), SHK_E_INPUT);
	cr_expect_eq(shk_dmn_give(session, "v", "d", &diag), SHK_E_INPUT);
	cr_expect_eq(shk_dmn_give_all(session, "3", &diag), SHK_E_INPUT);
	cr_expect_eq(shk_dmn_evaluate(session, "e", SHK_DMN_JSON, sink, &diag),
		SHK_E_USAGE);
	buffer_release(&out);
	shk_dmn_session_free(session);
	shk_dmn_free(model);
}

static bool ignore(void *context, const shk_dmn_finding *finding)
{
	(void)context;
	(void)finding;
	return true;
}

static bool swallow(void *context, const char *data, size_t size)
{
	(void)context;
	(void)data;
	(void)size;
	return true;
}

static enum shk_code whole_way(const char *path, shk_diag *diag)
{
	const shk_sink sink = { NULL, swallow };
	shk_dmn *model = NULL;
	shk_dmn_session *session = NULL;
	enum shk_code code = shk_dmn_load(&model, &path, 1, diag);

	if (code == SHK_OK)
		code = shk_dmn_check(model, ignore, NULL, diag);
	if (code == SHK_OK)
		code = shk_dmn_session_new(&session, model, diag);
	if (code == SHK_OK)
		code = shk_dmn_give_all(session,
			"{income: 5000, debts: [{monthly: 1}], "
			"applied: \"2026-06-01\"}",
			diag);
	if (code == SHK_OK)
		code = shk_dmn_evaluate(
			session, "offer", SHK_DMN_JSON, sink, diag);
	if (code == SHK_OK)
		code = shk_dmn_evaluate(
			session, "grade", SHK_DMN_FEEL, sink, diag);
	shk_dmn_session_free(session);
	shk_dmn_free(model);
	return code;
}

/* The n-th allocation fails: an error each time, never a leak or a crash. */
Test(dmn_general, out_of_memory)
{
	bool failed = true;

	for (uint64_t nth = 1; failed && nth < 20000; nth++) {
		shk_diag diag = { 0 };
		enum shk_code code;

		memory_fail_at(nth, false);
		code = whole_way(
			SOURCE_FOLDER "/tests/dmn/example/loan.dmn", &diag);
		memory_fail_at(0, false);
		failed = code != SHK_OK;
		if (failed)
			cr_assert_eq(code, SHK_E_MEMORY, "allocation %lu: %s",
				(unsigned long)nth, diag.message);
	}
	cr_assert_not(failed);
}
