/*
 * Changes as CSV: one row a part of a change; what belongs to the whole change
 * is said again in each of its rows, so that a row can be read alone. There is
 * no summary: a spreadsheet counts.
 */
#include <string.h>

#include "report/changes.h"
#include "report/csv.h"

static void csv_put(struct buffer *out, const char *text, char behind)
{
	csv_cell(out, text, strlen(text));
	buffer_text(out, behind == ',' ? "," : "\r\n");
}

static void csv_put_scratch(shk_change_report *report)
{
	if (report->scratch.failed)
		report->out.failed = true;
	csv_put(&report->out, report->scratch.size ? report->scratch.data : "",
		',');
	buffer_clear(&report->scratch);
}

static const char *csv_side(const char *text)
{
	return strcmp(text, SHK_ABSENT) == 0 ? "" : text;
}

/* `fact annual_tests: 150 -> 250 (alone)|...` */
static void csv_causes(
	shk_change_report *report, const struct shk_change *change)
{
	for (size_t i = 0; i < change->cause_count; i++) {
		const struct shk_cause *cause = &change->causes[i];

		buffer_format(&report->scratch, "%s%s %s: %s -> %s (%s)",
			i ? "|" : "", changes_cause(cause->kind), cause->name,
			cause->before, cause->after,
			changes_effect(cause->effect));
	}
	csv_put_scratch(report);
}

static void csv_list(
	shk_change_report *report, const char *const *items, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i)
			buffer_byte(&report->scratch, '|');
		buffer_text(&report->scratch, items[i]);
	}
	csv_put_scratch(report);
}

static void csv_impact(
	shk_change_report *report, const struct shk_change *change)
{
	const struct shk_impact *impact = &change->impact;
	struct buffer *out = &report->scratch;

	csv_put(&report->out, impact->yen, ',');
	if (change->weighed && impact->no_price)
		buffer_text(out, "no price");
	else if (change->weighed && impact->unlisted)
		buffer_text(out, "no quantity");
	else if (change->weighed && impact->suppressed)
		buffer_format(out, "suppressed %zu", impact->suppressed);
	if (out->failed)
		report->out.failed = true;
	csv_put(&report->out, out->size ? out->data : "", '\n');
	buffer_clear(out);
}

static void csv_change(
	shk_change_report *report, const struct shk_change *change)
{
	struct buffer *out = &report->out;

	for (size_t i = 0; i < change->part_count; i++) {
		const struct shk_change_part *part = &change->parts[i];

		csv_put(out, changes_kind(change->kind), ',');
		csv_put(out, change->id, ',');
		csv_put(out, change->decision, ',');
		csv_put(out, part->name, ',');
		csv_put(out, csv_side(part->before), ',');
		csv_put(out, csv_side(part->after), ',');
		csv_put(out, part->difference, ',');
		csv_put(out, part->approved ? "true" : "false", ',');
		csv_put(out,
			change->before
				? change->before->cells[SHK_COLUMN_REVISION]
				: "",
			',');
		csv_put(out,
			change->after
				? change->after->cells[SHK_COLUMN_REVISION]
				: "",
			',');
		csv_causes(report, change);
		csv_list(report, change->left, change->left_count);
		csv_list(report, change->right, change->right_count);
		csv_impact(report, change);
	}
}

static void csv_changes_begin(shk_change_report *report)
{
	buffer_text(&report->out,
		"change,id,decision,part,before,after,difference,approved,"
		"revision_before,revision_after,causes,sources_before,"
		"sources_after,yen,yen_note\r\n");
}

const struct change_writer changes_csv = { csv_changes_begin, csv_change,
	NULL };
