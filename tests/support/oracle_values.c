/*
 * The oracle's operators. Known operands are computed as FEEL says; unknown
 * ones by trying every value they may have, then by plain intervals, and
 * where both fail the result is unknown for the reasons of the operands.
 */
#include <string.h>

#include "feel/temporal.h"
#include "support/oracle_inside.h"

struct feel_value oracle_null(void)
{
	return FEEL_NULL_VALUE;
}

struct feel_value oracle_fail(struct oracle *oracle)
{
	oracle->failed = true;
	return FEEL_NULL_VALUE;
}

static struct feel_unknown *new_unknown(
	struct oracle *oracle, const struct feel_set *reasons)
{
	struct feel_unknown *unknown =
		arena_zeroed(oracle->arena, 1, sizeof(*unknown));

	if (unknown) {
		unknown->slot = -1;
		feel_set_join(&unknown->reasons, reasons);
	}
	return unknown;
}

static struct feel_value unknown_value(
	struct oracle *oracle, const struct feel_unknown *unknown)
{
	struct feel_value value = { .type = FEEL_UNKNOWN };

	if (!unknown)
		return oracle_fail(oracle);
	value.u.unknown = unknown;
	return value;
}

struct feel_value oracle_unknown(
	struct oracle *oracle, const struct feel_set *reasons)
{
	return unknown_value(oracle, new_unknown(oracle, reasons));
}

static struct feel_set reasons_of(const struct feel_value *values, size_t count)
{
	struct feel_set set = { { 0 } };
	size_t i;

	for (i = 0; i < count; i++)
		feel_reasons(&values[i], &set);
	return set;
}

struct feel_value oracle_unknown_of(
	struct oracle *oracle, const struct feel_value *values, size_t count)
{
	struct feel_set set = reasons_of(values, count);

	return oracle_unknown(oracle, &set);
}

struct feel_value oracle_join(struct oracle *oracle, const struct feel_value *a,
	const struct feel_value *b, const struct feel_set *why)
{
	struct feel_value out;

	if (!feel_join(oracle->arena, a, b, why, &out))
		return oracle_fail(oracle);
	return out;
}

static unsigned truth_of_known(const struct feel_value *value)
{
	if (value->type != FEEL_BOOLEAN)
		return ORACLE_NEITHER;
	return value->u.boolean ? ORACLE_TRUE : ORACLE_FALSE;
}

/*
 * What a truth may be that hangs on a value of which nothing is known: a fact
 * is of the type that its place asks for, a computed value may be null.
 */
static unsigned maybe_truths(const struct feel_value *value)
{
	unsigned truths = ORACLE_TRUE | ORACLE_FALSE;

	if (value->type == FEEL_UNKNOWN && value->u.unknown->slot < 0 &&
		value->u.unknown->shape == FEEL_ANYTHING)
		truths |= ORACLE_NEITHER;
	return truths;
}

unsigned oracle_truths(const struct feel_value *value)
{
	unsigned truths = 0;
	size_t i;

	if (value->type != FEEL_UNKNOWN)
		return truth_of_known(value);
	switch (value->u.unknown->shape) {
	case FEEL_CHOICE:
		for (i = 0; i < value->u.unknown->choice_count; i++)
			truths |= truth_of_known(&value->u.unknown->choices[i]);
		return truths;
	case FEEL_INTERVAL:
		return ORACLE_NEITHER;
	default:
		return maybe_truths(value);
	}
}

struct feel_value oracle_of_truths(
	struct oracle *oracle, unsigned truths, const struct feel_set *why)
{
	const struct feel_value meant[] = { feel_boolean(true),
		feel_boolean(false), FEEL_NULL_VALUE };
	struct feel_value out = FEEL_NULL_VALUE;
	bool first = true;
	int i;

	for (i = 0; i < 3; i++) {
		if (!(truths & (1u << i)))
			continue;
		out = first ? meant[i]
			    : oracle_join(oracle, &out, &meant[i], why);
		first = false;
	}
	return out;
}

void oracle_add(struct oracle *oracle, struct oracle_list *list,
	struct feel_value value)
{
	uint32_t capacity = list->capacity ? list->capacity * 2 : 8;
	struct feel_value *items;

	if (list->count == list->capacity) {
		items = arena_zeroed(oracle->arena, capacity, sizeof(*items));
		if (!items) {
			oracle_fail(oracle);
			return;
		}
		if (list->count > 0)
			memcpy(items, list->items,
				list->count * sizeof(*items));
		list->items = items;
		list->capacity = capacity;
	}
	list->items[list->count++] = value;
}

struct feel_value oracle_list_value(const struct oracle_list *list)
{
	struct feel_value value = { .type = FEEL_LIST };

	value.size = list->count;
	value.u.items = list->items;
	return value;
}

/* How many known values may this be? 0: they are not listed. */
static size_t choices_of(
	const struct feel_value *value, const struct feel_value **choices)
{
	*choices = value;
	if (value->type != FEEL_UNKNOWN)
		return feel_is_open(value) ? 0 : 1;
	if (value->u.unknown->shape != FEEL_CHOICE)
		return 0;
	*choices = value->u.unknown->choices;
	return value->u.unknown->choice_count;
}

bool oracle_try_all(struct oracle *oracle, oracle_function_of *function,
	int detail, const struct feel_value *args, size_t count,
	struct feel_value *out)
{
	const struct feel_value *choices[8];
	size_t counts[8];
	struct feel_value tried[8];
	struct feel_set why = reasons_of(args, count);
	size_t total = 1;
	size_t try;
	size_t i;

	if (count > 8)
		return false;
	for (i = 0; i < count; i++) {
		counts[i] = choices_of(&args[i], &choices[i]);
		total *= counts[i];
		if (total == 0 || total > ORACLE_TRIES_MAX)
			return false;
	}
	for (try = 0; try < total; try++) {
		size_t rest = try;
		struct feel_value one;

		for (i = 0; i < count; i++) {
			tried[i] = choices[i][rest % counts[i]];
			rest /= counts[i];
		}
		one = function(oracle, detail, tried, count);
		*out = try == 0 ? one : oracle_join(oracle, out, &one, &why);
	}
	return true;
}

/* An interval of numbers, or of dates as their day number. */
struct span {
	enum feel_type type;
	bool has_low;
	bool has_high;
	bool low_closed;
	bool high_closed;
	num low;
	num high;
};

/* A number or date as a number; false for anything else. */
static bool as_number(const struct feel_value *value, num *out)
{
	if (value->type == FEEL_NUMBER)
		*out = value->u.number;
	else if (value->type == FEEL_DATE)
		*out = num_from_int(value->u.days);
	else
		return false;
	return true;
}

static bool span_of_range(const struct feel_range *range, struct span *span)
{
	span->has_low = as_number(&range->low, &span->low);
	span->has_high = as_number(&range->high, &span->high);
	span->low_closed = range->low_closed;
	span->high_closed = range->high_closed;
	span->type = span->has_low ? range->low.type : range->high.type;
	return span->has_low || span->has_high;
}

static bool span_of(const struct feel_value *value, struct span *span)
{
	const struct feel_value *choices;
	size_t count;
	size_t i;
	num at;

	if (value->type == FEEL_UNKNOWN &&
		value->u.unknown->shape == FEEL_INTERVAL)
		return span_of_range(&value->u.unknown->interval, span);
	count = choices_of(value, &choices);
	for (i = 0; i < count; i++) {
		if (!as_number(&choices[i], &at) ||
			choices[i].type != choices[0].type)
			return false;
		if (i == 0 || num_compare(at, span->low) < 0)
			span->low = at;
		if (i == 0 || num_compare(at, span->high) > 0)
			span->high = at;
	}
	if (count == 0)
		return false;
	span->type = choices[0].type;
	span->has_low = span->has_high = true;
	span->low_closed = span->high_closed = true;
	return true;
}

static struct feel_value span_value(struct oracle *oracle,
	const struct span *span, const struct feel_set *why)
{
	struct feel_unknown *unknown = new_unknown(oracle, why);

	if (unknown && (span->has_low || span->has_high)) {
		unknown->shape = FEEL_INTERVAL;
		if (span->has_low)
			unknown->interval.low = feel_number(span->low);
		if (span->has_high)
			unknown->interval.high = feel_number(span->high);
		unknown->interval.low_closed = span->low_closed;
		unknown->interval.high_closed = span->high_closed;
	}
	return unknown_value(oracle, unknown);
}

static struct span negated(struct span a)
{
	struct span out = a;

	out.has_low = a.has_high;
	out.has_high = a.has_low;
	out.low_closed = a.high_closed;
	out.high_closed = a.low_closed;
	out.low = num_negate(a.high);
	out.high = num_negate(a.low);
	return out;
}

static struct span added(struct span a, struct span b)
{
	struct span out = { FEEL_NUMBER, a.has_low && b.has_low,
		a.has_high && b.has_high, a.low_closed && b.low_closed,
		a.high_closed && b.high_closed, NUM_ZERO, NUM_ZERO };

	if (out.has_low)
		out.low = num_add_down(a.low, b.low);
	if (out.has_high)
		out.high = num_add_up(a.high, b.high);
	return out;
}

/* Only of spans with all four ends; the result counts as closed. */
static struct span multiplied(struct span a, struct span b)
{
	struct span out = { FEEL_NUMBER, false, false, true, true, NUM_ZERO,
		NUM_ZERO };
	const num left[2] = { a.low, a.high };
	const num right[2] = { b.low, b.high };
	int i;

	if (!a.has_low || !a.has_high || !b.has_low || !b.has_high)
		return out;
	for (i = 0; i < 4; i++) {
		num down = num_multiply_down(left[i / 2], right[i % 2]);
		num up = num_multiply_up(left[i / 2], right[i % 2]);

		if (i == 0 || num_compare(down, out.low) < 0)
			out.low = down;
		if (i == 0 || num_compare(up, out.high) > 0)
			out.high = up;
	}
	out.has_low = out.has_high = true;
	return out;
}

static struct feel_value join_text(struct oracle *oracle,
	const struct feel_value *a, const struct feel_value *b)
{
	size_t size = (size_t)a->size + b->size;
	char *text = arena_zeroed(oracle->arena, size + 1, 1);

	if (!text)
		return oracle_fail(oracle);
	memcpy(text, a->u.string, a->size);
	memcpy(text + a->size, b->u.string, b->size);
	return feel_string(text, size);
}

static struct feel_value known_arithmetic(struct oracle *oracle, int op,
	const struct feel_value *args, size_t count)
{
	const struct feel_value *a = &args[0];
	const struct feel_value *b = &args[1];
	struct feel_value out;
	unsigned status = 0;
	num result = NUM_ZERO;

	(void)count;
	if (op == FEEL_ADD && a->type == FEEL_STRING && b->type == FEEL_STRING)
		return join_text(oracle, a, b);
	if (temporal_is(a->type) || temporal_is(b->type))
		return oracle_temporal(oracle, (enum feel_op)op, *a, *b);
	if (a->type != FEEL_NUMBER || b->type != FEEL_NUMBER)
		return FEEL_NULL_VALUE;
	if (op == FEEL_ADD)
		result = num_add(a->u.number, b->u.number, &status);
	else if (op == FEEL_SUBTRACT)
		result = num_subtract(a->u.number, b->u.number, &status);
	else if (op == FEEL_MULTIPLY)
		result = num_multiply(a->u.number, b->u.number, &status);
	else if (op == FEEL_DIVIDE)
		result = num_divide(a->u.number, b->u.number, &status);
	else
		result = num_power(a->u.number, b->u.number, &status);
	if (status & (NUM_INVALID | NUM_DIV_ZERO | NUM_RANGE))
		return FEEL_NULL_VALUE;
	out = feel_number(result);
	out.inexact = a->inexact || b->inexact || (status & NUM_INEXACT) != 0;
	return out;
}

/* May this operand take part in the operation at all? */
static bool may_operate(enum feel_op op, const struct feel_value *value)
{
	return value->type == FEEL_UNKNOWN || value->type == FEEL_NUMBER ||
	       temporal_is(value->type) ||
	       (value->type == FEEL_STRING && op == FEEL_ADD);
}

static struct feel_value arithmetic(
	struct oracle *oracle, enum feel_op op, const struct feel_value *sides)
{
	struct feel_set why = reasons_of(sides, 2);
	struct feel_value out;
	struct span a;
	struct span b;

	if (!may_operate(op, &sides[0]) || !may_operate(op, &sides[1]))
		return FEEL_NULL_VALUE;
	if (oracle_try_all(oracle, known_arithmetic, (int)op, sides, 2, &out))
		return out;
	if (!span_of(&sides[0], &a) || !span_of(&sides[1], &b) ||
		a.type != FEEL_NUMBER || b.type != FEEL_NUMBER)
		return oracle_unknown(oracle, &why);
	if (op == FEEL_ADD)
		a = added(a, b);
	else if (op == FEEL_SUBTRACT)
		a = added(a, negated(b));
	else if (op == FEEL_MULTIPLY)
		a = multiplied(a, b);
	else
		return oracle_unknown(oracle, &why);
	return span_value(oracle, &a, &why);
}

static struct feel_value truth(int known)
{
	return known < 0 ? FEEL_NULL_VALUE : feel_boolean(known > 0);
}

static int holds(enum feel_op op, int order)
{
	if (op == FEEL_LT)
		return order < 0;
	if (op == FEEL_LE)
		return order <= 0;
	if (op == FEEL_GT)
		return order > 0;
	return order >= 0;
}

static struct feel_value known_comparison(struct oracle *oracle, int op,
	const struct feel_value *args, size_t count)
{
	int result;
	int order;

	(void)oracle;
	(void)count;
	if (op == FEEL_EQ || op == FEEL_NE) {
		if (args[0].type == FEEL_NULL || args[1].type == FEEL_NULL)
			result = args[0].type == args[1].type;
		else
			result = feel_equal(&args[0], &args[1]);
		return truth(op == FEEL_NE && result >= 0 ? !result : result);
	}
	if (!feel_order(&args[0], &args[1], &order))
		return FEEL_NULL_VALUE;
	return truth(holds(op, order));
}

/* Is every value of `a` below every value of `b` (with `equal`: or equal)? */
static bool always_below(const struct span *a, const struct span *b, bool equal)
{
	int order;

	if (!a->has_high || !b->has_low)
		return false;
	order = num_compare(a->high, b->low);
	return order < 0 ||
	       (order == 0 && (equal || !a->high_closed || !b->low_closed));
}

static bool is_point(const struct span *a)
{
	return a->has_low && a->has_high && num_compare(a->low, a->high) == 0;
}

/* The truths that a comparison of two spans of one type may have. */
static unsigned span_truths(
	enum feel_op op, const struct span *a, const struct span *b)
{
	bool never;
	bool always;

	switch (op) {
	case FEEL_LT:
	case FEEL_LE:
		always = always_below(a, b, op == FEEL_LE);
		never = always_below(b, a, op == FEEL_LT);
		break;
	case FEEL_GT:
	case FEEL_GE:
		always = always_below(b, a, op == FEEL_GE);
		never = always_below(a, b, op == FEEL_GT);
		break;
	default:
		never = always_below(a, b, false) || always_below(b, a, false);
		always = is_point(a) && is_point(b) && !never;
		break;
	}
	if (op == FEEL_NE) {
		bool swap = never;

		never = always;
		always = swap;
	}
	return (never ? 0u : ORACLE_TRUE) | (always ? 0u : ORACLE_FALSE);
}

/* Equality of lists and contexts that hold unknowns: item by item. */
static struct feel_value open_equality(
	struct oracle *oracle, const struct feel_value *sides)
{
	struct feel_value out = feel_boolean(true);
	uint32_t i;

	if (sides[0].type != sides[1].type)
		return known_comparison(oracle, FEEL_EQ, sides, 2);
	if (sides[0].size != sides[1].size)
		return feel_boolean(false);
	if (sides[0].type == FEEL_RANGE)
		return oracle_unknown_of(oracle, sides, 2);
	for (i = 0; i < sides[0].size; i++) {
		const struct feel_value *other = &sides[1].u.items[i];
		struct feel_value mine;

		if (sides[0].type == FEEL_CONTEXT) {
			mine = sides[0].u.entries[i].value;
			other = feel_entry_of(
				&sides[1], sides[0].u.entries[i].name);
			if (!other)
				return feel_boolean(false);
		} else {
			mine = sides[0].u.items[i];
		}
		out = oracle_binary(oracle, FEEL_AND, out,
			oracle_binary(oracle, FEEL_EQ, mine, *other));
	}
	return out;
}

/* A comparison in which a known side settles that it is null or false. */
static bool settled(enum feel_op op, const struct feel_value *known,
	const struct feel_value *unknown, struct feel_value *out)
{
	struct span span;
	bool interval = span_of(unknown, &span);
	bool equality = op == FEEL_EQ || op == FEEL_NE;

	if (known->type == FEEL_UNKNOWN)
		return false;
	if (equality && known->type == FEEL_NULL && interval) {
		*out = feel_boolean(op == FEEL_NE);
		return true;
	}
	*out = FEEL_NULL_VALUE;
	if (equality)
		return interval && known->type != span.type;
	return known->type == FEEL_NULL || known->type == FEEL_BOOLEAN ||
	       known->type > FEEL_YEARS_DURATION ||
	       (interval && known->type != span.type);
}

/* Compare each of the choices of one side with the other side. */
static struct feel_value each_choice(struct oracle *oracle, enum feel_op op,
	const struct feel_value *sides, int which)
{
	const struct feel_unknown *unknown = sides[which].u.unknown;
	struct feel_value pair[2] = { sides[0], sides[1] };
	struct feel_set why = reasons_of(sides, 2);
	struct feel_value out = FEEL_NULL_VALUE;
	struct feel_value one;
	size_t i;

	for (i = 0; i < unknown->choice_count; i++) {
		pair[which] = unknown->choices[i];
		one = oracle_binary(oracle, op, pair[0], pair[1]);
		out = i == 0 ? one : oracle_join(oracle, &out, &one, &why);
	}
	return out;
}

static bool is_choice(const struct feel_value *value)
{
	return value->type == FEEL_UNKNOWN &&
	       value->u.unknown->shape == FEEL_CHOICE;
}

static struct feel_value unknown_comparison(
	struct oracle *oracle, enum feel_op op, const struct feel_value *sides)
{
	struct feel_set why = reasons_of(sides, 2);
	struct feel_value out;
	struct span a;
	struct span b;

	if (oracle_try_all(oracle, known_comparison, (int)op, sides, 2, &out))
		return out;
	if (is_choice(&sides[0]))
		return each_choice(oracle, op, sides, 0);
	if (is_choice(&sides[1]))
		return each_choice(oracle, op, sides, 1);
	if (settled(op, &sides[0], &sides[1], &out) ||
		settled(op, &sides[1], &sides[0], &out))
		return out;
	if (span_of(&sides[0], &a) && span_of(&sides[1], &b)) {
		if (a.type != b.type)
			return FEEL_NULL_VALUE;
		return oracle_of_truths(oracle, span_truths(op, &a, &b), &why);
	}
	return oracle_of_truths(oracle,
		maybe_truths(&sides[0]) | maybe_truths(&sides[1]), &why);
}

static struct feel_value comparison(
	struct oracle *oracle, enum feel_op op, const struct feel_value *sides)
{
	if (sides[0].type == FEEL_UNKNOWN || sides[1].type == FEEL_UNKNOWN)
		return unknown_comparison(oracle, op, sides);
	if (op == FEEL_NE &&
		(feel_is_open(&sides[0]) || feel_is_open(&sides[1])))
		return oracle_not(oracle, open_equality(oracle, sides));
	if (op == FEEL_EQ &&
		(feel_is_open(&sides[0]) || feel_is_open(&sides[1])))
		return open_equality(oracle, sides);
	return known_comparison(oracle, (int)op, sides, 2);
}

/* `and` of two known truths; `or` is its mirror. */
static unsigned and_truth(unsigned a, unsigned b)
{
	if (a == ORACLE_FALSE || b == ORACLE_FALSE)
		return ORACLE_FALSE;
	return a == ORACLE_TRUE && b == ORACLE_TRUE ? ORACLE_TRUE
						    : ORACLE_NEITHER;
}

static unsigned mirror(unsigned truths)
{
	return (truths & ORACLE_NEITHER) |
	       (truths & ORACLE_TRUE ? ORACLE_FALSE : 0u) |
	       (truths & ORACLE_FALSE ? ORACLE_TRUE : 0u);
}

static struct feel_value logic(
	struct oracle *oracle, enum feel_op op, const struct feel_value *sides)
{
	unsigned a = oracle_truths(&sides[0]);
	unsigned b = oracle_truths(&sides[1]);
	unsigned out = 0;
	struct feel_set why = { { 0 } };
	unsigned left;
	unsigned right;
	int i;

	/* what lies inside a known non-boolean does not matter */
	for (i = 0; i < 2; i++)
		if (sides[i].type == FEEL_UNKNOWN)
			feel_reasons(&sides[i], &why);
	if (op == FEEL_OR) {
		a = mirror(a);
		b = mirror(b);
	}
	for (left = 1; left <= 4; left *= 2)
		for (right = 1; right <= 4; right *= 2)
			if ((a & left) && (b & right))
				out |= and_truth(left, right);
	return oracle_of_truths(
		oracle, op == FEEL_OR ? mirror(out) : out, &why);
}

struct feel_value oracle_not(struct oracle *oracle, struct feel_value a)
{
	struct feel_set why = { { 0 } };

	if (a.type == FEEL_UNKNOWN)
		feel_reasons(&a, &why);
	return oracle_of_truths(oracle, mirror(oracle_truths(&a)), &why);
}

struct feel_value oracle_binary(struct oracle *oracle, enum feel_op op,
	struct feel_value a, struct feel_value b)
{
	const struct feel_value sides[2] = { a, b };

	switch (op) {
	case FEEL_AND:
	case FEEL_OR:
		return logic(oracle, op, sides);
	case FEEL_ADD:
	case FEEL_SUBTRACT:
	case FEEL_MULTIPLY:
	case FEEL_DIVIDE:
	case FEEL_POWER:
		return arithmetic(oracle, op, sides);
	default:
		return comparison(oracle, op, sides);
	}
}

static struct feel_value known_negation(struct oracle *oracle, int detail,
	const struct feel_value *args, size_t count)
{
	struct feel_value out = args[0];

	(void)oracle;
	(void)detail;
	(void)count;
	if (out.type == FEEL_YEARS_DURATION)
		return feel_years_duration(-out.u.months);
	if (out.type != FEEL_NUMBER && out.type != FEEL_DAYS_DURATION)
		return FEEL_NULL_VALUE;
	out.u.number = num_negate(out.u.number);
	return out;
}

struct feel_value oracle_negate(struct oracle *oracle, struct feel_value a)
{
	struct feel_set why = reasons_of(&a, 1);
	struct feel_value out;
	struct span span;

	if (a.type != FEEL_UNKNOWN)
		return known_negation(oracle, 0, &a, 1);
	if (oracle_try_all(oracle, known_negation, 0, &a, 1, &out))
		return out;
	if (!span_of(&a, &span))
		return oracle_unknown(oracle, &why);
	if (span.type != FEEL_NUMBER)
		return FEEL_NULL_VALUE;
	span = negated(span);
	return span_value(oracle, &span, &why);
}

bool oracle_has_span(const struct feel_value *value)
{
	struct span span;

	return span_of(value, &span);
}
