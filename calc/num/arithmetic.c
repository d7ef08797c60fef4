/*
 * Arithmetic: exact on machine integers while the coefficients are small,
 * otherwise Intel's decimal library, which takes rounding and flags as
 * arguments and keeps no state. Its types stay in this file. Powers,
 * exponentials and logarithms are in functions.c: the library's are off in
 * the last digit.
 */
#include <bid_conf.h>
#include <bid_functions.h>

#include "num/parts.h"
#include "num/whole.h"

#define NUM_SPECIAL  0x7800000000000000ull /* infinite or not a number */
#define NUM_NOT_A_NR 0x7C00000000000000ull

static BID_UINT128 num_to_bid(num a)
{
	BID_UINT128 out;

	out.w[0] = a.w[0];
	out.w[1] = a.w[1];
	return out;
}

static unsigned num_status_of(_IDEC_flags flags)
{
	unsigned bits = 0;

	if (flags & BID_INEXACT_EXCEPTION)
		bits |= NUM_INEXACT;
	if (flags & BID_INVALID_EXCEPTION)
		bits |= NUM_INVALID;
	if (flags & BID_ZERO_DIVIDE_EXCEPTION)
		bits |= NUM_DIV_ZERO;
	if (flags & (BID_OVERFLOW_EXCEPTION | BID_UNDERFLOW_EXCEPTION))
		bits |= NUM_RANGE;
	return bits;
}

/* Normal form; in place of infinity the largest number of that sign. */
static num num_from_bid(BID_UINT128 a, _IDEC_flags flags, unsigned *status)
{
	num out = { { a.w[0], a.w[1] } };

	num_report(status, num_status_of(flags));
	if ((out.w[1] & NUM_NOT_A_NR) == NUM_NOT_A_NR)
		return NUM_ZERO;
	if ((out.w[1] & NUM_SPECIAL) == NUM_SPECIAL)
		return num_put_together((struct num_parts){
			num_ten(NUM_DIGITS) - 1, NUM_EXPONENT_MAX,
			(out.w[1] & NUM_SIGN_BIT) != 0 });
	return num_put_together(num_take_apart(out));
}

num num_from_int(int64_t value)
{
	return num_from_small(value, 0);
}

bool num_to_int(num a, int64_t *value)
{
	struct num_parts parts;

	/* Normal form: an integer below 34 digits then has exponent 0. */
	parts = num_take_apart(num_put_together(num_take_apart(a)));
	if (parts.exponent != 0)
		return false;
	if (parts.negative && parts.coefficient <= (num_wide)1 << 63) {
		*value = (int64_t)(0 - (uint64_t)parts.coefficient);
		return true;
	}
	if (parts.coefficient > INT64_MAX)
		return false;
	*value = (int64_t)parts.coefficient;
	return true;
}

bool num_to_scaled(num a, int64_t *value, int *exponent)
{
	struct num_small small;

	/* normal form: no more decimals than there are */
	if (!num_take_small(num_put_together(num_take_apart(a)), &small))
		return false;
	*value = small.value;
	*exponent = small.exponent;
	return true;
}

static num num_add_rounded(num a, num b, _IDEC_round rounding, unsigned *status)
{
	struct num_small x;
	struct num_small y;
	_IDEC_flags flags = 0;
	BID_UINT128 sum;

	if (num_take_small(a, &x) && num_take_small(b, &y) &&
		num_align_small(&x, &y))
		return num_from_small(x.value + y.value, x.exponent);
	sum = bid128_add(num_to_bid(a), num_to_bid(b), rounding, &flags);
	return num_from_bid(sum, flags, status);
}

static num num_multiply_rounded(
	num a, num b, _IDEC_round rounding, unsigned *status)
{
	struct num_small x;
	struct num_small y;
	int64_t value;
	_IDEC_flags flags = 0;
	BID_UINT128 product;

	if (num_take_small(a, &x) && num_take_small(b, &y) &&
		!__builtin_mul_overflow(x.value, y.value, &value) &&
		x.exponent + y.exponent >= NUM_EXPONENT_MIN &&
		x.exponent + y.exponent <= NUM_EXPONENT_MAX)
		return num_from_small(value, x.exponent + y.exponent);
	product = bid128_mul(num_to_bid(a), num_to_bid(b), rounding, &flags);
	return num_from_bid(product, flags, status);
}

static num num_divide_rounded(
	num a, num b, _IDEC_round rounding, unsigned *status)
{
	struct num_small x;
	struct num_small y;
	_IDEC_flags flags = 0;
	BID_UINT128 quotient;

	if (num_take_small(a, &x) && num_take_small(b, &y) && y.value != 0 &&
		num_align_small(&x, &y) && x.value % y.value == 0)
		return num_from_small(x.value / y.value, 0);
	quotient = bid128_div(num_to_bid(a), num_to_bid(b), rounding, &flags);
	return num_from_bid(quotient, flags, status);
}

num num_add(num a, num b, unsigned *status)
{
	return num_add_rounded(a, b, BID_ROUNDING_TO_NEAREST, status);
}

num num_subtract(num a, num b, unsigned *status)
{
	return num_add(a, num_negate(b), status);
}

num num_multiply(num a, num b, unsigned *status)
{
	return num_multiply_rounded(a, b, BID_ROUNDING_TO_NEAREST, status);
}

num num_divide(num a, num b, unsigned *status)
{
	return num_divide_rounded(a, b, BID_ROUNDING_TO_NEAREST, status);
}

num num_add_down(num a, num b)
{
	return num_add_rounded(a, b, BID_ROUNDING_DOWN, NULL);
}

num num_add_up(num a, num b)
{
	return num_add_rounded(a, b, BID_ROUNDING_UP, NULL);
}

num num_multiply_down(num a, num b)
{
	return num_multiply_rounded(a, b, BID_ROUNDING_DOWN, NULL);
}

num num_multiply_up(num a, num b)
{
	return num_multiply_rounded(a, b, BID_ROUNDING_UP, NULL);
}

num num_divide_down(num a, num b)
{
	return num_divide_rounded(a, b, BID_ROUNDING_DOWN, NULL);
}

num num_divide_up(num a, num b)
{
	return num_divide_rounded(a, b, BID_ROUNDING_UP, NULL);
}

num num_negate(num a)
{
	if (num_is_zero(a))
		return NUM_ZERO;
	a.w[1] ^= NUM_SIGN_BIT;
	return a;
}

num num_absolute(num a)
{
	a.w[1] &= ~NUM_SIGN_BIT;
	return a;
}

num num_square_root(num a, unsigned *status)
{
	_IDEC_flags flags = 0;
	BID_UINT128 root;

	if (num_sign(a) < 0) {
		num_report(status, NUM_INVALID);
		return NUM_ZERO;
	}
	root = bid128_sqrt(num_to_bid(a), BID_ROUNDING_TO_NEAREST, &flags);
	return num_from_bid(root, flags, status);
}

num num_modulo(num a, num b, unsigned *status)
{
	struct num_small x;
	struct num_small y;
	_IDEC_flags flags = 0;
	num rest;

	if (num_is_zero(b)) {
		num_report(status, num_is_zero(a) ? NUM_INVALID : NUM_DIV_ZERO);
		return NUM_ZERO;
	}
	if (num_take_small(a, &x) && num_take_small(b, &y) &&
		num_align_small(&x, &y)) {
		int64_t left = x.value % y.value;

		if (left != 0 && (left < 0) != (y.value < 0))
			left += y.value;
		return num_from_small(left, x.exponent);
	}
	/* The library's remainder is exact and has the sign of a. */
	rest = num_from_bid(bid128_fmod(num_to_bid(a), num_to_bid(b), &flags),
		flags, status);
	if (!num_is_zero(rest) && num_sign(rest) != num_sign(b))
		rest = num_add(rest, b, status);
	return rest;
}

int num_compare(num a, num b)
{
	struct num_small x;
	struct num_small y;
	_IDEC_flags flags = 0;

	if (num_take_small(a, &x) && num_take_small(b, &y) &&
		num_align_small(&x, &y))
		return (x.value > y.value) - (x.value < y.value);
	if (bid128_quiet_less(num_to_bid(a), num_to_bid(b), &flags))
		return -1;
	return bid128_quiet_greater(num_to_bid(a), num_to_bid(b), &flags) ? 1
									  : 0;
}
