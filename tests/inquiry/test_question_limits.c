/*
 * Ceilings of edges and ask, at them and one past: past them something is told
 * that is true, and never that it is all.
 */
#include <criterion/criterion.h>
#include <stdio.h>

#include "inquiry/ask.h"
#include "inquiry/edges.h"
#include "price/explore.h"
#include "price/pricing.h"

static struct pricing pricing;

static void open_book(void)
{
	pricing_open(&pricing, SOURCE_FOLDER "/tests/inquiry/books/law");
	pricing.options.revision = "r1";
}

static void close_book(void)
{
	pricing_close(&pricing);
}

TestSuite(question_limits, .init = open_book, .fini = close_book);

/*
 * `sets_few` is yes with 3 of 7 flags: any 3 of them decide with luck, all 7
 * always, and no other set does: 35 + 1. With 4 of 8 there are 70 + 1.
 * `sets_long` differs from that for seven sets of 4, so that 63 + 1 would
 * be within ASK_SETS_MAX, but takes ASK_EVALUATIONS_MAX before the last.
 */
Test(question_limits, sets_of_facts)
{
	static const struct {
		const char *decision;
		size_t count, always;
		bool complete;
	} rows[] = { { "sets_few", 36, 1, true },
		{ "sets_past", ASK_SETS_MAX, 0, false },
		{ "sets_long", 63, 0, false } };

	cr_assert_eq(ASK_SETS_MAX, 64);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		shk_pricer *pricer;
		const shk_ask *ask = NULL;
		size_t always = 0;
		shk_diag diag = { 0 };

		pricing.decision = rows[i].decision;
		pricer = pricing_pricer(&pricing, "");
		cr_assert_eq(
			shk_ask_find(&ask, pricer, pricing_record(&pricing, ""),
				rows[i].decision, NULL, &diag),
			SHK_OK, "%s: %s", rows[i].decision, diag.message);
		for (size_t k = 0; k < ask->set_count; k++)
			always += ask->sets[k].always;
		cr_expect_eq(ask->set_count, rows[i].count, "%s: %zu",
			rows[i].decision, ask->set_count);
		cr_expect_eq(always, rows[i].always, "%s", rows[i].decision);
		cr_expect_eq(shk_ask_complete(ask), rows[i].complete, "%s",
			rows[i].decision);
		cr_expect_str_eq(ask->why, rows[i].complete ? "" : "ceiling",
			"%s", rows[i].decision);
		shk_pricer_free(pricer);
	}
}

/*
 * `turns` counts the numbers from 1 to m that n is above: m turning points.
 * One evaluation is listened to for EXPLORE_CUTS_MAX of them, which is met
 * before the QUESTION_CUTS_MAX of a look, of several evaluations.
 */
Test(question_limits, turning_points_of_one_evaluation)
{
	for (int more = 0; more < 2; more++) {
		const shk_edges_options options = { .decision = "turns",
			.fact = "n" };
		const shk_edges *edges = NULL;
		shk_pricer *pricer;
		shk_diag diag = { 0 };
		char record[64];

		pricing.decision = "turns";
		pricer = pricing_pricer(&pricing, "");
		snprintf(record, sizeof(record), "n=3;m=%d",
			EXPLORE_CUTS_MAX + more);
		cr_assert_eq(shk_edges_find(&edges, pricer,
				     pricing_record(&pricing, record), &options,
				     &diag),
			SHK_OK, "%s", diag.message);
		cr_assert_eq(edges->fact_count, 1u);
		cr_expect_eq(edges->facts[0].edge_count,
			more ? 0u : (size_t)EXPLORE_CUTS_MAX, "%s: %zu", record,
			edges->facts[0].edge_count);
		cr_expect_eq(edges->facts[0].complete, !more, "%s", record);
		cr_expect_str_eq(edges->facts[0].why, more ? "ceiling" : "",
			"%s", record);
		shk_pricer_free(pricer);
	}
}
