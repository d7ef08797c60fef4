/*
 * Whether two elements, mostly of two graphs, say the same: the logic itself,
 * without what it reads, and the types of their values. Ids, labels, words
 * for readers, citations and requirements do not count. And a decision table
 * as the file says it, cell by cell.
 */
#ifndef DMN_SAME_H
#define DMN_SAME_H

#include "dmn/graph.h"

struct dmn_model;
struct xml_element;

/* The same kind, type and logic, text by text. Sound: never a false yes. */
bool dmn_same_logic(const struct dmn_graph *a, unsigned slot_a,
	const struct dmn_graph *b, unsigned slot_b);

/* A decision whose whole logic is one table with one output. */
struct dmn_table_view {
	const struct dmn_model *model;
	const struct xml_element *xml;
	const char *hit_policy; /* "UNIQUE" when the file says none */
	size_t inputs, rows;
};

/* False when it is no such decision. */
bool dmn_table_view(const struct dmn_graph *graph, unsigned slot,
	struct dmn_table_view *view);
/* Texts as written; rows and columns from 0. */
const char *dmn_table_input(const struct dmn_table_view *view, size_t column);
const char *dmn_table_test(
	const struct dmn_table_view *view, size_t row, size_t column);
const char *dmn_table_output(const struct dmn_table_view *view, size_t row);

#endif
