/*
 * Built-ins on lists and truth values. What only moves items about does not
 * care whether they are known.
 */
#include "feel/builtin_bodies.h"

#include <string.h>

void feel_b_not(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	(void)builtin;
	(void)count;
	feel_not(env, args, out);
}

void feel_b_is(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	(void)env;
	(void)builtin;
	(void)count;
	*out = feel_boolean(feel_same(&args[0], &args[1]));
}

/* One item against the element: true, false or unknown, never null. */
static void same_item(struct feel_env *env, const struct feel_value *item,
	const struct feel_value *element, struct feel_value *out)
{
	if (feel_is_open(item) || feel_is_open(element))
		feel_binary(env, FEEL_EQ, item, element, out);
	else
		*out = feel_boolean(feel_same(item, element));
	if (out->type == FEEL_NULL)
		*out = feel_boolean(false);
}

void feel_b_list_contains(struct feel_env *env,
	const struct feel_builtin *builtin, const struct feel_value *args,
	uint32_t count, struct feel_value *out)
{
	struct feel_value list;
	struct feel_value sides[2];

	(void)builtin;
	if (args[0].type == FEEL_UNKNOWN) {
		feel_anything(env, args, count, out);
		return;
	}
	if (!feel_as_list(&args[0], &list))
		return;
	sides[0] = feel_boolean(false);
	for (uint32_t i = 0; i < list.size; i++) {
		same_item(env, &list.u.items[i], &args[1], &sides[1]);
		feel_or(env, sides, &sides[0]);
		if (sides[0].type == FEEL_BOOLEAN && sides[0].u.boolean)
			break;
	}
	*out = sides[0];
}

void feel_b_count(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	struct feel_value list;

	(void)env;
	(void)builtin;
	(void)count;
	if (feel_as_list(&args[0], &list))
		*out = feel_number(num_from_int(list.size));
}

/* all (detail 1), any (detail 0) */
void feel_b_truths(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	bool all = builtin->detail == 1;
	struct feel_value sides[2];

	(void)count;
	sides[0] = feel_boolean(all);
	for (uint32_t i = 0; i < args[0].size; i++) {
		sides[1] = args[0].u.items[i];
		if (all)
			feel_and(env, sides, &sides[0]);
		else
			feel_or(env, sides, &sides[0]);
		if (sides[0].type == FEEL_BOOLEAN && sides[0].u.boolean != all)
			break;
	}
	*out = sides[0];
}

static void add_range(struct feel_env *env, struct feel_builder *builder,
	const struct feel_value *list, int64_t from, int64_t to)
{
	for (int64_t i = from; i < to; i++)
		feel_builder_add(env, builder, &list->u.items[i]);
}

/* A position from 1, or from the end, as an index; false outside. */
static bool index_in(const struct feel_value *list, const struct feel_value *at,
	int64_t *out)
{
	int64_t size = list->size;

	if (!feel_as_int(at, out) || *out == 0 || *out > size || *out < -size)
		return false;
	*out = *out > 0 ? *out - 1 : size + *out;
	return true;
}

void feel_b_sublist(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	struct feel_builder built = { NULL, 0, 0 };
	struct feel_value list;
	int64_t from;
	int64_t length;

	(void)builtin;
	if (!feel_as_list(&args[0], &list) || !index_in(&list, &args[1], &from))
		return;
	length = list.size - from;
	if (count > 2 && args[2].type != FEEL_NULL &&
		(!feel_as_int(&args[2], &length) || length < 1 ||
			length > list.size - from))
		return;
	add_range(env, &built, &list, from, from + length);
	*out = feel_builder_list(&built);
}

void feel_b_append(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	struct feel_builder built = { NULL, 0, 0 };
	struct feel_value list;

	(void)builtin;
	if (args[0].type == FEEL_UNKNOWN) {
		feel_anything(env, args, count, out);
		return;
	}
	if (!feel_as_list(&args[0], &list))
		return;
	add_range(env, &built, &list, 0, list.size);
	for (uint32_t i = 1; i < count; i++)
		feel_builder_add(env, &built, &args[i]);
	*out = feel_builder_list(&built);
}

void feel_b_concatenate(struct feel_env *env,
	const struct feel_builtin *builtin, const struct feel_value *args,
	uint32_t count, struct feel_value *out)
{
	struct feel_builder built = { NULL, 0, 0 };
	struct feel_value list;

	(void)builtin;
	for (uint32_t i = 0; i < count; i++) {
		if (!feel_as_list(&args[i], &list))
			return;
		add_range(env, &built, &list, 0, list.size);
	}
	*out = feel_builder_list(&built);
}

void feel_b_insert(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	struct feel_builder built = { NULL, 0, 0 };
	struct feel_value list;
	int64_t at;

	(void)builtin;
	if (args[0].type == FEEL_UNKNOWN || args[1].type == FEEL_UNKNOWN) {
		feel_anything(env, args, count, out);
		return;
	}
	if (!feel_as_list(&args[0], &list) || !index_in(&list, &args[1], &at))
		return;
	add_range(env, &built, &list, 0, at);
	feel_builder_add(env, &built, &args[2]);
	add_range(env, &built, &list, at, list.size);
	*out = feel_builder_list(&built);
}

void feel_b_remove(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	struct feel_builder built = { NULL, 0, 0 };
	struct feel_value list;
	int64_t at;

	(void)builtin;
	(void)count;
	if (!feel_as_list(&args[0], &list) || !index_in(&list, &args[1], &at))
		return;
	add_range(env, &built, &list, 0, at);
	add_range(env, &built, &list, at + 1, list.size);
	*out = feel_builder_list(&built);
}

void feel_b_reverse(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	struct feel_builder built = { NULL, 0, 0 };
	struct feel_value list;

	(void)builtin;
	(void)count;
	if (!feel_as_list(&args[0], &list))
		return;
	for (uint32_t i = list.size; i > 0; i--)
		feel_builder_add(env, &built, &list.u.items[i - 1]);
	*out = feel_builder_list(&built);
}

void feel_b_index_of(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	struct feel_builder built = { NULL, 0, 0 };
	struct feel_value list;

	(void)builtin;
	(void)count;
	if (!feel_as_list(&args[0], &list))
		return;
	for (uint32_t i = 0; i < list.size; i++) {
		struct feel_value at = feel_number(num_from_int(i + 1));

		if (feel_same(&list.u.items[i], &args[1]))
			feel_builder_add(env, &built, &at);
	}
	*out = feel_builder_list(&built);
}

static bool holds(
	const struct feel_builder *built, const struct feel_value *item)
{
	for (uint32_t i = 0; i < built->count; i++)
		if (feel_same(&built->items[i], item))
			return true;
	return false;
}

/* distinct values of one list, or of all arguments (union) */
void feel_b_distinct(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	struct feel_builder built = { NULL, 0, 0 };
	struct feel_value list;

	(void)builtin;
	for (uint32_t i = 0; i < count; i++) {
		if (!feel_as_list(&args[i], &list))
			return;
		for (uint32_t j = 0; j < list.size; j++)
			if (!holds(&built, &list.u.items[j]))
				feel_builder_add(env, &built, &list.u.items[j]);
	}
	*out = feel_builder_list(&built);
}

void feel_b_duplicate(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	struct feel_builder seen = { NULL, 0, 0 };
	struct feel_builder twice = { NULL, 0, 0 };
	struct feel_value list;

	(void)builtin;
	(void)count;
	if (!feel_as_list(&args[0], &list))
		return;
	for (uint32_t i = 0; i < list.size; i++) {
		const struct feel_value *item = &list.u.items[i];

		if (!holds(&seen, item))
			feel_builder_add(env, &seen, item);
		else if (!holds(&twice, item))
			feel_builder_add(env, &twice, item);
	}
	*out = feel_builder_list(&twice);
}

static void flatten(struct feel_env *env, const struct feel_value *list,
	struct feel_builder *built, unsigned depth)
{
	for (uint32_t i = 0; i < list->size; i++) {
		const struct feel_value *item = &list->u.items[i];

		if (item->type == FEEL_LIST && depth < FEEL_NESTED_MAX)
			flatten(env, item, built, depth + 1);
		else
			feel_builder_add(env, built, item);
	}
}

void feel_b_flatten(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	struct feel_builder built = { NULL, 0, 0 };
	struct feel_value list;

	(void)builtin;
	(void)count;
	if (!feel_as_list(&args[0], &list))
		return;
	flatten(env, &list, &built, 0);
	*out = feel_builder_list(&built);
}
