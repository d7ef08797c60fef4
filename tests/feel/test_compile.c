/*
 * The compiler and the checker: folding, what the listing shows, and that a
 * damaged program is refused.
 */
#include "feel/compile.h"
#include "feel/feel_run.h"
#include "support/facts.h"

static const char *listing(struct kit *kit, const struct feel_program *program)
{
	struct buffer buffer;
	const char *text;

	buffer_init(&buffer);
	feel_list_program(program, kit_globals(), &buffer);
	text = arena_text(&kit->arena, buffer.data, buffer.size);
	buffer_release(&buffer);
	return text;
}

Test(compile, constants_are_folded)
{
	static const char *const rows[][2] = {
		{ "1 + 2 * 3", "7" },
		{ "-(1 + 1)", "-2" },
		{ "1 < 2", "true" },
		{ "[1, 1 + 1]", "[1, 2]" },
		{ "[1..2 + 3]", "[1..5]" },
		{ "date(\"2024-01-31\")", "date(\"2024-01-31\")" },
		{ "string length(\"abc\") + 1", "4" },
		{ "1 / 0", "null" },
	};
	struct kit kit;

	kit_init(&kit);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct feel_program *program =
			kit_compile(&kit, rows[i][0]);

		cr_assert(program, "%s", rows[i][0]);
		cr_expect(program->size == 2, "%s: %s", rows[i][0],
			listing(&kit, program));
		cr_expect_str_eq(
			kit_text(&kit, &program->constants[FEEL_OPERAND(
					       program->code[0])]),
			rows[i][1]);
	}
	kit_release(&kit);
}

Test(compile, what_tells_the_host_is_not_folded)
{
	struct kit kit;
	const struct feel_program *program;

	kit_init(&kit);
	program = kit_compile(&kit, "floor(1.5)");
	cr_expect_str_eq(listing(&kit, program),
		"0000  CONST         1.5\n"
		"0001  BUILTIN       1  floor\n"
		"0003  RETURN\n");
	kit_release(&kit);
}

Test(compile, a_long_list_of_constants_is_one_constant)
{
	struct kit kit;
	struct buffer source;

	kit_init(&kit);
	buffer_init(&source);
	buffer_text(&source, "count([0");
	for (int i = 1; i < 3000; i++)
		buffer_format(&source, ",%d", i);
	buffer_text(&source, "])");
	cr_expect_str_eq(kit_run(&kit, source.data), "3000");
	buffer_clear(&source);
	buffer_text(&source, "count([a");
	for (int i = 1; i < 3000; i++)
		buffer_format(&source, ",a");
	buffer_text(&source, "])");
	cr_expect(!kit_compile(&kit, source.data));
	cr_expect(kit.diag.code == SHK_E_LIMIT);
	buffer_release(&source);
	kit_release(&kit);
}

Test(compile, slots_that_a_program_can_read)
{
	struct kit kit;
	struct feel_set slots = { { 0 } };

	kit_init(&kit);
	feel_program_slots(
		kit_compile(
			&kit, "if a > 1 then (function(x) x + c)(2) else 0"),
		&slots);
	cr_expect(feel_set_has(&slots, 0));
	cr_expect(!feel_set_has(&slots, 1));
	cr_expect(feel_set_has(&slots, 2));
	kit_release(&kit);
}

static const char *const healthy[] = {
	"a + b * 2",
	"if a > 1 then [a, b] else {x: a, y: x}.y",
	"for x in [a, b], y in 1..x return x * y + count(partial)",
	"[{p: a}, {p: 2}][p > b]",
	"{f: function(n) if n < 2 then 1 else n * f(n - 1), r: f(a)}.r",
	"some x in [1, a] satisfies x in (< 2, [3..b], a)",
	"a between 1 and 3 and not(b = 2) or a instance of number",
};

static bool still_valid(struct kit *kit, const struct feel_program *program,
	uint32_t *code, struct feel_unit *units)
{
	struct feel_program damaged = *program;
	const char *why;

	damaged.code = code;
	for (uint32_t i = 0; i < program->unit_count; i++)
		units[i] = program->units[i];
	damaged.units = units;
	return feel_verify(&kit->arena, &damaged, units, &why);
}

/* Single words made worse in ways that can never be right. */
Test(compile, damaged_programs_are_refused)
{
	struct kit kit;
	uint32_t code[256];
	struct feel_unit units[8];
	unsigned refused = 0;

	kit_init(&kit);
	for (size_t i = 0; i < sizeof(healthy) / sizeof(healthy[0]); i++) {
		const struct feel_program *program =
			kit_compile(&kit, healthy[i]);
		uint32_t at = 0;

		cr_assert(program && program->size <= 256, "%s", healthy[i]);
		memcpy(code, program->code, program->size * sizeof(*code));
		cr_assert(still_valid(&kit, program, code, units));
		while (at < program->size) {
			uint32_t word = code[at];
			uint32_t op = FEEL_OPCODE(word);
			enum feel_operand kind = feel_opcodes[op].operand[0];

			code[at] = 0xff;
			cr_expect(!still_valid(&kit, program, code, units),
				"%s: no such opcode at %u", healthy[i], at);
			if (kind != FEEL_OPERAND_NONE) {
				code[at] = FEEL_WORD(op, 0xfffff0u);
				cr_expect(!still_valid(
						  &kit, program, code, units),
					"%s: operand at %u", healthy[i], at);
				refused++;
			}
			code[at] = FEEL_WORD(OP_RETURN, 0);
			if (op != OP_RETURN && feel_opcodes[op].words == 1)
				refused += !still_valid(
					&kit, program, code, units);
			code[at] = word;
			at += feel_opcodes[op].words;
		}
	}
	cr_expect(refused > 100, "%u", refused);
	kit_release(&kit);
}

/* A small generator, so that every run damages alike. */
static uint32_t scramble(uint32_t *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 8;
}

/*
 * Words changed at random: what the checker lets through must still run to an
 * end without leaving its memory (the sanitizers look on).
 */
Test(compile, what_passes_the_checker_runs)
{
	struct kit kit;
	uint32_t code[256];
	struct feel_unit units[8];
	uint32_t state = 1;
	unsigned passed = 0;

	kit_init(&kit);
	for (int i = 0; i < KIT_SLOTS; i++)
		kit.slots[i] = feel_number(num_from_int(i + 1));
	for (unsigned i = 0; i < 20000; i++) {
		const size_t which = i % (sizeof(healthy) / sizeof(healthy[0]));
		const struct feel_program *program =
			kit_compile(&kit, healthy[which]);
		struct feel_program damaged = *program;
		struct feel_value out;
		uint32_t at = scramble(&state) % program->size;

		memcpy(code, program->code, program->size * sizeof(*code));
		if (i & 1)
			code[at] ^= 1u << scramble(&state) % 32;
		else
			code[at] =
				FEEL_WORD(scramble(&state) % FEEL_OPCODE_COUNT,
					scramble(&state) % 16);
		if (still_valid(&kit, program, code, units)) {
			passed++;
			damaged.code = code;
			damaged.units = units;
			diag_clear(&kit.diag);
			feel_run(kit.machine, &damaged, NULL, &out, &kit.diag);
		}
		arena_clear(&kit.arena);
	}
	cr_expect(passed > 100, "%u", passed);
	kit_release(&kit);
}

/* Hand-made bodies, each wrong in one way. */
Test(compile, bad_bodies_are_refused)
{
#define W(op, operand) FEEL_WORD(OP_##op, operand)
	static const struct {
		const char *why;
		uint32_t code[8];
		uint32_t size;
	} rows[] = {
		{ "the stack falls below zero", { W(ADD, 0), W(RETURN, 0) },
			2 },
		{ "a return with something left over",
			{ W(LOCAL, 0), W(LOCAL, 0), W(RETURN, 0) }, 3 },
		{ "a path leaves its body", { W(LOCAL, 0) }, 1 },
		{ "an operand out of range", { W(LOCAL, 1), W(RETURN, 0) }, 2 },
		{ "an operand out of range",
			{ W(LOCAL, 0), W(JUMP, 9), W(RETURN, 0) }, 3 },
		{ "paths disagree on the stack",
			{ W(LOCAL, 0), W(AND_LEFT, 3), W(LOCAL, 0),
				W(RETURN, 0) },
			4 },
		{ "a jump back that is no loop",
			{ W(LOCAL, 0), W(JUMP, 0), W(RETURN, 0) }, 3 },
		{ "a loop instruction out of its loop",
			{ W(GATHERED, 0), W(RETURN, 0) }, 2 },
		{ "an iterator without a gatherer",
			{ W(LOCAL, 0), W(ITER, 0), W(LOCAL, 0), W(RETURN, 0) },
			4 },
		{ "a return with something left over",
			{ W(LOCAL, 0), W(GATHER, 0), W(RETURN, 0) }, 3 },
		{ "a cut instruction", { W(LOCAL, 0), W(NEXT, 0) }, 2 },
		{ "an operand out of range",
			{ W(LOCAL, 0), W(NEXT, 2), 0, W(RETURN, 0) }, 4 },
		{ "arguments of a built-in",
			{ W(LOCAL, 0), W(BUILTIN, 0), 0, W(RETURN, 0) }, 4 },
		{ "an operand out of range",
			{ W(LOCAL, 0), W(BUILTIN, 1), 9999, W(RETURN, 0) }, 4 },
		{ "an unknown instruction", { 0xee, W(RETURN, 0) }, 2 },
	};
	struct kit kit;

	kit_init(&kit);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct feel_unit unit = {
			.end = rows[i].size, .locals = 1, .self = -1
		};
		const struct feel_program program = { .code = rows[i].code,
			.size = rows[i].size,
			.unit_count = 1,
			.units = &unit };
		const char *why = "";

		cr_expect(!feel_verify(&kit.arena, &program, &unit, &why),
			"row %zu", i);
		cr_expect_str_eq(why, rows[i].why, "row %zu says: %s", i, why);
	}
	kit_release(&kit);
#undef W
}

Test(compile, out_of_memory_is_told)
{
	struct kit kit;
	const struct feel_node *node;
	const struct feel_program *program;
	const struct feel_place place = { "test", 1, 1 };
	enum shk_code code = SHK_E_MEMORY;
	unsigned failures = 0;

	kit_init(&kit);
	cr_assert(feel_parse(&kit.arena, text_of(healthy[4]), place,
			  kit_names(), &node, &kit.diag) == SHK_OK);
	for (unsigned nth = 1; code != SHK_OK && nth < 1000; nth++) {
		struct arena arena;

		arena_init(&arena);
		diag_clear(&kit.diag);
		memory_fail_at(nth, true);
		code = feel_compile(&arena, node, kit_globals(), "test",
			&program, &kit.diag);
		memory_fail_at(0, false);
		cr_expect(code == SHK_OK || code == SHK_E_MEMORY);
		cr_expect((code == SHK_OK) == (program != NULL));
		cr_expect(kit.diag.code == code);
		failures += code != SHK_OK;
		arena_release(&arena);
	}
	cr_expect(code == SHK_OK);
	cr_expect(failures > 3);
	kit_release(&kit);
}

/* A name, and `?` where it is written, are looked for in every cell. */
Test(compile, what_a_table_mentions)
{
	static const struct {
		struct table_row row;
		bool input;
		bool p;
	} rows[] = {
		{ { FEEL_UNIQUE, FEEL_LISTED, "p",
			  { { "1", "1" }, { "2", "2" }, { "-", "3" } }, NULL },
			false, true },
		{ { FEEL_UNIQUE, FEEL_LISTED, "q",
			  { { "1", "1" }, { "2", "2" }, { "< p", "3" } },
			  NULL },
			false, true },
		{ { FEEL_UNIQUE, FEEL_LISTED, "q",
			  { { "-", "1" }, { "-", "p + 1" }, { "-", "3" } },
			  NULL },
			false, true },
		{ { FEEL_UNIQUE, FEEL_LISTED, "q",
			  { { "-", "1" }, { "-", "2" }, { "-", "q" } }, NULL },
			false, false },
		{ { FEEL_UNIQUE, FEEL_LISTED, "q in (p, 2)",
			  { { "-", "1" }, { "-", "2" }, { "-", "? + 1" } },
			  NULL },
			true, true },
	};
	struct arena arena;

	arena_init(&arena);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct feel_node *node =
			facts_table(&arena, &rows[i].row);

		cr_expect_eq(feel_mentions_name(node, text_of("p")), rows[i].p,
			"row %zu", i);
		cr_expect_eq(
			feel_mentions_input(node), rows[i].input, "row %zu", i);
	}
	arena_release(&arena);
}

/* What a program says of its bodies must fit together. */
Test(compile, damaged_bodies_are_refused)
{
	struct kit kit;
	const struct feel_program *healthy_one;
	const char *why;

	kit_init(&kit);
	healthy_one = kit_compile(&kit, healthy[4]);
	cr_assert_not_null(healthy_one);
	cr_assert_geq(healthy_one->unit_count, 2);
	for (int damage = 0; damage < 9; damage++) {
		struct feel_program damaged = *healthy_one;
		struct feel_unit units[8];
		struct feel_capture captures[8] = { { 0 } };

		memcpy(units, healthy_one->units,
			healthy_one->unit_count * sizeof(*units));
		damaged.units = units;
		captures[0].from = damage == 5 ? 100000 : 0;
		captures[0].to = damage == 6 ? 100000 : 0;
		if (damage == 1)
			units[0].locals = FEEL_STACK_MAX + 1;
		if (damage == 2)
			units[0].end = damaged.size + 1;
		if (damage == 3)
			units[1].parameter_count = units[1].locals + 1;
		if (damage == 4)
			units[1].self = (int32_t)units[1].locals;
		if (damage == 5 || damage == 6) {
			units[1].captures = captures;
			units[1].capture_count = 1;
		}
		if (damage == 7)
			units[0].locals = FEEL_STACK_MAX;
		if (damage == 8)
			units[0].end = units[0].start + 1;
		cr_expect_eq(feel_verify(&kit.arena, &damaged, units, &why),
			damage == 0, "damage %d", damage);
	}
	kit_release(&kit);
}

/* Tables that are put together by hand, as a loader might. */
Test(compile, parts_of_tables)
{
	static const struct table_row row = { FEEL_PRIORITY, FEEL_LISTED, "5",
		{ { "> 3", "1" }, { "> 4", "3" }, { "9", "2" } }, NULL };
	static const struct {
		const char *priority;
		enum shk_code code;
	} rows[] = { { "[3, 2, 1]", SHK_OK }, { "a", SHK_E_RULES },
		{ "3", SHK_E_RULES } };
	struct kit kit;

	kit_init(&kit);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct feel_node *node = facts_table(&kit.arena, &row);
		struct feel_table table = *node->table;
		struct feel_node own = *node;
		const struct feel_node *priorities[1] = { facts_parse(
			&kit.arena, rows[i].priority, false) };
		const struct feel_program *program;

		table.priorities = priorities;
		table.outputs = NULL;
		own.table = &table;
		diag_clear(&kit.diag);
		program = kit_compile_node(&kit, &own);
		cr_expect_eq(kit.diag.code, rows[i].code, "%s: %s",
			rows[i].priority, kit.diag.message);
		cr_expect_eq(program != NULL, rows[i].code == SHK_OK, "%s",
			rows[i].priority);
		if (program) {
			struct feel_value got;

			cr_assert_eq(feel_run(kit.machine, program, NULL, &got,
					     &kit.diag),
				SHK_OK);
			cr_expect_str_eq(kit_text(&kit, &got), "3");
		}
	}
	kit_release(&kit);
}

/* A tree that no parser makes: deeper than the compiler goes. */
Test(compile, trees_that_are_too_deep)
{
	struct kit kit;
	const struct feel_node *node;

	kit_init(&kit);
	node = facts_parse(&kit.arena, "b", false);
	for (int depth = 1; depth <= FEEL_COMPILE_DEPTH; depth++) {
		struct feel_node *minus =
			arena_zeroed(&kit.arena, 1, sizeof(*minus));
		const struct feel_node **kids =
			arena_zeroed(&kit.arena, 1, sizeof(*kids));

		cr_assert(minus && kids);
		minus->kind = FEEL_NODE_NEGATE;
		kids[0] = node;
		minus->kids = kids;
		minus->count = 1;
		if (depth == FEEL_COMPILE_DEPTH) {
			cr_expect_not_null(kit_compile_node(&kit, node));
			diag_clear(&kit.diag);
			cr_expect_null(kit_compile_node(&kit, minus));
			cr_expect_eq(kit.diag.code, SHK_E_LIMIT);
		}
		node = minus;
	}
	cr_expect(feel_mentions_name(node, text_of("b")));
	kit_release(&kit);
}

/* Every word in place of every other: what the checker takes has a length of
   its stack, and what cannot be right it does not take. */
Test(compile, exchanged_words)
{
	static const struct table_row row = { FEEL_COLLECT, FEEL_LISTED, "5",
		{ { "> 3", "1" }, { "a", "3" }, { "-", "2" } }, NULL };
	struct kit kit;
	uint32_t code[256];
	struct feel_unit units[8];

	kit_init(&kit);
	for (size_t i = 0; i <= sizeof(healthy) / sizeof(healthy[0]); i++) {
		const struct feel_program *program =
			i < sizeof(healthy) / sizeof(healthy[0])
				? kit_compile(&kit, healthy[i])
				: kit_compile_node(
					  &kit, facts_table(&kit.arena, &row));
		unsigned refused = 0;

		cr_assert(program && program->size <= 256);
		memcpy(code, program->code, program->size * sizeof(*code));
		for (uint32_t at = 0; at < program->size; at++)
			for (uint32_t from = 0; from < 2 * program->size;
				from++) {
				uint32_t word = code[at];
				bool valid;

				code[at] =
					from < program->size
						? program->code[from]
						: FEEL_WORD(FEEL_OPCODE(word),
							  from - program->size);
				valid = still_valid(&kit, program, code, units);
				refused += !valid;
				if (valid)
					cr_assert(units[0].stack <=
						  FEEL_STACK_MAX);
				code[at] = word;
			}
		cr_expect_gt(
			refused, program->size, "program %zu: %u", i, refused);
		cr_expect(still_valid(&kit, program, code, units));
	}
	kit_release(&kit);
}

/* Without names slots are listed by their numbers. */
Test(compile, a_listing_without_names)
{
	struct kit kit;
	struct feel_globals none = *kit_globals();
	struct buffer buffer;

	kit_init(&kit);
	none.name = NULL;
	buffer_init(&buffer);
	feel_list_program(kit_compile(&kit, "c + 1"), NULL, &buffer);
	cr_expect_not_null(strstr(buffer.data, "2"), "%s", buffer.data);
	cr_expect_null(strstr(buffer.data, "(c)"), "%s", buffer.data);
	buffer_clear(&buffer);
	feel_list_program(kit_compile(&kit, "c + 1"), &none, &buffer);
	cr_expect_null(strstr(buffer.data, "(c)"), "%s", buffer.data);
	buffer_release(&buffer);
	kit_release(&kit);
}

/* Rows and tables that cite something, and a host that does not ask. */
Test(compile, marks_that_nobody_asks_for)
{
	static const struct table_row row = { FEEL_UNIQUE, FEEL_LISTED, "5",
		{ { "> 3", "1" }, { "< 2", "3" }, { "3", "2" } }, NULL };
	const struct feel_host none = { .context = NULL };
	const struct feel_host *const hosts[] = { NULL, &none };
	struct kit kit;
	const struct feel_node *node;
	const struct feel_program *program;
	struct feel_rule rules[3];
	struct feel_table table;
	struct feel_node own;
	struct feel_value got;

	kit_init(&kit);
	node = facts_table(&kit.arena, &row);
	table = *node->table;
	own = *node;
	memcpy(rules, table.rules, sizeof(rules));
	for (uint32_t i = 0; i < 3; i++)
		rules[i].mark = 7 + i;
	table.rules = rules;
	own.table = &table;
	own.mark = 5;
	program = kit_compile_node(&kit, &own);
	cr_assert(program, "%s", kit.diag.message);
	cr_assert_eq(
		feel_run(kit.machine, program, NULL, &got, &kit.diag), SHK_OK);
	cr_expect_not_null(strstr(kit.marks.data, "7 "), "%s", kit.marks.data);
	for (size_t i = 0; i < 2; i++) {
		struct feel_machine *machine;

		cr_assert_eq(feel_machine_new(
				     &machine, &kit.arena, hosts[i], &kit.diag),
			SHK_OK);
		cr_assert_eq(feel_run(machine, program, NULL, &got, &kit.diag),
			SHK_OK);
		cr_expect_str_eq(kit_text(&kit, &got), "1");
		feel_machine_free(machine);
	}
	kit_release(&kit);
}
