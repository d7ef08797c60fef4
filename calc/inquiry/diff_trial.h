/*
 * A product on trial: what both revisions answer to it, and in which regions
 * it lies.
 */
#ifndef INQUIRY_DIFF_TRIAL_H
#define INQUIRY_DIFF_TRIAL_H

#include "inquiry/diff.h"

/* Both revisions as a record meets them. */
struct diff_trial {
	struct diff_world *world;
	size_t decision;
	shk_pricer *pricers[2];
	struct diff_rows *rows[2]; /* of each slot */
	struct job jobs[2];
	bool loaded[2];
};

/* `policy` may be NULL and must outlive the trial. */
enum shk_code diff_trial_open(struct diff_trial *trial,
	struct diff_world *world, size_t decision, const shk_policy *policy,
	bool steps);
void diff_trial_close(struct diff_trial *trial);
/* The facts that the decision can read: one a field of the schema. */
const bool *diff_trial_fields(const struct diff_trial *trial);

/* The record's facts to both sides; for `diff_trial_place`. */
enum shk_code diff_trial_load(
	struct diff_trial *trial, const struct record *record);
/* Where the record that was loaded lies; *met: conditions wholly met. */
enum shk_code diff_trial_place(struct diff_trial *trial,
	const struct diff_region *region, enum shk_diff_place *place,
	size_t *met);

/* A rule of the record that was loaded has no value on one side: null. */
enum shk_code diff_trial_null(
	struct diff_trial *trial, uint32_t pair, bool *null);

/* The answer of one side, valid until the side's next; NULL: a rule gives
   nothing where it must give something, and the pricer refuses. */
enum shk_code diff_trial_price(struct diff_trial *trial, int side,
	const struct record *record, const shk_result **result);

#endif
