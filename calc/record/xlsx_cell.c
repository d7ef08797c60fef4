/*
 * One cell as text. A code stays as it was typed, a number is what the
 * spreadsheet shows of it (15 digits: what it stores behind them is left over
 * from binary fractions), a day is YYYY-MM-DD. What a spreadsheet would show
 * but nobody meant (errors, formulas that were never computed, the 29th of
 * February 1900) is refused.
 */
#include <string.h>

#include "base/date.h"
#include "num/num.h"
#include "record/xlsx.h"

#define CELL_DIGITS    15 /* significant ones that a spreadsheet keeps */
#define CELL_NO_DAY    60 /* 1900-02-29 */
#define CELL_LAST_YEAR 9999

/* The character behind `_xHHHH_`, or 0. */
static uint32_t escaped(const char *at, size_t left)
{
	uint32_t code = 0;

	if (left < 7 || at[0] != '_' || at[1] != 'x' || at[6] != '_')
		return 0;
	for (size_t i = 2; i < 6; i++) {
		static const char digits[] = "0123456789abcdefABCDEF";
		const char *digit = at[i] ? strchr(digits, at[i]) : NULL;
		uint32_t value = digit ? (uint32_t)(digit - digits) : 0;

		if (!digit)
			return 0;
		code = code * 16 + (value > 15 ? value - 6 : value);
	}
	return code;
}

/* As it is, but line breaks become blanks: a row is a line. */
static const char *cell_string(struct buffer *out, struct text text)
{
	bool broken = false; /* a carriage return was before */

	for (size_t at = 0; at < text.size;) {
		uint32_t code = escaped(text.data + at, text.size - at);
		char made[4] = { text.data[at] };
		size_t size = code ? utf8_encode(code, made) : 1;

		if (code && size == 0) /* half a pair */
			code = 0, size = 1;
		at += code ? 7 : 1;
		if (size == 1 && made[0] == '\n' && broken) {
			broken = false;
			continue;
		}
		broken = size == 1 && made[0] == '\r';
		if (size == 1 && (broken || made[0] == '\n'))
			made[0] = ' ';
		buffer_add(out, made, size);
	}
	return NULL;
}

static size_t significant(const char *text)
{
	size_t digits = 0;
	bool leading = true;

	for (; *text && *text != 'e' && *text != 'E'; text++) {
		if (*text < '0' || *text > '9')
			continue;
		leading = leading && *text == '0';
		digits += !leading;
	}
	return digits;
}

/* Decimals that leave CELL_DIGITS digits of a plain number that is not 0. */
static int scale_of(const char *plain)
{
	const char *point;
	size_t zeros;

	plain += *plain == '-';
	point = strchr(plain, '.');
	if (*plain != '0')
		return CELL_DIGITS -
		       (int)(point ? (size_t)(point - plain) : strlen(plain));
	zeros = point ? strspn(point + 1, "0") : 0;
	return CELL_DIGITS + (int)zeros;
}

static const char *cell_number(struct buffer *out, const char *text, num value)
{
	char plain[NUM_TEXT_MAX];
	unsigned status = 0;

	if (significant(text) <= CELL_DIGITS && !strpbrk(text, "eE")) {
		buffer_text(out, text);
		return NULL;
	}
	num_format(value, plain, sizeof(plain));
	if (significant(text) > CELL_DIGITS && !num_is_zero(value)) {
		value = num_round(value, scale_of(plain), NUM_HALF_UP, &status);
		if (status & (NUM_INVALID | NUM_RANGE))
			return "the number is out of range";
		num_format(value, plain, sizeof(plain));
	}
	buffer_text(out, plain);
	return NULL;
}

static const char *cell_day(
	const struct xlsx_book *book, struct buffer *out, num value)
{
	int32_t first = book->from_1904 ? date_days(1904, 1, 1)
					: date_days(1899, 12, 30);
	char text[DATE_TEXT];
	int64_t serial;

	if (!num_is_integer(value))
		return "a time of day stands where a day belongs";
	if (!num_to_int(value, &serial) || serial < !book->from_1904 ||
		serial > date_days(CELL_LAST_YEAR, 12, 31) - first)
		return "there is no such day";
	if (!book->from_1904 && serial == CELL_NO_DAY)
		return "spreadsheets count a day 1900-02-29 that never was";
	if (!book->from_1904 && serial < CELL_NO_DAY)
		serial++; /* that day was not counted yet */
	date_format(first + (int32_t)serial, text);
	buffer_text(out, text);
	return NULL;
}

static const char *cell_stored_number(const struct xlsx_book *book,
	const struct xml_element *cell, const char *text, struct buffer *out)
{
	const char *style = xml_attribute(cell, "s");
	size_t index = 0;
	num value;

	if (num_parse(text, strlen(text), true, &value) != NUM_PARSED)
		return "this is no number";
	if (style && !xlsx_index(style, SIZE_MAX / 16, &index))
		return "the format of the cell is damaged";
	return index < book->style_count && book->dates[index]
		       ? cell_day(book, out, value)
		       : cell_number(out, text, value);
}

/* A day that was written as text by the program that made the file. */
static const char *cell_iso_day(struct buffer *out, const char *text)
{
	size_t size = strlen(text);
	int32_t days;

	if (size > 10 && (strcmp(text + 10, "T00:00:00") == 0 ||
				 strcmp(text + 10, "T00:00:00.000") == 0 ||
				 strcmp(text + 10, "T00:00:00Z") == 0))
		size = 10;
	if (!date_parse(text, size, &days))
		return "this is no day";
	buffer_add(out, text, size);
	return NULL;
}

static const char *cell_shared(
	const struct xlsx_book *book, struct buffer *out, const char *text)
{
	size_t index;

	if (!xlsx_index(text, SIZE_MAX / 16, &index) ||
		index >= book->string_count)
		return "its text is not among those of the workbook";
	return cell_string(out, book->strings[index]);
}

static const char *cell_boolean(struct buffer *out, const char *text)
{
	bool yes = strcmp(text, "1") == 0;

	if (!yes && strcmp(text, "0") != 0)
		return "this is neither 1 (true) nor 0 (false)";
	buffer_text(out, yes ? "true" : "false");
	return NULL;
}

static const char *cell_inline(
	const struct xml_element *cell, struct arena *arena, struct buffer *out)
{
	const struct xml_element *runs = xml_child(cell, "is");
	struct text text = runs ? xlsx_joined(arena, runs) : text_of("");

	out->failed = out->failed || !text.data;
	return text.data ? cell_string(out, text) : NULL;
}

const char *xlsx_cell_text(const struct xlsx_book *book,
	const struct xml_element *cell, struct arena *arena, struct buffer *out,
	const char **value)
{
	const struct xml_element *stored = xml_child(cell, "v");
	const char *type = xml_attribute(cell, "t");
	const char *text = stored ? stored->text : "";
	bool number = !type || strcmp(type, "n") == 0;

	buffer_clear(out);
	*value = text;
	if (type && strcmp(type, "inlineStr") == 0)
		return cell_inline(cell, arena, out);
	if (xml_child(cell, "f") && (!stored || (number && !*text)))
		return "the formula has no stored result; open the workbook in "
		       "a spreadsheet and save it";
	if (!stored || *text == '\0')
		return NULL;
	if (number)
		return cell_stored_number(book, cell, text, out);
	if (strcmp(type, "s") == 0)
		return cell_shared(book, out, text);
	if (strcmp(type, "str") == 0)
		return cell_string(out, text_of(text));
	if (strcmp(type, "b") == 0)
		return cell_boolean(out, text);
	if (strcmp(type, "d") == 0)
		return cell_iso_day(out, text);
	return strcmp(type, "e") == 0 ? "the cell holds an error"
				      : "the kind of the cell is not known";
}
