/*
 * Models for tests: files in a folder of their own, loading, evaluating.
 */
#include "helper.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FILES_MAX 80

static char folder[64];
static char paths[FILES_MAX][128];
static size_t path_count;

void folder_open(void)
{
	strcpy(folder, "/tmp/dmn_test_XXXXXX");
	path_count = 0;
	cr_assert_not_null(mkdtemp(folder));
}

void folder_close(void)
{
	for (size_t i = 0; i < path_count; i++)
		unlink(paths[i]);
	rmdir(folder);
}

const char *folder_path(const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	for (size_t i = 0; i < path_count; i++)
		if (strcmp(paths[i], path) == 0)
			return paths[i];
	cr_assert_lt(path_count, FILES_MAX);
	strcpy(paths[path_count], path);
	return paths[path_count++];
}

const char *folder_write(const char *name, const char *text)
{
	const char *path = folder_path(name);
	FILE *file = fopen(path, "w");

	cr_assert_not_null(file, "%s", path);
	cr_assert_geq(fputs(text, file), 0);
	cr_assert_eq(fclose(file), 0);
	return path;
}

struct dmn_graph *load_files(const char *const *files, size_t count)
{
	struct dmn_graph *graph;
	shk_diag diag = { 0 };
	enum shk_code code = dmn_graph_load(&graph, files, count, &diag);

	cr_assert_eq(code, SHK_OK, "%s:%ld:%ld: %s", diag.path, diag.line,
		diag.column, diag.message);
	return graph;
}

struct dmn_graph *load_text(const char *text)
{
	const char *path = folder_write("m.dmn", text);

	return load_files(&path, 1);
}

void refuse_text(const char *text, shk_diag *diag)
{
	const char *path = folder_write("m.dmn", text);
	struct dmn_graph *graph;

	memset(diag, 0, sizeof(*diag));
	cr_assert_eq(dmn_graph_load(&graph, &path, 1, diag), SHK_E_RULES,
		"%s: %s", shk_code_name(diag->code), diag->message);
	cr_assert_null(graph);
	cr_assert_eq(diag->code, SHK_E_RULES);
}

unsigned slot_of(const struct dmn_graph *graph, const char *name)
{
	int slot = dmn_slot_find(graph, text_of(name));

	cr_assert_geq(slot, 0, "no slot %s", name);
	return (unsigned)slot;
}

const char *printed(const struct feel_value *value)
{
	static char text[4096];
	struct buffer out;

	buffer_init(&out);
	feel_print(value, &out);
	cr_assert_not(out.failed);
	cr_assert_lt(out.size, sizeof(text));
	memcpy(text, out.data ? out.data : "", out.size + (out.data != NULL));
	buffer_release(&out);
	return text;
}

const char *value_text(struct dmn_evaluator *evaluator,
	const struct dmn_graph *graph, const char *name)
{
	struct feel_value value;
	shk_diag diag = { 0 };
	enum shk_code code = dmn_evaluate(
		evaluator, slot_of(graph, name), &value, NULL, &diag);

	cr_assert_eq(code, SHK_OK, "%s: %s", name, diag.message);
	return printed(&value);
}

struct feel_value number(const char *text)
{
	num value;

	cr_assert_eq(num_parse(text, strlen(text), false, &value), NUM_PARSED);
	return feel_number(value);
}

void give(struct dmn_evaluator *evaluator, const struct dmn_graph *graph,
	const char *name, struct feel_value value)
{
	dmn_give(evaluator, slot_of(graph, name), &value, FEEL_NO_MARK);
}

struct dmn_evaluator *evaluator_of(const struct dmn_graph *graph)
{
	struct dmn_evaluator *evaluator;
	shk_diag diag = { 0 };

	cr_assert_eq(dmn_evaluator_new(&evaluator, graph, &diag), SHK_OK, "%s",
		diag.message);
	return evaluator;
}
