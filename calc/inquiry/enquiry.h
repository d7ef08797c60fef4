/*
 * A condition on one record's answer, asked of a whole stretch of one fact at
 * once. The rules are evaluated with the fact as an interval, which encloses
 * what they give for every value in it; what else is missing is split by the
 * explorer of unknowns. So what is decided is proved for every value of the
 * stretch, and what is not decided may only be asked again of shorter ones.
 */
#ifndef INQUIRY_ENQUIRY_H
#define INQUIRY_ENQUIRY_H

#include <shokan/solve.h>

#include "inquiry/axis.h"
#include "inquiry/condition.h"
#include "price/answer.h"

#define ENQUIRY_CUTS_MAX 64 /* turning points kept of one asking */

struct enquiry {
	shk_pricer *pricer;
	struct job job;
	const struct axis *axis;
	struct condition *condition;
	size_t decision;
	size_t lead;
	const struct rulebook_bound *bound;
	shk_diag *diag;
	bool fixed; /* no rule looks at the fact: always this state */
	enum shk_solve_state fixed_state;
	/* decisions given as facts that must agree with what is worked out */
	size_t check_count;
	uint32_t checks[FEEL_SLOTS_MAX];
	/* of one asking */
	struct explore_question asking;
	struct feel_value status; /* of the answer as a whole, when asked for */
	bool met[SHK_SOLVE_OPEN]; /* states of leaves, the whole stretch long */
	size_t met_count;
	bool stuck; /* a leaf is open, and not because of the fact */
	bool inexact;
	size_t cut_count;
	num cuts[ENQUIRY_CUTS_MAX]; /* of the axis: places or between two */
	/* of the status */
	size_t told;	      /* leaves that are decided */
	struct outcome first; /* what the first of them says */
	bool differ;	      /* another one says something else */
};

/* What an asking says of every value of the stretch. */
struct enquiry_reply {
	bool decided;
	enum shk_solve_state state;
	bool inexact; /* it rests on the last digits of inexact numbers */
};

/*
 * The record must give the fact (any value of the axis) and outlive the
 * question. `pricer` must not be used by others meanwhile.
 */
enum shk_code enquiry_begin(struct enquiry *question, shk_pricer *pricer,
	const shk_record *record, size_t decision, const struct axis *axis,
	const char *condition, shk_diag *diag);
void enquiry_end(struct enquiry *question);

/* From `low` to `high`, both of them included; NULL: without bound. */
enum shk_code enquiry_ask(struct enquiry *question, const num *low,
	const num *high, struct enquiry_reply *reply);

/* What a finished answer says of the condition. */
enum shk_code enquiry_of_result(struct enquiry *question,
	const struct shk_result *result, enum shk_solve_state *state);

#endif
