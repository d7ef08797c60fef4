/*
 * A pull reader over libxml2 for files that nobody trusts: no network, no DTD,
 * no entities but the five of XML, no processing of XInclude, and a ceiling on
 * bytes, depth, attributes and text. Only UTF-8 is read, with or without a
 * byte order mark. Every element knows its place: the line and the column, in
 * characters from 1, of its `<`; a syntax error has the place that libxml2
 * reports. libxml2 is included in this room only.
 */
#ifndef XML_READER_H
#define XML_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"

#define XML_BYTES_MAX	   (64u << 20) /* bytes of one file */
#define XML_DEPTH_MAX	   128	       /* open elements */
#define XML_ATTRIBUTES_MAX 64	       /* attributes of one element */
#define XML_TEXT_MAX	   (1u << 20)  /* bytes of one text or value */
#define XML_ENTRY_MAX	   (4u << 20)  /* bytes of one entry of a stream */

struct xml_attribute {
	const char *space; /* namespace address, or "" */
	const char *name;  /* local name */
	const char *value;
};

/*
 * One element of a parsed document, owned by the arena it was read into.
 * `text` joins the character data directly inside the element, in order.
 */
struct xml_element {
	const char *space;
	const char *prefix; /* as written, or "" */
	const char *name;
	long line;
	long column;
	size_t attribute_count; /* without declarations of namespaces */
	const struct xml_attribute *attributes;
	const char *text;
	struct xml_element *parent;
	struct xml_element *first; /* first child element */
	struct xml_element *next;  /* next sibling element */
};

/*
 * Read a whole document into elements. `path` is what messages name. Errors:
 * `failure` with line and column when it is not well-formed, not UTF-8 or
 * has a document type (SHK_E_INPUT for records, SHK_E_RULES for models),
 * SHK_E_LIMIT past a ceiling, SHK_E_IO, SHK_E_MEMORY.
 */
enum shk_code xml_read_file(struct arena *arena, const char *path,
	enum shk_code failure, struct xml_element **root, shk_diag *diag);
enum shk_code xml_read_text(struct arena *arena, const char *path,
	struct text document, enum shk_code failure, struct xml_element **root,
	shk_diag *diag);

/* First child or next sibling of that local name (any namespace), or NULL. */
struct xml_element *xml_child(
	const struct xml_element *element, const char *name);
struct xml_element *xml_sibling(
	const struct xml_element *element, const char *name);
/* Value of an attribute without namespace, or NULL. */
const char *xml_attribute(const struct xml_element *element, const char *name);

/* Place of `element` into `diag`. */
void xml_place(
	shk_diag *diag, const char *path, const struct xml_element *element);

/*
 * Streaming: elements at depth 2 (children of the root) one at a time, so that
 * a file of a million products needs the memory of one. Each call clears
 * `arena` first. SHK_END after the last one; a failure stays. XML_BYTES_MAX
 * does not apply; XML_ENTRY_MAX does, to each entry and to what lies between
 * two. An element's `parent` is the root, whose content is not kept. The
 * entries of the last few kilobytes before a syntax error may not be given.
 */
struct xml_stream;
enum shk_code xml_stream_open(struct xml_stream **out, const char *path,
	enum shk_code failure, shk_diag *diag);
/* The same of a document in memory, which outlives the stream; `path` stands
   for the file in messages. */
enum shk_code xml_stream_text(struct xml_stream **out, const char *path,
	struct text document, enum shk_code failure, shk_diag *diag);
const struct xml_element *xml_stream_root(const struct xml_stream *stream);
enum shk_code xml_stream_next(struct xml_stream *stream, struct arena *arena,
	struct xml_element **element, shk_diag *diag);
void xml_stream_close(struct xml_stream *stream);

#endif
