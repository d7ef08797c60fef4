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
	if (list->count == MISSING_MAX)
		return;
	item = &list->items[list->count++];
	item->name = name;
	item->alone = alone;
	label(job, name, item);
}

/*
 * Decisions that may be given as well as worked out: their own names, when
 * what they are worked out from is missing.
 */
static void add_given(const struct job *job, size_t at,
	const struct feel_set *relevant, struct missing_list *list)
{
	const struct rulebook_revision *revision = job->desk->revision;
	size_t count = revision->graph->slot_count;

	for (uint32_t i = 0; i < count; i++) {
		struct feel_set reasons = { { 0 } };
		struct feel_value value;
		bool shared = false;

		if (!revision->slots[i].given ||
			revision->slots[i].ask != RULEBOOK_ASK_BOTH ||
			job->desk->facts[i].given ||
			!feel_set_has(&revision->bound[at].reached, i) ||
			dmn_evaluate(
				job->desk->evaluator, i, &value, NULL, NULL))
			continue;
		feel_reasons(&value, &reasons);
		for (uint32_t k = 0; k < count; k++)
			shared = shared || (feel_set_has(&reasons, k) &&
						   feel_set_has(relevant, k));
		if (shared)
			add(job, list, revision->slots[i].reported_as, true);
	}
}

static enum shk_code relevant_slots(struct job *job,
	const struct explore_target *target, const struct feel_set *seen,
	struct feel_set *relevant, bool *facts, size_t *total)
{
	struct desk *desk = job->desk;
	enum shk_code code = SHK_OK;

	for (uint32_t i = 0; i < desk->revision->graph->slot_count && !code;
		i++) {
		bool decides;

		if (!feel_set_has(seen, i) || !desk->facts[i].open)
			continue;
		code = explore_slot(&desk->explorer, target, i, &decides);
		if (!decides)
			continue;
		feel_set_add(relevant, i);
		*facts = *facts || !is_parameter(desk, i);
		++*total;
	}
	return code;
}

static enum shk_code search(struct job *job,
	const struct explore_target *target, const struct feel_set *seen,
	bool lead, struct feel_set *relevant, struct missing_list *list)
{
	struct desk *desk = job->desk;
	size_t total = 0;
	bool facts = false;
	enum shk_code code =
		relevant_slots(job, target, seen, relevant, &facts, &total);

	for (uint32_t i = 0; i < desk->revision->graph->slot_count && !code;
		i++) {
		bool alone = total == 1;

		if (!feel_set_has(relevant, i) ||
			(!lead && facts && is_parameter(desk, i)))
			continue;
		if (total > 1)
			code = explore_alone(
				&desk->explorer, target, i, &alone);
		add(job, list, desk->revision->slots[i].reported_as, alone);
	}
	return code;
}

enum shk_code missing_add(struct job *job, size_t at,
	const struct explore_target *target, const struct feel_set *seen,
	bool lead, struct missing_list *list)
{
	struct explorer *explorer = &job->desk->explorer;
	size_t flips = explorer->flip_count;
	struct feel_set relevant = { { 0 } };
	enum shk_code code;

	explore_listen(explorer, true);
	code = search(job, target, seen, lead, &relevant, list);
	explore_listen(explorer, false);
	if (!lead)
		explorer->flip_count = flips;
	dmn_forget(job->desk->evaluator);
	if (!code)
		add_given(job, at, &relevant, list);
	return code;
}

enum shk_code missing_policy(struct job *job, size_t at,
	const struct explore_target *target, struct missing_list *list)
{
	struct desk *desk = job->desk;
	const struct feel_set *reached = &desk->revision->bound[at].reached;
	enum shk_code code = SHK_OK;

	explore_listen(&desk->explorer, true);
	for (uint32_t i = 0; i < desk->revision->graph->slot_count && !code;
		i++) {
		struct price_fact before = desk->facts[i];
		bool decides;

		if (!is_parameter(desk, i) || !feel_set_has(reached, i) ||
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
	result->missing = items;
	result->missing_count = list->count;
	return SHK_OK;
}
