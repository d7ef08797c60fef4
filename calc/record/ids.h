/*
 * The identifiers of one file, in constant memory. While they come in
 * ascending order the last one decides; else hashes of 88 bits are looked up.
 * Past IDS_MAX of them the hashes go to a temporary file and repetitions are
 * found at the end of the file only. In order, those that count up row by row
 * (P07, P08, P09) are kept as runs and hashed only when the order is lost.
 */
#ifndef RECORD_IDS_H
#define RECORD_IDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <shokan/diag.h>

#include "base/buffer.h"
#include "base/text.h"
#include "record/name_key.h"

#define IDS_MAX	      (1u << 19)   /* identifiers that are kept in memory */
#define IDS_SPILL_MAX (1ull << 28) /* identifiers of one file out of order */
#define IDS_RUNS_MAX  (1u << 12)   /* runs of one file; more are hashed */
#define IDS_TEXTS_MAX (1u << 18)   /* bytes of their first identifiers */
#define IDS_RUN_LEAST 8		   /* identifiers; shorter ones are hashed */
#define IDS_TWICE_MAX 1000	   /* repetitions that are told at the end */

/* Hash and row: 64 and 24 bits of the one, 40 bits of the other. */
struct ids_entry {
	uint64_t high;
	uint64_t low_and_row;
};

/* Identifiers that count up from one on, in rows that do. */
struct ids_run {
	long row;
	uint64_t count;
	size_t at; /* of the first one in the texts of runs, and its bytes */
	size_t size;
};

struct ids_order {
	bool by_bytes;	/* ascending so far, byte by byte */
	bool by_length; /* ascending so far, shorter ones first */
};

struct ids_twice {
	long first; /* row of the record that had the identifier */
	long again; /* row of the record that has it too */
};

struct ids_spill;

struct record_ids {
	uint64_t count; /* different identifiers */
	struct ids_order order;
	struct buffer first; /* the first identifier */
	struct buffer last;  /* the last one, while there is an order */
	/* while there is an order; the open one ends with the last identifier */
	struct ids_run open; /* count 0: none */
	struct ids_run *runs;
	size_t run_count, run_capacity;
	struct buffer texts; /* of the runs, that of the open one behind */
	struct ids_entry *entries; /* of those in no run, as they came */
	size_t kept;
	size_t capacity;
	size_t ceiling; /* of entries; IDS_MAX but in tests */
	/*
	 * Open addressing, once the order is lost: index of the entry plus one
	 * below, bits of the hash above; 0 is free.
	 */
	uint32_t *slots;
	size_t slot_count;	 /* a power of two; 0: there is an order */
	struct ids_spill *spill; /* NULL: all are in memory */
	struct ids_twice *twice; /* after ids_finish */
	size_t twice_count;
	uint64_t twice_more;	  /* further ones, of which nothing is kept */
	struct name_key key;	  /* of the hashes */
	struct record_ids *known; /* looked up too; NULL: there are no others */
};

enum ids_found {
	IDS_NEW,
	IDS_SEEN,
	IDS_NO_MEMORY,
	IDS_NO_FILE, /* the temporary file failed; errno says why */
	IDS_TOO_MANY
};

void ids_init(struct record_ids *ids);
void ids_release(struct record_ids *ids);
/* None seen; keeps its memory. */
void ids_clear(struct record_ids *ids);

/*
 * Enter `id` of the record of `row`; IDS_SEEN: `*first` is where it was, here
 * or in `known`, into which nothing is entered.
 */
enum ids_found ids_add(
	struct record_ids *ids, struct text id, long row, long *first);
/* The hashes of `part`, still empty, are to be those of `whole`. */
void ids_hash_as(struct record_ids *part, const struct record_ids *whole);
/*
 * Enter all of `part`, which come behind those of `ids` and are hashed as they
 * are. IDS_SEEN: at least
 * one is there already, and none was entered. A part has at most IDS_MAX.
 */
enum ids_found ids_append(
	struct record_ids *ids, const struct record_ids *part);
/* Repetitions that were not found on the way, by row, into `twice`. */
enum ids_found ids_finish(struct record_ids *ids);

/*
 * What to say of a value other than IDS_SEEN; SHK_OK for IDS_NEW. And of one
 * repetition after ids_finish, or how many more there are behind the last.
 */
enum shk_code ids_failure(
	enum ids_found found, const char *path, shk_diag *diag);
enum shk_code ids_tell(const struct record_ids *ids, size_t index,
	const char *path, shk_diag *diag);

/* Of ids_run.c. Whether `id` is what comes next when `last` counts up. */
bool ids_follows(struct text last, struct text id);
/* The open run begins; its text is copied. False without memory. */
bool ids_run_begin(struct record_ids *ids, struct text first, long row);
/*
 * It ends: kept, or its identifiers are hashed and entered. None is open then.
 */
enum ids_found ids_run_end(struct record_ids *ids);
/* All runs are hashed and entered; none is left. */
enum ids_found ids_runs_enter(struct record_ids *ids);
/* Every identifier of `ids` as a hash, entries first. */
struct ids_walk {
	const struct record_ids *ids;
	size_t entry, run; /* the next one; the open run is the last */
	uint64_t done;	   /* of that run */
	struct buffer text;
};
void ids_walk_begin(struct ids_walk *walk, const struct record_ids *ids);
/* False behind the last one, and when memory ran out (`text` failed). */
bool ids_walk_next(struct ids_walk *walk, struct ids_entry *entry);
void ids_walk_end(struct ids_walk *walk);

/* Of ids.c, for the others: a hash and its row; one more entry. */
struct ids_entry ids_hash(
	const struct record_ids *ids, struct text id, long row);
enum ids_found ids_put(struct record_ids *ids, const struct ids_entry *entry);

/* Of ids_spill.c. */
enum ids_found ids_spill_add(
	struct record_ids *ids, const struct ids_entry *entries, size_t count);
enum ids_found ids_spill_check(struct record_ids *ids);
void ids_spill_free(struct ids_spill *spill);

#define IDS_ROW_BITS 40

static inline long ids_row(const struct ids_entry *entry)
{
	return (long)(entry->low_and_row & ((1ull << IDS_ROW_BITS) - 1));
}

/*
 * The common case of ids_add in place: `id` has 8 to 16 bytes, comes next in
 * the open run, and only its last digit counts up. False: nothing was entered.
 */
static inline bool ids_counts_up(
	struct record_ids *ids, struct text id, long row)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	const struct record_ids *known = ids->known;
	char *last = ids->last.data;
	uint64_t was[2], is[2];

	if (ids->open.count == 0 || id.size - 8 > 8 ||
		id.size != ids->last.size || row >> IDS_ROW_BITS ||
		(uint64_t)row != (uint64_t)ids->open.row + ids->open.count)
		return false;
	if (known && known->count > 0 && !known->order.by_bytes &&
		!known->order.by_length)
		return false;
	memcpy(&was[0], last, 8);
	memcpy(&is[0], id.data, 8);
	memcpy(&was[1], last + id.size - 8, 8);
	memcpy(&is[1], id.data + id.size - 8, 8);
	if (is[1] - was[1] != (uint64_t)1 << 56 || (was[1] >> 56) - '0' > 8 ||
		(id.size > 8 && is[0] != was[0]))
		return false;
	memcpy(last + id.size - 8, &is[1], 8);
	ids->open.count++;
	ids->count++;
	return true;
#else
	(void)ids, (void)id, (void)row;
	return false;
#endif
}

/* The same for `count` of them in rows from `row` on: how many were entered. */
size_t ids_count_up(struct record_ids *ids, const char *const *texts,
	const uint32_t *sizes, size_t count, long row);

static inline bool ids_same(
	const struct ids_entry *a, const struct ids_entry *b)
{
	return a->high == b->high &&
	       a->low_and_row >> IDS_ROW_BITS == b->low_and_row >> IDS_ROW_BITS;
}

#endif
