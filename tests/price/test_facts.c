/*
 * Facts: given in place of decisions, present or not, bounded, dated.
 */
#include <criterion/criterion.h>

#include "price/pricing.h"

Test(facts, a_decision_that_is_given_is_a_fact)
{
	static const struct pricing_row total[] = {
		{ "sum=700", "", "determined total=large " },
		{ "x=5;y=1;sum=6", "", "determined total=small " },
		/* asked for by its own name only */
		{ "x=5", "",
			"undetermined total=undetermined{large|small} "
			"!sum" },
		{ "", "", "undetermined total=undetermined{large|small} !sum" },
	};
	static const struct pricing_row half[] = {
		{ "half=51", "", "determined half=large " },
		/* asked for by what it is worked out from */
		{ "", "", "undetermined half=undetermined{large|small} !x" },
	};
	static const struct pricing_row large[] = {
		/* asked for both ways; flag matters as long as it may be */
		{ "share=50;flag=true", "",
			"undetermined large=undetermined{no|yes} "
			"!is_large,!limit" },
		{ "share=50", "",
			"undetermined large=undetermined{no|yes} "
			"flag,is_large,limit" },
		{ "is_large=true", "",
			"undetermined large=undetermined{no|yes} !flag" },
		{ "is_large=false", "", "determined large=no " },
		{ "flag=false", "", "determined large=no " },
		{ "share=50;flag=true", "limit=49.9", "determined large=yes " },
	};
	struct pricing pricing;

	pricing_open(&pricing, SMALL_BOOK);
	PRICING_ROWS(&pricing, "total", "svm", total);
	PRICING_ROWS(&pricing, "half", "svm", half);
	PRICING_ROWS(&pricing, "large", "svm", large);
	pricing_close(&pricing);
}

Test(facts, that_disagree_with_what_they_stand_for)
{
	static const struct pricing_row total[] = {
		{ "x=5;y=1;sum=7", "",
			"error:inconsistent  sum: sum is given and disagrees "
			"with what the other facts make it; leave out one of "
			"the two" },
		{ "x=5;sum=7", "", "determined total=small : " },
	};
	static const struct pricing_row half[] = {
		{ "x=5;half=2.5", "", "determined half=small : " },
		{ "x=5;half=2.50", "", "determined half=small : " },
		{ "x=5;half=2.51", "",
			"error:inconsistent  half: half is given and disagrees "
			"with what the other facts make it; leave out one of "
			"the two" },
	};
	struct pricing pricing;

	pricing_open(&pricing, SMALL_BOOK);
	PRICING_ROWS(&pricing, "total", "svx", total);
	PRICING_ROWS(&pricing, "half", "svx", half);
	pricing_close(&pricing);
}

Test(facts, whether_one_of_some_fields_is_given)
{
	static const struct pricing_row rows[] = {
		{ "size=3;x=5;y=1", "", "determined size=size " },
		{ "weight=0;x=5;y=1", "", "determined size=size " },
		{ "x=5;y=1", "", "determined size=y " },
		{ "x=11", "", "determined size=x " },
		/* presence is known and never asked for */
		{ "y=1", "", "undetermined size=undetermined{x|y} !x" },
	};
	struct pricing pricing;

	pricing_open(&pricing, SMALL_BOOK);
	PRICING_ROWS(&pricing, "size", "svm", rows);
	pricing_close(&pricing);
}

/* rest is between 0 and 100 - share. */
Test(facts, what_is_not_known_lies_between_bounds)
{
	static const struct pricing_row rows[] = {
		{ "share=60", "", "determined reaches=over " },
		{ "share=59", "",
			"undetermined reaches=undetermined{over|under} "
			"!share" },
		{ "share=100", "", "determined reaches=over " },
		/* 100 - 0 = 100 */
		{ "share=0", "",
			"undetermined reaches=undetermined{over|under} "
			"!share" },
	};
	struct pricing pricing;

	pricing_open(&pricing, SMALL_BOOK);
	PRICING_ROWS(&pricing, "reaches", "svm", rows);
	pricing_close(&pricing);
}

Test(facts, a_constant_has_the_value_of_the_day)
{
	static const struct pricing_row rows[] = {
		{ "x=100;as_of=2020-04-01", "", "taxed=105 r1@2020-04-01" },
		{ "x=100;as_of=2020-12-31", "", "taxed=105 r1@2020-12-31" },
		{ "x=100;as_of=2021-01-01", "", "taxed=110 r1@2021-01-01" },
		{ "x=100", "", "taxed=110 r2@2022-04-01?" },
	};
	struct pricing pricing;

	pricing_open(&pricing, SMALL_BOOK);
	PRICING_ROWS(&pricing, "taxed", "vr", rows);
	pricing_close(&pricing);
}

Test(facts, an_unset_parameter_is_open_over_its_domain)
{
	static const struct pricing_row rows[] = {
		{ "share=100", "", "determined limited=yes  " },
		{ "share=0", "", "determined limited=no  " },
		{ "share=50", "",
			"undetermined limited=undetermined{no|yes} !limit "
			"limit:50(yes/yes/no)" },
		{ "share=50", "limit=50",
			"determined limited=yes  "
			"=limit:50(yes/yes/no),=share:50(no/yes/yes)" },
	};
	struct pricing pricing;

	pricing_open(&pricing, SMALL_BOOK);
	PRICING_ROWS(&pricing, "limited", "svmf", rows);
	pricing_close(&pricing);
}
