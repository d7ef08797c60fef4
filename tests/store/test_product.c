/*
 * Products: an import is whole or absent and changes nothing twice; who reads
 * an edition reads it to its end whatever is imported meanwhile; and every
 * allocation that fails is reported.
 */
#define _XOPEN_SOURCE 700 /* mkdtemp */

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "store/store.h"

static char folder[64];
static char path[128];
static shk_store *store;
static shk_diag diag;

static void setup(void)
{
	snprintf(folder, sizeof(folder), "/tmp/shokan-product-XXXXXX");
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

TestSuite(product, .init = setup, .fini = teardown);

static const shk_import_file file = { .path = "a.csv",
	.sha256 = "sha256:f",
	.bytes = 9,
	.when = "2026-06-01T00:00:00Z" };

/* "id=facts id=facts ..." into the store; the counts as "added/changed/same". */
static enum shk_code put(shk_store *in, const char *words, char counts[64])
{
	shk_import *import = NULL;
	shk_import_counts got;
	enum shk_code code;
	char id[32], facts[64];
	long row = 1;
	int used;

	counts[0] = '\0';
	memset(&diag, 0, sizeof(diag));
	code = shk_import_begin(&import, in, &diag);
	while (!code && *words) {
		shk_row line = { "a.csv", ++row, facts, "{}" };
		const char *equals = strchr(words, '=');

		used = (int)strcspn(words, " ");
		snprintf(id, sizeof(id), "%.*s", (int)(equals - words), words);
		snprintf(facts, sizeof(facts), "%.*s",
			(int)(words + used - equals - 1), equals + 1);
		words += used;
		words += *words == ' ';
		code = shk_import_add(import, id, &line, &diag);
	}
	if (!code)
		code = shk_import_commit(import, &file, &got, &diag);
	if (!code)
		snprintf(counts, 64, "%llu/%llu/%llu",
			(unsigned long long)got.added,
			(unsigned long long)got.changed,
			(unsigned long long)got.same);
	shk_import_free(import);
	return code;
}

static void puts_as(const char *words, const char *counts)
{
	char got[64];

	cr_assert_eq(put(store, words, got), SHK_OK, "%s", diag.message);
	cr_expect_str_eq(got, counts, "%s", words);
}

/* The facts from where the reading is to the end. */
static void rest_is(shk_row_source rows, const char *wanted)
{
	char text[256] = "";
	shk_row row;
	enum shk_code code;

	while ((code = rows.next(rows.context, &row, &diag)) == SHK_OK) {
		size_t at = strlen(text);

		snprintf(text + at, sizeof(text) - at, "%s@%ld ", row.facts,
			row.row);
		cr_expect_str_eq(row.path, "a.csv");
	}
	cr_expect_eq(code, SHK_END);
	cr_expect_str_eq(text, wanted);
}

static void products_are(const char *wanted, int64_t edition)
{
	shk_products *products;

	cr_assert_eq(shk_products_open(&products, store, &diag), SHK_OK);
	cr_expect_eq(shk_products_edition(products), edition);
	rest_is(shk_products_rows(products), wanted);
	rest_is(shk_products_rows(products), wanted);
	shk_products_close(products);
}

Test(product, an_import_changes_what_differs)
{
	products_are("", 0);
	puts_as("b=1 a=2", "2/0/0");
	products_are("1@2 2@3 ", 1);
	puts_as("a=2 b=1", "0/0/2");
	products_are("1@2 2@3 ", 1);
	puts_as("a=3 c=4", "1/1/0");
	products_are("1@2 3@2 4@3 ", 2);
	puts_as("a=2", "0/1/0"); /* back to the older facts */
	products_are("1@2 2@2 4@3 ", 3);
}

Test(product, what_is_wrong_leaves_nothing)
{
	char counts[64];
	shk_import *import;
	shk_row row = { "a.csv", 2, "1", "{}" };

	puts_as("a=1", "1/0/0");
	cr_expect_eq(put(store, "b=1 a=5 b=2", counts), SHK_E_INPUT);
	cr_expect_str_eq(
		diag.message, "id: this is already the record of line 2");
	cr_expect_eq(diag.line, 4);
	cr_expect_str_eq(diag.reason, "duplicate_id");
	cr_assert_eq(shk_import_begin(&import, store, &diag), SHK_OK);
	cr_assert_eq(shk_import_add(import, "z", &row, &diag), SHK_OK);
	shk_import_free(import);
	products_are("1@2 ", 1);
	puts_as("b=1", "1/0/0"); /* what waited is gone as well */
}

Test(product, an_edition_is_read_to_its_end)
{
	shk_products *old;
	shk_row_source rows;
	shk_row row;
	shk_store *other;
	char counts[64];

	puts_as("a=1 b=2 c=3", "3/0/0");
	cr_assert_eq(shk_products_open(&old, store, &diag), SHK_OK);
	rows = shk_products_rows(old);
	cr_assert_eq(rows.next(rows.context, &row, &diag), SHK_OK);
	cr_assert_eq(
		shk_store_open(&other, path, SHK_STORE_WRITE, &diag), SHK_OK);
	cr_assert_eq(
		put(other, "d=4 b=9 a=8", counts), SHK_OK, "%s", diag.message);
	shk_store_close(other);
	rest_is(rows, "2@3 3@4 ");
	rest_is(shk_products_rows(old), "1@2 2@3 3@4 ");
	cr_expect_eq(shk_products_count(old), 3);
	shk_products_close(old);
	products_are("8@4 9@3 3@4 4@2 ", 2);
}

/* More than one page, in the order of import. */
Test(product, pages)
{
	shk_import *import;
	shk_import_counts counts;
	shk_products *products;
	shk_row_source rows;
	shk_row row = { "a.csv", 0, NULL, "{}" };
	char text[16];

	cr_assert_eq(shk_import_begin(&import, store, &diag), SHK_OK);
	for (int i = 0; i < 2001; i++) {
		snprintf(text, sizeof(text), "%d", 5000 - i);
		row.row = i;
		row.facts = text;
		cr_assert_eq(shk_import_add(import, text, &row, &diag), SHK_OK);
	}
	cr_assert_eq(shk_import_commit(import, &file, &counts, &diag), SHK_OK);
	shk_import_free(import);
	cr_assert_eq(shk_products_open(&products, store, &diag), SHK_OK);
	rows = shk_products_rows(products);
	for (int i = 0; i < 2001; i++) {
		cr_assert_eq(rows.next(rows.context, &row, &diag), SHK_OK);
		snprintf(text, sizeof(text), "%d", 5000 - i);
		cr_expect_str_eq(row.facts, text);
	}
	cr_expect_eq(rows.next(rows.context, &row, &diag), SHK_END);
	shk_products_close(products);
}

/* Everything once: import, run, results in order, products. */
static enum shk_code all(void)
{
	const shk_run about = { .started = "t",
		.finished = "",
		.engine = "1",
		.rulebook = "",
		.inputs = "",
		.input = "",
		.options = "",
		.policy = "",
		.newest = "" };
	const shk_run state = { .records = 1, .finished = "t", .newest = "" };
	const char *cells[SHK_STORE_COLUMNS] = { "a", "", "", "", "", "", "",
		"", "", "", "", "" };
	const char *const *read;
	shk_store *own = NULL;
	shk_run_writer *writer = NULL;
	shk_results *results = NULL;
	shk_products *products = NULL;
	shk_row_source rows;
	shk_row row;
	char counts[64];
	enum shk_code code = shk_store_open(&own, path, SHK_STORE_WRITE, &diag);

	if (!code)
		code = put(own, "a=1", counts);
	if (!code)
		code = shk_run_begin(&writer, own, &about, &diag);
	if (!code)
		code = shk_run_add(writer, cells, &diag);
	if (!code)
		code = shk_run_save(writer, &state, &diag);
	if (!code)
		code = shk_results_open(
			&results, own, shk_run_writer_id(writer), true, &diag);
	if (!code)
		code = shk_results_next(results, &read, &diag);
	if (!code)
		code = shk_products_open(&products, own, &diag);
	if (!code) {
		rows = shk_products_rows(products);
		code = rows.next(rows.context, &row, &diag);
	}
	shk_products_close(products);
	shk_results_close(results);
	shk_run_writer_free(writer);
	shk_store_close(own);
	return code;
}

Test(product, every_allocation_that_fails_is_reported)
{
	int64_t before = memory_stats().in_use;
	uint64_t nth = 0;
	enum shk_code code;

	do {
		memset(&diag, 0, sizeof(diag));
		memory_fail_at(++nth, false);
		code = all();
		memory_fail_at(0, false);
		if (code)
			cr_expect_eq(code, SHK_E_MEMORY, "%llu: %s",
				(unsigned long long)nth, diag.message);
		cr_expect_eq(memory_stats().in_use, before, "%llu",
			(unsigned long long)nth);
	} while (code && nth < 100);
	cr_expect_eq(code, SHK_OK);
	cr_expect_gt(nth, 5);
}

/* SQLite's memory through the same counter: the size stands in front. */
static void *sql_alloc(int size)
{
	int64_t *block = memory_alloc((size_t)size + 16);

	if (!block)
		return NULL;
	block[0] = size;
	return block + 2;
}

static void sql_free(void *block)
{
	if (block)
		memory_free((int64_t *)block - 2);
}

static int sql_size(void *block)
{
	return block ? (int)((int64_t *)block)[-2] : 0;
}

static void *sql_resize(void *block, int size)
{
	int64_t *moved = memory_resize(
		block ? (int64_t *)block - 2 : NULL, (size_t)size + 16);

	if (!moved)
		return NULL;
	moved[0] = size;
	return moved + 2;
}

static int sql_round(int size)
{
	return (size + 7) & ~7;
}

static int sql_start(void *context)
{
	(void)context;
	return SQLITE_OK;
}

static void sql_stop(void *context)
{
	(void)context;
}

/* Whatever SQLite could not get: reported, and the store is whole. */
Test(product, allocations_of_sqlite_that_fail)
{
	static const sqlite3_mem_methods methods = { sql_alloc, sql_free,
		sql_resize, sql_size, sql_round, sql_start, sql_stop, NULL };
	enum shk_code code = SHK_E_MEMORY;
	int64_t whole;
	int failed = 0;

	shk_store_close(store);
	sqlite3_shutdown();
	cr_assert_eq(sqlite3_config(SQLITE_CONFIG_MALLOC, &methods), SQLITE_OK);
	cr_assert_eq(sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0), SQLITE_OK);
	for (uint64_t nth = 1; code && nth < 100000; nth += nth / 6 + 1) {
		memset(&diag, 0, sizeof(diag));
		memory_fail_at(nth, true);
		code = all();
		memory_fail_at(0, false);
		failed += code == SHK_E_MEMORY;
		cr_expect(!code || code == SHK_E_MEMORY, "%llu: %d %s",
			(unsigned long long)nth, code, diag.message);
	}
	cr_expect_eq(code, SHK_OK);
	cr_expect_gt(failed, 20);
	cr_assert_eq(
		shk_store_open(&store, path, SHK_STORE_WRITE, &diag), SHK_OK);
	cr_assert_eq(store_number(store,
			     "SELECT count(*) FROM pragma_integrity_check"
			     " WHERE integrity_check = 'ok'",
			     &whole, &diag),
		SHK_OK);
	cr_expect_eq(whole, 1);
}
