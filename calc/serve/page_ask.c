/*
 * The page of a question: what was typed is read and tried, the answer found,
 * and then everything is written, since the answer says of each field whether
 * it is needed. The address alone determines the page.
 */
#include "serve/page_ask.h"

#include <string.h>

#include "base/diag.h"
#include "serve/given.h"
#include "serve/page.h"
#include "serve/page_rules.h"

static const char *const ask_known[] = { "decision", "revision", "as_of",
	"lang", NULL };

static enum shk_code ask_decision(struct page_ask *ask, shk_diag *diag)
{
	const shk_rulebook *book = ask->app->rulebook;
	const char *given = serve_request_value(ask->request, "decision");
	const char *nearest;

	for (size_t i = 0; given && shk_rulebook_decision(book, i); i++) {
		if (strcmp(shk_rulebook_decision(book, i), given) != 0)
			continue;
		ask->decision = i;
		ask->name = shk_rulebook_decision(book, i);
		return SHK_OK;
	}
	nearest = given ? shk_rulebook_nearest_decision(book, given) : NULL;
	if (nearest)
		diag_set(diag, SHK_E_USAGE,
			"there is no such question; did you mean %s?", nearest);
	else
		diag_set(diag, SHK_E_USAGE, "one question has to be named");
	diag_field(diag, "decision");
	return SHK_E_USAGE;
}

static void ask_init(struct page_ask *ask, struct page_shell *shell,
	struct serve_app *app, const struct serve_request *request)
{
	memset(ask, 0, sizeof(*ask));
	ask->app = app;
	ask->request = request;
	ask->shell = shell;
	shell->language = request->language;
	ask->revision = page_rules_revision(app, request);
	arena_init(&ask->arena);
	buffer_init(&ask->answer);
	buffer_init(&ask->found);
	buffer_init(&ask->edges);
	buffer_init(&ask->proof);
}

static void ask_release(struct page_ask *ask)
{
	shk_form_free(ask->form);
	buffer_release(&ask->answer);
	buffer_release(&ask->found);
	buffer_release(&ask->edges);
	buffer_release(&ask->proof);
	arena_release(&ask->arena);
}

static void ask_write(struct page_ask *ask, struct serve_reply *reply)
{
	const shk_rulebook *book = ask->app->rulebook;
	enum shk_language language = ask->request->language;
	const char *label =
		shk_rulebook_decision_label(book, ask->decision, language);
	struct page_shell *shell = ask->shell;

	page_shell_begin(shell, &ask->asked, reply, label, true);
	buffer_text(shell->out, "<h1>");
	serve_html_text(shell->out, label);
	buffer_text(shell->out, "</h1>\n<p class=\"question\">");
	serve_html_text(shell->out,
		shk_rulebook_decision_question(book, ask->decision, language));
	buffer_text(shell->out, "</p>\n");
	page_errors_write(ask);
	buffer_text(shell->out, "<div class=\"sides\">\n");
	page_fields_write(ask);
	page_answer_write(ask);
	buffer_text(shell->out, "</div>\n");
	page_shell_end(shell);
}

enum shk_code serve_page_ask(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag)
{
	struct page_ask ask;
	struct page_shell shell;
	enum shk_code code;

	ask_init(&ask, &shell, app, request);
	code = serve_names_check(request, ask_known, diag);
	if (!code)
		code = ask_decision(&ask, diag);
	if (!code)
		code = page_inputs_take(&ask, diag);
	if (!code && ask.wrong == 0)
		code = page_answer_find(&ask, diag);
	if (!code)
		ask_write(&ask, reply);
	ask_release(&ask);
	return code;
}
