/*
 * What two revisions answer differently as one JSON object, a line. Its schema
 * is include/shokan/schemas/diff.schema.json.
 */
#include <string.h>

#include "report/diff.h"
#include "report/json.h"

static void json_count(struct buffer *out, const char *name, size_t count)
{
	json_key(out, name);
	buffer_format(out, "%zu", count);
}

static void json_open(struct buffer *out, const char *name, char bracket)
{
	json_key(out, name);
	buffer_byte(out, bracket);
}

static void json_list(struct buffer *out, const char *name,
	const char *const *items, size_t count)
{
	json_open(out, name, '[');
	for (size_t i = 0; i < count; i++)
		json_item(out, items[i]);
	buffer_byte(out, ']');
}

/* A text that is JSON itself, or null. */
static void json_raw(struct buffer *out, const char *name, const char *text)
{
	json_key(out, name);
	buffer_text(out, text[0] ? text : "null");
}

static void json_condition(
	struct buffer *out, const struct shk_diff_condition *condition)
{
	json_next(out);
	buffer_byte(out, '{');
	json_pair(out, "kind", diff_name(condition->kind));
	json_pair(out, "name", condition->name);
	json_pair(out, "revision", condition->revision);
	json_pair(out, "text", condition->text);
	json_pair(out, "label_ja", condition->label_ja);
	json_pair(out, "label_en", condition->label_en);
	json_pair(out, "formula", condition->formula);
	buffer_byte(out, '}');
}

static void json_citation(
	struct buffer *out, const struct shk_diff_citation *citation)
{
	json_next(out);
	buffer_byte(out, '{');
	json_pair(out, "source", citation->source);
	json_pair(out, "place", citation->place);
	json_pair(out, "evidence", citation->evidence);
	json_pair(out, "title", citation->title);
	json_pair(out, "quote", citation->quote);
	buffer_byte(out, '}');
}

static void json_step(struct buffer *out, const struct shk_diff_step *step)
{
	json_next(out);
	buffer_byte(out, '{');
	json_pair(out, "rule", step->name);
	json_key(out, "row");
	if (step->row > 0)
		buffer_format(out, "%u", step->row);
	else
		buffer_text(out, "null");
	json_pair(out, "formula", step->formula);
	json_key(out, "value");
	json_text(out, step->value);
	json_flag(out, "differs", step->differs);
	json_open(out, "citations", '[');
	for (size_t i = 0; i < step->citation_count; i++)
		json_citation(out, &step->citations[i]);
	buffer_text(out, "]}");
}

static void json_side(
	struct buffer *out, const char *name, const struct shk_diff_side *side)
{
	json_open(out, name, '{');
	json_pair(out, "status", side->status);
	json_pair(out, "reason", side->reason);
	json_open(out, "steps", '[');
	for (size_t i = 0; i < side->step_count; i++)
		json_step(out, &side->steps[i]);
	buffer_text(out, "]}");
}

static void json_witness(
	struct buffer *out, const struct shk_diff_region *region)
{
	json_key(out, "witness");
	if (!region->witnessed) {
		buffer_text(out, "null");
		return;
	}
	buffer_byte(out, '{');
	json_raw(out, "record", region->facts);
	json_raw(out, "policy", region->policy);
	json_open(out, "differences", '[');
	for (size_t i = 0; i < region->value_count; i++) {
		json_next(out);
		buffer_byte(out, '{');
		json_pair(out, "output", region->values[i].output);
		json_pair(out, "before", region->values[i].before);
		json_pair(out, "after", region->values[i].after);
		buffer_byte(out, '}');
	}
	buffer_byte(out, ']');
	json_side(out, "before", &region->sides[0]);
	json_side(out, "after", &region->sides[1]);
	buffer_byte(out, '}');
}

static void json_region(
	struct buffer *out, const struct shk_diff_region *region)
{
	json_next(out);
	buffer_byte(out, '{');
	json_list(out, "outputs", region->outputs, region->output_count);
	json_flag(out, "lead", region->lead);
	json_flag(out, "everywhere", region->everywhere);
	json_open(out, "conditions", '[');
	for (size_t i = 0; i < region->condition_count; i++)
		json_condition(out, &region->conditions[i]);
	buffer_byte(out, ']');
	json_witness(out, region);
	buffer_byte(out, '}');
}

static void json_random(
	struct buffer *out, const struct shk_diff_decision *decision)
{
	json_open(out, "random", '{');
	json_count(out, "tried", decision->tried);
	json_count(out, "differ", decision->differ);
	json_count(out, "outside", decision->outside);
	json_count(out, "refused", decision->refused);
	json_raw(out, "example", decision->example);
	buffer_byte(out, '}');
}

static void json_decision(
	struct buffer *out, const struct shk_diff_decision *decision)
{
	json_next(out);
	buffer_byte(out, '{');
	json_pair(out, "decision", decision->name);
	json_pair(out, "label_ja", decision->label_ja);
	json_pair(out, "label_en", decision->label_en);
	json_pair(out, "kind", diff_kind(decision->kind));
	json_flag(out, "proved", decision->proof != SHK_DIFF_UNPROVED);
	json_pair(out, "proof", diff_proof(decision->proof));
	json_count(out, "cells", decision->cells);
	json_count(out, "rules", decision->rules);
	json_count(out, "rules_same", decision->rules_same);
	json_list(out, "changed", decision->changed, decision->changed_count);
	json_list(out, "added", decision->added, decision->added_count);
	json_list(out, "removed", decision->removed, decision->removed_count);
	json_list(out, "domains", decision->domains, decision->domain_count);
	json_list(out, "cited", decision->cited, decision->cited_count);
	json_list(out, "assumed", decision->assumed, decision->assumed_count);
	json_count(out, "assumed_tried", decision->assumed_tried);
	json_list(out, "doubts", decision->doubts, decision->doubt_count);
	json_list(out, "doubts_ja", decision->doubts_ja, decision->doubt_count);
	json_random(out, decision);
	json_open(out, "regions", '[');
	for (size_t i = 0; i < decision->region_count; i++)
		json_region(out, &decision->regions[i]);
	buffer_text(out, "]}");
}

static void json_revision(struct buffer *out, const char *name,
	const char *revision, const char *day)
{
	json_open(out, name, '{');
	json_pair(out, "revision", revision);
	json_pair(out, "from", day);
	buffer_byte(out, '}');
}

static void json_impact(
	struct buffer *out, const struct shk_diff_impact *impact)
{
	json_next(out);
	buffer_byte(out, '{');
	json_pair(out, "id", impact->id);
	json_pair(out, "decision", impact->decision);
	json_pair(out, "before", impact->before);
	json_pair(out, "after", impact->after);
	json_pair(out, "regions", impact->regions);
	json_flag(out, "inside", impact->inside);
	buffer_byte(out, '}');
}

static void json_records(struct diff_report *report)
{
	struct buffer *out = &report->out;

	json_key(out, "records");
	if (!report->impacts) {
		buffer_text(out, "null");
		return;
	}
	buffer_byte(out, '{');
	json_count(out, "same", report->records);
	json_open(out, "changed", '[');
	for (size_t i = 0; i < report->impact_count; i++)
		json_impact(out, &report->impacts[i]);
	buffer_text(out, "]}");
}

void diff_json(struct diff_report *report)
{
	const struct shk_diff_summary *summary = report->summary;
	struct buffer *out = &report->out;

	buffer_byte(out, '{');
	json_revision(out, "before", summary->before, summary->days[0]);
	json_revision(out, "after", summary->after, summary->days[1]);
	json_pair(out, "rulebook", summary->rulebook);
	json_count(out, "regions", summary->region_count);
	json_flag(out, "proved", summary->proved);
	json_key(out, "days");
	if (summary->from[0]) {
		buffer_byte(out, '{');
		json_pair(out, "from", summary->from);
		json_pair(out, "to", summary->to);
		buffer_byte(out, '}');
	} else {
		buffer_text(out, "null");
	}
	json_open(out, "decisions", '[');
	for (size_t i = 0; i < summary->decision_count; i++)
		json_decision(out, &summary->decisions[i]);
	buffer_byte(out, ']');
	json_records(report);
	buffer_text(out, "}\n");
}
