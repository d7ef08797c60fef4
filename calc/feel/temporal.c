/*
 * The calendar, and temporal values as values: making, comparing, shifting
 * and taking apart. Two moments are compared on the line of UTC when both
 * have an offset, on their own clock when neither has one, else not at all.
 */
#include "feel/temporal.h"

#include <string.h>

#define ERA_YEARS 400
#define ERA_DAYS  146097
#define EPOCH	  719468 /* days from 0000-03-01 to 1970-01-01 */

static int64_t floor_divide(int64_t a, int64_t b)
{
	int64_t quotient = a / b;

	return quotient - (a % b != 0 && (a < 0) != (b < 0));
}

static int month_length(int64_t year, int month)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && leap ? 29 : lengths[month - 1];
}

static int64_t days_of(int64_t year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = floor_divide(y, ERA_YEARS);
	int64_t year_of_era = y - era * ERA_YEARS;
	int day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;

	return era * ERA_DAYS + year_of_era * 365 + year_of_era / 4 -
	       year_of_era / 100 + day_of_year - EPOCH;
}

bool temporal_days(int64_t year, int64_t month, int64_t day, int64_t *days)
{
	if (year < -TEMPORAL_YEAR_MAX || year > TEMPORAL_YEAR_MAX ||
		month < 1 || month > 12 || day < 1 ||
		day > month_length(year, (int)month))
		return false;
	*days = days_of(year, (int)month, (int)day);
	return true;
}

struct temporal_civil temporal_civil_of(int64_t days)
{
	int64_t shifted = days + EPOCH;
	int64_t era = floor_divide(shifted, ERA_DAYS);
	int64_t day_of_era = shifted - era * ERA_DAYS;
	int64_t year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 -
			day_of_era / 146096) /
		365;
	int64_t day_of_year =
		day_of_era -
		(365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t from_march = (5 * day_of_year + 2) / 153;
	struct temporal_civil civil;

	civil.day = (int)(day_of_year - (153 * from_march + 2) / 5 + 1);
	civil.month = (int)(from_march < 10 ? from_march + 3 : from_march - 9);
	civil.year = era * ERA_YEARS + year_of_era + (civil.month <= 2);
	return civil;
}

int temporal_weekday(int64_t days)
{
	/* 1970-01-01 was a Thursday */
	return (int)(days + 3 - floor_divide(days + 3, 7) * 7) + 1;
}

bool temporal_add_months(int64_t days, int64_t months, int64_t *out)
{
	struct temporal_civil civil = temporal_civil_of(days);
	int64_t year;
	int64_t month;
	int length;

	if (months > 12LL * 2 * TEMPORAL_YEAR_MAX ||
		months < -12LL * 2 * TEMPORAL_YEAR_MAX)
		return false;
	month = civil.year * 12 + civil.month - 1 + months;
	year = floor_divide(month, 12);
	month = month - year * 12 + 1;
	length = month_length(year, (int)month);
	return temporal_days(
		year, month, civil.day < length ? civil.day : length, out);
}

bool temporal_is(enum feel_type type)
{
	return type == FEEL_DATE || type == FEEL_TIME ||
	       type == FEEL_DATE_TIME || type == FEEL_DAYS_DURATION ||
	       type == FEEL_YEARS_DURATION;
}

bool temporal_moment(struct arena *arena, enum feel_type type,
	const struct feel_moment *moment, struct feel_value *out)
{
	struct feel_moment *kept = arena_alloc(arena, sizeof(*kept));

	*out = FEEL_NULL_VALUE;
	if (!kept)
		return false;
	*kept = *moment;
	if (type == FEEL_TIME)
		kept->days = 0;
	out->type = (uint8_t)type;
	out->u.moment = kept;
	return true;
}

struct feel_value feel_days_duration(num seconds)
{
	struct feel_value out = { .type = FEEL_DAYS_DURATION };

	out.u.number = seconds;
	return out;
}

struct feel_value feel_years_duration(int64_t months)
{
	struct feel_value out = { .type = FEEL_YEARS_DURATION };

	out.u.months = months;
	return out;
}

bool temporal_as_moment(const struct feel_value *value, struct feel_moment *out)
{
	if (value->type == FEEL_TIME || value->type == FEEL_DATE_TIME) {
		*out = *value->u.moment;
		return true;
	}
	if (value->type != FEEL_DATE)
		return false;
	*out = (struct feel_moment){ .days = value->u.days,
		.seconds = NUM_ZERO,
		.zone = TEMPORAL_OFFSET };
	return true;
}

num temporal_instant(const struct feel_moment *moment)
{
	unsigned status = 0;
	int64_t whole = moment->days * TEMPORAL_DAY - moment->offset;

	return num_add(num_from_int(whole), moment->seconds, &status);
}

/* The number of full days; false: more than there are in the calendar. */
static bool floor_days(num seconds, int64_t *out)
{
	unsigned status = 0;
	num days = num_divide(seconds, num_from_int(TEMPORAL_DAY), &status);

	return num_to_int(num_round(days, 0, NUM_FLOOR, &status), out) &&
	       *out <= 400LL * TEMPORAL_YEAR_MAX &&
	       *out >= -400LL * TEMPORAL_YEAR_MAX;
}

/* The offset of a named zone follows the clock. */
static bool settle(struct feel_moment *moment)
{
	unsigned status = 0;
	int64_t second = 0;

	if (moment->zone != TEMPORAL_NAMED)
		return true;
	num_to_int(num_round(moment->seconds, 0, NUM_FLOOR, &status), &second);
	return temporal_zone_offset(moment->named,
		moment->days * TEMPORAL_DAY + second, &moment->offset);
}

bool temporal_shift(struct feel_moment *moment, num seconds)
{
	unsigned status = 0;
	num total = num_add(moment->seconds, seconds, &status);
	struct temporal_civil civil;
	int64_t days;
	num rest;

	if ((status & ~NUM_INEXACT) || !floor_days(total, &days))
		return false;
	rest = num_subtract(total, num_from_int(days * TEMPORAL_DAY), &status);
	/* the division may have been rounded up to a full day */
	if (num_sign(rest) < 0) {
		days--;
		rest = num_add(rest, num_from_int(TEMPORAL_DAY), &status);
	}
	moment->days += days;
	/* a clock has nine digits of a second */
	moment->seconds = num_round(rest, 9, NUM_FLOOR, &status);
	civil = temporal_civil_of(moment->days);
	return civil.year >= -TEMPORAL_YEAR_MAX &&
	       civil.year <= TEMPORAL_YEAR_MAX && settle(moment);
}

static int order_of(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* Moments count in whole seconds when they are compared (DMN 10.3.2.3.5). */
static int order_moments(
	const struct feel_moment *a, const struct feel_moment *b)
{
	unsigned status = 0;

	return num_compare(
		num_round(temporal_instant(a), 0, NUM_FLOOR, &status),
		num_round(temporal_instant(b), 0, NUM_FLOOR, &status));
}

bool temporal_order(
	const struct feel_value *a, const struct feel_value *b, int *order)
{
	if (a->type != b->type)
		return false;
	switch (a->type) {
	case FEEL_DATE:
		*order = order_of(a->u.days, b->u.days);
		return true;
	case FEEL_DAYS_DURATION:
		*order = num_compare(a->u.number, b->u.number);
		return true;
	case FEEL_YEARS_DURATION:
		*order = order_of(a->u.months, b->u.months);
		return true;
	case FEEL_TIME:
	case FEEL_DATE_TIME:
		if ((a->u.moment->zone == TEMPORAL_LOCAL) !=
			(b->u.moment->zone == TEMPORAL_LOCAL))
			return false;
		*order = order_moments(a->u.moment, b->u.moment);
		return true;
	default:
		return false;
	}
}

bool temporal_same(const struct feel_value *a, const struct feel_value *b)
{
	const struct feel_moment *left = a->u.moment;
	const struct feel_moment *right = b->u.moment;
	int order = 1;

	if (a->type != b->type)
		return false;
	if (a->type != FEEL_TIME && a->type != FEEL_DATE_TIME)
		return temporal_order(a, b, &order) && order == 0;
	return left->days == right->days && left->zone == right->zone &&
	       left->offset == right->offset &&
	       num_compare(left->seconds, right->seconds) == 0 &&
	       (left->zone != TEMPORAL_NAMED ||
		       text_equal(left->named, right->named));
}

/* The whole part of seconds / unit, and of what is left below `wrap`. */
static num part_of(num seconds, int64_t unit, int64_t wrap)
{
	unsigned status = 0;
	num whole = num_round(
		num_divide(num_absolute(seconds), num_from_int(unit), &status),
		0, NUM_DOWN, &status);

	if (wrap > 0)
		whole = num_modulo(whole, num_from_int(wrap), &status);
	return num_sign(seconds) < 0 ? num_negate(whole) : whole;
}

static void duration_property(const struct feel_value *value, struct text name,
	struct feel_value *out)
{
	num seconds = value->u.number;
	unsigned status = 0;

	if (value->type == FEEL_YEARS_DURATION) {
		if (text_is(name, "years"))
			*out = feel_number(num_from_int(value->u.months / 12));
		else if (text_is(name, "months"))
			*out = feel_number(num_from_int(value->u.months % 12));
		return;
	}
	if (text_is(name, "days"))
		*out = feel_number(part_of(seconds, TEMPORAL_DAY, 0));
	else if (text_is(name, "hours"))
		*out = feel_number(part_of(seconds, 3600, 24));
	else if (text_is(name, "minutes"))
		*out = feel_number(part_of(seconds, 60, 60));
	else if (text_is(name, "seconds"))
		*out = feel_number(num_subtract(seconds,
			num_multiply(part_of(seconds, 60, 0), num_from_int(60),
				&status),
			&status));
}

static void date_property(
	int64_t days, struct text name, struct feel_value *out)
{
	struct temporal_civil civil = temporal_civil_of(days);

	if (text_is(name, "year"))
		*out = feel_number(num_from_int(civil.year));
	else if (text_is(name, "month"))
		*out = feel_number(num_from_int(civil.month));
	else if (text_is(name, "day"))
		*out = feel_number(num_from_int(civil.day));
	else if (text_is(name, "weekday"))
		*out = feel_number(num_from_int(temporal_weekday(days)));
}

static void clock_property(const struct feel_moment *moment, struct text name,
	struct feel_value *out)
{
	num seconds = moment->seconds;
	unsigned status = 0;

	if (text_is(name, "hour")) {
		*out = feel_number(part_of(seconds, 3600, 0));
	} else if (text_is(name, "minute")) {
		*out = feel_number(part_of(seconds, 60, 60));
	} else if (text_is(name, "second")) {
		*out = feel_number(
			num_modulo(seconds, num_from_int(60), &status));
	} else if (text_is(name, "time offset")) {
		if (moment->zone != TEMPORAL_LOCAL)
			*out = feel_days_duration(num_from_int(moment->offset));
	} else if (text_is(name, "timezone") &&
		   moment->zone == TEMPORAL_NAMED) {
		*out = feel_string(moment->named.data, moment->named.size);
	}
}

void temporal_property(const struct feel_value *value, struct text name,
	struct feel_value *out)
{
	const struct feel_value copy = *value;

	*out = FEEL_NULL_VALUE;
	switch (copy.type) {
	case FEEL_DATE:
		date_property(copy.u.days, name, out);
		break;
	case FEEL_DATE_TIME:
		date_property(copy.u.moment->days, name, out);
		if (out->type == FEEL_NULL)
			clock_property(copy.u.moment, name, out);
		break;
	case FEEL_TIME:
		clock_property(copy.u.moment, name, out);
		break;
	case FEEL_DAYS_DURATION:
	case FEEL_YEARS_DURATION:
		duration_property(&copy, name, out);
		break;
	default:
		break;
	}
}
