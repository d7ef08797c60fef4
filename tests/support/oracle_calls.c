/*
 * The oracle's calls: of its own functions, by position or by name, and of
 * built-in functions.
 */
#include "support/oracle_inside.h"

static const struct oracle_function *function_of(const struct feel_value *value)
{
	/* the head is the first member: see oracle_inside.h */
	return (const struct oracle_function *)(const void *)value->u.function;
}

static bool conforms_to_parameter(
	const struct feel_value *value, const struct feel_type_ref *type)
{
	return !type || value->type == FEEL_NULL ||
	       value->type == FEEL_UNKNOWN || type->type == FEEL_NULL ||
	       value->type == type->type;
}

struct feel_value oracle_apply(struct oracle *oracle,
	struct feel_value function, const struct feel_value *args, size_t count)
{
	const struct oracle_function *body = function_of(&function);
	const struct oracle_frame *frame = body->frame;
	struct oracle_frame *frames;
	size_t i;

	if (!body->node)
		return oracle_builtin(oracle, body->builtin, args, count);
	if (count != body->node->name_count)
		return oracle_null();
	frames = arena_zeroed(oracle->arena, count + 1, sizeof(*frames));
	if (!frames)
		return oracle_fail(oracle);
	for (i = 0; i < count; i++) {
		if (!conforms_to_parameter(&args[i], body->node->types[i]))
			return oracle_null();
		frames[i].name = body->node->names[i];
		frames[i].value = args[i];
		frames[i].outer = frame;
		frame = &frames[i];
	}
	return oracle_node(oracle, body->node->kids[0], frame);
}

static int parameter_of(
	const struct oracle_function *function, struct text name)
{
	size_t i;

	if (!function->node)
		return oracle_parameter(function->builtin, name);
	for (i = 0; i < function->node->name_count; i++)
		if (text_equal(function->node->names[i], name))
			return (int)i;
	return -1;
}

/* Put named arguments into their order; false: no such parameter, or twice. */
static bool order_arguments(const struct oracle_function *function,
	const struct feel_node *node, const struct feel_value *args,
	struct feel_value *ordered, size_t *count)
{
	size_t given = node->count - 1;
	bool taken[FEEL_ARGUMENTS_MAX] = { false };
	size_t i;

	*count = 0;
	for (i = 0; i < given; i++) {
		int at = parameter_of(function, node->names[i]);

		if (at < 0 || at >= FEEL_ARGUMENTS_MAX || taken[at])
			return false;
		taken[at] = true;
		ordered[at] = args[i];
		if ((size_t)at >= *count)
			*count = (size_t)at + 1;
	}
	/* of a built-in an argument may be left out */
	return !function->node || *count == given;
}

struct feel_value oracle_call(struct oracle *oracle,
	const struct feel_node *node, const struct oracle_frame *frame)
{
	struct feel_value function = oracle_node(oracle, node->kids[0], frame);
	size_t count = node->count - 1;
	struct feel_value *args =
		arena_zeroed(oracle->arena, count + 1, sizeof(*args));
	struct feel_value *ordered = arena_zeroed(
		oracle->arena, FEEL_ARGUMENTS_MAX, sizeof(*ordered));
	size_t i;

	if (!args || !ordered || count > FEEL_ARGUMENTS_MAX)
		return oracle_fail(oracle);
	for (i = 0; i < count; i++)
		args[i] = oracle_node(oracle, node->kids[i + 1], frame);
	if (oracle->failed)
		return oracle_null();
	if (function.type == FEEL_UNKNOWN)
		return oracle_unknown_of(oracle, &function, 1);
	if (function.type != FEEL_FUNCTION)
		return oracle_null();
	if (count == 0 || node->names[0].size == 0)
		return oracle_apply(oracle, function, args, count);
	if (!order_arguments(
		    function_of(&function), node, args, ordered, &count))
		return oracle_null();
	return oracle_apply(oracle, function, ordered, count);
}
