/*
 * CSV: header, line ends, quoting, lists in cells, and cells that a
 * spreadsheet would take for formulas.
 */
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "report/sample.h"

#define HEADER                                                                 \
	"id,decision,revision,as_of,status,value,values,outcomes,missing,"     \
	"flips,reason,caveats,evidence,citations,rulebook,policy,field,"       \
	"message"

static void expect(const shk_report_options *options, const shk_result *result,
	const char *expected)
{
	struct buffer out;

	buffer_init(&out);
	sample_write(&out, options, &result, result ? 1 : 0);
	cr_expect_str_eq(out.data, expected, "got:      %s\nexpected: %s",
		out.data, expected);
	buffer_release(&out);
}

Test(csv, header_alone)
{
	shk_report_options options = { .format = SHK_REPORT_CSV };

	expect(&options, NULL, HEADER "\r\n");
}

Test(csv, determined)
{
	shk_report_options options = { .format = SHK_REPORT_CSV };
	shk_result result = sample_determined();

	expect(&options, &result,
		HEADER
		"\r\n"
		"A1,rare_disease_coefficient,r8,2026-06-01,determined,1.5,"
		"coefficient=1.5;points_exact=1852.5;"
		"points=undetermined{1852|1853},,points_rounding,"
		"\"annual_tests:200(below=1.5,on=1.4,above=1.4)\",,zero_tests,"
		"E0,S001 L1391-1397|S001 L1387 "
		"下表の係数を準用技術料に、乗じた点数を算定できる,"
		"sha256:00,{},,\r\n");
}

Test(csv, undetermined)
{
	shk_report_options options = { .format = SHK_REPORT_CSV };
	shk_result result = sample_undetermined();

	expect(&options, &result,
		HEADER "\r\n"
		       "B2,above_price_pattern,r8,,undetermined,,"
		       "pattern=undetermined{1|2|not_applicable},"
		       "1|2|not_applicable,majority_share|market_price,"
		       "\"majority_share:60(below=1,on=1,above=2)\",,,E5,,"
		       "sha256:00,{},,\r\n");
}

Test(csv, error)
{
	shk_report_options options = { .format = SHK_REPORT_CSV };
	shk_result result = sample_error();

	expect(&options, &result,
		HEADER
		"\r\n"
		"C3,,,,error,,,,,,bad_value,,,,sha256:00,{},annual_tests,"
		"\"\"\"8oo\"\" is not an integer\"\r\n");
}

/* Kept columns: in the asked order, missing ones empty, formulas disarmed. */
Test(csv, kept_columns)
{
	static const struct {
		const char *value;
		const char *cell;
	} rows[] = {
		{ "007", "007" },
		{ "-5", "-5" },
		{ "+1.50", "+1.50" },
		{ "=1+1", "'=1+1" },
		{ "-5+A1", "'-5+A1" },
		{ "+x", "'+x" },
		{ "@SUM(A1)", "'@SUM(A1)" },
		{ "\tx", "'\tx" },
		{ "\rx", "\"'\rx\"" },
		{ "=\"a\",b", "\"'=\"\"a\"\",b\"" },
		{ "a\nb", "\"a\nb\"" },
		{ " a", "\" a\"" },
		{ "", "" },
	};
	static const char *const keep[] = { "x_none", "x_note" };
	shk_report_options options = {
		.format = SHK_REPORT_CSV, .keep = keep, .keep_count = 2
	};
	char expected[256];

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		shk_result result = sample_empty();
		struct text name = text_of("x_note");
		struct text value = text_of(rows[i].value);

		result.id = "0012";
		result.kept_count = 1;
		result.kept_names = &name;
		result.kept_values = &value;
		snprintf(expected, sizeof(expected),
			HEADER
			",x_none,x_note\r\n"
			"0012,,,,determined,,,,,,,,,,sha256:00,{},,,,%s\r\n",
			rows[i].cell);
		expect(&options, &result, expected);
	}
}

Test(csv, steps_are_one_json_cell)
{
	shk_report_options options = { .format = SHK_REPORT_CSV,
		.steps = true };
	shk_result result = sample_empty();
	struct price_step step = { .kind = PRICE_STEP_FACT,
		.label_ja = "",
		.label_en = "",
		.formula = "",
		.description = "" };

	step.name = text_of("annual_tests");
	step.value = sample_number("150");
	result.id = "S";
	result.steps = &step;
	result.step_count = 1;
	expect(&options, &result,
		"id,decision,revision,as_of,status,value,values,outcomes,"
		"missing,flips,reason,caveats,evidence,citations,steps,"
		"rulebook,policy,field,message\r\n"
		"S,,,,determined,,,,,,,,,,"
		"\"[{\"\"step\"\":\"\"fact\"\",\"\"depth\"\":0,"
		"\"\"name\"\":\"\"annual_tests\"\",\"\"value\"\":150}]\","
		"sha256:00,{},,\r\n");
}
