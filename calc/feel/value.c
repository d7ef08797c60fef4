/*
 * Values: how they are made, compared and copied. Everything here takes any
 * value that a program can make: feel_weigh lets none be deeper than
 * FEEL_NESTED_MAX, so that the C stack is bounded; what is deeper all the same
 * is not comparable and not copied.
 */
#include "feel/machine_state.h"
#include "feel/temporal.h"

#include <string.h>

struct feel_value feel_boolean(bool value)
{
	struct feel_value out = { .type = FEEL_BOOLEAN };

	out.u.boolean = value;
	return out;
}

struct feel_value feel_number(num value)
{
	struct feel_value out = { .type = FEEL_NUMBER };

	out.u.number = value;
	return out;
}

struct feel_value feel_string(const char *text, size_t size)
{
	struct feel_value out = { .type = FEEL_STRING, .size = (uint32_t)size };

	out.u.string = text;
	return out;
}

struct feel_value feel_date(int64_t days)
{
	struct feel_value out = { .type = FEEL_DATE };

	out.u.days = days;
	return out;
}

struct feel_value feel_unknown_of(struct arena *arena, unsigned slot)
{
	struct feel_value out = { .type = FEEL_UNKNOWN };
	struct feel_unknown *unknown = arena_zeroed(arena, 1, sizeof(*unknown));

	if (!unknown)
		return FEEL_NULL_VALUE;
	feel_set_add(&unknown->reasons, slot);
	unknown->slot = (int)slot;
	unknown->slope = NUM_ONE;
	unknown->offset = NUM_ZERO;
	out.u.unknown = unknown;
	return out;
}

const char *feel_type_name(enum feel_type type)
{
	static const char *const names[] = { "Null", "boolean", "number",
		"string", "date", "time", "date and time",
		"days and time duration", "years and months duration", "list",
		"range", "context", "function", "unknown" };

	if ((size_t)type >= sizeof(names) / sizeof(names[0]))
		return "unknown";
	return names[type];
}

const struct feel_value *feel_entry_of(
	const struct feel_value *context, struct text name)
{
	if (context->type != FEEL_CONTEXT)
		return NULL;
	for (uint32_t i = 0; i < context->size; i++)
		if (text_equal(context->u.entries[i].name, name))
			return &context->u.entries[i].value;
	return NULL;
}

static struct text string_text(const struct feel_value *value)
{
	return (struct text){ value->u.string, value->size };
}

static int equal_deep(const struct feel_value *, const struct feel_value *,
	unsigned depth, bool strict);

/* Kleene's `and` of equalities: 0 beats -1 beats 1. */
static int both_equal(int a, int b)
{
	if (a == 0 || b == 0)
		return 0;
	return a < 0 || b < 0 ? -1 : 1;
}

static int equal_lists(const struct feel_value *a, const struct feel_value *b,
	unsigned depth, bool strict)
{
	int result = 1;

	if (a->size != b->size)
		return 0;
	for (uint32_t i = 0; i < a->size && result != 0; i++)
		result = both_equal(
			result, equal_deep(&a->u.items[i], &b->u.items[i],
					depth + 1, strict));
	return result;
}

static int equal_contexts(const struct feel_value *a,
	const struct feel_value *b, unsigned depth, bool strict)
{
	int result = 1;

	if (a->size != b->size)
		return 0;
	for (uint32_t i = 0; i < a->size && result != 0; i++) {
		const struct feel_entry *entry = &a->u.entries[i];
		const struct feel_value *other = feel_entry_of(b, entry->name);

		if (!other)
			return 0;
		result = both_equal(result,
			equal_deep(&entry->value, other, depth + 1, strict));
	}
	return result;
}

static int equal_ranges(const struct feel_range *a, const struct feel_range *b,
	unsigned depth, bool strict)
{
	if (a->low_closed != b->low_closed ||
		a->high_closed != b->high_closed ||
		a->low_null != b->low_null || a->high_null != b->high_null)
		return 0;
	return both_equal(equal_deep(&a->low, &b->low, depth + 1, strict),
		equal_deep(&a->high, &b->high, depth + 1, strict));
}

static int equal_temporal(
	const struct feel_value *a, const struct feel_value *b, bool strict)
{
	int order;

	if (strict)
		return temporal_same(a, b);
	return temporal_order(a, b, &order) ? order == 0 : -1;
}

/* With `strict` different types are different (0), never null (-1). */
static int equal_deep(const struct feel_value *a, const struct feel_value *b,
	unsigned depth, bool strict)
{
	if (a->type != b->type) {
		if (strict || a->type == FEEL_NULL || b->type == FEEL_NULL)
			return 0;
		return -1;
	}
	if (depth > FEEL_NESTED_MAX)
		return strict ? 0 : -1;
	switch (a->type) {
	case FEEL_NULL:
		return 1;
	case FEEL_BOOLEAN:
		return a->u.boolean == b->u.boolean;
	case FEEL_NUMBER:
		return num_compare(a->u.number, b->u.number) == 0;
	case FEEL_STRING:
		return text_equal(string_text(a), string_text(b));
	case FEEL_DATE:
	case FEEL_TIME:
	case FEEL_DATE_TIME:
	case FEEL_DAYS_DURATION:
	case FEEL_YEARS_DURATION:
		return equal_temporal(a, b, strict);
	case FEEL_LIST:
		return equal_lists(a, b, depth, strict);
	case FEEL_RANGE:
		return equal_ranges(a->u.range, b->u.range, depth, strict);
	case FEEL_CONTEXT:
		return equal_contexts(a, b, depth, strict);
	case FEEL_FUNCTION:
		if (a->u.function == b->u.function)
			return 1;
		return strict ? 0 : -1;
	case FEEL_UNKNOWN:
		if (strict)
			return a->u.unknown == b->u.unknown;
		return -1;
	default:
		return -1;
	}
}

int feel_equal(const struct feel_value *a, const struct feel_value *b)
{
	return equal_deep(a, b, 0, false);
}

bool feel_same(const struct feel_value *a, const struct feel_value *b)
{
	return equal_deep(a, b, 0, true) == 1;
}

bool feel_order(
	const struct feel_value *a, const struct feel_value *b, int *order)
{
	if (a->type != b->type)
		return false;
	switch (a->type) {
	case FEEL_NUMBER:
		*order = num_compare(a->u.number, b->u.number);
		return true;
	case FEEL_STRING:
		*order = text_compare(string_text(a), string_text(b));
		return true;
	default:
		return temporal_order(a, b, order);
	}
}

static int arrange_deep(
	const struct feel_value *a, const struct feel_value *b, unsigned depth);

static int arrange_items(
	const struct feel_value *a, const struct feel_value *b, unsigned depth)
{
	uint32_t least = a->size < b->size ? a->size : b->size;

	for (uint32_t i = 0; i < least; i++) {
		int order =
			arrange_deep(&a->u.items[i], &b->u.items[i], depth + 1);

		if (order != 0)
			return order;
	}
	return (a->size > b->size) - (a->size < b->size);
}

static int arrange_entries(
	const struct feel_value *a, const struct feel_value *b, unsigned depth)
{
	uint32_t least = a->size < b->size ? a->size : b->size;

	for (uint32_t i = 0; i < least; i++) {
		const struct feel_entry *left = &a->u.entries[i];
		const struct feel_entry *right = &b->u.entries[i];
		int order = text_compare(left->name, right->name);

		if (order == 0)
			order = arrange_deep(
				&left->value, &right->value, depth + 1);
		if (order != 0)
			return order;
	}
	return (a->size > b->size) - (a->size < b->size);
}

static int arrange_ranges(
	const struct feel_range *a, const struct feel_range *b, unsigned depth)
{
	int order = arrange_deep(&a->low, &b->low, depth + 1);

	if (order == 0)
		order = arrange_deep(&a->high, &b->high, depth + 1);
	if (order == 0)
		order = (int)b->low_closed - (int)a->low_closed;
	if (order == 0)
		order = (int)a->high_closed - (int)b->high_closed;
	return order;
}

static int arrange_deep(
	const struct feel_value *a, const struct feel_value *b, unsigned depth)
{
	int order = 0;

	if (a->type != b->type)
		return a->type < b->type ? -1 : 1;
	if (depth > FEEL_NESTED_MAX || feel_order(a, b, &order))
		return order;
	switch (a->type) {
	case FEEL_BOOLEAN:
		return (int)a->u.boolean - (int)b->u.boolean;
	case FEEL_LIST:
		return arrange_items(a, b, depth);
	case FEEL_CONTEXT:
		return arrange_entries(a, b, depth);
	case FEEL_RANGE:
		return arrange_ranges(a->u.range, b->u.range, depth);
	default:
		return 0;
	}
}

int feel_arrange(const struct feel_value *a, const struct feel_value *b)
{
	return arrange_deep(a, b, 0);
}

static bool copy_deep(struct arena *, const struct feel_value *from,
	struct feel_value *to, unsigned depth);

static const struct feel_value *copy_items(struct arena *arena,
	const struct feel_value *items, size_t count, unsigned depth)
{
	struct feel_value *copy = arena_zeroed(arena, count + 1, sizeof(*copy));

	for (size_t i = 0; copy && i < count; i++)
		if (!copy_deep(arena, &items[i], &copy[i], depth))
			return NULL;
	return copy;
}

static const struct feel_entry *copy_entries(struct arena *arena,
	const struct feel_entry *entries, size_t count, unsigned depth)
{
	struct feel_entry *copy = arena_zeroed(arena, count + 1, sizeof(*copy));

	for (size_t i = 0; copy && i < count; i++) {
		copy[i].name.size = entries[i].name.size;
		copy[i].name.data = arena_text(
			arena, entries[i].name.data, entries[i].name.size);
		if (!copy[i].name.data || !copy_deep(arena, &entries[i].value,
						  &copy[i].value, depth))
			return NULL;
	}
	return copy;
}

static bool copy_bounds(struct arena *arena, const struct feel_range *from,
	struct feel_range *to, unsigned depth)
{
	*to = *from;
	return copy_deep(arena, &from->low, &to->low, depth) &&
	       copy_deep(arena, &from->high, &to->high, depth);
}

static const struct feel_range *copy_range(
	struct arena *arena, const struct feel_range *from, unsigned depth)
{
	struct feel_range *copy = arena_zeroed(arena, 1, sizeof(*copy));

	return copy && copy_bounds(arena, from, copy, depth) ? copy : NULL;
}

static const struct feel_unknown *copy_unknown(
	struct arena *arena, const struct feel_unknown *from, unsigned depth)
{
	struct feel_unknown *copy = arena_alloc(arena, sizeof(*copy));

	if (!copy)
		return NULL;
	*copy = *from;
	if (!copy_bounds(arena, &from->interval, &copy->interval, depth))
		return NULL;
	copy->choices =
		copy_items(arena, from->choices, from->choice_count, depth);
	return copy->choices ? copy : NULL;
}

static const struct feel_moment *copy_moment(
	struct arena *arena, const struct feel_moment *from)
{
	struct feel_moment *copy = arena_alloc(arena, sizeof(*copy));

	if (!copy)
		return NULL;
	*copy = *from;
	if (from->zone == TEMPORAL_NAMED)
		copy->named.data =
			arena_text(arena, from->named.data, from->named.size);
	return from->zone == TEMPORAL_NAMED && !copy->named.data ? NULL : copy;
}

static const struct feel_function *copy_function(
	struct arena *arena, const struct feel_function *from, unsigned depth)
{
	struct feel_function *copy;

	if (from->builtin)
		return from;
	copy = arena_alloc(arena, sizeof(*copy));
	if (!copy)
		return NULL;
	*copy = *from;
	copy->captures =
		copy_items(arena, from->captures, from->capture_count, depth);
	return copy->captures ? copy : NULL;
}

static bool copy_deep(struct arena *arena, const struct feel_value *from,
	struct feel_value *to, unsigned depth)
{
	struct feel_value copy = *from;
	bool done = true;

	if (depth > FEEL_NESTED_MAX)
		return false;
	switch (from->type) {
	case FEEL_STRING:
		copy.u.string = arena_text(arena, from->u.string, from->size);
		done = copy.u.string != NULL;
		break;
	case FEEL_TIME:
	case FEEL_DATE_TIME:
		copy.u.moment = copy_moment(arena, from->u.moment);
		done = copy.u.moment != NULL;
		break;
	case FEEL_LIST:
		copy.u.items =
			copy_items(arena, from->u.items, from->size, depth + 1);
		done = copy.u.items != NULL;
		break;
	case FEEL_CONTEXT:
		copy.u.entries = copy_entries(
			arena, from->u.entries, from->size, depth + 1);
		done = copy.u.entries != NULL;
		break;
	case FEEL_RANGE:
		copy.u.range = copy_range(arena, from->u.range, depth + 1);
		done = copy.u.range != NULL;
		break;
	case FEEL_UNKNOWN:
		copy.u.unknown =
			copy_unknown(arena, from->u.unknown, depth + 1);
		done = copy.u.unknown != NULL;
		break;
	case FEEL_FUNCTION:
		copy.u.function =
			copy_function(arena, from->u.function, depth + 1);
		done = copy.u.function != NULL;
		break;
	default:
		break;
	}
	*to = copy;
	return done;
}

bool feel_copy(struct arena *arena, const struct feel_value *from,
	struct feel_value *to)
{
	return copy_deep(arena, from, to, 0);
}
