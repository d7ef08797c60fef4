/*
 * Answers: applicability, conflicts, other outputs, evidence, caveats.
 */
#include <criterion/criterion.h>

#include "price/pricing.h"

Test(answer, what_the_words_of_applicability_mean)
{
	static const struct pricing_row rows[] = {
		{ "word=a;n=7;x=3;flag=true", "",
			"determined value=1,double=3,which=1|two  E4" },
		{ "word=a;n=1000", "", "not_applicable:too_many   E2" },
		{ "word=b", "",
			"conflict:no_order value=conflict{left|right} "
			"left|right E2" },
		{ "word=c", "",
			"undetermined:not_read value=undetermined  E4" },
		/* each word, and what the values are where it applies */
		{ "", "",
			"undetermined value=undetermined{1|2|conflict:no_order|"
			"undetermined:not_read|not_applicable:too_many},"
			"double=undetermined{(0..)|not_applicable:"
			"condition_false|conflict:no_order|"
			"undetermined:not_read|not_applicable:too_many},which= "
			"1|2|conflict:no_order|undetermined:not_read|"
			"not_applicable:too_many E4" },
		{ "word=a", "",
			"undetermined value=undetermined{1|2|"
			"not_applicable:too_many},"
			"double=undetermined{(0..)|not_applicable:"
			"condition_false|not_applicable:too_many},which= "
			"1|2|not_applicable:too_many E2" },
	};
	struct pricing pricing;

	pricing_open(&pricing, SMALL_BOOK);
	PRICING_ROWS(&pricing, "words", "svoe", rows);
	pricing_close(&pricing);
}

Test(answer, other_outputs_have_a_status_of_their_own)
{
	static const struct pricing_row rows[] = {
		/* double: only when n >= 5 */
		{ "word=a;n=4;x=3", "",
			"value=1,double=not_applicable,which=1 " },
		{ "word=a;n=5", "",
			"value=1,double=undetermined{(0..)},which=1 !x" },
		{ "word=a;n=12;x=3", "", "value=2,double=6,which= " },
	};
	struct pricing pricing;

	pricing_open(&pricing, SMALL_BOOK);
	PRICING_ROWS(&pricing, "words", "vm", rows);
	pricing_close(&pricing);
}

Test(answer, caveats_are_told_in_order_and_not_where_nothing_applies)
{
	static const struct pricing_row rows[] = {
		{ "word=a;n=0;flag=true", "", "nothing,flagged" },
		{ "word=a;n=1;flag=true", "", "flagged" },
		{ "word=a;n=1;flag=false", "", "" },
		{ "word=a;n=1000;flag=true", "", "" },
		{ "word=b;n=0;flag=false", "", "nothing" },
	};
	struct pricing pricing;

	pricing_open(&pricing, SMALL_BOOK);
	PRICING_ROWS(&pricing, "words", "k", rows);
	pricing_close(&pricing);
}

Test(answer, evidence_is_the_weakest_on_the_path)
{
	static const struct pricing_row graded[] = {
		/* row E0, "more" E4, "beside" E4 does not weigh */
		{ "n=2", "", "E0 T1/L1/E0" },
		{ "n=2;x=3", "", "E4 T1/L1/E0,T2/L3/E4" },
		{ "n=12", "", "E2 T1/L2/E2" },
		/* a parameter that was used */
		{ "n=2;x=3", "mode=up", "E5 T1/L1/E0,T2/L3/E4,policy/mode/E5" },
	};
	static const struct pricing_row taxed[] = {
		{ "x=100;as_of=2020-04-01", "", "E1 T1/L1/E0,T1/L4/E1" },
		{ "x=100;as_of=2021-01-01", "", "E2 T1/L1/E0,T1/L5/E2" },
	};
	static const struct pricing_row agree[] = {
		/* both cells give 1: the rows of both, no others */
		{ "n=5", "", "E2 T1/L1/E0,T1/L2/E2" },
		{ "n=5;flag=true", "", "E0 T1/L1/E0" },
		{ "n=15", "", "E4 T2/L3/E4" },
	};
	struct pricing pricing;

	pricing_open(&pricing, SMALL_BOOK);
	PRICING_ROWS(&pricing, "graded", "ec", graded);
	PRICING_ROWS(&pricing, "taxed", "ec", taxed);
	PRICING_ROWS(&pricing, "agree", "ec", agree);
	pricing_close(&pricing);
}

Test(answer, below_the_minimum_of_evidence_nothing_is_told)
{
	static const struct pricing_row e2[] = {
		{ "n=2;x=3", "mode=up",
			"determined graded=1,more=undetermined,"
			"beside=undetermined,by_mode=undetermined  "
			"=n:10(1/2/2) E0" },
		{ "n=22;x=3", "",
			"undetermined:evidence_below_minimum "
			"graded=undetermined   E4" },
		/* the third row is E4; what reads x is E4 but by_mode */
		{ "x=3", "",
			"undetermined graded=undetermined{1|2|"
			"undetermined:evidence_below_minimum},"
			"more=undetermined,beside=undetermined,"
			"by_mode=undetermined{-2|-1|4|5|"
			"undetermined:evidence_below_minimum} "
			"1|2|undetermined:evidence_below_minimum "
			"n:10(1/2/2),n:20(2/"
			"undetermined:evidence_below_minimum/"
			"undetermined:evidence_below_minimum) E4" },
	};
	static const struct pricing_row agree[] = {
		{ "n=15", "",
			"undetermined:evidence_below_minimum "
			"agree=undetermined   E4" },
		{ "n=5", "",
			"determined agree=1  "
			"=n:10(1/undetermined:evidence_below_minimum/"
			"undetermined:evidence_below_minimum) E2" },
	};
	struct pricing pricing;

	pricing_open(&pricing, SMALL_BOOK);
	pricing.options.min_evidence = "E2";
	PRICING_ROWS(&pricing, "graded", "svofe", e2);
	PRICING_ROWS(&pricing, "agree", "svofe", agree);
	pricing_close(&pricing);
}

Test(answer, lists_of_what_holds)
{
	static const struct pricing_row rows[] = {
		{ "flag=true;other=true;third=false", "",
			"determined first=true,list=2|one|three E4" },
		{ "flag=false;other=false;third=false", "",
			"determined first=false,list= E4" },
		/* open: not known to hold; the third holds whatever third is */
		{ "flag=true", "", "determined first=true,list=one|three E4" },
	};
	struct pricing pricing;

	pricing_open(&pricing, SMALL_BOOK);
	PRICING_ROWS(&pricing, "held", "sve", rows);
	pricing_close(&pricing);
}

Test(answer, the_output_that_is_asked_for_leads)
{
	static const struct pricing_row rows[] = {
		{ "x=1", "", "determined by_x=3,by_y=undetermined{(..)} !y" },
		{ "x=1;y=2;flag=false", "", "determined by_y=10,by_x=3 " },
		{ "y=2;flag=true", "",
			"determined by_y=10,by_x=undetermined{(0..)} !x" },
		{ "flag=true", "",
			"undetermined "
			"by_x=undetermined{(0..)},by_y=undetermined{(..)} !x" },
	};
	struct pricing pricing;

	pricing_open(&pricing, SMALL_BOOK);
	PRICING_ROWS(&pricing, "asked", "svm", rows);
	pricing_close(&pricing);
}

Test(answer, a_rule_that_is_known_only)
{
	static const struct pricing_row rows[] = {
		{ "", "",
			"undetermined:rule_known_parameters_missing  E3 "
			"T2/L7/E3" },
		{ "lane=outside", "",
			"not_applicable:other_lane  E1 T1/L9/E1" },
	};
	struct pricing pricing;

	pricing_open(&pricing, SMALL_BOOK);
	PRICING_ROWS(&pricing, "known_only", "svec", rows);
	pricing_close(&pricing);
}

Test(answer, the_gate)
{
	static const struct pricing_row rows[] = {
		{ "lane=outside;x=5", "",
			"not_applicable:other_lane  E1 T1/L9/E1" },
		{ "lane=inside;x=5", "", "determined capped=5 E0 T1/L1/E0" },
		{ "x=5", "", "determined capped=5 E0 T1/L1/E0" },
	};
	struct pricing pricing;

	pricing_open(&pricing, SMALL_BOOK);
	PRICING_ROWS(&pricing, "capped", "svec", rows);
	pricing_close(&pricing);
}

Test(answer, the_same_whichever_way)
{
	static const struct pricing_row rows[] = {
		/* flag true: x below 5; flag false: x for "a" */
		{ "word=a;n=3", "", "determined same=x  " },
		{ "word=b;n=7", "", "determined same=y  " },
		{ "word=a", "",
			"undetermined same=undetermined{x|y} x|y "
			"flag,n" },
		{ "word=b;n=3", "",
			"undetermined same=undetermined{x|y} x|y !flag" },
		{ "", "",
			"undetermined same=undetermined{x|y} x|y "
			"flag,n,word" },
	};
	struct pricing pricing;

	pricing_open(&pricing, SMALL_BOOK);
	PRICING_ROWS(&pricing, "same", "svom", rows);
	pricing_close(&pricing);
}
