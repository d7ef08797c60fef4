/*
 * The house profile: each rule broken once, and the models of rules/, which
 * break none.
 */
#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dmn/profile.h"
#include "helper.h"

TestSuite(dmn_profile, .init = folder_open, .fini = folder_close);

#define ONE_ROW(attributes, cite)                                              \
	"<decisionTable " attributes                                           \
	"><output/>\n<rule>" cite OUT("1") "</rule></decisionTable>"

/* clang-format off */
static const struct {
	const char *text;
	const char *said; /* after the path, or NULL: nothing */
} rows[] = {
	{ HEAD INPUT("a", "boolean") DECISION("b", "number", "",
		ONE_ROW("", CITE("S001", "E0"))) TAIL, NULL },
	{ HEAD DECISION("b", "number", "",
		ONE_ROW("hitPolicy='FIRST'", CITE("S001", "E0"))) TAIL,
	  ":2: hit policy \"FIRST\": only UNIQUE and COLLECT are used\n" },
	{ HEAD DECISION("b", "number", "", ONE_ROW("", "")) TAIL,
	  ":3: this row cites no source and does not say why\n" },
	{ HEAD DECISION("b", "number", "", ONE_ROW("",
		"<description>The law is silent.</description>")) TAIL, NULL },
	{ HEAD INPUT("a", "number") INPUT("c", "date") TAIL, NULL },
	{ HEAD INPUT("a", "Any") TAIL,
	  ":2: input data \"a\" has no type that says what it may be\n" },
	{ HEAD "<decision id='d' name='two words'>" LITERAL("1")
	  "</decision>\n" TAIL,
	  ":2: the name \"two words\" is no identifier (letters, digits, _)\n"
	},
	{ HEAD DECISION("b", "date", "", LITERAL("date(\"2026-06-01\")")) TAIL,
	  ":2: a date literal; dates of law live in the rulebook\n" },
	{ HEAD DECISION("b", "date", "", LITERAL("date(2026, 6, 1)")) TAIL,
	  ":2: a date literal; dates of law live in the rulebook\n" },
	{ HEAD DECISION("b", "date", "", LITERAL("today()")) TAIL,
	  ":2: the clock; a result depends on its input alone\n" },
	{ HEAD INPUT("a", "date") DECISION("b", "date", NEEDS_INPUT("a"),
		LITERAL("date(a.year + 2, a.month, 1)")) TAIL, NULL },
	{ HEAD DECISION("b", "date", "", LITERAL("@\"2026-06-01\"")) TAIL,
	  ":2: a date literal; dates of law live in the rulebook\n" },
	{ HEAD DECISION("b", "number", "", LITERAL("decimal(1.5, 0)")) TAIL,
	  ":2: decimal() rounds half to even; round with a named function\n" },
	{ HEAD DECISION("b", "Any", "", LITERAL("[{c: 1}][c = 1 and d = 2]"))
	  TAIL,
	  ":2: \"d\" in a filter is a part of no item definition\n" },
	/* words in strings and in names are no calls */
	{ HEAD INPUT("date_of", "date") DECISION("b", "string",
		NEEDS_INPUT("date_of"), LITERAL("\"date(1)\"")) TAIL, NULL },
};
/* clang-format on */

Test(dmn_profile, each_rule)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct dmn_graph *graph = load_text(rows[i].text);
		const char *path = folder_path("m.dmn");
		struct buffer report;
		size_t count;

		buffer_init(&report);
		count = dmn_profile_check(graph, &report);
		cr_expect_eq(count, rows[i].said ? 1 : 0, "row %zu: %s", i,
			report.data);
		if (rows[i].said && report.data) {
			cr_expect_eq(
				strncmp(report.data, path, strlen(path)), 0);
			cr_expect_str_eq(report.data + strlen(path),
				rows[i].said, "row %zu", i);
		}
		buffer_release(&report);
		dmn_graph_free(graph);
	}
}

static size_t models_of(const char *revision, char (*paths)[512], size_t max)
{
	char folder[256];
	struct dirent *entry;
	size_t count = 0;
	DIR *dir;

	snprintf(folder, sizeof(folder), SOURCE_FOLDER "/rules/%s", revision);
	dir = opendir(folder);
	cr_assert_not_null(dir, "%s", folder);
	while ((entry = readdir(dir)) != NULL && count < max)
		if (strstr(entry->d_name, ".dmn"))
			snprintf(paths[count++], 512, "%s/%.200s", folder,
				entry->d_name);
	closedir(dir);
	return count;
}

Test(dmn_profile, our_own_rules)
{
	static const char *const revisions[] = { "r6", "r8" };
	static char paths[64][512];

	for (size_t i = 0; i < COUNT(revisions); i++) {
		size_t count = models_of(revisions[i], paths, COUNT(paths));
		const char *list[COUNT(paths)];
		struct dmn_graph *graph;
		struct buffer report;

		cr_assert_gt(count, 0, "%s", revisions[i]);
		for (size_t k = 0; k < count; k++)
			list[k] = paths[k];
		graph = load_files(list, count);
		buffer_init(&report);
		cr_expect_eq(dmn_profile_check(graph, &report), 0, "%s:\n%s",
			revisions[i], report.data);
		buffer_release(&report);
		dmn_graph_free(graph);
	}
}
