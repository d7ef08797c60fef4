/*
 * Rows that are to be corrected: file, row, column, field, and what is wrong
 * with what would be right, as the readers say it.
 */
#include "serve/upload.h"

static void wrong_number(struct buffer *out, long number)
{
	buffer_text(out, "<td class=\"n\">");
	if (number > 0)
		buffer_format(out, "%ld", number);
	buffer_text(out, "</td>");
}

void upload_wrong_add(struct upload_wrong *wrong, const shk_diag *why)
{
	struct buffer *out = &wrong->rows;

	if (wrong->count++ >= UPLOAD_WRONG_MAX)
		return;
	buffer_text(out, "<tr class=\"error\"><td>");
	serve_html_text(out, why->path);
	buffer_text(out, "</td>");
	wrong_number(out, why->line);
	wrong_number(out, why->column);
	buffer_text(out, "<td><code>");
	serve_html_text(out, why->field);
	buffer_text(out, "</code></td><td lang=\"en\">");
	serve_html_text(out, why->message);
	buffer_text(out, "</td></tr>\n");
}

void upload_wrong_write(
	struct page_shell *shell, const struct upload_wrong *wrong)
{
	struct buffer *out = shell->out;

	if (wrong->count == 0)
		return;
	buffer_text(out, "<h3>");
	upload_say(shell, "Rows to correct: ", "直す必要がある行: ");
	buffer_format(out, "%zu</h3>\n", wrong->count);
	if (wrong->count > UPLOAD_WRONG_MAX) {
		buffer_text(out, "<p>");
		upload_say(
			shell, "The first are shown: ", "はじめの表示件数: ");
		buffer_format(out, "%d</p>\n", UPLOAD_WRONG_MAX);
	}
	buffer_text(out, "<div class=\"wide\" tabindex=\"0\"><table>"
			 "<thead><tr>");
	upload_element(shell, "th scope=\"col\"", "file", "ファイル");
	upload_element(shell, "th scope=\"col\"", "row", "行");
	upload_element(shell, "th scope=\"col\"", "column", "列");
	upload_element(shell, "th scope=\"col\"", "fact", "事実");
	upload_element(
		shell, "th scope=\"col\"", "what is wrong", "誤りの内容");
	buffer_text(out, "</tr></thead><tbody>\n");
	buffer_add(out, wrong->rows.data, wrong->rows.size);
	buffer_text(out, "</tbody></table></div>\n");
}
