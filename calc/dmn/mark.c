/*
 * Citations of a model: <shk:cite> inside <extensionElements>. An element
 * with at least one becomes a mark, which the machine puts on the path of
 * every decision that evaluates the element.
 */
#include "dmn/model.h"

#include <string.h>

#include "base/memory.h"

static bool is_cite(const struct xml_element *xml)
{
	return strcmp(xml->name, "cite") == 0 &&
	       strcmp(xml->space, DMN_EXTENSION_SPACE) == 0;
}

bool dmn_is_monotone(
	const struct dmn_model *model, const struct xml_element *xml)
{
	const struct xml_element *extensions =
		dmn_child(model, xml, "extensionElements");

	xml = extensions ? extensions->first : NULL;
	for (; xml; xml = xml->next)
		if (strcmp(xml->name, "monotone") == 0 &&
			strcmp(xml->space, DMN_EXTENSION_SPACE) == 0)
			return true;
	return false;
}

static size_t cite_count(const struct xml_element *extensions)
{
	const struct xml_element *xml = extensions ? extensions->first : NULL;
	size_t count = 0;

	for (; xml; xml = xml->next)
		count += is_cite(xml);
	return count;
}

static const struct dmn_cite *read_cites(struct dmn_loader *loader,
	const struct xml_element *extensions, size_t count)
{
	struct dmn_cite *cites =
		arena_zeroed(loader->arena, count, sizeof(*cites));
	const struct xml_element *xml = extensions->first;
	size_t i = 0;

	if (!cites) {
		dmn_no_memory(loader);
		return NULL;
	}
	for (; xml; xml = xml->next) {
		if (!is_cite(xml))
			continue;
		cites[i].source = dmn_attribute(xml, "source");
		cites[i].place = dmn_attribute(xml, "place");
		cites[i].evidence = dmn_attribute(xml, "evidence");
		cites[i].unit = dmn_attribute(xml, "unit");
		cites[i].rounding = dmn_attribute(xml, "rounding");
		i++;
	}
	return cites;
}

uint32_t dmn_mark_of(struct dmn_loader *loader, const struct dmn_model *model,
	const struct xml_element *xml, struct text owner, unsigned row)
{
	const struct xml_element *extensions =
		dmn_child(model, xml, "extensionElements");
	size_t count = cite_count(extensions);
	struct dmn_mark *mark;

	if (count == 0 || loader->code != SHK_OK)
		return FEEL_NO_MARK;
	if (count > DMN_CITES_MAX)
		dmn_too_many(loader, model, xml, "citations of one element",
			DMN_CITES_MAX);
	else if (loader->mark_count == DMN_MARKS_MAX)
		dmn_too_many(loader, model, xml, "cited elements in one graph",
			DMN_MARKS_MAX);
	else
		dmn_grow(loader, (void **)&loader->marks,
			&loader->mark_capacity, loader->mark_count,
			sizeof(*loader->marks));
	if (loader->code != SHK_OK)
		return FEEL_NO_MARK;
	mark = &loader->marks[loader->mark_count];
	mark->owner = owner;
	mark->element = dmn_attribute(xml, "id");
	mark->description = dmn_description(model, xml);
	mark->row = row;
	mark->cite_count = count;
	mark->cites = read_cites(loader, extensions, count);
	return mark->cites ? (uint32_t)loader->mark_count++ : FEEL_NO_MARK;
}
