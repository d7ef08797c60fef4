/*
 * A slot as its model writes it, for writers of pages: labels, tables cell by
 * cell, the text of a literal. What is told is what the file says, not what it
 * was lowered to. Texts live as long as the graph and are "" when absent.
 */
#ifndef DMN_VIEW_H
#define DMN_VIEW_H

#include "dmn/graph.h"

struct xml_element;
struct dmn_model;

/* A decision table. */
struct dmn_view_table {
	const char *policy; /* UNIQUE when the file does not say */
	const char *aggregation;
	size_t inputs;
	size_t outputs;
	size_t rows;
	/* inside dmn/ only */
	const struct dmn_graph *graph;
	const struct dmn_model *model;
	const struct xml_element *xml;
	struct text owner;
};

/* A row while a table is walked. */
struct dmn_view_row {
	size_t number;		     /* from 1 */
	const struct dmn_mark *mark; /* its citations, or NULL */
	const char *description;
	const struct xml_element *xml; /* inside dmn/ only */
};

/* What editors show in place of the name. */
const char *dmn_view_label(const struct dmn_graph *graph, unsigned slot);
/* <question> of a decision. */
const char *dmn_view_question(const struct dmn_graph *graph, unsigned slot);
/* Type and allowed values after a colon, as in `dmn_show`. */
void dmn_view_domain(const struct dmn_domain *domain, struct buffer *out);
/* The parameters of a knowledge model: "value, mode". */
void dmn_view_parameters(
	const struct dmn_graph *graph, unsigned slot, struct buffer *out);
/* The text of logic that is a literal, of a knowledge model too; or "". */
const char *dmn_view_text(const struct dmn_graph *graph, unsigned slot);

/* The logic as a table; false when it is none. */
bool dmn_view_table(const struct dmn_graph *graph, unsigned slot,
	struct dmn_view_table *out);
/* Expression, or name, of a column; inputs first. */
const char *dmn_view_column(const struct dmn_view_table *table, size_t column);
const char *dmn_view_column_label(
	const struct dmn_view_table *table, size_t column);
/* The next row; before the first `row` holds zeros. False past the last. */
bool dmn_view_next(
	const struct dmn_view_table *table, struct dmn_view_row *row);
/* The entry in a column; inputs first. */
const char *dmn_view_entry(const struct dmn_view_table *table,
	const struct dmn_view_row *row, size_t column);

#endif
