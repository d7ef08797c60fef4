/*
 * Numbers of a FEEL text, and what they bound: the ends of an interval by its
 * brackets, a literal beside a comparison by its sign. A comparison reaches as
 * far as no and, or, if, then, else, comma or second comparison comes between,
 * so that in `a * 100 >= b * 80` both literals know theirs.
 */
#include "rulebook/numeral.h"

#include <string.h>

#include "base/date.h"

enum token {
	TOKEN_END,
	TOKEN_NUMBER,
	TOKEN_DAY,
	TOKEN_SIGN,  /* of a comparison */
	TOKEN_BREAK, /* nothing reaches over it */
	TOKEN_RANGE, /* .. */
	TOKEN_SLASH,
	TOKEN_OTHER
};

struct scan {
	struct text text;
	size_t at;
	enum numeral_bound sign; /* of TOKEN_SIGN; NUMERAL_FREE: = or != */
	int32_t day;		 /* of TOKEN_DAY */
	char byte;		 /* of TOKEN_OTHER and TOKEN_BREAK */
	size_t start;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_name_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
	       (unsigned char)c >= 0x80;
}

static char at(const struct scan *scan, size_t ahead)
{
	size_t place = scan->at + ahead;

	return place < scan->text.size ? scan->text.data[place] : '\0';
}

static bool skip_comment(struct scan *scan)
{
	const char *end = "\n";

	if (at(scan, 0) != '/' || (at(scan, 1) != '/' && at(scan, 1) != '*'))
		return false;
	if (at(scan, 1) == '*')
		end = "*/";
	for (scan->at += 2; scan->at < scan->text.size; scan->at++)
		if (at(scan, 0) == end[0] && (!end[1] || at(scan, 1) == end[1]))
			break;
	scan->at += strlen(end);
	return true;
}

static enum token scan_quoted(struct scan *scan)
{
	size_t start = ++scan->at;

	while (scan->at < scan->text.size && at(scan, 0) != '"')
		scan->at += at(scan, 0) == '\\' ? 2 : 1;
	if (scan->at > scan->text.size)
		scan->at = scan->text.size;
	if (date_parse(scan->text.data + start, scan->at - start, &scan->day)) {
		scan->at++;
		return TOKEN_DAY;
	}
	scan->at++;
	return TOKEN_OTHER;
}

static enum token scan_word(struct scan *scan)
{
	static const char *const breaks[] = { "and", "or", "if", "then", "else",
		"return", "satisfies", "in", "between", NULL };
	size_t start = scan->at;
	struct text word;

	while (is_name_byte(at(scan, 0)) || is_digit(at(scan, 0)))
		scan->at++;
	word = (struct text){ scan->text.data + start, scan->at - start };
	for (size_t i = 0; breaks[i]; i++)
		if (text_is(word, breaks[i]))
			return TOKEN_BREAK;
	return TOKEN_OTHER;
}

static enum token scan_number(struct scan *scan)
{
	while (is_digit(at(scan, 0)))
		scan->at++;
	if (at(scan, 0) == '.' && is_digit(at(scan, 1))) {
		scan->at++;
		while (is_digit(at(scan, 0)))
			scan->at++;
	}
	return TOKEN_NUMBER;
}

static enum token scan_sign(struct scan *scan)
{
	char first = at(scan, 0);
	bool equal = at(scan, 1) == '=';

	scan->at += 1 + equal;
	if (first == '<')
		scan->sign = equal ? NUMERAL_MOST : NUMERAL_BELOW;
	else if (first == '>')
		scan->sign = equal ? NUMERAL_LEAST : NUMERAL_ABOVE;
	else
		scan->sign = NUMERAL_FREE;
	return TOKEN_SIGN;
}

static enum token scan_next(struct scan *scan)
{
	char c;

	while (scan->at < scan->text.size &&
		((unsigned char)at(scan, 0) <= ' ' || skip_comment(scan)))
		if ((unsigned char)at(scan, 0) <= ' ')
			scan->at++;
	scan->start = scan->at;
	c = scan->byte = at(scan, 0);
	if (scan->at >= scan->text.size)
		return TOKEN_END;
	if (c == '"')
		return scan_quoted(scan);
	if (is_name_byte(c))
		return scan_word(scan);
	if (is_digit(c) || (c == '.' && is_digit(at(scan, 1))))
		return scan_number(scan);
	if (c == '<' || c == '>' || c == '=' ||
		(c == '!' && at(scan, 1) == '='))
		return scan_sign(scan);
	if (c == '.' && at(scan, 1) == '.') {
		scan->at += 2;
		return TOKEN_RANGE;
	}
	scan->at++;
	if (c == '/')
		return TOKEN_SLASH;
	return c == ',' ? TOKEN_BREAK : TOKEN_OTHER;
}

/* The numbers since the last break, and the one comparison among them. */
struct stretch {
	size_t first;  /* index of its first number */
	size_t middle; /* of the first one behind the sign */
	size_t signs;
	enum numeral_bound sign;
};

static enum numeral_bound mirrored(enum numeral_bound bound)
{
	static const enum numeral_bound others[] = { NUMERAL_FREE, NUMERAL_MOST,
		NUMERAL_LEAST, NUMERAL_BELOW, NUMERAL_ABOVE };

	return others[bound];
}

static void stretch_end(struct stretch *stretch, struct numeral *out,
	size_t count, size_t capacity)
{
	for (size_t i = stretch->first; stretch->signs == 1 && i < count; i++) {
		if (i >= capacity || out[i].bound != NUMERAL_FREE)
			continue;
		out[i].bound = i < stretch->middle ? mirrored(stretch->sign)
						   : stretch->sign;
	}
	*stretch = (struct stretch){ .first = count };
}

static void read_literal(const struct scan *scan, enum token token,
	enum token before, char bracket, struct numeral *out)
{
	memset(out, 0, sizeof(*out));
	out->at = scan->start;
	out->size = scan->at - scan->start;
	if (token == TOKEN_DAY) {
		out->is_date = true;
		out->day = scan->day;
	} else {
		num_parse(scan->text.data + out->at, out->size, false,
			&out->value);
	}
	if (before == TOKEN_RANGE) {
		struct scan ahead = *scan;

		if (scan_next(&ahead) == TOKEN_OTHER && ahead.byte == ']')
			out->bound = NUMERAL_MOST;
		else if (ahead.byte == ')' || ahead.byte == '[')
			out->bound = NUMERAL_BELOW;
	} else if (bracket) {
		struct scan ahead = *scan;

		if (scan_next(&ahead) == TOKEN_RANGE)
			out->bound =
				bracket == '[' ? NUMERAL_LEAST : NUMERAL_ABOVE;
	}
}

/* The literal behind a slash joins the one before it. */
static void join_fraction(struct numeral *first, const struct numeral *second)
{
	unsigned status = 0;

	first->is_fraction = true;
	first->top = first->value;
	first->bottom = second->value;
	first->value = num_divide(first->top, first->bottom, &status);
	first->size = second->at + second->size - first->at;
}

static bool joins(const struct numeral *out, size_t count, size_t capacity,
	enum token before, enum token two_before, const struct numeral *next)
{
	return before == TOKEN_SLASH && two_before == TOKEN_NUMBER &&
	       count > 0 && count <= capacity && !next->is_date &&
	       !out[count - 1].is_fraction && !num_is_zero(next->value);
}

size_t numeral_read_feel(struct text text, struct numeral *out, size_t capacity)
{
	struct scan scan = { .text = text };
	struct stretch stretch = { .first = 0 };
	enum token before = TOKEN_END;
	enum token two_before = TOKEN_END;
	char bracket = '\0'; /* when it is the token before */
	size_t count = 0;
	enum token token;

	while ((token = scan_next(&scan)) != TOKEN_END) {
		struct numeral numeral;

		if (token == TOKEN_NUMBER || token == TOKEN_DAY) {
			read_literal(&scan, token, before, bracket, &numeral);
			if (joins(out, count, capacity, before, two_before,
				    &numeral))
				join_fraction(&out[count - 1], &numeral);
			else if (count++ < capacity)
				out[count - 1] = numeral;
		} else if (token == TOKEN_BREAK) {
			stretch_end(&stretch, out, count, capacity);
		} else if (token == TOKEN_SIGN) {
			stretch.signs++;
			stretch.sign = scan.sign;
			stretch.middle = count;
		}
		bracket = token == TOKEN_OTHER && (scan.byte == '[' ||
							  scan.byte == '(' ||
							  scan.byte == ']')
				  ? scan.byte
				  : '\0';
		two_before = before;
		before = token;
	}
	stretch_end(&stretch, out, count, capacity);
	return count;
}
