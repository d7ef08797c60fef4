/*
 * A whole document in one go, by the events of libxml2's parser: no node of it
 * is built but our own elements. The bytes come through the scanner as they do
 * for the pull parser, with the same ceilings and the same places.
 */
#include <libxml/parserInternals.h>
#include <string.h>

#include "xml/source.h"

/*
 * What an event means is said by the parser's five entities, so they are put
 * in; there are no others, since the scanner lets no document type through.
 */
#define WHOLE_OPTIONS (XML_PARSE_NONET | XML_PARSE_NOENT)

/* Of an attribute: name, prefix, address, begin and end of its value. */
enum { WHOLE_NAME, WHOLE_PREFIX, WHOLE_SPACE, WHOLE_BEGIN, WHOLE_END };
#define WHOLE_PARTS 5

#define WHOLE_REST 8 /* bytes of a construct that was cut off */

struct whole {
	struct xml_source *source;
	struct arena *arena;
	xmlParserCtxtPtr parser;
	struct xml_element *root;
	struct xml_element *open; /* NULL: before or behind the root */
	int level;		  /* of `open` */
};

static void give_up(struct whole *whole)
{
	whole->open = NULL;
	xmlStopParser(whole->parser);
}

static bool attribute_keep(
	struct whole *whole, const xmlChar **from, struct xml_attribute *out)
{
	struct xml_source *source = whole->source;
	const char *space = (const char *)from[WHOLE_SPACE];
	const char *begin = (const char *)from[WHOLE_BEGIN];
	const char *end = (const char *)from[WHOLE_END];

	out->space = xml_source_copy(
		source, whole->arena, space, space ? strlen(space) : 0);
	out->name = xml_source_name(source, whole->arena, from[WHOLE_NAME]);
	out->value = xml_source_copy(
		source, whole->arena, begin, (size_t)(end - begin));
	return out->space && out->name && out->value;
}

static bool attributes_keep(struct whole *whole, struct xml_element *element,
	int count, const xmlChar **attributes)
{
	struct xml_attribute *list;

	if (count == 0)
		return true;
	list = arena_zeroed(whole->arena, (size_t)count, sizeof(*list));
	if (!list)
		return xml_out_of_memory(whole->source) != NULL;
	element->attributes = list;
	for (int i = 0; i < count; i++)
		if (!attribute_keep(whole, attributes + i * WHOLE_PARTS,
			    &list[element->attribute_count++]))
			return false;
	return true;
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix,
	const xmlChar *space, int space_count, const xmlChar **spaces,
	int count, int defaulted, const xmlChar **attributes)
{
	struct whole *whole = context;
	const xmlChar *names[3] = { name, space, prefix };
	struct xml_element *element;

	(void)space_count;
	(void)spaces;
	(void)defaulted;
	if (whole->source->fault.code)
		return;
	element = xml_source_begin(whole->source, whole->arena, whole->open,
		whole->level + 1, names);
	if (!element || !attributes_keep(whole, element, count, attributes)) {
		give_up(whole);
		return;
	}
	whole->level++;
	if (whole->open)
		xml_source_hang(whole->source, element, whole->level);
	else
		whole->root = element;
	whole->open = element;
}

static void on_text(void *context, const xmlChar *text, int size)
{
	struct whole *whole = context;

	if (whole->open && !whole->source->fault.code &&
		!xml_source_add(whole->source, whole->open, whole->level,
			(const char *)text, (size_t)size))
		give_up(whole);
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix,
	const xmlChar *space)
{
	struct whole *whole = context;

	(void)name;
	(void)prefix;
	(void)space;
	if (!whole->open || whole->source->fault.code)
		return;
	if (!xml_source_finish(
		    whole->source, whole->arena, whole->open, whole->level)) {
		give_up(whole);
		return;
	}
	whole->open = whole->open->parent;
	whole->level--;
}

/*
 * Where the scanner lets nothing more through, the parser misses what follows:
 * the scanner knows better why.
 */
static void on_error(void *context, xmlErrorPtr error)
{
	const struct whole *whole = context;
	const xmlParserInput *input = whole->parser->input;

	if (!whole->source->scan.fault.code || whole->source->ended || !input ||
		input->end - input->cur > WHOLE_REST)
		xml_source_error(whole->source, error);
}

static void parse(struct whole *whole)
{
	xmlSAXHandler events = { .initialized = XML_SAX2_MAGIC,
		.startElementNs = on_start,
		.endElementNs = on_end,
		.characters = on_text,
		.ignorableWhitespace = on_text,
		.cdataBlock = on_text,
		.serror = on_error };

	whole->parser = xmlNewParserCtxt();
	if (!whole->parser) {
		xml_out_of_memory(whole->source);
		return;
	}
	*whole->parser->sax = events;
	whole->parser->userData = whole;
	xmlCtxtReadIO(whole->parser, xml_source_read, xml_source_close,
		whole->source, NULL, "UTF-8", WHOLE_OPTIONS);
	if (!whole->parser->wellFormed && !whole->source->fault.code &&
		!whole->source->scan.fault.code)
		xml_out_of_memory(whole->source);
	xmlFreeParserCtxt(whole->parser);
}

struct xml_element *xml_source_whole(
	struct xml_source *source, struct arena *arena)
{
	struct whole whole = { .source = source, .arena = arena };

	xml_handler_enter(source);
	parse(&whole);
	xml_handler_leave(source);
	return source->fault.code || source->scan.fault.code ? NULL
							     : whole.root;
}
