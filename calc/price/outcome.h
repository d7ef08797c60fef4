/*
 * Sets of outcomes: what an answer may still be. An outcome is a value of the
 * output, or a status such as not_applicable with its reason. Sets hold each
 * outcome once; intervals that touch are one.
 */
#ifndef PRICE_OUTCOME_H
#define PRICE_OUTCOME_H

#include "base/arena.h"
#include "feel/value.h"
#include "price/result.h"

#define OUTCOMES_MAX 32 /* outcomes of one set; more become "anything" */

struct outcome {
	enum shk_status status; /* SHK_DETERMINED: `value` or `range` counts */
	const char *reason;
	bool interval;		 /* some number or date inside `range` */
	struct feel_value value; /* known */
	struct feel_range range;
};

struct feel_notes;

/* With `notes` what is found of numbers that were made of facts goes there. */
struct outcome_set {
	size_t count;
	bool anything; /* not countable: some value, nothing more is known */
	struct feel_notes *notes; /* or NULL */
	struct outcome items[OUTCOMES_MAX];
};

/*
 * Add the value, or each choice of an unknown one; `domain_choices` stand in
 * when nothing else is known of it. What values point to must outlive the set.
 */
void outcome_add_value(struct outcome_set *set, const struct feel_value *value,
	const struct feel_value *domain_choices, size_t domain_count);
/* In place of "anything": some number, an interval without bounds. */
void outcome_any_number(struct outcome_set *set);
void outcome_add_status(
	struct outcome_set *set, enum shk_status status, const char *reason);
void outcome_join(struct outcome_set *set, const struct outcome_set *other);
/*
 * The same; what is new to `set` is copied into `arena`. False when memory
 * runs out.
 */
bool outcome_keep(struct arena *arena, struct outcome_set *set,
	const struct outcome_set *other);
/* Empty, and without notes. */
void outcome_clear(struct outcome_set *set);
/* Whoever looks at the values themselves pins them in the notes, if any. */
void outcome_pin(const struct outcome_set *set);
/* Both sets take the same notes or none. */
bool outcome_equal(const struct outcome_set *a, const struct outcome_set *b);
/*
 * What a word of an applicability decision says: "applicable", a reason that
 * it is not, "conflict:REASON" or "undetermined:REASON". What is no word is
 * SHK_ERROR. The reason is a copy in `arena`, "" for "applicable"; false when
 * memory runs out.
 */
bool applicability_status(struct arena *arena, const struct feel_value *word,
	enum shk_status *status, const char **reason);
/* Exactly one outcome, and that a known value or a status. */
bool outcome_decided(const struct outcome_set *set);
/* Values first in their order, then statuses. */
void outcome_sort(struct outcome_set *set);
/* As plain outcomes in `arena`; false when memory runs out. */
bool outcome_plain(struct arena *arena, const struct outcome_set *set,
	size_t *count, const struct price_outcome **out);
/* A FEEL value or range as a plain value; false when memory runs out. */
bool range_plain(struct arena *arena, const struct feel_range *range,
	struct price_value *to);
bool value_plain(struct arena *arena, const struct feel_value *from,
	struct price_value *to);

#endif
