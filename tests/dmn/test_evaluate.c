/*
 * Evaluating: what is evaluated and what is not, citations on the path,
 * unknown facts, coercion, and the events of the trace.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "helper.h"

TestSuite(dmn_evaluate, .init = folder_open, .fini = folder_close);

/* Two ways to c; only the way that x takes is evaluated. */
/* clang-format off */
static const char branches[] =
	HEAD TYPE("t_x", "number", "[0..10]") INPUT("x", "t_x") INPUT("y",
	"number") "<decision id='d_low' name='low'>" CITE("S001", "E0")
	"<variable name='low' typeRef='number'/>" NEEDS_INPUT("y") LITERAL(
	"y + 1") "</decision>\n<decision id='d_high' name='high'>" CITE("S002",
	"E2") "<variable name='high' typeRef='number'/>" NEEDS_INPUT("y")
	LITERAL("y + 2") "</decision>\n<decision id='d_c' name='c'>" CITE(
	"S003", "E1") "<variable name='c' typeRef='number'/>" NEEDS_INPUT("x")
	NEEDS("low") NEEDS("high") LITERAL("if x &lt; 5 then low else high + "
	"high") "</decision>\n" TAIL;
/* clang-format on */

struct log {
	char text[1024];
	size_t size;
	unsigned cuts;
};

static void write_event(void *context, const struct dmn_event *event)
{
	static const char *const words[] = { "enter", "leave", "read", "again",
		"step" };
	struct log *log = context;

	log->size += (size_t)snprintf(log->text + log->size,
		sizeof(log->text) - log->size, "%s %u%s%s;", words[event->kind],
		event->slot, event->kind == DMN_LEAVE ? " " : "",
		event->kind == DMN_LEAVE ? printed(&event->value) : "");
}

static void count_cut(void *context, unsigned slot, const struct feel_value *at)
{
	struct log *log = context;

	(void)slot;
	(void)at;
	log->cuts++;
}

static bool cites(const struct dmn_graph *graph, const struct dmn_marks *marks,
	const char *source)
{
	for (size_t i = 0; i < graph->mark_count; i++)
		if (dmn_marks_has(marks, (uint32_t)i) &&
			strcmp(graph->marks[i].cites[0].source, source) == 0)
			return true;
	return false;
}

static struct dmn_marks path_of(struct dmn_evaluator *evaluator,
	const struct dmn_graph *graph, const char *name)
{
	struct dmn_marks marks = { { 0 } };
	struct feel_value value;
	shk_diag diag = { 0 };

	cr_assert_eq(dmn_evaluate(evaluator, slot_of(graph, name), &value,
			     &marks, &diag),
		SHK_OK, "%s", diag.message);
	return marks;
}

Test(dmn_evaluate, only_what_is_needed_in_order)
{
	struct dmn_graph *graph = load_text(branches);
	struct dmn_evaluator *evaluator = evaluator_of(graph);
	struct log log = { .size = 0 };
	struct dmn_listener listener = {
		.context = &log, .cut = count_cut, .event = write_event
	};
	struct dmn_marks marks;

	dmn_listen(evaluator, &listener);
	give(evaluator, graph, "x", number("7"));
	give(evaluator, graph, "y", number("3"));
	cr_assert_str_eq(value_text(evaluator, graph, "c"), "10");
	/* slots: x 0, y 1, low 2, high 3, c 4 */
	cr_assert_str_eq(log.text,
		"enter 4;read 0;enter 3;read 1;leave 3 5;again 3;leave 4 10;");
	dmn_listen(evaluator, NULL);
	marks = path_of(evaluator, graph, "c");
	cr_assert(cites(graph, &marks, "S002"));
	cr_assert(cites(graph, &marks, "S003"));
	cr_assert_not(cites(graph, &marks, "S001"));
	dmn_evaluator_free(evaluator);
	dmn_graph_free(graph);
}

Test(dmn_evaluate, marks_are_kept_with_the_value)
{
	struct dmn_graph *graph = load_text(branches);
	struct dmn_evaluator *evaluator = evaluator_of(graph);
	struct dmn_marks first;
	struct dmn_marks again;

	give(evaluator, graph, "x", number("1"));
	give(evaluator, graph, "y", number("3"));
	/* `low` has been evaluated before `c` reads it */
	first = path_of(evaluator, graph, "low");
	cr_assert(cites(graph, &first, "S001"));
	cr_assert_not(cites(graph, &first, "S003"));
	first = path_of(evaluator, graph, "c");
	again = path_of(evaluator, graph, "c");
	cr_assert(cites(graph, &first, "S001"));
	cr_assert(cites(graph, &first, "S003"));
	cr_assert_not(cites(graph, &first, "S002"));
	cr_assert_arr_eq(first.bits, again.bits, sizeof(first.bits));
	dmn_evaluator_free(evaluator);
	dmn_graph_free(graph);
}

Test(dmn_evaluate, facts_given_and_taken)
{
	struct dmn_graph *graph = load_text(branches);
	struct dmn_evaluator *evaluator = evaluator_of(graph);
	struct dmn_marks marks;
	struct feel_value value = number("40");

	give(evaluator, graph, "x", number("1"));
	give(evaluator, graph, "y", number("3"));
	cr_assert_str_eq(value_text(evaluator, graph, "c"), "4");
	/* another fact: values made of the old one are gone */
	give(evaluator, graph, "y", number("4"));
	cr_assert_str_eq(value_text(evaluator, graph, "c"), "5");
	/* a decision in place of evaluating it; its mark goes on the path */
	dmn_give(evaluator, slot_of(graph, "low"), &value,
		graph->slots[slot_of(graph, "high")].mark);
	cr_assert_str_eq(value_text(evaluator, graph, "c"), "40");
	marks = path_of(evaluator, graph, "c");
	cr_assert(cites(graph, &marks, "S002"));
	cr_assert_not(cites(graph, &marks, "S001"));
	dmn_take(evaluator, slot_of(graph, "low"));
	cr_assert_str_eq(value_text(evaluator, graph, "c"), "5");
	dmn_forget(evaluator);
	cr_assert_str_eq(value_text(evaluator, graph, "c"), "5");
	dmn_clear(evaluator);
	give(evaluator, graph, "x", number("1"));
	cr_assert_str_eq(value_text(evaluator, graph, "c"), "unknown");
	dmn_evaluator_free(evaluator);
	dmn_graph_free(graph);
}

Test(dmn_evaluate, unknown_facts_and_cuts)
{
	struct dmn_graph *graph = load_text(branches);
	struct dmn_evaluator *evaluator = evaluator_of(graph);
	struct log log = { .size = 0 };
	struct dmn_listener listener = { .context = &log, .cut = count_cut };
	struct dmn_marks marks = { { 0 } };
	struct feel_value value;
	shk_diag diag = { 0 };

	dmn_listen(evaluator, &listener);
	give(evaluator, graph, "y", number("3"));
	cr_assert_eq(dmn_evaluate(evaluator, slot_of(graph, "c"), &value,
			     &marks, &diag),
		SHK_OK);
	cr_assert_eq(value.type, FEEL_UNKNOWN);
	cr_assert(feel_set_has(&value.u.unknown->reasons, slot_of(graph, "x")));
	cr_assert_not(
		feel_set_has(&value.u.unknown->reasons, slot_of(graph, "y")));
	/* low is 4, high + high is 10 */
	cr_assert_eq(value.u.unknown->shape, FEEL_CHOICE);
	cr_assert_eq(value.u.unknown->choice_count, 2);
	/* x < 5 turns at 5; both ways were taken */
	cr_assert_gt(log.cuts, 0);
	cr_assert(cites(graph, &marks, "S001"));
	cr_assert(cites(graph, &marks, "S002"));
	/* outside of x's domain nothing turns: 20 is above it */
	give(evaluator, graph, "x", number("20"));
	cr_assert_str_eq(value_text(evaluator, graph, "c"), "10");
	dmn_map_unknown(evaluator, true);
	dmn_take(evaluator, slot_of(graph, "x"));
	cr_assert_str_eq(value_text(evaluator, graph, "x"), "null");
	/* if null then .. else ..: FEEL takes the else branch */
	cr_assert_str_eq(value_text(evaluator, graph, "c"), "10");
	dmn_evaluator_free(evaluator);
	dmn_graph_free(graph);
}

/* clang-format off */
static const char table[] =
	HEAD TYPE("t", "number", "[0..10]") INPUT("x", "t")
	"<decision id='d_a' name='a'><variable name='a' "
	"typeRef='string'/>" NEEDS_INPUT("x") "<decisionTable>"
	INPUT_COLUMN("x") "<output/><rule>" CITE("S001", "E0") IN(
	"&lt; 2") OUT("\"low\"") "</rule><rule>" CITE("S002", "E1") IN
	("[2..5)") OUT("\"mid\"") "</rule><rule>" CITE("S003", "E2")
	IN("&gt;= 5") OUT("\"high\"") "</rule></decisionTable>"
	"</decision>\n" TAIL;
/* clang-format on */

/* Rows that match put their citation on the path, others do not. */
Test(dmn_evaluate, rows_on_the_path)
{
	static const struct {
		const char *x;
		const char *value;
		const char *cited;
	} rows[] = {
		{ "1", "\"low\"", "S001" },
		{ "2", "\"mid\"", "S002" },
		{ "5", "\"high\"", "S003" },
		{ NULL, "unknown", "S001 S002 S003" },
	};
	struct dmn_graph *graph = load_text(table);
	struct dmn_evaluator *evaluator = evaluator_of(graph);

	cr_assert_eq(graph->mark_count, 3);
	cr_assert_eq(graph->marks[1].row, 2);
	cr_assert(text_is(graph->marks[1].owner, "a"));
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct dmn_marks marks;

		dmn_clear(evaluator);
		if (rows[i].x)
			give(evaluator, graph, "x", number(rows[i].x));
		cr_assert_str_eq(value_text(evaluator, graph, "a"),
			rows[i].value, "row %zu", i);
		marks = path_of(evaluator, graph, "a");
		for (size_t k = 0; k < graph->mark_count; k++) {
			const char *source = graph->marks[k].cites[0].source;

			cr_assert_eq(dmn_marks_has(&marks, (uint32_t)k),
				strstr(rows[i].cited, source) != NULL,
				"row %zu, %s", i, source);
		}
	}
	dmn_evaluator_free(evaluator);
	dmn_graph_free(graph);
}

/* A knowledge model is cited where it is called, not where it is known. */
Test(dmn_evaluate, knowledge_is_cited_when_called)
{
	/* clang-format off */
	static const char text[] =
		HEAD INPUT("x", "boolean") "<businessKnowledgeModel id='k_f' "
		"name='f'>" CITE("S001", "E0") "<encapsulatedLogic>" PARAMETER
		("p") LITERAL("p + 1") "</encapsulatedLogic>"
		"</businessKnowledgeModel>\n<decision id='d_a' name='a'>"
		NEEDS_INPUT("x") NEEDS_KNOWLEDGE("f") LITERAL("if x then "
		"f(1) else 0") "</decision>\n" TAIL;
	/* clang-format on */
	struct dmn_graph *graph = load_text(text);
	struct dmn_evaluator *evaluator = evaluator_of(graph);
	struct dmn_marks marks;

	give(evaluator, graph, "x", feel_boolean(true));
	cr_assert_str_eq(value_text(evaluator, graph, "a"), "2");
	marks = path_of(evaluator, graph, "a");
	cr_assert(cites(graph, &marks, "S001"));
	give(evaluator, graph, "x", feel_boolean(false));
	cr_assert_str_eq(value_text(evaluator, graph, "a"), "0");
	marks = path_of(evaluator, graph, "a");
	cr_assert_not(cites(graph, &marks, "S001"));
	dmn_evaluator_free(evaluator);
	dmn_graph_free(graph);
}

/* A row that matches is a step inside of its decision. */
Test(dmn_evaluate, steps_of_the_machine)
{
	struct dmn_graph *graph = load_text(table);
	struct dmn_evaluator *evaluator = evaluator_of(graph);
	struct log log = { .size = 0 };
	struct dmn_listener listener = {
		.context = &log, .cut = NULL, .event = write_event
	};

	dmn_listen(evaluator, &listener);
	give(evaluator, graph, "x", number("3"));
	cr_assert_str_eq(value_text(evaluator, graph, "a"), "\"mid\"");
	/* slots: x 0, a 1 */
	cr_assert_str_eq(log.text, "enter 1;read 0;step 1;leave 1 \"mid\";");
	dmn_evaluator_free(evaluator);
	dmn_graph_free(graph);
}

/* The unknown of a slot has the shape of its domain. */
Test(dmn_evaluate, shapes_of_unknown_inputs)
{
	/* clang-format off */
	static const char text[] =
		HEAD TYPE("t_range", "number", "(0..100]") TYPE("t_word",
		"string", "\"a\",\"b\",\"c\"") TYPE("t_steps", "number", "1,2"
		) TYPE("t_many", "number",
		"5,1,2,3,4,6,7,8,9,10,11,12,13,14,15,16,17") TYPE("t_day",
		"date", "&gt;= date(\"2020-01-01\")") "<itemDefinition "
		"name='t_list' isCollection='true'><typeRef>t_range</typeRef>"
		"</itemDefinition>\n" INPUT("range", "t_range") INPUT("word",
		"t_word") INPUT("steps", "t_steps") INPUT("many", "t_many")
		INPUT("day", "t_day") INPUT("list", "t_list") INPUT("free",
		"number") INPUT("flag", "boolean") INPUT("name", "string")
		TAIL;
	/* clang-format on */
	static const struct {
		const char *name;
		enum feel_shape shape;
		size_t choices;
		bool origin; /* a comparison can tell where it turns */
		const char *low;
		const char *high;
	} rows[] = {
		{ "range", FEEL_INTERVAL, 0, true, "0", "100" },
		{ "word", FEEL_CHOICE, 3, false, NULL, NULL },
		{ "steps", FEEL_CHOICE, 2, true, NULL, NULL },
		{ "many", FEEL_INTERVAL, 0, true, "1", "17" },
		{ "day", FEEL_INTERVAL, 0, true, NULL, "date(\"9999-12-31\")" },
		{ "list", FEEL_ANYTHING, 0, false, NULL, NULL },
		{ "free", FEEL_INTERVAL, 0, true, "null", "null" },
		{ "flag", FEEL_CHOICE, 2, false, NULL, NULL },
		{ "name", FEEL_ANYTHING, 0, false, NULL, NULL },
	};
	struct dmn_graph *graph = load_text(text);
	struct dmn_evaluator *evaluator = evaluator_of(graph);

	for (size_t i = 0; i < COUNT(rows); i++) {
		unsigned slot = slot_of(graph, rows[i].name);
		const struct feel_unknown *unknown;
		struct feel_value value;
		shk_diag diag = { 0 };

		cr_assert_eq(dmn_evaluate(evaluator, slot, &value, NULL, &diag),
			SHK_OK);
		cr_assert_eq(value.type, FEEL_UNKNOWN, "%s", rows[i].name);
		unknown = value.u.unknown;
		cr_assert(feel_set_has(&unknown->reasons, slot));
		cr_assert_eq(unknown->shape, rows[i].shape, "%s", rows[i].name);
		cr_assert_eq(unknown->slot, rows[i].origin ? (int)slot : -1,
			"%s", rows[i].name);
		if (rows[i].shape == FEEL_CHOICE)
			cr_assert_eq(unknown->choice_count, rows[i].choices);
		if (rows[i].origin) {
			cr_assert_eq(num_compare(unknown->slope, NUM_ONE), 0);
			cr_assert(num_is_zero(unknown->offset));
		}
		if (rows[i].low)
			cr_assert_str_eq(printed(&unknown->interval.low),
				rows[i].low, "%s", rows[i].name);
		if (rows[i].high)
			cr_assert_str_eq(printed(&unknown->interval.high),
				rows[i].high, "%s", rows[i].name);
	}
	dmn_evaluator_free(evaluator);
	dmn_graph_free(graph);
}

Test(dmn_evaluate, results_fit_their_type)
{
	/* clang-format off */
	static const char types[] =
		HEAD "<itemDefinition name='t_numbers' isCollection='true'>"
		"<typeRef>number</typeRef></itemDefinition>\n<itemDefinition "
		"name='t_pair'><itemComponent name='a'><typeRef>"
		"number</typeRef></itemComponent><itemComponent name='b' "
		"isCollection='true'><typeRef>t_pair</typeRef>"
		"</itemComponent></itemDefinition>\n<itemDefinition "
		"name='t_pairs' isCollection='true'><typeRef>t_pair</typeRef>"
		"</itemDefinition>\n";
	/* clang-format on */
	static const struct {
		const char *type;
		const char *feel;
		const char *value;
	} rows[] = {
		{ "number", "1", "1" },
		{ "number", "\"a\"", "null" },
		{ "number", "[1]", "1" },
		{ "number", "[1, 2]", "null" },
		{ "number", "[\"a\"]", "null" },
		{ "string", "null", "null" },
		{ "t_numbers", "1", "[1]" },
		{ "t_numbers", "[1, 2]", "[1, 2]" },
		{ "t_numbers", "[1, \"a\"]", "null" },
		{ "t_numbers", "[]", "[]" },
		{ "t_pair", "{a: 1, b: []}", "{a: 1, b: []}" },
		{ "t_pair", "{a: \"x\"}", "null" },
		{ "t_pair", "{a: 1, b: [{a: 2}]}", "{a: 1, b: [{a: 2}]}" },
		{ "t_pair", "{a: 1, b: [{a: \"x\"}]}", "null" },
		{ "t_pairs", "{a: 1}", "[{a: 1}]" },
		{ "list", "1", "[1]" },
		{ "Any", "[1]", "[1]" },
		{ "boolean", "1 &lt; 2", "true" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		char text[2048];
		struct dmn_graph *graph;
		struct dmn_evaluator *evaluator;

		snprintf(text, sizeof(text),
			"%s<decision id='d_a' name='a'><variable name='a' "
			"typeRef='%s'/>" LITERAL("%s") "</decision>" TAIL,
			types, rows[i].type, rows[i].feel);
		graph = load_text(text);
		evaluator = evaluator_of(graph);
		cr_expect_str_eq(value_text(evaluator, graph, "a"),
			rows[i].value, "row %zu: %s as %s", i, rows[i].feel,
			rows[i].type);
		dmn_evaluator_free(evaluator);
		dmn_graph_free(graph);
	}
}

Test(dmn_evaluate, an_unknown_result_stays_unknown)
{
	struct dmn_graph *graph = load_text(HEAD INPUT("x", "Any") DECISION(
		"a", "number", NEEDS_INPUT("x"), LITERAL("x")) TAIL);
	struct dmn_evaluator *evaluator = evaluator_of(graph);

	cr_assert_str_eq(value_text(evaluator, graph, "a"), "unknown");
	dmn_evaluator_free(evaluator);
	dmn_graph_free(graph);
}

Test(dmn_evaluate, allocates_nothing_after_warm_up)
{
	struct dmn_graph *graph = load_text(branches);
	struct dmn_evaluator *evaluator = evaluator_of(graph);
	struct memory_stats stats;

	for (int i = 0; i < 100; i++) {
		struct feel_value value;
		shk_diag diag = { 0 };

		if (i == 2)
			memory_stats_reset();
		dmn_clear(evaluator);
		give(evaluator, graph, "y", number("3"));
		if (i % 2)
			give(evaluator, graph, "x", number("4"));
		cr_assert_eq(dmn_evaluate(evaluator, slot_of(graph, "c"),
				     &value, NULL, &diag),
			SHK_OK);
	}
	stats = memory_stats();
	cr_assert_eq(
		stats.calls, 0, "%lu allocations", (unsigned long)stats.calls);
	dmn_evaluator_free(evaluator);
	dmn_graph_free(graph);
}

Test(dmn_evaluate, no_such_slot)
{
	struct dmn_graph *graph = load_text(branches);
	struct dmn_evaluator *evaluator = evaluator_of(graph);
	struct feel_value value;
	shk_diag diag = { 0 };

	cr_assert_eq(
		dmn_evaluate(evaluator, 99, &value, NULL, &diag), SHK_E_USAGE);
	cr_assert_eq(dmn_slot_find(graph, text_of("z")), -1);
	dmn_evaluator_free(evaluator);
	dmn_graph_free(graph);
}

/* The n-th allocation fails: an error each time, never a leak or a crash. */
Test(dmn_evaluate, out_of_memory)
{
	const char *path = folder_write("m.dmn", branches);
	bool failed = true;

	for (uint64_t nth = 1; failed && nth < 2000; nth++) {
		struct dmn_graph *graph = NULL;
		struct dmn_evaluator *evaluator = NULL;
		struct feel_value value;
		shk_diag diag = { 0 };
		enum shk_code code;

		memory_fail_at(nth, false);
		code = dmn_graph_load(&graph, &path, 1, &diag);
		if (code == SHK_OK)
			code = dmn_evaluator_new(&evaluator, graph, &diag);
		if (code == SHK_OK)
			code = dmn_evaluate(evaluator, 4, &value, NULL, &diag);
		failed = code != SHK_OK;
		memory_fail_at(0, false);
		if (failed)
			cr_assert_eq(code, SHK_E_MEMORY, "allocation %lu: %s",
				(unsigned long)nth, diag.message);
		dmn_evaluator_free(evaluator);
		dmn_graph_free(graph);
	}
	cr_assert_not(failed);
}
