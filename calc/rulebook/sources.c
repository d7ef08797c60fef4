/*
 * sources.xml: the documents that rules are taken from, and their words at the
 * places that rules cite.
 */
#include <string.h>

#include "rulebook/loader.h"

/* The children of that tag, of which each has a place. */
static enum shk_code passages_read(struct loader *loader,
	const struct xml_element *element, const char *tag, size_t *count,
	const struct rulebook_quote **out)
{
	const struct xml_element *child = xml_child(element, tag);
	struct rulebook_quote *passages;
	size_t i;

	*count = loader_count(element, tag);
	passages = arena_zeroed(loader->arena, *count + 1, sizeof(*passages));
	if (!passages)
		return diag_memory(loader->diag);
	for (i = 0; i < *count; i++) {
		enum shk_code code = loader_required(
			loader, child, "place", &passages[i].place);

		if (code)
			return code;
		passages[i].text = child->text;
		child = xml_sibling(child, tag);
	}
	*out = passages;
	return SHK_OK;
}

static const char *child_text(
	const struct xml_element *element, const char *name)
{
	const struct xml_element *child = xml_child(element, name);

	return child ? child->text : "";
}

static enum shk_code source_read(struct loader *loader,
	const struct xml_element *element, struct rulebook_source *source)
{
	enum shk_code code;

	code = loader_required(loader, element, "id", &source->id);
	if (code)
		return code;
	if (rulebook_source_find(loader->book, source->id))
		return loader_fail(loader, element,
			"the source \"%s\" stands here twice", source->id);
	source->title = child_text(element, "title");
	source->date = loader_optional(element, "date");
	source->seen = child_text(element, "seen");
	source->url = child_text(element, "url");
	code = passages_read(loader, element, "quote", &source->quote_count,
		&source->quotes);
	return code ? code
		    : passages_read(loader, element, "reading",
			      &source->reading_count, &source->readings);
}

enum shk_code sources_read(struct loader *loader)
{
	static const char *const known[] = { "source", NULL };
	struct xml_element *root;
	const struct xml_element *child;
	struct rulebook_source *sources;
	size_t count;
	enum shk_code code = loader_open(
		loader, "sources.xml", "sources", SOURCES_SPACE, known, &root);

	if (code)
		return code;
	count = loader_count(root, "source");
	sources = arena_zeroed(loader->arena, count + 1, sizeof(*sources));
	if (!sources)
		return diag_memory(loader->diag);
	loader->book->sources = sources;
	child = xml_child(root, "source");
	for (; child; child = xml_sibling(child, "source")) {
		code = source_read(
			loader, child, &sources[loader->book->source_count]);
		if (code)
			return code;
		loader->book->source_count++;
	}
	return SHK_OK;
}

const struct rulebook_source *rulebook_source_find(
	const shk_rulebook *book, const char *id)
{
	for (size_t i = 0; i < book->source_count; i++)
		if (strcmp(book->sources[i].id, id) == 0)
			return &book->sources[i];
	return NULL;
}

const char *rulebook_quote_at(
	const struct rulebook_source *source, const char *place)
{
	for (size_t i = 0; source && i < source->quote_count; i++)
		if (strcmp(source->quotes[i].place, place) == 0)
			return source->quotes[i].text;
	return "";
}
