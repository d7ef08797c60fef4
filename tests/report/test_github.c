/*
 * Workflow commands: the documented escapes, levels, places, the last line.
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

Test(github, nothing)
{
	shk_report_options options = { .format = SHK_REPORT_GITHUB };

	expect(&options, NULL, 0,
		"0 results; annotations: 0 error, 0 warning, 0 notice\n");
}

Test(github, levels_and_counts)
{
	shk_report_options options = { .format = SHK_REPORT_GITHUB };
	shk_result open = sample_determined(), b = sample_undetermined();
	shk_result c = sample_error(), fine = sample_determined();
	const shk_result *const all[] = { &open, &fine, &b, &c };

	fine.output_count = 2; /* the open one is the third */
	expect(&options, all, 4,
		"::notice file=a.csv,line=2,title=A1 rare_disease_coefficient"
		"::determined: coefficient 1.5%0Apoints_exact 1852.5%0A"
		"points ? 1852 or 1853%0Amissing: points_rounding%0A"
		"caveat: zero_tests\n"
		"::warning title=B2 above_price_pattern::undetermined; "
		"missing: majority_share, market_price%0A"
		"changes at majority_share 60%0A"
		"pattern ? 1 or 2 or not applicable\n"
		"::error file=a.csv,line=4,title=C3 unreadable_input::error: "
		"annual_tests: \"8oo\" is not an integer\n"
		"4 results: 2 determined, 1 undetermined, 1 error; "
		"annotations: 1 error, 1 warning, 1 notice\n");
}

Test(github, strict_and_japanese)
{
	shk_report_options options = { .format = SHK_REPORT_GITHUB,
		.strict = true,
		.language = SHK_JAPANESE };
	shk_result b = sample_undetermined();
	const shk_result *const all[] = { &b };

	expect(&options, all, 1,
		"::error title=B2 above_price_pattern::未確定; "
		"不足: majority_share, market_price%0A"
		"分岐点 majority_share 60%0A"
		"pattern ? 1 又は 2 又は 対象外\n"
		"結果 1 件: 未確定 1。注釈: error 1、warning 0、notice 0\n");
}

/* Of the user's bytes none ends the line, a property or the properties. */
Test(github, escapes)
{
	shk_report_options options = { .format = SHK_REPORT_GITHUB };
	shk_result c = sample_error();
	const shk_result *const all[] = { &c };

	c.id = "a\n::stop-commands::x,y:100%\r\033";
	c.path = "d,e:f/100%.csv";
	c.field = "";
	c.message = "a\r\n::error::b, c: 100%0A\033[0m\377";
	expect(&options, all, 1,
		"::error file=d%2Ce%3Af/100%25.csv,line=4,title="
		"a%0A%3A%3Astop-commands%3A%3Ax%2Cy%3A100%25%0D␛ "
		"unreadable_input::error: a%0D%0A::error::b, c: 100%250A␛[0m"
		"\xEF\xBF\xBD\n"
		"1 result: 1 error; annotations: 1 error, 0 warning, "
		"0 notice\n");
}

/* Ten of a level are shown in a step; the eleventh is told. */
Test(github, more_than_are_shown)
{
	static const struct {
		size_t count;
		bool told;
	} rows[] = { { 10, false }, { 11, true } };
	shk_report_options options = { .format = SHK_REPORT_GITHUB };
	shk_result c = sample_error();
	const shk_result *all[11];
	struct buffer out;

	for (size_t i = 0; i < 11; i++)
		all[i] = &c;
	buffer_init(&out);
	for (size_t i = 0; i < 2; i++) {
		buffer_clear(&out);
		sample_write(&out, &options, all, rows[i].count);
		cr_expect_eq(strstr(out.data, " (GitHub shows 10 of each)\n") !=
				     NULL,
			rows[i].told, "%zu", rows[i].count);
	}
	buffer_release(&out);
}

Test(github, standard_input_has_no_file)
{
	shk_report_options options = { .format = SHK_REPORT_GITHUB };
	shk_result c = sample_error();
	const shk_result *const all[] = { &c };

	c.path = "-";
	expect(&options, all, 1,
		"::error title=C3 unreadable_input::error: annual_tests: "
		"\"8oo\" is not an integer\n"
		"1 result: 1 error; annotations: 1 error, 0 warning, "
		"0 notice\n");
}
