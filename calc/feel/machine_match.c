/*
 * Tests of a value: membership in ranges and lists, equality, and the truth
 * of an expression that names the input.
 */
#include "feel/inexact.h"
#include "feel/interval.h"

#include <string.h>

static bool is_truth(const struct feel_value *value, bool truth)
{
	return value->type == FEEL_BOOLEAN && value->u.boolean == truth;
}

/* One end of a range: true when the range has no such end. */
static void match_end(struct feel_env *env, enum feel_op op,
	const struct feel_value *input, const struct feel_value *end,
	struct feel_value *out)
{
	if (end->type == FEEL_NULL)
		*out = feel_boolean(true);
	else
		feel_binary(env, op, input, end, out);
}

static void match_range(struct feel_env *env, const struct feel_value *input,
	const struct feel_range *range, struct feel_value *out)
{
	struct feel_value sides[2];

	if (range->low_null || range->high_null) {
		*out = FEEL_NULL_VALUE;
		return;
	}
	match_end(env, range->low_closed ? FEEL_GE : FEEL_GT, input,
		&range->low, &sides[0]);
	if (is_truth(&sides[0], false)) {
		*out = sides[0];
		return;
	}
	match_end(env, range->high_closed ? FEEL_LE : FEEL_LT, input,
		&range->high, &sides[1]);
	feel_and(env, sides, out);
}

/* Values of different types are not equal: a test does not answer null. */
static void match_equal(struct feel_env *env, const struct feel_value *input,
	const struct feel_value *test, struct feel_value *out)
{
	feel_binary(env, FEEL_EQ, input, test, out);
	if (out->type == FEEL_NULL)
		*out = feel_boolean(false);
}

static void match_item(struct feel_env *env, const struct feel_value *input,
	const struct feel_value *item, struct feel_value *out)
{
	if (item->type == FEEL_RANGE && input->type != FEEL_RANGE)
		match_range(env, input, item->u.range, out);
	else if (item->type == FEEL_LIST && input->type != FEEL_LIST)
		feel_match(env, input, item, out);
	else
		match_equal(env, input, item, out);
}

static void match_list(struct feel_env *env, const struct feel_value *input,
	const struct feel_value *list, struct feel_value *out)
{
	struct feel_value sides[2];
	struct feel_range span;

	sides[0] = feel_boolean(false);
	if (input->type == FEEL_LIST ||
		(input->type == FEEL_UNKNOWN && !feel_span(input, &span)))
		match_equal(env, input, list, &sides[0]);
	for (uint32_t i = 0; i < list->size && !is_truth(&sides[0], true);
		i++) {
		match_item(env, input, &list->u.items[i], &sides[1]);
		feel_or(env, sides, &sides[0]);
	}
	*out = sides[0];
}

static void match_mapped(struct feel_env *env, const void *context,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	(void)context;
	(void)count;
	feel_match(env, &args[0], &args[1], out);
}

static int quick_range(num input, const struct feel_range *range)
{
	int order;

	if (feel_any_inexact(&range->low, &range->high))
		return -1;
	if (range->low.type == FEEL_NUMBER) {
		order = num_order(input, range->low.u.number);
		if (order < 0 || (order == 0 && !range->low_closed))
			return 0;
	} else if (range->low.type != FEEL_NULL || range->low_null) {
		return -1;
	}
	if (range->high.type == FEEL_NUMBER) {
		order = num_order(input, range->high.u.number);
		return order < 0 || (order == 0 && range->high_closed);
	}
	return range->high.type == FEEL_NULL && !range->high_null ? 1 : -1;
}

int feel_quick_match(
	const struct feel_value *input, const struct feel_value *test)
{
	if (feel_any_inexact(input, test))
		return -1;
	if (input->type == FEEL_NUMBER && test->type == FEEL_RANGE)
		return quick_range(input->u.number, test->u.range);
	if (input->type != test->type)
		return -1;
	switch (input->type) {
	case FEEL_NUMBER:
		return num_order(input->u.number, test->u.number) == 0;
	case FEEL_STRING:
		return input->size == test->size &&
		       memcmp(input->u.string, test->u.string, test->size) == 0;
	case FEEL_BOOLEAN:
		return input->u.boolean == test->u.boolean;
	default:
		return -1;
	}
}

int feel_quick_any(
	const struct feel_value *input, const struct feel_value *tests)
{
	for (uint32_t i = 0; i < tests->size; i++) {
		int match = feel_quick_match(input, &tests->u.items[i]);

		if (match != 0)
			return match;
	}
	return 0;
}

/* Each of the choices on its own, so that they are not mixed up. */
static bool map_choice(struct feel_env *env, feel_mapped *match,
	const struct feel_value sides[2], struct feel_value *out)
{
	if (sides[0].type != FEEL_UNKNOWN ||
		sides[0].u.unknown->shape != FEEL_CHOICE)
		return false;
	return feel_map_choices(env, match, NULL, sides, 2, out);
}

void feel_match(struct feel_env *env, const struct feel_value *input,
	const struct feel_value *test, struct feel_value *out)
{
	const struct feel_value sides[2] = { *input, *test };
	struct feel_range span;

	if (map_choice(env, match_mapped, sides, out))
		return;
	switch (sides[1].type) {
	case FEEL_RANGE:
		match_item(env, &sides[0], &sides[1], out);
		break;
	case FEEL_LIST:
		match_list(env, &sides[0], &sides[1], out);
		break;
	case FEEL_UNKNOWN:
		if (feel_span(&sides[1], &span))
			match_equal(env, &sides[0], &sides[1], out);
		else if (!feel_map_choices(
				 env, match_mapped, NULL, sides, 2, out))
			feel_anything(env, sides, 2, out);
		break;
	default:
		match_equal(env, &sides[0], &sides[1], out);
		break;
	}
}

static void any_mapped(struct feel_env *env, const void *context,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	(void)context;
	(void)count;
	feel_match_any(env, &args[0], &args[1], out);
}

void feel_match_any(struct feel_env *env, const struct feel_value *input,
	const struct feel_value *tests, struct feel_value *out)
{
	const struct feel_value sides[2] = { *input, *tests };
	struct feel_value truths[2] = { feel_boolean(false) };

	if (map_choice(env, any_mapped, sides, out))
		return;
	for (uint32_t i = 0; i < sides[1].size; i++) {
		feel_match(env, &sides[0], &sides[1].u.items[i], &truths[1]);
		feel_or(env, truths, &truths[0]);
		if (is_truth(&truths[0], true))
			break;
	}
	*out = truths[0];
}

/* Is it a truth or null, whatever the missing facts turn out to be? */
static bool is_surely_truth(const struct feel_value *value)
{
	const struct feel_unknown *unknown = value->u.unknown;

	if (value->type != FEEL_UNKNOWN)
		return value->type == FEEL_BOOLEAN || value->type == FEEL_NULL;
	if (unknown->shape != FEEL_CHOICE)
		return false;
	for (size_t i = 0; i < unknown->choice_count; i++)
		if (!is_surely_truth(&unknown->choices[i]))
			return false;
	return true;
}

static void holds_mapped(struct feel_env *env, const void *context,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	(void)context;
	(void)count;
	feel_holds(env, &args[0], &args[1], out);
}

void feel_holds(struct feel_env *env, const struct feel_value *input,
	const struct feel_value *test, struct feel_value *out)
{
	const struct feel_value sides[2] = { *input, *test };
	struct feel_range span;

	if (is_surely_truth(&sides[1]))
		*out = sides[1];
	else if (sides[1].type != FEEL_UNKNOWN || feel_span(&sides[1], &span))
		feel_match(env, &sides[0], &sides[1], out);
	else if (!feel_map_choices(env, holds_mapped, NULL, sides, 2, out))
		feel_anything(env, sides, 2, out);
}
