/*
 * One side of an edge: what the answer is there, and which rules say so. What
 * bounds a side is what holds on it and not on the other: the rows of tables
 * that only its path has; where the same rows hold on both sides, the decision
 * in which a comparison turns (a bound, a ceiling, a branch of a formula).
 */
#include "inquiry/sides.h"

#include <string.h>

void owners_add(struct owners *owners, uint32_t slot)
{
	for (size_t i = 0; i < owners->count; i++)
		if (owners->slots[i] == slot)
			return;
	if (slot == RULEBOOK_NONE)
		return;
	if (owners->count == QUESTION_OWNERS_MAX)
		owners->cut = true;
	else
		owners->slots[owners->count++] = slot;
}

/* In the place of a rule, so that each form of the answer says it. */
static void add_more(struct edges_rule *rules, size_t *count)
{
	rules[(*count)++] =
		(struct edges_rule){ .decision = "...", .description = "" };
}

enum shk_code side_answer(struct question *question, struct outcome_set *set,
	bool refused, struct edges_side *side)
{
	side->present = true;
	side->refused = refused;
	if (refused)
		return SHK_OK;
	outcome_sort(set);
	return outcome_plain(&question->pricer->results, set,
		       &side->outcome_count, &side->outcomes)
		       ? SHK_OK
		       : diag_memory(question->job.diag);
}

static const char *kept_text(struct question *question, struct text text)
{
	return arena_text(&question->pricer->results, text.data, text.size);
}

static enum shk_code add_rule(struct question *question, struct text decision,
	unsigned row, const char *description, uint32_t mark,
	struct edges_rule *rule)
{
	struct dmn_marks one = { { 0 } };

	*rule = (struct edges_rule){ .row = row, .description = description };
	rule->decision = kept_text(question, decision);
	if (!rule->decision)
		return diag_memory(question->job.diag);
	if (mark == FEEL_NO_MARK)
		return SHK_OK;
	dmn_marks_add(&one, mark);
	return citations_make(
		&question->job, &one, &rule->citation_count, &rule->citations);
}

/* Rows that only this side has. */
static enum shk_code add_rows(struct question *question,
	const struct dmn_marks *marks, const struct dmn_marks *other,
	struct edges_rule *rules, size_t *count)
{
	const struct dmn_graph *graph = question->job.desk->revision->graph;
	enum shk_code code = SHK_OK;

	FOR_MARKS(i, marks)
	{
		if (code || *count > EDGES_RULES_MAX ||
			i >= graph->mark_count || graph->marks[i].row == 0 ||
			(other && dmn_marks_has(other, i)))
			continue;
		if (*count == EDGES_RULES_MAX) {
			add_more(rules, count);
			continue;
		}
		code = add_rule(question, graph->marks[i].owner,
			graph->marks[i].row, graph->marks[i].description, i,
			&rules[(*count)++]);
	}
	return code;
}

static enum shk_code add_owners(struct question *question,
	const struct owners *owners, struct edges_rule *rules, size_t *count)
{
	const struct dmn_graph *graph = question->job.desk->revision->graph;
	enum shk_code code = SHK_OK;

	for (size_t i = 0; i < owners->count && !code; i++) {
		const struct dmn_slot *slot = &graph->slots[owners->slots[i]];

		code = add_rule(question, slot->name, 0, slot->description,
			slot->mark, &rules[(*count)++]);
	}
	if (owners->cut)
		add_more(rules, count);
	return code;
}

/* The lane of the record, which is asked before all rules. */
static enum shk_code add_gate(struct question *question,
	const struct dmn_marks *marks, struct edges_rule *rules, size_t *count)
{
	uint32_t mark = question->job.desk->revision->gate_mark;

	if (!dmn_marks_has(marks, mark))
		return SHK_OK;
	return add_rule(question, text_of(question->pricer->book->gate.field),
		0, "", mark, &rules[(*count)++]);
}

enum shk_code side_rules(struct question *question,
	const struct dmn_marks *marks, const struct dmn_marks *other,
	const struct owners *owners, struct edges_side *side)
{
	struct edges_rule *rules = arena_zeroed(&question->pricer->results,
		EDGES_RULES_MAX + QUESTION_OWNERS_MAX, sizeof(*rules));
	enum shk_code code;

	if (!rules)
		return diag_memory(question->job.diag);
	side->rules = rules;
	code = add_rows(question, marks, other, rules, &side->rule_count);
	if (!code && side->rule_count == 0)
		code = add_owners(question, owners, rules, &side->rule_count);
	if (!code && side->rule_count == 0)
		code = add_gate(question, marks, rules, &side->rule_count);
	return code;
}
