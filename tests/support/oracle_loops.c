/*
 * The oracle's loops: for, some, every and filters. Loops over several names
 * are recursion, one level a name.
 */
#include "support/oracle_inside.h"

/* A loop at work. */
struct run {
	struct oracle *oracle;
	const struct feel_node *node;
	struct oracle_list results;
	struct feel_set why; /* of what was unknown */
	bool open;	     /* a list or a condition was unknown */
	bool null_seen;	     /* a condition was no boolean */
	bool broken;	     /* a list was none: the result is null */
	bool decided;	     /* some: a true; every: a false */
};

static bool is_integer(const struct feel_value *value, int64_t *out)
{
	return value->type == FEEL_NUMBER && num_to_int(value->u.number, out);
}

/* The items of `1..10`, downwards when the second end is the lower one. */
static struct feel_value from_to(struct oracle *oracle,
	const struct feel_node *node, const struct oracle_frame *frame)
{
	struct feel_value ends[2] = { oracle_node(oracle, node->kids[0], frame),
		oracle_node(oracle, node->kids[1], frame) };
	struct oracle_list list = { NULL, 0, 0 };
	bool dates = ends[0].type == FEEL_DATE && ends[1].type == FEEL_DATE;
	int64_t at = ends[0].u.days;
	int64_t last = ends[1].u.days;

	if (ends[0].type == FEEL_UNKNOWN || ends[1].type == FEEL_UNKNOWN)
		return oracle_unknown_of(oracle, ends, 2);
	if (!dates &&
		(!is_integer(&ends[0], &at) || !is_integer(&ends[1], &last)))
		return oracle_null();
	for (;; at += last > at ? 1 : -1) {
		oracle_add(oracle, &list,
			dates ? feel_date((int32_t)at)
			      : feel_number(num_from_int(at)));
		if (at == last || oracle->failed)
			return oracle_list_value(&list);
	}
}

/* What a name runs over: a list, null (none), or unknown. */
static struct feel_value domain(struct oracle *oracle,
	const struct feel_node *node, const struct oracle_frame *frame)
{
	struct oracle_list list = { NULL, 0, 0 };
	struct feel_value value;

	if (node->kind == FEEL_NODE_RANGE && node->iteration)
		return from_to(oracle, node, frame);
	value = oracle_node(oracle, node, frame);
	if (value.type == FEEL_LIST || value.type == FEEL_NULL ||
		value.type == FEEL_UNKNOWN)
		return value;
	if (value.type == FEEL_RANGE)
		return oracle_null();
	oracle_add(oracle, &list, value);
	return oracle_list_value(&list);
}

static void take_result(struct run *run, struct feel_value value)
{
	unsigned decisive =
		run->node->kind == FEEL_NODE_SOME ? ORACLE_TRUE : ORACLE_FALSE;

	if (run->node->kind == FEEL_NODE_FOR) {
		oracle_add(run->oracle, &run->results, value);
	} else if (value.type == FEEL_UNKNOWN) {
		run->open = true;
		feel_reasons(&value, &run->why);
	} else if (oracle_truths(&value) == decisive) {
		run->decided = true;
	} else if (value.type != FEEL_BOOLEAN) {
		run->null_seen = true;
	}
}

/* A frame in the arena: functions that the body makes may keep it. */
static const struct oracle_frame *frame_of(struct run *run, struct text name,
	struct feel_value value, const struct oracle_frame *outer)
{
	struct oracle_frame *frame =
		arena_zeroed(run->oracle->arena, 1, sizeof(*frame));

	if (!frame) {
		oracle_fail(run->oracle);
		return outer;
	}
	frame->name = name;
	frame->value = value;
	frame->outer = outer;
	return frame;
}

static void run_body(struct run *run, const struct oracle_frame *frame)
{
	const struct feel_node *node = run->node;

	if (node->kind == FEEL_NODE_FOR)
		frame = frame_of(run, text_of("partial"),
			oracle_list_value(&run->results), frame);
	take_result(run,
		oracle_node(run->oracle, node->kids[node->name_count], frame));
}

static void run_names(
	struct run *run, size_t at, const struct oracle_frame *frame)
{
	struct feel_value list;
	uint32_t i;

	if (at == run->node->name_count) {
		run_body(run, frame);
		return;
	}
	list = domain(run->oracle, run->node->kids[at], frame);
	if (list.type == FEEL_NULL)
		run->broken = true;
	if (list.type == FEEL_UNKNOWN) {
		run->open = true;
		feel_reasons(&list, &run->why);
	}
	if (list.type != FEEL_LIST)
		return;
	for (i = 0; i < list.size && !run->broken && !run->decided &&
		    !run->oracle->failed;
		i++)
		run_names(run, at + 1,
			frame_of(run, run->node->names[at], list.u.items[i],
				frame));
}

struct feel_value oracle_loop(struct oracle *oracle,
	const struct feel_node *node, const struct oracle_frame *frame)
{
	struct run run = { .oracle = oracle, .node = node };

	run_names(&run, 0, frame);
	if (run.broken)
		return oracle_null();
	if (node->kind == FEEL_NODE_FOR)
		return run.open ? oracle_unknown(oracle, &run.why)
				: oracle_list_value(&run.results);
	if (run.decided)
		return feel_boolean(node->kind == FEEL_NODE_SOME);
	if (run.open)
		return oracle_unknown(oracle, &run.why);
	if (run.null_seen)
		return oracle_null();
	return feel_boolean(node->kind == FEEL_NODE_EVERY);
}

static bool may_be_number(const struct feel_value *value)
{
	size_t i;

	if (value->type != FEEL_UNKNOWN)
		return value->type == FEEL_NUMBER;
	if (value->u.unknown->shape != FEEL_CHOICE)
		return true;
	for (i = 0; i < value->u.unknown->choice_count; i++)
		if (value->u.unknown->choices[i].type == FEEL_NUMBER)
			return true;
	return false;
}

static struct feel_value item_at(
	const struct feel_value *list, const struct feel_value *index)
{
	int64_t at;

	if (!num_to_int(index->u.number, &at))
		return oracle_null();
	if (at < 0)
		at += (int64_t)list->size + 1;
	if (at < 1 || at > (int64_t)list->size)
		return oracle_null();
	return list->u.items[at - 1];
}

struct feel_value oracle_subsets(struct oracle *oracle,
	const struct oracle_list *list, const bool *maybe,
	const struct feel_set *why, oracle_function_of *make, int detail)
{
	struct feel_value out = oracle_null();
	unsigned open = 0;
	unsigned mask;
	uint32_t i;

	for (i = 0; i < list->count; i++)
		open += maybe[i] ? 1 : 0;
	if (open > 4)
		return oracle_unknown(oracle, why);
	for (mask = 0; mask < 1u << open; mask++) {
		struct oracle_list kept = { NULL, 0, 0 };
		struct feel_value one;
		unsigned bit = 0;

		for (i = 0; i < list->count; i++)
			if (!maybe[i] || (mask >> bit++) & 1)
				oracle_add(oracle, &kept, list->items[i]);
		one = oracle_list_value(&kept);
		if (make)
			one = make(oracle, detail, &one, 1);
		out = mask == 0 ? one : oracle_join(oracle, &out, &one, why);
	}
	return out;
}

/* A filter by a condition or index that is evaluated with each item. */
static struct feel_value filter_items(struct oracle *oracle,
	const struct feel_node *condition, const struct feel_value *list,
	const struct oracle_frame *frame)
{
	struct oracle_list kept = { NULL, 0, 0 };
	struct feel_set why = { { 0 } };
	bool *maybe = arena_zeroed(oracle->arena, list->size + 1u, 1);
	uint32_t i;

	if (!maybe)
		return oracle_fail(oracle);
	for (i = 0; i < list->size && !oracle->failed; i++) {
		struct oracle_frame *item =
			arena_zeroed(oracle->arena, 1, sizeof(*item));
		struct feel_value value;

		if (!item)
			return oracle_fail(oracle);
		item->item = true;
		item->value = list->u.items[i];
		item->outer = frame;
		value = oracle_node(oracle, condition, item);
		if (value.type == FEEL_NUMBER)
			return item_at(list, &value);
		if (may_be_number(&value)) { /* it may be an index */
			const struct feel_value both[2] = { *list, value };

			return oracle_unknown_of(oracle, both, 2);
		}
		if (!(oracle_truths(&value) & ORACLE_TRUE))
			continue;
		maybe[kept.count] = value.type == FEEL_UNKNOWN;
		if (maybe[kept.count])
			feel_reasons(&value, &why);
		oracle_add(oracle, &kept, item->value);
	}
	return oracle_subsets(oracle, &kept, maybe, &why, NULL, 0);
}

static bool is_index(const struct feel_node *node)
{
	return node->kind == FEEL_NODE_NEGATE
		       ? is_index(node->kids[0])
		       : node->kind == FEEL_NODE_LITERAL &&
				 node->value.type == FEEL_NUMBER;
}

struct feel_value oracle_filter(struct oracle *oracle,
	const struct feel_node *node, const struct oracle_frame *frame)
{
	struct feel_value list = oracle_node(oracle, node->kids[0], frame);
	struct oracle_list one = { NULL, 0, 0 };
	struct feel_value index;

	if (list.type == FEEL_UNKNOWN)
		return oracle_unknown_of(oracle, &list, 1);
	if (list.type != FEEL_LIST) {
		if (list.type != FEEL_NULL || is_index(node->kids[1]))
			oracle_add(oracle, &one, list);
		list = oracle_list_value(&one);
	}
	if (is_index(node->kids[1])) {
		index = oracle_node(oracle, node->kids[1], frame);
		return item_at(&list, &index);
	}
	return filter_items(oracle, node->kids[1], &list, frame);
}
