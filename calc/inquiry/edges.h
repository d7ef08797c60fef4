/*
 * The edges of one answer in plain values, for reports. Everything lives in
 * the pricer's arena of results.
 */
#ifndef INQUIRY_EDGES_H
#define INQUIRY_EDGES_H

#include <shokan/edges.h>

#include "inquiry/about.h"
#include "price/result.h"

#define EDGES_RULES_MAX 16 /* rules told of one side of an edge; then ... */

/* What bounds a side. */
struct edges_rule {
	const char *decision;
	unsigned row; /* of its table; 0: the decision itself */
	const char *description;
	size_t citation_count;
	const struct price_citation *citations;
};

/* The answer on one side. */
struct edges_side {
	bool present; /* false: past the end of the domain */
	/* an end of the side: the value nearest to the edge, or PRICE_NULL
	   where there is none (just below 200) */
	struct price_value value;
	bool moves;   /* the answer hangs on the fact here: that at `value` */
	bool refused; /* the facts contradict each other */
	bool open;    /* not resolved: see edges_fact.why */
	size_t outcome_count;
	const struct price_outcome *outcomes;
	size_t rule_count;
	const struct edges_rule *rules;
};

enum edges_place { EDGE_BELOW_NOW, EDGE_AT_NOW, EDGE_ABOVE_NOW, EDGE_NO_NOW };

struct edges_edge {
	struct price_value at;
	bool exact;
	struct price_value within; /* where it is not exact: an interval */
	enum edges_place place;	   /* where the edge lies, seen from today */
	bool nearest;		   /* of those below, of those above */
	/* the nearest value with another answer, PRICE_NULL: none is nearest
	   (every one just below 200); how far that, or the edge, is from now */
	struct price_value reach, distance;
	struct edges_side below, on, above;
};

/* A word, truth, or "none". */
struct edges_choice {
	struct price_value value; /* PRICE_NULL: known to be absent */
	bool now;
	bool changes; /* another answer than now's; with no now: than others */
	struct edges_side side;
};

struct edges_fact {
	const char *name;
	const char *label_ja;
	const char *label_en;
	const char *unit;
	bool parameter;
	bool known;
	struct price_value now;
	bool number;
	bool whole;
	struct price_value domain; /* an interval */
	bool varied;	 /* false: free text, or a list that is told by items */
	bool complete;	 /* the whole domain was searched */
	const char *why; /* code: what stopped it; "" when complete */
	bool changes;	 /* some value has another answer */
	bool moves;	 /* the answer moves with the number somewhere */
	size_t edge_count; /* ascending */
	const struct edges_edge *edges;
	size_t choice_count;
	const struct edges_choice *choices;
};

struct shk_edges {
	struct inquiry_about about;
	struct edges_side now;
	size_t fact_count;
	const struct edges_fact *facts;
};

#endif
