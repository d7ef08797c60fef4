/*
 * The oracle's walk over the tree: one function a kind of node. Names are
 * looked up in frames, innermost first, then among the global slots, then
 * among the built-in functions.
 */
#include <string.h>

#include "base/date.h"
#include "feel/temporal.h"
#include "support/oracle_inside.h"

static struct feel_value function_value(struct oracle *oracle,
	const struct feel_node *node, const struct oracle_frame *frame,
	struct text builtin)
{
	struct oracle_function *function =
		arena_zeroed(oracle->arena, 1, sizeof(*function));
	struct feel_value value = { .type = FEEL_FUNCTION };

	if (!function)
		return oracle_fail(oracle);
	function->node = node;
	function->frame = frame;
	function->builtin = builtin;
	value.u.function = &function->head;
	return value;
}

/* May an unknown item have an entry of this name? */
static bool may_have_entry(const struct feel_unknown *unknown, struct text name)
{
	size_t i;

	for (i = 0; i < unknown->choice_count; i++)
		if (feel_entry_of(&unknown->choices[i], name))
			return true;
	return unknown->shape == FEEL_ANYTHING;
}

/* Does the item of a filter answer to this name? */
static bool in_item(struct oracle *oracle, const struct feel_value *item,
	struct text name, struct feel_value *out)
{
	const struct feel_value *entry = feel_entry_of(item, name);

	if (item->type == FEEL_UNKNOWN && !text_is(name, "item") &&
		may_have_entry(item->u.unknown, name)) {
		*out = oracle_path(oracle, *item, name);
		return true;
	}
	if (entry)
		*out = *entry;
	else if (text_is(name, "item"))
		*out = *item;
	else
		return false;
	return true;
}

static struct feel_value name_value(struct oracle *oracle, struct text name,
	const struct oracle_frame *frame)
{
	const struct oracle_binding *binding = oracle->scope->bindings;
	struct feel_value value;

	for (; frame; frame = frame->outer) {
		if (frame->item) {
			if (in_item(oracle, &frame->value, name, &value))
				return value;
		} else if (text_equal(frame->name, name)) {
			return frame->value;
		}
	}
	for (; binding && binding->name; binding++)
		if (text_is(name, binding->name))
			return binding->value;
	if (oracle_has_builtin(name))
		return function_value(oracle, NULL, NULL, name);
	return oracle_fail(oracle);
}

static struct feel_value date_part(int32_t days, struct text name)
{
	int year;
	int month;
	int day;

	date_civil(days, &year, &month, &day);
	if (text_is(name, "year"))
		return feel_number(num_from_int(year));
	if (text_is(name, "month"))
		return feel_number(num_from_int(month));
	if (text_is(name, "day"))
		return feel_number(num_from_int(day));
	if (text_is(name, "weekday"))
		return feel_number(num_from_int(date_weekday(days)));
	return oracle_null();
}

static struct feel_value range_part(
	const struct feel_range *range, struct text name)
{
	if (text_is(name, "start"))
		return range->low;
	if (text_is(name, "end"))
		return range->high;
	if (text_is(name, "start included"))
		return feel_boolean(range->low_closed);
	if (text_is(name, "end included"))
		return feel_boolean(range->high_closed);
	return oracle_null();
}

static struct feel_value unknown_path(
	struct oracle *oracle, struct feel_value from, struct text name)
{
	const struct feel_unknown *unknown = from.u.unknown;
	struct feel_value out = oracle_null();
	struct feel_value one;
	size_t i;

	if (unknown->shape != FEEL_CHOICE)
		return oracle_unknown_of(oracle, &from, 1);
	for (i = 0; i < unknown->choice_count; i++) {
		one = oracle_path(oracle, unknown->choices[i], name);
		out = i == 0 ? one
			     : oracle_join(
				       oracle, &out, &one, &unknown->reasons);
	}
	return out;
}

struct feel_value oracle_path(
	struct oracle *oracle, struct feel_value from, struct text name)
{
	const struct feel_value *entry;
	struct oracle_list list = { NULL, 0, 0 };
	uint32_t i;

	switch (from.type) {
	case FEEL_CONTEXT:
		entry = feel_entry_of(&from, name);
		return entry ? *entry : oracle_null();
	case FEEL_LIST:
		for (i = 0; i < from.size; i++)
			oracle_add(oracle, &list,
				from.u.items[i].type == FEEL_LIST
					? oracle_null()
					: oracle_path(oracle, from.u.items[i],
						  name));
		return oracle_list_value(&list);
	case FEEL_DATE:
		return from.u.days == (int32_t)from.u.days
			       ? date_part((int32_t)from.u.days, name)
			       : oracle_fail(oracle); /* too far to tell */
	case FEEL_TIME:
	case FEEL_DATE_TIME:
	case FEEL_DAYS_DURATION:
	case FEEL_YEARS_DURATION:
		return oracle_fail(oracle);
	case FEEL_RANGE:
		return range_part(from.u.range, name);
	case FEEL_UNKNOWN:
		return unknown_path(oracle, from, name);
	default:
		return oracle_null();
	}
}

static struct feel_value conditional(struct oracle *oracle,
	const struct feel_node *node, const struct oracle_frame *frame)
{
	struct feel_value condition = oracle_node(oracle, node->kids[0], frame);
	unsigned truths = oracle_truths(&condition);
	struct feel_set why = { { 0 } };
	struct feel_value yes;
	struct feel_value no;

	if (truths == ORACLE_TRUE)
		return oracle_node(oracle, node->kids[1], frame);
	if (!(truths & ORACLE_TRUE))
		return oracle_node(oracle, node->kids[2], frame);
	yes = oracle_node(oracle, node->kids[1], frame);
	no = oracle_node(oracle, node->kids[2], frame);
	feel_reasons(&condition, &why);
	return oracle_join(oracle, &yes, &no, &why);
}

static struct feel_value list_node(struct oracle *oracle,
	const struct feel_node *node, const struct oracle_frame *frame)
{
	struct oracle_list list = { NULL, 0, 0 };
	size_t i;

	for (i = 0; i < node->count; i++)
		oracle_add(oracle, &list,
			oracle_node(oracle, node->kids[i], frame));
	return oracle_list_value(&list);
}

static struct feel_value context_node(struct oracle *oracle,
	const struct feel_node *node, const struct oracle_frame *frame)
{
	struct feel_value value = { .type = FEEL_CONTEXT };
	struct feel_entry *entries =
		arena_zeroed(oracle->arena, node->count + 1, sizeof(*entries));
	struct oracle_frame *frames =
		arena_zeroed(oracle->arena, node->count + 1, sizeof(*frames));
	size_t i;

	if (!entries || !frames)
		return oracle_fail(oracle);
	for (i = 0; i < node->count; i++) {
		entries[i].name = node->names[i];
		entries[i].value = oracle_node(oracle, node->kids[i], frame);
		frames[i].name = node->names[i];
		frames[i].value = entries[i].value;
		frames[i].outer = frame;
		frame = &frames[i];
	}
	value.size = (uint32_t)node->count;
	value.u.entries = entries;
	return value;
}

static bool may_bound(const struct feel_value *value)
{
	return value->type == FEEL_NULL || value->type == FEEL_NUMBER ||
	       value->type == FEEL_STRING || temporal_is(value->type) ||
	       value->type == FEEL_UNKNOWN;
}

/* The one type that it has whatever it turns out to be, or FEEL_UNKNOWN. */
static enum feel_type type_of_end(const struct feel_value *value)
{
	const struct feel_unknown *unknown = value->u.unknown;
	enum feel_type type;
	size_t i;

	if (value->type != FEEL_UNKNOWN)
		return value->type;
	if (unknown->shape == FEEL_INTERVAL)
		return unknown->interval.low.type != FEEL_NULL
			       ? unknown->interval.low.type
			       : unknown->interval.high.type;
	if (unknown->shape != FEEL_CHOICE)
		return FEEL_UNKNOWN;
	type = unknown->choices[0].type;
	for (i = 1; i < unknown->choice_count; i++)
		if (unknown->choices[i].type != type)
			return FEEL_UNKNOWN;
	return type;
}

/* Two types of which none can be the other: no range. */
static bool clash(enum feel_type low, enum feel_type high)
{
	return low != high && low != FEEL_NULL && high != FEEL_NULL &&
	       low != FEEL_UNKNOWN && high != FEEL_UNKNOWN;
}

static struct feel_value range_node(struct oracle *oracle,
	const struct feel_node *node, const struct oracle_frame *frame)
{
	struct feel_value value = { .type = FEEL_RANGE };
	struct feel_range *range =
		arena_zeroed(oracle->arena, 1, sizeof(*range));

	if (!range)
		return oracle_fail(oracle);
	if (node->kids[0])
		range->low = oracle_node(oracle, node->kids[0], frame);
	if (node->kids[1])
		range->high = oracle_node(oracle, node->kids[1], frame);
	range->low_closed = node->low_closed;
	range->high_closed = node->high_closed;
	range->low_null = node->kids[0] && range->low.type == FEEL_NULL;
	range->high_null = node->kids[1] && range->high.type == FEEL_NULL;
	if (!may_bound(&range->low) || !may_bound(&range->high) ||
		(range->low.type == FEEL_NULL &&
			range->high.type == FEEL_NULL) ||
		type_of_end(&range->low) == FEEL_BOOLEAN ||
		type_of_end(&range->high) == FEEL_BOOLEAN ||
		clash(type_of_end(&range->low), type_of_end(&range->high)))
		return oracle_null();
	if (type_of_end(&range->low) == FEEL_UNKNOWN ||
		type_of_end(&range->high) == FEEL_UNKNOWN) {
		/* perhaps null, perhaps a range */
		const struct feel_value ends[2] = { range->low, range->high };

		return oracle_unknown_of(oracle, ends, 2);
	}
	value.u.range = range;
	return value;
}

/* Does the expression itself name the input, not that of an inner `in`? */
static bool names_input(const struct feel_node *node)
{
	size_t i;

	if (node->kind == FEEL_NODE_INPUT)
		return true;
	if (node->kind == FEEL_NODE_IN)
		return names_input(node->kids[0]);
	for (i = 0; i < node->count; i++)
		if (node->kids[i] && names_input(node->kids[i]))
			return true;
	return false;
}

static struct feel_value holds_of(struct oracle *oracle, int detail,
	const struct feel_value *args, size_t count)
{
	(void)detail;
	(void)count;
	if (args[1].type == FEEL_BOOLEAN || args[1].type == FEEL_NULL)
		return args[1];
	return oracle_match(oracle, args[0], args[1]);
}

/* A test that names the input is its own truth; of no truth, a match. */
static struct feel_value holds(
	struct oracle *oracle, struct feel_value input, struct feel_value test)
{
	const struct feel_value both[2] = { input, test };
	struct feel_value out;

	if (test.type != FEEL_UNKNOWN || oracle_has_span(&test))
		return holds_of(oracle, 0, both, 2);
	if (oracle_try_all(oracle, holds_of, 0, both, 2, &out))
		return out;
	return test.u.unknown->shape == FEEL_CHOICE &&
			       (oracle_truths(&test) & ORACLE_NEITHER) == 0
		       ? test
		       : oracle_unknown_of(oracle, both, 2);
}

static struct feel_value match_node(struct oracle *oracle,
	const struct feel_node *kid, const struct oracle_frame *frame)
{
	struct feel_value test = oracle_node(oracle, kid, frame);

	if (!names_input(kid))
		return oracle_match(oracle, oracle->input, test);
	return holds(oracle, oracle->input, test);
}

static struct feel_value tests_node(struct oracle *oracle,
	const struct feel_node *node, const struct oracle_frame *frame)
{
	struct feel_value out = feel_boolean(false);
	size_t i;

	for (i = 0; i < node->count; i++)
		out = oracle_binary(oracle, FEEL_OR, out,
			oracle_node(oracle, node->kids[i], frame));
	return node->negated ? oracle_not(oracle, out) : out;
}

struct feel_value oracle_test(struct oracle *oracle,
	const struct feel_node *test, struct feel_value input,
	const struct oracle_frame *frame)
{
	struct feel_value saved = oracle->input;
	struct feel_value out;

	oracle->input = input;
	out = oracle_node(oracle, test, frame);
	oracle->input = saved;
	return out;
}

static bool conforms(
	const struct feel_value *value, const struct feel_type_ref *type)
{
	uint32_t i;

	if (type->type == FEEL_NULL)
		return text_is(type->name, "Any");
	if (value->type == FEEL_NULL)
		return true;
	if (value->type != type->type)
		return false;
	if (type->type == FEEL_LIST && type->count > 0) {
		for (i = 0; i < value->size; i++)
			if (!conforms(&value->u.items[i], type->members[0]))
				return false;
	} else if (type->type == FEEL_CONTEXT) {
		for (i = 0; i < type->count; i++) {
			const struct feel_value *entry =
				feel_entry_of(value, type->names[i]);

			if (!entry || !conforms(entry, type->members[i]))
				return false;
		}
	} else if (type->type == FEEL_RANGE && type->count > 0) {
		return conforms(&value->u.range->low, type->members[0]) &&
		       conforms(&value->u.range->high, type->members[0]);
	}
	return true;
}

static struct feel_value instance_of(struct oracle *oracle,
	struct feel_value value, const struct feel_type_ref *type)
{
	struct feel_set why = { { 0 } };
	unsigned truths = 0;
	size_t i;

	feel_reasons(&value, &why);
	if (value.type == FEEL_UNKNOWN &&
		value.u.unknown->shape == FEEL_CHOICE) {
		for (i = 0; i < value.u.unknown->choice_count; i++)
			truths |=
				value.u.unknown->choices[i].type != FEEL_NULL &&
						conforms(&value.u.unknown
								  ->choices[i],
							type)
					? ORACLE_TRUE
					: ORACLE_FALSE;
		return oracle_of_truths(oracle, truths, &why);
	}
	if (feel_is_open(&value))
		return oracle_of_truths(
			oracle, ORACLE_TRUE | ORACLE_FALSE, &why);
	if (value.type == FEEL_NULL)
		return feel_boolean(
			type->type == FEEL_NULL && text_is(type->name, "Null"));
	return feel_boolean(conforms(&value, type));
}

static struct feel_value kid(struct oracle *oracle,
	const struct feel_node *node, size_t i,
	const struct oracle_frame *frame)
{
	return oracle_node(oracle, node->kids[i], frame);
}

static struct feel_value between(struct oracle *oracle,
	const struct feel_node *node, const struct oracle_frame *frame)
{
	struct feel_value value = kid(oracle, node, 0, frame);
	struct feel_value low = oracle_binary(
		oracle, FEEL_GE, value, kid(oracle, node, 1, frame));
	struct feel_value high = oracle_binary(
		oracle, FEEL_LE, value, kid(oracle, node, 2, frame));

	return oracle_binary(oracle, FEEL_AND, low, high);
}

/* Kinds that put values together. */
static struct feel_value compound(struct oracle *oracle,
	const struct feel_node *node, const struct oracle_frame *frame)
{
	switch (node->kind) {
	case FEEL_NODE_FOR:
	case FEEL_NODE_SOME:
	case FEEL_NODE_EVERY:
		return oracle_loop(oracle, node, frame);
	case FEEL_NODE_FILTER:
		return oracle_filter(oracle, node, frame);
	case FEEL_NODE_PATH:
		return oracle_path(
			oracle, kid(oracle, node, 0, frame), node->name);
	case FEEL_NODE_CALL:
		return oracle_call(oracle, node, frame);
	case FEEL_NODE_FUNCTION:
		return function_value(
			oracle, node, frame, (struct text){ NULL, 0 });
	case FEEL_NODE_LIST:
		return list_node(oracle, node, frame);
	case FEEL_NODE_CONTEXT:
		return context_node(oracle, node, frame);
	case FEEL_NODE_RANGE:
		return range_node(oracle, node, frame);
	case FEEL_NODE_TABLE:
		return oracle_table(oracle, node->table, frame);
	default:
		return oracle_fail(oracle);
	}
}

static struct feel_value walk(struct oracle *oracle,
	const struct feel_node *node, const struct oracle_frame *frame)
{
	switch (node->kind) {
	case FEEL_NODE_LITERAL:
		return node->value;
	case FEEL_NODE_NAME:
		return name_value(oracle, node->name, frame);
	case FEEL_NODE_INPUT:
		return oracle->input;
	case FEEL_NODE_NEGATE:
		return oracle_negate(oracle, kid(oracle, node, 0, frame));
	case FEEL_NODE_BINARY:
		return oracle_binary(oracle, node->op,
			kid(oracle, node, 0, frame),
			kid(oracle, node, 1, frame));
	case FEEL_NODE_BETWEEN:
		return between(oracle, node, frame);
	case FEEL_NODE_IN:
		return oracle_test(oracle, node->kids[1],
			kid(oracle, node, 0, frame), frame);
	case FEEL_NODE_IF:
		return conditional(oracle, node, frame);
	case FEEL_NODE_INSTANCE:
		return instance_of(
			oracle, kid(oracle, node, 0, frame), node->types[0]);
	case FEEL_NODE_TESTS:
		return tests_node(oracle, node, frame);
	case FEEL_NODE_TEST:
		return oracle_binary(oracle, node->op, oracle->input,
			kid(oracle, node, 0, frame));
	case FEEL_NODE_MATCH:
		return match_node(oracle, node->kids[0], frame);
	case FEEL_NODE_DASH:
		return feel_boolean(true);
	case FEEL_NODE_COERCE: /* of the models, not of FEEL text */
	case FEEL_NODE_SERVICE:
		return oracle_fail(oracle);
	case FEEL_NODE_MARK:
		return kid(oracle, node, 0, frame);
	default:
		return compound(oracle, node, frame);
	}
}

struct feel_value oracle_node(struct oracle *oracle,
	const struct feel_node *node, const struct oracle_frame *frame)
{
	struct feel_value value;

	if (oracle->failed || oracle->depth >= ORACLE_DEPTH_MAX)
		return oracle_fail(oracle);
	oracle->depth++;
	value = walk(oracle, node, frame);
	oracle->depth--;
	return value;
}

bool oracle_eval(struct arena *arena, const struct feel_node *node,
	const struct oracle_scope *scope, const struct feel_value *input,
	struct feel_value *out)
{
	static const struct oracle_scope empty = { NULL };
	struct oracle oracle = { .arena = arena };

	oracle.scope = scope ? scope : &empty;
	if (input)
		oracle.input = *input;
	*out = oracle_node(&oracle, node, NULL);
	return !oracle.failed;
}
