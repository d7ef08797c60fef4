/*
 * Two revisions side by side with nothing known but their constants. What is
 * given to an element is given by its pair, so that both revisions hear the
 * same; what each element read, which rows it reached and where comparisons
 * turned is kept until the next cell.
 */
#include <string.h>

#include "base/memory.h"
#include "inquiry/diff.h"

/* The decision that is running reads `slot`. */
static void on_read(struct diff_desk *desk, unsigned slot)
{
	if (desk->depth > 0 && desk->depth <= DIFF_STACK_MAX)
		feel_set_add(&desk->reads[desk->stack[desk->depth - 1]], slot);
}

static void on_event(void *context, const struct dmn_event *event)
{
	struct diff_desk *desk = context;

	switch (event->kind) {
	case DMN_READ:
	case DMN_AGAIN:
		on_read(desk, event->slot);
		break;
	case DMN_ENTER:
		on_read(desk, event->slot);
		desk->rows[event->slot].count = 0;
		/* what deeper ones read is not heard: there is no proof */
		if (desk->depth < DIFF_STACK_MAX)
			desk->stack[desk->depth] = event->slot;
		else
			desk->world->overflow = true;
		desk->depth++;
		break;
	case DMN_LEAVE:
		desk->depth--;
		break;
	case DMN_MACHINE:
		if (event->step->kind == FEEL_STEP_ROW) {
			desk->rows[event->slot].count++;
			desk->rows[event->slot].row = event->step->row;
		}
		break;
	}
}

/* Random products like to lie there. */
static void turn_keep(struct diff_world *world, num at)
{
	for (size_t i = 0; i < world->turn_count; i++)
		if (num_compare(world->turns[i], at) == 0)
			return;
	if (world->turn_count < DIFF_TURNS_MAX)
		world->turns[world->turn_count++] = at;
}

static void on_cut(void *context, unsigned slot, const struct feel_value *at)
{
	struct diff_desk *desk = context;
	struct diff_world *world = desk->world;
	uint32_t pair = desk->pairs[slot];

	for (size_t i = 0; i < world->cut_count; i++)
		if (world->cuts[i].pair == pair &&
			feel_same(&world->cuts[i].at, at))
			return;
	if (world->cut_count == DIFF_CUTS_MAX) {
		world->overflow = true;
		return;
	}
	if (at->type == FEEL_NUMBER)
		turn_keep(world, at->u.number);
	world->cuts[world->cut_count].pair = pair;
	world->cuts[world->cut_count++].at = *at;
}

static void constants_give(struct diff_world *world, int side)
{
	struct diff_desk *desk = &world->desks[side];
	size_t count = desk->revision->graph->slot_count;

	for (uint32_t i = 0; i < count; i++) {
		const struct rulebook_slot *slot = &desk->revision->slots[i];
		const struct rulebook_constant *constant;
		int at;

		if (slot->role != RULEBOOK_CONSTANT)
			continue;
		constant = &world->book->constants[slot->index];
		at = rulebook_value_at(constant, desk->revision->from);
		if (at >= 0)
			dmn_give(desk->evaluator, i,
				&constant->values[at].value, FEEL_NO_MARK);
	}
}

static enum shk_code desk_open(
	struct diff_world *world, int side, size_t revision, shk_diag *diag)
{
	struct diff_desk *desk = &world->desks[side];
	enum shk_code code;
	size_t slots;

	desk->world = world;
	desk->revision = &world->book->revisions[revision];
	if (!desk->revision->graph)
		return diag_set(diag, SHK_E_USAGE,
			"the rulebook was opened without revision %s",
			desk->revision->id);
	slots = desk->revision->graph->slot_count;
	desk->reads =
		arena_zeroed(&world->arena, slots + 1, sizeof(*desk->reads));
	desk->rows =
		arena_zeroed(&world->arena, slots + 1, sizeof(*desk->rows));
	desk->now = arena_zeroed(&world->arena, slots + 1, sizeof(*desk->now));
	desk->given =
		arena_zeroed(&world->arena, slots + 1, sizeof(*desk->given));
	if (!desk->reads || !desk->rows || !desk->now || !desk->given)
		return diag_memory(diag);
	code = dmn_evaluator_new(&desk->evaluator, desk->revision->graph, diag);
	if (!code)
		dmn_until(desk->evaluator, world->until);
	return code;
}

/*
 * A rule that is the same in both and in whose place a word or truth may be
 * given is a fact like another: whatever its own facts say, any value stands.
 */
static enum shk_code givens_give(struct diff_world *world)
{
	for (uint32_t i = 0; i < world->pair_count; i++) {
		const struct dmn_domain *domain = &diff_slot(world, i)->domain;
		struct feel_value value;

		if (!world->pairs[i].same || !diff_role(world, i)->given ||
			domain->list || domain->choice_count == 0)
			continue;
		for (int side = 0; side < 2; side++) {
			int slot = world->pairs[i].slot[side];
			enum shk_code code = dmn_unknown(
				&world->arena, (unsigned)slot, domain, &value);

			if (code)
				return diag_memory(world->diag);
			diff_give(world, i, side, &value);
		}
	}
	return SHK_OK;
}

enum shk_code diff_world_open(struct diff_world *world, shk_diag *diag)
{
	enum shk_code code = desk_open(world, 0, world->before, diag);

	world->diag = diag;
	if (!code)
		code = desk_open(world, 1, world->after, diag);
	if (!code)
		code = diff_pairs_make(world);
	if (code)
		return code;
	world->relations = arena_zeroed(&world->arena, world->pair_count, 1);
	world->marks = arena_zeroed(&world->arena, world->pair_count, 1);
	world->visited = arena_zeroed(&world->arena, world->pair_count, 1);
	if (!world->relations || !world->marks || !world->visited)
		return diag_memory(diag);
	for (int side = 0; side < 2; side++) {
		struct diff_desk *desk = &world->desks[side];

		desk->listener = (struct dmn_listener){
			.context = desk, .cut = on_cut, .event = on_event
		};
		dmn_listen(desk->evaluator, &desk->listener);
		constants_give(world, side);
	}
	return givens_give(world);
}

void diff_world_close(struct diff_world *world)
{
	for (int side = 0; side < 2; side++)
		dmn_evaluator_free(world->desks[side].evaluator);
	arena_release(&world->arena);
}

void diff_cell_begin(struct diff_world *world)
{
	for (int side = 0; side < 2; side++) {
		struct diff_desk *desk = &world->desks[side];
		size_t slots = desk->revision->graph->slot_count;

		dmn_forget(desk->evaluator);
		memset(desk->reads, 0, slots * sizeof(*desk->reads));
		memset(desk->rows, 0, slots * sizeof(*desk->rows));
		desk->depth = 0;
	}
	memset(world->relations, DIFF_UNTOLD, world->pair_count);
	world->cut_count = 0;
}

enum shk_code diff_value(struct diff_world *world, uint32_t pair, int side,
	struct feel_value *out)
{
	int slot = world->pairs[pair].slot[side];

	*out = FEEL_NULL_VALUE;
	if (slot < 0)
		return SHK_OK;
	return dmn_evaluate(world->desks[side].evaluator, (unsigned)slot, out,
		NULL, world->diag);
}

void diff_give(struct diff_world *world, uint32_t pair, int side,
	const struct feel_value *value)
{
	for (int i = 0; i < 2; i++) {
		int slot = world->pairs[pair].slot[i];
		struct diff_desk *desk = &world->desks[i];

		if (slot < 0 || (side >= 0 && side != i))
			continue;
		desk->given[slot] = true;
		desk->now[slot] = *value;
		dmn_give(desk->evaluator, (unsigned)slot, value, FEEL_NO_MARK);
	}
}

void diff_take(struct diff_world *world, uint32_t pair, int side)
{
	for (int i = 0; i < 2; i++) {
		int slot = world->pairs[pair].slot[i];
		struct diff_desk *desk = &world->desks[i];

		if (slot < 0 || (side >= 0 && side != i))
			continue;
		desk->given[slot] = false;
		dmn_take(desk->evaluator, (unsigned)slot);
	}
}

const struct rulebook_slot *diff_role(
	const struct diff_world *world, uint32_t pair)
{
	int side = world->pairs[pair].slot[1] >= 0 ? 1 : 0;

	return &world->desks[side]
			.revision->slots[world->pairs[pair].slot[side]];
}

const struct dmn_slot *diff_slot(const struct diff_world *world, uint32_t pair)
{
	int side = world->pairs[pair].slot[1] >= 0 ? 1 : 0;

	return &world->desks[side]
			.revision->graph->slots[world->pairs[pair].slot[side]];
}

bool diff_is_given(const struct diff_world *world, uint32_t pair, int side)
{
	int slot = world->pairs[pair].slot[side];

	return slot >= 0 && world->desks[side].given[slot];
}
