/*
 * Memory that is refused at any place of reading, compiling, listing and
 * running expressions and tables: each is told as that, and nothing is lost.
 */
#include <criterion/criterion.h>

#include "feel/machine.h"
#include "feel/rows.h"
#include "feel/parser.h"
#include "support/facts.h"
#include "support/faults.h"

/* Slots are the facts; an expression is made from its text, a table given. */
struct work {
	struct oracle_binding bindings[SLOTS + 1];
	const char *source;
	bool tests; /* of a column */
	const struct feel_node *node;
};

static enum shk_code load(
	void *context, unsigned slot, struct feel_value *out, shk_diag *diag)
{
	const struct work *work = context;

	(void)diag;
	*out = work->bindings[slot].value;
	return SHK_OK;
}

static enum shk_code run(struct work *work, struct arena *arena,
	const struct feel_node *node, shk_diag *diag)
{
	const struct feel_host host = { .context = work, .load = load };
	const struct feel_value input = feel_number(num_from_int(3));
	const struct feel_program *program;
	struct feel_machine *machine = NULL;
	struct feel_value out;
	enum shk_code code =
		feel_compile(arena, node, &slot_globals, "t", &program, diag);

	if (code == SHK_OK)
		code = feel_machine_new(&machine, arena, &host, diag);
	if (code == SHK_OK)
		code = feel_run(machine, program, work->tests ? &input : NULL,
			&out, diag);
	feel_machine_free(machine);
	return code;
}

static enum shk_code call_work(void *context, shk_diag *diag)
{
	struct work *work = context;
	const struct feel_place place = { "t", 1, 1 };
	const struct feel_node *node = work->node;
	struct arena arena;
	enum shk_code code = SHK_OK;

	arena_init(&arena);
	if (!node)
		code = (work->tests ? feel_parse_tests : feel_parse)(&arena,
			text_of(work->source), place, NULL, &node, diag);
	if (code == SHK_OK)
		code = run(work, &arena, node, diag);
	arena_release(&arena);
	return code;
}

static void work_open(struct arena *arena, struct work *work)
{
	*work = (struct work){ .tests = false };
	faults_open();
	arena_init(arena);
	facts_unknown(arena, work->bindings);
}

static void work_close(struct arena *arena)
{
	arena_release(arena);
	faults_close();
}

Test(feel_faults, expressions, .timeout = 120)
{
	struct arena arena;
	struct work work;

	work_open(&arena, &work);
	for (size_t i = 0; i < known_row_count; i++) {
		work.source = known_rows[i][0];
		faults_each(work.source, call_work, &work, 1);
	}
	for (size_t i = 0; i < open_expression_count; i++) {
		work.source = open_expressions[i];
		faults_each(work.source, call_work, &work, 1);
	}
	work_close(&arena);
}

/* What is open and in doubt. */
Test(feel_faults, doubts)
{
	static const char *const rows[] = {
		"if 1 / 3 * 3 = 1 then 0 else p",
		"if 1 / 3 * 3 = 1 then 0 else c",
		"if 1 / 3 * 3 = 1 then 0 else [c, p, {x: u}]",
		"get or else(c, 1)",
		"if b then get or else(c, \"z\") else c",
		"sort([p, 11, 12, 13], function(x, y) x < y)",
		"[c, [p]][1]",
		"context put({a: p}, \"k\", c)",
		"list replace([1, 2, 3], p, 0)",
		"median([p, 1])",
		"-(if b then @\"P1D\" else 1)",
		"[c..\"z\"]",
		"[1, 2, 3][if b then 1 else 2]",
		"p in [q..5]",
		"3 in [p..q]",
		"(function(x: list<string>) x)(c)",
		"for i in [p, q] return i",
	};
	struct arena arena;
	struct work work;

	work_open(&arena, &work);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		work.source = rows[i];
		faults_each(work.source, call_work, &work, 1);
	}
	work_close(&arena);
}

Test(feel_faults, rows, .timeout = 120)
{
	struct arena arena;
	struct work work;

	work_open(&arena, &work);
	for (const struct feel_rows *set = feel_row_sets; set->name; set++)
		for (size_t i = 0; i < set->count; i++) {
			work.source = set->rows[i][0];
			faults_each(work.source, call_work, &work, 1);
		}
	work_close(&arena);
}

Test(feel_faults, tables, .timeout = 120)
{
	struct arena arena;
	struct work work;

	work_open(&arena, &work);
	for (size_t i = 0; i < table_row_count; i++) {
		work.source = table_rows[i].input;
		work.node = facts_table(&arena, &table_rows[i]);
		faults_each(work.source, call_work, &work, 1);
	}
	work_close(&arena);
}

static enum shk_code call_copy(void *context, shk_diag *diag)
{
	const struct feel_value *value = context;
	struct feel_value copy;
	struct arena arena;
	bool copied;

	arena_init(&arena);
	copied = feel_copy(&arena, value, &copy);
	arena_release(&arena);
	return copied ? SHK_OK : diag_memory(diag);
}

/* Of whatever a value may hold. */
Test(feel_faults, copies)
{
	static const char *const rows[] = { "p", "c", "[1..2]", "[p..3]",
		"{a: {b: \"x\"}, l: [p, c, u]}", "@\"10:00:00Z\"",
		"{k: 2, f: function(x) x * k}" };
	struct arena arena;
	struct work work;

	work_open(&arena, &work);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct feel_host host = { .context = &work,
			.load = load };
		const struct feel_program *program;
		struct feel_machine *machine;
		struct feel_value value;
		shk_diag diag = { 0 };

		cr_assert_eq(feel_compile(&arena,
				     facts_parse(&arena, rows[i], false),
				     &slot_globals, "t", &program, &diag),
			SHK_OK, "%s: %s", rows[i], diag.message);
		cr_assert_eq(feel_machine_new(&machine, &arena, &host, &diag),
			SHK_OK);
		cr_assert_eq(feel_run(machine, program, NULL, &value, &diag),
			SHK_OK);
		feel_machine_free(machine);
		faults_each(rows[i], call_copy, &value, 1);
	}
	work_close(&arena);
}
