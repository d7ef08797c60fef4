/*
 * The oracle's tests of a value: ranges, lists and equality.
 */
#include "support/oracle_inside.h"

/* Equality in a test: values of different types differ, which is no error. */
static struct feel_value equal_in_test(
	struct oracle *oracle, struct feel_value input, struct feel_value test)
{
	struct feel_value out = oracle_binary(oracle, FEEL_EQ, input, test);

	return out.type == FEEL_NULL ? feel_boolean(false) : out;
}

static struct feel_value in_range(struct oracle *oracle,
	struct feel_value input, const struct feel_range *range)
{
	struct feel_value low = feel_boolean(true);
	struct feel_value high = feel_boolean(true);

	if (range->low_null || range->high_null)
		return oracle_null();
	if (range->low.type != FEEL_NULL)
		low = oracle_binary(oracle,
			range->low_closed ? FEEL_GE : FEEL_GT, input,
			range->low);
	if (range->high.type != FEEL_NULL)
		high = oracle_binary(oracle,
			range->high_closed ? FEEL_LE : FEEL_LT, input,
			range->high);
	return oracle_binary(oracle, FEEL_AND, low, high);
}

static struct feel_value in_list(struct oracle *oracle, struct feel_value input,
	const struct feel_value *list)
{
	struct feel_value out = feel_boolean(false);
	uint32_t i;

	if (input.type == FEEL_LIST ||
		(input.type == FEEL_UNKNOWN && !oracle_has_span(&input)))
		out = equal_in_test(oracle, input, *list);
	for (i = 0; i < list->size; i++) {
		const struct feel_value *item = &list->u.items[i];
		struct feel_value one;

		if (item->type == FEEL_LIST && input.type == FEEL_LIST)
			one = equal_in_test(oracle, input, *item);
		else if (item->type == FEEL_UNKNOWN)
			one = equal_in_test(oracle, input, *item);
		else
			one = oracle_match(oracle, input, *item);
		out = oracle_binary(oracle, FEEL_OR, out, one);
	}
	return out;
}

static struct feel_value match_of(struct oracle *oracle, int detail,
	const struct feel_value *args, size_t count)
{
	(void)detail;
	(void)count;
	return oracle_match(oracle, args[0], args[1]);
}

struct feel_value oracle_match(
	struct oracle *oracle, struct feel_value input, struct feel_value test)
{
	const struct feel_value both[2] = { input, test };
	struct feel_value out;

	if (test.type == FEEL_RANGE && input.type != FEEL_RANGE)
		return in_range(oracle, input, test.u.range);
	if (test.type == FEEL_LIST)
		return in_list(oracle, input, &test);
	if (test.type == FEEL_UNKNOWN && !oracle_has_span(&test)) {
		/* it may be a range or a list */
		if (oracle_try_all(oracle, match_of, 0, both, 2, &out))
			return out;
		return oracle_unknown_of(oracle, both, 2);
	}
	return equal_in_test(oracle, input, test);
}
