/*
 * Opening and closing a store. The journal is SQLite's rollback journal, not
 * the write-ahead log: a store at rest is one file that can be copied, cached
 * and read in a folder that is not writable, and it works on a network folder.
 * A killed process or a full disk leaves a journal from which the next open
 * restores the last commit. Writers are short, so readers hardly wait.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "store/store.h"

static enum shk_code open_refuse(
	const shk_store *store, const char *message, shk_diag *diag)
{
	diag_set(diag, SHK_E_IO, "%s", message);
	diag_place(diag, store->path, 0, 0);
	return SHK_E_IO;
}

/* What SQLite would take for a file of its own, or say badly. */
static enum shk_code open_look(
	const shk_store *store, enum shk_store_mode mode, shk_diag *diag)
{
	struct stat info;
	char reason[DIAG_SYSTEM];

	if (store->path[0] == '\0')
		return open_refuse(store, "a store needs a file name", diag);
	if (stat(store->path, &info) == 0) {
		if (S_ISDIR(info.st_mode))
			return open_refuse(store,
				"this is a folder; a store is one file", diag);
		return S_ISREG(info.st_mode)
			       ? SHK_OK
			       : open_refuse(store,
					 "a store must be an ordinary file",
					 diag);
	}
	if (errno == ENOENT && mode == SHK_STORE_CREATE)
		return SHK_OK;
	if (errno == ENOENT)
		return open_refuse(store,
			"there is no such store; shokan import or shokan batch "
			"--store makes one",
			diag);
	return open_refuse(store, diag_system(reason, errno), diag);
}

/* SQLite would read `:memory:` and `file:...` in its own way. */
static char *open_name(const char *path)
{
	size_t size = strlen(path);
	char *name = memory_alloc(size + 3);

	if (!name)
		return NULL;
	memcpy(name, "./", 2);
	memcpy(name + (path[0] == '/' ? 0 : 2), path, size + 1);
	return name;
}

static enum shk_code open_file(
	shk_store *store, enum shk_store_mode mode, shk_diag *diag)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
		    (mode == SHK_STORE_CREATE ? SQLITE_OPEN_CREATE : 0);
	char *name = open_name(store->path);
	int rc;

	if (!name)
		return diag_memory(diag);
	rc = sqlite3_open_v2(name, &store->db, flags, NULL);
	memory_free(name);
	if (rc == SQLITE_OK)
		rc = sqlite3_extended_result_codes(store->db, 1);
	if (rc == SQLITE_OK)
		rc = sqlite3_busy_timeout(store->db, SHK_STORE_WAIT);
	if (rc != SQLITE_OK)
		return store_fail(store, rc, "open the store", diag);
	return SHK_OK;
}

/* A store comes from anywhere: no code in it is run. */
static enum shk_code open_settings(
	shk_store *store, enum shk_store_mode mode, shk_diag *diag)
{
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
	return store_run(store,
		mode == SHK_STORE_READ ? "PRAGMA query_only = 1"
				       : "PRAGMA foreign_keys = 1;"
					 "PRAGMA synchronous = FULL",
		diag);
}

/* Ours, or an empty file that may become ours. */
static enum shk_code open_identity(shk_store *store, enum shk_store_mode mode,
	int *version, shk_diag *diag)
{
	int64_t application, user, tables;
	enum shk_code code = store_number(
		store, "PRAGMA application_id", &application, diag);

	if (!code)
		code = store_number(store, "PRAGMA user_version", &user, diag);
	if (!code)
		code = store_number(store, "SELECT count(*) FROM sqlite_schema",
			&tables, diag);
	if (code)
		return code;
	*version = (int)user;
	if (application == STORE_APPLICATION && user > store_step_count) {
		diag_set(diag, SHK_E_IO,
			"the store has version %d, made by a newer shokan; "
			"this one reads up to version %d",
			*version, store_step_count);
		diag_place(diag, store->path, 0, 0);
		return SHK_E_IO;
	}
	if (application == STORE_APPLICATION && user > 0)
		return SHK_OK;
	if (application != 0 || user != 0 || tables != 0)
		return open_refuse(store,
			"this is an SQLite file of another program, no store "
			"of shokan",
			diag);
	return mode == SHK_STORE_CREATE
		       ? SHK_OK
		       : open_refuse(
				 store, "the file is empty, no store", diag);
}

static enum shk_code open_begin(
	shk_store *store, enum shk_store_mode mode, shk_diag *diag)
{
	enum shk_code code = open_look(store, mode, diag);
	int version = 0;

	if (!code)
		code = open_file(store, mode, diag);
	if (!code)
		code = open_identity(store, mode, &version, diag);
	if (!code && mode != SHK_STORE_READ &&
		sqlite3_db_readonly(store->db, "main") == 1)
		code = open_refuse(store, "the store is not writable", diag);
	if (!code && mode == SHK_STORE_READ && version < store_step_count &&
		sqlite3_db_readonly(store->db, "main") == 1)
		code = open_refuse(store,
			"the store has an older version and must be upgraded, "
			"but is not writable",
			diag);
	if (!code && version < store_step_count)
		code = store_upgrade(store, version, diag);
	return code ? code : open_settings(store, mode, diag);
}

enum shk_code shk_store_open(shk_store **out, const char *path,
	enum shk_store_mode mode, shk_diag *diag)
{
	shk_store *store = memory_zeroed(1, sizeof(*store));
	char *copy = memory_copy_text(path, strlen(path));
	enum shk_code code;

	*out = NULL;
	if (!store || !copy) {
		memory_free(store);
		memory_free(copy);
		return diag_memory(diag);
	}
	store->path = copy;
	code = open_begin(store, mode, diag);
	if (code)
		shk_store_close(store);
	else
		*out = store;
	return code;
}

void shk_store_close(shk_store *store)
{
	if (!store)
		return;
	if (store->db)
		store_rollback(store);
	sqlite3_close(store->db);
	memory_free(store->path);
	memory_free(store->backup);
	memory_free(store);
}

const char *shk_store_backup(const shk_store *store)
{
	return store->backup;
}
