/*
 * Arithmetic against values worked out by hand, the status bits, directed
 * brackets, and agreement of the integer path with the library's path.
 */
#include <criterion/criterion.h>
#include <bid_conf.h>
#include <bid_functions.h>
#include <string.h>

#include "num/num.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static num of(const char *text)
{
	num a = NUM_ZERO;

	cr_assert_eq(num_parse(text, strlen(text), true, &a), NUM_PARSED, "%s",
		text);
	return a;
}

static const char *show(num a)
{
	static char text[4][NUM_TEXT_MAX];
	static int turn;

	turn = (turn + 1) % 4;
	cr_assert_gt(num_format(a, text[turn], NUM_TEXT_MAX), 0);
	return text[turn];
}

static num apply(char op, num a, num b, unsigned *status)
{
	switch (op) {
	case '+':
		return num_add(a, b, status);
	case '-':
		return num_subtract(a, b, status);
	case '*':
		return num_multiply(a, b, status);
	case '/':
		return num_divide(a, b, status);
	case '%':
		return num_modulo(a, b, status);
	default:
		return num_power(a, b, status);
	}
}

Test(num_arithmetic, results_and_status)
{
	static const struct {
		const char *a;
		char op;
		const char *b;
		const char *result;
		unsigned status;
	} rows[] = {
		{ "0.1", '+', "0.2", "0.3", 0 },
		{ "1", '+', "-1", "0", 0 },
		{ "0.5", '+', "0.5", "1", 0 },
		{ "4611686018427387903", '+', "4611686018427387903",
			"9223372036854775806", 0 },
		{ "4611686018427387904", '+', "4611686018427387904",
			"9223372036854775808", 0 },
		{ "9999999999999999999999999999999999", '+', "1",
			"10000000000000000000000000000000000", 0 },
		/* 35 digits, tie to even */
		{ "9999999999999999999999999999999999", '+', "0.5",
			"10000000000000000000000000000000000", NUM_INEXACT },
		{ "20000000", '-', "20000001", "-1", 0 },
		{ "5", '-', "5", "0", 0 },
		{ "143000", '*', "1.43", "204490", 0 },
		{ "-3", '*', "0", "0", 0 },
		{ "-0.5", '*', "0.2", "-0.1", 0 },
		{ "3037000500", '*', "3037000500", "9223372037000250000", 0 },
		{ "99999999999999999", '*', "99999999999999999",
			"9999999999999999800000000000000001", 0 },
		{ "143000", '/', "1.43", "100000", 0 },
		{ "6", '/', "2", "3", 0 },
		{ "-6", '/', "4", "-1.5", 0 },
		{ "0", '/', "7", "0", 0 },
		{ "1", '/', "3", "0.3333333333333333333333333333333333",
			NUM_INEXACT },
		{ "2", '/', "3", "0.6666666666666666666666666666666667",
			NUM_INEXACT },
		{ "100000000000000000000000000000", '/', "0.001",
			"100000000000000000000000000000000", 0 },
		{ "10", '%', "3", "1", 0 },
		{ "-10", '%', "3", "2", 0 },
		{ "10", '%', "-3", "-2", 0 },
		{ "-10", '%', "-3", "-1", 0 },
		{ "5.5", '%', "2", "1.5", 0 },
		{ "-4.5", '%', "1.5", "0", 0 },
		/* 10^30 is 1 modulo 7 * ... : 10^6 is 1 modulo 7 */
		{ "1e30", '%', "7", "1", 0 },
		{ "-1e30", '%', "7", "6", 0 },
		{ "2", '^', "10", "1024", 0 },
		{ "2", '^', "-2", "0.25", 0 },
		{ "0.5", '^', "-100", "1267650600228229401496703205376", 0 },
		{ "-3", '^', "3", "-27", 0 },
		{ "1.05", '^', "2", "1.1025", 0 },
		{ "7", '^', "0", "1", 0 },
		{ "0", '^', "0", "1", 0 },
		{ "0", '^', "5", "0", 0 },
		{ "2", '^', "112", "5192296858534827628530496329220096", 0 },
		{ "16", '^', "0.5", "4", 0 },
		{ "3", '^', "-1", "0.3333333333333333333333333333333333",
			NUM_INEXACT },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		unsigned status = 0;
		num result = apply(
			rows[i].op, of(rows[i].a), of(rows[i].b), &status);

		cr_assert_str_eq(show(result), rows[i].result, "%s %c %s: %s",
			rows[i].a, rows[i].op, rows[i].b, show(result));
		cr_assert_eq(status, rows[i].status, "%s %c %s: status %u",
			rows[i].a, rows[i].op, rows[i].b, status);
	}
}

Test(num_arithmetic, what_has_no_result_is_said)
{
	static const struct {
		const char *a;
		char op;
		const char *b;
		unsigned status; /* that must be among the bits */
	} rows[] = {
		{ "1", '/', "0", NUM_DIV_ZERO },
		{ "-1", '/', "0", NUM_DIV_ZERO },
		{ "0", '/', "0", NUM_INVALID },
		{ "1", '%', "0", NUM_DIV_ZERO },
		{ "0", '%', "0", NUM_INVALID },
		{ "0", '^', "-1", NUM_DIV_ZERO },
		{ "-8", '^', "0.3", NUM_INVALID },
		{ "-1", '^', "0.5", NUM_INVALID },
		{ "1e6144", '*', "10", NUM_RANGE },
		{ "-1e6144", '*', "1e6144", NUM_RANGE },
		{ "1e-6176", '/', "3", NUM_RANGE },
		{ "10", '^', "6145", NUM_RANGE },
		{ "2", '^', "113", NUM_INEXACT },
		{ "2", '^', "1.5", NUM_INEXACT },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		unsigned status = 0;
		char text[NUM_TEXT_MAX];
		num result = apply(
			rows[i].op, of(rows[i].a), of(rows[i].b), &status);

		cr_assert(status & rows[i].status, "%s %c %s: status %u",
			rows[i].a, rows[i].op, rows[i].b, status);
		/* Meaningless, but still a number. */
		cr_assert_gt(num_format(result, text, sizeof(text)), 0);
	}
	{
		unsigned status = 0;

		num_square_root(num_from_int(-1), &status);
		cr_assert_eq(status, NUM_INVALID);
		status = 0;
		num_logarithm(NUM_ZERO, &status);
		cr_assert_eq(status, NUM_INVALID);
		status = 0;
		num_logarithm(num_from_int(-1), &status);
		cr_assert_eq(status, NUM_INVALID);
		status = 0;
		num_exponential(num_from_int(100000), &status);
		cr_assert(status & NUM_RANGE);
	}
}

Test(num_arithmetic, status_is_sticky)
{
	unsigned status = 0;

	num_divide(NUM_ONE, num_from_int(3), &status);
	num_add(NUM_ONE, NUM_ONE, &status);
	cr_assert_eq(status, NUM_INEXACT);
	num_divide(NUM_ONE, NUM_ZERO, &status);
	cr_assert_eq(status, NUM_INEXACT | NUM_DIV_ZERO);
}

Test(num_arithmetic, roots_exponentials_and_logarithms)
{
	unsigned status = 0;

	cr_assert_str_eq(show(num_square_root(of("2.25"), &status)), "1.5");
	cr_assert_str_eq(show(num_exponential(NUM_ZERO, &status)), "1");
	cr_assert_str_eq(show(num_logarithm(NUM_ONE, &status)), "0");
	cr_assert_eq(status, 0);
	/* sqrt 2 = 1.41421356237309504880168872420969807 85... */
	cr_assert_str_eq(show(num_square_root(num_from_int(2), &status)),
		"1.414213562373095048801688724209698");
	cr_assert_eq(status, NUM_INEXACT);
	/* Known digits; the last one is not promised. */
	cr_assert_eq(strncmp(show(num_exponential(NUM_ONE, &status)),
			     "2.71828182845904523536028747135266", 34),
		0);
	cr_assert_eq(strncmp(show(num_logarithm(num_from_int(10), &status)),
			     "2.30258509299404568401799145468436", 34),
		0);
}

Test(num_arithmetic, signs)
{
	cr_assert_eq(num_sign(of("-0.1")), -1);
	cr_assert_eq(num_sign(of("0.00")), 0);
	cr_assert_eq(num_sign(of("1e-6176")), 1);
	cr_assert_str_eq(show(num_negate(NUM_ZERO)), "0");
	cr_assert_eq(num_negate(NUM_ZERO).w[1], NUM_ZERO.w[1]);
	cr_assert_str_eq(show(num_negate(of("-2.5"))), "2.5");
	cr_assert_str_eq(show(num_absolute(of("-2.5"))), "2.5");
	cr_assert(num_is_zero(num_subtract(of("1.5"), of("1.50"), NULL)));
	cr_assert(num_is_integer(of("-3.000")));
	cr_assert(num_is_integer(of("1e40")));
	cr_assert_not(num_is_integer(of("3.0001")));
	cr_assert_not(num_is_integer(of("1e-40")));
}

Test(num_arithmetic, order)
{
	/* Ascending; each is below every later one. */
	static const char *const rows[] = { "-1e6144", "-1e30",
		"-9223372036854775809", "-2", "-1.5", "-1", "-1e-30", "0",
		"1e-6176", "1e-30", "0.3333333333333333333333333333333333",
		"0.5", "1", "1.000000000000000000000000000000001", "1.43", "2",
		"4611686018427387904", "1e30",
		"1000000000000000000000000000001", "1e6144" };

	for (size_t i = 0; i < COUNT(rows); i++)
		for (size_t j = 0; j < COUNT(rows); j++)
			cr_assert_eq(num_compare(of(rows[i]), of(rows[j])),
				(i > j) - (i < j), "%s against %s", rows[i],
				rows[j]);
}

Test(num_arithmetic, directed_results_bracket_the_exact_one)
{
	static const struct {
		const char *a;
		const char *b;
	} rows[] = { { "1", "3" }, { "-1", "3" }, { "2", "7" },
		{ "1e33", "0.33333" }, { "-1e33", "7.77777777" },
		{ "1234567890123456789012345678901234",
			"9876543210987654321098765432109876" },
		{ "143000", "1.43" }, { "-6", "2" } };

	for (size_t i = 0; i < COUNT(rows); i++) {
		num a = of(rows[i].a);
		num b = of(rows[i].b);
		unsigned status[3] = { 0, 0, 0 };
		num nearest[3] = { num_add(a, b, &status[0]),
			num_multiply(a, b, &status[1]),
			num_divide(a, b, &status[2]) };
		num low[3] = { num_add_down(a, b), num_multiply_down(a, b),
			num_divide_down(a, b) };
		num high[3] = { num_add_up(a, b), num_multiply_up(a, b),
			num_divide_up(a, b) };

		for (int op = 0; op < 3; op++) {
			cr_assert_leq(num_compare(low[op], nearest[op]), 0,
				"row %zu operation %d", i, op);
			cr_assert_geq(num_compare(high[op], nearest[op]), 0,
				"row %zu operation %d", i, op);
			/* Equal when exact, one unit apart when not. */
			cr_assert_eq(num_compare(low[op], high[op]),
				status[op] ? -1 : 0, "row %zu operation %d", i,
				op);
		}
	}
	cr_assert_str_eq(show(num_divide_down(NUM_ONE, num_from_int(3))),
		"0.3333333333333333333333333333333333");
	cr_assert_str_eq(show(num_divide_up(NUM_ONE, num_from_int(3))),
		"0.3333333333333333333333333333333334");
	cr_assert_str_eq(
		show(num_divide_down(num_from_int(-1), num_from_int(3))),
		"-0.3333333333333333333333333333333334");
}

static uint64_t next_random(uint64_t *state)
{
	*state = *state * 6364136223846793005ull + 1442695040888963407ull;
	return *state >> 11;
}

/* A value of random size and 0 to 5 decimals. */
static num random_number(uint64_t *state)
{
	int64_t value =
		(int64_t)(next_random(state) << 10 ^ next_random(state));
	num a = num_from_int(value >> next_random(state) % 63);
	int decimals = (int)(next_random(state) % 6);

	while (decimals-- > 0)
		a = num_divide(a, num_from_int(10), NULL);
	return next_random(state) % 2 ? num_negate(a) : a;
}

static BID_UINT128 bid(num a)
{
	BID_UINT128 out;

	out.w[0] = a.w[0];
	out.w[1] = a.w[1];
	return out;
}

static bool same(num a, BID_UINT128 b)
{
	_IDEC_flags flags = 0;

	return bid128_quiet_equal(bid(a), b, &flags) == 1;
}

Test(num_arithmetic, integer_path_agrees_with_the_library)
{
	uint64_t state = 20240601;

	for (int i = 0; i < 20000; i++) {
		num a = random_number(&state);
		num b = random_number(&state);
		_IDEC_flags flags = 0;
		unsigned status = 0;

		cr_assert(same(num_add(a, b, &status),
				  bid128_add(bid(a), bid(b), 0, &flags)),
			"%s + %s", show(a), show(b));
		cr_assert(same(num_subtract(a, b, &status),
				  bid128_sub(bid(a), bid(b), 0, &flags)),
			"%s - %s", show(a), show(b));
		cr_assert(same(num_multiply(a, b, &status),
				  bid128_mul(bid(a), bid(b), 0, &flags)),
			"%s * %s", show(a), show(b));
		cr_assert_eq(status != 0, (flags & 0x20) != 0, "%s %s", show(a),
			show(b));
		cr_assert_eq(num_compare(a, b) < 0,
			bid128_quiet_less(bid(a), bid(b), &flags) == 1,
			"%s < %s", show(a), show(b));
		if (num_is_zero(b))
			continue;
		cr_assert(same(num_divide(a, b, &status),
				  bid128_div(bid(a), bid(b), 0, &flags)),
			"%s / %s", show(a), show(b));
	}
}

/* (a / b) * b + a % b is a again, with the quotient rounded down. */
Test(num_arithmetic, modulo_agrees_with_its_definition)
{
	uint64_t state = 77;

	for (int i = 0; i < 5000; i++) {
		num a = num_from_int(
			(int64_t)(next_random(&state) % 2000000) - 1000000);
		num b = num_from_int(
			(int64_t)(next_random(&state) % 2000) - 1000);
		num quotient;
		num back;

		if (num_is_zero(b))
			continue;
		quotient =
			num_round(num_divide(a, b, NULL), 0, NUM_FLOOR, NULL);
		back = num_add(num_multiply(quotient, b, NULL),
			num_modulo(a, b, NULL), NULL);
		cr_assert_eq(
			num_compare(back, a), 0, "%s mod %s", show(a), show(b));
	}
}

/* Whole results keep exponent 0, where later operations are cheap. */
Test(num_arithmetic, whole_results_are_plain_integers)
{
	num rows[] = { num_divide(num_from_int(143000), of("1.43"), NULL),
		num_multiply(num_from_int(50), of("0.02"), NULL),
		num_add(of("0.25"), of("0.75"), NULL),
		num_divide(of("1e33"), of("1e30"), NULL),
		num_round(of("1234.5"), -2, NUM_HALF_UP, NULL),
		num_square_root(num_from_int(10000), NULL),
		num_power(num_from_int(10), num_from_int(6), NULL) };

	for (size_t i = 0; i < COUNT(rows); i++)
		cr_assert_eq(rows[i].w[1], NUM_ONE.w[1], "row %zu: %s", i,
			show(rows[i]));
}
