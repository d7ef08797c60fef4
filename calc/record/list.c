/*
 * From the draft of a list to its values: each part read by its type, parts
 * that exclude each other, items that agree in their key, the ceiling on a
 * sum. Which rule holds for which list is said by the vocabulary alone.
 */
#include <stdio.h>
#include <string.h>

#include "record/list.h"

#define LIST_FIRST 8 /* items that a new draft has room for */

struct list_text *list_item(struct value_context *context,
	struct list_draft *draft, enum shk_code *code)
{
	size_t width = draft->field->part_count;
	struct list_text *texts;

	context->field = draft->field;
	if (draft->count == SHK_ITEMS_MAX) {
		context->item = 0;
		*code = value_refuse(context, draft->field, "bad_value",
			"more than %d items", SHK_ITEMS_MAX);
		return NULL;
	}
	if (draft->count == draft->capacity) {
		size_t capacity =
			draft->capacity ? draft->capacity * 2 : LIST_FIRST;

		texts = arena_zeroed(
			context->arena, capacity * width, sizeof(*texts));
		if (!texts) {
			*code = diag_memory(context->diag);
			return NULL;
		}
		if (draft->count > 0)
			memcpy(texts, draft->texts,
				draft->count * width * sizeof(*texts));
		draft->texts = texts;
		draft->capacity = capacity;
	}
	*code = SHK_OK;
	return draft->texts + draft->count++ * width;
}

/* The part of `group` that an item gives, or part_count when none. */
static size_t list_given(const struct record_field *field,
	const struct record_value *item, const char *group)
{
	size_t part = 0;

	while (part < field->part_count &&
		(!field->parts[part].group ||
			strcmp(field->parts[part].group, group) != 0 ||
			item[part].state == RECORD_UNKNOWN))
		part++;
	return part;
}

/* Names of the parts of a group, for a message. */
static void list_group_names(const struct record_field *field,
	const char *group, char *out, size_t size)
{
	size_t at = 0;

	out[0] = '\0';
	for (size_t i = 0; i < field->part_count; i++) {
		int written;

		if (!field->parts[i].group ||
			strcmp(field->parts[i].group, group) != 0)
			continue;
		written = snprintf(out + at, size - at, "%s%s",
			at ? " or " : "", field->parts[i].name);
		if (written < 0 || (size_t)written >= size - at)
			return;
		at += (size_t)written;
	}
}

/*
 * A part of the group (of the part itself, without one) is written as unknown:
 * `fr:` or "price": null.
 */
static bool list_is_open(const struct record_field *field,
	const struct list_text *texts, size_t part)
{
	const char *group = field->parts[part].group;

	if (!group)
		return texts[part].text.data != NULL;
	for (size_t i = 0; i < field->part_count; i++)
		if (field->parts[i].group && texts[i].text.data &&
			strcmp(field->parts[i].group, group) == 0)
			return true;
	return false;
}

/* What an item lacks: known to be open, or forgotten. */
static enum shk_code list_lacks(struct value_context *context,
	const struct list_text *texts, size_t part, const char *names)
{
	if (context->field->plain ||
		context->field->parts[part].key != RECORD_KEY_NONE ||
		!list_is_open(context->field, texts, part))
		return value_refuse(context, context->field, "bad_value",
			"%s is missing", names);
	context->open = true;
	return SHK_OK;
}

/* An item with the word that stands alone has no amount, others need one. */
static enum shk_code list_check_group(struct value_context *context,
	const struct list_text *texts, const struct record_value *item,
	size_t part)
{
	const struct record_field *field = context->field;
	const char *group = field->parts[part].group;
	size_t given = list_given(field, item, group);
	bool alone = field->alone && item[0].state == RECORD_KNOWN &&
		     field->parts[0].type == RECORD_ENUM &&
		     strcmp(item[0].u.text, field->alone) == 0;
	char names[128];

	list_group_names(field, group, names, sizeof(names));
	if (alone && given < field->part_count)
		return value_refuse(context, field, "bad_value",
			"%s stands alone, without %s", field->alone, names);
	if (!alone && given == field->part_count &&
		!field->parts[part].optional)
		return list_lacks(context, texts, part, names);
	if (given < part && item[part].state != RECORD_UNKNOWN)
		return value_refuse(context, field, "bad_value",
			"%s and %s exclude each other",
			field->parts[given].name, field->parts[part].name);
	return SHK_OK;
}

static enum shk_code list_check_part(struct value_context *context,
	const struct list_text *texts, const struct record_value *item,
	size_t part)
{
	const struct record_field *type = &context->field->parts[part];
	bool given = item[part].state != RECORD_UNKNOWN;

	if (type->group)
		return list_check_group(context, texts, item, part);
	if (type->after && part > 0) {
		bool before = item[part - 1].state != RECORD_UNKNOWN;

		if (given != before)
			return value_refuse(context, context->field,
				"bad_value", "%s and %s go together",
				type[-1].name, type->name);
		return SHK_OK;
	}
	if (!given && !type->optional)
		return list_lacks(context, texts, part, type->name);
	return SHK_OK;
}

static enum shk_code list_read_item(struct value_context *context,
	const struct list_text *texts, struct record_value *item)
{
	const struct record_field *field = context->field;
	enum shk_code code = SHK_OK;

	for (size_t i = 0; i < field->part_count; i++) {
		if (!texts[i].text.data || value_is_unknown(texts[i].text))
			continue;
		context->line = texts[i].line;
		context->column = texts[i].column;
		if (value_is_none(texts[i].text))
			return value_refuse(context, &field->parts[i],
				"bad_value",
				"\"none\" stands for the whole list, not for "
				"a part of it");
		code = value_read(
			context, &field->parts[i], texts[i].text, &item[i]);
		if (code)
			return code;
	}
	for (size_t i = field->part_count; i-- > 0;) {
		if (texts[i].text.data) { /* the item begins here */
			context->line = texts[i].line;
			context->column = texts[i].column;
		}
	}
	for (size_t i = 0; !code && i < field->part_count; i++)
		code = list_check_part(context, texts, item, i);
	return code;
}

/* Add the amounts of `item` to those of `into`, which has the same key. */
static enum shk_code list_merge(struct value_context *context,
	struct record_value *into, const struct record_value *item)
{
	const struct record_field *field = context->field;
	unsigned status = 0;

	for (size_t i = 0; i < field->part_count; i++) {
		if (field->parts[i].key != RECORD_KEY_NONE ||
			item[i].state != RECORD_KNOWN)
			continue;
		into[i].u.number =
			num_add(into[i].u.number, item[i].u.number, &status);
	}
	if (status)
		return value_refuse(context, field, "bad_value",
			"the amounts of one maker add up to more than 34 "
			"digits");
	return SHK_OK;
}

/* All items of a list with merged keys are amounts of one kind. */
static enum shk_code list_uniform(struct value_context *context,
	const struct record_value *first, const struct record_value *item)
{
	const struct record_field *field = context->field;

	for (size_t i = 0; i < field->part_count; i++) {
		if (field->parts[i].group && first[i].state != item[i].state)
			return value_refuse(context, field, "bad_value",
				"the items of one list differ in what they "
				"give; all the same way");
	}
	return SHK_OK;
}

/*
 * The item at `*count` is new: keep it, merge it into an earlier one or
 * refuse it, as its key says.
 */
static enum shk_code list_keep(struct value_context *context,
	struct record_value *values, size_t key, size_t *count)
{
	const struct record_field *field = context->field;
	struct record_value *item = values + *count * field->part_count;
	struct text name = { item[key].u.text, item[key].size };
	char shown[VALUE_SHOWN_TEXT];
	struct name_entry *entry;
	enum shk_code code;
	bool fresh;

	if (field->parts[key].key == RECORD_KEY_MERGE) {
		code = list_uniform(context, values, item);
		if (code)
			return code;
	}
	entry = name_set_add(context->items, name, &fresh);
	if (!entry)
		return diag_memory(context->diag);
	if (fresh) {
		entry->u.index = (*count)++;
		return SHK_OK;
	}
	value_shown(name, shown);
	if (field->parts[key].key == RECORD_KEY_UNIQUE)
		return value_refuse(context, &field->parts[key], "bad_value",
			"\"%s\" is in the list twice", shown);
	code = list_merge(
		context, values + entry->u.index * field->part_count, item);
	memset(item, 0, field->part_count * sizeof(*item));
	if (code)
		return code;
	return record_warn(context->record, context->diag,
		"%s: \"%s\" is in the list twice%s", field->name, shown,
		field->plain ? "" : "; its amounts are added");
}

static enum shk_code list_check_sum(struct value_context *context,
	const struct record_value *values, size_t count)
{
	const struct record_field *field = context->field;
	char limit[64];
	char reached[64];
	num sum = NUM_ZERO;
	unsigned status = 0;
	size_t part = 0;

	while (part < field->part_count &&
		strcmp(field->parts[part].name, field->sum_part) != 0)
		part++;
	if (part == field->part_count)
		return SHK_OK;
	for (size_t i = 0; i < count; i++) {
		const struct record_value *value =
			&values[i * field->part_count + part];

		if (value->state == RECORD_KNOWN)
			sum = num_add(sum, value->u.number, &status);
	}
	if (num_compare(sum, field->sum_high) <= 0)
		return SHK_OK;
	context->item = 0;
	if (num_format(sum, reached, sizeof(reached)) == 0 ||
		num_format(field->sum_high, limit, sizeof(limit)) == 0)
		reached[0] = limit[0] = '\0';
	return value_refuse(context, field, field->sum_reason,
		"the %ss add up to %s; at most %s is possible", field->sum_part,
		reached, limit);
}

static size_t list_key_part(const struct record_field *field)
{
	size_t key = 0;

	while (key < field->part_count &&
		field->parts[key].key == RECORD_KEY_NONE)
		key++;
	return key;
}

enum shk_code list_finish(struct value_context *context,
	const struct list_draft *draft, struct record_value *out)
{
	const struct record_field *field = draft->field;
	size_t key = list_key_part(field);
	size_t count = 0;
	enum shk_code code = SHK_OK;
	long line = context->line;
	long column = context->column;
	struct record_value *values = arena_zeroed(context->arena,
		draft->count * field->part_count, sizeof(*values));

	if (!values)
		return diag_memory(context->diag);
	context->field = field;
	context->open = false;
	if (key < field->part_count)
		name_set_clear(context->items);
	for (size_t i = 0; !code && i < draft->count; i++) {
		context->item = i + 1;
		context->line = line;
		context->column = column;
		code = list_read_item(context,
			draft->texts + i * field->part_count,
			values + count * field->part_count);
		if (code)
			break;
		if (key < field->part_count)
			code = list_keep(context, values, key, &count);
		else
			count++;
	}
	context->line = line;
	context->column = column;
	if (!code && field->sum_part)
		code = list_check_sum(context, values, count);
	context->item = 0;
	out->column = column;
	if (context->open) {
		out->state = RECORD_UNKNOWN;
		return code ? code
			    : record_warn(context->record, context->diag,
				      "%s: an item is not known in full, so "
				      "the list counts as unknown",
				      field->name);
	}
	out->state = RECORD_KNOWN;
	out->size = (uint32_t)count;
	out->u.parts = values;
	return code;
}
