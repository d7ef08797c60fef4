/*
 * The explorer. It evaluates with everything unknown first; only where that
 * leaves the answer open does it split a fact and go on inside each cell, so
 * that facts which do not matter are never split.
 */
#include "price/explore.h"

#include <string.h>

#include "price/cells.h"
#include "price/pricer.h"

void explore_cut(
	struct explorer *explorer, unsigned slot, const struct feel_value *at)
{
	for (size_t i = 0; i < explorer->cut_count; i++)
		if (explorer->cuts[i].slot == slot &&
			feel_same(&explorer->cuts[i].at, at))
			return;
	if (explorer->cut_count == EXPLORE_CUTS_MAX) {
		explorer->exhausted = true;
		return;
	}
	explorer->cuts[explorer->cut_count].slot = slot;
	explorer->cuts[explorer->cut_count++].at = *at;
}

static void on_cut(void *context, unsigned slot, const struct feel_value *at)
{
	explore_cut(context, slot, at);
}

void explore_listen(struct explorer *explorer, bool on)
{
	explorer->listener =
		(struct dmn_listener){ .context = explorer, .cut = on_cut };
	dmn_listen(explorer->evaluator, on ? &explorer->listener : NULL);
}

/* One word of applicability: an outcome, or true for "applicable". */
static enum shk_code word_says(struct explorer *explorer,
	const struct feel_value *word, struct outcome_set *set, bool *may)
{
	enum shk_status status;
	const char *reason;

	if (!applicability_status(
		    dmn_arena(explorer->evaluator), word, &status, &reason))
		return diag_memory(explorer->diag);
	if (status == SHK_DETERMINED)
		*may = true;
	else if (status == SHK_ERROR)
		outcome_add_value(set, &(struct feel_value){ 0 }, NULL, 0);
	else
		outcome_add_status(set, status, reason);
	return SHK_OK;
}

/* What a known or open word of applicability says. */
static enum shk_code may_apply(struct explorer *explorer,
	const struct feel_value *value, struct outcome_set *set, bool *may)
{
	uint32_t slot = explorer->target.applicability;
	const struct dmn_domain *domain =
		&explorer->revision->graph->slots[slot].domain;
	const struct feel_value *words = value;
	size_t count = 1;
	enum shk_code code = SHK_OK;

	*may = false;
	if (value->type == FEEL_UNKNOWN) {
		bool choice = value->u.unknown->shape == FEEL_CHOICE;

		words = choice ? value->u.unknown->choices : domain->choices;
		count = choice ? value->u.unknown->choice_count
			       : domain->choice_count;
		if (count == 0)
			*may = set->anything = true;
	}
	for (size_t i = 0; i < count && !code; i++)
		code = word_says(explorer, &words[i], set, may);
	return code;
}

enum shk_code explore_read(struct explorer *explorer, uint32_t slot,
	struct feel_value *value, struct feel_set *reasons)
{
	enum shk_code code = dmn_evaluate(explorer->evaluator, slot, value,
		&explorer->path, explorer->diag);

	if (!code)
		feel_reasons(value, reasons);
	return code;
}

/* False where the output is known not to apply. */
static enum shk_code conditions(struct explorer *explorer,
	struct outcome_set *set, struct feel_set *reasons, bool *may)
{
	const struct explore_target *target = &explorer->target;
	struct feel_value value;
	enum shk_code code;

	*may = true;
	if (target->applicability != RULEBOOK_NONE) {
		code = explore_read(
			explorer, target->applicability, &value, reasons);
		if (!code)
			code = may_apply(explorer, &value, set, may);
		if (code)
			return code;
	}
	if (!*may || target->when == RULEBOOK_NONE)
		return SHK_OK;
	code = explore_read(explorer, target->when, &value, reasons);
	if (code)
		return code;
	*may = value.type == FEEL_UNKNOWN ||
	       (value.type == FEEL_BOOLEAN && value.u.boolean);
	if (value.type == FEEL_UNKNOWN || !*may)
		outcome_add_status(set, SHK_NOT_APPLICABLE, "condition_false");
	return SHK_OK;
}

/* Null is the row of what does not apply: its status says so. */
static void drop_null(struct outcome_set *values)
{
	for (size_t i = values->count; i > 0; i--)
		if (!values->items[i - 1].interval &&
			values->items[i - 1].value.type == FEEL_NULL)
			values->items[i - 1] = values->items[--values->count];
}

enum shk_code explore_look(struct explorer *explorer, struct outcome_set *set,
	struct feel_set *reasons)
{
	const struct explore_target *target = &explorer->target;
	struct outcome_set values;
	struct feel_value value;
	enum shk_code code;
	bool may;

	code = conditions(explorer, set, reasons, &may);
	if (code || !may)
		return code;
	code = explore_read(explorer, target->slot, &value, reasons);
	if (code)
		return code;
	outcome_clear(&values);
	values.notes = explorer->notes;
	outcome_add_value(&values, &value, target->domain.choices,
		target->domain.choice_count);
	if (values.anything && target->domain.type == FEEL_NUMBER &&
		!target->domain.list)
		outcome_any_number(&values);
	if (set->count > 0)
		drop_null(&values);
	outcome_join(set, &values);
	return SHK_OK;
}

enum shk_code explore_evaluate(struct explorer *explorer,
	struct outcome_set *set, struct feel_set *reasons)
{
	const struct explore_question *question = explorer->target.question;
	enum shk_code code;

	outcome_clear(set);
	set->notes = explorer->notes;
	*reasons = (struct feel_set){ { 0 } };
	explorer->path = (struct dmn_marks){ { 0 } };
	explorer->cut_count = 0;
	explorer->evaluations++;
	dmn_forget(explorer->evaluator);
	code = question ? question->look(question->context, set, reasons)
			: explore_look(explorer, set, reasons);
	if (code || explorer->min_evidence >= EVIDENCE_WEAKEST ||
		evidence_of(explorer->revision, &explorer->path) <=
			explorer->min_evidence)
		return code;
	/* What it rests on is too weak to be told. */
	set->count = 0;
	set->anything = false;
	outcome_add_status(set, SHK_UNDETERMINED, "evidence_below_minimum");
	return SHK_OK;
}

static const struct feel_value *present(
	const struct explorer *explorer, uint32_t slot)
{
	return &explorer->facts[slot].value;
}

static void put(struct explorer *explorer, uint32_t slot,
	const struct feel_value *value)
{
	struct price_fact *fact = &explorer->facts[slot];

	fact->value = *value;
	dmn_give(explorer->evaluator, slot, &fact->value, fact->mark);
}

/* True when the slot can be split without looking for turning points. */
static bool is_finite(const struct explorer *explorer, uint32_t slot)
{
	const struct feel_value *now = present(explorer, slot);

	return now->type == FEEL_UNKNOWN &&
	       now->u.unknown->shape != FEEL_INTERVAL;
}

/*
 * The next fact to split among `reasons`, never `last`: words before numbers,
 * in the order of slots. RULEBOOK_NONE when none can be split.
 */
static enum shk_code pick(struct explorer *explorer,
	const struct feel_set *reasons, uint32_t last, uint32_t *slot,
	struct cell **cells, size_t *count)
{
	for (int finite = 1; finite >= 0; finite--) {
		FOR_SLOTS(i, reasons)
		{
			enum shk_code code;

			if (i == last || !explorer->facts[i].open ||
				is_finite(explorer, i) != (finite != 0))
				continue;
			code = cells_make(explorer, i, present(explorer, i),
				false, cells, count);
			if (code)
				return code;
			*slot = i;
			if (*count > 0)
				return SHK_OK;
		}
	}
	*slot = RULEBOOK_NONE;
	return SHK_OK;
}

static bool stop(struct explorer *explorer, unsigned depth)
{
	if (explorer->evaluations >= EXPLORE_EVALUATIONS_MAX ||
		depth >= EXPLORE_DEPTH_MAX)
		explorer->exhausted = true;
	return explorer->exhausted;
}

/* A leaf: its outcomes and the citations on its path are kept. */
static enum shk_code leaf(struct explorer *explorer,
	const struct outcome_set *set, const struct feel_set *reasons)
{
	if (explorer->leaf)
		explorer->leaf(explorer->leaf_context, set, reasons);
	dmn_marks_join(&explorer->marks, &explorer->path);
	return outcome_keep(&explorer->kept, explorer->sink, set)
		       ? SHK_OK
		       : diag_memory(explorer->diag);
}

/* Split all but the fact `last` and visit what is left of it at each leaf. */
struct way {
	uint32_t last; /* or RULEBOOK_NONE: leaves are outcomes */
	enum shk_code (*visit)(struct explorer *, uint32_t, unsigned);
};

static enum shk_code walk(
	struct explorer *explorer, const struct way *way, unsigned depth);

/*
 * Where a number was split goes into the shape of the search: two searches
 * with the same outcomes that turn at other points are not the same answer.
 */
static void shape_add(struct explorer *explorer, uint32_t slot,
	const struct cell *cells, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (cells[i].point && cells[i].at.type == FEEL_NUMBER)
			explorer->shape += (slot + 1) *
					   (num_hash(cells[i].at.u.number) | 1);
}

/* Each cell of `slot` in turn, all else split inside of it. */
static enum shk_code walk_cells(struct explorer *explorer,
	const struct way *way, unsigned depth, uint32_t slot,
	const struct cell *cells, size_t count)
{
	struct feel_value before = *present(explorer, slot);
	enum shk_code code = SHK_OK;

	shape_add(explorer, slot, cells, count);
	for (size_t i = 0; i < count && !code; i++) {
		if (cells[i].outside)
			continue;
		put(explorer, slot, &cells[i].value);
		code = walk(explorer, way, depth + 1);
	}
	put(explorer, slot, &before);
	return code;
}

static enum shk_code walk_on(
	struct explorer *explorer, const struct way *way, unsigned depth)
{
	struct outcome_set set;
	struct feel_set reasons;
	struct cell *cells;
	enum shk_code code;
	uint32_t slot;
	size_t count;

	code = explore_evaluate(explorer, &set, &reasons);
	if (code)
		return code;
	feel_set_join(&explorer->seen, &reasons);
	code = pick(explorer, &reasons, way->last, &slot, &cells, &count);
	if (code)
		return code;
	if (slot != RULEBOOK_NONE)
		return walk_cells(explorer, way, depth, slot, cells, count);
	if (!way->visit)
		return leaf(explorer, &set, &reasons);
	return feel_set_has(&reasons, way->last)
		       ? way->visit(explorer, way->last, depth)
		       : SHK_OK;
}

/* From here to every leaf. What was allocated on the way is given back. */
static enum shk_code walk(
	struct explorer *explorer, const struct way *way, unsigned depth)
{
	struct arena *arena = dmn_arena(explorer->evaluator);
	struct arena_mark mark = arena_mark(arena);
	enum shk_code code;

	if (stop(explorer, depth))
		return SHK_OK;
	code = walk_on(explorer, way, depth);
	dmn_forget(explorer->evaluator);
	arena_rewind(arena, mark);
	return code;
}

static const struct way to_outcomes = { .last = RULEBOOK_NONE };

void explore_begin(struct explorer *explorer, shk_diag *diag)
{
	explorer->diag = diag;
	explorer->evaluations = 0;
	explorer->flip_count = 0;
	arena_clear(&explorer->kept);
}

static void ask(struct explorer *explorer, const struct explore_target *target)
{
	explorer->target = *target;
	explorer->exhausted = false;
}

enum shk_code explore_outcomes(struct explorer *explorer,
	const struct explore_target *target, struct outcome_set *set)
{
	struct feel_set reasons;
	enum shk_code code;

	ask(explorer, target);
	explorer->sink = set;
	explorer->seen = (struct feel_set){ { 0 } };
	explorer->marks = (struct dmn_marks){ { 0 } };
	outcome_clear(set);
	set->notes = explorer->notes;
	code = walk(explorer, &to_outcomes, 0);
	if (code || !explorer->exhausted)
		return code;
	/* Too many cells: what one look at the whole says is never too few. */
	code = explore_evaluate(explorer, set, &reasons);
	feel_set_join(&explorer->seen, &reasons);
	explorer->marks = explorer->path;
	return code;
}

/* Outcomes with everything else split, `slot` being as it was put. */
static enum shk_code cell_outcomes(
	struct explorer *explorer, unsigned depth, struct outcome_set *set)
{
	struct outcome_set *sink = explorer->sink;
	enum shk_code code;

	outcome_clear(set);
	set->notes = explorer->notes;
	explorer->sink = set;
	code = walk(explorer, &to_outcomes, depth + 1);
	explorer->sink = sink;
	return code;
}

/* One interval and nothing else: a price that moves with the number. */
static bool moves(const struct outcome_set *set)
{
	return set->count == 1 && !set->anything && set->items[0].interval;
}

/* A moving price comes from or goes to the price on the point itself. */
static bool joins(const struct outcome_set *side, const struct outcome_set *on)
{
	const struct feel_range *range = &side->items[0].range;

	outcome_pin(side);
	outcome_pin(on);
	return moves(on) ||
	       (outcome_decided(on) &&
		       (feel_same(&range->low, &on->items[0].value) ||
			       feel_same(&range->high, &on->items[0].value)));
}

/* The rules say nothing there: no outcome, or only null. */
static bool silent(const struct outcome_set *set)
{
	for (size_t i = 0; i < set->count; i++)
		if (set->items[i].interval ||
			set->items[i].status != SHK_DETERMINED ||
			set->items[i].value.type != FEEL_NULL)
			return false;
	return true;
}

/*
 * `below` or `above` is NULL at the edge of the domain. Past an upper edge the
 * rules may still speak (a share above 100 percent is never a majority).
 */
static bool is_flip(const struct outcome_set *below,
	const struct outcome_set *on, const struct outcome_set *above)
{
	if (below && above && moves(below) && moves(above))
		return !joins(below, on) || !joins(above, on);
	return (below && !outcome_equal(below, on)) ||
	       (above && !silent(above) && !outcome_equal(on, above));
}

/* Remember that the outcome turns at `at` in some context. */
static void flip_add(
	struct explorer *explorer, uint32_t slot, const struct feel_value *at)
{
	for (size_t i = 0; i < explorer->flip_count; i++)
		if (explorer->flips[i].slot == slot &&
			feel_same(&explorer->flips[i].at, at))
			return;
	if (explorer->flip_count == EXPLORE_FLIPS_MAX) {
		explorer->exhausted = true;
		return;
	}
	explorer->flips[explorer->flip_count++] =
		(struct explore_flip){ .slot = slot, .at = *at };
}

/* Compare the outcomes of neighbouring cells in one context. */
static void compare(struct explorer *explorer, uint32_t slot,
	const struct cell *cells, size_t count, const struct outcome_set *sets,
	const uint64_t *shapes)
{
	const struct outcome_set *first = NULL;
	uint64_t shape = 0;

	for (size_t i = 0; i < count; i++) {
		const struct outcome_set *below = i > 0 ? &sets[i - 1] : NULL;
		const struct outcome_set *above =
			i + 1 < count ? &sets[i + 1] : NULL;

		if (!first && !cells[i].outside) {
			first = &sets[i];
			shape = shapes[i];
		}
		/* an outcome that is decided turns nowhere */
		if (!cells[i].outside &&
			(!outcome_equal(&sets[i], first) ||
				(shapes[i] != shape &&
					!outcome_decided(&sets[i]))))
			explorer->relevant = true;
		if (cells[i].point && is_flip(below, &sets[i], above))
			flip_add(explorer, slot, &cells[i].at);
	}
}

/* The outcomes of each cell of `slot`, everything else split. */
static enum shk_code cell_sets(struct explorer *explorer, uint32_t slot,
	const struct cell *cells, size_t count, unsigned depth,
	struct outcome_set **sets, uint64_t **shapes)
{
	struct arena *arena = dmn_arena(explorer->evaluator);
	struct feel_value before = *present(explorer, slot);
	enum shk_code code = SHK_OK;

	*sets = arena_alloc(arena, (count + 1) * sizeof(**sets));
	*shapes = arena_alloc(arena, (count + 1) * sizeof(**shapes));
	if (!*sets || !*shapes)
		return diag_memory(explorer->diag);
	for (size_t i = 0; i < count && !code; i++) {
		explorer->shape = 0;
		put(explorer, slot, &cells[i].value);
		code = cell_outcomes(explorer, depth, &(*sets)[i]);
		(*shapes)[i] = explorer->shape;
	}
	put(explorer, slot, &before);
	return code;
}

/* A leaf at which only `slot` is left to split. */
static enum shk_code visit_last(
	struct explorer *explorer, uint32_t slot, unsigned depth)
{
	struct outcome_set *sets;
	struct cell *cells;
	uint64_t *shapes;
	enum shk_code code;
	size_t count;

	code = cells_make(
		explorer, slot, present(explorer, slot), true, &cells, &count);
	if (code)
		return code;
	if (count == 0) {
		explorer->relevant = true;
		return SHK_OK;
	}
	code = cell_sets(explorer, slot, cells, count, depth, &sets, &shapes);
	if (!code)
		compare(explorer, slot, cells, count, sets, shapes);
	return code;
}

/*
 * Outcomes on both sides of the flips of `slot` from `first` on, over all
 * contexts: also those in which the point changes nothing.
 */
static enum shk_code flips_settle(
	struct explorer *explorer, uint32_t slot, size_t first)
{
	struct outcome_set *sets;
	struct cell *cells;
	uint64_t *shapes;
	enum shk_code code;
	size_t count;

	explorer->cut_count = 0;
	for (size_t i = first; i < explorer->flip_count; i++)
		explore_cut(explorer, slot, &explorer->flips[i].at);
	code = cells_make(
		explorer, slot, present(explorer, slot), true, &cells, &count);
	if (!code)
		code = cell_sets(
			explorer, slot, cells, count, 0, &sets, &shapes);
	for (size_t i = 0; i < count && !code; i++)
		for (size_t k = first; k < explorer->flip_count; k++) {
			struct explore_flip *flip = &explorer->flips[k];

			if (!cells[i].point ||
				!feel_same(&flip->at, &cells[i].at))
				continue;
			flip->below = i > 0 ? &sets[i - 1] : NULL;
			flip->on = &sets[i];
			flip->above = i + 1 < count ? &sets[i + 1] : NULL;
		}
	return code;
}

enum shk_code explore_slot(struct explorer *explorer,
	const struct explore_target *target, uint32_t slot, bool *relevant)
{
	const struct way way = { .last = slot, .visit = visit_last };
	size_t first = explorer->flip_count;
	enum shk_code code;

	ask(explorer, target);
	explorer->relevant = false;
	code = walk(explorer, &way, 0);
	if (!code && explorer->flip_count > first)
		code = flips_settle(explorer, slot, first);
	*relevant = explorer->relevant || explorer->exhausted;
	/* Half a search knows no flip for certain. */
	if (explorer->exhausted)
		explorer->flip_count = first;
	return code;
}

enum shk_code explore_alone(struct explorer *explorer,
	const struct explore_target *target, uint32_t slot, bool *alone)
{
	struct feel_value before = *present(explorer, slot);
	struct outcome_set set;
	struct feel_set reasons;
	struct cell *cells = NULL;
	enum shk_code code;
	size_t count = 0;

	ask(explorer, target);
	code = explore_evaluate(explorer, &set, &reasons);
	if (!code)
		code = cells_make(
			explorer, slot, &before, false, &cells, &count);
	*alone = !code && count > 0;
	for (size_t i = 0; i < count && *alone && !code; i++) {
		put(explorer, slot, &cells[i].value);
		code = cell_outcomes(explorer, 0, &set);
		*alone = outcome_decided(&set);
	}
	put(explorer, slot, &before);
	return code;
}
