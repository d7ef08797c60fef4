/*
 * Changes through the chosen writer, and the writer of bare lines, which are
 * what a reviewer pastes into the file of approved changes.
 */
#include "base/memory.h"
#include "report/changes.h"

const char *changes_kind(enum shk_change_kind kind)
{
	static const char *const names[] = { "changed", "added", "removed" };

	return names[kind];
}

const char *changes_cause(enum shk_cause_kind kind)
{
	static const char *const names[] = { "fact", "parameter", "rules",
		"evidence", "engine" };

	return names[kind];
}

const char *changes_effect(enum shk_effect effect)
{
	static const char *const names[] = { "untested", "alone", "needed",
		"partly", "together", "none" };

	return names[effect];
}

static const struct change_writer *changes_pick(enum shk_change_format format)
{
	switch (format) {
	case SHK_CHANGES_TEXT:
		return &changes_text;
	case SHK_CHANGES_JSON:
		return &changes_json;
	case SHK_CHANGES_CSV:
		return &changes_csv;
	case SHK_CHANGES_LINES:
		return &changes_lines;
	}
	return NULL;
}

enum shk_code shk_change_report_new(shk_change_report **out,
	enum shk_change_format format, enum shk_language language,
	shk_sink sink, shk_diag *diag)
{
	const struct change_writer *writer = changes_pick(format);
	shk_change_report *report;

	*out = NULL;
	if (!writer || !sink.write)
		return diag_set(diag, SHK_E_USAGE, "no such report format");
	report = memory_zeroed(1, sizeof(*report));
	if (!report)
		return diag_memory(diag);
	report->language = language;
	report->sink = sink;
	report->writer = writer;
	buffer_init(&report->out);
	buffer_init(&report->scratch);
	*out = report;
	return SHK_OK;
}

static enum shk_code changes_flush(shk_change_report *report, shk_diag *diag)
{
	struct buffer *out = &report->out;

	if (out->failed || report->scratch.failed)
		return diag_memory(diag);
	if (out->size &&
		!report->sink.write(report->sink.context, out->data, out->size))
		return diag_set(diag, SHK_E_IO, "cannot write the report");
	buffer_clear(out);
	return SHK_OK;
}

static void changes_begin(shk_change_report *report)
{
	if (!report->begun && report->writer->begin)
		report->writer->begin(report);
	report->begun = true;
}

enum shk_code shk_change_report_add(shk_change_report *report,
	const struct shk_change *change, shk_diag *diag)
{
	changes_begin(report);
	report->writer->change(report, change);
	report->count++;
	return changes_flush(report, diag);
}

enum shk_code shk_change_report_finish(shk_change_report *report,
	const struct shk_change_summary *summary, shk_diag *diag)
{
	changes_begin(report);
	if (report->writer->finish)
		report->writer->finish(report, summary);
	return changes_flush(report, diag);
}

void shk_change_report_free(shk_change_report *report)
{
	if (!report)
		return;
	buffer_release(&report->out);
	buffer_release(&report->scratch);
	memory_free(report);
}

static void lines_change(
	shk_change_report *report, const struct shk_change *change)
{
	for (size_t i = 0; i < change->part_count; i++) {
		buffer_text(&report->out, change->parts[i].line);
		buffer_byte(&report->out, '\n');
	}
}

const struct change_writer changes_lines = { NULL, lines_change, NULL };
