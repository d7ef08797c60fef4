/*
 * Pricers are kept by what they rest on and used again, since a change of the
 * rules asks the same few questions of every record. What the rules refuse (a
 * fact that they do not know, a day before the first revision) is no failure:
 * that world just has no answer.
 */
#include <stdint.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "compare/world.h"
#include "record/record.h"

static bool world_write(void *context, const char *data, size_t size)
{
	struct buffer *out = context;

	buffer_add(out, data, size);
	return !out->failed;
}

enum shk_code worlds_init(struct worlds *worlds,
	const shk_compare_options *options,
	const struct shk_snapshot_header *before,
	const struct shk_snapshot_header *after,
	const struct header_causes *causes, shk_diag *diag)
{
	shk_report_options report = { .format = SHK_REPORT_SNAPSHOT };

	*worlds = (struct worlds){ .headers = { before, after },
		.causes = causes,
		.evidence = options->evidence };
	arena_init(&worlds->record);
	buffer_init(&worlds->key);
	buffer_init(&worlds->line);
	for (int side = 0; side < 2; side++)
		for (size_t i = 0; i < options->book_count; i++)
			if (strcmp(shk_rulebook_hash(
					   options->books[i].rulebook),
				    worlds->headers[side]->rulebook) == 0)
				worlds->books[side] = &options->books[i];
	return shk_report_new(&worlds->report, &report,
		(shk_sink){ &worlds->line, world_write }, diag);
}

static void pricers_clear(struct worlds *worlds)
{
	for (size_t i = 0; i < worlds->pricer_count; i++) {
		memory_free(worlds->pricers[i].key);
		shk_pricer_free(worlds->pricers[i].pricer);
		shk_policy_free(worlds->pricers[i].policy);
	}
	worlds->pricer_count = 0;
}

void worlds_release(struct worlds *worlds)
{
	pricers_clear(worlds);
	shk_report_free(worlds->report);
	arena_release(&worlds->record);
	buffer_release(&worlds->key);
	buffer_release(&worlds->line);
}

/* Side of what is named; what does not differ is the same on both. */
static int side_of(const struct shk_change *change, const struct world *world,
	enum shk_cause_kind kind, const char *name)
{
	for (size_t i = 0; i < change->cause_count; i++)
		if (change->causes[i].kind == kind &&
			(!name || strcmp(change->causes[i].name, name) == 0))
			return world->sides[i];
	return 0;
}

/* What a pricer rests on: rules, decision, level, parameters. */
static void key_make(struct worlds *worlds, const struct shk_change *change,
	const struct world *world)
{
	struct buffer *key = &worlds->key;

	buffer_clear(key);
	buffer_format(key, "%d%d",
		side_of(change, world, SHK_CAUSE_RULES, NULL),
		side_of(change, world, SHK_CAUSE_EVIDENCE, NULL));
	for (size_t i = 0; i < worlds->causes->count; i++)
		if (worlds->causes->items[i].kind == SHK_CAUSE_PARAMETER)
			buffer_format(key, "%d",
				side_of(change, world, SHK_CAUSE_PARAMETER,
					worlds->causes->items[i].name));
	buffer_text(key, change->decision);
}

/* The parameters of this world; false when the book does not know one. */
static enum shk_code policy_fill(const struct worlds *worlds,
	const struct shk_change *change, const struct world *world,
	shk_policy *policy, bool *known)
{
	*known = true;
	for (int side = 0; side < 2; side++) {
		const struct pairs *pairs = &worlds->causes->policy[side];

		for (size_t i = 0; i < pairs->count && *known; i++) {
			const struct pair *pair = &pairs->items[i];
			enum shk_code code;

			/* what is the same on both sides comes from before */
			if (side_of(change, world, SHK_CAUSE_PARAMETER,
				    pair->name) != side)
				continue;
			code = shk_policy_set(
				policy, pair->name, pair->value, NULL);
			if (code == SHK_E_MEMORY)
				return code;
			*known = code == SHK_OK;
		}
	}
	return SHK_OK;
}

static enum shk_code pricer_make(struct worlds *worlds,
	const struct shk_change *change, const struct world *world,
	const struct shk_compare_book *book, struct world_pricer *made)
{
	int side = side_of(change, world, SHK_CAUSE_EVIDENCE, NULL);
	const char *level = worlds->headers[side]->min_evidence;
	const char *decisions[] = { change->decision };
	shk_price_options options = { .decisions = decisions,
		.decision_count = 1,
		.min_evidence = *level ? level : NULL };
	bool known;
	enum shk_code code =
		shk_policy_new(&made->policy, book->rulebook, NULL);

	if (!code)
		code = policy_fill(worlds, change, world, made->policy, &known);
	if (code || !known)
		return code;
	options.policy = made->policy;
	code = shk_pricer_new(
		&made->pricer, book->rulebook, book->schema, &options, NULL);
	return code == SHK_E_USAGE ? SHK_OK : code;
}

/* The pricer of this world; its `pricer` is NULL when there can be none. */
static enum shk_code pricer_find(struct worlds *worlds,
	const struct shk_change *change, const struct world *world,
	const struct shk_compare_book *book, const struct world_pricer **out)
{
	struct world_pricer *made;
	enum shk_code code;

	key_make(worlds, change, world);
	if (worlds->key.failed)
		return SHK_E_MEMORY;
	for (size_t i = 0; i < worlds->pricer_count; i++) {
		*out = &worlds->pricers[i];
		if (strcmp((*out)->key, worlds->key.data) == 0)
			return SHK_OK;
	}
	if (worlds->pricer_count == WORLD_PRICERS_MAX)
		pricers_clear(worlds);
	made = &worlds->pricers[worlds->pricer_count];
	*made = (struct world_pricer){ .key = memory_copy_text(worlds->key.data,
					       worlds->key.size) };
	if (!made->key)
		return SHK_E_MEMORY;
	worlds->pricer_count++;
	*out = made;
	code = pricer_make(worlds, change, world, book, made);
	return code;
}

/* One fact into the record; false when the vocabulary does not take it. */
static enum shk_code fact_set(
	struct record *record, const char *name, const char *value, bool *known)
{
	enum shk_code code =
		record_set(record, text_of(name), text_of(value), NULL);

	*known = code == SHK_OK;
	return code == SHK_E_MEMORY ? code : SHK_OK;
}

/* The facts that this world takes from one side. */
static enum shk_code facts_from(struct worlds *worlds,
	const struct shk_change *change, const struct world *world, int side,
	struct record *record, bool *known)
{
	const struct shk_snapshot_line *line =
		side ? change->after : change->before;
	struct pairs pairs;

	if (!pairs_split(&worlds->record, line->cells[SHK_COLUMN_FACTS], true,
		    &pairs))
		return SHK_E_MEMORY;
	for (size_t i = 0; i < pairs.count && *known; i++) {
		const struct pair *pair = &pairs.items[i];
		enum shk_code code;

		/* what is the same on both sides comes from before */
		if (side_of(change, world, SHK_CAUSE_FACT, pair->name) != side)
			continue;
		code = fact_set(record, pair->name, pair->value, known);
		if (code)
			return code;
	}
	return SHK_OK;
}

static enum shk_code record_fill(struct worlds *worlds,
	const struct shk_change *change, const struct world *world,
	const shk_schema *schema, struct record *record, bool *known)
{
	int side = side_of(change, world, SHK_CAUSE_RULES, NULL);
	const struct shk_snapshot_line *rules =
		side ? change->after : change->before;
	enum shk_code code;

	arena_clear(&worlds->record);
	*known = true;
	code = record_init(
		record, record_schema_of(schema), &worlds->record, NULL);
	if (code)
		return code;
	record->id = change->id;
	code = fact_set(record, "as_of", rules->cells[SHK_COLUMN_AS_OF], known);
	for (int from = 0; from < 2 && !code && *known; from++)
		code = facts_from(worlds, change, world, from, record, known);
	return code;
}

static enum shk_code world_result(void *context, const shk_result *result)
{
	return shk_report_result(context, result, NULL);
}

/* The columns of a line that are the answer: status to outcomes, evidence. */
static const char *answer_text(
	struct arena *arena, const char *line, size_t size, bool evidence)
{
	const char *end = line + size;
	const char *from = NULL;
	int stop = evidence ? SHK_COLUMN_CITATIONS : SHK_COLUMN_EVIDENCE;
	int column = 0;

	for (const char *at = line; at < end; at++) {
		if (*at != '\t')
			continue;
		column++;
		if (column == SHK_COLUMN_STATUS)
			from = at + 1;
		if (column == stop)
			return arena_text(arena, from, (size_t)(at - from));
	}
	return arena_text(arena, "", 0);
}

const char *worlds_line_answer(struct arena *arena,
	const struct shk_snapshot_line *line, bool evidence)
{
	return answer_text(arena, line->text, line->size, evidence);
}

enum shk_code worlds_answer(struct worlds *worlds, struct arena *arena,
	const struct shk_change *change, const struct world *world,
	const char **answer, shk_diag *diag)
{
	int side = side_of(change, world, SHK_CAUSE_RULES, NULL);
	const struct shk_compare_book *book = worlds->books[side];
	const struct world_pricer *found;
	struct record record;
	enum shk_code code = SHK_OK;
	bool known;

	*answer = NULL;
	if (!book || !*change->decision || worlds->causes->opaque)
		return SHK_OK;
	code = record_fill(
		worlds, change, world, book->schema, &record, &known);
	if (!code && known)
		code = pricer_find(worlds, change, world, book, &found);
	if (!code && known && found->pricer) {
		buffer_clear(&worlds->line);
		code = shk_pricer_price(found->pricer,
			(const shk_record *)(const void *)&record, world_result,
			worlds->report, NULL);
		if (!code && worlds->line.size) {
			*answer = answer_text(arena, worlds->line.data,
				worlds->line.size, worlds->evidence);
			code = *answer ? SHK_OK : SHK_E_MEMORY;
		}
	}
	if (code == SHK_E_MEMORY || worlds->line.failed)
		return diag_memory(diag);
	return SHK_OK;
}
