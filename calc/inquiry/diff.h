/*
 * Inside of the comparison of two revisions. Elements of the two graphs that
 * have one name are a pair; what is told of a pair in a cell of the decision
 * space is whether both revisions have the same value there.
 */
#ifndef INQUIRY_DIFF_H
#define INQUIRY_DIFF_H

#include <shokan/diff.h>

#include "base/arena.h"
#include "dmn/evaluator.h"
#include "price/pricer.h"
#include "record/record.h"
#include "rulebook/rulebook.h"

#define DIFF_PAIRS_MAX	(2 * FEEL_SLOTS_MAX)
#define DIFF_DEPTH_MAX	48  /* splits one inside another */
#define DIFF_PIECES_MAX 257 /* of one split */
#define DIFF_CUTS_MAX	256 /* turning points of one cell */
#define DIFF_STACK_MAX	256 /* decisions one inside another */
#define DIFF_TURNS_MAX	256 /* numbers at which rules turn, for samples */
#define DIFF_YEARS	64  /* around the revisions: dates tried one by one */

/* An element of one or both graphs. */
struct diff_pair {
	int slot[2];  /* -1: that revision has none */
	bool own;     /* the same kind, type and text */
	bool same;    /* and all that it reads, to the facts */
	bool whole;   /* a number that is always whole */
	bool assumed; /* was split by its values, taken not to be null */
	bool none;    /* a single value that may be known to be absent: null */
	int days;     /* compared day by day: 0 not yet, 1 same, -1 not */
	unsigned faults[2]; /* of its table, UNIQUE: bits of shk_table_fault */
};

enum diff_relation {
	DIFF_UNTOLD,  /* not looked at yet in this cell */
	DIFF_EQUAL,   /* the same value in both */
	DIFF_UNEQUAL, /* other values everywhere in the cell */
	DIFF_OTHER,   /* other rules are reached; values may differ */
	DIFF_OPEN     /* to be split */
};

/* What the row of a table is, in an evaluation: rows that may be hit. */
struct diff_rows {
	uint32_t count; /* 0: none was told */
	uint32_t row;	/* the last of them, from 1 */
};

/* One revision at work. */
struct diff_desk {
	struct diff_world *world;
	const struct rulebook_revision *revision;
	struct dmn_evaluator *evaluator;
	const uint32_t *pairs;	/* of each slot */
	struct feel_set *reads; /* of each slot, in this cell */
	struct diff_rows *rows;
	struct feel_value *now; /* of each slot that was given */
	bool *given;
	const struct feel_value *unknowns;
	struct dmn_listener listener;
	size_t depth;
	uint32_t stack[DIFF_STACK_MAX];
};

struct diff_cut {
	uint32_t pair;
	struct feel_value at;
};

enum diff_mark {
	DIFF_NO_MARK,
	DIFF_MARK_EQUAL, /* rows that say the same are reached */
	DIFF_MARK_ROWS,	 /* other rows are reached */
	DIFF_MARK_APART, /* only where the values differ */
	DIFF_MARK_JOINED /* only where both say that the decision applies */
};

struct diff_world {
	const shk_rulebook *book;
	const struct record_schema *schema;
	shk_diag *diag;
	struct arena arena;   /* as long as the comparison */
	size_t before, after; /* indexes of the revisions */
	struct diff_desk desks[2];
	size_t pair_count;
	struct diff_pair *pairs;
	uint64_t until;		     /* of base/clock.h; 0: no limit on time */
	int32_t first_day, last_day; /* that are tried one by one */
	bool days_used;
	/* of the present cell */
	uint8_t *relations;  /* enum diff_relation, one a pair */
	uint8_t *marks;	     /* enum diff_mark, one a pair */
	uint8_t *visited;    /* by the choice of what to split */
	size_t apart_count;  /* pairs that are marked as apart */
	bool overflow;	     /* a ceiling was met */
	bool tables_checked; /* `faults` of the pairs are set */
	size_t turn_count;   /* of all cells */
	num turns[DIFF_TURNS_MAX];
	size_t cut_count;
	struct diff_cut cuts[DIFF_CUTS_MAX];
};

/* What a region says of a pair. */
enum diff_condition_kind {
	DIFF_IS,   /* its value, in both or in one revision, is in a piece */
	DIFF_HITS, /* these rows of the tables */
	DIFF_APART /* the values of the revisions differ */
};

/* A value, or for numbers and dates what lies between two. */
struct diff_piece {
	bool stretch;
	struct feel_value value; /* no stretch */
	struct feel_range range;
};

struct diff_condition {
	enum diff_condition_kind kind;
	uint32_t pair;
	int side; /* -1: both */
	size_t piece_count;
	const struct diff_piece *pieces;
	uint32_t rows[2]; /* DIFF_HITS: from 1 */
	const char *text;
};

struct diff_region {
	bool everywhere;
	bool one_sided; /* whether the decision applies is known to differ */
	size_t count;
	const struct diff_condition *conditions;
};

struct diff_regions {
	size_t count, capacity;
	struct diff_region *items; /* in the world's arena */
};

/* What may differ between two answers. */
struct diff_part {
	const char *name;
	uint32_t applicability; /* pairs, or RULEBOOK_NONE */
	uint32_t when;
	size_t slot_count;
	const uint32_t *slots;
	bool caveats;  /* nulls in the list say nothing */
	bool beside;   /* told also where the rule for the lead was not seen */
	bool conflict; /* told only when rules contradict each other */
};

/* How a cell is split. */
struct diff_split {
	enum {
		DIFF_SPLIT_NONE,
		DIFF_SPLIT_VALUE,
		DIFF_SPLIT_ROWS,  /* equal rows, then pairs of other rows */
		DIFF_SPLIT_APART, /* values that both have, then: they differ */
		DIFF_SPLIT_JOIN	  /* both apply, then: they differ */
	} kind;
	uint32_t pair;
	int side; /* -1: both get the value */
	size_t count;
	struct diff_piece *pieces;
	uint32_t (*rows)[2]; /* DIFF_SPLIT_ROWS, of pieces behind the first */
};

/* diff_world.c: both revisions with nothing known */
enum shk_code diff_world_open(struct diff_world *world, shk_diag *diag);
void diff_world_close(struct diff_world *world);
/* Forget what was found out in the last cell. */
void diff_cell_begin(struct diff_world *world);
/* The value of a pair on one side, in the present cell. */
enum shk_code diff_value(struct diff_world *world, uint32_t pair, int side,
	struct feel_value *out);
/* Give a value on one side (or -1: on both). */
void diff_give(struct diff_world *world, uint32_t pair, int side,
	const struct feel_value *value);
/* Take back what was given to a decision; an input is unknown again. */
void diff_take(struct diff_world *world, uint32_t pair, int side);
/* What stands for a pair: a fact, parameter, auxiliary, constant, decision. */
const struct rulebook_slot *diff_role(
	const struct diff_world *world, uint32_t pair);
const struct dmn_slot *diff_slot(const struct diff_world *world, uint32_t pair);
bool diff_is_given(const struct diff_world *world, uint32_t pair, int side);

/* diff_pairs.c: which elements correspond, and which are the same */
enum shk_code diff_pairs_make(struct diff_world *world);
/* A constant that has one value on all days of each revision. */
bool diff_is_steady(const struct diff_world *world, uint32_t pair);
uint32_t diff_pair_find(const struct diff_world *world, const char *name);

/* diff_relate.c: what a cell says of a pair */
enum shk_code diff_relate(
	struct diff_world *world, uint32_t pair, enum diff_relation *relation);
/* Pairs that either side of `pair` read in this cell. */
bool diff_reads(const struct diff_world *world, uint32_t pair, uint32_t read);

/* Everything that running this FEEL text reads is heard of. */
bool diff_heard_whole(const char *text);

/* diff_pick.c: what to split next, so that `pair` is decided */
enum shk_code diff_pick(
	struct diff_world *world, uint32_t pair, struct diff_split *split);

/* Split the value of a pair that is equal on both sides, if it is a word. */
enum shk_code diff_pick_value(
	struct diff_world *world, uint32_t pair, struct diff_split *split);

/* Both say that the decision applies, or they differ. */
enum shk_code diff_pick_join(
	struct diff_world *world, uint32_t pair, struct diff_split *split);

/* diff_walk.c: the regions in which a part differs */
enum shk_code diff_walk(struct diff_world *world, const struct diff_part *part,
	struct diff_regions *regions, size_t *cells);

const struct record_schema *diff_schema(const shk_diff *diff);

/* The same conditions. */
bool diff_region_same(const struct diff_region *a, const struct diff_region *b);
/* Add what `pair` can read, and itself, to `set`: one byte a pair. */
void diff_closure_add(
	const struct diff_world *world, uint32_t pair, uint8_t *set);

/* diff_words.c: conditions as text, in the world's arena */
const char *diff_piece_text(struct diff_world *world, uint32_t pair,
	const struct diff_piece *pieces, size_t count);
const char *diff_apart_text(struct diff_world *world, uint32_t pair);
const char *diff_rows_text(
	struct diff_world *world, uint32_t pair, const uint32_t rows[2]);

#endif
