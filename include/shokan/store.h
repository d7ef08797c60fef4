/*
 * The store: one file (SQLite) with product records, the official masters,
 * and the runs of the catalogue with their results. Whatever happens to the
 * process or the disk, the file is whole: a change is in it or is not.
 */
#ifndef SHOKAN_STORE_H
#define SHOKAN_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include <shokan/diag.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One connection to a store. Belongs to one thread. */
typedef struct shk_store shk_store;

enum shk_store_mode {
	SHK_STORE_READ,	 /* nothing is changed but an old schema */
	SHK_STORE_WRITE, /* the file must exist */
	SHK_STORE_CREATE /* made when it does not exist or is empty */
};

/* Milliseconds that a call waits for another process to let go. */
#define SHK_STORE_WAIT 10000

/*
 * Open the store at `path`. A store of an older version is first copied
 * beside itself (shk_store_backup) and then upgraded in one transaction. All
 * failures are SHK_E_IO with the path and what would be right: no such file,
 * no store, a newer version, not writable, locked for SHK_STORE_WAIT. Caller
 * closes.
 */
enum shk_code shk_store_open(shk_store **out, const char *path,
	enum shk_store_mode mode, shk_diag *diag);
/* NULL is allowed. What was not finished is as if it had never begun. */
void shk_store_close(shk_store *store);

/* The copy that was made before an upgrade by this open; NULL: none was. */
const char *shk_store_backup(const shk_store *store);
/* Version of the schema that this library writes. */
int shk_store_version(void);

#ifdef __cplusplus
}
#endif
#endif
