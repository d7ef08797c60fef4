/*
 * Keys of rows and what they ask. A key stands for the facts of a row but for
 * some whole numbers, so it leads to the same kinds as the record of the row
 * would (recall_kind.c), and a kind leads to its answers (recall_tree.c).
 */
#include <stddef.h>
#include <string.h>

#include "base/memory.h"
#include "price/recall_strip.h"
#include "price/repeat.h"

#define SLOTS	    (2 * REPEAT_KEYS_MAX) /* a power of two */
#define REPEAT_VAIN 8 /* fewer than one of so many is in vain */

/* A number of the row that is one of the kind's. */
struct filling {
	uint16_t place;
	uint16_t number;
};

struct asking {
	size_t decision;
	struct kind *kind;
	struct recall_strip strip;
	uint16_t strip_number; /* of the row: the one it is a strip of */
	num *numbers;	       /* those that the key tells are filled in */
	size_t filling_count;
	const struct filling *fillings;
};

struct repeat {
	uint64_t hash;
	size_t key_size;
	const uint64_t *key;
	size_t asking_count;
	struct asking *askings;
};

struct repeats {
	struct shk_pricer *pricer;
	const struct lane *lane;
	struct arena arena;
	size_t bytes; /* of it that were asked for */
	uint64_t tried, found;
	size_t count;
	struct repeat *items;
	uint16_t slots[SLOTS]; /* 1 + index; 0 is free */
	struct shk_result *answers[RULEBOOK_LIST_MAX];
	num numbers[LANE_BATCH][RECALL_AGAIN_MAX]; /* of the rows found last */
};

_Static_assert(offsetof(struct recall_leaf, result) == 0,
	"a remembered answer is the first part of its leaf");

static void weights_add(
	const struct recall *recall, size_t at, size_t revision, uint8_t *to)
{
	const struct reads *reads = &recall->reads[at][revision];

	for (size_t i = 0; i < reads->count; i++)
		to[reads->items[i].field] = LANE_VALUE;
}

bool repeats_weights(const struct shk_pricer *pricer, uint8_t *weights)
{
	const shk_rulebook *book = pricer->book;
	int id = record_field_find(pricer->schema, text_of("id"));

	if (!pricer->recall || pricer->facts)
		return false;
	/* which decisions are asked may hang on what is known */
	memset(weights, pricer->asked ? LANE_NOTHING : LANE_STATE,
		pricer->schema->field_count);
	if (id >= 0) /* which it always is */
		weights[id] = LANE_NOTHING;
	if (pricer->as_of_field >= 0)
		weights[pricer->as_of_field] = LANE_VALUE;
	for (size_t i = 0; i < book->decision_count; i++)
		for (size_t k = 0; k < book->revision_count; k++)
			weights_add(pricer->recall, i, k, weights);
	return true;
}

enum shk_code repeats_new(struct repeats **out, struct shk_pricer *pricer,
	const struct lane *lane, shk_diag *diag)
{
	struct repeats *repeats = memory_zeroed(1, sizeof(*repeats));

	*out = repeats;
	if (!repeats)
		return diag_memory(diag);
	repeats->pricer = pricer;
	repeats->lane = lane;
	arena_init(&repeats->arena);
	repeats->items =
		memory_zeroed(REPEAT_KEYS_MAX, sizeof(*repeats->items));
	if (repeats->items)
		return SHK_OK;
	repeats_free(repeats);
	*out = NULL;
	return diag_memory(diag);
}

void repeats_free(struct repeats *repeats)
{
	if (!repeats)
		return;
	memory_free(repeats->items);
	arena_release(&repeats->arena);
	memory_free(repeats);
}

static uint64_t key_hash(const struct lane_row *row)
{
	uint64_t hash = LANE_HASH(row->key_size);

	for (size_t i = 0; i < row->key_size; i++)
		hash = lane_hash(hash, row->key[i]);
	return hash;
}

/* A row's key and numbers, the words of each `step` apart. */
struct question {
	uint64_t hash;
	size_t key_size;
	const uint64_t *key, *numbers;
	size_t step;
};

static inline struct question question_of(const struct lane_row *row)
{
	return (struct question){ key_hash(row), row->key_size, row->key,
		row->numbers, 1 };
}

static inline struct question question_in(
	const struct lane_batch *batch, size_t at)
{
	return (struct question){ batch->hashes[at], batch->key_size,
		&batch->keys[0][at], &batch->numbers[0][at], LANE_BATCH };
}

static inline bool key_same(
	const struct repeat *item, const struct question *question)
{
	if (item->hash != question->hash ||
		item->key_size != question->key_size)
		return false;
	for (size_t i = 0; i < item->key_size; i++)
		if (item->key[i] != question->key[i * question->step])
			return false;
	return true;
}

/* The slot of a key, or the free one where it belongs. */
static inline uint16_t *slot_of(
	struct repeats *repeats, const struct question *question)
{
	size_t at = question->hash % SLOTS;

	for (; repeats->slots[at]; at = (at + 1) % SLOTS)
		if (key_same(&repeats->items[repeats->slots[at] - 1], question))
			break;
	return &repeats->slots[at];
}

/* Whole numbers; the rest of their words was set when they were made room. */
static inline void numbers_fill(
	struct asking *asking, const struct question *question)
{
	for (size_t i = 0; i < asking->filling_count; i++) {
		const struct filling *filling = &asking->fillings[i];

		asking->numbers[filling->place].w[0] =
			question->numbers[filling->number * question->step];
	}
}

/* Make a strip of the tree as it is now, if it has one. */
static void strip_renew(struct asking *asking, size_t leaves)
{
	struct recall_strip *strip = &asking->strip;

	recall_strip_renew(strip, asking->kind->root, leaves);
	if (strip->crooked || strip->place == RECALL_NO_PLACE)
		return;
	for (size_t i = 0; i < asking->filling_count; i++)
		if (asking->fillings[i].place == strip->place) {
			asking->strip_number = asking->fillings[i].number;
			return;
		}
	strip->crooked = true; /* the key tells that number */
}

static inline uint64_t strip_number(
	const struct asking *asking, const struct question *question)
{
	return question->numbers[asking->strip_number * question->step];
}

/* The place of the row in the strip, or NULL. */
static inline const struct recall_node **strip_place(
	struct asking *asking, const struct question *question)
{
	uint64_t number = strip_number(asking, question);

	return asking->strip.crooked || number >= INT32_MAX
		       ? NULL
		       : recall_strip_at(&asking->strip, (int32_t)number);
}

/* Where the strip ends for the row, which is noted there. */
static const struct recall_node *strip_end(struct repeats *repeats,
	struct asking *asking, const struct question *question)
{
	const struct recall_node **place;

	strip_renew(asking, repeats->pricer->recall->leaf_count);
	place = strip_place(asking, question);
	if (!place)
		return asking->kind->root;
	*place = recall_strip_walk(&asking->strip, asking->kind->root,
		(int32_t)strip_number(asking, question));
	return *place;
}

/* The remembered answer to the row; its numbers are still to be worked out. */
static inline struct recall_leaf *leaf_again(struct repeats *repeats,
	struct asking *asking, const struct question *question)
{
	const struct recall_node **place = strip_place(asking, question);
	const struct recall_node *node = place ? *place : NULL;
	struct recall_leaf *leaf;

	if (!node)
		node = strip_end(repeats, asking, question);
	if (!node)
		return NULL;
	if (node->kind != NODE_LEAF || node->leaf->result.hole_count > 0)
		numbers_fill(asking, question);
	leaf = node->kind == NODE_LEAF ? node->leaf
				       : recall_walk(node, asking->numbers);
	if (!leaf || leaf->result.status == SHK_ERROR)
		return NULL; /* an error is told, which needs the record */
	return leaf;
}

static struct shk_result *answer_again(struct repeats *repeats,
	struct asking *asking, const struct question *question)
{
	struct recall_leaf *leaf = leaf_again(repeats, asking, question);

	if (!leaf || (leaf->result.hole_count > 0 &&
			     !recall_leaf_work_out(leaf, asking->numbers)))
		return NULL;
	repeats->pricer->recall->tallies[asking->decision].hits++;
	return &leaf->result;
}

size_t repeats_find(struct repeats *repeats, const struct lane_row *row,
	struct shk_result *const **answers)
{
	const struct question question = question_of(row);
	uint16_t slot = *slot_of(repeats, &question);
	const struct repeat *item;

	repeats->tried++;
	if (slot == 0)
		return 0;
	item = &repeats->items[slot - 1];
	for (size_t i = 0; i < item->asking_count; i++) {
		repeats->answers[i] =
			answer_again(repeats, &item->askings[i], &question);
		if (!repeats->answers[i])
			return 0;
	}
	repeats->found++;
	*answers = repeats->answers;
	return item->asking_count;
}

size_t repeats_find_rows(struct repeats *repeats,
	const struct lane_batch *batch, size_t at, struct price_again *answers)
{
	struct tally *tallies = repeats->pricer->recall->tallies;
	size_t count = 0;

	for (; at < batch->count && !batch->odd[at]; at++, count++) {
		const struct question question = question_in(batch, at);
		uint16_t slot = *slot_of(repeats, &question);
		num *numbers = repeats->numbers[count];
		struct recall_leaf *leaf;
		struct asking *asking;

		if (slot == 0 || repeats->items[slot - 1].asking_count != 1)
			break;
		asking = repeats->items[slot - 1].askings;
		leaf = leaf_again(repeats, asking, &question);
		if (!leaf || (leaf->result.hole_count > 0 &&
				     !recall_leaf_work_into(
					     leaf, asking->numbers, numbers)))
			break;
		tallies[asking->decision].hits++;
		answers[count] = (struct price_again){ &leaf->result, numbers };
	}
	repeats->tried += count;
	repeats->found += count;
	return count;
}

struct shk_result *repeats_settle(const struct price_again *answer)
{
	/* a remembered answer is the first part of its leaf */
	struct recall_leaf *leaf = (void *)answer->result;
	const struct shk_result *result = answer->result;

	/* of holes only: constants stand among the numbers too */
	for (size_t i = 0; i < result->hole_count; i++)
		leaf->sums.numbers[result->holes[i].number] =
			answer->numbers[result->holes[i].number];
	return answer->result;
}

void repeats_name(struct shk_result *result, const char *id, const char *name,
	const char *path, long row)
{
	result->id = id;
	result->name = name;
	result->path = path;
	result->row = row;
	result->known_count = 0;
	result->kept_count = 0;
	recall_result_fill(result);
}

static void *take(struct repeats *repeats, size_t count, size_t size)
{
	repeats->bytes += count * size;
	return arena_zeroed(&repeats->arena, count + 1, size);
}

/* Which numbers of a row go where, when it has the key of `row`. */
static bool fillings_make(
	struct repeats *repeats, const struct job *job, struct asking *asking)
{
	const struct reads *reads =
		&repeats->pricer->recall
			 ->reads[asking->decision][job->revision];
	size_t count = lane_number_count(repeats->lane);
	const bool *known = lane_numbers_known(repeats->lane);
	struct filling *fillings = take(repeats, count, sizeof(*fillings));

	asking->fillings = fillings;
	for (size_t i = 0; fillings && i < count; i++) {
		uint16_t place =
			reads->places[lane_number_field(repeats->lane, i)];

		if (!known[i] || place == RECALL_NO_PLACE)
			continue;
		asking->numbers[place] = NUM_ZERO;
		fillings[asking->filling_count++] =
			(struct filling){ place, (uint16_t)i };
	}
	return fillings != NULL;
}

/* What a record asks of one decision; `*kept`: it can be asked again so. */
static enum shk_code asking_make(struct repeats *repeats, const struct job *job,
	struct asking *asking, bool *kept)
{
	num numbers[RECALL_NUMBERS_MAX];
	size_t count;
	bool failed;

	asking->kind =
		recall_kind(job, asking->decision, numbers, &count, &failed);
	*kept = asking->kind != NULL;
	if (failed)
		return diag_memory(job->diag);
	if (!*kept)
		return SHK_OK;
	asking->numbers = take(repeats, count, sizeof(num));
	if (!asking->numbers)
		return diag_memory(job->diag);
	memcpy(asking->numbers, numbers, count * sizeof(num));
	return fillings_make(repeats, job, asking) ? SHK_OK
						   : diag_memory(job->diag);
}

/* Every decision that the record asks for into `item`. */
static enum shk_code askings_make(struct repeats *repeats,
	const struct job *job, struct repeat *item, bool *kept)
{
	const struct shk_pricer *pricer = repeats->pricer;
	bool chosen[RULEBOOK_LIST_MAX];
	const bool *asked = pricer->asked;
	struct asking *askings;
	enum shk_code code = SHK_OK;
	size_t count = 0;

	if (!asked)
		decisions_choose(job, chosen);
	if (!asked)
		asked = chosen;
	for (size_t i = pricer->first; i < pricer->end; i++)
		count += asked[i];
	askings = take(repeats, count, sizeof(*askings));
	item->askings = askings;
	if (!askings)
		return diag_memory(job->diag);
	for (size_t i = pricer->first; i < pricer->end && !code && *kept; i++) {
		if (!asked[i])
			continue;
		askings[item->asking_count].decision = i;
		code = asking_make(
			repeats, job, &askings[item->asking_count++], kept);
	}
	return code;
}

enum shk_code repeats_learn(struct repeats *repeats, const struct lane_row *row,
	const struct record *record, shk_diag *diag)
{
	struct job job = { .pricer = repeats->pricer,
		.record = record,
		.as_of = "",
		.diag = diag };
	const struct question question = question_of(row);
	uint16_t *slot = slot_of(repeats, &question);
	struct repeat item = { .hash = question.hash,
		.key_size = row->key_size };
	const struct arena_mark mark = arena_mark(&repeats->arena);
	const size_t bytes = repeats->bytes;
	bool kept = true;
	uint64_t *key;
	enum shk_code code;
	shk_diag why;

	if (*slot || repeats->count == REPEAT_KEYS_MAX ||
		repeats->bytes > REPEAT_BYTES_MAX || record->warning_count > 0)
		return SHK_OK;
	job_begin(&job, &why);
	if (why.code)
		return SHK_OK;
	key = take(repeats, row->key_size, sizeof(*key));
	if (!key)
		return diag_memory(diag);
	memcpy(key, row->key, row->key_size * sizeof(*key));
	item.key = key;
	code = askings_make(repeats, &job, &item, &kept);
	if (code || !kept || item.asking_count == 0) {
		arena_rewind(&repeats->arena, mark);
		repeats->bytes = bytes;
		return code;
	}
	repeats->items[repeats->count++] = item;
	*slot = (uint16_t)repeats->count;
	return SHK_OK;
}

uint64_t repeats_found(const struct repeats *repeats)
{
	return repeats->found;
}

bool repeats_are_vain(const struct repeats *repeats)
{
	return repeats->tried >= REPEAT_TRIAL &&
	       repeats->found < repeats->tried / REPEAT_VAIN;
}
