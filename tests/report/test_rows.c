/*
 * The proof as rows: one a step, further passages, what is missing, errors;
 * and a caller that has seen enough.
 */
#include <criterion/criterion.h>

#include <shokan/proof.h>

#include "report/sample.h"

struct seen {
	struct buffer text;
	size_t left; /* rows until it stops */
};

static bool see(void *context, const shk_proof_row *row)
{
	struct seen *seen = context;

	buffer_format(&seen->text, "%u %s %s#%u=%s [%s %s %s %s] %s; %s\n",
		row->depth, row->kind, row->name, row->table_row, row->value,
		row->source, row->place, row->evidence, row->quote,
		row->formula, row->text);
	return --seen->left > 0;
}

static void expect(const shk_result *result, enum shk_language language,
	size_t most, const char *expected)
{
	struct seen seen = { .left = most };
	shk_diag diag = { 0 };

	buffer_init(&seen.text);
	cr_expect_eq(
		shk_result_proof(result, language, see, &seen, &diag), SHK_OK);
	cr_expect_str_eq(seen.text.data, expected);
	buffer_release(&seen.text);
}

Test(rows, steps_and_what_is_missing)
{
	shk_result result = sample_determined();

	sample_add_steps(&result);
	expect(&result, SHK_JAPANESE, 100,
		"0 decision coefficient#0=1.5 [   ] ; 係数\n"
		"1 fact annual_tests#0=0 [   ] ; \n"
		"1 row coefficient#1=1.5 [S001 L1391-1397 E0 ] ; "
		"under 200: 150/100\n"
		"1 decision column_2#0=?aid_target [   ] ; \n"
		"0 decision points#0=1853 [   ] base_points * coefficient; \n"
		"1 round round half up#0=1853 [   ] "
		"round half up(1852.5, 0); \n"
		"0 missing points_rounding#0= [   ] ; 点数の端数処理\n");
	expect(&result, SHK_ENGLISH, 1,
		"0 decision coefficient#0=1.5 [   ] ; \n");
}

Test(rows, further_passages)
{
	shk_result result = sample_determined();
	struct price_step step;

	sample_add_steps(&result);
	step = result.steps[2];
	step.citation_count = 2;
	result.steps = &step;
	result.step_count = 1;
	result.missing_count = 0;
	expect(&result, SHK_ENGLISH, 100,
		"1 row coefficient#1=1.5 [S001 L1391-1397 E0 ] ; "
		"under 200: 150/100\n"
		"2 citation #0= [S001 L1387 E0 "
		"下表の係数を準用技術料に、乗じた点数を算定できる] ; \n");
}

Test(rows, errors)
{
	shk_result result = sample_error();
	struct buffer expected;

	buffer_init(&expected);
	buffer_format(&expected, "0 error %s#0=%s [   ] ; %s\n", result.field,
		result.reason, result.message);
	expect(&result, SHK_ENGLISH, 100, expected.data);
	buffer_release(&expected);
}
