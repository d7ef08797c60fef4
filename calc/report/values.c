/*
 * Printing values. Numbers are written exactly as they are, dates in ISO form,
 * and every other kind in the spelling that values.h promises. Nothing here
 * looks at the locale.
 */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "report/template.h"
#include "report/values.h"
#include "report/words.h"

void values_number(struct buffer *out, num number)
{
	char text[NUM_TEXT_MAX];
	size_t size = num_format(number, text, sizeof(text));

	if (size == 0)
		out->failed = true;
	else
		buffer_add(out, text, size);
}

static void values_date(struct buffer *out, int32_t days)
{
	char text[DATE_TEXT];

	date_format(days, text);
	buffer_text(out, text);
}

static void values_escaped(struct buffer *out, struct text text)
{
	for (size_t i = 0; i < text.size; i++) {
		if (text.data[i] && strchr("\\|;:{}", text.data[i]))
			buffer_byte(out, '\\');
		buffer_byte(out, text.data[i]);
	}
}

static void values_join(struct buffer *out, const struct text *names,
	size_t count, const char *between)
{
	for (size_t i = 0; i < count; i++) {
		if (i)
			buffer_text(out, between);
		buffer_add(out, names[i].data, names[i].size);
	}
}

static void values_cell_at(
	struct buffer *out, const struct price_value *value, unsigned depth);

static void values_cell_items(
	struct buffer *out, const struct price_value *value, unsigned depth)
{
	buffer_byte(out, '{');
	for (size_t i = 0; i < value->count; i++) {
		if (i)
			buffer_byte(out, '|');
		if (value->kind == PRICE_CONTEXT) {
			values_escaped(out, value->names[i]);
			buffer_byte(out, ':');
		}
		values_cell_at(out, &value->items[i], depth + 1);
	}
	buffer_byte(out, '}');
}

static void values_cell_interval(
	struct buffer *out, const struct price_value *value, unsigned depth)
{
	buffer_byte(out, value->low_closed ? '[' : '(');
	if (value->items[0].kind != PRICE_NULL)
		values_cell_at(out, &value->items[0], depth + 1);
	buffer_text(out, "..");
	if (value->items[1].kind != PRICE_NULL)
		values_cell_at(out, &value->items[1], depth + 1);
	buffer_byte(out, value->high_closed ? ']' : ')');
}

/* Why it is unknown, or what it may still be. */
static void values_cell_unknown(
	struct buffer *out, const struct price_value *value, unsigned depth)
{
	buffer_byte(out, '?');
	if (value->names)
		values_join(out, value->names, value->count, ",");
	else if (value->count)
		values_cell_items(out, value, depth);
}

static void values_cell_at(
	struct buffer *out, const struct price_value *value, unsigned depth)
{
	if (depth > VALUES_DEPTH_MAX) {
		buffer_text(out, "...");
		return;
	}
	switch (value->kind) {
	case PRICE_NULL:
		buffer_text(out, "null");
		break;
	case PRICE_BOOLEAN:
		buffer_text(out, value->u.boolean ? "true" : "false");
		break;
	case PRICE_NUMBER:
		if (value->hole)
			template_mark(out, value->hole);
		else
			values_number(out, value->u.number);
		break;
	case PRICE_TEXT:
		values_escaped(out, value->text);
		break;
	case PRICE_DATE:
		values_date(out, value->u.days);
		break;
	case PRICE_LIST:
	case PRICE_CONTEXT:
		values_cell_items(out, value, depth);
		break;
	case PRICE_INTERVAL:
		values_cell_interval(out, value, depth);
		break;
	case PRICE_UNKNOWN:
		values_cell_unknown(out, value, depth);
		break;
	}
}

void values_cell(struct buffer *out, const struct price_value *value)
{
	values_cell_at(out, value, 0);
}

/* The same status for another reason: said once. */
static bool values_repeats(const struct price_outcome *outcomes, size_t i)
{
	return i && outcomes[i].status != SHK_DETERMINED &&
	       outcomes[i].status == outcomes[i - 1].status;
}

void values_cell_outcomes(
	struct buffer *out, const struct price_outcome *outcomes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (values_repeats(outcomes, i))
			continue;
		if (i)
			buffer_byte(out, '|');
		if (outcomes[i].status == SHK_DETERMINED)
			values_cell(out, &outcomes[i].value);
		else
			buffer_text(out, words_status_code(outcomes[i].status));
	}
}

static void values_cell_output(
	struct buffer *out, const struct price_output *output)
{
	if (output->status == SHK_DETERMINED) {
		values_cell(out, &output->value);
		return;
	}
	buffer_text(out, words_status_code(output->status));
	if (output->outcome_count) {
		buffer_byte(out, '{');
		values_cell_outcomes(
			out, output->outcomes, output->outcome_count);
		buffer_byte(out, '}');
	}
}

void values_cell_outputs(struct buffer *out, const shk_result *result)
{
	for (size_t i = 0; i < result->output_count; i++) {
		if (i)
			buffer_byte(out, ';');
		buffer_text(out, result->outputs[i].name);
		buffer_byte(out, '=');
		values_cell_output(out, &result->outputs[i]);
	}
}

static void values_words_at(struct buffer *out, const struct price_value *value,
	enum shk_language language, unsigned depth);

static void values_words_items(struct buffer *out,
	const struct price_value *value, enum shk_language language,
	unsigned depth)
{
	bool nested = depth > 0 && value->count != 1;

	if (value->count == 0) {
		buffer_text(out, words_get(WORD_NONE, language));
		return;
	}
	if (nested)
		buffer_byte(out, '{');
	for (size_t i = 0; i < value->count; i++) {
		if (i)
			buffer_text(out, ", ");
		if (value->kind == PRICE_CONTEXT) {
			buffer_add(out, value->names[i].data,
				value->names[i].size);
			buffer_text(out, ": ");
		}
		values_words_at(out, &value->items[i], language, depth + 1);
	}
	if (nested)
		buffer_byte(out, '}');
}

/* `> 100`, `<= 5`, `[100..200)` when both ends are known, or any number. */
static void values_words_interval(struct buffer *out,
	const struct price_value *value, enum shk_language language,
	unsigned depth)
{
	bool low = value->items[0].kind != PRICE_NULL;
	bool high = value->items[1].kind != PRICE_NULL;

	if (!low && !high) {
		buffer_text(out, words_get(WORD_ANY_NUMBER, language));
	} else if (low && high) {
		values_cell_interval(out, value, depth);
	} else if (low) {
		buffer_text(out, value->low_closed ? ">= " : "> ");
		values_cell_at(out, &value->items[0], depth + 1);
	} else {
		buffer_text(out, value->high_closed ? "<= " : "< ");
		values_cell_at(out, &value->items[1], depth + 1);
	}
}

static void values_words_unknown(struct buffer *out,
	const struct price_value *value, enum shk_language language,
	unsigned depth)
{
	buffer_text(out, words_get(WORD_UNKNOWN, language));
	if (value->count == 0)
		return;
	buffer_text(out, " (");
	if (value->names)
		values_join(out, value->names, value->count, ", ");
	for (size_t i = 0; !value->names && i < value->count; i++) {
		if (i)
			buffer_text(out, words_get(WORD_OR, language));
		values_words_at(out, &value->items[i], language, depth + 1);
	}
	buffer_byte(out, ')');
}

static void values_words_at(struct buffer *out, const struct price_value *value,
	enum shk_language language, unsigned depth)
{
	if (depth > VALUES_DEPTH_MAX) {
		buffer_text(out, "...");
		return;
	}
	switch (value->kind) {
	case PRICE_NULL:
		buffer_text(out, words_get(WORD_NONE, language));
		break;
	case PRICE_BOOLEAN:
		buffer_text(out,
			words_get(value->u.boolean ? WORD_TRUE : WORD_FALSE,
				language));
		break;
	case PRICE_TEXT:
		buffer_add(out, value->text.data, value->text.size);
		break;
	case PRICE_LIST:
	case PRICE_CONTEXT:
		values_words_items(out, value, language, depth);
		break;
	case PRICE_INTERVAL:
		values_words_interval(out, value, language, depth);
		break;
	case PRICE_UNKNOWN:
		values_words_unknown(out, value, language, depth);
		break;
	case PRICE_NUMBER:
	case PRICE_DATE:
		values_cell_at(out, value, depth);
		break;
	}
}

void values_words(struct buffer *out, const struct price_value *value,
	enum shk_language language)
{
	values_words_at(out, value, language, 0);
}

void values_short(struct buffer *out, const struct price_value *value,
	enum shk_language language)
{
	if (value->kind != PRICE_NUMBER || !value->inexact) {
		values_words(out, value, language);
		return;
	}
	buffer_byte(out, '~');
	values_number(out,
		num_round(value->u.number, VALUES_SHORT, NUM_HALF_EVEN, NULL));
}

void values_words_outcomes(struct buffer *out,
	const struct price_outcome *outcomes, size_t count,
	enum shk_language language)
{
	for (size_t i = 0; i < count; i++) {
		if (values_repeats(outcomes, i))
			continue;
		if (i)
			buffer_text(out, words_get(WORD_OR, language));
		if (outcomes[i].status == SHK_DETERMINED)
			values_words_at(out, &outcomes[i].value, language, 1);
		else
			buffer_text(out,
				words_status(outcomes[i].status, language));
	}
}

bool values_same_outcomes(const struct price_outcome *a, size_t a_count,
	const struct price_outcome *b, size_t b_count, bool *failed)
{
	struct buffer left, right;
	bool same;

	buffer_init(&left);
	buffer_init(&right);
	values_cell_outcomes(&left, a, a_count);
	values_cell_outcomes(&right, b, b_count);
	same = a_count == b_count && left.size == right.size &&
	       (left.size == 0 ||
		       memcmp(left.data, right.data, left.size) == 0);
	*failed = *failed || left.failed || right.failed;
	buffer_release(&left);
	buffer_release(&right);
	return same;
}

static unsigned values_digits_at(
	const struct price_value *value, unsigned depth)
{
	unsigned least = NUM_DIGITS;
	unsigned digits;

	if (value->kind == PRICE_UNKNOWN || value->kind == PRICE_INTERVAL)
		return least;
	if (value->inexact)
		return value->kind == PRICE_NUMBER ? value->digits : 0;
	if (depth > VALUES_DEPTH_MAX ||
		(value->kind != PRICE_LIST && value->kind != PRICE_CONTEXT))
		return least;
	for (size_t i = 0; i < value->count; i++) {
		digits = values_digits_at(&value->items[i], depth + 1);
		least = digits < least ? digits : least;
	}
	return least;
}

unsigned values_digits(const struct price_value *value)
{
	return values_digits_at(value, 0);
}

bool values_inexact(const struct price_value *value)
{
	return values_digits(value) < NUM_DIGITS;
}

void values_certainty(struct buffer *out, const struct price_value *value,
	enum shk_language language)
{
	unsigned count = values_digits(value);
	char digits[16];

	if (count >= NUM_DIGITS)
		return;
	snprintf(digits, sizeof(digits), "%u", count);
	buffer_text(out, " (");
	words_fill(out, count ? WORD_DIGITS : WORD_UNPROVED, language, digits);
	buffer_byte(out, ')');
}
