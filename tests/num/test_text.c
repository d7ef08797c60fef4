/*
 * Numbers from text and to text: exactness, the 34-digit limit on both sides,
 * canonical output and everything that must be refused.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "num/num.h"

#define N34	 "1234567890123456789012345678901234"
#define ZEROS_40 "0000000000000000000000000000000000000000"

static enum num_parse read_text(const char *text, bool exponent, num *out)
{
	return num_parse(text, strlen(text), exponent, out);
}

Test(num_text, reads_and_writes_canonical_text)
{
	static const struct {
		const char *in;
		const char *out;
	} rows[] = {
		{ "0", "0" },
		{ "-0", "0" },
		{ "+0.000", "0" },
		{ "7", "7" },
		{ "+7", "7" },
		{ "-7", "-7" },
		{ "007", "7" },
		{ ".5", "0.5" },
		{ "-.5", "-0.5" },
		{ "1.50", "1.5" },
		{ "100", "100" },
		{ "100.00", "100" },
		{ "0.001", "0.001" },
		{ "-0.0010", "-0.001" },
		{ "1.43", "1.43" },
		{ "10.01", "10.01" },
		{ "999999999999999999", "999999999999999999" },
		{ "1000000000000000000", "1000000000000000000" },
		{ "9223372036854775807", "9223372036854775807" },
		{ "18446744073709551615", "18446744073709551615" },
		{ "18446744073709551616", "18446744073709551616" },
		{ "-18446744073709551617.5", "-18446744073709551617.5" },
		{ N34, N34 },
		{ "-" N34, "-" N34 },
		{ "00" N34 ".000", N34 },
		{ "0." N34, "0." N34 },
		{ "9999999999999999999999999999999999",
			"9999999999999999999999999999999999" },
		{ "1" ZEROS_40, "1" ZEROS_40 },
		{ "1" ZEROS_40 ".0", "1" ZEROS_40 },
		{ "0." ZEROS_40 "1", "0." ZEROS_40 "1" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char text[NUM_TEXT_MAX];
		size_t size;
		num a;

		cr_assert_eq(read_text(rows[i].in, false, &a), NUM_PARSED, "%s",
			rows[i].in);
		size = num_format(a, text, sizeof(text));
		cr_assert_str_eq(text, rows[i].out, "%s", rows[i].in);
		cr_assert_eq(size, strlen(rows[i].out), "%s", rows[i].in);
	}
}

Test(num_text, reads_exponents_only_when_asked)
{
	static const struct {
		const char *in;
		const char *out;
	} rows[] = { { "1e3", "1000" }, { "1E+3", "1000" },
		{ "-1.5e-3", "-0.0015" }, { "12.50e1", "125" },
		{ "0e999999999", "0" }, { "0.0e-999999999", "0" },
		{ "1e40", "1" ZEROS_40 }, { ".5e0", "0.5" } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char text[NUM_TEXT_MAX];
		num a;

		cr_assert_eq(read_text(rows[i].in, true, &a), NUM_PARSED, "%s",
			rows[i].in);
		cr_assert_gt(num_format(a, text, sizeof(text)), 0);
		cr_assert_str_eq(text, rows[i].out, "%s", rows[i].in);
		cr_assert_eq(read_text(rows[i].in, false, &a), NUM_NOT_A_NUMBER,
			"%s", rows[i].in);
	}
}

Test(num_text, refuses_what_is_not_a_number)
{
	static const char *const rows[] = { "", "+", "-", ".", "1.", "-.",
		"1..2", "1.2.3", " 1", "1 ", "1,000", "--1", "+-1", "0x10",
		"1e", "1e+", "1e1.5", "e5", "NaN", "Infinity", "inf", "1_000",
		"1\n", "\xEF\xBC\x91", "12a", "1e5x",
		"9999999999999999999999x" };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		num a;

		cr_assert_eq(read_text(rows[i], true, &a), NUM_NOT_A_NUMBER,
			"row %zu: %s", i, rows[i]);
	}
	{
		num a;

		cr_assert_eq(
			num_parse("1\0002", 3, true, &a), NUM_NOT_A_NUMBER);
	}
}

Test(num_text, refuses_what_does_not_fit_exactly)
{
	static const char *const rows[] = { N34 "5", N34 "0000001",
		"0." N34 "1", "1" ZEROS_40 "1", "-1" ZEROS_40 ".1", "1e6145",
		"1e-6177", "1e999999999", "1e-999999999", "12e6144",
		"11e-6177" };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		num a;

		cr_assert_eq(read_text(rows[i], true, &a), NUM_TOO_LONG, "%s",
			rows[i]);
	}
}

/* The largest and the smallest number need the most text. */
Test(num_text, ends_of_the_range_survive_the_round_trip)
{
	static const char *const rows[] = {
		("9999999999999999999999999999999999"
		 "e6111"),
		"-9999999999999999999999999999999999e6111", "1e6144", "1e-6176",
		"-9999999999999999999999999999999999e-6176", "10e-6177"
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		static char text[NUM_TEXT_MAX];
		size_t size;
		num a;
		num b;

		cr_assert_eq(read_text(rows[i], true, &a), NUM_PARSED, "%s",
			rows[i]);
		size = num_format(a, text, sizeof(text));
		cr_assert_gt(size, 6000, "%s", rows[i]);
		cr_assert_eq(num_parse(text, size, false, &b), NUM_PARSED, "%s",
			rows[i]);
		cr_assert_eq(num_compare(a, b), 0, "%s", rows[i]);
	}
}

Test(num_text, format_refuses_a_small_buffer)
{
	static const char *const rows[] = { "5", "-5", "0.5", "-12.25", "100",
		"0.001" };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char text[16];
		size_t size = strlen(rows[i]);
		num a;

		cr_assert_eq(read_text(rows[i], false, &a), NUM_PARSED);
		cr_assert_eq(num_format(a, text, size), 0, "%s", rows[i]);
		cr_assert_eq(
			num_format(a, text, size + 1), size, "%s", rows[i]);
		cr_assert_str_eq(text, rows[i]);
	}
}

Test(num_text, integers_in_and_out)
{
	static const struct {
		int64_t value;
		const char *text;
	} rows[] = { { 0, "0" }, { -1, "-1" },
		{ INT64_MAX, "9223372036854775807" },
		{ INT64_MIN, "-9223372036854775808" },
		{ INT64_C(4611686018427387904), "4611686018427387904" } };
	char text[NUM_TEXT_MAX];

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t back = 42;

		num_format(num_from_int(rows[i].value), text, sizeof(text));
		cr_assert_str_eq(text, rows[i].text);
		cr_assert(num_to_int(num_from_int(rows[i].value), &back));
		cr_assert_eq(back, rows[i].value, "%s", rows[i].text);
	}
	cr_assert_eq(num_format((num){ { 0, NUM_ZERO.w[1] | 1ull << 63 } },
			     text, sizeof(text)),
		1);
	cr_assert_str_eq(text, "0", "zero has no sign");
}

Test(num_text, to_int_refuses_fractions_and_large_values)
{
	static const char *const rows[] = { "0.5", "-1.25",
		"9223372036854775808", "-9223372036854775809", "1" ZEROS_40,
		"0." ZEROS_40 "1" };
	/* 1.0 and 1E1 as other members of their cohorts. */
	num one = { { 10, 0x303E000000000000ull } };
	num ten = { { 1, 0x3042000000000000ull } };
	int64_t value;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		num a;

		cr_assert_eq(read_text(rows[i], false, &a), NUM_PARSED);
		cr_assert_not(num_to_int(a, &value), "%s", rows[i]);
	}
	cr_assert(num_to_int(one, &value) && value == 1);
	cr_assert(num_to_int(ten, &value) && value == 10);
	cr_assert_eq(num_hash(one), num_hash(NUM_ONE));
	cr_assert_eq(num_hash(ten), num_hash(num_from_int(10)));
	cr_assert_neq(num_hash(ten), num_hash(num_from_int(-10)));
	cr_assert_eq(num_compare(one, NUM_ONE), 0);
	cr_assert_eq(num_compare(ten, NUM_ONE), 1);
}
