/*
 * A product for each region, and products at random for what is outside.
 */
#ifndef INQUIRY_DIFF_WITNESS_H
#define INQUIRY_DIFF_WITNESS_H

#include "inquiry/diff_sample.h"
#include "inquiry/diff_tell.h"
#include "inquiry/diff_trial.h"

/* A comparison of one decision, with what looks for products. */
struct diff_hunt {
	struct diff_world *world;
	struct diff_trial *trial;
	struct diff_sample *sample;
	bool *locked; /* of what the sample fills: the region says it */
	/* outputs that differ in the region too, by regions around it */
	const struct diff_list *beside;
	size_t *near; /* what conditions hang on, that is not locked */
	size_t near_count;
	struct buffer texts[2];
};

/*
 * Find a product in the region, on which the outputs that `out` names differ,
 * as short as can be; its texts and traces into `out`. None may be found:
 * `out->witnessed`.
 */
enum shk_code diff_witness(struct diff_hunt *hunt,
	const struct diff_region *region, const char *id,
	struct shk_diff_region *out);

/*
 * Products at random until a rule that was taken to have a value has none, or
 * there were `tries`: `*name` is that rule, or NULL.
 */
enum shk_code diff_assumed(struct diff_hunt *hunt, size_t tries,
	struct shk_diff_decision *out, const char **name);

/* `tries` products: how many differ outside of all regions. */
enum shk_code diff_outside(struct diff_hunt *hunt,
	const struct diff_regions *regions, size_t tries,
	struct shk_diff_decision *out);

#endif
