/*
 * The table of answers as a piece of somebody's page: how many there are of
 * each status, then a row an answer with the row of its file. Past a ceiling
 * rows are counted and left out, and the table says so.
 */
#include <stdio.h>

#include "report/ci.h"
#include "report/html.h"

/* `label (name)` of what is missing, into scratch. */
static void table_missing(struct shk_report *report, const shk_result *result)
{
	bool japanese = report->options.language == SHK_JAPANESE;

	for (size_t i = 0; i < result->missing_count; i++) {
		const struct price_missing *missing = &result->missing[i];
		const char *label =
			japanese ? missing->label_ja : missing->label_en;

		buffer_text(&report->scratch, i > 0 ? ", " : "");
		if (label[0])
			buffer_format(&report->scratch, "%s (%s)", label,
				missing->name);
		else
			buffer_text(&report->scratch, missing->name);
	}
}

static void table_cell(struct shk_report *report)
{
	buffer_text(&report->out, "<td>");
	html_take_mixed(
		&report->out, &report->scratch, report->options.language);
	buffer_text(&report->out, "</td>");
}

void html_table_row(
	struct shk_report *report, const shk_result *result, const char *label)
{
	struct buffer *out = &report->out;

	if (report->page.results++ >= REPORT_TABLE_MAX)
		return;
	buffer_format(out, "<tr class=\"%s\"><td class=\"n\">%ld</td>",
		words_status_code(result->status), result->row);
	buffer_text(out, "<th scope=\"row\">");
	html_text(out, result->id[0] ? result->id : "-");
	buffer_byte(out, ' ');
	html_text(out, result->name);
	buffer_text(out, "</th><td>");
	html_text(out, label);
	buffer_text(out, "</td><td class=\"status\">");
	html_text(out, words_status(result->status, report->options.language));
	buffer_text(out, "</td>");
	html_lead(report, result);
	table_cell(report);
	table_missing(report, result);
	table_cell(report);
	buffer_text(out, "<td>");
	html_text(out, result->evidence);
	buffer_text(out, "</td></tr>\n");
	if (out->failed)
		return;
	buffer_add(&report->page.rows, out->data, out->size);
	buffer_clear(out);
}

void html_table_finish(struct shk_report *report)
{
	static const enum word heads[] = { WORD_HTML_ROW, WORD_ID,
		WORD_DECISION, WORD_STATUS, WORD_VALUES, WORD_MISSING_TITLE,
		WORD_EVIDENCE_SHORT };
	struct buffer *out = &report->out;
	const struct buffer *rows = &report->page.rows;

	buffer_text(out, "<p class=\"lead\">");
	ci_counts(&report->scratch, report);
	html_take(out, &report->scratch);
	buffer_text(out, "</p>\n");
	if (report->page.results > REPORT_TABLE_MAX) {
		char most[24];

		snprintf(most, sizeof(most), "%d", REPORT_TABLE_MAX);
		buffer_text(out, "<p>");
		words_fill(&report->scratch, WORD_HTML_FIRST,
			report->options.language, most);
		html_take(out, &report->scratch);
		buffer_text(out, "</p>\n");
	}
	if (rows->size == 0)
		return;
	buffer_text(out, "<div class=\"wide rows\" tabindex=\"0\"><table>"
			 "<thead><tr>");
	html_heads(report, heads, sizeof(heads) / sizeof(heads[0]));
	buffer_add(out, rows->data, rows->size);
	buffer_text(out, "</tbody></table></div>\n");
}
