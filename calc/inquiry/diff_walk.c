/*
 * The cells of the decision space, one part of an answer at a time. A cell in
 * which the part is proved equal is done; one that nothing can split any more
 * differs; all others are split. The cells together are the whole space, so
 * that what is left over is equal everywhere: a proof, not a sample. On the
 * way back cells that differ in the same way become one region.
 */
#include <string.h>

#include "inquiry/diff.h"

enum verdict { VERDICT_SAME, VERDICT_OTHER, VERDICT_SPLIT };

struct walk {
	struct diff_world *world;
	bool joins; /* the part differs for reasons of its own */
	const struct diff_part *part;
	size_t cells;
	bool everywhere; /* of the last VERDICT_OTHER */
};

/* Values of a decision differ in a list but for nulls. */
static bool same_codes(const struct feel_value *a, const struct feel_value *b)
{
	size_t k = 0;

	if (a->type != FEEL_LIST || b->type != FEEL_LIST)
		return false;
	for (size_t i = 0; i < a->size; i++) {
		if (a->u.items[i].type == FEEL_NULL)
			continue;
		while (k < b->size && b->u.items[k].type == FEEL_NULL)
			k++;
		if (k == b->size || !feel_same(&a->u.items[i], &b->u.items[k]))
			return false;
		k++;
	}
	while (k < b->size && b->u.items[k].type == FEEL_NULL)
		k++;
	return k == b->size;
}

static enum shk_code codes_equal(struct walk *walk, uint32_t pair, bool *equal)
{
	struct feel_value values[2];
	enum shk_code code = SHK_OK;

	for (int side = 0; side < 2 && !code; side++)
		code = diff_value(walk->world, pair, side, &values[side]);
	*equal = !code && walk->part->caveats &&
		 same_codes(&values[0], &values[1]);
	return code;
}

/* One slot of the part: equal, or what to split, or other. */
static enum shk_code judge_pair(struct walk *walk, uint32_t pair,
	enum verdict *verdict, struct diff_split *split)
{
	enum diff_relation relation;
	bool equal = false;
	enum shk_code code = diff_relate(walk->world, pair, &relation);

	*verdict = VERDICT_SAME;
	if (code || relation == DIFF_EQUAL)
		return code;
	if (relation == DIFF_UNEQUAL) {
		code = codes_equal(walk, pair, &equal);
		*verdict = equal ? VERDICT_SAME : VERDICT_OTHER;
		walk->everywhere = true;
		return code;
	}
	*verdict = VERDICT_OTHER;
	walk->everywhere = false;
	if (relation != DIFF_OPEN)
		return SHK_OK;
	code = diff_pick(walk->world, pair, split);
	if (split->kind != DIFF_SPLIT_NONE)
		*verdict = VERDICT_SPLIT;
	return code;
}

static bool begins(const struct feel_value *word, const char *prefix)
{
	return word->type == FEEL_STRING && word->size > strlen(prefix) &&
	       memcmp(word->u.string, prefix, strlen(prefix)) == 0;
}

/* This word, or truth, says that the part is told. */
static bool tells(const struct walk *walk, const struct feel_value *value,
	const struct feel_value *yes)
{
	return feel_is_open(value) || feel_same(value, yes) ||
	       (walk->part->beside && begins(value, "undetermined:"));
}

/* A condition under which the part is told at all: false is the end. */
static enum shk_code judge_condition(struct walk *walk, uint32_t pair,
	const struct feel_value *yes, enum verdict *verdict,
	struct diff_split *split, bool *told)
{
	struct feel_value value;
	enum shk_code code = judge_pair(walk, pair, verdict, split);

	*told = *verdict == VERDICT_OTHER;
	if (code || *verdict != VERDICT_SAME)
		return code;
	code = diff_value(walk->world, pair, 1, &value);
	*told = tells(walk, &value, yes);
	return code;
}

/* Pairs whose values must differ here: where they are equal is elsewhere. */
static enum shk_code judge_apart(struct walk *walk, enum verdict *verdict,
	struct diff_split *split, bool *done)
{
	struct diff_world *world = walk->world;
	enum shk_code code = SHK_OK;

	*done = false;
	for (uint32_t i = 0; i < world->pair_count && !code && !*done; i++) {
		if (world->marks[i] != DIFF_MARK_APART)
			continue;
		code = judge_pair(walk, i, verdict, split);
		*done = *verdict != VERDICT_OTHER;
	}
	return code;
}

/* Where it is other, but may not be told: what tells is split first. */
static enum shk_code judge_told(struct walk *walk, uint32_t pair,
	enum verdict *verdict, struct diff_split *split)
{
	enum shk_code code;

	if (pair == RULEBOOK_NONE)
		return SHK_OK;
	code = diff_pick_value(walk->world, pair, split);
	if (split->kind != DIFF_SPLIT_NONE)
		*verdict = VERDICT_SPLIT;
	return code;
}

static enum shk_code judge_slots(
	struct walk *walk, enum verdict *verdict, struct diff_split *split)
{
	const struct diff_part *part = walk->part;
	enum verdict worst = VERDICT_SAME;
	bool everywhere = false;
	enum shk_code code = SHK_OK;

	for (size_t i = 0; i < part->slot_count && !code; i++) {
		code = judge_pair(walk, part->slots[i], verdict, split);
		if (*verdict == VERDICT_SPLIT)
			return code;
		if (*verdict == VERDICT_OTHER) {
			worst = VERDICT_OTHER;
			everywhere = everywhere || walk->everywhere;
		}
	}
	*verdict = worst;
	walk->everywhere = everywhere;
	return code;
}

/* Only where both say that rules contradict each other. */
static enum shk_code judge_conflict(struct walk *walk, uint32_t pair,
	enum verdict *verdict, struct diff_split *split, bool *told)
{
	struct feel_value value;
	enum shk_code code = diff_value(walk->world, pair, 1, &value);

	if (!code && feel_is_open(&value)) {
		code = diff_pick_value(walk->world, pair, split);
		if (split->kind != DIFF_SPLIT_NONE)
			*verdict = VERDICT_SPLIT;
		return code;
	}
	*told = begins(&value, "conflict:");
	return code;
}

/* Whether the decision applies: what is equal and false ends the cell. */
static enum shk_code judge_applies(struct walk *walk, enum verdict *verdict,
	struct diff_split *split, bool *told)
{
	struct diff_world *world = walk->world;
	const struct feel_value yes = feel_string("applicable", 10);
	uint32_t pair = walk->part->applicability;
	enum diff_relation relation;
	enum shk_code code;

	if (pair == RULEBOOK_NONE)
		return SHK_OK;
	code = diff_relate(world, pair, &relation);
	if (code)
		return code;
	if (world->marks[pair] == DIFF_MARK_JOINED) {
		struct feel_value value = yes;

		if (relation == DIFF_EQUAL)
			code = diff_value(world, pair, 1, &value);
		*told = relation != DIFF_UNEQUAL &&
			(feel_is_open(&value) || feel_same(&value, &yes));
		return code;
	}
	if (relation == DIFF_OPEN && walk->joins &&
		world->marks[pair] == DIFF_NO_MARK) {
		*verdict = VERDICT_SPLIT;
		return diff_pick_join(world, pair, split);
	}
	/* the answer says that it does not apply; the rest adds nothing */
	if (relation == DIFF_UNEQUAL &&
		(walk->part->caveats || walk->part->conflict)) {
		*told = false;
		return SHK_OK;
	}
	if (walk->part->conflict && relation == DIFF_EQUAL)
		return judge_conflict(walk, pair, verdict, split, told);
	code = judge_condition(walk, pair, &yes, verdict, split, told);
	if (relation == DIFF_UNEQUAL && walk->part->when != RULEBOOK_NONE)
		walk->everywhere = false; /* it may not be told on both sides */
	return code;
}

static enum shk_code judge_told_all(
	struct walk *walk, enum verdict *verdict, struct diff_split *split)
{
	uint32_t applies = walk->part->applicability;
	enum shk_code code = SHK_OK;

	if (applies != RULEBOOK_NONE &&
		walk->world->marks[applies] == DIFF_NO_MARK)
		code = judge_told(walk, applies, verdict, split);
	if (!code && *verdict == VERDICT_OTHER)
		code = judge_told(walk, walk->part->when, verdict, split);
	return code;
}

static enum shk_code judge(
	struct walk *walk, enum verdict *verdict, struct diff_split *split)
{
	const struct diff_part *part = walk->part;
	const struct feel_value yes = feel_boolean(true);
	bool told = true, done;
	enum shk_code code = judge_apart(walk, verdict, split, &done);

	if (code || done)
		return code;
	*verdict = VERDICT_SAME;
	code = judge_applies(walk, verdict, split, &told);
	if (code || !told || *verdict != VERDICT_SAME)
		return code;
	if (part->when != RULEBOOK_NONE)
		code = judge_condition(
			walk, part->when, &yes, verdict, split, &told);
	if (!code && told && *verdict == VERDICT_SAME)
		code = judge_slots(walk, verdict, split);
	if (code || *verdict != VERDICT_OTHER)
		return code;
	return judge_told_all(walk, verdict, split);
}

static enum shk_code region_add(struct diff_world *world,
	struct diff_regions *list, const struct diff_region *region)
{
	if (list->count == list->capacity) {
		size_t more = list->capacity ? 2 * list->capacity : 4;
		struct diff_region *grown =
			arena_zeroed(&world->arena, more, sizeof(*grown));

		if (!grown)
			return diag_memory(world->diag);
		if (list->count > 0)
			memcpy(grown, list->items,
				list->count * sizeof(*grown));
		list->items = grown;
		list->capacity = more;
	}
	list->items[list->count++] = *region;
	return SHK_OK;
}

static bool same_condition(
	const struct diff_condition *a, const struct diff_condition *b)
{
	return a->kind == b->kind && a->pair == b->pair && a->side == b->side &&
	       strcmp(a->text, b->text) == 0;
}

/* The conditions are the same; where they differ may be known better of one. */
bool diff_region_same(const struct diff_region *a, const struct diff_region *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++) {
		bool found = false;

		for (size_t k = 0; k < b->count && !found; k++)
			found = same_condition(
				&a->conditions[i], &b->conditions[k]);
		if (!found)
			return false;
	}
	return true;
}

/* The pieces in `chosen`, copied to where regions live. */
static enum shk_code pieces_keep(struct diff_world *world,
	const struct diff_split *split, const bool *chosen,
	struct diff_condition *condition)
{
	struct diff_piece *pieces =
		arena_zeroed(&world->arena, split->count + 1, sizeof(*pieces));
	bool kept = pieces != NULL;

	for (size_t i = 0; kept && i < split->count; i++) {
		struct diff_piece *to = &pieces[condition->piece_count];

		if (!chosen[i])
			continue;
		*to = split->pieces[i];
		kept = feel_copy(&world->arena, &split->pieces[i].value,
			       &to->value) &&
		       feel_copy(&world->arena, &split->pieces[i].range.low,
			       &to->range.low) &&
		       feel_copy(&world->arena, &split->pieces[i].range.high,
			       &to->range.high);
		condition->piece_count++;
	}
	condition->pieces = pieces;
	if (kept)
		condition->text = diff_piece_text(
			world, split->pair, pieces, condition->piece_count);
	return kept && condition->text ? SHK_OK : diag_memory(world->diag);
}

static enum shk_code condition_make(struct diff_world *world,
	const struct diff_split *split, const bool *chosen, size_t first,
	struct diff_condition *out)
{
	*out = (struct diff_condition){
		.kind = DIFF_IS, .pair = split->pair, .side = split->side
	};
	if (split->kind == DIFF_SPLIT_ROWS && first > 0) {
		out->kind = DIFF_HITS;
		out->rows[0] = split->rows[first][0];
		out->rows[1] = split->rows[first][1];
		out->text = diff_rows_text(world, split->pair, out->rows);
		return out->text ? SHK_OK : diag_memory(world->diag);
	}
	if ((split->kind == DIFF_SPLIT_APART ||
		    split->kind == DIFF_SPLIT_JOIN) &&
		first == split->count - 1) {
		out->kind = DIFF_APART;
		out->text = diff_apart_text(world, split->pair);
		return out->text ? SHK_OK : diag_memory(world->diag);
	}
	return pieces_keep(world, split, chosen, out);
}

/* `region` under one more condition. */
static enum shk_code region_within(struct diff_world *world,
	const struct diff_condition *condition, struct diff_region *region)
{
	struct diff_condition *all =
		arena_zeroed(&world->arena, region->count + 1, sizeof(*all));

	if (!all)
		return diag_memory(world->diag);
	all[0] = *condition;
	if (region->count > 0)
		memcpy(all + 1, region->conditions,
			region->count * sizeof(*all));
	region->conditions = all;
	region->count++;
	return SHK_OK;
}

/* Pieces that cannot be one with others in words. */
static bool stands_alone(const struct diff_split *split, size_t piece)
{
	return split->kind == DIFF_SPLIT_ROWS ||
	       split->kind == DIFF_SPLIT_JOIN ||
	       (split->kind == DIFF_SPLIT_APART && piece == split->count - 1);
}

/* That the decision applies to one side only follows from the rest. */
static bool goes_without_saying(const struct diff_split *split, size_t piece,
	const struct diff_region *region)
{
	return split->kind == DIFF_SPLIT_JOIN && piece > 0 && region->one_sided;
}

/* Regions of the pieces as regions of the whole. */
static enum shk_code merge(struct diff_world *world,
	const struct diff_split *split, struct diff_regions *lists,
	struct diff_regions *out)
{
	enum shk_code code = SHK_OK;

	for (size_t i = 0; i < split->count; i++)
		for (size_t r = 0; r < lists[i].count && !code; r++) {
			struct diff_region region = lists[i].items[r];
			struct diff_condition condition;
			bool chosen[DIFF_PIECES_MAX + 2] = { false };
			size_t count = 1;

			chosen[i] = true;
			for (size_t k = i + 1; k < split->count; k++)
				for (size_t s = 0; s < lists[k].count; s++) {
					struct diff_region *other =
						&lists[k].items[s];

					if (chosen[k] ||
						stands_alone(split, k) ||
						stands_alone(split, i) ||
						!diff_region_same(
							&region, other))
						continue;
					chosen[k] = true;
					count++;
					region.everywhere = region.everywhere &&
							    other->everywhere;
					lists[k].items[s] =
						lists[k].items
							[--lists[k].count];
				}
			if (count < split->count)
				code = condition_make(
					world, split, chosen, i, &condition);
			if (!code && count < split->count &&
				!goes_without_saying(split, i, &region))
				code = region_within(
					world, &condition, &region);
			if (!code)
				code = region_add(world, out, &region);
		}
	return code;
}

/* What a side had before a piece was given. */
struct before {
	bool given;
	struct feel_value value;
};

static enum shk_code piece_give(struct diff_world *world,
	const struct diff_split *split, size_t at, int side,
	const struct before *before)
{
	const struct diff_piece *piece = &split->pieces[at];
	struct feel_unknown *unknown;
	struct feel_value value = piece->value;

	if (piece->stretch) {
		unknown = arena_alloc(dmn_arena(world->desks[side].evaluator),
			sizeof(*unknown));
		if (!unknown)
			return diag_memory(world->diag);
		*unknown = *before->value.u.unknown;
		unknown->interval = piece->range;
		value = (struct feel_value){ .type = FEEL_UNKNOWN,
			.u = { .unknown = unknown } };
	}
	diff_give(world, split->pair, side, &value);
	return SHK_OK;
}

static enum shk_code walk_cell(
	struct walk *walk, unsigned depth, struct diff_regions *out);

/* One piece of a split: given or marked, walked, and taken back. */
static enum shk_code walk_piece(struct walk *walk, unsigned depth,
	const struct diff_split *split, size_t at, const struct before *before,
	struct diff_regions *out)
{
	struct diff_world *world = walk->world;
	bool marks = stands_alone(split, at);
	uint8_t mark = world->marks[split->pair];
	enum shk_code code = SHK_OK;

	if (marks && split->kind == DIFF_SPLIT_ROWS)
		world->marks[split->pair] =
			at == 0 ? DIFF_MARK_EQUAL : DIFF_MARK_ROWS;
	else if (marks)
		world->marks[split->pair] =
			split->kind == DIFF_SPLIT_JOIN && at == 0
				? DIFF_MARK_JOINED
				: DIFF_MARK_APART;
	for (int side = 0; side < 2 && !code && !marks; side++)
		if ((split->side < 0 || split->side == side) &&
			world->pairs[split->pair].slot[side] >= 0)
			code = piece_give(
				world, split, at, side, &before[side]);
	if (!code)
		code = walk_cell(walk, depth + 1, out);
	world->marks[split->pair] = mark;
	for (int side = 0; side < 2 && !marks; side++) {
		if (split->side >= 0 && split->side != side)
			continue;
		if (before[side].given)
			diff_give(
				world, split->pair, side, &before[side].value);
		else
			diff_take(world, split->pair, side);
	}
	return code;
}

static enum shk_code walk_split(struct walk *walk, unsigned depth,
	const struct diff_split *split, struct diff_regions *out)
{
	struct diff_world *world = walk->world;
	struct diff_regions *lists =
		arena_zeroed(&world->arena, split->count + 1, sizeof(*lists));
	struct before before[2];
	enum shk_code code = SHK_OK;

	if (!lists)
		return diag_memory(world->diag);
	for (int side = 0; side < 2 && !code; side++) {
		before[side].given = diff_is_given(world, split->pair, side);
		code = diff_value(
			world, split->pair, side, &before[side].value);
	}
	for (size_t i = 0; i < split->count && !code; i++)
		code = walk_piece(walk, depth, split, i, before, &lists[i]);
	return code ? code : merge(world, split, lists, out);
}

static enum shk_code walk_open(
	struct walk *walk, unsigned depth, struct diff_regions *out)
{
	struct diff_region region = { .count = 0 };
	enum verdict verdict = VERDICT_SAME;
	struct diff_split split = { .kind = DIFF_SPLIT_NONE };
	enum shk_code code;

	diff_cell_begin(walk->world);
	code = judge(walk, &verdict, &split);
	if (code || verdict == VERDICT_SAME)
		return code;
	if (verdict == VERDICT_SPLIT)
		return walk_split(walk, depth, &split, out);
	region.everywhere = walk->everywhere;
	if (walk->part->applicability != RULEBOOK_NONE) {
		enum diff_relation relation;

		code = diff_relate(
			walk->world, walk->part->applicability, &relation);
		region.one_sided = relation == DIFF_UNEQUAL;
	}
	return code ? code : region_add(walk->world, out, &region);
}

static enum shk_code walk_cell(
	struct walk *walk, unsigned depth, struct diff_regions *out)
{
	struct diff_world *world = walk->world;
	struct arena *arenas[2] = { dmn_arena(world->desks[0].evaluator),
		dmn_arena(world->desks[1].evaluator) };
	struct arena_mark marks[2] = { arena_mark(arenas[0]),
		arena_mark(arenas[1]) };
	enum shk_code code;

	if (depth >= DIFF_DEPTH_MAX || walk->cells >= SHK_DIFF_CELLS_MAX)
		world->overflow = true;
	if (world->overflow)
		return SHK_OK;
	walk->cells++;
	code = walk_open(walk, depth, out);
	for (int side = 0; side < 2; side++) {
		dmn_forget(world->desks[side].evaluator);
		arena_rewind(arenas[side], marks[side]);
	}
	return code;
}

/* Rules that differ are read by the part and not by what says it applies. */
static bool joins(const struct diff_world *world, const struct diff_part *part)
{
	uint8_t applies[DIFF_PAIRS_MAX] = { 0 }, reads[DIFF_PAIRS_MAX] = { 0 };

	if (part->applicability == RULEBOOK_NONE || part->conflict ||
		part->beside)
		return false;
	diff_closure_add(world, part->applicability, applies);
	for (size_t i = 0; i < part->slot_count; i++)
		diff_closure_add(world, part->slots[i], reads);
	for (uint32_t i = 0; i < world->pair_count; i++)
		if (reads[i] && !applies[i] && !world->pairs[i].own &&
			world->pairs[i].slot[0] >= 0 &&
			world->pairs[i].slot[1] >= 0)
			return true;
	return false;
}

enum shk_code diff_walk(struct diff_world *world, const struct diff_part *part,
	struct diff_regions *regions, size_t *cells)
{
	struct walk walk = {
		.world = world, .part = part, .joins = joins(world, part)
	};
	enum shk_code code;

	memset(world->marks, DIFF_NO_MARK, world->pair_count);
	world->overflow = false;
	code = walk_cell(&walk, 0, regions);
	*cells += walk.cells;
	return code;
}
