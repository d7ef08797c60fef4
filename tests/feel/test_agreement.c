/*
 * The machine held against the oracle: on known values, on missing facts, and
 * on every way in which the facts may turn out.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "feel/machine.h"
#include "support/facts.h"
#include "support/grow.h"

static enum shk_code load(
	void *context, unsigned slot, struct feel_value *out, shk_diag *diag)
{
	const struct oracle_binding *bindings = context;

	(void)diag;
	*out = bindings[slot].value;
	return SHK_OK;
}

/* Run on the machine; false when it will not compile. */
static bool run(struct arena *arena, const struct feel_node *node,
	struct oracle_binding *bindings, const char *source,
	struct feel_value *out)
{
	const struct feel_host host = { .context = bindings, .load = load };
	const struct feel_program *program = NULL;
	struct feel_machine *machine = NULL;
	shk_diag diag = { 0 };
	bool ran;

	ran = feel_compile(arena, node, &slot_globals, "t", &program, &diag) ==
		      SHK_OK &&
	      feel_machine_new(&machine, arena, &host, &diag) == SHK_OK &&
	      feel_run(machine, program, NULL, out, &diag) == SHK_OK;
	cr_expect(ran, "%s: %s", source, diag.message);
	feel_machine_free(machine);
	return ran;
}

/* ORACLE_SAME also when the oracle cannot tell. */
static enum oracle_verdict hold(struct arena *arena,
	const struct feel_node *node, struct oracle_binding *bindings,
	const char *source)
{
	const struct oracle_scope scope = { bindings };
	enum oracle_verdict verdict;
	struct feel_value expected;
	struct feel_value got;
	struct buffer left;
	struct buffer right;

	if (!oracle_eval(arena, node, &scope, NULL, &expected) ||
		!run(arena, node, bindings, source, &got))
		return ORACLE_SAME;
	verdict = oracle_agree(&expected, &got);
	buffer_init(&left);
	buffer_init(&right);
	facts_show(&expected, &left);
	facts_show(&got, &right);
	cr_expect(verdict != ORACLE_DIFFERENT, "%s: oracle %s, machine %s",
		source, left.data, right.data);
	buffer_release(&left);
	buffer_release(&right);
	return verdict;
}

/* As hold; the machine must also know as much as the oracle. */
static void hold_tight(struct arena *arena, const struct feel_node *node,
	struct oracle_binding *bindings, const char *source)
{
	cr_expect_neq(hold(arena, node, bindings, source), ORACLE_WIDER,
		"%s: the machine knows less than the oracle", source);
}

Test(agreement, machine_agrees_on_known_values)
{
	struct oracle_binding bindings[SLOTS + 1];
	struct arena arena;
	size_t i;

	arena_init(&arena);
	facts_unknown(&arena, bindings);
	for (i = 0; i < known_row_count; i++)
		hold_tight(&arena, facts_parse(&arena, known_rows[i][0], false),
			bindings, known_rows[i][0]);
	arena_release(&arena);
}

Test(agreement, machine_agrees_on_unknowns)
{
	struct oracle_binding bindings[SLOTS + 1];
	struct arena arena;
	size_t i;

	arena_init(&arena);
	facts_unknown(&arena, bindings);
	for (i = 0; i < open_expression_count; i++)
		hold_tight(&arena,
			facts_parse(&arena, open_expressions[i], false),
			bindings, open_expressions[i]);
	for (i = 0; i < table_row_count; i++)
		hold_tight(&arena, facts_table(&arena, &table_rows[i]),
			bindings, table_rows[i].expected);
	arena_release(&arena);
}

Test(agreement, machine_agrees_on_completions)
{
	struct oracle_binding bindings[SLOTS + 1];
	struct oracle_binding known[SLOTS + 1];
	struct arena arena;
	size_t i;
	unsigned way;

	arena_init(&arena);
	facts_unknown(&arena, bindings);
	facts_unknown(&arena, known);
	for (i = 0; i < open_expression_count; i++) {
		const char *source = open_expressions[i];
		const struct feel_node *node =
			facts_parse(&arena, source, false);
		struct feel_value wide;

		if (!run(&arena, node, bindings, source, &wide))
			continue;
		for (way = 0; way < FACTS_WAYS; way += 7) {
			struct feel_value exact;
			const struct oracle_scope scope = { known };

			facts_known(known, way);
			hold_tight(&arena, node, known, source);
			if (!facts_mention_u(source) &&
				oracle_eval(&arena, node, &scope, NULL, &exact))
				facts_expect_admits(&wide, &exact, source, way);
		}
	}
	arena_release(&arena);
}

/* Random expressions: the same answers, and promises that are kept. */
#define GROWN 600

Test(agreement, machine_agrees_on_grown_expressions)
{
	struct oracle_binding bindings[SLOTS + 1];
	struct oracle_binding known[SLOTS + 1];
	const struct oracle_scope scope = { known };
	struct arena arena;
	struct buffer source;
	uint64_t seed = 20240613;
	unsigned way;
	int wider = 0;
	int i;

	arena_init(&arena);
	buffer_init(&source);
	for (i = 0; i < GROWN; i++) {
		const struct feel_node *node;
		struct feel_value wide;
		struct feel_value exact;

		arena_clear(&arena);
		facts_unknown(&arena, bindings);
		facts_unknown(&arena, known);
		buffer_clear(&source);
		grow(&seed, (enum grow_type)(i % GROW_TYPES), 3, &source);
		node = facts_parse(&arena, source.data, false);
		wider += hold(&arena, node, bindings, source.data) ==
			 ORACLE_WIDER;
		if (!run(&arena, node, bindings, source.data, &wide))
			continue;
		for (way = 0; way < FACTS_WAYS; way += 11) {
			facts_known(known, way);
			hold_tight(&arena, node, known, source.data);
			if (oracle_eval(&arena, node, &scope, NULL, &exact))
				facts_expect_admits(
					&wide, &exact, source.data, way);
		}
	}
	/* too wide is allowed, but not as a habit */
	cr_expect_leq(wider, GROWN / 50, "%d of %d", wider, GROWN);
	buffer_release(&source);
	arena_release(&arena);
}
