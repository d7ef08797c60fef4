/*
 * The conformance kit beside the checkout: every case of both levels through
 * the library, and its models through the strict load of our own rules, which
 * must read or refuse them with a place. Every FEEL text of the kit is held
 * against the oracle.
 */
#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "dmn/session.h"
#include "helper.h"
#include "support/oracle.h"
#include "xml/reader.h"

#define NAMES_MAX 256

TestSuite(dmn_kit, .timeout = 240);

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

static const char *level_folder(const char *level)
{
	static char path[512];
	struct stat info;

	snprintf(path, sizeof(path), SHARED_FOLDER "/tck/%s", level);
	if (stat(path, &info) != 0)
		cr_skip_test("the conformance kit is not here");
	return path;
}

static bool count_result(void *context, const shk_dmn_result *result)
{
	unsigned *counts = context;

	counts[result->outcome]++;
	cr_expect_eq(result->outcome, SHK_DMN_SUCCESS, "%s case %s \"%s\": %s",
		result->file, result->test, result->node, result->detail);
	return true;
}

static void run_level(const char *level, unsigned wanted)
{
	unsigned counts[3] = { 0 };
	shk_diag diag = { 0 };

	cr_assert_eq(
		shk_dmn_test(level_folder(level), count_result, counts, &diag),
		SHK_OK, "%s", diag.message);
	cr_expect_eq(
		counts[SHK_DMN_SUCCESS], wanted, "%u", counts[SHK_DMN_SUCCESS]);
}

/* this part of the kit has 112 and 2942 <resultNode> */
Test(dmn_kit, level_2)
{
	run_level("compliance-level-2", 112);
}

Test(dmn_kit, level_3)
{
	run_level("compliance-level-3", 2942);
}

struct agreement {
	unsigned compared;
	unsigned untold; /* the oracle lacks a built-in or a type */
	struct arena arena;
};

/* One FEEL text without names of its own, on machine and oracle. */
static void hold(struct agreement *agreement, const char *text)
{
	static const struct oracle_binding nothing[] = { { .name = NULL } };
	const struct oracle_scope scope = { nothing };
	const struct feel_place place = { "kit", 1, 1 };
	const struct feel_node *node;
	struct feel_value expected;
	struct feel_value got;
	shk_diag diag = { 0 };

	arena_clear(&agreement->arena);
	if (feel_parse(&agreement->arena, text_of(text), place, NULL, &node,
		    &diag) != SHK_OK)
		return;
	if (!oracle_eval(&agreement->arena, node, &scope, NULL, &expected) ||
		dmn_value_of_text(&agreement->arena, text, &got, &diag) !=
			SHK_OK) {
		agreement->untold++;
		return;
	}
	agreement->compared++;
	if (expected.type == FEEL_FUNCTION && got.type == FEEL_FUNCTION)
		return;
	cr_expect_eq(oracle_agree(&expected, &got), ORACLE_SAME,
		"%s: machine %s", text, printed(&got));
}

static void hold_model(struct agreement *agreement, const char *path)
{
	struct arena arena;
	struct xml_element *root;
	const struct xml_element *at;
	shk_diag diag = { 0 };

	arena_init(&arena);
	cr_assert_eq(xml_read_file(&arena, path, SHK_E_RULES, &root, &diag),
		SHK_OK, "%s", path);
	for (at = root; at;) {
		if (strcmp(at->name, "text") == 0 && at->parent &&
			strcmp(at->parent->name, "literalExpression") == 0)
			hold(agreement, at->text);
		if (at->first) {
			at = at->first;
			continue;
		}
		while (at && !at->next)
			at = at->parent;
		at = at ? at->next : NULL;
	}
	arena_release(&arena);
}

Test(dmn_kit, oracle_agrees_on_every_text)
{
	static const char *const levels[] = { "compliance-level-2",
		"compliance-level-3" };
	struct names *folders = calloc(1, sizeof(*folders));
	struct names *files = calloc(1, sizeof(*files));
	struct agreement agreement = { 0 };
	char level[512];
	char path[1536];

	arena_init(&agreement.arena);
	for (size_t i = 0; i < COUNT(levels); i++) {
		snprintf(level, sizeof(level), "%s", level_folder(levels[i]));
		list_folder(level, "", folders);
		for (size_t k = 0; k < folders->count; k++) {
			snprintf(path, sizeof(path), "%s/%s", level,
				folders->name[k]);
			list_folder(path, ".dmn", files);
			for (size_t f = 0; f < files->count; f++) {
				snprintf(path, sizeof(path), "%s/%s/%s", level,
					folders->name[k], files->name[f]);
				hold_model(&agreement, path);
			}
		}
	}
	cr_expect_gt(agreement.compared, 1000, "%u, beyond the oracle %u",
		agreement.compared, agreement.untold);
	arena_release(&agreement.arena);
	free(folders);
	free(files);
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
