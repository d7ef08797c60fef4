/*
 * Solutions: hand-worked ends, agreement with every integer and with dense
 * scans of prices, words and days, open facts, contradictions, ceilings.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "inquiry/solving.h"

#define RD	 "rare_disease_coefficient"
#define RD_FACTS "orphan_designated=true;indication_aid=false;base_points=1235"
#define RD_OPEN	 "orphan_designated=true;indication_aid=false"
#define SIMILAR                                                                \
	"kind=device;field_prices=52400|143000|52800;premiums=improvement:5"

struct say_row {
	struct solving_question question;
	const char *said;
};

/*
 * S001 L1387-1397: 1.5 below 200 tests, then 1.4, 1.3 from 400, 1.2 from 600,
 * 1.1 from 800 for column 1; points are the base times the coefficient, in an
 * unpublished rounding.
 */
static const struct say_row rows[] = {
	{ { RD_FACTS, NULL, RD, "r8", "annual_tests", "coefficient = 1.3", NULL,
		  NULL },
		"fails [0 399]; holds [400 599]; fails [600 )" },
	/* 1235 * 1.5 = 1852.5, * 1.4 = 1729, * 1.3 = 1605.5, * 1.2 = 1482 */
	{ { RD_FACTS, NULL, RD, "r8", "annual_tests", "points > 1482", NULL,
		  NULL },
		"holds [0 599]; fails [600 )" },
	/* 1605.5 becomes 1605 or 1606 */
	{ { RD_FACTS, NULL, RD, "r8", "annual_tests", "points = 1605", NULL,
		  NULL },
		"fails [0 399]; undetermined [400 599]; fails [600 )" },
	{ { RD_FACTS, "points_rounding=half_up", RD, "r8", "annual_tests",
		  "points = 1605 or points = 1606", NULL, NULL },
		"fails [0 399]; holds [400 599]; fails [600 )" },
	/* 1.5 b >= 1299.5 from 2599/3 on, 1.5 b = 1299 at 866 */
	{ { RD_OPEN ";annual_tests=150", "points_rounding=half_up", RD, "r8",
		  "base_points", "points >= 1300", NULL, NULL },
		"fails (0 {866.333333333333333 2599/3}]; "
		"holds [{866.333333333333334 2599/3} )" },
	{ { RD_OPEN ";annual_tests=150", NULL, RD, "r8", "base_points",
		  "points >= 1300", NULL, NULL },
		"fails (0 866]; undetermined (866 {866.666666666666666 "
		"2600/3}]; holds [{866.666666666666667 2600/3} )" },
	/* ends that have few decimals: 1.2 b >= 1299.5 and b < 1200.25 */
	{ { RD_OPEN ";annual_tests=600", "points_rounding=half_up", RD, "r8",
		  "base_points", "points_exact >= 1299.6", NULL, NULL },
		"fails (0 1083); holds [1083 )" },
	{ { RD_OPEN ";annual_tests=600", NULL, RD, "r8", "base_points",
		  "points_exact > 1299.6 and points_exact < 1440.3", NULL,
		  NULL },
		"fails (0 1083]; holds (1083 1200.25); fails [1200.25 )" },
	/* one value alone, and none */
	{ { RD_OPEN ";annual_tests=600", NULL, RD, "r8", "base_points",
		  "points_exact = 1440.3", NULL, NULL },
		"fails (0 1200.25); holds [1200.25 1200.25]; "
		"fails (1200.25 )" },
	{ { RD_FACTS, NULL, RD, "r8", "annual_tests", "points < 0", NULL,
		  NULL },
		"fails [0 )" },
	/* other facts missing: 1.1 to 1.5 */
	{ { RD_OPEN, NULL, RD, "r8", "base_points", "points_exact >= 1320",
		  NULL, NULL },
		"fails (0 880); undetermined [880 1200); holds [1200 )" },
	/* the status, and conditions that have a truth without a value */
	{ { RD_OPEN ";annual_tests=150", NULL, RD, "r8", "orphan_designated",
		  "status = \"not_applicable\"", NULL, NULL },
		"holds [false false]; fails [true true]" },
	{ { RD_OPEN ";annual_tests=150", NULL, RD, "r8", "orphan_designated",
		  "coefficient > 1", NULL, NULL },
		"not_applicable [false false]; holds [true true]" },
	{ { RD_OPEN, NULL, RD, "r8", "base_points", "status = \"determined\"",
		  NULL, NULL },
		"fails (0 )" },
	{ { "annual_tests=150;indication_aid=false", NULL, RD, "r8",
		  "annual_tests", "status = \"undetermined\"", NULL, NULL },
		"holds [0 )" },
	{ { RD_FACTS, NULL, RD, "r8", "annual_tests",
		  "status = \"determined\" and coefficient < 1.2", NULL, NULL },
		"fails [0 799]; holds [800 )" },
	/* within */
	{ { RD_FACTS, NULL, RD, "r8", "annual_tests", "coefficient = 1.3",
		  "100", "450.5" },
		"fails [100 399]; holds [400 450]" },
	{ { RD_FACTS, NULL, RD, "r8", "annual_tests", "coefficient = 1.3", NULL,
		  "450" },
		"fails [0 399]; holds [400 450]" },
	/* 1.5 * 0.05 and yen in three digits: worked out in test_prices */
	{ { "material_price=145", NULL, "points_from_price", "r8", "quantity",
		  "points = 29", NULL, NULL },
		/* 285/145 = 57/29 and 295/145 = 59/29 */
		"fails (0 {1.96551724137931 57/29}]; "
		"holds [{1.965517241379311 57/29} {2.034482758620689 59/29}]; "
		"fails [{2.03448275862069 59/29} )" },
	/* inside of a list: 100000 * (1 + r / 100) >= 119500, three digits */
	{ { "kind=device;similar_price=100000;field_prices=100000|100000;"
	    "premiums=usefulness:5",
		  NULL, "similar_category_price", "r8",
		  "premiums=usefulness:{}", "price >= 120000", NULL, NULL },
		"fails ( 19.5); holds [19.5 )" },
	/* 55 is a majority: A's own, or that of the 80 - A that nobody said */
	{ { "current_price=13600;market_price_taxed=14000;shares=A:60|B:20",
		  "majority_share=55", "above_price_pattern", "r8",
		  "shares=A:{}|B:20", "pattern = 1", NULL, "80" },
		"undetermined (0 25]; fails (25 55); holds [55 80]" },
	/* a fixed answer: the rule is not in the revision, and no fact helps */
	{ { "current_price=100;market_price=110", NULL, "above_price_pattern",
		  "r6", "current_price", "pattern = 1", NULL, NULL },
		"not_applicable (0 )" },
};

Test(solve, hand_worked_ends)
{
	struct solving solving;

	solving_open(&solving);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_str_eq(solving_say(&solving, &rows[i].question),
			rows[i].said, "row %zu: %s, expected %s", i,
			solving.said.data, rows[i].said);
	solving_close(&solving);
}

/* A question as `output op number`, and the values that are priced. */
struct scan_row {
	const char *record, *policy, *decision, *revision, *fact;
	const char *output, *op, *number;
	const char *from, *step;
	int count;
};

static void scan_one(struct solving *solving, const struct scan_row *row)
{
	char condition[128], cell[64];
	struct solving_question question = { row->record, row->policy,
		row->decision, row->revision, row->fact, condition, NULL,
		NULL };
	shk_diag diag = { 0 };
	shk_pricer *pricer;
	num at, step;

	snprintf(condition, sizeof(condition), "%s %s %s", row->output, row->op,
		row->number);
	cr_assert_eq(solving_solve(solving, &question, &diag), SHK_OK,
		"%s %s: %s", row->decision, condition, diag.message);
	cr_expect(shk_solution_proved(solving->solution), "%s %s",
		row->decision, condition);
	pricer = solving_pricer(solving, &question);
	num_parse(row->from, strlen(row->from), false, &at);
	num_parse(row->step, strlen(row->step), false, &step);
	for (int i = 0; i < row->count; i++) {
		enum shk_solve_state got, wanted;

		cr_assert(num_format(at, cell, sizeof(cell)) > 0);
		got = solving_state(solving, cell);
		wanted = solving_brute(solving, pricer, &question, cell,
			row->output, row->op, row->number);
		cr_assert_eq(got, wanted, "%s %s: %s = %s: %s, priced %s",
			row->decision, condition, row->fact, cell,
			solution_state(got), solution_state(wanted));
		at = num_add(at, step, NULL);
	}
	shk_pricer_free(pricer);
}

static void scan(const struct scan_row *list, size_t count)
{
	struct solving solving;

	solving_open(&solving);
	for (size_t i = 0; i < count; i++)
		scan_one(&solving, &list[i]);
	solving_close(&solving);
}

#define SCAN(list) scan(list, sizeof(list) / sizeof((list)[0]))

static const struct scan_row integers[] = {
	{ RD_FACTS, NULL, RD, "r8", "annual_tests", "points", ">=", "1700", "0",
		"1", 1300 },
	{ RD_FACTS, "points_rounding=floor", RD, "r8", "annual_tests", "points",
		"=", "1605", "0", "1", 1300 },
	{ RD_FACTS, NULL, RD, "r6", "annual_tests", "coefficient", "<=", "1.2",
		"0", "1", 1300 },
	{ "orphan_designated=false;indication_aid=true;aid_target=drug;"
	  "base_points=2100",
		NULL, RD, "r8", "annual_tests", "points_exact", ">", "2520",
		"0", "1", 1300 },
	{ "indication_aid=true;aid_target=drug;base_points=2100", NULL, RD,
		"r8", "annual_tests", "coefficient", ">", "1.25", "0", "1",
		1300 },
	{ "orphan_designated=true;indication_aid=false;annual_tests=150;"
	  "base_points=1000;current_points=1500",
		NULL, "coefficient_review", "r8", "actual_tests",
		"points_exact", "<", "1350", "0", "1", 1300 },
	{ "labour_saving_type=3;acquisition_price=12500001;"
	  "acquisition_date=2026-09-10;asset_kind=equipment;"
	  "support_centre_plan=true;prefecture_confirmed_before=true",
		NULL, "special_depreciation", "r8", "labour_saving_type",
		"amount", ">=", "1875000", "1", "1", 5 },
	{ "new_price=500000;applicant_review_days=80;review_class=normal", NULL,
		"rapid_introduction", "r8", "us_to_japan_days", "price", ">",
		"500000", "-300", "1", 900 },
	{ "new_price=500000;us_to_japan_days=80;review_class=normal", NULL,
		"rapid_introduction", "r8", "applicant_review_days", "price",
		">", "500000", "0", "1", 900 },
};

Test(solve, every_integer)
{
	SCAN(integers);
}

static const struct scan_row prices[] = {
	{ "current_price=100000;category_redrawn=false;is_reprocessed=false",
		NULL, "existing_category_revision", "r8", "market_price",
		"price", "<=", "92000", "60000", "17.3", 2500 },
	{ "market_price=80000;category_redrawn=false;is_reprocessed=false",
		NULL, "existing_category_revision", "r8", "current_price",
		"price", "=", "92000", "50000", "37", 2500 },
	{ "current_price=143000;paediatric_or_rare_only=false;"
	  "unprofitable_repriced_recently=false",
		NULL, "foreign_price_repricing", "r8", "foreign_average",
		"price", "<", "120000", "50000", "53.1", 1800 },
	{ "quantity=2.5", NULL, "points_from_price", "r8", "material_price",
		"points", ">=", "309", "1200", "0.01", 6000 },
	{ "quantity=2.5", NULL, "points_from_price", "r8", "material_price",
		"points", "=", "309", "1200", "0.01", 6000 },
	{ "labour_saving_type=3;acquisition_date=2026-09-10;"
	  "asset_kind=equipment;support_centre_plan=true;"
	  "prefecture_confirmed_before=true",
		NULL, "special_depreciation", "r8", "acquisition_price",
		"amount", ">=", "1000000", "290000", "3333.3", 3000 },
	/* a premium with its slope: a power of a logarithm */
	{ SIMILAR, NULL, "similar_category_price", "r8", "similar_price",
		"price", "=", "100000", "90000", "3.7", 2500 },
	{ SIMILAR, NULL, "similar_category_price", "r8", "similar_price",
		"price", ">", "150000", "10000", "199", 2500 },
	{ "similar_price=143000;field_prices=52400|143000|52800;"
	  "premiums=usefulness:10|improvement:5|economic;uses_new=2",
		NULL, "similar_category_price", "r8", "economic_saving",
		"calculated_price", ">", "180000", "0", "97", 1500 },
	{ "similar_price=143000;premiums=improvement:5", NULL,
		"similar_category_price", "r8", "similar_price", "price", ">",
		"150000", "100000", "97", 1200 },
};

Test(solve, dense_scans_of_prices)
{
	SCAN(prices);
}

/* On both sides of each end of the scans above the pricer agrees, too. */
Test(solve, neighbours_of_ends)
{
	struct solving solving;
	num step = num_power(num_from_int(10), num_from_int(-15), NULL);

	solving_open(&solving);
	for (size_t i = 0; i < sizeof(prices) / sizeof(prices[0]); i++) {
		const struct scan_row *row = &prices[i];
		char condition[128];
		struct solving_question question = { row->record, row->policy,
			row->decision, row->revision, row->fact, condition,
			NULL, NULL };
		shk_diag diag = { 0 };
		shk_pricer *pricer;

		snprintf(condition, sizeof(condition), "%s %s %s", row->output,
			row->op, row->number);
		cr_assert_eq(solving_solve(&solving, &question, &diag), SHK_OK);
		pricer = solving_pricer(&solving, &question);
		for (size_t k = 0; k + 1 < solving.solution->count; k++) {
			num high =
				solving.solution->pieces[k].high.last.u.number;
			num low = solving.solution->pieces[k + 1]
					  .low.last.u.number;
			const num places[2] = { high, low };

			cr_expect_eq(
				num_compare(num_add(high, step, NULL), low), 0,
				"row %zu: a gap", i);
			for (int side = 0; side < 2; side++) {
				char cell[64];

				num_format(places[side], cell, sizeof(cell));
				cr_expect_eq(
					solving_brute(&solving, pricer,
						&question, cell, row->output,
						row->op, row->number),
					solving.solution
						->pieces[k + (size_t)side]
						.state,
					"row %zu: %s", i, cell);
			}
		}
		shk_pricer_free(pricer);
	}
	solving_close(&solving);
}

/* A rule bounds each side: the rows on both sides of 199 and 200. */
Test(solve, rules_of_ends)
{
	const struct solving_question question = { RD_FACTS, NULL, RD, "r8",
		"annual_tests", "coefficient > 1.45", NULL, NULL };
	const struct solution_end *high, *low;
	struct solving solving;

	solving_open(&solving);
	cr_assert_str_eq(solving_say(&solving, &question),
		"holds [0 199]; fails [200 )");
	high = &solving.solution->pieces[0].high;
	low = &solving.solution->pieces[1].low;
	cr_assert_eq(high->rule_count, 1);
	cr_expect_eq(high->rules[0].kind, SOLUTION_ROW);
	cr_expect_str_eq(high->rules[0].decision, "coefficient");
	cr_expect_str_eq(high->rules[0].citations[0].place, "L1397");
	cr_assert_eq(low->rule_count, 1);
	cr_expect_str_eq(low->rules[0].citations[0].place, "L1396");
	cr_expect(solving.solution->pieces[0].low.domain);
	cr_expect(!solving.solution->pieces[1].bounded_high);
	solving_close(&solving);
}

/* Facts that contradict each other: an average that is given, and prices. */
Test(solve, contradictions)
{
	const struct solving_question question = { "current_price=143000;"
						   "market_price=100;"
						   "market_price_taxed=110",
		NULL, "above_price_pattern", "r8", "market_price",
		"status = \"error\"", NULL, NULL };
	struct solving solving;
	const char *said;

	solving_open(&solving);
	said = solving_say(&solving, &question);
	cr_expect_str_eq(said, "holds (0 100); fails [100 100]; holds (100 )",
		"%s", said);
	solving_close(&solving);
}

static const struct say_row wrong[] = {
	{ { RD_FACTS, NULL, RD, "r8", "anual_tests", "points > 1", NULL, NULL },
		"there is no field \"anual_tests\"; did you mean "
		"\"annual_tests\"?" },
	{ { RD_FACTS, NULL, RD, "r8", "quantity", "points > 1", NULL, NULL },
		"does not read quantity" },
	{ { RD_FACTS, NULL, RD, "r8", "majority_share", "points > 1", NULL,
		  NULL },
		"is a policy parameter" },
	{ { RD_FACTS, NULL, RD, "r8", "annual_tests", "punkte > 1", NULL,
		  NULL },
		"its names are status, coefficient, points_exact, points" },
	{ { RD_FACTS, NULL, RD, "r8", "annual_tests", "points >", NULL, NULL },
		"is wrong at column" },
	{ { RD_FACTS, NULL, RD, "r8", "annual_tests", "points", NULL, NULL },
		"neither true nor false" },
	{ { RD_FACTS, NULL, RD, "r8", "annual_tests", "points = \"a\"", NULL,
		  NULL },
		"has no truth" },
	{ { RD_FACTS, NULL, RD, "r8", "annual_tests", "count(columns) = 1",
		  NULL, NULL },
		"is a list of what is known to hold" },
	{ { RD_FACTS, NULL, RD, "r8", "annual_tests", "points > 1", "x", NULL },
		"\"x\" is no bound of annual_tests: write a number" },
	{ { RD_FACTS, NULL, RD, "r8", "annual_tests", "points > 1", "9", "2" },
		"has no value from 9 to 2" },
	{ { RD_FACTS, NULL, RD, "r8", "orphan_designated", "points > 1", "true",
		  NULL },
		"it has words, and no order" },
	{ { RD_FACTS, NULL, RD, "r8", "name", "points > 1", NULL, NULL },
		"does not read name" },
	{ { SIMILAR, NULL, "similar_category_price", "r8", "premiums={}",
		  "price > 1", NULL, NULL },
		"between the braces of premiums stands no number" },
	{ { SIMILAR, NULL, "similar_category_price", "r8", "similar_price={}",
		  "price > 1", NULL, NULL },
		"between the braces of similar_price stands no number" },
	{ { SIMILAR, NULL, "similar_category_price", "r8",
		  "premiums=improvement:5", "price > 1", NULL, NULL },
		"write {} where the number stands" },
	{ { SIMILAR, NULL, "similar_category_price", "r8", "field_prices",
		  "price > 1", NULL, NULL },
		"is no number, date, word or yes/no" },
};

Test(solve, wrong_questions)
{
	struct solving solving;

	solving_open(&solving);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		shk_diag diag = { 0 };

		cr_expect_eq(solving_solve(&solving, &wrong[i].question, &diag),
			SHK_E_USAGE, "row %zu", i);
		cr_expect(strstr(diag.message, wrong[i].said) != NULL,
			"row %zu: %s", i, diag.message);
		cr_expect(solving.solution == NULL);
	}
	solving_close(&solving);
}

/* half_up(1000000 / pieces) */
static int64_t piece_price(int64_t pieces)
{
	return (2000000 + pieces) / (2 * pieces);
}

#define PIECES "set_price=1000000;pieces=7"

/*
 * A condition that changes at as many values as a solution tells, and at one
 * more: what is even changes with the price of one piece.
 */
Test(solve, ceiling_of_pieces)
{
	char to[32];
	struct solving_question question = { PIECES, NULL, "price_rounding",
		"r8", "pieces", "even(piece_price)", "1", to };
	struct solving solving;
	shk_diag diag = { 0 };
	int64_t at = 1;

	for (int pieces = 1;; at++) {
		bool changes = piece_price(at) % 2 != piece_price(at + 1) % 2;

		if (changes && pieces++ == SHK_SOLVE_PIECES_MAX)
			break;
	}
	solving_open(&solving);
	snprintf(to, sizeof(to), "%d", (int)at);
	cr_assert_eq(solving_solve(&solving, &question, &diag), SHK_OK, "%s",
		diag.message);
	cr_expect_eq(solving.solution->count, (size_t)SHK_SOLVE_PIECES_MAX);
	cr_expect(shk_solution_proved(solving.solution));
	snprintf(to, sizeof(to), "%d", (int)at + 1);
	cr_expect_eq(solving_solve(&solving, &question, &diag), SHK_E_LIMIT);
	cr_expect(strstr(diag.message, "--within") != NULL);
	solving_close(&solving);
}

/*
 * Nothing but single values decides `modulo`: n of them are 2n - 1 stretches.
 */
Test(solve, ceiling_of_stretches)
{
	struct solving_question question = { PIECES, NULL, "price_rounding",
		"r8", "pieces", "modulo(piece_price, 1) > 0", "1", "10000" };
	struct solving solving;

	cr_assert_eq(SHK_SOLVE_CELLS_MAX, 20000);
	solving_open(&solving);
	cr_expect_str_eq(solving_say(&solving, &question), "fails [1 10000]");
	cr_expect(shk_solution_proved(solving.solution));
	question.to = "10001";
	cr_expect_str_eq(solving_say(&solving, &question),
		"fails [1 10000]; open [10001 10001]");
	cr_expect(!shk_solution_proved(solving.solution));
	cr_expect_eq(shk_solution_count(solving.solution, SHK_SOLVE_OPEN), 1);
	solving_close(&solving);
}
