/*
 * The same bytes, the same messages in the same places and the same counts for
 * any number of threads and any size of parts; and what ends a flow ends it at
 * the same record.
 */
#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "flow/flowing.h"

static const unsigned some_jobs[] = { 1, 2, 7 };
static const size_t some_sizes[] = { 1, 30, 200, 5000 };

/* One part and one thread against all others. */
static void check(struct flowing *flowing, const char *path, const char *row)
{
	char *expected = strdup(flowing_run(flowing, path, 1, 1u << 24, 0));
	enum shk_code code = flowing->code;

	for (size_t i = 0; i < 3; i++) {
		for (size_t j = 0; j < 4; j++) {
			const char *got = flowing_run(
				flowing, path, some_jobs[i], some_sizes[j], 0);

			cr_assert_eq(flowing->code, code, "%s", row);
			cr_assert_str_eq(got, expected,
				"%s: %u jobs, parts of %zu", row, some_jobs[i],
				some_sizes[j]);
		}
	}
	free(expected);
}

static const char header[] = "id,name,orphan_designated,indication_aid,"
			     "annual_tests,base_points\n";

/* Rows in order; every seventh is wrong, with quotes and line ends. */
static void make(struct buffer *out, unsigned count, bool twice)
{
	buffer_text(out, header);
	for (unsigned i = 0; i < count; i++) {
		unsigned id = twice && i % 50 == 49 ? i / 2 : i;

		buffer_format(out, "P%u,\"a\n\"\"b\",true,false,%u%s,%u\n", id,
			100 + i % 900, i % 7 == 6 ? "x" : "", 500 + i);
	}
}

static void check_made(
	struct flowing *flowing, unsigned count, bool twice, const char *row)
{
	struct buffer text;
	const char *path;

	buffer_init(&text);
	make(&text, count, twice);
	path = flowing_file(".csv", text.data, text.size);
	check(flowing, path, row);
	unlink(path);
	buffer_release(&text);
}

Test(flow, any_number_of_threads)
{
	struct flowing flowing;

	flowing_open(&flowing);
	check_made(&flowing, 200, false, "in order");
	check_made(&flowing, 200, true, "twice");
	flowing.format = SHK_REPORT_JSON;
	check_made(&flowing, 60, true, "json");
	flowing.format = SHK_REPORT_TEXT;
	check_made(&flowing, 60, true, "text");
	flowing.format = SHK_REPORT_TAP;
	check_made(&flowing, 60, true, "tap");
	flowing.format = SHK_REPORT_GITHUB;
	check_made(&flowing, 60, true, "github");
	flowing.format = SHK_REPORT_JUNIT;
	check_made(&flowing, 60, true, "junit");
	flowing.format = SHK_REPORT_SARIF;
	check_made(&flowing, 60, true, "sarif");
	flowing_close(&flowing);
}

/* The first record of an identifier is right, the second is refused. */
Test(flow, an_identifier_of_an_earlier_part)
{
	static const char rows[] = "id,orphan_designated\nB,true\nC,true\nA,"
				   "true\nC,false\nB,true\n"
				   "D,true\nA,x\n";
	struct flowing flowing;
	const char *path, *got;

	flowing_open(&flowing);
	path = flowing_file(".csv", rows, sizeof(rows) - 1);
	for (size_t i = 0; i < 3; i++) {
		got = flowing_run(&flowing, path, some_jobs[i], 1, 0);
		cr_expect_not_null(strstr(got,
			"[0 5:1 id duplicate_id 4 id: \"C\" is already the "
			"record of line 3]"));
		cr_expect_not_null(strstr(got,
			"[0 6:1 id duplicate_id 4 id: \"B\" is already the "
			"record of line 2]"));
		cr_expect_not_null(strstr(got,
			"[0 8:1 id duplicate_id 4 id: \"A\" is already the "
			"record of line 4]"));
		cr_expect_eq(flowing.totals.records, 7);
	}
	unlink(path);
	flowing_close(&flowing);
}

/* A file that cannot be read on ends there, whatever was read ahead. */
Test(flow, a_file_that_ends_early)
{
	struct flowing flowing;
	struct buffer text;
	const char *path;

	flowing_open(&flowing);
	buffer_init(&text);
	make(&text, 100, false);
	buffer_text(&text, "Q1,\xFF,true,false,1,1\n");
	for (int i = 0; i < 100; i++)
		buffer_format(&text, "R%d,a,true,false,1,1\n", i);
	path = flowing_file(".csv", text.data, text.size);
	flowing.read.encoding = SHK_ENCODING_UTF8;
	check(&flowing, path, "not UTF-8");
	cr_expect_eq(flowing.totals.records, 100);
	cr_expect(flowing.totals.wrong);
	unlink(path);
	buffer_release(&text);
	flowing_close(&flowing);
}

/* What stops everything: a field that cannot be set, the sink, the caller. */
Test(flow, what_ends_a_flow)
{
	struct flowing flowing;
	struct buffer text;
	const char *path;

	flowing_open(&flowing);
	buffer_init(&text);
	make(&text, 300, false);
	path = flowing_file(".csv", text.data, text.size);
	flowing.set = (shk_flow_set){ "annual_tests", "many" };
	check(&flowing, path, "set");
	cr_expect_eq(flowing.code, SHK_E_USAGE);
	cr_expect_eq(flowing.totals.bad_set, &flowing.set);
	flowing.set = (shk_flow_set){ "annual_tests", "700" };
	check(&flowing, path, "set well");
	cr_expect_eq(flowing.code, SHK_OK);
	flowing.set.name = NULL;
	flowing.fails = true;
	for (size_t i = 0; i < 3; i++) {
		flowing_run(&flowing, path, some_jobs[i], 200, 0);
		cr_expect_eq(flowing.code, SHK_E_IO);
		cr_expect_eq(flowing.calls, 3);
	}
	flowing.fails = false;
	flowing.stop_at = 4;
	for (size_t i = 0; i < 3; i++) {
		flowing_run(&flowing, path, some_jobs[i], 200, 0);
		cr_expect_eq(flowing.code, SHK_E_IO);
		cr_expect_eq(flowing.marks, 4);
	}
	unlink(path);
	buffer_release(&text);
	flowing_close(&flowing);
}

/* Going on behind `skip` records answers exactly the rest. */
Test(flow, skipping_records)
{
	struct flowing flowing;
	struct buffer text;
	const char *path;
	char *whole, *rest;

	flowing_open(&flowing);
	buffer_init(&text);
	make(&text, 100, true);
	path = flowing_file(".csv", text.data, text.size);
	flowing_run(&flowing, path, 1, 100, 0);
	whole = strdup(flowing.feed.data);
	for (uint64_t skip = 0; skip <= 100; skip += 20) {
		for (size_t i = 0; i < 3; i++) {
			flowing_run(&flowing, path, some_jobs[i], 300, skip);
			rest = whole;
			for (uint64_t n = 0; n < skip; n++)
				rest = strchr(rest, '\n') + 1;
			cr_expect_str_eq(
				flowing.feed.data ? flowing.feed.data : "",
				rest);
			cr_expect_eq(flowing.totals.records, 100);
			cr_expect_eq(flowing.totals.seen, 100 - skip);
		}
	}
	free(whole);
	unlink(path);
	buffer_release(&text);
	flowing_close(&flowing);
}

/* Whichever allocation fails, the flow says so and ends. */
Test(flow, memory_that_runs_out)
{
	struct flowing flowing;
	struct buffer text;
	const char *path;

	flowing_open(&flowing);
	buffer_init(&text);
	make(&text, 60, true);
	path = flowing_file(".csv", text.data, text.size);
	for (size_t i = 0; i < 3; i++) {
		unsigned failed = 0;

		flowing.starve = 0;
		do {
			flowing.starve += 1 + flowing.starve / 16;
			flowing_run(&flowing, path, some_jobs[i], 200, 0);
			failed += flowing.code != SHK_OK;
			if (flowing.code)
				cr_assert_eq(flowing.code, SHK_E_MEMORY, "%s",
					flowing.out.data);
		} while (flowing.code);
		cr_expect_gt(failed, 20);
	}
	unlink(path);
	buffer_release(&text);
	flowing_close(&flowing);
}

/* All of them in one flow. */
Test(flow, every_fixture)
{
	static const char *const folders[] = { SOURCE_FOLDER
		"/fixtures/products",
		SOURCE_FOLDER "/fixtures/bad" };
	static char names[400][512];
	static const char *paths[400];
	struct flowing flowing;
	size_t count = 0;
	char *expected;

	for (size_t i = 0; i < 2; i++) {
		const struct dirent *entry;
		DIR *listing = opendir(folders[i]);

		cr_assert_not_null(listing);
		while (count < 400 && (entry = readdir(listing))) {
			const char *ending = strrchr(entry->d_name, '.');

			if (!ending || (strcmp(ending, ".csv") != 0 &&
					       strcmp(ending, ".tsv") != 0 &&
					       strcmp(ending, ".json") != 0 &&
					       strcmp(ending, ".jsonl") != 0 &&
					       strcmp(ending, ".xml") != 0))
				continue;
			snprintf(names[count], sizeof(names[count]), "%s/%s",
				folders[i], entry->d_name);
			paths[count] = names[count];
			count++;
		}
		closedir(listing);
	}
	cr_assert_gt(count, 100);
	flowing_open(&flowing);
	flowing.paths = paths;
	flowing.path_count = count;
	expected = strdup(flowing_run(&flowing, NULL, 1, 1u << 24, 0));
	for (size_t i = 0; i < 3; i++)
		for (size_t j = 0; j < 3; j++)
			cr_expect_str_eq(
				flowing_run(&flowing, NULL, some_jobs[i],
					some_sizes[j], 0),
				expected, "%u jobs, parts of %zu", some_jobs[i],
				some_sizes[j]);
	free(expected);
	flowing_close(&flowing);
}

Test(flow, options_that_cannot_be)
{
	struct flowing flowing;

	flowing_open(&flowing);
	flowing_run(&flowing, "/dev/null", SHK_JOBS_MAX, 1, 0);
	cr_expect_eq(flowing.code, SHK_OK);
	flowing_run(&flowing, "/dev/null", SHK_JOBS_MAX + 1, 1, 0);
	cr_expect_eq(flowing.code, SHK_E_USAGE);
	flowing.report_count = 16;
	flowing_run(&flowing, "/dev/null", 2, 1, 0);
	cr_expect_eq(flowing.code, SHK_OK);
	flowing.report_count = 17;
	flowing_run(&flowing, "/dev/null", 2, 1, 0);
	cr_expect_eq(flowing.code, SHK_E_USAGE);
	flowing.report_count = 0;
	flowing_run(&flowing, "/no/such/file.csv", 2, 1, 0);
	cr_expect_eq(flowing.code, SHK_E_IO);
	flowing_close(&flowing);
}
