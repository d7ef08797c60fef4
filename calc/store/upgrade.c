/*
 * From an older schema to the newest: the file is copied beside itself while
 * no other process can write, then all steps are done in one transaction.
 * Whatever fails leaves the store as it was, and no copy.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "store/store.h"

#define UPGRADE_COPIES_MAX 1000 /* copies of one version beside a store */
#define UPGRADE_PAGES	   1000 /* pages copied at a time */

/* A new empty file `FILE.vN.backup`, or `FILE.vN.2.backup` and so on. */
static enum shk_code upgrade_name(shk_store *store, int version, shk_diag *diag)
{
	size_t size = strlen(store->path) + 64;
	char reason[DIAG_SYSTEM];
	int file = -1;

	store->backup = memory_alloc(size);
	if (!store->backup)
		return diag_memory(diag);
	for (int i = 1; file < 0 && i <= UPGRADE_COPIES_MAX; i++) {
		char number[16] = "";

		if (i > 1)
			snprintf(number, sizeof(number), ".%d", i);
		snprintf(store->backup, size, "%s.v%d%s.backup", store->path,
			version, number);
		file = open(store->backup,
			O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (file < 0 && errno != EEXIST)
			break;
	}
	if (file >= 0) {
		close(file);
		return SHK_OK;
	}
	diag_set(diag, SHK_E_IO,
		"the store has version %d and would be upgraded to %d, but no "
		"copy of it can be made beside it: %s",
		version, store_step_count, diag_system(reason, errno));
	diag_place(diag, store->path, 0, 0);
	memory_free(store->backup);
	store->backup = NULL;
	return SHK_E_IO;
}

/* All pages of `from` into the copy. */
static enum shk_code upgrade_pages(
	shk_store *copy, sqlite3 *from, shk_diag *diag)
{
	sqlite3_backup *backup =
		sqlite3_backup_init(copy->db, "main", from, "main");
	int rc = SQLITE_OK;

	if (!backup)
		return store_fail(copy, sqlite3_extended_errcode(copy->db),
			"copy the store", diag);
	while (rc == SQLITE_OK)
		rc = sqlite3_backup_step(backup, UPGRADE_PAGES);
	rc = sqlite3_backup_finish(backup);
	return rc == SQLITE_OK ? SHK_OK
			       : store_fail(copy, rc, "copy the store", diag);
}

/*
 * The copy is read through a connection of its own: it sees what was
 * committed, and the transaction that `store` holds keeps it so.
 */
static enum shk_code upgrade_copy(shk_store *store, shk_diag *diag)
{
	shk_store copy = { .path = store->backup };
	sqlite3 *from = NULL;
	const char *name = sqlite3_db_filename(store->db, "main");
	enum shk_code code = SHK_OK;
	int rc = sqlite3_open_v2(name, &from, SQLITE_OPEN_READONLY, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_open_v2(
			store->backup, &copy.db, SQLITE_OPEN_READWRITE, NULL);
	if (rc != SQLITE_OK)
		code = store_fail(&copy, rc, "copy the store", diag);
	if (!code)
		code = upgrade_pages(&copy, from, diag);
	sqlite3_close(copy.db);
	sqlite3_close(from);
	if (!code)
		return SHK_OK;
	unlink(store->backup);
	memory_free(store->backup);
	store->backup = NULL;
	return code;
}

static enum shk_code upgrade_steps(
	shk_store *store, int version, shk_diag *diag)
{
	enum shk_code code = SHK_OK;
	char sql[96];

	for (int i = version; i < store_step_count && !code; i++)
		code = store_run(store, store_steps[i], diag);
	if (code)
		return code;
	snprintf(sql, sizeof(sql),
		"PRAGMA application_id = %d; PRAGMA user_version = %d",
		STORE_APPLICATION, store_step_count);
	return store_run(store, sql, diag);
}

enum shk_code store_upgrade(shk_store *store, int version, shk_diag *diag)
{
	int64_t now;
	enum shk_code code = store_begin(store, diag);

	if (!code)
		code = store_number(store, "PRAGMA user_version", &now, diag);
	if (code || now == store_step_count) /* another process was faster */
		goto done;
	version = (int)now;
	if (version > 0)
		code = upgrade_name(store, version, diag);
	if (!code && version > 0)
		code = upgrade_copy(store, diag);
	if (!code)
		code = upgrade_steps(store, version, diag);
	if (!code)
		code = store_commit(store, diag);
	if (code && store->backup)
		unlink(store->backup);
done:
	store_rollback(store);
	return code;
}
