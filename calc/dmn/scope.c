/*
 * Names that the text of an element may use. Only what the element requires
 * is in scope (house rule), beside its own locals and FEEL's built-ins. The
 * parts of contexts are names too, since FEEL text may follow a dot with a
 * name of several words: they are known to the parser, not to the compiler.
 */
#include "dmn/model.h"

#include <string.h>

#include "base/memory.h"

bool dmn_scope_push(struct dmn_loader *loader, struct text name)
{
	if (loader->code != SHK_OK ||
		!dmn_grow(loader, (void **)&loader->names,
			&loader->name_capacity, loader->name_count,
			sizeof(*loader->names)))
		return false;
	loader->names[loader->name_count++] = name;
	return true;
}

/* One word needs no help: the parser takes any single word for a name. */
static bool is_word(struct text name)
{
	size_t i;

	for (i = 0; i < name.size; i++)
		if (strchr(" ./-'+*?", name.data[i]))
			return false;
	return true;
}

bool dmn_names_a_part(
	const struct dmn_model *model, const struct xml_element *xml)
{
	if (dmn_is(model, xml, "itemComponent") ||
		dmn_is(model, xml, "output") || dmn_is(model, xml, "column"))
		return true;
	return dmn_is(model, xml, "variable") && xml->parent &&
	       dmn_is(model, xml->parent, "contextEntry");
}

enum shk_code dmn_scope_members(struct dmn_loader *loader)
{
	size_t i;

	for (i = 0; i < loader->model_count && loader->code == SHK_OK; i++) {
		const struct dmn_model *model = loader->models[i];
		const struct xml_element *xml = model->root;

		for (; xml && loader->code == SHK_OK; xml = dmn_walk(xml)) {
			struct text name;

			if (!dmn_names_a_part(model, xml))
				continue;
			name = dmn_name_of(loader, dmn_attribute(xml, "name"));
			if (!is_word(name))
				dmn_scope_push(loader, name);
		}
	}
	return loader->code;
}

static bool is_name(const void *context, struct text candidate)
{
	const struct dmn_loader *loader = context;
	size_t i;

	for (i = loader->name_count; i > 0; i--)
		if (text_equal(loader->names[i - 1], candidate))
			return true;
	return false;
}

static bool is_prefix(const void *context, struct text candidate)
{
	const struct dmn_loader *loader = context;
	size_t i;

	for (i = loader->name_count; i > 0; i--) {
		struct text name = loader->names[i - 1];

		if (name.size > candidate.size &&
			memcmp(name.data, candidate.data, candidate.size) == 0)
			return true;
	}
	return false;
}

struct feel_names dmn_scope_names(const struct dmn_loader *loader)
{
	return (struct feel_names){ loader, is_name, is_prefix };
}

/*
 * The compiler asks for names that are not local. Those that the
 * requirements lack are kept, to say more about them (miss.c).
 */
static int find_slot(const void *context, struct text name)
{
	const struct dmn_loader *loader = context;
	const struct dmn_element *owner = loader->owner;
	struct dmn_misses *misses = loader->misses_of;
	size_t i;

	for (i = 0; i < owner->need_count; i++)
		if (text_equal(owner->needs[i].name, name))
			return (int)owner->needs[i].slot;
	if (owner->kind == DMN_KNOWLEDGE && text_equal(owner->name, name))
		return (int)owner->slot;
	dmn_miss(misses, name);
	return -1;
}

static const struct feel_type_ref *find_type(
	const void *context, struct text name)
{
	const struct dmn_loader *loader = context;
	const struct dmn_type *type = dmn_type_known(loader->model, name);

	return type ? type->ref : NULL;
}

static struct text slot_name(const void *context, unsigned slot)
{
	const struct dmn_loader *loader = context;

	return loader->slots[slot].name;
}

struct feel_globals dmn_scope_globals(struct dmn_loader *loader)
{
	return (struct feel_globals){ .context = loader,
		.slot = find_slot,
		.name = slot_name,
		.type = loader->general ? find_type : NULL };
}
