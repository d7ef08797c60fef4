/*
 * Values as the text of a CSV cell, the reverse of value_cell: what is printed
 * here and read there is the same value again. Numbers and days in their one
 * plain form, items of a list by their places.
 */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "record/cell.h"

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
	const struct record_field *field, const struct record_value *value,
	bool sorted)
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
	if (sorted)
		qsort(items, value->size, sizeof(*items), item_order);
	out->size = begin;
	for (size_t i = 0; i < value->size; i++) {
		if (i)
			buffer_byte(out, '|');
		buffer_add(out, items[i].data, items[i].size);
	}
	return true;
}

bool cell_print(struct buffer *out, struct arena *arena,
	const struct record_field *field, const struct record_value *value,
	bool sorted)
{
	bool good = true;

	if (value->state == RECORD_NONE)
		buffer_text(out, "none");
	else if (field->type == RECORD_LIST)
		good = print_list(out, arena, field, value, sorted);
	else
		print_scalar(out, field->type, value, "");
	return good && !out->failed;
}
