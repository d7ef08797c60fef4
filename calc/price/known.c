/*
 * The facts of a record that a decision can read, as text: each in the form
 * of a CSV cell, so that shk_record_set gives the same value again. Items of a
 * list are sorted, since their order has no meaning; the same facts give the
 * same bytes whatever file they came from. What a decision can read is the
 * same in every revision here, so that two revisions can be compared.
 */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "price/pricer.h"

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

static void print_escaped(
	struct buffer *out, const char *data, size_t size, const char *signs)
{
	for (size_t i = 0; i < size; i++) {
		if (data[i] && strchr(signs, data[i]))
			buffer_byte(out, '\\');
		buffer_byte(out, data[i]);
	}
}

/* `signs`: what needs a `\` before it in a text. */
static void print_scalar(struct buffer *out, enum record_type type,
	const struct record_value *value, const char *signs)
{
	char number[NUM_TEXT_MAX];
	char date[DATE_TEXT];

	switch (type) {
	case RECORD_BOOL:
		buffer_text(out, value->u.boolean ? "true" : "false");
		break;
	case RECORD_INT:
	case RECORD_DEC:
	case RECORD_YEN:
	case RECORD_PERCENT:
		if (num_format(value->u.number, number, sizeof(number)) == 0)
			out->failed = true;
		else
			buffer_text(out, number);
		break;
	case RECORD_DATE:
		date_format(value->u.days, date);
		buffer_text(out, date);
		break;
	case RECORD_ENUM:
	case RECORD_MAKER:
	case RECORD_TEXT:
		print_escaped(out, value->u.text, value->size, signs);
		break;
	case RECORD_LIST: /* lists do not nest */
		break;
	}
}

/* The first part behind the place in a cell that begins with `part`. */
static size_t place_end(const struct record_field *field, size_t part)
{
	const char *group = field->parts[part].group;
	size_t end = part + 1;

	while (end < field->part_count &&
		(field->parts[end].after ||
			(group && field->parts[end].group &&
				strcmp(field->parts[end].group, group) == 0)))
		end++;
	return end;
}

static void print_part(struct buffer *out, const struct record_field *type,
	const struct record_value *value)
{
	if (value->state != RECORD_KNOWN)
		return;
	buffer_text(out, type->after ? type->after : type->prefix);
	print_scalar(out, type->type, value, "\\|:");
}

/* One item: its places apart by `:`, those behind the last given left out. */
static void print_item(struct buffer *out, const struct record_field *field,
	const struct record_value *parts)
{
	size_t last = field->part_count;

	while (last > 0 && parts[last - 1].state != RECORD_KNOWN)
		last--;
	for (size_t i = 0; i < last;) {
		size_t end = place_end(field, i);

		if (i)
			buffer_byte(out, ':');
		for (; i < end; i++)
			print_part(out, &field->parts[i], &parts[i]);
	}
}

static int item_order(const void *a, const void *b)
{
	return text_compare(*(const struct text *)a, *(const struct text *)b);
}

static bool print_list(struct buffer *out, struct arena *arena,
	const struct record_field *field, const struct record_value *value)
{
	struct text *items =
		arena_zeroed(arena, value->size + 1, sizeof(*items));
	size_t begin = out->size;

	if (!items)
		return false;
	for (size_t i = 0; i < value->size && !out->failed; i++) {
		size_t from = out->size;

		print_item(out, field, value->u.parts + i * field->part_count);
		if (out->failed)
			return false;
		items[i].size = out->size - from;
		items[i].data = arena_text(arena,
			items[i].size ? out->data + from : "", items[i].size);
		if (!items[i].data)
			return false;
	}
	qsort(items, value->size, sizeof(*items), item_order);
	out->size = begin;
	for (size_t i = 0; i < value->size; i++) {
		if (i)
			buffer_byte(out, '|');
		buffer_add(out, items[i].data, items[i].size);
	}
	return true;
}

static const char *known_text(struct job *job, const struct record_field *field,
	const struct record_value *value)
{
	struct buffer *out = &job->pricer->text;
	struct arena *arena = &job->pricer->results;
	bool good = true;

	buffer_clear(out);
	if (value->state == RECORD_NONE)
		buffer_text(out, "none");
	else if (field->type == RECORD_LIST)
		good = print_list(out, arena, field, value);
	else
		print_scalar(out, field->type, value, "");
	return good && !out->failed
		       ? arena_text(
				 arena, out->size ? out->data : "", out->size)
		       : NULL;
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
