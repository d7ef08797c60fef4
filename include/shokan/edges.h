/*
 * Edges: for each fact that a decision can read, the exact values at which
 * its answer changes, in both directions, with what bounds each side.
 */
#ifndef SHOKAN_EDGES_H
#define SHOKAN_EDGES_H

#include <shokan/price.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The edges of one answer; owned by the pricer and valid until it is used
   again. */
typedef struct shk_edges shk_edges;

/* Of which answer. Borrowed for the call. */
typedef struct shk_edges_options {
	const char *decision; /* required */
	const char *output;   /* NULL: the one that the answer leads with */
	const char *fact;     /* a field or parameter; NULL: all of them */
} shk_edges_options;

/*
 * The edges of the answer for `record`: each fact and parameter that the
 * decision can read is varied alone over its whole domain, everything else
 * staying as it is (unknown facts stay unknown, and the answers are all that
 * remain possible). Of a known list each item's numbers and words are varied.
 * SHK_E_USAGE for a decision, output or fact that does not exist, SHK_E_INPUT
 * for a record that is wrong in itself.
 */
enum shk_code shk_edges_find(const shk_edges **out, shk_pricer *pricer,
	const shk_record *record, const shk_edges_options *options,
	shk_diag *diag);

/* Every fact that was varied was searched to the end: its answer changes
   nowhere else. Free texts, and lists that are not known, are not varied. */
bool shk_edges_complete(const shk_edges *edges);
/* Edges and other values that change the answer, over all facts. */
size_t shk_edges_count(const shk_edges *edges);

/* How edges are written. */
enum shk_edges_format {
	SHK_EDGES_TEXT, /* for readers */
	SHK_EDGES_CSV,	/* RFC 4180, a row an edge or other value */
	SHK_EDGES_JSON, /* one object: schemas/edges.schema.json */
	SHK_EDGES_HTML /* a piece of a page: headings <h3>, paragraphs, lists */
};

/* Write them. SHK_E_IO when the sink could not write. */
enum shk_code shk_edges_report(const shk_edges *edges,
	enum shk_edges_format format, enum shk_language language, shk_sink sink,
	shk_diag *diag);

#ifdef __cplusplus
}
#endif
#endif
