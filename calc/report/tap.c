/*
 * TAP version 13: every result a test point without a number, the plan at the
 * end. An open result is TODO, with --strict it fails. What is not simply ok
 * has a block of YAML with the message, the place and the missing facts.
 */
#include <string.h>

#include "report/ci.h"

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

/* What only a result has. */
static void tap_why(struct buffer *out, const shk_result *result)
{
	tap_key(out, "field", text_of(result->field));
	tap_key(out, "reason", text_of(result->reason));
	tap_missing(out, result);
	tap_key(out, "revision", text_of(result->revision));
	tap_key(out, "as_of", text_of(result->as_of));
	tap_key(out, "evidence", text_of(result->evidence));
}

static void tap_block(
	struct buffer *out, const struct ci_item *item, struct text message)
{
	buffer_text(out, "  ---\n");
	tap_key(out, "message", message);
	tap_key(out, "status", text_of(item->status));
	tap_key(out, "file", text_of(item->path));
	if (item->row > 0)
		buffer_format(out, "  line: %ld\n", item->row);
	if (item->result)
		tap_why(out, item->result);
	buffer_text(out, "  ...\n");
}

void tap_item(struct shk_report *report, const struct ci_item *item)
{
	static const char *const starts[] = {
		[CI_PASSED] = "ok - ",
		[CI_NOT_APPLICABLE] = "ok - ",
		[CI_OPEN] = "not ok - ",
		[CI_FAILED] = "not ok - ",
		[CI_BROKEN] = "not ok - ",
	};
	static const char *const directives[] = {
		[CI_PASSED] = ": ",
		[CI_NOT_APPLICABLE] = " # SKIP ",
		[CI_OPEN] = " # TODO ",
		[CI_FAILED] = ": ",
		[CI_BROKEN] = ": ",
	};
	struct buffer *out = &report->out;
	struct buffer *scratch = &report->scratch;
	struct text message;

	buffer_text(out, starts[item->verdict]);
	ci_title(scratch, item);
	ci_take(out, scratch, tap_escape);
	buffer_text(out, directives[item->verdict]);
	ci_message(scratch, item, report->options.language);
	ci_spell(out, ci_first_line(scratch), tap_escape);
	buffer_byte(out, '\n');
	message = (struct text){ scratch->data, scratch->size };
	if (scratch->failed)
		out->failed = true;
	else if (item->level != CI_NONE)
		tap_block(out, item, message);
	buffer_clear(scratch);
}

static void tap_result(struct shk_report *report, const shk_result *result)
{
	struct ci_item item;

	ci_of_result(&item, result, report->options.strict);
	tap_item(report, &item);
}

static void tap_begin(struct shk_report *report)
{
	buffer_text(&report->out, "TAP version 13\n");
}

static void tap_finish(struct shk_report *report)
{
	size_t all = report->changes[false] + report->changes[true];

	for (size_t i = 0; i < REPORT_STATUSES; i++)
		all += report->counts[i];
	buffer_text(&report->out, "# ");
	ci_counts(&report->out, report);
	buffer_format(&report->out, "\n1..%zu\n", all);
}

const struct report_writer report_tap = { tap_begin, tap_result, tap_finish };
