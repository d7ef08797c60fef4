/*
 * The row lane: rows of a table that need no record. A row without quotes is
 * cut where it stands, and what it says becomes a few words, its key. Rows
 * with equal keys say the same to whoever gave the weights, but for the whole
 * numbers, which stand beside the key; so who knows what follows from a key
 * needs no record. All that is out of the ordinary stays for the reader.
 */
#ifndef RECORD_LANE_H
#define RECORD_LANE_H

#include "record/ids.h"
#include "record/records.h"

#define LANE_KEY_MAX	 64 /* words of a key */
#define LANE_NUMBERS_MAX 64 /* whole numbers beside it; others are in the key */
#define LANE_DIGITS_MAX	 15 /* of one of them */

/* What is asked of a field. */
enum lane_weight {
	LANE_NOTHING, /* it only has to be right */
	LANE_STATE,   /* whether it is known */
	LANE_VALUE
};

struct lane_row {
	struct text id;
	bool bare; /* no cell has a comma, a quote or a line end */
	long line;
	size_t key_size;
	uint64_t key[LANE_KEY_MAX];
	uint64_t numbers[LANE_NUMBERS_MAX]; /* see lane_number_field */
};

/* What a hash of the words of a key begins with, and goes on with. */
#define LANE_HASH(size) ((uint64_t)(size))

static inline uint64_t lane_hash(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
	return hash ^ hash >> 32;
}

#define LANE_BATCH	   64u /* rows */
#define LANE_BATCH_KEYS	   16  /* words of a key; with more there is no batch */
#define LANE_BATCH_NUMBERS 16  /* of a row; likewise */

/*
 * Rows one behind the other, looked at column by column. A row that is out of
 * the ordinary is not told, or only in part: it is for lane_next.
 */
struct lane_batch {
	size_t count;
	size_t key_size;
	bool odd[LANE_BATCH]; /* for lane_next */
	uint32_t id_sizes[LANE_BATCH];
	const char *ids[LANE_BATCH];
	uint64_t hashes[LANE_BATCH]; /* of the keys */
	uint64_t keys[LANE_BATCH_KEYS][LANE_BATCH];
	uint64_t numbers[LANE_BATCH_NUMBERS][LANE_BATCH];
};

struct lane;

/*
 * A lane beside the reader of parts of a table; `weights`: one a field of the
 * schema, enum lane_weight. NULL where rows always need a record.
 */
enum shk_code lane_open(struct lane **out, shk_records *records,
	const uint8_t *weights, shk_diag *diag);
void lane_close(struct lane *lane);

size_t lane_number_count(const struct lane *lane);
/* The field of number `index` of a row, where the key does not hold it. */
int lane_number_field(const struct lane *lane, size_t index);
/* Whether that number is one of the row's, or the key has the cell. */
const bool *lane_numbers_known(const struct lane *lane);

/* Go where the reader is; between two calls of shk_records_next. */
void lane_enter(struct lane *lane);
/* The next row, which stays there; NULL: it is for the reader. */
const struct lane_row *lane_next(struct lane *lane);
/*
 * The rows from the next one on, which is row `*at` of the batch; NULL: there
 * is none to be looked at together.
 */
const struct lane_batch *lane_look(struct lane *lane, size_t *at);
/* Row `at` of the batch, the next one, as lane_next would give it. */
const struct lane_row *lane_pick(struct lane *lane, size_t at);
/*
 * Enter the identifiers of `count` rows from row `at` on, the next one; how
 * many were. `*found`: what became of the one behind them, as of lane_take.
 */
size_t lane_enter_ids(
	struct lane *lane, size_t at, size_t count, enum ids_found *found);
/* So many rows of the batch were taken, their identifiers entered. */
void lane_pass(struct lane *lane, size_t count);
/* Whether no cell of its rows has a comma, a quote or a line end. */
bool lane_is_bare(const struct lane *lane);
/* The cell of a field in that row; "" where it has no column of its own. */
struct text lane_cell(const struct lane *lane, int field);
/*
 * Take that row: its identifier is entered. Anything but IDS_NEW: the row
 * stays; IDS_SEEN is for the reader to say.
 */
enum ids_found lane_take(struct lane *lane);
/* The reader goes on behind the rows that were taken. */
void lane_leave(struct lane *lane);

#endif
