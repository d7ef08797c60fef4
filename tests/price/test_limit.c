/*
 * A limit on time ends a long answer with a word of its own, and changes
 * nothing about an answer that is given.
 */
#include <criterion/criterion.h>
#include <string.h>
#include <time.h>

#include "price/pricing.h"

/* A record of which nothing is known: the search is long. */
static const char *const open_record = "";

static void wait_a_little(void)
{
	const struct timespec moment = { .tv_nsec = 5000000 };

	nanosleep(&moment, NULL);
}

Test(limit, the_time_is_over)
{
	struct pricing pricing;
	shk_pricer *pricer;
	shk_diag diag = { 0 };

	pricing_open(&pricing, SMALL_BOOK);
	pricing.decision = "heavy";
	pricer = pricing_pricer(&pricing, "");
	shk_pricer_limit(pricer, 1);
	wait_a_little();
	cr_assert_eq(pricing_price(&pricing, pricer,
			     pricing_record(&pricing, open_record), &diag),
		SHK_E_LIMIT);
	cr_expect_str_eq(diag.reason, "time");
	cr_expect(strstr(diag.message, "longer than is allowed"));
	shk_pricer_free(pricer);
	pricing_close(&pricing);
}

Test(limit, from_the_making_of_the_pricer)
{
	struct pricing pricing;
	shk_pricer *pricer;
	shk_diag diag = { 0 };

	pricing_open(&pricing, SMALL_BOOK);
	pricing.decision = "heavy";
	pricing.options.milliseconds = 1;
	pricer = pricing_pricer(&pricing, "");
	wait_a_little();
	cr_assert_eq(pricing_price(&pricing, pricer,
			     pricing_record(&pricing, open_record), &diag),
		SHK_E_LIMIT);
	cr_expect_str_eq(diag.reason, "time");
	shk_pricer_free(pricer);
	pricing_close(&pricing);
}

Test(limit, an_answer_in_time_is_the_same)
{
	struct pricing pricing;
	shk_pricer *pricer;
	char *without;

	pricing_open(&pricing, SMALL_BOOK);
	pricing.parts = "dsvomfec";
	pricing.decision = "heavy";
	pricer = pricing_pricer(&pricing, "");
	without = strdup(pricing_again(&pricing, pricer, open_record));
	cr_assert(without && without[0]);
	shk_pricer_limit(pricer, 600000);
	cr_expect_str_eq(pricing_again(&pricing, pricer, open_record), without);
	shk_pricer_limit(pricer, 1);
	wait_a_little();
	shk_pricer_limit(pricer, 0);
	cr_expect_str_eq(pricing_again(&pricing, pricer, open_record), without);
	free(without);
	shk_pricer_free(pricer);
	pricing_close(&pricing);
}
