/*
 * Lists, contexts and ranges: how they are made and how one gets at their
 * parts.
 */
#include "feel/interval.h"

#include "feel/temporal.h"

#include <string.h>

/*
 * How many parts a value has, shared ones each time; no further than `most`.
 * `*deep` is set when there are more levels than may be in a part.
 */
static uint32_t parts_of(const struct feel_value *value, unsigned depth,
	uint32_t most, bool *deep)
{
	const struct feel_value *items = NULL;
	size_t size = 0;
	uint32_t count = 1;

	if (depth == FEEL_NESTED_MAX) {
		*deep = true;
		return count;
	}
	if (value->type == FEEL_LIST) {
		items = value->u.items;
		size = value->size;
	} else if (value->type == FEEL_UNKNOWN &&
		   value->u.unknown->shape == FEEL_CHOICE) {
		items = value->u.unknown->choices;
		size = value->u.unknown->choice_count;
	}
	for (size_t i = 0; i < size && count < most; i++)
		count += parts_of(&items[i], depth + 1, most - count, deep);
	if (value->type == FEEL_CONTEXT)
		for (uint32_t i = 0; i < value->size && count < most; i++)
			count += parts_of(&value->u.entries[i].value, depth + 1,
				most - count, deep);
	return count;
}

void feel_weigh(struct feel_env *env, const struct feel_value *part)
{
	bool deep = false;
	uint32_t count;

	if (part->type != FEEL_LIST && part->type != FEEL_CONTEXT &&
		part->type != FEEL_UNKNOWN)
		return;
	count = parts_of(part, 0, FEEL_PARTS_MAX, &deep);
	if (deep)
		feel_fail(env, SHK_E_LIMIT,
			"a value passes 300 levels of lists and contexts");
	if (count >= FEEL_PARTS_MAX)
		feel_fail(env, SHK_E_LIMIT, "a value passes 4000000 parts");
	if (env->machine)
		feel_turn(env->machine, count / FEEL_PARTS_TURN);
}

void feel_builder_add(struct feel_env *env, struct feel_builder *builder,
	const struct feel_value *item)
{
	if (builder->count == FEEL_ITEMS_MAX) {
		feel_fail(env, SHK_E_LIMIT, "a list passes 1000000 items");
		return;
	}
	if (builder->count == builder->capacity) {
		uint32_t capacity =
			builder->capacity ? builder->capacity * 2 : 8;
		struct feel_value *items =
			arena_alloc(env->arena, capacity * sizeof(*items));

		if (!items) {
			feel_fail(env, SHK_E_MEMORY, NULL);
			return;
		}
		if (builder->count)
			memcpy(items, builder->items,
				builder->count * sizeof(*items));
		builder->items = items;
		builder->capacity = capacity;
	}
	feel_weigh(env, item);
	builder->items[builder->count++] = *item;
}

struct feel_value feel_builder_list(const struct feel_builder *builder)
{
	struct feel_value out = { .type = FEEL_LIST };

	out.size = builder->count;
	out.u.items = builder->items;
	return out;
}

void feel_make_list(struct feel_env *env, const struct feel_value *items,
	uint32_t count, struct feel_value *out)
{
	struct feel_value list = { .type = FEEL_LIST };
	struct feel_value *copy = NULL;

	if (count) {
		copy = arena_alloc(env->arena, count * sizeof(*copy));
		if (!copy) {
			feel_fail(env, SHK_E_MEMORY, NULL);
			return;
		}
		memcpy(copy, items, count * sizeof(*copy));
	}
	for (uint32_t i = 0; i < count; i++)
		feel_weigh(env, &items[i]);
	list.size = copy ? count : 0;
	list.u.items = copy;
	*out = list;
}

void feel_make_context(struct feel_env *env, const struct feel_keys *keys,
	const struct feel_value *values, struct feel_value *out)
{
	struct feel_value context = { .type = FEEL_CONTEXT };
	struct feel_entry *entries =
		feel_alloc(env, keys->count, sizeof(*entries));

	if (!entries)
		return;
	for (size_t i = 0; i < keys->count; i++) {
		feel_weigh(env, &values[i]);
		entries[i].name = keys->names[i];
		entries[i].value = values[i];
	}
	context.size = (uint32_t)keys->count;
	context.u.entries = entries;
	*out = context;
}

/*
 * The type of an end: FEEL_NULL for no end, FEEL_UNKNOWN for what may turn out
 * to be of any type (and then make a range or none), else the type itself.
 */
static enum feel_type end_type(const struct feel_value *end)
{
	struct feel_range span;

	if (end->type != FEEL_UNKNOWN)
		return (enum feel_type)end->type;
	if (!feel_span(end, &span))
		return FEEL_UNKNOWN;
	return span.low.type == FEEL_DATE || span.high.type == FEEL_DATE
		       ? FEEL_DATE
		       : FEEL_NUMBER;
}

/* Both ends of one ordered type, or one of them and no other end. */
static bool ends_fit(enum feel_type low, enum feel_type high)
{
	enum feel_type type = low == FEEL_NULL ? high : low;

	if (low != high && low != FEEL_NULL && high != FEEL_NULL)
		return false;
	return type == FEEL_NUMBER || type == FEEL_STRING || temporal_is(type);
}

static void range_mapped(struct feel_env *env, const void *context,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	(void)count;
	feel_make_range(env, *(const uint32_t *)context, args, out);
}

void feel_make_range(struct feel_env *env, uint32_t flags,
	const struct feel_value *ends, struct feel_value *out)
{
	const struct feel_value copy[2] = { ends[0], ends[1] };
	struct feel_value value = { .type = FEEL_RANGE };
	enum feel_type low = end_type(&copy[0]);
	enum feel_type high = end_type(&copy[1]);
	struct feel_range *range;

	*out = FEEL_NULL_VALUE;
	if (low == FEEL_UNKNOWN || high == FEEL_UNKNOWN) {
		if (!feel_map_choices(env, range_mapped, &flags, copy, 2, out))
			feel_anything(env, copy, 2, out);
		return;
	}
	if (!ends_fit(low, high))
		return;
	range = feel_alloc(env, 1, sizeof(*range));
	if (!range)
		return;
	range->low = copy[0];
	range->high = copy[1];
	range->low_closed = (flags & FEEL_RANGE_LOW) != 0;
	range->high_closed = (flags & FEEL_RANGE_HIGH) != 0;
	range->low_null = low == FEEL_NULL && !(flags & FEEL_RANGE_NO_LOW);
	range->high_null = high == FEEL_NULL && !(flags & FEEL_RANGE_NO_HIGH);
	value.u.range = range;
	*out = value;
}

static void path_range(const struct feel_range *range, struct text name,
	struct feel_value *out)
{
	if (text_is(name, "start"))
		*out = range->low;
	else if (text_is(name, "end"))
		*out = range->high;
	else if (text_is(name, "start included"))
		*out = feel_boolean(range->low_closed);
	else if (text_is(name, "end included"))
		*out = feel_boolean(range->high_closed);
	else
		*out = FEEL_NULL_VALUE;
}

static void path_list(struct feel_env *env, const struct feel_value *list,
	struct text name, struct feel_value *out)
{
	struct feel_value value = { .type = FEEL_LIST, .size = list->size };
	struct feel_value *items = feel_alloc(env, list->size, sizeof(*items));

	*out = FEEL_NULL_VALUE;
	if (!items)
		return;
	for (uint32_t i = 0; i < list->size; i++) {
		/* a list of lists is not looked into: one level a step */
		if (list->u.items[i].type != FEEL_LIST)
			feel_path(env, &list->u.items[i], name, &items[i]);
	}
	value.u.items = items;
	*out = value;
}

static void path_mapped(struct feel_env *env, const void *context,
	const struct feel_value *args, uint32_t count, struct feel_value *out)
{
	(void)count;
	feel_path(env, args, *(const struct text *)context, out);
}

void feel_path(struct feel_env *env, const struct feel_value *from,
	struct text name, struct feel_value *out)
{
	const struct feel_value value = *from;
	const struct feel_value *entry;

	switch (value.type) {
	case FEEL_CONTEXT:
		entry = feel_entry_of(&value, name);
		*out = entry ? *entry : FEEL_NULL_VALUE;
		break;
	case FEEL_DATE:
	case FEEL_TIME:
	case FEEL_DATE_TIME:
	case FEEL_DAYS_DURATION:
	case FEEL_YEARS_DURATION:
		temporal_property(&value, name, out);
		break;
	case FEEL_RANGE:
		path_range(value.u.range, name, out);
		break;
	case FEEL_LIST:
		path_list(env, &value, name, out);
		break;
	case FEEL_UNKNOWN:
		if (!feel_map_choices(env, path_mapped, &name, &value, 1, out))
			feel_anything(env, &value, 1, out);
		break;
	default:
		*out = FEEL_NULL_VALUE;
		break;
	}
}

void feel_index(struct feel_env *env, const struct feel_value *list,
	const struct feel_value *index, struct feel_value *out)
{
	const struct feel_value sides[2] = { *list, *index };
	const struct feel_value *items = sides;
	int64_t count = 1;
	int64_t at;

	if (sides[0].type == FEEL_UNKNOWN || sides[1].type == FEEL_UNKNOWN) {
		feel_anything(env, sides, 2, out);
		return;
	}
	*out = FEEL_NULL_VALUE;
	if (sides[0].type == FEEL_LIST) {
		items = sides[0].u.items;
		count = sides[0].size;
	}
	if (sides[1].type != FEEL_NUMBER ||
		!num_to_int(sides[1].u.number, &at) || at < -count ||
		at > count || at == 0)
		return;
	*out = items[at > 0 ? at - 1 : count + at];
}

/* How many of the values that the unknown may be have the entry. */
static size_t with_entry(const struct feel_unknown *unknown, struct text name)
{
	size_t count = 0;

	for (size_t i = 0; i < unknown->choice_count; i++)
		count += feel_entry_of(&unknown->choices[i], name) != NULL;
	return count;
}

bool feel_in_item(struct feel_env *env, const struct feel_value *item,
	struct text name, struct feel_value *out)
{
	const struct feel_value *entry = feel_entry_of(item, name);
	const struct feel_unknown *unknown = item->u.unknown;
	size_t count;

	if (entry)
		*out = *entry;
	if (item->type != FEEL_UNKNOWN)
		return entry != NULL;
	count = with_entry(unknown, name);
	if (unknown->shape == FEEL_INTERVAL || text_is(name, "item") ||
		(unknown->shape == FEEL_CHOICE && count == 0))
		return false;
	if (unknown->shape == FEEL_CHOICE && count == unknown->choice_count)
		feel_path(env, item, name, out);
	else
		feel_anything(env, item, 1, out);
	return true;
}
