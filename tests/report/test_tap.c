/*
 * TAP: points, directives, the YAML block, the plan at the end.
 */
#include <string.h>

#include <criterion/criterion.h>

#include "report/sample.h"

static void expect(const shk_report_options *options,
	const shk_result *const *results, size_t count, const char *expected)
{
	struct buffer out;

	buffer_init(&out);
	sample_write(&out, options, results, count);
	cr_expect_str_eq(out.data, expected, "got:      %s\nexpected: %s",
		out.data, expected);
	buffer_release(&out);
}

Test(tap, nothing)
{
	shk_report_options options = { .format = SHK_REPORT_TAP };

	expect(&options, NULL, 0, "TAP version 13\n# 0 results\n1..0\n");
}

Test(tap, every_status)
{
	shk_report_options options = { .format = SHK_REPORT_TAP };
	shk_result a = sample_determined(), b = sample_undetermined();
	shk_result c = sample_error(), d = sample_determined();
	const shk_result *const all[] = { &a, &d, &b, &c };

	a.output_count = 2; /* nothing open */
	d.id = "D4";
	d.status = SHK_NOT_APPLICABLE;
	d.output_count = d.missing_count = d.caveat_count = 0;
	d.reason = "condition_false";
	expect(&options, all, 4,
		"TAP version 13\n"
		"ok - A1 rare_disease_coefficient: determined: "
		"coefficient 1.5\n"
		"ok - D4 rare_disease_coefficient # SKIP not applicable: its "
		"condition is not met\n"
		"not ok - B2 above_price_pattern # TODO undetermined; "
		"missing: majority_share, market_price\n"
		"  ---\n"
		"  message: \"undetermined; missing: majority_share, "
		"market_price\\nchanges at majority_share 60\\n"
		"pattern ? 1 or 2 or not applicable\"\n"
		"  status: \"undetermined\"\n"
		"  missing:\n"
		"    - \"majority_share\"\n"
		"    - \"market_price\"\n"
		"  revision: \"r8\"\n"
		"  evidence: \"E5\"\n"
		"  ...\n"
		"not ok - C3 unreadable_input: error: annual_tests: \"8oo\" "
		"is not an integer\n"
		"  ---\n"
		"  message: \"error: annual_tests: \\\"8oo\\\" is not an "
		"integer\"\n"
		"  status: \"error\"\n"
		"  file: \"a.csv\"\n"
		"  line: 4\n"
		"  field: \"annual_tests\"\n"
		"  reason: \"bad_value\"\n"
		"  ...\n"
		"# 4 results: 1 determined, 1 undetermined, 1 not applicable, "
		"1 error\n"
		"1..4\n");
}

/* With --strict it is no longer TODO: it fails. */
Test(tap, strict)
{
	shk_report_options options = { .format = SHK_REPORT_TAP,
		.strict = true };
	shk_result b = sample_undetermined();
	const shk_result *const all[] = { &b };
	struct buffer out;

	buffer_init(&out);
	sample_write(&out, &options, all, 1);
	cr_expect_not_null(strstr(out.data,
		"\nnot ok - B2 above_price_pattern: undetermined; missing: "));
	cr_expect_null(strstr(out.data, "TODO"));
	buffer_release(&out);
}

/* An open output of a determined result does not fail, but is shown. */
Test(tap, open_output)
{
	shk_report_options options = { .format = SHK_REPORT_TAP };
	shk_result a = sample_determined();
	const shk_result *const all[] = { &a };
	struct buffer out;

	buffer_init(&out);
	sample_write(&out, &options, all, 1);
	cr_expect_not_null(strstr(out.data, "\nok - A1 "));
	cr_expect_not_null(
		strstr(out.data, "\n  missing:\n    - \"points_rounding\"\n"));
	buffer_release(&out);
}

Test(tap, hostile_texts)
{
	shk_report_options options = { .format = SHK_REPORT_TAP };
	shk_result c = sample_error();
	const shk_result *const all[] = { &c };

	c.id = "x # SKIP\nnot ok - y\\\t1..0";
	c.field = c.reason = "";
	c.message = "a\n  ...\nBail out! \"q\" \\n \033\377# TODO";
	expect(&options, all, 1,
		"TAP version 13\n"
		"not ok - x \\# SKIP␊not ok - y\\\\␉1..0 unreadable_input: "
		"error: a\n"
		"  ---\n"
		"  message: \"error: a\\n  ...\\nBail out! \\\"q\\\" \\\\n "
		"␛\xEF\xBF\xBD# TODO\"\n"
		"  status: \"error\"\n"
		"  file: \"a.csv\"\n"
		"  line: 4\n"
		"  ...\n"
		"# 1 result: 1 error\n"
		"1..1\n");
}
