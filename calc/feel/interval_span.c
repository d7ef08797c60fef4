/*
 * Spans: reading them off values, comparing them, and arithmetic on their
 * ends with outward rounding. Products and quotients take the least and the
 * greatest of the four corners, where infinity times zero counts as zero.
 */
#include "feel/inexact.h"
#include "feel/interval.h"
#include "feel/interval_span.h"

static bool end_of(
	const struct feel_value *value, bool closed, struct span_end *out)
{
	*out = (struct span_end){ true, false, NUM_ZERO };
	if (value->type == FEEL_NULL)
		return true;
	out->endless = false;
	out->closed = closed;
	if (value->type == FEEL_NUMBER)
		out->at = value->u.number;
	else if (value->type == FEEL_DATE)
		out->at = num_from_int(value->u.days);
	else
		return false;
	return true;
}

static bool interval_span(const struct feel_range *range, struct span *out)
{
	out->type = FEEL_NUMBER;
	if (range->low.type == FEEL_DATE || range->high.type == FEEL_DATE)
		out->type = FEEL_DATE;
	return end_of(&range->low, range->low_closed, &out->low) &&
	       end_of(&range->high, range->high_closed, &out->high);
}

/* By the error of an inexact number; false when that is not known. */
static bool widen(const struct feel_value *value, struct span *out)
{
	struct num_bounded number;
	num size;

	if (value->type != FEEL_NUMBER || !value->inexact)
		return true;
	number = feel_bounded(value);
	if (number.error == NUM_ERROR_UNKNOWN)
		return false;
	size = num_error_size(number);
	out->low.at = num_add_down(number.value, num_negate(size));
	out->high.at = num_add_up(number.value, size);
	return true;
}

static bool point_span(const struct feel_value *value, struct span *out)
{
	if (value->type != FEEL_NUMBER && value->type != FEEL_DATE)
		return false;
	out->type = (enum feel_type)value->type;
	return end_of(value, true, &out->low) &&
	       end_of(value, true, &out->high) && widen(value, out);
}

static bool choices_span(const struct feel_unknown *unknown, struct span *out)
{
	struct span one;

	if (unknown->choice_count == 0 ||
		!point_span(&unknown->choices[0], out))
		return false;
	for (size_t i = 1; i < unknown->choice_count; i++) {
		if (!point_span(&unknown->choices[i], &one) ||
			one.type != out->type)
			return false;
		if (num_compare(one.low.at, out->low.at) < 0)
			out->low = one.low;
		if (num_compare(one.high.at, out->high.at) > 0)
			out->high = one.high;
	}
	return true;
}

bool span_of(const struct feel_value *value, struct span *out)
{
	if (value->type != FEEL_UNKNOWN)
		return point_span(value, out);
	if (value->u.unknown->shape == FEEL_INTERVAL)
		return interval_span(&value->u.unknown->interval, out);
	if (value->u.unknown->shape == FEEL_CHOICE)
		return choices_span(value->u.unknown, out);
	return false;
}

static struct feel_value end_value(
	const struct span_end *end, enum feel_type type)
{
	int64_t days;

	if (end->endless)
		return FEEL_NULL_VALUE;
	if (type == FEEL_DATE && num_to_int(end->at, &days))
		return feel_date((int32_t)days);
	return feel_number(end->at);
}

void span_range(const struct span *span, struct feel_range *out)
{
	*out = (struct feel_range){ .low = end_value(&span->low, span->type),
		.high = end_value(&span->high, span->type),
		.low_closed = span->low.closed,
		.high_closed = span->high.closed };
}

bool feel_span(const struct feel_value *value, struct feel_range *out)
{
	struct span span;

	if (!span_of(value, &span))
		return false;
	span_range(&span, out);
	return true;
}

/* The outer one of two ends; `side` is -1 for low ends and 1 for high. */
static struct span_end outer(struct span_end a, struct span_end b, int side)
{
	int order;

	if (a.endless || b.endless)
		return a.endless ? a : b;
	order = num_compare(a.at, b.at) * side;
	if (order == 0)
		a.closed = a.closed || b.closed;
	return order >= 0 ? a : b;
}

bool feel_hull(const struct feel_value *a, const struct feel_value *b,
	struct feel_range *out)
{
	struct span left;
	struct span right;
	struct span both;

	if (!span_of(a, &left) || !span_of(b, &right) ||
		left.type != right.type)
		return false;
	both.type = left.type;
	both.low = outer(left.low, right.low, -1);
	both.high = outer(left.high, right.high, 1);
	if (both.low.endless && both.high.endless)
		return false;
	span_range(&both, out);
	return true;
}

/* The other way round: infinite loses. */
static struct span_end inner(struct span_end a, struct span_end b, int side)
{
	int order;

	if (a.endless || b.endless)
		return a.endless ? b : a;
	order = num_compare(a.at, b.at) * side;
	if (order == 0)
		a.closed = a.closed || b.closed;
	return order <= 0 ? a : b;
}

void span_extreme(bool greatest, const struct span *a, const struct span *b,
	struct span *out)
{
	struct span_end low = greatest ? inner(a->low, b->low, -1)
				       : outer(a->low, b->low, -1);
	struct span_end high = greatest ? outer(a->high, b->high, 1)
					: inner(a->high, b->high, 1);

	*out = (struct span){ a->type, low, high };
}

static bool below(const struct span_end *low, const struct span_end *high)
{
	return low->endless || high->endless ||
	       num_compare(low->at, high->at) < 0;
}

static bool touch(const struct span_end *low, const struct span_end *high)
{
	return below(low, high) || (low->closed && high->closed &&
					   num_compare(low->at, high->at) == 0);
}

void span_relate(
	const struct span *a, const struct span *b, struct relation *can)
{
	can->less = below(&a->low, &b->high);
	can->greater = below(&b->low, &a->high);
	can->equal = touch(&a->low, &b->high) && touch(&b->low, &a->high);
}

void span_negate(struct span *span)
{
	struct span_end low = span->low;

	span->low = span->high;
	span->high = low;
	span->low.at = num_negate(span->low.at);
	span->high.at = num_negate(span->high.at);
}

void span_absolute(struct span *span)
{
	struct span other = *span;

	if (!span->low.endless && num_sign(span->low.at) >= 0)
		return;
	span_negate(&other);
	if (!span->high.endless && num_sign(span->high.at) <= 0) {
		*span = other;
		return;
	}
	span->high = outer(span->high, other.high, 1);
	span->low = (struct span_end){ false, true, NUM_ZERO };
}

static struct span_end add_ends(
	struct span_end a, struct span_end b, num (*add)(num, num))
{
	struct span_end out = { a.endless || b.endless, false, NUM_ZERO };

	if (!out.endless) {
		out.at = add(a.at, b.at);
		out.closed = a.closed && b.closed;
	}
	return out;
}

void span_add(const struct span *a, const struct span *b, struct span *out)
{
	out->type = FEEL_NUMBER;
	out->low = add_ends(a->low, b->low, num_add_down);
	out->high = add_ends(a->high, b->high, num_add_up);
}

/* An end as a point of the extended line: infinite is -1, 0 or 1. */
struct corner {
	int infinite;
	bool closed;
	num at;
};

static struct corner corner_of(const struct span_end *end, int side)
{
	return (struct corner){ end->endless ? side : 0, end->closed, end->at };
}

static int corner_sign(const struct corner *corner)
{
	return corner->infinite ? corner->infinite : num_sign(corner->at);
}

static struct corner multiply_corners(
	struct corner a, struct corner b, num (*multiply)(num, num))
{
	struct corner out = { 0, a.closed && b.closed, NUM_ZERO };
	int sign = corner_sign(&a) * corner_sign(&b);

	if (sign == 0) {
		out.closed = (corner_sign(&a) == 0 && a.closed) ||
			     (corner_sign(&b) == 0 && b.closed);
		return out;
	}
	if (a.infinite || b.infinite)
		out.infinite = sign;
	else
		out.at = multiply(a.at, b.at);
	return out;
}

static struct corner divide_corners(
	struct corner a, struct corner b, num (*divide)(num, num))
{
	struct corner out = { 0, a.closed && b.closed, NUM_ZERO };

	if (b.infinite) {
		out.closed = false;
		return out;
	}
	if (a.infinite)
		out.infinite = corner_sign(&a) * corner_sign(&b);
	else
		out.at = divide(a.at, b.at);
	if (corner_sign(&a) == 0)
		out.closed = a.closed;
	return out;
}

/* True when `a` lies further out on `side` than `b`. */
static int corner_order(const struct corner *a, const struct corner *b)
{
	if (a->infinite || b->infinite)
		return (a->infinite > b->infinite) -
		       (a->infinite < b->infinite);
	return num_compare(a->at, b->at);
}

typedef struct corner corner_operation(
	struct corner a, struct corner b, num (*operation)(num, num));

static struct span_end outermost(const struct span *a, const struct span *b,
	corner_operation *operate, num (*operation)(num, num), int side)
{
	const struct corner left[2] = { corner_of(&a->low, -1),
		corner_of(&a->high, 1) };
	const struct corner right[2] = { corner_of(&b->low, -1),
		corner_of(&b->high, 1) };
	struct corner best = operate(left[0], right[0], operation);

	for (int i = 1; i < 4; i++) {
		struct corner one =
			operate(left[i / 2], right[i % 2], operation);
		int order = corner_order(&one, &best) * side;

		if (order == 0)
			best.closed = best.closed || one.closed;
		else if (order > 0)
			best = one;
	}
	return (struct span_end){ best.infinite != 0,
		best.closed && !best.infinite, best.at };
}

void span_multiply(const struct span *a, const struct span *b, struct span *out)
{
	out->type = FEEL_NUMBER;
	out->low = outermost(a, b, multiply_corners, num_multiply_down, -1);
	out->high = outermost(a, b, multiply_corners, num_multiply_up, 1);
}

bool span_divide(const struct span *a, const struct span *b, struct span *out)
{
	bool above = !b->low.endless && num_sign(b->low.at) > 0;
	bool under = !b->high.endless && num_sign(b->high.at) < 0;

	if (!above && !under)
		return false;
	out->type = FEEL_NUMBER;
	out->low = outermost(a, b, divide_corners, num_divide_down, -1);
	out->high = outermost(a, b, divide_corners, num_divide_up, 1);
	return true;
}
