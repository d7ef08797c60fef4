/*
 * Numbers: int, dec, yen, percent. Only what section 1 of the record format
 * allows is read; everything else is refused with the spelling that would be
 * right, never guessed. No value passes through binary floating point.
 */
#include <stdio.h>
#include <string.h>

#include "record/value.h"

enum number_shape {
	NUMBER_INT,	/* -123 */
	NUMBER_DEC,	/* -123.45 */
	NUMBER_GROUPED, /* 1,234.5 */
	NUMBER_BAD
};

#define NUMBER_SHOWN 64 /* bytes of a number that a message proposes */

static size_t number_digits(struct text text, size_t at)
{
	size_t count = 0;

	while (at + count < text.size && text.data[at + count] >= '0' &&
		text.data[at + count] <= '9')
		count++;
	return count;
}

/* Groups of three behind the first one to three digits. */
static bool number_groups(struct text text, size_t *at, size_t first)
{
	if (first > 3 || text.data[*at - first] == '0')
		return false;
	while (*at < text.size && text.data[*at] == ',') {
		if (number_digits(text, *at + 1) != 3)
			return false;
		*at += 4;
	}
	return true;
}

static enum number_shape number_shape(struct text text)
{
	enum number_shape shape = NUMBER_INT;
	size_t at = text.size > 0 && text.data[0] == '-';
	size_t digits = number_digits(text, at);

	if (digits == 0)
		return NUMBER_BAD;
	at += digits;
	if (at < text.size && text.data[at] == ',') {
		if (!number_groups(text, &at, digits))
			return NUMBER_BAD;
		shape = NUMBER_GROUPED;
	}
	if (at == text.size)
		return shape;
	digits = number_digits(text, at + 1);
	if (text.data[at] != '.' || digits == 0 || at + 1 + digits != text.size)
		return NUMBER_BAD;
	return shape == NUMBER_INT ? NUMBER_DEC : shape;
}

/* Bytes of a sign around a number at `text`, or 0. */
static size_t number_sign(const char *text, size_t size)
{
	static const char *const signs[] = { "%", "円", "¥", "￥", "\\", "+",
		" ", "\t", "　" };

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		size_t length = strlen(signs[i]);

		if (size >= length && memcmp(text, signs[i], length) == 0)
			return length;
	}
	return 0;
}

/*
 * The number in `text` once signs around it are taken away and a zero is put
 * before or behind a bare point; "" when that leaves no number. Commas go
 * only where they group by three: elsewhere they may mean a point.
 */
static void number_core(struct text text, char out[NUMBER_SHOWN])
{
	enum number_shape shape;
	size_t size = 0;
	size_t at = 0;
	size_t left = 0;

	while (at < text.size) {
		size_t skip = number_sign(text.data + at, text.size - at);

		if (size >= NUMBER_SHOWN - 2) {
			out[0] = '\0'; /* too long to propose */
			return;
		}
		if (skip == 0 && text.data[at] == '.' && size == 0)
			out[size++] = '0';
		if (skip == 0)
			out[size++] = text.data[at++];
		at += skip;
	}
	if (size > 0 && out[size - 1] == '.')
		size--;
	shape = number_shape((struct text){ out, size });
	for (size_t i = 0; shape != NUMBER_BAD && i < size; i++) {
		if (out[i] != ',')
			out[left++] = out[i];
	}
	out[left] = '\0';
}

static bool number_contains(struct text text, const char *part)
{
	size_t length = strlen(part);

	for (size_t at = 0; at + length <= text.size; at++) {
		if (memcmp(text.data + at, part, length) == 0)
			return true;
	}
	return false;
}

/* What is wrong with a text that is no number. */
static const char *number_fault(
	const struct record_field *type, struct text text)
{
	if (number_contains(text, "%"))
		return "has a percent sign";
	if (number_contains(text, "円") || number_contains(text, "¥") ||
		number_contains(text, "￥") || number_contains(text, "\\"))
		return "has a yen sign";
	if (number_contains(text, ","))
		return type->type == RECORD_YEN
			       ? "has commas that do not group by three"
			       : "has a comma";
	if (text.size > 0 && text.data[0] == '+')
		return "has a plus sign";
	if (number_contains(text, " ") || number_contains(text, "　") ||
		number_contains(text, "\t"))
		return "has white space";
	if (number_digits(text, text.size > 0 && text.data[0] == '-') > 0 &&
		(number_contains(text, "e") || number_contains(text, "E")))
		return "may have an exponent, which is not read";
	return "is not a number";
}

static enum shk_code number_refuse(struct value_context *context,
	const struct record_field *type, struct text text, const char *fault)
{
	static const char *const right[] = { [RECORD_INT] =
						     "digits, such as 800",
		[RECORD_DEC] = "digits with at most one point, such as 12.5",
		[RECORD_YEN] = "digits, such as 13600",
		[RECORD_PERCENT] = "60 for 60 percent" };
	char shown[VALUE_SHOWN_TEXT];
	char core[NUMBER_SHOWN];

	value_shown(text, shown);
	number_core(text, core);
	if ((type->type == RECORD_INT && strchr(core, '.')) ||
		text_is(text, core))
		core[0] = '\0'; /* no better than what was written */
	return value_refuse(context, type, "bad_value", "\"%s\" %s; write %s",
		shown, fault, core[0] ? core : right[type->type]);
}

/* One end of the domain in words: "at least 0". */
static void number_bound(char *out, size_t size, const char *words, num bound)
{
	char digits[NUMBER_SHOWN];

	if (num_format(bound, digits, sizeof(digits)) == 0)
		digits[0] = '\0';
	snprintf(out, size, "%s %s", words, digits);
}

static enum shk_code number_outside(struct value_context *context,
	const struct record_field *type, struct text text)
{
	char shown[VALUE_SHOWN_TEXT];
	char low[NUMBER_SHOWN + 16] = "";
	char high[NUMBER_SHOWN + 16] = "";

	value_shown(text, shown);
	if (type->has_low)
		number_bound(low, sizeof(low),
			type->low_open ? "above" : "at least", type->low);
	if (type->has_high)
		number_bound(high, sizeof(high),
			type->high_open ? "below" : "at most", type->high);
	return value_refuse(context, type, "bad_domain",
		"%s is outside its domain; it must be %s%s%s", shown, low,
		low[0] && high[0] ? " and " : "", high);
}

static bool number_inside(const struct record_field *type, num value)
{
	int order;

	if (type->has_low) {
		order = num_compare(value, type->low);
		if (order < 0 || (order == 0 && type->low_open))
			return false;
	}
	if (type->has_high) {
		order = num_compare(value, type->high);
		if (order > 0 || (order == 0 && type->high_open))
			return false;
	}
	return true;
}

/* Without the commas, into the arena. */
static bool number_ungroup(struct arena *arena, struct text *text)
{
	char *copy = arena_alloc(arena, text->size + 1);
	size_t size = 0;

	if (!copy)
		return false;
	for (size_t i = 0; i < text->size; i++) {
		if (text->data[i] != ',')
			copy[size++] = text->data[i];
	}
	*text = (struct text){ copy, size };
	return true;
}

#define NUMBER_WHOLE 15 /* digits of a whole number that is read at once */

/* Digits only, inside of the domain: what nearly every cell holds. */
static bool number_whole(
	const struct record_field *type, struct text text, num *out)
{
	int64_t value = 0;

	if (text.size > NUMBER_WHOLE || !type->whole_domain)
		return false;
	for (size_t i = 0; i < text.size; i++) {
		unsigned digit = (unsigned)(unsigned char)text.data[i] - '0';

		if (digit > 9)
			return false;
		value = value * 10 + (int64_t)digit;
	}
	if (text.size == 0 || value < type->least || value > type->most)
		return false;
	*out = num_from_int(value);
	return true;
}

enum shk_code value_number(struct value_context *context,
	const struct record_field *type, struct text text,
	struct record_value *out)
{
	enum number_shape shape;
	struct text digits = text;

	out->size = 0;
	if (number_whole(type, text, &out->u.number))
		return SHK_OK;
	shape = number_shape(text);
	if (shape == NUMBER_BAD) {
		if (!value_fold(context->arena, text, &digits))
			return diag_memory(context->diag);
		shape = number_shape(digits);
	}
	if (shape == NUMBER_BAD)
		return number_refuse(
			context, type, digits, number_fault(type, digits));
	if (shape == NUMBER_GROUPED) {
		if (type->type != RECORD_YEN)
			return number_refuse(
				context, type, digits, "has a comma");
		if (!number_ungroup(context->arena, &digits))
			return diag_memory(context->diag);
	}
	if (shape != NUMBER_INT && type->type == RECORD_INT)
		return number_refuse(
			context, type, digits, "has a decimal point");
	if (num_parse(digits.data, digits.size, false, &out->u.number) !=
		NUM_PARSED)
		return number_refuse(context, type, digits,
			"has more than 34 significant digits");
	if (!number_inside(type, out->u.number))
		return number_outside(context, type, text);
	out->size = 0;
	return SHK_OK;
}
