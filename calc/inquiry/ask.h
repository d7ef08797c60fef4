/*
 * What is to be found out in plain values, for reports. Everything lives in
 * the pricer's arena of results.
 */
#ifndef INQUIRY_ASK_H
#define INQUIRY_ASK_H

#include <shokan/ask.h>

#include "inquiry/about.h"
#include "price/result.h"

#define ASK_FACTS_MAX	    12	   /* facts whose sets are all looked at */
#define ASK_SETS_MAX	    64	   /* minimal sets that are told */
#define ASK_EVALUATIONS_MAX 100000 /* of the rules, for one question */

/* How a fact alone narrows the answer, over all that it may turn out to be. */
struct ask_fact {
	const char *name;
	const char *label_ja;
	const char *label_en;
	bool parameter;
	bool alone; /* it decides, whatever it is */
	bool lucky; /* some value of it decides */
	/* outcomes left in the worst case; 0: more than can be counted */
	size_t left;
	/* distance of the least and the greatest number left in the worst
	   case, PRICE_NULL: not bounded, or no numbers */
	struct price_value width;
};

struct ask_set {
	bool always; /* it decides, whatever its facts turn out to be; else
			for some of their values */
	size_t left; /* in the worst case, as of a fact */
	struct price_value width;
	size_t count;
	const struct ask_fact **facts; /* the one that narrows most first */
};

struct shk_ask {
	struct inquiry_about about;
	bool open;    /* more than one outcome */
	bool refused; /* the facts contradict each other */
	size_t outcome_count;
	const struct price_outcome *outcomes;
	struct price_value between; /* of the numbers: an interval, or null */
	bool complete;
	const char *why;   /* code: what kept it from being so, or "" */
	size_t fact_count; /* those that narrow most first */
	const struct ask_fact *facts;
	size_t set_count; /* those that always decide first, then what narrows most */
	const struct ask_set *sets;
};

#endif
