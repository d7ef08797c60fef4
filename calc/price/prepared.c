/*
 * Records kept for one decision. Beside a copy of its facts each has its kind
 * and its numbers at hand, so that a remembered answer is found by comparing
 * numbers alone; only an answer that nobody asked for before goes through the
 * facts again.
 */
#include <string.h>

#include "base/memory.h"
#include "price/recall.h"

/* A known value of a record. */
struct fact {
	uint16_t field;
	struct record_value value;
};

struct entry {
	struct kind *kind; /* NULL: never remembered */
	const num *numbers;
	const char *id;
	const char *name;
	const char *path;
	long row;
	size_t fact_count;
	const struct fact *facts;
};

struct shk_prepared {
	struct shk_pricer *pricer;
	size_t decision;
	struct arena arena;
	struct record record; /* the one that is asked again */
	struct shk_result room;
	size_t count, capacity;
	struct entry *entries;
};

enum shk_code shk_prepared_new(shk_prepared **out, shk_pricer *pricer,
	const char *decision, shk_diag *diag)
{
	int at = rulebook_decision_find(pricer->book, decision);
	shk_prepared *prepared;
	enum shk_code code;

	*out = NULL;
	if (at < 0)
		return diag_set(diag, SHK_E_USAGE,
			"there is no decision \"%s\"", decision);
	prepared = memory_zeroed(1, sizeof(*prepared));
	if (!prepared)
		return diag_memory(diag);
	arena_init(&prepared->arena);
	prepared->pricer = pricer;
	prepared->decision = (size_t)at;
	code = record_init(
		&prepared->record, pricer->schema, &prepared->arena, diag);
	if (code)
		shk_prepared_free(prepared);
	else
		*out = prepared;
	return code;
}

static bool value_copy(struct arena *arena, const struct record_field *field,
	const struct record_value *from, struct record_value *to)
{
	size_t count = (size_t)from->size * field->part_count;
	struct record_value *parts;

	*to = *from;
	if (from->state != RECORD_KNOWN)
		return true;
	if (field->type == RECORD_ENUM || field->type == RECORD_TEXT ||
		field->type == RECORD_MAKER) {
		to->u.text = arena_text(arena, from->u.text, from->size);
		return to->u.text != NULL;
	}
	if (field->type != RECORD_LIST)
		return true;
	parts = arena_zeroed(arena, count + 1, sizeof(*parts));
	to->u.parts = parts;
	for (size_t i = 0; parts && i < count; i++)
		if (!value_copy(arena, &field->parts[i % field->part_count],
			    &from->u.parts[i], &parts[i]))
			return false;
	return parts != NULL;
}

static bool facts_copy(shk_prepared *prepared, const struct record *record,
	struct entry *entry)
{
	const struct record_schema *schema = record->schema;
	struct fact *facts;
	size_t count = 0;

	for (size_t i = 0; i < schema->field_count; i++)
		count += record->values[i].state != RECORD_UNKNOWN;
	facts = arena_zeroed(&prepared->arena, count + 1, sizeof(*facts));
	entry->facts = facts;
	for (size_t i = 0; facts && i < schema->field_count; i++) {
		if (record->values[i].state == RECORD_UNKNOWN)
			continue;
		facts->field = (uint16_t)i;
		if (!value_copy(&prepared->arena, &schema->fields[i],
			    &record->values[i], &facts->value))
			return false;
		if ((int)i == prepared->pricer->name_field &&
			record->values[i].state == RECORD_KNOWN)
			entry->name = facts->value.u.text;
		facts++;
		entry->fact_count++;
	}
	return facts != NULL;
}

/* Kind and numbers; none when there is no rule on its day. */
static bool kind_keep(shk_prepared *prepared, const struct record *record,
	struct entry *entry)
{
	struct job job = {
		.pricer = prepared->pricer, .record = record, .as_of = ""
	};
	num numbers[RECALL_NUMBERS_MAX];
	size_t count;
	num *copy;
	bool failed;
	shk_diag why;

	job_begin(&job, &why);
	if (!job.desk)
		return true;
	entry->kind =
		recall_kind(&job, prepared->decision, numbers, &count, &failed);
	copy = arena_zeroed(&prepared->arena, count + 1, sizeof(*copy));
	entry->numbers = copy;
	if (failed)
		return false;
	if (copy && count > 0)
		memcpy(copy, numbers, count * sizeof(*copy));
	return copy != NULL;
}

enum shk_code shk_prepared_add(
	shk_prepared *prepared, const shk_record *given, shk_diag *diag)
{
	const struct record *record = record_of_const(given);
	void *entries = prepared->entries;
	struct entry *entry;

	if (!memory_grow(&entries, &prepared->capacity, prepared->count + 1,
		    sizeof(*entry)))
		return diag_memory(diag);
	prepared->entries = entries;
	entry = &prepared->entries[prepared->count];
	*entry = (struct entry){ .name = "", .row = record->row };
	entry->id =
		arena_text(&prepared->arena, record->id, strlen(record->id));
	entry->path =
		arena_text(&prepared->arena, record->path ? record->path : "",
			record->path ? strlen(record->path) : 0);
	if (!entry->id || !entry->path ||
		!facts_copy(prepared, record, entry) ||
		!kind_keep(prepared, record, entry))
		return diag_memory(diag);
	prepared->count++;
	return SHK_OK;
}

size_t shk_prepared_count(const shk_prepared *prepared)
{
	return prepared->count;
}

/* By way of the whole record. */
static enum shk_code ask(shk_prepared *prepared, const struct entry *entry,
	const shk_result **result, shk_diag *diag)
{
	struct record *record = &prepared->record;
	struct job job = { .pricer = prepared->pricer,
		.record = record,
		.as_of = "",
		.diag = diag };
	struct shk_result *answer;
	shk_diag why, own;
	enum shk_code code;

	job_told(&job, &own);
	for (size_t i = 0; i < entry->fact_count; i++)
		record->values[entry->facts[i].field] = entry->facts[i].value;
	record->id = entry->id;
	record->path = entry->path;
	record->row = entry->row;
	job_begin(&job, &why);
	code = price_one(
		&job, prepared->decision, &why, &prepared->room, &answer);
	for (size_t i = 0; i < entry->fact_count; i++)
		memset(&record->values[entry->facts[i].field], 0,
			sizeof(*record->values));
	*result = answer;
	return code;
}

enum shk_code shk_prepared_answer(shk_prepared *prepared, size_t index,
	const shk_result **result, shk_diag *diag)
{
	const struct entry *entry;
	struct shk_result *again = NULL;

	*result = NULL;
	if (index >= prepared->count)
		return diag_set(
			diag, SHK_E_USAGE, "there is no record %zu", index);
	entry = &prepared->entries[index];
	if (entry->kind && !prepared->pricer->facts)
		again = recall_again(prepared->pricer, prepared->decision,
			entry->kind, entry->numbers);
	if (!again)
		return ask(prepared, entry, result, diag);
	again->id = entry->id;
	again->name = entry->name;
	again->path = entry->path;
	again->row = entry->row;
	again->kept_count = again->known_count = 0;
	*result = again;
	return SHK_OK;
}

void shk_prepared_free(shk_prepared *prepared)
{
	if (!prepared)
		return;
	memory_free(prepared->entries);
	arena_release(&prepared->arena);
	memory_free(prepared);
}
