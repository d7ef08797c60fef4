/*
 * The checker of programs. It walks every path of every body once: operands
 * in range, jumps onto instructions inside of the body, the stack and the
 * kinds of the loops at work the same on all ways to one instruction. What
 * passed cannot leave its code, its constants or its part of the stack.
 */
#include "feel/builtin.h"

#include <string.h>

#define NEST_MAX 30 /* loops within one body; two bits of a word each */

/* What is known at an instruction. */
struct state {
	bool seen;
	uint16_t depth; /* values on the stack */
	uint16_t nest;	/* loops at work */
	uint64_t kinds; /* the innermost in the low two bits */
};

struct checker {
	const struct feel_program *program;
	const struct feel_unit *unit;
	uint32_t stack; /* the most of either so far */
	uint32_t loops;
	bool *starts; /* offsets at which an instruction begins */
	struct state *states;
	uint32_t *work; /* offsets still to be followed */
	uint32_t work_count;
	const char *why;
};

static bool refuse(struct checker *checker, const char *why)
{
	checker->why = why;
	return false;
}

static bool operand_valid(
	struct checker *checker, enum feel_operand kind, uint32_t value)
{
	const struct feel_program *program = checker->program;

	switch (kind) {
	case FEEL_OPERAND_CONSTANT:
		return value < program->constant_count;
	case FEEL_OPERAND_LOCAL:
		return value < checker->unit->locals;
	case FEEL_OPERAND_SLOT:
		return value < FEEL_GLOBALS_MAX;
	case FEEL_OPERAND_TARGET:
		return value >= checker->unit->start &&
		       value < checker->unit->end && checker->starts[value];
	case FEEL_OPERAND_COUNT:
		return value <= FEEL_STACK_MAX;
	case FEEL_OPERAND_NAME:
		return value < program->name_count;
	case FEEL_OPERAND_KEYS:
		return value < program->keys_count;
	case FEEL_OPERAND_UNIT:
		return value > 0 && value < program->unit_count;
	case FEEL_OPERAND_BUILTIN:
		return value < feel_builtin_count();
	case FEEL_OPERAND_TYPE:
		return value < program->type_count;
	case FEEL_OPERAND_TABLE:
		return value < program->table_count;
	case FEEL_OPERAND_FLAGS:
		return value <= 15;
	case FEEL_OPERAND_NONE:
	case FEEL_OPERAND_ROW:
	case FEEL_OPERAND_MARK:
		return true;
	}
	return false;
}

static bool operands_valid(struct checker *checker, const uint32_t *code)
{
	const struct feel_opcode_info *info = &feel_opcodes[FEEL_OPCODE(*code)];

	if (!operand_valid(checker, info->operand[0], FEEL_OPERAND(*code)))
		return refuse(checker, "an operand out of range");
	for (unsigned i = 1; i < info->words; i++)
		if (!operand_valid(checker, info->operand[i], code[i]))
			return refuse(checker, "an operand out of range");
	if (FEEL_OPCODE(*code) == OP_ROW_ANY &&
		checker->program->constants[code[2]].type != FEEL_LIST)
		return refuse(checker, "tests that are no list");
	if (FEEL_OPCODE(*code) == OP_BUILTIN) {
		const struct feel_builtin *builtin = feel_builtin_at(code[1]);
		uint32_t count = FEEL_OPERAND(*code);

		if (count < builtin->least ||
			(builtin->most != FEEL_ANY_COUNT &&
				count > builtin->most))
			return refuse(checker, "arguments of a built-in");
	}
	return true;
}

/* Closures take only locals that exist, outside and inside. */
static bool captures_valid(struct checker *checker, uint32_t index)
{
	const struct feel_unit *inner = &checker->program->units[index];

	for (uint32_t i = 0; i < inner->capture_count; i++)
		if (inner->captures[i].from >= checker->unit->locals ||
			inner->captures[i].to >= inner->locals)
			return refuse(checker, "a capture out of range");
	if (inner->parameter_count > inner->locals ||
		inner->self >= (int64_t)inner->locals)
		return refuse(checker, "a parameter out of range");
	return true;
}

/* The kind that must be innermost for `op`; -1 when it does not matter. */
static int needed_loop(enum feel_opcode op)
{
	switch (op) {
	case OP_NEXT:
	case OP_YIELD:
	case OP_PARTIAL:
		return FEEL_LOOP_ITER;
	case OP_GATHERED:
		return FEEL_LOOP_GATHER;
	case OP_ROW_TEST:
	case OP_ROW_IS:
	case OP_ROW_ANY:
	case OP_ROW_HIT:
	case OP_ROW_PICK:
	case OP_ROW_OUT:
	case OP_TABLE_END:
		return FEEL_LOOP_TABLE;
	default:
		return -1;
	}
}

static bool loops_fit(
	struct checker *checker, enum feel_opcode op, const struct state *state)
{
	int needed = needed_loop(op);
	unsigned inner = state->nest ? (unsigned)(state->kinds & 3) : 3;

	if (needed >= 0 && inner != (unsigned)needed)
		return refuse(checker, "a loop instruction out of its loop");
	if ((op == OP_ITER || op == OP_ITER_RANGE) &&
		inner != FEEL_LOOP_GATHER && inner != FEEL_LOOP_ITER)
		return refuse(checker, "an iterator without a gatherer");
	if (op == OP_RETURN && (state->nest != 0 || state->depth != 1))
		return refuse(checker, "a return with something left over");
	return true;
}

static bool change_loops(struct checker *checker, enum feel_opcode op,
	int change, struct state *state)
{
	uint64_t kind = FEEL_LOOP_ITER;

	if (change < 0) {
		if (state->nest == 0)
			return refuse(checker, "no loop to end");
		state->nest--;
		state->kinds >>= 2;
	} else if (change > 0) {
		if (state->nest == NEST_MAX)
			return refuse(checker, "loops nested too deeply");
		if (op == OP_GATHER)
			kind = FEEL_LOOP_GATHER;
		else if (op == OP_TABLE)
			kind = FEEL_LOOP_TABLE;
		state->nest++;
		state->kinds = (state->kinds << 2) | kind;
	}
	if (state->nest > checker->loops)
		checker->loops = state->nest;
	return true;
}

/* Arrive at `to` with `state`: follow it once, then only compare. */
static bool arrive(
	struct checker *checker, uint32_t to, const struct state *state)
{
	struct state *known;

	if (to < checker->unit->start || to >= checker->unit->end ||
		!checker->starts[to])
		return refuse(checker, "a path leaves its body");
	known = &checker->states[to];
	if (known->seen) {
		if (known->depth != state->depth ||
			known->nest != state->nest ||
			known->kinds != state->kinds)
			return refuse(checker, "paths disagree on the stack");
		return true;
	}
	*known = *state;
	known->seen = true;
	checker->work[checker->work_count++] = to;
	return true;
}

/* The state after `op` changed stack and loops by this much. */
static bool changed(struct checker *checker, const struct state *before,
	enum feel_opcode op, int stack, int loops, struct state *after)
{
	*after = *before;
	if ((int)before->depth + stack < 0)
		return refuse(checker, "the stack falls below zero");
	after->depth = (uint16_t)(before->depth + stack);
	if (after->depth > FEEL_STACK_MAX)
		return refuse(checker, "the stack grows past its ceiling");
	if (after->depth > checker->stack)
		checker->stack = after->depth;
	return change_loops(checker, op, loops, after);
}

/* The rows of a table are reached from its ROW_PICK. */
static bool arrive_rows(struct checker *checker, uint32_t offset,
	uint32_t index, const struct state *state)
{
	const struct feel_table_plan *table = &checker->program->tables[index];

	for (uint32_t i = 0; i <= table->row_count; i++) {
		if (i == table->row_count && table->rows[i] == 0)
			break; /* no default */
		if (table->rows[i] <= offset)
			return refuse(checker, "a jump back that is no loop");
		if (!arrive(checker, table->rows[i], state))
			return false;
	}
	return true;
}

static bool jumps(enum feel_opcode op)
{
	return feel_opcodes[op].operand[0] == FEEL_OPERAND_TARGET;
}

static bool falls_through(enum feel_opcode op)
{
	return op != OP_JUMP && op != OP_RETURN && op != OP_ROW_PICK &&
	       op != OP_ROW_OUT;
}

/* Only loops go back, and only to what uses up an item or a row. */
static bool ends_sometime(
	struct checker *checker, uint32_t offset, uint32_t target)
{
	uint32_t op = FEEL_OPCODE(checker->program->code[target]);

	if (target > offset || op == OP_NEXT || op == OP_ROW_PICK)
		return true;
	return refuse(checker, "a jump back that is no loop");
}

static bool follow(struct checker *checker, uint32_t offset)
{
	const uint32_t *code = checker->program->code + offset;
	enum feel_opcode op = (enum feel_opcode)FEEL_OPCODE(*code);
	const struct state before = checker->states[offset];
	uint32_t pops;
	int stack;
	int loops;
	struct state after;

	if (!operands_valid(checker, code) || !loops_fit(checker, op, &before))
		return false;
	if (op == OP_FUNCTION && !captures_valid(checker, FEEL_OPERAND(*code)))
		return false;
	pops = feel_pops(checker->program, code);
	if (pops > before.depth)
		return refuse(checker, "the stack falls below zero");
	stack = feel_opcodes[op].pushes - (int)pops;
	if (jumps(op)) {
		int jump_stack = stack;

		feel_jump_effect(op, &jump_stack, &loops);
		if (op == OP_ROW_OUT)
			jump_stack = stack;
		if (!ends_sometime(checker, offset, FEEL_OPERAND(*code)) ||
			!changed(checker, &before, op, jump_stack, loops,
				&after) ||
			!arrive(checker, FEEL_OPERAND(*code), &after))
			return false;
	}
	if (op == OP_ROW_PICK &&
		!arrive_rows(checker, offset, code[1], &before))
		return false;
	if (!falls_through(op))
		return true;
	if (!changed(checker, &before, op, stack, feel_opcodes[op].loops,
		    &after))
		return false;
	return arrive(checker, offset + feel_opcodes[op].words, &after);
}

/* Where instructions begin; false when the words do not come out even. */
static bool find_starts(struct checker *checker)
{
	uint32_t offset = checker->unit->start;

	if (checker->unit->end > checker->program->size ||
		offset >= checker->unit->end)
		return refuse(checker, "a body outside of the program");
	while (offset < checker->unit->end) {
		uint32_t op = FEEL_OPCODE(checker->program->code[offset]);

		if (op >= FEEL_OPCODE_COUNT)
			return refuse(checker, "an unknown instruction");
		checker->starts[offset] = true;
		offset += feel_opcodes[op].words;
	}
	if (offset != checker->unit->end)
		return refuse(checker, "a cut instruction");
	return true;
}

static bool check_unit(struct checker *checker)
{
	struct state begin = { false, 0, 0, 0 };

	checker->stack = 0;
	checker->loops = 0;
	if (checker->unit->locals > FEEL_STACK_MAX)
		return refuse(checker, "too many locals");
	if (!find_starts(checker) ||
		!arrive(checker, checker->unit->start, &begin))
		return false;
	while (checker->work_count > 0)
		if (!follow(checker, checker->work[--checker->work_count]))
			return false;
	if (checker->unit->locals + checker->stack > FEEL_STACK_MAX)
		return refuse(checker, "the stack grows past its ceiling");
	return true;
}

bool feel_verify(struct arena *scratch, const struct feel_program *program,
	struct feel_unit *units, const char **why)
{
	struct checker checker = { .program = program };
	size_t size = program->size + 1u;

	checker.starts = arena_zeroed(scratch, size, sizeof(bool));
	checker.states = arena_zeroed(scratch, size, sizeof(struct state));
	checker.work = arena_zeroed(scratch, size, sizeof(uint32_t));
	*why = NULL; /* memory ran out */
	if (!checker.starts || !checker.states || !checker.work)
		return false;
	for (uint32_t i = 0; i < program->unit_count; i++) {
		checker.unit = &units[i];
		if (!check_unit(&checker)) {
			*why = checker.why;
			return false;
		}
		units[i].stack = checker.stack;
		units[i].loops = checker.loops;
	}
	return true;
}
