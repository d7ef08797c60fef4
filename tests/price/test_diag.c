/*
 * What a record does wrong is told in its result, not in the diagnostic of a
 * call that goes well; and nobody needs to give one.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "price/pricing.h"

struct seen {
	enum shk_status status;
	char message[256];
};

static enum shk_code see(void *context, const shk_result *result)
{
	struct seen *seen = context;

	seen->status = shk_result_status(result);
	snprintf(seen->message, sizeof(seen->message), "%s",
		shk_result_message(result));
	return SHK_OK;
}

/* No rule gives a slope for a similar price of nothing (rules.md, 12). */
Test(diag, of_a_call_that_goes_well_is_empty)
{
	static const char nothing[] =
		"similar_parts=1:0;premiums=usefulness:5;field_prices=20000";
	struct pricing pricing;
	struct seen first = { SHK_DETERMINED, "" }, second = first,
		    third = first;
	shk_diag diag = { 0 };
	shk_pricer *pricer;

	pricing_open(&pricing, SOURCE_FOLDER "/rules");
	pricing.options.revision = "r8";
	pricing.decision = "similar_category_price";
	pricer = pricing_pricer(&pricing, "");
	cr_assert_eq(shk_pricer_price(pricer, pricing_record(&pricing, nothing),
			     see, &first, &diag),
		SHK_OK);
	cr_assert_eq(first.status, SHK_ERROR);
	cr_assert_not_null(strstr(first.message, "in revision r8 give"), "%s",
		first.message);
	cr_assert_eq(diag.code, SHK_OK);
	cr_assert_str_eq(diag.message, "");
	/* the next one has words of its own, with a diagnostic or without */
	cr_assert_eq(shk_pricer_price(pricer, pricing_record(&pricing, nothing),
			     see, &second, &diag),
		SHK_OK);
	cr_assert_str_eq(second.message, first.message);
	cr_assert_eq(shk_pricer_price(pricer, pricing_record(&pricing, nothing),
			     see, &third, NULL),
		SHK_OK);
	cr_assert_eq(third.status, SHK_ERROR);
	cr_assert_str_eq(third.message, first.message);
	shk_pricer_free(pricer);
	pricing_close(&pricing);
}
