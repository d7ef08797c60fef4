/*
 * Every ceiling of dmn/: what is just inside loads, one more is refused by
 * name. Models are made in a buffer and thrown away.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

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
