/*
 * Edges against brute force: every whole number of a range, or a dense scan of
 * an amount, is put into the record and priced in the ordinary way; what the
 * edges say of that value must be the answer. Between two edges whose sides do
 * not move, nothing may change, and at each edge something must.
 */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "inquiry/edges.h"
#include "inquiry/question.h"
#include "price/pricing.h"
#include "price/vectors.h"

static struct pricing pricing;
static shk_pricer *pricer;

static void open_rules(void)
{
	pricing_open(&pricing, SOURCE_FOLDER "/rules");
	pricing.options.revision = "r8";
	pricing.parts = "l";
}

static void close_rules(void)
{
	pricing_close(&pricing);
}

TestSuite(edges, .init = open_rules, .fini = close_rules);

static const struct shk_edges *find(const char *record, const char *fact)
{
	shk_edges_options options = { .decision = pricing.decision,
		.fact = fact };
	const shk_edges *edges = NULL;
	shk_diag diag = { 0 };

	cr_assert_eq(shk_edges_find(&edges, pricer,
			     pricing_record(&pricing, record), &options, &diag),
		SHK_OK, "%s of %s: %s", fact, record, diag.message);
	return edges;
}

/* In the words of pricing_say's `l`. */
static void say_side(const struct edges_side *side, struct buffer *out)
{
	static const char *const statuses[] = { "determined", "undetermined",
		"not_applicable", "conflict", "error" };

	buffer_clear(out);
	if (side->refused)
		buffer_text(out, "error:inconsistent");
	for (size_t i = 0; i < side->outcome_count; i++) {
		const struct price_outcome *outcome = &side->outcomes[i];

		if (i)
			buffer_byte(out, '|');
		if (outcome->status != SHK_DETERMINED)
			buffer_format(out, "%s:%s", statuses[outcome->status],
				outcome->reason);
		else if (outcome->value.kind == PRICE_UNKNOWN)
			buffer_byte(out, '*');
		else
			vectors_say(&outcome->value, out);
	}
}

static num number_of(const struct price_value *value)
{
	return value->kind == PRICE_DATE ? num_from_int(value->u.days)
					 : value->u.number;
}

/* The side that speaks for `at`. */
static const struct edges_side *side_at(
	const struct edges_fact *fact, const struct edges_side *now, num at)
{
	const struct edges_side *side =
		fact->edge_count ? &fact->edges[0].below : now;

	for (size_t i = 0; i < fact->edge_count; i++) {
		const struct edges_edge *edge = &fact->edges[i];
		int order = num_compare(number_of(&edge->at), at);

		if (order == 0 && edge->on.present)
			return &edge->on;
		if (order < 0)
			side = &edge->above;
	}
	return side;
}

/* A moving answer: some number inside of what it moves among. */
static bool is_inside(const struct edges_side *side, const char *said)
{
	const struct price_value *value;
	num number;

	/* ends are told as what they are there: no interval to be inside of */
	if (side->outcome_count != 1 ||
		side->outcomes[0].value.kind != PRICE_INTERVAL)
		return true;
	value = &side->outcomes[0].value;
	if (num_parse(said, strlen(said), false, &number) != NUM_PARSED)
		return false;
	return (value->items[0].kind == PRICE_NULL ||
		       num_compare(value->items[0].u.number, number) <= 0) &&
	       (value->items[1].kind == PRICE_NULL ||
		       num_compare(number, value->items[1].u.number) <= 0);
}

/* At each edge something changes, and sides that stand still do. */
static void check_minimal(const struct edges_fact *fact)
{
	struct buffer below, on, above;

	buffer_init(&below);
	buffer_init(&on);
	buffer_init(&above);
	for (size_t i = 0; i < fact->edge_count; i++) {
		const struct edges_edge *edge = &fact->edges[i];

		say_side(&edge->below, &below);
		say_side(&edge->on, &on);
		say_side(&edge->above, &above);
		cr_expect(edge->below.moves || edge->above.moves ||
				  edge->below.open || edge->above.open ||
				  strcmp(below.data, above.data) != 0 ||
				  (edge->on.present &&
					  strcmp(on.data, below.data) != 0),
			"%s: nothing changes at edge %zu (%s)", fact->name, i,
			below.data);
		cr_expect(i == 0 || num_compare(number_of(&edge[-1].at),
					    number_of(&edge->at)) <= 0,
			"%s: edges are ascending", fact->name);
	}
	buffer_release(&below);
	buffer_release(&on);
	buffer_release(&above);
}

struct scan {
	const char *decision, *record, *policy, *fact;
	const char *from, *to, *step;
	size_t edges;
	bool complete;
	const char *set; /* of an item of a list: `field=...%...` */
};

static void check_value(const struct scan *scan, const struct edges_side *side,
	const char *text)
{
	struct buffer said, record;
	const char *real;

	buffer_init(&said);
	buffer_init(&record);
	if (scan->set)
		buffer_format(&record, "%s;%.*s%s%s", scan->record,
			(int)strcspn(scan->set, "%"), scan->set, text,
			strchr(scan->set, '%') + 1);
	else
		buffer_format(
			&record, "%s;%s=%s", scan->record, scan->fact, text);
	real = pricing_again(&pricing, pricer, record.data);
	say_side(side, &said);
	if (side->open)
		cr_expect(!scan->complete, "%s at %s", scan->fact, text);
	else if (side->moves)
		cr_expect(is_inside(side, real), "%s at %s: got %s, said %s",
			scan->fact, text, real, said.data);
	else
		cr_expect_str_eq(real, said.data ? said.data : "",
			"%s at %s of %s", scan->fact, text, scan->record);
	buffer_release(&said);
	buffer_release(&record);
}

/* The same question to a pricer of its own: edges live until theirs is used. */
static shk_pricer *another(const shk_pricer *asked)
{
	shk_price_options options = { .revision = "r8",
		.decisions = &pricing.decision,
		.decision_count = 1,
		.policy = asked->policy };
	shk_pricer *out;

	cr_assert_eq(shk_pricer_new(&out, pricing.book, pricing.schema,
			     &options, NULL),
		SHK_OK);
	return out;
}

/* Values are asked again with the edges copied: the pricer is used between. */
static void check_scan(const struct scan *scan)
{
	num at, to, step;
	shk_pricer *asked;
	const struct shk_edges *edges;
	const struct edges_fact *fact;

	pricing.decision = scan->decision;
	pricer = pricing_pricer(&pricing, scan->policy);
	edges = find(scan->record, scan->fact);
	fact = &edges->facts[0];
	cr_assert_eq(edges->fact_count, 1);
	cr_expect_eq(fact->edge_count, scan->edges, "%s of %s: %zu edges",
		scan->fact, scan->record, fact->edge_count);
	cr_expect_eq(fact->complete, scan->complete, "%s of %s: %s", scan->fact,
		scan->record, fact->why);
	check_minimal(fact);
	asked = pricer;
	pricer = another(asked);
	num_parse(scan->from, strlen(scan->from), false, &at);
	num_parse(scan->to, strlen(scan->to), false, &to);
	num_parse(scan->step, strlen(scan->step), false, &step);
	for (; num_compare(at, to) <= 0; at = num_add(at, step, NULL)) {
		char text[NUM_TEXT_MAX];

		num_format(at, text, sizeof(text));
		check_value(scan, side_at(fact, &edges->now, at), text);
	}
	shk_pricer_free(pricer);
	shk_pricer_free(asked);
}

/* Each of the fact's words, priced in the ordinary way. */
static void check_choices(const char *decision, const char *record,
	const char *policy, const char *name)
{
	const struct shk_edges *edges;
	const struct edges_fact *fact;
	shk_pricer *asked;
	struct buffer said, word;

	pricing.decision = decision;
	pricer = pricing_pricer(&pricing, policy);
	asked = another(pricer);
	edges = find(record, name);
	fact = &edges->facts[0];
	buffer_init(&said);
	buffer_init(&word);
	for (size_t i = 0; i < fact->choice_count; i++) {
		const struct edges_choice *choice = &fact->choices[i];
		char text[1024];
		const char *real;

		buffer_clear(&word);
		if (choice->value.kind == PRICE_NULL)
			buffer_text(&word, "none");
		else
			vectors_say(&choice->value, &word);
		snprintf(text, sizeof(text), "%s;%s=%s", record, name,
			word.data);
		real = pricing_again(&pricing, asked, text);
		say_side(&choice->side, &said);
		cr_expect_str_eq(real, said.data, "%s", text);
		say_side(&edges->now, &word);
		cr_expect_eq(choice->changes, strcmp(real, word.data) != 0,
			"%s: changes", text);
	}
	cr_expect_gt(fact->choice_count, 0, "%s has words", name);
	buffer_release(&said);
	buffer_release(&word);
	shk_pricer_free(pricer);
	shk_pricer_free(asked);
}

#define RARE "orphan_designated=true;indication_aid=true;base_points=1235"
#define AID  "orphan_designated=false;indication_aid=true;base_points=1235"
#define SOME "indication_aid=true;base_points=1235"
#define UNPROFITABLE                                                           \
	"requesters=A|B;shares=A:45|B:40|C:15;others_can_cover_single=false;"  \
	"others_can_cover_top2=false;price_extremely_low=true;"                \
	"necessity_particularly_high=true;divergence_large=false;"             \
	"current_price=5200;cost_calculated_price=6000"
#define ABOVE                                                                  \
	"current_price=13600;market_price_taxed=14000;"                        \
	"shares=A:q600|B:q250|C:q150"
#define SINGLE                                                                 \
	"requesters=A;shares=A:q100|B:q50;others_can_cover_single=false;"      \
	"price_extremely_low=true;necessity_particularly_high=true;"           \
	"divergence_large=false;current_price=5200;cost_calculated_price=6000"
#define REVIEW                                                                 \
	"same_category=true;clinical_use_differs_greatly=true;"                \
	"name_or_definition_change=false"

Test(edges, agree_with_every_whole_number)
{
	static const struct scan rows[] = {
		{ "rare_disease_coefficient", RARE ";annual_tests=205", "",
			"annual_tests", "0", "2000", "1", 4, true, NULL },
		{ "rare_disease_coefficient", AID ";annual_tests=205", "",
			"annual_tests", "0", "2000", "1", 5, true, NULL },
		/* whether it is an orphan is not known: sets of outcomes */
		{ "rare_disease_coefficient", SOME ";annual_tests=205", "",
			"annual_tests", "0", "2000", "1", 5, true, NULL },
		{ "rare_disease_coefficient", SOME, "", "annual_tests", "0",
			"2000", "1", 5, true, NULL },
		{ "category_review", REVIEW ";active_products=5", "",
			"active_products", "0", "60", "1", 1, true, NULL },
		{ "category_review", "same_category=true;active_products=5", "",
			"active_products", "0", "60", "1", 1, true, NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check_scan(&rows[i]);
}

Test(edges, agree_with_a_dense_scan_of_amounts)
{
	static const struct scan rows[] = {
		{ "above_price_pattern", ABOVE, "majority_share=60",
			"current_price", "13900", "14100", "0.5", 1, true,
			NULL },
		{ "above_price_pattern", ABOVE, "majority_share=60",
			"market_price_taxed", "13500", "13700", "0.5", 1, true,
			NULL },
		{ "existing_category_revision",
			"current_price=13600;market_price=11000;"
			"category_redrawn=false;is_reprocessed=false",
			"", "current_price", "11000", "14000", "10", 1, true,
			NULL },
		{ "existing_category_revision",
			"current_price=13600;market_price=11000;"
			"category_redrawn=false;is_reprocessed=false",
			"", "market_price", "10000", "14000", "10", 1, true,
			NULL },
		{ "special_depreciation",
			"acquisition_date=2026-09-10;acquisition_price=3200000;"
			"asset_kind=software;support_centre_plan=true;"
			"prefecture_confirmed_before=true",
			"", "acquisition_price", "299990", "300010", "0.5", 1,
			true, NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check_scan(&rows[i]);
}

/* Shares of makers: each item alone; what a list leaves out is unknown. */
Test(edges, agree_with_a_scan_of_items)
{
	static const struct scan rows[] = {
		{ "above_price_pattern", ABOVE, "majority_share=60",
			"shares[1].quantity", "1", "700", "1", 2, true,
			"shares=A:q%|B:q250|C:q150" },
		{ "above_price_pattern", ABOVE, "majority_share=60",
			"shares[2].quantity", "1", "1300", "3", 2, true,
			"shares=A:q600|B:q%|C:q150" },
		{ "above_price_pattern",
			"current_price=13600;market_price_taxed=14000;"
			"shares=A:60|B:25|C:15",
			"majority_share=60", "shares[1].share", "0.5", "60",
			"0.5", 4, false, "shares=A:%|B:25|C:15" },
		/* 30 percent of both: at 150/7, of endless digits */
		{ "unprofitable_recalculation", SINGLE,
			"large_share_single=30;large_share_top2=90",
			"shares[1].quantity", "1", "120", "1", 1, true,
			"shares=A:q%|B:q50" },
		{ "unprofitable_recalculation", SINGLE,
			"large_share_single=30;large_share_top2=90",
			"shares[2].quantity", "1", "400", "1", 1, true,
			"shares=A:q100|B:q%" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check_scan(&rows[i]);
}

/* At most so many facts and items are varied; one more is an error. */
Test(edges, ceiling_of_variables)
{
	static char record[16 * QUESTION_VARIABLES_MAX];
	shk_edges_options options = { .decision = "premium",
		.fact = "field_prices" };
	const shk_edges *edges = NULL;
	shk_diag diag = { 0 };
	size_t size = 0;
	struct record *subject;

	pricing.decision = "premium";
	pricer = pricing_pricer(&pricing, "");
	for (size_t i = 0; i < QUESTION_VARIABLES_MAX; i++)
		size += (size_t)snprintf(record + size, sizeof(record) - size,
			"%s%zu", i ? "|" : "", 1000 + i);
	subject = record_of((shk_record *)(uintptr_t)pricing_record(
		&pricing, "similar_price=100000"));
	cr_assert_eq(record_set(subject, text_of("field_prices"),
			     text_of(record), &diag),
		SHK_OK, "%s", diag.message);
	cr_expect_eq(shk_edges_find(&edges, pricer,
			     (const shk_record *)(const void *)subject,
			     &options, &diag),
		SHK_E_LIMIT);
	cr_expect_not_null(strstr(diag.message, "1024"));
	cr_expect_null(edges);
	shk_pricer_free(pricer);
}

Test(edges, agree_with_every_word)
{
	static const struct {
		const char *decision, *record, *policy, *fact;
	} rows[] = {
		{ "rare_disease_coefficient", RARE ";annual_tests=205", "",
			"orphan_designated" },
		{ "rare_disease_coefficient", AID ";annual_tests=205", "",
			"indication_aid" },
		{ "rare_disease_coefficient", RARE ";annual_tests=205", "",
			"payer_lane" },
		{ "unprofitable_recalculation", UNPROFITABLE, "",
			"others_can_cover_top2" },
		{ "unprofitable_recalculation", UNPROFITABLE, "",
			"others_can_cover_single" },
		{ "unprofitable_recalculation", UNPROFITABLE, "",
			"price_extremely_low" },
		{ "unprofitable_recalculation", UNPROFITABLE, "",
			"necessity_particularly_high" },
		{ "unprofitable_recalculation", UNPROFITABLE, "",
			"divergence_large" },
		{ "unprofitable_recalculation", SINGLE,
			"large_share_single=30;large_share_top2=90",
			"requesters" },
		{ "unprofitable_recalculation",
			"shares=A:45|B:40|C:15;requesters=A|B", "",
			"price_extremely_low" },
		{ "category_review", REVIEW ";active_products=5", "",
			"clinical_use_differs_greatly" },
		{ "category_review", REVIEW ";active_products=0", "",
			"name_or_definition_change" },
		{ "category_review", REVIEW ";active_products=0", "",
			"same_category" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check_choices(rows[i].decision, rows[i].record, rows[i].policy,
			rows[i].fact);
}

/* A day whose year is looked at has no order: it is said, not guessed. */
Test(edges, what_is_not_resolved_is_said)
{
	const struct shk_edges *edges;
	const struct edges_fact *fact;

	pricing.decision = "staged_reduction";
	pricer = pricing_pricer(&pricing, "");
	edges = find("current_price=139000;final_price=92900;"
		     "revision_date=2026-06-01",
		"revision_date");
	cr_assert_eq(edges->fact_count, 1);
	fact = &edges->facts[0];
	cr_expect(!fact->complete);
	cr_expect(!shk_edges_complete(edges));
	cr_expect_str_eq(fact->why, "compared_without_order");
	cr_expect(!fact->moves);
	shk_pricer_free(pricer);
}
