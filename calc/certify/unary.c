/*
 * Reading unary tests: a cursor over the text, one function a form. Every form
 * that FEEL has and this reader has not ends with a reason, so that no cell is
 * ever taken for less than it says.
 */
#include "certify/unary.h"

#include <string.h>

#include "base/date.h"

#define LONGEST_DIGITS 34 /* of a number that is kept exactly */

const char unary_no_memory[] = "memory ran out";

static void skip_blanks(struct unary_cursor *cursor)
{
	/* a NUL is no blank, though strchr finds it */
	while (cursor->at < cursor->end && *cursor->at &&
		strchr(" \t\r\n", *cursor->at))
		cursor->at++;
}

static bool fail(struct unary_cursor *cursor, const char *why)
{
	if (!cursor->why)
		cursor->why = why;
	return false;
}

/* Is `word` next? It is then behind the cursor, else nothing moves. */
static bool take(struct unary_cursor *cursor, const char *word)
{
	const char *before = cursor->at;
	size_t size = strlen(word);

	skip_blanks(cursor);
	if ((size_t)(cursor->end - cursor->at) < size ||
		memcmp(cursor->at, word, size) != 0) {
		cursor->at = before;
		return false;
	}
	cursor->at += size;
	return true;
}

static bool is_letter(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
	       byte == '_' || (unsigned char)byte >= 0x80;
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

/* The same for a name, which must end there. */
static bool take_name(struct unary_cursor *cursor, const char *name)
{
	const char *before = cursor->at;

	if (!take(cursor, name))
		return false;
	if (cursor->at == cursor->end ||
		(!is_letter(*cursor->at) && !is_digit(*cursor->at)))
		return true;
	cursor->at = before;
	return false;
}

static int hex_of(char digit)
{
	static const char digits[] = "0123456789abcdef";
	const char *at;

	if (digit >= 'A' && digit <= 'F')
		digit = (char)(digit - 'A' + 'a');
	at = digit ? strchr(digits, digit) : NULL;
	return at ? (int)(at - digits) : -1;
}

/* Behind a backslash; bytes written to `out`, 0 when it is not read. */
static size_t read_escape(struct unary_cursor *cursor, char out[4])
{
	static const char letters[] = "\"\"\\\\n\nt\tr\r//";
	char letter = *cursor->at++;
	uint32_t code = 0;

	for (size_t i = 0; letters[i]; i += 2)
		if (letters[i] == letter) {
			out[0] = letters[i + 1];
			return 1;
		}
	if (letter != 'u' || cursor->end - cursor->at < 4)
		return 0;
	for (int i = 0; i < 4; i++) {
		int digit = hex_of(*cursor->at++);

		if (digit < 0)
			return 0;
		code = code << 4 | (uint32_t)digit;
	}
	return utf8_encode(code, out);
}

/* Behind the quote. */
static bool read_word(struct unary_cursor *cursor, struct text *out)
{
	char *word = arena_alloc(
		cursor->arena, (size_t)(cursor->end - cursor->at) + 4);
	size_t size = 0;

	if (!word)
		return fail(cursor, unary_no_memory);
	while (cursor->at < cursor->end && *cursor->at != '"') {
		if (*cursor->at != '\\') {
			word[size++] = *cursor->at++;
			continue;
		}
		if (++cursor->at == cursor->end)
			break;
		/* an escape is never shorter than what it stands for */
		{
			char bytes[4];
			size_t count = read_escape(cursor, bytes);

			if (count == 0)
				return fail(cursor, "an escape in a string");
			memcpy(word + size, bytes, count);
			size += count;
		}
	}
	if (cursor->at == cursor->end)
		return fail(cursor, "a string without its end");
	cursor->at++;
	*out = (struct text){ word, size };
	return true;
}

static bool read_date(struct unary_cursor *cursor, struct unary_value *out)
{
	struct text word;
	int32_t days;

	if (!take(cursor, "\""))
		return fail(cursor, "a date that is not written out");
	if (!read_word(cursor, &word))
		return false;
	if (!date_parse(word.data, word.size, &days))
		return fail(cursor, "a date that is no day of the calendar");
	out->type = UNARY_DATE;
	out->number = num_from_int(days);
	return true;
}

/* Digits and points; `1..5`: two points belong to an interval. */
static size_t skip_digits(struct unary_cursor *cursor)
{
	size_t digits = 0;

	for (; cursor->at < cursor->end; cursor->at++) {
		bool point = *cursor->at == '.';

		if (point && cursor->at + 1 < cursor->end &&
			cursor->at[1] == '.')
			break;
		if (!point && !is_digit(*cursor->at))
			break;
		digits += !point;
	}
	return digits;
}

static void skip_exponent(struct unary_cursor *cursor)
{
	if (cursor->at == cursor->end ||
		(*cursor->at != 'e' && *cursor->at != 'E'))
		return;
	cursor->at++;
	if (cursor->at < cursor->end &&
		(*cursor->at == '+' || *cursor->at == '-'))
		cursor->at++;
	while (cursor->at < cursor->end && is_digit(*cursor->at))
		cursor->at++;
}

static bool read_number(struct unary_cursor *cursor, struct unary_value *out)
{
	const char *from = cursor->at;
	size_t digits;

	if (*cursor->at == '-')
		cursor->at++;
	digits = skip_digits(cursor);
	if (digits > 0)
		skip_exponent(cursor);
	out->type = UNARY_NUMBER;
	if (digits == 0 || digits > LONGEST_DIGITS ||
		num_parse(from, (size_t)(cursor->at - from), true,
			&out->number) != NUM_PARSED)
		return fail(cursor, "something that is no plain constant");
	if (cursor->at < cursor->end && is_letter(*cursor->at))
		return fail(cursor, "something behind a number");
	return true;
}

bool unary_read_value(struct unary_cursor *cursor, struct unary_value *out)
{
	*out = (struct unary_value){ .type = UNARY_BOOLEAN };
	skip_blanks(cursor);
	if (cursor->at == cursor->end)
		return fail(cursor, "nothing where a constant is wanted");
	if (take_name(cursor, "true")) {
		out->number = NUM_ONE;
		return true;
	}
	if (take_name(cursor, "false")) {
		out->number = NUM_ZERO;
		return true;
	}
	if (take(cursor, "\"")) {
		out->type = UNARY_STRING;
		return read_word(cursor, &out->word);
	}
	if (take(cursor, "@"))
		return read_date(cursor, out);
	if (take_name(cursor, "date"))
		return (take(cursor, "(") ||
			       fail(cursor, "a name where a constant is "
					    "wanted")) &&
		       read_date(cursor, out) &&
		       (take(cursor, ")") || fail(cursor, "a date without )"));
	return read_number(cursor, out);
}

static bool read_interval(
	struct unary_cursor *cursor, bool closed, struct unary_part *part)
{
	part->has_low = part->has_high = true;
	part->low_closed = closed;
	if (!unary_read_value(cursor, &part->low))
		return false;
	if (!take(cursor, ".."))
		return fail(cursor, "an interval without ..");
	if (!unary_read_value(cursor, &part->high))
		return false;
	part->high_closed = take(cursor, "]");
	if (!part->high_closed && !take(cursor, ")") && !take(cursor, "["))
		return fail(cursor, "an interval without its end");
	if (part->low.type != part->high.type ||
		part->low.type == UNARY_STRING ||
		part->low.type == UNARY_BOOLEAN)
		return fail(cursor, "an interval of what has no order");
	return true;
}

static bool read_comparison(struct unary_cursor *cursor, bool low, bool closed,
	struct unary_part *part)
{
	struct unary_value *value = low ? &part->low : &part->high;

	part->has_low = low;
	part->has_high = !low;
	part->low_closed = part->high_closed = closed;
	if (!unary_read_value(cursor, value))
		return false;
	if (value->type == UNARY_STRING || value->type == UNARY_BOOLEAN)
		return fail(cursor, "a comparison of what has no order");
	return true;
}

static bool read_part(struct unary_cursor *cursor, struct unary_part *part)
{
	memset(part, 0, sizeof(*part));
	if (take(cursor, ">="))
		return read_comparison(cursor, true, true, part);
	if (take(cursor, ">"))
		return read_comparison(cursor, true, false, part);
	if (take(cursor, "<="))
		return read_comparison(cursor, false, true, part);
	if (take(cursor, "<"))
		return read_comparison(cursor, false, false, part);
	if (take(cursor, "["))
		return read_interval(cursor, true, part);
	if (take(cursor, "(") || take(cursor, "]"))
		return read_interval(cursor, false, part);
	part->has_low = part->has_high = true;
	part->low_closed = part->high_closed = true;
	if (!unary_read_value(cursor, &part->low))
		return false;
	part->high = part->low;
	return true;
}

static bool read_list(struct unary_cursor *cursor, struct unary_tests *out)
{
	struct unary_part *parts = NULL;
	size_t room = 0;

	do {
		if (out->count == UNARY_PARTS_MAX)
			return fail(cursor, "a list that is too long");
		if (out->count == room) {
			struct unary_part *more;

			room = room ? 2 * room : 4;
			more = arena_zeroed(cursor->arena, room, sizeof(*more));
			if (!more)
				return fail(cursor, unary_no_memory);
			if (parts)
				memcpy(more, parts, out->count * sizeof(*more));
			parts = more;
		}
		if (!read_part(cursor, &parts[out->count]))
			return false;
		out->count++;
	} while (take(cursor, ","));
	out->parts = parts;
	return true;
}

/* `-` alone: a digit behind it makes it a number. */
static bool take_dash(struct unary_cursor *cursor)
{
	const char *before;

	skip_blanks(cursor);
	before = cursor->at;
	if (!take(cursor, "-"))
		return false;
	if (cursor->at == cursor->end ||
		(!is_digit(*cursor->at) && *cursor->at != '.'))
		return true;
	cursor->at = before;
	return false;
}

bool unary_read(struct unary_cursor *cursor, struct unary_tests *out)
{
	memset(out, 0, sizeof(*out));
	if (take_dash(cursor)) {
		out->dash = true;
		return true;
	}
	out->negated = take_name(cursor, "not");
	if (!out->negated)
		return read_list(cursor, out);
	return (take(cursor, "(") || fail(cursor, "not without (")) &&
	       read_list(cursor, out) &&
	       (take(cursor, ")") || fail(cursor, "not without )"));
}

bool unary_read_all(struct arena *arena, struct text text,
	struct unary_tests *out, const char **why)
{
	struct unary_cursor cursor = { arena, text.data, text.data + text.size,
		NULL };

	skip_blanks(&cursor);
	if (cursor.at == cursor.end) { /* an empty cell is a dash */
		memset(out, 0, sizeof(*out));
		out->dash = true;
		return true;
	}
	if (unary_read(&cursor, out)) {
		skip_blanks(&cursor);
		if (cursor.at != cursor.end)
			fail(&cursor, "something that is no plain constant");
	}
	if (cursor.why)
		*why = cursor.why;
	return !cursor.why;
}

int unary_compare(const struct unary_value *a, const struct unary_value *b)
{
	return a->type == UNARY_STRING ? text_compare(a->word, b->word)
				       : num_compare(a->number, b->number);
}

static bool is_inside(
	const struct unary_part *part, const struct unary_value *value)
{
	int order;

	if (part->has_low) {
		order = unary_compare(value, &part->low);
		if (order < 0 || (order == 0 && !part->low_closed))
			return false;
	}
	if (part->has_high) {
		order = unary_compare(value, &part->high);
		if (order > 0 || (order == 0 && !part->high_closed))
			return false;
	}
	return true;
}

bool unary_holds(
	const struct unary_tests *tests, const struct unary_value *value)
{
	bool any = false;

	if (tests->dash)
		return true;
	for (size_t i = 0; i < tests->count && !any; i++)
		any = is_inside(&tests->parts[i], value);
	return any != tests->negated;
}

enum unary_type unary_type_of(
	const struct unary_tests *tests, enum unary_type type)
{
	for (size_t i = 0; i < tests->count; i++) {
		const struct unary_part *part = &tests->parts[i];
		enum unary_type of =
			part->has_low ? part->low.type : part->high.type;

		if (type == UNARY_NONE)
			type = of;
		if (type != of)
			return UNARY_OTHER;
	}
	return type;
}
