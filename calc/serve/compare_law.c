/*
 * /compare/law: what the law answers differently in two revisions, as a page:
 * decision by decision where it differs, a product that shows it with both
 * answers and the passages behind them, and how it is known that nothing else
 * differs. It depends on the book alone, so it is worked out once.
 */
#include "serve/compare.h"

#include <string.h>

#include "base/diag.h"
#include "serve/memo.h"

struct law {
	struct page_shell *shell; /* writes into a piece that is kept */
	const struct shk_diff_summary *summary;
};

static void law_say(
	const struct law *law, const char *english, const char *japanese)
{
	upload_say(law->shell, english, japanese);
}

static void law_names(const struct law *law, const char *english,
	const char *japanese, const char *const *names, size_t count)
{
	struct buffer *out = law->shell->out;

	if (count == 0)
		return;
	buffer_text(out, "<p>");
	law_say(law, english, japanese);
	for (size_t i = 0; i < count; i++) {
		buffer_text(out, i ? ", <code>" : "<code>");
		serve_html_text(out, names[i]);
		buffer_text(out, "</code>");
	}
	buffer_text(out, "</p>\n");
}

static void law_condition(
	const struct law *law, const struct shk_diff_condition *condition)
{
	struct buffer *out = law->shell->out;
	const char *label = law->shell->language == SHK_JAPANESE
				    ? condition->label_ja
				    : condition->label_en;

	buffer_text(out, "<li><code>");
	serve_html_text(out, condition->text);
	buffer_text(out, "</code>");
	if (condition->kind == SHK_DIFF_GIVEN)
		law_say(law, " whether given:", " 入力の有無:");
	if (*label) {
		buffer_byte(out, ' ');
		serve_html_text(out, label);
	}
	if (*condition->revision) {
		buffer_text(out, " [");
		serve_html_text(out, condition->revision);
		buffer_byte(out, ']');
	}
	if (condition->kind == SHK_DIFF_RULE && *condition->formula) {
		buffer_text(out, "<br><code>:= ");
		serve_html_text(out, condition->formula);
		buffer_text(out, "</code>");
	}
	buffer_text(out, "</li>\n");
}

static void law_values(
	const struct law *law, const struct shk_diff_region *region)
{
	struct buffer *out = law->shell->out;

	if (region->value_count == 0)
		return;
	buffer_text(out, "<div class=\"wide\" tabindex=\"0\"><table><thead>"
			 "<tr>");
	upload_element(law->shell, "th scope=\"col\"", "value", "値");
	buffer_text(out, "<th scope=\"col\">");
	serve_html_text(out, law->summary->before);
	buffer_text(out, "</th><th scope=\"col\">");
	serve_html_text(out, law->summary->after);
	buffer_text(out, "</th></tr></thead><tbody>\n");
	for (size_t i = 0; i < region->value_count; i++) {
		buffer_text(out, "<tr><th scope=\"row\"><code>");
		serve_html_text(out, region->values[i].output);
		buffer_text(out, "</code></th><td>");
		serve_html_text(out, region->values[i].before);
		buffer_text(out, "</td><td>");
		serve_html_text(out, region->values[i].after);
		buffer_text(out, "</td></tr>\n");
	}
	buffer_text(out, "</tbody></table></div>\n");
}

static void law_citation(
	const struct law *law, const struct shk_diff_citation *citation)
{
	struct buffer *out = law->shell->out;

	buffer_text(out, "<li>");
	serve_html_text(out, citation->source);
	buffer_byte(out, ' ');
	serve_html_text(out, citation->place);
	buffer_text(out, " (");
	serve_html_text(out, citation->evidence);
	buffer_byte(out, ')');
	if (*citation->quote) {
		buffer_text(out, "<blockquote lang=\"ja\">");
		serve_html_text(out, citation->quote);
		buffer_text(out, "</blockquote>");
	}
	buffer_text(out, "</li>\n");
}

static void law_step(const struct law *law, const struct shk_diff_step *step)
{
	struct buffer *out = law->shell->out;

	buffer_text(out, "<li><code>");
	serve_html_text(out, step->name);
	buffer_text(out, " = ");
	serve_html_text(out, step->value);
	buffer_text(out, "</code>");
	if (step->row > 0) {
		law_say(law, ", row ", "、行 ");
		buffer_format(out, "%u", step->row);
	}
	buffer_text(out, "<ul>\n");
	for (size_t i = 0; i < step->citation_count; i++)
		law_citation(law, &step->citations[i]);
	buffer_text(out, "</ul></li>\n");
}

/* What the two revisions reach for the product, where it is not the same. */
static void law_side(const struct law *law, const char *revision,
	const struct shk_diff_side *side)
{
	struct buffer *out = law->shell->out;

	buffer_text(out, "<h4>");
	serve_html_text(out, revision);
	buffer_text(out, ": ");
	serve_html_text(out, side->status);
	if (*side->reason) {
		buffer_text(out, " (");
		serve_html_text(out, side->reason);
		buffer_byte(out, ')');
	}
	buffer_text(out, "</h4>\n<ul class=\"proof\">\n");
	for (size_t i = 0; i < side->step_count; i++)
		if (side->steps[i].differs)
			law_step(law, &side->steps[i]);
	buffer_text(out, "</ul>\n");
}

static void law_example(
	const struct law *law, const struct shk_diff_region *region)
{
	struct buffer *out = law->shell->out;

	if (!region->witnessed) {
		upload_element(law->shell, "p", "No product was found there.",
			"該当する製品の例は見つからなかった。");
		return;
	}
	buffer_text(out, "<p>");
	law_say(law, "A product that shows it: ", "差を示す製品の例: ");
	buffer_text(out, "<code>");
	serve_html_text(out, region->facts);
	buffer_text(out, "</code></p>\n");
	if (strcmp(region->policy, "{}") != 0) {
		buffer_text(out, "<p>");
		law_say(law, "With the parameters: ", "方針パラメータ: ");
		buffer_text(out, "<code>");
		serve_html_text(out, region->policy);
		buffer_text(out, "</code></p>\n");
	}
	law_values(law, region);
	buffer_text(out, "<details><summary>");
	law_say(law, "The rules that differ, with their passages",
		"異なる規則とその根拠");
	buffer_text(out, "</summary>\n");
	law_side(law, law->summary->before, &region->sides[0]);
	law_side(law, law->summary->after, &region->sides[1]);
	buffer_text(out, "</details>\n");
}

static void law_region(const struct law *law,
	const struct shk_diff_region *region, size_t number)
{
	struct buffer *out = law->shell->out;

	buffer_text(out, "<h3>");
	law_say(law, "Where they differ, ", "異なる場合 ");
	buffer_format(out, "%zu: ", number);
	for (size_t i = 0; i < region->output_count; i++) {
		buffer_text(out, i ? ", " : "");
		serve_html_text(out, region->outputs[i]);
	}
	buffer_text(out, "</h3>\n");
	if (region->condition_count == 0)
		upload_element(law->shell, "p", "For every product.",
			"すべての製品。");
	buffer_text(out, region->condition_count ? "<ul>\n" : "");
	for (size_t i = 0; i < region->condition_count; i++)
		law_condition(law, &region->conditions[i]);
	buffer_text(out, region->condition_count ? "</ul>\n" : "");
	if (!region->everywhere)
		upload_element(law->shell, "p",
			"The rules differ there; that each product differs is "
			"not proved.",
			"この範囲では規則が異なる。すべての製品で結果が異なる"
			"ことまでは証明していない。");
	law_example(law, region);
}

static void law_proof(
	const struct law *law, const struct shk_diff_decision *decision)
{
	struct buffer *out = law->shell->out;
	bool japanese = law->shell->language == SHK_JAPANESE;

	if (decision->kind == SHK_DIFF_ADDED ||
		decision->kind == SHK_DIFF_REMOVED)
		return;
	buffer_text(out, "<p class=\"meta\">");
	if (decision->proof == SHK_DIFF_BY_TEXT)
		law_say(law,
			"Nothing else differs: every rule is the same, word "
			"for word.",
			"ほかに差はない: すべての規則の文が同じ。");
	else if (decision->proof == SHK_DIFF_BY_CELLS) {
		law_say(law,
			"Nothing else differs: proved by comparing all cases: ",
			"ほかに差はない: すべての場合を比べて証明した。場合の"
			"数: ");
		buffer_format(out, "%zu", decision->cells);
	} else
		law_say(law, "That nothing else differs is not proved.",
			"ほかに差がないことは証明できていない。");
	buffer_text(out, "</p>\n");
	for (size_t i = 0; i < decision->doubt_count; i++) {
		buffer_text(out, "<p class=\"meta\">");
		serve_html_text(out, japanese ? decision->doubts_ja[i]
					      : decision->doubts[i]);
		buffer_text(out, "</p>\n");
	}
	law_names(law, "The proof takes these to have one of the values met: ",
		"証明の前提として、次の値は出会ったもののいずれかとする: ",
		decision->assumed, decision->assumed_count);
}

static const char *law_label(
	const struct law *law, const struct shk_diff_decision *decision)
{
	return law->shell->language == SHK_JAPANESE ? decision->label_ja
						    : decision->label_en;
}

/* Nothing that a reader would want to see differs. */
static bool law_is_same(const struct shk_diff_decision *decision)
{
	return decision->kind == SHK_DIFF_NEITHER ||
	       (decision->kind == SHK_DIFF_SAME &&
		       decision->proof == SHK_DIFF_BY_TEXT);
}

static void law_decision(
	const struct law *law, const struct shk_diff_decision *decision)
{
	struct buffer *out = law->shell->out;

	buffer_text(out, "<section id=\"");
	serve_html_text(out, decision->name);
	buffer_text(out, "\"><h2>");
	serve_html_text(out, law_label(law, decision));
	buffer_text(out, "</h2>\n");
	if (decision->kind == SHK_DIFF_ADDED ||
		decision->kind == SHK_DIFF_REMOVED) {
		buffer_text(out, "<p>");
		law_say(law, "There is such a rule only in ",
			"この規則がある改定: ");
		serve_html_text(out, decision->kind == SHK_DIFF_ADDED
					     ? law->summary->after
					     : law->summary->before);
		buffer_text(out, "</p>\n");
	}
	law_names(law, "Rules whose text differs: ", "文が異なる規則: ",
		decision->changed, decision->changed_count);
	law_names(law, "Facts only before: ", "前の改定だけの事実: ",
		decision->removed, decision->removed_count);
	law_names(law,
		"Facts only after: ", "後の改定だけの事実: ", decision->added,
		decision->added_count);
	law_names(law, "Facts whose allowed values differ: ",
		"取り得る値が異なる事実: ", decision->domains,
		decision->domain_count);
	for (size_t i = 0; i < decision->region_count; i++)
		law_region(law, &decision->regions[i], i + 1);
	law_proof(law, decision);
	buffer_text(out, "</section>\n");
}

static void law_list(const struct law *law, bool same)
{
	struct buffer *out = law->shell->out;

	buffer_text(out, "<ul>\n");
	for (size_t i = 0; i < law->summary->decision_count; i++) {
		const struct shk_diff_decision *decision =
			&law->summary->decisions[i];

		if (law_is_same(decision) != same)
			continue;
		buffer_text(out, "<li>");
		if (!same) {
			buffer_text(out, "<a href=\"#");
			serve_html_text(out, decision->name);
			buffer_text(out, "\">");
		}
		serve_html_text(out, law_label(law, decision));
		buffer_text(out, same ? "" : "</a>");
		if (same && decision->kind == SHK_DIFF_NEITHER)
			law_say(law, " (no numbers are published)",
				"（数値が公表されていない）");
		else if (!same && decision->region_count) {
			law_say(law, ", regions: ", "、異なる場合: ");
			buffer_format(out, "%zu", decision->region_count);
		}
		buffer_text(out, "</li>\n");
	}
	buffer_text(out, "</ul>\n");
}

static void law_write(const struct law *law)
{
	const struct shk_diff_summary *summary = law->summary;
	struct buffer *out = law->shell->out;
	size_t decisions = 0;

	for (size_t i = 0; i < summary->decision_count; i++)
		decisions += !law_is_same(&summary->decisions[i]);
	buffer_text(out, "<p class=\"lead\">");
	serve_html_text(out, summary->before);
	buffer_text(out, " &rarr; ");
	serve_html_text(out, summary->after);
	law_say(law, ": questions that differ: ", ": 異なる質問: ");
	buffer_format(out, "%zu", decisions);
	law_say(law, ", regions: ", "、異なる場合: ");
	buffer_format(out, "%zu</p>\n<p>", summary->region_count);
	if (summary->proved)
		law_say(law, "Nothing else differs; that is proved for each.",
			"ほかに差はない（それぞれ証明済み）。");
	else
		law_say(law,
			"Not for every question is it proved that nothing else "
			"differs: see each.",
			"ほかに差がないことは、すべての質問では証明できて"
			"いない。それぞれの項を参照。");
	buffer_text(out, "</p>\n");
	law_list(law, false);
	for (size_t i = 0; i < summary->decision_count; i++)
		if (!law_is_same(&summary->decisions[i]))
			law_decision(law, &summary->decisions[i]);
	if (decisions == summary->decision_count)
		return;
	upload_element(law->shell, "h2", "The same in both", "差がないもの");
	law_list(law, true);
}

/* What the page is about. */
struct law_asked {
	struct serve_app *app;
	const struct serve_request *request;
	const char *names[2]; /* revisions */
	struct serve_names decisions;
};

static void law_key(struct buffer *key, const struct law_asked *asked,
	enum shk_language language)
{
	buffer_clear(key);
	buffer_format(key, "law\n%d\n%s\n%s", (int)language, asked->names[0],
		asked->names[1]);
	for (size_t i = 0; i < asked->decisions.count; i++)
		buffer_format(key, "\n%s", asked->decisions.items[i]);
}

/* In both languages, for it takes long; that of the request into `out`. */
static enum shk_code law_tell(const struct law_asked *asked,
	const shk_diff *diff, struct buffer *key, struct buffer *out,
	shk_diag *diag)
{
	static const enum shk_language languages[] = { SHK_ENGLISH,
		SHK_JAPANESE };
	struct buffer other;
	bool failed = false;

	buffer_init(&other);
	for (size_t i = 0; i < 2 && !failed; i++) {
		bool own = languages[i] == asked->request->language;
		struct page_shell shell = { .out = own ? out : &other,
			.language = languages[i] };
		const struct law law = { &shell, shk_diff_summary(diff) };

		law_write(&law);
		law_key(key, asked, languages[i]);
		failed = shell.out->failed || key->failed;
		if (!failed)
			serve_memo_keep(asked->app->memo, key->data,
				shell.out->data, shell.out->size);
	}
	buffer_release(&other);
	return failed ? diag_memory(diag) : SHK_OK;
}

static enum shk_code law_make(const struct law_asked *asked, struct buffer *key,
	struct buffer *out, shk_diag *diag)
{
	const shk_diff_options options = { .before = asked->names[0],
		.after = asked->names[1],
		.decisions =
			asked->decisions.count ? asked->decisions.items : NULL,
		.decision_count = asked->decisions.count,
		.milliseconds = SERVE_TIME_MAX };
	shk_diff *diff = NULL;
	enum shk_code code = shk_diff_new(&diff, asked->app->rulebook,
		asked->app->schema, &options, diag);

	if (!code)
		code = law_tell(asked, diff, key, out, diag);
	shk_diff_free(diff);
	return code;
}

/* Out of what is kept, or worked out and then kept. */
static enum shk_code law_piece(
	const struct law_asked *asked, struct buffer *out, shk_diag *diag)
{
	enum shk_code code = SHK_OK;
	struct buffer key;

	buffer_init(&key);
	law_key(&key, asked, asked->request->language);
	if (key.failed)
		code = diag_memory(diag);
	else if (!serve_memo_find(asked->app->memo, key.data, out))
		code = law_make(asked, &key, out, diag);
	buffer_release(&key);
	return code;
}

static void law_page(const struct serve_request *request,
	struct serve_reply *reply, const struct buffer *piece)
{
	bool japanese = request->language == SHK_JAPANESE;
	struct page_shell shell;

	page_shell_begin(&shell, request, reply,
		japanese ? "規則の差" : "What changed in the law", false);
	upload_element(&shell, "h1", "What changed in the law",
		"改定で規則の何が変わったか");
	buffer_text(shell.out, "<div class=\"law\">\n");
	buffer_add(shell.out, piece->data, piece->size);
	buffer_text(shell.out, "</div>\n");
	page_shell_end(&shell);
}

enum shk_code serve_compare_law(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag)
{
	static const char *const known[] = { "before", "after", "decision",
		"lang", NULL };
	struct law_asked asked = { .app = app, .request = request };
	struct arena arena;
	size_t indexes[2];
	struct buffer piece;
	enum shk_code code = serve_names_check(request, known, diag);

	arena_init(&arena);
	buffer_init(&piece);
	if (!code)
		code = compare_revisions(
			app, request, asked.names, indexes, diag);
	if (!code)
		code = serve_decisions(&asked.decisions, &arena, request, diag);
	if (!code)
		code = law_piece(&asked, &piece, diag);
	if (!code)
		law_page(request, reply, &piece);
	buffer_release(&piece);
	arena_release(&arena);
	return code;
}
