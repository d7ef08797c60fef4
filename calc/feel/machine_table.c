/*
 * Decision tables at work. First the tests of all rows run and leave the rows
 * that match for certain and those that may match; then the hit policy picks
 * the rows whose outputs are evaluated, and in the end puts them together.
 */
#include "feel/builtin.h"
#include "feel/interval.h"

#include <string.h>

static struct feel_loop *table_loop(struct feel_machine *machine)
{
	return &machine->loops[machine->loop_count - 1];
}

void feel_table_begin(
	struct feel_machine *machine, const struct feel_table_plan *table)
{
	struct feel_loop *loop = feel_loop_push(machine, FEEL_LOOP_TABLE);

	if (!loop)
		return;
	loop->table = table;
	loop->row_base = machine->row_count;
	loop->row_next = machine->row_count;
}

void feel_row_fails(struct feel_machine *machine)
{
	table_loop(machine)->maybe_row = false;
}

bool feel_row_test(struct feel_machine *machine, const struct feel_value *test)
{
	struct feel_loop *loop = table_loop(machine);

	if (test->type == FEEL_BOOLEAN && test->u.boolean)
		return true;
	if (test->type != FEEL_UNKNOWN) {
		loop->maybe_row = false;
		return false;
	}
	if (!loop->maybe_row)
		memset(&loop->row_reasons, 0, sizeof(loop->row_reasons));
	loop->maybe_row = true;
	feel_reasons(test, &loop->row_reasons);
	return true;
}

static void add_row(struct feel_machine *machine, uint32_t entry)
{
	if (machine->row_count == FEEL_ROWS_MAX)
		feel_fail(&machine->env, SHK_E_LIMIT,
			"more than 32768 rows match at once");
	else
		machine->rows[machine->row_count++] = entry;
}

bool feel_row_hit(struct feel_machine *machine, uint32_t row)
{
	struct feel_loop *loop = table_loop(machine);
	bool maybe = loop->maybe_row;

	if (row >= loop->table->row_count) {
		feel_fail(&machine->env, SHK_E_INTERNAL, "row of a table");
		return true;
	}
	add_row(machine, row * 2 + maybe);
	loop->maybe_row = false;
	if (maybe) {
		feel_set_join(feel_loop_reasons(loop), &loop->row_reasons);
		return false;
	}
	loop->definite++;
	return loop->table->policy == FEEL_FIRST;
}

static void tell_mark(const struct feel_env *env, uint32_t mark)
{
	if (mark != FEEL_NO_MARK && env->host && env->host->mark)
		env->host->mark(env->host->context, mark);
}

static void tell_row(const struct feel_env *env, const struct feel_loop *loop,
	uint32_t row, const struct feel_value *value)
{
	struct feel_step step;

	if (!env->host || !env->host->step)
		return;
	memset(&step, 0, sizeof(step));
	step.kind = FEEL_STEP_ROW;
	step.name = loop->table->name;
	step.row = row + 1;
	step.mark = loop->table->marks[row];
	step.after = *value;
	env->host->step(env->host->context, &step);
}

/* Several rows of a UNIQUE table match: all are told, the result is null. */
static void tell_conflict(
	struct feel_machine *machine, const struct feel_loop *loop)
{
	const struct feel_value null = FEEL_NULL_VALUE;

	for (uint32_t i = loop->row_base; i < machine->row_count; i++) {
		uint32_t entry = machine->rows[i];

		if (entry & 1)
			continue;
		tell_mark(&machine->env, loop->table->marks[entry / 2]);
		tell_row(&machine->env, loop, entry / 2, &null);
	}
}

static bool wants_row(const struct feel_loop *loop, uint32_t entry)
{
	enum feel_hit_policy policy = loop->table->policy;

	if (loop->definite > 0 && (policy == FEEL_UNIQUE || policy == FEEL_ANY))
		return (entry & 1) == 0;
	return true;
}

/* The tests are done: conflicts, and the default row when nothing matches. */
static void begin_picking(struct feel_machine *machine, struct feel_loop *loop)
{
	const struct feel_table_plan *table = loop->table;

	loop->picking = true;
	if (table->policy == FEEL_UNIQUE && loop->definite > 1) {
		tell_conflict(machine, loop);
		loop->broken = true;
		loop->row_next = machine->row_count;
	} else if (machine->row_count == loop->row_base &&
		   table->rows[table->row_count] != 0) {
		add_row(machine, table->row_count * 2);
	}
}

uint32_t feel_row_pick(struct feel_machine *machine)
{
	struct feel_loop *loop = table_loop(machine);

	if (!loop->picking)
		begin_picking(machine, loop);
	while (loop->row_next < machine->row_count) {
		uint32_t entry = machine->rows[loop->row_next++];

		if (!wants_row(loop, entry))
			continue;
		machine->rows[loop->row_base + loop->picked++] = entry;
		if (entry / 2 < loop->table->row_count)
			tell_mark(&machine->env, loop->table->marks[entry / 2]);
		return loop->table->rows[entry / 2];
	}
	return 0;
}

/* The output of a row: the value itself, or a context of several. */
static void row_value(struct feel_env *env, const struct feel_table_plan *table,
	const struct feel_value *outs, struct feel_value *out)
{
	const struct feel_keys keys = { table->output_count, table->outputs };

	if (table->output_count == 1)
		*out = outs[0];
	else
		feel_make_context(env, &keys, outs, out);
}

void feel_row_out(struct feel_machine *machine, const struct feel_value *outs)
{
	struct feel_loop *loop = table_loop(machine);
	struct feel_value value = FEEL_NULL_VALUE;
	uint32_t entry;

	if (loop->picked == 0) {
		feel_fail(&machine->env, SHK_E_INTERNAL, "outputs of no row");
		return;
	}
	entry = machine->rows[loop->row_base + loop->picked - 1];
	row_value(&machine->env, loop->table, outs, &value);
	if ((entry & 1) == 0 && entry / 2 < loop->table->row_count)
		tell_row(&machine->env, loop, entry / 2, &value);
	if (loop->picked == 1) { /* the common case allocates nothing */
		loop->value = value;
		return;
	}
	if (loop->picked == 2)
		feel_builder_add(&machine->env, &loop->built, &loop->value);
	feel_builder_add(&machine->env, &loop->built, &value);
}

/* Position of an output in the list of priorities; behind it when absent. */
static uint32_t rank_of(
	const struct feel_value *priorities, const struct feel_value *value)
{
	uint32_t i = 0;

	while (i < priorities->size &&
		!feel_same(&priorities->u.items[i], value))
		i++;
	return i;
}

static int compare_rows(const struct feel_table_plan *table,
	const struct feel_value *a, const struct feel_value *b)
{
	for (uint32_t i = 0; i < table->output_count; i++) {
		bool single = table->output_count == 1;
		const struct feel_value *left =
			single ? a : &a->u.entries[i].value;
		const struct feel_value *right =
			single ? b : &b->u.entries[i].value;
		uint32_t left_rank;
		uint32_t right_rank;

		if (table->priorities[i].type != FEEL_LIST)
			continue;
		left_rank = rank_of(&table->priorities[i], left);
		right_rank = rank_of(&table->priorities[i], right);
		if (left_rank != right_rank)
			return left_rank < right_rank ? -1 : 1;
	}
	return 0;
}

/* Stable insertion: rows by priority, their entries along with them. */
static void sort_rows(const struct feel_table_plan *table,
	struct feel_value *values, uint32_t *entries, uint32_t count)
{
	for (uint32_t i = 1; i < count; i++) {
		struct feel_value value = values[i];
		uint32_t entry = entries[i];
		uint32_t at = i;

		while (at > 0 &&
			compare_rows(table, &value, &values[at - 1]) < 0) {
			values[at] = values[at - 1];
			entries[at] = entries[at - 1];
			at--;
		}
		values[at] = value;
		entries[at] = entry;
	}
}

/* Join the first rows, up to and with the first that matches for certain. */
static void join_rows(struct feel_env *env, struct feel_loop *loop,
	const uint32_t *entries, struct feel_value *out)
{
	struct feel_value joined = loop->built.items[0];

	for (uint32_t i = 1; i < loop->built.count && (entries[i - 1] & 1); i++)
		if (!feel_join(env->arena, &joined, &loop->built.items[i],
			    feel_loop_reasons(loop), &joined)) {
			feel_fail(env, SHK_E_MEMORY, NULL);
			joined = FEEL_NULL_VALUE;
		}
	*out = joined;
}

/* ANY: all rows that match for certain have one output, else null. */
static void same_rows(
	struct feel_env *env, struct feel_loop *loop, struct feel_value *out)
{
	const struct feel_value null = FEEL_NULL_VALUE;
	const struct feel_value *items = loop->built.items;
	bool maybe = false;
	struct feel_value equal;

	for (uint32_t i = 1; i < loop->built.count; i++) {
		if (feel_same(&items[0], &items[i]))
			continue;
		feel_binary(env, FEEL_EQ, &items[0], &items[i], &equal);
		maybe = maybe || equal.type == FEEL_UNKNOWN;
		if (equal.type != FEEL_UNKNOWN) {
			*out = null;
			return;
		}
	}
	*out = items[0];
	if (!maybe)
		return;
	equal = feel_builder_list(&loop->built);
	feel_reasons(&equal, feel_loop_reasons(loop));
	if (!feel_join(
		    env->arena, &items[0], &null, feel_loop_reasons(loop), out))
		feel_fail(env, SHK_E_MEMORY, NULL);
}

static void aggregate(struct feel_env *env, const void *context,
	const struct feel_value *list, struct feel_value *out)
{
	feel_aggregate(env, *(const enum feel_aggregator *)context, list, out);
}

static void list_rows(struct feel_env *env, struct feel_loop *loop,
	const uint32_t *entries, struct feel_value *out)
{
	const struct feel_table_plan *table = loop->table;
	bool listed = table->policy != FEEL_COLLECT ||
		      table->aggregator == FEEL_LISTED;

	for (uint32_t i = 0; i < loop->built.count; i++) {
		if ((entries[i] & 1) == 0)
			continue;
		if (loop->maybe_count == FEEL_MAYBE_MAX)
			loop->open = true;
		else
			loop->maybe[loop->maybe_count++] = i;
	}
	feel_subsets(
		env, loop, listed ? NULL : aggregate, &table->aggregator, out);
}

/* Nothing matches and there is no default. */
static void no_rows(const struct feel_table_plan *table, struct feel_value *out)
{
	*out = FEEL_NULL_VALUE;
	if (table->policy != FEEL_COLLECT)
		return;
	if (table->aggregator == FEEL_LISTED)
		out->type = FEEL_LIST;
	else if (table->aggregator == FEEL_COUNT)
		*out = feel_number(NUM_ZERO);
}

/* Outputs whose order is by priority, and one of them is not known. */
static bool unranked(const struct feel_loop *loop)
{
	struct feel_value list = feel_builder_list(&loop->built);

	if (loop->table->policy != FEEL_PRIORITY &&
		loop->table->policy != FEEL_OUTPUT_ORDER)
		return false;
	return loop->built.count > 1 && feel_is_open(&list);
}

static void several_rows(struct feel_machine *machine, struct feel_loop *loop,
	struct feel_value *out)
{
	struct feel_env *env = &machine->env;
	uint32_t *entries = &machine->rows[loop->row_base];
	enum feel_hit_policy policy = loop->table->policy;

	if (unranked(loop)) {
		struct feel_value list = feel_builder_list(&loop->built);

		feel_reasons(&list, feel_loop_reasons(loop));
		feel_anything_for(env, feel_loop_reasons(loop), out);
		return;
	}
	if (policy == FEEL_PRIORITY || policy == FEEL_OUTPUT_ORDER)
		sort_rows(loop->table, loop->built.items, entries,
			loop->built.count);
	if (policy == FEEL_UNIQUE || policy == FEEL_FIRST ||
		policy == FEEL_PRIORITY ||
		(policy == FEEL_ANY && loop->definite == 0))
		join_rows(env, loop, entries, out);
	else if (policy == FEEL_ANY)
		same_rows(env, loop, out);
	else
		list_rows(env, loop, entries, out);
}

void feel_table_end(struct feel_machine *machine, struct feel_value *out)
{
	struct feel_loop *loop = table_loop(machine);
	const struct feel_table_plan *table = loop->table;
	bool listed = table->policy >= FEEL_OUTPUT_ORDER;
	uint32_t first = machine->rows[loop->row_base];

	if (loop->broken) {
		*out = FEEL_NULL_VALUE;
	} else if (loop->picked == 0) {
		no_rows(table, out);
	} else if (loop->picked == 1 &&
		   (!listed || first / 2 == table->row_count)) {
		*out = loop->value;
	} else {
		if (loop->picked == 1)
			feel_builder_add(
				&machine->env, &loop->built, &loop->value);
		if (machine->env.failure == SHK_OK)
			several_rows(machine, loop, out);
	}
	machine->row_count = loop->row_base;
	machine->loop_count--;
}
