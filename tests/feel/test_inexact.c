/*
 * Bounds of errors through expressions: roundings that are proved and exact
 * again, margins in the steps, comparisons that the digits do not decide, and
 * the taint of what was computed from one.
 */
#include "feel/feel_run.h"
#include "feel/inexact.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static void note(void *context, const struct feel_step *told)
{
	struct kit *kit = context;

	if (told->kind != FEEL_STEP_ROUND)
		return;
	feel_print(&told->after, &kit->steps);
	buffer_byte(&kit->steps, ' ');
	feel_print(&told->margin, &kit->steps);
	buffer_text(&kit->steps, told->proved ? " proved;" : " open;");
}

static void init(struct kit *kit)
{
	kit_init(kit);
	kit->host.step = note;
	kit->slots[0] = feel_number(num_from_int(10));
	kit->slots[1] = feel_number(num_from_int(200000));
	kit->slots[2] = feel_number(num_from_int(100000));
}

Test(inexact, bounds_of_results)
{
	static const struct {
		const char *source;
		uint32_t error;
	} rows[] = {
		{ "1 / 4", 0 },
		{ "1 / 3", 1 },
		{ "-(1 / 3)", 1 },
		{ "abs(1 / -3)", 1 },
		{ "1 / 3 * 3", 3 },
		{ "a / 3 - 3.3", 100 }, /* two digits cancelled, none rounded */
		{ "sqrt(4)", 0 },
		{ "sqrt(2)", 1 },
		{ "log(1)", 0 },
		{ "exp(0)", 0 },
		{ "log(a)", 1 },
		{ "0.9 ** 2", 0 },
		{ "16 ** 0.25", 0 },
		{ "0 * log(2)", 0 },
		{ "min(1 / 3, 1)", 1 },
		{ "max(1 / 3, 0.3333333333333333333333333333333333)", 1 },
		{ "sum([1 / 3, 2])", 1 },
		/* 1 within 2e-34, counted as 1e-33; a third of it is 3.3 and 0.5 */
		{ "mean([1 / 3, 2 / 3, 0])", 4 },
		{ "median([1 / 3, 2 / 3, 0])",
			2 }, /* its own and the order's */
		{ "modulo(a / 3, 1)", 10 },
		{ "{x: 1 / 3}.x", 1 },
		{ "[1 / 3, 2][1]", 1 },
		{ "(function(n) n + 0)(1 / 3)", 1 },
	};
	struct kit kit;

	init(&kit);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct feel_value value = kit_value(&kit, rows[i].source);

		cr_assert_eq(value.type, FEEL_NUMBER, "%s", rows[i].source);
		cr_expect_eq(value.size, rows[i].error, "%s: %u",
			rows[i].source, (unsigned)value.size);
		cr_expect_eq(value.inexact != 0, rows[i].error != 0, "%s",
			rows[i].source);
	}
	kit_release(&kit);
}

Test(inexact, roundings_tell_margin_and_proof)
{
	static const struct {
		const char *source;
		const char *steps;
		bool inexact;
	} rows[] = {
		{ "round half up(1234.5, -1)", "1230 0.5 proved;", false },
		{ "round half up(12.5, 0)", "13 0 proved;", false },
		{ "floor(12.25)", "12 0.25 proved;", false },
		{ "decimal(a / 3, 2)",
			"3.33 0.001666666666666666666666666666667 proved;",
			false },
		/* X = 2 B: the price is 213333.3..., 166.6... below the tie */
		{ "round half up(b * (1 + 0.1 * 1.5 ** (log(b / c) / log(0.5)))"
		  ", -3)",
			"213000 166.6666666666666666666666666666 proved;",
			false },
		/* 0.99...9 stands for 1: no digit decides on its floor */
		{ "floor(1 / 3 * 3)",
			"0 0.0000000000000000000000000000000001"
			" open;",
			true },
		{ "round half up(1 / 3 * 3, 0)",
			"1 0.4999999999999999999999999999999999 proved;",
			false },
		{ "ceiling(log(4) / log(2))", "2 0 open;", true },
		{ "round half up(log(4) / log(2), 0)", "2 0.5 proved;", false },
	};
	struct kit kit;

	init(&kit);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct feel_value value;

		buffer_clear(&kit.steps);
		value = kit_value(&kit, rows[i].source);
		cr_expect_str_eq(kit.steps.data, rows[i].steps, "%s: %s",
			rows[i].source, kit.steps.data);
		cr_expect_eq(value.inexact != 0, rows[i].inexact, "%s",
			rows[i].source);
	}
	kit_release(&kit);
}

/* The answer is FEEL's; the taint says that it is not proved. */
Test(inexact, comparisons_within_the_error)
{
	static const struct {
		const char *source;
		const char *result;
		bool tainted;
	} rows[] = {
		{ "1 / 3 > 0.3", "true", false },
		{ "1 / 3 = 0.3", "false", false },
		{ "1 / 3 = 1 / 3", "true", true },
		{ "1 / 3 * 3 = 1", "false", true },
		{ "1 / 3 * 3 < 1", "true", true },
		{ "[1 / 3 * 3] = [1]", "false", true },
		{ "1 / 3 * 3 in [1..2]", "false", true },
		{ "1 / 3 * 3 in [0..0.5]", "false", false },
		{ "1 / 3 * 3 between 0.5 and 2", "true", false },
		{ "if 1 / 3 * 3 >= 1 then \"x\" else \"y\"", "\"y\"", true },
		{ "if 1 / 3 >= 1 then \"x\" else \"y\"", "\"y\"", false },
		{ "list contains([1], 1 / 3 * 3)", "false", true },
		{ "[1, 2][item > 1 / 3 * 3]", "[1, 2]", true },
		{ "string(1 / 4)", "\"0.25\"", false },
		{ "string length(string(1 / 3))", "36", true },
		{ "min(1 / 3 * 3, 1) > 0.5", "true", false },
		{ "count([1 / 3])", "1", false },
		{ "sort([2 / 3, 1 / 3], function(x, y) x < y)[1] > 0", "true",
			true },
	};
	struct kit kit;

	init(&kit);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct feel_value value = kit_value(&kit, rows[i].source);

		cr_expect_str_eq(kit_text(&kit, &value), rows[i].result, "%s",
			rows[i].source);
		cr_expect_eq(value.inexact != 0, rows[i].tainted, "%s",
			rows[i].source);
	}
	kit_release(&kit);
}

/* A doubt in one program reaches what another computes from its value. */
Test(inexact, taint_crosses_programs)
{
	static const struct {
		const char *first; /* slot d */
		const char *second;
		const char *result;
		bool inexact;
	} rows[] = {
		{ "1 / 3 * 3 >= 1", "if d then 5 else 7", "7", true },
		{ "1 / 3 >= 1", "if d then 5 else 7", "7", false },
		{ "if 1 / 3 * 3 >= 1 then 5 else 7", "floor(d + 0.5)", "7",
			true },
		{ "{x: 1 / 3 * 3 >= 1, y: 4}", "d.y", "4", true },
		{ "{x: 1 / 3, y: 4}", "d.y", "4", false },
		{ "{x: 1 / 3, y: 4}", "d.x < 1", "true", false },
		{ "[1 / 3 * 3 >= 1]", "d[1]", "false", true },
	};
	struct kit kit;

	init(&kit);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct feel_value value;

		kit.programs[3] = kit_compile(&kit, rows[i].first);
		cr_assert_not_null(kit.programs[3]);
		value = kit_value(&kit, rows[i].second);
		cr_expect_str_eq(kit_text(&kit, &value), rows[i].result, "%s",
			rows[i].second);
		cr_expect_eq(value.inexact != 0, rows[i].inexact, "%s; %s",
			rows[i].first, rows[i].second);
		/* and ends with the run */
		value = kit_value(&kit, "1 + 1");
		cr_expect_eq(value.inexact, 0);
	}
	kit_release(&kit);
}

/* Unary tests compare too. */
Test(inexact, unary_tests)
{
	struct kit kit;
	struct feel_value value;

	init(&kit);
	value = kit_value(&kit, "1 / 3 * 3 in (< 1, > 5)");
	cr_expect_str_eq(kit_text(&kit, &value), "true");
	cr_expect(value.inexact, "0.99...9 may be 1");
	value = kit_value(&kit, "1 / 3 in (< 1, > 5)");
	cr_expect_eq(value.inexact, 0);
	kit_release(&kit);
}

/* With a missing fact the interval holds the error, too. */
Test(inexact, intervals_hold_the_error)
{
	struct kit kit;
	struct feel_value value;

	init(&kit);
	kit_interval(&kit, 3, "[0..0]", false);
	value = kit_value(&kit, "d + 1 / 3 * 3 >= 1");
	cr_expect_eq(value.type, FEEL_UNKNOWN, "%s", kit_shape(&kit, &value));
	value = kit_value(&kit, "d + 1 / 3 * 3 >= 0.9");
	cr_expect_str_eq(kit_text(&kit, &value), "true");
	kit_release(&kit);
}

Test(inexact, the_same_value_twice_keeps_the_greater_error)
{
	struct kit kit;
	struct feel_value value;

	init(&kit);
	kit_choice(&kit, 3, "[true, false]");
	value = kit_value(&kit,
		"if d then 0.3333333333333333333333333333333333 else 1 / 3");
	cr_assert_eq(value.type, FEEL_NUMBER);
	cr_expect_eq(value.size, 1);
	value = kit_value(&kit, "if d then 1 / 3 else "
				"0.3333333333333333333333333333333333");
	cr_expect_eq(value.size, 1);
	kit_release(&kit);
}
