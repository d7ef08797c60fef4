/*
 * Bounds of errors really bound: random chains of operations beside their
 * exact value at 700 bits. Rounding and comparing are proved when they are,
 * and only then.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "num/error.h"
#include "num/reference.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))
#define CHAIN	    12

/* A bounded number with what it stands for. */
struct pair {
	struct num_bounded number;
	mpfr_t exact;
};

/* |exact - value| <= error * unit, with the room of the reference itself. */
static bool is_inside(const struct pair *pair)
{
	mpfr_t distance;
	mpfr_t bound;
	bool inside;

	if (pair->number.error == NUM_ERROR_UNKNOWN)
		return true;
	mpfr_inits2(REFERENCE_BITS, distance, bound, (mpfr_ptr)0);
	reference_set(distance, pair->number.value);
	mpfr_sub(distance, distance, pair->exact, MPFR_RNDN);
	mpfr_abs(distance, distance, MPFR_RNDN);
	reference_set(bound, num_error_size(pair->number));
	/* exact means equal, but for the last bits of the reference */
	if (pair->number.error == 0 && num_is_zero(pair->number.value))
		mpfr_set_ui_2exp(bound, 1, -200, MPFR_RNDU);
	else if (pair->number.error == 0)
		mpfr_mul_2si(
			bound, pair->exact, -REFERENCE_BITS / 2, MPFR_RNDU);
	mpfr_abs(bound, bound, MPFR_RNDU);
	inside = mpfr_lessequal_p(distance, bound) != 0;
	mpfr_clears(distance, bound, (mpfr_ptr)0);
	return inside;
}

/* e = floor(e / b), where decimals that divide evenly do so in binary too. */
static void floor_of_ratio(mpfr_ptr e, mpfr_srcptr b)
{
	mpfr_t whole;

	mpfr_init2(whole, REFERENCE_BITS);
	mpfr_div(e, e, b, MPFR_RNDN);
	mpfr_rint(whole, e, MPFR_RNDN);
	mpfr_sub(e, e, whole, MPFR_RNDN);
	if (mpfr_sgn(e) < 0 && mpfr_cmp_si_2exp(e, -1, -300) < 0)
		mpfr_sub_ui(whole, whole, 1, MPFR_RNDN);
	mpfr_set(e, whole, MPFR_RNDN);
	mpfr_clear(whole);
}

static unsigned apply(unsigned op, struct pair *a, const struct pair *b)
{
	unsigned status = 0;
	struct num_bounded x = a->number;
	struct num_bounded y = b->number;
	mpfr_ptr e = a->exact;

	switch (op) {
	case 0:
		a->number = num_bounded_add(x, y, &status);
		mpfr_add(e, e, b->exact, MPFR_RNDN);
		break;
	case 1:
		a->number = num_bounded_subtract(x, y, &status);
		mpfr_sub(e, e, b->exact, MPFR_RNDN);
		break;
	case 2:
		a->number = num_bounded_multiply(x, y, &status);
		mpfr_mul(e, e, b->exact, MPFR_RNDN);
		break;
	case 3:
		a->number = num_bounded_divide(x, y, &status);
		mpfr_div(e, e, b->exact, MPFR_RNDN);
		break;
	case 4:
		a->number = num_bounded_power(x, y, &status);
		mpfr_pow(e, e, b->exact, MPFR_RNDN);
		break;
	case 5:
		a->number = num_bounded_logarithm(x, &status);
		mpfr_log(e, e, MPFR_RNDN);
		break;
	case 6:
		a->number = num_bounded_exponential(x, &status);
		mpfr_exp(e, e, MPFR_RNDN);
		break;
	case 7:
		a->number = num_bounded_square_root(x, &status);
		mpfr_sqrt(e, e, MPFR_RNDN);
		break;
	case 8:
		a->number = num_bounded_least(x, y);
		mpfr_min(e, e, b->exact, MPFR_RNDN);
		break;
	case 9:
		a->number = num_bounded_greatest(x, y);
		mpfr_max(e, e, b->exact, MPFR_RNDN);
		break;
	default:
		a->number = num_bounded_modulo(x, y, &status);
		floor_of_ratio(e, b->exact);
		mpfr_mul(e, e, b->exact, MPFR_RNDN);
		mpfr_sub(e, a[1].exact, e, MPFR_RNDN);
		break;
	}
	return status & ~NUM_INEXACT;
}

static void start(struct pair *pair, uint64_t *seed)
{
	int digits = 1 + (int)(reference_next(seed) % 8);

	pair->number.value = reference_number(seed, digits, -digits - 1, 1);
	if (reference_next(seed) % 4 == 0)
		pair->number.value = num_negate(pair->number.value);
	pair->number.error = 0;
	reference_set(pair->exact, pair->number.value);
}

/* A chain of up to CHAIN operations; returns how many were bounded. */
static int run_chain(struct pair pairs[4], uint64_t *seed, int chain)
{
	int bounded = 0;

	for (int i = 0; i < 2; i++)
		start(&pairs[i], seed);
	for (int i = 0; i < CHAIN; i++) {
		unsigned op = (unsigned)(reference_next(seed) % 11);

		/* pairs[3] keeps the left operand for the modulo */
		mpfr_set(pairs[3].exact, pairs[0].exact, MPFR_RNDN);
		pairs[2].number = pairs[0].number;
		mpfr_set(pairs[2].exact, pairs[0].exact, MPFR_RNDN);
		if (apply(op, &pairs[2], &pairs[1]) ||
			pairs[2].number.error == NUM_ERROR_UNKNOWN)
			return bounded;
		cr_assert(is_inside(&pairs[2]),
			"chain %d step %d op %u: %s, error %u", chain, i, op,
			reference_show(pairs[2].number.value),
			(unsigned)pairs[2].number.error);
		bounded += pairs[2].number.error > 0;
		/* what is exact begins anew, free of the reference's own error */
		if (pairs[2].number.error == 0)
			reference_set(pairs[2].exact, pairs[2].number.value);
		/* the result on one side, an old or a new number on the other */
		if (reference_next(seed) % 2)
			start(&pairs[1], seed);
		else if (reference_next(seed) % 2) {
			pairs[1].number = pairs[0].number;
			mpfr_set(pairs[1].exact, pairs[0].exact, MPFR_RNDN);
		}
		pairs[0].number = pairs[2].number;
		mpfr_set(pairs[0].exact, pairs[2].exact, MPFR_RNDN);
	}
	return bounded;
}

Test(num_error, random_chains_stay_inside)
{
	struct pair pairs[4];
	uint64_t seed = 5;
	int bounded = 0;

	for (int i = 0; i < 4; i++)
		mpfr_init2(pairs[i].exact, REFERENCE_BITS);
	for (int chain = 0; chain < 4000; chain++)
		bounded += run_chain(pairs, &seed, chain);
	cr_expect_gt(bounded, 8000, "only %d inexact results", bounded);
	for (int i = 0; i < 4; i++)
		mpfr_clear(pairs[i].exact);
}

static struct num_bounded bounded(const char *text, uint32_t error)
{
	return (struct num_bounded){ reference_of(text), error };
}

/* Bounds worked out by hand from the formulas of error.h. */
Test(num_error, bounds_by_hand)
{
	const struct num_bounded third =
		num_bounded_divide(bounded("1", 0), bounded("3", 0), NULL);
	const struct num_bounded two = bounded("2", 0);
	struct num_bounded out;

	cr_expect_eq(third.error, 1);
	/* 0.33...3 * 3 = 0.99...9: 3 times 1 unit, nothing rounded */
	out = num_bounded_multiply(third, bounded("3", 0), NULL);
	cr_expect_eq(out.error, 3);
	/* 2 + 0.33...: a tenth of a unit and half a unit of rounding */
	out = num_bounded_add(two, third, NULL);
	cr_expect_eq(out.error, 1);
	/* six tenths and half a unit of rounding are more than one unit */
	out = third;
	out.error = 6;
	out = num_bounded_add(two, out, NULL);
	cr_expect_eq(out.error, 2);
	/* cancelling: 0.33...3 - 0.33 = 0.0033...: two digits are gone */
	out = num_bounded_subtract(third, bounded("0.33", 0), NULL);
	cr_expect_eq(out.error, 100);
	cr_expect_eq(num_certain_digits(out), 31);
	/* 0.33...3 - 0.33...3 = 0, off by 2e-34: one unit of zero is 1e-33 */
	out = num_bounded_subtract(third, third, NULL);
	cr_expect(num_is_zero(out.value));
	cr_expect_eq(out.error, 1);
	cr_expect_eq(num_certain_digits(out), 0);
	/* 24 of 34 digits gone is more than can be counted */
	out = num_bounded_subtract(third, bounded("0.333333333333", 0), NULL);
	cr_expect_eq(out.error, NUM_ERROR_UNKNOWN);
	/* exact zero takes the error away, an unknown one too */
	out = num_bounded_multiply(out, bounded("0", 0), NULL);
	cr_expect_eq(out.error, 0);
}

Test(num_error, operands_that_may_be_zero)
{
	const struct num_bounded zero = bounded("0", 1);
	const struct num_bounded one = bounded("1", 0);

	cr_expect_eq(num_bounded_divide(
			     one, bounded("1e-33", NUM_ERROR_UNKNOWN), NULL)
			     .error,
		NUM_ERROR_UNKNOWN);
	cr_expect_eq(
		num_bounded_square_root(zero, NULL).error, NUM_ERROR_UNKNOWN);
	cr_expect_eq(num_bounded_power(zero, bounded("2", 0), NULL).error,
		NUM_ERROR_UNKNOWN);
	cr_expect_eq(num_bounded_power(zero, bounded("0", 0), NULL).error, 0);
	/* the exponent is 0 +- 1e-33: 1.5 ** that is 1 within 1e-33 */
	cr_expect_leq(
		num_bounded_power(bounded("1.5", 0), zero, NULL).error, 2);
}

Test(num_error, digits)
{
	static const struct {
		uint32_t error;
		unsigned digits;
	} rows[] = { { 0, 34 }, { 1, 33 }, { 5, 33 }, { 6, 32 }, { 50, 32 },
		{ 51, 31 }, { 4294967294u, 24 }, { NUM_ERROR_UNKNOWN, 0 } };

	for (size_t i = 0; i < COUNT(rows); i++)
		cr_expect_eq(num_certain_digits(bounded("7", rows[i].error)),
			rows[i].digits, "%u", (unsigned)rows[i].error);
}

struct round_row {
	const char *value;
	uint32_t error;
	int scale;
	enum num_rounding mode;
	const char *result;
	bool proved;
};

Test(num_error, roundings)
{
	static const struct round_row rows[] = {
		{ "213333.3333333333333333333333333333", 5, -3, NUM_HALF_UP,
			"213000", true },
		{ "2.5", 0, 0, NUM_HALF_UP, "3", true },
		{ "2.5", 1, 0, NUM_HALF_UP, "3", false },
		{ "2.500000000000000000000000000000001", 1, 0, NUM_HALF_UP, "3",
			true }, /* from 2.5 upwards: the tie goes up too */
		{ "2.500000000000000000000000000000001", 1, 0, NUM_HALF_DOWN,
			"3", false },
		{ "2.499999999999999999999999999999999", 1, 0, NUM_HALF_UP, "2",
			false },
		{ "2.499999999999999999999999999999998", 1, 0, NUM_HALF_UP, "2",
			true },
		{ "3", 1, 0, NUM_FLOOR, "3", false },
		{ "3", 1, 0, NUM_CEILING, "3", false },
		{ "3", 1, 0, NUM_HALF_EVEN, "3", true },
		{ "0.9999999999999999999999999999999999", 3, 0, NUM_FLOOR, "0",
			false },
		{ "0", 1, 0, NUM_DOWN, "0", true },
		{ "0", 1, 0, NUM_UP, "0", false },
		{ "-2.5", 1, 0, NUM_HALF_UP, "-3", false },
		{ "7", NUM_ERROR_UNKNOWN, 0, NUM_HALF_UP, "7", false },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		bool proved;
		struct num_bounded out =
			num_bounded_round(bounded(rows[i].value, rows[i].error),
				rows[i].scale, rows[i].mode, &proved, NULL);

		cr_expect_eq(
			num_compare(out.value, reference_of(rows[i].result)), 0,
			"row %zu: %s", i, reference_show(out.value));
		cr_expect_eq(proved, rows[i].proved, "row %zu", i);
		cr_expect_eq(out.error == 0, proved, "row %zu: error %u", i,
			(unsigned)out.error);
	}
}

Test(num_error, comparisons)
{
	static const struct {
		const char *a;
		uint32_t a_error;
		const char *b;
		uint32_t b_error;
		int order;
		bool decided;
	} rows[] = {
		{ "1.5", 0, "1.5", 0, 0, true },
		{ "1.5", 1, "1.5", 0, 0, false },
		{ "1.5", 1, "1.500000000000000000000000000000001", 0, -1,
			false },
		{ "1.5", 1, "1.500000000000000000000000000000002", 0, -1,
			true },
		{ "1.500000000000000000000000000000002", 1, "1.5", 1, 1,
			false },
		{ "1.500000000000000000000000000000003", 1, "1.5", 1, 1, true },
		{ "1", NUM_ERROR_UNKNOWN, "9", 0, -1, false },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		bool decided;
		int order =
			num_bounded_compare(bounded(rows[i].a, rows[i].a_error),
				bounded(rows[i].b, rows[i].b_error), &decided);

		cr_expect_eq(order, rows[i].order, "row %zu", i);
		cr_expect_eq(decided, rows[i].decided, "row %zu", i);
	}
}

/* specification of premiums: 10 percent, X = 200000, B = 100000. */
Test(num_error, premium_of_the_specification)
{
	const struct num_bounded x = bounded("200000", 0);
	const struct num_bounded b = bounded("100000", 0);
	struct num_bounded power;
	struct num_bounded price;
	bool proved;

	power = num_bounded_divide(
		num_bounded_logarithm(num_bounded_divide(x, b, NULL), NULL),
		num_bounded_logarithm(bounded("0.5", 0), NULL), NULL);
	cr_expect_eq(num_compare(power.value, num_from_int(-1)), 0);
	cr_expect_gt(power.error, 0, "log 2 / log 0.5 is not known to be -1");
	power = num_bounded_power(bounded("1.5", 0), power, NULL);
	cr_expect_leq(power.error, 20, "%u", (unsigned)power.error);
	price = num_bounded_multiply(bounded("0.1", 0), power, NULL);
	price = num_bounded_add(bounded("1", 0), price, NULL);
	price = num_bounded_multiply(x, price, NULL);
	cr_expect_eq(num_compare(num_round(price.value, 3, NUM_DOWN, NULL),
			     reference_of("213333.333")),
		0);
	price = num_bounded_round(price, -3, NUM_HALF_UP, &proved, NULL);
	cr_expect(proved);
	cr_expect_eq(num_compare(price.value, num_from_int(213000)), 0);
}

/* What is not known of an operand is not known of the result. */
Test(num_error, unknown_operands)
{
	const struct num_bounded unknown = bounded("2", NUM_ERROR_UNKNOWN);
	const struct num_bounded one = bounded("1", 1);
	const struct num_bounded rows[] = { num_bounded_add(unknown, one, NULL),
		num_bounded_add(one, unknown, NULL),
		num_bounded_subtract(one, unknown, NULL),
		num_bounded_multiply(unknown, one, NULL),
		num_bounded_multiply(one, unknown, NULL),
		num_bounded_divide(unknown, one, NULL),
		num_bounded_divide(one, unknown, NULL),
		num_bounded_power(unknown, one, NULL),
		num_bounded_power(one, unknown, NULL),
		num_bounded_square_root(unknown, NULL),
		num_bounded_exponential(unknown, NULL),
		num_bounded_logarithm(unknown, NULL),
		num_bounded_modulo(unknown, one, NULL),
		num_bounded_modulo(one, unknown, NULL),
		num_bounded_least(unknown, one),
		num_bounded_greatest(one, unknown),
		num_bounded_widen(unknown, NUM_ONE) };

	for (size_t i = 0; i < COUNT(rows); i++)
		cr_expect_eq(rows[i].error, NUM_ERROR_UNKNOWN, "row %zu", i);
}

/* Nothing bounds these: a divisor that may be 0, a power of what may be
   negative, a root that may not exist, a result past the format. */
Test(num_error, unbounded_results)
{
	const struct num_bounded small = bounded("0", 5);
	const struct num_bounded rows[] = { num_bounded_divide(bounded("1", 0),
						    bounded("1e-34", 0), NULL),
		num_bounded_divide(
			bounded("1", 0), bounded("1e-6176", 2), NULL),
		num_bounded_power(small, bounded("2", 0), NULL),
		num_bounded_power(bounded("-2", 0), bounded("3", 1), NULL),
		num_bounded_square_root(bounded("1e-6176", 2), NULL),
		num_bounded_exponential(bounded("1e40", 1), NULL),
		num_bounded_exponential(bounded("1e34", 1), NULL),
		num_bounded_logarithm(bounded("1e-6176", 2), NULL),
		num_bounded_modulo(bounded("1", 1), bounded("0", 0), NULL) };

	cr_expect_eq(rows[0].error, 0u);
	for (size_t i = 1; i < COUNT(rows); i++)
		cr_expect_eq(rows[i].error, NUM_ERROR_UNKNOWN, "row %zu", i);
}

/* A unit more, and a tenth of one, which counts as a whole one. */
Test(num_error, widened)
{
	cr_expect_eq(num_bounded_widen(bounded("1", 2), NUM_ZERO).error, 2u);
	cr_expect_eq(
		num_bounded_widen(bounded("1", 2), reference_of("1e-33")).error,
		3u);
	cr_expect_eq(
		num_bounded_widen(bounded("1", 2), reference_of("1e-34")).error,
		3u);
	/* below the smallest number nothing is known */
	cr_expect_eq(num_bounded_multiply(
			     bounded("1e-6176", 1), bounded("0.5", 0), NULL)
			     .error,
		NUM_ERROR_UNKNOWN);
}
