/*
 * Offsets of named zones, from the system's zone database (RFC 8536 files
 * under one folder). A file is read each time it is asked for: nothing is
 * cached, so nothing is shared between threads.
 */
#include "feel/temporal.h"

#include <string.h>

#include "base/file.h"

#define ZONE_FOLDER	"/usr/share/zoneinfo"
#define ZONE_NAME_MAX	64
#define ZONE_BYTES_MAX	(1u << 16)
#define ZONE_HEADER	44
#define ZONE_TYPE_BYTES 6

/* A name as the database has them; nothing that climbs out of the folder. */
static bool plain_name(struct text zone)
{
	if (zone.size == 0 || zone.size > ZONE_NAME_MAX ||
		zone.data[0] == '/' || zone.data[0] == '.')
		return false;
	for (size_t i = 0; i < zone.size; i++) {
		char c = zone.data[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			    (c >= '0' && c <= '9') || c == '/' || c == '_' ||
			    c == '-' || c == '+'))
			return false;
	}
	return true;
}

/* A file, here and not in memory that may run out: the answer is the same. */
struct zone_bytes {
	char data[ZONE_BYTES_MAX + 1];
	size_t size;
};

static bool read_zone(struct text zone, struct zone_bytes *bytes)
{
	char name[ZONE_NAME_MAX + 1];
	char path[sizeof(ZONE_FOLDER) + ZONE_NAME_MAX + 2];

	if (!plain_name(zone))
		return false;
	memcpy(name, zone.data, zone.size);
	name[zone.size] = '\0';
	if (!file_join(path, sizeof(path), ZONE_FOLDER, name))
		return false;
	bytes->size = file_read_fixed(path, bytes->data, sizeof(bytes->data));
	return bytes->size > 0;
}

static int64_t big_endian(const char *at, size_t bytes)
{
	uint64_t value = (unsigned char)at[0] & 0x80 ? ~(uint64_t)0 : 0;

	for (size_t i = 0; i < bytes; i++)
		value = value << 8 | (unsigned char)at[i];
	return (int64_t)value;
}

/* The block of 64-bit times of a file. */
struct zone {
	size_t time_count;
	size_t type_count;
	const char *times;
	const char *indices;
	const char *types;
	const char *footer; /* a rule for later times, or "" */
	const char *end;
};

struct counts {
	size_t utc;
	size_t standard;
	size_t leap;
	size_t time;
	size_t type;
	size_t letters;
};

static struct counts counts_of(const char *header)
{
	const char *at = header + 20;

	return (struct counts){ (size_t)big_endian(at, 4),
		(size_t)big_endian(at + 4, 4), (size_t)big_endian(at + 8, 4),
		(size_t)big_endian(at + 12, 4), (size_t)big_endian(at + 16, 4),
		(size_t)big_endian(at + 20, 4) };
}

static size_t block_bytes(const struct counts *counts, size_t wide)
{
	return counts->time * (wide + 1) + counts->type * ZONE_TYPE_BYTES +
	       counts->letters + counts->leap * (wide + 4) + counts->standard +
	       counts->utc;
}

static bool sane(const struct counts *counts)
{
	return counts->time < 10000 && counts->type < 256 && counts->type > 0 &&
	       counts->letters < 10000 && counts->leap < 10000 &&
	       counts->standard < 256 && counts->utc < 256;
}

static bool open_zone(const char *data, size_t size, struct zone *zone)
{
	struct counts counts;
	const char *at;

	if (size < ZONE_HEADER || memcmp(data, "TZif", 4) != 0 || data[4] < '2')
		return false;
	counts = counts_of(data);
	if (!sane(&counts))
		return false;
	at = data + ZONE_HEADER;
	zone->end = data + size;
	if ((size_t)(zone->end - at) < block_bytes(&counts, 4) + ZONE_HEADER)
		return false;
	at += block_bytes(&counts, 4);
	counts = counts_of(at);
	at += ZONE_HEADER;
	if (!sane(&counts) ||
		(size_t)(zone->end - at) < block_bytes(&counts, 8))
		return false;
	zone->time_count = counts.time;
	zone->type_count = counts.type;
	zone->times = at;
	zone->indices = at + counts.time * 8;
	zone->types = zone->indices + counts.time;
	zone->footer = at + block_bytes(&counts, 8);
	if (zone->footer < zone->end && *zone->footer == '\n')
		zone->footer++;
	return true;
}

/* The rule behind the last transition, as POSIX writes it. */
struct rule_scan {
	const char *at;
	const char *end;
};

struct change {
	int month; /* 0: `day` counts from the beginning of the year */
	int week;
	int day;
	int64_t second; /* of the day */
};

static int number(struct rule_scan *scan)
{
	int value = 0;

	while (scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9' &&
		value < 100000)
		value = value * 10 + (*scan->at++ - '0');
	return value;
}

static bool at(struct rule_scan *scan, char c)
{
	if (scan->at == scan->end || *scan->at != c)
		return false;
	scan->at++;
	return true;
}

static void skip_name(struct rule_scan *scan)
{
	bool quoted = at(scan, '<');

	while (scan->at < scan->end &&
		(quoted ? *scan->at != '>'
			: (*scan->at | 32) >= 'a' && (*scan->at | 32) <= 'z'))
		scan->at++;
	if (quoted)
		at(scan, '>');
}

static int64_t clock_of(struct rule_scan *scan)
{
	bool negative = at(scan, '-');
	int64_t seconds;

	at(scan, '+');
	seconds = number(scan) * 3600LL;
	if (at(scan, ':'))
		seconds += number(scan) * 60LL;
	if (at(scan, ':'))
		seconds += number(scan);
	return negative ? -seconds : seconds;
}

static struct change change_of(struct rule_scan *scan)
{
	struct change change = { 0, 0, 0, 7200 };

	at(scan, ',');
	if (at(scan, 'M')) {
		change.month = number(scan);
		at(scan, '.');
		change.week = number(scan);
		at(scan, '.');
		change.day = number(scan);
	} else {
		at(scan, 'J');
		change.day = number(scan);
	}
	if (at(scan, '/'))
		change.second = clock_of(scan);
	return change;
}

/* Local second at which the change of a year happens. */
static int64_t change_time(const struct change *change, int64_t year)
{
	int64_t days = 0;
	int64_t next = 0;
	int weekday;

	if (change->month < 1 || change->month > 12) {
		temporal_days(year, 1, 1, &days);
		return (days + change->day - 1) * TEMPORAL_DAY + change->second;
	}
	temporal_days(year, change->month, 1, &days);
	temporal_add_months(days, 1, &next);
	weekday = temporal_weekday(days) % 7; /* 0 Sunday, as POSIX counts */
	days += (change->day - weekday + 7) % 7 + (change->week - 1) * 7LL;
	while (days >= next)
		days -= 7;
	return days * TEMPORAL_DAY + change->second;
}

static bool rule_offset(const struct zone *zone, int64_t utc, int32_t *offset)
{
	struct rule_scan scan = { zone->footer, zone->end };
	int64_t standard;
	int64_t summer;
	struct change begin;
	struct change end;
	int64_t year;
	int64_t from;
	int64_t to;

	if (scan.at >= scan.end || *scan.at == '\n')
		return false;
	skip_name(&scan);
	standard = -clock_of(&scan);
	*offset = (int32_t)standard;
	if (scan.at == scan.end || *scan.at == '\n')
		return true;
	skip_name(&scan);
	summer = standard + 3600;
	if (scan.at < scan.end && *scan.at != ',')
		summer = -clock_of(&scan);
	begin = change_of(&scan);
	end = change_of(&scan);
	year = temporal_civil_of(utc / TEMPORAL_DAY - (utc < 0)).year;
	from = change_time(&begin, year) - standard;
	to = change_time(&end, year) - summer;
	if (from < to ? utc >= from && utc < to : utc >= from || utc < to)
		*offset = (int32_t)summer;
	return true;
}

static int32_t type_offset(const struct zone *zone, size_t type)
{
	if (type >= zone->type_count)
		type = 0;
	return (int32_t)big_endian(zone->types + type * ZONE_TYPE_BYTES, 4);
}

static int32_t offset_at(const struct zone *zone, int64_t utc)
{
	size_t low = 0;
	size_t high = zone->time_count;
	int32_t offset;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (big_endian(zone->times + middle * 8, 8) <= utc)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == zone->time_count && rule_offset(zone, utc, &offset))
		return offset;
	if (low == 0)
		return type_offset(zone, 0);
	return type_offset(zone, (unsigned char)zone->indices[low - 1]);
}

bool temporal_zone_exists(struct text zone)
{
	int32_t offset;

	return temporal_zone_offset(zone, 0, &offset);
}

/*
 * A clock that shows the same time twice shows it first before the change; a
 * time that the clock leaps over counts by the offset before the leap.
 */
bool temporal_zone_offset_in(
	const char *data, size_t size, int64_t local, int32_t *offset)
{
	struct zone opened;
	int32_t before;
	int32_t after;

	if (!open_zone(data, size, &opened))
		return false;
	before = offset_at(&opened, local - TEMPORAL_DAY);
	after = offset_at(&opened, local + TEMPORAL_DAY);
	*offset = before;
	if (offset_at(&opened, local - before) != before &&
		offset_at(&opened, local - after) == after)
		*offset = after;
	return true;
}

bool temporal_zone_offset(struct text zone, int64_t local, int32_t *offset)
{
	struct zone_bytes bytes;

	return read_zone(zone, &bytes) &&
	       temporal_zone_offset_in(bytes.data, bytes.size, local, offset);
}
