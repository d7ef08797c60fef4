/*
 * Powers, logarithms, roots and exponentials of spans. All of them rise or
 * fall in each argument as far as they are taken here (the base of a power is
 * above zero), so what they give lies between what they give at the corners.
 * num/ rounds those correctly, half even: a unit of the 34th digit outwards is
 * more than its error, and more than that of what is computed in between.
 */
#include "feel/interval.h"
#include "feel/interval_span.h"

/* `number` moved by a unit of its 34th digit or more: -1 down, 1 up. */
static num outwards(num number, int side)
{
	num unit =
		num_power(num_from_int(10), num_from_int(1 - NUM_DIGITS), NULL);
	num size = num_multiply_up(num_absolute(number), unit);

	return side < 0 ? num_add_down(number, num_negate(size))
			: num_add_up(number, size);
}

/* The least and the greatest so far, of a power. */
struct reach {
	bool any, endless;
	num least, most;
};

static void reach_add(struct reach *reach, num number)
{
	if (!reach->any || num_compare(number, reach->least) < 0)
		reach->least = number;
	if (!reach->any || num_compare(number, reach->most) > 0)
		reach->most = number;
	reach->any = true;
}

/* Bases from low to high with one end of the exponents. */
static bool power_side(const struct span *bases,
	const struct span_end *exponent, int side, struct reach *reach)
{
	const num ends[2] = { bases->low.at, bases->high.at };
	bool grows = num_compare(ends[0], NUM_ONE) > 0;

	if (exponent->endless) {
		/* above one it grows with the exponent, below it dies away */
		if (!grows && num_compare(ends[1], NUM_ONE) >= 0)
			return false;
		if (grows == (side > 0))
			reach->endless = true;
		else
			reach_add(reach, NUM_ZERO);
		return true;
	}
	for (int i = 0; i < 2; i++) {
		unsigned status = 0;
		num corner = num_power(ends[i], exponent->at, &status);

		if (status & ~NUM_INEXACT)
			return false;
		reach_add(reach, corner);
	}
	return true;
}

bool span_power(const struct span *a, const struct span *b, struct span *out)
{
	struct reach reach = { false, false, NUM_ZERO, NUM_ZERO };

	if (a->low.endless || a->high.endless || num_sign(a->low.at) <= 0 ||
		!power_side(a, &b->low, -1, &reach) ||
		!power_side(a, &b->high, 1, &reach))
		return false;
	out->type = FEEL_NUMBER;
	out->low = (struct span_end){ false, true, outwards(reach.least, -1) };
	out->high = (struct span_end){ reach.endless, !reach.endless,
		outwards(reach.most, 1) };
	return true;
}

/* An end of the result; false when there is no number. */
static bool curve_end(const struct span_end *from, int side,
	num (*curve)(num, unsigned *), struct feel_value *to)
{
	unsigned status = 0;
	num number;

	*to = FEEL_NULL_VALUE;
	if (from->endless)
		return side > 0;
	number = curve(from->at, &status);
	/* from zero itself, left out, the logarithm comes from far below */
	if (status & ~NUM_INEXACT)
		return side < 0 && !from->closed && num_is_zero(from->at);
	*to = feel_number(status ? outwards(number, side) : number);
	return true;
}

void feel_unknown_curve(struct feel_env *env, num (*curve)(num, unsigned *),
	const struct feel_value *value, struct feel_value *out)
{
	struct feel_range range = { .low_closed = false };
	struct feel_set reasons = { { 0 } };
	struct feel_unknown *unknown;
	struct span span;

	if (!span_of(value, &span) || span.type != FEEL_NUMBER ||
		!curve_end(&span.low, -1, curve, &range.low) ||
		!curve_end(&span.high, 1, curve, &range.high)) {
		feel_anything(env, value, 1, out);
		return;
	}
	feel_reasons(value, &reasons);
	unknown = feel_unknown_make(env->arena, &reasons);
	if (!unknown) {
		feel_fail(env, SHK_E_MEMORY, NULL);
		*out = FEEL_NULL_VALUE;
		return;
	}
	range.low_closed = range.low.type == FEEL_NUMBER;
	range.high_closed = range.high.type == FEEL_NUMBER;
	unknown->shape = FEEL_INTERVAL;
	unknown->interval = range;
	*out = feel_unknown_value(unknown);
}
