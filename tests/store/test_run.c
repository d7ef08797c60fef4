/*
 * Runs: portions that are whole or absent, resuming behind the last one, two
 * writers of one run, pages and orders of results, deleting.
 */
#define _XOPEN_SOURCE 700 /* mkdtemp */

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/store.h"

static char folder[64];
static char path[128];
static shk_store *store;
static shk_diag diag;

static void setup(void)
{
	snprintf(folder, sizeof(folder), "/tmp/shokan-run-XXXXXX");
	cr_assert_not_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/a.store", folder);
	cr_assert_eq(
		shk_store_open(&store, path, SHK_STORE_CREATE, &diag), SHK_OK);
}

static void teardown(void)
{
	shk_store_close(store);
	unlink(path);
	rmdir(folder);
}

TestSuite(run, .init = setup, .fini = teardown);

static shk_run_writer *begin(shk_store *in)
{
	const shk_run about = { .started = "2026-06-01T00:00:00Z",
		.finished = "",
		.engine = "1",
		.rulebook = "sha256:r",
		.inputs = "sha256:i",
		.input = "[]",
		.options = "{}",
		.policy = "{}",
		.newest = "" };
	shk_run_writer *writer;

	cr_assert_eq(shk_run_begin(&writer, in, &about, &diag), SHK_OK, "%s",
		diag.message);
	return writer;
}

static void add(shk_run_writer *writer, const char *id, const char *status)
{
	const char *cells[SHK_STORE_COLUMNS] = { id, "d", "r8", "2026-06-01",
		status, "", "v=1", "", "", "E0", "S001 L1", "a=1;b=\t" };

	cr_assert_eq(
		shk_run_add(writer, cells, &diag), SHK_OK, "%s", diag.message);
}

static enum shk_code save(
	shk_run_writer *writer, uint64_t records, const char *finished)
{
	const shk_run state = { .records = records,
		.output = records * 10,
		.worst = 4,
		.newest = "r8",
		.finished = finished };

	memset(&diag, 0, sizeof(diag));
	return shk_run_save(writer, &state, &diag);
}

/* A run as one line. */
static enum shk_code tell(void *context, const shk_run *run)
{
	char *out = context;
	size_t at = strlen(out);

	snprintf(out + at, 1000 - at,
		"%lld %s %llu/%llu %llu+%llu+%llu+%llu+%llu %llu %d %s|",
		(long long)run->id, run->finished[0] ? "whole" : "open",
		(unsigned long long)run->records,
		(unsigned long long)run->results,
		(unsigned long long)run->counts[0],
		(unsigned long long)run->counts[1],
		(unsigned long long)run->counts[2],
		(unsigned long long)run->counts[3],
		(unsigned long long)run->counts[4],
		(unsigned long long)run->output, run->worst, run->newest);
	return SHK_OK;
}

static void runs_are(const char *wanted)
{
	char text[1000] = "";
	shk_store *other;

	cr_assert_eq(
		shk_store_open(&other, path, SHK_STORE_READ, &diag), SHK_OK);
	cr_assert_eq(shk_store_runs(other, tell, text, &diag), SHK_OK);
	shk_store_close(other);
	cr_expect_str_eq(text, wanted);
}

/* The identifiers of a run's results. */
static void ids_are(int64_t id, bool sorted, const char *wanted)
{
	char text[1000] = "";
	const char *const *cells;
	shk_results *results;
	enum shk_code code;

	cr_assert_eq(shk_results_open(&results, store, id, sorted, &diag),
		SHK_OK, "%s", diag.message);
	while ((code = shk_results_next(results, &cells, &diag)) == SHK_OK) {
		size_t at = strlen(text);

		snprintf(text + at, sizeof(text) - at, "%s ", cells[0]);
		cr_expect_str_eq(cells[11], "a=1;b=\t");
	}
	cr_expect_eq(code, SHK_END);
	shk_results_close(results);
	cr_expect_str_eq(text, wanted);
}

Test(run, a_portion_is_seen_when_it_is_saved)
{
	shk_run_writer *writer = begin(store);

	cr_expect_eq(shk_run_writer_id(writer), 1);
	runs_are("1 open 0/0 0+0+0+0+0 0 0 |");
	add(writer, "b", "determined");
	add(writer, "a", "undetermined");
	runs_are("1 open 0/0 0+0+0+0+0 0 0 |");
	cr_expect_eq(save(writer, 2, ""), SHK_OK);
	runs_are("1 open 2/2 1+1+0+0+0 20 4 r8|");
	add(writer, "c", "not_applicable");
	add(writer, "d", "conflict");
	add(writer, "e", "error");
	shk_run_writer_free(writer); /* not saved: gone */
	runs_are("1 open 2/2 1+1+0+0+0 20 4 r8|");
	ids_are(1, false, "b a ");
	ids_are(1, true, "a b ");
	/* from where it was */
	cr_assert_eq(shk_run_resume(&writer, store, 1, &diag), SHK_OK);
	cr_expect_eq(shk_run_writer_results(writer), 2);
	add(writer, "c", "not_applicable");
	add(writer, "a", "conflict");
	add(writer, "B", "error");
	cr_expect_eq(save(writer, 5, "2026-06-02T00:00:00Z"), SHK_OK);
	shk_run_writer_free(writer);
	runs_are("1 whole 5/5 1+1+1+1+1 50 4 r8|");
	ids_are(1, false, "b a c a B ");
	ids_are(1, true, "B a a b c ");
	ids_are(0, true, "B a a b c ");
	cr_expect_eq(shk_run_resume(&writer, store, 1, &diag), SHK_E_USAGE);
	cr_expect_null(writer);
	cr_expect(strstr(diag.message, "is finished"));
}

Test(run, of_two_that_go_on_the_second_to_save_changes_nothing)
{
	const char *cells[SHK_STORE_COLUMNS] = { "b", "", "", "", "", "", "",
		"", "", "", "", "" };
	shk_run_writer *first = begin(store), *second;
	shk_store *other;

	cr_assert_eq(
		shk_store_open(&other, path, SHK_STORE_WRITE, &diag), SHK_OK);
	add(first, "a", "determined");
	cr_expect_eq(save(first, 1, ""), SHK_OK);
	cr_assert_eq(shk_run_resume(&second, other, 1, &diag), SHK_OK);
	add(first, "b", "determined");
	cr_expect_eq(save(first, 2, ""), SHK_OK);
	memset(&diag, 0, sizeof(diag));
	cr_expect_eq(shk_run_add(second, cells, &diag), SHK_E_USAGE);
	cr_expect(strstr(diag.message, "another process"), "%s", diag.message);
	cr_expect_eq(save(second, 2, ""), SHK_E_USAGE);
	cr_expect(strstr(diag.message, "another process"), "%s", diag.message);
	shk_run_writer_free(second);
	shk_store_close(other);
	runs_are("1 open 2/2 2+0+0+0+0 20 4 r8|");
	/* and one whose run was deleted */
	cr_expect_eq(shk_store_delete(store, 1, &diag), SHK_OK);
	cr_expect_eq(save(first, 3, ""), SHK_E_USAGE);
	shk_run_writer_free(first);
	runs_are("");
}

Test(run, two_runs_side_by_side_and_one_deleted)
{
	shk_run_writer *one = begin(store), *two;
	shk_store *other;
	shk_results *a, *b;
	const char *const *cells;

	cr_assert_eq(
		shk_store_open(&other, path, SHK_STORE_WRITE, &diag), SHK_OK);
	two = begin(other);
	for (int i = 0; i < 2500; i++) { /* more than two pages */
		char id[16];

		snprintf(id, sizeof(id), "%05d", 2499 - i);
		add(one, id, "determined");
		if (i % 500 == 499)
			cr_assert_eq(save(one, (uint64_t)i + 1, ""), SHK_OK);
	}
	add(two, "x", "determined");
	cr_assert_eq(save(two, 1, "t"), SHK_OK);
	cr_assert_eq(save(one, 2500, "t"), SHK_OK);
	shk_run_writer_free(one);
	shk_run_writer_free(two);
	cr_assert_eq(shk_results_open(&a, store, 1, true, &diag), SHK_OK);
	cr_assert_eq(shk_results_open(&b, store, 1, false, &diag), SHK_OK);
	for (int i = 0; i < 2500; i++) {
		char id[16];

		snprintf(id, sizeof(id), "%05d", i);
		cr_assert_eq(shk_results_next(a, &cells, &diag), SHK_OK);
		cr_expect_str_eq(cells[0], id);
		snprintf(id, sizeof(id), "%05d", 2499 - i);
		cr_assert_eq(shk_results_next(b, &cells, &diag), SHK_OK);
		cr_expect_str_eq(cells[0], id);
	}
	cr_expect_eq(shk_results_next(a, &cells, &diag), SHK_END);
	cr_expect_eq(shk_results_next(b, &cells, &diag), SHK_END);
	shk_results_close(a);
	shk_results_close(b);
	/* deleted while it is read */
	cr_assert_eq(shk_results_open(&a, store, 1, false, &diag), SHK_OK);
	cr_expect_eq(shk_results_next(a, &cells, &diag), SHK_OK);
	cr_expect_eq(shk_store_delete(other, 1, &diag), SHK_OK);
	for (int i = 1; i < 1000; i++)
		cr_expect_eq(shk_results_next(a, &cells, &diag), SHK_OK);
	cr_expect_eq(shk_results_next(a, &cells, &diag), SHK_E_USAGE);
	shk_results_close(a);
	runs_are("2 whole 1/1 1+0+0+0+0 10 4 r8|");
	cr_expect_eq(shk_store_delete(store, 1, &diag), SHK_E_USAGE);
	ids_are(2, false, "x ");
	/* a number is not given twice */
	cr_expect_eq(shk_store_delete(store, 2, &diag), SHK_OK);
	one = begin(store);
	cr_expect_eq(shk_run_writer_id(one), 3);
	shk_run_writer_free(one);
	shk_store_close(other);
}

static void sql(const char *text)
{
	cr_assert_eq(sqlite3_exec(store->db, text, NULL, NULL, NULL), SQLITE_OK,
		"%s: %s", text, sqlite3_errmsg(store->db));
}

/* The last result that a run takes, and the last run of a store: one more is
   refused, and nothing of it stays. */
Test(run, ceilings)
{
	const shk_run about = { .started = "2026-06-01T00:00:00Z",
		.engine = "1",
		.rulebook = "sha256:r",
		.inputs = "sha256:i",
		.input = "[]",
		.options = "{}",
		.policy = "{}" };
	const char *const cells[SHK_STORE_COLUMNS] = { "B", "d", "r8",
		"2026-06-01", "error", "", "", "", "", "E0", "", "" };
	shk_run_writer *writer = begin(store);

	add(writer, "A", "determined");
	cr_assert_eq(save(writer, 1, ""), SHK_OK);
	shk_run_writer_free(writer);
	sql("UPDATE run SET results = 4294967295, determined = 4294967295");
	cr_assert_eq(shk_run_resume(&writer, store, 1, &diag), SHK_OK);
	add(writer, "Z", "determined");
	cr_expect_eq(shk_run_add(writer, cells, &diag), SHK_E_LIMIT);
	cr_expect_str_eq(
		diag.message, "a run takes at most 4294967296 results");
	cr_expect_eq(save(writer, 2, "2026-06-02T00:00:00Z"), SHK_OK);
	shk_run_writer_free(writer);
	runs_are("1 whole 2/4294967296 4294967296+0+0+0+0 20 4 r8|");

	sql("UPDATE sqlite_sequence SET seq = 2147483646 WHERE name = 'run'");
	writer = begin(store);
	add(writer, "A", "determined");
	cr_expect_eq(save(writer, 1, "2026-06-02T00:00:00Z"), SHK_OK);
	shk_run_writer_free(writer);
	ids_are(2147483647, true, "A ");
	cr_expect_eq(shk_run_begin(&writer, store, &about, &diag), SHK_E_LIMIT);
	cr_expect_null(writer);
	cr_expect_str_eq(diag.message, "a store takes at most 2147483647 runs");
	runs_are("1 whole 2/4294967296 4294967296+0+0+0+0 20 4 r8|"
		 "2147483647 whole 1/1 1+0+0+0+0 10 4 r8|");
}

Test(run, there_is_none)
{
	shk_results *results;
	char text[1000] = "";

	cr_expect_eq(shk_store_run(store, 0, tell, text, &diag), SHK_E_USAGE);
	cr_expect_str_eq(diag.message, "there is no run");
	memset(&diag, 0, sizeof(diag));
	cr_expect_eq(shk_store_run(store, 7, tell, text, &diag), SHK_E_USAGE);
	cr_expect_str_eq(diag.message, "there is no run 7");
	cr_expect_eq(
		shk_results_open(&results, store, 7, true, &diag), SHK_E_USAGE);
	cr_expect_null(results);
}
