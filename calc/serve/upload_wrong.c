/*
 * Rows that are to be corrected, one an item of a list, which is read on a
 * phone as well: file, row, column, field, and what is wrong with what would be
 * right, as the readers say it.
 */
#include <string.h>

#include "serve/problem.h"
#include "serve/upload.h"

static void wrong_place(struct page_shell *shell, const char *english,
	const char *japanese, long number)
{
	if (number <= 0)
		return;
	buffer_text(shell->out, ", ");
	upload_say(shell, english, japanese);
	buffer_format(shell->out, " %ld", number);
}

void upload_wrong_add(struct page_shell *shell, struct upload_wrong *wrong,
	const shk_diag *why)
{
	struct page_shell to = { .out = &wrong->rows,
		.language = shell->language };
	size_t field = strlen(why->field);

	if (wrong->count++ >= UPLOAD_WRONG_MAX)
		return;
	buffer_text(to.out, "<li><strong>");
	serve_html_text(to.out, why->path);
	wrong_place(&to, "row", "行", why->line);
	wrong_place(&to, "column", "列", why->column);
	buffer_text(to.out, "</strong>: ");
	/* most messages begin with their field */
	if (field && strncmp(why->message, why->field, field) != 0) {
		buffer_text(to.out, "<code>");
		serve_html_text(to.out, why->field);
		buffer_text(to.out, "</code>: ");
	}
	problem_text(to.out, to.language, why->code, why->reason, why->message);
	buffer_text(to.out, "</li>\n");
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
	buffer_text(out, "<ul class=\"wrong\">\n");
	out->failed = out->failed || wrong->rows.failed;
	buffer_add(out, wrong->rows.data, wrong->rows.size);
	buffer_text(out, "</ul>\n");
}
