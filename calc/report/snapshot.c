/*
 * The snapshot: one line a result, its columns as <shokan/snapshot.h> says.
 * Nothing that differs from one run to the next over the same facts and rules
 * is in a line, so that two files can be compared byte by byte.
 */
#include <string.h>

#include "report/values.h"
#include "report/words.h"
#include "report/writer.h"
#include "snapshot/escape.h"

static void snapshot_text(struct shk_report *report, const char *text)
{
	snapshot_escape(&report->out, text, strlen(text));
	buffer_byte(&report->out, '\t');
}

/* The cell that was built in `scratch`. */
static void snapshot_scratch(struct shk_report *report)
{
	if (report->scratch.failed)
		report->out.failed = true;
	else if (report->scratch.size)
		snapshot_escape(&report->out, report->scratch.data,
			report->scratch.size);
	buffer_byte(&report->out, '\t');
	buffer_clear(&report->scratch);
}

static void snapshot_missing(
	struct shk_report *report, const shk_result *result)
{
	for (size_t i = 0; i < result->missing_count; i++) {
		if (i)
			buffer_byte(&report->scratch, '|');
		buffer_text(&report->scratch, result->missing[i].name);
	}
	snapshot_scratch(report);
}

static void snapshot_citations(
	struct shk_report *report, const shk_result *result)
{
	struct buffer *out = &report->scratch;

	for (size_t i = 0; i < result->citation_count; i++) {
		if (i)
			buffer_byte(out, '|');
		buffer_text(out, result->citations[i].source);
		buffer_byte(out, ' ');
		buffer_text(out, result->citations[i].place);
	}
	snapshot_scratch(report);
}

static void snapshot_facts(struct shk_report *report, const shk_result *result)
{
	struct buffer *out = &report->scratch;

	for (size_t i = 0; i < result->known_count; i++) {
		if (i)
			buffer_byte(out, ';');
		buffer_text(out, result->known[i].name);
		buffer_byte(out, '=');
		for (const char *at = result->known[i].value; *at; at++) {
			if (*at == ';' || *at == '\\')
				buffer_byte(out, '\\');
			buffer_byte(out, *at);
		}
	}
	snapshot_scratch(report);
}

static void snapshot_begin(struct shk_report *report)
{
	if (report->options.header)
		snapshot_header_print(&report->out, report->options.header);
}

static void snapshot_result(struct shk_report *report, const shk_result *result)
{
	struct buffer *out = &report->out;

	snapshot_text(report, result->id);
	snapshot_text(report, result->decision);
	snapshot_text(report, result->revision);
	snapshot_text(report, result->as_of);
	snapshot_text(report, words_status_code(result->status));
	snapshot_text(report, result->reason);
	values_cell_outputs(&report->scratch, result);
	snapshot_scratch(report);
	snapshot_missing(report, result);
	values_cell_outcomes(
		&report->scratch, result->outcomes, result->outcome_count);
	snapshot_scratch(report);
	snapshot_text(report, result->evidence);
	snapshot_citations(report, result);
	snapshot_facts(report, result);
	if (out->size && !out->failed)
		out->data[out->size - 1] = '\n'; /* no tab behind the last */
}

static void snapshot_finish(struct shk_report *report)
{
	(void)report;
}

const struct report_writer report_snapshot = { snapshot_begin, snapshot_result,
	snapshot_finish };
