/*
 * Records from rows that somebody else keeps, such as a store: the text that
 * facts.c wrote. A row that does not fit the vocabulary any more, or was
 * damaged, is a wrong record with the place that it once came from.
 */
#include <string.h>

#include "base/memory.h"
#include "record/json_text.h"
#include "record/rows.h"

struct rows_reader {
	struct record_reader reader;
	shk_row_source source;
	json_t *facts; /* of the present record, which points into them */
	json_t *kept;
	struct json_room room;
};

static enum shk_code rows_damaged(
	struct record_builder *builder, const char *what)
{
	diag_set(builder->context.diag, SHK_E_INPUT,
		"the kept record is damaged: %s", what);
	diag_reason(builder->context.diag, "bad_value");
	diag_place(builder->context.diag, builder->record.path,
		builder->record.row, 0);
	return SHK_E_INPUT;
}

static enum shk_code rows_parse(struct rows_reader *rows,
	struct record_builder *builder, const char *text, json_t **out)
{
	json_error_t error;
	bool exhausted;

	*out = json_text_load(&rows->room, text_of(text),
		JSON_REJECT_DUPLICATES, &error, &exhausted);
	if (exhausted)
		return diag_memory(builder->context.diag);
	return json_is_object(*out) ? SHK_OK
				    : rows_damaged(builder, "not JSON");
}

static enum shk_code rows_fact(
	struct record_builder *builder, const char *name, const json_t *value)
{
	int index = record_field_find(builder->record.schema, text_of(name));
	int keep = builder_keep_find(builder, text_of(name));
	struct text text = { json_string_value(value),
		json_string_length(value) };

	if (!text.data)
		return rows_damaged(builder, "a fact is no text");
	if (keep >= 0)
		builder->kept[keep].value = text;
	if (index < 0)
		return builder_unknown(
			builder, text_of(name), 0, builder->context.diag);
	return builder_set(builder, index, text, 0);
}

static enum shk_code rows_record(
	struct rows_reader *rows, struct record_builder *builder)
{
	json_t *id = json_object_get(rows->facts, "id");
	enum shk_code code = SHK_OK;
	const char *name;
	json_t *value;

	if (id)
		code = rows_fact(builder, "id", id);
	json_object_foreach(rows->facts, name, value)
	{
		if (!code && value != id)
			code = rows_fact(builder, name, value);
	}
	json_object_foreach(rows->kept, name, value)
	{
		int keep = builder_keep_find(builder, text_of(name));

		if (keep >= 0 && json_is_string(value))
			builder->kept[keep].value =
				(struct text){ json_string_value(value),
					json_string_length(value) };
	}
	return code ? code : builder_finish(builder);
}

static void rows_clear(struct rows_reader *rows)
{
	json_decref(rows->facts);
	json_decref(rows->kept);
	rows->facts = NULL;
	rows->kept = NULL;
}

static enum shk_code rows_next(struct record_reader *reader,
	struct record_builder *builder, shk_diag *diag)
{
	struct rows_reader *rows = (struct rows_reader *)reader;
	shk_row row = { .path = "", .facts = "{}", .kept = "{}" };
	enum shk_code code;

	rows_clear(rows);
	code = rows->source.next(rows->source.context, &row, diag);
	if (code)
		return code;
	builder->record.path = row.path;
	builder_begin(builder, row.row, diag);
	code = rows_parse(rows, builder, row.facts, &rows->facts);
	if (!code)
		code = rows_parse(rows, builder, row.kept, &rows->kept);
	return code ? code : rows_record(rows, builder);
}

static void rows_close(struct record_reader *reader)
{
	struct rows_reader *rows = (struct rows_reader *)reader;

	rows_clear(rows);
	memory_free(rows->room.bytes);
	memory_free(rows);
}

enum shk_code rows_open(
	struct record_reader **out, shk_row_source source, shk_diag *diag)
{
	struct rows_reader *rows = memory_zeroed(1, sizeof(*rows));

	*out = NULL;
	if (!rows)
		return diag_memory(diag);
	rows->reader.next = rows_next;
	rows->reader.close = rows_close;
	rows->source = source;
	*out = &rows->reader;
	return SHK_OK;
}
