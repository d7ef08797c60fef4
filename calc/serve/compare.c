/*
 * /compare: two revisions side by side. With facts in the address it is one
 * record, and the address can be shared; with a file it is every record whose
 * answer changes, as a page or as a file; with neither it says how to ask.
 */
#include "serve/compare.h"

#include <stdio.h>
#include <string.h>

#include "base/diag.h"

static const struct compare_output {
	const char *name;
	enum shk_change_format format;
	const char *type;
	const char *download; /* "": a page */
} compare_outputs[] = {
	{ "table", SHK_CHANGES_TEXT, SERVE_HTML, "" },
	{ "csv", SHK_CHANGES_CSV, "text/csv; charset=utf-8",
		"shokan-changes.csv" },
	{ "json", SHK_CHANGES_JSON, SERVE_LINES, "shokan-changes.jsonl" },
};

#define OUTPUTS (sizeof(compare_outputs) / sizeof(compare_outputs[0]))

enum shk_code compare_revisions(const struct serve_app *app,
	const struct serve_request *request, const char *names[2],
	size_t indexes[2], shk_diag *diag)
{
	static const char *const asked[2] = { "before", "after" };
	size_t count = shk_rulebook_revision_count(app->rulebook);

	for (size_t i = 0; i < 2; i++) {
		const char *name = serve_request_value(request, asked[i]);
		/* of none, the last two */
		size_t at = count > 1 - i ? count - 2 + i : 0;

		for (size_t k = 0; name && k < count; k++) {
			at = strcmp(shk_rulebook_revision(app->rulebook, k),
				     name) == 0
				     ? k
				     : at;
		}
		names[i] = shk_rulebook_revision(app->rulebook, at);
		indexes[i] = at;
		if (!name || strcmp(name, names[i]) == 0)
			continue;
		diag_set(
			diag, SHK_E_USAGE, "there is no revision \"%s\"", name);
		diag_field(diag, asked[i]);
		return SHK_E_USAGE;
	}
	return SHK_OK;
}

static void page_choice(struct page_shell *shell, const struct serve_app *app,
	const char *name, const char *chosen, const char *english,
	const char *japanese)
{
	struct buffer *out = shell->out;
	const char *id;

	buffer_format(out, "<div class=\"field\"><label for=\"%s\">", name);
	upload_say(shell, english, japanese);
	buffer_format(
		out, "</label>\n<select id=\"%s\" name=\"%s\">\n", name, name);
	for (size_t i = 0; (id = shk_rulebook_revision(app->rulebook, i));
		i++) {
		buffer_text(out, "<option value=\"");
		serve_html_text(out, id);
		buffer_format(out, "\"%s>",
			strcmp(id, chosen) == 0 ? " selected" : "");
		serve_html_text(out, id);
		buffer_text(out, ": ");
		serve_html_text(out, shk_rulebook_revision_label(app->rulebook,
					     i, shell->language));
		buffer_text(out, "</option>\n");
	}
	buffer_text(out, "</select></div>\n");
}

static void page_buttons(struct page_shell *shell, bool table)
{
	struct buffer *out = shell->out;

	buffer_text(out, "<div class=\"buttons\">\n");
	if (table) {
		buffer_text(out, "<button name=\"format\" value=\"table\">");
		upload_say(shell, "Show what changes", "変わるものを見る");
		buffer_text(out, "</button>\n");
	}
	buffer_text(out, "<button class=\"second\" name=\"format\" "
			 "value=\"csv\">CSV</button>\n"
			 "<button class=\"second\" name=\"format\" "
			 "value=\"json\">JSON</button>\n</div>\n");
}

static void page_open_form(struct page_shell *shell)
{
	buffer_format(shell->out,
		"<form method=\"post\" action=\"/compare\" "
		"enctype=\"multipart/form-data\">\n<input type=\"hidden\" "
		"name=\"lang\" value=\"%s\">\n",
		shell->language == SHK_JAPANESE ? "ja" : "en");
}

static void page_form(struct compare *compare)
{
	struct page_shell *shell = compare->shell;

	buffer_text(shell->out, "<section>\n");
	upload_element(shell, "h2", "A catalogue: which products change",
		"製品の一覧: どの製品の結果が変わるか");
	page_open_form(shell);
	upload_fields(shell, compare->app, false);
	page_choice(shell, compare->app, "before", compare->sides[0].revision,
		"Before", "前の改定");
	page_choice(shell, compare->app, "after", compare->sides[1].revision,
		"After", "後の改定");
	page_buttons(shell, true);
	buffer_text(shell->out, "</form></section>\n");
}

static void page_ways(struct compare *compare)
{
	struct page_shell *shell = compare->shell;
	bool japanese = shell->language == SHK_JAPANESE;

	buffer_text(shell->out, "<section>\n");
	upload_element(shell, "h2", "The law itself", "規則そのもの");
	buffer_format(shell->out,
		"<p class=\"take\"><a href=\"/compare/law?lang=%s\" "
		"data-wait=\"%s\">",
		japanese ? "ja" : "en",
		japanese ? "計算しています" : "It is being worked out");
	upload_say(shell,
		"Everything in which the two revisions answer differently",
		"2つの改定の答えが異なる場合のすべて");
	buffer_text(shell->out, "</a>");
	upload_say(shell, " (takes some seconds the first time)",
		"（初回は数秒かかります）");
	buffer_text(shell->out, " <strong role=\"status\"></strong></p>"
				"</section>\n<section>\n");
	upload_element(shell, "h2", "One product", "1つの製品");
	buffer_format(shell->out, "<p class=\"take\"><a href=\"/?lang=%s\">",
		japanese ? "ja" : "en");
	upload_say(shell, "Choose a question, fill in its form",
		"質問を選んで事実を入力する");
	buffer_text(shell->out, "</a>");
	upload_say(shell,
		"; below the answer there is a link to the comparison with "
		"the same inputs, which can be shared.",
		"と、答えの下に、同じ入力で改定を比べるリンクが出ます。"
		"そのリンクは共有できます。");
	buffer_text(shell->out, "</p></section>\n");
}

/* Both answers, and what differs between them. */
static void page_record(struct compare *compare)
{
	struct page_shell *shell = compare->shell;
	struct buffer *out = shell->out;

	buffer_text(out, "<section id=\"answer\" tabindex=\"-1\">\n");
	if (compare->changes)
		upload_element(shell, "h2", "What differs", "何が変わるか");
	else
		upload_element(shell, "h2", "Both give the same answer",
			"どちらの改定でも同じ結果");
	buffer_add(out, compare->rows.data, compare->rows.size);
	buffer_text(out, "</section>\n<div class=\"sides both\">\n");
	for (size_t i = 0; i < 2; i++) {
		const struct compare_side *side = &compare->sides[i];

		buffer_text(out, "<section><h2>");
		serve_html_text(out, side->revision);
		buffer_text(out, ": ");
		serve_html_text(
			out, shk_rulebook_revision_label(compare->app->rulebook,
				     side->index, shell->language));
		buffer_text(out, "</h2>\n");
		buffer_add(out, side->answer.data, side->answer.size);
		buffer_text(out, "</section>\n");
	}
	buffer_text(out, "</div>\n");
}

static void page_change_link(struct compare *compare)
{
	struct page_shell *shell = compare->shell;

	if (!serve_request_value(shell->request, "decision"))
		return;
	buffer_text(shell->out, "<p class=\"take\"><a href=\"/ask");
	page_query(shell, "?", shell->language);
	buffer_text(shell->out, "\">");
	upload_say(shell, "Change the inputs", "入力を変える");
	buffer_text(shell->out, "</a><br>\n<a href=\"/compare/law?decision=");
	page_encode(
		shell->out, serve_request_value(shell->request, "decision"));
	buffer_format(shell->out, "&amp;before=%s&amp;after=%s&amp;lang=%s\">",
		compare->sides[0].revision, compare->sides[1].revision,
		shell->language == SHK_JAPANESE ? "ja" : "en");
	upload_say(shell, "What changed in this rule, for every product",
		"この規則の何が変わったか（すべての製品について）");
	buffer_text(shell->out, "</a></p>\n");
}

static void page_heads(struct compare *compare)
{
	static const char *const heads[][2] = { { "id", "id" },
		{ "decision", "判断" }, { NULL, NULL }, { NULL, NULL },
		{ "difference", "差" }, { "because of", "原因" } };
	struct buffer *out = compare->shell->out;
	bool japanese = compare->shell->language == SHK_JAPANESE;

	buffer_text(out,
		"<div class=\"wide rows changes\" tabindex=\"0\"><table>"
		"<thead><tr>");
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
		buffer_text(out, "<th scope=\"col\">");
		serve_html_text(out, heads[i][0]
					     ? heads[i][japanese]
					     : compare->sides[i - 2].revision);
		buffer_text(out, "</th>");
	}
	buffer_text(out, "</tr></thead><tbody>\n");
}

/* The changes of the file, the rows to correct, the same as files. */
static void page_file(struct compare *compare)
{
	struct page_shell *shell = compare->shell;
	struct buffer *out = shell->out;

	buffer_text(out, "<section id=\"answer\" tabindex=\"-1\">\n");
	upload_element(shell, "h2", "What changes", "変わるもの");
	buffer_text(out, "<p class=\"lead\">");
	upload_say(shell, "answers that change: ", "変わる結果: ");
	buffer_format(out, "%zu", compare->changes);
	upload_say(shell, ", of records: ", "、製品数: ");
	buffer_format(out, "%zu</p>\n", compare->seen);
	upload_wrong_write(shell, &compare->wrong);
	if (compare->upload->asked.file.bytes.size <= UPLOAD_AGAIN_MAX) {
		upload_element(shell, "h3", "The same changes as files",
			"同じ内容をファイルで");
		page_open_form(shell);
		upload_hidden(shell, compare->upload);
		page_buttons(shell, false);
		buffer_text(out, "</form>\n");
	}
	if (compare->changes > COMPARE_ROWS_MAX) {
		buffer_text(out, "<p>");
		upload_say(
			shell, "The first are shown: ", "はじめの表示件数: ");
		buffer_format(out, "%d</p>\n", COMPARE_ROWS_MAX);
	}
	if (compare->rows.size) {
		page_heads(compare);
		buffer_add(out, compare->rows.data, compare->rows.size);
		buffer_text(out, "</tbody></table></div>\n");
	}
	buffer_text(out, "</section>\n");
}

static void page_write(struct compare *compare,
	const struct serve_request *request, struct serve_reply *reply,
	bool answered, const shk_diag *problem)
{
	struct page_shell *shell = compare->shell;
	bool one = answered && !compare->file;

	page_shell_begin(shell, request, reply,
		request->language == SHK_JAPANESE ? "改定を比べる"
						  : "Compare revisions",
		answered);
	upload_element(shell, "h1", "Two revisions side by side",
		"2つの改定を並べて比べる");
	if (problem) {
		upload_problem(shell, problem);
		reply->status = problem->code == SHK_E_LIMIT
					? STATUS_TOO_LARGE
					: STATUS_BAD_REQUEST;
	}
	if (one)
		page_change_link(compare);
	buffer_text(shell->out, "<div class=\"answers\">\n");
	if (one)
		page_record(compare);
	else if (answered)
		page_file(compare);
	if (!one) {
		page_form(compare);
		page_ways(compare);
	}
	buffer_text(shell->out, "</div>\n");
	page_shell_end(shell);
}

static enum shk_code compare_choose(struct compare *compare,
	const struct compare_output **output, shk_diag *diag)
{
	const char *given =
		serve_request_value(&compare->upload->asked, "format");

	*output = compare_outputs;
	for (size_t i = 0; given && i < OUTPUTS; i++)
		if (strcmp(compare_outputs[i].name, given) == 0) {
			*output = &compare_outputs[i];
			return SHK_OK;
		}
	if (!given)
		return SHK_OK;
	diag_set(diag, SHK_E_USAGE, "must be table, csv or json");
	diag_field(diag, "format");
	return SHK_E_USAGE;
}

/* The names, the revisions and the output that are asked for. */
static enum shk_code compare_begin(struct compare *compare,
	const struct serve_request *request,
	const struct compare_output **output, struct serve_reply *reply)
{
	static const char *const known[] = { "before", "after", "revision",
		"as_of", "decision", "lang", "min_evidence", "input_format",
		"encoding", "sheet", "format", NULL };
	const char *names[2] = { "", "" };
	size_t indexes[2] = { 0, 0 };
	shk_diag *diag = compare->diag;
	enum shk_code named =
		compare_revisions(compare->app, request, names, indexes, diag);
	enum shk_code code = named;

	for (size_t i = 0; i < 2; i++) {
		compare->sides[i].revision = names[i][0] ? names[i] : names[0];
		compare->sides[i].index = indexes[i];
	}
	if (!code)
		code = serve_names_check(&compare->upload->asked, known, diag);
	if (!code)
		code = compare_choose(compare, output, diag);
	compare->file = compare->upload->asked.file.bytes.data != NULL;
	if (!code && (*output)->download[0])
		code = shk_change_report_new(&compare->report,
			(*output)->format, request->language,
			serve_reply_sink(reply), diag);
	return code;
}

/* Something to compare: a file, or facts. */
static bool compare_is_asked(const struct compare *compare)
{
	const struct serve_pair *pair;

	for (size_t i = 0;
		(pair = serve_request_pair(&compare->upload->asked, i)); i++)
		if (strncmp(pair->name, SERVE_FACT, strlen(SERVE_FACT)) == 0 ||
			strcmp(pair->name, "decision") == 0)
			return true;
	return compare->file;
}

static enum shk_code compare_answer(struct compare *compare,
	const struct serve_request *request, struct serve_reply *reply,
	enum shk_code code)
{
	const struct compare_output *output = compare_outputs;
	bool asked = false;

	if (!code)
		code = compare_begin(compare, request, &output, reply);
	else
		compare_begin(compare, request, &output, reply);
	if (!code && request->method == SERVE_POST && !compare->file)
		code = diag_set(compare->diag, SHK_E_USAGE,
			"no file was chosen; choose one with a row a product");
	asked = !code && compare_is_asked(compare);
	if (asked)
		code = compare_run(compare);
	if (code && (!upload_is_fault(code) || output->download[0]))
		return code;
	if (output->download[0]) {
		reply->type = output->type;
		snprintf(reply->download, sizeof(reply->download), "%s",
			output->download);
		return SHK_OK;
	}
	page_write(compare, request, reply, asked && !code,
		code ? compare->diag : NULL);
	return SHK_OK;
}

enum shk_code serve_compare(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag)
{
	struct page_shell shell = { .language = request->language };
	struct upload upload;
	struct compare compare = {
		.app = app, .upload = &upload, .shell = &shell, .diag = diag
	};
	enum shk_code code = upload_take(&upload, request, diag);

	arena_init(&compare.arena);
	buffer_init(&compare.rows);
	buffer_init(&compare.wrong.rows);
	for (size_t i = 0; i < 2; i++)
		buffer_init(&compare.sides[i].answer);
	code = code && !upload_is_fault(code)
		       ? code
		       : compare_answer(&compare, request, reply, code);
	compare_release(&compare);
	upload_release(&upload);
	return code;
}
