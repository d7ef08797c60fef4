/*
 * Values in both spellings, and the comparison of outcome sets.
 */
#include <string.h>

#include <criterion/criterion.h>

#include "report/json.h"
#include "report/sample.h"
#include "report/values.h"

static void expect(const struct price_value *value, const char *cell,
	const char *english, const char *japanese)
{
	struct buffer out;

	buffer_init(&out);
	values_cell(&out, value);
	cr_expect_str_eq(out.data, cell);
	buffer_clear(&out);
	values_words(&out, value, SHK_ENGLISH);
	cr_expect_str_eq(out.data, english);
	buffer_clear(&out);
	values_words(&out, value, SHK_JAPANESE);
	cr_expect_str_eq(out.data, japanese);
	buffer_release(&out);
}

Test(values, scalars)
{
	struct price_value yes = { .kind = PRICE_BOOLEAN, .u.boolean = true };
	struct price_value no = { .kind = PRICE_BOOLEAN };
	struct price_value date = { .kind = PRICE_DATE, .u.days = 20605 };
	struct price_value null = { .kind = PRICE_NULL };
	struct price_value number = sample_number("-12.50");
	struct price_value text = sample_text("a|b:{c};\\d");
	struct price_value unknown = { .kind = PRICE_UNKNOWN };
	struct text names[] = { text_of("x"), text_of("y") };
	struct price_value choices[] = { yes, number };

	expect(&yes, "true", "yes", "はい");
	expect(&no, "false", "no", "いいえ");
	expect(&date, "2026-06-01", "2026-06-01", "2026-06-01");
	expect(&null, "null", "none", "なし");
	expect(&number, "-12.5", "-12.5", "-12.5");
	expect(&text, "a\\|b\\:\\{c\\}\\;\\\\d", "a|b:{c};\\d", "a|b:{c};\\d");
	expect(&unknown, "?", "unknown", "不明");
	unknown.names = names;
	unknown.count = 2;
	expect(&unknown, "?x,y", "unknown (x, y)", "不明 (x, y)");
	unknown.names = NULL;
	unknown.items = choices;
	expect(&unknown, "?{true|-12.5}", "unknown (yes or -12.5)",
		"不明 (はい 又は -12.5)");
}

Test(values, intervals)
{
	struct price_value ends[2] = { sample_number("1"), sample_number("2") };
	struct price_value value = { .kind = PRICE_INTERVAL,
		.count = 2,
		.items = ends,
		.low_closed = true };

	expect(&value, "[1..2)", "[1..2)", "[1..2)");
	value.low_closed = false;
	value.high_closed = true;
	expect(&value, "(1..2]", "(1..2]", "(1..2]");
	ends[0].kind = PRICE_NULL;
	expect(&value, "(..2]", "<= 2", "<= 2");
	value.high_closed = false;
	expect(&value, "(..2)", "< 2", "< 2");
	ends[0] = sample_number("1");
	ends[1].kind = PRICE_NULL;
	expect(&value, "(1..)", "> 1", "> 1");
	value.low_closed = true;
	expect(&value, "[1..)", ">= 1", ">= 1");
}

Test(values, lists)
{
	struct price_value inner[2] = { sample_text("a"), sample_text("b") };
	struct price_value items[2] = { { .kind = PRICE_LIST },
		{ .kind = PRICE_LIST, .count = 2, .items = inner } };
	struct text names[2] = { text_of("p"), text_of("q") };
	struct price_value empty = { .kind = PRICE_LIST };
	struct price_value list = {
		.kind = PRICE_LIST, .count = 2, .items = inner
	};
	struct price_value context = { .kind = PRICE_CONTEXT,
		.count = 2,
		.items = items,
		.names = names };

	expect(&empty, "{}", "none", "なし");
	expect(&list, "{a|b}", "a, b", "a, b");
	expect(&context, "{p:{}|q:{a|b}}", "p: none, q: {a, b}",
		"p: なし, q: {a, b}");
}

Test(values, outcomes)
{
	struct price_value inner[2] = { sample_text("a"), sample_text("b") };
	struct price_value list = {
		.kind = PRICE_LIST, .count = 2, .items = inner
	};
	struct price_outcome all[3] = { sample_outcome(sample_number("1.10")),
		sample_outcome(list),
		sample_status(SHK_NOT_APPLICABLE, "condition_false") };
	struct price_outcome twice[2] = { sample_status(SHK_NOT_APPLICABLE,
						  "condition_false"),
		sample_status(SHK_NOT_APPLICABLE, "not_above") };
	struct price_outcome same[1] = { sample_outcome(sample_number("1.1")) };
	bool failed = false;
	struct buffer out;

	buffer_init(&out);
	values_cell_outcomes(&out, all, 3);
	cr_expect_str_eq(out.data, "1.1|{a|b}|not_applicable");
	buffer_clear(&out);
	values_words_outcomes(&out, all, 3, SHK_ENGLISH);
	cr_expect_str_eq(out.data, "1.1 or {a, b} or not applicable");
	buffer_clear(&out);
	values_words_outcomes(&out, all, 3, SHK_JAPANESE);
	cr_expect_str_eq(out.data, "1.1 又は {a, b} 又は 対象外");
	buffer_clear(&out);
	values_cell_outcomes(&out, twice, 2);
	cr_expect_str_eq(out.data, "not_applicable");
	buffer_clear(&out);
	values_words_outcomes(&out, twice, 2, SHK_ENGLISH);
	cr_expect_str_eq(out.data, "not applicable");
	buffer_release(&out);
	cr_expect(values_same_outcomes(all, 1, same, 1, &failed));
	cr_expect_not(values_same_outcomes(all, 2, same, 1, &failed));
	cr_expect(values_same_outcomes(NULL, 0, NULL, 0, &failed));
	cr_expect_not(failed);
}

/* At the ceiling of nesting a value is printed, one past it is cut. */
Test(values, nesting_ceiling)
{
	struct price_value chain[VALUES_DEPTH_MAX + 2];
	struct buffer out;

	for (size_t i = 0; i < VALUES_DEPTH_MAX + 2; i++)
		chain[i] = (struct price_value){
			.kind = PRICE_LIST, .count = 1, .items = &chain[i + 1]
		};
	chain[VALUES_DEPTH_MAX] = sample_number("7");
	buffer_init(&out);
	values_cell(&out, &chain[0]);
	cr_expect(strstr(out.data, "{7}"));
	buffer_clear(&out);
	chain[VALUES_DEPTH_MAX] = (struct price_value){ .kind = PRICE_LIST,
		.count = 1,
		.items = &chain[VALUES_DEPTH_MAX + 1] };
	chain[VALUES_DEPTH_MAX + 1] = sample_number("7");
	values_cell(&out, &chain[0]);
	cr_expect(strstr(out.data, "{...}"));
	cr_expect_null(strchr(out.data, '7'));
	/* in JSON too it is no null, which is a value of its own */
	buffer_clear(&out);
	json_value(&out, &chain[0], 0);
	cr_expect(strstr(out.data, "[\"...\"]"), "%s", out.data);
	buffer_clear(&out);
	json_value(&out, &chain[1], 0);
	cr_expect(strstr(out.data, "[7]"), "%s", out.data);
	buffer_release(&out);
}
