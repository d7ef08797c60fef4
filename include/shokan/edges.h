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

/* The edges of one answer. */
typedef struct shk_edges shk_edges;

#ifdef __cplusplus
}
#endif
#endif
