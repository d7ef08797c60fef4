/*
 * Changes for readers: a block a change, with what was, what is, the exact
 * difference, what made it change, and the sources that one side alone rests
 * on; then the counts by decision and what the two sides differ in.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "report/changes.h"
#include "report/layout.h"
#include "report/words.h"
#include "report/writer.h"

#define CHANGES_LABEL 18 /* columns of what stands in front of a value */
#define CHANGES_TEXT  (REPORT_COLUMNS - CHANGES_LABEL - LAYOUT_GAP)

/* `  label   value`, the value wrapped in its column. */
static void text_row(
	shk_change_report *report, const char *label, const char *text)
{
	char indented[256];
	struct layout_cell cells[2] = { { .width = CHANGES_LABEL },
		{ .width = CHANGES_TEXT } };

	snprintf(indented, sizeof(indented), "  %s", label);
	cells[0].text = text_of(indented);
	cells[1].text = text_of(text);
	layout_row(&report->out, cells, 2);
}

/* A row of what was built in `scratch`. */
static void text_row_scratch(shk_change_report *report, const char *label)
{
	if (report->scratch.failed)
		report->out.failed = true;
	else
		text_row(report, label,
			report->scratch.size ? report->scratch.data : "");
	buffer_clear(&report->scratch);
}

static void text_head(
	shk_change_report *report, const struct shk_change *change)
{
	struct buffer *out = &report->scratch;

	if (report->count)
		buffer_byte(&report->out, '\n');
	buffer_format(out, "%s  %s", change->id, change->decision);
	if (change->kind != SHK_CHANGED)
		buffer_format(out, "  %s",
			words_get(change->kind == SHK_ADDED
					  ? WORD_CHANGE_ADDED
					  : WORD_CHANGE_REMOVED,
				report->language));
	if (change->approved)
		buffer_format(out, "  %s",
			words_get(WORD_CHANGE_APPROVED, report->language));
	if (out->failed)
		report->out.failed = true;
	else
		layout_paragraph(&report->out, REPORT_COLUMNS, "", "  ",
			(struct text){ out->data, out->size });
	buffer_clear(out);
}

static void text_part(
	shk_change_report *report, const struct shk_change_part *part)
{
	const char *sign = *part->difference == '-' ? "" : "+";

	buffer_format(&report->scratch, "%s -> %s", part->before, part->after);
	if (*part->difference)
		buffer_format(
			&report->scratch, "  (%s%s)", sign, part->difference);
	text_row_scratch(report, part->name);
}

static void text_cause(shk_change_report *report, const char *label,
	const struct shk_cause *cause, bool effect)
{
	enum word word = (enum word)(WORD_CHANGE_UNTESTED + cause->effect);

	buffer_format(&report->scratch, "%s %s -> %s", cause->name,
		cause->before, cause->after);
	if (effect)
		buffer_format(&report->scratch, ": %s",
			words_get(word, report->language));
	text_row_scratch(report, label);
}

static void text_causes(
	shk_change_report *report, const struct shk_change *change)
{
	const char *label = words_get(WORD_CHANGE_BECAUSE, report->language);

	if (change->kind != SHK_CHANGED)
		return;
	if (change->cause_count == 0)
		text_row(report, label,
			words_get(WORD_CHANGE_NOTHING, report->language));
	for (size_t i = 0; i < change->cause_count; i++)
		text_cause(report, i ? "" : label, &change->causes[i], true);
}

static void text_sources(shk_change_report *report, enum word word,
	const char *const *sources, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i)
			buffer_text(&report->scratch, ", ");
		buffer_text(&report->scratch, sources[i]);
	}
	if (count)
		text_row_scratch(report, words_get(word, report->language));
}

static void text_number(struct buffer *out, enum word word,
	enum shk_language language, size_t count)
{
	char text[32];

	snprintf(text, sizeof(text), "%zu", count);
	words_fill(out, word, language, text);
}

void changes_impact(struct buffer *out, const struct shk_impact *impact,
	enum shk_language language)
{
	if (impact->no_price) {
		buffer_text(out, words_get(WORD_CHANGE_NO_PRICE, language));
	} else if (impact->unlisted) {
		buffer_text(out, words_get(WORD_CHANGE_UNLISTED, language));
	} else {
		words_fill(out, WORD_CHANGE_YEN, language,
			*impact->yen ? impact->yen : "?");
		if (impact->suppressed) {
			buffer_text(out, ", ");
			text_number(out, WORD_CHANGE_SUPPRESSED, language,
				impact->suppressed);
		}
	}
}

static void text_change(
	shk_change_report *report, const struct shk_change *change)
{
	text_head(report, change);
	for (size_t i = 0; i < change->part_count; i++)
		text_part(report, &change->parts[i]);
	text_causes(report, change);
	if (change->kind == SHK_CHANGED) {
		text_sources(report, WORD_CHANGE_BEFORE, change->left,
			change->left_count);
		text_sources(report, WORD_CHANGE_AFTER, change->right,
			change->right_count);
	}
	if (!change->weighed)
		return;
	changes_impact(&report->scratch, &change->impact, report->language);
	text_row_scratch(
		report, words_get(WORD_CHANGE_IMPACT, report->language));
}

static void text_moves(
	shk_change_report *report, const struct shk_change_counts *counts)
{
	for (int from = 0; from < 5; from++)
		for (int to = 0; to < 5; to++)
			if (counts->moves[from][to])
				buffer_format(&report->out, "  %s -> %s: %zu\n",
					words_status_code(
						(enum shk_status)from),
					words_status_code((enum shk_status)to),
					counts->moves[from][to]);
}

static void text_sum(
	shk_change_report *report, const struct shk_change_counts *counts)
{
	struct buffer *out = &report->out;
	enum shk_language language = report->language;

	if (counts->weighed + counts->unweighed == 0)
		return;
	buffer_format(out, "  %s: ", words_get(WORD_CHANGE_IMPACT, language));
	words_fill(out, WORD_CHANGE_YEN, language,
		*counts->yen ? counts->yen : "?");
	if (counts->unweighed)
		text_number(out, WORD_CHANGE_UNWEIGHED, language,
			counts->unweighed);
	buffer_byte(out, '\n');
}

static void text_counts(
	shk_change_report *report, const struct shk_change_counts *counts)
{
	struct buffer *out = &report->out;
	enum shk_language language = report->language;

	buffer_text(out, *counts->decision
				 ? counts->decision
				 : words_get(WORD_CHANGE_UNREAD, language));
	buffer_text(out, ": ");
	text_number(out, WORD_CHANGE_SAME, language, counts->same);
	if (counts->evidence)
		text_number(
			out, WORD_CHANGE_EVIDENCE, language, counts->evidence);
	text_number(out, WORD_CHANGE_CHANGED, language, counts->changed);
	if (counts->added)
		text_number(
			out, WORD_CHANGE_COUNT_ADDED, language, counts->added);
	if (counts->removed)
		text_number(out, WORD_CHANGE_COUNT_REMOVED, language,
			counts->removed);
	if (counts->approved)
		text_number(out, WORD_CHANGE_COUNT_APPROVED, language,
			counts->approved);
	buffer_byte(out, '\n');
	text_moves(report, counts);
	text_sum(report, counts);
}

static void text_summary(
	shk_change_report *report, const struct shk_change_summary *summary)
{
	enum shk_language language = report->language;

	if (report->count)
		buffer_byte(&report->out, '\n');
	for (size_t i = 0; i < summary->decision_count; i++)
		text_counts(report, &summary->decisions[i]);
	for (size_t i = 0; i < summary->cause_count; i++) {
		const struct shk_cause *cause = &summary->causes[i];

		buffer_format(&report->out, "%s: %s %s -> %s\n",
			words_get(WORD_CHANGE_DIFFERS, language), cause->name,
			cause->before, cause->after);
	}
	for (size_t i = 0; i < summary->unused_count; i++)
		buffer_format(&report->out, "%s: %s\n",
			words_get(WORD_CHANGE_UNUSED, language),
			summary->unused[i]);
}

const struct change_writer changes_text = { NULL, text_change, text_summary };
