/*
 * Workflow commands of GitHub Actions: a line a finding, with file and line,
 * so that it stands at the record in the view of a change. The last line
 * counts: GitHub shows only the first ten of each level of a step.
 */
#include <string.h>

#include "report/ci.h"

#define GITHUB_SHOWN 10 /* annotations of a level that a step shows */

/* Of the message: what would end the line, and the sign of an escape. */
static const char *github_escape(unsigned char byte)
{
	switch (byte) {
	case '%':
		return "%25";
	case '\r':
		return "%0D";
	case '\n':
		return "%0A";
	default:
		return NULL;
	}
}

/* Of a property: also what would end it. */
static const char *github_escape_property(unsigned char byte)
{
	switch (byte) {
	case ':':
		return "%3A";
	case ',':
		return "%2C";
	default:
		return github_escape(byte);
	}
}

static void github_place(struct buffer *out, const struct ci_item *item)
{
	if (!item->path[0])
		return;
	buffer_text(out, "file=");
	ci_spell(out, text_of(item->path), github_escape_property);
	if (item->row > 0)
		buffer_format(out, ",line=%ld", item->row);
	buffer_byte(out, ',');
}

void github_item(struct shk_report *report, const struct ci_item *item)
{
	static const char *const commands[REPORT_LEVELS] = {
		[CI_NOTE] = "notice",
		[CI_WARNING] = "warning",
		[CI_ERROR] = "error",
	};
	struct buffer *out = &report->out;
	struct buffer *scratch = &report->scratch;

	report->levels[item->level]++;
	if (item->level == CI_NONE)
		return;
	buffer_format(out, "::%s ", commands[item->level]);
	github_place(out, item);
	buffer_text(out, "title=");
	ci_title(scratch, item);
	ci_take(out, scratch, github_escape_property);
	buffer_text(out, "::");
	ci_message(scratch, item, report->options.language);
	ci_take(out, scratch, github_escape);
	buffer_byte(out, '\n');
}

static void github_result(struct shk_report *report, const shk_result *result)
{
	struct ci_item item;

	ci_of_result(&item, result, report->options.strict);
	github_item(report, &item);
}

static void github_begin(struct shk_report *report)
{
	(void)report;
}

static void github_finish(struct shk_report *report)
{
	const size_t *levels = report->levels;
	struct buffer *out = &report->out;
	bool japanese = report->options.language == SHK_JAPANESE;

	ci_counts(out, report);
	buffer_format(out,
		japanese ? "。注釈: error %zu、warning %zu、notice %zu"
			 : "; annotations: %zu error, %zu warning, %zu notice",
		levels[CI_ERROR], levels[CI_WARNING], levels[CI_NOTE]);
	for (int level = CI_NOTE; level <= CI_ERROR; level++) {
		if (levels[level] <= GITHUB_SHOWN)
			continue;
		buffer_format(out,
			japanese ? "（GitHub は各 %d 件まで表示）"
				 : " (GitHub shows %d of each)",
			GITHUB_SHOWN);
		break;
	}
	buffer_byte(out, '\n');
}

const struct report_writer report_github = { github_begin, github_result,
	github_finish };
