/*
 * Temporal values from and to text, in the forms of XML Schema with FEEL's
 * zones: 2026-06-01, 10:00:00.5+09:00, 2026-06-01T10:00:00@Asia/Tokyo,
 * P1DT2H, -P1Y2M. Nothing but the whole text counts.
 */
#include "feel/temporal.h"

#include <string.h>

#define FRACTION_DIGITS 9 /* of a second */

struct scan {
	const char *at;
	const char *end;
};

static bool take(struct scan *scan, char c)
{
	if (scan->at == scan->end || *scan->at != c)
		return false;
	scan->at++;
	return true;
}

/* `least` to `most` digits; false when there are fewer or more. */
static bool digits(struct scan *scan, int least, int most, int64_t *out)
{
	int count = 0;

	*out = 0;
	while (scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9') {
		if (++count > most)
			return false;
		*out = *out * 10 + (*scan->at++ - '0');
	}
	return count >= least;
}

static bool scan_date(struct scan *scan, int64_t *days)
{
	bool negative = take(scan, '-');
	const char *start = scan->at;
	int64_t year;
	int64_t month;
	int64_t day;

	if (!digits(scan, 4, 9, &year) ||
		(scan->at - start > 4 && *start == '0') || !take(scan, '-') ||
		!digits(scan, 2, 2, &month) || !take(scan, '-') ||
		!digits(scan, 2, 2, &day))
		return false;
	return temporal_days(negative ? -year : year, month, day, days);
}

bool temporal_parse_date(struct text text, int64_t *days)
{
	struct scan scan = { text.data, text.data + text.size };

	return scan_date(&scan, days) && scan.at == scan.end;
}

/* Digits behind a point, as part of `seconds`. */
static bool scan_fraction(
	struct scan *scan, int least, int most, int64_t whole, num *seconds)
{
	const char *start = scan->at;
	unsigned status = 0;
	int64_t fraction;
	int places;

	if (!digits(scan, least, most, &fraction))
		return false;
	places = (int)(scan->at - start);
	*seconds = num_from_int(fraction);
	for (; places > 0; places--)
		*seconds = num_divide(*seconds, num_from_int(10), &status);
	*seconds = num_add(*seconds, num_from_int(whole), &status);
	return true;
}

static bool scan_offset(struct scan *scan, struct feel_moment *out)
{
	bool west = *scan->at == '-';
	int64_t hours;
	int64_t minutes;
	int64_t seconds = 0;

	scan->at++;
	if (!digits(scan, 2, 2, &hours) || !take(scan, ':') ||
		!digits(scan, 2, 2, &minutes) || minutes > 59)
		return false;
	if (take(scan, ':') && (!digits(scan, 2, 2, &seconds) || seconds > 59))
		return false;
	seconds += hours * 3600 + minutes * 60;
	if (seconds > TEMPORAL_OFFSET_MAX)
		return false;
	out->zone = TEMPORAL_OFFSET;
	out->offset = (int32_t)(west ? -seconds : seconds);
	return true;
}

static bool scan_zone(struct scan *scan, struct feel_moment *out)
{
	out->zone = TEMPORAL_LOCAL;
	out->offset = 0;
	if (scan->at == scan->end)
		return true;
	if (take(scan, 'Z')) {
		out->zone = TEMPORAL_OFFSET;
		return true;
	}
	if (*scan->at == '+' || *scan->at == '-')
		return scan_offset(scan, out);
	if (!take(scan, '@'))
		return false;
	out->zone = TEMPORAL_NAMED;
	out->named = (struct text){ scan->at, (size_t)(scan->end - scan->at) };
	scan->at = scan->end;
	return temporal_zone_exists(out->named);
}

/* The clock and the zone; 24:00:00 is the beginning of the next day. */
static bool scan_clock(struct scan *scan, struct feel_moment *out)
{
	int64_t hour;
	int64_t minute;
	int64_t second;
	unsigned status = 0;

	if (!digits(scan, 2, 2, &hour) || !take(scan, ':') ||
		!digits(scan, 2, 2, &minute) || !take(scan, ':') ||
		!digits(scan, 2, 2, &second) || hour > 24 || minute > 59 ||
		second > 59)
		return false;
	out->seconds = num_from_int(second);
	if (take(scan, '.') &&
		!scan_fraction(scan, 1, FRACTION_DIGITS, second, &out->seconds))
		return false;
	if (hour == 24) {
		if (minute != 0 || !num_is_zero(out->seconds))
			return false;
		out->days++;
		hour = 0;
	}
	out->seconds = num_add(
		out->seconds, num_from_int(hour * 3600 + minute * 60), &status);
	return scan_zone(scan, out) && scan->at == scan->end;
}

/* Look the offset of a named zone up; of a time on the day of the epoch. */
static bool settled(struct feel_moment *out)
{
	return temporal_shift(out, NUM_ZERO);
}

bool temporal_parse_time(struct text text, struct feel_moment *out)
{
	struct scan scan = { text.data, text.data + text.size };

	*out = (struct feel_moment){ .days = 0 };
	if (!scan_clock(&scan, out) || !settled(out))
		return false;
	out->days = 0;
	return true;
}

bool temporal_parse_date_time(struct text text, struct feel_moment *out)
{
	struct scan scan = { text.data, text.data + text.size };

	*out = (struct feel_moment){ .seconds = NUM_ZERO };
	if (!scan_date(&scan, &out->days))
		return false;
	if (scan.at == scan.end)
		return true;
	return take(&scan, 'T') && scan_clock(&scan, out) && settled(out);
}

/* Components of a duration that were read; each at most once, in order. */
struct parts {
	num seconds;
	int64_t months;
	bool years_kind;
	bool days_kind;
};

static bool add_part(struct parts *parts, int64_t value, char unit, bool clock)
{
	static const struct {
		char unit;
		bool clock;
		int order;
		int64_t seconds;
		int64_t months;
	} units[] = { { 'Y', false, 0, 0, 12 }, { 'M', false, 1, 0, 1 },
		{ 'D', false, 2, TEMPORAL_DAY, 0 }, { 'H', true, 3, 3600, 0 },
		{ 'M', true, 4, 60, 0 } };
	unsigned status = 0;

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (units[i].unit != unit || units[i].clock != clock)
			continue;
		if (units[i].months) {
			parts->months += value * units[i].months;
			parts->years_kind = true;
			return true;
		}
		parts->seconds = num_add(parts->seconds,
			num_multiply(num_from_int(value),
				num_from_int(units[i].seconds), &status),
			&status);
		parts->days_kind = true;
		return status == 0;
	}
	return false;
}

/* Seconds, perhaps with a fraction, up to and with the S. */
static bool scan_seconds(
	struct scan *scan, struct parts *parts, int64_t whole, bool fraction)
{
	num seconds = num_from_int(whole);
	unsigned status = 0;

	if (fraction && !scan_fraction(scan, 0, 18, whole, &seconds))
		return false;
	parts->days_kind = true;
	parts->seconds = num_add(parts->seconds, seconds, &status);
	return take(scan, 'S') && scan->at == scan->end && status == 0;
}

/* One after the other in the order Y M D T H M S. */
static bool scan_parts(struct scan *scan, struct parts *parts)
{
	static const char order[] = "YMDTHMS";
	const char *place = order;
	bool clock = false;
	int64_t value;

	while (scan->at < scan->end) {
		const char *found;

		if (!clock && take(scan, 'T')) {
			clock = true;
			place = strchr(order, 'H');
			if (scan->at == scan->end)
				return false;
		}
		if (!digits(scan, 1, 18, &value) || scan->at == scan->end)
			return false;
		if (clock && (*scan->at == '.' || *scan->at == 'S'))
			return scan_seconds(
				scan, parts, value, take(scan, '.'));
		found = strchr(place, *scan->at);
		if (!*scan->at || !found || *found == 'T' ||
			(!clock && found >= strchr(order, 'T')) ||
			value > 100000000000000LL ||
			!add_part(parts, value, *scan->at, clock))
			return false;
		place = found + 1;
		scan->at++;
	}
	return parts->years_kind != parts->days_kind;
}

bool temporal_parse_duration(struct text text, struct feel_value *out)
{
	struct scan scan = { text.data, text.data + text.size };
	bool negative = take(&scan, '-');
	struct parts parts = { .seconds = NUM_ZERO };

	if (!take(&scan, 'P') || scan.at == scan.end ||
		!scan_parts(&scan, &parts))
		return false;
	if (parts.years_kind && parts.days_kind)
		return false;
	if (parts.years_kind)
		*out = feel_years_duration(
			negative ? -parts.months : parts.months);
	else
		*out = feel_days_duration(
			negative && !num_is_zero(parts.seconds)
				? num_negate(parts.seconds)
				: parts.seconds);
	return true;
}

bool temporal_parse(
	struct arena *arena, struct text text, struct feel_value *out)
{
	struct feel_moment moment;
	int64_t days;

	*out = FEEL_NULL_VALUE;
	if (temporal_parse_date(text, &days))
		*out = feel_date(days);
	else if (temporal_parse_date_time(text, &moment))
		return temporal_moment(arena, FEEL_DATE_TIME, &moment, out);
	else if (temporal_parse_time(text, &moment))
		return temporal_moment(arena, FEEL_TIME, &moment, out);
	else
		temporal_parse_duration(text, out);
	return true;
}

static void put_date(int64_t days, struct buffer *out)
{
	struct temporal_civil civil = temporal_civil_of(days);
	int64_t year = civil.year < 0 ? -civil.year : civil.year;

	buffer_format(out, "%s%04lld-%02d-%02d", civil.year < 0 ? "-" : "",
		(long long)year, civil.month, civil.day);
}

/* Two digits before the point, the fraction as it is. */
static void put_seconds(num seconds, bool pad, struct buffer *out)
{
	char text[NUM_TEXT_MAX];
	size_t size = num_format(seconds, text, sizeof(text));

	if (pad && (size < 2 || text[1] == '.'))
		buffer_byte(out, '0');
	buffer_add(out, text, size);
}

static void put_zone(const struct feel_moment *moment, struct buffer *out)
{
	int32_t offset = moment->offset < 0 ? -moment->offset : moment->offset;

	if (moment->zone == TEMPORAL_NAMED) {
		buffer_byte(out, '@');
		buffer_add(out, moment->named.data, moment->named.size);
	}
	if (moment->zone != TEMPORAL_OFFSET)
		return;
	if (offset == 0) {
		buffer_byte(out, 'Z');
		return;
	}
	buffer_format(out, "%c%02d:%02d", moment->offset < 0 ? '-' : '+',
		(int)(offset / 3600), (int)(offset / 60 % 60));
	if (offset % 60 != 0)
		buffer_format(out, ":%02d", (int)(offset % 60));
}

static void put_clock(const struct feel_moment *moment, struct buffer *out)
{
	unsigned status = 0;
	num minutes = num_round(
		num_divide(moment->seconds, num_from_int(60), &status), 0,
		NUM_FLOOR, &status);
	int64_t minute = 0;

	num_to_int(minutes, &minute);
	buffer_format(
		out, "%02d:%02d:", (int)(minute / 60), (int)(minute % 60));
	put_seconds(num_subtract(moment->seconds,
			    num_multiply(minutes, num_from_int(60), &status),
			    &status),
		true, out);
	put_zone(moment, out);
}

static void put_years(int64_t months, struct buffer *out)
{
	if (months < 0)
		buffer_byte(out, '-');
	months = months < 0 ? -months : months;
	buffer_byte(out, 'P');
	if (months >= 12)
		buffer_format(out, "%lldY", (long long)(months / 12));
	if (months % 12 != 0 || months == 0)
		buffer_format(out, "%lldM", (long long)(months % 12));
}

/* The whole number of `unit` in `*rest`, which keeps what is left. */
static num take_units(num *rest, int64_t unit)
{
	unsigned status = 0;
	num size = num_from_int(unit);
	num whole = num_round(
		num_divide(*rest, size, &status), 0, NUM_FLOOR, &status);

	*rest = num_subtract(
		*rest, num_multiply(whole, size, &status), &status);
	return whole;
}

static void put_unit(num value, char unit, struct buffer *out)
{
	if (num_is_zero(value))
		return;
	put_seconds(value, false, out);
	buffer_byte(out, unit);
}

static void put_days(num seconds, struct buffer *out)
{
	num rest = num_absolute(seconds);
	num days;
	num hours;
	num minutes;

	if (num_is_zero(rest)) {
		buffer_text(out, "PT0S");
		return;
	}
	if (num_sign(seconds) < 0)
		buffer_byte(out, '-');
	buffer_byte(out, 'P');
	days = take_units(&rest, TEMPORAL_DAY);
	put_unit(days, 'D', out);
	if (num_is_zero(rest))
		return;
	buffer_byte(out, 'T');
	hours = take_units(&rest, 3600);
	put_unit(hours, 'H', out);
	minutes = take_units(&rest, 60);
	put_unit(minutes, 'M', out);
	put_unit(rest, 'S', out);
}

void temporal_text(const struct feel_value *value, struct buffer *out)
{
	switch (value->type) {
	case FEEL_DATE:
		put_date(value->u.days, out);
		break;
	case FEEL_DATE_TIME:
		put_date(value->u.moment->days, out);
		buffer_byte(out, 'T');
		put_clock(value->u.moment, out);
		break;
	case FEEL_TIME:
		put_clock(value->u.moment, out);
		break;
	case FEEL_DAYS_DURATION:
		put_days(value->u.number, out);
		break;
	case FEEL_YEARS_DURATION:
		put_years(value->u.months, out);
		break;
	default:
		break;
	}
}
