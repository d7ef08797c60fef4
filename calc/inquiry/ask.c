/*
 * What to find out. The facts that decide anything are found first; then sets
 * of them are tried, small ones before large ones, and what holds a set that
 * decides is skipped, so that every set told is minimal and, unless a ceiling
 * says otherwise, none is missing. What always decides comes first. The rest,
 * sets and facts, is ranked by what it leaves in the worst case: fewer outcomes
 * first, then a narrower range of numbers.
 */
#include "inquiry/ask.h"

#include <string.h>

#include "base/memory.h"
#include "inquiry/narrow.h"

struct asking {
	struct question question;
	struct narrow_names names;
	struct look now;
	struct shk_ask *ask;
	struct ask_fact *facts; /* in the order of `names` */
	struct ask_fact *ranked;
	size_t order[NARROW_NAMES_MAX]; /* place in the rank, of each name */
	struct {
		uint64_t names;
		struct narrowing found;
	} sets[ASK_SETS_MAX];
	size_t set_count;
};

static void incomplete(struct shk_ask *ask, const char *why)
{
	ask->complete = false;
	if (!*ask->why)
		ask->why = why;
}

/* 0 is more than can be counted. */
static int left_order(size_t a, size_t b)
{
	a = a ? a : SIZE_MAX;
	b = b ? b : SIZE_MAX;
	return (a > b) - (a < b);
}

/* Counted before what cannot be; then the narrower range. */
static int fact_order(const struct ask_fact *a, const struct ask_fact *b)
{
	bool wide = a->width.kind == PRICE_NULL;

	if (a->alone != b->alone)
		return a->alone ? -1 : 1;
	if (left_order(a->left, b->left) != 0)
		return left_order(a->left, b->left);
	if (wide != (b->width.kind == PRICE_NULL))
		return wide ? 1 : -1;
	if (!wide && num_compare(a->width.u.number, b->width.u.number) != 0)
		return num_compare(a->width.u.number, b->width.u.number);
	if (a->lucky != b->lucky)
		return a->lucky ? -1 : 1;
	return strcmp(a->name, b->name);
}

static void set_labels(struct asking *asking, size_t at, struct ask_fact *fact)
{
	const struct question *question = &asking->question;
	const struct narrow_name *name = &asking->names.items[at];
	const struct rulebook_slot *slot =
		&question->job.desk->revision->slots[name->slot];

	fact->name = name->name;
	fact->label_ja = fact->label_en = "";
	fact->parameter = slot->role == RULEBOOK_PARAMETER;
	if (fact->parameter) {
		const struct rulebook_parameter *about =
			&question->pricer->book->parameters[slot->index];

		fact->label_ja = about->label.ja;
		fact->label_en = about->label.en;
	} else if (name->field >= 0) {
		const struct record_field *about =
			&question->pricer->schema->fields[name->field];

		fact->label_ja = about->label_ja;
		fact->label_en = about->label_en;
	}
}

/* Each fact alone. */
static enum shk_code find_facts(struct asking *asking)
{
	struct question *question = &asking->question;
	size_t count = asking->names.count;
	enum shk_code code = SHK_OK;

	asking->facts = arena_zeroed(
		&question->arena, count + 1, sizeof(*asking->facts));
	if (!asking->facts)
		return diag_memory(question->job.diag);
	for (size_t i = 0; i < count && !code; i++) {
		struct ask_fact *fact = &asking->facts[i];
		struct narrowing found;

		set_labels(asking, i, fact);
		if (question->evaluations > ASK_EVALUATIONS_MAX) {
			incomplete(asking->ask, "ceiling");
			continue;
		}
		code = narrow(question, &asking->names, (uint64_t)1 << i, false,
			&found);
		fact->alone = found.decides;
		fact->lucky = found.lucky;
		fact->left = found.stopped ? 0 : found.left;
		if (found.stopped)
			incomplete(asking->ask, "ceiling");
		if (!found.numbers || found.stopped)
			continue;
		fact->width.kind = PRICE_NUMBER;
		fact->width.u.number = found.width;
	}
	return code;
}

static enum shk_code rank_facts(struct asking *asking)
{
	size_t count = asking->names.count;

	asking->ranked = arena_zeroed(&asking->question.pricer->results,
		count + 1, sizeof(*asking->ranked));
	if (!asking->ranked)
		return diag_memory(asking->question.job.diag);
	for (size_t i = 0; i < count; i++) {
		size_t place = 0;

		for (size_t k = 0; k < count; k++)
			place += fact_order(&asking->facts[k],
					 &asking->facts[i]) < 0;
		asking->order[i] = place;
		asking->ranked[place] = asking->facts[i];
	}
	asking->ask->fact_count = count;
	asking->ask->facts = asking->ranked;
	return SHK_OK;
}

static size_t size_of(uint64_t set)
{
	size_t count = 0;

	for (; set; set &= set - 1)
		count++;
	return count;
}

/* It holds a set that decides already, always or with luck. */
static bool is_more(const struct asking *asking, uint64_t set, bool always)
{
	for (size_t i = 0; i < asking->set_count; i++)
		if ((asking->sets[i].names & set) == asking->sets[i].names &&
			(asking->sets[i].found.decides || !always))
			return true;
	return false;
}

static void keep_set(
	struct asking *asking, uint64_t set, const struct narrowing *found)
{
	if (asking->set_count == ASK_SETS_MAX) {
		incomplete(asking->ask, "ceiling");
		return;
	}
	asking->sets[asking->set_count].names = set;
	asking->sets[asking->set_count++].found = *found;
}

static enum shk_code try_set(
	struct asking *asking, uint64_t set, struct narrowing *found)
{
	enum shk_code code =
		narrow(&asking->question, &asking->names, set, false, found);

	if (found->stopped)
		incomplete(asking->ask, "ceiling");
	return code;
}

/* Every set of `size` names. */
static enum shk_code try_size(struct asking *asking, size_t size)
{
	uint64_t end = (uint64_t)1 << asking->names.count;
	enum shk_code code = SHK_OK;

	for (uint64_t set = 1; set < end && !code; set++) {
		struct narrowing found;

		if (size_of(set) != size || is_more(asking, set, true))
			continue;
		if (asking->question.evaluations > ASK_EVALUATIONS_MAX) {
			incomplete(asking->ask, "ceiling");
			return SHK_OK;
		}
		code = try_set(asking, set, &found);
		if (found.decides ||
			(found.lucky && !is_more(asking, set, false)))
			keep_set(asking, set, &found);
	}
	return code;
}

/* Too many to try all sets: from all of them what is not needed is taken. */
static enum shk_code thin(
	struct asking *asking, uint64_t all, struct narrowing *whole)
{
	enum shk_code code = SHK_OK;
	uint64_t set = all;

	incomplete(asking->ask, "many_facts");
	for (size_t i = 0; i < asking->names.count && !code; i++) {
		uint64_t less = set & ~((uint64_t)1 << i);
		struct narrowing found;

		code = narrow(
			&asking->question, &asking->names, less, true, &found);
		if (found.decides)
			set = less;
	}
	keep_set(asking, set, whole);
	return code;
}

static enum shk_code find_sets(struct asking *asking)
{
	size_t count = asking->names.count;
	uint64_t all = count < 64 ? ((uint64_t)1 << count) - 1 : UINT64_MAX;
	struct narrowing found;
	enum shk_code code;

	if (asking->names.dropped)
		incomplete(asking->ask, "many_facts");
	code = narrow(&asking->question, &asking->names, all, true, &found);
	if (!code && !found.decides && !*asking->ask->why)
		asking->ask->why = "undecidable";
	if (!code && count > ASK_FACTS_MAX)
		return found.decides ? thin(asking, all, &found) : SHK_OK;
	for (size_t size = 1; size <= count && !code; size++)
		code = try_size(asking, size);
	return code;
}

/* Those that always decide; then what leaves less; then fewer facts. */
static int set_order(const struct ask_set *a, const struct ask_set *b)
{
	if (a->always != b->always)
		return a->always ? -1 : 1;
	if (left_order(a->left, b->left) != 0)
		return left_order(a->left, b->left);
	if (a->count != b->count)
		return a->count < b->count ? -1 : 1;
	for (size_t i = 0; i < a->count; i++)
		if (a->facts[i] != b->facts[i])
			return a->facts[i] < b->facts[i] ? -1 : 1;
	return 0;
}

static enum shk_code make_set(
	struct asking *asking, size_t at, struct ask_set *set)
{
	const struct narrowing *found = &asking->sets[at].found;
	uint64_t from = asking->sets[at].names;
	size_t count = asking->names.count;

	set->always = found->decides;
	set->left = found->stopped ? 0 : found->left;
	if (found->numbers && !found->stopped) {
		set->width.kind = PRICE_NUMBER;
		set->width.u.number = found->width;
	}

	set->facts = arena_zeroed(&asking->question.pricer->results, count + 1,
		sizeof(*set->facts));
	if (!set->facts)
		return diag_memory(asking->question.job.diag);
	for (size_t place = 0; place < count; place++)
		for (size_t i = 0; i < count; i++)
			if (asking->order[i] == place && (from >> i & 1))
				set->facts[set->count++] =
					&asking->ranked[place];
	return SHK_OK;
}

static enum shk_code rank_sets(struct asking *asking)
{
	struct ask_set *sets = arena_zeroed(&asking->question.pricer->results,
		asking->set_count + 1, sizeof(*sets));
	enum shk_code code = SHK_OK;

	if (!sets)
		return diag_memory(asking->question.job.diag);
	for (size_t i = 0; i < asking->set_count && !code; i++) {
		struct ask_set set = { 0 };
		size_t k = i;

		code = make_set(asking, i, &set);
		for (; k > 0 && set_order(&set, &sets[k - 1]) < 0; k--)
			sets[k] = sets[k - 1];
		sets[k] = set;
	}
	asking->ask->sets = sets;
	asking->ask->set_count = asking->set_count;
	return code;
}

/* Between the least and the greatest number that are possible. */
static void set_between(struct asking *asking)
{
	const struct outcome_set *set = &asking->now.set;
	struct feel_range range = { .low_closed = true, .high_closed = true };
	bool any = false;

	for (size_t i = 0; i < set->count && !set->anything; i++) {
		const struct outcome *item = &set->items[i];
		struct feel_range at = item->range;
		int order;

		if (item->status != SHK_DETERMINED)
			continue;
		if (!item->interval)
			at = (struct feel_range){ .low = item->value,
				.high = item->value,
				.low_closed = true,
				.high_closed = true };
		if (at.low.type != FEEL_NUMBER || at.high.type != FEEL_NUMBER)
			return;
		if (!any || (feel_order(&at.low, &range.low, &order) &&
				    order < 0)) {
			range.low = at.low;
			range.low_closed = at.low_closed;
		}
		if (!any || (feel_order(&at.high, &range.high, &order) &&
				    order > 0)) {
			range.high = at.high;
			range.high_closed = at.high_closed;
		}
		any = true;
	}
	if (any)
		range_plain(&asking->question.pricer->results, &range,
			&asking->ask->between);
}

static enum shk_code find_now(struct asking *asking)
{
	struct question *question = &asking->question;
	struct shk_ask *ask = asking->ask;
	enum shk_code code = question_look(question, NULL, NULL, &asking->now);

	if (code)
		return code;
	ask->refused = asking->now.refused;
	ask->open = !ask->refused && !outcome_decided(&asking->now.set);
	set_between(asking);
	outcome_sort(&asking->now.set);
	return outcome_plain(&question->pricer->results, &asking->now.set,
		       &ask->outcome_count, &ask->outcomes)
		       ? SHK_OK
		       : diag_memory(question->job.diag);
}

static enum shk_code find(struct asking *asking)
{
	enum shk_code code = find_now(asking);

	if (code || !asking->ask->open)
		return code;
	code = narrow_find(&asking->question, &asking->names);
	if (!code)
		code = find_facts(asking);
	if (!code)
		code = rank_facts(asking);
	if (!code)
		code = find_sets(asking);
	return code ? code : rank_sets(asking);
}

enum shk_code shk_ask_find(const shk_ask **out, shk_pricer *pricer,
	const shk_record *record, const char *decision, const char *output,
	shk_diag *diag)
{
	struct asking *asking = memory_zeroed(1, sizeof(*asking));
	struct shk_ask *ask;
	enum shk_code code;

	*out = NULL;
	if (!asking)
		return diag_memory(diag);
	code = question_open(
		&asking->question, pricer, record, decision, output, diag);
	if (code)
		goto done;
	ask = arena_zeroed(&pricer->results, 1, sizeof(*ask));
	if (!ask) {
		code = diag_memory(diag);
		goto done;
	}
	ask->complete = true;
	ask->why = "";
	asking->ask = ask;
	code = question_about(&asking->question, &ask->about);
	if (!code && !asking->question.closed)
		code = find(asking);
	if (!code)
		*out = ask;
done:
	question_close(&asking->question);
	memory_free(asking);
	return code;
}

bool shk_ask_complete(const shk_ask *ask)
{
	return ask->complete;
}

size_t shk_ask_set_count(const shk_ask *ask)
{
	return ask->set_count;
}
