/*
 * Remembered answers. The first record of a kind is priced by the rules while
 * notes are taken (feel/note.h): which comparisons were made of its numbers,
 * and how the numbers of the answer came from them. A later record that has
 * the same other facts and for which every comparison says the same gets that
 * answer, its numbers worked out by the same operations. So the rules are
 * asked once a case, not once a record, and every answer stays theirs.
 */
#ifndef PRICE_RECALL_H
#define PRICE_RECALL_H

#include "price/pricer.h"

#define RECALL_KEY_MAX	  4096	/* bytes of what tells kinds of records apart */
#define RECALL_KINDS_MAX  16384 /* kinds of records */
#define RECALL_LEAVES_MAX 16384 /* answers */
#define RECALL_BYTES_MAX  (6u << 20) /* of all of them */
#define RECALL_PINS_MAX	  256 /* values of one number that must be the same */
#define RECALL_HOLES_MAX  256 /* numbers of an answer that are worked out */
#define RECALL_SUMS_MAX	  512 /* what they are worked out from, and they */
#define RECALL_AGAIN_MAX  16  /* of an answer that is kept beside others */
#define RECALL_DEPTH_MAX  64  /* a form inside a form */

struct recall_sum;
struct whole_sum;
struct whole_test;

/* Numbers that are worked out one from another, each once. */
struct recall_sums {
	size_t count;
	const struct recall_sum *items;
	num *numbers; /* one an item */
};

/* A remembered answer: all but what names the record. */
struct recall_leaf {
	struct shk_result result;
	struct recall_sums sums; /* of the holes of the result */
	size_t whole_count; /* numbers of holes; 0: not all are so simple */
	const struct whole_sum *wholes;
};

struct kind;

#define RECALL_NUMBERS_MAX 256	      /* numbers that a decision may read */
#define RECALL_NO_PLACE	   UINT16_MAX /* a field is none of them */

struct recall;

/* NULL when memory runs out; the pricer's lists are ready (given_prepare). */
struct recall *recall_new(const struct shk_pricer *pricer);
void recall_free(struct recall *recall);

/*
 * The answer to decision `at`: a remembered one, or one that is worked out
 * into `room` and remembered. It names the record; valid until the next call.
 */
enum shk_code recall_answer(struct job *job, size_t at, struct shk_result *room,
	struct shk_result **answer);

/*
 * The kind of a record and its numbers, RECALL_NUMBERS_MAX at most, of which
 * `*count` are set. NULL when its answers are never remembered, or without memory, which
 * sets `*failed`.
 */
struct kind *recall_kind(const struct job *job, size_t at, num *numbers,
	size_t *count, bool *failed);
/* The answer to a record of that kind, or NULL when none is remembered. */
struct shk_result *recall_again(struct shk_pricer *pricer, size_t at,
	const struct kind *kind, const num *numbers);

#endif
