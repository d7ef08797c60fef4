/*
 * libxml2's pull parser, and what it has in common with whole.c. Messages are
 * taken by a handler that belongs to this document; the handlers of the thread
 * are replaced only while libxml2 runs, because reports of exhausted memory may
 * go there, and are put back before returning.
 */
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "xml/source.h"

/* No network; no entity substitution, no DTD, no XInclude, limits stay on. */
#define XML_SOURCE_OPTIONS XML_PARSE_NONET

/* Take libxml2's first error; what follows it is only consequence. */
void xml_source_error(void *context, xmlErrorPtr error)
{
	struct xml_source *source = context;
	struct xml_place place = { error->line, error->int2 };
	const char *message = error->message ? error->message : "unknown";
	size_t length = strlen(message);

	if (source->raised || error->level < XML_ERR_ERROR)
		return;
	/* Of an unfinished document the scanner knows more than this. */
	if (source->scan.fault.code &&
		(error->code == XML_ERR_DOCUMENT_END ||
			error->code == XML_ERR_TAG_NOT_FINISHED ||
			error->code == XML_ERR_DOCUMENT_EMPTY))
		return;
	if (error->code == XML_ERR_NO_MEMORY) {
		xml_fault_set(
			&source->fault, SHK_E_MEMORY, place, "out of memory");
		return;
	}
	while (length > 0 && message[length - 1] == '\n')
		length--;
	if (length > XML_MESSAGE_MAX)
		length = XML_MESSAGE_MAX;
	xml_fault_set(&source->fault, source->scan.failure, place,
		"not well-formed XML: %.*s", (int)length, message);
}

/* What libxml2 would print: only that memory ran out while it starts. */
static void xml_source_silence(void *context, const char *format, ...)
{
	(void)context;
	(void)format;
}

/* Calls may nest: asking for the thread's handlers is slow. */
void xml_handler_enter(struct xml_source *source)
{
	if (source->inside++ > 0)
		return;
	source->outside = (struct xml_handler){ xmlStructuredError,
		xmlStructuredErrorContext, xmlGenericError,
		xmlGenericErrorContext };
	xmlSetStructuredErrorFunc(source, xml_source_error);
	xmlSetGenericErrorFunc(NULL, xml_source_silence);
}

void xml_handler_leave(struct xml_source *source)
{
	const struct xml_handler *old = &source->outside;

	if (--source->inside > 0)
		return;
	xmlSetStructuredErrorFunc(old->structured_context, old->structured);
	xmlSetGenericErrorFunc(old->generic_context, old->generic);
}

/* Up to `size` bytes from where the document comes from; -1: failed. */
static ssize_t xml_source_fill(
	struct xml_source *source, char *out, size_t size)
{
	size_t total = 0;

	if (source->descriptor < 0) {
		total = source->left < size ? source->left : size;
		if (total)
			memcpy(out, source->data, total);
		source->data += total;
		source->left -= total;
		return (ssize_t)total;
	}
	/* Full blocks, so that the same bytes always fail in one place. */
	while (total < size) {
		ssize_t got =
			read(source->descriptor, out + total, size - total);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		total += (size_t)got;
	}
	return (ssize_t)total;
}

/* libxml2 asks for bytes: at most `size`, 0 at the end, -1 to give up. */
int xml_source_read(void *context, char *out, int size)
{
	struct xml_source *source = context;
	struct xml_scan *scan = &source->scan;
	ssize_t got = 0;
	size_t good = 0;

	if (source->ended)
		return 0;
	if (!scan->fault.code) {
		got = xml_source_fill(source, out, (size_t)size);
		if (got < 0)
			xml_fault_set(&scan->fault, SHK_E_IO, scan->place,
				"the file could not be read");
	}
	if (!source->begun && got >= 3 && memcmp(out, "\xEF\xBB\xBF", 3) == 0) {
		got -= 3;
		memmove(out, out + 3, (size_t)got);
	}
	source->begun = true;
	if (got == 0 && !scan->fault.code) {
		/* Whatever is missing, the parser may find an error first. */
		xml_scan_finish(scan);
		source->ended = scan->utf8_need == 0;
	}
	if (source->ended)
		return 0;
	if (got > 0)
		good = xml_scan_bytes(scan, out, (size_t)got);
	if (good == 0 && scan->fault.code) {
		source->raised = true;
		return -1;
	}
	return (int)good;
}

int xml_source_close(void *context)
{
	(void)context;
	return 0;
}

void xml_source_prepare(struct xml_source *source, struct text document,
	int descriptor, enum shk_code failure, size_t item_max)
{
	memset(source, 0, sizeof(*source));
	xml_scan_init(&source->scan, failure, item_max);
	source->data = document.data;
	source->left = document.size;
	source->descriptor = descriptor;
}

bool xml_source_init(struct xml_source *source, struct text document,
	int descriptor, enum shk_code failure, size_t item_max)
{
	xml_source_prepare(source, document, descriptor, failure, item_max);
	xml_handler_enter(source);
	source->reader = xmlReaderForIO(xml_source_read, xml_source_close,
		source, NULL, "UTF-8", XML_SOURCE_OPTIONS);
	if (source->reader)
		xmlTextReaderSetStructuredErrorHandler(
			source->reader, xml_source_error, source);
	xml_handler_leave(source);
	return source->reader != NULL;
}

void xml_source_release(struct xml_source *source)
{
	xml_handler_enter(source);
	if (source->reader)
		xmlFreeTextReader(source->reader);
	xmlResetLastError(); /* it would keep the message */
	xml_handler_leave(source);
	source->reader = NULL;
	for (int i = 0; i <= XML_DEPTH_MAX; i++)
		buffer_release(&source->levels[i].text);
	xml_scan_release(&source->scan);
}

/* What the node that the parser stands on means to us. */
static enum xml_step xml_source_kind(struct xml_source *source, bool *skip)
{
	*skip = false;
	switch (xmlTextReaderNodeType(source->reader)) {
	case XML_READER_TYPE_ELEMENT:
		return XML_STEP_START;
	case XML_READER_TYPE_END_ELEMENT:
		return XML_STEP_END_TAG;
	case XML_READER_TYPE_TEXT:
	case XML_READER_TYPE_CDATA:
	case XML_READER_TYPE_WHITESPACE:
	case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
		return XML_STEP_TEXT;
	case XML_READER_TYPE_COMMENT:
	case XML_READER_TYPE_PROCESSING_INSTRUCTION:
	case XML_READER_TYPE_XML_DECLARATION:
		*skip = true;
		return XML_STEP_TEXT;
	default:
		xml_fault_set(&source->fault, source->scan.failure,
			source->scan.tag,
			"entities and document types are not allowed");
		return XML_STEP_FAILED;
	}
}

enum xml_step xml_source_step(struct xml_source *source)
{
	enum xml_step step = XML_STEP_FAILED;
	bool skip = true;

	xml_handler_enter(source);
	while (skip) {
		int more = xmlTextReaderRead(source->reader);

		if (more < 0 || source->fault.code) {
			step = XML_STEP_FAILED;
			break;
		}
		if (more == 0) {
			step = source->scan.fault.code ? XML_STEP_FAILED
						       : XML_STEP_END;
			break;
		}
		step = xml_source_kind(source, &skip);
	}
	xml_handler_leave(source);
	return step;
}

bool xml_source_empty(struct xml_source *source)
{
	return xmlTextReaderIsEmptyElement(source->reader) == 1;
}

enum shk_code xml_source_fail(
	const struct xml_source *source, const char *path, shk_diag *diag)
{
	const struct xml_fault *fault = &source->fault;

	if (!fault->code)
		fault = &source->scan.fault;
	/* libxml2 gives up in silence only when memory ran out. */
	if (!fault->code)
		return diag_memory(diag);
	/* A message that was cut may end inside a character. */
	diag_set(diag, fault->code, "%.*s",
		(int)utf8_valid(fault->message, strlen(fault->message)),
		fault->message);
	diag_place(diag, path, fault->place.line, fault->place.column);
	return fault->code;
}

void *xml_out_of_memory(struct xml_source *source)
{
	xml_fault_set(&source->fault, SHK_E_MEMORY, source->scan.tag,
		"out of memory");
	return NULL;
}

const char *xml_source_copy(struct xml_source *source, struct arena *arena,
	const char *text, size_t size)
{
	const char *copy;

	if (size == 0)
		return "";
	if (size > XML_TEXT_MAX) {
		xml_fault_set(&source->fault, SHK_E_LIMIT, source->scan.tag,
			"a value is longer than %u bytes", XML_TEXT_MAX);
		return NULL;
	}
	copy = arena_text(arena, text, size);
	return copy ? copy : xml_out_of_memory(source);
}

/* The same of a text that ends with a NUL; NULL counts as empty. */
static const char *copy_text(
	struct xml_source *source, struct arena *arena, const xmlChar *text)
{
	const char *plain = (const char *)text;

	return xml_source_copy(source, arena, plain, plain ? strlen(plain) : 0);
}

/* The parser keeps names once: so do we, within a tree. (Addresses of
   namespaces it does not.) */
const char *xml_source_name(
	struct xml_source *source, struct arena *arena, const xmlChar *name)
{
	uintptr_t key = (uintptr_t)name;
	struct xml_known *known = &source->known[(key ^ key >> 8) % XML_KNOWN];

	if (!name)
		return "";
	if (known->name == name)
		return known->copy;
	known->copy = copy_text(source, arena, name);
	known->name = known->copy ? name : NULL;
	return known->copy;
}

/* As copy_text, but share `known` when it says the same. */
static const char *xml_source_share(struct xml_source *source,
	struct arena *arena, const xmlChar *text, const char *known)
{
	if (known && text && strcmp((const char *)text, known) == 0)
		return known;
	return copy_text(source, arena, text);
}

/* The value of an attribute: one text, but for what was an entity in it. */
static const char *xml_source_value(struct xml_source *source,
	struct arena *arena, const xmlAttr *attribute)
{
	const xmlNode *text = attribute->children;
	const char *copy;
	xmlChar *joined;

	if (!text)
		return "";
	if (!text->next && text->type == XML_TEXT_NODE)
		return copy_text(source, arena, text->content);
	joined = xmlNodeListGetString(attribute->doc, attribute->children, 1);
	if (!joined)
		return xml_out_of_memory(source);
	copy = copy_text(source, arena, joined);
	xmlFree(joined);
	return copy;
}

static bool xml_source_attribute(struct xml_source *source, struct arena *arena,
	const xmlAttr *from, struct xml_attribute *out)
{
	const struct _xmlNs *space = from->ns;

	out->space = copy_text(source, arena, space ? space->href : NULL);
	out->name = copy_text(source, arena, from->name);
	out->value = xml_source_value(source, arena, from);
	return out->space && out->name && out->value;
}

/*
 * Attributes of the start tag; declarations of namespaces are not among them.
 * The node itself is read: the questions that the reader answers cost a
 * search in its dictionary each.
 */
static bool xml_source_attributes(struct xml_source *source,
	struct arena *arena, const xmlNode *node, struct xml_element *element)
{
	struct xml_attribute *list;
	const xmlAttr *at;
	size_t count = 0;

	element->attributes = NULL;
	for (at = node->properties; at; at = at->next)
		count++;
	if (count == 0)
		return true;
	list = arena_zeroed(arena, count, sizeof(*list));
	if (!list)
		return xml_out_of_memory(source) != NULL;
	element->attributes = list;
	for (at = node->properties; at; at = at->next)
		if (!xml_source_attribute(source, arena, at,
			    &list[element->attribute_count++]))
			return false;
	return true;
}

struct xml_element *xml_source_begin(struct xml_source *source,
	struct arena *arena, struct xml_element *parent, int level,
	const xmlChar *const names[3])
{
	struct xml_element *element = arena_zeroed(arena, 1, sizeof(*element));
	struct xml_place place;

	if (!element)
		return xml_out_of_memory(source);
	if (level > XML_DEPTH_MAX || !xml_scan_take(&source->scan, &place)) {
		xml_fault_set(&source->fault, SHK_E_INTERNAL, source->scan.tag,
			"the scanner lost its place");
		return NULL;
	}
	element->parent = parent;
	element->line = place.line;
	element->column = place.column;
	element->text = "";
	buffer_clear(&source->levels[level].text);
	source->levels[level].last = NULL;
	element->name = xml_source_name(source, arena, names[0]);
	element->space = xml_source_share(
		source, arena, names[1], parent ? parent->space : NULL);
	element->prefix = xml_source_share(
		source, arena, names[2], parent ? parent->prefix : NULL);
	return element->name && element->space && element->prefix ? element
								  : NULL;
}

struct xml_element *xml_source_element(struct xml_source *source,
	struct arena *arena, struct xml_element *parent, int level)
{
	const xmlNode *node = xmlTextReaderCurrentNode(source->reader);
	const xmlChar *names[3] = { NULL, NULL, NULL };
	struct xml_element *element;

	if (!node || node->type != XML_ELEMENT_NODE)
		return xml_out_of_memory(source);
	names[0] = node->name;
	names[1] = node->ns ? node->ns->href : NULL;
	names[2] = node->ns ? node->ns->prefix : NULL;
	element = xml_source_begin(source, arena, parent, level, names);
	if (element && !xml_source_attributes(source, arena, node, element))
		return NULL;
	return element;
}

bool xml_source_add(struct xml_source *source,
	const struct xml_element *element, int level, const char *text,
	size_t size)
{
	struct buffer *out = &source->levels[level].text;

	if (size > XML_TEXT_MAX - out->size) {
		xml_fault_set(&source->fault, SHK_E_LIMIT,
			(struct xml_place){ element->line, element->column },
			"the text of %s is longer than %u bytes", element->name,
			XML_TEXT_MAX);
		return false;
	}
	buffer_add(out, text, size);
	return !out->failed || xml_out_of_memory(source) != NULL;
}

/* Character data at the parser's place belongs to the open `element`. */
static bool xml_source_text(
	struct xml_source *source, const struct xml_element *element, int level)
{
	const xmlNode *node = xmlTextReaderCurrentNode(source->reader);
	const char *more = node ? (const char *)node->content : NULL;

	if (!more)
		return xml_out_of_memory(source) != NULL;
	return xml_source_add(source, element, level, more, strlen(more));
}

bool xml_source_finish(struct xml_source *source, struct arena *arena,
	struct xml_element *element, int level)
{
	const struct buffer *text = &source->levels[level].text;

	if (text->size == 0)
		return true;
	element->text = arena_text(arena, text->data, text->size);
	return element->text || xml_out_of_memory(source) != NULL;
}

void xml_source_hang(
	struct xml_source *source, struct xml_element *element, int level)
{
	struct xml_level *above = &source->levels[level - 1];

	if (above->last)
		above->last->next = element;
	else
		element->parent->first = element;
	above->last = element;
}

static struct xml_element *xml_source_content(struct xml_source *source,
	struct arena *arena, struct xml_element *parent, int level)
{
	struct xml_element *top =
		xml_source_element(source, arena, parent, level);
	struct xml_element *open = top;
	int at = level;

	if (!top || xml_source_empty(source))
		return top;
	while (at >= level) {
		struct xml_element *child;
		bool good = true;

		switch (xml_source_step(source)) {
		case XML_STEP_START:
			child = xml_source_element(source, arena, open, at + 1);
			if (!child)
				return NULL;
			xml_source_hang(source, child, at + 1);
			if (xml_source_empty(source))
				break;
			open = child;
			at++;
			break;
		case XML_STEP_TEXT:
			good = xml_source_text(source, open, at);
			break;
		case XML_STEP_END_TAG:
			good = xml_source_finish(source, arena, open, at);
			open = open->parent;
			at--;
			break;
		default:
			return NULL;
		}
		if (!good)
			return NULL;
	}
	return top;
}

struct xml_element *xml_source_tree(struct xml_source *source,
	struct arena *arena, struct xml_element *parent, int level)
{
	struct xml_element *element;

	/* the arena of the last tree may be cleared by now */
	memset(source->known, 0, sizeof(source->known));
	xml_handler_enter(source);
	element = xml_source_content(source, arena, parent, level);
	xml_handler_leave(source);
	return element;
}
