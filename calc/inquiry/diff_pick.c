/*
 * What to split so that a pair which is open gets decided: first inside of
 * what it reads and is not equal, then what it reads itself, then its own
 * value. What cannot be split (lists, numbers that are worked out) is left:
 * the value of the first rule above it that is a word or a truth is split in
 * its place, which covers every product and more, never less.
 */
#include <string.h>

#include "dmn/same.h"
#include "inquiry/diff.h"
#include "price/cells.h"

/* A number of all that are allowed, or the part of it that is left. */
static const struct feel_unknown *interval_of(const struct feel_value *value)
{
	if (value->type != FEEL_UNKNOWN ||
		value->u.unknown->shape != FEEL_INTERVAL)
		return NULL;
	return value->u.unknown;
}

static struct diff_piece *piece_add(struct diff_split *split)
{
	struct diff_piece *piece = &split->pieces[split->count++];

	*piece = (struct diff_piece){ .value = FEEL_NULL_VALUE };
	return piece;
}

static enum shk_code pieces_begin(
	struct diff_world *world, struct diff_split *split)
{
	split->count = 0;
	split->pieces = arena_zeroed(dmn_arena(world->desks[0].evaluator),
		DIFF_PIECES_MAX + 2, sizeof(*split->pieces));
	return split->pieces ? SHK_OK : diag_memory(world->diag);
}

/* Words and truths that a value may be; none when they cannot be counted. */
static size_t choices_of(struct diff_world *world, uint32_t pair,
	const struct feel_value *value, const struct feel_value **choices)
{
	const struct dmn_domain *domain = &diff_slot(world, pair)->domain;

	if (value->type != FEEL_UNKNOWN)
		return 0;
	if (diff_role(world, pair)->given && domain->choice_count > 0) {
		*choices = domain->choices;
		return domain->choice_count;
	}
	if (value->u.unknown->shape == FEEL_CHOICE) {
		*choices = value->u.unknown->choices;
		return value->u.unknown->choice_count;
	}
	if (value->u.unknown->shape != FEEL_ANYTHING || domain->list)
		return 0;
	*choices = domain->choices;
	return domain->choice_count;
}

static bool choices_split(struct diff_world *world, uint32_t pair, int side,
	const struct feel_value *value, struct diff_split *split)
{
	const struct feel_value *choices = NULL;
	size_t count = choices_of(world, pair, value, &choices);
	if (count == 0 || count >= DIFF_PIECES_MAX)
		return false;
	for (size_t i = 0; i < count; i++)
		piece_add(split)->value = choices[i];
	if (world->pairs[pair].none)
		piece_add(split);
	/* choices that were worked out hold null where it is possible */
	else if (diff_slot(world, pair)->kind == DMN_DECISION &&
		 (diff_role(world, pair)->given ||
			 value->u.unknown->shape != FEEL_CHOICE))
		world->pairs[pair].assumed = true;
	split->kind = DIFF_SPLIT_VALUE;
	split->pair = pair;
	split->side = side;
	return true;
}

/* -1 below, 0 inside or on an edge, 1 above. */
static int position(const struct feel_value *at, const struct feel_range *range)
{
	int order;

	if (range->low.type != FEEL_NULL &&
		feel_order(at, &range->low, &order) &&
		(order < 0 || (order == 0 && !range->low_closed)))
		return -1;
	if (range->high.type != FEEL_NULL &&
		feel_order(at, &range->high, &order) &&
		(order > 0 || (order == 0 && !range->high_closed)))
		return 1;
	return 0;
}

static size_t cuts_sorted(const struct diff_world *world, uint32_t pair,
	const struct feel_range *range, struct feel_value *out)
{
	size_t count = 0;

	for (size_t i = 0; i < world->cut_count; i++) {
		const struct feel_value *at = &world->cuts[i].at;
		size_t k = count;
		int order = 1;

		if (world->cuts[i].pair != pair || position(at, range) != 0 ||
			at->inexact || count == DIFF_PIECES_MAX / 2)
			continue;
		while (k > 0 && feel_order(at, &out[k - 1], &order) &&
			order < 0)
			k--;
		if (k > 0 && order == 0)
			continue;
		memmove(out + k + 1, out + k, (count - k) * sizeof(*out));
		out[k] = *at;
		count++;
	}
	return count;
}

static void stretch_add(struct diff_world *world, uint32_t pair,
	const struct feel_range *range, struct diff_split *split)
{
	struct diff_piece *piece;

	if (world->pairs[pair].whole && !cells_have_whole(range))
		return;
	piece = piece_add(split);
	piece->stretch = true;
	piece->range = *range;
}

/* At the points at which a comparison of either revision turns. */
static bool number_split(struct diff_world *world, uint32_t pair, int side,
	const struct feel_value *value, struct diff_split *split)
{
	const struct feel_unknown *unknown = interval_of(value);
	struct feel_value cuts[DIFF_PIECES_MAX];
	struct feel_range rest;
	size_t count;
	int order = -1;

	if (!unknown)
		return false;
	rest = unknown->interval;
	count = cuts_sorted(world, pair, &rest, cuts);
	if (count == 0)
		return false;
	for (size_t i = 0; i < count; i++) {
		rest.high = cuts[i];
		rest.high_closed = false;
		order = -1;
		if (rest.low.type == FEEL_NULL ||
			(feel_order(&rest.low, &cuts[i], &order) && order < 0))
			stretch_add(world, pair, &rest, split);
		if (!world->pairs[pair].whole ||
			num_is_integer(cuts[i].u.number))
			piece_add(split)->value = cuts[i];
		rest.low = cuts[i];
		rest.low_closed = false;
	}
	rest.high = unknown->interval.high;
	rest.high_closed = unknown->interval.high_closed;
	if (rest.high.type == FEEL_NULL ||
		(feel_order(&rest.low, &rest.high, &order) && order < 0))
		stretch_add(world, pair, &rest, split);
	if (world->pairs[pair].none)
		piece_add(split);
	split->kind = DIFF_SPLIT_VALUE;
	split->pair = pair;
	split->side = side;
	return true;
}

/* An input: a fact or parameter, or what says whether facts are given. */
static bool may_know(const struct diff_world *world, uint32_t pair)
{
	const struct rulebook_slot *role = diff_role(world, pair);

	return role->role == RULEBOOK_FACT ||
	       role->role == RULEBOOK_PARAMETER ||
	       (role->role == RULEBOOK_AUXILIARY &&
		       world->book->auxiliaries[role->index].presence);
}

/* A rule that is another name of one fact. */
static bool is_alias(const struct diff_world *world, uint32_t pair)
{
	const struct dmn_slot *slot = diff_slot(world, pair);
	size_t count = 0;

	FOR_SLOTS(i, &slot->needs)
	count++;
	return world->pairs[pair].same && slot->kind == DMN_DECISION &&
	       !diff_role(world, pair)->given && count == 1 && slot->text[0] &&
	       strcspn(slot->text, " ()[]{}<>=+-*/,.\"") == strlen(slot->text);
}

static enum shk_code split_reads(struct diff_world *world, uint32_t pair,
	bool numbers, struct diff_split *split);

/* What `pair` reads as `read`. */
static enum shk_code split_read(struct diff_world *world, uint32_t read,
	bool numbers, struct diff_split *split)
{
	const struct diff_pair *it = &world->pairs[read];
	bool one = it->slot[0] < 0 || it->slot[1] < 0;
	bool input = diff_slot(world, read)->kind == DMN_INPUT;
	int side = it->slot[1] >= 0 ? 1 : 0;
	enum diff_relation relation;
	struct feel_value value;
	enum shk_code code;

	if (is_alias(world, read))
		return split_reads(world, read, numbers, split);
	if (input && !may_know(world, read))
		return SHK_OK;
	code = diff_relate(world, read, &relation);
	if (!code)
		code = diff_value(world, read, side, &value);
	if (code || (!input && !one && relation != DIFF_EQUAL) ||
		!feel_is_open(&value))
		return code;
	if (numbers)
		number_split(
			world, read, input || !one ? -1 : side, &value, split);
	else
		choices_split(
			world, read, input || !one ? -1 : side, &value, split);
	return SHK_OK;
}

static enum shk_code split_reads(struct diff_world *world, uint32_t pair,
	bool numbers, struct diff_split *split)
{
	enum shk_code code = SHK_OK;

	for (uint32_t i = 0; i < world->pair_count && !code; i++)
		if (split->kind == DIFF_SPLIT_NONE && i != pair &&
			diff_reads(world, pair, i))
			code = split_read(world, i, numbers, split);
	return code;
}

/* A list, or a number that is worked out: no cells of it can be made. */
static enum shk_code is_handy(
	struct diff_world *world, uint32_t pair, uint32_t read, bool *handy)
{
	const struct feel_value *choices;
	struct feel_value value;
	enum shk_code code = SHK_OK;

	(void)pair;
	for (int side = 0; side < 2 && !code && *handy; side++) {
		if (world->pairs[read].slot[side] < 0)
			continue;
		code = diff_value(world, read, side, &value);
		if (code || !feel_is_open(&value) || is_alias(world, read) ||
			choices_of(world, read, &value, &choices) > 0)
			continue;
		*handy = diff_slot(world, read)->kind == DMN_INPUT &&
			 interval_of(&value);
	}
	return code;
}

static enum shk_code all_handy(
	struct diff_world *world, uint32_t pair, bool *handy)
{
	enum shk_code code = SHK_OK;

	*handy = true;
	for (uint32_t i = 0; i < world->pair_count && !code && *handy; i++)
		if (i != pair && diff_reads(world, pair, i))
			code = is_handy(world, pair, i, handy);
	return code;
}

/* Its own value, on a side on which it is open. */
static enum shk_code split_own(
	struct diff_world *world, uint32_t pair, struct diff_split *split)
{
	enum shk_code code = SHK_OK;

	for (int side = 1; side >= 0 && !code; side--) {
		struct feel_value value;

		if (split->kind != DIFF_SPLIT_NONE ||
			world->pairs[pair].slot[side] < 0)
			continue;
		code = diff_value(world, pair, side, &value);
		if (!code && feel_is_open(&value))
			choices_split(world, pair, side, &value, split);
	}
	return code;
}

/* Texts of a test such as `"a","b"` or `true`: no text of both is in both. */
static bool tests_apart(const char *a, const char *b)
{
	if (strcmp(a, "-") == 0 || strcmp(b, "-") == 0 || strcmp(a, b) == 0)
		return false;
	/* only lists of words and truths are looked into */
	for (const char *p = a; *p; p++)
		if (strchr("[]()<>=.", *p))
			return false;
	for (const char *p = b; *p; p++)
		if (strchr("[]()<>=.", *p))
			return false;
	for (const char *p = a; *p;) {
		size_t size = strcspn(p, ",");

		for (const char *q = b; *q;) {
			size_t other = strcspn(q, ",");

			if (size == other && memcmp(p, q, size) == 0)
				return false;
			q += other + (q[other] == ',');
		}
		p += size + (p[size] == ',');
	}
	return true;
}

/* No product can reach both rows. */
static bool rows_apart(const struct dmn_table_view *a, size_t row_a,
	const struct dmn_table_view *b, size_t row_b)
{
	for (size_t i = 0; i < a->inputs; i++)
		for (size_t k = 0; k < b->inputs; k++)
			if (strcmp(dmn_table_input(a, i),
				    dmn_table_input(b, k)) == 0 &&
				tests_apart(dmn_table_test(a, row_a, i),
					dmn_table_test(b, row_b, k)))
				return true;
	return false;
}

/* The columns of one stand in the other, or what they read is not equal. */
static enum shk_code inputs_equal(
	struct diff_world *world, uint32_t pair, bool *equal)
{
	enum shk_code code = SHK_OK;

	*equal = true;
	for (uint32_t i = 0; i < world->pair_count && !code && *equal; i++) {
		enum diff_relation relation;

		if (world->pairs[i].slot[0] < 0 ||
			world->pairs[i].slot[1] < 0 || i == pair ||
			!diff_reads(world, pair, i))
			continue;
		code = diff_relate(world, i, &relation);
		*equal = relation == DIFF_EQUAL;
	}
	return code;
}

static bool same_outputs(const struct dmn_table_view *a, size_t row_a,
	const struct dmn_table_view *b, size_t row_b)
{
	const char *text = dmn_table_output(a, row_a);

	return strcmp(text, dmn_table_output(b, row_b)) == 0 &&
	       diff_heard_whole(text);
}

static void rows_pair(struct diff_world *world, struct diff_split *split,
	const struct dmn_table_view *views)
{
	piece_add(split); /* the rows that say the same */
	for (size_t i = 0; i < views[0].rows; i++)
		for (size_t k = 0; k < views[1].rows; k++) {
			if (rows_apart(&views[0], i, &views[1], k) ||
				same_outputs(&views[0], i, &views[1], k))
				continue;
			if (split->count == DIFF_PIECES_MAX) {
				world->overflow = true;
				return;
			}
			split->rows[split->count][0] = (uint32_t)i + 1;
			split->rows[split->count][1] = (uint32_t)k + 1;
			piece_add(split);
		}
}

/* The row is known on both sides: there is nothing to split. */
static bool rows_certain(const struct diff_world *world, uint32_t pair)
{
	for (int side = 0; side < 2; side++)
		if (world->desks[side]
				.rows[world->pairs[pair].slot[side]]
				.count != 1)
			return false;
	return true;
}

/*
 * Two tables that read the same: pairs of rows that one product can reach.
 * Where their outputs have one text the values are equal.
 */
static enum shk_code split_rows(
	struct diff_world *world, uint32_t pair, struct diff_split *split)
{
	struct dmn_table_view views[2];
	enum shk_code code;
	bool equal;

	if (world->marks[pair] != DIFF_NO_MARK)
		return SHK_OK;
	for (int side = 0; side < 2; side++)
		if (world->pairs[pair].slot[side] < 0 ||
			!dmn_table_view(world->desks[side].revision->graph,
				(unsigned)world->pairs[pair].slot[side],
				&views[side]) ||
			strcmp(views[side].hit_policy, "UNIQUE") != 0)
			return SHK_OK;
	code = inputs_equal(world, pair, &equal);
	if (code || !equal || rows_certain(world, pair))
		return code;
	split->rows = arena_zeroed(dmn_arena(world->desks[0].evaluator),
		DIFF_PIECES_MAX + 1, sizeof(*split->rows));
	if (!split->rows)
		return diag_memory(world->diag);
	rows_pair(world, split, views);
	split->kind = DIFF_SPLIT_ROWS;
	split->pair = pair;
	return SHK_OK;
}

/* Another rule: by its facts when they can be split, else by rows or value. */
static enum shk_code pick_other(
	struct diff_world *world, uint32_t pair, struct diff_split *split)
{
	bool handy;
	enum shk_code code = all_handy(world, pair, &handy);

	if (!code && handy)
		code = split_reads(world, pair, false, split);
	if (!code && handy && split->kind == DIFF_SPLIT_NONE)
		code = split_reads(world, pair, true, split);
	if (!code && split->kind == DIFF_SPLIT_NONE)
		code = split_rows(world, pair, split);
	if (!code && split->kind == DIFF_SPLIT_NONE)
		code = split_own(world, pair, split);
	return code;
}

static enum shk_code pick(
	struct diff_world *world, uint32_t pair, struct diff_split *split);

/* Inside of what it reads and is not equal. */
static enum shk_code pick_inside(
	struct diff_world *world, uint32_t pair, struct diff_split *split)
{
	enum shk_code code = SHK_OK;

	for (uint32_t i = 0; i < world->pair_count && !code; i++) {
		enum diff_relation relation;

		if (split->kind != DIFF_SPLIT_NONE || i == pair ||
			world->visited[i] || world->pairs[i].same ||
			!diff_reads(world, pair, i) ||
			world->pairs[i].slot[0] < 0 ||
			world->pairs[i].slot[1] < 0)
			continue;
		code = diff_relate(world, i, &relation);
		if (!code && relation == DIFF_OPEN)
			code = pick(world, i, split);
	}
	return code;
}

/* A rule in whose place a fact may be given: equal values of it first. */
static enum shk_code pick_apart(
	struct diff_world *world, uint32_t pair, struct diff_split *split)
{
	struct feel_value values[2];
	enum shk_code code = SHK_OK;
	int side;

	if (!diff_role(world, pair)->given ||
		world->marks[pair] != DIFF_NO_MARK ||
		world->pairs[pair].slot[0] < 0 ||
		world->pairs[pair].slot[1] < 0)
		return SHK_OK;
	for (side = 0; side < 2 && !code; side++)
		code = diff_value(world, pair, side, &values[side]);
	side = feel_is_open(&values[0]) ? 0 : 1;
	if (code || !choices_split(world, pair, -1, &values[side], split))
		return code;
	split->kind = DIFF_SPLIT_APART;
	piece_add(split); /* the last: the values differ */
	return SHK_OK;
}

static enum shk_code pick(
	struct diff_world *world, uint32_t pair, struct diff_split *split)
{
	enum shk_code code;

	world->visited[pair] = 1;
	code = pick_apart(world, pair, split);
	if (!code && split->kind == DIFF_SPLIT_NONE)
		code = pick_inside(world, pair, split);
	if (code || split->kind != DIFF_SPLIT_NONE)
		return code;
	if (!world->pairs[pair].own)
		return pick_other(world, pair, split);
	code = split_reads(world, pair, false, split);
	if (!code && split->kind == DIFF_SPLIT_NONE)
		code = split_reads(world, pair, true, split);
	if (!code && split->kind == DIFF_SPLIT_NONE)
		code = split_own(world, pair, split);
	return code;
}

enum shk_code diff_pick(
	struct diff_world *world, uint32_t pair, struct diff_split *split)
{
	enum shk_code code;

	*split = (struct diff_split){ .kind = DIFF_SPLIT_NONE, .side = -1 };
	memset(world->visited, 0, world->pair_count);
	code = pieces_begin(world, split);
	return code ? code : pick(world, pair, split);
}

enum shk_code diff_pick_value(
	struct diff_world *world, uint32_t pair, struct diff_split *split)
{
	struct feel_value value;
	enum shk_code code;

	*split = (struct diff_split){ .kind = DIFF_SPLIT_NONE, .side = -1 };
	code = pieces_begin(world, split);
	if (!code)
		code = diff_value(world, pair, 1, &value);
	if (!code && feel_is_open(&value))
		choices_split(world, pair, -1, &value, split);
	return code;
}

enum shk_code diff_pick_join(
	struct diff_world *world, uint32_t pair, struct diff_split *split)
{
	enum shk_code code;

	*split = (struct diff_split){
		.kind = DIFF_SPLIT_JOIN, .side = -1, .pair = pair
	};
	code = pieces_begin(world, split);
	if (code)
		return code;
	piece_add(split)->value = feel_string("applicable", 10);
	piece_add(split);
	return SHK_OK;
}
