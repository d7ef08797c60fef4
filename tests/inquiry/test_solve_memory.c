/*
 * Every allocation of a solution, of a sweep and of their reports may fail.
 */
#include <criterion/criterion.h>

#include "base/memory.h"
#include "inquiry/solving.h"

static bool swallow(void *context, const char *data, size_t size)
{
	(void)data;
	*(size_t *)context += size;
	return true;
}

static enum shk_code solve_all(struct solving *solving, shk_diag *diag)
{
	static const struct solving_question question = {
		"orphan_designated=true;indication_aid=false;base_points=1235",
		NULL, "rare_disease_coefficient", "r8", "annual_tests",
		"points >= 1500 and status != \"error\"", "150", "700"
	};
	size_t written = 0;
	const shk_sink sink = { &written, swallow };
	enum shk_code code = solving_solve(solving, &question, diag);

	for (int format = 0; format <= SHK_SOLUTION_CSV && !code; format++)
		code = shk_solution_report(solving->solution,
			(enum shk_solution_format)format, SHK_JAPANESE, sink,
			diag);
	return code;
}

static enum shk_code sweep_all(struct solving *solving, shk_diag *diag)
{
	static const char *const vary[] = { "annual_tests=100..900/400",
		"base_points=1000,1001" };
	static const char *const decision = "rare_disease_coefficient";
	const shk_price_options price = {
		.revision = "r8", .decisions = &decision, .decision_count = 1
	};
	shk_sweep_report_options options = { .language = SHK_ENGLISH };
	size_t written = 0;
	const shk_sink sink = { &written, swallow };
	shk_sweep *sweep = NULL;
	enum shk_code code = SHK_OK;

	for (size_t axes = 1; axes <= 2 && !code; axes++) {
		code = shk_sweep_run(&sweep, solving->book, solving->schema,
			&price,
			(const shk_record *)(const void *)&solving->record,
			vary, axes, diag);
		for (int format = 0; format <= SHK_SWEEP_PLOT && !code;
			format++) {
			options.format = (enum shk_sweep_format)format;
			if (axes == 1 || options.format != SHK_SWEEP_PLOT)
				code = shk_sweep_report(
					sweep, &options, sink, diag);
		}
		shk_sweep_free(sweep);
		sweep = NULL;
	}
	return code;
}

/* Each request refused, alone and with all after it. */
static void fail_each(enum shk_code (*act)(struct solving *, shk_diag *))
{
	struct solving solving;
	shk_diag diag = { 0 };
	uint64_t total;

	solving_open(&solving);
	/* which also makes the record */
	cr_assert_eq(solve_all(&solving, &diag), SHK_OK, "%s", diag.message);
	memory_stats_reset();
	cr_assert_eq(act(&solving, &diag), SHK_OK, "%s", diag.message);
	total = memory_stats().calls;
	cr_assert_gt(total, 3u);
	for (uint64_t at = 0; at < 2 * total; at++) {
		diag = (shk_diag){ 0 };
		memory_fail_at(at / 2 + 1, at % 2);
		cr_expect_eq(act(&solving, &diag), SHK_E_MEMORY,
			"allocation %u of %u, %s", (unsigned)(at / 2 + 1),
			(unsigned)total, at % 2 ? "and all after it" : "alone");
		memory_fail_at(0, false);
		cr_expect_eq(diag.code, SHK_E_MEMORY);
	}
	solving_close(&solving);
}

Test(solve_memory, solutions)
{
	fail_each(solve_all);
}

Test(solve_memory, sweeps)
{
	fail_each(sweep_all);
}
