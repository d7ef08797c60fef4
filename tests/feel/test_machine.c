/*
 * The machine on known values: every kind of node, through the parser and the
 * compiler; marks, laziness, ceilings and reentrancy.
 */
#include "feel/feel_run.h"
#include "feel/machine_state.h"

#include <stdio.h>
#include <stdlib.h>

static void check(struct kit *kit, const char *const rows[][2], size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *got = kit_run(kit, rows[i][0]);

		cr_expect_str_eq(got, rows[i][1], "%s\n  gives %s\n  not   %s",
			rows[i][0], got, rows[i][1]);
	}
}

#define CHECK(kit, rows) check(kit, rows, sizeof(rows) / sizeof((rows)[0]))

Test(machine, operators)
{
	static const char *const rows[][2] = {
		{ "1 + 2 * 3", "7" },
		{ "(1 + 2) * 3", "9" },
		{ "10 / 4", "2.5" },
		{ "1 / 0", "null" },
		{ "2 ** 10", "1024" },
		{ "-3 - -4", "1" },
		{ "1 + \"a\"", "null" },
		{ "null + 1", "null" },
		{ "\"a\" + \"b\"", "\"ab\"" },
		{ "0.1 + 0.2 = 0.3", "true" },
		{ "1 = 1.0", "true" },
		{ "1 = \"1\"", "null" },
		{ "1 = null", "false" },
		{ "null = null", "true" },
		{ "null != 1", "true" },
		{ "[1, [2]] = [1, [2]]", "true" },
		{ "{x: 1, y: 2} = {y: 2, x: 1}", "true" },
		{ "{x: 1} = {x: 2}", "false" },
		{ "1 < 2 and 2 <= 2", "true" },
		{ "\"a\" < \"b\"", "true" },
		{ "1 < \"b\"", "null" },
		{ "3 between 1 and 3", "true" },
		{ "4 between 1 and 3", "false" },
		{ "true and null", "null" },
		{ "null and false", "false" },
		{ "false or null", "null" },
		{ "null or true", "true" },
		{ "true and 1", "null" },
		{ "if 1 < 2 then \"y\" else \"n\"", "\"y\"" },
		{ "if null then 1 else 2", "2" },
		{ "if a > 5 then a else -a", "10" },
		{ "if a < 5 then a else -a", "-10" },
		{ "a + b * c", "70" },
	};
	struct kit kit;

	kit_init(&kit);
	kit.slots[0] = feel_number(num_from_int(10));
	kit.slots[1] = feel_number(num_from_int(20));
	kit.slots[2] = feel_number(num_from_int(3));
	CHECK(&kit, rows);
	kit_release(&kit);
}

Test(machine, membership)
{
	static const char *const rows[][2] = {
		{ "1 in [2,3,1]", "true" },
		{ "1 in [[2..4], [1..3]]", "true" },
		{ "5 in [[2..4], [1..3]]", "false" },
		{ "1 in <= 10", "true" },
		{ "2 in (2..4)", "false" },
		{ "4 in (2..4]", "true" },
		{ "10 in (1, < 5, >=10)", "true" },
		{ "10 in (1, 5, 9)", "false" },
		{ "\"A\" in (\"x\", string(a in (? > null)))", "false" },
		{ "5 in (if a in (? > 1) then 5 else 6)", "true" },
		{ "a in [5..15]", "true" },
		{ "\"b\" in [[\"f\"..\"h\"], [\"a\"..\"c\"]]", "true" },
		{ "[1, 2] in [1, 2]", "true" },
		{ "1 in \"a\"", "false" },
		{ "1 in \"1\"", "false" },
		{ "[1..5].start", "1" },
		{ "[1..a] = [1..10]", "true" },
		{ "[1..\"a\"]", "null" },
	};
	struct kit kit;

	kit_init(&kit);
	kit.slots[0] = feel_number(num_from_int(10));
	CHECK(&kit, rows);
	kit_release(&kit);
}

Test(machine, boxed)
{
	static const char *const rows[][2] = {
		{ "{x: 1, y: x + 1, z: x + y}", "{x: 1, y: 2, z: 3}" },
		{ "{x: 1}.x", "1" },
		{ "{x: 1}.y", "null" },
		{ "[{x: 1}, {x: 2}, {y: 3}].x", "[1, 2, null]" },
		{ "[1, 2, 3][2]", "2" },
		{ "[1, 2, 3][-1]", "3" },
		{ "[1, 2, 3][4]", "null" },
		{ "[1, 2, 3][item >= 2]", "[2, 3]" },
		{ "[{p: 1}, {p: 5}][p > 3]", "[{p: 5}]" },
		{ "[{p: 1}, {p: 5}][p > 3].p", "[5]" },
		{ "[{a: 1}, {x: 5}][a = 10]", "[{x: 5}]" },
		{ "{k: 2, l: [1, 2, 3][item > k]}.l", "[3]" },
		{ "{k: 2, l: [[1, 2], [3, 4]][k]}.l", "[3, 4]" },
		{ "5[item > 3]", "[5]" },
		{ "5[1]", "5" },
		{ "date(\"2024-03-05\").month", "3" },
		{ "date(\"2024-03-05\").weekday", "2" },
		{ "1 instance of number", "true" },
		{ "\"a\" instance of number", "false" },
		{ "[1, 2] instance of list<number>", "true" },
		{ "[1, \"a\"] instance of list<number>", "false" },
		{ "{x: 1} instance of context<x: number>", "true" },
	};
	struct kit kit;

	kit_init(&kit);
	kit.slots[0] = feel_number(num_from_int(10));
	CHECK(&kit, rows);
	kit_release(&kit);
}

Test(machine, loops)
{
	static const char *const rows[][2] = {
		{ "for x in [1, 2, 3] return x * x", "[1, 4, 9]" },
		{ "for x in 1..3 return x", "[1, 2, 3]" },
		{ "for x in 3..1 return x", "[3, 2, 1]" },
		{ "for x in 1..2, y in 1..x return x * 10 + y",
			"[11, 21, 22]" },
		{ "for i in 0..4 return if i = 0 then 1 else i * "
		  "partial[-1]",
			"[1, 1, 2, 6, 24]" },
		{ "for x in [] return x", "[]" },
		{ "for x in null return x", "null" },
		{ "for x in 5 return x", "[5]" },
		{ "for x in [1..2] return x", "null" },
		{ "for x in \"a\"..\"c\" return x", "null" },
		{ "for d in date(\"2024-02-28\")..date(\"2024-03-01\") "
		  "return d.day",
			"[28, 29, 1]" },
		{ "some x in [1, 2, 3] satisfies x > 2", "true" },
		{ "some x in [1, 2, 3] satisfies x > 3", "false" },
		{ "every x in [1, 2, 3] satisfies x > 0", "true" },
		{ "every x in [1, 2, 3] satisfies x > 1", "false" },
		{ "some x in [] satisfies true", "false" },
		{ "every x in [] satisfies false", "true" },
		{ "some x in [1, 2], y in [2, 3] satisfies x = y", "true" },
		{ "for x in [1, 2] return for y in [x, 5] return x + y",
			"[[2, 6], [4, 7]]" },
		{ "for x in [1, 2] return [1, 2, 3][item > x]",
			"[[2, 3], [3]]" },
	};
	struct kit kit;

	kit_init(&kit);
	CHECK(&kit, rows);
	kit_release(&kit);
}

Test(machine, functions)
{
	static const char *const rows[][2] = {
		{ "(function(x) x + 1)(2)", "3" },
		{ "{f: function(x, y) x - y, r: f(y: 1, x: 5)}.r", "4" },
		{ "{f: function(n) if n < 2 then 1 else n * f(n - 1), r: "
		  "f(10)}.r",
			"3628800" },
		{ "{k: 3, f: function(x) x * k, r: f(2)}.r", "6" },
		{ "{mk: function(k) function(x) x * k, t: mk(3), r: t(5)}.r",
			"15" },
		{ "for x in [1, 2] return (function(y) x + y)(10)",
			"[11, 12]" },
		{ "{f: function(x) x, r: f(1, 2)}.r", "null" },
		{ "{f: function(x) x, r: f(y: 2)}.r", "null" },
		{ "{f: function(x: number) x, r: f(\"a\")}.r", "null" },
		{ "null(1)", "null" },
		{ "sort([3, 1, 2], function(x, y) x < y)", "[1, 2, 3]" },
		{ "sort([3, 1, 2], function(x, y) x > y)", "[3, 2, 1]" },
		{ "{m: max, r: m([1, 5])}.r", "5" },
	};
	struct kit kit;

	kit_init(&kit);
	CHECK(&kit, rows);
	kit_release(&kit);
}

Test(machine, refused_by_the_compiler)
{
	static const char *const rows[][2] = {
		{ "nonsense + 1", "! nothing is called \"nonsense\" here" },
		{ "abs(1, 2)", "! abs takes 1 to 1 arguments, not 2" },
		{ "substring(string: \"a\")",
			"! substring takes 2 to 3 arguments, not 1" },
		{ "substring(text: \"a\", start position: 1)",
			"! substring takes 2 to 3 arguments, not 2" },
	};
	struct kit kit;

	kit_init(&kit);
	CHECK(&kit, rows);
	cr_expect(kit.diag.code == SHK_E_RULES);
	cr_expect_str_eq(kit.diag.path, "test");
	cr_expect(kit.diag.line == 1);
	kit_release(&kit);
}

Test(machine, slots_are_read_on_the_path_only)
{
	static const struct {
		const char *source;
		unsigned loads[3];
	} rows[] = {
		{ "a > 0 and b > 0", { 1, 1, 0 } },
		{ "a < 0 and b > 0", { 1, 0, 0 } },
		{ "a > 0 or b > 0", { 1, 0, 0 } },
		{ "if a > 0 then b else c", { 1, 1, 0 } },
		{ "if a < 0 then b else c", { 1, 0, 1 } },
		{ "some x in [1, 2] satisfies x = a or b = x", { 1, 0, 0 } },
	};
	struct kit kit;

	kit_init(&kit);
	for (int i = 0; i < 3; i++)
		kit.slots[i] = feel_number(num_from_int(1));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		kit_run(&kit, rows[i].source);
		for (int j = 0; j < 3; j++)
			cr_expect(kit.loads[j] == rows[i].loads[j],
				"%s: slot %d read %u times", rows[i].source, j,
				kit.loads[j]);
	}
	kit_release(&kit);
}

Test(machine, recursion_ends_at_the_ceiling)
{
	static const char deep[] =
		"{f: function(n) if n = 0 then 0 else f(n - 1), r: f(%d)}.r";
	struct kit kit;
	char source[200];

	kit_init(&kit);
	snprintf(source, sizeof(source), deep, FEEL_CALLS_MAX - 1);
	cr_expect_str_eq(kit_run(&kit, source), "0");
	snprintf(source, sizeof(source), deep, FEEL_CALLS_MAX);
	cr_expect_str_eq(kit_run(&kit, source),
		"! more than 200 nested calls of FEEL functions");
	cr_expect(kit.diag.code == SHK_E_LIMIT);
	cr_expect_str_eq(kit_run(&kit, "1 + 1"), "2", "usable afterwards");
	kit_release(&kit);
}

Test(machine, runs_inside_runs)
{
	struct kit kit;

	kit_init(&kit);
	kit.slots[0] = feel_number(num_from_int(2));
	kit.programs[1] = kit_compile(&kit, "for x in [1, 2] return x * a");
	kit.programs[2] = kit_compile(&kit, "sum(b) + b[1]");
	cr_expect_str_eq(
		kit_run(&kit, "[1, 2][item < c] = [1, 2] and c = 8"), "true");
	kit.programs[3] = kit_compile(&kit, "d");
	cr_expect_str_eq(kit_run(&kit, "d"),
		"! programs run inside programs too deeply");
	cr_expect_str_eq(kit_run(&kit, "c"), "8");
	kit.programs[4] = kit_compile(
		&kit, "function(n) if n = 0 then 0 else n + e(n - 1)");
	cr_expect_str_eq(kit_run(&kit, "e(10)"), "55");
	kit_release(&kit);
}

Test(machine, tests_take_the_input)
{
	static const struct {
		const char *tests;
		int input;
		const char *result;
	} rows[] = { { "< 5", 4, "true" }, { "< 5", 5, "false" },
		{ "1, 2, [7..9]", 8, "true" }, { "1, 2, [7..9]", 6, "false" },
		{ "not(1, 2)", 3, "true" }, { "not(1, 2)", 2, "false" },
		{ "-", 3, "true" }, { "? > 3 and ? < 6", 4, "true" },
		{ "? > 3 and ? < 6", 6, "false" }, { "a", 10, "true" },
		{ ">= a", 9, "false" }, { "[1, 4]", 4, "true" } };
	struct kit kit;

	kit_init(&kit);
	kit.slots[0] = feel_number(num_from_int(10));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct feel_program *program =
			kit_compile_tests(&kit, rows[i].tests);
		struct feel_value input =
			feel_number(num_from_int(rows[i].input));
		struct feel_value out;

		cr_assert(program, "%s: %s", rows[i].tests, kit.diag.message);
		feel_run(kit.machine, program, &input, &out, &kit.diag);
		cr_expect_str_eq(kit_text(&kit, &out), rows[i].result,
			"%d under %s", rows[i].input, rows[i].tests);
	}
	kit_release(&kit);
}

Test(machine, unknown_loads_become_null_when_asked)
{
	struct kit kit;

	kit_init(&kit);
	kit_unknown(&kit, 0);
	cr_expect_str_eq(kit_run(&kit, "a + 1"), "unknown");
	feel_machine_map_unknown(kit.machine, true);
	cr_expect_str_eq(kit_run(&kit, "a + 1"), "null");
	cr_expect_str_eq(kit_run(&kit, "a = null"), "true");
	kit_release(&kit);
}

Test(machine, inexact_is_contagious)
{
	static const struct {
		const char *source;
		bool inexact;
	} rows[] = { { "1 / 3", true }, { "1 / 4", false },
		{ "1 / 3 + 1", true }, { "a / 3 * 3", true },
		{ "decimal(a / 3, 2)", false }, { "a / 3 > 1", false },
		{ "max(a / 3, 1)", true }, { "-(a / 3)", true },
		{ "sqrt(2)", true }, { "sqrt(4)", false } };
	struct kit kit;

	kit_init(&kit);
	kit.slots[0] = feel_number(num_from_int(10));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct feel_value value = kit_value(&kit, rows[i].source);

		cr_expect((value.inexact != 0) == rows[i].inexact, "%s",
			rows[i].source);
	}
	kit_release(&kit);
}

Test(machine, roundings_are_told)
{
	static const char *const rows[][2] = {
		{ "decimal(1.25, 1)", "decimal 1.25 1 1.2 " },
		{ "floor(a) + ceiling(a)", "floor 10.5 0 10 "
					   "ceiling 10.5 0 11 " },
		{ "round half up(a, 0)", "round half up 10.5 0 11 " },
		{ "round half down(a, 0)", "round half down 10.5 0 10 " },
		{ "round up(-a, 0)", "round up -10.5 0 -11 " },
		{ "round down(-a, 0)", "round down -10.5 0 -10 " },
		{ "if true then 1 else floor(a)", "" },
	};
	struct kit kit;

	kit_init(&kit);
	kit.slots[0] = kit_value(&kit, "10.5");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *got;

		kit_run(&kit, rows[i][0]);
		got = kit.steps.size ? kit.steps.data : "";
		cr_expect_str_eq(
			got, rows[i][1], "%s tells %s", rows[i][0], got);
	}
	kit_release(&kit);
}

/* Ceilings: the first expression is at one, the second one past it. */
Test(machine, ceilings)
{
	static const struct {
		const char *at;
		const char *past;
		const char *message;
	} rows[] = {
		{ "{f: function(n) for x in [n] return if x = 0 then 0 else "
		  "f(x - 1), r: count(f(127))}.r",
			"{f: function(n) for x in [n] return if x = 0 then 0 "
			"else f(x - 1), r: count(f(128))}.r",
			"! more than 256 loops and tables at work at once" },
		{ "count(for i in 1..1000000 return i)",
			"count(for i in 1..1000001 return i)",
			"! a list passes 1000000 items" },
		{ "count(for i in 1..22 return partial)",
			"count(for i in 1..23 return partial)",
			"! a value passes 4000000 parts" },
		{ "count(for i in 1..300 return if i = 1 then [] else "
		  "[partial[-1]])",
			"count(for i in 1..301 return if i = 1 then [] else "
			"[partial[-1]])",
			"! a value passes 300 levels of lists and contexts" },
		{ "count((for i in 1..300 return if i = 1 then {} else "
		  "context put({}, \"a\", partial[-1]))[-1])",
			"count((for i in 1..301 return if i = 1 then {} else "
			"context put({}, \"a\", partial[-1]))[-1])",
			"! a value passes 300 levels of lists and contexts" },
		{ "string length((for i in 1..21 return if i = 1 then \"x\" "
		  "else partial[-1] + partial[-1])[-1])",
			"string length((for i in 1..22 return if i = 1 then "
			"\"x\" else partial[-1] + partial[-1])[-1])",
			"! a string grows past 1 MiB" },
		{ "{f: function(n) {a: n, b: n, c: n, d: n, e: n, r: if n = 0 "
		  "then 0 else f(n - 1)}.r, r: f(50)}.r",
			"{f: function(n) {a: n, b: n, c: n, d: n, e: n, r: if "
			"n = 0 then 0 else f(n - 1)}.r, r: f(150)}.r",
			"! more than 1024 values on the stack" },
	};
	struct kit kit;

	kit_init(&kit);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *got = kit_run(&kit, rows[i].at);

		cr_expect(got[0] != '!', "%s: %s", rows[i].at, got);
		got = kit_run(&kit, rows[i].past);
		cr_expect_str_eq(
			got, rows[i].message, "%s: %s", rows[i].past, got);
		cr_expect(kit.diag.code == SHK_E_LIMIT);
	}
	kit_release(&kit);
}

/* Parameters of one function, and arguments by name of one call. */
Test(machine, parameters_have_a_ceiling)
{
	struct buffer source;
	struct kit kit;

	kit_init(&kit);
	buffer_init(&source);
	for (int count = FEEL_ARGUMENTS_MAX; count <= FEEL_ARGUMENTS_MAX + 1;
		count++) {
		buffer_clear(&source);
		buffer_text(&source, "{f: function(");
		for (int i = 0; i < count; i++)
			buffer_format(&source, "%sp%d", i ? ", " : "", i);
		buffer_text(&source, ") p0 + p63, r: f(");
		for (int i = 0; i < count; i++)
			buffer_format(
				&source, "%sp%d: %d", i ? ", " : "", i, i);
		buffer_text(&source, ")}.r");
		cr_expect_str_eq(kit_run(&kit, source.data),
			count == FEEL_ARGUMENTS_MAX
				? "63"
				: "! a function has more than 64 parameters");
	}
	buffer_release(&source);
	kit_release(&kit);
}

/* Loops inside of one another in one text; each is one that gathers, too. */
Test(machine, nested_loops_have_a_ceiling)
{
	struct buffer source;
	struct kit kit;

	kit_init(&kit);
	buffer_init(&source);
	for (int count = 15; count <= 16; count++) {
		const char *got;

		buffer_clear(&source);
		for (int i = 0; i < count; i++)
			buffer_format(&source, "for x%d in [1] return ", i);
		buffer_text(&source, "7");
		got = kit_run(&kit, source.data);
		if (count == 15)
			cr_expect_not_null(strstr(got, "[7]"), "%s", got);
		else
			cr_expect_not_null(
				strstr(got, "nested too deeply"), "%s", got);
	}
	buffer_release(&source);
	kit_release(&kit);
}

/* The turns of all loops of one run, counted without turning. */
Test(machine, turns_have_a_ceiling)
{
	struct kit kit;
	struct feel_env *env;

	kit_init(&kit);
	kit_run(&kit, "1");
	env = &kit.machine->env;
	cr_assert_eq(env->failure, SHK_OK);
	kit.machine->turns = 0;
	feel_turn(kit.machine, FEEL_TURNS_MAX);
	cr_expect_eq(env->failure, SHK_OK);
	feel_turn(kit.machine, 1);
	cr_expect_eq(env->failure, SHK_E_LIMIT);
	cr_expect_str_eq(env->why, "the loops of one run pass 100000000 turns");
	kit_release(&kit);
}

static const char working[] =
	"{l: for i in 1..20 return {k: i, s: string(i)}, f: function(x) x.k + "
	"a, r: sum(for x in l[k > 3] return f(x)) + count(sort(l, function(x, "
	"y) x.k > y.k)), m: if b then [a] else {z: c}}";

/* Every allocation may fail: it is told, and the machine goes on. */
Test(machine, out_of_memory_is_told)
{
	struct kit kit;
	const struct feel_program *program;
	enum shk_code code = SHK_E_MEMORY;
	unsigned failures = 0;

	kit_init(&kit);
	kit.slots[0] = feel_number(NUM_ONE);
	kit_unknown(&kit, 1);
	kit_unknown(&kit, 2);
	program = kit_compile(&kit, working);
	cr_assert(program, "%s", kit.diag.message);
	for (unsigned nth = 1; code != SHK_OK && nth < 1000; nth++) {
		struct arena arena;
		struct feel_machine *machine;
		struct feel_value out;

		arena_init(&arena);
		diag_clear(&kit.diag);
		cr_assert(feel_machine_new(&machine, &arena, &kit.host,
				  &kit.diag) == SHK_OK);
		memory_fail_at(nth, true);
		code = feel_run(machine, program, NULL, &out, &kit.diag);
		memory_fail_at(0, false);
		cr_expect(code == SHK_OK || code == SHK_E_MEMORY);
		cr_expect(kit.diag.code == code);
		failures += code != SHK_OK;
		diag_clear(&kit.diag);
		cr_expect(feel_run(machine, program, NULL, &out, &kit.diag) ==
			  SHK_OK);
		cr_expect(out.type == FEEL_CONTEXT);
		feel_machine_free(machine);
		arena_release(&arena);
	}
	cr_expect(code == SHK_OK);
	cr_expect(failures > 0);
	kit_release(&kit);
}

Test(machine, a_warm_run_allocates_nothing)
{
	struct kit kit;
	struct arena arena;
	struct feel_machine *machine;
	const struct feel_program *program;
	struct feel_value out;

	kit_init(&kit);
	arena_init(&arena);
	kit.slots[0] = feel_number(NUM_ONE);
	kit_unknown(&kit, 1);
	kit_unknown(&kit, 2);
	program = kit_compile(&kit, working);
	cr_assert(program);
	feel_machine_new(&machine, &arena, &kit.host, &kit.diag);
	for (int i = 0; i < 3; i++) {
		arena_clear(&arena);
		memory_stats_reset();
		cr_assert(feel_run(machine, program, NULL, &out, &kit.diag) ==
			  SHK_OK);
	}
	cr_expect(memory_stats().calls == 0);
	feel_machine_free(machine);
	arena_release(&arena);
	kit_release(&kit);
}

/* An argument of which some values fit the parameter's type and some do not. */
Test(machine, arguments_that_perhaps_fit)
{
	struct kit kit;

	kit_init(&kit);
	kit_choice(&kit, 0, "[1, \"x\"]");
	cr_expect_eq(kit_value(&kit, "(function(p: number) 7)(a)").type,
		FEEL_UNKNOWN);
	kit_choice(&kit, 0, "[\"y\", \"x\"]");
	cr_expect_str_eq(kit_run(&kit, "(function(p: number) 7)(a)"), "null");
	kit_choice(&kit, 0, "[1, 2]");
	cr_expect_str_eq(kit_run(&kit, "(function(p: number) 7)(a)"), "7");
	kit_release(&kit);
}

/* Whoever tells the machine nothing but values is told nothing: the results
   are those of a host that looks at everything. */
Test(machine, a_host_that_only_loads)
{
	static const char *const rows[] = { "decimal(1.25, 1) + a",
		"if b > 3 then a else 2", "b = 4", "max(a, b)",
		"round half up(b, 0)" };
	struct kit kit;
	struct feel_host host;
	struct feel_machine *machine;

	kit_init(&kit);
	kit.slots[0] = feel_number(NUM_ONE);
	kit_interval(&kit, 1, "[1..9]", true);
	host = (struct feel_host){ .context = &kit, .load = kit.host.load };
	cr_assert_eq(feel_machine_new(&machine, &kit.arena, &host, &kit.diag),
		SHK_OK);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct feel_value told = kit_value(&kit, rows[i]);
		const struct feel_program *program = kit_compile(&kit, rows[i]);
		struct feel_value got;

		cr_assert_eq(feel_run(machine, program, NULL, &got, &kit.diag),
			SHK_OK, "%s", rows[i]);
		cr_expect_str_eq(kit_shape(&kit, &got), kit_shape(&kit, &told),
			"%s", rows[i]);
	}
	feel_machine_free(machine);
	kit_release(&kit);
}

/* Without a host, or one that loads nothing, a slot is an error. */
Test(machine, a_host_that_loads_nothing)
{
	const struct feel_host none = { .context = NULL };
	const struct feel_host *const hosts[] = { NULL, &none };
	struct kit kit;

	kit_init(&kit);
	for (size_t i = 0; i < 2; i++) {
		struct feel_machine *machine;
		struct feel_value out;

		cr_assert_eq(feel_machine_new(
				     &machine, &kit.arena, hosts[i], &kit.diag),
			SHK_OK);
		diag_clear(&kit.diag);
		cr_expect_eq(feel_run(machine, kit_compile(&kit, "a"), NULL,
				     &out, &kit.diag),
			SHK_E_INTERNAL, "host %zu", i);
		cr_expect_eq(kit.diag.code, SHK_E_INTERNAL, "host %zu", i);
		diag_clear(&kit.diag);
		cr_expect_eq(feel_run(machine,
				     kit_compile(&kit, "decimal(2.5, 0) < 1"),
				     NULL, &out, &kit.diag),
			SHK_OK, "host %zu", i);
		cr_expect(out.type == FEEL_BOOLEAN && !out.u.boolean,
			"host %zu", i);
		feel_machine_free(machine);
	}
	kit_release(&kit);
}

/* Texts end at a mebibyte, whoever makes them longer. */
Test(machine, texts_that_grow_too_long)
{
	static const char *const rows[] = {
		"string join([a, a])", "string([a, a])",
		"replace(a, \"x\", \"xx\")", "a + a",
		"string join([a, \"y\", a, a], a)",
		"sort([3, 1, 2, 5, 4], function(x, y) contains(a + a, \"x\"))"
	};
	struct kit kit;
	const size_t size = 700000;
	char *text = malloc(size);

	cr_assert_not_null(text);
	memset(text, 'x', size);
	kit_init(&kit);
	kit.slots[0] = feel_string(text, size);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		kit_value(&kit, rows[i]);
		cr_expect_eq(kit.diag.code, SHK_E_LIMIT, "%s: %s", rows[i],
			kit.diag.message);
	}
	cr_expect_str_eq(kit_run(&kit, "string length(a)"), "700000");
	kit_release(&kit);
	free(text);
}

/* What is not known comes as the input, and nobody is told of it. */
Test(machine, an_unknown_input_without_a_host)
{
	static const char *const rows[][2] = {
		{ "> 3", "{false|true} <b>" },
		{ "> 9", "false" },
		{ "[0..10]", "true" },
		{ "? * 2 > 20", "false" },
		{ "decimal(?, 0) > 20", "false" },
	};
	struct kit kit;
	struct feel_machine *machine;

	kit_init(&kit);
	kit_interval(&kit, 1, "[1..9]", true);
	cr_assert_eq(feel_machine_new(&machine, &kit.arena, NULL, &kit.diag),
		SHK_OK);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct feel_program *program =
			kit_compile_tests(&kit, rows[i][0]);
		struct feel_value got;

		cr_assert(program, "%s: %s", rows[i][0], kit.diag.message);
		cr_assert_eq(feel_run(machine, program, &kit.slots[1], &got,
				     &kit.diag),
			SHK_OK, "%s", rows[i][0]);
		cr_expect_str_eq(kit_shape(&kit, &got), rows[i][1], "%s: %s",
			rows[i][0], kit_shape(&kit, &got));
	}
	feel_machine_free(machine);
	kit_release(&kit);
}
