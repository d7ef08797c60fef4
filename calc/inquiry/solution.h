/*
 * A solution as the reports read it. Everything lives in its own arena.
 */
#ifndef INQUIRY_SOLUTION_H
#define INQUIRY_SOLUTION_H

#include <shokan/solve.h>

#include "base/arena.h"
#include "price/result.h"

#define SOLUTION_RULES_MAX 8 /* rules told of one side of an end */

enum solution_rule_kind {
	SOLUTION_ROW,	  /* a table row that decides on this side only */
	SOLUTION_FORMULA, /* the decision whose value the condition compares */
	SOLUTION_MORE	  /* `...`: there are more than are told */
};

/* A rule that bounds a piece, with what it gives at the value next to it. */
struct solution_rule {
	enum solution_rule_kind kind;
	const char *decision; /* of the model */
	unsigned row;	      /* ROW: 1-based */
	const char *description;
	struct price_value value;
	size_t citation_count;
	const struct price_citation *citations;
};

/* Where one piece goes over into the next. */
struct solution_end {
	bool domain; /* the fact has no value beyond */
	/* places of the grid on both sides; equal at the domain's end */
	struct price_value last, next;
	bool exact; /* one of the two is short: the end itself */
	bool open;  /* the end is the last value of the other side */
	struct price_value at;
	/* else the end lies between; the simplest fraction there, or "" */
	const char *fraction;
	bool inexact;	   /* the last digits of inexact numbers decide here */
	size_t rule_count; /* on this piece's side */
	struct solution_rule rules[SOLUTION_RULES_MAX + 1];
};

struct solution_piece {
	enum shk_solve_state state;
	bool proved;
	bool bounded_low, bounded_high;
	struct solution_end low, high;
	bool now; /* the record's own value lies in it */
};

struct shk_solution {
	struct arena arena;
	const char *id;
	const char *name;
	const char *path;
	long row;
	const char *decision;
	const char *label_ja;
	const char *label_en;
	const char *revision;
	const char *as_of;
	bool assumed_newest;
	const char *fact;
	const char *fact_ja;
	const char *fact_en;
	const char *unit;
	const char *condition;
	int decimals; /* of the values asked about; 0: whole, words, days */
	bool words;   /* they have no order but that of the vocabulary */
	bool known;   /* the record gives the fact: `now` */
	struct price_value now;
	size_t count;
	struct solution_piece *pieces; /* ascending, without gap */
	bool proved;
	const char *rulebook;
	const char *policy;
};

/* "holds", "fails", ...: the code, the same in every language. */
const char *solution_state(enum shk_solve_state state);

#endif
