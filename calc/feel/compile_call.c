/*
 * Calls and functions. A call of a built-in is resolved here: arguments given
 * by name are brought into order, and their number is checked.
 */
#include "feel/builtin.h"
#include "feel/compile.h"

#define FEEL_MAPPED_FOLD 16 /* arguments of a call that is folded */

static void fail_arguments(struct feel_compiler *compiler,
	const struct feel_node *node, const struct feel_builtin *builtin)
{
	if (builtin->most == FEEL_ANY_COUNT)
		feel_compile_fault(compiler, node,
			"%s takes at least %u arguments, not %zu",
			builtin->name, (unsigned)builtin->least,
			node->count - 1);
	else
		feel_compile_fault(compiler, node,
			"%s takes %u to %u arguments, not %zu", builtin->name,
			(unsigned)builtin->least, (unsigned)builtin->most,
			node->count - 1);
}

static bool is_named(const struct feel_node *node)
{
	return node->name_count > 0 && node->names[0].size > 0;
}

/*
 * The arguments in the order of one way to call; their number, or -1 when
 * the names do not belong to it.
 */
static int order_arguments(const struct feel_node *node,
	const struct feel_builtin *builtin, unsigned way,
	const struct feel_node **ordered)
{
	int most = 0;

	for (size_t i = 0; i < FEEL_ARGUMENTS_MAX; i++)
		ordered[i] = NULL;
	for (size_t i = 0; i + 1 < node->count; i++) {
		int at = feel_builtin_parameter(builtin, way, node->names[i]);

		if (at < 0 || at >= FEEL_ARGUMENTS_MAX || ordered[at])
			return -1;
		ordered[at] = node->kids[i + 1];
		most = at + 1 > most ? at + 1 : most;
	}
	return most;
}

static void push_arguments(struct feel_compiler *compiler,
	const struct feel_node *const *nodes, uint32_t count)
{
	const struct feel_value null = FEEL_NULL_VALUE;

	for (uint32_t i = 0; i < count; i++)
		if (nodes[i])
			feel_compile_node(compiler, nodes[i]);
		else
			feel_emit_constant(compiler, &null);
}

/* The argument behind `from` as no list (DMN, 10.3.2.9.4), if it may be one. */
static void unwrap(struct feel_compiler *compiler, uint32_t from)
{
	struct feel_value value;

	if (!feel_constants_since(compiler, from, 1, &value))
		feel_emit(compiler, OP_UNWRAP, 0);
	else if (value.type == FEEL_LIST && value.size == 1) {
		feel_rewind(compiler, from);
		feel_emit_constant(compiler, &value.u.items[0]);
	}
}

/* Values are converted for the general engine only. */
static void push_for(struct feel_compiler *compiler,
	const struct feel_builtin *builtin,
	const struct feel_node *const *nodes, uint32_t count)
{
	bool single = (builtin->flags & FEEL_SINGLE) && compiler->globals &&
		      compiler->globals->fault;

	for (uint32_t i = 0; i < count; i++) {
		uint32_t from = feel_here(compiler);

		push_arguments(compiler, nodes + i, 1);
		if (single)
			unwrap(compiler, from);
	}
}

/* Carry the call out now when everything is constant and nobody is told. */
static bool fold_call(struct feel_compiler *compiler,
	const struct feel_builtin *builtin, uint32_t from, uint32_t count)
{
	struct feel_env env = { .arena = compiler->arena };
	struct feel_value args[FEEL_MAPPED_FOLD];
	struct feel_value result;

	if ((builtin->flags & FEEL_IMPURE) || count > FEEL_MAPPED_FOLD ||
		!feel_constants_since(compiler, from, count, args))
		return false;
	feel_builtin_call(&env, builtin, args, count, &result);
	if (!feel_folds(compiler, &env))
		return false;
	feel_rewind(compiler, from);
	feel_emit_constant(compiler, &result);
	return true;
}

static void call_builtin(struct feel_compiler *compiler,
	const struct feel_node *node, uint32_t index)
{
	const struct feel_builtin *builtin = feel_builtin_at(index);
	const struct feel_node *ordered[FEEL_ARGUMENTS_MAX];
	const struct feel_node *const *arguments = node->kids + 1;
	uint32_t from = feel_here(compiler);
	int count = (int)node->count - 1;

	if (is_named(node)) {
		unsigned ways = feel_builtin_ways(builtin);

		count = -1;
		for (unsigned way = 0; way < ways && count < 0; way++) {
			count = order_arguments(node, builtin, way, ordered);
			if (count >= 0 && (builtin->flags & FEEL_WAYS))
				index += 1 + way;
		}
		arguments = ordered;
		/* a fault by itself; to FEEL a missing argument is null */
		if (count >= 0 && count < builtin->least && compiler->globals &&
			compiler->globals->fault)
			count = builtin->least;
	}
	if (count < builtin->least ||
		(builtin->most != FEEL_ANY_COUNT && count > builtin->most)) {
		fail_arguments(compiler, node, builtin);
		return;
	}
	push_for(compiler, builtin, arguments, (uint32_t)count);
	builtin = feel_builtin_at(index);
	if (fold_call(compiler, builtin, from, (uint32_t)count))
		return;
	feel_emit(compiler, OP_BUILTIN, (uint32_t)count);
	feel_emit_word(compiler, index);
}

void feel_compile_call(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	const struct feel_node *function = node->kids[0];

	if (function->kind == FEEL_NODE_NAME &&
		!feel_name_is_local(compiler, function->name)) {
		int builtin = feel_builtin_find(function->name);

		if (builtin >= 0) {
			call_builtin(compiler, node, (uint32_t)builtin);
			return;
		}
	}
	feel_compile_node(compiler, function);
	push_arguments(compiler, node->kids + 1, (uint32_t)node->count - 1);
	if (is_named(node))
		feel_emit(compiler, OP_CALL_NAMED,
			feel_add_keys(compiler, node->names, node->count - 1));
	else
		feel_emit(compiler, OP_CALL, (uint32_t)node->count - 1);
}

/* Begin a body inside the present one; NULL on failure. */
static struct feel_body *begin_body(struct feel_compiler *compiler)
{
	struct feel_body *body =
		arena_zeroed(&compiler->scratch, 1, sizeof(*body));

	if (!body) {
		feel_compile_fail(
			compiler, SHK_E_MEMORY, NULL, "memory ran out");
		return NULL;
	}
	body->outer = compiler->body;
	body->index = compiler->unit_count++;
	body->unit.self = -1;
	compiler->last->next = body;
	compiler->last = body;
	compiler->body = body;
	return body;
}

static void declare_parameters(struct feel_compiler *compiler,
	const struct feel_node *node, struct feel_unit *unit)
{
	struct text *names = arena_zeroed(
		compiler->arena, node->name_count + 1, sizeof(*names));
	const struct feel_type_ref **types = arena_zeroed(
		compiler->arena, node->name_count + 1, sizeof(*types));

	if (!names || !types) {
		feel_compile_fail(
			compiler, SHK_E_MEMORY, NULL, "memory ran out");
		return;
	}
	for (size_t i = 0; i < node->name_count; i++) {
		names[i] = feel_compile_text(compiler, node->names[i]);
		if (node->types)
			types[i] = feel_copy_type(compiler, node->types[i]);
		feel_scope_push(compiler, node->names[i], false, (uint32_t)i);
	}
	unit->parameter_count = (uint32_t)node->name_count;
	unit->parameters = names;
	unit->types = node->types ? types : NULL;
}

void feel_compile_function(struct feel_compiler *compiler,
	const struct feel_node *node, struct text self)
{
	struct feel_body *outer = compiler->body;
	struct feel_body *body;

	if (node->name_count > FEEL_ARGUMENTS_MAX) {
		feel_compile_fail(compiler, SHK_E_LIMIT, node,
			"a function has more than %d parameters",
			FEEL_ARGUMENTS_MAX);
		return;
	}
	body = begin_body(compiler);
	if (!body)
		return;
	/* parameters have the first slots; they hide the function's name */
	body->unit.locals = (uint32_t)node->name_count;
	if (self.size > 0) {
		body->unit.self = (int32_t)feel_new_local(compiler);
		feel_scope_push(
			compiler, self, false, (uint32_t)body->unit.self);
	}
	declare_parameters(compiler, node, &body->unit);
	feel_compile_node(compiler, node->kids[0]);
	feel_emit(compiler, OP_RETURN, 0);
	body->unit.result = feel_infer(compiler, node);
	compiler->body = outer;
	feel_emit(compiler, OP_FUNCTION, body->index);
}
