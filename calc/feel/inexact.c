/*
 * Bounds of errors on values, and doubts about comparisons. The common case,
 * exact numbers, is left to the callers: nothing here is on its path.
 */
#include "feel/inexact.h"

#include "feel/interval.h"

struct num_bounded feel_bounded(const struct feel_value *number)
{
	struct num_bounded out = { number->u.number, 0 };

	if (number->inexact)
		out.error = number->size ? number->size : NUM_ERROR_UNKNOWN;
	return out;
}

struct feel_value feel_from_bounded(struct num_bounded number, unsigned status)
{
	struct feel_value out;

	if (status & ~NUM_INEXACT)
		return FEEL_NULL_VALUE;
	out = feel_number(number.value);
	out.inexact = number.error != 0;
	out.size = number.error;
	return out;
}

struct feel_value feel_from_exact(num number, unsigned status)
{
	return feel_from_bounded(
		(struct num_bounded){ number, status != 0 }, status);
}

void feel_keep_error(struct feel_value *kept, const struct feel_value *other)
{
	uint32_t errors[2];

	if (!feel_any_inexact(kept, other))
		return;
	if (kept->type == FEEL_NUMBER && other->type == FEEL_NUMBER) {
		errors[0] = feel_bounded(kept).error;
		errors[1] = feel_bounded(other).error;
		kept->size = errors[0] > errors[1] ? errors[0] : errors[1];
	}
	kept->inexact = 1;
}

/* Is there an inexact number in the value, or a taint? */
static bool has_inexact(const struct feel_value *value, unsigned depth)
{
	if (value->inexact || depth > FEEL_NESTED_MAX)
		return true;
	switch (value->type) {
	case FEEL_LIST:
		for (uint32_t i = 0; i < value->size; i++)
			if (has_inexact(&value->u.items[i], depth + 1))
				return true;
		return false;
	case FEEL_CONTEXT:
		for (uint32_t i = 0; i < value->size; i++)
			if (has_inexact(&value->u.entries[i].value, depth + 1))
				return true;
		return false;
	case FEEL_RANGE:
		return has_inexact(&value->u.range->low, depth + 1) ||
		       has_inexact(&value->u.range->high, depth + 1);
	default:
		return false;
	}
}

void feel_doubt_compare(struct feel_env *env, const struct feel_value *a,
	const struct feel_value *b)
{
	bool decided = false;

	if (a->type == FEEL_NUMBER && b->type == FEEL_NUMBER) {
		if (!feel_any_inexact(a, b))
			return;
		num_bounded_compare(feel_bounded(a), feel_bounded(b), &decided);
	} else {
		decided = !has_inexact(a, 0) && !has_inexact(b, 0);
	}
	if (!decided)
		env->doubt = true;
}

void feel_doubt_digits(
	struct feel_env *env, const struct feel_value *args, uint32_t count)
{
	for (uint32_t i = 0; i < count && !env->doubt; i++)
		env->doubt = has_inexact(&args[i], 0);
}

static void taint_deep(
	struct feel_env *env, struct feel_value *value, unsigned depth);

static void taint_items(struct feel_env *env, const struct feel_value **items,
	size_t count, unsigned depth)
{
	struct feel_value *copy = feel_alloc(env, count, sizeof(*copy));

	for (size_t i = 0; copy && i < count; i++) {
		copy[i] = (*items)[i];
		taint_deep(env, &copy[i], depth + 1);
	}
	if (copy)
		*items = copy;
}

static void taint_entries(
	struct feel_env *env, struct feel_value *value, unsigned depth)
{
	struct feel_entry *copy = feel_alloc(env, value->size, sizeof(*copy));

	for (uint32_t i = 0; copy && i < value->size; i++) {
		copy[i] = value->u.entries[i];
		taint_deep(env, &copy[i].value, depth + 1);
	}
	if (copy)
		value->u.entries = copy;
}

/* The choices of an unknown; its interval says itself that it is tainted. */
static void taint_unknown(
	struct feel_env *env, struct feel_value *value, unsigned depth)
{
	struct feel_unknown *copy;

	if (value->u.unknown->shape != FEEL_CHOICE)
		return;
	copy = feel_alloc(env, 1, sizeof(*copy));
	if (!copy)
		return;
	*copy = *value->u.unknown;
	taint_items(env, &copy->choices, copy->choice_count, depth);
	value->u.unknown = copy;
}

static void taint_deep(
	struct feel_env *env, struct feel_value *value, unsigned depth)
{
	if (depth > FEEL_NESTED_MAX || value->type == FEEL_FUNCTION)
		return;
	value->inexact = 1;
	switch (value->type) {
	case FEEL_NUMBER:
		value->size = NUM_ERROR_UNKNOWN;
		break;
	case FEEL_LIST:
		taint_items(env, &value->u.items, value->size, depth);
		break;
	case FEEL_CONTEXT:
		taint_entries(env, value, depth);
		break;
	case FEEL_UNKNOWN:
		taint_unknown(env, value, depth);
		break;
	default:
		break;
	}
}

void feel_taint(struct feel_env *env, struct feel_value *value)
{
	taint_deep(env, value, 0);
}
