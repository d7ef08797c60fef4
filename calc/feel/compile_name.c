/*
 * What a name means: a local of this body or of one around it (then it is
 * captured), an entry of the item that is being filtered (looked up when the
 * program runs), a global slot, or a built-in, in this order.
 */
#include "feel/builtin.h"
#include "feel/compile.h"

/* The slot in `body` of a local that belongs to `owner`, at or around it. */
static uint32_t import(struct feel_compiler *compiler, struct feel_body *body,
	const struct feel_body *owner, uint32_t slot)
{
	const struct feel_capture *captures;
	struct feel_capture *added;
	uint32_t from;

	if (body == owner)
		return slot;
	from = import(compiler, body->outer, owner, slot);
	captures = body->captures.items;
	for (size_t i = 0; i < body->captures.count; i++)
		if (captures[i].from == from)
			return captures[i].to;
	added = feel_array_add(compiler, &body->captures, sizeof(*added));
	if (!added)
		return 0;
	*added = (struct feel_capture){ from, body->unit.locals++ };
	return added->to;
}

/* Global slot of a name, or -1. */
static int global_of(const struct feel_compiler *compiler, struct text name)
{
	const struct feel_globals *globals = compiler->globals;

	return globals && globals->slot ? globals->slot(globals->context, name)
					: -1;
}

bool feel_name_is_local(const struct feel_compiler *compiler, struct text name)
{
	for (const struct feel_body *body = compiler->body; body;
		body = body->outer)
		for (const struct feel_scope *scope = body->scope; scope;
			scope = scope->outer)
			if (!scope->item && text_equal(scope->name, name))
				return true;
	return global_of(compiler, name) >= 0;
}

/* What is left when no scope has the name. */
static void outermost(struct feel_compiler *compiler,
	const struct feel_node *node, struct text name, bool in_item)
{
	struct feel_value value = { .type = FEEL_FUNCTION };
	struct feel_function function = { 0 };
	int slot = global_of(compiler, name);
	int builtin = feel_builtin_find(name);

	if (slot >= 0) {
		feel_emit(compiler, OP_LOAD_SLOT, (uint32_t)slot);
		return;
	}
	if (builtin < 0) {
		value = FEEL_NULL_VALUE;
		if (!in_item) {
			feel_compile_fault(compiler, node,
				"nothing is called \"%.*s\" here",
				(int)(name.size < 200 ? name.size : 200),
				name.data);
			return;
		}
	} else {
		struct feel_function *kept =
			arena_alloc(compiler->arena, sizeof(*kept));

		function.builtin = feel_builtin_at((uint32_t)builtin);
		if (!kept) {
			feel_compiler_memory(compiler);
			return;
		}
		*kept = function;
		value.u.function = kept;
	}
	feel_emit_constant(compiler, &value);
}

/* Lookups in items that jump, once they find the name, behind the rest. */
struct lookups {
	uint32_t at[FEEL_COMPILE_DEPTH];
	size_t count;
};

static void in_item(struct feel_compiler *compiler, struct lookups *lookups,
	struct text name, uint32_t slot)
{
	if (lookups->count == FEEL_COMPILE_DEPTH)
		return;
	lookups->at[lookups->count++] = feel_emit(compiler, OP_IN_ITEM, 0);
	feel_emit_word(compiler, slot);
	feel_emit_word(compiler, feel_add_name(compiler, name));
}

/* Emit the lookups in items, then the local; false when there is no local. */
static bool scopes(struct feel_compiler *compiler, struct text name,
	struct lookups *lookups)
{
	for (const struct feel_body *body = compiler->body; body;
		body = body->outer)
		for (const struct feel_scope *scope = body->scope; scope;
			scope = scope->outer) {
			uint32_t slot;

			if (!scope->item && !text_equal(scope->name, name))
				continue;
			slot = import(
				compiler, compiler->body, body, scope->slot);
			if (!scope->item) {
				feel_emit(compiler, OP_LOCAL, slot);
				return true;
			}
			if (lookups)
				in_item(compiler, lookups, name, slot);
		}
	return false;
}

void feel_compile_name(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	struct lookups lookups;

	lookups.count = 0;
	if (!scopes(compiler, node->name, &lookups))
		outermost(compiler, node, node->name, lookups.count > 0);
	for (size_t i = 0; i < lookups.count; i++)
		feel_patch(compiler, lookups.at[i], feel_here(compiler));
}

bool feel_compile_input(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	if (scopes(compiler, text_of("?"), NULL))
		return true;
	feel_compile_fault(compiler, node, "? stands outside of a test");
	return false;
}

typedef bool node_test(const struct feel_node *node, const struct text *name);

static bool is_input(const struct feel_node *node, const struct text *name)
{
	return node->kind == FEEL_NODE_INPUT ||
	       (node->kind == FEEL_NODE_NAME && text_equal(node->name, *name));
}

static bool is_name(const struct feel_node *node, const struct text *name)
{
	return node->kind == FEEL_NODE_NAME && text_equal(node->name, *name);
}

static bool any_node(const struct feel_node *node, node_test *test,
	const struct text *name, unsigned depth);

static bool any_of(const struct feel_node *const *nodes, size_t count,
	node_test *test, const struct text *name, unsigned depth)
{
	for (size_t i = 0; nodes && i < count; i++)
		if (any_node(nodes[i], test, name, depth))
			return true;
	return false;
}

static bool any_in_table(const struct feel_table *table, node_test *test,
	const struct text *name, unsigned depth)
{
	if (any_of(table->inputs, table->input_count, test, name, depth) ||
		any_of(table->defaults, table->output_count, test, name, depth))
		return true;
	for (size_t i = 0; i < table->rule_count; i++)
		if (any_of(table->rules[i].tests, table->input_count, test,
			    name, depth) ||
			any_of(table->rules[i].outputs, table->output_count,
				test, name, depth))
			return true;
	return false;
}

static bool any_node(const struct feel_node *node, node_test *test,
	const struct text *name, unsigned depth)
{
	size_t count;

	if (!node || depth > FEEL_COMPILE_DEPTH)
		return false;
	/* behind `in` the input is another one */
	count = test == is_input && node->kind == FEEL_NODE_IN ? 1
							       : node->count;
	if (test(node, name))
		return true;
	if (node->table && any_in_table(node->table, test, name, depth + 1))
		return true;
	return any_of(node->kids, count, test, name, depth + 1);
}

bool feel_mentions_input(const struct feel_node *node)
{
	const struct text name = text_of("?");

	return any_node(node, is_input, &name, 0);
}

bool feel_mentions_name(const struct feel_node *node, struct text name)
{
	return any_node(node, is_name, &name, 0);
}
