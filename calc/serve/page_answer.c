/*
 * The answer as pieces that the library writes: what it is, what has to be
 * found out, how far another one is, and the proof. Here they are put in order
 * and followed by the links to the same inputs elsewhere.
 */
#include "serve/page_ask.h"

#include <string.h>

#include "base/diag.h"
#include "serve/given.h"
#include "serve/pool.h"

struct answer {
	struct page_ask *ask;
	struct serve_pricer *pricer;
	struct serve_records records;
	shk_record *record;
	shk_report *reports[2];
	shk_diag *diag;
};

static bool answer_write(void *context, const char *data, size_t size)
{
	struct buffer *out = context;

	buffer_add(out, data, size);
	return !out->failed && out->size < SERVE_REPLY_MAX / 4;
}

static shk_sink answer_sink(struct buffer *out)
{
	return (shk_sink){ .context = out, .write = answer_write };
}

/* A sink can say only that it failed; for want of memory it was ours that did. */
static enum shk_code answer_written(
	enum shk_code code, const struct buffer *out, shk_diag *diag)
{
	if (code != SHK_E_IO || !out->failed)
		return code;
	diag_clear(diag);
	return diag_memory(diag);
}

/* A step of the proof: a fact that was read; or what is wrong. */
static bool answer_row(void *context, const shk_proof_row *row)
{
	struct page_ask *ask = context;
	struct page_field *field = NULL;
	bool error = strcmp(row->kind, "error") == 0;

	if (error || strcmp(row->kind, "fact") == 0)
		field = page_field_find(ask, false, row->name);
	if (!field && !error)
		field = page_field_find(ask, true, row->name);
	if (!field)
		return true;
	if (error) {
		field->says =
			arena_text(&ask->arena, row->text, strlen(row->text));
		field->state = PAGE_IS_WRONG;
		ask->wrong++;
	} else if (field->value[0]) {
		field->state = PAGE_IS_USED;
	}
	return true;
}

static void answer_missing(struct page_ask *ask, const shk_result *result)
{
	const char *name;
	bool alone;

	for (size_t i = 0; shk_result_missing(result, i, &name, &alone); i++) {
		struct page_field *field = page_field_find(ask, false, name);

		if (!field)
			field = page_field_find(ask, true, name);
		if (!field)
			continue;
		field->state = field->value[0] ? PAGE_IS_PARTLY
			       : alone	       ? PAGE_IS_ALONE
					       : PAGE_IS_MISSING;
	}
}

/* What the answer says of each field. */
static enum shk_code answer_states(
	struct answer *answer, const shk_result *result)
{
	struct page_ask *ask = answer->ask;
	enum shk_code code;

	for (size_t i = 0; i < ask->count; i++)
		ask->fields[i].state =
			ask->fields[i].value[0] ? PAGE_IS_UNUSED : PAGE_IS_IDLE;
	code = shk_result_proof(
		result, ask->shell->language, answer_row, ask, answer->diag);
	answer_missing(ask, result);
	return code;
}

static enum shk_code answer_result(void *context, const shk_result *result)
{
	struct answer *answer = context;
	enum shk_code code = SHK_OK;

	answer->ask->status = shk_result_status(result);
	answer->ask->answered = true;
	for (size_t i = 0; i < 2 && !code; i++)
		code = shk_report_result(
			answer->reports[i], result, answer->diag);
	return code ? code : answer_states(answer, result);
}

static enum shk_code answer_price(struct answer *answer)
{
	struct page_ask *ask = answer->ask;
	shk_report_options options = { .format = SHK_REPORT_HTML,
		.language = ask->shell->language,
		.rulebook = ask->app->rulebook };
	static const enum shk_piece pieces[] = { SHK_PIECE_ANSWER,
		SHK_PIECE_PROOF };
	struct buffer *outs[] = { &ask->answer, &ask->proof };
	enum shk_code code = SHK_OK;

	for (size_t i = 0; i < 2 && !code; i++) {
		options.piece = pieces[i];
		code = shk_report_new(&answer->reports[i], &options,
			answer_sink(outs[i]), answer->diag);
	}
	if (!code)
		code = shk_pricer_price(answer->pricer->pricer, answer->record,
			answer_result, answer, answer->diag);
	for (size_t i = 0; i < 2; i++) {
		if (!code)
			code = answer_written(
				shk_report_finish(
					answer->reports[i], answer->diag),
				outs[i], answer->diag);
		shk_report_free(answer->reports[i]);
	}
	return code;
}

/* Some questions have no further ones: a rule without parameters ... */
static enum shk_code answer_allow(enum shk_code code, shk_diag *diag)
{
	if (code != SHK_E_USAGE && code != SHK_E_INPUT && code != SHK_E_LIMIT)
		return code;
	diag_clear(diag);
	return SHK_OK;
}

static enum shk_code answer_edges(struct answer *answer)
{
	struct page_ask *ask = answer->ask;
	const shk_edges_options options = { .decision = ask->name };
	const shk_edges *edges = NULL;
	enum shk_code code = shk_edges_find(&edges, answer->pricer->pricer,
		answer->record, &options, answer->diag);

	if (!code)
		code = shk_edges_report(edges, SHK_EDGES_HTML,
			ask->shell->language, answer_sink(&ask->edges),
			answer->diag);
	code = answer_written(code, &ask->edges, answer->diag);
	return answer_allow(code, answer->diag);
}

static enum shk_code answer_ask(struct answer *answer)
{
	struct page_ask *ask = answer->ask;
	const shk_ask *found = NULL;
	enum shk_code code = shk_ask_find(&found, answer->pricer->pricer,
		answer->record, ask->name, NULL, answer->diag);

	if (!code)
		code = shk_ask_report(found, SHK_ASK_HTML, ask->shell->language,
			answer_sink(&ask->found), answer->diag);
	code = answer_written(code, &ask->found, answer->diag);
	return answer_allow(code, answer->diag);
}

static enum shk_code answer_all(struct answer *answer)
{
	struct page_ask *ask = answer->ask;
	enum shk_code code = serve_records_open(
		&answer->records, ask->app, &ask->asked, answer->diag);

	if (!code)
		code = serve_records_next(
			&answer->records, &answer->record, answer->diag);
	if (!code)
		code = answer_price(answer);
	if (!code && ask->status == SHK_UNDETERMINED && ask->count)
		code = answer_ask(answer);
	if (!code && ask->status != SHK_ERROR && ask->count)
		code = answer_edges(answer);
	serve_records_close(&answer->records);
	return code;
}

enum shk_code page_answer_find(struct page_ask *ask, shk_diag *diag)
{
	const struct serve_extras extras = { .steps = true, .charts = true };
	struct answer answer = { .ask = ask, .diag = diag };
	enum shk_code code = serve_pricer_take(
		&answer.pricer, ask->app, &ask->asked, extras, diag);

	if (code == SHK_E_USAGE) {
		diag_clear(diag);
		ask->wrong_rules = true;
		ask->wrong++;
		return SHK_OK;
	}
	if (!code)
		code = answer_all(&answer);
	serve_pricer_give(ask->app, answer.pricer);
	return code;
}

static void answer_section(
	struct page_ask *ask, enum page_word title, const struct buffer *piece)
{
	struct page_shell *shell = ask->shell;

	if (!piece->size)
		return;
	buffer_text(shell->out, "<section>\n");
	page_element(shell, "h2", title);
	buffer_add(shell->out, piece->data, piece->size);
	buffer_text(shell->out, "</section>\n");
}

/* A link to the same inputs. */
static void answer_link(struct page_ask *ask, const char *path,
	const char *more, enum page_word word)
{
	struct page_shell shell = *ask->shell;

	shell.request = &ask->asked;
	buffer_format(shell.out, "<li><a %shref=\"%s",
		word == PAGE_SHARE ? "id=\"share\" " : "", path);
	page_query(&shell, "?", shell.language);
	buffer_format(shell.out, "%s\">", more);
	page_say(&shell, word);
	buffer_text(shell.out, "</a></li>\n");
}

static void answer_rule(struct page_ask *ask)
{
	const shk_rulebook *book = ask->app->rulebook;
	const shk_rule_page page = { .kind = SHK_RULE_PAGE_DECISION,
		.decision = ask->name,
		.revision = shk_rulebook_revision(book, ask->revision),
		.language = ask->shell->language };
	char name[SHK_RULE_PAGE_NAME];
	shk_diag diag = { 0 };

	if (!shk_rulebook_decision_in(book, ask->decision, ask->revision) ||
		shk_rule_page_name(book, &page, name, &diag) != SHK_OK)
		return;
	buffer_text(ask->shell->out, "<li><a href=\"/rules/");
	serve_html_text(ask->shell->out, name);
	page_query(ask->shell, "?", ask->shell->language);
	buffer_text(ask->shell->out, "\">");
	page_say(ask->shell, PAGE_RULE);
	buffer_text(ask->shell->out, "</a></li>\n");
}

static void answer_links(struct page_ask *ask)
{
	struct page_shell *shell = ask->shell;

	buffer_text(shell->out, "<section class=\"take\">\n");
	page_element(shell, "h2", PAGE_TAKE_TITLE);
	buffer_text(shell->out, "<ul>\n");
	answer_link(ask, "/ask", "", PAGE_SHARE);
	answer_link(ask, "/compare", "", PAGE_NAV_COMPARE);
	answer_link(ask, "/report", "&amp;format=html", PAGE_REPORT_HTML);
	answer_link(ask, "/report", "&amp;format=xlsx", PAGE_REPORT_XLSX);
	answer_link(ask, "/api/v1/price", "", PAGE_JSON);
	answer_link(ask, "/api/v1/explain", "", PAGE_JSON_PROOF);
	answer_rule(ask);
	buffer_text(shell->out, "</ul>\n");
	page_element(shell, "p", PAGE_SHARE_HINT);
	buffer_text(shell->out, "</section>\n");
}

void page_answer_write(struct page_ask *ask)
{
	struct page_shell *shell = ask->shell;

	buffer_text(shell->out,
		"<div id=\"answer\" class=\"answers\" tabindex=\"-1\">\n"
		"<section>\n");
	page_element(shell, "h2", PAGE_ANSWER);
	if (!ask->answered)
		page_element(shell, "p", PAGE_NO_ANSWER);
	else
		buffer_add(shell->out, ask->answer.data, ask->answer.size);
	buffer_text(shell->out, "</section>\n");
	answer_section(ask, PAGE_ASK_TITLE, &ask->found);
	answer_section(ask, PAGE_EDGES_TITLE, &ask->edges);
	answer_section(ask, PAGE_PROOF_TITLE, &ask->proof);
	if (ask->answered)
		answer_links(ask);
	buffer_text(shell->out, "</div>\n");
}
