/*
 * Where the content of each element begins in its file, so that a FEEL error
 * is told at the true line and column. The document is known to be well-formed
 * by now; this scan only walks over its markup and counts.
 */
#include "dmn/model.h"

#include <string.h>

struct scan {
	const char *at;
	const char *end;
	long line;
	long column;
};

static void step(struct scan *scan, size_t size)
{
	const char *at = scan->at;
	const char *end = scan->end;
	long line = scan->line;
	long column = scan->column;

	if ((size_t)(end - at) > size)
		end = at + size;
	for (; at < end; at++) {
		if (*at == '\n') {
			line++;
			column = 1;
		} else if (((unsigned char)*at & 0xC0) != 0x80) {
			column++;
		}
	}
	*scan = (struct scan){ at, scan->end, line, column };
}

static bool begins(const struct scan *scan, const char *mark)
{
	size_t size = strlen(mark);

	return (size_t)(scan->end - scan->at) >= size &&
	       memcmp(scan->at, mark, size) == 0;
}

/* Move behind the next `mark`. */
static void skip_past(struct scan *scan, const char *mark)
{
	while (scan->at < scan->end && !begins(scan, mark))
		step(scan, 1);
	step(scan, strlen(mark));
}

/* Move behind the `>` of the tag here; a `>` may stand in a value. */
static void skip_tag(struct scan *scan)
{
	const char *at = scan->at;
	char quote = 0;

	for (; at < scan->end && (quote || *at != '>'); at++) {
		if (quote)
			quote = *at == quote ? 0 : quote;
		else if (*at == '"' || *at == '\'')
			quote = *at;
	}
	step(scan, (size_t)(at - scan->at) + 1);
}

/* Move to the next start tag; false at the end. */
static bool next_start(struct scan *scan)
{
	for (;;) {
		const char *tag =
			memchr(scan->at, '<', (size_t)(scan->end - scan->at));

		step(scan, (size_t)((tag ? tag : scan->end) - scan->at));
		if (!tag)
			return false;
		if (begins(scan, "<!--"))
			skip_past(scan, "-->");
		else if (begins(scan, "<![CDATA["))
			skip_past(scan, "]]>");
		else if (begins(scan, "<?"))
			skip_past(scan, "?>");
		else if (begins(scan, "</") || begins(scan, "<!"))
			skip_tag(scan);
		else
			return true;
	}
}

const struct xml_element *dmn_walk(const struct xml_element *xml)
{
	if (xml->first)
		return xml->first;
	while (xml && !xml->next)
		xml = xml->parent;
	return xml ? xml->next : NULL;
}

static size_t element_count(const struct xml_element *root)
{
	size_t count = 0;

	for (; root; root = dmn_walk(root))
		count++;
	return count;
}

/*
 * The diagram stands last and holds no text of FEEL; it is half of a file.
 */
static bool is_diagram(
	const struct dmn_model *model, const struct xml_element *xml)
{
	return xml->parent == model->root && !xml->next &&
	       strcmp(xml->name, "DMNDI") == 0;
}

/* In another encoding than UTF-8 bytes say nothing: keep the tags' places. */
static bool is_utf8(struct text document)
{
	return document.size > 0 && document.data[0] != '\0' &&
	       utf8_valid(document.data, document.size) == document.size;
}

static void set_place(struct dmn_place *place, const struct scan *tag)
{
	struct scan scan = *tag;

	skip_tag(&scan);
	if (begins(&scan, "<![CDATA["))
		step(&scan, strlen("<![CDATA["));
	place->line = scan.line;
	place->column = scan.column;
}

enum shk_code dmn_index_places(struct dmn_loader *loader,
	struct dmn_model *model, struct text document)
{
	struct scan scan = { document.data, document.data + document.size, 1,
		1 };
	const struct xml_element *xml = model->root;
	bool exact = is_utf8(document);
	size_t i;

	/* a byte order mark is not a character of the text */
	if (begins(&scan, "\xEF\xBB\xBF"))
		scan.at += 3;
	model->place_count = element_count(model->root);
	model->places = arena_zeroed(
		loader->arena, model->place_count, sizeof(*model->places));
	if (!model->places)
		return dmn_no_memory(loader);
	for (i = 0; i < model->place_count; i++, xml = dmn_walk(xml)) {
		struct dmn_place *place = &model->places[i];

		if (is_diagram(model, xml))
			break;
		place->element = xml;
		place->line = xml->line;
		place->column = xml->column;
		exact = exact && next_start(&scan);
		if (!exact)
			continue;
		set_place(place, &scan);
		step(&scan, 1);
	}
	model->place_count = i;
	return SHK_OK;
}

struct feel_place dmn_place_of(struct dmn_loader *loader,
	const struct dmn_model *model, const struct xml_element *xml)
{
	struct feel_place place = { model->path, xml->line, xml->column };
	size_t i;

	for (i = 0; i < model->place_count; i++) {
		size_t at = (loader->place_cursor + i) % model->place_count;

		if (model->places[at].element == xml) {
			place.line = model->places[at].line;
			place.column = model->places[at].column;
			loader->place_cursor = at;
			break;
		}
	}
	return place;
}
