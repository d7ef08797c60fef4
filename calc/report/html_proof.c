/*
 * Of an article: the proof as nested lists, what is missing as a checklist,
 * and the values at which the answer changes as a table.
 */
#include <string.h>

#include "report/html.h"
#include "report/proof.h"
#include "report/step_words.h"
#include "report/values.h"

/* A paragraph of a step, which stands in scratch. */
static void html_step_part(void *context, enum step_part part)
{
	static const char *const classes[] = { [STEP_SAYS] = "says",
		[STEP_RULE] = "rule",
		[STEP_FORMULA] = "formula",
		[STEP_FILLED] = "formula",
		[STEP_PLACE] = "place" };
	struct shk_report *report = context;

	bool formula = part == STEP_FORMULA || part == STEP_FILLED;

	buffer_format(&report->out, "<p class=\"%s\">%s", classes[part],
		formula ? "<code>" : "");
	if (formula)
		html_take(&report->out, &report->scratch);
	else
		html_take_mixed(&report->out, &report->scratch,
			report->options.language);
	buffer_text(&report->out, formula ? "</code></p>" : "</p>");
}

/* Close the lists that are deeper than `level`, and the item before. */
static void html_close(struct shk_report *report, size_t *open, size_t level)
{
	buffer_text(&report->out, "</li>\n");
	for (; *open > level; --*open)
		buffer_text(&report->out, "</ul></li>\n");
}

void html_proof(struct shk_report *report, const shk_result *result)
{
	struct step_words words = { .result = result,
		.language = report->options.language,
		.out = &report->scratch,
		.part = html_step_part,
		.context = report };
	size_t open = 0;

	if (result->step_count == 0)
		return;
	html_title(report, WORD_PROOF);
	buffer_text(&report->out, "<ul class=\"proof\">\n");
	for (size_t i = 0; i < result->step_count; i++) {
		size_t level = result->steps[i].depth;

		level = level < PROOF_DEPTH_MAX ? level : PROOF_DEPTH_MAX;
		if (i && level <= open)
			html_close(report, &open, level);
		for (; open < level; open++)
			buffer_text(&report->out, "<ul>\n");
		buffer_text(&report->out, "<li>");
		step_words_say(&words, &result->steps[i]);
	}
	html_close(report, &open, 0);
	buffer_text(&report->out, "</ul>\n");
	if (result->steps_cut) {
		buffer_text(&report->out, "<p class=\"rule\">");
		html_word(report, WORD_OTHERWISE_CUT);
		buffer_text(&report->out, "</p>\n");
	}
	if (words.weak) {
		buffer_text(&report->out, "<p class=\"rule\">");
		html_word(report, WORD_LEGEND);
		buffer_text(&report->out, "</p>\n");
	}
}

void html_missing(struct shk_report *report, const shk_result *result)
{
	struct buffer *out = &report->out;

	if (result->missing_count == 0)
		return;
	html_title(report, WORD_MISSING_TITLE);
	buffer_text(out, "<ul class=\"todo\">\n");
	for (size_t i = 0; i < result->missing_count; i++) {
		const struct price_missing *missing = &result->missing[i];
		const char *label = report->options.language == SHK_JAPANESE
					    ? missing->label_ja
					    : missing->label_en;

		buffer_text(out, "<li>");
		if (label[0] && report->options.piece == SHK_PIECE_ANSWER)
			buffer_format(out, "<a href=\"#%c-%s\">",
				missing->parameter ? 'p' : 'f', missing->name);
		html_text(out, label[0] ? label : missing->name);
		if (label[0] && report->options.piece == SHK_PIECE_ANSWER)
			buffer_text(out, "</a>");
		if (label[0]) {
			buffer_text(out, " (");
			html_text(out, missing->name);
			buffer_byte(out, ')');
		}
		if (missing->parameter) {
			buffer_text(out, ": ");
			html_word(report, WORD_PARAMETER);
		}
		if (missing->given || missing->alone) {
			buffer_text(out, missing->parameter ? "; " : ": ");
			html_word(report,
				missing->given ? WORD_GIVEN : WORD_ALONE);
		}
		buffer_text(out, "</li>\n");
	}
	buffer_text(out, "</ul>\n");
}

static void html_side(struct shk_report *report,
	const struct price_outcome *outcomes, size_t count)
{
	buffer_text(&report->out, "<td>");
	if (count)
		values_words_outcomes(&report->scratch, outcomes, count,
			report->options.language);
	html_take_mixed(
		&report->out, &report->scratch, report->options.language);
	buffer_text(&report->out, "</td>");
}

static void html_flip(struct shk_report *report, const struct price_flip *flip)
{
	enum shk_language language = report->options.language;
	struct buffer *out = &report->out;

	buffer_text(out, "<tr><th scope=\"row\">");
	html_text(out, flip->field);
	buffer_text(out, "</th><td class=\"n\">");
	if (flip->known)
		values_words(&report->scratch, &flip->now, language);
	html_take(out, &report->scratch);
	buffer_text(out, "</td><td class=\"n\">");
	values_words(&report->scratch, &flip->at, language);
	html_take(out, &report->scratch);
	buffer_text(out, "</td>");
	html_side(report, flip->below, flip->below_count);
	html_side(report, flip->on, flip->on_count);
	html_side(report, flip->above, flip->above_count);
	buffer_text(out, "</tr>\n");
}

void html_flips(struct shk_report *report, const shk_result *result)
{
	static const enum word heads[] = { WORD_FIELD_HEAD, WORD_NOW_HEAD,
		WORD_HTML_VALUE, WORD_HTML_BELOW, WORD_HTML_ON,
		WORD_HTML_ABOVE };
	struct buffer *out = &report->out;

	if (result->flip_count == 0)
		return;
	html_title(report, WORD_CHANGE_TITLE);
	buffer_text(
		out, "<div class=\"wide\" tabindex=\"0\"><table><thead><tr>");
	html_heads(report, heads, sizeof(heads) / sizeof(heads[0]));
	for (size_t i = 0; i < result->flip_count; i++)
		html_flip(report, &result->flips[i]);
	buffer_text(out, "</tbody></table></div>\n");
}
