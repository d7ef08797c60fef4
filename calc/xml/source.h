/*
 * A document being read: bytes from memory or a descriptor, through the
 * scanner, into libxml2's pull parser, and out as elements in an arena.
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

/* Report what went wrong. */
enum shk_code xml_source_fail(
	const struct xml_source *source, const char *path, shk_diag *diag);

#endif
