/*
 * Edges as CSV: a row an edge, and a row a word or truth that gives another
 * answer. Answers are spelt as in the results' CSV, `moves` says that the
 * answer hangs on the number on that side.
 */
#include "report/csv.h"
#include "report/edges.h"
#include "report/values.h"

struct csv_row {
	struct buffer *out;
	struct buffer cell;
	bool any; /* cells in this row */
};

static void csv_end(struct csv_row *row)
{
	if (row->any)
		buffer_byte(row->out, ',');
	row->any = true;
	if (row->cell.failed)
		row->out->failed = true;
	else
		csv_cell(row->out, row->cell.size ? row->cell.data : "",
			row->cell.size);
	buffer_clear(&row->cell);
}

static void csv_text(struct csv_row *row, const char *text)
{
	buffer_text(&row->cell, text);
	csv_end(row);
}

static void csv_value(struct csv_row *row, const struct price_value *value)
{
	if (value->kind != PRICE_NULL)
		values_cell(&row->cell, value);
	csv_end(row);
}

static void csv_answer(struct csv_row *row, const struct edges_side *side)
{
	if (side->refused)
		buffer_text(&row->cell, "inconsistent");
	else if (side->present)
		values_cell_outcomes(
			&row->cell, side->outcomes, side->outcome_count);
	csv_end(row);
}

static void csv_moves(struct csv_row *row, const struct edges_side *side)
{
	csv_text(row, side->open ? "not_resolved" : side->moves ? "moves" : "");
}

static void csv_rules(struct csv_row *row, const struct edges_side *side)
{
	edges_rules(&row->cell, side);
	csv_end(row);
}

static void csv_lead(struct csv_row *row, const struct shk_edges *edges,
	const struct edges_fact *fact)
{
	row->any = false;
	csv_text(row, edges->about.id);
	csv_text(row, edges->about.decision);
	csv_text(row, edges->about.output);
	csv_text(row, fact->name);
	csv_value(row, &fact->now);
}

static void csv_edge(struct csv_row *row, const struct shk_edges *edges,
	const struct edges_fact *fact, const struct edges_edge *edge)
{
	csv_lead(row, edges, fact);
	csv_value(row, &edge->at);
	csv_text(row, edges_place(edge->place));
	csv_text(row, edge->nearest ? "true" : "false");
	csv_value(row, &edge->reach);
	csv_value(row, &edge->distance);
	csv_value(row, &edge->below.value);
	csv_answer(row, &edge->below);
	csv_moves(row, &edge->below);
	csv_answer(row, &edge->on);
	csv_value(row, &edge->above.value);
	csv_answer(row, &edge->above);
	csv_moves(row, &edge->above);
	csv_rules(row, &edge->below);
	csv_rules(row, &edge->above);
	csv_text(row, edge->exact ? "true" : "false");
	csv_text(row, fact->complete ? "true" : "false");
	buffer_text(row->out, "\r\n");
}

static void csv_choice(struct csv_row *row, const struct shk_edges *edges,
	const struct edges_fact *fact, const struct edges_choice *choice)
{
	const struct edges_side none = { 0 };

	csv_lead(row, edges, fact);
	if (choice->value.kind == PRICE_NULL)
		buffer_text(&row->cell, "none");
	else
		values_cell(&row->cell, &choice->value);
	csv_end(row);
	csv_text(row, "other");
	csv_text(row, "false");
	csv_value(row, &choice->value);
	csv_text(row, "");
	csv_text(row, "");
	csv_answer(row, &none);
	csv_text(row, "");
	csv_answer(row, &choice->side);
	csv_text(row, "");
	csv_answer(row, &none);
	csv_text(row, "");
	csv_rules(row, &choice->side);
	csv_text(row, "");
	csv_text(row, "true");
	csv_text(row, fact->complete ? "true" : "false");
	buffer_text(row->out, "\r\n");
}

void edges_csv(struct buffer *out, const struct shk_edges *edges)
{
	struct csv_row row = { .out = out };

	buffer_init(&row.cell);
	buffer_text(out,
		"id,decision,output,fact,today,at,direction,nearest,reach,"
		"distance,below_to,below,below_moves,on,above_from,above,"
		"above_moves,rules_below,rules_above,exact,complete\r\n");
	for (size_t i = 0; i < edges->fact_count; i++) {
		const struct edges_fact *fact = &edges->facts[i];

		for (size_t k = 0; k < fact->edge_count; k++)
			csv_edge(&row, edges, fact, &fact->edges[k]);
		for (size_t k = 0; k < fact->choice_count; k++)
			if (fact->choices[k].changes)
				csv_choice(
					&row, edges, fact, &fact->choices[k]);
	}
	buffer_release(&row.cell);
}
