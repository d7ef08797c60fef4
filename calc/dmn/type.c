/*
 * Item definitions. Each becomes a dmn_type that points to the type it is
 * defined by, so that a definition may use itself inside a component; only a
 * chain of names that never reaches a built-in type is refused.
 */
#include "dmn/model.h"

#include <string.h>

/* clang-format off */
static const struct {
	const char *name;
	enum feel_type type;
} builtins[] = {
	{ "Any", FEEL_NULL },
	{ "boolean", FEEL_BOOLEAN },
	{ "number", FEEL_NUMBER },
	{ "string", FEEL_STRING },
	{ "date", FEEL_DATE },
	{ "time", FEEL_TIME },
	{ "date and time", FEEL_DATE_TIME },
	{ "dateTime", FEEL_DATE_TIME },
	{ "days and time duration", FEEL_DAYS_DURATION },
	{ "dayTimeDuration", FEEL_DAYS_DURATION },
	{ "years and months duration", FEEL_YEARS_DURATION },
	{ "yearMonthDuration", FEEL_YEARS_DURATION },
	{ "list", FEEL_LIST },
	{ "context", FEEL_CONTEXT },
	{ "function", FEEL_FUNCTION },
	{ "range", FEEL_RANGE }
};
/* clang-format on */

#define BUILTIN_COUNT (sizeof(builtins) / sizeof(builtins[0]))

static const struct dmn_type any_type = { .base = FEEL_NULL };

static const struct dmn_type *new_builtin(
	struct dmn_loader *loader, enum feel_type base)
{
	struct dmn_type *type = arena_zeroed(loader->arena, 1, sizeof(*type));

	if (!type) {
		dmn_no_memory(loader);
		return NULL;
	}
	type->base = base;
	if (loader->general && !dmn_new_reference(loader, type, true))
		return NULL;
	return type;
}

static const struct dmn_type *find_defined(
	const struct dmn_model *model, struct text name)
{
	size_t i;

	for (i = 0; i < model->type_count; i++)
		if (text_equal(model->types[i].name, name))
			return &model->types[i];
	return NULL;
}

/* `import.name`, or a plain name of a model imported without a name. */
static const struct dmn_type *find_imported(
	const struct dmn_model *model, struct text name)
{
	size_t i;

	for (i = 0; i < model->import_count; i++) {
		const struct dmn_import *import = &model->imports[i];
		const struct dmn_type *found = NULL;
		size_t skip = import->name.size;

		if (skip == 0)
			found = find_defined(import->model, name);
		else if (name.size > skip + 1 && name.data[skip] == '.' &&
			 memcmp(name.data, import->name.data, skip) == 0)
			found = find_defined(import->model,
				(struct text){ name.data + skip + 1,
					name.size - skip - 1 });
		if (found)
			return found;
	}
	return NULL;
}

/* DMN 1.1 wrote a prefix: feel:number, or that of the model itself. */
static struct text without_prefix(struct text name)
{
	const char *colon = memchr(name.data, ':', name.size);
	size_t skip = colon ? (size_t)(colon - name.data) + 1 : 0;

	return (struct text){ name.data + skip, name.size - skip };
}

static const struct dmn_type *not_found(struct dmn_loader *loader,
	const struct dmn_model *model, const struct xml_element *xml,
	struct text name)
{
	const char *known[BUILTIN_COUNT + 64];
	const char *near;
	size_t count = 0;
	size_t i;

	for (i = 0; i < BUILTIN_COUNT; i++)
		known[count++] = builtins[i].name;
	for (i = 0; i < model->type_count && i < 64; i++)
		known[count++] = model->types[i].name.data;
	near = text_nearest(name, known, count);
	dmn_refuse(loader, model, xml, "no type is called \"%.*s\"%s%s%s",
		(int)name.size, name.data, near ? "; did you mean \"" : "",
		near ? near : "", near ? "\"?" : "");
	return NULL;
}

const struct dmn_type *dmn_type_known(
	const struct dmn_model *model, struct text name)
{
	const struct dmn_type *type = find_defined(model, name);

	return type ? type : find_imported(model, name);
}

const struct dmn_type *dmn_type_find(struct dmn_loader *loader,
	const struct dmn_model *model, const struct xml_element *xml,
	const char *written)
{
	struct text name = dmn_name_of(loader, written);
	const struct dmn_type *type;
	size_t i;

	if (loader->code != SHK_OK)
		return NULL;
	type = find_defined(model, name);
	if (!type)
		type = find_imported(model, name);
	name = without_prefix(name);
	if (!type)
		type = find_defined(model, name);
	for (i = 0; i < BUILTIN_COUNT && !type; i++) {
		if (!text_is(name, builtins[i].name))
			continue;
		if (builtins[i].type == FEEL_NULL)
			return &any_type;
		return new_builtin(loader, builtins[i].type);
	}
	return type ? type : not_found(loader, model, xml, name);
}

const struct dmn_type *dmn_type_of(struct dmn_loader *loader,
	const struct dmn_model *model, const struct xml_element *xml)
{
	const char *written = xml ? dmn_attribute(xml, "typeRef") : "";

	if (!written[0])
		return &any_type;
	return dmn_type_find(loader, model, xml, written);
}

static enum shk_code read_allowed(struct dmn_loader *loader,
	struct dmn_type *type, const struct xml_element *xml)
{
	const struct dmn_model *model = loader->model;
	const struct xml_element *allowed =
		dmn_child(model, xml, "allowedValues");

	const struct xml_element *whole =
		dmn_child(model, xml, "typeConstraint");

	/* the one is of the items, the other of the list (DMN 1.5) */
	if (whole && type->list && loader->general) {
		type->allowed_list = dmn_lower_text(loader, whole, true);
		if (!type->allowed_list)
			return loader->code;
	} else if (!allowed) {
		allowed = whole;
	}
	if (!allowed)
		return SHK_OK;
	type->allowed = dmn_lower_text(loader, allowed, true);
	if (!type->allowed)
		return loader->code;
	return dmn_domain_of_tests(
		loader, model, allowed, type->allowed, &type->allowed_domain);
}

static enum shk_code read_type(struct dmn_loader *loader, struct dmn_type *type,
	const struct xml_element *xml);

static enum shk_code read_components(struct dmn_loader *loader,
	struct dmn_type *type, const struct xml_element *xml)
{
	const struct dmn_model *model = loader->model;
	const struct xml_element *part = dmn_child(model, xml, "itemComponent");
	size_t count = dmn_child_count(model, xml, "itemComponent");
	struct dmn_type *parts;

	if (count > DMN_COMPONENTS_MAX)
		return dmn_too_many(loader, model, xml,
			"components of one item definition",
			DMN_COMPONENTS_MAX);
	parts = arena_zeroed(loader->arena, count, sizeof(*parts));
	if (!parts)
		return dmn_no_memory(loader);
	type->base = FEEL_CONTEXT;
	type->components = parts;
	for (; part && loader->code == SHK_OK;
		part = dmn_next(model, part, "itemComponent")) {
		struct dmn_type *next = &parts[type->component_count++];

		next->name = dmn_name_of(loader, dmn_attribute(part, "name"));
		read_type(loader, next, part);
	}
	return loader->code;
}

/* An item definition or a component, whose names are already known. */
static enum shk_code read_type(struct dmn_loader *loader, struct dmn_type *type,
	const struct xml_element *xml)
{
	const struct dmn_model *model = loader->model;
	const struct xml_element *ref = dmn_child(model, xml, "typeRef");
	const char *list = dmn_attribute(xml, "isCollection");

	if (!dmn_deeper(loader, xml))
		return loader->code;
	type->xml = xml;
	type->model = model;
	if (loader->general && !dmn_new_reference(loader, type, false))
		return loader->code;
	type->list = strcmp(list, "true") == 0 || strcmp(list, "1") == 0;
	if (ref)
		type->of = dmn_type_find(loader, model, ref, ref->text);
	else if (dmn_child(model, xml, "functionItem"))
		type->base = FEEL_FUNCTION;
	else if (dmn_child(model, xml, "itemComponent"))
		read_components(loader, type, xml);
	if (loader->code == SHK_OK)
		read_allowed(loader, type, xml);
	loader->depth--;
	return loader->code;
}

static enum shk_code name_types(
	struct dmn_loader *loader, struct dmn_model *model)
{
	const struct xml_element *xml =
		dmn_child(model, model->root, "itemDefinition");
	size_t count = dmn_child_count(model, model->root, "itemDefinition");

	if (count > DMN_TYPES_MAX)
		return dmn_too_many(
			loader, model, xml, "item definitions", DMN_TYPES_MAX);
	model->types =
		arena_zeroed(loader->arena, count + 1, sizeof(*model->types));
	if (!model->types)
		return dmn_no_memory(loader);
	for (; xml; xml = dmn_next(model, xml, "itemDefinition")) {
		struct text name =
			dmn_name_of(loader, dmn_attribute(xml, "name"));
		const struct dmn_type *other = find_defined(model, name);

		if (loader->code != SHK_OK)
			return loader->code;
		if (other)
			return dmn_refuse(loader, model, xml,
				"a second item definition \"%s\", first on "
				"line %ld",
				name.data, other->xml->line);
		model->types[model->type_count].xml = xml;
		model->types[model->type_count++].name = name;
	}
	return loader->code;
}

/* A chain of definitions must end; components may lead back. */
static enum shk_code check_chain(struct dmn_loader *loader,
	const struct dmn_model *model, const struct dmn_type *type)
{
	const struct dmn_type *at = type;
	size_t steps = 0;

	for (; at->of; at = at->of)
		if (++steps > DMN_TYPE_CHAIN_MAX)
			return dmn_refuse(loader, model, type->xml,
				"item definition \"%s\" is defined by itself, "
				"or by a chain of more than %d others",
				type->name.data, DMN_TYPE_CHAIN_MAX);
	return SHK_OK;
}

static enum shk_code check_chains(struct dmn_loader *loader,
	const struct dmn_model *model, const struct dmn_type *types,
	size_t count)
{
	size_t i;

	for (i = 0; i < count && loader->code == SHK_OK; i++)
		if (check_chain(loader, model, &types[i]) == SHK_OK)
			check_chains(loader, model, types[i].components,
				types[i].component_count);
	return loader->code;
}

/* A definition with a fault may be anything. */
static void forgive_type(struct dmn_loader *loader, struct dmn_type *type)
{
	if (!dmn_forgive(loader))
		return;
	loader->depth = 0;
	type->of = NULL;
	type->base = FEEL_NULL;
	type->component_count = 0;
	if (!type->ref)
		dmn_new_reference(loader, type, false);
}

enum shk_code dmn_read_types(struct dmn_loader *loader)
{
	size_t i;
	size_t k;

	for (i = 0; i < loader->model_count && loader->code == SHK_OK; i++)
		name_types(loader, loader->models[i]);
	for (i = 0; i < loader->model_count; i++) {
		struct dmn_model *model = loader->models[i];

		loader->model = model;
		for (k = 0; k < model->type_count && loader->code == SHK_OK;
			k++)
			if (read_type(loader, &model->types[k],
				    model->types[k].xml) != SHK_OK)
				forgive_type(loader, &model->types[k]);
	}
	for (i = 0; i < loader->model_count && loader->code == SHK_OK; i++)
		check_chains(loader, loader->models[i],
			loader->models[i]->types,
			loader->models[i]->type_count);
	if (loader->general && loader->code == SHK_OK)
		dmn_fill_references(loader);
	return loader->code;
}

const struct feel_type_ref *dmn_type_ref(
	struct dmn_loader *loader, const struct dmn_type *type)
{
	struct feel_type_ref *ref =
		arena_zeroed(loader->arena, 1, sizeof(*ref));
	const struct feel_type_ref **members;

	if (!ref) {
		dmn_no_memory(loader);
		return NULL;
	}
	if (!type->list) {
		ref->type = type->base;
		return type->of ? dmn_type_ref(loader, type->of) : ref;
	}
	members = arena_zeroed(loader->arena, 1, sizeof(*members));
	if (!members) {
		dmn_no_memory(loader);
		return NULL;
	}
	ref->type = FEEL_LIST;
	if (type->of)
		members[0] = dmn_type_ref(loader, type->of);
	else if (type->base != FEEL_NULL) {
		struct feel_type_ref *item =
			arena_zeroed(loader->arena, 1, sizeof(*item));

		if (item)
			item->type = type->base;
		members[0] = item;
	}
	ref->members = members;
	ref->count = members[0] ? 1 : 0;
	return ref;
}
