/*
 * Inside price/: one answer while it is made.
 */
#ifndef PRICE_ANSWER_H
#define PRICE_ANSWER_H

#include "price/pricer.h"

struct work {
	struct job *job;
	size_t at;   /* decision */
	size_t lead; /* output */
	const struct rulebook_decision *decision;
	const struct rulebook_bound *bound;
	struct shk_result *result;
	struct price_output *outputs;
	struct dmn_marks cited;	 /* all that was used */
	struct dmn_marks weighs; /* of these, what the evidence counts */
	struct missing_list missing;
	const char
		*silent; /* output for which the rules gave nothing, or NULL */
};

/* Value of a slot; the citations on its path are added to `marks`. */
enum shk_code answer_read(struct job *job, uint32_t slot,
	struct feel_value *value, struct dmn_marks *marks);
/* Known not to apply: `reply` says so. Open conditions set `*open`. */
enum shk_code answer_conditions(struct job *job,
	const struct explore_target *target, struct reply *reply, bool *open);
/* The first output whose fields the record gives, else the first. */
size_t answer_lead(const struct job *job, size_t at);
/* The record's lane is known and not the one that these rules are for. */
bool answer_other_lane(const struct job *job);
/* The question that an output asks. */
void answer_target(const struct work *work, size_t output, bool lead,
	struct explore_target *target);
/* Other outputs have a meaning beside this lead. */
bool answer_has_others(const struct shk_result *result);
/* This other output is told. */
bool answer_tells(const struct work *work, size_t output);
/* The steps of the lead, then of the others, into the result. */
enum shk_code answer_steps(struct work *work);
/* Under --min-evidence nothing of a weaker path is shown. */
enum shk_code answer_may_show(struct work *work, size_t at, bool *may);
/* What other roundings would give, into the result. */
enum shk_code answer_roundings(struct work *work);

#endif
