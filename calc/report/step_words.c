/*
 * What one step of the trace says to a reader: the step itself, the words of
 * its rule, its formula as written and with the values in it, and the places
 * that it rests on. A boolean decision is said as a criterion: it holds,
 * fails, or is open because of what is unknown.
 */
#include <stdio.h>
#include <string.h>

#include "report/filled.h"
#include "report/step_words.h"
#include "report/values.h"

/* Hand over the paragraph that was built; none when it is empty. */
static void step_part(struct step_words *words, enum step_part part)
{
	if (!words->out->failed && words->out->size) {
		words->part(words->context, part);
		buffer_clear(words->out);
	}
}

static const char *step_label(
	const struct price_step *step, enum shk_language language)
{
	return language == SHK_JAPANESE ? step->label_ja : step->label_en;
}

/* `label (name)`, or the name alone. */
static void step_name(struct buffer *out, const struct price_step *step,
	enum shk_language language)
{
	const char *label = step_label(step, language);

	if (label[0] && !text_is(step->name, label)) {
		buffer_text(out, label);
		buffer_text(out, " (");
		buffer_add(out, step->name.data, step->name.size);
		buffer_byte(out, ')');
	} else {
		buffer_add(out, step->name.data, step->name.size);
	}
}

static bool step_is_open(const struct price_value *value)
{
	return value->kind == PRICE_UNKNOWN || value->kind == PRICE_INTERVAL;
}

/* Unknown, and something is known of where it lies. */
static bool step_is_bounded(const struct price_value *value)
{
	return value->kind == PRICE_INTERVAL &&
	       (value->items[0].kind != PRICE_NULL ||
		       value->items[1].kind != PRICE_NULL);
}

/* Unknown, and either of true and false is left. */
static bool step_is_criterion(const struct price_value *value)
{
	if (value->names || value->count == 0)
		return false;
	for (size_t i = 0; i < value->count; i++) {
		if (value->items[i].kind != PRICE_BOOLEAN)
			return false;
	}
	return true;
}

static bool step_is_missing(const shk_result *result, struct text name)
{
	for (size_t i = 0; i < result->missing_count; i++) {
		if (text_is(name, result->missing[i].name))
			return true;
	}
	return false;
}

/* The fact was read at an earlier step of this branch too. */
static bool step_is_again(
	const struct price_step *from, const struct price_step *step)
{
	for (; from < step; from++) {
		if (from->kind == PRICE_STEP_FACT &&
			text_equal(from->name, step->name))
			return true;
	}
	return false;
}

/*
 * Names of the unknown facts read below `step`: those that the result misses,
 * or with `all` every one. Returns how many.
 */
static size_t step_unknowns(struct step_words *words, struct buffer *out,
	const struct price_step *step, bool all)
{
	const struct price_step *end =
		words->result->steps + words->result->step_count;
	size_t count = 0;

	for (const struct price_step *at = step + 1;
		at < end && at->depth > step->depth; at++) {
		if (at->kind != PRICE_STEP_FACT || !step_is_open(&at->value) ||
			step_is_again(step, at) ||
			(!all && !step_is_missing(words->result, at->name)))
			continue;
		buffer_text(out, count++ ? ", " : "");
		buffer_add(out, at->name.data, at->name.size);
	}
	return count;
}

/* Open, and because of what; or what it may still be. */
static void step_unknown(struct step_words *words,
	const struct price_step *step, enum shk_language language)
{
	struct buffer *out = words->out;
	const struct price_value *value = &step->value;

	buffer_text(out, ": ");
	if (value->names) {
		buffer_text(out, words_get(WORD_OPEN, language));
		for (size_t i = 0; i < value->count; i++) {
			buffer_text(out, i ? ", " : "");
			buffer_add(out, value->names[i].data,
				value->names[i].size);
		}
	} else if (step_is_criterion(value)) {
		buffer_text(out, words_get(WORD_OPEN, language));
		if (step_unknowns(words, out, step, false) == 0 &&
			step_unknowns(words, out, step, true) == 0)
			buffer_text(out, words_get(WORD_SEE_ABOVE, language));
	} else {
		values_words(out, value, language);
	}
}

static void step_decision(struct step_words *words,
	const struct price_step *step, enum shk_language language)
{
	struct buffer *out = words->out;

	step_name(out, step, language);
	if (step->value.kind == PRICE_BOOLEAN) {
		buffer_text(out, ": ");
		buffer_text(out, words_get(step->value.u.boolean ? WORD_HOLDS
								 : WORD_FAILS,
					 language));
	} else if (step->value.kind == PRICE_UNKNOWN) {
		step_unknown(words, step, language);
	} else {
		buffer_text(out, " = ");
		values_words(out, &step->value, language);
	}
	values_certainty(out, &step->value, language);
	step_part(words, STEP_SAYS);
}

static void step_fact(struct step_words *words, const struct price_step *step,
	enum shk_language language)
{
	struct buffer *out = words->out;

	step_name(out, step, language);
	buffer_text(out, " = ");
	if (step_is_open(&step->value))
		buffer_text(out, words_get(WORD_UNKNOWN, language));
	if (step_is_bounded(&step->value))
		buffer_text(out, ", ");
	if (!step_is_open(&step->value) || step_is_bounded(&step->value))
		values_words(out, &step->value, language);
	step_part(words, STEP_SAYS);
}

/* A decision that the tree shows above: its value in one line. */
static void step_again(struct step_words *words, const struct price_step *step,
	enum shk_language language)
{
	struct buffer *out = words->out;

	step_name(out, step, language);
	buffer_text(out, " = ");
	values_words(out, &step->value, language);
	buffer_format(out, " (%s)", words_get(WORD_SEE_ABOVE, language));
	step_part(words, STEP_SAYS);
}

static void step_row(struct step_words *words, const struct price_step *step,
	enum shk_language language)
{
	struct buffer *out = words->out;
	char row[16];

	snprintf(row, sizeof(row), "%u", step->row);
	words_fill(out, WORD_ROW, language, row);
	buffer_text(out, " -> ");
	values_words(out, &step->value, language);
	step_part(words, STEP_SAYS);
}

/*
 * How far the number is from where the result changes; of an inexact one the
 * first decimals, cut off, unless they are all zero.
 */
static void step_margin(struct step_words *words, const struct price_step *step,
	enum shk_language language)
{
	struct buffer *out = words->out;
	num margin = step->margin.u.number;
	struct buffer text;

	if (step->before.inexact) {
		margin = num_round(margin, VALUES_SHORT, NUM_DOWN, NULL);
		if (num_is_zero(margin))
			margin = step->margin.u.number;
	}
	buffer_init(&text);
	values_number(&text, margin);
	buffer_text(out, " (");
	if (text.failed)
		out->failed = true;
	else
		words_fill(out, WORD_MARGIN, language, text.data);
	buffer_text(out, words_get(step->proved ? WORD_PROVED : WORD_NOT_PROVED,
				 language));
	buffer_byte(out, ')');
	buffer_release(&text);
}

static void step_round(struct step_words *words, const struct price_step *step,
	enum shk_language language)
{
	struct buffer *out = words->out;
	struct buffer scale;

	buffer_init(&scale);
	buffer_add(out, step->name.data, step->name.size);
	if (step->scale.kind == PRICE_NUMBER) {
		values_number(&scale, step->scale.u.number);
		if (scale.failed)
			out->failed = true;
		else
			words_fill(out, WORD_ROUND, language, scale.data);
	} else {
		buffer_text(out, ": ");
	}
	values_words(out, &step->before, language);
	buffer_text(out, " -> ");
	values_words(out, &step->value, language);
	if (step->margin.kind == PRICE_NUMBER)
		step_margin(words, step, language);
	buffer_release(&scale);
	step_part(words, STEP_SAYS);
}

/* True when the words of the rule name the place themselves. */
static bool step_is_cited(
	const struct price_step *step, const struct price_citation *citation)
{
	size_t size = strlen(citation->source);
	const char *at = strstr(step->description, citation->source);

	for (; at; at = strstr(at + 1, citation->source)) {
		if (at[size] == ' ' && strncmp(at + size + 1, citation->place,
					       strlen(citation->place)) == 0)
			return true;
	}
	return false;
}

/* A constant or text of the step is weaker than E1: `!`, as in the table. */
static bool step_is_weak(const struct price_step *step)
{
	for (size_t i = 0; i < step->citation_count; i++)
		if (strcmp(step->citations[i].evidence, "E1") > 0)
			return true;
	return false;
}

/* Words, formula and places; the quotes stand once, behind the tree. */
static void step_reasons(
	struct step_words *words, const struct price_step *step)
{
	struct buffer *out = words->out;
	struct buffer filled;

	buffer_init(&filled);
	if (step->description[0] && step_is_weak(step)) {
		buffer_text(out, "! ");
		words->weak = true;
	}
	buffer_text(out, step->description);
	step_part(words, STEP_RULE);
	if (step->formula[0]) {
		buffer_text(out, ":= ");
		buffer_text(out, step->formula);
		step_part(words, STEP_FORMULA);
		if (filled_formula(&filled, words->result,
			    (size_t)(step - words->result->steps))) {
			buffer_text(out, " = ");
			buffer_add(out, filled.data, filled.size);
			step_part(words, STEP_FILLED);
		}
	}
	out->failed = out->failed || filled.failed;
	buffer_release(&filled);
	for (size_t i = 0; i < step->citation_count; i++) {
		const struct price_citation *citation = &step->citations[i];

		if (step_is_cited(step, citation))
			continue;
		buffer_format(out, "[%s %s", citation->source, citation->place);
		if (citation->evidence[0])
			buffer_format(out, ", %s", citation->evidence);
		buffer_byte(out, ']');
		if (strcmp(citation->evidence, "E1") > 0) {
			buffer_text(out, " !");
			words->weak = true;
		}
		step_part(words, STEP_PLACE);
	}
}

void step_words_say(struct step_words *words, const struct price_step *step)
{
	enum shk_language language = words->language;

	switch (step->kind) {
	case PRICE_STEP_DECISION:
		step_decision(words, step, language);
		break;
	case PRICE_STEP_AGAIN:
		step_again(words, step, language);
		break;
	case PRICE_STEP_FACT:
		step_fact(words, step, language);
		break;
	case PRICE_STEP_ROW:
		step_row(words, step, language);
		break;
	case PRICE_STEP_ROUND:
		step_round(words, step, language);
		break;
	}
	step_reasons(words, step);
}
