/*
 * Flip points: the exact values of a number at which the answer changes, with
 * the answers on both sides and on the point itself.
 */
#include <string.h>

#include "feel/note.h"
#include "price/pricer.h"

/* Which flips are the nearest hangs on where the number lies among them. */
static void note_places(const struct explorer *explorer, size_t first,
	const struct feel_value *now)
{
	int order;

	for (size_t i = first; i < explorer->flip_count; i++) {
		const struct feel_value sides[2] = { explorer->flips[i].at,
			*now };
		struct feel_value truth;

		if (!explorer->notes || !feel_order(&sides[0], now, &order))
			continue;
		truth = feel_boolean(order <= 0);
		feel_note_binary(explorer->notes, FEEL_LE, sides, &truth);
	}
}

/* Keep of the flips from `first` on the nearest at or below `now` and above. */
static void keep_nearest(
	struct explorer *explorer, size_t first, const struct feel_value *now)
{
	size_t low = EXPLORE_FLIPS_MAX, high = EXPLORE_FLIPS_MAX, kept = first;
	int order, other;

	for (size_t i = first; i < explorer->flip_count; i++) {
		const struct feel_value *at = &explorer->flips[i].at;

		if (!feel_order(at, now, &order))
			continue;
		if (order <= 0 &&
			(low == EXPLORE_FLIPS_MAX ||
				(feel_order(at, &explorer->flips[low].at,
					 &other) &&
					other > 0)))
			low = i;
		if (order > 0 &&
			(high == EXPLORE_FLIPS_MAX ||
				(feel_order(at, &explorer->flips[high].at,
					 &other) &&
					other < 0)))
			high = i;
	}
	for (size_t i = first; i < explorer->flip_count; i++)
		if (i == low || i == high)
			explorer->flips[kept++] = explorer->flips[i];
	explorer->flip_count = kept;
}

static bool is_number(const struct desk *desk, uint32_t slot)
{
	const struct price_fact *fact = &desk->facts[slot];
	const struct rulebook_slot *role = &desk->revision->slots[slot];

	if (!fact->given || fact->open ||
		(fact->value.type != FEEL_NUMBER &&
			fact->value.type != FEEL_DATE) ||
		desk->unknowns[slot].type != FEEL_UNKNOWN ||
		desk->unknowns[slot].u.unknown->shape != FEEL_INTERVAL)
		return false;
	return role->role == RULEBOOK_FACT ||
	       role->role == RULEBOOK_PARAMETER || role->given;
}

enum shk_code flips_known(
	struct job *job, size_t at, const struct explore_target *target)
{
	struct desk *desk = job->desk;
	struct explorer *explorer = &desk->explorer;
	const struct feel_set *reached = &desk->revision->bound[at].reached;
	enum shk_code code = SHK_OK;

	explore_listen(explorer, true);
	FOR_SLOTS(i, reached)
	{
		struct price_fact *fact = &desk->facts[i];
		struct feel_value now = fact->value;
		size_t first = explorer->flip_count;
		bool relevant;

		if (code || !is_number(desk, i))
			continue;
		fact->value = desk->unknowns[i];
		fact->open = true;
		dmn_give(desk->evaluator, i, &fact->value, fact->mark);
		code = explore_slot(explorer, target, i, &relevant);
		fact->value = now;
		fact->open = false;
		dmn_give(desk->evaluator, i, &fact->value, fact->mark);
		note_places(explorer, first, &now);
		if (!job->pricer->every_flip)
			keep_nearest(explorer, first, &now);
	}
	explore_listen(explorer, false);
	dmn_forget(desk->evaluator);
	return code;
}

/* No outcomes past the edge of a domain. */
static bool side_plain(struct arena *arena, struct outcome_set *set,
	size_t *count, const struct price_outcome **out)
{
	*count = 0;
	*out = NULL;
	if (!set)
		return true;
	outcome_sort(set);
	return outcome_plain(arena, set, count, out);
}

static enum shk_code flip_plain(
	struct job *job, const struct explore_flip *from, struct price_flip *to)
{
	struct arena *arena = &job->pricer->results;
	struct desk *desk = job->desk;
	const struct price_fact *fact = &desk->facts[from->slot];

	to->field = desk->revision->slots[from->slot].reported_as;
	to->parameter =
		desk->revision->slots[from->slot].role == RULEBOOK_PARAMETER;
	to->known = fact->given && !fact->open;
	to->nearest = to->known && !job->pricer->every_flip;
	if (!value_plain(arena, &from->at, &to->at) ||
		(to->known && !value_plain(arena, &fact->value, &to->now)) ||
		!side_plain(arena, from->below, &to->below_count, &to->below) ||
		!side_plain(arena, from->on, &to->on_count, &to->on) ||
		!side_plain(arena, from->above, &to->above_count, &to->above))
		return diag_memory(job->diag);
	return SHK_OK;
}

static bool before(const struct desk *desk, const struct explore_flip *a,
	const struct explore_flip *b)
{
	const struct rulebook_slot *slots = desk->revision->slots;
	int order =
		strcmp(slots[a->slot].reported_as, slots[b->slot].reported_as);

	if (order == 0)
		feel_order(&a->at, &b->at, &order);
	return order < 0;
}

/* By field, then ascending. */
static void sort(const struct desk *desk, struct explorer *explorer)
{
	for (size_t i = 1; i < explorer->flip_count; i++) {
		struct explore_flip flip = explorer->flips[i];
		size_t k = i;

		for (; k > 0 && before(desk, &flip, &explorer->flips[k - 1]);
			k--)
			explorer->flips[k] = explorer->flips[k - 1];
		explorer->flips[k] = flip;
	}
}

enum shk_code flips_keep(struct job *job, struct shk_result *result)
{
	struct desk *desk = job->desk;
	struct explorer *explorer = &desk->explorer;
	struct price_flip *flips = arena_zeroed(&job->pricer->results,
		explorer->flip_count + 1, sizeof(*flips));

	if (!flips)
		return diag_memory(job->diag);
	result->flips = flips;
	sort(desk, explorer);
	for (size_t i = 0; i < explorer->flip_count; i++) {
		uint32_t slot = explorer->flips[i].slot;
		enum shk_code code;

		if (desk->revision->slots[slot].role == RULEBOOK_AUXILIARY)
			continue;
		code = flip_plain(
			job, &explorer->flips[i], &flips[result->flip_count++]);
		if (code)
			return code;
	}
	return SHK_OK;
}
