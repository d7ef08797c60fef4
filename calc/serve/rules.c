/*
 * Pages of the rules, as the library draws them, inside of the server's frame.
 * A page that was reached from a form carries the inputs of the form, so that
 * the way back leads to the same answer.
 */
#include "serve/rules.h"

#include <string.h>

#include "base/diag.h"
#include "serve/page_shell.h"

/* Which page an address means. */
struct rules_page {
	shk_rule_page page;
	size_t decision; /* of the book */
	char revision[64];
};

static bool rules_is_revision(const struct serve_app *app, const char *id)
{
	const char *at;

	for (size_t i = 0; (at = shk_rulebook_revision(app->rulebook, i)); i++)
		if (strcmp(at, id) == 0)
			return true;
	return false;
}

/* `REVISION-NAME.html` or `REVISION/NAME`. */
static bool rules_decision(struct rules_page *to, const struct serve_app *app,
	const char *rest, char separator, const char *end)
{
	const char *middle = strchr(rest, separator);
	const char *name = middle ? middle + 1 : "";
	size_t size = strlen(name);
	size_t tail = strlen(end);
	const char *at;

	if (!middle || (size_t)(middle - rest) >= sizeof(to->revision) ||
		size <= tail || strcmp(name + size - tail, end) != 0)
		return false;
	memcpy(to->revision, rest, (size_t)(middle - rest));
	to->revision[middle - rest] = '\0';
	if (!rules_is_revision(app, to->revision))
		return false;
	for (size_t i = 0; (at = shk_rulebook_decision(app->rulebook, i)); i++)
		if (strlen(at) == size - tail &&
			strncmp(at, name, size - tail) == 0) {
			to->page.kind = SHK_RULE_PAGE_DECISION;
			to->page.decision = at;
			to->page.revision = to->revision;
			to->decision = i;
			return true;
		}
	return false;
}

static bool rules_find(struct rules_page *to, const struct serve_app *app,
	const struct serve_request *request)
{
	const char *rest = request->rest;
	bool japanese = request->language == SHK_JAPANESE;

	memset(to, 0, sizeof(*to));
	to->page.language = request->language;
	to->page.before = "/rules/";
	to->page.after = japanese ? "?lang=ja" : "?lang=en";
	to->page.kind = SHK_RULE_PAGE_INDEX;
	if (rest[0] == '\0' || strcmp(rest, "index.html") == 0)
		return true;
	to->page.kind = SHK_RULE_PAGE_SOURCES;
	if (strcmp(rest, "sources.html") == 0 || strcmp(rest, "sources") == 0)
		return true;
	return rules_decision(to, app, rest, '-', ".html") ||
	       rules_decision(to, app, rest, '/', "");
}

/* To the form of the decision; with its inputs when it was left with them. */
static void rules_back(struct page_shell *shell, const struct rules_page *to)
{
	const char *asked = serve_request_value(shell->request, "decision");
	bool japanese = shell->language == SHK_JAPANESE;
	struct buffer *out = shell->out;

	buffer_text(out, "<p class=\"take\"><a href=\"/ask");
	if (asked && strcmp(asked, to->page.decision) == 0) {
		page_query(shell, "?", shell->language);
		buffer_text(out, "\">");
		serve_html_text(out, japanese ? "入力した質問に戻る"
					      : "Back to what was asked");
	} else {
		buffer_text(out, "?decision=");
		page_encode(out, to->page.decision);
		buffer_text(out, "&amp;revision=");
		page_encode(out, to->page.revision);
		buffer_format(out, "&amp;lang=%s\">", japanese ? "ja" : "en");
		serve_html_text(out,
			japanese ? "この規則で質問する" : "Ask this question");
	}
	buffer_text(out, "</a></p>\n");
}

static const char *rules_title(const struct serve_app *app,
	const struct rules_page *to, enum shk_language language)
{
	bool japanese = language == SHK_JAPANESE;

	if (to->page.kind == SHK_RULE_PAGE_DECISION)
		return shk_rulebook_decision_label(
			app->rulebook, to->decision, language);
	if (to->page.kind == SHK_RULE_PAGE_SOURCES)
		return japanese ? "出典" : "Sources";
	return japanese ? "規則の一覧" : "The rules";
}

enum shk_code serve_rules(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag)
{
	struct page_shell shell;
	struct rules_page to;
	enum shk_code code;

	if (!rules_find(&to, app, request)) {
		diag_set(diag, SHK_E_USAGE,
			"there is no page of rules at this address; the list "
			"of them is at /rules/");
		serve_reply_problem(reply, request->path, STATUS_NOT_FOUND,
			"not_found", diag);
		return SHK_OK;
	}
	page_shell_begin(&shell, request, reply,
		rules_title(app, &to, request->language), false);
	buffer_text(shell.out, "<div class=\"law\">\n");
	if (to.page.kind == SHK_RULE_PAGE_DECISION)
		rules_back(&shell, &to);
	code = shk_rule_page_write(
		app->rulebook, &to.page, serve_reply_sink(reply), diag);
	buffer_text(shell.out, "</div>\n");
	page_shell_end(&shell);
	return code;
}
