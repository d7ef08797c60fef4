/*
 * Intervals and choices of unknowns. A shape may be wider than the truth and
 * never narrower: sums and products of ends are rounded outwards, and what has
 * no interval becomes "anything".
 */
#include "feel/inexact.h"
#include "feel/interval.h"
#include "feel/interval_span.h"

struct feel_unknown *feel_unknown_make(
	struct arena *arena, const struct feel_set *reasons)
{
	struct feel_unknown *unknown = arena_zeroed(arena, 1, sizeof(*unknown));

	if (!unknown)
		return NULL;
	if (reasons)
		unknown->reasons = *reasons;
	unknown->slot = -1;
	return unknown;
}

struct feel_value feel_unknown_value(const struct feel_unknown *unknown)
{
	struct feel_value out = { .type = FEEL_UNKNOWN };

	out.u.unknown = unknown;
	return out;
}

/* An unknown for the reasons inside `values`; NULL and null on failure. */
static struct feel_unknown *unknown_from(struct feel_env *env,
	const struct feel_value *values, uint32_t count, struct feel_value *out)
{
	struct feel_set reasons = { { 0 } };
	struct feel_unknown *unknown;
	uint8_t inexact = 0;

	for (uint32_t i = 0; i < count; i++) {
		feel_reasons(&values[i], &reasons);
		inexact |= values[i].inexact;
	}
	unknown = feel_unknown_make(env->arena, &reasons);
	if (!unknown) {
		feel_fail(env, SHK_E_MEMORY, NULL);
		*out = FEEL_NULL_VALUE;
		return NULL;
	}
	*out = feel_unknown_value(unknown);
	out->inexact = inexact;
	return unknown;
}

void feel_anything(struct feel_env *env, const struct feel_value *values,
	uint32_t count, struct feel_value *out)
{
	struct feel_value made;

	unknown_from(env, values, count, &made);
	made.inexact = 0;
	*out = made;
}

void feel_anything_for(struct feel_env *env, const struct feel_set *reasons,
	struct feel_value *out)
{
	struct feel_unknown *unknown = feel_unknown_make(env->arena, reasons);

	*out = FEEL_NULL_VALUE;
	if (unknown)
		*out = feel_unknown_value(unknown);
	else
		feel_fail(env, SHK_E_MEMORY, NULL);
}

static const struct feel_value false_true[2] = { { .type = FEEL_BOOLEAN,
							 .u.boolean = false },
	{ .type = FEEL_BOOLEAN, .u.boolean = true } };

void feel_maybe(struct feel_env *env, const struct feel_value *values,
	uint32_t count, struct feel_value *out)
{
	struct feel_value made;
	struct feel_unknown *unknown = unknown_from(env, values, count, &made);

	made.inexact = 0;
	if (unknown) {
		unknown->shape = FEEL_CHOICE;
		unknown->choices = false_true;
		unknown->choice_count = 2;
	}
	*out = made;
}

/* Number of combinations of choices, or 0 when mapping is impossible. */
static uint32_t combinations(const struct feel_value *args, uint32_t count)
{
	uint32_t product = 1;
	bool any = false;

	if (count > FEEL_MAPPED_ARGS)
		return 0;
	for (uint32_t i = 0; i < count; i++) {
		if (args[i].type != FEEL_UNKNOWN)
			continue;
		any = true;
		if (args[i].u.unknown->shape != FEEL_CHOICE)
			return 0;
		product *= (uint32_t)args[i].u.unknown->choice_count;
		if (product == 0 ||
			product > FEEL_CHOICES_MAX * FEEL_CHOICES_MAX)
			return 0;
	}
	return any ? product : 0;
}

/* The arguments of combination `which`. */
static void combine(const struct feel_value *args, uint32_t count,
	uint32_t which, struct feel_value *chosen)
{
	for (uint32_t i = 0; i < count; i++) {
		const struct feel_unknown *unknown;
		uint32_t size;

		chosen[i] = args[i];
		if (args[i].type != FEEL_UNKNOWN)
			continue;
		unknown = args[i].u.unknown;
		size = (uint32_t)unknown->choice_count;
		chosen[i] = unknown->choices[which % size];
		which /= size;
	}
}

/* Add to the distinct results; false when there is no room. */
static bool add_result(struct feel_notes *notes, struct feel_value *results,
	size_t *count, const struct feel_value *result)
{
	if (feel_is_open(result))
		return false;
	for (size_t i = 0; i < *count && notes; i++)
		feel_note_same(notes, &results[i], result);
	for (size_t i = 0; i < *count; i++)
		if (feel_same(&results[i], result)) {
			feel_keep_error(&results[i], result);
			return true;
		}
	if (*count == FEEL_CHOICES_MAX)
		return false;
	results[(*count)++] = *result;
	return true;
}

bool feel_map_choices(struct feel_env *env, feel_mapped *function,
	const void *context, const struct feel_value *args, uint32_t count,
	struct feel_value *out)
{
	struct feel_value chosen[FEEL_MAPPED_ARGS];
	struct feel_value results[FEEL_CHOICES_MAX];
	struct feel_value result;
	struct feel_set reasons = { { 0 } };
	size_t found = 0;
	uint32_t total = combinations(args, count);

	if (total == 0)
		return false;
	for (uint32_t which = 0; which < total; which++) {
		combine(args, count, which, chosen);
		function(env, context, chosen, count, &result);
		if (!add_result(env->notes, results, &found, &result))
			return false;
	}
	for (uint32_t i = 0; i < count; i++)
		feel_reasons(&args[i], &reasons);
	if (!feel_choice_value(env->arena, results, found, &reasons, out)) {
		feel_fail(env, SHK_E_MEMORY, NULL);
		*out = FEEL_NULL_VALUE;
	}
	return true;
}

/*
 * value = slope * (value of slot) + offset. A known number has no slot and is
 * all offset. False when the value is neither.
 */
struct affine {
	int slot;
	num slope;
	num offset;
};

static bool affine_of(const struct feel_value *value, struct affine *out)
{
	const struct feel_unknown *unknown = value->u.unknown;

	*out = (struct affine){ -1, NUM_ZERO, NUM_ZERO };
	if (value->type == FEEL_NUMBER) {
		out->offset = value->u.number;
		return true;
	}
	if (value->type != FEEL_UNKNOWN || unknown->slot < 0)
		return false;
	*out = (struct affine){ unknown->slot, unknown->slope,
		unknown->offset };
	return true;
}

static void affine_scale(
	struct affine *out, num by, bool divide, unsigned *status)
{
	num (*scale)(num, num, unsigned *) = divide ? num_divide : num_multiply;

	out->slope = scale(out->slope, by, status);
	out->offset = scale(out->offset, by, status);
}

/* The affine form of `a op b`; false when there is none or it is inexact. */
static bool affine_operate(
	enum feel_op op, struct affine a, struct affine b, struct affine *out)
{
	unsigned status = 0;
	num (*add)(num, num, unsigned *) =
		op == FEEL_ADD ? num_add : num_subtract;

	if (a.slot >= 0 && b.slot >= 0 && a.slot != b.slot)
		return false;
	*out = a;
	switch (op) {
	case FEEL_ADD:
	case FEEL_SUBTRACT:
		out->slot = a.slot >= 0 ? a.slot : b.slot;
		out->slope = add(a.slope, b.slope, &status);
		out->offset = add(a.offset, b.offset, &status);
		break;
	case FEEL_MULTIPLY:
		if (a.slot >= 0 && b.slot >= 0)
			return false;
		*out = a.slot >= 0 ? a : b;
		affine_scale(
			out, a.slot >= 0 ? b.offset : a.offset, false, &status);
		break;
	case FEEL_DIVIDE:
		if (b.slot >= 0 || num_is_zero(b.offset))
			return false;
		affine_scale(out, b.offset, true, &status);
		break;
	default:
		return false;
	}
	return status == 0;
}

/* The interval of `a op b`; false when it has none. */
static bool arithmetic_span(enum feel_op op, const struct feel_value sides[2],
	struct feel_range *out)
{
	struct span a;
	struct span b;
	struct span result;

	if (!span_of(&sides[0], &a) || !span_of(&sides[1], &b) ||
		a.type != FEEL_NUMBER || b.type != FEEL_NUMBER)
		return false;
	if (op == FEEL_ADD)
		span_add(&a, &b, &result);
	else if (op == FEEL_SUBTRACT) {
		span_negate(&b);
		span_add(&a, &b, &result);
	} else if (op == FEEL_MULTIPLY) {
		span_multiply(&a, &b, &result);
	} else if (op == FEEL_POWER) {
		if (!span_power(&a, &b, &result))
			return false;
	} else if (op != FEEL_DIVIDE || !span_divide(&a, &b, &result)) {
		return false;
	}
	span_range(&result, out);
	return true;
}

/* Operation on one combination of choices. */
void feel_map_binary(struct feel_env *env, const void *context,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	(void)count;
	feel_binary(
		env, *(const enum feel_op *)context, &args[0], &args[1], out);
}

/* Known numbers or dates can not be combined with this side. */
static bool excludes(const struct feel_value *side, enum feel_type type)
{
	struct span span;

	if (side->type != FEEL_UNKNOWN)
		return side->type != type;
	return span_of(side, &span) && span.type != type;
}

/* Put the provenance into a fresh unknown that nobody else has seen. */
static void set_affine(struct feel_env *env, struct feel_value *value,
	const struct affine *affine)
{
	struct feel_unknown *copy;

	if (value->type != FEEL_UNKNOWN || affine->slot < 0 ||
		num_is_zero(affine->slope))
		return;
	copy = feel_alloc(env, 1, sizeof(*copy));
	if (!copy)
		return;
	*copy = *value->u.unknown;
	copy->slot = affine->slot;
	copy->slope = affine->slope;
	copy->offset = affine->offset;
	value->u.unknown = copy;
}

void feel_unknown_arithmetic(struct feel_env *env, enum feel_op op,
	const struct feel_value sides[2], struct feel_value *out)
{
	struct affine a;
	struct affine b;
	struct affine both = { -1, NUM_ZERO, NUM_ZERO };
	struct feel_value result;
	struct feel_range interval;
	bool affine = affine_of(&sides[0], &a) && affine_of(&sides[1], &b) &&
		      affine_operate(op, a, b, &both);
	bool spanned = arithmetic_span(op, sides, &interval);

	if (spanned && affine && num_is_zero(both.slope)) {
		*out = feel_number(both.offset); /* x - x */
		return;
	}
	if (!feel_map_choices(env, feel_map_binary, &op, sides, 2, &result)) {
		struct feel_unknown *unknown =
			unknown_from(env, sides, 2, &result);

		if (unknown && spanned) {
			unknown->shape = FEEL_INTERVAL;
			unknown->interval = interval;
		}
	}
	if (affine)
		set_affine(env, &result, &both);
	*out = result;
}

static void negate_mapped(struct feel_env *env, const void *context,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	(void)context;
	(void)count;
	feel_negate(env, args, out);
}

/* A choice of which some are no numbers: durations have negatives, too. */
static bool is_mixed_choice(const struct feel_unknown *unknown)
{
	size_t numbers = 0;

	if (unknown->shape != FEEL_CHOICE)
		return false;
	for (size_t i = 0; i < unknown->choice_count; i++)
		numbers += unknown->choices[i].type == FEEL_NUMBER;
	return numbers < unknown->choice_count;
}

void feel_unknown_negate(struct feel_env *env, const struct feel_value *value,
	struct feel_value *out)
{
	const struct feel_value sides[2] = { feel_number(NUM_ZERO), *value };

	if (is_mixed_choice(sides[1].u.unknown) &&
		feel_map_choices(env, negate_mapped, NULL, &sides[1], 1, out))
		return;
	if (excludes(value, FEEL_NUMBER)) {
		*out = FEEL_NULL_VALUE;
		return;
	}
	feel_unknown_arithmetic(env, FEEL_SUBTRACT, sides, out);
}

static bool always(enum feel_op op, const struct relation *can)
{
	switch (op) {
	case FEEL_LT:
		return !can->equal && !can->greater;
	case FEEL_LE:
		return !can->greater;
	case FEEL_GT:
		return !can->equal && !can->less;
	case FEEL_GE:
		return !can->less;
	case FEEL_EQ:
		return !can->less && !can->greater;
	default:
		return !can->equal;
	}
}

static enum feel_op opposite(enum feel_op op)
{
	static const enum feel_op others[] = { [FEEL_EQ] = FEEL_NE,
		[FEEL_NE] = FEEL_EQ,
		[FEEL_LT] = FEEL_GE,
		[FEEL_LE] = FEEL_GT,
		[FEEL_GT] = FEEL_LE,
		[FEEL_GE] = FEEL_LT };

	return others[op];
}

/* The same slot with the same slope on both sides: the offsets decide. */
static bool parallel(const struct feel_value sides[2], struct relation *can)
{
	struct affine a;
	struct affine b;
	int order;

	if (!affine_of(&sides[0], &a) || !affine_of(&sides[1], &b) ||
		a.slot < 0 || a.slot != b.slot ||
		num_compare(a.slope, b.slope) != 0)
		return false;
	order = num_compare(a.offset, b.offset);
	*can = (struct relation){ order<0, order == 0, order> 0 };
	return true;
}

/*
 * Two sides that hang on one missing number: the sign of their difference,
 * which is linear in that number, at the ends of where it can lie. What is
 * computed is rounded towards the doubt.
 */
static struct relation sign_of(
	const struct span_end *low, const struct span_end *high)
{
	int first = low->endless ? -1 : num_sign(low->at);
	int last = high->endless ? 1 : num_sign(high->at);

	return (struct relation){ .less = first < 0,
		.equal = (first < 0 || (first == 0 && low->closed)) &&
			 (last > 0 || (last == 0 && high->closed)),
		.greater = last > 0 };
}

/* a * x + b as an end of a span, for the number x at an end of another. */
static struct span_end linear_end(
	num a, num b, const struct span_end *x, bool up)
{
	struct span_end end = *x;

	if (x->endless)
		return end;
	end.at = up ? num_add_up(num_multiply_up(a, x->at), b)
		    : num_add_down(num_multiply_down(a, x->at), b);
	return end;
}

static bool by_difference(const struct feel_value sides[2],
	const struct span *a, struct relation *can)
{
	struct affine left, right;
	struct span_end low = a->low, high = a->high;
	unsigned status = 0;
	num slope, offset;

	if (!affine_of(&sides[0], &left) || !affine_of(&sides[1], &right) ||
		left.slot < 0 || left.slot != right.slot)
		return false;
	/* left = y, right = y * right.slope / left.slope + rest */
	slope = num_subtract(left.slope, right.slope, &status);
	offset = num_subtract(num_multiply(right.slope, left.offset, &status),
		num_multiply(left.slope, right.offset, &status), &status);
	/* left.slope * (left - right) = slope * y + offset */
	if (status || num_is_zero(slope))
		return false;
	if (num_sign(slope) < 0) {
		low = a->high;
		high = a->low;
	}
	low = linear_end(slope, offset, &low, false);
	high = linear_end(slope, offset, &high, true);
	*can = sign_of(&low, &high);
	if (num_sign(left.slope) < 0)
		*can = (struct relation){ can->greater, can->equal, can->less };
	return true;
}

/* The types that a value may have, a bit each. */
static unsigned types_of(const struct feel_value *value)
{
	const struct feel_unknown *unknown = value->u.unknown;
	struct span span;
	unsigned types = 0;

	if (value->type != FEEL_UNKNOWN)
		return 1u << value->type;
	if (span_of(value, &span))
		return 1u << span.type;
	if (unknown->shape == FEEL_ANYTHING)
		return ~0u;
	for (size_t i = 0; i < unknown->choice_count; i++)
		types |= 1u << unknown->choices[i].type;
	return types;
}

/* A side without interval: only the types may decide. */
static void compare_shapeless(struct feel_env *env, enum feel_op op,
	const struct feel_value sides[2], struct feel_value *out)
{
	const unsigned null = 1u << FEEL_NULL;
	const unsigned ordered = ~(null | 1u << FEEL_BOOLEAN | 1u << FEEL_LIST |
				   1u << FEEL_CONTEXT | 1u << FEEL_FUNCTION);
	bool equality = op == FEEL_EQ || op == FEEL_NE;
	unsigned left = types_of(&sides[0]);
	unsigned right = types_of(&sides[1]);
	unsigned common = left & right;

	if (!equality && (common & ordered) == 0)
		*out = FEEL_NULL_VALUE;
	else if (equality && common == 0 && (left == null || right == null))
		*out = feel_boolean(op == FEEL_NE);
	else if (equality && common == 0 && ((left | right) & null) == 0)
		*out = FEEL_NULL_VALUE;
	else if (equality && (left == null || right == null))
		feel_maybe(env, sides, 2, out);
	else
		feel_anything(env, sides, 2, out);
}

static void compare_unknown(struct feel_env *env, enum feel_op op,
	const struct feel_value sides[2], struct feel_value *out)
{
	struct span a;
	struct span b;
	struct relation can;

	feel_cut(env, &sides[0], &sides[1]);
	if (feel_map_choices(env, feel_map_binary, &op, sides, 2, out))
		return;
	if (!span_of(&sides[0], &a) || !span_of(&sides[1], &b)) {
		compare_shapeless(env, op, sides, out);
		return;
	}
	if (a.type != b.type) {
		*out = FEEL_NULL_VALUE;
		return;
	}
	if (!parallel(sides, &can) && !by_difference(sides, &a, &can))
		span_relate(&a, &b, &can);
	if (always(op, &can))
		*out = feel_boolean(true);
	else if (always(opposite(op), &can))
		*out = feel_boolean(false);
	else
		feel_maybe(env, sides, 2, out);
}

static void tell_compared(struct feel_env *env,
	const struct feel_value sides[2], const struct feel_value *out)
{
	struct feel_set reasons = { { 0 } };
	struct feel_range span;
	int truth = 2;

	if (!env->host || !env->host->compared)
		return;
	feel_reasons(&sides[0], &reasons);
	feel_reasons(&sides[1], &reasons);
	if (out->type == FEEL_UNKNOWN)
		truth = -1;
	else if (out->type == FEEL_BOOLEAN)
		truth = out->u.boolean;
	env->host->compared(env->host->context, &reasons, truth,
		feel_span(&sides[0], &span) && feel_span(&sides[1], &span));
}

void feel_unknown_compare(struct feel_env *env, enum feel_op op,
	const struct feel_value sides[2], struct feel_value *out)
{
	const struct feel_value copy[2] = { sides[0], sides[1] };

	compare_unknown(env, op, copy, out);
	tell_compared(env, copy, out);
}

void feel_unknown_monotone(struct feel_env *env, feel_monotone *function,
	const void *context, const struct feel_value *value,
	struct feel_value *out)
{
	struct feel_range span;
	struct feel_unknown *unknown;
	struct feel_value made;
	num end;

	if (excludes(value, FEEL_NUMBER)) {
		*out = FEEL_NULL_VALUE;
		return;
	}
	unknown = unknown_from(env, value, 1, &made);
	if (unknown && feel_span(value, &span)) {
		unknown->shape = FEEL_INTERVAL;
		if (span.low.type == FEEL_NUMBER &&
			function(context, &span.low, &end)) {
			unknown->interval.low = feel_number(end);
			unknown->interval.low_closed = true;
		}
		if (span.high.type == FEEL_NUMBER &&
			function(context, &span.high, &end)) {
			unknown->interval.high = feel_number(end);
			unknown->interval.high_closed = true;
		}
	}
	*out = made;
}

void feel_unknown_absolute(struct feel_env *env, const struct feel_value *value,
	struct feel_value *out)
{
	struct span span;
	struct feel_unknown *unknown;
	struct feel_value made;

	if (excludes(value, FEEL_NUMBER)) {
		*out = FEEL_NULL_VALUE;
		return;
	}
	unknown = unknown_from(env, value, 1, &made);
	if (unknown && span_of(value, &span)) {
		span_absolute(&span);
		unknown->shape = FEEL_INTERVAL;
		span_range(&span, &unknown->interval);
	}
	*out = made;
}

/* Of inexact numbers the extreme is known within their errors: no doubt. */
static bool extreme_inexact(
	bool greatest, const struct feel_value sides[2], struct feel_value *out)
{
	struct num_bounded a;
	struct num_bounded b;

	if (sides[0].type != FEEL_NUMBER || sides[1].type != FEEL_NUMBER ||
		!feel_any_inexact(&sides[0], &sides[1]))
		return false;
	a = feel_bounded(&sides[0]);
	b = feel_bounded(&sides[1]);
	*out = feel_from_bounded(
		greatest ? num_bounded_greatest(a, b) : num_bounded_least(a, b),
		0);
	return true;
}

static void extreme_mapped(struct feel_env *env, const void *context,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	const bool *greatest = context;
	struct feel_value first;

	(void)count;
	if (extreme_inexact(*greatest, args, out))
		return;
	feel_binary(
		env, *greatest ? FEEL_GE : FEEL_LE, &args[0], &args[1], &first);
	*out = FEEL_NULL_VALUE;
	if (first.type == FEEL_BOOLEAN)
		*out = args[first.u.boolean ? 0 : 1];
}

/* The ends of the extreme are the extremes of the ends. */
static bool extreme_interval(
	bool greatest, const struct feel_value sides[2], struct feel_range *out)
{
	struct span a;
	struct span b;

	if (!span_of(&sides[0], &a) || !span_of(&sides[1], &b) ||
		a.type != b.type)
		return false;
	span_extreme(greatest, &a, &b, &a);
	span_range(&a, out);
	return true;
}

void feel_extreme(struct feel_env *env, bool greatest,
	const struct feel_value sides[2], struct feel_value *out)
{
	const struct feel_value copy[2] = { sides[0], sides[1] };
	struct feel_value first;
	struct feel_value made;
	struct feel_unknown *unknown;
	struct feel_range interval;

	if (extreme_inexact(greatest, copy, out))
		return;
	feel_binary(
		env, greatest ? FEEL_GE : FEEL_LE, &copy[0], &copy[1], &first);
	if (first.type == FEEL_BOOLEAN) {
		*out = copy[first.u.boolean ? 0 : 1];
		return;
	}
	*out = FEEL_NULL_VALUE;
	if (first.type != FEEL_UNKNOWN ||
		feel_map_choices(env, extreme_mapped, &greatest, copy, 2, out))
		return;
	unknown = unknown_from(env, copy, 2, &made);
	if (unknown && extreme_interval(greatest, copy, &interval)) {
		unknown->shape = FEEL_INTERVAL;
		unknown->interval = interval;
	}
	*out = made;
}

/* May the two sides be equal, going by the closed intervals? */
static bool may_meet(const struct feel_value *a, const struct feel_value *b)
{
	struct span left;
	struct span right;
	struct relation can;

	if (!span_of(a, &left) || !span_of(b, &right))
		return true;
	if (left.type != right.type)
		return false;
	left.low.closed = left.high.closed = true;
	right.low.closed = right.high.closed = true;
	span_relate(&left, &right, &can);
	return can.equal;
}

static void tell_cut(
	struct feel_env *env, int slot, const struct feel_value *at)
{
	env->host->cut(env->host->context, (unsigned)slot, at);
}

/* Where two affine forms of one slot are equal; false when nowhere. */
static bool crossing(const struct affine *left, const struct affine *right,
	bool inexact, struct feel_value *at)
{
	unsigned status = inexact ? NUM_INEXACT : 0;
	num slope = num_subtract(left->slope, right->slope, &status);
	num offset = num_subtract(right->offset, left->offset, &status);
	struct num_bounded number = { NUM_ZERO, 0 };

	if (num_is_zero(slope))
		return false;
	number.value = num_divide(offset, slope, &status);
	number.error = status ? NUM_ERROR_UNKNOWN : 0;
	*at = feel_from_bounded(number, status);
	return at->type == FEEL_NUMBER;
}

void feel_cut(struct feel_env *env, const struct feel_value *a,
	const struct feel_value *b)
{
	struct affine left;
	struct affine right;
	struct feel_value at;
	int slot;

	if (!env->host || !env->host->cut || !may_meet(a, b))
		return;
	if (a->type == FEEL_DATE || b->type == FEEL_DATE) {
		const struct feel_value *date = a->type == FEEL_DATE ? a : b;
		const struct feel_value *other = date == a ? b : a;

		if (affine_of(other, &left) && left.slot >= 0)
			tell_cut(env, left.slot, date);
		return;
	}
	if (!affine_of(a, &left) || !affine_of(b, &right) ||
		(left.slot < 0 && right.slot < 0) ||
		(left.slot >= 0 && right.slot >= 0 && left.slot != right.slot))
		return;
	slot = left.slot >= 0 ? left.slot : right.slot;
	if (crossing(&left, &right, feel_any_inexact(a, b), &at))
		tell_cut(env, slot, &at);
}
