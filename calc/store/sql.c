/*
 * SQLite's calls with this library's errors. A message says what the user can
 * do: SQLite's own words are behind it, since they name the table or rule that
 * was broken. The extended code is used: it tells a full disk from a failed
 * read, and a folder that is not writable from a missing one.
 */
#include <string.h>

#include "base/date.h"
#include "store/store.h"

/* What a result code means to the user, or NULL: SQLite's words will do. */
static const char *store_meaning(int rc)
{
	switch (rc & 0xFF) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return "the store is locked by another process; try again "
		       "when it has finished";
	case SQLITE_FULL:
		return "the disk is full; nothing of this step was saved";
	case SQLITE_IOERR:
		return "the disk refuses; nothing of this step was saved";
	case SQLITE_READONLY:
		return "the store or its folder is not writable";
	case SQLITE_CANTOPEN:
		return "the file, or a file beside it, cannot be opened: the "
		       "folder must be writable";
	case SQLITE_NOTADB:
		return "this is no store of shokan";
	case SQLITE_CORRUPT:
		return "the store is damaged, or the disk does not give it; "
		       "take a copy "
		       "of it back";
	default:
		return NULL;
	}
}

enum shk_code store_fail(
	const shk_store *store, int rc, const char *what, shk_diag *diag)
{
	const char *meaning = store_meaning(rc);
	const char *words =
		store->db ? sqlite3_errmsg(store->db) : sqlite3_errstr(rc);

	if ((rc & 0xFF) == SQLITE_NOMEM)
		return diag_memory(diag);
	if (meaning)
		diag_set(diag, SHK_E_IO, "cannot %s: %s (%s)", what, meaning,
			words);
	else
		diag_set(diag, SHK_E_IO, "cannot %s: %s", what, words);
	diag_place(diag, store->path, 0, 0);
	return SHK_E_IO;
}

enum shk_code store_run(shk_store *store, const char *sql, shk_diag *diag)
{
	int rc = sqlite3_exec(store->db, sql, NULL, NULL, NULL);

	return rc == SQLITE_OK ? SHK_OK
			       : store_fail(store, rc, "use the store", diag);
}

enum shk_code store_prepare(
	shk_store *store, sqlite3_stmt **out, const char *sql, shk_diag *diag)
{
	int rc = sqlite3_prepare_v2(store->db, sql, -1, out, NULL);

	return rc == SQLITE_OK ? SHK_OK
			       : store_fail(store, rc, "use the store", diag);
}

enum shk_code store_step(
	shk_store *store, sqlite3_stmt *statement, shk_diag *diag)
{
	int rc = sqlite3_step(statement);

	if (rc == SQLITE_ROW)
		return SHK_OK;
	if (rc == SQLITE_DONE)
		return SHK_END;
	return store_fail(store, rc,
		sqlite3_stmt_readonly(statement) ? "read the store"
						 : "write to the store",
		diag);
}

enum shk_code store_done(
	shk_store *store, sqlite3_stmt *statement, shk_diag *diag)
{
	enum shk_code code = store_step(store, statement, diag);

	sqlite3_reset(statement);
	return code == SHK_END ? SHK_OK : code;
}

enum shk_code store_number(
	shk_store *store, const char *sql, int64_t *out, shk_diag *diag)
{
	sqlite3_stmt *statement = NULL;
	enum shk_code code = store_prepare(store, &statement, sql, diag);

	*out = 0;
	if (!code)
		code = store_step(store, statement, diag);
	if (!code)
		*out = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return code == SHK_END ? SHK_OK : code;
}

void store_bind(sqlite3_stmt *statement, int place, const char *text)
{
	sqlite3_bind_text(statement, place, text, -1, SQLITE_STATIC);
}

const char *store_column(sqlite3_stmt *statement, int place)
{
	const unsigned char *text = sqlite3_column_text(statement, place);

	return text ? (const char *)text : "";
}

/* At once as a writer: a reader that turns into one later can deadlock. */
enum shk_code store_begin(shk_store *store, shk_diag *diag)
{
	return store_run(store, "BEGIN IMMEDIATE", diag);
}

enum shk_code store_commit(shk_store *store, shk_diag *diag)
{
	enum shk_code code = store_run(store, "COMMIT", diag);

	if (code)
		store_rollback(store);
	return code;
}

void store_rollback(shk_store *store)
{
	if (!sqlite3_get_autocommit(store->db))
		sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
}

enum shk_code store_day(
	const char *text, bool before, char out[11], shk_diag *diag)
{
	int32_t days;

	if (!date_parse(text, strlen(text), &days) ||
		(before && strcmp(text, "0001-01-01") == 0))
		return diag_set(diag, SHK_E_USAGE,
			"%.40s is no day; a day is YYYY-MM-DD", text);
	date_format(days - before, out);
	return SHK_OK;
}
