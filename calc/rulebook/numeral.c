/*
 * Numbers of Japanese legal text. The text is read from left to right, one
 * character at a time with full-width signs taken for ASCII; at each place
 * the longest number is taken: a day, a fraction, or a numeral with its
 * multiplier, unit and bound. Whatever looks like a number inside of a word
 * (同一, 十分に, v2) is none.
 */
#include "rulebook/numeral.h"

#include <string.h>

#include "base/date.h"

struct reader {
	struct text text;
	size_t at;
};

/* The next character, full-width ASCII as ASCII; 0 at the end. */
static uint32_t peek(const struct reader *reader, size_t *size)
{
	uint32_t code = 0;

	*size = 0;
	if (reader->at >= reader->text.size)
		return 0;
	*size = utf8_decode(reader->text.data + reader->at,
		reader->text.size - reader->at, &code);
	if (*size == 0)
		*size = 1;
	if (code >= 0xFF01 && code <= 0xFF5E)
		return code - 0xFEE0;
	return code == 0x3000 ? ' ' : code;
}

static bool is_digit(uint32_t code)
{
	return code >= '0' && code <= '9';
}

static bool take_char(struct reader *reader, uint32_t wanted)
{
	size_t size;

	if (peek(reader, &size) != wanted || size == 0)
		return false;
	reader->at += size;
	return true;
}

static void skip_blank(struct reader *reader)
{
	while (take_char(reader, ' '))
		;
}

/* The word stands here; one blank may precede it. */
static bool take_word(struct reader *reader, const char *word)
{
	struct reader ahead = *reader;
	size_t size = strlen(word);

	skip_blank(&ahead);
	if (ahead.text.size - ahead.at < size ||
		memcmp(ahead.text.data + ahead.at, word, size) != 0)
		return false;
	reader->at = ahead.at + size;
	return true;
}

static bool take_any(struct reader *reader, const char *const *words)
{
	for (; *words; words++)
		if (take_word(reader, *words))
			return true;
	return false;
}

/* ---- one numeral: digits, kanji, multipliers ---- */

static num multiply(num a, num b)
{
	unsigned status = 0;

	return num_multiply(a, b, &status);
}

static num plus(num a, num b)
{
	unsigned status = 0;

	return num_add(a, b, &status);
}

static num divide(num a, num b)
{
	unsigned status = 0;

	return num_is_zero(b) ? a : num_divide(a, b, &status);
}

/* Three digits and no fourth: the comma groups thousands. */
static bool is_group(struct reader reader)
{
	size_t size;

	for (int i = 0; i < 3; i++) {
		if (!is_digit(peek(&reader, &size)))
			return false;
		reader.at += size;
	}
	return !is_digit(peek(&reader, &size));
}

/* 1,000 and 0.5; false when no digit stands here or they are too many. */
static bool take_digits(struct reader *reader, num *value)
{
	char text[NUM_DIGITS + 2];
	size_t count = 0;
	size_t size;
	bool point = false;

	for (;;) {
		uint32_t code = peek(reader, &size);
		struct reader next = { reader->text, reader->at + size };
		size_t ahead;

		if (count == sizeof(text))
			return false;
		if (is_digit(code))
			text[count++] = (char)code;
		else if (code == '.' && count && !point &&
			 is_digit(peek(&next, &ahead)))
			text[count++] = '.', point = true;
		else if (code != ',' || !count || point || !is_group(next))
			break;
		reader->at += size;
	}
	return count && num_parse(text, count, false, value) == NUM_PARSED;
}

/* Index of a character among the three-byte ones of `list`, or -1. */
static int among(const struct reader *reader, const char *list)
{
	for (int i = 0; list[3 * i]; i++)
		if (reader->text.size - reader->at >= 3 &&
			memcmp(reader->text.data + reader->at, list + 3 * i,
				3) == 0)
			return i;
	return -1;
}

#define KANJI_DIGITS "〇一二三四五六七八九"
#define KANJI_TENS   "十百千"
#define KANJI_MYRIAD "万億兆"

static num power_of_ten(int exponent)
{
	num value = NUM_ONE;

	while (exponent-- > 0)
		value = multiply(value, num_from_int(10));
	return value;
}

/* What was read of a numeral so far. */
struct amount {
	num total;    /* above the last of 万, 億, 兆 */
	num section;  /* above the last of 十, 百, 千 */
	num current;  /* digits that no multiplier followed */
	bool digits;  /* `current` has some */
	bool arabic;  /* some of them were 0 to 9 */
	size_t kanji; /* kanji digits and multipliers */
};

static bool take_kanji_digit(struct reader *reader, struct amount *amount)
{
	int digit = among(reader, KANJI_DIGITS);

	if (digit < 0 || (amount->digits && amount->arabic))
		return false;
	if (amount->digits)
		amount->current = multiply(amount->current, num_from_int(10));
	amount->current = plus(amount->current, num_from_int(digit));
	amount->digits = true;
	amount->kanji++;
	reader->at += 3;
	return true;
}

static bool take_ten(struct reader *reader, struct amount *amount)
{
	int unit = among(reader, KANJI_TENS);
	num count = amount->digits ? amount->current : NUM_ONE;

	if (unit < 0)
		return false;
	amount->section =
		plus(amount->section, multiply(count, power_of_ten(unit + 1)));
	amount->current = NUM_ZERO;
	amount->digits = false;
	amount->kanji++;
	reader->at += 3;
	return true;
}

static bool take_myriad(struct reader *reader, struct amount *amount)
{
	int unit = among(reader, KANJI_MYRIAD);
	num count = plus(amount->section, amount->current);

	if (unit < 0 || num_is_zero(count))
		return false;
	amount->total = plus(
		amount->total, multiply(count, power_of_ten(4 * unit + 4)));
	amount->section = amount->current = NUM_ZERO;
	amount->digits = false;
	amount->kanji++;
	reader->at += 3;
	return true;
}

static bool take_arabic(struct reader *reader, struct amount *amount)
{
	struct reader ahead = *reader;

	if (amount->digits || !take_digits(&ahead, &amount->current))
		return false;
	amount->digits = amount->arabic = true;
	*reader = ahead;
	return true;
}

/* Words that make a lone kanji numeral a number: 一 of 同一 is none. */
static bool counts_something(struct reader reader)
{
	static const char *const counters[] = { "分の", "割", "回", "円", "点",
		"社", "年", "月", "日", "倍", "枚", "個", "人", "歳", "件",
		"箇", "か月", "品目", "以上", "以下", "未満", "を超", NULL };

	return take_any(&reader, counters);
}

/* `counted`: only where it counts something, when it is of kanji alone. */
static bool take_amount_of(struct reader *reader, bool counted, num *value)
{
	struct reader ahead = *reader;
	struct amount amount = { .kanji = 0 };

	amount.total = amount.section = amount.current = NUM_ZERO;
	while (take_arabic(&ahead, &amount) ||
		take_kanji_digit(&ahead, &amount) ||
		take_ten(&ahead, &amount) || take_myriad(&ahead, &amount))
		;
	if (ahead.at == reader->at)
		return false;
	if (counted && !amount.arabic && !counts_something(ahead))
		return false;
	*value = plus(amount.total, plus(amount.section, amount.current));
	*reader = ahead;
	return true;
}

static bool take_amount(struct reader *reader, num *value)
{
	return take_amount_of(reader, true, value);
}

/* ---- days ---- */

static bool take_whole(struct reader *reader, int64_t *value)
{
	struct reader ahead = *reader;
	num amount;

	skip_blank(&ahead);
	if (take_word(&ahead, "元"))
		*value = 1;
	else if (!take_amount(&ahead, &amount) || !num_to_int(amount, value))
		return false;
	*reader = ahead;
	return true;
}

/* First years of the eras, as the calendar counts them. */
static int64_t era_of(struct reader *reader)
{
	static const struct {
		const char *name;
		int64_t before; /* the year before the era's first */
	} eras[] = { { "令和", 2018 }, { "平成", 1988 }, { "昭和", 1925 },
		{ "大正", 1911 }, { "明治", 1867 } };

	for (size_t i = 0; i < sizeof(eras) / sizeof(*eras); i++)
		if (take_word(reader, eras[i].name))
			return eras[i].before;
	return 0;
}

static bool take_month_day(
	struct reader *reader, int64_t year, struct numeral *out)
{
	struct reader ahead = *reader;
	int64_t month, day;

	if (!take_whole(&ahead, &month) || !take_word(&ahead, "月") ||
		!take_whole(&ahead, &day) || !take_word(&ahead, "日") ||
		year < 1 || year > 9999 || month > 12 || day > 31 ||
		!date_exists((int)year, (int)month, (int)day))
		return false;
	out->is_date = true;
	out->day = date_days((int)year, (int)month, (int)day);
	*reader = ahead;
	return true;
}

/* 令和8年6月1日, 2026年6月1日; without month and day a year. */
static bool take_year(struct reader *reader, struct numeral *out)
{
	struct reader ahead = *reader;
	int64_t before = era_of(&ahead);
	int64_t year;

	if (!take_whole(&ahead, &year) || !take_word(&ahead, "年"))
		return false;
	if (!take_month_day(&ahead, before + year, out) && !before)
		return false;
	out->value = num_from_int(before + year);
	*reader = ahead;
	return true;
}

static bool take_iso_day(struct reader *reader, struct numeral *out)
{
	struct text rest = { reader->text.data + reader->at,
		reader->text.size - reader->at };

	if (rest.size < DATE_TEXT - 1 ||
		!date_parse(rest.data, DATE_TEXT - 1, &out->day))
		return false;
	out->is_date = true;
	reader->at += DATE_TEXT - 1;
	return true;
}

/* ---- fractions, units, bounds ---- */

static void set_fraction(struct numeral *out, num top, num bottom)
{
	out->is_fraction = true;
	out->top = top;
	out->bottom = bottom;
	out->value = divide(top, bottom);
}

/* 110/100 and 100分の110, the first number being read. */
static void take_fraction(struct reader *reader, struct numeral *out)
{
	struct reader ahead = *reader;
	num second;

	if (take_char(&ahead, '/') && take_amount(&ahead, &second)) {
		set_fraction(out, out->value, second);
		*reader = ahead;
		return;
	}
	ahead = *reader;
	if (take_word(&ahead, "分の") &&
		take_amount_of(&ahead, false, &second)) {
		set_fraction(out, second, out->value);
		*reader = ahead;
	}
}

/* 15 % is 0.15 or 15, 2割5分 is 0.25 or 25. */
static void take_unit(struct reader *reader, struct numeral *out)
{
	static const char *const percent[] = { "%", "％", "パーセント",
		"percent", NULL };
	static const char *const units[] = { "円", "回", "点", "日", "か月",
		"箇月", "ヶ月", "カ月", "月", "年", "社", "倍", "枚", "個",
		"人", "歳", "件", "品目", "yen", "days", "tests", NULL };
	num tenths = out->value;
	num parts;

	if (take_any(reader, percent)) {
		out->other = out->value;
		out->value = divide(out->value, num_from_int(100));
		out->has_other = true;
	} else if (take_word(reader, "割")) {
		struct reader ahead = *reader;

		tenths = multiply(tenths, num_from_int(10));
		if (take_amount_of(&ahead, false, &parts) &&
			take_word(&ahead, "分")) {
			tenths = plus(tenths, parts);
			*reader = ahead;
		}
		out->other = tenths;
		out->value = divide(tenths, num_from_int(100));
		out->has_other = true;
	} else {
		take_any(reader, units);
	}
}

static enum numeral_bound take_bound(struct reader *reader)
{
	static const struct {
		const char *word;
		enum numeral_bound bound;
	} bounds[] = { { "以上", NUMERAL_LEAST }, { "以下", NUMERAL_MOST },
		{ "以内", NUMERAL_MOST }, { "未満", NUMERAL_BELOW },
		{ "超", NUMERAL_ABOVE }, { "を超え", NUMERAL_ABOVE },
		{ "を上回", NUMERAL_ABOVE }, { "を下回", NUMERAL_BELOW },
		{ "より大き", NUMERAL_ABOVE }, { "より小さ", NUMERAL_BELOW } };

	for (size_t i = 0; i < sizeof(bounds) / sizeof(*bounds); i++)
		if (take_word(reader, bounds[i].word))
			return bounds[i].bound;
	return NUMERAL_FREE;
}

/* The sign of comparison that ends where `reader` stands. */
static enum numeral_bound sign_before(const struct reader *reader)
{
	const char *data = reader->text.data;
	size_t at = reader->at;

	while (at && data[at - 1] == ' ')
		at--;
	if (at >= 2 && data[at - 1] == '=' && data[at - 2] == '>')
		return NUMERAL_LEAST;
	if (at >= 2 && data[at - 1] == '=' && data[at - 2] == '<')
		return NUMERAL_MOST;
	if (at && data[at - 1] == '>')
		return NUMERAL_ABOVE;
	return at && data[at - 1] == '<' ? NUMERAL_BELOW : NUMERAL_FREE;
}

/* 第2項 is the name of a place, and so is 2項; so are R4 and v2. */
static bool is_name(struct reader start, struct reader end)
{
	static const char *const places[] = { "条", "項", "号", "章", NULL };
	static const char *const marks[] = { "第", "条の", "項の", NULL };
	const char *data = start.text.data;
	char before = start.at ? data[start.at - 1] : ' ';

	for (size_t i = 0; marks[i]; i++) {
		size_t size = strlen(marks[i]);

		if (start.at >= size &&
			memcmp(data + start.at - size, marks[i], size) == 0)
			return true;
	}
	if ((before >= 'A' && before <= 'Z') ||
		(before >= 'a' && before <= 'z') || before == '_')
		return true;
	return take_any(&end, places);
}

/* What is too long to be a number is passed over whole. */
static void skip_one(struct reader *reader)
{
	size_t size;
	bool digit = is_digit(peek(reader, &size));

	do
		reader->at += size;
	while (digit && is_digit(peek(reader, &size)));
}

/* A number at `reader`; false when there is none, or only a name. */
static bool take_numeral(struct reader *reader, struct numeral *out)
{
	struct reader ahead = *reader;

	memset(out, 0, sizeof(*out));
	out->at = reader->at;
	if (take_iso_day(&ahead, out) || take_year(&ahead, out)) {
		*reader = ahead;
		out->size = reader->at - out->at;
		return true;
	}
	if (!take_amount(&ahead, &out->value))
		return false;
	*reader = ahead;
	if (is_name((struct reader){ reader->text, out->at }, ahead))
		return false;
	take_fraction(reader, out);
	out->size = reader->at - out->at;
	take_unit(reader, out);
	out->bound = take_bound(reader);
	if (out->bound == NUMERAL_FREE)
		out->bound =
			sign_before(&(struct reader){ reader->text, out->at });
	return true;
}

size_t numeral_read(struct text text, struct numeral *out, size_t capacity)
{
	struct reader reader = { text, 0 };
	size_t count = 0;
	size_t size;

	while (peek(&reader, &size) || size) {
		size_t at = reader.at;
		struct numeral numeral;

		if (take_numeral(&reader, &numeral)) {
			if (count < capacity)
				out[count] = numeral;
			count++;
		} else if (reader.at == at) {
			skip_one(&reader);
		}
	}
	return count;
}

bool numeral_same(const struct numeral *a, const struct numeral *b)
{
	if (a->is_date || b->is_date)
		return a->is_date && b->is_date && a->day == b->day;
	if (num_compare(a->value, b->value) == 0)
		return true;
	if (a->has_other && num_compare(a->other, b->value) == 0)
		return true;
	return b->has_other && num_compare(a->value, b->other) == 0;
}

bool numeral_agrees(enum numeral_bound a, enum numeral_bound b)
{
	return a == NUMERAL_FREE || b == NUMERAL_FREE || a == b;
}

enum numeral_bound numeral_complement(enum numeral_bound bound)
{
	static const enum numeral_bound others[] = { NUMERAL_FREE,
		NUMERAL_BELOW, NUMERAL_ABOVE, NUMERAL_MOST, NUMERAL_LEAST };

	return others[bound];
}

const char *numeral_sign(enum numeral_bound bound)
{
	static const char *const signs[] = { "", ">=", "<=", ">", "<" };

	return signs[bound];
}
