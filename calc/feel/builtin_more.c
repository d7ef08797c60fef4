/*
 * Built-ins that stand alone: defaults, replacement, the sample deviation,
 * and bodies in other languages, which are not run.
 */
#include "feel/builtin_bodies.h"

void feel_b_external(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	(void)env;
	(void)builtin;
	(void)args;
	(void)count;
	*out = FEEL_NULL_VALUE;
}

void feel_b_get_or_else(struct feel_env *env,
	const struct feel_builtin *builtin, const struct feel_value *args,
	uint32_t count, struct feel_value *out)
{
	const struct feel_unknown *unknown = args[0].u.unknown;
	struct feel_range span;

	(void)builtin;
	if (args[0].type == FEEL_UNKNOWN && unknown->shape == FEEL_ANYTHING)
		feel_anything(env, args, count, out);
	else if (args[0].type != FEEL_UNKNOWN || feel_span(&args[0], &span))
		*out = args[args[0].type == FEEL_NULL];
	else if (!feel_join(env->arena, &args[0], &args[1], NULL, out))
		feel_fail(env, SHK_E_MEMORY, NULL);
}

/* Is the item to be replaced: by position, or by what a function says? */
static bool replaces(struct feel_env *env, const struct feel_value *args,
	const struct feel_value *list, uint32_t i, struct feel_value *truth)
{
	const struct feel_value pair[2] = { list->u.items[i], args[2] };
	int64_t at;

	if (args[1].type == FEEL_FUNCTION) {
		feel_call(env, &args[1], pair, 2, truth);
		return truth->type == FEEL_BOOLEAN && truth->u.boolean;
	}
	*truth = feel_boolean(true);
	if (!feel_as_int(&args[1], &at))
		return false;
	return at == (int64_t)i + 1 || at == (int64_t)i - list->size;
}

void feel_b_list_replace(struct feel_env *env,
	const struct feel_builtin *builtin, const struct feel_value *args,
	uint32_t count, struct feel_value *out)
{
	struct feel_builder built = { NULL, 0, 0 };
	struct feel_value list;
	struct feel_value truth;
	int64_t at;
	bool position = feel_as_int(&args[1], &at);

	(void)builtin;
	(void)count;
	if (!feel_as_list(&args[0], &list) ||
		(!position && args[1].type != FEEL_FUNCTION) ||
		(position && (at == 0 || at > list.size || -at > list.size)))
		return;
	for (uint32_t i = 0; i < list.size; i++) {
		bool replaced = replaces(env, args, &list, i, &truth);

		if (truth.type == FEEL_UNKNOWN) {
			feel_anything(env, &truth, 1, out);
			return;
		}
		if (truth.type != FEEL_BOOLEAN)
			return;
		feel_builder_add(
			env, &built, replaced ? &args[2] : &list.u.items[i]);
	}
	*out = feel_builder_list(&built);
}

/* Square root of the sum of squared distances from the mean over n - 1. */
void feel_b_deviation(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	uint32_t size = args[0].size;
	struct feel_value mean = FEEL_NULL_VALUE;
	unsigned status = 0;
	num sum = NUM_ZERO;

	if (size < 2)
		return;
	feel_b_mean(env, builtin, args, count, &mean);
	if (mean.type != FEEL_NUMBER)
		return;
	for (uint32_t i = 0; i < size; i++) {
		num distance = num_subtract(
			args[0].u.items[i].u.number, mean.u.number, &status);

		sum = num_add(sum, num_multiply(distance, distance, &status),
			&status);
	}
	sum = num_divide(sum, num_from_int((int64_t)size - 1), &status);
	sum = num_square_root(sum, &status);
	if (status & ~NUM_INEXACT)
		return;
	*out = feel_number(sum);
	out->inexact = mean.inexact || status != 0;
}
