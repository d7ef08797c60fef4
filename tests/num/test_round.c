/*
 * Rounding in all seven modes: ties and their neighbours on both sides of
 * zero, negative scales, the ends of the range.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "num/num.h"

#define MODES	    7
#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static num of(const char *text)
{
	num a = NUM_ZERO;

	cr_assert_eq(num_parse(text, strlen(text), true, &a), NUM_PARSED, "%s",
		text);
	return a;
}

/* clang-format off */
static const struct {
	const char *in;
	int scale;
	/* half even, half up, half down, up, down, floor, ceiling */
	const char *out[MODES];
} rows[] = {
	{ "2.5", 0, { "2", "3", "2", "3", "2", "2", "3" } },
	{ "3.5", 0, { "4", "4", "3", "4", "3", "3", "4" } },
	{ "-2.5", 0, { "-2", "-3", "-2", "-3", "-2", "-3", "-2" } },
	{ "-3.5", 0, { "-4", "-4", "-3", "-4", "-3", "-4", "-3" } },
	{ "2.4999999999999999999999999999999", 0,
		{ "2", "2", "2", "3", "2", "2", "3" } },
	{ "2.5000000000000000000000000000001", 0,
		{ "3", "3", "3", "3", "2", "2", "3" } },
	{ "-2.5000000000000000000000000000001", 0,
		{ "-3", "-3", "-3", "-3", "-2", "-3", "-2" } },
	{ "0.5", 0, { "0", "1", "0", "1", "0", "0", "1" } },
	{ "-0.5", 0, { "0", "-1", "0", "-1", "0", "-1", "0" } },
	{ "0.1", 0, { "0", "0", "0", "1", "0", "0", "1" } },
	{ "-0.1", 0, { "0", "0", "0", "-1", "0", "-1", "0" } },
	{ "1e-6176", 0, { "0", "0", "0", "1", "0", "0", "1" } },
	{ "-1e-60", 0, { "0", "0", "0", "-1", "0", "-1", "0" } },
	{ "7", 0, { "7", "7", "7", "7", "7", "7", "7" } },
	{ "7", 3, { "7", "7", "7", "7", "7", "7", "7" } },
	{ "1.25", 1, { "1.2", "1.3", "1.2", "1.3", "1.2", "1.2", "1.3" } },
	{ "1.35", 1, { "1.4", "1.4", "1.3", "1.4", "1.3", "1.3", "1.4" } },
	{ "1.2", 30, { "1.2", "1.2", "1.2", "1.2", "1.2", "1.2", "1.2" } },
	{ "9.995", 2, { "10", "10", "9.99", "10", "9.99", "9.99", "10" } },
	{ "125", -1, { "120", "130", "120", "130", "120", "120", "130" } },
	{ "-135", -1,
		{ "-140", "-140", "-130", "-140", "-130", "-140", "-130" } },
	{ "50", -2, { "0", "100", "0", "100", "0", "0", "100" } },
	{ "1234", -4, { "0", "0", "0", "10000", "0", "0", "10000" } },
	{ "5", -4, { "0", "0", "0", "10000", "0", "0", "10000" } },
	{ "9999999999999999999999999999999999", -1,
		{ "10000000000000000000000000000000000",
		  "10000000000000000000000000000000000",
		  "10000000000000000000000000000000000",
		  "10000000000000000000000000000000000",
		  "9999999999999999999999999999999990",
		  "9999999999999999999999999999999990",
		  "10000000000000000000000000000000000" } },
	{ "0.9999999999999999999999999999999999", 33,
		{ "1", "1", "1", "1",
		  "0.999999999999999999999999999999999",
		  "0.999999999999999999999999999999999", "1" } },
	{ "0", -5, { "0", "0", "0", "0", "0", "0", "0" } },
};
/* clang-format on */

Test(num_round, every_mode)
{
	for (size_t i = 0; i < COUNT(rows); i++)
		for (int mode = 0; mode < MODES; mode++) {
			unsigned status = 0;
			char text[NUM_TEXT_MAX];
			num result = num_round(of(rows[i].in), rows[i].scale,
				(enum num_rounding)mode, &status);

			cr_assert_gt(num_format(result, text, sizeof(text)), 0);
			cr_assert_str_eq(text, rows[i].out[mode],
				"%s to %d in mode %d: %s", rows[i].in,
				rows[i].scale, mode, text);
			cr_assert_eq(status, 0, "%s", rows[i].in);
		}
}

Test(num_round, scale_has_bounds)
{
	unsigned status = 0;
	num huge;

	num_round(NUM_ONE, 6176, NUM_HALF_EVEN, &status);
	num_round(NUM_ONE, -6111, NUM_HALF_EVEN, &status);
	cr_assert_eq(status, 0);
	num_round(NUM_ONE, 6177, NUM_HALF_EVEN, &status);
	cr_assert_eq(status, NUM_INVALID);
	status = 0;
	num_round(NUM_ONE, -6112, NUM_HALF_EVEN, &status);
	cr_assert_eq(status, NUM_INVALID);
	huge = num_round(NUM_ONE, -6111, NUM_UP, NULL);
	cr_assert_eq(num_compare(huge, of("1e6111")), 0);
}

/* -0.4 rounds to a zero without sign. */
Test(num_round, zero_has_no_sign)
{
	num zero = num_round(of("-0.4"), 0, NUM_HALF_UP, NULL);

	cr_assert_eq(zero.w[0], 0);
	cr_assert_eq(zero.w[1], NUM_ZERO.w[1]);
}

Test(num_round, margins)
{
	static const struct {
		const char *value;
		int scale;
		enum num_rounding mode;
		const char *margin;
	} margins[] = {
		{ "213333.25", -3, NUM_HALF_UP, "166.75" },
		{ "213833.25", -3, NUM_HALF_UP, "333.25" },
		{ "213500", -3, NUM_HALF_UP, "0" },
		{ "213500", -3, NUM_HALF_EVEN, "0" },
		{ "213000", -3, NUM_HALF_DOWN, "500" },
		{ "1.49", 0, NUM_HALF_UP, "0.01" },
		{ "-1.49", 0, NUM_HALF_UP, "0.01" },
		{ "0", 0, NUM_HALF_UP, "0.5" },
		{ "0.2", 0, NUM_HALF_UP, "0.3" },
		{ "1.25", 0, NUM_FLOOR, "0.25" },
		{ "1.75", 0, NUM_FLOOR, "0.25" },
		{ "2", 0, NUM_FLOOR, "0" },
		{ "-0.25", 0, NUM_FLOOR, "0.25" },
		{ "0.25", 0, NUM_CEILING, "0.25" },
		{ "0.25", 0, NUM_DOWN, "0.75" },
		{ "-0.25", 0, NUM_DOWN, "0.75" },
		{ "0", 0, NUM_DOWN, "1" },
		{ "0.25", 0, NUM_UP, "0.25" },
		{ "1.25", 0, NUM_DOWN, "0.25" },
		{ "7", 2, NUM_HALF_UP, "0.005" },
		{ "7", -40, NUM_HALF_UP, "5e39" },
		{ "1e6000", 0, NUM_HALF_UP, "0.5" },
	};

	for (size_t i = 0; i < sizeof(margins) / sizeof(margins[0]); i++) {
		num margin = num_rounding_margin(of(margins[i].value),
			margins[i].scale, margins[i].mode);

		cr_expect_eq(num_compare(margin, of(margins[i].margin)), 0,
			"row %zu", i);
	}
}
