/*
 * Memory does not grow with the number of records: ten times as many, in no
 * order and more than are remembered, take as much. Nearly all rows are
 * refused, which costs little and still goes the whole way.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "flow/flowing.h"
#include "record/ids.h"

#define MEMORY_MOST (64l << 10) /* KiB */
#define MEMORY_MORE (20l << 10) /* KiB; the identifiers, at most */

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
static const bool memory_counts = false; /* it is the sanitizer's */
#else
static const bool memory_counts = true;
#endif

static long memory_peak(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_maxrss;
}

/* `count` rows, each 50th right, and at the end the first one again. */
static void memory_write(const char *path, unsigned count)
{
	FILE *file = fopen(path, "w");

	cr_assert_not_null(file);
	fputs("id,orphan_designated\n", file);
	for (unsigned i = 0; i < count; i++)
		fprintf(file, "P%07u,%s\n", (unsigned)(i * 7919ull % count),
			i % 50 ? "x" : "");
	fputs("P0000000,true\n", file);
	fclose(file);
}

Test(memory, ten_times_the_records)
{
	char path[64];
	struct flowing flowing;
	long few, many;

	snprintf(
		path, sizeof(path), "/tmp/shokan-memory-%d.csv", (int)getpid());
	flowing_open(&flowing);
	flowing.deaf = true;
	memory_write(path, 100000);
	flowing_run(&flowing, path, 2, 0, 0);
	cr_expect_eq(flowing.totals.records, 100001);
	few = memory_peak();
	memory_write(path, IDS_MAX + 50000);
	flowing_run(&flowing, path, 2, 0, 0);
	cr_expect_eq(flowing.totals.records, IDS_MAX + 50001);
	cr_expect_not_null(strstr(flowing.out.data,
		"id duplicate_id 4 id: the identifier is already that of the "
		"record of line 2]"));
	many = memory_peak();
	if (memory_counts) {
		cr_expect_lt(many, MEMORY_MOST, "%ld KiB", many);
		cr_expect_lt(
			many - few, MEMORY_MORE, "%ld and %ld KiB", few, many);
	}
	unlink(path);
	flowing_close(&flowing);
}

/* In order, nothing is remembered but what a later disorder would need. */
Test(memory, ten_times_the_records_in_order)
{
	char path[64];
	struct flowing flowing;
	long few, many;

	snprintf(path, sizeof(path), "/tmp/shokan-ordered-%d.csv",
		(int)getpid());
	flowing_open(&flowing);
	flowing.deaf = true;
	for (int large = 0; large < 2; large++) {
		unsigned count = large ? 1000000 : 100000;
		FILE *file = fopen(path, "w");

		cr_assert_not_null(file);
		fputs("id,orphan_designated\n", file);
		for (unsigned i = 0; i < count; i++)
			fprintf(file, "P%u,x\n", i);
		fclose(file);
		flowing_run(&flowing, path, 2, 0, 0);
		cr_expect_eq(flowing.totals.records, count);
		few = large ? few : memory_peak();
	}
	many = memory_peak();
	if (memory_counts)
		cr_expect_lt(
			many - few, MEMORY_MORE, "%ld and %ld KiB", few, many);
	unlink(path);
	flowing_close(&flowing);
}
