/*
 * Inside of what is remembered: kinds of records, the tree of comparisons of
 * each, and the two files that keep them.
 */
#ifndef PRICE_RECALL_INSIDE_H
#define PRICE_RECALL_INSIDE_H

#include "price/recall_form.h"
#include "price/recall_whole.h"

struct recall_node;

/* A value that a number must have, and what follows. */
struct recall_pin {
	num value;
	struct recall_node *then;
	struct recall_pin *next;
};

enum node_kind { NODE_LEAF, NODE_TEST, NODE_PIN };

struct recall_node {
	uint8_t kind;	/* enum node_kind */
	uint8_t guard;	/* TEST: enum feel_guard_kind */
	uint8_t quick;	/* TEST: enum quick */
	uint16_t place; /* PIN, quick TEST: of the number */
	uint64_t limit; /* quick TEST: the whole number it is held against */
	struct recall_node *ways[2];	 /* TEST: said no, said yes */
	const struct recall_form *a, *b; /* TEST */
	const struct whole_test *whole;	 /* the same, if it is so simple */
	size_t pin_count;
	struct recall_pin *pins;
	struct recall_leaf *leaf;
};

/* A test of one number against a whole one: no need to look at its forms. */
enum quick { QUICK_NO, QUICK_LEFT, QUICK_RIGHT };

/* How many answers were worked out to be remembered, and how many repeated. */
struct tally {
	uint32_t learnt;
	uint32_t hits;
};

struct kind {
	uint64_t hash;
	size_t size;
	const char *key;
	bool closed; /* nothing more is remembered of it */
	struct tally tally;
	struct recall_node *root;
};

/* A field that a decision may read. */
struct read {
	uint16_t field;
	bool number; /* only whether it is known belongs to the kind */
	enum record_type type;
};

struct reads {
	size_t count;
	struct read *items;
	size_t number_count;
	uint16_t *places; /* of each field: among the numbers */
	bool *lists;	  /* of each field: a list that may be read */
};

#define PLACES	   (2 * RECALL_KINDS_MAX)
#define WHOLES_MAX 32 /* numbers of an answer over machine integers */

/*
 * Past so many answers that were seldom asked for again nothing more is
 * remembered of a kind, of a decision.
 */
#define KIND_TRIAL     64
#define DECISION_TRIAL 4096

struct recall {
	struct arena arena;
	bool failed; /* memory ran out */
	size_t kind_count;
	size_t leaf_count;
	size_t bytes;
	struct reads **reads;	 /* of each decision, one a revision */
	struct tally *tallies;	 /* of each decision */
	uint32_t places[PLACES]; /* 1 + index of a kind */
	struct kind kinds[RECALL_KINDS_MAX];
	struct feel_notes notes;
	struct recall_summing summing;
	struct whole wholes[RECALL_SUMS_MAX]; /* of a leaf that is made */
};

/* What tells the kind of a record apart, and beside it its numbers. */
struct key {
	bool failed; /* no kind: too long, or too many numbers */
	size_t size;
	size_t number_count; /* those in lists behind the fields' own */
	char bytes[RECALL_KEY_MAX];
	num numbers[RECALL_NUMBERS_MAX];
};

/* Room in the arena, zeroed, and counted; NULL, noted, without memory. */
void *recall_take(struct recall *recall, size_t size);

/*
 * Work out the numbers of a remembered answer; false when one is not exact.
 * They stand in `numbers` of its result then, and are put where they belong.
 */
bool recall_leaf_work_out(struct recall_leaf *leaf, const num *numbers);
/* The same into `to`, of RECALL_AGAIN_MAX; false also when they are more. */
bool recall_leaf_work_into(
	struct recall_leaf *leaf, const num *numbers, num *to);
void recall_result_fill(const struct shk_result *result);

/* recall_kind.c: what the decision may read of a record under the revision. */
bool recall_reads_make(struct recall *recall, const struct shk_pricer *pricer,
	size_t at, size_t revision);
/* What tells the record's kind, with the question and the day. */
void recall_key_make(const struct job *job, size_t at,
	const struct reads *reads, struct key *key);
/*
 * Where the number stands that is a fact of slot `slot`; RECALL_NO_PLACE: none
 * that tells two records of a kind apart.
 */
uint16_t recall_place(
	const struct job *job, const struct reads *reads, uint32_t slot);
/* The kind, which is added when it is new; NULL when there is no more room. */
struct kind *recall_kind_of(struct recall *recall, const struct key *key);

/* What a quick test says of a whole number. */
static inline bool recall_quick_says(
	const struct recall_node *node, uint64_t number)
{
	uint64_t a = node->quick == QUICK_LEFT ? number : node->limit;
	uint64_t b = node->quick == QUICK_LEFT ? node->limit : number;

	return node->guard == FEEL_GUARD_EQ   ? a == b
	       : node->guard == FEEL_GUARD_LT ? a < b
					      : a <= b;
}

/* recall_tree.c: follow the comparisons; NULL where nobody went before. */
struct recall_leaf *recall_walk(
	const struct recall_node *node, const num *numbers);
/*
 * Where the way that the notes tell ends, every comparison on it being there
 * or put there; NULL when the tree says another thing or has no more room.
 */
struct recall_node **recall_way(struct recall *recall, const struct job *job,
	size_t at, struct kind *kind);

#endif
