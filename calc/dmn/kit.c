/*
 * The conformance kit of the DMN vendors: folders with models and XML files
 * of cases. A case gives inputs by name and says what decisions, services or
 * functions must give; each expected result is one line of the report.
 */
#include "dmn/session.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/memory.h"
#include "dmn/kit_value.h"
#include "dmn/model.h"

#define KIT_DEPTH_MAX  16   /* folders inside folders */
#define KIT_NAMES_MAX  4096 /* entries of one folder */
#define KIT_MODELS_MAX 32   /* models of one folder */
#define KIT_NODES_MAX  256  /* inputs of one case */

struct kit {
	bool (*tell)(void *context, const shk_dmn_result *result);
	void *context;
	shk_diag *diag;
	size_t skip;  /* bytes of the outermost folder and its slash */
	bool stopped; /* `tell` wants no more, or: */
	bool no_memory;
	const char *file;   /* of cases, as it is told */
	const char *test;   /* id */
	struct arena arena; /* of one file of cases */
	struct dmn_graph *graph;
	struct dmn_evaluator *evaluator;
	size_t given_count;
	struct feel_entry given[KIT_NODES_MAX];
};

/* Names in a folder, sorted, without hidden ones; in the arena. */
struct names {
	size_t count;
	const char *name[KIT_NAMES_MAX];
};

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum shk_code list_folder(struct arena *arena, const char *folder,
	struct names *names, shk_diag *diag)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	enum shk_code code = SHK_OK;

	names->count = 0;
	if (!dir) {
		diag_set(diag, SHK_E_IO, "cannot open the folder");
		diag_place(diag, folder, 0, 0);
		return SHK_E_IO;
	}
	while (code == SHK_OK && (entry = readdir(dir)) != NULL) {
		const char *name;

		if (entry->d_name[0] == '.')
			continue;
		name = arena_text(arena, entry->d_name, strlen(entry->d_name));
		if (!name)
			code = diag_memory(diag);
		else if (names->count == KIT_NAMES_MAX)
			code = diag_set(diag, SHK_E_LIMIT,
				"more than %d files in one folder",
				KIT_NAMES_MAX);
		else
			names->name[names->count++] = name;
	}
	closedir(dir);
	qsort(names->name, names->count, sizeof(names->name[0]), compare_names);
	return code;
}

static bool ends_with(const char *name, const char *end)
{
	size_t size = strlen(name);

	return size > strlen(end) &&
	       strcmp(name + size - strlen(end), end) == 0;
}

static void tell(struct kit *kit, const char *node,
	enum shk_dmn_outcome outcome, const char *detail)
{
	const shk_dmn_result result = { kit->file, kit->test, node, outcome,
		detail };

	if (!kit->tell(kit->context, &result))
		kit->stopped = true;
}

/* Want of memory is not a result of the case: nothing more is run. */
static bool memory_ran_out(struct kit *kit, enum shk_code code)
{
	if (code == SHK_E_MEMORY)
		kit->stopped = kit->no_memory = true;
	return kit->no_memory;
}

/* Did a decision give what was wanted? An error means null here. */
static void tell_value(struct kit *kit, const char *node,
	const struct feel_value *wanted, const struct feel_value *got,
	const char *failure)
{
	struct buffer detail;

	if (!failure && kit_alike(wanted, got)) {
		tell(kit, node, SHK_DMN_SUCCESS, "");
		return;
	}
	buffer_init(&detail);
	buffer_text(&detail, "wanted ");
	feel_print(wanted, &detail);
	buffer_text(&detail, ", got ");
	if (failure)
		buffer_text(&detail, failure);
	else
		feel_print(got, &detail);
	if (!memory_ran_out(kit, detail.failed ? SHK_E_MEMORY : SHK_OK))
		tell(kit, node, SHK_DMN_ERROR, detail.data);
	buffer_release(&detail);
}

static void run_node(struct kit *kit, const struct xml_element *node,
	const struct feel_value *service)
{
	const char *name = xml_attribute(node, "name");
	const struct xml_element *expected = xml_child(node, "expected");
	struct feel_value wanted = FEEL_NULL_VALUE;
	struct feel_value got = FEEL_NULL_VALUE;
	shk_diag diag = { 0 };
	enum shk_code code = SHK_OK;
	int slot;

	name = name ? name : "";
	if (expected)
		code = kit_value(&kit->arena, expected, &wanted);
	if (memory_ran_out(kit, code))
		return;
	if (code != SHK_OK) {
		tell(kit, name, SHK_DMN_IGNORED,
			"a value of a type that is not known");
		return;
	}
	slot = dmn_slot_in(
		kit->graph, xml_attribute(node, "namespace"), text_of(name));
	if (service) {
		const struct feel_value *entry =
			feel_entry_of(service, text_of(name));

		got = entry ? *entry : *service;
	} else if (slot < 0) {
		tell(kit, name, SHK_DMN_ERROR, "no such decision");
		return;
	} else {
		code = dmn_evaluate(
			kit->evaluator, (unsigned)slot, &got, NULL, &diag);
	}
	if (memory_ran_out(kit, code))
		return;
	tell_value(
		kit, name, &wanted, &got, code == SHK_OK ? NULL : diag.message);
}

/* Give the inputs of a case; false when a value cannot be read. */
static bool give_inputs(struct kit *kit, const struct xml_element *test)
{
	const struct xml_element *node = xml_child(test, "inputNode");

	kit->given_count = 0;
	for (; node; node = xml_sibling(node, "inputNode")) {
		struct feel_entry *given = &kit->given[kit->given_count];
		const char *name = xml_attribute(node, "name");
		enum shk_code code;
		int slot;

		if (!name || kit->given_count == KIT_NODES_MAX)
			return false;
		code = kit_value(&kit->arena, node, &given->value);
		if (memory_ran_out(kit, code) || code != SHK_OK)
			return false;
		given->name = text_of(name);
		kit->given_count++;
		slot = dmn_slot_in(kit->graph, xml_attribute(node, "namespace"),
			given->name);
		if (slot >= 0)
			dmn_give(kit->evaluator, (unsigned)slot, &given->value,
				FEEL_NO_MARK);
	}
	return true;
}

/* What a case of a service or knowledge model calls; false: told. */
static bool invoke(struct kit *kit, const struct xml_element *test,
	struct feel_value *out, const char **failure)
{
	const char *name = xml_attribute(test, "invocableName");
	shk_diag diag = { 0 };
	enum shk_code code;
	int slot = name ? dmn_slot_find(kit->graph, text_of(name)) : -1;

	if (slot < 0) {
		*failure = "no such service or knowledge model";
		return false;
	}
	code = dmn_invoke(kit->evaluator, (unsigned)slot, kit->given,
		kit->given_count, out, &diag);
	*failure = "the call failed";
	return !memory_ran_out(kit, code) && code == SHK_OK;
}

static void run_case(struct kit *kit, const struct xml_element *test)
{
	const struct xml_element *node = xml_child(test, "resultNode");
	const char *type = xml_attribute(test, "type");
	bool called = type && (strcmp(type, "decisionService") == 0 ||
				      strcmp(type, "bkm") == 0);
	struct feel_value result = FEEL_NULL_VALUE;
	const char *failure = NULL;
	bool ready;

	kit->test = xml_attribute(test, "id");
	kit->test = kit->test ? kit->test : "";
	dmn_clear(kit->evaluator);
	ready = give_inputs(kit, test);
	if (!ready)
		failure = "an input of a type that is not known";
	else if (called)
		ready = invoke(kit, test, &result, &failure);
	for (; node && !kit->stopped; node = xml_sibling(node, "resultNode")) {
		const char *name = xml_attribute(node, "name");

		if (ready)
			run_node(kit, node, called ? &result : NULL);
		else
			tell(kit, name ? name : "",
				called ? SHK_DMN_ERROR : SHK_DMN_IGNORED,
				failure);
	}
}

/* Every result of the file is an error, for one reason. */
static void tell_all(
	struct kit *kit, const struct xml_element *root, const char *why)
{
	const struct xml_element *test = xml_child(root, "testCase");

	for (; test; test = xml_sibling(test, "testCase")) {
		const struct xml_element *node = xml_child(test, "resultNode");

		kit->test = xml_attribute(test, "id");
		kit->test = kit->test ? kit->test : "";
		for (; node && !kit->stopped;
			node = xml_sibling(node, "resultNode")) {
			const char *name = xml_attribute(node, "name");

			tell(kit, name ? name : "", SHK_DMN_ERROR, why);
		}
	}
}

/* The model that the cases name comes first, then the others beside it. */
static enum shk_code load_models(struct kit *kit, const char *folder,
	const struct names *names, const char *wanted, shk_diag *diag)
{
	const char *paths[KIT_MODELS_MAX];
	char path[SHK_DIAG_PATH];
	size_t count = 0;

	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < names->count; i++) {
			bool first = strcmp(names->name[i], wanted) == 0;

			if (!ends_with(names->name[i], ".dmn") ||
				first != (pass == 0))
				continue;
			if (count == KIT_MODELS_MAX)
				return diag_set(diag, SHK_E_LIMIT,
					"more than %d models in one folder",
					KIT_MODELS_MAX);
			if (!file_join(
				    path, sizeof(path), folder, names->name[i]))
				return diag_set(diag, SHK_E_LIMIT,
					"the path of a model is too long");
			paths[count] =
				arena_text(&kit->arena, path, strlen(path));
			if (!paths[count++])
				return diag_memory(diag);
		}
	return dmn_graph_load_general(&kit->graph, paths, count, diag);
}

static enum shk_code run_cases(struct kit *kit, const char *folder,
	const struct names *names, const struct xml_element *root)
{
	const struct xml_element *model = xml_child(root, "modelName");
	const struct xml_element *test = xml_child(root, "testCase");
	shk_diag diag = { 0 };
	struct text wanted = { "", 0 };
	const char *name;
	enum shk_code code;

	if (model)
		wanted = text_of(model->text);
	while (wanted.size > 0 && strchr(" \t\r\n", wanted.data[0])) {
		wanted.data++;
		wanted.size--;
	}
	while (wanted.size > 0 &&
		strchr(" \t\r\n", wanted.data[wanted.size - 1]))
		wanted.size--;
	name = arena_text(&kit->arena, wanted.data, wanted.size);
	if (!name)
		return diag_memory(kit->diag);
	code = load_models(kit, folder, names, name, &diag);
	if (code == SHK_OK)
		code = dmn_evaluator_new(&kit->evaluator, kit->graph, &diag);
	if (code == SHK_OK) {
		dmn_map_unknown(kit->evaluator, true);
		for (; test && !kit->stopped;
			test = xml_sibling(test, "testCase"))
			run_case(kit, test);
	} else if (code != SHK_E_MEMORY) {
		tell_all(kit, root, diag.message);
		code = SHK_OK;
	}
	dmn_evaluator_free(kit->evaluator);
	dmn_graph_free(kit->graph);
	kit->evaluator = NULL;
	kit->graph = NULL;
	return memory_ran_out(kit, code) ? diag_memory(kit->diag) : code;
}

static enum shk_code run_file(struct kit *kit, const char *folder,
	const struct names *names, const char *name)
{
	struct xml_element *root;
	char path[SHK_DIAG_PATH];
	enum shk_code code;

	if (!file_join(path, sizeof(path), folder, name))
		return diag_set(kit->diag, SHK_E_LIMIT, "a path is too long");
	arena_init(&kit->arena);
	kit->file = strlen(path) > kit->skip ? path + kit->skip : path;
	code = xml_read_file(&kit->arena, path, SHK_E_INPUT, &root, kit->diag);
	if (code == SHK_OK && strcmp(root->name, "testCases") == 0)
		code = run_cases(kit, folder, names, root);
	arena_release(&kit->arena);
	return code;
}

static enum shk_code run_folder(
	struct kit *kit, const char *folder, unsigned depth)
{
	struct names *names = memory_zeroed(1, sizeof(*names));
	struct arena arena;
	struct stat info;
	char path[SHK_DIAG_PATH];
	enum shk_code code = SHK_OK;

	if (!names)
		return diag_memory(kit->diag);
	arena_init(&arena);
	if (depth > KIT_DEPTH_MAX)
		code = diag_set(kit->diag, SHK_E_LIMIT,
			"folders are nested deeper than %d", KIT_DEPTH_MAX);
	else
		code = list_folder(&arena, folder, names, kit->diag);
	for (size_t i = 0; code == SHK_OK && i < names->count && !kit->stopped;
		i++) {
		const char *name = names->name[i];

		if (!file_join(path, sizeof(path), folder, name))
			code = diag_set(
				kit->diag, SHK_E_LIMIT, "a path is too long");
		else if (ends_with(name, ".xml"))
			code = run_file(kit, folder, names, name);
		else if (stat(path, &info) == 0 && S_ISDIR(info.st_mode))
			code = run_folder(kit, path, depth + 1);
	}
	arena_release(&arena);
	memory_free(names);
	return code;
}

enum shk_code shk_dmn_test(const char *folder,
	bool (*tell_result)(void *context, const shk_dmn_result *result),
	void *context, shk_diag *diag)
{
	struct kit *kit = memory_zeroed(1, sizeof(*kit));
	shk_diag spare = { 0 };
	enum shk_code code;

	if (!kit)
		return diag_memory(diag);
	diag_clear(diag);
	kit->tell = tell_result;
	kit->context = context;
	kit->diag = diag ? diag : &spare;
	kit->skip = strlen(folder);
	if (kit->skip > 0 && folder[kit->skip - 1] != '/')
		kit->skip++;
	code = run_folder(kit, folder, 0);
	memory_free(kit);
	return code;
}
