/*
 * Branch and bound. A stretch is asked about as a whole; if that decides it,
 * it is proved for each of its values. If not it is split, first where the
 * rules say that a comparison turns, else in the middle, down to single
 * values, which are always decided. The search never samples: every value of
 * the axis lies in a stretch that was decided, or is told as open.
 */
#include "inquiry/divide.h"

#include "base/diag.h"

struct divider {
	struct enquiry *question;
	const struct axis *axis;
	struct pieces *pieces;
	size_t cells;
	num most; /* places farther from zero are one stretch */
};

/* A stretch while it is divided. */
struct cell {
	bool has_low, has_high;
	num low, high;
};

static enum shk_code too_many(const struct divider *divider)
{
	return diag_set(divider->question->diag, SHK_E_LIMIT,
		"the condition changes at more than %d values of %s; ask for "
		"fewer with --within FROM..TO",
		SHK_SOLVE_PIECES_MAX, divider->axis->name);
}

/* The next piece upwards; joined to the one before where nothing changes. */
static enum shk_code piece_add(struct divider *divider, const struct cell *cell,
	enum shk_solve_state state, bool inexact)
{
	struct pieces *pieces = divider->pieces;
	struct piece *last =
		pieces->count ? &pieces->items[pieces->count - 1] : NULL;

	if (last && last->state == state && divider->axis->kind != AXIS_WORD) {
		last->has_high = cell->has_high;
		last->high = cell->high;
		last->inexact = last->inexact || inexact;
		return SHK_OK;
	}
	if (pieces->count == SHK_SOLVE_PIECES_MAX)
		return too_many(divider);
	pieces->items[pieces->count++] = (struct piece){ cell->has_low,
		cell->has_high, cell->low, cell->high, state, inexact };
	return SHK_OK;
}

static bool is_point(const struct cell *cell)
{
	return cell->has_low && cell->has_high &&
	       num_compare(cell->low, cell->high) == 0;
}

static bool inside(const struct cell *cell, num place)
{
	return (!cell->has_low || num_compare(place, cell->low) >= 0) &&
	       (!cell->has_high || num_compare(place, cell->high) <= 0);
}

static num distance(num a, num b)
{
	return num_absolute(num_subtract(a, b, NULL));
}

/*
 * The turning point in the cell that lies nearest to its middle. A cut at an
 * end of the cell is none, unless the end itself is still to be taken off.
 */
static bool nearest_cut(
	const struct divider *divider, const struct cell *cell, num *cut)
{
	const struct enquiry *question = divider->question;
	num middle = cell->has_low ? cell->low : cell->high;
	bool found = false;

	if (cell->has_low && cell->has_high)
		middle = axis_middle(divider->axis, cell->low, cell->high);
	if (!cell->has_low && !cell->has_high)
		middle = NUM_ZERO;
	for (size_t i = 0; i < question->cut_count; i++) {
		num at = question->cuts[i];

		if (!inside(cell, at) ||
			(found && num_compare(distance(at, middle),
					  distance(*cut, middle)) >= 0))
			continue;
		found = true;
		*cut = at;
	}
	return found;
}

static enum shk_code cell_divide(
	struct divider *divider, const struct cell *cell);

/* The cell from `low` to `high` of `cell`, if anything lies there. */
static enum shk_code part(struct divider *divider, const struct cell *cell,
	const num *low, const num *high)
{
	struct cell rest = *cell;

	if (low) {
		rest.has_low = true;
		rest.low = *low;
	}
	if (high) {
		rest.has_high = true;
		rest.high = *high;
	}
	if (rest.has_low && rest.has_high &&
		num_compare(rest.low, rest.high) > 0)
		return SHK_OK;
	return cell_divide(divider, &rest);
}

/* Below the cut, on it if it is a place, above it. */
static enum shk_code cut_divide(
	struct divider *divider, const struct cell *cell, num cut)
{
	const struct axis *axis = divider->axis;
	num floor = axis_floor(axis, cut);
	bool on = num_compare(floor, cut) == 0;
	num below = on ? axis_before(axis, floor) : floor;
	num above = axis_next(axis, floor);
	enum shk_code code = part(divider, cell, NULL, &below);

	if (!code && on)
		code = part(divider, cell, &floor, &floor);
	return code ? code : part(divider, cell, &above, NULL);
}

/* Where to halve it; false past the farthest place. */
static bool half(
	const struct divider *divider, const struct cell *cell, num *at)
{
	num ten = num_from_int(10);

	if (cell->has_low && cell->has_high) {
		*at = axis_middle(divider->axis, cell->low, cell->high);
		return true;
	}
	*at = NUM_ZERO;
	if (!cell->has_low && !cell->has_high)
		return true;
	if (cell->has_low && num_sign(cell->low) < 0)
		return true;
	if (cell->has_high && num_sign(cell->high) > 0)
		return true;
	*at = cell->has_low ? cell->low : cell->high;
	if (num_compare(num_absolute(*at), divider->most) >= 0)
		return false;
	*at = num_multiply(num_round(*at, 0, NUM_DOWN, NULL), ten, NULL);
	if (num_compare(num_absolute(*at), ten) < 0)
		*at = cell->has_low ? ten : num_negate(ten);
	return true;
}

static enum shk_code cell_divide(
	struct divider *divider, const struct cell *cell)
{
	struct enquiry *question = divider->question;
	struct enquiry_reply reply;
	enum shk_code code;
	num at, above;

	if (divider->cells++ >= SHK_SOLVE_CELLS_MAX)
		return piece_add(divider, cell, SHK_SOLVE_OPEN, false);
	code = enquiry_ask(question, cell->has_low ? &cell->low : NULL,
		cell->has_high ? &cell->high : NULL, &reply);
	if (code)
		return code;
	if (reply.decided)
		return piece_add(divider, cell, reply.state,
			reply.inexact && is_point(cell));
	if (nearest_cut(divider, cell, &at))
		return cut_divide(divider, cell, at);
	if (!half(divider, cell, &at))
		return piece_add(divider, cell, SHK_SOLVE_OPEN, false);
	above = axis_next(divider->axis, at);
	code = part(divider, cell, NULL, &at);
	return code ? code : part(divider, cell, &above, NULL);
}

/* Words have no order: each is asked about alone. */
static enum shk_code words_divide(struct divider *divider)
{
	enum shk_code code = SHK_OK;

	for (size_t i = 0; i < divider->axis->word_count && !code; i++) {
		num place = num_from_int((int64_t)i);
		struct cell cell = { true, true, place, place };

		code = cell_divide(divider, &cell);
	}
	return code;
}

enum shk_code divide(struct enquiry *question, struct pieces *pieces)
{
	const struct axis *axis = question->axis;
	struct divider divider = { .question = question,
		.axis = axis,
		.pieces = pieces,
		.most = num_power(
			num_from_int(10), num_from_int(AXIS_ZEROS), NULL) };
	const struct cell whole = { axis->has_low, axis->has_high, axis->low,
		axis->high };

	pieces->count = 0;
	return axis->kind == AXIS_WORD ? words_divide(&divider)
				       : cell_divide(&divider, &whole);
}
