/*
 * Cases. The known facts, and only they, are split into cells in which no
 * comparison with them turns, also where it turns only once another fact has
 * its value; each cell is one case. A case is decided when one outcome is left
 * with everything else split, or when the answer hangs on known facts alone (a
 * price that moves with a known number). No case is called decided that is
 * not; where shapes are too wide for a proof a decided case may be missed.
 */
#include "inquiry/narrow.h"

#include <string.h>

#include "price/cells.h"

struct narrowed {
	struct question *question;
	struct explorer *explorer;
	struct feel_set known; /* slots */
	bool first;
	struct narrowing *found;
	struct dmn_listener listener;
	size_t cut_count; /* of known slots, while the others are split */
	struct {
		uint32_t slot;
		struct feel_value at;
	} cuts[EXPLORE_CUTS_MAX];
};

static void on_cut(void *context, unsigned slot, const struct feel_value *at)
{
	struct narrowed *narrowed = context;
	struct explorer *explorer = narrowed->explorer;

	explorer->listener.cut(explorer->listener.context, slot, at);
	if (!feel_set_has(&narrowed->known, slot))
		return;
	for (size_t i = 0; i < narrowed->cut_count; i++)
		if (narrowed->cuts[i].slot == slot &&
			feel_same(&narrowed->cuts[i].at, at))
			return;
	if (narrowed->cut_count == EXPLORE_CUTS_MAX)
		return;
	narrowed->cuts[narrowed->cut_count].slot = slot;
	narrowed->cuts[narrowed->cut_count++].at = *at;
}

static void put(struct narrowed *narrowed, uint32_t slot,
	const struct feel_value *value)
{
	struct price_fact *fact = &narrowed->explorer->facts[slot];

	fact->value = *value;
	dmn_give(narrowed->explorer->evaluator, slot, &fact->value, fact->mark);
}

/* The numbers of a set, if it holds nothing else and they are bounded. */
static bool bounds_of(const struct outcome_set *set, num *low, num *high)
{
	for (size_t i = 0; i < set->count; i++) {
		const struct outcome *item = &set->items[i];
		const struct feel_value *from =
			item->interval ? &item->range.low : &item->value;
		const struct feel_value *to =
			item->interval ? &item->range.high : &item->value;

		if (item->status != SHK_DETERMINED ||
			from->type != FEEL_NUMBER || to->type != FEEL_NUMBER)
			return false;
		if (i == 0 || num_compare(from->u.number, *low) < 0)
			*low = from->u.number;
		if (i == 0 || num_compare(to->u.number, *high) > 0)
			*high = to->u.number;
	}
	return set->count > 0 && !set->anything;
}

/* A case with that left. */
static void take(struct narrowing *found, const struct outcome_set *set)
{
	size_t left = set->anything ? 0 : set->count;
	num low, high, width;

	if (outcome_decided(set)) {
		found->lucky = true;
	} else {
		found->decides = false;
		for (size_t i = 0; i < set->count; i++)
			if (set->items[i].interval)
				left = 0;
		if (left == 0 || (found->left > 0 && left > found->left))
			found->left = left;
	}
	if (!bounds_of(set, &low, &high)) {
		found->numbers = false;
		return;
	}
	width = num_subtract(high, low, NULL);
	if (num_compare(width, found->width) > 0)
		found->width = width;
}

/* A case in which the answer hangs on known facts alone. */
static void take_known(struct narrowing *found)
{
	found->lucky = true;
}

static bool is_past(struct narrowed *narrowed, unsigned depth)
{
	struct explorer *explorer = narrowed->explorer;

	if (explorer->evaluations >= EXPLORE_EVALUATIONS_MAX ||
		depth >= EXPLORE_DEPTH_MAX)
		narrowed->found->stopped = true;
	if (narrowed->found->stopped)
		narrowed->found->decides = false;
	return narrowed->found->stopped ||
	       (narrowed->first && !narrowed->found->decides);
}

static enum shk_code cases(struct narrowed *narrowed, unsigned depth);

static enum shk_code cases_of(struct narrowed *narrowed, unsigned depth,
	uint32_t slot, const struct cell *cells, size_t count)
{
	struct feel_value before = narrowed->explorer->facts[slot].value;
	enum shk_code code = SHK_OK;

	for (size_t i = 0; i < count && !code; i++) {
		if (cells[i].outside)
			continue;
		put(narrowed, slot, &cells[i].value);
		code = cases(narrowed, depth + 1);
	}
	put(narrowed, slot, &before);
	return code;
}

/* The next known fact that can be split, words before numbers. */
static enum shk_code pick(struct narrowed *narrowed,
	const struct feel_set *among, uint32_t *slot, struct cell **cells,
	size_t *count)
{
	struct explorer *explorer = narrowed->explorer;

	*slot = RULEBOOK_NONE;
	for (int finite = 1; finite >= 0; finite--) {
		FOR_SLOTS(i, among)
		{
			const struct feel_value *now =
				&explorer->facts[i].value;
			enum shk_code code;

			if (!feel_set_has(&narrowed->known, i) ||
				now->type != FEEL_UNKNOWN ||
				(now->u.unknown->shape != FEEL_INTERVAL) !=
					(finite != 0))
				continue;
			code = cells_make(
				explorer, i, now, false, cells, count);
			if (code)
				return code;
			if (*count == 0)
				continue;
			*slot = i;
			return SHK_OK;
		}
	}
	return SHK_OK;
}

static bool only_known(
	const struct narrowed *narrowed, const struct feel_set *reasons)
{
	FOR_SLOTS(i, reasons)
	if (narrowed->explorer->facts[i].open)
		return false;
	return true;
}

/* Everything else split; where that finds the known ones turning, go on. */
static enum shk_code leaf(struct narrowed *narrowed, unsigned depth)
{
	struct explorer *explorer = narrowed->explorer;
	struct outcome_set set;
	struct cell *cells;
	enum shk_code code;
	uint32_t slot;
	size_t count = 0;

	narrowed->cut_count = 0;
	code = explore_outcomes(explorer, &narrowed->question->target, &set);
	if (code)
		return code;
	narrowed->found->stopped |= explorer->exhausted;
	if (!outcome_decided(&set) && !narrowed->found->stopped) {
		explorer->cut_count = narrowed->cut_count;
		for (size_t i = 0; i < narrowed->cut_count; i++) {
			explorer->cuts[i].slot = narrowed->cuts[i].slot;
			explorer->cuts[i].at = narrowed->cuts[i].at;
		}
		code = pick(narrowed, &narrowed->known, &slot, &cells, &count);
		if (!code && count > 0)
			return cases_of(narrowed, depth, slot, cells, count);
	}
	if (!code)
		take(narrowed->found, &set);
	return code;
}

static enum shk_code case_on(struct narrowed *narrowed, unsigned depth)
{
	struct explorer *explorer = narrowed->explorer;
	struct outcome_set set;
	struct feel_set reasons;
	struct cell *cells;
	enum shk_code code;
	uint32_t slot;
	size_t count;

	explorer->target = narrowed->question->target;
	code = explore_evaluate(explorer, &set, &reasons);
	if (code)
		return code;
	if (outcome_decided(&set)) {
		take(narrowed->found, &set);
		return SHK_OK;
	}
	code = pick(narrowed, &reasons, &slot, &cells, &count);
	if (code)
		return code;
	if (slot != RULEBOOK_NONE)
		return cases_of(narrowed, depth, slot, cells, count);
	if (!feel_set_empty(&reasons) && only_known(narrowed, &reasons)) {
		take_known(narrowed->found);
		return SHK_OK;
	}
	return leaf(narrowed, depth);
}

/* What was allocated on the way is given back. */
static enum shk_code cases(struct narrowed *narrowed, unsigned depth)
{
	struct arena *arena = dmn_arena(narrowed->explorer->evaluator);
	struct arena_mark mark = arena_mark(arena);
	enum shk_code code;

	if (is_past(narrowed, depth))
		return SHK_OK;
	code = case_on(narrowed, depth);
	dmn_forget(narrowed->explorer->evaluator);
	arena_rewind(arena, mark);
	return code;
}

/* The record says the known ones, as far as their presence goes. */
static void put_presence(struct question *question,
	const struct narrow_names *names, uint64_t known)
{
	for (size_t i = 0; i < names->count; i++) {
		int field = names->items[i].field;
		struct record_value *value;

		if (field < 0)
			continue;
		value = &question->record.values[field];
		*value = question->original->values[field];
		if (known >> i & 1 && value->state == RECORD_UNKNOWN)
			value->state = RECORD_KNOWN;
	}
}

/* Loaded with a value that stood for any: now it is any. */
static void open_field(struct question *question, int field)
{
	struct desk *desk = question->job.desk;
	uint32_t slot = field < 0 ? RULEBOOK_NONE : desk->field_slots[field];

	if (slot == RULEBOOK_NONE ||
		question->original->values[field].state != RECORD_UNKNOWN)
		return;
	desk->facts[slot].given = true;
	desk->facts[slot].value = desk->unknowns[slot];
	dmn_give(desk->evaluator, slot, &desk->facts[slot].value, FEEL_NO_MARK);
}

/* The slots that `name` stands for are known: not for others to split. */
static void close_slots(
	struct question *question, const char *name, struct feel_set *slots)
{
	struct desk *desk = question->job.desk;
	const struct rulebook_bound *bound =
		&desk->revision->bound[question->decision];

	FOR_SLOTS(i, &bound->reached)
	{
		if (desk->facts[i].value.type != FEEL_UNKNOWN ||
			strcmp(desk->revision->slots[i].reported_as, name) != 0)
			continue;
		feel_set_add(slots, i);
		desk->facts[i].open = false;
	}
}

/* Load the facts with the known ones given, but any value possible. */
static enum shk_code load(struct question *question,
	const struct narrow_names *names, uint64_t known,
	struct feel_set *slots)
{
	enum shk_code code;

	put_presence(question, names, known);
	code = facts_load(&question->job);
	put_presence(question, names, 0);
	for (size_t i = 0; i < names->count && !code; i++)
		if (known >> i & 1)
			open_field(question, names->items[i].field);
	if (!code)
		code = facts_open(&question->job, question->decision);
	for (size_t i = 0; i < names->count && !code; i++)
		if (known >> i & 1)
			close_slots(question, names->items[i].name, slots);
	return code;
}

enum shk_code narrow(struct question *question,
	const struct narrow_names *names, uint64_t known, bool first,
	struct narrowing *found)
{
	struct narrowed *narrowed =
		arena_zeroed(&question->arena, 1, sizeof(*narrowed));
	enum shk_code code;

	*found = (struct narrowing){
		.decides = true, .left = 1, .numbers = true, .width = NUM_ZERO
	};
	if (!narrowed)
		return diag_memory(question->job.diag);
	narrowed->question = question;
	narrowed->explorer = &question->job.desk->explorer;
	narrowed->first = first;
	narrowed->found = found;
	code = load(question, names, known, &narrowed->known);
	if (code)
		return code;
	explore_begin(narrowed->explorer, question->job.diag);
	explore_listen(narrowed->explorer, true);
	narrowed->listener =
		(struct dmn_listener){ .context = narrowed, .cut = on_cut };
	dmn_listen(narrowed->explorer->evaluator, &narrowed->listener);
	code = cases(narrowed, 0);
	explore_listen(narrowed->explorer, false);
	question->evaluations += narrowed->explorer->evaluations;
	return code;
}

static void add_name(
	struct question *question, struct narrow_names *names, uint32_t slot)
{
	const struct desk *desk = question->job.desk;
	const char *name = desk->revision->slots[slot].reported_as;

	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->items[i].name, name) == 0)
			return;
	if (names->count == NARROW_NAMES_MAX) {
		names->dropped = true;
		return;
	}
	names->items[names->count++] = (struct narrow_name){ .name = name,
		.slot = slot,
		.field = record_field_find(
			question->pricer->schema, text_of(name)) };
}

enum shk_code narrow_find(struct question *question, struct narrow_names *names)
{
	struct desk *desk = question->job.desk;
	struct explorer *explorer = &desk->explorer;
	struct feel_set seen;
	struct outcome_set set;
	enum shk_code code;

	names->count = 0;
	names->dropped = false;
	explore_begin(explorer, question->job.diag);
	explore_listen(explorer, true);
	code = explore_outcomes(explorer, &question->target, &set);
	seen = explorer->seen;
	FOR_SLOTS(i, &seen)
	{
		bool decides = false;

		if (code || !desk->facts[i].open)
			continue;
		explore_begin(explorer, question->job.diag);
		code = explore_slot(explorer, &question->target, i, &decides);
		if (decides)
			add_name(question, names, i);
	}
	explore_listen(explorer, false);
	dmn_forget(desk->evaluator);
	return code;
}
