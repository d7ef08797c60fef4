/*
 * The partition. A stretch is looked at as a whole and split where a comparison
 * turns inside of it; where one stays open without telling its turning point
 * (it was rounded, divided by the number ...), the stretch is halved at its
 * simplest number. Proof of completeness: the parts of a stretch cover it, and
 * one is left unsplit only when no comparison inside of it is open, so that the
 * same rows and branches hold at each value; any other says what kept it open.
 */
#include "inquiry/pieces.h"

#include <string.h>

#define STACK_MAX 512 /* stretches that wait */
#define NARROW_SCALE                                                           \
	12 /* a decimal stretch is narrow below ten to minus this
			    of its own size, or of one */

struct entry {
	struct feel_range range;
	uint32_t owner;
};

struct making {
	struct question *question;
	const struct variable *variable;
	struct pieces *pieces;
	size_t depth;
	struct entry stack[STACK_MAX];
	unsigned long before; /* evaluations until now */
	bool stopped;
	struct look look;
};

/* Numbers and dates alike as numbers. */
static num as_num(const struct feel_value *value)
{
	return value->type == FEEL_DATE ? num_from_int(value->u.days)
					: value->u.number;
}

static struct feel_value as_value(const struct making *making, num number)
{
	int64_t days = 0;

	if (!making->variable->date)
		return feel_number(number);
	num_to_int(number, &days);
	return feel_date(days);
}

static bool is_point(const struct feel_range *range)
{
	return range->low.type != FEEL_NULL && range->low_closed &&
	       range->high_closed && feel_same(&range->low, &range->high);
}

/* Whole numbers: the first and the last inside, closed. */
static void whole_ends(const struct making *making, struct feel_range *range)
{
	num at;

	if (range->low.type != FEEL_NULL) {
		at = num_round(as_num(&range->low), 0, NUM_CEILING, NULL);
		if (!range->low_closed &&
			num_compare(at, as_num(&range->low)) == 0)
			at = num_add(at, NUM_ONE, NULL);
		range->low = as_value(making, at);
		range->low_closed = true;
	}
	if (range->high.type != FEEL_NULL) {
		at = num_round(as_num(&range->high), 0, NUM_FLOOR, NULL);
		if (!range->high_closed &&
			num_compare(at, as_num(&range->high)) == 0)
			at = num_subtract(at, NUM_ONE, NULL);
		range->high = as_value(making, at);
		range->high_closed = true;
	}
}

static bool is_empty(const struct feel_range *range)
{
	int order;

	if (range->low.type == FEEL_NULL || range->high.type == FEEL_NULL)
		return false;
	order = num_compare(as_num(&range->low), as_num(&range->high));
	return order > 0 ||
	       (order == 0 && !(range->low_closed && range->high_closed));
}

static void push(struct making *making, struct feel_range range, uint32_t owner)
{
	if (making->variable->whole)
		whole_ends(making, &range);
	if (is_empty(&range))
		return;
	making->stack[making->depth++] =
		(struct entry){ .range = range, .owner = owner };
}

/* The parts below, on and above a point, so that the lowest comes first. */
static void push_parts(struct making *making, const struct feel_range *range,
	const struct feel_range *at, uint32_t owner)
{
	struct feel_range part = *range;

	part.low = at->high;
	part.low_closed = !at->high_closed;
	push(making, part, owner);
	push(making, *at, owner);
	part = *range;
	part.high = at->low;
	part.high_closed = !at->low_closed;
	push(making, part, RULEBOOK_NONE);
}

static enum shk_code append(struct making *making, const struct entry *entry,
	const struct look *look, enum piece_open open)
{
	struct pieces *pieces = making->pieces;
	struct piece *piece = &pieces->items[pieces->count];

	if (pieces->count == PIECES_MAX + STACK_MAX)
		return SHK_E_INTERNAL;
	pieces->count++;
	*piece = (struct piece){ .range = entry->range,
		.point = is_point(&entry->range),
		.owner = entry->owner,
		.open = open };
	piece->set =
		arena_zeroed(&making->question->arena, 1, sizeof(*piece->set));
	if (!piece->set)
		return diag_memory(making->question->job.diag);
	if (!look) {
		piece->set->anything = true;
		return SHK_OK;
	}
	*piece->set = look->set;
	piece->marks = look->marks;
	piece->refused = look->refused;
	piece->signature = look->signature;
	piece->moves = look->reads && !piece->point;
	return SHK_OK;
}

/* The stretch in which an inexact point lies; an exact one is itself. */
static struct feel_range around(const struct feel_value *at)
{
	struct feel_range range = {
		.low = *at, .high = *at, .low_closed = true, .high_closed = true
	};
	num part;

	range.low.inexact = range.high.inexact = 0;
	range.low.size = range.high.size = 0;
	if (at->type != FEEL_NUMBER || !at->inexact)
		return range;
	part = num_divide(num_absolute(at->u.number),
		num_power(num_from_int(10), num_from_int(28), NULL), NULL);
	range.low = feel_number(num_subtract(at->u.number, part, NULL));
	range.high = feel_number(num_add(at->u.number, part, NULL));
	return range;
}

static bool contains(const struct feel_range *range, num at)
{
	int low = range->low.type == FEEL_NULL
			  ? 1
			  : num_compare(at, as_num(&range->low));
	int high = range->high.type == FEEL_NULL
			   ? -1
			   : num_compare(at, as_num(&range->high));

	return (low > 0 || (low == 0 && range->low_closed)) &&
	       (high < 0 || (high == 0 && range->high_closed));
}

static bool keep_cut(struct making *making, const struct cut *cut)
{
	struct pieces *pieces = making->pieces;

	for (size_t i = 0; i < pieces->cut_count; i++)
		if (pieces->cuts[i].owner == cut->owner &&
			feel_same(&pieces->cuts[i].at, &cut->at))
			return true;
	if (pieces->cut_count == PIECES_CUTS_MAX)
		return false;
	pieces->cuts[pieces->cut_count++] = *cut;
	return true;
}

/* The width of a stretch that both ends of an inexact point make. */
static bool is_around(const struct feel_range *range, const struct cut *cut)
{
	struct feel_range narrow = around(&cut->at);

	return cut->at.inexact && range->low.type == FEEL_NUMBER &&
	       range->high.type == FEEL_NUMBER &&
	       num_compare(range->low.u.number, narrow.low.u.number) >= 0 &&
	       num_compare(range->high.u.number, narrow.high.u.number) <= 0;
}

/* The turning point in the middle of those that divide; -1: none does. */
static int middle_cut(struct making *making, const struct feel_range *range)
{
	const struct look *look = &making->look;
	int found[QUESTION_CUTS_MAX];
	int count = 0;

	for (size_t i = 0; i < look->cut_count; i++) {
		const struct cut *cut = &look->cuts[i];
		int k = count;

		if (!contains(range, as_num(&cut->at)) || is_around(range, cut))
			continue;
		making->stopped |= !keep_cut(making, cut);
		for (; k > 0 &&
			num_compare(as_num(&cut->at),
				as_num(&look->cuts[found[k - 1]].at)) < 0;
			k--)
			found[k] = found[k - 1];
		found[k] = (int)i;
		count++;
	}
	return count > 0 ? found[count / 2] : -1;
}

static bool is_endless(const struct feel_range *range)
{
	return range->low.type == FEEL_NULL || range->high.type == FEEL_NULL;
}

static num width_of(const struct feel_range *range)
{
	return num_subtract(as_num(&range->high), as_num(&range->low), NULL);
}

static bool is_narrow(const struct feel_range *range)
{
	num size = num_absolute(as_num(&range->low));

	if (num_compare(size, NUM_ONE) < 0)
		size = NUM_ONE;
	return num_compare(width_of(range),
		       num_multiply(size,
			       num_power(num_from_int(10),
				       num_from_int(-NARROW_SCALE), NULL),
			       NULL)) <= 0;
}

/* Why an open stretch is not halved; PIECE_KNOWN: it is. */
static enum piece_open why_not(
	const struct making *making, const struct feel_range *range)
{
	const struct look *look = &making->look;
	bool few = making->variable->whole && !is_endless(range) &&
		   num_compare(width_of(range),
			   num_from_int(PIECES_SHAPELESS_MAX)) <= 0;

	if (look->foreign)
		return few ? PIECE_KNOWN : PIECE_FOREIGN;
	if (look->shapeless)
		return few ? PIECE_KNOWN : PIECE_SHAPELESS;
	if (is_endless(range) || making->variable->whole)
		return PIECE_KNOWN;
	return is_narrow(range) ? PIECE_NARROW : PIECE_KNOWN;
}

/* Far out: so many times as far, until nothing is open beyond. */
static num farther(const struct feel_range *range)
{
	num ten = num_from_int(10), at;

	if (range->low.type == FEEL_NULL && range->high.type == FEEL_NULL)
		return NUM_ZERO;
	at = as_num(range->low.type == FEEL_NULL ? &range->high : &range->low);
	if (range->low.type == FEEL_NULL)
		return num_compare(at, NUM_ZERO) > 0
			       ? NUM_ZERO
			       : num_subtract(num_multiply(at, ten, NULL), ten,
					 NULL);
	return num_compare(at, NUM_ZERO) < 0
		       ? NUM_ZERO
		       : num_add(num_multiply(at, ten, NULL), ten, NULL);
}

/* The number of the fewest digits near the middle. */
static num simplest(const struct feel_range *range, bool whole)
{
	num low = as_num(&range->low), high = as_num(&range->high);
	num middle =
		num_divide(num_add(low, high, NULL), num_from_int(2), NULL);

	if (whole)
		return num_round(middle, 0, NUM_FLOOR, NULL);
	for (int scale = -33; scale < 34; scale++) {
		num at = num_round(middle, scale, NUM_HALF_EVEN, NULL);

		if (num_compare(low, at) < 0 && num_compare(at, high) < 0)
			return at;
	}
	return middle;
}

static void halve(struct making *making, const struct feel_range *range)
{
	struct feel_range at = { .low_closed = true, .high_closed = true };
	num point = is_endless(range)
			    ? farther(range)
			    : simplest(range, making->variable->whole);

	at.low = at.high = as_value(making, point);
	push_parts(making, range, &at, making->look.owner);
}

static bool is_past(const struct making *making)
{
	return making->stopped || making->pieces->count >= PIECES_MAX ||
	       making->depth + 3 > STACK_MAX ||
	       making->question->evaluations - making->before >
		       PIECES_EVALUATIONS_MAX;
}

/* One stretch: split, halved, or kept as a piece. */
static enum shk_code take(struct making *making, const struct entry *entry)
{
	struct look *look = &making->look;
	enum piece_open open = PIECE_KNOWN;
	enum shk_code code;
	int at;

	if (is_past(making))
		return append(making, entry, NULL, PIECE_CEILING);
	code = question_look(
		making->question, making->variable, &entry->range, look);
	if (code)
		return code;
	if (look->stopped)
		return append(making, entry, look, PIECE_CEILING);
	if (is_point(&entry->range))
		return append(making, entry, look, PIECE_KNOWN);
	at = middle_cut(making, &entry->range);
	if (at >= 0) {
		struct feel_range point = around(&look->cuts[at].at);

		push_parts(making, &entry->range, &point, entry->owner);
		return SHK_OK;
	}
	if (look->open)
		open = why_not(making, &entry->range);
	if (look->open && open == PIECE_KNOWN) {
		halve(making, &entry->range);
		return SHK_OK;
	}
	return append(making, entry, look, open);
}

enum shk_code pieces_make(struct question *question,
	const struct variable *variable, struct pieces *pieces)
{
	struct making *making =
		arena_zeroed(&question->arena, 1, sizeof(*making));
	enum shk_code code = SHK_OK;

	pieces->count = pieces->cut_count = 0;
	pieces->items = arena_zeroed(&question->arena, PIECES_MAX + STACK_MAX,
		sizeof(*pieces->items));
	pieces->cuts = arena_zeroed(
		&question->arena, PIECES_CUTS_MAX, sizeof(*pieces->cuts));
	if (!making || !pieces->items || !pieces->cuts)
		return diag_memory(question->job.diag);
	making->question = question;
	making->variable = variable;
	making->pieces = pieces;
	making->before = question->evaluations;
	push(making, variable->range, RULEBOOK_NONE);
	while (making->depth > 0 && !code) {
		struct entry entry = making->stack[--making->depth];

		code = take(making, &entry);
	}
	return code;
}

const struct piece *pieces_at(
	const struct pieces *pieces, const struct feel_value *value)
{
	num at = as_num(value);

	for (size_t i = 0; i < pieces->count; i++)
		if (contains(&pieces->items[i].range, at))
			return &pieces->items[i];
	return NULL;
}

/* A comparison turns between the two, or on one of their ends. */
static bool turns_between(const struct pieces *pieces, const struct piece *low,
	const struct piece *high)
{
	for (size_t i = 0; i < pieces->cut_count; i++) {
		num at = as_num(&pieces->cuts[i].at);

		if (num_compare(at, as_num(&low->range.high)) >= 0 &&
			num_compare(at, as_num(&high->range.low)) <= 0)
			return true;
	}
	return false;
}

bool pieces_go_on(
	const struct pieces *pieces, size_t at, const struct piece *moving)
{
	const struct piece *low = &pieces->items[at - 1];
	const struct piece *high = &pieces->items[at];

	if (low->open != PIECE_KNOWN || high->open != PIECE_KNOWN ||
		low->refused != high->refused)
		return false;
	if (!low->moves && !high->moves &&
		(low->refused || outcome_equal(low->set, high->set)))
		return true;
	if (!moving || !(high->moves || high->point) ||
		turns_between(pieces, low, high))
		return false;
	return memcmp(&low->marks, &high->marks, sizeof(low->marks)) == 0 &&
	       (high->point || high->signature == moving->signature);
}
