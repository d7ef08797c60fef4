/*
 * From pieces to edges. Neighbouring pieces with the same answer are one run;
 * between two runs lies an edge, and a run of a single value between two
 * stretches is the edge itself. Whole numbers have an exact last value on each
 * side; of other numbers one side may have none (just below 200).
 */
#include "inquiry/sides.h"

#include <string.h>

/* Pieces first to last, the same answer on all. */
struct run {
	const struct piece *first, *last;
};

struct edging {
	struct question *question;
	const struct variable *variable;
	const struct pieces *pieces;
	struct run *runs;
	size_t run_count;
	int now; /* run of today's value, or -1 */
	struct edges_edge *edges;
	size_t edge_count;
	struct look *look;
};

static num as_num(const struct feel_value *value)
{
	return value->type == FEEL_DATE ? num_from_int(value->u.days)
					: value->u.number;
}

static bool is_edge_itself(const struct edging *edging, size_t at)
{
	const struct run *run = &edging->runs[at];

	if (run->first != run->last || at == 0 || at + 1 == edging->run_count)
		return false;
	if (run->first->open == PIECE_NARROW)
		return true;
	return run->first->point && !edging->runs[at - 1].last->point &&
	       !edging->runs[at + 1].first->point;
}

static enum shk_code make_runs(struct edging *edging)
{
	const struct pieces *pieces = edging->pieces;
	const struct feel_value *now = &edging->variable->now;
	const struct piece *at =
		edging->variable->known && now->type != FEEL_NULL
			? pieces_at(pieces, now)
			: NULL;
	const struct piece *moving = NULL;

	edging->now = -1;
	edging->runs = arena_zeroed(&edging->question->arena, pieces->count + 1,
		sizeof(*edging->runs));
	if (!edging->runs)
		return diag_memory(edging->question->job.diag);
	for (size_t i = 0; i < pieces->count; i++) {
		const struct piece *piece = &pieces->items[i];

		if (i > 0 && pieces_go_on(pieces, i, moving)) {
			edging->runs[edging->run_count - 1].last = piece;
		} else {
			edging->runs[edging->run_count++] =
				(struct run){ piece, piece };
			moving = NULL;
		}
		if (piece->moves)
			moving = piece;
		if (piece == at)
			edging->now = (int)edging->run_count - 1;
	}
	return SHK_OK;
}

static bool plain(struct edging *edging, const struct feel_value *from,
	struct price_value *to)
{
	return value_plain(&edging->question->pricer->results, from, to);
}

/* The end of a run that is nearest to the edge, if the run has one. */
static const struct feel_value *end_of(const struct run *run, bool high)
{
	const struct feel_range *range =
		high ? &run->last->range : &run->first->range;

	if (high)
		return range->high_closed ? &range->high : NULL;
	return range->low_closed ? &range->low : NULL;
}

/* Of a moving answer that at its end, else all that it moves among. */
static enum shk_code run_answer(struct edging *edging,
	const struct piece *piece, const struct feel_value *end,
	struct edges_side *side)
{
	struct feel_range at = { .low_closed = true, .high_closed = true };
	enum shk_code code;

	side->open = piece->open != PIECE_KNOWN;
	side->moves = piece->moves;
	if (!piece->moves || !end || end->type == FEEL_NULL)
		return side_answer(
			edging->question, piece->set, piece->refused, side);
	at.low = at.high = *end;
	code = question_look(
		edging->question, edging->variable, &at, edging->look);
	return code ? code
		    : side_answer(edging->question, &edging->look->set,
			      edging->look->refused, side);
}

/* Side of the edge that lies `high` (at the high end of `run`) or low. */
static enum shk_code run_side(struct edging *edging, const struct run *run,
	bool high, const struct run *other, const struct owners *owners,
	struct edges_side *side)
{
	const struct piece *piece = high ? run->last : run->first;
	const struct piece *beyond = high ? other->first : other->last;
	const struct feel_value *end = end_of(run, high);
	enum shk_code code;

	if (end && !plain(edging, end, &side->value))
		return diag_memory(edging->question->job.diag);
	code = run_answer(edging, piece, end, side);
	if (code)
		return code;
	return side_rules(
		edging->question, &piece->marks, &beyond->marks, owners, side);
}

/* A turning point from `low` to `high`, and who turns there; or NULL. */
static const struct feel_value *turning(const struct edging *edging,
	const struct feel_value *low, const struct feel_value *high,
	struct owners *owners)
{
	const struct feel_value *at = NULL;

	for (size_t i = 0; i < edging->pieces->cut_count; i++) {
		const struct cut *cut = &edging->pieces->cuts[i];

		if (num_compare(as_num(&cut->at), as_num(low)) < 0 ||
			num_compare(as_num(&cut->at), as_num(high)) > 0)
			continue;
		owners_add(owners, cut->owner);
		/* of two the one that the rules name: 200, not 199 */
		if (!at || num_compare(as_num(&cut->at), as_num(at)) > 0)
			at = &cut->at;
	}
	return at;
}

static enum shk_code set_distance(struct edging *edging,
	const struct feel_value *reach, const struct feel_value *at,
	struct edges_edge *edge)
{
	const struct feel_value *to = reach ? reach : at;
	struct feel_value distance = feel_number(num_absolute(num_subtract(
		as_num(to), as_num(&edging->variable->now), NULL)));

	distance.inexact = !reach && !edge->exact;
	if (reach && !plain(edging, reach, &edge->reach))
		return diag_memory(edging->question->job.diag);
	return plain(edging, &distance, &edge->distance)
		       ? SHK_OK
		       : diag_memory(edging->question->job.diag);
}

/* Where the edge lies from today: runs up to `below` are below it. */
static enum shk_code set_place(struct edging *edging, size_t below,
	size_t above, const struct feel_value *at, struct edges_edge *edge)
{
	const struct run *runs = edging->runs;
	bool itself = above - below == 2;
	const struct feel_value *on =
		itself && runs[below + 1].first->point ? at : NULL;

	edge->place = EDGE_NO_NOW;
	if (edging->now < 0)
		return SHK_OK;
	if ((size_t)edging->now <= below) {
		edge->place = EDGE_ABOVE_NOW;
		return set_distance(edging,
			on ? on : end_of(&runs[above], false), at, edge);
	}
	if ((size_t)edging->now >= above) {
		edge->place = EDGE_BELOW_NOW;
		return set_distance(
			edging, on ? on : end_of(&runs[below], true), at, edge);
	}
	edge->place = EDGE_AT_NOW;
	return SHK_OK;
}

/* What is exactly on the point, where that is no side of its own. */
static void set_on(const struct edging *edging, const struct feel_value *at,
	const struct run *below, const struct run *above,
	struct edges_edge *edge)
{
	const struct feel_value *low = end_of(below, true);
	const struct feel_value *high = end_of(above, false);

	(void)edging;
	if (low && num_compare(as_num(low), as_num(at)) == 0)
		edge->on = edge->below;
	else if (high && num_compare(as_num(high), as_num(at)) == 0)
		edge->on = edge->above;
}

/* The edge between two runs next to each other. */
static enum shk_code add_between(struct edging *edging, size_t below)
{
	struct edges_edge *edge = &edging->edges[edging->edge_count++];
	const struct run *low = &edging->runs[below], *high = low + 1;
	struct owners owners = { 0 };
	const struct feel_value *from = &low->last->range.high;
	const struct feel_value *to = &high->first->range.low;
	const struct feel_value *at = turning(edging, from, to, &owners);
	enum shk_code code;

	edge->exact = true;
	owners_add(&owners, high->first->owner);
	if (!at)
		at = to;
	if (!plain(edging, at, &edge->at))
		return diag_memory(edging->question->job.diag);
	code = run_side(edging, low, true, high, &owners, &edge->below);
	if (!code)
		code = run_side(
			edging, high, false, low, &owners, &edge->above);
	if (!code)
		code = set_place(edging, below, below + 1, at, edge);
	set_on(edging, at, low, high, edge);
	return code;
}

/* Where a run lies that is an edge itself: at one value, or in a stretch. */
static enum shk_code set_at(struct edging *edging, const struct run *run,
	const struct feel_value *turn, struct feel_value *at,
	struct edges_edge *edge)
{
	const struct feel_range *range = &run->first->range;
	struct arena *results = &edging->question->pricer->results;

	edge->exact = run->first->open != PIECE_NARROW;
	*at = turn && !edge->exact ? *turn : range->low;
	at->inexact = !edge->exact;
	if (!plain(edging, at, &edge->at) ||
		(!edge->exact && !range_plain(results, range, &edge->within)))
		return diag_memory(edging->question->job.diag);
	return SHK_OK;
}

/* A run that is an edge itself: one value, or a narrow stretch. */
static enum shk_code add_itself(struct edging *edging, size_t index)
{
	struct edges_edge *edge = &edging->edges[edging->edge_count++];
	const struct run *run = &edging->runs[index];
	const struct run *low = run - 1, *high = run + 1;
	struct owners owners = { 0 };
	const struct feel_value *turn = turning(edging, &low->last->range.high,
		&high->first->range.low, &owners);
	struct feel_value at;
	enum shk_code code = set_at(edging, run, turn, &at, edge);

	owners_add(&owners, high->first->owner);
	owners_add(&owners, run->first->owner);
	if (!code)
		code = run_side(edging, low, true, high, &owners, &edge->below);
	if (!code)
		code = run_side(
			edging, high, false, low, &owners, &edge->above);
	if (!code && edge->exact)
		code = run_side(edging, run, true, high, &owners, &edge->on);
	return code ? code : set_place(edging, index - 1, index + 1, &at, edge);
}

/* The nearest edge on each side of today's value. */
static void mark_nearest(struct edging *edging)
{
	struct edges_edge *below = NULL, *above = NULL;

	for (size_t i = 0; i < edging->edge_count; i++) {
		struct edges_edge *edge = &edging->edges[i];

		if (edge->place == EDGE_BELOW_NOW)
			below = edge;
		if (edge->place == EDGE_ABOVE_NOW && !above)
			above = edge;
	}
	if (below)
		below->nearest = true;
	if (above)
		above->nearest = true;
}

static void set_state(struct edging *edging, struct edges_fact *fact)
{
	static const char *const words[] = { [PIECE_KNOWN] = "",
		[PIECE_CEILING] = "ceiling",
		[PIECE_FOREIGN] = "compared_with_unknown",
		[PIECE_SHAPELESS] = "compared_without_order",
		[PIECE_NARROW] = "" };

	for (size_t i = 0; i < edging->pieces->count; i++) {
		const struct piece *piece = &edging->pieces->items[i];

		fact->moves |= piece->moves && piece->open == PIECE_KNOWN;
		if (*words[piece->open]) {
			fact->complete = false;
			fact->why = words[piece->open];
		}
	}
	fact->changes |= edging->edge_count > 0 || fact->moves;
}

static enum shk_code make_edges(struct edging *edging)
{
	enum shk_code code = SHK_OK;

	edging->edges = arena_zeroed(&edging->question->pricer->results,
		edging->run_count + 1, sizeof(*edging->edges));
	edging->look =
		arena_zeroed(&edging->question->arena, 1, sizeof(struct look));
	if (!edging->edges || !edging->look)
		return diag_memory(edging->question->job.diag);
	for (size_t i = 0; i + 1 < edging->run_count && !code; i++) {
		if (is_edge_itself(edging, i))
			continue;
		if (is_edge_itself(edging, i + 1))
			code = add_itself(edging, i + 1);
		else
			code = add_between(edging, i);
	}
	return code;
}

enum shk_code edges_of_pieces(struct question *question,
	const struct variable *variable, const struct pieces *pieces,
	struct edges_fact *fact)
{
	struct edging edging = {
		.question = question, .variable = variable, .pieces = pieces
	};
	enum shk_code code = make_runs(&edging);

	if (!code)
		code = make_edges(&edging);
	if (code)
		return code;
	mark_nearest(&edging);
	set_state(&edging, fact);
	fact->edge_count = edging.edge_count;
	fact->edges = edging.edges;
	return SHK_OK;
}
