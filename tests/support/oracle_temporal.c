/*
 * The oracle's dates and durations: arithmetic by plain counting, apart from
 * the engine's calendar. Days are counted through the years before a date,
 * and dates are found again by walking from year to year and month to month.
 */
#include "feel/temporal.h"
#include "support/oracle_inside.h"

static bool leap(int64_t year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_days(int64_t year, int month)
{
	if (month == 2)
		return leap(year) ? 29 : 28;
	return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

static int64_t down(int64_t a, int64_t b)
{
	return a >= 0 ? a / b : -((-a + b - 1) / b);
}

/* Days from 0000-01-01 to the first day of a year. */
static int64_t before_year(int64_t year)
{
	int64_t last = year - 1;

	return 365 * year + down(last, 4) - down(last, 100) + down(last, 400) +
	       1;
}

bool oracle_days(int64_t year, int64_t month, int64_t day, int64_t *out)
{
	int64_t days = before_year(year) - before_year(1970);
	int m;

	if (year < -999999999 || year > 999999999 || month < 1 || month > 12 ||
		day < 1 || day > month_days(year, (int)month))
		return false;
	for (m = 1; m < month; m++)
		days += month_days(year, m);
	*out = days + day - 1;
	return true;
}

static void civil(int64_t days, int64_t *year, int *month, int *day)
{
	int64_t left = days + before_year(1970);

	*year = down(left * 400, 146097) - 1;
	while (before_year(*year + 1) <= left)
		(*year)++;
	left -= before_year(*year);
	*month = 1;
	while (left >= month_days(*year, *month))
		left -= month_days(*year, (*month)++);
	*day = (int)left + 1;
}

static bool is_duration(struct feel_value value)
{
	return value.type == FEEL_DAYS_DURATION ||
	       value.type == FEEL_YEARS_DURATION;
}

static bool is_moment(struct feel_value value)
{
	return value.type == FEEL_DATE || value.type == FEEL_DATE_TIME ||
	       value.type == FEEL_TIME;
}

static struct feel_moment moment_of(struct feel_value value)
{
	struct feel_moment out = { .seconds = NUM_ZERO };

	if (value.type != FEEL_DATE)
		return *value.u.moment;
	out.days = value.u.days;
	out.zone = TEMPORAL_OFFSET; /* midnight in UTC */
	return out;
}

/* The moment as a value of the type of `like`, its zone asked again. */
static struct feel_value moment_value(struct oracle *oracle,
	struct feel_value like, struct feel_moment moment)
{
	struct feel_value out = FEEL_NULL_VALUE;
	unsigned status = 0;
	int64_t second = 0;

	if (like.type == FEEL_DATE)
		return feel_date(moment.days);
	if (moment.zone == TEMPORAL_NAMED) {
		num_to_int(num_round(moment.seconds, 0, NUM_FLOOR, &status),
			&second);
		temporal_zone_offset(moment.named, moment.days * 86400 + second,
			&moment.offset);
	}
	if (!temporal_moment(
		    oracle->arena, (enum feel_type)like.type, &moment, &out))
		return oracle_fail(oracle);
	return out;
}

/* More days than all years that a date may have. */
#define DAYS_MAX (INT64_C(2) * 366 * TEMPORAL_YEAR_MAX)

static bool is_in_calendar(int64_t days)
{
	int64_t first = 0;
	int64_t last = 0;

	return oracle_days(-TEMPORAL_YEAR_MAX, 1, 1, &first) &&
	       oracle_days(TEMPORAL_YEAR_MAX, 12, 31, &last) && days >= first &&
	       days <= last;
}

static struct feel_value later(
	struct oracle *oracle, struct feel_value value, num seconds)
{
	struct feel_moment moment = moment_of(value);
	num day = num_from_int(86400);
	unsigned status = 0;

	moment.seconds = num_add(moment.seconds, seconds, &status);
	/* the rest of a division by a day, and the days that it leaves */
	seconds = num_modulo(moment.seconds, day, &status);
	status = 0;
	if (!num_to_int(
		    num_divide(num_subtract(moment.seconds, seconds, &status),
			    day, &status),
		    &moment.days) ||
		moment.days > DAYS_MAX || moment.days < -DAYS_MAX)
		return FEEL_NULL_VALUE;
	moment.days += moment_of(value).days;
	if (value.type != FEEL_TIME && !is_in_calendar(moment.days))
		return FEEL_NULL_VALUE;
	moment.seconds = num_round(seconds, 9, NUM_DOWN, &status);
	return moment_value(oracle, value, moment);
}

static struct feel_value months_later(
	struct oracle *oracle, struct feel_value value, int64_t months)
{
	struct feel_moment moment = moment_of(value);
	int64_t year;
	int month;
	int day;

	if (value.type == FEEL_TIME)
		return FEEL_NULL_VALUE;
	civil(moment.days, &year, &month, &day);
	year += down(month - 1 + months, 12);
	month = (int)(month - 1 + months - 12 * down(month - 1 + months, 12)) +
		1;
	if (day > month_days(year, month))
		day = month_days(year, month);
	if (!oracle_days(year, month, day, &moment.days))
		return FEEL_NULL_VALUE;
	return moment_value(oracle, value, moment);
}

static struct feel_value moved(struct oracle *oracle, struct feel_value value,
	struct feel_value by, int sign)
{
	if (by.type == FEEL_YEARS_DURATION)
		return months_later(oracle, value, sign * by.u.months);
	return later(oracle, value,
		sign < 0 ? num_negate(by.u.number) : by.u.number);
}

static struct feel_value difference(struct feel_value a, struct feel_value b)
{
	struct feel_moment left = moment_of(a);
	struct feel_moment right = moment_of(b);
	unsigned status = 0;
	num days = num_multiply(num_from_int(left.days - right.days),
		num_from_int(86400), &status);
	num clock = num_subtract(left.seconds, right.seconds, &status);

	if ((a.type == FEEL_TIME) != (b.type == FEEL_TIME) ||
		(left.zone == TEMPORAL_LOCAL) != (right.zone == TEMPORAL_LOCAL))
		return FEEL_NULL_VALUE;
	clock = num_subtract(
		clock, num_from_int(left.offset - right.offset), &status);
	return feel_days_duration(num_add(days, clock, &status));
}

/* Amount of a duration: months or seconds. */
static num amount(struct feel_value duration)
{
	return duration.type == FEEL_YEARS_DURATION
		       ? num_from_int(duration.u.months)
		       : duration.u.number;
}

static struct feel_value duration_of(struct feel_value like, num of)
{
	unsigned status = 0;
	int64_t months = 0;

	if (like.type == FEEL_DAYS_DURATION)
		return feel_days_duration(of);
	if (!num_to_int(num_round(of, 0, NUM_DOWN, &status), &months) ||
		months > TEMPORAL_MONTHS_MAX || months < -TEMPORAL_MONTHS_MAX)
		return FEEL_NULL_VALUE;
	return feel_years_duration(months);
}

static struct feel_value scaled(
	enum feel_op op, struct feel_value duration, struct feel_value by)
{
	unsigned status = 0;
	num result =
		op == FEEL_MULTIPLY
			? num_multiply(amount(duration), by.u.number, &status)
			: num_divide(amount(duration), by.u.number, &status);

	if (status & ~NUM_INEXACT)
		return FEEL_NULL_VALUE;
	return duration_of(duration, result);
}

static struct feel_value of_durations(
	enum feel_op op, struct feel_value a, struct feel_value b)
{
	unsigned status = 0;
	num right = op == FEEL_SUBTRACT ? num_negate(amount(b)) : amount(b);
	struct feel_value out = FEEL_NULL_VALUE;

	if (a.type != b.type)
		return out;
	if (op == FEEL_ADD || op == FEEL_SUBTRACT)
		return duration_of(a, num_add(amount(a), right, &status));
	if (op == FEEL_DIVIDE && !num_is_zero(right))
		out = feel_number(num_divide(amount(a), right, &status));
	return out;
}

struct feel_value oracle_temporal(struct oracle *oracle, enum feel_op op,
	struct feel_value a, struct feel_value b)
{
	bool adds = op == FEEL_ADD;

	if (is_duration(a) && is_duration(b))
		return of_durations(op, a, b);
	if (is_duration(a) && b.type == FEEL_NUMBER &&
		(op == FEEL_MULTIPLY || op == FEEL_DIVIDE))
		return scaled(op, a, b);
	if (a.type == FEEL_NUMBER && is_duration(b) && op == FEEL_MULTIPLY)
		return scaled(op, b, a);
	if (is_moment(a) && is_duration(b) && (adds || op == FEEL_SUBTRACT))
		return moved(oracle, a, b, adds ? 1 : -1);
	if (is_duration(a) && is_moment(b) && adds)
		return moved(oracle, b, a, 1);
	if (is_moment(a) && is_moment(b) && op == FEEL_SUBTRACT)
		return difference(a, b);
	return FEEL_NULL_VALUE;
}
