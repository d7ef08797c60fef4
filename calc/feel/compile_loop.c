/*
 * for, some, every and filters: a gatherer, an iterator for each name, the
 * body, and the jumps back.
 */
#include "feel/compile.h"

static void compile_domain(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	if (node->kind == FEEL_NODE_RANGE && node->iteration) {
		feel_compile_node(compiler, node->kids[0]);
		feel_compile_node(compiler, node->kids[1]);
		feel_emit(compiler, OP_ITER_RANGE, 0);
		return;
	}
	feel_compile_node(compiler, node);
	feel_emit(compiler, OP_ITER, 0);
}

/* NEXT into a new local; the offset of the instruction. */
static uint32_t compile_next(struct feel_compiler *compiler, uint32_t *slot)
{
	uint32_t at = feel_emit(compiler, OP_NEXT, 0);

	*slot = feel_new_local(compiler);
	feel_emit_word(compiler, *slot);
	return at;
}

/* One name after the other, the innermost last; then the body. */
static void compile_names(
	struct feel_compiler *compiler, const struct feel_node *node, size_t i)
{
	const struct feel_node *body = node->kids[node->name_count];
	uint32_t slot;
	uint32_t next;

	if (i == node->name_count) {
		if (node->kind == FEEL_NODE_FOR &&
			feel_mentions_name(body, text_of("partial"))) {
			slot = feel_new_local(compiler);
			feel_emit(compiler, OP_PARTIAL, slot);
			feel_scope_push(
				compiler, text_of("partial"), false, slot);
		}
		feel_compile_node(compiler, body);
		feel_emit(compiler, OP_YIELD, 0);
		return;
	}
	compile_domain(compiler, node->kids[i]);
	next = compile_next(compiler, &slot);
	feel_scope_push(compiler, node->names[i], false, slot);
	compile_names(compiler, node, i + 1);
	feel_emit(compiler, OP_JUMP, next);
	feel_patch(compiler, next, feel_here(compiler));
}

void feel_compile_loop(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	const struct feel_scope *scope = compiler->body->scope;
	uint32_t gather = FEEL_GATHER_LIST;

	if (node->name_count > FEEL_DEPTH_MAX) {
		feel_compile_fail(compiler, SHK_E_LIMIT, node,
			"more than %d names in one loop", FEEL_DEPTH_MAX);
		return;
	}
	if (node->kind == FEEL_NODE_SOME)
		gather = FEEL_GATHER_SOME;
	if (node->kind == FEEL_NODE_EVERY)
		gather = FEEL_GATHER_EVERY;
	feel_emit(compiler, OP_GATHER,
		gather | (node->strict ? FEEL_GATHER_STRICT : 0));
	compile_names(compiler, node, 0);
	feel_emit(compiler, OP_GATHERED, 0);
	compiler->body->scope = scope;
}

/* Can the filter only be a number, so that it need not see the items? */
static bool is_index(const struct feel_node *node)
{
	if (node->kind == FEEL_NODE_LITERAL)
		return node->value.type == FEEL_NUMBER;
	return node->kind == FEEL_NODE_NEGATE && is_index(node->kids[0]);
}

void feel_compile_filter(
	struct feel_compiler *compiler, const struct feel_node *node)
{
	const struct feel_scope *scope = compiler->body->scope;
	uint32_t slot;
	uint32_t next;

	if (!node->strict && is_index(node->kids[1])) {
		feel_compile_node(compiler, node->kids[0]);
		feel_compile_node(compiler, node->kids[1]);
		feel_emit(compiler, OP_INDEX, 0);
		return;
	}
	feel_emit(compiler, OP_GATHER,
		FEEL_GATHER_FILTER | (node->strict ? FEEL_GATHER_STRICT : 0));
	feel_compile_node(compiler, node->kids[0]);
	feel_emit(compiler, OP_ITER, 0);
	next = compile_next(compiler, &slot);
	feel_scope_push(compiler, text_of("item"), false, slot);
	feel_scope_push(compiler, (struct text){ "", 0 }, true, slot);
	feel_compile_node(compiler, node->kids[1]);
	feel_emit(compiler, OP_YIELD, 0);
	feel_emit(compiler, OP_JUMP, next);
	feel_patch(compiler, next, feel_here(compiler));
	feel_emit(compiler, OP_GATHERED, 0);
	compiler->body->scope = scope;
}
