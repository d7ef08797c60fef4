/*
 * Taking numbers apart and putting them together in normal form. Every result
 * of this room leaves through here, so that whole numbers stay at exponent 0
 * and later operations stay on the integer path.
 */
#include "num/parts.h"

static const uint64_t num_tens[] = { 1ull, 10ull, 100ull, 1000ull, 10000ull,
	100000ull, 1000000ull, 10000000ull, 100000000ull, 1000000000ull,
	10000000000ull, 100000000000ull, 1000000000000ull, 10000000000000ull,
	100000000000000ull, 1000000000000000ull, 10000000000000000ull,
	100000000000000000ull, 1000000000000000000ull };

num_wide num_ten(int count)
{
	if (count <= NUM_SMALL_DIGITS)
		return num_tens[count];
	return (num_wide)num_tens[NUM_SMALL_DIGITS] *
	       num_tens[count - NUM_SMALL_DIGITS];
}

struct num_parts num_take_apart(num a)
{
	struct num_parts parts = { 0, 0, false };

	/* Steering bits: a coefficient past 34 digits, which means zero. */
	if ((a.w[1] & NUM_STEERING) == NUM_STEERING)
		return parts;
	parts.coefficient = (num_wide)(a.w[1] & NUM_HIGH_MASK) << 64 | a.w[0];
	if (parts.coefficient >= num_ten(NUM_DIGITS))
		parts.coefficient = 0;
	parts.exponent =
		(int)((a.w[1] & ~NUM_SIGN_BIT) >> NUM_EXPONENT_BIT) - NUM_BIAS;
	parts.negative = (a.w[1] & NUM_SIGN_BIT) != 0;
	return parts;
}

/* Drop zeros behind the point, in 64 bits once the coefficient fits. */
static void num_trim(struct num_parts *parts)
{
	uint64_t low;

	while (parts->exponent < 0 && parts->coefficient >> 64 != 0 &&
		parts->coefficient % 10 == 0) {
		parts->coefficient /= 10;
		parts->exponent++;
	}
	if (parts->coefficient >> 64 != 0)
		return;
	low = (uint64_t)parts->coefficient;
	while (parts->exponent < 0 && low % 10 == 0) {
		low /= 10;
		parts->exponent++;
	}
	parts->coefficient = low;
}

num num_put_together(struct num_parts parts)
{
	num out;

	if (parts.coefficient == 0)
		return NUM_ZERO;
	num_trim(&parts);
	while (parts.exponent > 0 &&
		parts.coefficient < num_ten(NUM_DIGITS - 1)) {
		parts.coefficient *= 10;
		parts.exponent--;
	}
	out.w[0] = (uint64_t)parts.coefficient;
	out.w[1] = (uint64_t)(parts.coefficient >> 64) |
		   (uint64_t)(parts.exponent + NUM_BIAS) << NUM_EXPONENT_BIT |
		   (parts.negative ? NUM_SIGN_BIT : 0);
	return out;
}

/* Multiply by 10^count; false when it would not stay small. */
static bool num_widen_small(struct num_small *a, int count)
{
	int64_t value;

	if (count > NUM_SMALL_DIGITS)
		return false;
	if (__builtin_mul_overflow(a->value, (int64_t)num_tens[count], &value))
		return false;
	if (value >= NUM_SMALL_MAX || value <= -NUM_SMALL_MAX)
		return false;
	a->value = value;
	a->exponent -= count;
	return true;
}

bool num_align_small(struct num_small *a, struct num_small *b)
{
	if (a->exponent == b->exponent)
		return true;
	if (a->exponent > b->exponent)
		return num_widen_small(a, a->exponent - b->exponent);
	return num_widen_small(b, b->exponent - a->exponent);
}
