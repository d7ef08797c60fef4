/*
 * Days of the proleptic Gregorian calendar. The year is taken to begin in
 * March, so that the leap day is its last; 400 years are 146,097 days.
 * Text form is ISO 8601 extended, four digits of year, nothing else.
 */
#include "base/date.h"

#define DATE_YEAR_MIN  1
#define DATE_YEAR_MAX  9999
#define DATE_ERA_YEARS 400
#define DATE_ERA_DAYS  146097
#define DATE_EPOCH     719468 /* days from 0000-03-01 to 1970-01-01 */

static bool date_is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

bool date_exists(int year, int month, int day)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	int last;

	if (year < DATE_YEAR_MIN || year > DATE_YEAR_MAX)
		return false;
	if (month < 1 || month > 12)
		return false;
	last = lengths[month - 1];
	if (month == 2 && date_is_leap(year))
		last = 29;
	return day >= 1 && day <= last;
}

int32_t date_days(int year, int month, int day)
{
	int y = month <= 2 ? year - 1 : year; /* never negative: year >= 1 */
	int era = y / DATE_ERA_YEARS;
	int year_of_era = y % DATE_ERA_YEARS;
	int month_from_march = (month + 9) % 12;
	int day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 -
			 year_of_era / 100 + day_of_year;

	return (int32_t)(era * DATE_ERA_DAYS + day_of_era - DATE_EPOCH);
}

void date_civil(int32_t days, int *year, int *month, int *day)
{
	/* 64 bits: any int32_t may be asked for without overflow. */
	int64_t shifted = (int64_t)days + DATE_EPOCH;
	int64_t era = (shifted >= 0 ? shifted : shifted - (DATE_ERA_DAYS - 1)) /
		      DATE_ERA_DAYS;
	int day_of_era = (int)(shifted - era * DATE_ERA_DAYS);
	int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
				  day_of_era / 146096) /
			  365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 -
					       year_of_era / 100);
	int month_from_march = (5 * day_of_year + 2) / 153;

	*day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
	*month = month_from_march < 10 ? month_from_march + 3
				       : month_from_march - 9;
	*year = (int)(era * DATE_ERA_YEARS) + year_of_era +
		(*month <= 2 ? 1 : 0);
}

/* Value of `count` digits at `text`, or -1 if one is not a digit. */
static int date_digits(const char *text, int count)
{
	int value = 0;

	for (int i = 0; i < count; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		value = value * 10 + (text[i] - '0');
	}
	return value;
}

bool date_parse(const char *text, size_t size, int32_t *days)
{
	int year;
	int month;
	int day;

	if (size != DATE_TEXT - 1 || text[4] != '-' || text[7] != '-')
		return false;
	year = date_digits(text, 4);
	month = date_digits(text + 5, 2);
	day = date_digits(text + 8, 2);
	if (!date_exists(year, month, day))
		return false;
	*days = date_days(year, month, day);
	return true;
}

static void date_put(char *out, int value, int count)
{
	for (int i = count - 1; i >= 0; i--) {
		out[i] = (char)('0' + value % 10);
		value /= 10;
	}
}

void date_format(int32_t days, char out[DATE_TEXT])
{
	int year;
	int month;
	int day;

	date_civil(days, &year, &month, &day);
	if (year < 0 || year > DATE_YEAR_MAX)
		year = 0; /* outside the promise; the text stays in bounds */
	date_put(out, year, 4);
	out[4] = '-';
	date_put(out + 5, month, 2);
	out[7] = '-';
	date_put(out + 8, day, 2);
	out[10] = '\0';
}

int date_weekday(int32_t days)
{
	/* 1970-01-01 was a Thursday. */
	int offset = (int)(((int64_t)days + 3) % 7);

	return (offset < 0 ? offset + 7 : offset) + 1;
}
