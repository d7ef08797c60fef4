/*
 * Flip points: where the answer turns, and what it is below, on and above.
 */
#include <criterion/criterion.h>

#include "price/pricing.h"

Test(flips, both_sides_say_all_that_is_possible_there)
{
	static const struct pricing_row rows[] = {
		{ "", "", "a|b|c|d n:10(a|c/b|c/b|c),n:20(b|c/b|d/b|d)" },
		{ "other=true", "", "a|b n:10(a/b/b)" },
		{ "other=false;n=3", "", " =n:20(c/d/d)" },
	};
	struct pricing pricing;

	pricing_open(&pricing, SMALL_BOOK);
	PRICING_ROWS(&pricing, "swap", "of", rows);
	pricing_close(&pricing);
}

Test(flips, a_price_that_moves_has_flips_where_it_jumps_or_stops)
{
	static const struct pricing_row moving[] = {
		{ "x=5", "", " " },
		{ "", "", "(0..) " },
	};
	static const struct pricing_row jumping[] = {
		{ "x=5", "", " =x:100((0..100)/50/(50..))" },
	};
	static const struct pricing_row capped[] = {
		{ "x=5", "", " =x:100((0..100)/100/100)" },
		{ "x=100", "", " =x:100((0..100)/100/100)" },
	};
	struct pricing pricing;

	pricing_open(&pricing, SMALL_BOOK);
	PRICING_ROWS(&pricing, "moving", "of", moving);
	PRICING_ROWS(&pricing, "jumping", "of", jumping);
	PRICING_ROWS(&pricing, "capped", "of", capped);
	pricing_close(&pricing);
}

Test(flips, are_the_same_for_the_ten_thousandth_record)
{
	struct pricing pricing;
	shk_pricer *pricer;

	pricing_open(&pricing, SMALL_BOOK);
	pricing.decision = "capped";
	pricing.parts = "vf";
	pricer = pricing_pricer(&pricing, "");
	for (int i = 0; i < 10000; i++)
		cr_assert_str_eq(pricing_again(&pricing, pricer, "x=5"),
			"capped=5 =x:100((0..100)/100/100)", "record %d", i);
	shk_pricer_free(pricer);
	pricing_close(&pricing);
}
