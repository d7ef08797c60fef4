/*
 * The conformance kit beside the checkout: the models of level 2, each case
 * with its expected values, and the models of level 3 that need nothing which
 * is still to come. The kit's own tolerance, 1e-8, is used for numbers.
 */
#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/date.h"
#include "helper.h"
#include "xml/reader.h"

#define NAMES_MAX 256
#define XSI	  "http://www.w3.org/2001/XMLSchema-instance"

TestSuite(dmn_kit, .timeout = 120);

struct kit {
	struct arena arena;
	struct dmn_graph *graph;
	struct dmn_evaluator *evaluator;
	unsigned results;
	unsigned wrong;
	unsigned skipped;
};

struct names {
	size_t count;
	char name[NAMES_MAX][256];
};

static bool ends_with(const char *name, const char *end)
{
	size_t size = strlen(name);

	return size >= strlen(end) &&
	       strcmp(name + size - strlen(end), end) == 0;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* Names in a folder that end so, sorted; without the hidden ones. */
static void list_folder(
	const char *folder, const char *end, struct names *names)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	names->count = 0;
	cr_assert_not_null(dir, "%s", folder);
	while ((entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.' && ends_with(entry->d_name, end) &&
			names->count < NAMES_MAX)
			snprintf(names->name[names->count++],
				sizeof(names->name[0]), "%s", entry->d_name);
	closedir(dir);
	qsort(names->name, names->count, sizeof(names->name[0]), compare_names);
}

static const char *xsi(const struct xml_element *xml, const char *name)
{
	for (size_t i = 0; i < xml->attribute_count; i++)
		if (strcmp(xml->attributes[i].space, XSI) == 0 &&
			strcmp(xml->attributes[i].name, name) == 0)
			return xml->attributes[i].value;
	return "";
}

static bool read_scalar(const struct xml_element *xml, struct feel_value *out)
{
	const char *type = strchr(xsi(xml, "type"), ':');
	size_t size = strlen(xml->text);
	int32_t days;
	num value;

	type = type ? type + 1 : "";
	if (strcmp(xsi(xml, "nil"), "true") == 0) {
		*out = FEEL_NULL_VALUE;
	} else if (strcmp(type, "string") == 0) {
		*out = feel_string(xml->text, size);
	} else if (strcmp(type, "boolean") == 0) {
		*out = feel_boolean(strcmp(xml->text, "true") == 0);
	} else if (strcmp(type, "decimal") == 0 ||
		   strcmp(type, "double") == 0 ||
		   strcmp(type, "integer") == 0) {
		if (num_parse(xml->text, size, true, &value) != NUM_PARSED)
			return false;
		*out = feel_number(value);
	} else if (strcmp(type, "date") == 0) {
		if (!date_parse(xml->text, size, &days))
			return false;
		*out = feel_date(days);
	} else {
		return false;
	}
	return true;
}

static size_t child_count(const struct xml_element *xml, const char *name)
{
	const struct xml_element *kid = xml_child(xml, name);
	size_t count = 0;

	for (; kid; kid = xml_sibling(kid, name))
		count++;
	return count;
}

static bool read_value(
	struct kit *kit, const struct xml_element *xml, struct feel_value *out);

static bool read_list(
	struct kit *kit, const struct xml_element *xml, struct feel_value *out)
{
	size_t count = child_count(xml, "item");
	struct feel_value *items =
		arena_zeroed(&kit->arena, count + 1, sizeof(*items));
	const struct xml_element *item = xml_child(xml, "item");

	if (strcmp(xsi(xml, "nil"), "true") == 0) {
		*out = FEEL_NULL_VALUE;
		return true;
	}
	for (size_t i = 0; i < count; i++, item = xml_sibling(item, "item"))
		if (!read_value(kit, item, &items[i]))
			return false;
	*out = (struct feel_value){ .type = FEEL_LIST,
		.size = (uint32_t)count };
	out->u.items = items;
	return true;
}

static bool read_context(
	struct kit *kit, const struct xml_element *xml, struct feel_value *out)
{
	size_t count = child_count(xml, "component");
	struct feel_entry *entries =
		arena_zeroed(&kit->arena, count + 1, sizeof(*entries));
	const struct xml_element *part = xml_child(xml, "component");

	for (size_t i = 0; i < count; i++) {
		entries[i].name = text_of(xml_attribute(part, "name"));
		if (!read_value(kit, part, &entries[i].value))
			return false;
		part = xml_sibling(part, "component");
	}
	*out = (struct feel_value){ .type = FEEL_CONTEXT,
		.size = (uint32_t)count };
	out->u.entries = entries;
	return true;
}

/* False for values of types that are still to come. */
static bool read_value(
	struct kit *kit, const struct xml_element *xml, struct feel_value *out)
{
	if (xml_child(xml, "value"))
		return read_scalar(xml_child(xml, "value"), out);
	if (xml_child(xml, "list"))
		return read_list(kit, xml_child(xml, "list"), out);
	if (xml_child(xml, "component"))
		return read_context(kit, xml, out);
	*out = FEEL_NULL_VALUE;
	return true;
}

static bool alike(const struct feel_value *a, const struct feel_value *b)
{
	unsigned status = 0;
	num tolerance;

	if (a->type != b->type)
		return false;
	if (a->type == FEEL_NUMBER) {
		num_parse("0.00000001", 10, false, &tolerance);
		return num_compare(num_absolute(num_subtract(
					   a->u.number, b->u.number, &status)),
			       tolerance) <= 0;
	}
	if (a->type != FEEL_LIST && a->type != FEEL_CONTEXT)
		return feel_same(a, b);
	if (a->size != b->size)
		return false;
	for (uint32_t i = 0; i < a->size; i++) {
		const struct feel_value *other;

		if (a->type == FEEL_LIST) {
			if (!alike(&a->u.items[i], &b->u.items[i]))
				return false;
			continue;
		}
		other = feel_entry_of(b, a->u.entries[i].name);
		if (!other || !alike(&a->u.entries[i].value, other))
			return false;
	}
	return true;
}

static void check_result(struct kit *kit, const struct xml_element *result,
	const char *file, const char *id)
{
	const char *name = xml_attribute(result, "name");
	const struct xml_element *expected = xml_child(result, "expected");
	int slot = dmn_slot_find(kit->graph, text_of(name));
	struct feel_value wanted = FEEL_NULL_VALUE;
	struct feel_value got;
	shk_diag diag = { 0 };
	enum shk_code code;
	char text[512];

	if (slot < 0 || (expected && !read_value(kit, expected, &wanted))) {
		kit->skipped++;
		return;
	}
	kit->results++;
	code = dmn_evaluate(kit->evaluator, (unsigned)slot, &got, NULL, &diag);
	if (code == SHK_OK && alike(&wanted, &got))
		return;
	kit->wrong++;
	snprintf(text, sizeof(text), "%s", printed(&wanted));
	cr_expect_fail("%s case %s \"%s\": %s %s, wanted %s", file, id, name,
		shk_code_name(code), printed(&got), text);
}

static void run_case(
	struct kit *kit, const struct xml_element *test, const char *file)
{
	const struct xml_element *at = xml_child(test, "inputNode");
	const char *id = xml_attribute(test, "id");
	const char *type = xml_attribute(test, "type");

	dmn_clear(kit->evaluator);
	for (; at; at = xml_sibling(at, "inputNode")) {
		int slot = dmn_slot_find(
			kit->graph, text_of(xml_attribute(at, "name")));
		struct feel_value value;

		if (slot < 0 || !read_value(kit, at, &value)) {
			kit->skipped++;
			return;
		}
		dmn_give(kit->evaluator, (unsigned)slot, &value, FEEL_NO_MARK);
	}
	if (type && strcmp(type, "decision") != 0) {
		kit->skipped++;
		return;
	}
	at = xml_child(test, "resultNode");
	for (; at; at = xml_sibling(at, "resultNode"))
		check_result(kit, at, file, id ? id : "?");
}

static void run_file(struct kit *kit, const char *path)
{
	struct xml_element *root;
	const struct xml_element *test;
	shk_diag diag = { 0 };

	cr_assert_eq(
		xml_read_file(&kit->arena, path, SHK_E_INPUT, &root, &diag),
		SHK_OK, "%s: %s", path, diag.message);
	for (test = xml_child(root, "testCase"); test;
		test = xml_sibling(test, "testCase"))
		run_case(kit, test, strrchr(path, '/') + 1);
}

/* All models of a folder as one graph, and its cases. */
static bool run_folder(struct kit *kit, const char *folder)
{
	struct names *names = calloc(1, sizeof(*names));
	char paths[8][1024];
	const char *list[8];
	shk_diag diag = { 0 };
	enum shk_code code;
	char path[1024];

	list_folder(folder, ".dmn", names);
	cr_assert_leq(names->count, 8);
	for (size_t i = 0; i < names->count; i++) {
		snprintf(paths[i], sizeof(paths[i]), "%s/%s", folder,
			names->name[i]);
		list[i] = paths[i];
	}
	code = dmn_graph_load(&kit->graph, list, names->count, &diag);
	cr_expect_eq(code, SHK_OK, "%s:%ld:%ld: %s", diag.path, diag.line,
		diag.column, diag.message);
	if (code != SHK_OK) {
		free(names);
		return false;
	}
	kit->evaluator = evaluator_of(kit->graph);
	dmn_map_unknown(kit->evaluator, true);
	list_folder(folder, ".xml", names);
	for (size_t i = 0; i < names->count; i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, names->name[i]);
		run_file(kit, path);
	}
	dmn_evaluator_free(kit->evaluator);
	dmn_graph_free(kit->graph);
	free(names);
	return true;
}

static const char *level_folder(const char *level)
{
	static char path[512];
	struct stat info;

	snprintf(path, sizeof(path), SHARED_FOLDER "/tck/%s", level);
	if (stat(path, &info) != 0)
		cr_skip_test("the conformance kit is not here");
	return path;
}

Test(dmn_kit, level_2)
{
	const char *level = level_folder("compliance-level-2");
	struct names *folders = calloc(1, sizeof(*folders));
	struct kit kit = { .results = 0 };
	char folder[1024];

	arena_init(&kit.arena);
	list_folder(level, "", folders);
	for (size_t i = 0; i < folders->count; i++) {
		snprintf(folder, sizeof(folder), "%s/%s", level,
			folders->name[i]);
		run_folder(&kit, folder);
	}
	cr_assert_gt(folders->count, 0);
	/* this part of the kit has 112 <resultNode> in level 2 */
	cr_expect_eq(kit.results, 112, "%u", kit.results);
	cr_expect_eq(kit.skipped, 0);
	cr_expect_eq(kit.wrong, 0);
	arena_release(&kit.arena);
	free(folders);
}

/* Models of level 3 that need no temporal values beyond dates, no services,
   and no call with a wrong number of arguments: all their results are right.
   The rest of level 3 waits for these. */
/* clang-format off */
static const char *const level_3[] = {
	"0003-iteration", "0005-literal-invocation", "0009-append-flatten",
	"0011-insert-remove", "0012-list-functions", "0013-sort",
	"0014-loan-comparison", "0016-some-every", "0017-tableTests",
	"0020-vacation-days", "0031-user-defined-functions",
	"0033-for-loops", "0035-test-structure-output",
	"0037-dt-on-bkm-implicit-params", "0038-dt-on-bkm-explicit-params",
	"0039-dt-list-semantics", "0040-singlenestedcontext",
	"0041-multiple-nestedcontext", "0064-feel-conjunction",
	"0065-feel-disjunction", "0066-feel-negation", "0073-feel-comments",
	"0078-feel-infinity", "0086-import", "0087-chapter-11-example",
	"0089-nested-inputdata-imports", "0090-feel-paths",
	"0091-local-hrefs", "1104-feel-string-length-function",
	"1106-feel-lower-case-function", "1108-feel-substring-after-function",
	"1110-feel-contains-function", "1152-boxed-for",
	"1161-boxed-list-expression"
};
/* clang-format on */

Test(dmn_kit, level_3)
{
	const char *level = level_folder("compliance-level-3");
	struct kit kit = { .results = 0 };
	char folder[1024];

	arena_init(&kit.arena);
	for (size_t i = 0; i < COUNT(level_3); i++) {
		unsigned before = kit.results;

		snprintf(folder, sizeof(folder), "%s/%s", level, level_3[i]);
		run_folder(&kit, folder);
		cr_expect_gt(kit.results, before, "%s: no results", level_3[i]);
	}
	cr_expect_eq(kit.wrong, 0);
	arena_release(&kit.arena);
}

/* Whatever the kit holds is read or refused with a place, never worse. */
Test(dmn_kit, every_model_is_read_or_refused)
{
	static const char *const levels[] = { "compliance-level-2",
		"compliance-level-3", "non-compliant" };
	struct names *folders = calloc(1, sizeof(*folders));
	struct names *files = calloc(1, sizeof(*files));
	size_t count = 0;

	for (size_t i = 0; i < COUNT(levels); i++) {
		char level[512];

		snprintf(level, sizeof(level), "%s", level_folder(levels[i]));
		list_folder(level, "", folders);
		for (size_t k = 0; k < folders->count; k++) {
			char path[1024];
			const char *list = path;
			struct dmn_graph *graph;
			shk_diag diag = { 0 };
			enum shk_code code;

			snprintf(path, sizeof(path), "%s/%s", level,
				folders->name[k]);
			list_folder(path, ".dmn", files);
			if (files->count != 1)
				continue;
			snprintf(path, sizeof(path), "%s/%s/%s", level,
				folders->name[k], files->name[0]);
			code = dmn_graph_load(&graph, &list, 1, &diag);
			dmn_graph_free(graph);
			count++;
			if (code == SHK_OK)
				continue;
			cr_expect(code == SHK_E_RULES || code == SHK_E_LIMIT,
				"%s: %s", path, diag.message);
			cr_expect_str_eq(diag.path, path);
			cr_expect_gt(
				diag.line, 1, "%s: %s", path, diag.message);
			cr_expect_gt(
				diag.column, 0, "%s: %s", path, diag.message);
		}
	}
	cr_expect_gt(count, 100);
	free(folders);
	free(files);
}
