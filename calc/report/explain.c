/*
 * The proof of each result for a reader: the answer first, then the tree of
 * steps, what is missing as a checklist, what would change the answer, the
 * caveats and the evidence in words, the sources with their quotes, and the
 * identity of the rules and the policy. At most 100 columns.
 */
#include <string.h>

#include "report/explain.h"
#include "report/layout.h"
#include "report/proof.h"
#include "report/values.h"
#include "report/words.h"
#include "report/writer.h"

/* Write the paragraph that was built in scratch. */
void explain_line(
	struct shk_report *report, const char *first, const char *rest)
{
	struct buffer *scratch = &report->scratch;

	if (!scratch->failed && scratch->size) {
		struct text text = { scratch->data, scratch->size };

		layout_paragraph(
			&report->out, REPORT_COLUMNS, first, rest, text);
		buffer_clear(scratch);
	}
}

const char *explain_word(struct shk_report *report, enum word word)
{
	return words_get(word, report->options.language);
}

void explain_title(struct shk_report *report, enum word word)
{
	buffer_byte(&report->out, '\n');
	buffer_text(&report->out, explain_word(report, word));
	buffer_byte(&report->out, '\n');
}

const char *explain_pick(
	struct shk_report *report, const char *ja, const char *en)
{
	return report->options.language == SHK_JAPANESE ? ja : en;
}

static void explain_revision(
	struct shk_report *report, struct buffer *out, const shk_result *result)
{
	enum word word =
		result->assumed_newest ? WORD_REVISION_NEWEST : WORD_REVISION;

	if (result->revision[0])
		words_fill(
			out, word, report->options.language, result->revision);
	else
		buffer_text(out, explain_word(report, WORD_NO_REVISION));
	if (result->as_of[0]) {
		buffer_text(out, ", ");
		words_fill(out, WORD_AS_OF, report->options.language,
			result->as_of);
	}
}

static void explain_header(struct shk_report *report, const shk_result *result)
{
	struct buffer *out = &report->scratch;
	const char *label =
		explain_pick(report, result->label_ja, result->label_en);

	buffer_text(out, result->id[0] ? result->id : "-");
	buffer_byte(out, ' ');
	buffer_text(out, result->name);
	explain_line(report, "", "  ");
	if (result->decision[0]) {
		buffer_text(out, label[0] ? label : result->decision);
		if (label[0])
			buffer_format(out, " (%s)", result->decision);
		buffer_text(out, ", ");
	}
	explain_revision(report, out, result);
	explain_line(report, "", "  ");
	for (int i = 0; i < REPORT_COLUMNS; i++)
		buffer_text(&report->out, "─");
	buffer_byte(&report->out, '\n');
}

static void explain_output(
	struct shk_report *report, const struct price_output *output)
{
	struct buffer *out = &report->scratch;
	enum shk_language language = report->options.language;
	const char *label =
		explain_pick(report, output->label_ja, output->label_en);
	const char *unit = words_unit(output->unit, language);

	if (label[0] && strcmp(label, output->name) != 0)
		buffer_format(out, "%s (%s): ", label, output->name);
	else
		buffer_format(out, "%s: ", output->name);
	if (output->status == SHK_DETERMINED) {
		values_words(out, &output->value, language);
		if (unit[0] && output->value.kind == PRICE_NUMBER)
			buffer_format(out, " %s", unit);
		values_certainty(out, &output->value, language);
	} else {
		buffer_text(out, words_status(output->status, language));
	}
	if (output->status == SHK_UNDETERMINED && output->outcome_count) {
		buffer_text(out, ": ");
		values_words_outcomes(
			out, output->outcomes, output->outcome_count, language);
	}
	explain_line(report, "  ", "    ");
}

/* The record, field and message of an error. */
static void explain_error(struct shk_report *report, const shk_result *result)
{
	struct buffer *out = &report->scratch;

	if (result->path[0]) {
		buffer_text(out, explain_word(report, WORD_RECORD));
		buffer_format(out, "%s:%ld", result->path, result->row);
		explain_line(report, "  ", "    ");
	}
	if (result->field[0]) {
		buffer_text(out, explain_word(report, WORD_FIELD));
		buffer_text(out, result->field);
		explain_line(report, "  ", "    ");
	}
	buffer_text(out, result->message);
	explain_line(report, "  ", "    ");
}

static void explain_answer(struct shk_report *report, const shk_result *result)
{
	struct buffer *out = &report->scratch;
	enum shk_language language = report->options.language;

	buffer_text(out, explain_word(report, WORD_ANSWER));
	buffer_text(out, words_status(result->status, language));
	explain_line(report, "", "  ");
	if (result->reason[0]) {
		buffer_text(out, explain_word(report, WORD_REASON));
		buffer_text(out, words_reason(result->reason, language));
		buffer_format(out, " (%s)", result->reason);
		explain_line(report, "  ", "    ");
	}
	if (result->status == SHK_ERROR)
		explain_error(report, result);
	if (result->outcome_count) {
		buffer_text(out, explain_word(report, WORD_OUTCOMES));
		values_words_outcomes(
			out, result->outcomes, result->outcome_count, language);
		explain_line(report, "  ", "    ");
	}
	for (size_t i = 0; i < result->output_count; i++) {
		/* the lead without a value was said just above */
		if (i || result->outputs[i].status == SHK_DETERMINED)
			explain_output(report, &result->outputs[i]);
	}
}

static void explain_caveats(struct shk_report *report, const shk_result *result)
{
	struct buffer *out = &report->scratch;

	if (result->caveat_count)
		explain_title(report, WORD_CAVEATS_TITLE);
	for (size_t i = 0; i < result->caveat_count; i++) {
		buffer_format(out, "%s: %s", result->caveats[i],
			words_caveat(
				result->caveats[i], report->options.language));
		explain_line(report, "  ", "    ");
	}
}

static void explain_sources(struct shk_report *report, const shk_result *result)
{
	struct buffer *out = &report->scratch;

	if (result->evidence[0]) {
		explain_title(report, WORD_EVIDENCE_TITLE);
		buffer_format(out, "%s: %s", result->evidence,
			words_evidence(
				result->evidence, report->options.language));
		explain_line(report, "  ", "    ");
	}
	if (result->citation_count)
		explain_title(report, WORD_SOURCES_TITLE);
	for (size_t i = 0; i < result->citation_count; i++) {
		const struct price_citation *citation = &result->citations[i];

		buffer_format(out, "%s %s", citation->source, citation->place);
		if (citation->evidence[0])
			buffer_format(out, " (%s)", citation->evidence);
		if (citation->title[0])
			buffer_format(out, " %s", citation->title);
		explain_line(report, "  ", "    ");
		if (citation->quote[0])
			buffer_format(out, "「%s」",
				citation->quote +
					strspn(citation->quote, " \t"));
		explain_line(report, "    ", "      ");
	}
}

static void explain_rules(struct shk_report *report, const shk_result *result)
{
	struct buffer *out = &report->scratch;
	bool given = result->policy[0] && strcmp(result->policy, "{}") != 0;

	buffer_byte(&report->out, '\n');
	buffer_text(out, explain_word(report, WORD_RULEBOOK));
	buffer_text(out, result->rulebook);
	explain_line(report, "", "  ");
	buffer_text(out, explain_word(report, WORD_POLICY));
	buffer_text(out,
		given ? result->policy : explain_word(report, WORD_NO_POLICY));
	explain_line(report, "", "  ");
}

static void explain_quiet(struct shk_report *report)
{
	(void)report;
}

static void explain_result(struct shk_report *report, const shk_result *result)
{
	if (report->fragment || report->listed)
		buffer_byte(&report->out, '\n');
	report->listed = true;
	explain_header(report, result);
	explain_answer(report, result);
	if (result->step_count) {
		explain_title(report, WORD_PROOF);
		report_proof(report, result);
	}
	report_roundings(report, result);
	explain_missing(report, result);
	explain_flips(report, result);
	explain_caveats(report, result);
	explain_sources(report, result);
	explain_rules(report, result);
}

const struct report_writer report_explain = { explain_quiet, explain_result,
	explain_quiet };
