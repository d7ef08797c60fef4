/*
 * Known facts as text: what a decision can read, in the form of a cell, sorted
 * and the same whatever way the record was written.
 */
#include <string.h>

#include <criterion/criterion.h>

#include "price/pricing.h"

static enum shk_code keep_known(void *context, const shk_result *result)
{
	struct buffer *out = context;

	for (size_t i = 0; i < result->known_count; i++) {
		if (i)
			buffer_byte(out, ';');
		buffer_text(out, result->known[i].name);
		buffer_byte(out, '=');
		buffer_text(out, result->known[i].value);
	}
	return SHK_OK;
}

/* The known facts of one decision under the real rules. */
static void expect(const char *decision, const char *record, const char *known)
{
	struct pricing pricing;
	struct buffer out;
	shk_pricer *pricer;
	shk_diag diag = { 0 };

	buffer_init(&out);
	pricing_open(&pricing, SOURCE_FOLDER "/rules");
	pricing.decision = decision;
	pricing.options.facts = true;
	pricer = pricing_pricer(&pricing, "");
	cr_assert_eq(shk_pricer_price(pricer, pricing_record(&pricing, record),
			     keep_known, &out, &diag),
		SHK_OK);
	cr_expect_str_eq(out.size ? out.data : "", known, "%s: %s", record,
		out.size ? out.data : "");
	shk_pricer_free(pricer);
	pricing_close(&pricing);
	buffer_release(&out);
}

Test(known, facts_as_cells)
{
	static const struct {
		const char *decision, *record, *known;
	} rows[] = {
		/* by name, numbers in their plain form, others left out */
		{ "rare_disease_coefficient",
			"orphan_designated=true;indication_aid=false;"
			"base_points=1235.50;annual_tests=0150;name=x;"
			"current_price=100;as_of=2026-06-01",
			"annual_tests=150;base_points=1235.5;"
			"indication_aid=false;orphan_designated=true" },
		/* nothing known, nothing said */
		{ "rare_disease_coefficient", "name=x", "" },
		/* the lane is read by every decision */
		{ "rare_disease_coefficient", "payer_lane=medical",
			"payer_lane=medical" },
		/* lists: items in byte order, signs escaped, kinds of parts */
		{ "unprofitable_recalculation", "shares=C:40|A\\:B:60.0",
			"shares=A\\:B:60|C:40" },
		{ "unprofitable_recalculation", "shares=B:q4|A:q9996",
			"shares=A:q9996|B:q4" },
		{ "unprofitable_recalculation", "requesters=none",
			"requesters=none" },
		{ "unprofitable_recalculation", "requesters=B\\|C|A",
			"requesters=A|B\\|C" },
		{ "foreign_average_price", "foreign_prices=us:289@80|gb:150",
			"foreign_prices=gb:150|us:289@80" },
		{ "premium", "premiums=usefulness:p2|economic",
			"premiums=economic|usefulness:p2" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		expect(rows[i].decision, rows[i].record, rows[i].known);
}

Test(known, what_another_revision_reads_is_told_too)
{
	struct pricing pricing;
	struct buffer out;
	shk_pricer *pricer;
	shk_diag diag = { 0 };

	/* r6 does not ask for the target of the companion test */
	buffer_init(&out);
	pricing_open(&pricing, SOURCE_FOLDER "/rules");
	pricing.decision = "rare_disease_coefficient";
	pricing.options.revision = "r6";
	pricing.options.facts = true;
	pricer = pricing_pricer(&pricing, "");
	cr_assert_eq(
		shk_pricer_price(pricer,
			pricing_record(&pricing, "aid_target=regenerative"),
			keep_known, &out, &diag),
		SHK_OK);
	cr_expect_str_eq(out.data, "aid_target=regenerative");
	shk_pricer_free(pricer);
	/* and without the option nothing is told */
	pricing.options.facts = false;
	pricer = pricing_pricer(&pricing, "");
	buffer_clear(&out);
	cr_assert_eq(
		shk_pricer_price(pricer,
			pricing_record(&pricing, "aid_target=regenerative"),
			keep_known, &out, &diag),
		SHK_OK);
	cr_expect_eq(out.size, 0);
	shk_pricer_free(pricer);
	pricing_close(&pricing);
	buffer_release(&out);
}
