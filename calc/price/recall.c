/*
 * Remembered answers as trees: for each kind of record the comparisons in the
 * order in which the rules made them, a branch for each thing that one may
 * say, and at the end of each way the answer. Kinds differ in whatever is not
 * a number: which facts are known, words, truths, dates, the day, the rules.
 */
#include <string.h>

#include "base/memory.h"
#include "price/recall_form.h"
#include "price/result_copy.h"

struct recall_node;

/* A value that a number must have, and what follows. */
struct recall_pin {
	num value;
	struct recall_node *then;
	struct recall_pin *next;
};

enum node_kind { NODE_LEAF, NODE_TEST, NODE_PIN };

struct recall_node {
	uint8_t kind;	/* enum node_kind */
	uint8_t guard;	/* TEST: enum feel_guard_kind */
	uint8_t quick;	/* TEST: enum quick */
	uint16_t place; /* PIN, quick TEST: of the number */
	uint64_t limit; /* quick TEST: the whole number it is held against */
	struct recall_node *ways[2];	 /* TEST: said no, said yes */
	const struct recall_form *a, *b; /* TEST */
	size_t pin_count;
	struct recall_pin *pins;
	struct recall_leaf *leaf;
};

/* A test of one number against a whole one: no need to look at its forms. */
enum quick { QUICK_NO, QUICK_LEFT, QUICK_RIGHT };

struct kind {
	uint64_t hash;
	size_t size;
	const char *key;
	bool closed; /* nothing more is remembered of it */
	struct recall_node *root;
};

/* A field that a decision may read. */
struct read {
	uint16_t field;
	bool number; /* only whether it is known belongs to the kind */
	enum record_type type;
};

struct reads {
	size_t count;
	struct read *items;
	size_t number_count;
	uint16_t *places; /* of each field: among the numbers */
};

#define PLACES (2 * RECALL_KINDS_MAX)

/* Past so many answers that were seldom asked for again a decision is left. */
#define TRIAL 1024

struct tally {
	uint32_t learnt;
	uint32_t hits;
};

struct recall {
	struct arena arena;
	struct feel_notes notes;
	bool failed; /* memory ran out */
	size_t kind_count;
	size_t leaf_count;
	size_t bytes;
	struct reads **reads;  /* of each decision, one a revision */
	struct tally *tallies; /* of each decision */
	struct kind *kinds;
	uint32_t places[PLACES]; /* 1 + index of a kind */
};

static bool field_listed(const struct field_list *list, int field)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->fields[i] == field)
			return true;
	return false;
}

/* The list has the field, and what it is for may bear on the decision. */
static bool is_presence(const struct shk_pricer *pricer,
	const struct desk *desk, size_t at, int field)
{
	const struct rulebook_slot *slots = desk->revision->slots;

	FOR_SLOTS(i, &desk->revision->bound[at].reached)
	{
		if (slots[i].role == RULEBOOK_AUXILIARY &&
			field_listed(&pricer->presence[slots[i].index], field))
			return true;
	}
	return false;
}

static bool is_read(const struct shk_pricer *pricer, const struct desk *desk,
	size_t at, size_t field)
{
	const struct rulebook_bound *bound = &desk->revision->bound[at];
	const struct rulebook_decision *rule = &pricer->book->decisions[at];
	uint32_t slot = desk->field_slots[field];

	if ((int)field == pricer->gate_field)
		return true;
	if (slot != RULEBOOK_NONE &&
		(feel_set_has(&bound->inputs, slot) ||
			feel_set_has(&bound->reached, slot)))
		return true;
	for (size_t i = 0; i < rule->output_count; i++)
		if (field_listed(&pricer->output_asks[at][i], (int)field))
			return true;
	return is_presence(pricer, desk, at, (int)field);
}

static bool is_number(enum record_type type)
{
	return type == RECORD_INT || type == RECORD_DEC || type == RECORD_YEN ||
	       type == RECORD_PERCENT;
}

static bool reads_make(struct recall *recall, const struct shk_pricer *pricer,
	size_t at, size_t revision)
{
	struct reads *reads = &recall->reads[at][revision];
	const struct desk *desk = &pricer->desks[revision];
	size_t count = pricer->schema->field_count;

	if (pricer->asked && !pricer->asked[at])
		return true; /* never looked up */
	reads->items =
		arena_zeroed(&recall->arena, count + 1, sizeof(*reads->items));
	reads->places = arena_alloc(
		&recall->arena, (count + 1) * sizeof(*reads->places));
	if (!reads->items || !reads->places)
		return false;
	memset(reads->places, 0xff, (count + 1) * sizeof(*reads->places));
	if (!desk->revision) /* the rulebook was opened without it */
		return true;
	if (!desk->revision->bound[at].present &&
		!*pricer->book->decisions[at].not_encoded)
		return true;
	for (size_t i = 0; i < count; i++) {
		enum record_type type = pricer->schema->fields[i].type;

		if (!is_read(pricer, desk, at, i))
			continue;
		reads->items[reads->count++] =
			(struct read){ (uint16_t)i, is_number(type), type };
		if (is_number(type))
			reads->places[i] = (uint16_t)reads->number_count++;
	}
	return true;
}

static bool prepare(struct recall *recall, const struct shk_pricer *pricer)
{
	size_t decisions = pricer->book->decision_count;
	size_t revisions = pricer->book->revision_count;

	recall->reads = arena_zeroed(
		&recall->arena, decisions + 1, sizeof(*recall->reads));
	recall->tallies = arena_zeroed(
		&recall->arena, decisions + 1, sizeof(*recall->tallies));
	recall->kinds = memory_zeroed(RECALL_KINDS_MAX, sizeof(*recall->kinds));
	if (!recall->reads || !recall->tallies || !recall->kinds)
		return false;
	for (size_t i = 0; i < decisions; i++) {
		recall->reads[i] = arena_zeroed(
			&recall->arena, revisions + 1, sizeof(**recall->reads));
		if (!recall->reads[i])
			return false;
		for (size_t k = 0; k < revisions; k++)
			if (!reads_make(recall, pricer, i, k))
				return false;
	}
	return true;
}

struct recall *recall_new(const struct shk_pricer *pricer)
{
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
	memory_free(recall->kinds);
	arena_release(&recall->arena);
	memory_free(recall);
}

/* What tells the kind of a record apart, and beside it its numbers. */
struct key {
	bool failed; /* no kind: a list, or too long */
	size_t size;
	char bytes[RECALL_KEY_MAX];
	num numbers[RECALL_NUMBERS_MAX];
};

static void key_add(struct key *key, const void *bytes, size_t size)
{
	if (size > sizeof(key->bytes) - key->size) {
		key->failed = true;
		return;
	}
	memcpy(key->bytes + key->size, bytes, size);
	key->size += size;
}

static void key_state(struct key *key, unsigned state)
{
	if (key->size == sizeof(key->bytes))
		key->failed = true;
	else
		key->bytes[key->size++] = (char)state;
}

static void key_value(struct key *key, enum record_type type,
	const struct record_value *value)
{
	if (type != RECORD_BOOL)
		key_state(key, RECORD_KNOWN);
	switch (type) {
	case RECORD_BOOL:
		key_state(key, RECORD_KNOWN + 1 + value->u.boolean);
		break;
	case RECORD_DATE:
		key_add(key, &value->u.days, sizeof(value->u.days));
		break;
	case RECORD_LIST:
		key->failed = true;
		break;
	default:
		key_add(key, &value->size, sizeof(value->size));
		key_add(key, value->u.text, value->size);
		break;
	}
}

/* What tells the record's kind, with the question and the day. */
static void key_make(const struct job *job, size_t at,
	const struct reads *reads, struct key *key)
{
	const struct record_value *values = job->record->values;
	uint16_t head[2] = { (uint16_t)at, (uint16_t)job->revision };
	uint8_t dated = (uint8_t)(job->assumed_newest | (*job->as_of ? 2 : 0));

	size_t numbers = 0;

	key->failed = reads->number_count > RECALL_NUMBERS_MAX;
	key->size = 0;
	key_add(key, head, sizeof(head));
	key_add(key, &job->day, sizeof(job->day));
	key_add(key, &dated, sizeof(dated));
	for (size_t i = 0; i < reads->count && !key->failed; i++) {
		const struct record_value *value =
			&values[reads->items[i].field];

		if (reads->items[i].number)
			key->numbers[numbers++] = value->u.number;
		if (value->state != RECORD_KNOWN || reads->items[i].number)
			key_state(key, value->state);
		else
			key_value(key, reads->items[i].type, value);
	}
}

static uint64_t key_hash(const struct key *key)
{
	uint64_t hash = key->size, word;
	size_t at = 0;

	for (; at + sizeof(word) <= key->size; at += sizeof(word)) {
		memcpy(&word, key->bytes + at, sizeof(word));
		hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
		hash ^= hash >> 32;
	}
	word = 0;
	memcpy(&word, key->bytes + at, key->size - at);
	hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
	return hash ^ hash >> 32;
}

static void *take(struct recall *recall, size_t size)
{
	void *block = arena_zeroed(&recall->arena, 1, size);

	recall->bytes += size;
	recall->failed = recall->failed || !block;
	return block;
}

/* The kind, which is added when it is new; NULL when there is no more room. */
static struct kind *kind_of(struct recall *recall, const struct key *key)
{
	uint64_t hash = key_hash(key);
	size_t place = hash % PLACES;
	struct kind *kind;
	char *copy;

	for (; recall->places[place]; place = (place + 1) % PLACES) {
		kind = &recall->kinds[recall->places[place] - 1];
		if (kind->hash == hash && kind->size == key->size &&
			memcmp(kind->key, key->bytes, key->size) == 0)
			return kind;
	}
	if (recall->kind_count == RECALL_KINDS_MAX ||
		recall->bytes > RECALL_BYTES_MAX)
		return NULL;
	copy = take(recall, key->size + 1);
	if (!copy)
		return NULL;
	memcpy(copy, key->bytes, key->size);
	kind = &recall->kinds[recall->kind_count++];
	*kind = (struct kind){ .hash = hash, .size = key->size, .key = copy };
	recall->places[place] = (uint32_t)recall->kind_count;
	return kind;
}

/* Same sign, exponent and high digits: the low words decide. */
static int order(num a, num b)
{
	if (a.w[1] != b.w[1] || (a.w[1] >> 61 & 3) == 3)
		return num_compare(a, b);
	if (a.w[0] == b.w[0])
		return 0;
	return (a.w[0] < b.w[0]) == (a.w[1] >> 63 == 0) ? -1 : 1;
}

static bool says(enum feel_guard_kind guard, num a, num b)
{
	int sign = order(a, b);

	return guard == FEEL_GUARD_EQ	? sign == 0
	       : guard == FEEL_GUARD_LT ? sign < 0
					: sign <= 0;
}

static struct recall_pin *pin_find(const struct recall_node *node, num value)
{
	for (struct recall_pin *pin = node->pins; pin; pin = pin->next)
		if (order(pin->value, value) == 0)
			return pin;
	return NULL;
}

/* Facts and constants are at hand; the rest is worked out. */
static bool side(const struct recall_form *form, const num *numbers, num *out)
{
	if (form->kind > FEEL_FORM_FACT)
		return recall_form_value(form, numbers, out);
	*out = form->kind == FEEL_FORM_FACT ? numbers[form->place]
					    : form->number;
	return true;
}

static bool says_whole(enum feel_guard_kind guard, uint64_t a, uint64_t b)
{
	return guard == FEEL_GUARD_EQ	? a == b
	       : guard == FEEL_GUARD_LT ? a < b
					: a <= b;
}

/* What the test says: 0 or 1; -1 when it cannot be said exactly. */
static int test(const struct recall_node *node, const num *numbers)
{
	enum feel_guard_kind guard = (enum feel_guard_kind)node->guard;
	const num *number = &numbers[node->place];
	num a, b;

	if (node->quick && number->w[1] == NUM_ZERO.w[1])
		return node->quick == QUICK_LEFT
			       ? says_whole(guard, number->w[0], node->limit)
			       : says_whole(guard, node->limit, number->w[0]);
	if (!side(node->a, numbers, &a) || !side(node->b, numbers, &b))
		return -1;
	return says(guard, a, b);
}

/* Follow the comparisons; NULL where nobody went before. */
static struct recall_leaf *walk(
	const struct recall_node *node, const num *numbers)
{
	while (node && node->kind != NODE_LEAF) {
		if (node->kind == NODE_PIN) {
			const struct recall_pin *pin =
				pin_find(node, numbers[node->place]);

			node = pin ? pin->then : NULL;
		} else {
			int said = test(node, numbers);

			node = said < 0 ? NULL : node->ways[said];
		}
	}
	return node ? node->leaf : NULL;
}

/* Work out the numbers of a remembered answer; false when one is not exact. */
static bool fill(struct recall_leaf *leaf, const num *numbers)
{
	for (size_t i = 0; i < leaf->result.hole_count; i++)
		if (!recall_form_value(leaf->forms[i], numbers,
			    &leaf->result.holes[i]->u.number))
			return false;
	return true;
}

/* Copying an answer: its numbers that came from facts are holes. */
struct learning {
	struct recall *recall;
	const struct job *job;
	const uint16_t *places;
	bool refused; /* a number that cannot be worked out again */
	size_t count;
	struct price_value *holes[RECALL_HOLES_MAX];
	const struct recall_form *forms[RECALL_HOLES_MAX];
};

static bool hole_add(void *context, struct price_value *number)
{
	struct learning *learning = context;
	const struct feel_notes *notes = &learning->recall->notes;
	const struct feel_value value = { .type = FEEL_NUMBER,
		.form = number->form };
	const struct recall_form *form;

	number->form = 0;
	if (!feel_note_free(notes, &value))
		return true;
	form = recall_form_keep(&learning->recall->arena, learning->job,
		learning->places, notes, value.form, &learning->recall->failed);
	if (!form || number->inexact || learning->count == RECALL_HOLES_MAX) {
		learning->refused = true;
		return false;
	}
	learning->holes[learning->count] = number;
	learning->forms[learning->count++] = form;
	return true;
}

static struct recall_leaf *leaf_make(struct recall *recall,
	const struct job *job, const uint16_t *places,
	const struct shk_result *result)
{
	struct learning learning = {
		.recall = recall, .job = job, .places = places
	};
	const struct result_holes holes = { &learning, hole_add };
	struct recall_leaf *leaf = take(recall, sizeof(*leaf));
	struct price_value **targets;
	size_t size;

	if (!leaf)
		return NULL;
	if (!result_copy(&recall->arena, result, &leaf->result, &holes,
		    &recall->bytes)) {
		recall->failed = recall->failed || !learning.refused;
		return NULL;
	}
	size = learning.count * sizeof(*targets);
	targets = take(recall, size + 1);
	leaf->forms = take(recall, size + 1);
	if (!targets || !leaf->forms)
		return NULL;
	if (size > 0) {
		memcpy(targets, learning.holes, size);
		memcpy(leaf->forms, learning.forms, size);
	}
	leaf->result.holes = targets;
	leaf->result.hole_count = learning.count;
	leaf->result.remembered = (uint32_t)++recall->leaf_count;
	return leaf;
}

static void node_quicken(struct recall_node *node)
{
	const struct recall_form *a = node->a, *b = node->b;
	bool left = a->kind == FEEL_FORM_FACT && b->kind == FEEL_FORM_NUMBER;
	const struct recall_form *limit = left ? b : a;
	int64_t whole;

	if (!left &&
		!(a->kind == FEEL_FORM_NUMBER && b->kind == FEEL_FORM_FACT))
		return;
	node->place = left ? a->place : b->place;
	if (!num_to_int(limit->number, &whole) || whole < 0)
		return;
	node->limit = (uint64_t)whole;
	node->quick = left ? QUICK_LEFT : QUICK_RIGHT;
}

static bool node_fits(const struct recall_node *node, bool pin,
	const struct feel_guard *guard, const struct recall_form *a,
	const struct recall_form *b)
{
	if (pin)
		return node->kind == NODE_PIN && node->place == a->place;
	return node->kind == NODE_TEST && node->guard == guard->kind &&
	       recall_form_same(node->a, a) && recall_form_same(node->b, b);
}

/* The node of a guard at `*place`, made when there is none. */
static struct recall_node *node_at(struct recall *recall, const struct job *job,
	const uint16_t *places, const struct feel_guard *guard,
	struct recall_node **place)
{
	bool pin = guard->kind == FEEL_GUARD_PIN;
	struct arena *arena = &recall->arena;
	const struct recall_form *a = recall_form_keep(
		arena, job, places, &recall->notes, guard->a, &recall->failed);
	const struct recall_form *b =
		pin ? NULL
		    : recall_form_keep(arena, job, places, &recall->notes,
			      guard->b, &recall->failed);
	struct recall_node *node = *place;

	if (!a || (!pin && !b))
		return NULL;
	if (node)
		return node_fits(node, pin, guard, a, b) ? node : NULL;
	node = take(recall, sizeof(*node));
	if (!node)
		return NULL;
	node->kind = pin ? NODE_PIN : NODE_TEST;
	node->guard = guard->kind;
	node->place = a->place;
	node->a = a;
	node->b = b;
	if (!pin)
		node_quicken(node);
	*place = node;
	return node;
}

/* The branch that the guard of this run takes from its node. */
static struct recall_node **branch(struct recall *recall,
	struct recall_node *node, const struct feel_guard *guard)
{
	num value = recall->notes.forms[guard->a].number;
	struct recall_pin *pin;

	if (node->kind == NODE_TEST)
		return &node->ways[guard->truth];
	pin = pin_find(node, value);
	if (!pin && node->pin_count < RECALL_PINS_MAX) {
		pin = take(recall, sizeof(*pin));
		if (!pin)
			return NULL;
		pin->value = value;
		pin->next = node->pins;
		node->pins = pin;
		node->pin_count++;
	}
	return pin ? &pin->then : NULL;
}

/* Put the answer at the end of the way that the notes tell. */
static bool learn(struct recall *recall, const struct job *job, size_t at,
	struct kind *kind, const struct shk_result *result)
{
	const uint16_t *places = recall->reads[at][job->revision].places;
	const struct feel_notes *notes = &recall->notes;
	struct recall_leaf *leaf;
	struct recall_node **place = &kind->root;

	if (notes->full || recall->leaf_count == RECALL_LEAVES_MAX ||
		recall->bytes > RECALL_BYTES_MAX)
		return false;
	leaf = leaf_make(recall, job, places, result);
	if (!leaf || notes->full)
		return false;
	for (size_t i = 0; i < notes->guard_count; i++) {
		struct recall_node *node =
			node_at(recall, job, places, &notes->guards[i], place);

		place = node ? branch(recall, node, &notes->guards[i]) : NULL;
		if (!place)
			return false;
	}
	if (*place) /* another way ended or went on here */
		return false;
	*place = take(recall, sizeof(**place));
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
	if (!learn(recall, job, at, kind, result))
		kind->closed = true;
	return recall->failed ? diag_memory(job->diag) : SHK_OK;
}

static bool is_barren(const struct tally *tally)
{
	return tally->learnt >= TRIAL && tally->hits < 2 * tally->learnt;
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
	if (!recall || is_barren(&recall->tallies[at]))
		return ask_rules(job, at, NULL, room);
	recall->failed = false;
	key_make(job, at, &recall->reads[at][job->revision], &key);
	kind = key.failed ? NULL : kind_of(recall, &key);
	if (recall->failed)
		return diag_memory(job->diag);
	if (!kind)
		return ask_rules(job, at, NULL, room);
	leaf = walk(kind->root, key.numbers);
	if (!leaf || !fill(leaf, key.numbers))
		return ask_rules(
			job, at, leaf || kind->closed ? NULL : kind, room);
	recall->tallies[at].hits++;
	*answer = &leaf->result;
	return result_name(job, &leaf->result);
}

struct kind *recall_kind(
	const struct job *job, size_t at, num *numbers, size_t *count)
{
	struct recall *recall = job->pricer->recall;
	const struct reads *reads;
	struct key key;

	*count = 0;
	if (!recall)
		return NULL;
	reads = &recall->reads[at][job->revision];
	key_make(job, at, reads, &key);
	if (key.failed)
		return NULL;
	*count = reads->number_count;
	memcpy(numbers, key.numbers, *count * sizeof(*numbers));
	return kind_of(recall, &key);
}

struct shk_result *recall_again(struct shk_pricer *pricer, size_t at,
	const struct kind *kind, const num *numbers)
{
	struct recall_leaf *leaf = walk(kind->root, numbers);

	if (!leaf || !fill(leaf, numbers))
		return NULL;
	pricer->recall->tallies[at].hits++;
	return &leaf->result;
}
