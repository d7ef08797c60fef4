/*
 * TAP version 13: every result a test point without a number, the plan at the
 * end. An open result is TODO, with --strict it fails. What is not simply ok
 * has a block of YAML with the message, the place and the missing facts.
 */
#include <string.h>

#include "report/ci.h"
#include "report/text.h"
#include "report/words.h"

/* A line end cannot stand in a description, `#` begins a directive. */
static const char *tap_escape(unsigned char byte)
{
	switch (byte) {
	case '#':
		return "\\#";
	case '\\':
		return "\\\\";
	default:
		return NULL;
	}
}

static bool tap_fails(const struct shk_report *report, const shk_result *result)
{
	return ci_level(result, report->options.strict) >= CI_WARNING;
}

static void tap_key(struct buffer *out, const char *name, struct text value)
{
	if (value.size == 0)
		return;
	buffer_format(out, "  %s: ", name);
	ci_quote(out, value);
	buffer_byte(out, '\n');
}

static void tap_missing(struct buffer *out, const shk_result *result)
{
	if (result->missing_count)
		buffer_text(out, "  missing:\n");
	for (size_t i = 0; i < result->missing_count; i++) {
		buffer_text(out, "    - ");
		ci_quote(out, text_of(result->missing[i].name));
		buffer_byte(out, '\n');
	}
}

static void tap_block(
	struct buffer *out, const shk_result *result, struct text message)
{
	buffer_text(out, "  ---\n");
	tap_key(out, "message", message);
	tap_key(out, "status", text_of(words_status_code(result->status)));
	if (ci_has_place(result))
		tap_key(out, "file", text_of(result->path));
	if (result->row > 0)
		buffer_format(out, "  line: %ld\n", result->row);
	tap_key(out, "field", text_of(result->field));
	tap_key(out, "reason", text_of(result->reason));
	tap_missing(out, result);
	tap_key(out, "revision", text_of(result->revision));
	tap_key(out, "as_of", text_of(result->as_of));
	tap_key(out, "evidence", text_of(result->evidence));
	buffer_text(out, "  ...\n");
}

/* `# SKIP` or `# TODO` with the first line of the message, or that alone. */
static void tap_directive(struct shk_report *report, const shk_result *result,
	struct text headline)
{
	struct buffer *out = &report->out;
	bool todo = result->status == SHK_UNDETERMINED ||
		    result->status == SHK_CONFLICT;

	if (result->status == SHK_NOT_APPLICABLE)
		buffer_text(out, " # SKIP ");
	else if (todo && !report->options.strict)
		buffer_text(out, " # TODO ");
	else
		buffer_text(out, ": ");
	ci_spell(out, headline, tap_escape);
	buffer_byte(out, '\n');
}

static void tap_result(struct shk_report *report, const shk_result *result)
{
	struct buffer *out = &report->out;
	struct buffer *scratch = &report->scratch;

	buffer_text(out, tap_fails(report, result) ? "not ok - " : "ok - ");
	ci_name(scratch, result);
	buffer_byte(scratch, ' ');
	buffer_text(scratch, ci_rule(result));
	ci_take(out, scratch, tap_escape);
	ci_message(scratch, result, report->options.language);
	tap_directive(report, result, ci_first_line(scratch));
	if (ci_level(result, false) != CI_NONE)
		tap_block(out, result,
			(struct text){ scratch->data, scratch->size });
	if (scratch->failed)
		out->failed = true;
	buffer_clear(scratch);
}

static void tap_begin(struct shk_report *report)
{
	buffer_text(&report->out, "TAP version 13\n");
}

static void tap_finish(struct shk_report *report)
{
	size_t all = 0;

	for (size_t i = 0; i < REPORT_STATUSES; i++)
		all += report->counts[i];
	buffer_text(&report->out, "# ");
	text_counts(&report->out, report->counts, report->options.language);
	buffer_format(&report->out, "\n1..%zu\n", all);
}

const struct report_writer report_tap = { tap_begin, tap_result, tap_finish };
