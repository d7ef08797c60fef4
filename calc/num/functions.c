/*
 * Powers, exponentials and logarithms, correctly rounded: what has a finite
 * decimal is found with whole numbers; everything else is enclosed between two
 * MPFR numbers whose precision grows until both round to the same 34 digits
 * (Ziv's loop). The exact value is then no tie, so the loop ends. GMP and MPFR
 * take working memory of a few KB from malloc, outside the counters of base;
 * where it refuses they go on with a reserve on the stack (num/reserve.h).
 */
#include <string.h>

#include <gmp.h>
#include <mpfr.h>

#include "num/parts.h"
#include "num/reserve.h"

#define NUM_BITS_FIRST	    192 /* 34 digits are 113 bits */
#define NUM_BITS_MAX	    16384
/* No power of a whole number above 1 or a fraction fits beyond this. */
#define NUM_POWER_MAX	    6176
/* e to the power of more overflows, or underflows, the format. */
#define NUM_EXP_MAX	    15000
/* 2^-128 is far below half a unit of the 34th digit of 1. */
#define NUM_NEGLIGIBLE_BITS 128
#define NUM_ROOT_TWOS	    13 /* no root of 2^14 or 5^6 or more is a decimal */
#define NUM_ROOT_FIVES	    5

/* Enclosure: low <= value <= high. */
struct num_bracket {
	mpfr_t low;
	mpfr_t high;
};

static void num_bracket_init(struct num_bracket *bracket)
{
	mpfr_init2(bracket->low, NUM_BITS_FIRST);
	mpfr_init2(bracket->high, NUM_BITS_FIRST);
}

static void num_bracket_release(struct num_bracket *bracket)
{
	mpfr_clear(bracket->low);
	mpfr_clear(bracket->high);
}

static void num_bracket_prec(struct num_bracket *bracket, mpfr_prec_t bits)
{
	mpfr_set_prec(bracket->low, bits);
	mpfr_set_prec(bracket->high, bits);
}

static void num_to_mpz(num_wide value, mpz_t out)
{
	uint64_t words[2] = { (uint64_t)value, (uint64_t)(value >> 64) };

	mpz_import(out, 2, -1, sizeof(words[0]), 0, 0, words);
}

/* The number as a fraction, exactly; `out` is initialised here. */
static void num_to_fraction(num a, mpq_t out)
{
	struct num_parts parts = num_take_apart(a);
	unsigned long size = parts.exponent < 0 ? (unsigned long)-parts.exponent
						: (unsigned long)parts.exponent;
	mpz_t ten;

	mpq_init(out);
	mpz_init(ten);
	num_to_mpz(parts.coefficient, mpq_numref(out));
	mpz_ui_pow_ui(ten, 10, size);
	if (parts.exponent < 0)
		mpz_swap(mpq_denref(out), ten);
	else
		mpz_mul(mpq_numref(out), mpq_numref(out), ten);
	if (parts.negative)
		mpq_neg(out, out);
	mpz_clear(ten);
}

static void num_enclose(mpq_t value, struct num_bracket *out)
{
	mpfr_set_q(out->low, value, MPFR_RNDD);
	mpfr_set_q(out->high, value, MPFR_RNDU);
}

typedef int num_mpfr(mpfr_t out, mpfr_srcptr in, mpfr_rnd_t rounding);

/* A rising function of an enclosure, in place. */
static void num_rise(num_mpfr *function, struct num_bracket *x)
{
	bool point = mpfr_equal_p(x->low, x->high) != 0;

	if (function(x->low, x->low, MPFR_RNDD) == 0 && point)
		mpfr_set(x->high, x->low, MPFR_RNDU);
	else if (point) { /* the exact value is above, within one unit */
		mpfr_set(x->high, x->low, MPFR_RNDU);
		mpfr_nextabove(x->high);
	} else {
		function(x->high, x->high, MPFR_RNDU);
	}
}

/* x *= y: the least and the greatest of the four corners. */
static void num_bracket_multiply(struct num_bracket *x, struct num_bracket *y)
{
	mpfr_srcptr xs[2] = { x->low, x->high };
	mpfr_srcptr ys[2] = { y->low, y->high };
	struct num_bracket out;
	mpfr_t corner;

	num_bracket_init(&out);
	num_bracket_prec(&out, mpfr_get_prec(x->low));
	mpfr_init2(corner, mpfr_get_prec(x->low));
	for (int i = 0; i < 4; i++) {
		mpfr_mul(corner, xs[i & 1], ys[i >> 1], MPFR_RNDD);
		if (i == 0 || mpfr_less_p(corner, out.low))
			mpfr_set(out.low, corner, MPFR_RNDD);
		mpfr_mul(corner, xs[i & 1], ys[i >> 1], MPFR_RNDU);
		if (i == 0 || mpfr_greater_p(corner, out.high))
			mpfr_set(out.high, corner, MPFR_RNDU);
	}
	mpfr_swap(x->low, out.low);
	mpfr_swap(x->high, out.high);
	mpfr_clear(corner);
	num_bracket_release(&out);
}

/* From parts whose exponent may be out of range; false: NUM_RANGE. */
static bool num_from_parts(
	struct num_parts parts, int64_t exponent, num *out, unsigned *status)
{
	while (exponent > NUM_EXPONENT_MAX &&
		parts.coefficient < num_ten(NUM_DIGITS - 1)) {
		parts.coefficient *= 10;
		exponent--;
	}
	*out = NUM_ZERO;
	if (exponent > NUM_EXPONENT_MAX || exponent < NUM_EXPONENT_MIN) {
		num_report(status, NUM_RANGE);
		return false;
	}
	parts.exponent = (int)exponent;
	*out = num_put_together(parts);
	return true;
}

#define NUM_DIGITS_SIZE (NUM_DIGITS + 3) /* sign, digits, NUL */

/* When both ends have the same 34 digits: that number, and true. */
static bool num_settle(const struct num_bracket *at, num *out, unsigned *status)
{
	char low[NUM_DIGITS_SIZE];
	char high[NUM_DIGITS_SIZE];
	const char *digit = low;
	struct num_parts parts = { 0, 0, false };
	mpfr_exp_t low_exponent;
	mpfr_exp_t high_exponent;

	if (!mpfr_regular_p(at->low) || !mpfr_regular_p(at->high))
		return false;
	mpfr_get_str(low, &low_exponent, 10, NUM_DIGITS, at->low, MPFR_RNDN);
	mpfr_get_str(high, &high_exponent, 10, NUM_DIGITS, at->high, MPFR_RNDN);
	if (low_exponent != high_exponent || strcmp(low, high) != 0)
		return false;
	parts.negative = *digit == '-';
	for (digit += parts.negative; *digit; digit++)
		parts.coefficient =
			parts.coefficient * 10 + (unsigned)(*digit - '0');
	num_report(status, NUM_INEXACT);
	num_from_parts(parts, (int64_t)low_exponent - NUM_DIGITS, out, status);
	return true;
}

/* What is enclosed: a function of x, and of y where it has two arguments. */
typedef bool num_evaluate(struct num_bracket *x, struct num_bracket *y,
	num *out, unsigned *status);

/* Ziv's loop. `evaluate` leaves the enclosure in x, or settles the result. */
static num num_ziv(num_evaluate *evaluate, num a, num b, unsigned *status)
{
	struct num_bracket x;
	struct num_bracket y;
	mpq_t first;
	mpq_t second;
	num out = NUM_ZERO;
	mpfr_prec_t bits = NUM_BITS_FIRST;
	bool settled = false;

	num_bracket_init(&x);
	num_bracket_init(&y);
	num_to_fraction(a, first);
	num_to_fraction(b, second);
	for (; !settled && bits <= NUM_BITS_MAX; bits *= 2) {
		num_bracket_prec(&x, bits);
		num_bracket_prec(&y, bits);
		num_enclose(first, &x);
		num_enclose(second, &y);
		settled = evaluate(&x, &y, &out, status) ||
			  num_settle(&x, &out, status);
	}
	if (!settled) /* no argument is known that comes here */
		num_report(status, NUM_INVALID);
	mpq_clear(first);
	mpq_clear(second);
	num_bracket_release(&x);
	num_bracket_release(&y);
	return out;
}

static num num_enclosed(num_evaluate *evaluate, num a, num b, unsigned *status)
{
	struct num_reserve reserve;
	num out;

	num_reserve_begin(&reserve);
	out = num_ziv(evaluate, a, b, status);
	num_reserve_end(&reserve);
	return out;
}

static bool num_enclose_log(struct num_bracket *x, struct num_bracket *y,
	num *out, unsigned *status)
{
	(void)y;
	(void)out;
	(void)status;
	num_rise(mpfr_log, x);
	return false;
}

/* e to the power x; settled when it overflows or is 1 in 34 digits. */
static bool num_enclose_exp(struct num_bracket *x, struct num_bracket *y,
	num *out, unsigned *status)
{
	(void)y;
	if (mpfr_cmp_si(x->low, NUM_EXP_MAX) > 0 ||
		mpfr_cmp_si(x->high, -NUM_EXP_MAX) < 0) {
		num_report(status, NUM_RANGE | NUM_INEXACT);
		return true;
	}
	if (mpfr_cmp_si_2exp(x->low, -1, -NUM_NEGLIGIBLE_BITS) > 0 &&
		mpfr_cmp_si_2exp(x->high, 1, -NUM_NEGLIGIBLE_BITS) < 0) {
		num_report(status, NUM_INEXACT);
		*out = NUM_ONE;
		return true;
	}
	num_rise(mpfr_exp, x);
	return false;
}

/* x to the power y is e to the power y * log(x). */
static bool num_enclose_power(struct num_bracket *x, struct num_bracket *y,
	num *out, unsigned *status)
{
	num_rise(mpfr_log, x);
	num_bracket_multiply(x, y);
	return num_enclose_exp(x, y, out, status);
}

num num_exponential(num a, unsigned *status)
{
	if (num_is_zero(a))
		return NUM_ONE;
	return num_enclosed(num_enclose_exp, a, NUM_ONE, status);
}

num num_logarithm(num a, unsigned *status)
{
	if (num_sign(a) <= 0) {
		num_report(status, NUM_INVALID);
		return NUM_ZERO;
	}
	if (num_compare(a, NUM_ONE) == 0)
		return NUM_ZERO;
	return num_enclosed(num_enclose_log, a, NUM_ONE, status);
}

/* `base` multiplied `count` times; true when every step was exact. */
static bool num_power_exact(num base, unsigned count, num *out)
{
	num result = NUM_ONE;
	unsigned status = 0;

	while (count > 0 && !status) {
		if (count & 1u)
			result = num_multiply(result, base, &status);
		count >>= 1;
		if (count > 0)
			base = num_multiply(base, base, &status);
	}
	*out = result;
	return status == 0;
}

/* a to a small integer power; true when the result is settled. */
static bool num_power_integer(num a, int64_t b, num *out, unsigned *status)
{
	unsigned count = (unsigned)(b < 0 ? -b : b);
	unsigned inverse_status = 0;
	num inverse;

	if (b >= 0)
		return num_power_exact(a, count, out);
	inverse = num_divide(NUM_ONE, a, &inverse_status);
	if (!inverse_status && num_power_exact(inverse, count, out))
		return true;
	if (!num_power_exact(a, count, out))
		return false;
	*out = num_divide(NUM_ONE, *out, status); /* rounded once */
	return true;
}

/* Divide out a prime as often as it divides, at most `most` times. */
static int num_strip(num_wide *value, unsigned prime, int most)
{
	int count = 0;

	while (count < most && *value % prime == 0) {
		*value /= prime;
		count++;
	}
	return count;
}

/* An exponent as the fraction count / root in lowest terms. */
struct num_ratio {
	int64_t count;
	int64_t root;
};

/* False when no power by it (but of 1) can be a decimal of 35 digits. */
static bool num_to_ratio(num b, struct num_ratio *out)
{
	struct num_parts parts = num_take_apart(b);
	int places = parts.exponent < 0 ? -parts.exponent : 0;
	int twos = places - num_strip(&parts.coefficient, 2, places);
	int fives = places - num_strip(&parts.coefficient, 5, places);
	int zeros = parts.exponent > 0 ? parts.exponent : 0;

	if (twos > NUM_ROOT_TWOS || fives > NUM_ROOT_FIVES)
		return false;
	for (; zeros > 0 && parts.coefficient < NUM_EXP_MAX; zeros--)
		parts.coefficient *= 10;
	if (zeros > 0 || parts.coefficient > (num_wide)NUM_SMALL_MAX >> 20)
		return false;
	out->count = (int64_t)parts.coefficient;
	if (parts.negative)
		out->count = -out->count;
	out->root = (int64_t)1 << twos;
	while (fives-- > 0)
		out->root *= 5;
	return true;
}

/* 35 digits at most, to 34 by half even. */
static bool num_from_mpz(
	const mpz_t value, int64_t exponent, num *out, unsigned *status)
{
	char digits[NUM_DIGITS_SIZE + 2];
	struct num_parts parts = { 0, 0, false };
	size_t count;
	unsigned last = 0;

	if (mpz_sizeinbase(value, 10) > NUM_DIGITS + 2)
		return false;
	mpz_get_str(digits, 10, value);
	count = strlen(digits);
	if (count > NUM_DIGITS + 1)
		return false;
	for (size_t i = 0; i < count && i < NUM_DIGITS; i++)
		parts.coefficient =
			parts.coefficient * 10 + (unsigned)(digits[i] - '0');
	if (count > NUM_DIGITS) {
		last = (unsigned)(digits[NUM_DIGITS] - '0');
		exponent++;
		parts.coefficient +=
			last > 5 || (last == 5 && parts.coefficient % 2 != 0);
		num_report(status, last ? NUM_INEXACT : 0);
	}
	num_from_parts(parts, exponent, out, status);
	return true;
}

/* 2^twos * 5^fives * rest^count as a decimal, when 35 digits hold it. */
static bool num_from_primes(int64_t twos, int64_t fives, mpz_t rest,
	int64_t count, num *out, unsigned *status)
{
	int64_t zeros = twos < fives ? twos : fives;
	bool one = mpz_cmp_ui(rest, 1) == 0;
	bool found;
	mpz_t factor;

	twos -= zeros;
	fives -= zeros;
	/* 2^117, 5^51 and 3^74 are beyond 35 digits. */
	if (twos > 117 || fives > 51 || (!one && (count < 0 || count > 74)))
		return false;
	mpz_init(factor);
	if (!one)
		mpz_pow_ui(rest, rest, (unsigned long)count);
	mpz_ui_pow_ui(factor, 5, (unsigned long)fives);
	mpz_mul(rest, rest, factor);
	mpz_mul_2exp(rest, rest, (mp_bitcnt_t)twos);
	found = num_from_mpz(rest, zeros, out, status);
	mpz_clear(factor);
	return found;
}

/*
 * a to the power b, a > 0, where the exact value has at most 35 digits: then
 * a is a perfect power of the root, prime by prime. Only such values can lie
 * on a tie, so that what is left to Ziv's loop never does.
 */
static bool num_power_rational(num a, num b, num *out, unsigned *status)
{
	struct num_parts parts = num_take_apart(a);
	struct num_reserve reserve;
	struct num_ratio ratio;
	int64_t twos;
	int64_t fives;
	bool found = false;
	mpz_t rest;

	if (!num_to_ratio(b, &ratio))
		return false;
	twos = parts.exponent + num_strip(&parts.coefficient, 2, 128);
	fives = parts.exponent + num_strip(&parts.coefficient, 5, 64);
	if (twos % ratio.root != 0 || fives % ratio.root != 0)
		return false;
	num_reserve_begin(&reserve);
	mpz_init(rest);
	num_to_mpz(parts.coefficient, rest);
	if (mpz_root(rest, rest, (unsigned long)ratio.root))
		found = num_from_primes(twos / ratio.root * ratio.count,
			fives / ratio.root * ratio.count, rest, ratio.count,
			out, status);
	mpz_clear(rest);
	num_reserve_end(&reserve);
	return found;
}

/* a > 0, a is not 1, b is not 0. */
static num num_power_positive(num a, num b, unsigned *status)
{
	static const num half = { { 5, 0x303E000000000000ull } };
	num out;

	if (num_compare(b, half) == 0)
		return num_square_root(a, status);
	if (num_power_rational(a, b, &out, status))
		return out;
	return num_enclosed(num_enclose_power, a, b, status);
}

num num_power(num a, num b, unsigned *status)
{
	bool whole = num_is_integer(b);
	int64_t count;
	num out;

	if (num_is_zero(b) || num_compare(a, NUM_ONE) == 0)
		return NUM_ONE;
	if (num_is_zero(a)) {
		num_report(status, num_sign(b) < 0 ? NUM_DIV_ZERO : 0);
		return NUM_ZERO;
	}
	if (num_to_int(b, &count) && count <= NUM_POWER_MAX &&
		count >= -NUM_POWER_MAX &&
		num_power_integer(a, count, &out, status))
		return out;
	if (num_sign(a) > 0)
		return num_power_positive(a, b, status);
	if (!whole) {
		num_report(status, NUM_INVALID);
		return NUM_ZERO;
	}
	a = num_negate(a);
	out = num_compare(a, NUM_ONE) == 0 ? NUM_ONE
					   : num_power_positive(a, b, status);
	return num_is_zero(num_modulo(b, num_from_int(2), status))
		       ? out
		       : num_negate(out);
}

void num_forget(void)
{
	mpfr_free_cache();
}
