/*
 * Rounding to a number of decimals and questions about one number. All of it
 * works on the coefficient as an integer, so it is exact in every mode: the
 * remainder decides, never a second rounding.
 */
#include "num/parts.h"

/* Where a remainder lies between two neighbours of the last digit kept. */
enum num_remainder {
	REMAINDER_NONE,
	REMAINDER_LOW,
	REMAINDER_TIE,
	REMAINDER_HIGH
};

/* Cut `drop` digits off the coefficient and say what was lost. */
static enum num_remainder num_cut(struct num_parts *parts, int drop)
{
	num_wide unit;
	num_wide rest;

	if (parts->coefficient == 0)
		return REMAINDER_NONE;
	if (drop > NUM_DIGITS) { /* less than a tenth of the last place */
		parts->coefficient = 0;
		return REMAINDER_LOW;
	}
	unit = num_ten(drop);
	rest = parts->coefficient % unit;
	parts->coefficient /= unit;
	if (rest == 0)
		return REMAINDER_NONE;
	if (rest * 2 == unit)
		return REMAINDER_TIE;
	return rest * 2 < unit ? REMAINDER_LOW : REMAINDER_HIGH;
}

/* True when the cut coefficient has to grow by one, away from zero. */
static bool num_grows(const struct num_parts *parts, enum num_remainder rest,
	enum num_rounding mode)
{
	if (rest == REMAINDER_NONE)
		return false;
	switch (mode) {
	case NUM_HALF_EVEN:
		return rest == REMAINDER_HIGH ||
		       (rest == REMAINDER_TIE && parts->coefficient % 2 != 0);
	case NUM_HALF_UP:
		return rest >= REMAINDER_TIE;
	case NUM_HALF_DOWN:
		return rest == REMAINDER_HIGH;
	case NUM_UP:
		return true;
	case NUM_DOWN:
		return false;
	case NUM_FLOOR:
		return parts->negative;
	case NUM_CEILING:
		return !parts->negative;
	}
	return false;
}

num num_round(num a, int scale, enum num_rounding mode, unsigned *status)
{
	struct num_parts parts = num_take_apart(a);
	enum num_remainder rest;

	if (scale < -NUM_EXPONENT_MAX || scale > -NUM_EXPONENT_MIN) {
		if (status)
			*status |= NUM_INVALID;
		return NUM_ZERO;
	}
	if (parts.exponent >= -scale) /* no digit beyond the scale */
		return num_put_together(parts);
	rest = num_cut(&parts, -scale - parts.exponent);
	if (num_grows(&parts, rest, mode))
		parts.coefficient++;
	parts.exponent = -scale;
	return num_put_together(parts);
}

/* Half of 10^-scale, or all of it; zero where the format has no such number. */
static num num_unit(int scale, bool half)
{
	int exponent = half ? -scale - 1 : -scale;

	if (exponent < NUM_EXPONENT_MIN)
		return NUM_ZERO;
	return num_put_together(
		(struct num_parts){ half ? 5 : 1, exponent, false });
}

num num_rounding_margin(num a, int scale, enum num_rounding mode)
{
	bool half = mode <= NUM_HALF_DOWN;
	num size = num_absolute(a);
	num kept;
	num rest;
	num above;

	if (scale < -NUM_EXPONENT_MAX || scale > -NUM_EXPONENT_MIN)
		return NUM_ZERO;
	kept = num_round(size, scale, NUM_DOWN, NULL);
	rest = num_add_down(size, num_negate(kept));
	above = num_absolute(num_subtract(num_unit(scale, half), rest, NULL));
	if (half)
		return above;
	/* Towards zero nothing changes at zero itself. */
	if (mode == NUM_DOWN && num_is_zero(kept))
		return above;
	return num_compare(rest, above) < 0 ? rest : above;
}

bool num_is_integer(num a)
{
	struct num_parts parts = num_take_apart(a);

	if (parts.exponent >= 0 || parts.coefficient == 0)
		return true;
	return -parts.exponent < NUM_DIGITS &&
	       parts.coefficient % num_ten(-parts.exponent) == 0;
}

bool num_is_zero(num a)
{
	return num_take_apart(a).coefficient == 0;
}

int num_sign(num a)
{
	struct num_parts parts = num_take_apart(a);

	if (parts.coefficient == 0)
		return 0;
	return parts.negative ? -1 : 1;
}

/* Spread the bits of `value` over the word (finaliser of SplitMix64). */
static uint64_t num_mix(uint64_t value)
{
	value ^= value >> 30;
	value *= 0xBF58476D1CE4E5B9ull;
	value ^= value >> 27;
	value *= 0x94D049BB133111EBull;
	return value ^ value >> 31;
}

uint64_t num_hash(num a)
{
	/* Normal form is one of a kind for each value. */
	num normal = num_put_together(num_take_apart(a));

	return num_mix(normal.w[0] + num_mix(normal.w[1]));
}
