/*
 * What is wrong or doubtful in the models: the faults that loading forgave,
 * elements without a type, and what the analysis of the tables finds; told in
 * the order of files and lines.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "dmn/session.h"

#include "dmn/check_table.h"

#define FINDINGS_MAX 10000

struct gathering {
	struct arena arena;	       /* messages */
	struct shk_dmn_finding *items; /* heap */
	size_t count;
	size_t capacity;
	bool failed;
	const struct dmn_known_table *table; /* at work */
};

static void gather(struct gathering *gathering, enum shk_dmn_finding_kind kind,
	const char *path, long line, long column, const char *message)
{
	struct shk_dmn_finding *item;

	if (gathering->count > FINDINGS_MAX)
		return;
	if (gathering->count == FINDINGS_MAX)
		message = "more findings than are kept; this one and those "
			  "behind it are not told";
	if (!memory_grow((void **)&gathering->items, &gathering->capacity,
		    gathering->count + 1, sizeof(*gathering->items))) {
		gathering->failed = true;
		return;
	}
	item = &gathering->items[gathering->count++];
	item->kind = kind;
	item->path = path;
	item->line = line;
	item->column = column;
	item->message = arena_text(&gathering->arena, message, strlen(message));
	if (!item->message)
		gathering->failed = true;
}

static void found_in_table(void *context, enum shk_dmn_finding_kind kind,
	size_t row, const char *message)
{
	struct gathering *gathering = context;
	const struct dmn_known_table *table = gathering->table;
	const struct xml_element *xml = table->xml;

	if (row > 0)
		xml = dmn_child(table->model, xml, "rule");
	for (; row > 1 && xml; row--)
		xml = dmn_next(table->model, xml, "rule");
	gather(gathering, kind, table->model->path, xml ? xml->line : 0,
		xml ? xml->column : 0, message);
}

static void gather_faults(
	struct gathering *gathering, const struct dmn_graph *graph)
{
	for (size_t i = 0; i < graph->fault_count; i++) {
		const shk_diag *fault = &graph->faults[i];

		gather(gathering, SHK_DMN_FAULT, fault->path, fault->line,
			fault->column, fault->message);
	}
}

static void gather_types(
	struct gathering *gathering, const struct dmn_graph *graph)
{
	const struct dmn_models *models = graph->models;

	for (size_t i = 0; i < graph->slot_count; i++) {
		const struct dmn_detail *detail = &models->details[i];
		const struct xml_element *variable =
			dmn_child(detail->model, detail->xml, "variable");

		if (graph->slots[i].kind == DMN_KNOWLEDGE ||
			(variable && dmn_attribute(variable, "typeRef")[0]))
			continue;
		gather(gathering, SHK_DMN_MISSING_TYPE, detail->model->path,
			detail->xml->line, detail->xml->column,
			graph->slots[i].kind == DMN_INPUT
				? "this input data has no type"
				: "this decision has no type");
	}
}

static void gather_tables(
	struct gathering *gathering, const struct dmn_graph *graph)
{
	const struct dmn_models *models = graph->models;
	const struct check_listener listener = { .context = gathering,
		.found = found_in_table };
	struct arena scratch;

	arena_init(&scratch);
	for (size_t i = 0; i < models->table_count && !gathering->failed; i++) {
		const struct dmn_known_table *known = &models->tables[i];

		gathering->table = known;
		if (!dmn_check_table(&scratch, graph, known, &listener))
			gathering->failed = true;
		arena_clear(&scratch);
	}
	arena_release(&scratch);
}

static int compare_findings(const void *a, const void *b)
{
	const struct shk_dmn_finding *x = a;
	const struct shk_dmn_finding *y = b;
	int order = strcmp(x->path, y->path);

	if (order == 0)
		order = (x->line > y->line) - (x->line < y->line);
	if (order == 0)
		order = (x->column > y->column) - (x->column < y->column);
	if (order == 0)
		order = (int)x->kind - (int)y->kind;
	return order != 0 ? order : strcmp(x->message, y->message);
}

const char *shk_dmn_finding_name(enum shk_dmn_finding_kind kind)
{
	static const char *const names[] = { "fault", "gap", "overlap",
		"unreachable", "missing type", "unchecked" };

	if ((size_t)kind >= sizeof(names) / sizeof(names[0]))
		return "finding";
	return names[kind];
}

enum shk_code shk_dmn_check(const shk_dmn *model,
	bool (*tell)(void *context, const shk_dmn_finding *finding),
	void *context, shk_diag *diag)
{
	struct gathering gathering = { .count = 0 };
	enum shk_code code = SHK_OK;

	diag_clear(diag);
	arena_init(&gathering.arena);
	gather_faults(&gathering, model->graph);
	gather_types(&gathering, model->graph);
	gather_tables(&gathering, model->graph);
	if (gathering.failed)
		code = diag_memory(diag);
	else if (gathering.count > 0)
		qsort(gathering.items, gathering.count,
			sizeof(*gathering.items), compare_findings);
	for (size_t i = 0; code == SHK_OK && i < gathering.count; i++)
		if (!tell(context, &gathering.items[i]))
			break;
	memory_free(gathering.items);
	arena_release(&gathering.arena);
	return code;
}
