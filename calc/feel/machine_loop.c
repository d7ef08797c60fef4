/*
 * Loops: what `for`, `some`, `every` and filters gather, and what they run
 * over. A gatherer lies on the loop stack below the iterators that feed it;
 * once it is decided its iterators run dry.
 */
#include "feel/inexact.h"
#include "feel/interval.h"

#include <string.h>

struct feel_loop *feel_loop_push(
	struct feel_machine *machine, enum feel_loop_kind kind)
{
	struct feel_loop *loop;

	if (machine->loop_count == FEEL_LOOPS_MAX) {
		feel_fail(&machine->env, SHK_E_LIMIT,
			"more than 256 loops and tables at work at once");
		return NULL;
	}
	loop = &machine->loops[machine->loop_count++];
	memset(loop, 0, offsetof(struct feel_loop, maybe));
	loop->kind = (uint8_t)kind;
	return loop;
}

struct feel_set *feel_loop_reasons(struct feel_loop *loop)
{
	if (!loop->reasoned)
		memset(&loop->reasons, 0, sizeof(loop->reasons));
	loop->reasoned = true;
	return &loop->reasons;
}

/* Push an iterator; its gatherer is the nearest one below. */
static struct feel_loop *push_iterator(struct feel_machine *machine)
{
	uint32_t below = machine->loop_count - 1;
	struct feel_loop *loop = feel_loop_push(machine, FEEL_LOOP_ITER);

	if (!loop)
		return NULL;
	loop->owner = below;
	if (machine->loops[below].kind == FEEL_LOOP_ITER)
		loop->owner = machine->loops[below].owner;
	return loop;
}

/* Something unknown decides over what is run: nothing is known then. */
static void open_gatherer(
	struct feel_loop *gather, const struct feel_value *why)
{
	gather->open = true;
	feel_reasons(why, feel_loop_reasons(gather));
}

void feel_iterate(struct feel_machine *machine, const struct feel_value *over)
{
	struct feel_loop *loop = push_iterator(machine);
	struct feel_loop *gather;

	if (!loop)
		return;
	gather = &machine->loops[loop->owner];
	if (over->type == FEEL_UNKNOWN) {
		open_gatherer(gather, over);
	} else if (over->type == FEEL_LIST) {
		loop->items = over->u.items;
		loop->count = over->size;
	} else if (over->type == FEEL_RANGE &&
		   gather->gather != FEEL_GATHER_FILTER) {
		gather->broken = true;
	} else if (over->type == FEEL_NULL) {
		/* null is no list; a filter of it is empty */
		gather->broken = gather->gather != FEEL_GATHER_FILTER;
	} else { /* one item, and the list of it, are the same to FEEL */
		struct feel_value *item =
			feel_alloc(&machine->env, 1, sizeof(*item));

		if (!item)
			return;
		*item = *over;
		loop->items = item;
		loop->count = 1;
	}
}

void feel_iterate_range(
	struct feel_machine *machine, const struct feel_value *ends)
{
	struct feel_loop *loop = push_iterator(machine);
	struct feel_loop *gather;
	int order;

	if (!loop)
		return;
	gather = &machine->loops[loop->owner];
	if (ends[0].type == FEEL_UNKNOWN || ends[1].type == FEEL_UNKNOWN) {
		open_gatherer(gather, &ends[0]);
		open_gatherer(gather, &ends[1]);
		return;
	}
	if ((ends[0].type != FEEL_NUMBER && ends[0].type != FEEL_DATE) ||
		!feel_order(&ends[0], &ends[1], &order) ||
		(ends[0].type == FEEL_NUMBER &&
			(!num_is_integer(ends[0].u.number) ||
				!num_is_integer(ends[1].u.number)))) {
		gather->broken = true;
		return;
	}
	feel_doubt_digits(&machine->env, ends, 2);
	loop->counting = true;
	loop->down = order > 0;
	loop->at = ends[0];
	loop->last = ends[1];
}

/* The next number or date; ends the loop behind the last one. */
static void count_on(struct feel_loop *loop)
{
	unsigned status = 0;
	int order = 0;

	loop->value = loop->at;
	feel_order(&loop->at, &loop->last, &order);
	if (order == 0)
		loop->counting = false;
	else if (loop->at.type == FEEL_DATE)
		loop->at.u.days += loop->down ? -1 : 1;
	else
		loop->at.u.number = num_add(loop->at.u.number,
			num_from_int(loop->down ? -1 : 1), &status);
	if (status)
		loop->counting = false;
}

void feel_turn(struct feel_machine *machine, uint32_t count)
{
	machine->turns += count;
	if (machine->turns > FEEL_TURNS_MAX)
		feel_fail(&machine->env, SHK_E_LIMIT,
			"the loops of one run pass 100000000 turns");
}

bool feel_next(struct feel_machine *machine, struct feel_value *item)
{
	struct feel_loop *loop = &machine->loops[machine->loop_count - 1];
	const struct feel_loop *gather = &machine->loops[loop->owner];

	feel_turn(machine, 1);
	if (gather->decided || gather->broken ||
		(!loop->counting && loop->next == loop->count)) {
		machine->loop_count--;
		return false;
	}
	if (loop->counting) {
		count_on(loop);
		loop->count = loop->next + 1;
	} else {
		loop->value = loop->items[loop->next];
	}
	loop->next++;
	*item = loop->value;
	return true;
}

static void yield_truth(
	struct feel_loop *gather, const struct feel_value *value)
{
	bool decisive = gather->gather == FEEL_GATHER_SOME;

	if (value->type == FEEL_UNKNOWN) {
		open_gatherer(gather, value);
	} else if (value->type != FEEL_BOOLEAN) {
		gather->null = true;
	} else if (value->u.boolean == decisive) {
		gather->decided = true;
		gather->value = feel_boolean(decisive);
	}
}

/* A filter that yields a number is an index into the whole list. */
static void yield_index(struct feel_env *env, struct feel_loop *gather,
	const struct feel_loop *loop, const struct feel_value *index)
{
	struct feel_value list = { .type = FEEL_LIST, .size = loop->count };

	list.u.items = loop->items;
	if (gather->open) { /* an item before may be the index instead */
		feel_reasons(&list, feel_loop_reasons(gather));
		return;
	}
	gather->decided = true;
	feel_doubt_digits(env, index, 1);
	feel_index(env, &list, index, &gather->value);
}

/* May the answer of a filter only be a truth or null, and no index? */
static bool only_truth(const struct feel_value *value)
{
	const struct feel_unknown *unknown = value->u.unknown;

	if (unknown->shape != FEEL_CHOICE)
		return false;
	for (size_t i = 0; i < unknown->choice_count; i++)
		if (unknown->choices[i].type == FEEL_NUMBER)
			return false;
	return true;
}

static void yield_filter(struct feel_machine *machine, struct feel_loop *gather,
	const struct feel_loop *loop, const struct feel_value *value)
{
	bool maybe = value->type == FEEL_UNKNOWN;

	if (value->type == FEEL_NUMBER) {
		yield_index(&machine->env, gather, loop, value);
		return;
	}
	if (!maybe && (value->type != FEEL_BOOLEAN || !value->u.boolean))
		return;
	if (maybe) {
		feel_reasons(value, feel_loop_reasons(gather));
		if (gather->maybe_count == FEEL_MAYBE_MAX || !only_truth(value))
			gather->open = true;
		else
			gather->maybe[gather->maybe_count++] =
				gather->built.count;
	}
	feel_builder_add(&machine->env, &gather->built, &loop->value);
}

void feel_yield(struct feel_machine *machine, const struct feel_value *value)
{
	const struct feel_loop *loop = &machine->loops[machine->loop_count - 1];
	struct feel_loop *gather = &machine->loops[loop->owner];

	if (gather->strict && value->type != FEEL_BOOLEAN &&
		value->type != FEEL_NULL && value->type != FEEL_UNKNOWN) {
		gather->broken = true;
		return;
	}
	switch (gather->gather) {
	case FEEL_GATHER_LIST:
		feel_builder_add(&machine->env, &gather->built, value);
		break;
	case FEEL_GATHER_FILTER:
		yield_filter(machine, gather, loop, value);
		break;
	default:
		yield_truth(gather, value);
		break;
	}
}

void feel_partial(const struct feel_machine *machine, struct feel_value *out)
{
	const struct feel_loop *loop = &machine->loops[machine->loop_count - 1];

	*out = feel_builder_list(&machine->loops[loop->owner].built);
}

/* The list without those maybe items whose bit in `mask` is not set. */
static void subset(struct feel_env *env, const struct feel_loop *loop,
	uint32_t mask, struct feel_value *out)
{
	struct feel_builder list = { NULL, 0, 0 };
	uint32_t maybe = 0;

	for (uint32_t i = 0; i < loop->built.count; i++) {
		if (maybe < loop->maybe_count && loop->maybe[maybe] == i) {
			bool kept = (mask >> maybe) & 1;

			maybe++;
			if (!kept)
				continue;
		}
		feel_builder_add(env, &list, &loop->built.items[i]);
	}
	*out = feel_builder_list(&list);
}

void feel_subsets(struct feel_env *env, struct feel_loop *loop,
	feel_list_make *make, const void *context, struct feel_value *out)
{
	struct feel_value list;
	struct feel_value one;
	struct feel_value all = FEEL_NULL_VALUE;

	if (loop->open) {
		list = feel_builder_list(&loop->built);
		feel_reasons(&list, feel_loop_reasons(loop));
		feel_anything_for(env, feel_loop_reasons(loop), out);
		return;
	}
	for (uint32_t mask = 0; mask < 1u << loop->maybe_count; mask++) {
		subset(env, loop, mask, &list);
		one = list;
		if (make)
			make(env, context, &list, &one);
		if (mask == 0)
			all = one;
		else if (!feel_join(env->arena, &all, &one,
				 feel_loop_reasons(loop), &all))
			feel_fail(env, SHK_E_MEMORY, NULL);
	}
	*out = all;
}

static void gathered_truth(
	struct feel_env *env, struct feel_loop *gather, struct feel_value *out)
{
	if (gather->decided)
		*out = gather->value;
	else if (gather->open)
		feel_anything_for(env, feel_loop_reasons(gather), out);
	else if (gather->null)
		*out = FEEL_NULL_VALUE;
	else
		*out = feel_boolean(gather->gather == FEEL_GATHER_EVERY);
}

void feel_gathered(struct feel_machine *machine, struct feel_value *out)
{
	struct feel_loop *gather = &machine->loops[--machine->loop_count];
	struct feel_env *env = &machine->env;

	if (gather->broken)
		*out = FEEL_NULL_VALUE;
	else if (gather->gather == FEEL_GATHER_SOME ||
		 gather->gather == FEEL_GATHER_EVERY)
		gathered_truth(env, gather, out);
	else if (gather->decided)
		*out = gather->value;
	else if (gather->open || gather->maybe_count)
		feel_subsets(env, gather, NULL, NULL, out);
	else
		*out = feel_builder_list(&gather->built);
}
