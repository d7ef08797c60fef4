/*
 * A solution as one JSON object; every number is exact. Its schema is
 * include/shokan/schemas/solution.schema.json.
 */
#include "report/json.h"
#include "report/solution.h"
#include "report/words.h"

static void json_plain(
	struct buffer *out, const char *name, const struct price_value *value)
{
	json_key(out, name);
	json_value(out, value, 0);
}

static void json_citations(struct buffer *out, const struct solution_rule *rule)
{
	json_key(out, "citations");
	buffer_byte(out, '[');
	for (size_t i = 0; i < rule->citation_count; i++) {
		json_next(out);
		buffer_byte(out, '{');
		json_pair(out, "source", rule->citations[i].source);
		json_pair(out, "place", rule->citations[i].place);
		json_pair(out, "evidence", rule->citations[i].evidence);
		buffer_byte(out, '}');
	}
	buffer_byte(out, ']');
}

static void json_rule(struct buffer *out, const struct solution_rule *rule)
{
	static const char *const kinds[] = { [SOLUTION_ROW] = "row",
		[SOLUTION_FORMULA] = "formula",
		[SOLUTION_MORE] = "more" };

	json_next(out);
	buffer_byte(out, '{');
	json_pair(out, "kind", kinds[rule->kind]);
	json_pair(out, "decision", rule->decision);
	json_key(out, "row");
	if (rule->kind == SOLUTION_ROW)
		buffer_format(out, "%u", rule->row);
	else
		buffer_text(out, "null");
	json_pair(out, "description", rule->description);
	json_plain(out, "value", &rule->value);
	json_citations(out, rule);
	buffer_byte(out, '}');
}

static void json_end(struct buffer *out, const char *name, bool bounded,
	const struct solution_end *end)
{
	json_key(out, name);
	if (!bounded) {
		buffer_text(out, "null");
		return;
	}
	buffer_byte(out, '{');
	json_plain(out, "value", &end->at);
	json_flag(out, "closed", !end->exact || !end->open);
	json_flag(out, "exact", end->exact);
	json_flag(out, "domain", end->domain);
	json_flag(out, "inexact", end->inexact);
	json_plain(out, "last", &end->last);
	json_key(out, "next");
	if (end->domain)
		buffer_text(out, "null");
	else
		json_value(out, &end->next, 0);
	json_pair(out, "fraction", end->fraction);
	json_key(out, "rules");
	buffer_byte(out, '[');
	for (size_t i = 0; i < end->rule_count; i++)
		json_rule(out, &end->rules[i]);
	buffer_text(out, "]}");
}

static void json_piece(struct buffer *out, const struct solution_piece *piece)
{
	json_next(out);
	buffer_byte(out, '{');
	json_pair(out, "state", solution_state(piece->state));
	json_flag(out, "proved", piece->proved);
	json_flag(out, "now", piece->now);
	json_end(out, "from", piece->bounded_low, &piece->low);
	json_end(out, "to", piece->bounded_high, &piece->high);
	buffer_byte(out, '}');
}

void solution_json(struct buffer *out, const shk_solution *solution)
{
	buffer_byte(out, '{');
	json_pair(out, "id", solution->id);
	json_pair(out, "decision", solution->decision);
	json_pair(out, "revision", solution->revision);
	json_pair(out, "as_of", solution->as_of);
	json_pair(out, "for", solution->fact);
	json_pair(out, "unit", solution->unit);
	json_pair(out, "so_that", solution->condition);
	json_key(out, "decimals");
	buffer_format(out, "%d", solution->decimals);
	json_key(out, "now");
	if (solution->known)
		json_value(out, &solution->now, 0);
	else
		buffer_text(out, "null");
	json_flag(out, "proved", solution->proved);
	json_key(out, "pieces");
	buffer_byte(out, '[');
	for (size_t i = 0; i < solution->count; i++)
		json_piece(out, &solution->pieces[i]);
	buffer_byte(out, ']');
	json_key(out, "policy");
	buffer_text(out, solution->policy);
	json_pair(out, "rulebook", solution->rulebook);
	buffer_text(out, "}\n");
}
