/*
 * What the notes cannot follow. Instructions that only move values, or whose
 * work is taken down where it is done (arithmetic, comparisons, rounding), are
 * named here; every other one that takes a number pins its facts, so that a
 * new instruction or built-in is safe until somebody has thought about it.
 */
#include "feel/builtin_bodies.h"

/* It moves values, looks at truths only, or tells the notes itself. */
static bool is_followed(uint32_t op)
{
	switch (op) {
	case OP_RANGE:
	case OP_INDEX:
	case OP_IN_ITEM:
	case OP_ITER_RANGE:
	case OP_INSTANCE:
	case OP_COERCE:
	case OP_SERVICE:
	case OP_ELSE:
	case OP_YIELD:
		return false;
	default:
		return op < FEEL_OPCODE_COUNT;
	}
}

static void pin_several(struct feel_notes *notes,
	const struct feel_value *values, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		feel_note_pin(notes, &values[i]);
}

/* Lists that are put together out of what only may be among them. */
static void pin_gathered(
	const struct feel_machine *machine, const struct feel_loop *loop)
{
	bool several = loop->kind == FEEL_LOOP_TABLE
			       ? loop->picked > 1
			       : loop->open || loop->maybe_count > 0;

	if (!several)
		return;
	pin_several(machine->env.notes, loop->built.items, loop->built.count);
}

/* Whatever is picked by a number, not by a truth, is an index. */
static bool yields_truth(const struct feel_value *value)
{
	return value->type == FEEL_BOOLEAN || value->type == FEEL_NULL;
}

/*
 * Either of two branches, by a condition that is open: the values that are
 * possible, each once. Which of them are the same belongs to the notes.
 */
static bool follows_join(
	struct feel_notes *notes, const struct feel_value branches[2])
{
	const struct feel_value *left, *right;
	size_t left_count = feel_note_listed(&branches[0], &left);
	size_t right_count = feel_note_listed(&branches[1], &right);
	bool plain = left_count > 0 && right_count > 0 &&
		     left_count + right_count <= FEEL_CHOICES_MAX;

	for (size_t i = 0; i < left_count && plain; i++)
		for (size_t k = 0; k < right_count; k++)
			feel_note_same(notes, &left[i], &right[k]);
	return plain;
}

/* An item by a number that no fact made, out of a known list: it is moved. */
static bool follows_index(
	const struct feel_notes *notes, const struct feel_value sides[2])
{
	return sides[0].type != FEEL_UNKNOWN && sides[1].type == FEEL_NUMBER &&
	       !sides[1].inexact && !feel_note_free(notes, &sides[1]);
}

void feel_watch(const struct feel_machine *machine, const uint32_t *code,
	const struct feel_value *locals, const struct feel_value *sp)
{
	struct feel_notes *notes = machine->env.notes;
	uint32_t op = FEEL_OPCODE(*code);
	const struct feel_loop *loop =
		machine->loop_count > 0
			? &machine->loops[machine->loop_count - 1]
			: NULL;
	uint32_t pops;

	if ((op == OP_TABLE_END || op == OP_GATHERED) && loop)
		pin_gathered(machine, loop);
	if (is_followed(op))
		return;
	if (op == OP_YIELD) {
		loop = loop ? &machine->loops[loop->owner] : NULL;
		if (yields_truth(&sp[-1]) ||
			(loop && loop->gather == FEEL_GATHER_LIST))
			return;
	}
	if (op == OP_ELSE &&
		(sp[-3].type != FEEL_UNKNOWN || follows_join(notes, sp - 2)))
		return;
	if (op == OP_INDEX && follows_index(notes, sp - 2))
		return;
	/* whether a known item has the entry is not a matter of its numbers */
	if (op == OP_IN_ITEM && locals[code[1]].type == FEEL_UNKNOWN)
		feel_note_pin(notes, &locals[code[1]]);
	pops = feel_pops(
		machine->frames[machine->frame_count - 1].program, code);
	pin_several(notes, sp - pops, pops);
}

void feel_watch_builtin(struct feel_env *env,
	const struct feel_builtin *builtin, const struct feel_value *args,
	uint32_t count)
{
	static feel_builtin_body *const bodies[] = { feel_b_round,
		feel_b_extreme, feel_b_sum, feel_b_product, feel_b_count,
		feel_b_not, feel_b_truths, feel_b_append, feel_b_concatenate,
		feel_b_monotone };
	const struct feel_value *values;
	bool follows = false;

	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++)
		follows = follows || builtin->body == bodies[i];
	/* a rounding takes each of several values by itself */
	for (uint32_t i = 0; i < count && follows; i++)
		follows = !feel_is_open(&args[i]) ||
			  (builtin->body == feel_b_round && i == 0 &&
				  feel_note_listed(&args[i], &values) > 0);
	/* its order is what a function says, which is noted in there */
	if (builtin->body == feel_b_sort && count == 2)
		follows = !feel_is_open(&args[0]);
	if (!follows)
		pin_several(env->notes, args, count);
}
