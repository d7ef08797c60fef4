/*
 * The tree walk of the compiler: operators, tests, boxed values. Operations on
 * constants are carried out at once, with the machine's own routines.
 */
#include "feel/compile.h"
#include "feel/temporal.h"

bool feel_folds(struct feel_compiler *compiler, const struct feel_env *env)
{
	if (env->failure == SHK_E_MEMORY)
		feel_compiler_memory(compiler);
	return env->failure == SHK_OK && !env->doubt;
}

/* A constant in place of the code since `from`, unless it failed. */
static void folded(struct feel_compiler *compiler, struct feel_env *env,
	uint32_t from, const struct feel_value *value, enum feel_opcode op,
	uint32_t operand)
{
	/* let it fail, or doubt, when it runs */
	if (!feel_folds(compiler, env)) {
		feel_emit(compiler, op, operand);
		return;
	}
	feel_rewind(compiler, from);
	feel_emit_constant(compiler, value);
}

static void compile_literal(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	feel_emit_constant(compiler, &node->value);
}

static void compile_negate(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	struct feel_env env = { .arena = compiler->arena };
	uint32_t from = feel_here(compiler);
	struct feel_value value;

	feel_compile_node(compiler, node->kids[0]);
	if (!feel_constants_since(compiler, from, 1, &value)) {
		feel_emit(compiler, OP_NEGATE, 0);
		return;
	}
	feel_negate(&env, &value, &value);
	folded(compiler, &env, from, &value, OP_NEGATE, 0);
}

/* and, or: the right side is skipped when the left one decides. */
static void compile_logic(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	bool and = node->op == FEEL_AND;
	uint32_t skip;

	feel_compile_node(compiler, node->kids[0]);
	skip = feel_emit(compiler, and? OP_AND_LEFT : OP_OR_LEFT, 0);
	feel_compile_node(compiler, node->kids[1]);
	feel_emit(compiler, and? OP_AND : OP_OR, 0);
	feel_patch(compiler, skip, feel_here(compiler));
}

static enum feel_opcode opcode_of(enum feel_op op)
{
	static const enum feel_opcode codes[] = { [FEEL_ADD] = OP_ADD,
		[FEEL_SUBTRACT] = OP_SUBTRACT,
		[FEEL_MULTIPLY] = OP_MULTIPLY,
		[FEEL_DIVIDE] = OP_DIVIDE,
		[FEEL_POWER] = OP_POWER,
		[FEEL_EQ] = OP_EQ,
		[FEEL_NE] = OP_NE,
		[FEEL_LT] = OP_LT,
		[FEEL_LE] = OP_LE,
		[FEEL_GT] = OP_GT,
		[FEEL_GE] = OP_GE,
		[FEEL_AND] = OP_AND,
		[FEEL_OR] = OP_OR };

	return codes[op];
}

static void compile_binary(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	struct feel_env env = { .arena = compiler->arena };
	uint32_t from = feel_here(compiler);
	struct feel_value sides[2];

	if (node->op == FEEL_AND || node->op == FEEL_OR) {
		compile_logic(compiler, node);
		return;
	}
	feel_compile_node(compiler, node->kids[0]);
	feel_compile_node(compiler, node->kids[1]);
	if (!feel_constants_since(compiler, from, 2, sides)) {
		feel_emit(compiler, opcode_of(node->op), 0);
		return;
	}
	feel_binary(&env, node->op, &sides[0], &sides[1], &sides[0]);
	folded(compiler, &env, from, &sides[0], opcode_of(node->op), 0);
}

static void compile_kids(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	const struct feel_value null = FEEL_NULL_VALUE;

	for (size_t i = 0; i < node->count; i++)
		if (node->kids[i])
			feel_compile_node(compiler, node->kids[i]);
		else
			feel_emit_constant(compiler, &null);
}

static void compile_between(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	compile_kids(compiler, node);
	feel_emit(compiler, OP_BETWEEN, 0);
}

/* if c then kid 1 else (if c != true then kid 2 else null) */
static void compile_strict_if(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	const struct feel_value yes = feel_boolean(true);
	const struct feel_value null = FEEL_NULL_VALUE;
	uint32_t slot;
	uint32_t branches[2];
	uint32_t thens[2];

	feel_compile_node(compiler, node->kids[0]);
	slot = feel_new_local(compiler);
	feel_emit(compiler, OP_KEEP, slot);
	branches[0] = feel_emit(compiler, OP_BRANCH, 0);
	feel_compile_node(compiler, node->kids[1]);
	thens[0] = feel_emit(compiler, OP_THEN, 0);
	feel_patch(compiler, branches[0], feel_here(compiler));
	feel_emit(compiler, OP_LOCAL, slot);
	feel_emit_constant(compiler, &yes);
	feel_emit(compiler, OP_NE, 0);
	branches[1] = feel_emit(compiler, OP_BRANCH, 0);
	feel_compile_node(compiler, node->kids[2]);
	thens[1] = feel_emit(compiler, OP_THEN, 0);
	feel_patch(compiler, branches[1], feel_here(compiler));
	feel_emit_constant(compiler, &null);
	feel_emit(compiler, OP_ELSE, 0);
	feel_patch(compiler, thens[1], feel_here(compiler));
	feel_emit(compiler, OP_ELSE, 0);
	feel_patch(compiler, thens[0], feel_here(compiler));
}

static void compile_if(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	uint32_t branch;
	uint32_t then;

	if (node->strict) {
		compile_strict_if(compiler, node);
		return;
	}
	feel_compile_node(compiler, node->kids[0]);
	branch = feel_emit(compiler, OP_BRANCH, 0);
	feel_compile_node(compiler, node->kids[1]);
	then = feel_emit(compiler, OP_THEN, 0);
	feel_patch(compiler, branch, feel_here(compiler));
	feel_compile_node(compiler, node->kids[2]);
	feel_emit(compiler, OP_ELSE, 0);
	feel_patch(compiler, then, feel_here(compiler));
}

static void compile_in(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	const struct feel_scope *scope = compiler->body->scope;
	uint32_t slot;

	feel_compile_node(compiler, node->kids[0]);
	slot = feel_new_local(compiler);
	feel_emit(compiler, OP_STORE, slot);
	feel_scope_push(compiler, text_of("?"), false, slot);
	feel_compile_node(compiler, node->kids[1]);
	compiler->body->scope = scope;
}

static void compile_test(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	if (!feel_compile_input(compiler, node))
		return;
	feel_compile_node(compiler, node->kids[0]);
	feel_emit(compiler, opcode_of(node->op), 0);
}

static void compile_match(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	if (!feel_compile_input(compiler, node))
		return;
	feel_compile_node(compiler, node->kids[0]);
	feel_emit(compiler,
		feel_mentions_input(node->kids[0]) ? OP_HOLDS : OP_MATCH, 0);
}

static void compile_dash(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	const struct feel_value yes = feel_boolean(true);

	(void)node;
	feel_emit_constant(compiler, &yes);
}

/* `< 3` as the range that it is; false for = and != and other values. */
static bool test_range(struct feel_env *env, enum feel_op op,
	const struct feel_value *end, struct feel_value *out)
{
	struct feel_value ends[2] = { FEEL_NULL_VALUE, FEEL_NULL_VALUE };
	bool high = op == FEEL_LT || op == FEEL_LE;

	if (op == FEEL_EQ || op == FEEL_NE ||
		(end->type != FEEL_NUMBER && end->type != FEEL_STRING &&
			!temporal_is(end->type)))
		return false;
	ends[high] = *end;
	*out = FEEL_NULL_VALUE;
	feel_make_range(env,
		(op == FEEL_LE ? FEEL_RANGE_HIGH : 0) |
			(op == FEEL_GE ? FEEL_RANGE_LOW : 0) |
			FEEL_RANGE_NO_LOW | FEEL_RANGE_NO_HIGH,
		ends, out);
	return out->type == FEEL_RANGE;
}

/* Literals and what can be made of them, calls of built-ins included. */
static bool literal_only(
	const struct feel_compiler *compiler, const struct feel_node *node)
{
	size_t first = 0;

	switch (node->kind) {
	case FEEL_NODE_LITERAL:
	case FEEL_NODE_NEGATE:
	case FEEL_NODE_RANGE:
	case FEEL_NODE_LIST:
		break;
	case FEEL_NODE_CALL:
		first = 1;
		if (node->kids[0]->kind != FEEL_NODE_NAME ||
			feel_name_is_local(compiler, node->kids[0]->name))
			return false;
		break;
	default:
		return false;
	}
	for (size_t i = first; i < node->count; i++)
		if (node->kids[i] && !literal_only(compiler, node->kids[i]))
			return false;
	return true;
}

/* A test without names as a value that MATCH understands. */
static bool constant_test(struct feel_compiler *compiler,
	const struct feel_node *node, struct feel_value *out)
{
	struct feel_env env = { .arena = compiler->arena };
	uint32_t from = feel_here(compiler);
	bool constant;

	if ((node->kind != FEEL_NODE_TEST && node->kind != FEEL_NODE_MATCH) ||
		!literal_only(compiler, node->kids[0]))
		return false;
	feel_compile_node(compiler, node->kids[0]);
	constant = feel_constants_since(compiler, from, 1, out);
	feel_rewind(compiler, from);
	if (constant && node->kind == FEEL_NODE_TEST) {
		const struct feel_value end = *out;

		constant = test_range(&env, node->op, &end, out);
	}
	return feel_folds(compiler, &env) && constant;
}

/*
 * Several tests that are all constant become one instruction. It also takes
 * the choices of an unknown one by one, so that `in ("x", "y")` is decided
 * for what is "x" or "y".
 */
static bool constant_list(struct feel_compiler *compiler,
	const struct feel_node *node, struct feel_value *out)
{
	struct feel_value *items = arena_zeroed(
		&compiler->scratch, node->count + 1, sizeof(*items));

	if (!items) {
		feel_compiler_memory(compiler);
		return false;
	}
	for (size_t i = 0; i < node->count; i++)
		if (!constant_test(compiler, node->kids[i], &items[i]))
			return false;
	*out = (struct feel_value){ .type = FEEL_LIST };
	out->size = (uint32_t)node->count;
	out->u.items = items;
	return true;
}

bool feel_constant_cell(struct feel_compiler *compiler,
	const struct feel_node *node, struct feel_value *out, bool *any)
{
	if (node->kind != FEEL_NODE_TESTS || node->negated || node->count == 0)
		return false;
	*any = node->count > 1;
	return *any ? constant_list(compiler, node, out)
		    : constant_test(compiler, node->kids[0], out);
}

static bool constant_tests(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	struct feel_value tests;

	if (node->count < 2 || !constant_list(compiler, node, &tests))
		return false;
	feel_compile_input(compiler, node);
	feel_emit_constant(compiler, &tests);
	feel_emit(compiler, OP_MATCH, FEEL_MATCH_ANY);
	return true;
}

/* Any of the tests: the first that holds ends it. */
static void compile_any(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	uint32_t first = 0;
	uint32_t last = 0;

	if (node->count == 0)
		compile_dash(compiler, node);
	for (size_t i = 0; i < node->count; i++) {
		feel_compile_node(compiler, node->kids[i]);
		if (i > 0)
			feel_emit(compiler, OP_OR, 0);
		if (i + 1 < node->count) {
			/* chained through their operands until patched */
			last = feel_emit(compiler, OP_OR_LEFT, first);
			first = last;
		}
	}
	while (compiler->code == SHK_OK && last != 0) {
		const uint32_t *words = compiler->body->words.items;
		uint32_t before = FEEL_OPERAND(words[last]);

		feel_patch(compiler, last, feel_here(compiler));
		last = before;
	}
}

static void compile_tests(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	if (!constant_tests(compiler, node))
		compile_any(compiler, node);
	if (node->negated)
		feel_emit(compiler, OP_NOT, 0);
}

static void compile_path(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	feel_compile_node(compiler, node->kids[0]);
	feel_emit(compiler, OP_PATH, feel_add_name(compiler, node->name));
}

static void compile_function(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	feel_compile_function(compiler, node, (struct text){ "", 0 });
}

/* A list of constants only is a constant, however long it is. */
static void compile_list(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	struct feel_env env = { .arena = compiler->arena };
	uint32_t from = feel_here(compiler);
	uint32_t count = (uint32_t)node->count;
	struct feel_value list;
	struct feel_value *items = arena_zeroed(
		&compiler->scratch, node->count + 1, sizeof(*items));

	if (!items) {
		feel_compiler_memory(compiler);
		return;
	}
	compile_kids(compiler, node);
	if (!feel_constants_since(compiler, from, count, items)) {
		feel_emit(compiler, OP_LIST, count);
		return;
	}
	list = FEEL_NULL_VALUE;
	feel_make_list(&env, items, count, &list);
	folded(compiler, &env, from, &list, OP_LIST, count);
}

/* Is a key there twice? Then the context is null (DMN, 10.3.3.1). */
static bool repeats_key(const struct feel_node *node)
{
	for (size_t i = 1; i < node->count; i++)
		for (size_t k = 0; k < i; k++)
			if (text_equal(node->names[i], node->names[k]))
				return true;
	return false;
}

static void compile_context(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	const struct feel_scope *scope = compiler->body->scope;

	if (repeats_key(node)) {
		feel_compile_fault(
			compiler, node, "a key of a context is there twice");
		return;
	}

	for (size_t i = 0; i < node->count; i++) {
		const struct feel_node *kid = node->kids[i];
		uint32_t slot;

		if (kid->kind == FEEL_NODE_FUNCTION)
			feel_compile_function(compiler, kid, node->names[i]);
		else
			feel_compile_node(compiler, kid);
		slot = feel_new_local(compiler);
		feel_emit(compiler, OP_KEEP, slot);
		feel_scope_push(compiler, node->names[i], false, slot);
	}
	feel_emit(compiler, OP_CONTEXT,
		feel_add_keys(compiler, node->names, node->count));
	compiler->body->scope = scope;
}

static void compile_range(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	struct feel_env env = { .arena = compiler->arena };
	uint32_t from = feel_here(compiler);
	uint32_t flags = (node->low_closed ? FEEL_RANGE_LOW : 0) |
			 (node->high_closed ? FEEL_RANGE_HIGH : 0) |
			 (node->kids[0] ? 0 : FEEL_RANGE_NO_LOW) |
			 (node->kids[1] ? 0 : FEEL_RANGE_NO_HIGH);
	struct feel_value ends[2];

	compile_kids(compiler, node);
	if (!feel_constants_since(compiler, from, 2, ends)) {
		feel_emit(compiler, OP_RANGE, flags);
		return;
	}
	feel_make_range(&env, flags, ends, &ends[0]);
	folded(compiler, &env, from, &ends[0], OP_RANGE, flags);
}

static void compile_instance(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	feel_compile_node(compiler, node->kids[0]);
	feel_emit(
		compiler, OP_INSTANCE, feel_add_type(compiler, node->types[0]));
}

static void compile_coerce(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	feel_compile_node(compiler, node->kids[0]);
	feel_emit(compiler, OP_COERCE, feel_add_type(compiler, node->types[0]));
}

static void compile_service(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	compile_kids(compiler, node);
	feel_emit(compiler, OP_SERVICE, (uint32_t)node->count);
	feel_emit_word(compiler, node->mark);
}

static void compile_input(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	feel_compile_input(compiler, node);
}

static void compile_mark(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	feel_emit(compiler, OP_MARK, 0);
	feel_emit_word(compiler, node->mark);
	feel_compile_node(compiler, node->kids[0]);
}

typedef void compile_kind(
	struct feel_compiler *compiler, const struct feel_node *node);

void feel_compile_node(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	static compile_kind *const kinds[] = {
		[FEEL_NODE_LITERAL] = compile_literal,
		[FEEL_NODE_NAME] = feel_compile_name,
		[FEEL_NODE_INPUT] = compile_input,
		[FEEL_NODE_NEGATE] = compile_negate,
		[FEEL_NODE_BINARY] = compile_binary,
		[FEEL_NODE_BETWEEN] = compile_between,
		[FEEL_NODE_IN] = compile_in,
		[FEEL_NODE_IF] = compile_if,
		[FEEL_NODE_FOR] = feel_compile_loop,
		[FEEL_NODE_SOME] = feel_compile_loop,
		[FEEL_NODE_EVERY] = feel_compile_loop,
		[FEEL_NODE_FILTER] = feel_compile_filter,
		[FEEL_NODE_PATH] = compile_path,
		[FEEL_NODE_CALL] = feel_compile_call,
		[FEEL_NODE_FUNCTION] = compile_function,
		[FEEL_NODE_LIST] = compile_list,
		[FEEL_NODE_CONTEXT] = compile_context,
		[FEEL_NODE_RANGE] = compile_range,
		[FEEL_NODE_INSTANCE] = compile_instance,
		[FEEL_NODE_TESTS] = compile_tests,
		[FEEL_NODE_TEST] = compile_test,
		[FEEL_NODE_MATCH] = compile_match,
		[FEEL_NODE_DASH] = compile_dash,
		[FEEL_NODE_COERCE] = compile_coerce,
		[FEEL_NODE_SERVICE] = compile_service,
		[FEEL_NODE_MARK] = compile_mark,
		[FEEL_NODE_TABLE] = feel_compile_table,
	};

	if (compiler->code != SHK_OK)
		return;
	if (compiler->depth == FEEL_COMPILE_DEPTH) {
		feel_compile_fail(compiler, SHK_E_LIMIT, node,
			"an expression is nested deeper than %d",
			FEEL_COMPILE_DEPTH);
		return;
	}
	compiler->depth++;
	kinds[node->kind](compiler, node);
	compiler->depth--;
}
