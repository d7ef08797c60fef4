/*
 * The fields of a form that sends a file, and what was wrong with one that was
 * sent. Words of these pages stand where they are said.
 */
#include <string.h>

#include "serve/page_rules.h"
#include "serve/problem.h"
#include "serve/upload.h"

void upload_say(
	struct page_shell *shell, const char *english, const char *japanese)
{
	serve_html_text(shell->out,
		shell->language == SHK_JAPANESE ? japanese : english);
}

void upload_element(struct page_shell *shell, const char *tag,
	const char *english, const char *japanese)
{
	buffer_format(shell->out, "<%s>", tag);
	upload_say(shell, english, japanese);
	buffer_format(shell->out, "</%.*s>\n", (int)strcspn(tag, " "), tag);
}

static const char *form_value(struct page_shell *shell, const char *name)
{
	const char *value = serve_request_value(shell->request, name);

	return value ? value : "";
}

static void form_file(struct page_shell *shell)
{
	struct buffer *out = shell->out;

	buffer_text(out, "<div class=\"field\"><label for=\"file\">");
	upload_say(shell, "File of records", "製品の一覧（ファイル）");
	buffer_text(out, "</label>\n<p class=\"hint\" id=\"h-file\">");
	upload_say(shell,
		"CSV (UTF-8 or Shift_JIS), Excel (.xlsx), JSON or XML; known "
		"by "
		"its content. At most 8 MiB and 10,000 records. The first line "
		"of a table has the names of the facts.",
		"CSV（UTF-8 又は Shift_JIS）、Excel（.xlsx）、JSON、XML。形式は"
		"内容から判定する。8 MiB、1万件まで。表の1行目には事実の名前を"
		"書く。");
	buffer_text(out,
		"</p>\n<input id=\"file\" name=\"file\" type=\"file\" "
		"aria-describedby=\"h-file\" accept=\".csv,.tsv,.xlsx,.json,"
		".jsonl,.xml,text/csv,application/json\"></div>\n");
}

static void form_sheet(struct page_shell *shell)
{
	struct buffer *out = shell->out;

	buffer_text(out, "<div class=\"field\"><label for=\"sheet\">");
	upload_say(shell, "Sheet of a workbook", "Excel のシート名");
	buffer_text(out, "</label>\n<p class=\"hint\" id=\"h-sheet\">");
	upload_say(shell, "empty: the first that is not hidden",
		"空欄なら、隠されていない最初のシート");
	buffer_text(out, "</p>\n<input id=\"sheet\" name=\"sheet\" "
			 "aria-describedby=\"h-sheet\" value=\"");
	serve_html_text(out, form_value(shell, "sheet"));
	buffer_text(out, "\"></div>\n");
}

static bool form_asked(struct page_shell *shell, const char *name)
{
	const struct serve_pair *pair;

	for (size_t i = 0; (pair = serve_request_pair(shell->request, i)); i++)
		if (strcmp(pair->name, "decision") == 0 &&
			strcmp(pair->value, name) == 0)
			return true;
	return false;
}

/* Those that a revision has; the others have no answer. */
static void form_decisions(
	struct page_shell *shell, const struct serve_app *app)
{
	const shk_rulebook *book = app->rulebook;
	size_t revisions = shk_rulebook_revision_count(book);
	struct buffer *out = shell->out;
	const char *name;

	buffer_text(out, "<details><summary>");
	upload_say(shell, "Questions: all that a record has facts for",
		"質問: 事実がそろうものすべて");
	buffer_text(out, "</summary>\n<fieldset>");
	upload_element(shell, "legend", "Only these", "次のものだけ");
	buffer_text(out, "<div class=\"checks\">\n");
	for (size_t i = 0; (name = shk_rulebook_decision(book, i)); i++) {
		size_t at = 0;

		while (at < revisions && !shk_rulebook_decision_in(book, i, at))
			at++;
		if (at == revisions)
			continue;
		buffer_text(out, "<label><input type=\"checkbox\" "
				 "name=\"decision\" value=\"");
		serve_html_text(out, name);
		buffer_format(out, "\"%s> ",
			form_asked(shell, name) ? " checked" : "");
		serve_html_text(out,
			shk_rulebook_decision_label(book, i, shell->language));
		buffer_text(out, "</label>\n");
	}
	buffer_text(out, "</div></fieldset></details>\n");
}

static void form_policy(struct page_shell *shell)
{
	struct buffer *out = shell->out;

	buffer_text(out, "<details><summary>");
	upload_say(shell, "What the law leaves open",
		"法令が定めていない事項（方針パラメータ）");
	buffer_text(
		out, "</summary>\n<div class=\"field\"><label for=\"policy\">");
	upload_say(shell, "Parameters", "パラメータ");
	buffer_text(out, "</label>\n<p class=\"hint\" id=\"h-policy\">");
	upload_say(shell,
		"one a line, NAME=VALUE, such as points_rounding=half_up; "
		"without one the answer says between what it lies",
		"1行に1件、名前=値（例: points_rounding=half_up）。"
		"書かないものについて、答えはあり得る範囲を示す");
	buffer_text(out, "</p>\n<textarea id=\"policy\" name=\"policy\" "
			 "rows=\"4\" aria-describedby=\"h-policy\">\n");
	serve_html_text(out, form_value(shell, "policy"));
	buffer_text(out, "</textarea></div></details>\n");
}

void upload_fields(
	struct page_shell *shell, const struct serve_app *app, bool rules)
{
	form_file(shell);
	form_sheet(shell);
	if (rules)
		page_rules_fields(shell, app, false);
	form_decisions(shell, app);
	form_policy(shell);
}

static void form_place(struct page_shell *shell, const shk_diag *diag)
{
	struct buffer *out = shell->out;

	if (diag->path[0]) {
		serve_html_text(out, diag->path);
		buffer_text(out, ": ");
	}
	if (diag->line > 0) {
		upload_say(shell, "row ", "行 ");
		buffer_format(out, "%ld", diag->line);
		buffer_text(out, ": ");
	}
	if (diag->field[0]) {
		buffer_text(out, "<code>");
		serve_html_text(out, diag->field);
		buffer_text(out, "</code>: ");
	}
}

void upload_problem(struct page_shell *shell, const shk_diag *diag)
{
	buffer_text(shell->out, "<div class=\"errors\" role=\"alert\">\n");
	upload_element(shell, "h2", "This could not be worked out to its end",
		"最後まで計算できませんでした");
	buffer_text(shell->out, "<p>");
	form_place(shell, diag);
	problem_text(shell->out, shell->language, diag->code, diag->reason,
		diag->message);
	buffer_text(shell->out, "</p></div>\n");
}

bool upload_hidden(struct page_shell *shell, const struct upload *upload)
{
	struct buffer *out = shell->out;
	const struct serve_pair *pair;

	for (size_t i = 0; (pair = serve_request_pair(&upload->asked, i));
		i++) {
		/* the language is one of the form's own */
		if (strcmp(pair->name, "format") == 0 ||
			strcmp(pair->name, "lang") == 0 || !pair->value[0])
			continue;
		buffer_text(out, "<input type=\"hidden\" name=\"");
		serve_html_text(out, pair->name);
		buffer_text(out, "\" value=\"");
		serve_html_text(out, pair->value);
		buffer_text(out, "\">\n");
	}
	return upload_again_write(shell, &upload->asked.file);
}
