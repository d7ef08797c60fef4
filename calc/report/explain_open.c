/*
 * What an answer still hangs on: the missing facts and parameters as a
 * checklist, and the values at which the answer changes with what it is on
 * either side.
 */
#include <string.h>

#include "report/explain.h"
#include "report/flip_sides.h"
#include "report/values.h"
#include "report/words.h"

/* What is to be known about a missing name, in one pair of brackets. */
static void explain_marks(
	struct shk_report *report, const struct price_missing *missing)
{
	struct buffer *out = &report->scratch;

	enum word word = missing->given ? WORD_GIVEN : WORD_ALONE;
	bool more = missing->given || missing->alone;

	if (!missing->parameter && !more)
		return;
	buffer_text(out, " (");
	if (missing->parameter)
		buffer_text(out, explain_word(report, WORD_PARAMETER));
	if (missing->parameter && more)
		buffer_text(out, "; ");
	if (more)
		buffer_text(out, explain_word(report, word));
	buffer_byte(out, ')');
}

void explain_missing(struct shk_report *report, const shk_result *result)
{
	struct buffer *out = &report->scratch;

	if (result->missing_count)
		explain_title(report, WORD_MISSING_TITLE);
	for (size_t i = 0; i < result->missing_count; i++) {
		const struct price_missing *missing = &result->missing[i];
		const char *label = explain_pick(
			report, missing->label_ja, missing->label_en);

		buffer_text(out, missing->name);
		if (label[0])
			buffer_format(out, ": %s", label);
		explain_marks(report, missing);
		explain_line(report, "  [ ] ", "      ");
	}
}

static void explain_side(struct shk_report *report, enum word word,
	const char *at, const struct price_outcome *outcomes, size_t count)
{
	struct buffer *out = &report->scratch;
	enum shk_language language = report->options.language;

	if (count == 0)
		return;
	words_fill(out, word, language, at);
	values_words_outcomes(out, outcomes, count, language);
	explain_line(report, "    ", "      ");
}

static void explain_sides(struct shk_report *report,
	const struct price_flip *flip, const char *at, bool first)
{
	struct flip_side sides[FLIP_SIDES];
	size_t count = flip_sides(sides, flip, first, &report->out.failed);

	for (size_t i = 0; i < count; i++)
		explain_side(report, sides[i].word, at, sides[i].outcomes,
			sides[i].count);
}

/* The field of one or more flips, and what it is now. */
static void explain_flip_field(
	struct shk_report *report, const struct price_flip *flip)
{
	struct buffer *out = &report->scratch;
	enum shk_language language = report->options.language;
	struct buffer now;

	buffer_init(&now);
	buffer_text(out, flip->field);
	if (flip->known) {
		values_words(&now, &flip->now, language);
		if (now.failed)
			report->out.failed = true;
		buffer_text(out, " (");
		words_fill(out, WORD_NOW, language, now.size ? now.data : "");
		buffer_byte(out, ')');
	} else if (flip->parameter) {
		buffer_format(
			out, " (%s)", explain_word(report, WORD_PARAMETER));
	}
	buffer_release(&now);
	explain_line(report, "  ", "    ");
}

/* `before` is the flip just below on the same field, or NULL. */
static void explain_flip(struct shk_report *report,
	const struct price_flip *flip, const struct price_flip *before)
{
	struct buffer at;
	bool first = !before || !values_same_outcomes(before->above,
					before->above_count, flip->below,
					flip->below_count, &report->out.failed);

	buffer_init(&at);
	values_words(&at, &flip->at, report->options.language);
	if (at.failed)
		report->out.failed = true;
	explain_sides(report, flip, at.size ? at.data : "", first);
	buffer_release(&at);
}

void explain_flips(struct shk_report *report, const shk_result *result)
{
	const struct price_flip *before = NULL;

	if (result->flip_count)
		explain_title(report, WORD_CHANGE_TITLE);
	for (size_t i = 0; i < result->flip_count; i++) {
		const struct price_flip *flip = &result->flips[i];

		if (before && strcmp(before->field, flip->field) != 0)
			before = NULL;
		if (!before)
			explain_flip_field(report, flip);
		explain_flip(report, flip, before);
		before = flip;
	}
}
