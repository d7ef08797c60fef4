/*
 * A document being read: bytes from memory or a descriptor, through the
 * scanner, into libxml2, and out as elements in an arena: one after the other
 * by its pull parser (source.c), or all of them by its events (whole.c).
 */
#ifndef XML_SOURCE_H
#define XML_SOURCE_H

#include <libxml/xmlreader.h>

#include "base/buffer.h"
#include "xml/reader.h"
#include "xml/scan.h"

/* What an open element still needs; kept for reuse between elements. */
struct xml_level {
	struct buffer text;
	struct xml_element *last; /* last child so far */
};

/* The thread's handlers while they are replaced. */
struct xml_handler {
	xmlStructuredErrorFunc structured;
	void *structured_context;
	xmlGenericErrorFunc generic;
	void *generic_context;
};

/* A name of the parser's dictionary, where it is one text however often it
   stands, and our copy of it. */
struct xml_known {
	const xmlChar *name;
	const char *copy;
};

#define XML_KNOWN 256 /* names that are remembered; a power of two */

struct xml_source {
	struct xml_scan scan;
	struct xml_known known[XML_KNOWN]; /* of the tree being read */
	struct xml_handler outside;
	int inside; /* how often the handlers were asked for */
	xmlTextReaderPtr reader;
	const char *data; /* what is left of a document in memory */
	size_t left;
	int descriptor;		/* -1: read from memory */
	bool begun;		/* the byte order mark is behind us */
	bool ended;		/* all bytes were handed over */
	bool raised;		/* the parser was told of the scanner's fault */
	struct xml_fault fault; /* from the parser or the builder */
	struct xml_level levels[XML_DEPTH_MAX + 1];
};

enum xml_step {
	XML_STEP_FAILED,
	XML_STEP_START, /* on a start tag */
	XML_STEP_TEXT,
	XML_STEP_END_TAG,
	XML_STEP_END /* of the document */
};

/* Begin; on failure the source only needs its release. */
void xml_source_prepare(struct xml_source *source, struct text document,
	int descriptor, enum shk_code failure, size_t item_max);
/* The same, and the pull parser. */
bool xml_source_init(struct xml_source *source, struct text document,
	int descriptor, enum shk_code failure, size_t item_max);
void xml_source_release(struct xml_source *source);

/* Next event that matters: comments and instructions are passed over. */
enum xml_step xml_source_step(struct xml_source *source);

/* True when the element of the start tag has no end tag. */
bool xml_source_empty(struct xml_source *source);

/*
 * The element of the start tag just stepped to, without its content; NULL
 * sets the fault. `level` counts from 1 for the root.
 */
struct xml_element *xml_source_element(struct xml_source *source,
	struct arena *arena, struct xml_element *parent, int level);
/* The same with its whole content, up to its end tag. */
struct xml_element *xml_source_tree(struct xml_source *source,
	struct arena *arena, struct xml_element *parent, int level);

/*
 * The whole document, without the pull parser; NULL sets the fault. The source
 * was prepared only.
 */
struct xml_element *xml_source_whole(
	struct xml_source *source, struct arena *arena);

/* What source.c and whole.c share. */
/* For libxml2: bytes, an end, its errors (`context` is the source). */
int xml_source_read(void *context, char *out, int size);
int xml_source_close(void *context);
void xml_source_error(void *context, xmlErrorPtr error);
/* The thread's handlers are ours between these two, which may nest. */
void xml_handler_enter(struct xml_source *source);
void xml_handler_leave(struct xml_source *source);
/* Note that memory ran out; NULL. */
void *xml_out_of_memory(struct xml_source *source);
/* Copy `size` bytes into the arena; nothing is "". NULL sets the fault. */
const char *xml_source_copy(struct xml_source *source, struct arena *arena,
	const char *text, size_t size);
/* The same of a name of the parser's dictionary, once a tree. */
const char *xml_source_name(
	struct xml_source *source, struct arena *arena, const xmlChar *name);
/* An element at its place, with its name and no content. */
struct xml_element *xml_source_begin(struct xml_source *source,
	struct arena *arena, struct xml_element *parent, int level,
	const xmlChar *const names[3]);
/* Character data belongs to the open `element`. */
bool xml_source_add(struct xml_source *source,
	const struct xml_element *element, int level, const char *text,
	size_t size);
/* The end tag of `element`: keep its text. */
bool xml_source_finish(struct xml_source *source, struct arena *arena,
	struct xml_element *element, int level);
/* Hang it into its parent. */
void xml_source_hang(
	struct xml_source *source, struct xml_element *element, int level);

/* Report what went wrong. */
enum shk_code xml_source_fail(
	const struct xml_source *source, const char *path, shk_diag *diag);

#endif
