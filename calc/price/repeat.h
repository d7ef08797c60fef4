/*
 * Rows that ask what was asked before: by the key of a row (record/lane.h) the
 * kinds of its answers are at hand, so that only its numbers are looked at. A
 * key is learned from the record of the first row that has it.
 */
#ifndef PRICE_REPEAT_H
#define PRICE_REPEAT_H

#include "price/pricer.h"
#include "record/lane.h"

#define REPEAT_KEYS_MAX	 4096	    /* keys that are learned */
#define REPEAT_BYTES_MAX (1u << 20) /* of all of them */

#define REPEAT_TRIAL 4096 /* rows before looking may be in vain */

struct repeats;

/*
 * What answers of the pricer hang on: one weight a field of its schema, enum
 * lane_weight. False when they are never repeated.
 */
bool repeats_weights(const struct shk_pricer *pricer, uint8_t *weights);

/* For rows of one lane; both outlive it. */
enum shk_code repeats_new(struct repeats **out, struct shk_pricer *pricer,
	const struct lane *lane, shk_diag *diag);
void repeats_free(struct repeats *repeats);

/*
 * The answers to a row, in the order of the decisions, until the next call;
 * none when one of them must be worked out. They do not name the record yet,
 * and their numbers are only in the result's `numbers`.
 */
size_t repeats_find(struct repeats *repeats, const struct lane_row *row,
	struct shk_result *const **answers);
/*
 * The same for the rows of a batch from `at` on, each of which has one answer,
 * until another one comes: how many of `answers`, of which there are
 * LANE_BATCH. Good until the next call.
 */
size_t repeats_find_rows(struct repeats *repeats,
	const struct lane_batch *batch, size_t at, struct price_again *answers);
/* Such an answer as one of repeats_find. */
struct shk_result *repeats_settle(const struct price_again *answer);
/* They name it, and have their numbers: texts stay the caller's. */
void repeats_name(struct shk_result *result, const char *id, const char *name,
	const char *path, long row);

/* `record` is that of `row`, and was priced. Errors: SHK_E_MEMORY. */
enum shk_code repeats_learn(struct repeats *repeats, const struct lane_row *row,
	const struct record *record, shk_diag *diag);
/* How many rows were answered so. */
uint64_t repeats_found(const struct repeats *repeats);
/* Of REPEAT_TRIAL rows and more so few were that looking is in vain. */
bool repeats_are_vain(const struct repeats *repeats);

#endif
