/*
 * Writers of edges, one a format; they only append to `out`.
 */
#ifndef REPORT_EDGES_H
#define REPORT_EDGES_H

#include "base/buffer.h"
#include "inquiry/edges.h"

/* `html`: as a piece of a page, which says itself what is asked. */
void edges_text(struct buffer *out, const struct shk_edges *edges,
	enum shk_language language, bool html);
void edges_csv(struct buffer *out, const struct shk_edges *edges);
void edges_json(struct buffer *out, const struct shk_edges *edges);

/* Codes: "below", "at", "above", "" (today's value is not known). */
const char *edges_place(enum edges_place place);
/* `coefficient row 6 (S001 L1397, E0); ...`, nothing when there is none. */
void edges_rules(struct buffer *out, const struct edges_side *side);

#endif
