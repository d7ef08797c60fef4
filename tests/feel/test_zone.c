/*
 * Files of zones made here (RFC 8536): a change at the epoch from one hour to
 * two, the rule behind it, and damage of every kind.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "base/text.h"
#include "feel/temporal.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))
#define HEADER	    44
#define FIRST	    6  /* bytes of the block of 32-bit times */
#define SECOND	    21 /* of that of 64-bit times: 8 + 1 + 2 * 6 */
#define WHOLE	    (HEADER + FIRST + HEADER + SECOND)
#define DAY	    86400

struct file {
	char data[256];
	size_t size;
};

static void put(char *at, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		at[i] = (char)(value >> (24 - 8 * i));
}

/* Counts: of UTC, standard, leap, times, types, letters. */
static void header(char *at, const uint32_t counts[6])
{
	memcpy(at, "TZif2", 5);
	for (int i = 0; i < 6; i++)
		put(at + 20 + 4 * i, counts[i]);
}

static void make(struct file *file, const char *footer)
{
	static const uint32_t first[6] = { 0, 0, 0, 0, 1, 0 };
	static const uint32_t second[6] = { 0, 0, 0, 1, 2, 0 };
	char *at = file->data;

	memset(file, 0, sizeof(*file));
	header(at, first);
	at += HEADER + FIRST;
	header(at, second);
	at += HEADER;
	at[8] = 1;
	put(at + 9, 3600);
	put(at + 15, 7200);
	memcpy(file->data + WHOLE, footer, strlen(footer));
	file->size = WHOLE + strlen(footer);
}

/* Offset at a local time, or -1: the file is damaged. */
static int offset_at(const struct file *file, int64_t local)
{
	int32_t offset;

	return temporal_zone_offset_in(file->data, file->size, local, &offset)
		       ? (int)offset
		       : -1;
}

/* Seconds since the epoch of a day, 100 days in, and in the middle of 1970. */
#define EARLY (100 * (int64_t)DAY)
#define LATE  (200 * (int64_t)DAY)

Test(zone, rules)
{
	static const struct {
		const char *footer;
		int early;
		int late;
	} rows[] = {
		/* none: the last change stays */
		{ "", 7200, 7200 },
		{ "\n", 7200, 7200 },
		{ "\n\n", 7200, 7200 },
		{ "\nJST-9\n", 32400, 32400 },
		{ "\nJST-9", 32400, 32400 },
		{ "JST-9", 32400, 32400 },
		{ "\nAAA+3\n", -10800, -10800 },
		{ "\nAAA-1:30:15\n", 5415, 5415 },
		{ "\n<+0530>-5:30\n", 19800, 19800 },
		{ "\n<+05", 0, 0 },
		{ "\nAAA", 0, 0 },
		{ "\nAAA{-9\n", 0, 0 },
		/* summer from day 150 (day 60 counts from 1) to day 300 */
		{ "\nAAA-1BBB,J150,J300\n", 3600, 7200 },
		{ "\nAAA-1BBB-3,J150/0,J300/0\n", 3600, 10800 },
		{ "\nAAA-1BBB-3,150,300\n", 3600, 10800 },
		{ "\nAAA-1BBB,M6.1.0,M10.5.0/3\n", 3600, 7200 },
		{ "\nAAA-1BBB,M6.1.0/-1,M10.5.0/-1\n", 3600, 7200 },
		/* in the south summer is over the new year */
		{ "\nAAA-1BBB,M10.1.0,M6.1.0\n", 7200, 3600 },
		/* no such month: a day of the year */
		{ "\nAAA-1BBB,M13.1.150,J300\n", 3600, 7200 },
		{ "\nAAA-1BBB", 7200, 7200 },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct file file;

		make(&file, rows[i].footer);
		cr_expect_eq(offset_at(&file, EARLY), rows[i].early, "%s: %d",
			rows[i].footer, offset_at(&file, EARLY));
		cr_expect_eq(offset_at(&file, LATE), rows[i].late, "%s: %d",
			rows[i].footer, offset_at(&file, LATE));
		/* before the change the rule says nothing */
		cr_expect_eq(
			offset_at(&file, -9 * DAY), 3600, "%s", rows[i].footer);
	}
}

/* No file that ends before its footer is read, wherever it ends. */
Test(zone, cut)
{
	struct file file;

	make(&file, "");
	cr_expect_eq(offset_at(&file, EARLY), 7200);
	for (size_t size = 0; size < WHOLE; size++) {
		file.size = size;
		cr_expect_eq(offset_at(&file, EARLY), -1, "%zu bytes", size);
	}
}

Test(zone, damaged)
{
	static const struct {
		size_t at; /* a count, big endian */
		uint32_t value;
	} rows[] = {
		{ 20, 256 },
		{ 24, 256 },
		{ 28, 10000 },
		{ 32, 10000 },
		{ 36, 0 },
		{ 36, 256 },
		{ 40, 10000 },
		{ 20, UINT32_MAX },
	};
	struct file file;

	for (size_t i = 0; i < COUNT(rows); i++)
		for (size_t block = 0; block <= HEADER + FIRST;
			block += HEADER + FIRST) {
			make(&file, "");
			put(file.data + block + rows[i].at, rows[i].value);
			cr_expect_eq(offset_at(&file, EARLY), -1,
				"count at %zu is %u", block + rows[i].at,
				(unsigned)rows[i].value);
		}
	make(&file, "");
	file.data[4] = '\0'; /* the first version has no 64-bit times */
	cr_expect_eq(offset_at(&file, EARLY), -1);
	make(&file, "");
	file.data[0] = 'X';
	cr_expect_eq(offset_at(&file, EARLY), -1);
	/* a type that is not there counts as the first */
	make(&file, "");
	file.data[WHOLE - SECOND + 8] = 9;
	cr_expect_eq(offset_at(&file, EARLY), 3600);
}
