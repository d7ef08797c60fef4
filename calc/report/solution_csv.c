/*
 * A solution as CSV: one row a piece, with the ends as values of the fact and
 * the rules that bound it.
 */
#include <string.h>

#include "report/csv.h"
#include "report/solution.h"
#include "report/values.h"

static void csv_text(struct buffer *out, const char *text)
{
	csv_cell(out, text, strlen(text));
	buffer_byte(out, ',');
}

static void csv_value(struct buffer *out, const struct price_value *value)
{
	struct buffer cell;

	buffer_init(&cell);
	values_cell(&cell, value);
	out->failed = out->failed || cell.failed;
	if (cell.size)
		csv_cell(out, cell.data, cell.size);
	buffer_release(&cell);
	buffer_byte(out, ',');
}

static void csv_rules(
	struct buffer *out, const struct solution_end *end, char behind)
{
	struct buffer cell;

	buffer_init(&cell);
	for (size_t i = 0; i < end->rule_count; i++) {
		const struct solution_rule *rule = &end->rules[i];

		buffer_format(&cell, "%s%s", i ? "|" : "", rule->decision);
		if (rule->kind == SOLUTION_ROW)
			buffer_format(&cell, " %u", rule->row);
		for (size_t k = 0; k < rule->citation_count; k++)
			buffer_format(&cell, " %s %s %s",
				rule->citations[k].source,
				rule->citations[k].place,
				rule->citations[k].evidence);
	}
	out->failed = out->failed || cell.failed;
	if (cell.size)
		csv_cell(out, cell.data, cell.size);
	buffer_release(&cell);
	buffer_text(out, behind == ',' ? "," : "\r\n");
}

static void csv_end(
	struct buffer *out, bool bounded, const struct solution_end *end)
{
	if (!bounded) {
		buffer_text(out, ",,,");
		return;
	}
	csv_value(out, &end->at);
	csv_text(out, end->exact && end->open ? "false" : "true");
	csv_text(out, end->exact ? "true" : "false");
}

void solution_csv(struct buffer *out, const shk_solution *solution)
{
	buffer_text(out,
		"id,decision,revision,as_of,for,unit,so_that,state,proved,now,"
		"from,from_closed,from_exact,to,to_closed,to_exact,"
		"from_rules,to_rules\r\n");
	for (size_t i = 0; i < solution->count; i++) {
		const struct solution_piece *piece = &solution->pieces[i];

		csv_text(out, solution->id);
		csv_text(out, solution->decision);
		csv_text(out, solution->revision);
		csv_text(out, solution->as_of);
		csv_text(out, solution->fact);
		csv_text(out, solution->unit);
		csv_text(out, solution->condition);
		csv_text(out, solution_state(piece->state));
		csv_text(out, piece->proved ? "true" : "false");
		csv_text(out, piece->now ? "true" : "false");
		csv_end(out, piece->bounded_low, &piece->low);
		csv_end(out, piece->bounded_high, &piece->high);
		csv_rules(out, &piece->low, ',');
		csv_rules(out, &piece->high, '\n');
	}
}
