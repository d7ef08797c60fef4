/*
 * JSON records: json_scan.c finds one, jansson parses it, and here its names
 * become fields. Every number arrives as a string of its own digits.
 */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "record/json_scan.h"
#include "record/json_text.h"
#include "record/reader.h"

struct json_reader {
	struct record_reader reader;
	struct json_scan scan;
	struct json_room room;
	json_t *root; /* of the present record; values point into it */
};

static enum shk_code json_bad(struct record_builder *builder, const char *name,
	const char *reason, const char *why)
{
	char shown[VALUE_SHOWN_TEXT];
	shk_diag *diag = builder->context.diag;

	value_shown(text_of(name), shown);
	diag_set(diag, SHK_E_INPUT, "%s: %s", shown, why);
	diag_field(diag, shown);
	diag_reason(diag, reason);
	diag_place(diag, builder->record.path, builder->record.row, 0);
	return SHK_E_INPUT;
}

/* Text of a value that is neither array nor object; null is empty. */
static enum shk_code json_scalar(struct record_builder *builder,
	const struct record_field *type, json_t *value, struct text *out)
{
	struct value_context *context = &builder->context;

	*out = (struct text){ "", 0 };
	switch (json_typeof(value)) {
	case JSON_STRING:
		*out = (struct text){ json_string_value(value),
			json_string_length(value) };
		if (out->size > SHK_CELL_MAX) {
			diag_set(context->diag, SHK_E_LIMIT,
				"%s: longer than %u bytes", type->name,
				SHK_CELL_MAX);
			diag_place(context->diag, builder->record.path,
				builder->record.row, 0);
			return SHK_E_LIMIT;
		}
		return SHK_OK;
	case JSON_NULL:
		return SHK_OK;
	case JSON_TRUE:
	case JSON_FALSE:
		if (type->type == RECORD_BOOL) {
			*out = text_of(json_is_true(value) ? "true" : "false");
			return SHK_OK;
		}
		return value_refuse(context, type, "bad_value",
			"true or false where a value of another type is "
			"expected");
	default:
		return value_refuse(context, type, "bad_value",
			"an array or object where one value is expected");
	}
}

static enum shk_code json_item(
	struct record_builder *builder, json_t *item, struct list_text *texts)
{
	struct value_context *context = &builder->context;
	const struct record_field *field = context->field;
	enum shk_code code = SHK_OK;
	const char *name;
	json_t *value;

	if (field->plain)
		return json_scalar(
			builder, &field->parts[0], item, &texts->text);
	if (!json_is_object(item))
		return value_refuse(context, field, "bad_value",
			"an item of this list is an object with its parts");
	json_object_foreach(item, name, value)
	{
		size_t part = 0;
		char shown[VALUE_SHOWN_TEXT];

		while (part < field->part_count &&
			strcmp(field->parts[part].name, name) != 0)
			part++;
		if (part == field->part_count) {
			value_shown(text_of(name), shown);
			return value_refuse(context, field, "unknown_field",
				"\"%s\" is no part of this list", shown);
		}
		code = json_scalar(
			builder, &field->parts[part], value, &texts[part].text);
		if (code)
			break;
	}
	return code;
}

static enum shk_code json_list(
	struct record_builder *builder, int index, json_t *value)
{
	struct value_context *context = &builder->context;
	struct list_draft draft = { .field = context->field };
	struct record_value *out = builder_value(builder, index);
	enum shk_code code = SHK_OK;

	if (json_is_string(value) &&
		value_is_unknown((struct text){
			json_string_value(value), json_string_length(value) }))
		return SHK_OK;
	if (!json_is_array(value))
		return value_refuse(context, draft.field, "bad_value",
			"this is a list; write an array, [] when there is "
			"known to be none");
	if (json_array_size(value) == 0)
		return value_none(context, draft.field, out);
	for (size_t i = 0; i < json_array_size(value); i++) {
		struct list_text *texts = list_item(context, &draft, &code);

		if (!texts)
			return code;
		context->item = i + 1;
		code = json_item(builder, json_array_get(value, i), texts);
		if (code)
			return code;
	}
	return list_finish(context, &draft, out);
}

static enum shk_code json_known(
	struct record_builder *builder, int index, json_t *value)
{
	const struct record_field *field =
		&builder->record.schema->fields[index];
	struct text text;
	enum shk_code code;

	builder->context.field = field;
	builder->context.item = 0;
	if (field->type == RECORD_LIST && !json_is_null(value))
		return json_list(builder, index, value);
	code = json_scalar(builder, field, value, &text);
	if (code)
		return code;
	return builder_set(builder, index, text, 0);
}

static enum shk_code json_keep(struct record_builder *builder, int keep,
	const char *name, json_t *value)
{
	struct text *out = &builder->kept[keep].value;

	if (json_is_string(value))
		*out = (struct text){ json_string_value(value),
			json_string_length(value) };
	else if (json_is_boolean(value))
		*out = text_of(json_is_true(value) ? "true" : "false");
	else if (!json_is_null(value))
		return json_bad(builder, name, "bad_value",
			"it is to be kept but is an array or an object");
	return SHK_OK;
}

static enum shk_code json_member(
	struct record_builder *builder, const char *name, json_t *value)
{
	int keep = builder_keep_find(builder, text_of(name));
	int index = record_field_find(builder->record.schema, text_of(name));
	enum shk_code code = SHK_OK;

	if (keep >= 0)
		code = json_keep(builder, keep, name, value);
	if (!code && index >= 0 && index != builder->id_field)
		return json_known(builder, index, value);
	if (code || index >= 0 || keep >= 0 ||
		record_name_is_extra(text_of(name)))
		return code;
	return builder_unknown(
		builder, text_of(name), 0, builder->context.diag);
}

static enum shk_code json_record(struct record_builder *builder, json_t *root)
{
	json_t *id = json_object_get(root, "id");
	enum shk_code code = SHK_OK;
	const char *name;
	json_t *value;

	if (id)
		code = json_known(builder, builder->id_field, id);
	if (code)
		return code;
	json_object_foreach(root, name, value)
	{
		code = json_member(builder, name, value);
		if (code)
			return code;
	}
	return builder_finish(builder);
}

/* Say what is malformed, with its place in the file. */
static enum shk_code json_malformed(
	struct record_builder *builder, const char *why, long line, long column)
{
	shk_diag *diag = builder->context.diag;
	char shown[SHK_DIAG_MESSAGE];

	/* jansson quotes what it read: control characters may be in it */
	snprintf(shown, sizeof(shown), "%s", why);
	for (size_t i = 0; shown[i]; i++) {
		if ((unsigned char)shown[i] < 0x20 || shown[i] == 0x7F)
			shown[i] = ' ';
	}
	diag_set(diag, SHK_E_INPUT, "not JSON: %s", shown);
	diag_reason(diag, "bad_value");
	diag_place(diag, builder->record.path, line, column);
	return SHK_E_INPUT;
}

static enum shk_code json_parse(
	struct json_reader *json, struct record_builder *builder)
{
	struct json_scan *scan = &json->scan;
	json_error_t error;
	bool exhausted;
	long line;
	long column;

	if (scan->fault)
		return json_malformed(builder, scan->fault, scan->fault_line,
			scan->fault_column);
	json->root = json_text_load(&json->room,
		(struct text){ scan->text.data, scan->text.size },
		JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error, &exhausted);
	if (exhausted)
		return diag_memory(builder->context.diag);
	if (!json->root) {
		json_scan_place(scan,
			error.position > 0 ? (size_t)error.position - 1 : 0,
			&line, &column);
		return json_malformed(builder, error.text, line, column);
	}
	if (!json_is_object(json->root))
		return json_malformed(builder,
			"a record is an object: {\"id\": ...}",
			scan->start_line, scan->start_column);
	return json_record(builder, json->root);
}

static enum shk_code json_next(struct record_reader *reader,
	struct record_builder *builder, shk_diag *diag)
{
	struct json_reader *json = (struct json_reader *)reader;
	enum shk_code code;

	json_decref(json->root);
	json->root = NULL;
	json->scan.alone = builder->alone;
	code = json_scan_next(&json->scan, diag);
	if (code)
		return code;
	builder_begin(builder, json->scan.start_line, diag);
	return json_parse(json, builder);
}

static enum shk_code json_part(struct record_reader **out,
	const struct record_reader *whole, struct input *input, shk_diag *diag)
{
	(void)whole;
	return json_open(out, input, true, diag);
}

static void json_restart(struct record_reader *reader, long line)
{
	json_scan_restart(&((struct json_reader *)reader)->scan, line);
}

/* The file has one object a line, as far as its first object tells. */
static bool json_has_lines(const struct input *input)
{
	struct json_scan scan;
	bool lines;

	json_scan_init(&scan, NULL, false);
	scan.piece = input_peek(input);
	scan.eof = true;
	lines = json_scan_next(&scan, NULL) == SHK_OK && !scan.fault &&
		scan.mode == JSON_SCAN_LINES;
	json_scan_release(&scan);
	return lines;
}

static void json_close(struct record_reader *reader)
{
	struct json_reader *json = (struct json_reader *)reader;

	json_decref(json->root);
	json_scan_release(&json->scan);
	memory_free(json->room.bytes);
	memory_free(json);
}

enum shk_code json_open(struct record_reader **out, struct input *input,
	bool lines, shk_diag *diag)
{
	struct json_reader *json = memory_zeroed(1, sizeof(*json));

	*out = NULL;
	if (!json)
		return diag_memory(diag);
	json->reader.next = json_next;
	json->reader.close = json_close;
	if (lines || json_has_lines(input)) {
		json->reader.cut = RECORD_CUT_LINES;
		json->reader.part = json_part;
		json->reader.restart = json_restart;
	}
	json_scan_init(&json->scan, input, lines);
	*out = &json->reader;
	return SHK_OK;
}

void json_give(struct record_reader *reader, struct text text)
{
	struct json_reader *json = (struct json_reader *)reader;

	json_scan_give(&json->scan, text, true);
}
