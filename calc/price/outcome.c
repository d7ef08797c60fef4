/*
 * Sets of outcomes. Numbers that lie inside or touch an interval of the set
 * are swallowed by it, so that a set reads as an analyst would write it.
 */
#include "price/outcome.h"

#include "feel/note.h"

#include <string.h>

/* The range of a number, date or interval outcome. */
static bool range_of(const struct outcome *item, struct feel_range *range)
{
	if (item->interval) {
		*range = item->range;
		return true;
	}
	if (item->value.type != FEEL_NUMBER && item->value.type != FEEL_DATE)
		return false;
	range->low = range->high = item->value;
	range->low_closed = range->high_closed = true;
	return true;
}

/* Low bounds: no bound is below everything; closed is below open. */
static int low_order(const struct feel_range *a, const struct feel_range *b)
{
	int order = 0;

	if (a->low.type == FEEL_NULL || b->low.type == FEEL_NULL)
		return (b->low.type == FEEL_NULL) - (a->low.type == FEEL_NULL);
	feel_order(&a->low, &b->low, &order);
	if (order)
		return order;
	return (int)b->low_closed - (int)a->low_closed;
}

static int high_order(const struct feel_range *a, const struct feel_range *b)
{
	int order = 0;

	if (a->high.type == FEEL_NULL || b->high.type == FEEL_NULL)
		return (a->high.type == FEEL_NULL) -
		       (b->high.type == FEEL_NULL);
	feel_order(&a->high, &b->high, &order);
	if (order)
		return order;
	return (int)a->high_closed - (int)b->high_closed;
}

/* `low` begins no later than `high` does and reaches its beginning. */
static bool reaches(const struct feel_range *low, const struct feel_range *high)
{
	int order = 0;

	if (low->high.type == FEEL_NULL || high->low.type == FEEL_NULL)
		return true;
	if (!feel_order(&low->high, &high->low, &order))
		return false;
	return order > 0 ||
	       (order == 0 && (low->high_closed || high->low_closed));
}

static bool touch(const struct feel_range *a, const struct feel_range *b)
{
	return low_order(a, b) <= 0 ? reaches(a, b) : reaches(b, a);
}

static const struct feel_value *some_bound(const struct feel_range *range)
{
	return range->low.type != FEEL_NULL ? &range->low : &range->high;
}

static bool comparable(const struct feel_range *a, const struct feel_range *b)
{
	const struct feel_value *x = some_bound(a), *y = some_bound(b);

	return x->type == FEEL_NULL || y->type == FEEL_NULL ||
	       x->type == y->type;
}

/* The smallest range around two. */
static void hull(const struct feel_range *a, const struct feel_range *b,
	struct feel_range *out)
{
	const struct feel_range *low = low_order(a, b) <= 0 ? a : b;
	const struct feel_range *high = high_order(a, b) >= 0 ? a : b;

	*out = (struct feel_range){ .low = low->low,
		.low_closed = low->low_closed,
		.high = high->high,
		.high_closed = high->high_closed };
}

/* True when `fresh` and `item`, one of them an interval, became `item`. */
static bool merge(struct outcome *item, const struct outcome *fresh)
{
	struct feel_range a, b;

	if (!item->interval && !fresh->interval)
		return false;
	if (!range_of(item, &a) || !range_of(fresh, &b) ||
		!comparable(&a, &b) || !touch(&a, &b))
		return false;
	item->interval = true;
	item->value = FEEL_NULL_VALUE;
	hull(&a, &b, &item->range);
	return true;
}

static void pin(struct feel_notes *notes, const struct outcome *item)
{
	if (!notes)
		return;
	feel_note_pin(notes, &item->value);
	feel_note_pin(notes, &item->range.low);
	feel_note_pin(notes, &item->range.high);
}

void outcome_pin(const struct outcome_set *set)
{
	for (size_t i = 0; i < set->count; i++)
		pin(set->notes, &set->items[i]);
}

static bool same(struct feel_notes *notes, const struct outcome *a,
	const struct outcome *b)
{
	struct feel_range x, y;

	if (a->status != b->status)
		return false;
	if (a->status != SHK_DETERMINED)
		return strcmp(a->reason, b->reason) == 0;
	if (a->interval != b->interval)
		return false;
	if (!a->interval && notes)
		feel_note_same(notes, &a->value, &b->value);
	if (!a->interval)
		return feel_same(&a->value, &b->value);
	pin(notes, a);
	pin(notes, b);
	return range_of(a, &x) && range_of(b, &y) && low_order(&x, &y) == 0 &&
	       high_order(&x, &y) == 0;
}

static void add(struct outcome_set *set, const struct outcome *fresh)
{
	for (size_t i = 0; i < set->count; i++) {
		struct outcome grown;

		if (same(set->notes, &set->items[i], fresh))
			return;
		if (set->items[i].interval || fresh->interval) {
			pin(set->notes, &set->items[i]);
			pin(set->notes, fresh);
		}
		if (fresh->status != SHK_DETERMINED ||
			set->items[i].status != SHK_DETERMINED ||
			!merge(&set->items[i], fresh))
			continue;
		/* The grown interval may now touch others: add it anew. */
		grown = set->items[i];
		set->items[i] = set->items[--set->count];
		add(set, &grown);
		return;
	}
	if (set->count == OUTCOMES_MAX)
		set->anything = true;
	else
		set->items[set->count++] = *fresh;
}

static void add_known(struct outcome_set *set, const struct feel_value *value)
{
	struct outcome fresh = {
		.status = SHK_DETERMINED, .reason = "", .value = *value
	};

	if (feel_is_open(value))
		set->anything = true;
	else
		add(set, &fresh);
}

static void add_range(struct outcome_set *set, const struct feel_range *range)
{
	struct outcome fresh = { .status = SHK_DETERMINED,
		.reason = "",
		.interval = true,
		.value = FEEL_NULL_VALUE,
		.range = *range };

	pin(set->notes, &fresh);
	add(set, &fresh);
}

void outcome_any_number(struct outcome_set *set)
{
	struct feel_range range = { .low = FEEL_NULL_VALUE,
		.high = FEEL_NULL_VALUE };

	set->anything = false;
	add_range(set, &range);
}

void outcome_add_value(struct outcome_set *set, const struct feel_value *value,
	const struct feel_value *domain_choices, size_t domain_count)
{
	const struct feel_unknown *unknown;

	if (value->type != FEEL_UNKNOWN) {
		add_known(set, value);
		return;
	}
	unknown = value->u.unknown;
	if (unknown->shape == FEEL_CHOICE) {
		for (size_t i = 0; i < unknown->choice_count; i++)
			add_known(set, &unknown->choices[i]);
	} else if (unknown->shape == FEEL_INTERVAL) {
		add_range(set, &unknown->interval);
	} else if (domain_count > 0) {
		for (size_t i = 0; i < domain_count; i++)
			add_known(set, &domain_choices[i]);
	} else {
		set->anything = true;
	}
}

void outcome_add_status(
	struct outcome_set *set, enum shk_status status, const char *reason)
{
	struct outcome fresh = {
		.status = status, .reason = reason, .value = FEEL_NULL_VALUE
	};

	add(set, &fresh);
}

void outcome_join(struct outcome_set *set, const struct outcome_set *other)
{
	set->anything = set->anything || other->anything;
	for (size_t i = 0; i < other->count; i++)
		add(set, &other->items[i]);
}

static bool contains(const struct outcome_set *set, const struct outcome *item)
{
	for (size_t i = 0; i < set->count; i++)
		if (same(set->notes, &set->items[i], item))
			return true;
	return false;
}

void outcome_clear(struct outcome_set *set)
{
	set->count = 0;
	set->anything = false;
	set->notes = NULL;
}

bool outcome_keep(struct arena *arena, struct outcome_set *set,
	const struct outcome_set *other)
{
	set->anything = set->anything || other->anything;
	for (size_t i = 0; i < other->count; i++) {
		struct outcome item = other->items[i];

		if (contains(set, &item))
			continue;
		item.reason =
			arena_text(arena, item.reason, strlen(item.reason));
		if (!item.reason ||
			!feel_copy(arena, &other->items[i].value, &item.value))
			return false;
		add(set, &item);
	}
	return true;
}

bool outcome_equal(const struct outcome_set *a, const struct outcome_set *b)
{
	if (a->count != b->count || a->anything != b->anything)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (!contains(b, &a->items[i]))
			return false;
	return true;
}

/* The word begins with `prefix`, which is cut off. */
static bool cut_prefix(struct text *word, const char *prefix)
{
	size_t size = strlen(prefix);

	if (word->size < size || memcmp(word->data, prefix, size) != 0)
		return false;
	word->data += size;
	word->size -= size;
	return true;
}

bool applicability_status(struct arena *arena, const struct feel_value *word,
	enum shk_status *status, const char **reason)
{
	struct text text = { word->u.string, word->size };

	*reason = "";
	*status = SHK_ERROR;
	if (word->type != FEEL_STRING)
		return true;
	*status = SHK_DETERMINED;
	if (text_is(text, "applicable"))
		return true;
	*status = SHK_NOT_APPLICABLE;
	if (cut_prefix(&text, "conflict:"))
		*status = SHK_CONFLICT;
	else if (cut_prefix(&text, "undetermined:"))
		*status = SHK_UNDETERMINED;
	*reason = arena_text(arena, text.data, text.size);
	return *reason != NULL;
}

bool outcome_decided(const struct outcome_set *set)
{
	return set->count == 1 && !set->anything && !set->items[0].interval;
}

/* Two values that are not the same, in their order. */
static int value_order(struct feel_notes *notes, const struct feel_value *a,
	const struct feel_value *b)
{
	const struct feel_value sides[2] = { *a, *b };
	int order = feel_arrange(a, b);
	struct feel_value truth = feel_boolean(order < 0);

	if (notes)
		feel_note_binary(notes, FEEL_LT, sides, &truth);
	return order;
}

/* -1, 0, 1: values before statuses; intervals by their lower bound. */
static int outcome_order(struct feel_notes *notes, const struct outcome *a,
	const struct outcome *b)
{
	struct feel_range x, y;

	if ((a->status == SHK_DETERMINED) != (b->status == SHK_DETERMINED))
		return a->status == SHK_DETERMINED ? -1 : 1;
	if (a->status != SHK_DETERMINED)
		return strcmp(a->reason, b->reason);
	if (!a->interval && !b->interval)
		return value_order(notes, &a->value, &b->value);
	pin(notes, a);
	pin(notes, b);
	if (range_of(a, &x) && range_of(b, &y))
		return low_order(&x, &y);
	return feel_arrange(&a->value, &b->value);
}

void outcome_sort(struct outcome_set *set)
{
	for (size_t i = 1; i < set->count; i++) {
		struct outcome item = set->items[i];
		size_t k = i;

		for (; k > 0 && outcome_order(set->notes, &item,
					&set->items[k - 1]) < 0;
			k--)
			set->items[k] = set->items[k - 1];
		set->items[k] = item;
	}
}

bool outcome_plain(struct arena *arena, const struct outcome_set *set,
	size_t *count, const struct price_outcome **out)
{
	size_t total = set->count + (set->anything ? 1 : 0);
	struct price_outcome *list =
		arena_zeroed(arena, total + 1, sizeof(*list));

	*count = total;
	*out = list;
	if (!list)
		return false;
	for (size_t i = 0; i < set->count; i++) {
		list[i].status = set->items[i].status;
		list[i].reason = arena_text(arena, set->items[i].reason,
			strlen(set->items[i].reason));
		if (!list[i].reason)
			return false;
		if (set->items[i].interval
				? !range_plain(arena, &set->items[i].range,
					  &list[i].value)
				: !value_plain(arena, &set->items[i].value,
					  &list[i].value))
			return false;
	}
	if (set->anything) {
		list[set->count].reason = "";
		list[set->count].status = SHK_DETERMINED;
		list[set->count].value.kind = PRICE_UNKNOWN;
	}
	return true;
}
