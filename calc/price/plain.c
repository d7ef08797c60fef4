/*
 * From FEEL values to the plain values of a result, which a report can print
 * without knowing FEEL. Everything is copied into the result's arena.
 */
#include "num/error.h"
#include "price/outcome.h"

static bool text_plain(struct arena *arena, struct text from, struct text *to)
{
	to->size = from.size;
	to->data = arena_text(arena, from.data, from.size);
	return to->data != NULL;
}

static bool items_plain(struct arena *arena, const struct feel_value *from,
	size_t count, struct price_value *to)
{
	struct price_value *items =
		arena_zeroed(arena, count + 1, sizeof(*items));

	if (!items)
		return false;
	to->count = count;
	to->items = items;
	for (size_t i = 0; i < count; i++)
		if (!value_plain(arena, &from[i], &items[i]))
			return false;
	return true;
}

static bool context_plain(struct arena *arena, const struct feel_value *from,
	struct price_value *to)
{
	struct price_value *items =
		arena_zeroed(arena, from->size + 1, sizeof(*items));
	struct text *names =
		arena_zeroed(arena, from->size + 1, sizeof(*names));

	to->kind = PRICE_CONTEXT;
	to->count = from->size;
	to->items = items;
	to->names = names;
	if (!items || !names)
		return false;
	for (size_t i = 0; i < from->size; i++)
		if (!text_plain(arena, from->u.entries[i].name, &names[i]) ||
			!value_plain(
				arena, &from->u.entries[i].value, &items[i]))
			return false;
	return true;
}

bool range_plain(struct arena *arena, const struct feel_range *range,
	struct price_value *to)
{
	struct feel_value bounds[2] = { range->low, range->high };

	*to = (struct price_value){ .kind = PRICE_INTERVAL };
	to->low_closed = range->low_closed;
	to->high_closed = range->high_closed;
	return items_plain(arena, bounds, 2, to);
}

static bool unknown_plain(struct arena *arena,
	const struct feel_unknown *unknown, struct price_value *to)
{
	if (unknown->shape == FEEL_INTERVAL &&
		(unknown->interval.low.type != FEEL_NULL ||
			unknown->interval.high.type != FEEL_NULL))
		return range_plain(arena, &unknown->interval, to);
	to->kind = PRICE_UNKNOWN;
	if (unknown->shape == FEEL_CHOICE)
		return items_plain(
			arena, unknown->choices, unknown->choice_count, to);
	return true;
}

bool value_plain(struct arena *arena, const struct feel_value *from,
	struct price_value *to)
{
	struct text string = { from->u.string, from->size };

	*to = (struct price_value){ .kind = PRICE_NULL,
		.inexact = from->inexact };
	switch ((enum feel_type)from->type) {
	case FEEL_BOOLEAN:
		to->kind = PRICE_BOOLEAN;
		to->u.boolean = from->u.boolean;
		return true;
	case FEEL_NUMBER:
		to->kind = PRICE_NUMBER;
		to->u.number = from->u.number;
		to->form = from->form;
		if (from->inexact)
			to->digits = num_certain_digits((struct num_bounded){
				from->u.number,
				from->size ? from->size : NUM_ERROR_UNKNOWN });
		return true;
	case FEEL_DATE:
		to->kind = PRICE_DATE;
		to->u.days = from->u.days;
		return true;
	case FEEL_STRING:
		to->kind = PRICE_TEXT;
		return text_plain(arena, string, &to->text);
	case FEEL_LIST:
		to->kind = PRICE_LIST;
		return items_plain(arena, from->u.items, from->size, to);
	case FEEL_CONTEXT:
		return context_plain(arena, from, to);
	case FEEL_RANGE:
		return range_plain(arena, from->u.range, to);
	case FEEL_UNKNOWN:
		return unknown_plain(arena, from->u.unknown, to);
	default:
		return true;
	}
}
