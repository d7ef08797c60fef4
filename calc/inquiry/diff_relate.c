/*
 * What a cell says of a pair. Equal is proved in one of these ways, none of
 * which looks at samples: the same text down to the facts; the same known
 * value in both; the same own text, and equal values of all that is read;
 * the same row, with the same text, of two tables; for what hangs on one date
 * alone each day of a range. Unequal is proved by two known values.
 */
#include <string.h>

#include "dmn/same.h"
#include "inquiry/diff.h"

/*
 * Loops and filters over what is unknown are not run, so what is read inside
 * of them is not heard of.
 */
bool diff_heard_whole(const char *text)
{
	static const char *const words[] = { "for ", "some ", "every ",
		"function", "[" };

	if (!text[0])
		return false;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strstr(text, words[i]))
			return false;
	return true;
}

/* A rule of which more is read than is heard. */
static bool reads_unheard(const struct diff_desk *desk, int slot)
{
	const struct dmn_graph *graph = desk->revision->graph;
	struct dmn_table_view view;

	return graph->slots[slot].kind == DMN_DECISION &&
	       !diff_heard_whole(graph->slots[slot].text) &&
	       !dmn_table_view(graph, (unsigned)slot, &view);
}

bool diff_reads(const struct diff_world *world, uint32_t pair, uint32_t read)
{
	for (int side = 0; side < 2; side++) {
		const struct diff_desk *desk = &world->desks[side];
		int slot = world->pairs[pair].slot[side];
		int other = world->pairs[read].slot[side];

		if (slot < 0 || other < 0)
			continue;
		if (feel_set_has(&desk->reads[slot], (unsigned)other))
			return true;
		if (reads_unheard(desk, slot) &&
			feel_set_has(&desk->revision->graph->slots[slot].needs,
				(unsigned)other))
			return true;
	}
	return false;
}

/* What `slot` of a side may have read: what was heard, or all it could. */
static struct feel_set reads_of(
	const struct diff_desk *desk, int slot, bool heard)
{
	const struct dmn_graph *graph = desk->revision->graph;
	struct feel_set set = graph->slots[slot].needs;

	if (!heard)
		return set;
	/* knowledge models are not heard of */
	FOR_SLOTS(i, &graph->slots[slot].needs)
	if (graph->slots[i].kind != DMN_KNOWLEDGE)
		set.bits[i / 64] &= ~((uint64_t)1 << (i % 64));
	feel_set_join(&set, &desk->reads[slot]);
	return set;
}

static enum shk_code all_equal(
	struct diff_world *world, uint32_t pair, bool heard, bool *equal)
{
	enum shk_code code = SHK_OK;

	*equal = true;
	for (int side = 0; side < 2; side++) {
		const struct diff_desk *desk = &world->desks[side];
		struct feel_set set =
			reads_of(desk, world->pairs[pair].slot[side], heard);

		FOR_SLOTS(i, &set)
		{
			enum diff_relation relation;

			if (code || !*equal)
				continue;
			code = diff_relate(world, desk->pairs[i], &relation);
			*equal = relation == DIFF_EQUAL;
		}
	}
	return code;
}

/* Both are tables, and one row of each is certain, with the same output. */
static bool same_row(const struct diff_world *world, uint32_t pair)
{
	const char *outputs[2];

	for (int side = 0; side < 2; side++) {
		const struct diff_desk *desk = &world->desks[side];
		int slot = world->pairs[pair].slot[side];
		struct dmn_table_view view;

		if (!dmn_table_view(
			    desk->revision->graph, (unsigned)slot, &view) ||
			strcmp(view.hit_policy, "UNIQUE") != 0 ||
			desk->rows[slot].count != 1)
			return false;
		outputs[side] =
			dmn_table_output(&view, desk->rows[slot].row - 1);
	}
	return strcmp(outputs[0], outputs[1]) == 0 &&
	       diff_heard_whole(outputs[0]);
}

/* Every fact that it can read is one date, the same on both sides. */
static bool date_alone(
	const struct diff_world *world, uint32_t pair, uint32_t *date)
{
	const struct diff_desk *desk = &world->desks[0];
	struct feel_set open = { { 0 } };
	struct feel_set done = { { 0 } };
	bool more = true;

	*date = RULEBOOK_NONE;
	feel_set_add(&open, (unsigned)world->pairs[pair].slot[0]);
	while (more) {
		more = false;
		FOR_SLOTS(i, &open)
		{
			const struct rulebook_slot *role =
				&desk->revision->slots[i];

			if (feel_set_has(&done, i))
				continue;
			more = true;
			feel_set_add(&done, i);
			feel_set_join(
				&open, &desk->revision->graph->slots[i].needs);
			if (role->role == RULEBOOK_CONSTANT ||
				role->role == RULEBOOK_DERIVED)
				continue;
			if (role->role != RULEBOOK_FACT ||
				(*date != RULEBOOK_NONE &&
					*date != desk->pairs[i]) ||
				desk->revision->graph->slots[i].domain.type !=
					FEEL_DATE ||
				desk->revision->graph->slots[i].domain.list)
				return false;
			*date = desk->pairs[i];
		}
	}
	return *date != RULEBOOK_NONE;
}

/* Value after value on both sides. */
static enum shk_code days_compare(
	struct diff_world *world, uint32_t pair, uint32_t date, bool *same)
{
	const struct dmn_listener *none = NULL;
	enum shk_code code = SHK_OK;

	*same = true;
	for (int side = 0; side < 2; side++)
		dmn_listen(world->desks[side].evaluator, none);
	for (int32_t day = world->first_day;
		day <= world->last_day && !code && *same; day++) {
		struct feel_value at = feel_date(day), values[2];

		diff_give(world, date, -1, &at);
		code = diff_value(world, pair, 0, &values[0]);
		if (!code)
			code = diff_value(world, pair, 1, &values[1]);
		*same = !feel_is_open(&values[0]) &&
			!feel_is_open(&values[1]) &&
			feel_same(&values[0], &values[1]);
	}
	diff_take(world, date, -1);
	for (int side = 0; side < 2; side++)
		dmn_listen(world->desks[side].evaluator,
			&world->desks[side].listener);
	return code;
}

/*
 * What hangs on one date is the same on each day of the range: found out once,
 * for all cells. Only while the date itself is not given.
 */
static enum shk_code same_days(
	struct diff_world *world, uint32_t pair, bool *same)
{
	struct diff_pair *it = &world->pairs[pair];
	uint32_t date;
	enum shk_code code;

	*same = it->days > 0;
	if (it->days != 0 || !date_alone(world, pair, &date) ||
		diff_is_given(world, date, 0) || diff_is_given(world, date, 1))
		return SHK_OK;
	code = days_compare(world, pair, date, same);
	it->days = *same ? 1 : -1;
	world->days_used = world->days_used || *same;
	return code;
}

static enum shk_code relate_open(
	struct diff_world *world, uint32_t pair, enum diff_relation *relation)
{
	const struct diff_pair *it = &world->pairs[pair];
	const struct dmn_slot *slot =
		&world->desks[0].revision->graph->slots[it->slot[0]];
	bool equal = false;
	enum shk_code code = SHK_OK;

	if (it->own)
		code = all_equal(
			world, pair, diff_heard_whole(slot->text), &equal);
	else if (same_row(world, pair))
		code = all_equal(world, pair, true, &equal);
	if (!code && it->own && !equal)
		code = same_days(world, pair, &equal);
	*relation = equal ? DIFF_EQUAL : DIFF_OPEN;
	return code;
}

static enum shk_code relate(
	struct diff_world *world, uint32_t pair, enum diff_relation *relation)
{
	const struct diff_pair *it = &world->pairs[pair];
	struct feel_value values[2];
	enum shk_code code = SHK_OK;

	*relation = DIFF_EQUAL;
	if (it->same || world->marks[pair] == DIFF_MARK_EQUAL)
		return SHK_OK;
	*relation = DIFF_OPEN;
	for (int side = 0; side < 2 && !code; side++)
		code = diff_value(world, pair, side, &values[side]);
	if (code || it->slot[0] < 0 || it->slot[1] < 0)
		return code;
	if (!feel_is_open(&values[0]) && !feel_is_open(&values[1])) {
		*relation = feel_same(&values[0], &values[1]) ? DIFF_EQUAL
							      : DIFF_UNEQUAL;
		return SHK_OK;
	}
	if (diff_is_given(world, pair, 0) && diff_is_given(world, pair, 1))
		return SHK_OK;
	if (diff_slot(world, pair)->kind != DMN_DECISION) {
		*relation = DIFF_OTHER;
		return SHK_OK;
	}
	if (world->marks[pair] == DIFF_MARK_ROWS) {
		*relation = DIFF_OTHER;
		return SHK_OK;
	}
	return relate_open(world, pair, relation);
}

enum shk_code diff_relate(
	struct diff_world *world, uint32_t pair, enum diff_relation *relation)
{
	enum shk_code code = SHK_OK;

	*relation = (enum diff_relation)world->relations[pair];
	if (*relation != DIFF_UNTOLD)
		return SHK_OK;
	code = relate(world, pair, relation);
	world->relations[pair] = (uint8_t)*relation;
	return code;
}
