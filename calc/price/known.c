/*
 * The facts of a record that a decision can read, as text: each in the form
 * of a CSV cell, so that shk_record_set gives the same value again. Items of a
 * list are sorted, since their order has no meaning; the same facts give the
 * same bytes whatever file they came from. What a decision can read is the
 * same in every revision here, so that two revisions can be compared.
 */
#include "price/pricer.h"
#include "record/cell.h"

static void reads_add(bool *reads, const struct field_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->fields[i] >= 0)
			reads[list->fields[i]] = true;
}

/* Facts that it reads under one revision, and presence that it asks for. */
static void reads_revision(struct shk_pricer *pricer, const struct desk *desk,
	size_t decision, bool *reads)
{
	const struct rulebook_revision *revision = desk->revision;
	const struct rulebook_bound *bound = &revision->bound[decision];

	if (!bound->present)
		return;
	for (size_t i = 0; i < pricer->schema->field_count; i++)
		if (desk->field_slots[i] != RULEBOOK_NONE &&
			feel_set_has(&bound->inputs, desk->field_slots[i]))
			reads[i] = true;
	FOR_SLOTS(i, &bound->reached)
	{
		const struct rulebook_slot *slot = &revision->slots[i];

		if (slot->role == RULEBOOK_AUXILIARY)
			reads_add(reads, &pricer->presence[slot->index]);
	}
}

static void reads_decision(
	struct shk_pricer *pricer, size_t decision, bool *reads)
{
	const shk_rulebook *book = pricer->book;

	for (size_t i = 0; i < book->revision_count; i++)
		reads_revision(pricer, &pricer->desks[i], decision, reads);
	for (size_t i = 0; i < book->decisions[decision].output_count; i++)
		reads_add(reads, &pricer->output_asks[decision][i]);
	if (pricer->gate_field >= 0)
		reads[pricer->gate_field] = true;
	if (pricer->as_of_field >= 0) /* a result says its day itself */
		reads[pricer->as_of_field] = false;
}

enum shk_code known_prepare(struct shk_pricer *pricer)
{
	size_t fields = pricer->schema->field_count;
	size_t decisions = pricer->book->decision_count;

	pricer->reads = arena_zeroed(
		&pricer->arena, decisions * fields + 1, sizeof(*pricer->reads));
	if (!pricer->reads)
		return SHK_E_MEMORY;
	for (size_t i = 0; i < decisions; i++)
		reads_decision(pricer, i, pricer->reads + i * fields);
	return SHK_OK;
}

static const char *known_text(struct job *job, const struct record_field *field,
	const struct record_value *value)
{
	struct buffer *out = &job->pricer->text;
	struct arena *arena = &job->pricer->results;

	buffer_clear(out);
	if (!cell_print(out, arena, field, value, true))
		return NULL;
	return arena_text(arena, out->size ? out->data : "", out->size);
}

enum shk_code known_keep(
	struct job *job, size_t decision, struct shk_result *result)
{
	const struct record_schema *schema = job->pricer->schema;
	const bool *reads = job->pricer->reads + decision * schema->field_count;
	struct price_known *known = arena_zeroed(
		&job->pricer->results, schema->field_count + 1, sizeof(*known));

	if (!known)
		return diag_memory(job->diag);
	result->known = known;
	for (size_t i = 0; i < schema->field_count; i++) {
		size_t at = schema->by_name[i];
		const struct record_value *value = &job->record->values[at];

		if (!reads[at] || value->state == RECORD_UNKNOWN)
			continue;
		known->name = schema->fields[at].name;
		known->value = known_text(job, &schema->fields[at], value);
		if (!known->value)
			return diag_memory(job->diag);
		known++;
		result->known_count++;
	}
	return SHK_OK;
}
