/*
 * Changes as JSON: one object a line, then one object with the summary. Values
 * are texts as in a snapshot; differences and impacts are exact numbers.
 */
#include <string.h>

#include "report/changes.h"
#include "report/json.h"
#include "report/words.h"

/* A number as it is, or null. */
static void json_exact(struct buffer *out, const char *name, const char *text)
{
	json_key(out, name);
	buffer_text(out, *text ? text : "null");
}

static void json_count(struct buffer *out, const char *name, size_t count)
{
	json_key(out, name);
	buffer_format(out, "%zu", count);
}

/* What is absent is null. */
static void json_side(struct buffer *out, const char *name, const char *text)
{
	json_pair(out, name, strcmp(text, SHK_ABSENT) == 0 ? "" : text);
}

static void json_parts(struct buffer *out, const struct shk_change *change)
{
	json_key(out, "parts");
	buffer_byte(out, '[');
	for (size_t i = 0; i < change->part_count; i++) {
		const struct shk_change_part *part = &change->parts[i];

		json_next(out);
		buffer_byte(out, '{');
		json_pair(out, "part", part->name);
		json_side(out, "before", part->before);
		json_side(out, "after", part->after);
		json_exact(out, "difference", part->difference);
		json_flag(out, "approved", part->approved);
		json_pair(out, "line", part->line);
		buffer_byte(out, '}');
	}
	buffer_byte(out, ']');
}

static void json_causes(struct buffer *out, const struct shk_cause *causes,
	size_t count, bool effects)
{
	json_key(out, "causes");
	buffer_byte(out, '[');
	for (size_t i = 0; i < count; i++) {
		json_next(out);
		buffer_byte(out, '{');
		json_pair(out, "kind", changes_cause(causes[i].kind));
		json_pair(out, "name", causes[i].name);
		json_side(out, "before", causes[i].before);
		json_side(out, "after", causes[i].after);
		if (effects)
			json_pair(out, "effect",
				changes_effect(causes[i].effect));
		buffer_byte(out, '}');
	}
	buffer_byte(out, ']');
}

static void json_list(struct buffer *out, const char *name,
	const char *const *items, size_t count)
{
	json_key(out, name);
	buffer_byte(out, '[');
	for (size_t i = 0; i < count; i++)
		json_item(out, items[i]);
	buffer_byte(out, ']');
}

static void json_impact(struct buffer *out, const struct shk_impact *impact)
{
	json_key(out, "impact");
	buffer_byte(out, '{');
	json_exact(out, "yen", impact->yen);
	json_count(out, "suppressed", impact->suppressed);
	json_flag(out, "unlisted", impact->unlisted);
	json_flag(out, "no_price", impact->no_price);
	buffer_byte(out, '}');
}

static void json_change(
	shk_change_report *report, const struct shk_change *change)
{
	struct buffer *out = &report->out;

	buffer_byte(out, '{');
	json_pair(out, "change", changes_kind(change->kind));
	json_key(out, "id");
	json_text(out, change->id);
	json_pair(out, "decision", change->decision);
	if (change->before)
		json_pair(out, "revision_before",
			change->before->cells[SHK_COLUMN_REVISION]);
	if (change->after)
		json_pair(out, "revision_after",
			change->after->cells[SHK_COLUMN_REVISION]);
	json_flag(out, "approved", change->approved);
	json_parts(out, change);
	json_causes(out, change->causes, change->cause_count, true);
	json_list(out, "sources_before", change->left, change->left_count);
	json_list(out, "sources_after", change->right, change->right_count);
	if (change->weighed)
		json_impact(out, &change->impact);
	buffer_text(out, "}\n");
}

static void json_moves(
	struct buffer *out, const struct shk_change_counts *counts)
{
	json_key(out, "moves");
	buffer_byte(out, '[');
	for (int from = 0; from < 5; from++)
		for (int to = 0; to < 5; to++) {
			if (counts->moves[from][to] == 0)
				continue;
			json_next(out);
			buffer_byte(out, '{');
			json_pair(out, "before",
				words_status_code((enum shk_status)from));
			json_pair(out, "after",
				words_status_code((enum shk_status)to));
			json_count(out, "count", counts->moves[from][to]);
			buffer_byte(out, '}');
		}
	buffer_byte(out, ']');
}

static void json_counts(
	struct buffer *out, const struct shk_change_counts *counts)
{
	json_next(out);
	buffer_byte(out, '{');
	json_pair(out, "decision", counts->decision);
	json_count(out, "same", counts->same);
	json_count(out, "other_evidence", counts->evidence);
	json_count(out, "changed", counts->changed);
	json_count(out, "added", counts->added);
	json_count(out, "removed", counts->removed);
	json_count(out, "approved", counts->approved);
	json_moves(out, counts);
	json_exact(out, "yen", counts->yen);
	json_count(out, "weighed", counts->weighed);
	json_count(out, "unweighed", counts->unweighed);
	buffer_byte(out, '}');
}

static void json_summary(
	shk_change_report *report, const struct shk_change_summary *summary)
{
	struct buffer *out = &report->out;

	buffer_byte(out, '{');
	json_key(out, "summary");
	buffer_byte(out, '[');
	for (size_t i = 0; i < summary->decision_count; i++)
		json_counts(out, &summary->decisions[i]);
	buffer_byte(out, ']');
	json_causes(out, summary->causes, summary->cause_count, false);
	json_list(out, "approved_but_absent", summary->unused,
		summary->unused_count);
	buffer_text(out, "}\n");
}

const struct change_writer changes_json = { NULL, json_change, json_summary };
