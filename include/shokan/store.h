/*
 * The store: one file (SQLite) with product records, the official masters,
 * and the runs of the catalogue with their results. Whatever happens to the
 * process or the disk, the file is whole: a change is in it or is not.
 */
#ifndef SHOKAN_STORE_H
#define SHOKAN_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <shokan/diag.h>
#include <shokan/record.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One connection to a store. Belongs to one thread. */
typedef struct shk_store shk_store;

/* What a store is opened for. */
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

/*
 * Products: records under their identifiers. Every import that changes
 * something makes a new edition of the catalogue; earlier editions stay, so
 * that a run goes on over the one it began with.
 */
typedef struct shk_import shk_import;

/* The file of an import. */
typedef struct shk_import_file {
	const char *path;   /* its name, as it was given */
	const char *sha256; /* "sha256:..." of its bytes */
	uint64_t bytes;	    /* of the file */
	const char *when;   /* UTC, "YYYY-MM-DDTHH:MM:SSZ" */
} shk_import_file;

/* What an import did, in records. */
typedef struct shk_import_counts {
	uint64_t added;	  /* under identifiers that were not known */
	uint64_t changed; /* other facts than before */
	uint64_t same;	  /* known with the same facts */
} shk_import_counts;

/* Begin an import of one file; nothing is locked yet. Caller frees. */
enum shk_code shk_import_begin(
	shk_import **out, shk_store *store, shk_diag *diag);
/* Add a record; it waits outside of the store. SHK_E_INPUT: `id` is there
   already; the message names its row. */
enum shk_code shk_import_add(
	shk_import *import, const char *id, const shk_row *row, shk_diag *diag);
/*
 * All of it into the store, or nothing. A record whose identifier is known
 * takes the place of the older facts. When nothing differs, nothing is
 * written, not even that there was an import.
 */
enum shk_code shk_import_commit(shk_import *import, const shk_import_file *file,
	shk_import_counts *counts, shk_diag *diag);
/* NULL is allowed. What was not committed is as if it had never begun. */
void shk_import_free(shk_import *import);

/* The products of the newest edition, in the order of their first import.
   Others can write meanwhile. */
typedef struct shk_products shk_products;

/* Open them. Caller closes, before the store. */
enum shk_code shk_products_open(
	shk_products **out, shk_store *store, shk_diag *diag);
/* Number of the edition, from 1; 0: nothing was ever imported. */
int64_t shk_products_edition(const shk_products *products);
/* Products of the edition. */
uint64_t shk_products_count(const shk_products *products);
/* From the first on; for shk_records_from. */
shk_row_source shk_products_rows(shk_products *products);
/* NULL is allowed. */
void shk_products_close(shk_products *products);

/*
 * Runs: what the catalogue was answered with, and the answers. A run is saved
 * in portions, each whole or absent; one without a last portion is unfinished.
 */
#define SHK_STORE_COLUMNS 12 /* of a result: those of a snapshot line */

/* Texts are never NULL. Owned by whoever filled it. */
typedef struct shk_run {
	int64_t id;	      /* from 1; never given twice by a store */
	const char *started;  /* UTC, "YYYY-MM-DDTHH:MM:SSZ" */
	const char *finished; /* the same, or "": unfinished */
	const char *engine;   /* version of the library */
	const char *rulebook; /* hash of the rulebook */
	const char *inputs;   /* hash of the bytes of the inputs */
	const char *input;    /* their names */
	const char *options;  /* canonical JSON objects */
	const char *policy;   /* as a canonical JSON object */
	uint64_t records;     /* how far it is saved */
	uint64_t results;     /* how many are saved */
	uint64_t counts[5];   /* results, by enum shk_status */
	uint64_t output;      /* bytes of the output file at that point */
	int worst;	      /* exit status of the command so far */
	const char *newest;   /* the revision that was assumed, or "" */
} shk_run;

/* A run being saved. */
typedef struct shk_run_writer shk_run_writer;

/*
 * Begin a run from the texts of `about`; its number in shk_run_writer_id.
 * Caller frees.
 */
enum shk_code shk_run_begin(shk_run_writer **out, shk_store *store,
	const shk_run *about, shk_diag *diag);
/* Go on with the unfinished run `id` behind its last portion. */
enum shk_code shk_run_resume(
	shk_run_writer **out, shk_store *store, int64_t id, shk_diag *diag);
/* Number of the run, from 1. */
int64_t shk_run_writer_id(const shk_run_writer *writer);
/* Results saved so far, of earlier processes too. */
uint64_t shk_run_writer_results(const shk_run_writer *writer);
/* The next result of the portion. The first one locks out other writers. */
enum shk_code shk_run_add(shk_run_writer *writer,
	const char *const cells[SHK_STORE_COLUMNS], shk_diag *diag);
/*
 * Save the portion: `state` gives records, output, worst and newest, and with
 * a `finished` that is not "" ends the run. SHK_E_USAGE when another process
 * has gone on with the run, or it was deleted.
 */
enum shk_code shk_run_save(
	shk_run_writer *writer, const shk_run *state, shk_diag *diag);
/* What was added and not saved is dropped. */
void shk_run_writer_free(shk_run_writer *writer);

/* Gets each run; a code other than SHK_OK stops. */
typedef enum shk_code (*shk_run_callback)(void *context, const shk_run *run);

/* All runs, the oldest first. */
enum shk_code shk_store_runs(shk_store *store, shk_run_callback callback,
	void *context, shk_diag *diag);
/* One of them; 0 is the newest. SHK_E_USAGE when there is none. */
enum shk_code shk_store_run(shk_store *store, int64_t id,
	shk_run_callback callback, void *context, shk_diag *diag);
/* Results by decision and status, in the order of their names. */
enum shk_code shk_store_counts(shk_store *store, int64_t id,
	enum shk_code (*tell)(void *context, const char *decision,
		const char *status, uint64_t count),
	void *context, shk_diag *diag);
/*
 * The results of a run in the order in which they came, or `sorted` by id and
 * decision in byte order. Others can write meanwhile. Caller closes.
 */
typedef struct shk_results shk_results;

/* SHK_E_USAGE when there is no run `id`. Caller closes, before the store. */
enum shk_code shk_results_open(shk_results **out, shk_store *store, int64_t id,
	bool sorted, shk_diag *diag);
/* The next result, valid until the next call; SHK_END after the last. */
enum shk_code shk_results_next(
	shk_results *results, const char *const **cells, shk_diag *diag);
/* NULL is allowed. */
void shk_results_close(shk_results *results);

/* A run and its results are gone. SHK_E_USAGE when there is none. */
enum shk_code shk_store_delete(shk_store *store, int64_t id, shk_diag *diag);

#ifdef __cplusplus
}
#endif
#endif
