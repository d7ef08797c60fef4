/*
 * Every ceiling of dmn/: what is just inside loads, one more is refused by
 * name. Models are made in a buffer and thrown away.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include <shokan/dmn.h>

#include "dmn/check_table.h"
#include "dmn/model.h"
#include "helper.h"

TestSuite(
	dmn_limits, .init = folder_open, .fini = folder_close, .timeout = 120);

static struct buffer text;

/* Load what is in `text`: SHK_OK, or SHK_E_LIMIT with these words. */
static void expect(bool inside, const char *words)
{
	const char *path;
	struct dmn_graph *graph;
	shk_diag diag = { 0 };
	enum shk_code code;

	buffer_text(&text, TAIL);
	cr_assert_not(text.failed);
	path = folder_write("m.dmn", text.data);
	code = dmn_graph_load(&graph, &path, 1, &diag);
	cr_expect_eq(code, inside ? SHK_OK : SHK_E_LIMIT, "%s: %s", words,
		diag.message);
	if (!inside)
		cr_expect_not_null(strstr(diag.message, words),
			"wanted \"%s\", said \"%s\"", words, diag.message);
	dmn_graph_free(graph);
	buffer_release(&text);
}

static void begin(void)
{
	buffer_init(&text);
	buffer_text(&text, HEAD);
}

static void add_many(const char *one, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buffer_text(&text, one);
}

/* `format` gets the number of the piece, twice. */
#define ADD_NUMBERED(format, count)                                            \
	for (unsigned i = 0; i < (count); i++)                                 \
	buffer_format(&text, format, i, i)

Test(dmn_limits, slots)
{
	for (unsigned extra = 0; extra < 2; extra++) {
		begin();
		ADD_NUMBERED("<inputData id='i%u' name='n%u'/>",
			FEEL_SLOTS_MAX + extra);
		expect(extra == 0, "more than 512 input data");
	}
}

Test(dmn_limits, item_definitions)
{
	for (unsigned extra = 0; extra < 2; extra++) {
		begin();
		ADD_NUMBERED("<itemDefinition id='i%u' name='n%u'/>",
			DMN_TYPES_MAX + extra);
		expect(extra == 0, "more than 4096 item definitions");
	}
}

Test(dmn_limits, components)
{
	for (unsigned extra = 0; extra < 2; extra++) {
		begin();
		buffer_text(&text, "<itemDefinition name='t'>");
		ADD_NUMBERED("<itemComponent id='i%u' name='n%u'/>",
			DMN_COMPONENTS_MAX + extra);
		buffer_text(&text, "</itemDefinition>");
		expect(extra == 0, "more than 512 components");
	}
}

Test(dmn_limits, imports)
{
	folder_write("c.dmn", HEAD_OF("c") TAIL);
	for (unsigned extra = 0; extra < 2; extra++) {
		begin();
		ADD_NUMBERED("<import id='i%u' name='n%u' namespace='urn:c' "
			     "locationURI='c.dmn' importType='" MODEL_SPACE
			     "'/>",
			DMN_IMPORTS_MAX + extra);
		expect(extra == 0, "more than 64 imports");
	}
}

Test(dmn_limits, table_columns)
{
	for (unsigned extra = 0; extra < 2; extra++) {
		begin();
		buffer_text(&text, "<decision id='d' name='d'>"
				   "<decisionTable>");
		add_many(INPUT_COLUMN("1"), DMN_CELLS_MAX + extra);
		buffer_text(&text, "<output/></decisionTable></decision>");
		expect(extra == 0, "more than 128 inputs or outputs");
	}
}

Test(dmn_limits, citations_of_one_element)
{
	for (unsigned extra = 0; extra < 2; extra++) {
		begin();
		buffer_text(&text, "<decision id='d' name='d'>"
				   "<extensionElements>");
		add_many("<shk:cite source='S001'/>", DMN_CITES_MAX + extra);
		buffer_text(&text, "</extensionElements></decision>");
		expect(extra == 0, "more than 64 citations");
	}
}

Test(dmn_limits, cited_elements)
{
	for (unsigned extra = 0; extra < 2; extra++) {
		begin();
		buffer_text(&text, "<decision id='d' name='d'>"
				   "<decisionTable><output/>");
		add_many("<rule>" CITE("S001", "E0") OUT("1") "</rule>",
			DMN_MARKS_MAX + extra);
		buffer_text(&text, "</decisionTable></decision>");
		expect(extra == 0, "more than 2048 cited elements");
	}
}

Test(dmn_limits, chain_of_types)
{
	for (unsigned extra = 0; extra < 2; extra++) {
		/* so many definitions behind the first, and number itself */
		unsigned count = DMN_TYPE_CHAIN_MAX - 1 + extra;
		shk_diag diag;

		begin();
		for (unsigned i = 0; i < count; i++)
			buffer_format(&text,
				"<itemDefinition name='t%u'><typeRef>t%u"
				"</typeRef></itemDefinition>",
				i, i + 1);
		buffer_format(&text,
			"<itemDefinition name='t%u'><typeRef>number</typeRef>"
			"</itemDefinition>",
			count);
		if (extra == 0) {
			expect(true, "");
			continue;
		}
		/* a chain this long is as good as a circle */
		buffer_text(&text, TAIL);
		refuse_text(text.data, &diag);
		cr_expect_not_null(
			strstr(diag.message, "chain of more than 32"));
		buffer_release(&text);
	}
}

/* Nested boxed expressions end at the depth of XML: never a stack overflow. */
Test(dmn_limits, nested_lists)
{
	for (unsigned extra = 0; extra < 2; extra++) {
		/* definitions, decision, the lists, literal and its text */
		size_t lists = XML_DEPTH_MAX - 4 + extra;

		begin();
		buffer_text(&text, "<decision id='d' name='d'>");
		add_many("<list>", lists);
		buffer_text(&text, LITERAL("1"));
		add_many("</list>", lists);
		buffer_text(&text, "</decision>");
		expect(extra == 0, "128");
	}
}

/* Models that import one another in a row, one file each. */
Test(dmn_limits, models)
{
	for (unsigned extra = 0; extra < 2; extra++) {
		static char names[DMN_MODELS_MAX + 1][32];
		const char *paths[DMN_MODELS_MAX + 1];
		unsigned count = DMN_MODELS_MAX + extra;
		struct dmn_graph *graph;
		shk_diag diag = { 0 };
		enum shk_code code;

		for (unsigned i = 0; i < count; i++) {
			snprintf(names[i], sizeof(names[i]), "%u.dmn", i);
			paths[i] = folder_write(names[i], HEAD TAIL);
		}
		code = dmn_graph_load(&graph, paths, count, &diag);
		cr_expect_eq(
			code, extra ? SHK_E_LIMIT : SHK_OK, "%s", diag.message);
		if (extra)
			cr_expect_not_null(strstr(diag.message,
				"more than 64 models in one graph"));
		dmn_graph_free(graph);
	}
}

/* A table of these columns; its rows are added between the two. */
#define COLUMN_A NEEDS_INPUT("a"), INPUT_COLUMN("a")
#define COLUMN_AB                                                              \
	NEEDS_INPUT("a")                                                       \
	NEEDS_INPUT("b"), INPUT_COLUMN("a") INPUT_COLUMN("b")

static void table_begin(const char *name, const char *policy, const char *needs,
	const char *columns)
{
	buffer_format(&text,
		"<decision id='d_%s' name='%s'><variable name='%s' "
		"typeRef='number'/>%s<decisionTable hitPolicy='%s'>%s"
		"<output/>\n",
		name, name, name, needs, policy, columns);
}

static void table_end(void)
{
	buffer_text(&text, "</decisionTable></decision>\n");
}

static shk_dmn *load_general(void)
{
	const char *path;
	shk_dmn *model;
	shk_diag diag = { 0 };

	buffer_text(&text, TAIL);
	cr_assert_not(text.failed);
	path = folder_write("m.dmn", text.data);
	cr_assert_eq(shk_dmn_load(&model, &path, 1, &diag), SHK_OK, "%s",
		diag.message);
	buffer_release(&text);
	return model;
}

Test(dmn_limits, faults_that_are_told)
{
	for (unsigned extra = 0; extra < 3; extra++) {
		shk_dmn *model;
		size_t count;

		begin();
		buffer_text(&text, INPUT("a", "number"));
		table_begin("d", "UNIQUE", COLUMN_A);
		add_many("<rule>" IN("1") OUT("nowhere") "</rule>\n",
			DMN_FAULTS_MAX + extra);
		table_end();
		model = load_general();
		count = shk_dmn_fault_count(model);
		cr_assert_eq(count, DMN_FAULTS_MAX + (extra > 0));
		cr_expect_eq(strstr(shk_dmn_fault(model, count - 1)->message,
				     "more than 1000 faults") != NULL,
			extra > 0);
		shk_dmn_free(model);
	}
}

/* Findings, and those that say that there are more. */
struct seen {
	size_t count, more;
};

static bool see(void *context, const shk_dmn_finding *finding)
{
	struct seen *seen = context;

	seen->count++;
	seen->more += strstr(finding->message, "more ") != NULL;
	return true;
}

static void expect_findings(size_t count, size_t more)
{
	shk_dmn *model = load_general();
	struct seen seen = { 0, 0 };
	shk_diag diag = { 0 };

	cr_assert_eq(shk_dmn_check(model, see, &seen, &diag), SHK_OK);
	cr_expect_eq(seen.count, count, "%zu findings", seen.count);
	cr_expect_eq(seen.more, more, "%zu findings", seen.count);
	shk_dmn_free(model);
}

/* Rows behind one that takes everything never decide. */
Test(dmn_limits, findings_that_are_told)
{
	static const char *const names[] = { "d", "e", "f" };

	for (unsigned extra = 0; extra < 3; extra++) {
		const unsigned rows[] = { 4000, 4000, 2000 + extra };

		begin();
		buffer_text(&text, INPUT("a", "number"));
		for (size_t i = 0; i < COUNT(rows); i++) {
			table_begin(names[i], "FIRST", COLUMN_A);
			add_many("<rule>" IN("-") OUT("1") "</rule>\n",
				rows[i] + 1);
			table_end();
		}
		expect_findings(10000 + (extra > 0), extra > 0);
	}
}

/* Each row takes one half of its value; nothing takes the other values. */
Test(dmn_limits, gaps_that_are_told)
{
	for (unsigned extra = 0; extra < 3; extra++) {
		begin();
		buffer_text(&text, INPUT("a", "number") INPUT("b", "boolean"));
		table_begin("d", "UNIQUE", COLUMN_AB);
		for (unsigned i = 1; i < CHECK_TOLD_MAX + extra; i++)
			buffer_format(&text,
				"<rule>" IN("%u") IN("true") OUT("1") "</rule>"
								      "\n",
				i);
		table_end();
		expect_findings(CHECK_TOLD_MAX + (extra > 0), extra > 0);
	}
}

/* Each single value also lies in the row that takes everything. */
Test(dmn_limits, overlaps_that_are_told)
{
	for (unsigned extra = 0; extra < 3; extra++) {
		begin();
		buffer_text(&text, INPUT("a", "number"));
		table_begin("d", "UNIQUE", COLUMN_A);
		buffer_text(&text, "<rule>" IN("-") OUT("1") "</rule>\n");
		for (unsigned i = 0; i < CHECK_TOLD_MAX + extra; i++)
			buffer_format(&text,
				"<rule>" IN("%u") OUT("1") "</rule>\n", i);
		table_end();
		expect_findings(CHECK_TOLD_MAX + (extra > 0), extra > 0);
	}
}
