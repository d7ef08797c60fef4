/*
 * The explorer: exact outcomes, the facts that decide, ceilings.
 */
#include <criterion/criterion.h>

#include "price/pricing.h"

Test(explore, past_its_ceiling_nothing_possible_is_left_out)
{
	static const struct pricing_row rows[] = {
		/* 8 facts of 10 cells each; "never" cannot be, but only a look
		   at each cell of k1 shows that */
		{ "", "",
			"undetermined few|many|never "
			"k1,k2,k3,k4,k5,k6,k7,k8 " },
		/* few enough cells: exact */
		{ "k2=0;k3=0;k4=0;k5=0;k6=0", "", "determined   " },
		/* 6 x 5 = 30, so that k7 alone decides */
		{ "k1=60;k2=60;k3=60;k4=60;k5=60;k6=60;k8=0", "",
			"undetermined few|many !k7 k7:10(few/many/many)" },
	};
	struct pricing pricing;

	pricing_open(&pricing, SMALL_BOOK);
	PRICING_ROWS(&pricing, "heavy", "somf", rows);
	pricing_close(&pricing);
}

Test(explore, what_came_before_does_not_matter)
{
	struct pricing pricing;
	shk_pricer *pricer;

	pricing_open(&pricing, SMALL_BOOK);
	pricing.decision = "heavy";
	pricing.parts = "sof";
	pricer = pricing_pricer(&pricing, "");
	pricing_again(&pricing, pricer, "");
	cr_expect_str_eq(
		pricing_again(&pricing, pricer,
			"k1=60;k2=60;k3=60;k4=60;k5=60;k6=60;k7=5;k8=0"),
		"determined  =k7:10(few/many/many),=k8:10(few/many/many)");
	shk_pricer_free(pricer);
	pricing_close(&pricing);
}
