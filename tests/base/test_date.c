/*
 * Civil dates: leap years, known day numbers, every day there and back.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "base/date.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

Test(date, which_days_exist)
{
	static const struct {
		int year;
		int month;
		int day;
		bool exists;
	} rows[] = { { 2024, 2, 29, true }, { 2023, 2, 29, false },
		{ 1900, 2, 29, false }, { 2000, 2, 29, true },
		{ 2100, 2, 29, false }, { 2024, 4, 30, true },
		{ 2024, 4, 31, false }, { 2024, 12, 31, true },
		{ 2024, 12, 32, false }, { 2024, 0, 1, false },
		{ 2024, 13, 1, false }, { 2024, 1, 0, false },
		{ 2024, 1, -1, false }, { 1, 1, 1, true }, { 0, 1, 1, false },
		{ 9999, 12, 31, true }, { 10000, 1, 1, false } };

	for (size_t i = 0; i < COUNT(rows); i++)
		cr_assert_eq(
			date_exists(rows[i].year, rows[i].month, rows[i].day),
			rows[i].exists, "row %zu", i);
}

Test(date, known_days)
{
	static const struct {
		const char *text;
		int32_t days;
		int weekday;
	} rows[] = { { "1970-01-01", 0, 4 }, { "1969-12-31", -1, 3 },
		{ "2000-01-01", 10957, 6 }, { "2000-02-29", 11016, 2 },
		{ "2000-03-01", 11017, 3 }, { "1900-03-01", -25508, 4 },
		{ "2024-02-29", 19782, 4 }, { "2024-06-01", 19875, 6 },
		{ "0001-01-01", -719162, 1 }, { "9999-12-31", 2932896, 5 } };

	for (size_t i = 0; i < COUNT(rows); i++) {
		char text[DATE_TEXT];
		int32_t days = 1;

		cr_assert(date_parse(rows[i].text, 10, &days), "%s",
			rows[i].text);
		cr_assert_eq(
			days, rows[i].days, "%s: %d", rows[i].text, (int)days);
		date_format(days, text);
		cr_assert_str_eq(text, rows[i].text);
		cr_assert_eq(date_weekday(days), rows[i].weekday, "%s",
			rows[i].text);
	}
}

/* Walk all days of the calendar in order, the slow and obvious way. */
Test(date, every_day_there_and_back)
{
	int32_t expected = -719162;

	for (int year = 1; year <= 9999; year++)
		for (int month = 1; month <= 12; month++)
			for (int day = 1; date_exists(year, month, day);
				day++) {
				int y;
				int m;
				int d;

				if (date_days(year, month, day) != expected)
					cr_assert_fail(
						"%d-%d-%d", year, month, day);
				date_civil(expected, &y, &m, &d);
				if (y != year || m != month || d != day)
					cr_assert_fail("%d-%d-%d back: "
						       "%d-%d-%d",
						year, month, day, y, m, d);
				expected++;
			}
	cr_assert_eq(expected, 2932897);
}

Test(date, parse_refuses_other_forms)
{
	static const char *const rows[] = { "", "2024-6-1", "2024-06-1",
		"2024/06/01", "20240601", "2024-06-01 ", " 2024-06-01",
		"2024-06-00", "2024-00-01", "2024-13-01", "2023-02-29",
		"0000-01-01", "-024-06-01", "+024-06-01", "2024-06-0a",
		"2024-06-01T00", "202A-06-01", "2024-0 -01" };

	for (size_t i = 0; i < COUNT(rows); i++) {
		int32_t days;

		cr_assert_not(date_parse(rows[i], strlen(rows[i]), &days), "%s",
			rows[i]);
	}
}
