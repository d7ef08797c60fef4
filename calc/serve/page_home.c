/*
 * The first page: every question with what it answers, under the revision or
 * day that was chosen, which the links carry on.
 */
#include "serve/page.h"

#include "base/diag.h"
#include "serve/given.h"
#include "serve/page_rules.h"

static void home_rules(struct page_shell *shell, const struct serve_app *app)
{
	struct buffer *out = shell->out;

	buffer_format(out,
		"<form class=\"ask\" method=\"get\" action=\"/\">\n"
		"<input type=\"hidden\" name=\"lang\" value=\"%s\">\n",
		shell->language == SHK_JAPANESE ? "ja" : "en");
	page_rules_fields(shell, app, false);
	buffer_text(out, "<p><button type=\"submit\" class=\"second\">");
	page_say(shell, PAGE_SHOW_BUTTON);
	buffer_text(out, "</button></p>\n</form>\n");
}

/* Some revision has it. */
static bool home_is_encoded(const struct serve_app *app, size_t decision)
{
	size_t count = shk_rulebook_revision_count(app->rulebook);

	for (size_t i = 0; i < count; i++)
		if (shk_rulebook_decision_in(app->rulebook, decision, i))
			return true;
	return false;
}

static void home_question(struct page_shell *shell, const struct serve_app *app,
	size_t decision, size_t revision)
{
	const shk_rulebook *book = app->rulebook;
	const char *name = shk_rulebook_decision(book, decision);
	struct buffer *out = shell->out;

	buffer_text(out, "<li><a href=\"/ask?decision=");
	page_encode(out, name);
	page_query(shell, "&amp;", shell->language);
	buffer_text(out, "\">");
	serve_html_text(out,
		shk_rulebook_decision_label(book, decision, shell->language));
	buffer_text(out, "</a>\n<p>");
	serve_html_text(out, shk_rulebook_decision_question(
				     book, decision, shell->language));
	if (!home_is_encoded(app, decision)) {
		buffer_text(out, " <span class=\"state\">");
		page_say(shell, PAGE_NOT_ENCODED);
		buffer_text(out, "</span>");
	} else if (!shk_rulebook_decision_in(book, decision, revision)) {
		buffer_text(out, " <span class=\"state\">");
		page_say_with(shell, PAGE_NOT_IN,
			shk_rulebook_revision(book, revision));
		buffer_text(out, "</span>");
	}
	buffer_text(out, "</p></li>\n");
}

enum shk_code serve_page_home(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag)
{
	static const char *const known[] = { "revision", "as_of", "lang",
		NULL };
	size_t revision = page_rules_revision(app, request);
	struct page_shell shell;
	enum shk_code code = serve_names_check(request, known, diag);

	if (code)
		return code;
	page_shell_begin(&shell, request, reply,
		page_words_get(PAGE_TITLE_HOME, request->language), false);
	page_element(&shell, "h1", PAGE_TITLE_HOME);
	page_element(&shell, "p", PAGE_LEAD_HOME);
	home_rules(&shell, app);
	page_element(&shell, "h2", PAGE_QUESTIONS);
	buffer_text(shell.out, "<ul class=\"questions\">\n");
	for (size_t i = 0; shk_rulebook_decision(app->rulebook, i); i++)
		home_question(&shell, app, i, revision);
	buffer_text(shell.out, "</ul>\n");
	page_shell_end(&shell);
	return SHK_OK;
}
