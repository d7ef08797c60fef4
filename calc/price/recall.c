/*
 * Remembering answers: the first record of a kind that takes a way through the
 * comparisons is priced by the rules while notes are taken, and its answer is
 * put at the end of that way; later ones find it there.
 */
#include <string.h>

#include "base/memory.h"
#include "price/recall_inside.h"
#include "price/result_copy.h"

static bool prepare(struct recall *recall, const struct shk_pricer *pricer)
{
	size_t decisions = pricer->book->decision_count;
	size_t revisions = pricer->book->revision_count;

	recall->reads = arena_zeroed(
		&recall->arena, decisions + 1, sizeof(*recall->reads));
	recall->tallies = arena_zeroed(
		&recall->arena, decisions + 1, sizeof(*recall->tallies));
	if (!recall->reads || !recall->tallies)
		return false;
	for (size_t i = 0; i < decisions; i++) {
		recall->reads[i] = arena_zeroed(
			&recall->arena, revisions + 1, sizeof(**recall->reads));
		if (!recall->reads[i])
			return false;
		for (size_t k = 0; k < revisions; k++)
			if (!recall_reads_make(recall, pricer, i, k))
				return false;
	}
	return true;
}

struct recall *recall_new(const struct shk_pricer *pricer)
{
	/* the system's own zeros: most of it is never touched */
	struct recall *recall = memory_zeroed(1, sizeof(*recall));

	if (!recall)
		return NULL;
	arena_init(&recall->arena);
	if (prepare(recall, pricer))
		return recall;
	recall_free(recall);
	return NULL;
}

void recall_free(struct recall *recall)
{
	if (!recall)
		return;
	arena_release(&recall->arena);
	memory_free(recall);
}

void *recall_take(struct recall *recall, size_t size)
{
	void *block = arena_zeroed(&recall->arena, 1, size);

	recall->bytes += size;
	recall->failed = recall->failed || !block;
	return block;
}

/* Over machine integers; false when that cannot be. */
static inline bool wholes_work_out(
	const struct recall_leaf *leaf, const num *numbers, num *to)
{
	for (size_t i = 0; i < leaf->whole_count; i++) {
		const struct whole_sum *sum = &leaf->wholes[i];
		int64_t value;

		if (!whole_value(&sum->whole, numbers, &value))
			return false;
		to[sum->number] = whole_number(&sum->whole, value);
	}
	return leaf->whole_count > 0;
}

bool recall_leaf_work_out(struct recall_leaf *leaf, const num *numbers)
{
	return wholes_work_out(leaf, numbers, leaf->sums.numbers) ||
	       recall_sums_work_out(&leaf->sums, numbers);
}

bool recall_leaf_work_into(
	struct recall_leaf *leaf, const num *numbers, num *to)
{
	const struct recall_sums *sums = &leaf->sums;

	if (sums->count > RECALL_AGAIN_MAX)
		return false;
	if (wholes_work_out(leaf, numbers, to))
		return true;
	if (!recall_sums_work_out(sums, numbers))
		return false;
	memcpy(to, sums->numbers, sums->count * sizeof(*to));
	return true;
}

void recall_result_fill(const struct shk_result *result)
{
	for (size_t i = 0; i < result->hole_count; i++)
		result->holes[i].value->u.number =
			result->numbers[result->holes[i].number];
}

static bool leaf_fill(struct recall_leaf *leaf, const num *numbers)
{
	if (!recall_leaf_work_out(leaf, numbers))
		return false;
	recall_result_fill(&leaf->result);
	return true;
}

/* Copying an answer: its numbers that came from facts are holes. */
struct learning {
	struct recall *recall;
	bool refused; /* a number that cannot be worked out again */
	size_t count;
	struct price_hole holes[RECALL_HOLES_MAX];
};

static bool hole_add(void *context, struct price_value *number)
{
	struct learning *learning = context;
	const struct feel_notes *notes = &learning->recall->notes;
	const struct feel_value value = { .type = FEEL_NUMBER,
		.form = number->form };
	int place;

	number->form = 0;
	if (!feel_note_free(notes, &value))
		return true;
	place = recall_sums_add(&learning->recall->summing, value.form);
	if (place < 0 || number->inexact ||
		learning->count == RECALL_HOLES_MAX) {
		learning->refused = true;
		return false;
	}
	learning->holes[learning->count++] =
		(struct price_hole){ number, (uint16_t)place };
	return true;
}

static void *taken_copy(struct recall *recall, const void *from, size_t size)
{
	void *copy = recall_take(recall, size + 1);

	if (copy && size > 0)
		memcpy(copy, from, size);
	return copy;
}

static bool is_hole(const struct shk_result *result, size_t number)
{
	for (size_t i = 0; i < result->hole_count; i++)
		if (result->holes[i].number == number)
			return true;
	return false;
}

/* Its numbers as those of one fact, if all of them are. */
static bool wholes_keep(struct recall *recall, struct recall_leaf *leaf)
{
	struct whole *all = recall->wholes;
	struct whole_sum kept[WHOLES_MAX];
	size_t count = 0;

	for (size_t i = 0; i < leaf->sums.count; i++) {
		whole_of_sum(&leaf->sums, i, all, &all[i]);
		if (!is_hole(&leaf->result, i))
			continue;
		if (!all[i].usable || count == WHOLES_MAX)
			return true;
		kept[count] = (struct whole_sum){ all[i], (uint16_t)i };
		whole_trim(&kept[count++].whole);
	}
	leaf->wholes = taken_copy(recall, kept, count * sizeof(*kept));
	leaf->whole_count = count;
	return leaf->wholes != NULL;
}

/* The numbers of the answer and what they are worked out from. */
static bool leaf_keep(struct recall *recall, const struct learning *learning,
	struct recall_leaf *leaf)
{
	const struct recall_summing *summing = &recall->summing;
	struct recall_sums *sums = &leaf->sums;
	struct shk_result *result = &leaf->result;

	sums->count = summing->count;
	sums->items = taken_copy(recall, summing->items,
		summing->count * sizeof(*summing->items));
	sums->numbers = taken_copy(recall, summing->numbers,
		summing->count * sizeof(*summing->numbers));
	result->hole_count = learning->count;
	result->holes = taken_copy(recall, learning->holes,
		learning->count * sizeof(*learning->holes));
	result->numbers = sums->numbers;
	return sums->items && sums->numbers && result->holes &&
	       wholes_keep(recall, leaf);
}

static struct recall_leaf *leaf_make(struct recall *recall,
	const struct job *job, const struct reads *reads,
	const struct shk_result *result)
{
	struct learning learning = { .recall = recall };
	const struct result_holes holes = { &learning, hole_add };
	struct recall_leaf *leaf = recall_take(recall, sizeof(*leaf));

	if (!leaf)
		return NULL;
	recall_sums_begin(&recall->summing, job, reads, &recall->notes);
	if (!result_copy(&recall->arena, result, &leaf->result, &holes,
		    &recall->bytes)) {
		recall->failed = recall->failed || !learning.refused;
		return NULL;
	}
	if (!leaf_keep(recall, &learning, leaf))
		return NULL;
	leaf->result.memory = recall;
	leaf->result.remembered = (uint32_t)++recall->leaf_count;
	return leaf;
}

/* Put the answer at the end of the way that the notes tell. */
static bool learn(struct recall *recall, const struct job *job, size_t at,
	struct kind *kind, const struct shk_result *result)
{
	const struct reads *reads = &recall->reads[at][job->revision];
	const struct feel_notes *notes = &recall->notes;
	struct recall_leaf *leaf;
	struct recall_node **place;

	if (notes->full || recall->leaf_count == RECALL_LEAVES_MAX ||
		recall->bytes > RECALL_BYTES_MAX)
		return false;
	leaf = leaf_make(recall, job, reads, result);
	if (!leaf || notes->full)
		return false;
	place = recall_way(recall, job, at, kind);
	if (!place || *place) /* another way ended or went on here */
		return false;
	*place = recall_take(recall, sizeof(**place));
	if (*place)
		(*place)->leaf = leaf;
	return *place != NULL;
}

static enum shk_code work_out(
	struct job *job, size_t at, struct shk_result *result)
{
	enum shk_code code = job->loaded ? SHK_OK : facts_load(job);

	job->loaded = !code;
	return code ? code : answer(job, at, result);
}

static bool is_barren(const struct tally *tally, uint32_t trial)
{
	return tally->learnt >= trial && tally->hits < 2 * tally->learnt;
}

/* Work it out while notes are taken. */
static enum shk_code note(struct recall *recall, struct job *job, size_t at,
	struct kind *kind, struct shk_result *result)
{
	struct tally *tally = &recall->tallies[at];
	enum shk_code code;

	feel_notes_clear(&recall->notes);
	job->notes = job->desk->explorer.notes = &recall->notes;
	job->loaded = false;
	dmn_note(job->desk->evaluator, &recall->notes);
	code = work_out(job, at, result);
	dmn_note(job->desk->evaluator, NULL);
	job->notes = job->desk->explorer.notes = NULL;
	job->loaded = false; /* its facts bear forms that are gone */
	if (code)
		return code;
	tally->learnt++;
	kind->tally.learnt++;
	if (is_barren(&kind->tally, KIND_TRIAL))
		kind->closed = true;
	if (!learn(recall, job, at, kind, result))
		kind->closed = true;
	return recall->failed ? diag_memory(job->diag) : SHK_OK;
}

/* Not remembered: by the rules, and to be remembered when there is a kind. */
static enum shk_code ask_rules(struct job *job, size_t at, struct kind *kind,
	struct shk_result *result)
{
	enum shk_code code = result_begin(job, (int)at, result);

	if (code)
		return code;
	return kind ? note(job->pricer->recall, job, at, kind, result)
		    : work_out(job, at, result);
}

enum shk_code recall_answer(struct job *job, size_t at, struct shk_result *room,
	struct shk_result **answer)
{
	struct recall *recall = job->pricer->recall;
	struct recall_leaf *leaf;
	struct kind *kind;
	struct key key;

	*answer = room;
	if (!recall || is_barren(&recall->tallies[at], DECISION_TRIAL))
		return ask_rules(job, at, NULL, room);
	recall->failed = false;
	recall_key_make(job, at, &recall->reads[at][job->revision], &key);
	kind = key.failed ? NULL : recall_kind_of(recall, &key);
	if (recall->failed)
		return diag_memory(job->diag);
	if (!kind)
		return ask_rules(job, at, NULL, room);
	leaf = recall_walk(kind->root, key.numbers);
	if (!leaf || !leaf_fill(leaf, key.numbers))
		return ask_rules(
			job, at, leaf || kind->closed ? NULL : kind, room);
	recall->tallies[at].hits++;
	kind->tally.hits++;
	*answer = &leaf->result;
	return result_name(job, &leaf->result);
}

struct kind *recall_kind(const struct job *job, size_t at, num *numbers,
	size_t *count, bool *failed)
{
	struct recall *recall = job->pricer->recall;
	const struct reads *reads;
	struct kind *kind;
	struct key key;

	*count = 0;
	*failed = false;
	if (!recall)
		return NULL;
	reads = &recall->reads[at][job->revision];
	recall_key_make(job, at, reads, &key);
	if (key.failed)
		return NULL;
	*count = key.number_count;
	memcpy(numbers, key.numbers, *count * sizeof(*numbers));
	recall->failed = false;
	kind = recall_kind_of(recall, &key);
	*failed = recall->failed;
	return kind;
}

struct shk_result *recall_again(struct shk_pricer *pricer, size_t at,
	const struct kind *kind, const num *numbers)
{
	struct recall_leaf *leaf = recall_walk(kind->root, numbers);

	if (!leaf || !leaf_fill(leaf, numbers))
		return NULL;
	pricer->recall->tallies[at].hits++;
	return &leaf->result;
}
