/*
 * Knowledge models that are declared monotone: an argument between two bounds
 * gives a result between two bounds, and the models of the rules keep what
 * they declare.
 */
#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>

#include "dmn/helper.h"

#define MONOTONE "<extensionElements><shk:monotone/></extensionElements>"

/* Tens from 100 on: two cases, so that plain FEEL would give two intervals. */
static const char model[] = HEAD TYPE("t_amount", "number", "[40..260]") INPUT(
	"amount", "t_amount") INPUT("word",
	"string") "<businessKnowledgeModel id='k_tens' "
		  "name='tens'>" MONOTONE
		  "<encapsulatedLogic><formalParameter name='x'/>"
		  "<formalParameter name='mode'/>" LITERAL(
			  "if mode = \"none\" then x else if x &lt; "
			  "100 then "
			  "round half up(x, 0) else round half up(x, "
			  "-1)") "</encapsulatedLogic></"
				 "businessKnowledgeModel>\n" DECISION("price",
					 "number",
					 NEEDS_INPUT("amount") NEEDS_INPUT(
						 "word") NEEDS_KNOWLEDGE("ten"
									 "s"),
					 LITERAL("tens(amount, word)"))
					 DECISION("half", "number",
						 NEEDS_INPUT("amount")
							 NEEDS_KNOWLEDGE("ten"
									 "s"),
						 LITERAL("tens(amount "
							 "/ 2, \"\")")) TAIL;

static unsigned cuts;

static void on_cut(void *context, unsigned slot, const struct feel_value *at)
{
	(void)context;
	(void)slot;
	(void)at;
	cuts++;
}

Test(monotone, known_arguments_are_plain_calls, .init = folder_open,
	.fini = folder_close)
{
	static const struct {
		const char *amount, *word, *want;
	} rows[] = {
		{ "99.5", "", "100" },
		{ "99.4", "", "99" },
		{ "104", "", "100" },
		{ "105", "", "110" },
		{ "105", "none", "105" },
	};
	struct dmn_graph *graph = load_text(model);
	struct dmn_evaluator *evaluator = evaluator_of(graph);

	for (size_t i = 0; i < COUNT(rows); i++) {
		dmn_clear(evaluator);
		give(evaluator, graph, "amount", number(rows[i].amount));
		give(evaluator, graph, "word",
			feel_string(rows[i].word, strlen(rows[i].word)));
		cr_assert_str_eq(value_text(evaluator, graph, "price"),
			rows[i].want, "%s", rows[i].amount);
	}
	dmn_evaluator_free(evaluator);
	dmn_graph_free(graph);
}

Test(monotone, an_interval_gives_an_interval_and_no_turning_point,
	.init = folder_open, .fini = folder_close)
{
	struct dmn_graph *graph = load_text(model);
	struct dmn_evaluator *evaluator = evaluator_of(graph);
	struct dmn_listener listener = { .cut = on_cut };
	struct feel_value value;
	shk_diag diag = { 0 };

	dmn_listen(evaluator, &listener);
	give(evaluator, graph, "word", feel_string("", 0));
	cuts = 0;
	cr_assert_eq(dmn_evaluate(evaluator, slot_of(graph, "price"), &value,
			     NULL, &diag),
		SHK_OK);
	cr_assert_eq(value.type, FEEL_UNKNOWN);
	cr_assert_eq(value.u.unknown->shape, FEEL_INTERVAL);
	cr_assert_str_eq(printed(&value.u.unknown->interval.low), "40");
	cr_assert_str_eq(printed(&value.u.unknown->interval.high), "260");
	cr_assert(feel_set_has(
		&value.u.unknown->reasons, slot_of(graph, "amount")));
	/* 20 to 130: the bounds are rounded in different ways. */
	cr_assert_eq(dmn_evaluate(evaluator, slot_of(graph, "half"), &value,
			     NULL, &diag),
		SHK_OK);
	cr_assert_str_eq(printed(&value.u.unknown->interval.low), "20");
	cr_assert_str_eq(printed(&value.u.unknown->interval.high), "130");
	cr_assert_eq(cuts, 0u);
	dmn_evaluator_free(evaluator);
	dmn_graph_free(graph);
}

/*
 * round3 of a revision's common.dmn, asked through a model that only imports
 * it: around every change of the unit, it never falls.
 */
static void never_falls(const char *revision)
{
	char text[2048];
	struct dmn_graph *graph;
	struct dmn_evaluator *evaluator;
	struct feel_value rounded, before = { 0 };
	shk_diag diag = { 0 };
	num unit = NUM_ONE;
	int order;

	snprintf(text, sizeof(text),
		HEAD
		"<import name='c' namespace='urn:shokan:rules:%s:common' "
		"locationURI='../.." SOURCE_FOLDER
		"/rules/%s/common.dmn' importType='" MODEL_SPACE
		"'/>\n" INPUT("amount",
			"number") "<decision id='d' "
				  "name='d'>" NEEDS_INPUT(
					  "amount") "<knowledge"
						    "Requiremen"
						    "t><"
						    "requiredKn"
						    "owledge "
						    "href='urn:"
						    "shokan:"
						    "rules:%s:"
						    "common#"
						    "round3'/>"
						    "</"
						    "knowledgeR"
						    "equirement"
						    ">" LITERAL("c."
								"ro"
								"un"
								"d3"
								"(a"
								"mo"
								"un"
								"t"
								")") "</"
								     "decision>"
								     "\n" TAIL,
		revision, revision, revision);
	graph = load_text(text);
	evaluator = evaluator_of(graph);
	for (int power = 0; power < 20; power++) {
		for (int64_t step = 90; step <= 1010; step++) {
			num amount = num_divide(
				num_multiply(num_from_int(step), unit, NULL),
				num_from_int(100), NULL);

			dmn_clear(evaluator);
			give(evaluator, graph, "amount", feel_number(amount));
			cr_assert_eq(
				dmn_evaluate(evaluator, slot_of(graph, "d"),
					&rounded, NULL, &diag),
				SHK_OK);
			cr_assert_eq(rounded.type, FEEL_NUMBER, "%s",
				printed(&rounded));
			if (before.type == FEEL_NUMBER && step > 90)
				cr_assert(
					feel_order(&before, &rounded, &order) &&
						order <= 0,
					"power %d, step %d", power, (int)step);
			before = rounded;
		}
		unit = num_multiply(unit, num_from_int(10), NULL);
	}
	dmn_evaluator_free(evaluator);
	dmn_graph_free(graph);
}

Test(monotone, rounding_of_prices_never_falls, .init = folder_open,
	.fini = folder_close)
{
	never_falls("r6");
	never_falls("r8");
}
