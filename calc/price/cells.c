/*
 * Cells of a missing fact. Choices are cells as they are; a list with
 * candidates takes them from the book's own decision; a number or date is cut
 * at the points where the last evaluation said that a comparison turns.
 */
#include "price/cells.h"

#include "feel/note.h"

/* Half the width of an inexact point is its own size over ten to this. */
#define POINT_DIGITS 28

static enum shk_code choice_cells(struct explorer *explorer,
	const struct feel_value *values, size_t count, struct cell **cells,
	size_t *cell_count)
{
	struct arena *arena = dmn_arena(explorer->evaluator);
	struct cell *list = arena_zeroed(arena, count + 1, sizeof(*list));

	if (!list)
		return diag_memory(explorer->diag);
	for (size_t i = 0; i < count; i++)
		list[i].value = values[i];
	*cells = list;
	*cell_count = count;
	return SHK_OK;
}

static enum shk_code candidate_cells(struct explorer *explorer, uint32_t slot,
	struct cell **cells, size_t *count)
{
	uint32_t of = explorer->revision->slots[slot].candidates;
	struct feel_value list;
	enum shk_code code;

	*count = 0;
	if (of == RULEBOOK_NONE)
		return SHK_OK;
	code = dmn_evaluate(
		explorer->evaluator, of, &list, NULL, explorer->diag);
	if (!code && explorer->notes)
		feel_note_pin(explorer->notes, &list);
	if (code || list.type != FEEL_LIST || feel_is_open(&list))
		return code;
	return choice_cells(explorer, list.u.items, list.size, cells, count);
}

/* Where `at` lies in `range`: -1 below, 0 inside or on an edge, 1 above. */
static int position(const struct feel_value *at, const struct feel_range *range)
{
	int order;

	if (range->low.type != FEEL_NULL &&
		feel_order(at, &range->low, &order) && order < 0)
		return -1;
	if (range->high.type != FEEL_NULL &&
		feel_order(at, &range->high, &order) && order > 0)
		return 1;
	return 0;
}

static bool on_edge(const struct feel_value *at, const struct feel_value *edge)
{
	return edge->type != FEEL_NULL && feel_same(at, edge);
}

/*
 * A turning point that is not exact (a price over 1.65) is known to its last
 * digits only, and so is the comparison there. The point is then a stretch
 * around it, far narrower than any amount and wider than the error, in which
 * both answers stay possible; to its sides the comparison is certain.
 */
static void around(const struct feel_value *at, struct feel_range *range)
{
	num part = num_divide(num_absolute(at->u.number),
		num_power(num_from_int(10), num_from_int(POINT_DIGITS), NULL),
		NULL);

	range->low = feel_number(num_subtract(at->u.number, part, NULL));
	range->high = feel_number(num_add(at->u.number, part, NULL));
	range->low_closed = range->high_closed = true;
}

/* The range is already the stretch around an inexact point. */
static bool is_around(
	const struct feel_value *at, const struct feel_range *range)
{
	struct feel_range narrow;

	if (at->type != FEEL_NUMBER || !at->inexact ||
		range->low.type != FEEL_NUMBER ||
		range->high.type != FEEL_NUMBER)
		return false;
	around(at, &narrow);
	return num_compare(num_subtract(range->high.u.number,
				   range->low.u.number, NULL),
		       num_multiply(num_from_int(2),
			       num_subtract(narrow.high.u.number,
				       narrow.low.u.number, NULL),
			       NULL)) <= 0;
}

/* Cuts of `slot` inside its range, ascending, each once. */
static size_t sorted_cuts(const struct explorer *explorer, uint32_t slot,
	const struct feel_range *range, struct feel_value *out)
{
	size_t count = 0;

	for (size_t i = 0; i < explorer->cut_count; i++) {
		const struct feel_value *at = &explorer->cuts[i].at;
		size_t k = count;
		int order = 1;

		if (explorer->cuts[i].slot != slot || is_around(at, range) ||
			position(at, range) != 0 ||
			(on_edge(at, &range->low) && !range->low_closed) ||
			(on_edge(at, &range->high) && !range->high_closed))
			continue;
		while (k > 0 && feel_order(at, &out[k - 1], &order) &&
			order < 0)
			k--;
		if (k > 0 && order == 0)
			continue;
		for (size_t m = count; m > k; m--)
			out[m] = out[m - 1];
		out[k] = *at;
		count++;
	}
	return count;
}

/* The unknown that is the stretch `range` of `whole`. */
static bool stretch(struct arena *arena, const struct feel_unknown *whole,
	const struct feel_range *range, struct feel_value *out)
{
	struct feel_unknown *unknown = arena_alloc(arena, sizeof(*unknown));

	if (!unknown)
		return false;
	*unknown = *whole;
	unknown->interval = *range;
	*out = (struct feel_value){ .type = FEEL_UNKNOWN,
		.u = { .unknown = unknown } };
	return true;
}

/* Where the stretch below a turning point ends, and that above it begins. */
static struct feel_value low_side(const struct feel_value *at)
{
	struct feel_range range;

	if (at->type != FEEL_NUMBER || !at->inexact)
		return *at;
	around(at, &range);
	return range.low;
}

static struct feel_value high_side(const struct feel_value *at)
{
	struct feel_range range;

	if (at->type != FEEL_NUMBER || !at->inexact)
		return *at;
	around(at, &range);
	return range.high;
}

/* The cell of a turning point. */
static bool point_cell(struct arena *arena, const struct feel_unknown *whole,
	const struct feel_value *at, struct cell *cell)
{
	struct feel_range range;

	cell->point = true;
	cell->at = cell->value = *at;
	if (at->type != FEEL_NUMBER || !at->inexact)
		return true;
	around(at, &range);
	return stretch(arena, whole, &range, &cell->value);
}

bool cells_have_whole(const struct feel_range *range)
{
	num first;

	if (range->low.type != FEEL_NUMBER || range->high.type != FEEL_NUMBER)
		return true;
	first = num_round(range->low.u.number, 0, NUM_CEILING, NULL);
	if (!range->low_closed && num_compare(first, range->low.u.number) == 0)
		first = num_add(first, NUM_ONE, NULL);
	return num_compare(first, range->high.u.number) <
	       (range->high_closed ? 1 : 0);
}

/* The stretch `range` as the next cell, unless no value lies inside it. */
static bool add_stretch(const struct explorer *explorer, uint32_t slot,
	const struct feel_unknown *whole, const struct feel_range *range,
	struct cell *cells, size_t *count)
{
	if (explorer->integers[slot] && !cells_have_whole(range))
		return true;
	return stretch(dmn_arena(explorer->evaluator), whole, range,
		&cells[(*count)++].value);
}

static enum shk_code number_cells(struct explorer *explorer, uint32_t slot,
	const struct feel_unknown *whole, bool edge, struct cell **cells,
	size_t *count)
{
	struct arena *arena = dmn_arena(explorer->evaluator);
	struct feel_value cuts[EXPLORE_CUTS_MAX];
	struct feel_range rest = whole->interval;
	size_t cut_count = sorted_cuts(explorer, slot, &rest, cuts);
	struct cell *list =
		arena_zeroed(arena, 2 * cut_count + 1, sizeof(*list));
	bool past = false;

	*count = 0;
	*cells = list;
	if (!list)
		return diag_memory(explorer->diag);
	for (size_t i = 0; i < cut_count; i++) {
		rest.high = low_side(&cuts[i]);
		rest.high_closed = false;
		if (!on_edge(&cuts[i], &rest.low) &&
			!add_stretch(explorer, slot, whole, &rest, list, count))
			return diag_memory(explorer->diag);
		if (!point_cell(arena, whole, &cuts[i], &list[*count]))
			return diag_memory(explorer->diag);
		list[*count].outside = explorer->integers[slot] &&
				       !num_is_integer(cuts[i].u.number);
		(*count)++;
		rest.low = high_side(&cuts[i]);
		rest.low_closed = false;
	}
	past = on_edge(&rest.low, &whole->interval.high);
	if (cut_count == 0 || (past && !edge))
		return SHK_OK;
	rest.high = past ? FEEL_NULL_VALUE : whole->interval.high;
	rest.high_closed = !past && whole->interval.high_closed;
	list[*count].outside = past;
	if (!add_stretch(explorer, slot, whole, &rest, list, count))
		return diag_memory(explorer->diag);
	return SHK_OK;
}

enum shk_code cells_make(struct explorer *explorer, uint32_t slot,
	const struct feel_value *now, bool outside, struct cell **cells,
	size_t *count)
{
	const struct feel_unknown *unknown;

	*count = 0;
	*cells = NULL;
	if (now->type != FEEL_UNKNOWN)
		return SHK_OK;
	unknown = now->u.unknown;
	if (explorer->notes) /* its bounds may be numbers of the record */
		feel_note_pin(explorer->notes, now);
	if (unknown->shape == FEEL_CHOICE)
		return choice_cells(explorer, unknown->choices,
			unknown->choice_count, cells, count);
	if (unknown->shape == FEEL_INTERVAL)
		return number_cells(
			explorer, slot, unknown, outside, cells, count);
	return candidate_cells(explorer, slot, cells, count);
}
