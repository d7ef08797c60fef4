/*
 * Item definitions as types of FEEL, for the general engine: with the
 * constraints as programs, and pointing at each other, so that a definition
 * may use itself in a component. They outlive every program.
 */
#include "dmn/model.h"

#include <string.h>

static int no_slot(const void *context, struct text name)
{
	(void)context;
	(void)name;
	return -1;
}

static struct feel_type_ref *new_ref(
	struct dmn_loader *loader, enum feel_type type)
{
	struct feel_type_ref *ref =
		arena_zeroed(loader->arena, 1, sizeof(*ref));

	if (!ref) {
		dmn_no_memory(loader);
		return NULL;
	}
	ref->type = type;
	if (type == FEEL_NULL)
		ref->name = text_of("Any");
	return ref;
}

static const struct feel_program *constraint(struct dmn_loader *loader,
	const struct dmn_model *model, const struct feel_node *tests)
{
	struct feel_globals none = {
		.context = loader, .slot = no_slot, .fault = dmn_fault_in_text
	};
	const struct feel_program *program = NULL;

	if (!tests || tests->kind == FEEL_NODE_DASH || loader->code != SHK_OK)
		return NULL;
	loader->model = model;
	loader->code = feel_compile(loader->arena, tests, &none, model->path,
		&program, loader->diag);
	if (loader->code != SHK_OK && !dmn_forgive(loader))
		return NULL;
	return program;
}

static bool set_members(struct dmn_loader *loader, struct feel_type_ref *ref,
	const struct dmn_type *type)
{
	size_t count = type->component_count;
	const struct feel_type_ref **members =
		arena_zeroed(loader->arena, count + 1, sizeof(*members));
	struct text *names =
		arena_zeroed(loader->arena, count + 1, sizeof(*names));

	if (!members || !names) {
		dmn_no_memory(loader);
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		members[i] = type->components[i].ref;
		names[i] = type->components[i].name;
	}
	ref->count = count;
	ref->members = members;
	ref->names = names;
	return true;
}

/* <functionItem>: parameters, then the result. */
static bool set_function(struct dmn_loader *loader,
	const struct dmn_model *model, struct feel_type_ref *ref,
	const struct xml_element *xml)
{
	const struct xml_element *item = dmn_child(model, xml, "functionItem");
	size_t count = item ? dmn_child_count(model, item, "parameters") : 0;
	const struct feel_type_ref **members =
		arena_zeroed(loader->arena, count + 2, sizeof(*members));
	const struct xml_element *one =
		item ? dmn_child(model, item, "parameters") : NULL;
	const char *output = item ? dmn_attribute(item, "outputTypeRef") : "";

	if (!members) {
		dmn_no_memory(loader);
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		const struct dmn_type *type = dmn_type_of(loader, model, one);

		if (!type && !dmn_forgive(loader))
			return false;
		members[i] = type ? type->ref : NULL;
		one = dmn_next(model, one, "parameters");
	}
	if (output[0]) {
		const struct dmn_type *type =
			dmn_type_find(loader, model, item, output);

		if (!type && !dmn_forgive(loader))
			return false;
		members[count] = type ? type->ref : NULL;
	}
	ref->members = members;
	ref->count = count;
	return true;
}

static bool fill(struct dmn_loader *loader, const struct dmn_type *type);

/* What the definition says beside being a list. */
static bool fill_base(struct dmn_loader *loader, const struct dmn_type *type,
	struct feel_type_ref *ref)
{
	if (type->of) {
		if (!type->of->ref)
			return true; /* any */
		if (!fill(loader, type->of))
			return false;
		*ref = *type->of->ref;
		return true;
	}
	ref->type = type->base;
	if (type->base != FEEL_NULL)
		ref->name = (struct text){ NULL, 0 };
	if (type->component_count > 0)
		return set_members(loader, ref, type);
	if (type->base == FEEL_FUNCTION && type->xml)
		return set_function(loader, type->model, ref, type->xml);
	return true;
}

static bool fill_list(struct dmn_loader *loader, const struct dmn_type *type)
{
	struct feel_type_ref *item = new_ref(loader, FEEL_NULL);
	const struct feel_type_ref **members =
		arena_zeroed(loader->arena, 1, sizeof(*members));
	const struct feel_program *allowed;

	if (!item || !members) {
		dmn_no_memory(loader);
		return false;
	}
	if (!fill_base(loader, type, item))
		return false;
	item->kept = true;
	allowed = constraint(loader, type->model, type->allowed);
	if (allowed)
		item->allowed = allowed;
	members[0] = item;
	type->ref->allowed =
		constraint(loader, type->model, type->allowed_list);
	type->ref->type = FEEL_LIST;
	type->ref->name = (struct text){ NULL, 0 };
	type->ref->count = 1;
	type->ref->members = members;
	return true;
}

/* Once, in whatever order the definitions stand. */
static bool fill(struct dmn_loader *loader, const struct dmn_type *type)
{
	const struct feel_program *allowed;

	if (!type->ref || type->ref->kept)
		return loader->code == SHK_OK;
	if (type->list) {
		if (!fill_list(loader, type))
			return false;
	} else {
		if (!fill_base(loader, type, type->ref))
			return false;
		allowed = constraint(loader, type->model, type->allowed);
		if (allowed)
			type->ref->allowed = allowed;
	}
	type->ref->kept = true;
	for (size_t i = 0; i < type->component_count; i++)
		if (!fill(loader, &type->components[i]))
			return false;
	return loader->code == SHK_OK;
}

enum shk_code dmn_fill_references(struct dmn_loader *loader)
{
	for (size_t i = 0; i < loader->model_count; i++) {
		const struct dmn_model *model = loader->models[i];

		for (size_t k = 0; k < model->type_count; k++)
			if (!fill(loader, &model->types[k]))
				return loader->code;
	}
	return loader->code;
}

bool dmn_new_reference(
	struct dmn_loader *loader, struct dmn_type *type, bool complete)
{
	type->ref = new_ref(loader, type->base);
	if (type->ref)
		type->ref->kept = complete;
	return type->ref != NULL;
}

/* What a function of this type returns; the type itself if it is none. */
static const struct feel_type_ref *result_of(const struct feel_type_ref *ref)
{
	if (ref->type != FEEL_FUNCTION)
		return ref;
	return ref->members ? ref->members[ref->count] : NULL;
}

static const struct feel_node *coerced(struct dmn_loader *loader,
	const struct xml_element *xml, const struct feel_type_ref *ref,
	const struct feel_node *node)
{
	const struct feel_type_ref **types;
	const struct feel_node **kids;
	struct feel_node *outer;

	if (!node || !ref || (ref->type == FEEL_NULL && !ref->allowed))
		return node;
	types = arena_zeroed(loader->arena, 1, sizeof(*types));
	kids = dmn_kids(loader, 1);
	outer = dmn_node(loader, FEEL_NODE_COERCE, xml, kids, 1);
	if (!types || !outer) {
		dmn_no_memory(loader);
		return NULL;
	}
	kids[0] = node;
	types[0] = ref;
	outer->types = types;
	return outer;
}

const struct feel_node *dmn_coerced(struct dmn_loader *loader,
	const struct xml_element *xml, const struct xml_element *typed,
	const struct feel_node *node)
{
	const struct dmn_type *type;

	if (!loader->general || !node || !typed)
		return node;
	type = dmn_type_of(loader, loader->model, typed);
	if (!type)
		return dmn_forgive(loader) ? node : NULL;
	return coerced(loader, xml, type->ref, node);
}

const struct feel_node *dmn_coerced_result(struct dmn_loader *loader,
	const struct xml_element *xml, const struct xml_element *typed,
	const struct feel_node *node)
{
	const struct dmn_type *type;

	if (!loader->general || !node || !typed)
		return node;
	type = dmn_type_of(loader, loader->model, typed);
	if (!type)
		return dmn_forgive(loader) ? node : NULL;
	return type->ref ? coerced(loader, xml, result_of(type->ref), node)
			 : node;
}
