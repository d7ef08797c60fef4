/*
 * What to find out: the facts and parameters that decide an open answer, and
 * the values of numbers at which an answer changes.
 */
#include <string.h>

#include "price/pricer.h"

static bool is_parameter(const struct desk *desk, uint32_t slot)
{
	return desk->revision->slots[slot].role == RULEBOOK_PARAMETER;
}

static struct price_missing *find(struct missing_list *list, const char *name)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i].name, name) == 0)
			return &list->items[i];
	return NULL;
}

static void label(
	const struct job *job, const char *name, struct price_missing *item)
{
	const shk_rulebook *book = job->pricer->book;
	int at = rulebook_parameter_find(book, text_of(name));
	int field = record_field_find(job->pricer->schema, text_of(name));

	item->label_ja = item->label_en = "";
	item->parameter = at >= 0;
	if (at >= 0) {
		item->label_ja = book->parameters[at].label.ja;
		item->label_en = book->parameters[at].label.en;
	} else if (field >= 0) {
		item->label_ja = job->pricer->schema->fields[field].label_ja;
		item->label_en = job->pricer->schema->fields[field].label_en;
		item->given =
			job->record->values[field].state != RECORD_UNKNOWN;
	}
}

static void add(const struct job *job, struct missing_list *list,
	const char *name, bool alone)
{
	struct price_missing *item = find(list, name);

	if (item) {
		item->alone = item->alone || alone;
		return;
	}
	if (list->count == MISSING_MAX) {
		list->cut = true;
		return;
	}
	item = &list->items[list->count++];
	item->name = name;
	item->alone = alone;
	label(job, name, item);
}

/* The slots that decide, and how many names they are told by. */
struct deciders {
	struct feel_set slots;
	bool facts; /* not only parameters */
	size_t names;
};

static void decider_add(
	const struct desk *desk, uint32_t slot, struct deciders *found)
{
	const struct rulebook_slot *slots = desk->revision->slots;
	bool told = false;

	for (uint32_t i = 0; i < slot; i++)
		told = told || (feel_set_has(&found->slots, i) &&
				       strcmp(slots[i].reported_as,
					       slots[slot].reported_as) == 0);
	feel_set_add(&found->slots, slot);
	found->facts = found->facts || !is_parameter(desk, slot);
	found->names += !told;
}

static enum shk_code deciders(struct job *job,
	const struct explore_target *target, const struct feel_set *seen,
	struct deciders *found)
{
	struct desk *desk = job->desk;
	enum shk_code code = SHK_OK;

	*found = (struct deciders){ .names = 0 };
	FOR_SLOTS(i, seen)
	{
		bool decides = false;

		if (code || !desk->facts[i].open)
			continue;
		code = explore_slot(&desk->explorer, target, i, &decides);
		if (decides)
			decider_add(desk, i, found);
	}
	return code;
}

static enum shk_code search(struct job *job,
	const struct explore_target *target, const struct deciders *found,
	bool lead, struct missing_list *list)
{
	struct desk *desk = job->desk;
	enum shk_code code = SHK_OK;

	FOR_SLOTS(i, &found->slots)
	{
		bool alone = found->names == 1;

		if (code || (!lead && found->facts && is_parameter(desk, i)))
			continue;
		if (!alone)
			code = explore_alone(
				&desk->explorer, target, i, &alone);
		add(job, list, desk->revision->slots[i].reported_as, alone);
	}
	return code;
}

/* The value of a decision is open because of a fact that decides. */
static enum shk_code opened_by(struct job *job, uint32_t slot,
	const struct feel_set *slots, bool *opened)
{
	struct feel_set reasons = { { 0 } };
	struct feel_value value;
	enum shk_code code = dmn_evaluate(
		job->desk->evaluator, slot, &value, NULL, job->diag);

	*opened = false;
	if (code)
		return code;
	feel_reasons(&value, &reasons);
	FOR_SLOTS(i, &reasons)
	*opened = *opened || feel_set_has(slots, i);
	return SHK_OK;
}

/* Would giving the decision in place of its inputs decide alone? */
static enum shk_code given_alone(struct job *job,
	const struct explore_target *target, uint32_t slot, bool *alone)
{
	struct desk *desk = job->desk;
	struct price_fact before = desk->facts[slot];
	enum shk_code code;

	desk->facts[slot].value = desk->unknowns[slot];
	desk->facts[slot].open = true;
	dmn_give(desk->evaluator, slot, &desk->facts[slot].value, FEEL_NO_MARK);
	code = explore_alone(&desk->explorer, target, slot, alone);
	desk->facts[slot] = before;
	dmn_take(desk->evaluator, slot);
	return code;
}

/*
 * Decisions that may be given as well as worked out: their own names, when
 * what they are worked out from is missing.
 */
static enum shk_code add_given(struct job *job, size_t at,
	const struct explore_target *target, const struct feel_set *slots,
	struct missing_list *list)
{
	const struct rulebook_revision *revision = job->desk->revision;
	enum shk_code code = SHK_OK;

	FOR_SLOTS(i, &revision->bound[at].reached)
	{
		bool opened, alone;

		if (code || !revision->slots[i].given ||
			revision->slots[i].ask != RULEBOOK_ASK_BOTH ||
			job->desk->facts[i].given)
			continue;
		code = opened_by(job, i, slots, &opened);
		if (code || !opened)
			continue;
		code = given_alone(job, target, i, &alone);
		add(job, list, revision->slots[i].reported_as, alone);
	}
	return code;
}

enum shk_code missing_add(struct job *job, size_t at,
	const struct explore_target *target, const struct feel_set *seen,
	bool lead, struct missing_list *list)
{
	struct explorer *explorer = &job->desk->explorer;
	size_t flips = explorer->flip_count;
	struct deciders found;
	enum shk_code code;

	explore_listen(explorer, true);
	code = deciders(job, target, seen, &found);
	if (!code)
		code = search(job, target, &found, lead, list);
	if (!code)
		code = add_given(job, at, target, &found.slots, list);
	explore_listen(explorer, false);
	if (!lead || !job->pricer->flips)
		explorer->flip_count = flips;
	dmn_forget(job->desk->evaluator);
	return code;
}

enum shk_code missing_policy(struct job *job, size_t at,
	const struct explore_target *target, struct missing_list *list)
{
	struct desk *desk = job->desk;
	const struct feel_set *reached = &desk->revision->bound[at].reached;
	enum shk_code code = SHK_OK;

	explore_listen(&desk->explorer, true);
	FOR_SLOTS(i, reached)
	{
		struct price_fact before = desk->facts[i];
		bool decides;

		if (code || !is_parameter(desk, i) ||
			before.mark != FEEL_NO_MARK || before.open)
			continue;
		desk->facts[i].value = desk->unknowns[i];
		desk->facts[i].open = true;
		dmn_give(desk->evaluator, i, &desk->facts[i].value,
			FEEL_NO_MARK);
		code = explore_slot(&desk->explorer, target, i, &decides);
		desk->facts[i] = before;
		dmn_give(
			desk->evaluator, i, &desk->facts[i].value, before.mark);
		if (decides)
			add(job, list, desk->revision->slots[i].reported_as,
				true);
	}
	explore_listen(&desk->explorer, false);
	dmn_forget(desk->evaluator);
	return code;
}

static bool before(const struct price_missing *a, const struct price_missing *b)
{
	if (a->alone != b->alone)
		return a->alone;
	return strcmp(a->name, b->name) < 0;
}

enum shk_code missing_keep(
	struct job *job, struct missing_list *list, struct shk_result *result)
{
	/* in the place of a name, so that each form of the answer says it */
	const struct price_missing more = {
		.name = "...", .label_ja = "", .label_en = ""
	};
	struct price_missing *items = arena_zeroed(
		&job->pricer->results, list->count + 1, sizeof(*items));

	if (!items)
		return diag_memory(job->diag);
	for (size_t i = 0; i < list->count; i++) {
		size_t k = i;

		for (; k > 0 && before(&list->items[i], &items[k - 1]); k--)
			items[k] = items[k - 1];
		items[k] = list->items[i];
	}
	if (list->cut)
		items[list->count] = more;
	result->missing = items;
	result->missing_count = list->count + list->cut;
	return SHK_OK;
}
