/*
 * Functions that are declared never to fall as their argument grows (rounding
 * to three digits is one). With an argument that is only known to lie between
 * two bounds the function is called at the bounds, so that its result lies
 * between two bounds as well: however many cases it tells apart inside.
 */
#include "feel/builtin_bodies.h"

/* The only open argument, or `count` when there is none or more than one. */
static uint32_t open_argument(const struct feel_value *args, uint32_t count)
{
	uint32_t found = count;

	for (uint32_t i = 0; i < count; i++) {
		if (args[i].type != FEEL_UNKNOWN && !feel_is_open(&args[i]))
			continue;
		if (found < count)
			return count;
		found = i;
	}
	return found;
}

static void call_with(struct feel_env *env, const struct feel_value *function,
	const struct feel_value *args, uint32_t count, uint32_t at,
	const struct feel_value *value, struct feel_value *out)
{
	struct feel_value *list =
		arena_alloc(env->arena, count * sizeof(*list));

	*out = FEEL_NULL_VALUE;
	if (!list) {
		feel_fail(env, SHK_E_MEMORY, NULL);
		return;
	}
	for (uint32_t i = 0; i < count; i++)
		list[i] = i == at ? *value : args[i];
	feel_call(env, function, list, count, out);
}

/* One of several values: one of the results. */
static void call_choices(struct feel_env *env,
	const struct feel_value *function, const struct feel_value *args,
	uint32_t count, uint32_t at, struct feel_value *out)
{
	const struct feel_unknown *unknown = args[at].u.unknown;

	for (size_t i = 0; i < unknown->choice_count; i++) {
		struct feel_value result;

		call_with(env, function, args, count, at, &unknown->choices[i],
			&result);
		if (i == 0)
			*out = result;
		else if (!feel_join(env->arena, out, &result, &unknown->reasons,
				 out))
			feel_fail(env, SHK_E_MEMORY, NULL);
	}
}

/* The result at one bound; null for no bound. False when it is no number. */
static bool call_bound(struct feel_env *env, const struct feel_value *function,
	const struct feel_value *args, uint32_t count, uint32_t at,
	const struct feel_value *bound, struct feel_value *out)
{
	*out = FEEL_NULL_VALUE;
	if (bound->type == FEEL_NULL)
		return true;
	call_with(env, function, args, count, at, bound, out);
	return out->type == FEEL_NUMBER;
}

static void call_bounds(struct feel_env *env, const struct feel_value *function,
	const struct feel_value *args, uint32_t count, uint32_t at,
	struct feel_value *out)
{
	const struct feel_unknown *argument = args[at].u.unknown;
	struct feel_value low, high;
	struct feel_unknown *unknown;
	int order = 1;

	if (!call_bound(env, function, args, count, at, &argument->interval.low,
		    &low) ||
		!call_bound(env, function, args, count, at,
			&argument->interval.high, &high)) {
		feel_anything(env, &args[at], 1, out);
		return;
	}
	if (low.type == FEEL_NUMBER && high.type == FEEL_NUMBER &&
		feel_order(&low, &high, &order) && order == 0) {
		*out = low;
		return;
	}
	unknown = arena_zeroed(env->arena, 1, sizeof(*unknown));
	if (!unknown) {
		feel_fail(env, SHK_E_MEMORY, NULL);
		return;
	}
	unknown->reasons = argument->reasons;
	unknown->shape = FEEL_INTERVAL;
	unknown->interval = (struct feel_range){ .low = low,
		.high = high,
		.low_closed = low.type == FEEL_NUMBER,
		.high_closed = high.type == FEEL_NUMBER };
	unknown->slot = -1;
	*out = (struct feel_value){ .type = FEEL_UNKNOWN,
		.u = { .unknown = unknown } };
}

void feel_b_monotone(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	const struct feel_value *function = args++;
	uint32_t at = open_argument(args, --count);

	(void)builtin;
	if (at == count || args[at].type != FEEL_UNKNOWN)
		feel_call(env, function, args, count, out);
	else if (args[at].u.unknown->shape == FEEL_CHOICE)
		call_choices(env, function, args, count, at, out);
	else if (args[at].u.unknown->shape == FEEL_INTERVAL)
		call_bounds(env, function, args, count, at, out);
	else
		feel_anything(env, &args[at], 1, out);
}
