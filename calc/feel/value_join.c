/*
 * Joining: the unknown that is one of two values. The same known value stays
 * known, a few known values are remembered as a choice, numbers and dates
 * fall back to the interval around both, everything else to "anything".
 */
#include "feel/inexact.h"
#include "feel/interval.h"

static void reasons_deep(
	const struct feel_value *value, struct feel_set *set, unsigned depth);

static void reasons_function(const struct feel_function *function,
	struct feel_set *set, unsigned depth)
{
	for (size_t i = 0; i < function->capture_count; i++)
		reasons_deep(&function->captures[i], set, depth + 1);
}

static void reasons_deep(
	const struct feel_value *value, struct feel_set *set, unsigned depth)
{
	if (depth > FEEL_NESTED_MAX)
		return;
	switch (value->type) {
	case FEEL_UNKNOWN:
		feel_set_join(set, &value->u.unknown->reasons);
		break;
	case FEEL_LIST:
		for (uint32_t i = 0; i < value->size; i++)
			reasons_deep(&value->u.items[i], set, depth + 1);
		break;
	case FEEL_CONTEXT:
		for (uint32_t i = 0; i < value->size; i++)
			reasons_deep(
				&value->u.entries[i].value, set, depth + 1);
		break;
	case FEEL_RANGE:
		reasons_deep(&value->u.range->low, set, depth + 1);
		reasons_deep(&value->u.range->high, set, depth + 1);
		break;
	case FEEL_FUNCTION:
		reasons_function(value->u.function, set, depth);
		break;
	default:
		break;
	}
}

void feel_reasons(const struct feel_value *value, struct feel_set *set)
{
	reasons_deep(value, set, 0);
}

static bool open_deep(const struct feel_value *value, unsigned depth)
{
	if (value->type == FEEL_UNKNOWN)
		return true;
	if (depth > FEEL_NESTED_MAX)
		return false;
	switch (value->type) {
	case FEEL_LIST:
		for (uint32_t i = 0; i < value->size; i++)
			if (open_deep(&value->u.items[i], depth + 1))
				return true;
		return false;
	case FEEL_CONTEXT:
		for (uint32_t i = 0; i < value->size; i++)
			if (open_deep(&value->u.entries[i].value, depth + 1))
				return true;
		return false;
	case FEEL_RANGE:
		return open_deep(&value->u.range->low, depth + 1) ||
		       open_deep(&value->u.range->high, depth + 1);
	default:
		return false;
	}
}

bool feel_is_open(const struct feel_value *value)
{
	return open_deep(value, 0);
}

/* The known values that `value` may be, or 0 when they are not listed. */
static size_t listed(
	const struct feel_value *value, const struct feel_value **values)
{
	if (value->type == FEEL_UNKNOWN) {
		*values = value->u.unknown->choices;
		return value->u.unknown->shape == FEEL_CHOICE
			       ? value->u.unknown->choice_count
			       : 0;
	}
	*values = value;
	return feel_is_open(value) ? 0 : 1;
}

static void add_choice(
	struct feel_value *choices, size_t *count, const struct feel_value *one)
{
	for (size_t i = 0; i < *count; i++)
		if (feel_same(&choices[i], one)) {
			feel_keep_error(&choices[i], one);
			return;
		}
	choices[(*count)++] = *one;
}

/* Merge the listed values of both; false when there are too many or none. */
static bool join_choices(struct feel_value choices[2 * FEEL_CHOICES_MAX],
	size_t *count, const struct feel_value *a, const struct feel_value *b)
{
	const struct feel_value *left;
	const struct feel_value *right;
	size_t left_count = listed(a, &left);
	size_t right_count = listed(b, &right);

	*count = 0;
	if (left_count == 0 || right_count == 0)
		return false;
	for (size_t i = 0; i < left_count; i++)
		add_choice(choices, count, &left[i]);
	for (size_t i = 0; i < right_count; i++)
		add_choice(choices, count, &right[i]);
	return *count <= FEEL_CHOICES_MAX;
}

bool feel_choice_value(struct arena *arena, const struct feel_value *choices,
	size_t count, const struct feel_set *why, struct feel_value *out)
{
	struct feel_unknown *unknown;
	struct feel_value *kept;

	if (count == 1) {
		*out = choices[0];
		return true;
	}
	unknown = feel_unknown_make(arena, why);
	kept = arena_alloc(arena, count * sizeof(*kept));
	if (!unknown || !kept)
		return false;
	for (size_t i = 0; i < count; i++)
		kept[i] = choices[i];
	unknown->shape = FEEL_CHOICE;
	unknown->choices = kept;
	unknown->choice_count = count;
	*out = feel_unknown_value(unknown);
	return true;
}

static bool same_names(const struct feel_value *a, const struct feel_value *b)
{
	if (a->type != FEEL_CONTEXT || b->type != FEEL_CONTEXT ||
		a->size != b->size)
		return false;
	for (uint32_t i = 0; i < a->size; i++)
		if (!feel_entry_of(b, a->u.entries[i].name))
			return false;
	return true;
}

static bool join_deep(struct arena *, const struct feel_value *,
	const struct feel_value *, const struct feel_set *, struct feel_value *,
	unsigned depth);

static bool join_contexts(struct arena *arena, const struct feel_value *a,
	const struct feel_value *b, const struct feel_set *why,
	struct feel_value *out, unsigned depth)
{
	struct feel_entry *entries =
		arena_zeroed(arena, a->size + 1u, sizeof(*entries));

	if (!entries)
		return false;
	for (uint32_t i = 0; i < a->size; i++) {
		const struct feel_entry *left = &a->u.entries[i];

		entries[i].name = left->name;
		if (!join_deep(arena, &left->value,
			    feel_entry_of(b, left->name), why,
			    &entries[i].value, depth + 1))
			return false;
	}
	out->type = FEEL_CONTEXT;
	out->inexact = 0;
	out->size = a->size;
	out->u.entries = entries;
	return true;
}

/* The provenance that both values share, if any. */
static void keep_affine(struct feel_unknown *out, const struct feel_value *a,
	const struct feel_value *b)
{
	const struct feel_unknown *left = a->u.unknown;
	const struct feel_unknown *right = b->u.unknown;

	if (a->type != FEEL_UNKNOWN || b->type != FEEL_UNKNOWN ||
		left->slot < 0 || left->slot != right->slot ||
		num_compare(left->slope, right->slope) != 0 ||
		num_compare(left->offset, right->offset) != 0)
		return;
	out->slot = left->slot;
	out->slope = left->slope;
	out->offset = left->offset;
}

static bool join_unknown(struct arena *arena, const struct feel_value *a,
	const struct feel_value *b, const struct feel_set *why,
	struct feel_value *out)
{
	struct feel_value choices[2 * FEEL_CHOICES_MAX];
	size_t count;
	struct feel_unknown *unknown;
	struct feel_range hull;
	struct feel_set reasons = { { 0 } };

	if (why)
		feel_set_join(&reasons, why);
	feel_reasons(a, &reasons);
	feel_reasons(b, &reasons);
	if (join_choices(choices, &count, a, b))
		return feel_choice_value(arena, choices, count, &reasons, out);
	unknown = feel_unknown_make(arena, &reasons);
	if (!unknown)
		return false;
	if (feel_hull(a, b, &hull)) {
		unknown->shape = FEEL_INTERVAL;
		unknown->interval = hull;
	}
	keep_affine(unknown, a, b);
	*out = feel_unknown_value(unknown);
	return true;
}

static bool join_deep(struct arena *arena, const struct feel_value *a,
	const struct feel_value *b, const struct feel_set *why,
	struct feel_value *out, unsigned depth)
{
	if (depth > FEEL_NESTED_MAX)
		return false;
	if (a->type != FEEL_UNKNOWN && feel_same(a, b)) {
		struct feel_value kept = *a;

		feel_keep_error(&kept, b);
		*out = kept;
		return true;
	}
	if (same_names(a, b))
		return join_contexts(arena, a, b, why, out, depth);
	return join_unknown(arena, a, b, why, out);
}

bool feel_join(struct arena *arena, const struct feel_value *a,
	const struct feel_value *b, const struct feel_set *why,
	struct feel_value *out)
{
	return join_deep(arena, a, b, why, out, 0);
}
