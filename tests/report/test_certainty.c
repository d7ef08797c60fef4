/*
 * What is certain of an inexact number, and the proof of a rounding: digits,
 * margin and `proved` in JSON and for readers.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "report/sample.h"
#include "report/values.h"

static struct price_value inexact(const char *text, unsigned digits)
{
	struct price_value value = sample_number(text);

	value.inexact = true;
	value.digits = digits;
	return value;
}

static void expect_words(const struct price_value *value, const char *words)
{
	struct buffer out;

	buffer_init(&out);
	buffer_byte(&out, '-'); /* so that there is a text in any case */
	values_certainty(&out, value, SHK_ENGLISH);
	cr_expect_str_eq(out.data + 1, words, "%s", out.data);
	buffer_release(&out);
}

Test(certainty, of_values)
{
	struct price_value items[2] = { inexact("0.5", 33),
		inexact("0.25", 31) };
	struct price_value list = {
		.kind = PRICE_LIST, .count = 2, .items = items
	};
	struct price_value truth = { .kind = PRICE_BOOLEAN, .inexact = true };
	struct price_value exact = sample_number("1");

	expect_words(&exact, "");
	expect_words(&items[0], " (correct to 33 digits)");
	expect_words(&list, " (correct to 31 digits)");
	cr_expect_eq(values_digits(&list), 31);
	items[1].digits = 0;
	expect_words(
		&list, " (not proved: within the error of an inexact number)");
	expect_words(
		&truth, " (not proved: within the error of an inexact number)");
	cr_expect(values_inexact(&truth));
	cr_expect_not(values_inexact(&exact));
}

static struct price_step rounding(struct price_value before, const char *margin,
	struct price_value after, bool proved)
{
	return (struct price_step){ .kind = PRICE_STEP_ROUND,
		.name = text_of("round half up"),
		.label_ja = "",
		.label_en = "",
		.formula = "",
		.description = "",
		.before = before,
		.scale = sample_number("-3"),
		.margin = sample_number(margin),
		.proved = proved,
		.value = after };
}

/* The report on three roundings holds `text`. */
static void expect_text(const shk_report_options *options, const char *text)
{
	struct price_step steps[3];
	shk_result result = sample_empty();
	const shk_result *results[1] = { &result };
	struct buffer out;

	steps[0] = rounding(
		sample_number("1250"), "250", sample_number("1000"), true);
	steps[1] = rounding(inexact("213333.33333333", 33), "166.66666667",
		sample_number("213000"), true);
	steps[2] = rounding(inexact("1500", 20), "0.00000000001",
		inexact("2000", 0), false);
	result.steps = steps;
	result.step_count = 3;
	buffer_init(&out);
	sample_write(&out, options, results, 1);
	cr_expect_not_null(
		strstr(out.data, text), "%s\nis not in\n%s", text, out.data);
	buffer_release(&out);
}

Test(certainty, of_roundings_in_json)
{
	shk_report_options options = { .format = SHK_REPORT_JSON,
		.steps = true };

	expect_text(&options, "\"before\":1250,\"scale\":-3,\"margin\":250,"
			      "\"proved\":true,\"value\":1000}");
	expect_text(&options,
		"\"before\":213333.33333333,\"before_digits\":33,\"scale\":-3,"
		"\"margin\":166.66666667,\"proved\":true,\"value\":213000}");
	expect_text(&options,
		"\"before\":1500,\"before_digits\":20,\"scale\":-3,"
		"\"margin\":0.00000000001,\"proved\":false,\"value\":2000,"
		"\"digits\":0}");
}

Test(certainty, of_roundings_for_readers)
{
	shk_report_options options = { .format = SHK_REPORT_EXPLAIN };

	expect_text(&options, "1250 -> 1000 (rounding margin 250; proved)");
	expect_text(&options, "213000 (rounding margin 166.666666; proved)");
	/* not cut to nothing */
	expect_text(&options, "2000 (rounding margin 0.00000000001; not ");
	options.language = SHK_JAPANESE;
	expect_text(&options, "1000 (端数処理の余裕 250、証明済み)");
}
