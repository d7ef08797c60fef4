/*
 * Edges as one JSON object, as schemas/edges.schema.json describes it.
 * Numbers are exact plain decimals, keys always stand in the same order.
 */
#include "report/edges.h"
#include "report/json.h"

static void json_plain(
	struct buffer *out, const char *name, const struct price_value *value)
{
	json_key(out, name);
	json_value(out, value, 0);
}

static void json_rules(struct buffer *out, const struct edges_side *side)
{
	json_key(out, "rules");
	buffer_byte(out, '[');
	for (size_t i = 0; i < side->rule_count; i++) {
		const struct edges_rule *rule = &side->rules[i];

		json_next(out);
		buffer_byte(out, '{');
		json_pair(out, "decision", rule->decision);
		json_key(out, "row");
		if (rule->row)
			buffer_format(out, "%u", rule->row);
		else
			buffer_text(out, "null");
		json_pair(out, "description", rule->description);
		json_key(out, "citations");
		buffer_byte(out, '[');
		for (size_t k = 0; k < rule->citation_count; k++) {
			json_next(out);
			buffer_byte(out, '{');
			json_pair(out, "source", rule->citations[k].source);
			json_pair(out, "place", rule->citations[k].place);
			json_pair(out, "evidence", rule->citations[k].evidence);
			buffer_byte(out, '}');
		}
		buffer_text(out, "]}");
	}
	buffer_byte(out, ']');
}

static void json_side(struct buffer *out, const char *name,
	const struct edges_side *side, bool value)
{
	json_key(out, name);
	if (!side->present) {
		buffer_text(out, "null");
		return;
	}
	buffer_byte(out, '{');
	if (value)
		json_plain(out, "value", &side->value);
	json_outcomes(out, "outcomes", side->outcomes, side->outcome_count);
	json_flag(out, "moves", side->moves);
	json_flag(out, "contradiction", side->refused);
	json_flag(out, "resolved", !side->open);
	json_rules(out, side);
	buffer_byte(out, '}');
}

static void json_edge(struct buffer *out, const struct edges_edge *edge)
{
	json_next(out);
	buffer_byte(out, '{');
	json_plain(out, "at", &edge->at);
	json_flag(out, "exact", edge->exact);
	json_plain(out, "within", &edge->within);
	json_pair(out, "direction", edges_place(edge->place));
	json_flag(out, "nearest", edge->nearest);
	json_plain(out, "reach", &edge->reach);
	json_plain(out, "distance", &edge->distance);
	json_side(out, "below", &edge->below, true);
	json_side(out, "on", &edge->on, true);
	json_side(out, "above", &edge->above, true);
	buffer_byte(out, '}');
}

static void json_choice(struct buffer *out, const struct edges_choice *choice)
{
	json_next(out);
	buffer_byte(out, '{');
	json_plain(out, "value", &choice->value);
	json_flag(out, "today", choice->now);
	json_flag(out, "changes", choice->changes);
	json_side(out, "answer", &choice->side, false);
	buffer_byte(out, '}');
}

static void json_fact(struct buffer *out, const struct edges_fact *fact)
{
	json_next(out);
	buffer_byte(out, '{');
	json_pair(out, "name", fact->name);
	json_pair(out, "label", fact->label_en);
	json_pair(out, "unit", fact->unit);
	json_flag(out, "parameter", fact->parameter);
	json_flag(out, "known", fact->known);
	json_plain(out, "today", &fact->now);
	json_flag(out, "whole", fact->whole);
	json_plain(out, "domain", &fact->domain);
	json_flag(out, "varied", fact->varied);
	json_flag(out, "complete", fact->complete);
	json_pair(out, "why", fact->why);
	json_flag(out, "changes", fact->changes);
	json_flag(out, "moves", fact->moves);
	json_key(out, "edges");
	buffer_byte(out, '[');
	for (size_t i = 0; i < fact->edge_count; i++)
		json_edge(out, &fact->edges[i]);
	buffer_byte(out, ']');
	json_key(out, "choices");
	buffer_byte(out, '[');
	for (size_t i = 0; i < fact->choice_count; i++)
		json_choice(out, &fact->choices[i]);
	buffer_text(out, "]}");
}

void edges_json(struct buffer *out, const struct shk_edges *edges)
{
	buffer_byte(out, '{');
	json_about(out, &edges->about);
	json_flag(out, "complete", shk_edges_complete(edges));
	json_side(out, "today", &edges->now, false);
	json_key(out, "facts");
	buffer_byte(out, '[');
	for (size_t i = 0; i < edges->fact_count; i++)
		json_fact(out, &edges->facts[i]);
	buffer_text(out, "]}\n");
}
