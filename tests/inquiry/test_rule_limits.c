/*
 * More rules bound an answer than are told: the last of them says that there
 * are more. The answer is a sum of parts that all turn at n = 10.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "inquiry/edges.h"
#include "inquiry/question.h"
#include "inquiry/solution.h"
#include "price/made_book.h"
#include "price/pricing.h"

static struct made_book made;
static struct pricing pricing;

static void init(void)
{
	made_init(&made);
}

static void release(void)
{
	made_release(&made);
}

TestSuite(rule_limits, .init = init, .fini = release, .timeout = 60);

/* A part as a table, with a row on each side, or as a formula. */
static void put_part(struct buffer *out, size_t at, bool table)
{
	static const char *const tests[] = { "&lt; 10", "&gt;= 10" };

	buffer_format(out,
		"<decision id=\"d_p%zu\" name=\"p%zu\"><variable name=\"p%zu\" "
		"typeRef=\"Any\"/><informationRequirement><requiredInput "
		"href=\"#i_n\"/></informationRequirement>",
		at, at, at);
	if (!table)
		buffer_text(out, "<literalExpression><text>if n &lt; 10 then 1 "
				 "else 2</text></literalExpression>");
	else
		buffer_format(out,
			"<decisionTable id=\"t%zu\" hitPolicy=\"UNIQUE\">"
			"<input><inputExpression><text>n</text>"
			"</inputExpression></input><output/>",
			at);
	for (size_t i = 0; i < 2 && table; i++)
		buffer_format(out,
			"<rule><extensionElements><cite "
			"xmlns=\"urn:shokan:dmn:1\" source=\"S1\" place=\"L1\" "
			"evidence=\"E1\"/></extensionElements><inputEntry>"
			"<text>%s</text></inputEntry><outputEntry><text>%zu"
			"</text></outputEntry></rule>",
			tests[i], i + 1);
	buffer_format(out, "%s</decision>\n", table ? "</decisionTable>" : "");
}

static void put_sum(struct buffer *out, size_t count)
{
	buffer_text(out, "<decision id=\"d_out\" name=\"out\"><variable "
			 "name=\"out\" typeRef=\"Any\"/>");
	for (size_t i = 0; i < count; i++)
		buffer_format(out,
			"<informationRequirement><requiredDecision "
			"href=\"#d_p%zu\"/></informationRequirement>",
			i);
	buffer_text(out, "<literalExpression><text>0");
	for (size_t i = 0; i < count; i++)
		buffer_format(out, " + p%zu", i);
	buffer_text(out, "</text></literalExpression></decision>\n");
}

static void open_book(size_t count, bool tables)
{
	made_fact(&made, "n", "int", "number");
	for (size_t at = 0; at < 2; at++) {
		for (size_t i = 0; i < count; i++)
			put_part(&made.models[at], i, tables);
		put_sum(&made.models[at], count);
	}
	pricing_open(&pricing, made_write(&made));
	pricing.options.revision = "r1";
	pricing.decision = "out";
}

static void close_book(void)
{
	pricing_close(&pricing);
	release();
	init();
}

/* The rules above the one edge: all are told, or the last is `...`. */
static void expect_edge(size_t count, bool tables, size_t most)
{
	const shk_edges_options options = { .decision = "out", .fact = "n" };
	const struct edges_side *side;
	const shk_edges *edges = NULL;
	shk_pricer *pricer;
	shk_diag diag = { 0 };

	open_book(count, tables);
	pricer = pricing_pricer(&pricing, "");
	cr_assert_eq(shk_edges_find(&edges, pricer,
			     pricing_record(&pricing, "n=3"), &options, &diag),
		SHK_OK, "%s", diag.message);
	cr_assert_eq(edges->fact_count, 1u);
	cr_assert_eq(edges->facts[0].edge_count, 1u);
	side = &edges->facts[0].edges[0].above;
	cr_assert_eq(side->rule_count, count, "%zu", side->rule_count);
	for (size_t i = 0; i < count; i++)
		cr_expect_eq(strcmp(side->rules[i].decision, "...") == 0,
			i == most, "%zu of %zu: %s", i, count,
			side->rules[i].decision);
	shk_pricer_free(pricer);
	close_book();
}

Test(rule_limits, rows_of_an_edge)
{
	expect_edge(EDGES_RULES_MAX, true, EDGES_RULES_MAX);
	expect_edge(EDGES_RULES_MAX + 1, true, EDGES_RULES_MAX);
}

Test(rule_limits, decisions_that_turn_at_an_edge)
{
	expect_edge(QUESTION_OWNERS_MAX, false, QUESTION_OWNERS_MAX);
	expect_edge(QUESTION_OWNERS_MAX + 1, false, QUESTION_OWNERS_MAX);
}

static bool keep(void *context, const char *data, size_t size)
{
	buffer_add(context, data, size);
	return true;
}

/* Every part is 1 below n = 10, and 2 from there on. */
Test(rule_limits, rows_of_an_end)
{
	for (size_t more = 0; more < 2; more++) {
		const char *const decision = "out";
		const shk_solve_options options = { .fact = "n",
			.condition = more ? "out > 9" : "out > 8" };
		const shk_price_options price = { .revision = "r1",
			.decisions = &decision,
			.decision_count = 1 };
		shk_solution *solution = NULL;
		struct buffer out;
		shk_diag diag = { 0 };

		cr_assert_eq(SOLUTION_RULES_MAX, 8);
		open_book(SOLUTION_RULES_MAX + more, true);
		cr_assert_eq(shk_solve(&solution, pricing.book, pricing.schema,
				     &price, pricing_record(&pricing, "n=3"),
				     &options, &diag),
			SHK_OK, "%s", diag.message);
		cr_assert_eq(solution->count, 2u);
		cr_expect_eq(solution->pieces[1].low.rule_count,
			SOLUTION_RULES_MAX + more);
		buffer_init(&out);
		cr_assert_eq(
			shk_solution_report(solution, SHK_SOLUTION_TEXT,
				SHK_ENGLISH, (shk_sink){ &out, keep }, &diag),
			SHK_OK);
		cr_expect_eq(strstr(out.data, "...") != NULL, more != 0, "%s",
			out.data);
		buffer_release(&out);
		shk_solution_free(solution);
		close_book();
	}
}
