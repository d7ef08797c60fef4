/*
 * Dates, times and durations: reading, writing, zones and arithmetic. Days
 * count from 1970-01-01 in the proleptic Gregorian calendar; years reach from
 * -999999999 to 999999999 as FEEL has it. Seconds are exact decimals.
 */
#ifndef FEEL_TEMPORAL_H
#define FEEL_TEMPORAL_H

#include "base/buffer.h"
#include "feel/value.h"

#define TEMPORAL_YEAR_MAX   999999999
#define TEMPORAL_MONTHS_MAX (INT64_C(1000) * INT32_MAX) /* of a duration */
#define TEMPORAL_DAY	    86400			/* seconds */
#define TEMPORAL_OFFSET_MAX 64800			/* seconds: 18 hours */

enum temporal_zone {
	TEMPORAL_LOCAL,	 /* neither offset nor zone */
	TEMPORAL_OFFSET, /* +09:00, Z */
	TEMPORAL_NAMED	 /* @Asia/Tokyo */
};

/* A time, or a date and time. */
struct feel_moment {
	int64_t days;	   /* date and time */
	num seconds;	   /* of the day, 0 <= seconds < 86400 */
	int32_t offset;	   /* seconds east of Greenwich; 0 when local */
	uint8_t zone;	   /* enum temporal_zone */
	struct text named; /* NAMED: "Asia/Tokyo" */
};

struct temporal_civil {
	int64_t year;
	int month;
	int day;
};

/* False when there is no such day. */
bool temporal_days(int64_t year, int64_t month, int64_t day, int64_t *days);
struct temporal_civil temporal_civil_of(int64_t days);
int temporal_weekday(int64_t days); /* 1 Monday to 7 Sunday */
/* `days` moved by months, the day of the month cut to the length of it. */
bool temporal_add_months(int64_t days, int64_t months, int64_t *out);

/*
 * Reading the whole of `text`. A moment's zone name points into `text`.
 * temporal_parse takes any of the forms and makes a value in `arena`.
 */
bool temporal_parse_date(struct text text, int64_t *days);
bool temporal_parse_time(struct text text, struct feel_moment *out);
bool temporal_parse_date_time(struct text text, struct feel_moment *out);
bool temporal_parse_duration(struct text text, struct feel_value *out);
/* FEEL_NULL with true: no temporal text; false: memory ran out. */
bool temporal_parse(
	struct arena *arena, struct text text, struct feel_value *out);

/* The text of a temporal value, such as 2026-06-01T00:00:00+09:00. */
void temporal_text(const struct feel_value *value, struct buffer *out);
bool temporal_is(enum feel_type type);

bool temporal_moment(struct arena *arena, enum feel_type type,
	const struct feel_moment *moment, struct feel_value *out);
struct feel_value feel_days_duration(num seconds);
struct feel_value feel_years_duration(int64_t months);

/* A date as the beginning of its day in UTC; the moment of any other. */
bool temporal_as_moment(
	const struct feel_value *value, struct feel_moment *out);
/* Seconds since 1970-01-01T00:00:00 UTC (local: of its own clock). */
num temporal_instant(const struct feel_moment *moment);
/* The moment `seconds` later, by its own clock. */
bool temporal_shift(struct feel_moment *moment, num seconds);

/*
 * Equality and order of two values of one temporal type, to the second as
 * FEEL has it: false when they cannot be compared (one is local).
 */
bool temporal_order(
	const struct feel_value *a, const struct feel_value *b, int *order);
/* The same value written in the same way: Z is not @Etc/UTC. */
bool temporal_same(const struct feel_value *a, const struct feel_value *b);

/* A part such as `year`, `time offset`; null when there is none. The name of
   a zone lives as long as the moment. */
void temporal_property(const struct feel_value *value, struct text name,
	struct feel_value *out);

/* temporal_zone.c: offset of a zone at a local time; false: no such zone. */
bool temporal_zone_exists(struct text zone);
bool temporal_zone_offset(struct text zone, int64_t local, int32_t *offset);
/* The same of the bytes of a zone's file (RFC 8536); false: damaged. */
bool temporal_zone_offset_in(
	const char *data, size_t size, int64_t local, int32_t *offset);

#endif
