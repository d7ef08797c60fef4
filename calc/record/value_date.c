/*
 * Dates: YYYY-MM-DD and nothing else. Other spellings that leave no doubt
 * (an era year, slashes, no separators) are refused with the ISO form in the
 * message, so that the user can copy it. Only the calendar is used here: an
 * era's year 1 is a fixed Gregorian year.
 */
#include <string.h>

#include "base/date.h"
#include "record/value.h"

struct date_era {
	const char *sign;
	int base; /* Gregorian year of the era's year 0 */
};

static const struct date_era date_eras[] = { { "令和", 2018 }, { "平成", 1988 },
	{ "昭和", 1925 }, { "大正", 1911 }, { "明治", 1867 }, { "R", 2018 },
	{ "H", 1988 }, { "S", 1925 }, { "T", 1911 }, { "M", 1867 },
	{ "r", 2018 }, { "h", 1988 }, { "s", 1925 }, { "t", 1911 },
	{ "m", 1867 } };

/* Take `word` from the front. */
static bool date_take(struct text *text, const char *word)
{
	size_t size = strlen(word);

	if (text->size < size || memcmp(text->data, word, size) != 0)
		return false;
	text->data += size;
	text->size -= size;
	return true;
}

/* Take one to `most` digits; false when there are none or more. */
static bool date_number(struct text *text, size_t most, int *out)
{
	size_t count = 0;

	*out = 0;
	while (count < text->size && text->data[count] >= '0' &&
		text->data[count] <= '9') {
		if (count == most)
			return false;
		*out = *out * 10 + (text->data[count] - '0');
		count++;
	}
	text->data += count;
	text->size -= count;
	return count > 0;
}

static bool date_separator(struct text *text, const char *unit)
{
	return date_take(text, unit) || date_take(text, ".") ||
	       date_take(text, "/") || date_take(text, "-");
}

/* Year of an era or four digits. */
static bool date_year(struct text *text, int *year)
{
	for (size_t i = 0; i < sizeof(date_eras) / sizeof(date_eras[0]); i++) {
		if (!date_take(text, date_eras[i].sign))
			continue;
		date_take(text, ".");
		if (date_take(text, "元"))
			*year = 1;
		else if (!date_number(text, 2, year) || *year == 0)
			return false;
		*year += date_eras[i].base;
		return true;
	}
	return date_number(text, 4, year) && *year >= 1000;
}

/* The ISO form of a date in another spelling, when there is no doubt. */
static bool date_guess(struct text text, char out[DATE_TEXT])
{
	struct text rest = text;
	int year;
	int month;
	int day;

	if (text.size == 8 && date_number(&rest, 8, &day) && rest.size == 0) {
		year = day / 10000;
		month = day / 100 % 100;
		day %= 100;
	} else {
		rest = text;
		if (!date_year(&rest, &year) || !date_separator(&rest, "年") ||
			!date_number(&rest, 2, &month) ||
			!date_separator(&rest, "月") ||
			!date_number(&rest, 2, &day))
			return false;
		date_take(&rest, "日");
		if (rest.size != 0)
			return false;
	}
	if (!date_exists(year, month, day))
		return false;
	date_format(date_days(year, month, day), out);
	return true;
}

/* Right in form: digits and hyphens where they belong. */
static bool date_form(struct text text)
{
	for (size_t i = 0; i < text.size; i++) {
		bool hyphen = i == 4 || i == 7;

		if (hyphen ? text.data[i] != '-'
			   : text.data[i] < '0' || text.data[i] > '9')
			return false;
	}
	return text.size == DATE_TEXT - 1;
}

enum shk_code value_date(struct value_context *context,
	const struct record_field *type, struct text text,
	struct record_value *out)
{
	char shown[VALUE_SHOWN_TEXT];
	char iso[DATE_TEXT];
	struct text folded;

	out->size = 0;
	if (date_parse(text.data, text.size, &out->u.days))
		return SHK_OK;
	if (!value_fold(context->arena, text, &folded))
		return diag_memory(context->diag);
	if (date_parse(folded.data, folded.size, &out->u.days))
		return SHK_OK;
	value_shown(text, shown);
	if (date_form(folded))
		return value_refuse(context, type, "bad_value",
			"there is no day %s in the calendar", shown);
	if (date_guess(folded, iso))
		return value_refuse(context, type, "bad_value",
			"\"%s\" is not in the form YYYY-MM-DD; write %s", shown,
			iso);
	return value_refuse(context, type, "bad_value",
		"\"%s\" is not a date; write YYYY-MM-DD, such as 2026-06-01",
		shown);
}
