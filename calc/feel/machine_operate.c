/*
 * Operators on values: arithmetic, comparison, logic. Known values are dealt
 * with here; as soon as a side is unknown, interval.c takes over.
 */
#include "feel/inexact.h"
#include "feel/interval.h"
#include "feel/temporal.h"

#include <string.h>

void feel_fail(struct feel_env *env, enum shk_code code, const char *why)
{
	if (env->failure != SHK_OK)
		return;
	env->failure = code;
	env->why = why;
}

void *feel_alloc(struct feel_env *env, size_t count, size_t size)
{
	void *block = arena_zeroed(env->arena, count ? count : 1, size);

	if (!block)
		feel_fail(env, SHK_E_MEMORY, NULL);
	return block;
}

static bool is_unknown(const struct feel_value *value)
{
	return value->type == FEEL_UNKNOWN;
}

static void known_arithmetic(enum feel_op op, const struct feel_value *a,
	const struct feel_value *b, struct feel_value *out)
{
	static num (*const operations[])(
		num, num, unsigned *) = { [FEEL_ADD] = num_add,
		[FEEL_SUBTRACT] = num_subtract,
		[FEEL_MULTIPLY] = num_multiply,
		[FEEL_DIVIDE] = num_divide,
		[FEEL_POWER] = num_power };
	static struct num_bounded (*const bounded[])(struct num_bounded,
		struct num_bounded,
		unsigned *) = { [FEEL_ADD] = num_bounded_add,
		[FEEL_SUBTRACT] = num_bounded_subtract,
		[FEEL_MULTIPLY] = num_bounded_multiply,
		[FEEL_DIVIDE] = num_bounded_divide,
		[FEEL_POWER] = num_bounded_power };
	unsigned status = 0;
	struct num_bounded number;
	num result;

	if (feel_any_inexact(a, b)) {
		number = bounded[op](feel_bounded(a), feel_bounded(b), &status);
		*out = feel_from_bounded(number, status);
	} else {
		result = operations[op](a->u.number, b->u.number, &status);
		*out = feel_from_exact(result, status);
	}
}

static void concatenate(struct feel_env *env, const struct feel_value *a,
	const struct feel_value *b, struct feel_value *out)
{
	size_t size = (size_t)a->size + b->size;
	char *text;

	if (size > FEEL_STRING_MAX) {
		feel_fail(env, SHK_E_LIMIT, "a string grows past 1 MiB");
		*out = FEEL_NULL_VALUE;
		return;
	}
	text = feel_alloc(env, size + 1, 1);
	if (!text) {
		*out = FEEL_NULL_VALUE;
		return;
	}
	memcpy(text, a->u.string, a->size);
	memcpy(text + a->size, b->u.string, b->size);
	*out = feel_string(text, size);
}

/* True when + - * / ** can give a value for this side. */
static bool can_operate(enum feel_op op, const struct feel_value *side)
{
	switch (side->type) {
	case FEEL_NUMBER:
	case FEEL_UNKNOWN:
		return true;
	case FEEL_STRING:
		return op == FEEL_ADD;
	default:
		return temporal_is(side->type);
	}
}

/* Is the side a date or duration, or an unknown date? */
static bool is_temporal(const struct feel_value *side)
{
	struct feel_range span;

	if (!is_unknown(side))
		return temporal_is(side->type);
	return feel_span(side, &span) &&
	       (span.low.type == FEEL_DATE || span.high.type == FEEL_DATE);
}

/* Of unknown dates and durations only the choices are computed with. */
static void temporal_arithmetic(struct feel_env *env, enum feel_op op,
	const struct feel_value sides[2], struct feel_value *out)
{
	if (!is_unknown(&sides[0]) && !is_unknown(&sides[1])) {
		feel_doubt_digits(env, sides, 2);
		feel_temporal_arithmetic(env, op, sides, out);
	} else if (!feel_map_choices(env, feel_map_binary, &op, sides, 2, out))
		feel_anything(env, sides, 2, out);
}

static void arithmetic(struct feel_env *env, enum feel_op op,
	const struct feel_value sides[2], struct feel_value *out)
{
	const struct feel_value *a = &sides[0];
	const struct feel_value *b = &sides[1];

	if (a->type == FEEL_NUMBER && b->type == FEEL_NUMBER)
		known_arithmetic(op, a, b, out);
	else if (!can_operate(op, a) || !can_operate(op, b))
		*out = FEEL_NULL_VALUE;
	else if (is_temporal(a) || is_temporal(b))
		temporal_arithmetic(env, op, sides, out);
	else if (is_unknown(a) || is_unknown(b))
		feel_unknown_arithmetic(env, op, sides, out);
	else if (a->type == FEEL_STRING && b->type == FEEL_STRING)
		concatenate(env, a, b, out);
	else
		*out = FEEL_NULL_VALUE;
}

static struct feel_value truth_value(int truth)
{
	return truth < 0 ? FEEL_NULL_VALUE : feel_boolean(truth > 0);
}

static void both(struct feel_env *env, const struct feel_value *a,
	const struct feel_value *b, struct feel_value *out)
{
	const struct feel_value sides[2] = { *a, *b };

	feel_and(env, sides, out);
}

/* Item `index`, or the entry that `beside` has there, by name; or NULL. */
static const struct feel_value *part(const struct feel_value *of,
	const struct feel_value *beside, uint32_t index)
{
	if (of->type == FEEL_LIST)
		return &of->u.items[index];
	if (of == beside)
		return &of->u.entries[index].value;
	return feel_entry_of(of, beside->u.entries[index].name);
}

/* Equality of two values of which one holds something unknown inside. */
static void equal_open(struct feel_env *env, const struct feel_value sides[2],
	struct feel_value *out)
{
	const struct feel_value *a = &sides[0];
	const struct feel_value *b = &sides[1];
	struct feel_value one;

	if (a->type != b->type) {
		*out = truth_value(feel_equal(a, b));
		return;
	}
	if (a->type != FEEL_LIST && a->type != FEEL_CONTEXT) {
		feel_anything(env, sides, 2, out);
		return;
	}
	*out = feel_boolean(a->size == b->size);
	for (uint32_t i = 0; i < a->size; i++) {
		const struct feel_value *other;
		struct feel_value before = *out;

		if (out->type == FEEL_BOOLEAN && !out->u.boolean)
			return;
		other = part(b, a, i);
		if (other)
			feel_binary(env, FEEL_EQ, part(a, a, i), other, &one);
		else
			one = feel_boolean(false);
		both(env, &before, &one, out);
	}
}

static void equality(struct feel_env *env, enum feel_op op,
	const struct feel_value sides[2], struct feel_value *out)
{
	struct feel_value equal;

	if (is_unknown(&sides[0]) || is_unknown(&sides[1])) {
		feel_unknown_compare(env, op, sides, out);
		return;
	}
	if (feel_is_open(&sides[0]) || feel_is_open(&sides[1])) {
		equal_open(env, sides, &equal);
	} else {
		feel_doubt_compare(env, &sides[0], &sides[1]);
		equal = truth_value(feel_equal(&sides[0], &sides[1]));
	}
	if (op == FEEL_NE)
		feel_not(env, &equal, out);
	else
		*out = equal;
}

static bool holds_order(enum feel_op op, int order)
{
	switch (op) {
	case FEEL_LT:
		return order < 0;
	case FEEL_LE:
		return order <= 0;
	case FEEL_GT:
		return order > 0;
	default:
		return order >= 0;
	}
}

static void ordering(struct feel_env *env, enum feel_op op,
	const struct feel_value sides[2], struct feel_value *out)
{
	int order;

	if (is_unknown(&sides[0]) || is_unknown(&sides[1]))
		feel_unknown_compare(env, op, sides, out);
	else if (!feel_order(&sides[0], &sides[1], &order))
		*out = FEEL_NULL_VALUE;
	else
		*out = feel_boolean(holds_order(op, order));
	if (feel_any_inexact(&sides[0], &sides[1]) && !is_unknown(&sides[0]) &&
		!is_unknown(&sides[1]))
		feel_doubt_compare(env, &sides[0], &sides[1]);
}

void feel_binary(struct feel_env *env, enum feel_op op,
	const struct feel_value *a, const struct feel_value *b,
	struct feel_value *out)
{
	const struct feel_value sides[2] = { *a, *b };

	switch (op) {
	case FEEL_EQ:
	case FEEL_NE:
		equality(env, op, sides, out);
		break;
	case FEEL_LT:
	case FEEL_LE:
	case FEEL_GT:
	case FEEL_GE:
		ordering(env, op, sides, out);
		break;
	case FEEL_AND:
		feel_and(env, sides, out);
		break;
	case FEEL_OR:
		feel_or(env, sides, out);
		break;
	default:
		arithmetic(env, op, sides, out);
		break;
	}
	if (env->notes && op != FEEL_AND && op != FEEL_OR)
		feel_note_binary(env->notes, op, sides, out);
}

void feel_negate(struct feel_env *env, const struct feel_value *a,
	struct feel_value *out)
{
	struct feel_value result = FEEL_NULL_VALUE;

	if (is_unknown(a)) {
		feel_unknown_negate(env, a, out);
		return;
	}
	if (a->type == FEEL_NUMBER) {
		result = *a;
		result.u.number = num_negate(a->u.number);
		result.form = 0;
		if (env->notes)
			feel_note_negate(env->notes, a, &result);
	} else if (a->type == FEEL_DAYS_DURATION) {
		result = feel_days_duration(num_negate(a->u.number));
	} else if (a->type == FEEL_YEARS_DURATION) {
		result = feel_years_duration(-a->u.months);
	}
	*out = result;
}

static bool is_truth(const struct feel_value *value, bool truth)
{
	return value->type == FEEL_BOOLEAN && value->u.boolean == truth;
}

/* The side that is not the neutral truth decides; null and unknown: unknown. */
static void kleene(struct feel_env *env, const struct feel_value sides[2],
	bool neutral, struct feel_value *out)
{
	if (is_truth(&sides[0], !neutral) || is_truth(&sides[1], !neutral)) {
		*out = feel_boolean(!neutral);
	} else if (is_truth(&sides[0], neutral) &&
		   is_truth(&sides[1], neutral)) {
		*out = feel_boolean(neutral);
	} else if (!is_unknown(&sides[0]) && !is_unknown(&sides[1])) {
		*out = FEEL_NULL_VALUE;
	} else {
		enum feel_op op = neutral ? FEEL_AND : FEEL_OR;

		if (!feel_map_choices(env, feel_map_binary, &op, sides, 2, out))
			feel_anything(env, sides, 2, out);
	}
}

void feel_and(struct feel_env *env, const struct feel_value sides[2],
	struct feel_value *out)
{
	const struct feel_value copy[2] = { sides[0], sides[1] };

	kleene(env, copy, true, out);
}

void feel_or(struct feel_env *env, const struct feel_value sides[2],
	struct feel_value *out)
{
	const struct feel_value copy[2] = { sides[0], sides[1] };

	kleene(env, copy, false, out);
}

static void not_mapped(struct feel_env *env, const void *context,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	(void)context;
	(void)count;
	feel_not(env, args, out);
}

void feel_not(struct feel_env *env, const struct feel_value *a,
	struct feel_value *out)
{
	struct feel_range span;
	struct feel_value value = *a;

	if (value.type == FEEL_BOOLEAN)
		*out = feel_boolean(!value.u.boolean);
	else if (!is_unknown(&value) || feel_span(&value, &span))
		*out = FEEL_NULL_VALUE;
	else if (!feel_map_choices(env, not_mapped, NULL, &value, 1, out))
		feel_anything(env, &value, 1, out);
}

static void between_mapped(struct feel_env *env, const void *context,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	(void)context;
	(void)count;
	feel_between(env, args, out);
}

void feel_between(struct feel_env *env, const struct feel_value *args,
	struct feel_value *out)
{
	struct feel_value sides[2];

	if (is_unknown(&args[0]) &&
		feel_map_choices(env, between_mapped, NULL, args, 3, out))
		return;
	feel_binary(env, FEEL_GE, &args[0], &args[1], &sides[0]);
	if (is_truth(&sides[0], false)) {
		*out = sides[0];
		return;
	}
	feel_binary(env, FEEL_LE, &args[0], &args[2], &sides[1]);
	feel_and(env, sides, out);
}
