/*
 * The interpreter loop and what stands around it: runs, frames and calls.
 * Programs are checked when they are made, so the loop trusts operands; what
 * depends on values (calls, loops, rows) is bounded here by named ceilings.
 */
#include "feel/builtin.h"
#include "feel/inexact.h"
#include "feel/interval.h"

#include "base/memory.h"

#include <stddef.h>
#include <string.h>

enum shk_code feel_machine_new(struct feel_machine **out, struct arena *arena,
	const struct feel_host *host, shk_diag *diag)
{
	struct feel_machine *machine = memory_alloc(sizeof(*machine));

	*out = machine;
	if (!machine)
		return diag_memory(diag);
	/* a start would feel the zeroing of a megabyte that is hardly used */
	memset(machine, 0, offsetof(struct feel_machine, stack));
	machine->env.arena = arena;
	machine->env.host = host;
	machine->env.machine = machine;
	return SHK_OK;
}

void feel_machine_free(struct feel_machine *machine)
{
	memory_free(machine);
	num_forget(); /* a machine belongs to one thread */
}

void feel_machine_map_unknown(struct feel_machine *machine, bool to_null)
{
	machine->map_unknown = to_null;
}

void feel_machine_note(struct feel_machine *machine, struct feel_notes *notes)
{
	machine->env.notes = notes;
}

void feel_machine_round(
	struct feel_machine *machine, struct feel_rounding *rounding)
{
	machine->env.rounding = rounding;
}

/*
 * Enter `unit`, whose first locals from `base` on are already in place. The
 * other locals are null. False, with the failure, at a ceiling.
 */
static bool enter(struct feel_machine *machine,
	const struct feel_program *program, const struct feel_unit *unit,
	uint32_t base, uint32_t placed)
{
	struct feel_frame *frame;

	if (machine->frame_count == FEEL_FRAMES_MAX) {
		feel_fail(&machine->env, SHK_E_LIMIT,
			"programs run inside programs too deeply");
		return false;
	}
	if (base + unit->locals + unit->stack > FEEL_STACK_MAX) {
		feel_fail(&machine->env, SHK_E_LIMIT,
			"more than 1024 values on the stack");
		return false;
	}
	frame = &machine->frames[machine->frame_count++];
	frame->program = program;
	frame->unit = unit;
	frame->pc = program->code + unit->start;
	frame->base = base;
	frame->call = false;
	for (uint32_t i = placed; i < unit->locals; i++)
		machine->stack[base + i] = FEEL_NULL_VALUE;
	machine->top = base + unit->locals;
	return true;
}

static bool enter_closure(struct feel_machine *machine,
	const struct feel_value *function, uint32_t base, uint32_t count)
{
	const struct feel_function *closure = function->u.function;
	const struct feel_unit *unit = &closure->program->units[closure->unit];
	struct feel_value *locals = &machine->stack[base];
	const struct feel_value self = *function;

	if (machine->call_count == FEEL_CALLS_MAX) {
		feel_fail(&machine->env, SHK_E_LIMIT,
			"more than 200 nested calls of FEEL functions");
		return false;
	}
	if (!enter(machine, closure->program, unit, base, count))
		return false;
	machine->frames[machine->frame_count - 1].call = true;
	machine->call_count++;
	for (uint32_t i = 0; i < unit->capture_count; i++)
		locals[unit->captures[i].to] = closure->captures[i];
	if (unit->self >= 0)
		locals[unit->self] = self;
	return true;
}

/*
 * Begin the call of the function below the `count` values on the stack. True
 * when a frame was entered; else function and arguments have been replaced by
 * the result.
 */
static bool begin_call(struct feel_machine *machine, uint32_t count)
{
	uint32_t base = machine->top - count;
	struct feel_env *env = &machine->env;
	struct feel_value *function = &machine->stack[base - 1];
	struct feel_value *args = &machine->stack[base];
	struct feel_value result = FEEL_NULL_VALUE;
	enum feel_fit fit = FEEL_FITS_NOT;

	if (function->type == FEEL_UNKNOWN)
		fit = FEEL_FITS_PERHAPS;
	else if (function->type == FEEL_FUNCTION)
		fit = feel_accepts(env, function->u.function, args, count);
	if (fit == FEEL_FITS_PERHAPS) {
		feel_anything(env, function, count + 1, &result);
	} else if (fit == FEEL_FITS) {
		if (!function->u.function->builtin)
			return enter_closure(machine, function, base, count);
		feel_builtin_call(env, function->u.function->builtin, args,
			count, &result);
	}
	machine->stack[base - 1] = result;
	machine->top = base;
	return false;
}

static int parameter_of(const struct feel_function *function, struct text name)
{
	const struct feel_unit *unit;

	if (function->builtin)
		return feel_builtin_parameter(function->builtin, 0, name);
	unit = &function->program->units[function->unit];
	for (uint32_t i = 0; i < unit->parameter_count; i++)
		if (text_equal(unit->parameters[i], name))
			return (int)i;
	return -1;
}

/* Bring named arguments into the order of the parameters; count or -1. */
static int order_arguments(
	struct feel_machine *machine, const struct feel_keys *keys)
{
	uint32_t count = (uint32_t)keys->count;
	struct feel_value *args = &machine->stack[machine->top - count];
	struct feel_value ordered[FEEL_ARGUMENTS_MAX];
	int most = 0;

	if (args[-1].type != FEEL_FUNCTION || count > FEEL_ARGUMENTS_MAX)
		return -1;
	for (uint32_t i = 0; i < FEEL_ARGUMENTS_MAX; i++)
		ordered[i] = FEEL_NULL_VALUE;
	for (uint32_t i = 0; i < count; i++) {
		int at = parameter_of(args[-1].u.function, keys->names[i]);

		if (at < 0 || at >= FEEL_ARGUMENTS_MAX)
			return -1;
		ordered[at] = args[i];
		most = at + 1 > most ? at + 1 : most;
	}
	if ((uint32_t)most != count) /* one is missing, or named twice */
		return -1;
	memcpy(args, ordered, count * sizeof(*args));
	return most;
}

static bool begin_named_call(
	struct feel_machine *machine, const struct feel_keys *keys)
{
	uint32_t count = (uint32_t)keys->count;
	struct feel_value *function = &machine->stack[machine->top - count - 1];

	if (order_arguments(machine, keys) >= 0)
		return begin_call(machine, count);
	if (function->type == FEEL_UNKNOWN)
		feel_anything(&machine->env, function, count + 1, function);
	else
		*function = FEEL_NULL_VALUE;
	machine->top -= count;
	return false;
}

static void make_closure(struct feel_env *env,
	const struct feel_program *program, uint32_t index,
	const struct feel_value *locals, struct feel_value *out)
{
	const struct feel_unit *unit = &program->units[index];
	struct feel_value value = { .type = FEEL_FUNCTION };
	struct feel_function *function = feel_alloc(env, 1, sizeof(*function));
	struct feel_value *captures =
		feel_alloc(env, unit->capture_count, sizeof(*captures));

	*out = FEEL_NULL_VALUE;
	if (!function || !captures)
		return;
	for (uint32_t i = 0; i < unit->capture_count; i++)
		captures[i] = locals[unit->captures[i].from];
	function->program = program;
	function->unit = index;
	function->capture_count = unit->capture_count;
	function->captures = captures;
	value.u.function = function;
	*out = value;
}

/* Both branches of an `if` are there, or one that was not needed is null. */
static void join_branches(struct feel_env *env, struct feel_value *values)
{
	struct feel_set reasons = { { 0 } };

	if (values[0].type != FEEL_UNKNOWN) {
		values[0] = values[2];
		return;
	}
	feel_reasons(&values[0], &reasons);
	if (!feel_join(
		    env->arena, &values[1], &values[2], &reasons, &values[0]))
		feel_fail(env, SHK_E_MEMORY, NULL);
}

static void load_slot(
	struct feel_machine *machine, uint32_t slot, struct feel_value *out)
{
	const struct feel_host *host = machine->env.host;
	enum shk_code code;

	*out = FEEL_NULL_VALUE;
	if (!host || !host->load) {
		feel_fail(
			&machine->env, SHK_E_INTERNAL, "no host to load from");
		return;
	}
	code = host->load(host->context, slot, out, machine->diag);
	if (code != SHK_OK)
		feel_fail(&machine->env, code, NULL);
	if (feel_is_tainted(out))
		machine->env.doubt = true;
	if (machine->map_unknown && out->type == FEEL_UNKNOWN)
		*out = FEEL_NULL_VALUE;
}

/* The result stands where the first argument stood. */
static void call_service(struct feel_machine *machine, uint32_t slot,
	struct feel_value *args, uint32_t count)
{
	const struct feel_host *host = machine->env.host;
	struct feel_value result = FEEL_NULL_VALUE;
	enum shk_code code;

	if (!host || !host->service) {
		feel_fail(&machine->env, SHK_E_INTERNAL,
			"no host for a decision service");
		return;
	}
	code = host->service(
		host->context, slot, args, count, &result, machine->diag);
	if (code != SHK_OK)
		feel_fail(&machine->env, code, NULL);
	*args = result;
}

static bool is_truth(const struct feel_value *value, bool truth)
{
	return value->type == FEEL_BOOLEAN && value->u.boolean == truth;
}

static void tell_mark(const struct feel_env *env, uint32_t mark)
{
	if (env->host && env->host->mark)
		env->host->mark(env->host->context, mark);
}

/* The result of a frame goes where its function or first local was. */
static void leave(struct feel_machine *machine, const struct feel_value *value)
{
	struct feel_frame *frame = &machine->frames[--machine->frame_count];

	if (frame->call) {
		machine->call_count--;
		machine->stack[frame->base - 1] = *value;
		machine->top = frame->base;
	} else {
		machine->stack[frame->base] = *value;
		machine->top = frame->base + 1;
	}
}

/* Is `entry` the plan of the table at work? Programs may be damaged. */
static bool at_work(struct feel_machine *machine,
	const struct feel_program *program, uint32_t index)
{
	if (machine->loops[machine->loop_count - 1].table ==
		&program->tables[index])
		return true;
	feel_fail(&machine->env, SHK_E_INTERNAL, "table of a row");
	return false;
}

/* A test of a row whose input is unknown or of another type. */
static bool slow_match(struct feel_machine *machine, uint32_t word,
	const struct feel_value *input, const struct feel_value *test)
{
	struct feel_value truth;

	if (FEEL_OPCODE(word) == OP_ROW_IS)
		feel_match(&machine->env, input, test, &truth);
	else
		feel_match_any(&machine->env, input, test, &truth);
	return feel_row_test(machine, &truth);
}

#define BINARY(name, op)                                                       \
	case OP_##name:                                                        \
		sp--;                                                          \
		feel_binary(env, op, &sp[-1], &sp[0], &sp[-1]);                \
		break

/* NOLINTBEGIN(bugprone-macro-parentheses): an operator, not a value */
#define COMPARE(name, op, test)                                                \
	case OP_##name:                                                        \
		sp--;                                                          \
		if (sp[-1].type == FEEL_NUMBER && sp[0].type == FEEL_NUMBER && \
			!feel_any_inexact(&sp[-1], &sp[0]) && !env->notes)     \
			sp[-1] = feel_boolean(num_order(                       \
				sp[-1].u.number, sp[0].u.number) test 0);      \
		else                                                           \
			feel_binary(env, op, &sp[-1], &sp[0], &sp[-1]);        \
		break
/* NOLINTEND(bugprone-macro-parentheses) */

#define SAVE()                                                                 \
	do {                                                                   \
		frame->pc = pc;                                                \
		machine->top = (uint32_t)(sp - machine->stack);                \
	} while (0)

#define RESTORE()                                                              \
	do {                                                                   \
		frame = &machine->frames[machine->frame_count - 1];            \
		program = frame->program;                                      \
		locals = machine->stack + frame->base;                         \
		pc = frame->pc;                                                \
		sp = machine->stack + machine->top;                            \
	} while (0)

#define GOTO(word) (pc = program->code + FEEL_OPERAND(word))

/*
 * Run until the frame that is now on top has left; its result is then on top
 * of the stack. The frames below `entry` belong to somebody else.
 */
static void execute(struct feel_machine *machine)
{
	struct feel_env *env = &machine->env;
	uint32_t entry = machine->frame_count;
	struct feel_frame *frame;
	const struct feel_program *program;
	struct feel_value *locals;
	struct feel_value *sp;
	const uint32_t *pc;
	uint32_t word;
	uint32_t count;
	int match;

	RESTORE();
	while (env->failure == SHK_OK) {
		word = *pc++;
		if (env->notes)
			feel_watch(machine, pc - 1, locals, sp);
		switch (FEEL_OPCODE(word)) {
		case OP_CONST:
			*sp++ = program->constants[FEEL_OPERAND(word)];
			break;
		case OP_LOCAL:
			*sp++ = locals[FEEL_OPERAND(word)];
			break;
		case OP_STORE:
			locals[FEEL_OPERAND(word)] = *--sp;
			break;
		case OP_KEEP:
			locals[FEEL_OPERAND(word)] = sp[-1];
			break;
		case OP_LOAD_SLOT:
			SAVE();
			load_slot(machine, FEEL_OPERAND(word), sp);
			sp++;
			break;
		case OP_JUMP:
			GOTO(word);
			break;
		case OP_BRANCH:
			if (sp[-1].type != FEEL_UNKNOWN &&
				!is_truth(&sp[-1], true)) {
				*sp++ = FEEL_NULL_VALUE;
				GOTO(word);
			}
			break;
		case OP_THEN:
			if (sp[-2].type != FEEL_UNKNOWN) {
				sp[-2] = sp[-1];
				sp--;
				GOTO(word);
			}
			break;
		case OP_ELSE:
			sp -= 2;
			join_branches(env, sp - 1);
			break;
		case OP_AND_LEFT:
			if (is_truth(&sp[-1], false))
				GOTO(word);
			break;
		case OP_OR_LEFT:
			if (is_truth(&sp[-1], true))
				GOTO(word);
			break;
		case OP_AND:
			sp--;
			feel_and(env, sp - 1, sp - 1);
			break;
		case OP_OR:
			sp--;
			feel_or(env, sp - 1, sp - 1);
			break;
		case OP_NOT:
			feel_not(env, sp - 1, sp - 1);
			break;
			BINARY(ADD, FEEL_ADD);
			BINARY(SUBTRACT, FEEL_SUBTRACT);
			BINARY(MULTIPLY, FEEL_MULTIPLY);
			BINARY(DIVIDE, FEEL_DIVIDE);
			BINARY(POWER, FEEL_POWER);
			COMPARE(EQ, FEEL_EQ, ==);
			COMPARE(NE, FEEL_NE, !=);
			COMPARE(LT, FEEL_LT, <);
			COMPARE(LE, FEEL_LE, <=);
			COMPARE(GT, FEEL_GT, >);
			COMPARE(GE, FEEL_GE, >=);
		case OP_NEGATE:
			feel_negate(env, sp - 1, sp - 1);
			break;
		case OP_BETWEEN:
			sp -= 2;
			feel_between(env, sp - 1, sp - 1);
			break;
		case OP_MATCH:
			sp--;
			if (FEEL_OPERAND(word) == FEEL_MATCH_ANY)
				feel_match_any(env, sp - 1, sp, sp - 1);
			else
				feel_match(env, sp - 1, sp, sp - 1);
			break;
		case OP_HOLDS:
			sp--;
			feel_holds(env, sp - 1, sp, sp - 1);
			break;
		case OP_RANGE:
			sp--;
			feel_make_range(
				env, FEEL_OPERAND(word), sp - 1, sp - 1);
			break;
		case OP_LIST:
			sp -= FEEL_OPERAND(word);
			feel_make_list(env, sp, FEEL_OPERAND(word), sp);
			sp++;
			break;
		case OP_CONTEXT:
			sp -= program->keys[FEEL_OPERAND(word)].count;
			feel_make_context(env,
				&program->keys[FEEL_OPERAND(word)], sp, sp);
			sp++;
			break;
		case OP_PATH:
			feel_path(env, sp - 1,
				program->names[FEEL_OPERAND(word)], sp - 1);
			break;
		case OP_IN_ITEM:
			if (feel_in_item(env, &locals[pc[0]],
				    program->names[pc[1]], sp)) {
				sp++;
				GOTO(word);
			} else {
				pc += 2;
			}
			break;
		case OP_INDEX:
			sp--;
			feel_index(env, sp - 1, sp, sp - 1);
			break;
		case OP_GATHER: {
			struct feel_loop *loop =
				feel_loop_push(machine, FEEL_LOOP_GATHER);

			if (loop) {
				loop->gather = FEEL_OPERAND(word) &
					       (FEEL_GATHER_STRICT - 1);
				loop->strict = (FEEL_OPERAND(word) &
						       FEEL_GATHER_STRICT) != 0;
			}
			break;
		}
		case OP_ITER:
			sp--;
			feel_iterate(machine, sp);
			break;
		case OP_ITER_RANGE:
			sp -= 2;
			feel_iterate_range(machine, sp);
			break;
		case OP_NEXT:
			if (feel_next(machine, &locals[*pc]))
				pc++;
			else
				GOTO(word);
			break;
		case OP_PARTIAL:
			feel_partial(machine, &locals[FEEL_OPERAND(word)]);
			break;
		case OP_YIELD:
			feel_yield(machine, --sp);
			break;
		case OP_GATHERED:
			feel_gathered(machine, sp++);
			break;
		case OP_FUNCTION:
			make_closure(
				env, program, FEEL_OPERAND(word), locals, sp++);
			break;
		case OP_CALL:
			SAVE();
			begin_call(machine, FEEL_OPERAND(word));
			RESTORE();
			break;
		case OP_CALL_NAMED:
			SAVE();
			begin_named_call(
				machine, &program->keys[FEEL_OPERAND(word)]);
			RESTORE();
			break;
		case OP_BUILTIN:
			count = FEEL_OPERAND(word);
			SAVE();
			sp -= count;
			feel_builtin_call(
				env, feel_builtin_at(*pc++), sp, count, sp);
			sp++;
			break;
		case OP_COERCE:
			SAVE();
			feel_coerce(env, sp - 1,
				program->types[FEEL_OPERAND(word)]);
			break;
		case OP_UNWRAP: /* a list of one where a list is not wanted */
			if (sp[-1].type == FEEL_LIST && sp[-1].size == 1)
				sp[-1] = sp[-1].u.items[0];
			break;
		case OP_SERVICE:
			count = FEEL_OPERAND(word);
			SAVE();
			sp -= count;
			call_service(machine, *pc++, sp, count);
			sp++;
			break;
		case OP_INSTANCE:
			SAVE();
			feel_instance(env, sp - 1,
				program->types[FEEL_OPERAND(word)], sp - 1);
			break;
		case OP_MARK:
			tell_mark(env, *pc++);
			break;
		case OP_TABLE:
			feel_table_begin(
				machine, &program->tables[FEEL_OPERAND(word)]);
			break;
		case OP_ROW_TEST:
			sp--;
			if (!feel_row_test(machine, sp))
				GOTO(word);
			break;
		case OP_ROW_IS:
		case OP_ROW_ANY:
			match = env->notes ? -1
				: FEEL_OPCODE(word) == OP_ROW_IS
					? feel_quick_match(&locals[pc[0]],
						  &program->constants[pc[1]])
					: feel_quick_any(&locals[pc[0]],
						  &program->constants[pc[1]]);
			if (match < 0)
				match = slow_match(machine, word,
					&locals[pc[0]],
					&program->constants[pc[1]]);
			pc += 2;
			if (match == 0) {
				feel_row_fails(machine);
				GOTO(word);
			}
			break;
		case OP_ROW_HIT:
			if (feel_row_hit(machine, *pc++))
				GOTO(word);
			break;
		case OP_ROW_PICK:
			if (!at_work(machine, program, *pc))
				break;
			count = feel_row_pick(machine);
			if (count)
				pc = program->code + count;
			else
				GOTO(word);
			break;
		case OP_ROW_OUT:
			if (!at_work(machine, program, *pc))
				break;
			sp -= program->tables[*pc].output_count;
			feel_row_out(machine, sp);
			GOTO(word);
			break;
		case OP_TABLE_END:
			feel_table_end(machine, sp++);
			break;
		case OP_RETURN:
			leave(machine, sp - 1);
			if (machine->frame_count < entry)
				return;
			RESTORE();
			break;
		default:
			feel_fail(env, SHK_E_INTERNAL, "opcode");
			break;
		}
	}
}

/* What a run changes and a failed run must put back. */
struct saved {
	uint32_t top;
	uint32_t loops;
	uint32_t rows;
	uint32_t frames;
	uint32_t calls;
};

static struct saved save(const struct feel_machine *machine)
{
	return (struct saved){ machine->top, machine->loop_count,
		machine->row_count, machine->frame_count, machine->call_count };
}

static void put_back(struct feel_machine *machine, struct saved saved)
{
	machine->top = saved.top;
	machine->loop_count = saved.loops;
	machine->row_count = saved.rows;
	machine->frame_count = saved.frames;
	machine->call_count = saved.calls;
}

void feel_call(struct feel_env *env, const struct feel_value *function,
	const struct feel_value *arguments, uint32_t count,
	struct feel_value *out)
{
	struct feel_machine *machine = env->machine;
	struct saved saved;

	*out = FEEL_NULL_VALUE;
	if (!machine) {
		feel_fail(env, SHK_E_INTERNAL, "a call without a machine");
		return;
	}
	saved = save(machine);
	if (machine->top + count + 1 > FEEL_STACK_MAX) {
		feel_fail(
			env, SHK_E_LIMIT, "more than 1024 values on the stack");
		return;
	}
	machine->stack[machine->top++] = *function;
	for (uint32_t i = 0; i < count; i++)
		machine->stack[machine->top++] = arguments[i];
	if (begin_call(machine, count))
		execute(machine);
	if (env->failure == SHK_OK)
		*out = machine->stack[saved.top];
	put_back(machine, saved);
}

/* Tell the failure and make the machine ready for what comes next. */
static enum shk_code end_failed(struct feel_machine *machine, shk_diag *diag)
{
	enum shk_code code = machine->env.failure;
	const char *why = machine->env.why;

	machine->env.failure = SHK_OK;
	machine->env.why = NULL;
	if (code == SHK_E_MEMORY)
		return diag_memory(diag);
	return diag_set(
		diag, code, "%s", why ? why : "a value could not be loaded");
}

enum shk_code feel_run(struct feel_machine *machine,
	const struct feel_program *program, const struct feel_value *input,
	struct feel_value *out, shk_diag *diag)
{
	struct saved saved = save(machine);
	shk_diag *outer = machine->diag;
	bool doubt = machine->env.doubt;

	machine->diag = diag;
	machine->env.doubt = input && feel_is_tainted(input);
	if (machine->frame_count == 0)
		machine->turns = 0;
	*out = FEEL_NULL_VALUE;
	if (enter(machine, program, &program->units[0], machine->top, 0)) {
		if (input && program->units[0].locals > 0)
			machine->stack[saved.top] = *input;
		execute(machine);
	}
	if (machine->env.failure == SHK_OK) {
		*out = machine->stack[saved.top];
		feel_weigh(&machine->env, out);
	}
	if (machine->env.doubt)
		feel_taint(&machine->env, out);
	machine->env.doubt = doubt;
	put_back(machine, saved);
	machine->diag = outer;
	if (machine->env.failure != SHK_OK)
		return end_failed(machine, diag);
	return SHK_OK;
}

enum shk_code feel_apply(struct feel_machine *machine,
	const struct feel_value *function, const struct feel_value *arguments,
	uint32_t count, struct feel_value *out, shk_diag *diag)
{
	shk_diag *outer = machine->diag;

	machine->diag = diag;
	if (machine->frame_count == 0)
		machine->turns = 0;
	feel_call(&machine->env, function, arguments, count, out);
	machine->diag = outer;
	if (machine->env.failure != SHK_OK)
		return end_failed(machine, diag);
	return SHK_OK;
}

struct text feel_parameter(const struct feel_value *function, uint32_t index)
{
	const struct feel_unit *unit;

	if (function->type != FEEL_FUNCTION || function->u.function->builtin)
		return (struct text){ "", 0 };
	unit = &function->u.function->program
			->units[function->u.function->unit];
	if (index >= unit->parameter_count)
		return (struct text){ "", 0 };
	return unit->parameters[index];
}

enum shk_code feel_as_type(struct feel_machine *machine,
	struct feel_value *value, const struct feel_type_ref *type,
	shk_diag *diag)
{
	/* the caller's value may lie where the next program's stack begins */
	struct feel_value made = *value;

	feel_coerce(&machine->env, &made, type);
	*value = made;
	if (machine->env.failure != SHK_OK)
		return end_failed(machine, diag);
	return SHK_OK;
}
