/*
 * Decision tables: the inputs into locals, the tests of each row with jumps to
 * the next row, then the outputs of each row, which the machine picks.
 */
#include "feel/compile.h"

static void *scratch_array(
	struct feel_compiler *compiler, struct arena *arena, size_t count)
{
	void *items = arena_zeroed(arena, count + 1, sizeof(uint32_t));

	if (!items)
		feel_compile_fail(
			compiler, SHK_E_MEMORY, NULL, "memory ran out");
	return items;
}

static void compile_inputs(struct feel_compiler *compiler,
	const struct feel_table *table, uint32_t *slots)
{
	for (size_t i = 0; i < table->input_count; i++) {
		feel_compile_node(compiler, table->inputs[i]);
		slots[i] = feel_new_local(compiler);
		feel_emit(compiler, OP_STORE, slots[i]);
	}
}

static bool always_holds(const struct feel_node *test)
{
	return !test || test->kind == FEEL_NODE_DASH ||
	       (test->kind == FEEL_NODE_TESTS && !test->negated &&
		       test->count == 1 &&
		       test->kids[0]->kind == FEEL_NODE_DASH);
}

/*
 * One test of a row; the offset of the jump to the next row, which for now
 * holds `last`, the offset of the jump before it.
 */
static uint32_t compile_cell(struct feel_compiler *compiler,
	const struct feel_node *test, uint32_t slot, uint32_t last)
{
	const struct feel_scope *scope = compiler->body->scope;
	struct feel_value constant;
	bool any;
	uint32_t at;

	if (feel_constant_cell(compiler, test, &constant, &any)) {
		at = feel_emit(compiler, any ? OP_ROW_ANY : OP_ROW_IS, last);
		feel_emit_word(compiler, slot);
		feel_emit_word(
			compiler, feel_add_constant(compiler, &constant));
		return at;
	}
	feel_scope_push(compiler, text_of("?"), false, slot);
	feel_compile_node(compiler, test);
	compiler->body->scope = scope;
	return feel_emit(compiler, OP_ROW_TEST, last);
}

/* The tests of one row; the offset of its ROW_HIT. */
static uint32_t compile_row(struct feel_compiler *compiler,
	const struct feel_table *table, const uint32_t *slots, size_t row)
{
	uint32_t last = 0;
	uint32_t hit;

	for (size_t i = 0; i < table->input_count; i++) {
		const struct feel_node *test = table->rules[row].tests[i];

		if (always_holds(test))
			continue;
		last = compile_cell(compiler, test, slots[i], last);
	}
	hit = feel_emit(compiler, OP_ROW_HIT, 0);
	feel_emit_word(compiler, (uint32_t)row);
	while (compiler->code == SHK_OK && last != 0) {
		const uint32_t *words = compiler->body->words.items;
		uint32_t before = FEEL_OPERAND(words[last]);

		feel_patch(compiler, last, feel_here(compiler));
		last = before;
	}
	return hit;
}

static uint32_t compile_outputs(struct feel_compiler *compiler,
	const struct feel_node *const *outputs, size_t count, uint32_t pick,
	uint32_t index)
{
	const struct feel_value null = FEEL_NULL_VALUE;
	uint32_t at = feel_here(compiler);

	for (size_t i = 0; i < count; i++)
		if (outputs[i])
			feel_compile_node(compiler, outputs[i]);
		else
			feel_emit_constant(compiler, &null);
	feel_emit(compiler, OP_ROW_OUT, pick);
	feel_emit_word(compiler, index);
	return at;
}

static bool has_defaults(const struct feel_table *table)
{
	for (size_t i = 0; table->defaults && i < table->output_count; i++)
		if (table->defaults[i])
			return true;
	return false;
}

/* A list of priorities must be constant: it is compared, never run. */
static void plan_priority(struct feel_compiler *compiler,
	const struct feel_node *node, struct feel_value *out)
{
	uint32_t from = feel_here(compiler);

	if (!node)
		return;
	feel_compile_node(compiler, node);
	if (compiler->code == SHK_OK &&
		(!feel_constants_since(compiler, from, 1, out) ||
			out->type != FEEL_LIST))
		feel_compile_fail(compiler, SHK_E_RULES, node,
			"the output values that give the priority must be "
			"literals");
	feel_rewind(compiler, from);
}

static bool plan_outputs(struct feel_compiler *compiler,
	const struct feel_table *table, struct feel_table_plan *plan)
{
	struct feel_value *priorities = arena_zeroed(
		compiler->arena, table->output_count + 1, sizeof(*priorities));
	struct text *names = arena_zeroed(
		compiler->arena, table->output_count + 1, sizeof(*names));

	if (!priorities || !names) {
		feel_compile_fail(
			compiler, SHK_E_MEMORY, NULL, "memory ran out");
		return false;
	}
	for (size_t i = 0; i < table->output_count; i++) {
		if (table->outputs)
			names[i] =
				feel_compile_text(compiler, table->outputs[i]);
		if (table->priorities)
			plan_priority(
				compiler, table->priorities[i], &priorities[i]);
	}
	plan->outputs = names;
	plan->priorities = priorities;
	return compiler->code == SHK_OK;
}

/* Everything of the plan but the code of the rows. */
static bool begin_plan(struct feel_compiler *compiler,
	const struct feel_node *node, struct feel_table_plan *plan)
{
	const struct feel_table *table = node->table;
	uint32_t *marks =
		scratch_array(compiler, compiler->arena, table->rule_count);

	if (table->output_count == 0 || table->rule_count >= FEEL_ROWS_MAX) {
		feel_compile_fail(compiler, SHK_E_LIMIT, node,
			"a table has 1 output or more and less than %d rows",
			FEEL_ROWS_MAX);
		return false;
	}
	plan->policy = table->policy;
	plan->aggregator = table->aggregator;
	plan->row_count = (uint32_t)table->rule_count;
	plan->output_count = (uint32_t)table->output_count;
	plan->name = feel_compile_text(compiler, table->name);
	plan->marks = marks;
	for (size_t i = 0; marks && i < table->rule_count; i++)
		marks[i] = table->rules[i].mark;
	return marks && plan_outputs(compiler, table, plan);
}

static bool add_plan(
	struct feel_compiler *compiler, const struct feel_table_plan *plan)
{
	struct feel_table_plan *added =
		feel_array_add(compiler, &compiler->tables, sizeof(*added));
	uint32_t *owner =
		feel_array_add(compiler, &compiler->owners, sizeof(*owner));

	if (!added || !owner)
		return false;
	*added = *plan;
	*owner = compiler->body->index;
	return true;
}

void feel_compile_table(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	const struct feel_table *table = node->table;
	struct feel_table_plan plan = { 0 };
	uint32_t *slots =
		scratch_array(compiler, &compiler->scratch, table->input_count);
	uint32_t *hits =
		scratch_array(compiler, &compiler->scratch, table->rule_count);
	uint32_t *rows =
		scratch_array(compiler, compiler->arena, table->rule_count + 1);
	uint32_t index;
	uint32_t pick;

	if (!slots || !hits || !rows || !begin_plan(compiler, node, &plan))
		return;
	plan.rows = rows;
	compile_inputs(compiler, table, slots);
	if (!add_plan(compiler, &plan))
		return;
	index = (uint32_t)compiler->tables.count - 1;
	feel_emit(compiler, OP_TABLE, index);
	for (size_t i = 0; i < table->rule_count; i++)
		hits[i] = compile_row(compiler, table, slots, i);
	pick = feel_emit(compiler, OP_ROW_PICK, 0);
	feel_emit_word(compiler, index);
	for (size_t i = 0; i < table->rule_count; i++) {
		feel_patch(compiler, hits[i], pick);
		rows[i] = compile_outputs(compiler, table->rules[i].outputs,
			table->output_count, pick, index);
	}
	if (has_defaults(table))
		rows[table->rule_count] = compile_outputs(compiler,
			table->defaults, table->output_count, pick, index);
	feel_patch(compiler, pick, feel_here(compiler));
	feel_emit(compiler, OP_TABLE_END, 0);
}
