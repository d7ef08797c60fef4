/*
 * Computing with unknowns: intervals, choices, provenance (which missing fact
 * a value depends on, and how), and the cuts that comparisons make.
 */
#ifndef FEEL_INTERVAL_H
#define FEEL_INTERVAL_H

#include "feel/machine_state.h"

/* A zeroed unknown without provenance; NULL on no memory. */
struct feel_unknown *feel_unknown_make(
	struct arena *arena, const struct feel_set *reasons);
struct feel_value feel_unknown_value(const struct feel_unknown *unknown);
/* One of `count` distinct known values (one: that value itself). */
bool feel_choice_value(struct arena *arena, const struct feel_value *choices,
	size_t count, const struct feel_set *why, struct feel_value *out);
/* The smallest interval around both; false when there is none. */
bool feel_hull(const struct feel_value *a, const struct feel_value *b,
	struct feel_range *out);
/* Interval of a number or date, known or not; false when there is none. */
bool feel_span(const struct feel_value *value, struct feel_range *out);

/* Anything, for the reasons found inside the `count` values. */
void feel_anything(struct feel_env *env, const struct feel_value *values,
	uint32_t count, struct feel_value *out);
/* Anything, for these reasons. */
void feel_anything_for(struct feel_env *env, const struct feel_set *reasons,
	struct feel_value *out);
/* true or false, for the reasons found inside the values. */
void feel_maybe(struct feel_env *env, const struct feel_value *values,
	uint32_t count, struct feel_value *out);

/*
 * Map a function over all combinations of the choices in `args`. False when
 * it cannot be done: an unknown that is no choice, too many results.
 */
typedef void feel_mapped(struct feel_env *env, const void *context,
	const struct feel_value *args, uint32_t count, struct feel_value *out);
#define FEEL_MAPPED_ARGS 8
bool feel_map_choices(struct feel_env *env, feel_mapped *function,
	const void *context, const struct feel_value *args, uint32_t count,
	struct feel_value *out);

/* As feel_binary; `context` points at the enum feel_op. */
feel_mapped feel_map_binary;

/* + - * / of which at least one side is unknown and neither is null. */
void feel_unknown_arithmetic(struct feel_env *env, enum feel_op op,
	const struct feel_value sides[2], struct feel_value *out);
void feel_unknown_negate(struct feel_env *env, const struct feel_value *value,
	struct feel_value *out);
/* = != < <= > >= likewise. */
void feel_unknown_compare(struct feel_env *env, enum feel_op op,
	const struct feel_value sides[2], struct feel_value *out);
/* A function of numbers that never falls, on the ends of an interval. */
typedef bool feel_monotone(
	const void *context, const struct feel_value *in, num *out);
void feel_unknown_monotone(struct feel_env *env, feel_monotone *function,
	const void *context, const struct feel_value *value,
	struct feel_value *out);
/*
 * A curve of num/ that rises wherever it has a value (logarithm, square root,
 * exponential), rounded correctly: the result lies between its ends.
 */
void feel_unknown_curve(struct feel_env *env, num (*curve)(num, unsigned *),
	const struct feel_value *value, struct feel_value *out);
/* The lesser (or greater) of two values; null when they have no order. */
void feel_extreme(struct feel_env *env, bool greatest,
	const struct feel_value sides[2], struct feel_value *out);
/* |x| of an unknown. */
void feel_unknown_absolute(struct feel_env *env, const struct feel_value *value,
	struct feel_value *out);

/* Tell the host where the two sides are equal, if a missing fact decides. */
void feel_cut(struct feel_env *env, const struct feel_value *a,
	const struct feel_value *b);

#endif
