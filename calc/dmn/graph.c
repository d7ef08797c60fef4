/*
 * From files to a graph: read the models, check what they say of each other,
 * lower every decision and knowledge model to FEEL and compile it. A graph
 * that loads has no cycles, no unknown names and no unchecked programs.
 */
#include "dmn/model.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "dmn/evaluator.h"

/* Is `name`, as FEEL wrote it, an element that `model` could require? */
static const struct dmn_element *find_known(
	const struct dmn_loader *loader, struct text name)
{
	const struct dmn_model *model = loader->model;
	size_t i;
	size_t k;

	for (i = 0; i < loader->element_count; i++) {
		const struct dmn_element *element = loader->elements[i];

		if (text_equal(element->name, name))
			return element;
		for (k = 0; k < model->import_count; k++) {
			size_t skip = model->imports[k].name.size;

			if (model->imports[k].model == element->model &&
				name.size == skip + 1 + element->name.size &&
				text_equal(element->name,
					(struct text){ name.data + skip + 1,
						element->name.size }))
				return element;
		}
	}
	return NULL;
}

static const char *nearest_need(
	const struct dmn_loader *loader, struct text name)
{
	const struct dmn_element *owner = loader->owner;
	const char **names =
		memory_zeroed(owner->need_count + 1, sizeof(*names));
	const char *near = NULL;
	size_t i;

	for (i = 0; names && i < owner->need_count; i++)
		names[i] = owner->needs[i].name.data;
	if (names)
		near = text_nearest(name, names, owner->need_count);
	memory_free(names);
	return near;
}

static const char *link_to(const struct dmn_element *element)
{
	if (element->service)
		return "a decision service, which FEEL cannot call yet";
	return element->kind == DMN_KNOWLEDGE
		       ? "in the model, but no <knowledgeRequirement> leads to "
			 "it"
		       : "in the model, but no <informationRequirement> leads "
			 "to it";
}

/* Did the compiler stop at a name that nobody knows, and at this one? */
static bool is_unknown_name(const shk_diag *why, const char *name)
{
	char message[SHK_DIAG_MESSAGE];

	snprintf(message, sizeof(message), "nothing is called \"%s\" here",
		name);
	return strcmp(why->message, message) == 0;
}

/* Say more than the compiler can about a name that it does not know. */
static void explain(
	struct dmn_loader *loader, const shk_diag *why, struct text missed)
{
	const struct dmn_element *known =
		missed.size ? find_known(loader, missed) : NULL;
	const char *near;
	char name[200 + 1]; /* as much as the compiler says of a name */

	snprintf(name, sizeof(name), "%.*s", (int)missed.size,
		missed.size ? missed.data : "");
	if (!missed.size || !is_unknown_name(why, name)) {
		diag_set(loader->diag, why->code, "%s", why->message);
		return;
	}
	if (known) {
		diag_set(loader->diag, why->code,
			"\"%s\" uses \"%s\", which is %s",
			loader->owner->name.data, name, link_to(known));
		return;
	}
	near = nearest_need(loader, missed);
	diag_set(loader->diag, why->code,
		"\"%s\" uses the unknown name \"%s\"%s%s%s",
		loader->owner->name.data, name, near ? "; did you mean \"" : "",
		near ? near : "", near ? "\"?" : "");
}

static enum shk_code compile(struct dmn_loader *loader, struct dmn_slot *slot,
	const struct feel_node *node)
{
	struct feel_globals globals = dmn_scope_globals(loader);
	shk_diag why = { .code = SHK_OK };

	loader->misses.element = loader->owner;
	loader->misses.last = (struct text){ NULL, 0 };
	loader->misses_of = &loader->misses;
	dmn_miss_keys(&loader->misses, node);
	if (loader->general)
		globals.fault = dmn_fault_in_text;
	loader->code = feel_compile(loader->arena, node, &globals,
		loader->model->path, &slot->program, &why);
	if (loader->code != SHK_OK) {
		why.code = loader->code;
		explain(loader, &why, loader->misses.last);
		diag_place(loader->diag, loader->model->path, why.line,
			why.column);
		return loader->code;
	}
	feel_program_slots(slot->program, &slot->needs);
	return SHK_OK;
}

static const char *literal_text(
	const struct dmn_model *model, const struct xml_element *parent)
{
	const struct xml_element *xml = dmn_expression_in(model, parent);
	const struct xml_element *text;

	if (!xml || !dmn_is(model, xml, "literalExpression"))
		return "";
	text = dmn_child(model, xml, "text");
	return text ? text->text : "";
}

/*
 * function(a, b) of a model that is declared monotone becomes
 * function(a, b) monotone(function(a, b) ..., a, b).
 */
static const struct feel_node *monotone(
	struct dmn_loader *loader, const struct feel_node *function)
{
	const struct xml_element *xml = loader->owner->xml;
	size_t count = function->name_count;
	const struct feel_node **kids = dmn_kids(loader, count + 2);
	const struct feel_node **body = dmn_kids(loader, 1);
	struct feel_node *outer =
		dmn_node(loader, FEEL_NODE_FUNCTION, xml, body, 1);
	struct feel_node *name, *call;
	struct text *names =
		arena_zeroed(loader->arena, count + 1, sizeof(*names));

	if (!kids || !body || !outer || !names)
		return dmn_no_memory(loader), NULL;
	name = dmn_node(loader, FEEL_NODE_NAME, xml, NULL, 0);
	call = dmn_node(loader, FEEL_NODE_CALL, xml, kids, count + 2);
	if (!name || !call)
		return NULL;
	name->name = text_of("@monotone");
	kids[0] = name;
	kids[1] = function;
	for (size_t i = 0; i < count; i++) {
		struct feel_node *parameter =
			dmn_node(loader, FEEL_NODE_NAME, xml, NULL, 0);

		if (!parameter)
			return NULL;
		parameter->name = function->names[i];
		kids[i + 2] = parameter;
	}
	call->name_count = count + 1;
	call->names = names;
	outer->name_count = count;
	outer->names = function->names;
	outer->types = function->types;
	body[0] = call;
	return outer;
}

static const struct feel_node *lower_knowledge(
	struct dmn_loader *loader, struct dmn_slot *slot)
{
	const struct dmn_model *model = loader->model;
	const struct xml_element *logic =
		dmn_child(model, loader->owner->xml, "encapsulatedLogic");
	const struct feel_node *node;

	if (loader->owner->service)
		return dmn_lower_service(loader, loader->owner);
	if (!logic)
		return dmn_node(
			loader, FEEL_NODE_LITERAL, loader->owner->xml, NULL, 0);
	slot->text = literal_text(model, logic);
	node = dmn_lower_function(loader, logic, slot->mark);
	return node && dmn_is_monotone(model, loader->owner->xml)
		       ? monotone(loader, node)
		       : node;
}

static const struct feel_node *lower_decision(
	struct dmn_loader *loader, struct dmn_slot *slot)
{
	const struct xml_element *xml = loader->owner->xml;

	slot->text = literal_text(loader->model, xml);
	slot->logic = dmn_expression_in(loader->model, xml) != NULL;
	return dmn_marked(loader, xml, dmn_lower_in(loader, xml), slot->mark);
}

static enum shk_code lower_element(
	struct dmn_loader *loader, const struct dmn_element *element)
{
	struct dmn_slot *slot = &loader->slots[element->slot];
	size_t outside = loader->name_count;
	const struct feel_node *node;
	size_t i;

	loader->owner = element;
	loader->model = element->model;
	for (i = 0; i < element->need_count; i++)
		dmn_scope_push(loader, element->needs[i].name);
	if (element->kind == DMN_KNOWLEDGE)
		dmn_scope_push(loader, element->name);
	slot->mark = dmn_mark_of(
		loader, element->model, element->xml, element->name, 0);
	node = element->kind == DMN_KNOWLEDGE ? lower_knowledge(loader, slot)
					      : lower_decision(loader, slot);
	loader->name_count = outside;
	return node ? compile(loader, slot, node) : loader->code;
}

/* An element with a fault that is forgiven is null. */
static void lower_or_forgive(
	struct dmn_loader *loader, const struct dmn_element *element)
{
	size_t outside = loader->name_count;
	const struct feel_node *null;

	if (lower_element(loader, element) == SHK_OK || !dmn_forgive(loader))
		return;
	loader->name_count = outside;
	loader->depth = 0;
	null = dmn_node(loader, FEEL_NODE_LITERAL, element->xml, NULL, 0);
	if (null)
		compile(loader, &loader->slots[element->slot], null);
}

static enum shk_code lower_elements(struct dmn_loader *loader)
{
	size_t i;

	if (dmn_scope_members(loader) != SHK_OK)
		return loader->code;
	for (i = 0; i < loader->element_count && loader->code == SHK_OK; i++) {
		const struct dmn_element *element = loader->elements[i];
		unsigned slot = element->slot;

		if (element->service && !loader->general)
			continue;
		if (element->kind != DMN_INPUT)
			lower_or_forgive(loader, element);
		else if (dmn_unknown(loader->arena, slot,
				 &loader->slots[slot].domain,
				 &loader->details[slot].missing) != SHK_OK)
			dmn_no_memory(loader);
	}
	return loader->code;
}

static enum shk_code finish(struct dmn_loader *loader, struct dmn_graph *graph)
{
	struct dmn_models *models =
		arena_zeroed(loader->arena, 1, sizeof(*models));
	struct dmn_model **list = arena_zeroed(
		loader->arena, loader->model_count + 1, sizeof(*list));
	struct dmn_mark *marks = arena_zeroed(
		loader->arena, loader->mark_count + 1, sizeof(*marks));

	if (!models || !list || !marks)
		return dmn_no_memory(loader);
	memcpy(list, loader->models, loader->model_count * sizeof(*list));
	if (loader->mark_count > 0)
		memcpy(marks, loader->marks,
			loader->mark_count * sizeof(*marks));
	if (dmn_check_misses(loader, models) != SHK_OK)
		return loader->code;
	models->count = loader->model_count;
	models->models = list;
	models->details = loader->details;
	graph->slot_count = loader->slot_count;
	graph->slots = loader->slots;
	graph->mark_count = loader->mark_count;
	graph->marks = marks;
	graph->models = models;
	return dmn_keep_tables(loader, models) == SHK_OK
		       ? dmn_keep_faults(loader, graph)
		       : loader->code;
}

static enum shk_code load(struct dmn_loader *loader, struct dmn_graph *graph,
	const char *const *paths, size_t count)
{
	loader->self = loader;
	if (dmn_read_models(loader, paths, count) != SHK_OK ||
		dmn_read_types(loader) != SHK_OK ||
		dmn_collect_elements(loader) != SHK_OK ||
		dmn_resolve_needs(loader) != SHK_OK ||
		dmn_check_cycles(loader) != SHK_OK ||
		lower_elements(loader) != SHK_OK)
		return loader->code;
	return finish(loader, graph);
}

static enum shk_code load_graph(struct dmn_graph **out,
	const struct dmn_files *files, const char *const *paths,
	size_t path_count, bool general, shk_diag *diag)
{
	struct dmn_graph *graph = memory_zeroed(1, sizeof(*graph));
	struct dmn_loader *loader = memory_zeroed(1, sizeof(*loader));
	enum shk_code code = SHK_E_MEMORY;

	*out = NULL;
	if (!graph || !loader) {
		diag_memory(diag);
		goto done;
	}
	arena_init(&graph->arena);
	loader->arena = &graph->arena;
	loader->diag = diag;
	loader->files = files;
	loader->general = graph->general = general;
	code = load(loader, graph, paths, path_count);
	if (code == SHK_OK) {
		*out = graph;
		graph = NULL;
	}
done:
	if (loader) {
		memory_free(loader->elements);
		memory_free(loader->marks);
		memory_free(loader->names);
		memory_free(loader->misses.items);
		memory_free(loader->misses.keys);
		memory_free(loader->faults);
		memory_free(loader->tables);
	}
	memory_free(loader);
	dmn_graph_free(graph);
	return code;
}

enum shk_code dmn_graph_load(struct dmn_graph **out, const char *const *paths,
	size_t path_count, shk_diag *diag)
{
	return load_graph(out, NULL, paths, path_count, false, diag);
}

enum shk_code dmn_graph_load_from(struct dmn_graph **out,
	const struct dmn_files *files, const char *const *paths,
	size_t path_count, shk_diag *diag)
{
	return load_graph(out, files, paths, path_count, false, diag);
}

enum shk_code dmn_graph_load_general(struct dmn_graph **out,
	const char *const *paths, size_t path_count, shk_diag *diag)
{
	return load_graph(out, NULL, paths, path_count, true, diag);
}

void dmn_graph_free(struct dmn_graph *graph)
{
	if (!graph)
		return;
	arena_release(&graph->arena);
	memory_free(graph);
}

size_t dmn_model_count(const struct dmn_graph *graph)
{
	const struct dmn_models *models = graph->models;

	return models->count;
}

const char *dmn_model_path(const struct dmn_graph *graph, size_t index)
{
	const struct dmn_models *models = graph->models;

	return index < models->count ? models->models[index]->path : NULL;
}

int dmn_model_import(const struct dmn_graph *graph, size_t index, size_t at)
{
	const struct dmn_models *models = graph->models;
	const struct dmn_model *model;

	if (index >= models->count)
		return -1;
	model = models->models[index];
	for (size_t i = 0; at < model->import_count && i < models->count; i++)
		if (models->models[i] == model->imports[at].model)
			return (int)i;
	return -1;
}

int dmn_slot_find(const struct dmn_graph *graph, struct text name)
{
	size_t i;

	for (i = 0; i < graph->slot_count; i++)
		if (text_equal(graph->slots[i].name, name))
			return (int)i;
	return -1;
}
