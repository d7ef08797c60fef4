/*
 * A record as text: for keeping, a JSON object of cells, names in byte order,
 * which rows.c reads again; for others, the JSON that records are read from.
 * Both say everything that the record says to the rules, and the same facts
 * give the same bytes, whatever file and format they came from.
 */
#include <string.h>

#include "base/memory.h"
#include "record/builder.h"
#include "record/cell.h"

static void facts_quote(struct buffer *out, const char *data, size_t size)
{
	buffer_byte(out, '"');
	for (size_t i = 0; i < size; i++) {
		unsigned char byte = (unsigned char)data[i];

		if (byte < 0x20 || byte == 0x7F) {
			buffer_format(out, "\\u%04x", byte);
			continue;
		}
		if (byte == '"' || byte == '\\')
			buffer_byte(out, '\\');
		buffer_byte(out, data[i]);
	}
	buffer_byte(out, '"');
}

static void facts_pair(struct buffer *out, struct text name, struct text value)
{
	buffer_byte(out, out->size ? ',' : '{');
	facts_quote(out, name.data, name.size);
	buffer_byte(out, ':');
	facts_quote(out, value.data, value.size);
}

static enum shk_code facts_give(
	struct buffer *out, shk_sink sink, shk_diag *diag)
{
	buffer_text(out, out->size ? "}" : "{}");
	if (out->failed)
		return diag_memory(diag);
	if (!sink.write(sink.context, out->data, out->size))
		return diag_set(diag, SHK_E_IO, "cannot write the facts");
	return SHK_OK;
}

enum shk_code shk_record_facts(
	const shk_record *given, shk_sink sink, shk_diag *diag)
{
	const struct record *record = record_of_const(given);
	const struct record_schema *schema = record->schema;
	struct buffer out, cell;
	struct arena arena;
	enum shk_code code = SHK_OK;

	arena_init(&arena);
	buffer_init(&out);
	buffer_init(&cell);
	for (size_t i = 0; i < schema->field_count && !code; i++) {
		size_t at = schema->by_name[i];
		const struct record_field *field = &schema->fields[at];
		const struct record_value *value = &record->values[at];

		if (value->state == RECORD_UNKNOWN)
			continue;
		buffer_clear(&cell);
		if (!cell_print(&cell, &arena, field, value, false))
			code = diag_memory(diag);
		else
			facts_pair(&out, text_of(field->name),
				(struct text){ cell.size ? cell.data : "",
					cell.size });
	}
	if (!code)
		code = facts_give(&out, sink, diag);
	arena_release(&arena);
	buffer_release(&cell);
	buffer_release(&out);
	return code;
}

static bool facts_is_plain(enum record_type type)
{
	return type == RECORD_BOOL || type == RECORD_INT ||
	       type == RECORD_DEC || type == RECORD_YEN ||
	       type == RECORD_PERCENT;
}

/* A value that is no list: as the cell says it, quoted unless it is plain. */
static bool facts_scalar(struct buffer *out, struct buffer *cell,
	const struct record_field *field, const struct record_value *value)
{
	buffer_clear(cell);
	if (!cell_print(cell, NULL, field, value, false))
		return false;
	if (value->state == RECORD_KNOWN && facts_is_plain(field->type))
		buffer_add(out, cell->data, cell->size);
	else
		facts_quote(out, cell->size ? cell->data : "", cell->size);
	return true;
}

static bool facts_item(struct buffer *out, struct buffer *cell,
	const struct record_field *field, const struct record_value *parts)
{
	bool first = true;

	if (field->plain)
		return facts_scalar(out, cell, &field->parts[0], parts);
	buffer_byte(out, '{');
	for (size_t i = 0; i < field->part_count; i++) {
		if (parts[i].state != RECORD_KNOWN)
			continue;
		if (!first)
			buffer_byte(out, ',');
		first = false;
		facts_quote(out, field->parts[i].name,
			strlen(field->parts[i].name));
		buffer_byte(out, ':');
		if (!facts_scalar(out, cell, &field->parts[i], &parts[i]))
			return false;
	}
	buffer_byte(out, '}');
	return true;
}

static bool facts_value(struct buffer *out, struct buffer *cell,
	const struct record_field *field, const struct record_value *value)
{
	size_t count = value->state == RECORD_KNOWN ? value->size : 0;

	if (field->type != RECORD_LIST)
		return facts_scalar(out, cell, field, value);
	buffer_byte(out, '[');
	for (size_t i = 0; i < count; i++) { /* none of them: [] */
		if (i)
			buffer_byte(out, ',');
		if (!facts_item(out, cell, field,
			    value->u.parts + i * field->part_count))
			return false;
	}
	buffer_byte(out, ']');
	return true;
}

static void facts_kept(struct buffer *out, const struct record *record)
{
	for (size_t i = 0; i < record->kept_count; i++) {
		const struct record_kept *kept = &record->kept[i];

		if (record_field_find(record->schema, kept->name) < 0 &&
			kept->value.size)
			facts_pair(out, kept->name, kept->value);
	}
}

enum shk_code shk_record_json(
	const shk_record *given, shk_sink sink, shk_diag *diag)
{
	const struct record *record = record_of_const(given);
	struct buffer out, cell;
	enum shk_code code = SHK_OK;

	buffer_init(&out);
	buffer_init(&cell);
	for (size_t i = 0; i < record->schema->field_count && !code; i++) {
		const struct record_field *field = &record->schema->fields[i];

		if (record->values[i].state == RECORD_UNKNOWN)
			continue;
		buffer_byte(&out, out.size ? ',' : '{');
		facts_quote(&out, field->name, strlen(field->name));
		buffer_byte(&out, ':');
		if (!facts_value(&out, &cell, field, &record->values[i]))
			code = diag_memory(diag);
	}
	facts_kept(&out, record);
	if (!code)
		code = facts_give(&out, sink, diag);
	buffer_release(&cell);
	buffer_release(&out);
	return code;
}

enum shk_code shk_record_kept(
	const shk_record *given, shk_sink sink, shk_diag *diag)
{
	const struct record *record = record_of_const(given);
	struct buffer out;
	enum shk_code code;

	buffer_init(&out);
	for (size_t i = 0; i < record->kept_count; i++)
		facts_pair(&out, record->kept[i].name, record->kept[i].value);
	code = facts_give(&out, sink, diag);
	buffer_release(&out);
	return code;
}
