/*
 * Elements of the two revisions by name. A pair is the same when kind, type
 * and logic agree text by text and so does everything that it can read, down
 * to the facts: whatever the facts are, both then have one value. That is
 * decided once, without evaluating anything.
 */
#include <string.h>

#include "dmn/same.h"
#include "inquiry/diff.h"

_Static_assert(DIFF_PAIRS_MAX >= 2 * FEEL_SLOTS_MAX,
	"no slot of either graph is in more than one pair");

enum { SAME_UNTOLD, SAME_RUNNING, SAME_YES, SAME_NO };

static int slot_of(const struct diff_world *world, int side, struct text name)
{
	return dmn_slot_find(world->desks[side].revision->graph, name);
}

/* One value of the constant, whichever day of the revision it is. */
static const struct feel_value *steady(
	const struct diff_world *world, size_t revision, uint32_t index)
{
	const struct rulebook_constant *constant =
		&world->book->constants[index];
	const struct rulebook_revision *all = world->book->revisions;
	int at = rulebook_value_at(constant, all[revision].from);

	if (at < 0)
		return NULL;
	if ((size_t)at + 1 < constant->value_count &&
		(revision + 1 == world->book->revision_count ||
			constant->values[at + 1].from < all[revision + 1].from))
		return NULL;
	return &constant->values[at].value;
}

static bool same_constant(const struct diff_world *world, uint32_t index)
{
	const struct feel_value *a = steady(world, world->before, index);
	const struct feel_value *b = steady(world, world->after, index);

	return a && b && feel_same(a, b);
}

static const struct rulebook_slot *role_on(
	const struct diff_world *world, uint32_t pair, int side)
{
	return &world->desks[side]
			.revision->slots[world->pairs[pair].slot[side]];
}

static bool same_own(const struct diff_world *world, uint32_t pair)
{
	const struct diff_pair *it = &world->pairs[pair];
	const struct rulebook_slot *a, *b;

	if (it->slot[0] < 0 || it->slot[1] < 0)
		return false;
	a = role_on(world, pair, 0);
	b = role_on(world, pair, 1);
	if (a->role != b->role)
		return false;
	if (a->role == RULEBOOK_CONSTANT)
		return a->index == b->index && same_constant(world, a->index);
	return dmn_same_logic(world->desks[0].revision->graph,
		(unsigned)it->slot[0], world->desks[1].revision->graph,
		(unsigned)it->slot[1]);
}

static bool same_whole(
	const struct diff_world *world, uint32_t pair, uint8_t *told);

static bool same_needs(
	const struct diff_world *world, uint32_t pair, uint8_t *told)
{
	bool same = true;

	for (int side = 0; side < 2 && same; side++) {
		const struct diff_desk *desk = &world->desks[side];
		int slot = world->pairs[pair].slot[side];
		const struct dmn_slot *it = &desk->revision->graph->slots[slot];
		const struct rulebook_slot *role = &desk->revision->slots[slot];

		FOR_SLOTS(i, &it->needs)
		same = same && same_whole(world, desk->pairs[i], told);
		if (role->role != RULEBOOK_AUXILIARY)
			continue;
		if (role->low_of != RULEBOOK_NONE)
			same = same && same_whole(world,
					       desk->pairs[role->low_of], told);
		if (role->high_of != RULEBOOK_NONE)
			same = same &&
			       same_whole(
				       world, desk->pairs[role->high_of], told);
	}
	return same;
}

static bool same_whole(
	const struct diff_world *world, uint32_t pair, uint8_t *told)
{
	const struct diff_pair *it = &world->pairs[pair];
	bool fact;

	if (told[pair] == SAME_UNTOLD) {
		told[pair] = SAME_RUNNING;
		/* a fact has one value, whatever its types allow */
		fact = it->slot[0] >= 0 && it->slot[1] >= 0 &&
		       role_on(world, pair, 0)->role == RULEBOOK_FACT &&
		       role_on(world, pair, 1)->role == RULEBOOK_FACT;
		told[pair] = (fact || it->own) && same_needs(world, pair, told)
				     ? SAME_YES
				     : SAME_NO;
	}
	return told[pair] == SAME_YES;
}

static void field_marks(struct diff_world *world)
{
	for (uint32_t i = 0; i < world->pair_count; i++) {
		struct text name = diff_slot(world, i)->name;
		int field = record_field_find(world->schema, name);

		if (field < 0)
			continue;
		world->pairs[i].whole =
			world->schema->fields[field].type == RECORD_INT;
		world->pairs[i].none =
			world->schema->fields[field].none_allowed &&
			world->schema->fields[field].type != RECORD_LIST;
	}
}

static void pair_add(struct diff_world *world, int before, int after,
	uint32_t *const pairs[2])
{
	uint32_t at = (uint32_t)world->pair_count++;

	world->pairs[at].slot[0] = before;
	world->pairs[at].slot[1] = after;
	if (before >= 0)
		pairs[0][before] = at;
	if (after >= 0)
		pairs[1][after] = at;
}

enum shk_code diff_pairs_make(struct diff_world *world)
{
	const struct dmn_graph *graphs[2] = { world->desks[0].revision->graph,
		world->desks[1].revision->graph };
	uint32_t *pairs[2];
	uint8_t *told;

	for (int side = 0; side < 2; side++)
		pairs[side] = arena_zeroed(&world->arena,
			graphs[side]->slot_count + 1, sizeof(**pairs));
	world->pairs = arena_zeroed(
		&world->arena, DIFF_PAIRS_MAX, sizeof(*world->pairs));
	told = arena_zeroed(&world->arena, DIFF_PAIRS_MAX, 1);
	if (!pairs[0] || !pairs[1] || !world->pairs || !told)
		return diag_memory(world->diag);
	world->desks[0].pairs = pairs[0];
	world->desks[1].pairs = pairs[1];
	for (size_t i = 0; i < graphs[0]->slot_count; i++)
		pair_add(world, (int)i,
			slot_of(world, 1, graphs[0]->slots[i].name), pairs);
	for (size_t i = 0; i < graphs[1]->slot_count; i++)
		if (slot_of(world, 0, graphs[1]->slots[i].name) < 0)
			pair_add(world, -1, (int)i, pairs);
	for (uint32_t i = 0; i < world->pair_count; i++)
		world->pairs[i].own = same_own(world, i);
	for (uint32_t i = 0; i < world->pair_count; i++)
		world->pairs[i].same = same_whole(world, i, told);
	field_marks(world);
	return SHK_OK;
}

uint32_t diff_pair_find(const struct diff_world *world, const char *name)
{
	for (int side = 0; side < 2; side++) {
		int slot = slot_of(world, side, text_of(name));

		if (slot >= 0)
			return world->desks[side].pairs[slot];
	}
	return RULEBOOK_NONE;
}

void diff_closure_add(
	const struct diff_world *world, uint32_t pair, uint8_t *set)
{
	if (set[pair])
		return;
	set[pair] = 1;
	for (int side = 0; side < 2; side++) {
		const struct diff_desk *desk = &world->desks[side];
		int slot = world->pairs[pair].slot[side];

		if (slot < 0)
			continue;
		FOR_SLOTS(i, &desk->revision->graph->slots[slot].needs)
		diff_closure_add(world, desk->pairs[i], set);
	}
}

bool diff_is_steady(const struct diff_world *world, uint32_t pair)
{
	bool is = true;

	for (int side = 0; side < 2; side++)
		if (world->pairs[pair].slot[side] >= 0)
			is = is &&
			     steady(world, side ? world->after : world->before,
				     role_on(world, pair, side)->index);
	return is;
}
