/*
 * Which rounding mattered, for readers and as JSON: each rounding, what it
 * moved, and what the outputs would be in each other mode, without it, or with
 * it behind the next one. For readers the ways that come to the same are one
 * line.
 */
#include <stdio.h>
#include <string.h>

#include "report/explain.h"
#include "report/json.h"
#include "report/values.h"

static const char *const mode_codes[] = { [NUM_HALF_EVEN] = "half_even",
	[NUM_HALF_UP] = "half_up",
	[NUM_HALF_DOWN] = "half_down",
	[NUM_UP] = "up",
	[NUM_DOWN] = "down",
	[NUM_FLOOR] = "floor",
	[NUM_CEILING] = "ceiling" };

/* ---- JSON ---- */

static void json_change(struct buffer *out, const shk_result *result,
	const struct price_otherwise *change)
{
	json_next(out);
	buffer_byte(out, '{');
	json_pair(out, "output", result->outputs[change->output].name);
	json_key(out, "value");
	json_value(out, &change->value, 0);
	json_flag(out, "exact", !values_inexact(&change->value));
	json_key(out, "difference");
	if (change->has_difference)
		json_value(out, &change->difference, 0);
	else
		buffer_text(out, "null");
	buffer_byte(out, '}');
}

static void json_alternative(struct buffer *out, const shk_result *result,
	const struct price_alternative *alternative)
{
	static const char *const kinds[] = { [PRICE_OTHER_MODE] = "mode",
		[PRICE_LEFT_OUT] = "left_out",
		[PRICE_BEHIND] = "behind" };
	bool mode = alternative->kind == PRICE_OTHER_MODE;

	json_next(out);
	buffer_byte(out, '{');
	json_pair(out, "kind", kinds[alternative->kind]);
	json_pair(out, "mode", mode ? mode_codes[alternative->mode] : "");
	json_key(out, "behind");
	if (alternative->kind == PRICE_BEHIND)
		buffer_format(out, "%zu", alternative->behind + 1);
	else
		buffer_text(out, "null");
	json_flag(out, "possible", alternative->possible);
	json_key(out, "changes");
	buffer_byte(out, '[');
	for (size_t i = 0; i < alternative->change_count; i++)
		json_change(out, result, &alternative->changes[i]);
	buffer_text(out, "]}");
}

static void json_number(
	struct buffer *out, const char *name, const struct price_value *value)
{
	json_key(out, name);
	json_value(out, value, 0);
}

static void json_rounding(struct buffer *out, const shk_result *result,
	const struct price_rounding *rounding)
{
	json_next(out);
	buffer_byte(out, '{');
	json_key(out, "decision");
	json_bytes(out, rounding->decision.data, rounding->decision.size);
	json_key(out, "model");
	if (rounding->model.size)
		json_bytes(out, rounding->model.data, rounding->model.size);
	else
		buffer_text(out, "null");
	json_key(out, "function");
	json_bytes(out, rounding->function.data, rounding->function.size);
	json_pair(out, "mode", mode_codes[rounding->mode]);
	json_number(out, "places", &rounding->places);
	json_number(out, "unit", &rounding->unit);
	json_number(out, "before", &rounding->before);
	json_number(out, "after", &rounding->after);
	json_number(out, "moved", &rounding->moved);
	json_flag(out, "exact", !values_inexact(&rounding->before));
	json_number(out, "margin", &rounding->margin);
	json_flag(out, "proved", rounding->proved);
	json_flag(out, "matters", rounding->matters);
	report_json_citations(
		out, rounding->citations, rounding->citation_count, true);
	json_key(out, "alternatives");
	buffer_byte(out, '[');
	for (size_t i = 0; i < rounding->alternative_count; i++)
		json_alternative(out, result, &rounding->alternatives[i]);
	buffer_text(out, "]}");
}

void report_json_roundings(struct buffer *out, const shk_result *result)
{
	buffer_byte(out, '{');
	json_flag(out, "complete", !result->roundings_cut);
	json_key(out, "list");
	buffer_byte(out, '[');
	for (size_t i = 0; i < result->rounding_count; i++)
		json_rounding(out, result, &result->roundings[i]);
	buffer_text(out, "]}");
}

/* ---- text ---- */

/* With a plus sign in front of what is more than nothing. */
static void text_signed(struct buffer *out, const struct price_value *value)
{
	bool more =
		value->kind == PRICE_NUMBER && num_sign(value->u.number) > 0;

	if (more)
		buffer_byte(out, '+');
	values_short(out, value, SHK_ENGLISH);
}

static void text_word(struct shk_report *report, enum word word,
	const struct price_value *value)
{
	struct buffer number;

	buffer_init(&number);
	text_signed(&number, value);
	if (word == WORD_OTHERWISE_TO && number.data && !number.failed)
		words_fill(&report->scratch, word, report->options.language,
			number.data + (number.data[0] == '+'));
	else if (number.data && !number.failed)
		words_fill(&report->scratch, word, report->options.language,
			number.data);
	report->scratch.failed = report->scratch.failed || number.failed;
	buffer_release(&number);
}

/* What the outputs would be, such as `price 232000 yen (-1000)`. */
static void text_changes(struct shk_report *report, struct buffer *out,
	const shk_result *result, const struct price_alternative *alternative)
{
	enum shk_language language = report->options.language;

	if (!alternative->possible)
		buffer_text(out, explain_word(report, WORD_OTHERWISE_GONE));
	else if (alternative->change_count == 0)
		buffer_text(out, explain_word(report, WORD_OTHERWISE_NOTHING));
	for (size_t i = 0; i < alternative->change_count; i++) {
		const struct price_otherwise *change = &alternative->changes[i];
		const struct price_output *output =
			&result->outputs[change->output];
		const char *unit = words_unit(output->unit, language);

		buffer_format(out, "%s%s ", i ? "; " : "", output->name);
		values_short(out, &change->value, language);
		if (unit[0] && change->value.kind == PRICE_NUMBER)
			buffer_format(out, " %s", unit);
		if (!change->has_difference)
			continue;
		buffer_text(out, " (");
		text_signed(out, &change->difference);
		buffer_byte(out, ')');
	}
}

static void text_name(
	struct shk_report *report, const struct price_alternative *alternative)
{
	struct buffer *out = &report->scratch;
	char number[24];

	switch (alternative->kind) {
	case PRICE_OTHER_MODE:
		buffer_text(out,
			explain_word(report, (enum word)(WORD_MODE_HALF_EVEN +
							 alternative->mode)));
		break;
	case PRICE_LEFT_OUT:
		buffer_text(out, explain_word(report, WORD_OTHERWISE_LEFT_OUT));
		break;
	case PRICE_BEHIND:
		snprintf(
			number, sizeof(number), "%zu", alternative->behind + 1);
		words_fill(out, WORD_OTHERWISE_BEHIND, report->options.language,
			number);
		break;
	}
}

#define ALTERNATIVES_MAX 16 /* of one rounding */

_Static_assert(NUM_CEILING + 3 <= ALTERNATIVES_MAX,
	"each mode, left out, and behind the next one");

/* The ways from `first` on that come to the same as it, on one line. */
static void text_group(struct shk_report *report,
	const struct price_rounding *rounding, const struct buffer *said,
	size_t first, bool *done)
{
	const char *separator = "";

	for (size_t i = first; i < rounding->alternative_count; i++) {
		if (done[i] || !said[i].data || !said[first].data ||
			strcmp(said[i].data, said[first].data) != 0)
			continue;
		buffer_text(&report->scratch, separator);
		text_name(report, &rounding->alternatives[i]);
		separator = ", ";
		done[i] = true;
	}
	buffer_format(&report->scratch, ": %s",
		said[first].data ? said[first].data : "");
	explain_line(report, "     ", "       ");
}

static void text_alternatives(struct shk_report *report,
	const shk_result *result, const struct price_rounding *rounding)
{
	struct buffer said[ALTERNATIVES_MAX];
	bool done[ALTERNATIVES_MAX] = { false };
	size_t count = rounding->alternative_count;

	if (count > ALTERNATIVES_MAX)
		count = ALTERNATIVES_MAX;
	for (size_t i = 0; i < count; i++) {
		buffer_init(&said[i]);
		text_changes(
			report, &said[i], result, &rounding->alternatives[i]);
		report->scratch.failed =
			report->scratch.failed || said[i].failed;
	}
	for (size_t i = 0; i < count; i++)
		if (!done[i])
			text_group(report, rounding, said, i, done);
	for (size_t i = 0; i < count; i++)
		buffer_release(&said[i]);
}

static void text_rounding(
	struct shk_report *report, const shk_result *result, size_t number)
{
	const struct price_rounding *rounding = &result->roundings[number];
	struct buffer *out = &report->scratch;
	enum shk_language language = report->options.language;
	const char *label =
		explain_pick(report, rounding->label_ja, rounding->label_en);

	buffer_format(out, "%zu. ", number + 1);
	if (label[0])
		buffer_format(out, "%s (", label);
	buffer_add(out, rounding->decision.data, rounding->decision.size);
	if (label[0])
		buffer_byte(out, ')');
	if (rounding->model.size)
		buffer_format(out, ", %.*s", (int)rounding->model.size,
			rounding->model.data);
	buffer_format(out, ": %s",
		explain_word(report,
			(enum word)(WORD_MODE_HALF_EVEN + rounding->mode)));
	text_word(report, WORD_OTHERWISE_TO, &rounding->unit);
	buffer_text(out, ": ");
	values_short(out, &rounding->before, language);
	buffer_text(out, " -> ");
	values_short(out, &rounding->after, language);
	text_word(report, WORD_OTHERWISE_MOVED, &rounding->moved);
	for (size_t i = 0; i < rounding->citation_count; i++)
		buffer_format(out, "%s%s %s (%s)", i ? ", " : "; ",
			rounding->citations[i].source,
			rounding->citations[i].place,
			rounding->citations[i].evidence);
	explain_line(report, "  ", "     ");
	text_alternatives(report, result, rounding);
}

void report_roundings(struct shk_report *report, const shk_result *result)
{
	if (!report->options.roundings || !result->roundings)
		return;
	explain_title(report, WORD_OTHERWISE_TITLE);
	for (size_t i = 0; i < result->rounding_count; i++)
		text_rounding(report, result, i);
	if (result->rounding_count == 0)
		buffer_text(&report->scratch,
			explain_word(report, WORD_OTHERWISE_NONE));
	if (result->roundings_cut)
		buffer_text(&report->scratch,
			explain_word(report, WORD_OTHERWISE_CUT));
	explain_line(report, "  ", "    ");
}
