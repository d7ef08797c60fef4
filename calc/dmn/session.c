/*
 * The general engine as other programs see it: models, sessions, values in
 * and out as text.
 */
#include "dmn/session.h"

#include <string.h>

#include "base/memory.h"
#include "dmn/model.h"

struct shk_dmn_session {
	const shk_dmn *model;
	struct dmn_evaluator *evaluator;
	size_t given_count;
	size_t given_capacity;
	struct feel_entry *given; /* heap; for services and functions */
};

enum shk_code shk_dmn_load(
	shk_dmn **out, const char *const *paths, size_t count, shk_diag *diag)
{
	shk_dmn *model = memory_zeroed(1, sizeof(*model));
	enum shk_code code;

	*out = NULL;
	diag_clear(diag);
	if (!model)
		return diag_memory(diag);
	code = dmn_graph_load_general(&model->graph, paths, count, diag);
	if (code == SHK_OK)
		*out = model;
	else
		memory_free(model);
	return code;
}

void shk_dmn_free(shk_dmn *model)
{
	if (!model)
		return;
	dmn_graph_free(model->graph);
	memory_free(model);
}

size_t shk_dmn_fault_count(const shk_dmn *model)
{
	return model->graph->fault_count;
}

const shk_diag *shk_dmn_fault(const shk_dmn *model, size_t index)
{
	return index < model->graph->fault_count ? &model->graph->faults[index]
						 : NULL;
}

size_t shk_dmn_count(const shk_dmn *model)
{
	return model->graph->slot_count;
}

bool dmn_is_service(const struct dmn_graph *graph, unsigned slot)
{
	const struct dmn_models *models = graph->models;

	return models->details[slot].service != NULL;
}

bool shk_dmn_at(const shk_dmn *model, size_t index, shk_dmn_element *out)
{
	static const enum shk_dmn_kind kinds[] = { [DMN_INPUT] = SHK_DMN_INPUT,
		[DMN_DECISION] = SHK_DMN_DECISION,
		[DMN_KNOWLEDGE] = SHK_DMN_KNOWLEDGE };
	const struct dmn_slot *slot;

	if (index >= model->graph->slot_count)
		return false;
	slot = &model->graph->slots[index];
	out->kind = dmn_is_service(model->graph, (unsigned)index)
			    ? SHK_DMN_SERVICE
			    : kinds[slot->kind];
	out->name = slot->name.data;
	out->path = slot->path;
	out->line = slot->line;
	return true;
}

const char *shk_dmn_nearest(const shk_dmn *model, const char *name)
{
	size_t count = model->graph->slot_count;
	const char **names = memory_zeroed(count + 1, sizeof(*names));
	const char *near = NULL;

	for (size_t i = 0; names && i < count; i++)
		names[i] = model->graph->slots[i].name.data;
	if (names)
		near = text_nearest(text_of(name), names, count);
	memory_free(names);
	return near;
}

int dmn_slot_in(
	const struct dmn_graph *graph, const char *space, struct text name)
{
	const struct dmn_models *models = graph->models;

	if (!space)
		return dmn_slot_find(graph, name);
	for (size_t i = 0; i < graph->slot_count; i++)
		if (text_equal(graph->slots[i].name, name) &&
			strcmp(models->details[i].model->space, space) == 0)
			return (int)i;
	return -1;
}

enum shk_code shk_dmn_session_new(
	shk_dmn_session **out, const shk_dmn *model, shk_diag *diag)
{
	shk_dmn_session *session = memory_zeroed(1, sizeof(*session));
	enum shk_code code;

	*out = NULL;
	if (!session)
		return diag_memory(diag);
	session->model = model;
	code = dmn_evaluator_new(&session->evaluator, model->graph, diag);
	if (code != SHK_OK) {
		memory_free(session);
		return code;
	}
	dmn_map_unknown(session->evaluator, true);
	*out = session;
	return SHK_OK;
}

void shk_dmn_session_free(shk_dmn_session *session)
{
	if (!session)
		return;
	dmn_evaluator_free(session->evaluator);
	memory_free(session->given);
	memory_free(session);
}

void shk_dmn_clear(shk_dmn_session *session)
{
	session->given_count = 0;
	dmn_clear(session->evaluator);
}

/* Give by name, and remember for services that take it as a parameter. */
static enum shk_code give(shk_dmn_session *session, struct text name,
	const struct feel_value *value, shk_diag *diag)
{
	int slot = dmn_slot_find(session->model->graph, name);
	struct feel_entry *entry;

	if (!memory_grow((void **)&session->given, &session->given_capacity,
		    session->given_count + 1, sizeof(*session->given)))
		return diag_memory(diag);
	entry = &session->given[session->given_count++];
	entry->name = name;
	entry->value = *value;
	if (slot >= 0)
		dmn_give(session->evaluator, (unsigned)slot, value,
			FEEL_NO_MARK);
	return SHK_OK;
}

/* Is the name a parameter of a knowledge model or service? */
static bool is_parameter(const struct dmn_graph *graph, struct text name)
{
	const struct dmn_models *models = graph->models;

	for (size_t i = 0; i < models->count; i++) {
		const struct xml_element *xml = models->models[i]->root;

		for (; xml; xml = dmn_walk(xml))
			if (dmn_is(models->models[i], xml, "formalParameter") &&
				text_is(name, dmn_attribute(xml, "name")))
				return true;
	}
	return false;
}

static enum shk_code unknown_name(
	const shk_dmn *model, struct text name, shk_diag *diag)
{
	char written[SHK_DIAG_FIELD];
	size_t size = name.size < sizeof(written) - 1 ? name.size
						      : sizeof(written) - 1;
	const char *near;

	memcpy(written, name.data, size);
	written[size] = '\0';
	near = shk_dmn_nearest(model, written);
	diag_set(diag, SHK_E_USAGE, "the model has no \"%s\"%s%s%s", written,
		near ? "; did you mean \"" : "", near ? near : "",
		near ? "\"?" : "");
	return SHK_E_USAGE;
}

static enum shk_code give_known(shk_dmn_session *session, struct text name,
	const struct feel_value *value, shk_diag *diag)
{
	const struct dmn_graph *graph = session->model->graph;

	if (dmn_slot_find(graph, name) < 0 && !is_parameter(graph, name))
		return unknown_name(session->model, name, diag);
	return give(session, name, value, diag);
}

enum shk_code shk_dmn_give(shk_dmn_session *session, const char *name,
	const char *value, shk_diag *diag)
{
	struct arena *arena = dmn_arena(session->evaluator);
	struct feel_value made;
	const char *kept = arena_text(arena, name, strlen(name));
	enum shk_code code;

	diag_clear(diag);
	if (!kept)
		return diag_memory(diag);
	code = dmn_value_of_text(arena, value, &made, diag);
	return code == SHK_OK ? give_known(session, text_of(kept), &made, diag)
			      : code;
}

enum shk_code shk_dmn_give_all(
	shk_dmn_session *session, const char *context, shk_diag *diag)
{
	struct feel_value value;
	enum shk_code code;

	diag_clear(diag);
	code = dmn_value_of_text(
		dmn_arena(session->evaluator), context, &value, diag);
	if (code != SHK_OK)
		return code;
	if (value.type != FEEL_CONTEXT)
		return diag_set(diag, SHK_E_INPUT,
			"the input is no object such as {\"age\": 51}");
	for (uint32_t i = 0; i < value.size && code == SHK_OK; i++)
		code = give_known(session, value.u.entries[i].name,
			&value.u.entries[i].value, diag);
	return code;
}

static enum shk_code put_value(const struct feel_value *value,
	enum shk_dmn_format format, shk_sink sink, shk_diag *diag)
{
	struct buffer text;
	enum shk_code code = SHK_OK;

	buffer_init(&text);
	if (format == SHK_DMN_JSON)
		dmn_json(value, &text);
	else
		feel_print(value, &text);
	if (text.failed)
		code = diag_memory(diag);
	else if (!sink.write(sink.context, text.data, text.size))
		code = diag_set(diag, SHK_E_IO, "the output was not taken");
	buffer_release(&text);
	return code;
}

enum shk_code shk_dmn_evaluate(shk_dmn_session *session, const char *name,
	enum shk_dmn_format format, shk_sink sink, shk_diag *diag)
{
	const struct dmn_graph *graph = session->model->graph;
	int slot = dmn_slot_find(graph, text_of(name));
	struct feel_value value;
	enum shk_code code;

	diag_clear(diag);
	if (slot < 0)
		return unknown_name(session->model, text_of(name), diag);
	if (graph->slots[slot].kind == DMN_KNOWLEDGE)
		code = dmn_invoke(session->evaluator, (unsigned)slot,
			session->given, session->given_count, &value, diag);
	else
		code = dmn_evaluate(
			session->evaluator, (unsigned)slot, &value, NULL, diag);
	return code == SHK_OK ? put_value(&value, format, sink, diag) : code;
}
