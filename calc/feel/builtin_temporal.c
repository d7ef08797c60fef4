/*
 * Built-ins that make dates, times and durations or look at them. What is no
 * valid text or part gives null. today() and now() read the clock, in UTC.
 */
#include "feel/builtin_bodies.h"

#include <time.h>

#include "feel/temporal.h"

static struct text text_value(const struct feel_value *value)
{
	return (struct text){ value->u.string, value->size };
}

static void set_moment(struct feel_env *env, enum feel_type type,
	const struct feel_moment *moment, struct feel_value *out)
{
	if (!temporal_moment(env->arena, type, moment, out))
		feel_fail(env, SHK_E_MEMORY, NULL);
}

void feel_b_at(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	(void)builtin;
	(void)count;
	if (args[0].type == FEEL_STRING &&
		!temporal_parse(env->arena, text_value(&args[0]), out))
		feel_fail(env, SHK_E_MEMORY, NULL);
}

static void date_from(const struct feel_value *from, struct feel_value *out)
{
	int64_t days;

	if (from->type == FEEL_DATE)
		*out = *from;
	else if (from->type == FEEL_DATE_TIME)
		*out = feel_date(from->u.moment->days);
	else if (from->type == FEEL_STRING &&
		 temporal_parse_date(text_value(from), &days))
		*out = feel_date(days);
}

void feel_b_date(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	int64_t part[3];
	int64_t days;

	(void)env;
	(void)builtin;
	if (count == 1)
		date_from(args, out);
	if (count != 3)
		return;
	for (int i = 0; i < 3; i++)
		if (!feel_as_int(&args[i], &part[i]))
			return;
	if (temporal_days(part[0], part[1], part[2], &days))
		*out = feel_date(days);
}

/* Hour, minute, second with its fraction, and the offset or null. */
static bool time_of_parts(const struct feel_value *args, uint32_t count,
	struct feel_moment *moment)
{
	int64_t hour;
	int64_t minute;
	int64_t whole;
	unsigned status = 0;

	if (!feel_as_int(&args[0], &hour) || !feel_as_int(&args[1], &minute) ||
		args[2].type != FEEL_NUMBER || hour < 0 || hour > 23 ||
		minute < 0 || minute > 59 || num_sign(args[2].u.number) < 0 ||
		num_compare(args[2].u.number, num_from_int(60)) >= 0)
		return false;
	moment->seconds = num_add(num_from_int(hour * 3600 + minute * 60),
		args[2].u.number, &status);
	if (count < 4 || args[3].type == FEEL_NULL)
		return true;
	if (args[3].type != FEEL_DAYS_DURATION ||
		!num_to_int(args[3].u.number, &whole) ||
		whole > TEMPORAL_OFFSET_MAX || whole < -TEMPORAL_OFFSET_MAX)
		return false;
	moment->zone = TEMPORAL_OFFSET;
	moment->offset = (int32_t)whole;
	return true;
}

void feel_b_time(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	struct feel_moment moment = { .seconds = NUM_ZERO };
	bool made = false;

	(void)builtin;
	if (count >= 3)
		made = time_of_parts(args, count, &moment);
	else if (count == 1 && args[0].type == FEEL_STRING)
		made = temporal_parse_time(text_value(&args[0]), &moment);
	else if (count == 1)
		made = temporal_as_moment(&args[0], &moment);
	if (made)
		set_moment(env, FEEL_TIME, &moment, out);
}

/* The day of a date or of a date and time. */
static bool day_of(const struct feel_value *value, int64_t *days)
{
	if (value->type == FEEL_DATE)
		*days = value->u.days;
	else if (value->type == FEEL_DATE_TIME)
		*days = value->u.moment->days;
	else
		return false;
	return true;
}

void feel_b_date_time(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	struct feel_moment moment = { .seconds = NUM_ZERO };

	(void)builtin;
	if (count == 2) {
		if (args[1].type != FEEL_TIME)
			return;
		moment = *args[1].u.moment;
		if (!day_of(&args[0], &moment.days) ||
			!temporal_shift(&moment, NUM_ZERO))
			return;
	} else if (args[0].type == FEEL_DATE_TIME) {
		*out = args[0];
		return;
	} else if (args[0].type == FEEL_DATE) {
		moment.days = args[0].u.days;
	} else if (args[0].type != FEEL_STRING ||
		   !temporal_parse_date_time(text_value(&args[0]), &moment)) {
		return;
	}
	set_moment(env, FEEL_DATE_TIME, &moment, out);
}

void feel_b_duration(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	(void)env;
	(void)builtin;
	(void)count;
	if (args[0].type == FEEL_DAYS_DURATION ||
		args[0].type == FEEL_YEARS_DURATION)
		*out = args[0];
	else if (args[0].type == FEEL_STRING)
		temporal_parse_duration(text_value(&args[0]), out);
}

/*
 * Full months from one day to another, towards zero; the clock does not count.
 */
void feel_b_years(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	struct feel_moment from;
	struct feel_moment to;
	struct temporal_civil a;
	struct temporal_civil b;
	int64_t months;
	int rest;

	(void)env;
	(void)builtin;
	(void)count;
	if (args[0].type == FEEL_TIME || args[1].type == FEEL_TIME ||
		!temporal_as_moment(&args[0], &from) ||
		!temporal_as_moment(&args[1], &to))
		return;
	a = temporal_civil_of(from.days);
	b = temporal_civil_of(to.days);
	months = (b.year - a.year) * 12 + b.month - a.month;
	rest = b.day - a.day;
	if (months > 0 && rest < 0)
		months--;
	if (months < 0 && rest > 0)
		months++;
	*out = feel_years_duration(months);
}

void feel_b_clock(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	struct feel_moment moment = { .zone = TEMPORAL_OFFSET };
	struct timespec clock;
	int64_t second;

	(void)args;
	(void)count;
	if (clock_gettime(CLOCK_REALTIME, &clock) != 0)
		return;
	second = (int64_t)clock.tv_sec;
	moment.days = second / TEMPORAL_DAY;
	moment.seconds = num_from_int(second % TEMPORAL_DAY);
	if (builtin->detail == 0)
		*out = feel_date(moment.days);
	else
		set_moment(env, FEEL_DATE_TIME, &moment, out);
}

/* Week by ISO 8601: the week that holds the Thursday of the date's week. */
static int64_t week_of_year(int64_t days)
{
	int64_t thursday = days + 4 - temporal_weekday(days);
	int64_t first = 0;

	temporal_days(temporal_civil_of(thursday).year, 1, 1, &first);
	return (thursday - first) / 7 + 1;
}

static int64_t day_of_year(int64_t days)
{
	int64_t first = 0;

	temporal_days(temporal_civil_of(days).year, 1, 1, &first);
	return days - first + 1;
}

void feel_b_calendar(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	static const char *const weekdays[] = { "Monday", "Tuesday",
		"Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };
	static const char *const months[] = { "January", "February", "March",
		"April", "May", "June", "July", "August", "September",
		"October", "November", "December" };
	int64_t days;
	struct text name;

	(void)env;
	(void)count;
	if (!day_of(&args[0], &days))
		return;
	if (builtin->detail >= 2) {
		*out = feel_number(num_from_int(builtin->detail == 2
							? day_of_year(days)
							: week_of_year(days)));
		return;
	}
	name = text_of(builtin->detail == 0
			       ? weekdays[temporal_weekday(days) - 1]
			       : months[temporal_civil_of(days).month - 1]);
	*out = feel_string(name.data, name.size);
}
