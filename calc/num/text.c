/*
 * Numbers in and out of text, exactly. Reading keeps a run of zeros aside
 * until a later digit makes it significant, so "1.50" is 1.5 and zeros at
 * either end never count against the 34 digits. Writing is plain: no
 * exponent, no zeros at the end, no dependence on the locale.
 */
#include <string.h>

#include "num/parts.h"
#include "num/whole.h"

_Static_assert(NUM_TEXT_MAX > 1 + NUM_DIGITS + NUM_EXPONENT_MAX &&
		       NUM_TEXT_MAX > 3 - NUM_EXPONENT_MIN,
	"room for the largest and the smallest number in full");

#define NUM_EXPONENT_LIMIT 100000 /* written exponents stop counting here */

/* A number being read. */
struct num_reading {
	const char *at;
	const char *end;
	num_wide coefficient;
	int digits;	  /* of the coefficient */
	int64_t zeros;	  /* read behind it, not yet significant */
	int64_t decimals; /* digits read behind the point */
	bool any;	  /* at least one digit was read */
	bool too_long;
};

static bool num_digit(const struct num_reading *in)
{
	return in->at < in->end && *in->at >= '0' && *in->at <= '9';
}

static void num_read_digit(struct num_reading *in, unsigned digit)
{
	if (digit == 0) {
		if (in->coefficient != 0)
			in->zeros++;
		return;
	}
	if (in->zeros + 1 > NUM_DIGITS - in->digits) {
		in->too_long = true;
		return;
	}
	/* A first digit has nothing in front: 0 * 10 + digit. */
	in->coefficient = in->coefficient * num_ten((int)in->zeros + 1) + digit;
	in->digits += (int)in->zeros + 1;
	in->zeros = 0;
}

static void num_read_digits(struct num_reading *in, bool behind_point)
{
	while (num_digit(in)) {
		num_read_digit(in, (unsigned)(*in->at - '0'));
		in->any = true;
		in->decimals += behind_point;
		in->at++;
	}
}

/* `e[+-]digits`; false when it begins so but has no digits. */
static bool num_read_exponent(struct num_reading *in, int64_t *exponent)
{
	bool negative = false;
	int64_t value = 0;

	*exponent = 0;
	if (in->at == in->end || (*in->at != 'e' && *in->at != 'E'))
		return true;
	in->at++;
	if (in->at < in->end && (*in->at == '-' || *in->at == '+'))
		negative = *in->at++ == '-';
	if (!num_digit(in))
		return false;
	for (; num_digit(in); in->at++)
		if (value < NUM_EXPONENT_LIMIT)
			value = value * 10 + (*in->at - '0');
	*exponent = negative ? -value : value;
	return true;
}

/* Fit the exponent into the format; false when that cannot be exact. */
static bool num_fit(struct num_parts *parts, int64_t exponent)
{
	if (parts->coefficient == 0)
		exponent = 0;
	while (exponent > NUM_EXPONENT_MAX &&
		parts->coefficient < num_ten(NUM_DIGITS - 1)) {
		parts->coefficient *= 10;
		exponent--;
	}
	if (exponent < NUM_EXPONENT_MIN || exponent > NUM_EXPONENT_MAX)
		return false;
	parts->exponent = (int)exponent;
	return true;
}

static enum num_parse num_parse_long(const char *text, size_t size,
	bool negative, bool with_exponent, num *out)
{
	struct num_reading in = { .at = text, .end = text + size };
	struct num_parts parts;
	int64_t exponent = 0;

	num_read_digits(&in, false);
	if (in.at < in.end && *in.at == '.') {
		const char *point = in.at++;

		num_read_digits(&in, true);
		if (in.at == point + 1) /* "1." has no digit behind */
			return NUM_NOT_A_NUMBER;
	}
	if (!in.any)
		return NUM_NOT_A_NUMBER;
	if (with_exponent && !num_read_exponent(&in, &exponent))
		return NUM_NOT_A_NUMBER;
	if (in.at != in.end)
		return NUM_NOT_A_NUMBER;
	if (in.too_long)
		return NUM_TOO_LONG;
	parts = (struct num_parts){ in.coefficient, 0, negative };
	if (!num_fit(&parts, exponent + in.zeros - in.decimals))
		return NUM_TOO_LONG;
	*out = num_put_together(parts);
	return NUM_PARSED;
}

/* Up to 18 characters, digits only: what nearly every cell holds. */
static bool num_parse_integer(
	const char *text, size_t size, bool negative, num *out)
{
	int64_t value = 0;

	if (size == 0 || size > NUM_SMALL_DIGITS)
		return false;
	for (size_t i = 0; i < size; i++) {
		unsigned digit = (unsigned)(unsigned char)text[i] - '0';

		if (digit > 9)
			return false;
		value = value * 10 + (int64_t)digit;
	}
	*out = num_from_small(negative ? -value : value, 0);
	return true;
}

enum num_parse num_parse(const char *text, size_t size, bool exponent, num *out)
{
	bool negative = false;

	if (size > 0 && (*text == '-' || *text == '+')) {
		negative = *text == '-';
		text++;
		size--;
	}
	if (num_parse_integer(text, size, negative, out))
		return NUM_PARSED;
	return num_parse_long(text, size, negative, exponent, out);
}

/* Digits of `value` at the end of `out`; returns where they begin. */
static char *num_put_digits(num_wide value, char *end)
{
	uint64_t low;

	while (value >> 64 != 0) {
		*--end = (char)('0' + (int)(value % 10));
		value /= 10;
	}
	low = (uint64_t)value;
	do {
		*--end = (char)('0' + (int)(low % 10));
		low /= 10;
	} while (low != 0);
	return end;
}

/* `count` digits with the point `decimals` from their end. */
static char *num_put_point(
	char *out, const char *digits, size_t count, size_t decimals)
{
	size_t whole = count > decimals ? count - decimals : 0;

	if (whole == 0)
		*out++ = '0';
	memcpy(out, digits, whole);
	out += whole;
	*out++ = '.';
	if (decimals > count) {
		memset(out, '0', decimals - count);
		out += decimals - count;
	}
	memcpy(out, digits + whole, count - whole);
	return out + (count - whole);
}

static size_t num_format_any(num a, char *out, size_t size)
{
	struct num_parts parts =
		num_take_apart(num_put_together(num_take_apart(a)));
	char digits[NUM_DIGITS + 1];
	char *end = digits + sizeof(digits);
	char *first = num_put_digits(parts.coefficient, end);
	size_t count = (size_t)(end - first);
	size_t zeros = parts.exponent > 0 ? (size_t)parts.exponent : 0;
	size_t decimals = parts.exponent < 0 ? (size_t)-parts.exponent : 0;
	size_t need = count + zeros + (parts.negative ? 1 : 0);
	char *at = out;

	if (decimals)
		need += 1 + (decimals >= count ? decimals - count + 1 : 0);
	if (need >= size)
		return 0;
	if (parts.negative)
		*at++ = '-';
	if (decimals) {
		at = num_put_point(at, first, count, decimals);
	} else {
		memcpy(at, first, count);
		at += count;
		memset(at, '0', zeros);
		at += zeros;
	}
	*at = '\0';
	return need;
}

/* Of a whole number of one word, as nearly all are. */
static size_t num_format_whole(num a, char *out, size_t size)
{
	char digits[NUM_DIGITS + 1];
	char *end = digits + sizeof(digits);
	char *first = num_put_digits(a.w[0], end);
	size_t need;

	if ((a.w[1] & NUM_SIGN_BIT) && a.w[0] != 0)
		*--first = '-';
	need = (size_t)(end - first);
	if (need >= size)
		return 0;
	memcpy(out, first, need);
	out[need] = '\0';
	return need;
}

size_t num_format(num a, char *out, size_t size)
{
	size_t done;

	if ((a.w[1] & ~NUM_SIGN_BIT) != NUM_ZERO.w[1])
		return num_format_any(a, out, size);
	if (!num_is_short(a) || size <= NUM_WHOLE_DIGITS)
		return num_format_whole(a, out, size);
	done = (size_t)(num_put_short(out, a.w[0]) - out);
	out[done] = '\0';
	return done;
}
