/*
 * Inside store/: the connection, and SQLite's calls with this library's
 * errors. Every failure is SHK_E_IO (or SHK_E_MEMORY) with the store's path.
 *
 * Writes happen between store_begin and store_commit; store_rollback after a
 * failure does nothing when no transaction is open. Keep them short: others
 * wait meanwhile.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <sqlite3.h>
#include <stdint.h>

#include <shokan/store.h>

#include "base/diag.h"

#define STORE_APPLICATION 0x73686F6B /* "shok", in the file's header */

struct shk_store {
	sqlite3 *db;
	char *path;   /* as the caller wrote it */
	char *backup; /* NULL: no upgrade was needed */
	int sorted;   /* tables of orders that were made so far */
};

/* One step of the schema: from version i to i + 1. Never edited, never
   reordered once released: a new step is added behind. */
extern const char *const store_steps[];
extern const int store_step_count;

/* Bring the schema to the newest version; `version` is the file's. */
enum shk_code store_upgrade(shk_store *store, int version, shk_diag *diag);

/* Say what SQLite's result `rc` means while doing `what`. */
enum shk_code store_fail(
	const shk_store *store, int rc, const char *what, shk_diag *diag);
/* One or several statements that give no rows. */
enum shk_code store_run(shk_store *store, const char *sql, shk_diag *diag);
/* The integer of the first row's first column. */
enum shk_code store_number(
	shk_store *store, const char *sql, int64_t *out, shk_diag *diag);
/* Caller: sqlite3_finalize. */
enum shk_code store_prepare(
	shk_store *store, sqlite3_stmt **out, const char *sql, shk_diag *diag);
/* The next row: SHK_OK, SHK_END after the last, or a failure. */
enum shk_code store_step(
	shk_store *store, sqlite3_stmt *statement, shk_diag *diag);
/* Execute a statement without rows and make it ready for the next use. */
enum shk_code store_done(
	shk_store *store, sqlite3_stmt *statement, shk_diag *diag);
/* Text that lives until the statement is executed. NULL binds NULL. */
void store_bind(sqlite3_stmt *statement, int place, const char *text);
/* Text of a column; "" when it is NULL. Valid until the next step. */
const char *store_column(sqlite3_stmt *statement, int place);

/* "YYYY-MM-DD" of an existing day, copied, or the day before it;
   SHK_E_USAGE otherwise. */
enum shk_code store_day(
	const char *text, bool before, char out[11], shk_diag *diag);

enum shk_code store_begin(shk_store *store, shk_diag *diag);
enum shk_code store_commit(shk_store *store, shk_diag *diag);
void store_rollback(shk_store *store);

#endif
