/*
 * Names that the compiler looked for in vain and yet went on: inside a filter
 * a name may be a part of the item, which only shows when the program runs.
 * So a typing error, or a fact that is not required, would silently be null.
 * A name that no context of the graph has as a part is held against that:
 * refused when it is an element of the models, noted otherwise.
 */
#include "dmn/model.h"

#include "base/memory.h"
#include "feel/builtin.h"

void dmn_miss(struct dmn_misses *misses, struct text name)
{
	if (feel_builtin_find(name) >= 0)
		return;
	misses->last = name;
	if (!memory_grow((void **)&misses->items, &misses->capacity,
		    misses->count + 1, sizeof(*misses->items))) {
		misses->failed = true;
		return;
	}
	misses->items[misses->count].element = misses->element;
	misses->items[misses->count++].name = name;
}

static void add_key(struct dmn_misses *misses, struct text name)
{
	if (memory_grow((void **)&misses->keys, &misses->key_capacity,
		    misses->key_count + 1, sizeof(*misses->keys)))
		misses->keys[misses->key_count++] = name;
	else
		misses->failed = true;
}

static void add_nodes(struct dmn_misses *misses,
	const struct feel_node *const *nodes, size_t count)
{
	size_t i;

	for (i = 0; nodes && i < count; i++)
		dmn_miss_keys(misses, nodes[i]);
}

static void add_table(struct dmn_misses *misses, const struct feel_table *table)
{
	size_t i;

	add_nodes(misses, table->inputs, table->input_count);
	add_nodes(misses, table->defaults, table->output_count);
	for (i = 0; i < table->rule_count; i++) {
		add_nodes(misses, table->rules[i].tests, table->input_count);
		add_nodes(misses, table->rules[i].outputs, table->output_count);
	}
}

/* As deep as the parser and the lowering let a tree be. */
void dmn_miss_keys(struct dmn_misses *misses, const struct feel_node *node)
{
	size_t i;

	if (!node)
		return;
	for (i = 0; node->kind == FEEL_NODE_CONTEXT && i < node->name_count;
		i++)
		add_key(misses, node->names[i]);
	if (node->kind == FEEL_NODE_TABLE)
		add_table(misses, node->table);
	add_nodes(misses, node->kids, node->count);
}

/* A part of a context, by the item definitions, tables or texts? */
static bool is_part(const struct dmn_loader *loader, struct text name)
{
	const struct dmn_misses *misses = &loader->misses;
	size_t i;

	for (i = 0; i < misses->key_count; i++)
		if (text_equal(misses->keys[i], name))
			return true;
	for (i = 0; i < loader->model_count; i++) {
		const struct dmn_model *model = loader->models[i];
		const struct xml_element *xml = model->root;

		for (; xml; xml = dmn_walk(xml))
			if (dmn_names_a_part(model, xml) &&
				text_is(name, dmn_attribute(xml, "name")))
				return true;
	}
	/* what FEEL puts into a filter itself */
	return text_is(name, "item");
}

static const struct dmn_element *find_element(
	const struct dmn_loader *loader, struct text name)
{
	size_t i;

	for (i = 0; i < loader->element_count; i++)
		if (text_equal(loader->elements[i]->name, name))
			return loader->elements[i];
	return NULL;
}

enum shk_code dmn_check_misses(
	struct dmn_loader *loader, struct dmn_models *models)
{
	struct dmn_misses *misses = &loader->misses;
	struct dmn_miss *notes =
		arena_zeroed(loader->arena, misses->count + 1, sizeof(*notes));
	size_t i;

	if (!notes || misses->failed)
		return dmn_no_memory(loader);
	models->notes = notes;
	for (i = 0; i < misses->count; i++) {
		const struct dmn_miss *miss = &misses->items[i];

		if (is_part(loader, miss->name))
			continue;
		if (find_element(loader, miss->name) && !loader->general)
			return dmn_refuse(loader, miss->element->model,
				miss->element->xml,
				"\"%s\" uses \"%.*s\" in a filter, but no "
				"requirement leads to it",
				miss->element->name.data, (int)miss->name.size,
				miss->name.data);
		notes[models->note_count++] = *miss;
	}
	return SHK_OK;
}
