/*
 * sort: a stable merge sort, by a function that says which of two items goes
 * first, or by the natural order. An order that is not known leaves the whole
 * list unknown.
 */
#include "feel/builtin_bodies.h"

#include <string.h>

struct sorting {
	struct feel_env *env;
	const struct feel_value *precedes; /* NULL: natural order */
	bool broken;			   /* two items have no order */
	struct feel_value open;		   /* an unknown answer, or null */
};

/* Does `b`, which comes later, go before `a`? */
static bool goes_first(struct sorting *sorting, const struct feel_value *b,
	const struct feel_value *a)
{
	struct feel_value args[2] = { *b, *a };
	struct feel_value answer;
	int order = 0;

	if (!sorting->precedes) {
		if (!feel_order(b, a, &order))
			sorting->broken = true;
		return order < 0;
	}
	feel_call(sorting->env, sorting->precedes, args, 2, &answer);
	if (answer.type == FEEL_UNKNOWN)
		sorting->open = answer;
	else if (answer.type != FEEL_BOOLEAN)
		sorting->broken = true;
	return answer.type == FEEL_BOOLEAN && answer.u.boolean;
}

static void merge(struct sorting *sorting, const struct feel_value *from,
	struct feel_value *to, size_t left, size_t middle, size_t right)
{
	size_t a = left;
	size_t b = middle;

	for (size_t at = left; at < right; at++) {
		bool second = a == middle;

		if (!second && b < right)
			second = goes_first(sorting, &from[b], &from[a]);
		to[at] = from[second ? b++ : a++];
	}
}

/* Bottom-up; the sorted items are in the array that is returned. */
static struct feel_value *merge_sort(struct sorting *sorting,
	struct feel_value *items, struct feel_value *spare, size_t count)
{
	for (size_t width = 1; width < count; width *= 2) {
		struct feel_value *swap = items;

		for (size_t left = 0; left < count; left += 2 * width) {
			size_t middle = left + width;
			size_t right = left + 2 * width;

			if (sorting->env->failure != SHK_OK)
				return items;
			merge(sorting, items, spare, left,
				middle < count ? middle : count,
				right < count ? right : count);
		}
		items = spare;
		spare = swap;
	}
	return items;
}

void feel_b_sort(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	struct sorting sorting = { env, count > 1 ? &args[1] : NULL, false,
		FEEL_NULL_VALUE };
	struct feel_value list;
	struct feel_value *items;
	struct feel_value *spare;

	(void)builtin;
	/* a function may tell the order of items that are not all known */
	if (args[0].type == FEEL_UNKNOWN ||
		(count > 1 && args[1].type == FEEL_UNKNOWN) ||
		(count == 1 && feel_is_open(&args[0]))) {
		feel_anything(env, args, count, out);
		return;
	}
	if (!feel_as_list(&args[0], &list) ||
		(count > 1 && args[1].type != FEEL_FUNCTION))
		return;
	items = feel_alloc(env, list.size, sizeof(*items));
	spare = feel_alloc(env, list.size, sizeof(*spare));
	if (!items || !spare)
		return;
	if (list.size)
		memcpy(items, list.u.items, list.size * sizeof(*items));
	list.u.items = merge_sort(&sorting, items, spare, list.size);
	if (sorting.broken)
		return;
	if (sorting.open.type == FEEL_UNKNOWN)
		feel_anything(env, &sorting.open, 1, out);
	else
		*out = list;
}

/* The values that occur most often, in their order. */
void feel_b_mode(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	struct feel_builder built = { NULL, 0, 0 };
	struct feel_value sorted = FEEL_NULL_VALUE;
	uint32_t most = 0;
	uint32_t run = 0;

	(void)count;
	for (uint32_t i = 0; i < args[0].size; i++)
		if (args[0].u.items[i].type != FEEL_NUMBER)
			return;
	feel_b_sort(env, builtin, args, 1, &sorted);
	if (sorted.type != FEEL_LIST)
		return;
	for (uint32_t i = 0; i < sorted.size; i++) {
		const struct feel_value *item = &sorted.u.items[i];

		run = i > 0 && feel_same(item - 1, item) ? run + 1 : 1;
		if (run > most)
			built = (struct feel_builder){ NULL, 0, 0 };
		if (run >= most)
			feel_builder_add(env, &built, item);
		most = run > most ? run : most;
	}
	*out = feel_builder_list(&built);
}
