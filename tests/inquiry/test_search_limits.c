/*
 * Ceilings of one question about an answer, at each and one past it: past them
 * a look, a piece or a list says that it was stopped.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include <shokan/solve.h>

#include "inquiry/ask.h"
#include "inquiry/condition.h"
#include "inquiry/narrow.h"
#include "inquiry/pieces.h"
#include "inquiry/solution.h"
#include "price/explore.h"
#include "price/made_book.h"
#include "price/pricing.h"

static struct made_book made;
static struct pricing pricing;
static struct question question;
static shk_pricer *pricer;

static void init(void)
{
	made_init(&made);
}

static void release(void)
{
	made_release(&made);
}

TestSuite(search_limits, .init = init, .fini = release, .timeout = 120);

/* The rule "out" of both revisions, which may read every fact so far. */
static void put_out(const char *text)
{
	struct buffer needs;

	buffer_init(&needs);
	buffer_text(&needs, "");
	for (const char *at = made.fields.data;
		(at = strstr(at, "<field name=\"")) != NULL; at++) {
		const char *name = at + strlen("<field name=\"");

		buffer_format(&needs,
			"<informationRequirement><requiredInput "
			"href=\"#i_%.*s\"/></informationRequirement>",
			(int)strcspn(name, "\""), name);
	}
	for (size_t i = 0; i < 2; i++)
		buffer_format(&made.models[i],
			"<decision id=\"d_out\" name=\"out\"><variable "
			"name=\"out\" typeRef=\"Any\"/>%s<literalExpression>"
			"<text>%s</text></literalExpression></decision>\n",
			needs.data, text);
	buffer_release(&needs);
}

static void put_flags(const char *letter, size_t count)
{
	char name[32];

	for (size_t i = 1; i <= count; i++) {
		snprintf(name, sizeof(name), "%s%zu", letter, i);
		made_fact(&made, name, "bool", "boolean");
	}
}

static void open_book(void)
{
	shk_diag diag = { 0 };

	pricing_open(&pricing, made_write(&made));
	pricing.options.revision = "r1";
	pricing.decision = "out";
	pricer = pricing_pricer(&pricing, "");
	cr_assert_eq(question_open(&question, pricer,
			     pricing_record(&pricing, ""), "out", NULL, &diag),
		SHK_OK, "%s", diag.message);
}

static void close_book(void)
{
	question_close(&question);
	shk_pricer_free(pricer);
	pricing_close(&pricing);
	release();
	init();
}

static const struct variable *variable_of(const char *name)
{
	struct variable *list;
	size_t count;

	cr_assert_eq(question_variables(&question, &list, &count), SHK_OK);
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].name, name) == 0)
			return &list[i];
	cr_assert_fail("no %s", name);
	return NULL;
}

/* A look at the answer as it is: was it stopped? */
static bool is_stopped(void)
{
	struct look *look = arena_zeroed(&question.arena, 1, sizeof(*look));

	cr_assert_not_null(look);
	cr_assert_eq(question_look(&question, NULL, NULL, look), SHK_OK);
	return look->stopped;
}

/* `f1 and f2 and ...`: a flag is split inside of the one before it. */
static void put_all_of(struct buffer *text, size_t count)
{
	buffer_clear(text);
	for (size_t i = 1; i <= count; i++)
		buffer_format(text, "%sf%zu", i > 1 ? " and " : "", i);
}

Test(search_limits, facts_split_one_inside_another)
{
	struct buffer text;

	buffer_init(&text);
	for (size_t more = 0; more < 2; more++) {
		size_t count = EXPLORE_DEPTH_MAX - 1 + more;

		put_flags("f", count);
		put_all_of(&text, count);
		put_out(text.data);
		open_book();
		cr_expect_eq(is_stopped(), more != 0, "%zu", count);
		close_book();
	}
	buffer_release(&text);
}

/* Whether an odd number of them holds: 2^(count + 1) - 1 evaluations. */
static void put_odd(struct buffer *text, size_t count)
{
	for (size_t i = 1; i < count; i++)
		buffer_byte(text, '(');
	for (size_t i = 1; i <= count; i++)
		buffer_format(text, "%sf%zu%s", i > 1 ? " != " : "", i,
			i > 1 ? ")" : "");
}

/*
 * 1023 + 511 + 31 evaluations with three flags in front of them and one where
 * nothing is open are 1569; with 16383 and 2047 and a word of three in front
 * 20000, with two flags in front 20001.
 */
Test(search_limits, evaluations)
{
	struct buffer text;

	buffer_init(&text);
	cr_assert_eq(EXPLORE_EVALUATIONS_MAX, 20000);
	for (size_t more = 0; more < 2; more++) {
		buffer_clear(&text);
		if (more)
			put_flags("g", 2);
		else
			made_fact(&made, "w", "enum\" words=\"a b c", "t_word");
		put_flags("h", 3);
		put_flags("f", 13);
		buffer_text(&text, more ? "if g1 then " : "if w = \"a\" then ");
		put_odd(&text, 13);
		buffer_text(&text, more ? " else if g2 then "
					: " else if w = \"b\" then ");
		put_odd(&text, 10);
		buffer_text(&text, " else if h1 then ");
		put_odd(&text, 9);
		buffer_text(&text, " else if h2 then ");
		put_odd(&text, 8);
		buffer_text(&text, " else if h3 then ");
		put_odd(&text, 4);
		buffer_text(&text, " else false");
		for (size_t i = 0; i < 2; i++)
			buffer_text(&made.models[i],
				"<itemDefinition name=\"t_word\"><typeRef>"
				"string</typeRef><allowedValues><text>\"a\","
				"\"b\",\"c\"</text></allowedValues>"
				"</itemDefinition>\n");
		put_out(text.data);
		open_book();
		cr_expect_eq(is_stopped(), more != 0, "%lu evaluations",
			question.evaluations);
		cr_expect_eq(question.evaluations,
			(unsigned long)EXPLORE_EVALUATIONS_MAX + more, "%lu",
			question.evaluations);
		close_book();
	}
	buffer_release(&text);
}

/* Rules that turn at the same numbers: each point counts once a rule. */
static void put_turns(struct buffer *out, const char *name, int most)
{
	buffer_format(out,
		"<decision id=\"d_%s\" name=\"%s\"><variable name=\"%s\" "
		"typeRef=\"Any\"/><informationRequirement><requiredInput "
		"href=\"#i_n\"/></informationRequirement><literalExpression>"
		"<text>sum(for i in 1..%d return if n &gt; i then 1 else 0)"
		"</text></literalExpression></decision>\n",
		name, name, name, most);
}

Test(search_limits, turning_points_of_a_look)
{
	cr_assert_eq(2 * EXPLORE_CUTS_MAX, QUESTION_CUTS_MAX);
	for (size_t more = 0; more < 2; more++) {
		const struct variable *variable;
		struct look *look;

		made_fact(&made, "n", "int", "number");
		for (size_t i = 0; i < 2; i++) {
			struct buffer *out = &made.models[i];

			put_turns(out, "p", EXPLORE_CUTS_MAX);
			put_turns(out, "q", EXPLORE_CUTS_MAX);
			put_turns(out, "r", 1);
			buffer_format(out,
				"<decision id=\"d_out\" name=\"out\"><variable "
				"name=\"out\" typeRef=\"Any\"/>"
				"<informationRequirement><requiredDecision "
				"href=\"#d_p\"/></informationRequirement>"
				"<informationRequirement><requiredDecision "
				"href=\"#d_q\"/></informationRequirement>"
				"<informationRequirement><requiredDecision "
				"href=\"#d_r\"/></informationRequirement>"
				"<literalExpression><text>p + q%s</text>"
				"</literalExpression></decision>\n",
				more ? " + r" : "");
		}
		open_book();
		variable = variable_of("n");
		look = arena_zeroed(&question.arena, 1, sizeof(*look));
		cr_assert_not_null(look);
		cr_assert_eq(question_look(&question, variable,
				     &variable->range, look),
			SHK_OK);
		cr_expect_eq(look->cut_count, (size_t)QUESTION_CUTS_MAX, "%zu",
			look->cut_count);
		cr_expect_eq(look->stopped, more != 0);
		close_book();
	}
}

Test(search_limits, names_that_leave_an_answer_open)
{
	struct buffer text;

	buffer_init(&text);
	for (size_t more = 0; more < 2; more++) {
		static struct narrow_names names;

		put_flags("f", NARROW_NAMES_MAX + more);
		put_all_of(&text, NARROW_NAMES_MAX + more);
		put_out(text.data);
		open_book();
		/* which loads the facts */
		is_stopped();
		cr_assert_eq(narrow_find(&question, &names), SHK_OK);
		cr_expect_eq(names.count, (size_t)NARROW_NAMES_MAX, "%zu",
			names.count);
		cr_expect_eq(names.dropped, more != 0);
		close_book();
	}
	buffer_release(&text);
}

/* Sets of twelve facts are looked at one by one; of thirteen the whole is thinned
   out, and it is said. */
Test(search_limits, facts_of_sets)
{
	struct buffer text;

	buffer_init(&text);
	for (size_t more = 0; more < 2; more++) {
		const shk_ask *ask = NULL;
		shk_diag diag = { 0 };

		put_flags("f", ASK_FACTS_MAX + more);
		put_all_of(&text, ASK_FACTS_MAX + more);
		put_out(text.data);
		open_book();
		cr_assert_eq(
			shk_ask_find(&ask, pricer, pricing_record(&pricing, ""),
				"out", NULL, &diag),
			SHK_OK, "%s", diag.message);
		cr_expect_eq(strcmp(ask->why, "many_facts") == 0, more != 0,
			"%s", ask->why);
		cr_expect_not(more && shk_ask_complete(ask));
		close_book();
	}
	buffer_release(&text);
}

/* The pieces of n from 0 to `most`, of an answer that is `text`. */
static void make_pieces(const char *text, int most, struct pieces *pieces)
{
	buffer_format(&made.fields,
		"<field name=\"n\" type=\"int\" min=\"0\" max=\"%d\" ja=\"x\" "
		"en=\"x\"/>\n",
		most);
	for (size_t i = 0; i < 2; i++)
		buffer_text(&made.models[i],
			"<inputData id=\"i_n\" name=\"n\"><variable name=\"n\" "
			"typeRef=\"number\"/></inputData>\n");
	put_out(text);
	open_book();
	cr_assert_eq(pieces_make(&question, variable_of("n"), pieces), SHK_OK);
}

static size_t pieces_open(const struct pieces *pieces, enum piece_open open)
{
	size_t count = 0;

	for (size_t i = 0; i < pieces->count; i++)
		count += pieces->items[i].open == open;
	return count;
}

/* What turns by something without order is looked at number by number. */
Test(search_limits, values_one_by_one)
{
	static const char odd[] = "if modulo(n, 2) = 0 then 1 else 2";

	for (int more = 0; more < 2; more++) {
		struct pieces pieces;

		make_pieces(odd, PIECES_SHAPELESS_MAX + more, &pieces);
		cr_expect_eq(pieces_open(&pieces, PIECE_SHAPELESS),
			(size_t)more, "%zu", pieces.count);
		cr_expect_eq(pieces_open(&pieces, PIECE_KNOWN),
			more ? 0u : PIECES_SHAPELESS_MAX + 1u, "%zu",
			pieces.count);
		close_book();
	}
}

/* The interval of n does not tell what n * n - n * n is: every n is a piece. */
Test(search_limits, pieces)
{
	for (int more = 0; more < 2; more++) {
		struct pieces pieces;

		make_pieces("if n * n - n * n &gt; 1 then 1 else 2",
			PIECES_MAX - 1 + more, &pieces);
		cr_expect_eq(pieces_open(&pieces, PIECE_KNOWN),
			(size_t)PIECES_MAX, "%zu", pieces.count);
		cr_expect_eq(pieces_open(&pieces, PIECE_CEILING), (size_t)more,
			"%zu", pieces.count);
		close_book();
	}
}

static void no_cut(void *context, unsigned slot, const struct feel_value *at)
{
	(void)context;
	(void)slot;
	(void)at;
}

/* None of six outputs is above 0, whichever of them are there: then the rest
   of `and` does not matter. Of seven both are possible. */
Test(search_limits, outputs_that_may_be_there)
{
	static struct rulebook_output outputs[CONDITION_MAYBE_MAX + 1];
	static const char *const names[] = { "o1", "o2", "o3", "o4", "o5", "o6",
		"o7" };
	const struct feel_value value = feel_number(num_from_int(-1));
	struct buffer text;

	cr_assert_eq(CONDITION_MAYBE_MAX, 6);
	buffer_init(&text);
	for (size_t more = 0; more < 2; more++) {
		size_t count = CONDITION_MAYBE_MAX + more;
		struct rulebook_decision decision = { .output_count = count,
			.outputs = outputs };
		struct condition_truth truth;
		struct condition *condition;
		shk_diag diag = { 0 };

		buffer_clear(&text);
		for (size_t i = 0; i < count; i++) {
			outputs[i].name = names[i];
			buffer_format(
				&text, "%s%s > 0", i ? " and " : "", names[i]);
		}
		cr_assert_eq(condition_new(&condition, &decision, text.data,
				     no_cut, NULL, &diag),
			SHK_OK, "%s", diag.message);
		for (size_t i = 0; i < count; i++)
			cr_assert_eq(condition_bind(
					     condition, i, &value, true, &diag),
				SHK_OK);
		condition_bind_status(condition, &value);
		cr_assert_eq(
			condition_evaluate(condition, &truth, &diag), SHK_OK);
		cr_expect(truth.no);
		cr_expect(truth.absent);
		cr_expect_eq(truth.yes, more != 0);
		condition_free(condition);
	}
	buffer_release(&text);
}

/* The end of out > 1 for out = n * `times` / 10000. */
static const char *fraction_of(const char *text, shk_solution **solution)
{
	const char *const decision = "out";
	const shk_solve_options options = { .fact = "x",
		.condition = "out > 10000" };
	const shk_price_options price = {
		.revision = "r1", .decisions = &decision, .decision_count = 1
	};
	shk_diag diag = { 0 };

	made_fact(&made, "x", "dec", "number");
	put_out(text);
	open_book();
	cr_assert_eq(shk_solve(solution, pricing.book, pricing.schema, &price,
			     pricing_record(&pricing, "x=1"), &options, &diag),
		SHK_OK, "%s", diag.message);
	cr_assert_eq((*solution)->count, 2u);
	return (*solution)->pieces[1].low.fraction;
}

/* x > 10000/9999, and x > 10000/10007: neither has an end of few digits. */
Test(search_limits, fraction_of_an_end)
{
	shk_solution *solution = NULL;

	cr_expect_str_eq(fraction_of("x * 9999", &solution), "10000/9999");
	shk_solution_free(solution);
	close_book();
	cr_expect_str_eq(fraction_of("x * 10007", &solution), "");
	shk_solution_free(solution);
	close_book();
}

/* So many turning points of one asking are kept; the others are found when
   what lies between is asked: nothing is lost. */
Test(search_limits, turning_points_of_one_asking)
{
	for (int more = 0; more < 2; more++) {
		const char *const decision = "out";
		const shk_solve_options options = { .fact = "n",
			.condition = "modulo(out, 2) = 0" };
		const shk_price_options price = { .revision = "r1",
			.decisions = &decision,
			.decision_count = 1 };
		shk_solution *solution = NULL;
		char text[96];
		shk_diag diag = { 0 };

		snprintf(text, sizeof(text),
			"sum(for i in 1..%d return if n &gt; i then 1 else 0)",
			64 + more);
		made_fact(&made, "n", "int", "number");
		put_out(text);
		open_book();
		cr_assert_eq(shk_solve(&solution, pricing.book, pricing.schema,
				     &price, pricing_record(&pricing, "n=1"),
				     &options, &diag),
			SHK_OK, "%s", diag.message);
		cr_expect_eq(solution->count, 65u + (unsigned)more);
		cr_expect(solution->proved);
		shk_solution_free(solution);
		close_book();
	}
}
