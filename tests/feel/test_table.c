/*
 * Decision tables on the machine: every hit policy with known inputs and with
 * rows that only may match. Tables are written row by row: the tests, "->",
 * the outputs.
 */
#include "feel/feel_run.h"

#define ROWS_MAX    8
#define COLUMNS_MAX 3

struct table_text {
	enum feel_hit_policy policy;
	enum feel_aggregator aggregator;
	const char *inputs[COLUMNS_MAX];
	const char *outputs[COLUMNS_MAX]; /* names; one: NULL */
	const char *priorities;		  /* of the first output, or NULL */
	const char *fallback;		  /* default, or NULL */
	struct {
		const char *tests[COLUMNS_MAX];
		const char *outputs[COLUMNS_MAX];
	} rows[ROWS_MAX];
};

static const struct feel_node *parse(
	struct kit *kit, const char *source, bool tests)
{
	const struct feel_place place = { "table", 1, 1 };
	const struct feel_node *node = NULL;
	enum shk_code code;

	if (!source)
		return NULL;
	code = tests ? feel_parse_tests(&kit->arena, text_of(source), place,
			       kit_names(), &node, &kit->diag)
		     : feel_parse(&kit->arena, text_of(source), place,
			       kit_names(), &node, &kit->diag);
	cr_assert(code == SHK_OK, "%s: %s", source, kit->diag.message);
	return node;
}

static const struct feel_node **parse_all(struct kit *kit,
	const char *const sources[COLUMNS_MAX], size_t count, bool tests)
{
	const struct feel_node **nodes =
		arena_zeroed(&kit->arena, COLUMNS_MAX, sizeof(*nodes));

	for (size_t i = 0; i < count; i++)
		nodes[i] = parse(kit, sources[i], tests);
	return nodes;
}

static size_t count_of(const char *const texts[COLUMNS_MAX])
{
	size_t count = 0;

	while (count < COLUMNS_MAX && texts[count])
		count++;
	return count;
}

static const struct feel_node *make_table(
	struct kit *kit, const struct table_text *text)
{
	struct feel_table *table = arena_zeroed(&kit->arena, 1, sizeof(*table));
	struct feel_node *node = arena_zeroed(&kit->arena, 1, sizeof(*node));
	struct feel_rule *rules =
		arena_zeroed(&kit->arena, ROWS_MAX, sizeof(*rules));
	struct text *names =
		arena_zeroed(&kit->arena, COLUMNS_MAX, sizeof(*names));
	size_t outputs = count_of(text->outputs);
	const char *const firsts[COLUMNS_MAX] = { text->priorities };
	const char *const defaults[COLUMNS_MAX] = { text->fallback };

	for (size_t i = 0; i < outputs; i++)
		names[i] = text_of(text->outputs[i]);
	table->policy = text->policy;
	table->aggregator = text->aggregator;
	table->input_count = count_of(text->inputs);
	table->inputs = parse_all(kit, text->inputs, table->input_count, false);
	table->output_count = outputs ? outputs : 1;
	table->outputs = names;
	if (text->priorities)
		table->priorities = parse_all(kit, firsts, 1, false);
	if (text->fallback)
		table->defaults = parse_all(kit, defaults, 1, false);
	table->name = text_of("choice");
	table->rules = rules;
	while (table->rule_count < ROWS_MAX &&
		text->rows[table->rule_count].outputs[0]) {
		struct feel_rule *rule = &rules[table->rule_count++];
		size_t row = table->rule_count - 1;

		rule->tests = parse_all(
			kit, text->rows[row].tests, table->input_count, true);
		rule->outputs = parse_all(kit, text->rows[row].outputs,
			table->output_count, false);
		rule->mark = 100 + (uint32_t)table->rule_count;
	}
	node->kind = FEEL_NODE_TABLE;
	node->table = table;
	return node;
}

struct run {
	const char *a; /* value of slot a: a literal, "[..]" or "{..}" */
	const char *b;
	const char *result;
	const char *marks;
	const char *steps;
};

/* "?": unknown; "i[0..5]": interval; "c[1, 2]": choice; else a value. */
static void set_slot(struct kit *kit, unsigned slot, const char *text)
{
	if (!text)
		return;
	if (text[0] == '?')
		kit_unknown(kit, slot);
	else if (text[0] == 'i')
		kit_interval(kit, slot, text + 1, true);
	else if (text[0] == 'c')
		kit_choice(kit, slot, text + 1);
	else
		kit->slots[slot] = kit_value(kit, text);
}

static const char *told(const struct buffer *buffer)
{
	return buffer->size ? buffer->data : "";
}

static void check(
	const struct table_text *text, const struct run *runs, size_t count)
{
	struct kit kit;
	const struct feel_program *program;

	kit_init(&kit);
	program = kit_compile_node(&kit, make_table(&kit, text));
	cr_assert(program, "%s", kit.diag.message);
	for (size_t i = 0; i < count; i++) {
		struct feel_value out;
		enum shk_code code;

		set_slot(&kit, 0, runs[i].a);
		set_slot(&kit, 1, runs[i].b);
		buffer_clear(&kit.marks);
		buffer_clear(&kit.steps);
		code = feel_run(kit.machine, program, NULL, &out, &kit.diag);
		cr_expect(code == SHK_OK, "%s", kit.diag.message);
		cr_expect_str_eq(kit_shape(&kit, &out), runs[i].result,
			"run %zu: a %s b %s gives %s, not %s", i, runs[i].a,
			runs[i].b, kit_shape(&kit, &out), runs[i].result);
		if (runs[i].marks)
			cr_expect_str_eq(told(&kit.marks), runs[i].marks,
				"run %zu: marks %s", i, told(&kit.marks));
		if (runs[i].steps)
			cr_expect_str_eq(told(&kit.steps), runs[i].steps,
				"run %zu: steps %s", i, told(&kit.steps));
	}
	kit_release(&kit);
}

#define CHECK(text, runs) check(&(text), runs, sizeof(runs) / sizeof((runs)[0]))

Test(table, unique)
{
	static const struct table_text text = { .policy = FEEL_UNIQUE,
		.inputs = { "a", "b" },
		.rows = { { { "< 10", "\"x\", \"y\"" }, { "1" } },
			{ { "[10..20]", "\"x\", \"y\"" }, { "2" } },
			{ { "> 15", "-" }, { "a + 1" } },
			{ { "-", "\"z\"" }, { "1" } } } };
	static const struct run runs[] = {
		{ "5", "\"x\"", "1", "101 ", "row 1 " },
		{ "10", "\"y\"", "2", "102 ", "row 2 " },
		{ "30", "\"x\"", "31", "103 ", "row 3 " },
		{ "5", "\"z\"", "1", "104 ", "row 4 " },
		{ "16", "\"x\"", "null", "102 103 ", "row 2 row 3 " },
		{ "10", "\"q\"", "null", "", "" },
		{ "5", "c[\"x\", \"y\"]", "1", "101 ", "row 1 " },
		{ "5", "c[\"x\", \"z\"]", "1", "101 104 ", "" },
		{ "i[0..12]", "\"x\"", "{1|2} <a>", "101 102 ", "" },
		{ "i[0..9]", "\"x\"", "1", "101 ", "row 1 " },
		{ "30", "?", "31", "103 ", "row 3 " },
		{ "i[12..30]", "\"x\"", "[2..31] <a>", "102 103 ", "" },
		{ "5", "?", "1", "101 104 ", "" },
	};

	CHECK(text, runs);
}

Test(table, unique_with_a_default)
{
	static const struct table_text text = { .policy = FEEL_UNIQUE,
		.inputs = { "a" },
		.fallback = "\"none\"",
		.rows = { { { "1" }, { "\"one\"" } },
			{ { "2" }, { "\"two\"" } } } };
	static const struct run runs[] = {
		{ "1", NULL, "\"one\"", "101 ", "row 1 " },
		{ "3", NULL, "\"none\"", "", "" },
		{ "c[1, 3]", NULL, "\"one\"", "101 ", "" },
		{ "c[3, 4]", NULL, "\"none\"", "", "" },
		{ "null", NULL, "\"none\"", "", "" },
	};

	CHECK(text, runs);
}

Test(table, several_outputs_are_a_context)
{
	static const struct table_text text = { .policy = FEEL_UNIQUE,
		.inputs = { "a" },
		.outputs = { "p", "q" },
		.rows = { { { "< 5" }, { "1", "\"k\"" } },
			{ { ">= 5" }, { "2", "\"k\"" } } } };
	static const struct run runs[] = {
		{ "1", NULL, "{p: 1, q: \"k\"}", "101 ", "row 1 " },
		{ "?", NULL, "{p: unknown, q: \"k\"} <a>", "101 102 ", "" },
		{ "\"s\"", NULL, "null", "", "" },
	};

	CHECK(text, runs);
}

Test(table, any)
{
	static const struct table_text text = { .policy = FEEL_ANY,
		.inputs = { "a", "b" },
		.rows = { { { "> 0", "-" }, { "1" } },
			{ { "-", "> 0" }, { "1" } },
			{ { "> 5", "-" }, { "2" } } } };
	static const struct run runs[] = {
		{ "1", "1", "1", "101 102 ", "row 1 row 2 " },
		{ "6", "0", "null", "101 103 ", "row 1 row 3 " },
		{ "0", "0", "null", "", "" },
		{ "0", "?", "1", "102 ", "" },
		{ "1", "?", "1", "101 ", "row 1 " },
		{ "?", "0", "{1|2} <a>", "101 103 ", "" },
	};

	CHECK(text, runs);
}

Test(table, any_with_an_unknown_output)
{
	static const struct table_text text = { .policy = FEEL_ANY,
		.inputs = { "1" },
		.rows = { { { "-" }, { "2" } }, { { "-" }, { "a" } } } };
	static const struct run runs[] = {
		{ "2", NULL, "2", NULL, NULL },
		{ "3", NULL, "null", NULL, NULL },
		{ "i[1..3]", NULL, "{2|null} <a>", NULL, NULL },
		{ "i[5..9]", NULL, "null", NULL, NULL },
	};

	CHECK(text, runs);
}

Test(table, first)
{
	static const struct table_text text = { .policy = FEEL_FIRST,
		.inputs = { "a", "b" },
		.rows = { { { "> 0", "> 0" }, { "1" } },
			{ { "> 0", "-" }, { "2" } },
			{ { "-", "-" }, { "3" } } } };
	static const struct run runs[] = {
		{ "1", "1", "1", "101 ", "row 1 " },
		{ "1", "0", "2", "102 ", "row 2 " },
		{ "0", "0", "3", "103 ", "row 3 " },
		{ "1", "?", "{1|2} <b>", "101 102 ", "row 2 " },
		{ "0", "?", "3", "103 ", "row 3 " },
		{ "?", "?", "{1|2|3} <ab>", "101 102 103 ", "row 3 " },
	};

	CHECK(text, runs);
}

Test(table, priority)
{
	static const struct table_text text = { .policy = FEEL_PRIORITY,
		.inputs = { "a", "b" },
		.priorities = "[\"high\", \"mid\", \"low\"]",
		.rows = { { { "> 0", "-" }, { "\"low\"" } },
			{ { "> 1", "-" }, { "\"mid\"" } },
			{ { "-", "> 0" }, { "\"high\"" } } } };
	static const struct run runs[] = {
		{ "1", "0", "\"low\"", "101 ", "row 1 " },
		{ "2", "0", "\"mid\"", "101 102 ", "row 1 row 2 " },
		{ "2", "1", "\"high\"", NULL, NULL },
		{ "2", "?", "{\"high\"|\"mid\"} <b>", NULL, NULL },
		{ "?", "1", "\"high\"", NULL, NULL },
		{ "?", "0", "{\"mid\"|\"low\"} <a>", NULL, NULL },
	};

	CHECK(text, runs);
}

Test(table, output_order)
{
	static const struct table_text text = { .policy = FEEL_OUTPUT_ORDER,
		.inputs = { "a" },
		.priorities = "[3, 2, 1]",
		.rows = { { { "> 0" }, { "1" } }, { { "> 1" }, { "3" } },
			{ { "> 2" }, { "2" } } } };
	static const struct run runs[] = {
		{ "3", NULL, "[3, 2, 1]", NULL, "row 1 row 2 row 3 " },
		{ "1", NULL, "[1]", NULL, NULL },
		{ "0", NULL, "null", NULL, NULL },
		{ "i[2..3]", NULL, "{[3, 1]|[3, 2, 1]} <a>", NULL, NULL },
	};

	CHECK(text, runs);
}

#define COLLECTED                                                              \
	.rows = { { { "> 0", "-" }, { "1" } }, { { "> 1", "-" }, { "3" } },    \
		{ { "-", "> 0" }, { "2" } } }

Test(table, rule_order_and_collect)
{
	static const struct table_text rule_order = {
		.policy = FEEL_RULE_ORDER, .inputs = { "a", "b" }, COLLECTED
	};
	static const struct table_text collect = {
		.policy = FEEL_COLLECT, .inputs = { "a", "b" }, COLLECTED
	};
	static const struct run runs[] = {
		{ "2", "1", "[1, 3, 2]", "101 102 103 ", "row 1 row 2 row 3 " },
		{ "1", "0", "[1]", NULL, NULL },
		{ "2", "?", "{[1, 3]|[1, 3, 2]} <b>", NULL, NULL },
		{ "0", "?", "{[]|[2]} <b>", NULL, NULL },
		{ "?", "0", "{[]|[1]|[3]|[1, 3]} <a>", NULL, NULL },
	};
	static const struct run none_rule_order[] = { { "0", "0", "null", NULL,
		NULL } };
	static const struct run none_collect[] = { { "0", "0", "[]", NULL,
		NULL } };

	CHECK(rule_order, runs);
	CHECK(collect, runs);
	CHECK(rule_order, none_rule_order);
	CHECK(collect, none_collect);
}

Test(table, aggregators)
{
	static const struct {
		enum feel_aggregator aggregator;
		struct run runs[5];
	} rows[] = {
		{ FEEL_SUM,
			{ { "2", "1", "6", NULL, NULL },
				{ "1", "0", "1", NULL, NULL },
				{ "0", "0", "null", NULL, NULL },
				{ "2", "?", "{4|6} <b>", NULL, NULL },
				{ "?", "1", "{2|3|5|6} <a>", NULL, NULL } } },
		{ FEEL_COUNT,
			{ { "2", "1", "3", NULL, NULL },
				{ "1", "0", "1", NULL, NULL },
				{ "0", "0", "0", NULL, NULL },
				{ "2", "?", "{2|3} <b>", NULL, NULL },
				{ "?", "1", "{1|2|3} <a>", NULL, NULL } } },
		{ FEEL_MIN, { { "2", "1", "1", NULL, NULL },
				    { "0", "1", "2", NULL, NULL },
				    { "0", "0", "null", NULL, NULL },
				    { "2", "?", "1", NULL, NULL },
				    { "?", "1", "{2|1} <a>", NULL, NULL } } },
		{ FEEL_MAX, { { "2", "1", "3", NULL, NULL },
				    { "1", "1", "2", NULL, NULL },
				    { "0", "0", "null", NULL, NULL },
				    { "2", "?", "3", NULL, NULL },
				    { "?", "1", "{2|3} <a>", NULL, NULL } } },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct table_text text = { .policy = FEEL_COLLECT,
			.aggregator = rows[i].aggregator,
			.inputs = { "a", "b" },
			COLLECTED };

		CHECK(text, rows[i].runs);
	}
}

Test(table, too_many_open_rows_are_anything)
{
	static const struct table_text text = { .policy = FEEL_COLLECT,
		.inputs = { "a" },
		.rows = { { { "> 0" }, { "1" } }, { { "> 1" }, { "1" } },
			{ { "> 2" }, { "1" } }, { { "> 3" }, { "1" } },
			{ { "> 4" }, { "1" } } } };
	static const struct run runs[] = {
		{ "i[1..3]", NULL, "{[1]|[1, 1]|[1, 1, 1]} <a>", NULL, NULL },
		{ "i[-5..9]", NULL, "? <a>", NULL, NULL },
	};

	CHECK(text, runs);
}

/* On known inputs a UNIQUE table of one output leaves the arena alone. */
Test(table, known_inputs_allocate_nothing)
{
	static const struct table_text text = { .policy = FEEL_UNIQUE,
		.inputs = { "a", "b" },
		.rows = { { { "< 10", "[1..5]" }, { "1" } },
			{ { ">= 10", "[1..5], 7" }, { "2" } } } };
	struct kit kit;
	const struct feel_program *program;
	struct feel_value out;
	const char *before;

	kit_init(&kit);
	program = kit_compile_node(&kit, make_table(&kit, &text));
	cr_assert(program);
	kit.slots[0] = feel_number(num_from_int(20));
	kit.slots[1] = feel_number(num_from_int(7));
	before = kit.arena.at;
	cr_assert(feel_run(kit.machine, program, NULL, &out, &kit.diag) ==
		  SHK_OK);
	cr_expect(kit.arena.at == before);
	cr_expect_str_eq(kit_text(&kit, &out), "2");
	kit_release(&kit);
}

/* As many rows as may be at work, all of them open; and one more. */
Test(table, rows_have_a_ceiling)
{
	struct kit kit;
	struct feel_table table;
	struct feel_node node = { .kind = FEEL_NODE_TABLE, .table = &table };
	struct feel_rule *rules;
	const struct feel_node *tests;
	const struct feel_node *output;
	const struct feel_program *program;
	struct feel_value out;

	kit_init(&kit);
	kit_unknown(&kit, 0);
	table = *make_table(&kit, &(struct table_text){ .policy = FEEL_UNIQUE,
					  .inputs = { "a" } })
			 ->table;
	rules = arena_zeroed(&kit.arena, FEEL_ROWS_MAX, sizeof(*rules));
	tests = parse(&kit, "1", true);
	output = parse(&kit, "7", false);
	for (size_t i = 0; i < FEEL_ROWS_MAX; i++)
		rules[i] =
			(struct feel_rule){ &tests, &output, FEEL_NO_MARK, 1 };
	table.rules = rules;
	table.rule_count = FEEL_ROWS_MAX - 1;
	program = kit_compile_node(&kit, &node);
	cr_assert(program, "%s", kit.diag.message);
	cr_assert(feel_run(kit.machine, program, NULL, &out, &kit.diag) ==
		  SHK_OK);
	cr_expect_str_eq(kit_shape(&kit, &out), "7");
	table.rule_count = FEEL_ROWS_MAX;
	cr_expect(!kit_compile_node(&kit, &node));
	cr_expect(kit.diag.code == SHK_E_LIMIT);
	kit_release(&kit);
}
