/*
 * Random products: the facts that a decision can read and the parameters of
 * the policy, at values where rules turn, beside them, and elsewhere.
 */
#ifndef INQUIRY_DIFF_SAMPLE_H
#define INQUIRY_DIFF_SAMPLE_H

#include "inquiry/diff.h"

struct diff_sample {
	struct diff_world *world;
	uint64_t state;	    /* of the random numbers; never 0 */
	struct arena arena; /* of the present values */
	struct record record;
	shk_policy *policy;
	/* what is filled: fields of the schema, then parameters of the book */
	size_t count;
	size_t field_count;
	const uint16_t *places;
	uint32_t known; /* of 16 facts, so many are given */
};

enum shk_code diff_sample_open(
	struct diff_sample *sample, struct diff_world *world, uint64_t seed);
/* What is filled: of `fields`, one a field of the schema, and the parameters
   among the pairs that are `reached`. */
enum shk_code diff_sample_fields(
	struct diff_sample *sample, const bool *fields, const uint8_t *reached);
void diff_sample_close(struct diff_sample *sample);
/* From 0 to below `limit`, which is not 0. */
uint32_t diff_random(struct diff_sample *sample, uint32_t limit);
/* Another product, all of it; what was there before is gone. */
enum shk_code diff_sample_next(struct diff_sample *sample);
/* One of what is filled, anew. */
enum shk_code diff_sample_again(struct diff_sample *sample, size_t which);
void diff_sample_drop(struct diff_sample *sample, size_t which);
bool diff_sample_has(const struct diff_sample *sample, size_t which);
/* A value that the rules said; false when no record can say it so. */
bool diff_sample_set(struct diff_sample *sample, size_t which,
	const struct feel_value *value);
/* Leave an item of a list out; false when there are not two. */
bool diff_sample_shrink(struct diff_sample *sample, size_t which, size_t item);
/* Numbers that can be told apart: 1, or the parts of all items of a list. */
size_t diff_sample_parts(const struct diff_sample *sample, size_t which);
/* Another number there; false when none stands there or it does not fit. */
bool diff_sample_number(
	struct diff_sample *sample, size_t which, size_t part, num number);
/* One of the two, to put it back. */
struct diff_kept {
	struct record_value value;
	struct policy_entry entry;
};
struct diff_kept diff_sample_keep(
	const struct diff_sample *sample, size_t which);
void diff_sample_restore(
	struct diff_sample *sample, size_t which, const struct diff_kept *kept);
/* It is there still, or again. Of a list that is given: false. */
bool diff_sample_is(const struct diff_sample *sample, size_t which,
	const struct diff_kept *kept);

#endif
