/*
 * Kinds of records. Two records are of one kind when they are asked the same
 * on the same day and differ in nothing but numbers that both of them have:
 * the same facts known, the same words, truths and dates, lists of the same
 * length with the same words in the same places.
 */
#include <string.h>

#include "price/recall_inside.h"

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

bool recall_reads_make(struct recall *recall, const struct shk_pricer *pricer,
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
	reads->lists =
		arena_zeroed(&recall->arena, count + 1, sizeof(*reads->lists));
	if (!reads->items || !reads->places || !reads->lists)
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
		reads->lists[i] = type == RECORD_LIST;
		if (is_number(type))
			reads->places[i] = (uint16_t)reads->number_count++;
	}
	return true;
}

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

static void key_number(struct key *key, num number)
{
	if (key->number_count == RECALL_NUMBERS_MAX)
		key->failed = true;
	else
		key->numbers[key->number_count++] = number;
}

/* One that is known, and no list. */
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
	default:
		key_add(key, &value->size, sizeof(value->size));
		key_add(key, value->u.text, value->size);
		break;
	}
}

/* Its length and what stands in it; its numbers are beside the key. */
static void key_list(struct key *key, const struct record_field *field,
	const struct record_value *list)
{
	size_t count = (size_t)list->size * field->part_count;

	key_state(key, RECORD_KNOWN);
	key_add(key, &list->size, sizeof(list->size));
	for (size_t i = 0; i < count && !key->failed; i++) {
		const struct record_value *part = &list->u.parts[i];
		enum record_type type =
			field->parts[i % field->part_count].type;

		if (part->state == RECORD_KNOWN && !is_number(type)) {
			key_value(key, type, part);
			continue;
		}
		key_state(key, part->state);
		if (part->state == RECORD_KNOWN)
			key_number(key, part->u.number);
	}
}

/* How many numbers are known in a list. */
static size_t listed_numbers(
	const struct record_field *field, const struct record_value *list)
{
	size_t count = (size_t)list->size * field->part_count;
	size_t numbers = 0;

	if (list->state != RECORD_KNOWN)
		return 0;
	for (size_t i = 0; i < count; i++)
		numbers += list->u.parts[i].state == RECORD_KNOWN &&
			   is_number(field->parts[i % field->part_count].type);
	return numbers;
}

static uint16_t field_place(
	const struct job *job, const struct reads *reads, uint32_t slot)
{
	for (size_t i = 0; i < job->pricer->schema->field_count; i++)
		if (job->desk->field_slots[i] == slot &&
			job->record->values[i].state == RECORD_KNOWN)
			return reads->places[i];
	return RECALL_NO_PLACE;
}

uint16_t recall_place(
	const struct job *job, const struct reads *reads, uint32_t slot)
{
	const struct record_schema *schema = job->pricer->schema;
	size_t left = slot - facts_list_slot(job);
	size_t place = reads->number_count;

	if (slot < facts_list_slot(job))
		return field_place(job, reads, slot);
	/* lists are gone through here, for the notes and for keys alike */
	for (size_t i = 0; i < schema->field_count; i++) {
		size_t numbers;

		if (schema->fields[i].type != RECORD_LIST ||
			job->desk->field_slots[i] == RULEBOOK_NONE)
			continue;
		numbers = listed_numbers(
			&schema->fields[i], &job->record->values[i]);
		if (left < numbers)
			return reads->lists[i] ? (uint16_t)(place + left)
					       : RECALL_NO_PLACE;
		left -= numbers;
		place += reads->lists[i] ? numbers : 0;
	}
	return RECALL_NO_PLACE;
}

void recall_key_make(const struct job *job, size_t at,
	const struct reads *reads, struct key *key)
{
	const struct record_value *values = job->record->values;
	uint16_t head[2] = { (uint16_t)at, (uint16_t)job->revision };
	uint8_t dated = (uint8_t)(job->assumed_newest | (*job->as_of ? 2 : 0));

	size_t numbers = 0;

	key->failed = reads->number_count > RECALL_NUMBERS_MAX;
	key->number_count = reads->number_count;
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
		else if (reads->items[i].type == RECORD_LIST)
			key_list(key,
				&job->pricer->schema
					 ->fields[reads->items[i].field],
				value);
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

struct kind *recall_kind_of(struct recall *recall, const struct key *key)
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
	copy = recall_take(recall, key->size + 1);
	if (!copy)
		return NULL;
	memcpy(copy, key->bytes, key->size);
	kind = &recall->kinds[recall->kind_count++];
	*kind = (struct kind){ .hash = hash, .size = key->size, .key = copy };
	recall->places[place] = (uint32_t)recall->kind_count;
	return kind;
}
