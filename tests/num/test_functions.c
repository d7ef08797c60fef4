/*
 * Powers, exponentials and logarithms: the last of the 34 digits against MPFR
 * at 700 bits, what is exact, what is a tie, and what the format cannot hold.
 */
#include <criterion/criterion.h>

#include "num/reference.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

struct exact_row {
	const char *a;
	const char *b;
	const char *power;
	unsigned status;
};

static void check_powers(const struct exact_row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		unsigned status = 0;
		num power = num_power(reference_of(rows[i].a),
			reference_of(rows[i].b), &status);

		cr_expect_eq(num_compare(power, reference_of(rows[i].power)), 0,
			"%s ** %s is %s", rows[i].a, rows[i].b,
			reference_show(power));
		cr_expect_eq(status, rows[i].status, "%s ** %s: status %u",
			rows[i].a, rows[i].b, status);
	}
}

Test(num_functions, exact_powers)
{
	static const struct exact_row rows[] = {
		{ "1.5", "0", "1", 0 },
		{ "4", "0.5", "2", 0 },
		{ "16", "0.25", "2", 0 },
		{ "0.0016", "0.25", "0.2", 0 },
		{ "0.9", "1", "0.9", 0 },
		{ "0.9", "2", "0.81", 0 },
		{ "0.9", "3", "0.729", 0 },
		{ "4", "-0.5", "0.5", 0 },
		{ "32", "0.2", "2", 0 },
		{ "32", "-0.6", "0.125", 0 },
		{ "0.25", "1.5", "0.125", 0 },
		{ "2.25", "-1", "0.4444444444444444444444444444444444",
			NUM_INEXACT },
		{ "1e400", "0.25", "1e100", 0 },
		{ "1e-400", "0.25", "1e-100", 0 },
		{ "-2", "3", "-8", 0 },
		{ "-1", "1e30", "1", 0 },
		{ "-1", "1000000000000000000000000000000001", "-1", 0 },
		{ "1", "0.123456789", "1", 0 },
		{ "0", "0.5", "0", 0 },
		{ "10", "-6000", "1e-6000", 0 },
		/* 3^(1024/1024) with a root of 2^10 */
		{ "3e0", "1.0000000000", "3", 0 },
		{ "0.5", "100", "7888609052210118054117285652827862e-64",
			NUM_INEXACT },
	};

	check_powers(rows, COUNT(rows));
}

Test(num_functions, ties_go_to_the_even_digit)
{
	/* 35 digits that end in 5: 5^50 is 35 digits, and its square root's */
	static const struct exact_row rows[] = {
		/* 5^50 = 88817841970012523233890533447265625 */
		{ "5", "50", "8881784197001252323389053344726562e1",
			NUM_INEXACT },
		/* the same through a root: 25^25 */
		{ "625", "12.5", "8881784197001252323389053344726562e1",
			NUM_INEXACT },
		/* 5^49 = 17763568394002504646778106689453125 */
		{ "5", "49", "1776356839400250464677810668945312e1",
			NUM_INEXACT },
		{ "25", "24.5", "1776356839400250464677810668945312e1",
			NUM_INEXACT },
	};

	check_powers(rows, COUNT(rows));
}

Test(num_functions, out_of_range)
{
	static const struct {
		const char *a;
		const char *b;
		unsigned status;
	} rows[] = {
		{ "10", "6145", NUM_RANGE },
		{ "10", "-6177", NUM_RANGE },
		{ "2", "1e30", NUM_RANGE },
		{ "2", "-1e30", NUM_RANGE },
		{ "-2", "0.5", NUM_INVALID },
		{ "0", "-1", NUM_DIV_ZERO },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		unsigned status = 0;

		num_power(reference_of(rows[i].a), reference_of(rows[i].b),
			&status);
		cr_expect_eq(status & ~NUM_INEXACT, rows[i].status,
			"%s ** %s: status %u", rows[i].a, rows[i].b, status);
	}
}

Test(num_functions, edges_of_exp_and_log)
{
	unsigned status = 0;
	num one;

	cr_expect(num_is_zero(num_logarithm(NUM_ONE, &status)));
	cr_expect_eq(
		num_compare(num_exponential(NUM_ZERO, &status), NUM_ONE), 0);
	cr_expect_eq(status, 0);
	/* far less than half a unit of the last digit of 1 */
	one = num_exponential(reference_of("1e-6000"), &status);
	cr_expect_eq(num_compare(one, NUM_ONE), 0);
	cr_expect_eq(status, NUM_INEXACT);
	status = 0;
	num_exponential(reference_of("15001"), &status);
	cr_expect(status & NUM_RANGE);
	status = 0;
	num_exponential(reference_of("-1e6000"), &status);
	cr_expect(status & NUM_RANGE);
	status = 0;
	num_logarithm(NUM_ZERO, &status);
	cr_expect_eq(status, NUM_INVALID);
	cr_expect(mpfr_buildopt_tls_p(), "MPFR without thread-local state");
}

typedef num unary(num, unsigned *);
typedef int reference_unary(mpfr_t, mpfr_srcptr, mpfr_rnd_t);

static void check_unary(
	const char *name, unary *function, reference_unary *reference, num a)
{
	unsigned status = 0;
	num result = function(a, &status);
	num expected;
	mpfr_t exact;

	mpfr_init2(exact, REFERENCE_BITS);
	reference_set(exact, a);
	reference(exact, exact, MPFR_RNDN);
	expected = reference_round(exact);
	mpfr_clear(exact);
	cr_expect_eq(num_compare(result, expected), 0, "%s(%s) is %s, not %s",
		name, reference_show(a), reference_show(result),
		reference_show(expected));
	cr_expect_eq(
		status & ~NUM_INEXACT, 0, "%s(%s)", name, reference_show(a));
}

Test(num_functions, last_digit_of_log_exp_and_root)
{
	uint64_t seed = 20260601;

	for (int i = 0; i < 2000; i++) {
		int digits = 1 + (int)(reference_next(&seed) % NUM_DIGITS);
		num a = reference_number(&seed, digits, -60, 30);

		check_unary("log", num_logarithm, mpfr_log, a);
		check_unary("sqrt", num_square_root, mpfr_sqrt, a);
		a = reference_number(&seed, digits, -60, 4 - digits);
		check_unary("exp", num_exponential, mpfr_exp, a);
		check_unary("exp", num_exponential, mpfr_exp, num_negate(a));
	}
}

/* Next to 1, where the logarithm loses as many digits as it has. */
Test(num_functions, last_digit_next_to_one)
{
	static const char *const rows[] = { "1e-33", "-1e-34", "5e-34",
		"-5e-34", "1e-20", "-1e-20", "3e-17", "7e-9" };

	for (size_t i = 0; i < COUNT(rows); i++) {
		num a = reference_of(rows[i]);
		num near = num_add(NUM_ONE, a, NULL);

		check_unary("exp", num_exponential, mpfr_exp, a);
		if (num_compare(near, NUM_ONE) == 0)
			continue;
		check_unary("log", num_logarithm, mpfr_log, near);
		check_unary("sqrt", num_square_root, mpfr_sqrt, near);
	}
}

static void check_power(num a, num b)
{
	unsigned status = 0;
	num result = num_power(a, b, &status);
	num expected;
	mpfr_t exact;
	mpfr_t exponent;

	if (status & NUM_RANGE)
		return;
	mpfr_inits2(REFERENCE_BITS, exact, exponent, (mpfr_ptr)0);
	reference_set(exact, a);
	reference_set(exponent, b);
	mpfr_pow(exact, exact, exponent, MPFR_RNDN);
	expected = reference_round(exact);
	mpfr_clears(exact, exponent, (mpfr_ptr)0);
	cr_expect_eq(num_compare(result, expected), 0, "%s ** %s is %s, not %s",
		reference_show(a), reference_show(b), reference_show(result),
		reference_show(expected));
}

Test(num_functions, last_digit_of_powers)
{
	uint64_t seed = 18;

	for (int i = 0; i < 1500; i++) {
		int digits = 1 + (int)(reference_next(&seed) % NUM_DIGITS);
		int other = 1 + (int)(reference_next(&seed) % NUM_DIGITS);
		num a = reference_number(&seed, digits, -digits - 3, 4);
		num b = reference_number(&seed, other, -other - 3, 2 - other);

		check_power(a, b);
		check_power(a, num_negate(b));
		/* whole exponents, and fractions of few digits */
		b = num_from_int((int64_t)(reference_next(&seed) % 400));
		check_power(a, b);
		check_power(a, num_negate(b));
		b = reference_number(&seed, 2, -3, -1);
		check_power(num_from_int(2 + i % 30), b);
	}
}
