/*
 * The type that an expression always has, as far as its form tells: literals,
 * lists and contexts of them, comparisons, functions. It is only asked for
 * what a function returns (`instance of function<...> -> ...`).
 */
#include "feel/compile.h"

/* No type is an answer, so want of memory has to be told. */
static void *infer_alloc(
	struct feel_compiler *compiler, size_t count, size_t size)
{
	void *block = arena_zeroed(compiler->arena, count, size);

	if (!block)
		feel_compiler_memory(compiler);
	return block;
}

static const struct feel_type_ref *basic(
	struct feel_compiler *compiler, enum feel_type type)
{
	struct feel_type_ref *ref = infer_alloc(compiler, 1, sizeof(*ref));

	if (ref)
		ref->type = type;
	return ref;
}

static const struct feel_type_ref *infer_deep(struct feel_compiler *compiler,
	const struct feel_node *function, const struct feel_node *node,
	unsigned depth);

/* The declared type of a parameter. */
static const struct feel_type_ref *infer_parameter(
	struct feel_compiler *compiler, const struct feel_node *function,
	const struct feel_node *node)
{
	for (size_t i = 0; function->types && i < function->name_count; i++)
		if (text_equal(function->names[i], node->name))
			return feel_copy_type(compiler, function->types[i]);
	return NULL;
}

static const struct feel_type_ref *infer_context(struct feel_compiler *compiler,
	const struct feel_node *function, const struct feel_node *node,
	unsigned depth)
{
	struct feel_type_ref *ref = infer_alloc(compiler, 1, sizeof(*ref));
	const struct feel_type_ref **members =
		infer_alloc(compiler, node->count + 1, sizeof(*members));
	struct text *names =
		infer_alloc(compiler, node->count + 1, sizeof(*names));

	if (!ref || !members || !names)
		return NULL;
	for (size_t i = 0; i < node->count; i++) {
		members[i] = infer_deep(
			compiler, function, node->kids[i], depth + 1);
		names[i] = feel_compile_text(compiler, node->names[i]);
	}
	ref->type = FEEL_CONTEXT;
	ref->count = node->count;
	ref->members = members;
	ref->names = names;
	return ref;
}

/* A list has an item type when all its items are of one basic type. */
static const struct feel_type_ref *infer_list(struct feel_compiler *compiler,
	const struct feel_node *function, const struct feel_node *node,
	unsigned depth)
{
	struct feel_type_ref *ref = infer_alloc(compiler, 1, sizeof(*ref));
	const struct feel_type_ref **members =
		infer_alloc(compiler, 1, sizeof(*members));

	if (!ref || !members)
		return NULL;
	ref->type = FEEL_LIST;
	for (size_t i = 0; i < node->count; i++) {
		const struct feel_type_ref *one = infer_deep(
			compiler, function, node->kids[i], depth + 1);

		if (i == 0)
			members[0] = one;
		if (!one || !members[0] || one->type != members[0]->type)
			return ref;
	}
	ref->members = members;
	ref->count = members[0] != NULL;
	return ref;
}

static const struct feel_type_ref *infer_binary(struct feel_compiler *compiler,
	const struct feel_node *function, const struct feel_node *node,
	unsigned depth)
{
	const struct feel_type_ref *left;
	const struct feel_type_ref *right;

	if (node->op >= FEEL_EQ)
		return basic(compiler, FEEL_BOOLEAN);
	left = infer_deep(compiler, function, node->kids[0], depth + 1);
	right = infer_deep(compiler, function, node->kids[1], depth + 1);
	if (left && right && left->type == right->type &&
		(left->type == FEEL_NUMBER || left->type == FEEL_STRING))
		return left;
	return NULL;
}

static const struct feel_type_ref *infer_deep(struct feel_compiler *compiler,
	const struct feel_node *function, const struct feel_node *node,
	unsigned depth)
{
	if (depth > FEEL_DEPTH_MAX)
		return NULL;
	switch (node->kind) {
	case FEEL_NODE_LITERAL:
		return node->value.type == FEEL_NULL
			       ? NULL
			       : basic(compiler,
					 (enum feel_type)node->value.type);
	case FEEL_NODE_NAME:
		return infer_parameter(compiler, function, node);
	case FEEL_NODE_CONTEXT:
		return infer_context(compiler, function, node, depth);
	case FEEL_NODE_LIST:
		return infer_list(compiler, function, node, depth);
	case FEEL_NODE_BINARY:
		return infer_binary(compiler, function, node, depth);
	case FEEL_NODE_BETWEEN:
	case FEEL_NODE_IN:
	case FEEL_NODE_SOME:
	case FEEL_NODE_EVERY:
	case FEEL_NODE_INSTANCE:
		return basic(compiler, FEEL_BOOLEAN);
	case FEEL_NODE_RANGE:
		return basic(compiler, FEEL_RANGE);
	case FEEL_NODE_MARK:
		return infer_deep(compiler, function, node->kids[0], depth + 1);
	case FEEL_NODE_COERCE:
		return feel_copy_type(compiler, node->types[0]);
	default:
		return NULL;
	}
}

const struct feel_type_ref *feel_infer(
	struct feel_compiler *compiler, const struct feel_node *function)
{
	return infer_deep(compiler, function, function->kids[0], 0);
}
