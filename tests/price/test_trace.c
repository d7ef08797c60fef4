/*
 * The steps of an answer: a tree in the order of evaluation.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "price/pricing.h"

Test(trace, a_decision_comes_before_what_it_reads)
{
	static const struct pricing_row graded[] = {
		{ "n=12;x=3", "mode=up",
			"0dgraded=2,1fn=12,1rgraded#2=2,"
			"0dgraded_more=6,1agraded=2,1fx=3,"
			"0dgraded_beside=5,1agraded=2,1fx=3,"
			"0dgraded_mode=5,1fmode=up,1agraded=2,1fx=3" },
	};
	static const struct pricing_row total[] = {
		{ "x=5;y=1", "", "0dtotal_kind=small,1dtotal=6,2fx=5,2fy=1" },
		/* given in its place: a fact */
		{ "sum=700", "", "0dtotal_kind=large,1ftotal=700" },
	};
	static const struct pricing_row asked[] = {
		/* the lead's steps come first */
		{ "x=1;y=2;flag=true", "", "0dby_y=10,1fy=2,0dby_x=3,1fx=1" },
		{ "x=1;y=2", "", "0dby_x=3,1fx=1,0dby_y=10,1fy=2" },
	};
	struct pricing pricing;

	pricing_open(&pricing, SMALL_BOOK);
	pricing.options.steps = true;
	PRICING_ROWS(&pricing, "graded", "t", graded);
	PRICING_ROWS(&pricing, "total", "t", total);
	PRICING_ROWS(&pricing, "asked", "t", asked);
	pricing_close(&pricing);
}

Test(trace, an_open_answer_has_its_steps_too)
{
	static const struct pricing_row rows[] = {
		{ "flag=true", "",
			"0dedge=?,1dnone_at_all=?,2fflag=true,2fn=[0..),"
			"1dsome_of_it=?,2fflag=true,2fn=[0..)" },
	};
	struct pricing pricing;

	pricing_open(&pricing, SMALL_BOOK);
	pricing.options.steps = true;
	PRICING_ROWS(&pricing, "edge", "t", rows);
	pricing_close(&pricing);
}

Test(trace, what_is_too_weak_to_be_told_has_no_steps)
{
	static const struct pricing_row rows[] = {
		/* the lead is E0, of the others only by_mode is not E4 */
		{ "n=2;x=3", "",
			"0dgraded=1,1fn=2,1rgraded#1=1,0dgraded_mode=?,1fmode=?"
			",1agraded=1,1fx=3" },
		{ "n=22;x=3", "", "" },
		{ "x=3", "", "" },
	};
	struct pricing pricing;

	pricing_open(&pricing, SMALL_BOOK);
	pricing.options.steps = true;
	pricing.options.min_evidence = "E1";
	PRICING_ROWS(&pricing, "graded", "t", rows);
	pricing_close(&pricing);
}

/* Past TRACE_STEPS_MAX steps are left out; those there keep their values. */
Test(trace, the_ceiling_of_steps)
{
	struct pricing pricing;
	const char *said;
	size_t count = 1;

	pricing_open(&pricing, SMALL_BOOK);
	pricing.options.steps = true;
	pricing.decision = "long";
	pricing.parts = "t";
	/* 2 + 3126250 + 3: 2500 x 2501 / 2 = 3126250 */
	said = pricing_say(&pricing, "x=1", "");
	cr_expect_eq(strncmp(said,
			     "0dlong=3126255,1dbefore_many=2,2fx=1,"
			     "1dmany=3126250,2fx=1,2wround up=1",
			     68),
		0, "%.200s", said);
	for (; (said = strchr(said, ',')); said++)
		count++;
	cr_expect_eq(count, (size_t)TRACE_STEPS_MAX);
	pricing_close(&pricing);
}

static enum shk_code count_steps(void *context, const shk_result *result)
{
	size_t *told = context;

	told[0] = result->step_count;
	told[1] = result->steps_cut;
	return SHK_OK;
}

/* A decision, the fact n, and n roundings. */
Test(trace, at_the_ceiling_of_steps_nothing_is_cut)
{
	struct pricing pricing;

	pricing_open(&pricing, SOURCE_FOLDER "/tests/price/books/rounding");
	pricing.options.steps = true;
	pricing.decision = "many";
	for (size_t more = 0; more < 2; more++) {
		shk_pricer *pricer = pricing_pricer(&pricing, "");
		char record[32];
		size_t told[2] = { 0, 0 };
		shk_diag diag = { 0 };

		snprintf(record, sizeof(record), "n=%zu",
			TRACE_STEPS_MAX - 2 + more);
		cr_assert_eq(shk_pricer_price(pricer,
				     pricing_record(&pricing, record),
				     count_steps, told, &diag),
			SHK_OK, "%s", diag.message);
		cr_expect_eq(told[0], (size_t)TRACE_STEPS_MAX, "%zu", told[0]);
		cr_expect_eq(told[1], more);
		shk_pricer_free(pricer);
	}
	pricing_close(&pricing);
}
