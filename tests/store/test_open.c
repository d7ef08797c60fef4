/*
 * Opening a store: what is made, what is refused and in which words, and the
 * upgrade of an older one, which keeps a copy of what was. Files of other
 * versions and programs are made here with SQLite itself.
 */
#define _XOPEN_SOURCE 700 /* mkdtemp */

#include <criterion/criterion.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/store.h"

static char folder[64];
static char path[128];

static void setup(void)
{
	snprintf(folder, sizeof(folder), "/tmp/shokan-store-XXXXXX");
	cr_assert_not_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/a.store", folder);
}

static void teardown(void)
{
	DIR *list = opendir(folder);
	struct dirent *entry;
	char name[400];

	while ((entry = readdir(list))) {
		snprintf(name, sizeof(name), "%s/%s", folder, entry->d_name);
		unlink(name);
	}
	closedir(list);
	rmdir(folder);
}

static int files(void)
{
	DIR *list = opendir(folder);
	int count = 0;
	struct dirent *entry;

	while ((entry = readdir(list)))
		count += entry->d_name[0] != '.';
	closedir(list);
	return count;
}

/* A file made by SQLite alone. */
static void make(const char *file, const char *sql)
{
	sqlite3 *db;

	cr_assert_eq(sqlite3_open(file, &db), SQLITE_OK);
	cr_assert_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK, "%s",
		sqlite3_errmsg(db));
	sqlite3_close(db);
}

/* The first column of the first row as text. */
static void ask(const char *file, const char *sql, char out[64])
{
	sqlite3 *db;
	sqlite3_stmt *statement;

	cr_assert_eq(sqlite3_open(file, &db), SQLITE_OK);
	cr_assert_eq(sqlite3_prepare_v2(db, sql, -1, &statement, NULL),
		SQLITE_OK, "%s", sqlite3_errmsg(db));
	cr_assert_eq(sqlite3_step(statement), SQLITE_ROW);
	snprintf(
		out, 64, "%s", (const char *)sqlite3_column_text(statement, 0));
	sqlite3_finalize(statement);
	sqlite3_close(db);
}

static void put(const char *file, const char *bytes)
{
	FILE *stream = fopen(file, "w");

	fputs(bytes, stream);
	fclose(stream);
}

static void refused(
	const char *file, enum shk_store_mode mode, const char *words)
{
	shk_store *store = (shk_store *)&words;
	shk_diag diag = { 0 };

	cr_expect_eq(shk_store_open(&store, file, mode, &diag), SHK_E_IO,
		"%s: %s", file, words);
	cr_expect_null(store);
	cr_expect(strstr(diag.message, words), "%s: got \"%s\"", words,
		diag.message);
	cr_expect_str_eq(diag.path, file);
}

TestSuite(open, .init = setup, .fini = teardown);

Test(open, a_new_store_is_one_file_of_this_program)
{
	shk_store *store;
	shk_diag diag = { 0 };
	char text[64], wanted[64];

	cr_assert_eq(shk_store_open(&store, path, SHK_STORE_CREATE, &diag),
		SHK_OK, "%s", diag.message);
	cr_expect_null(shk_store_backup(store));
	shk_store_close(store);
	ask(path, "PRAGMA application_id", text);
	cr_expect_str_eq(text, "1936224107"); /* 0x73686F6B */
	ask(path, "PRAGMA user_version", text);
	snprintf(wanted, sizeof(wanted), "%d", shk_store_version());
	cr_expect_str_eq(text, wanted);
	ask(path, "PRAGMA integrity_check", text);
	cr_expect_str_eq(text, "ok");
	cr_expect_eq(files(), 1);
	for (int mode = SHK_STORE_READ; mode <= SHK_STORE_CREATE; mode++) {
		cr_expect_eq(shk_store_open(&store, path,
				     (enum shk_store_mode)mode, &diag),
			SHK_OK, "mode %d: %s", mode, diag.message);
		shk_store_close(store);
	}
	cr_expect_eq(files(), 1);
}

Test(open, what_is_no_store_is_refused_and_untouched)
{
	char text[64];
	char newer[128];

	refused(path, SHK_STORE_READ, "no such store");
	refused(path, SHK_STORE_WRITE, "no such store");
	cr_expect_eq(files(), 0);
	refused(folder, SHK_STORE_CREATE, "folder");
	refused("/dev/null", SHK_STORE_CREATE, "ordinary file");
	refused("", SHK_STORE_CREATE, "file name");
	put(path, "id,name\nA1,x\n");
	refused(path, SHK_STORE_CREATE, "no store of shokan");
	refused(path, SHK_STORE_READ, "no store of shokan");
	unlink(path);
	put(path, "");
	refused(path, SHK_STORE_READ, "empty");
	make(path, "CREATE TABLE mine (x); INSERT INTO mine VALUES (7)");
	refused(path, SHK_STORE_CREATE, "another program");
	refused(path, SHK_STORE_WRITE, "another program");
	ask(path, "SELECT x FROM mine", text);
	cr_expect_str_eq(text, "7");
	unlink(path);
	snprintf(newer, sizeof(newer),
		"PRAGMA application_id = 1936224107; PRAGMA user_version = %d",
		shk_store_version() + 1);
	make(path, newer);
	refused(path, SHK_STORE_READ, "newer shokan");
	refused(path, SHK_STORE_CREATE, "newer shokan");
	cr_expect_eq(files(), 1);
}

Test(open, names_that_sqlite_would_take_for_its_own)
{
	static const char *const names[] = { ":memory:", "file:x?mode=memory" };
	shk_diag diag = { 0 };
	struct stat info;

	cr_assert_eq(chdir(folder), 0);
	for (size_t i = 0; i < 2; i++) {
		shk_store *store;

		cr_expect_eq(shk_store_open(
				     &store, names[i], SHK_STORE_CREATE, &diag),
			SHK_OK, "%s: %s", names[i], diag.message);
		shk_store_close(store);
		cr_expect_eq(stat(names[i], &info), 0, "%s", names[i]);
	}
}

/* A store of version 1, as its step made it. */
static void make_first(void)
{
	make(path, store_steps[0]);
	make(path,
		"PRAGMA application_id = 1936224107; PRAGMA user_version = 1;"
		"INSERT INTO source VALUES (1, 'records', 'a.csv', 'f', 9,"
		" '2026-06-01T00:00:00Z');"
		"INSERT INTO product VALUES (1, 1, NULL, 'A1', 2, '{}', '{}')");
}

Test(open, an_older_store_is_copied_and_upgraded)
{
	shk_store *store;
	shk_diag diag = { 0 };
	char text[64], copy[200];

	make_first();
	cr_assert_eq(shk_store_open(&store, path, SHK_STORE_READ, &diag),
		SHK_OK, "%s", diag.message);
	cr_assert_not_null(shk_store_backup(store));
	snprintf(copy, sizeof(copy), "%s", shk_store_backup(store));
	shk_store_close(store);
	cr_expect(strstr(copy, "a.store.v1.backup"));
	ask(copy, "PRAGMA user_version", text);
	cr_expect_str_eq(text, "1");
	ask(copy, "SELECT id FROM product", text);
	cr_expect_str_eq(text, "A1");
	ask(path, "SELECT id FROM product", text);
	cr_expect_str_eq(text, "A1");
	ask(path, "SELECT count(*) FROM run", text);
	cr_expect_str_eq(text, "0");
	/* a second copy does not replace the first */
	unlink(path);
	make_first();
	cr_assert_eq(
		shk_store_open(&store, path, SHK_STORE_READ, &diag), SHK_OK);
	cr_expect(strstr(shk_store_backup(store), "a.store.v1.2.backup"));
	shk_store_close(store);
	cr_expect_eq(files(), 3);
}

/* A thousand copies of one version stand beside the store, not one more. */
Test(open, copies_have_a_ceiling)
{
	char copy[200], text[64];
	shk_store *store;
	shk_diag diag = { 0 };

	for (int i = 1; i < 1000; i++) {
		if (i == 1)
			snprintf(copy, sizeof(copy), "%s.v1.backup", path);
		else
			snprintf(
				copy, sizeof(copy), "%s.v1.%d.backup", path, i);
		put(copy, "");
	}
	make_first();
	cr_assert_eq(
		shk_store_open(&store, path, SHK_STORE_READ, &diag), SHK_OK);
	cr_expect(strstr(shk_store_backup(store), "a.store.v1.1000.backup"));
	shk_store_close(store);
	unlink(path);
	make_first();
	refused(path, SHK_STORE_WRITE, "no copy of it can be made");
	ask(path, "PRAGMA user_version", text);
	cr_expect_str_eq(text, "1");
	cr_expect_eq(files(), 1001);
}

Test(open, a_failed_upgrade_changes_nothing)
{
	char text[64];

	make_first();
	make(path, "CREATE TABLE run (in_the_way)");
	refused(path, SHK_STORE_WRITE, "already exists");
	ask(path, "PRAGMA user_version", text);
	cr_expect_str_eq(text, "1");
	cr_expect_eq(files(), 1);
}
