/*
 * See builder.h. The first thing that is wrong with a record is reported and
 * ends its reading; its identifier is read before everything else by the
 * readers that can, so that the report names it.
 */
#include <string.h>

#include "record/builder.h"

static enum shk_code builder_keep(struct record_builder *builder,
	const shk_read_options *options, shk_diag *diag)
{
	size_t count = options ? options->keep_count : 0;

	builder->kept = arena_zeroed(
		&builder->lasting, count + 1, sizeof(*builder->kept));
	if (!builder->kept)
		return diag_memory(diag);
	for (size_t i = 0; i < count; i++) {
		const char *name = options->keep[i];
		char *copy = arena_text(&builder->lasting, name, strlen(name));

		if (!copy)
			return diag_memory(diag);
		if (builder_keep_find(builder, text_of(name)) >= 0)
			return diag_set(diag, SHK_E_USAGE,
				"the column %s is to be kept twice", name);
		builder->kept[i].name = text_of(copy);
		builder->kept_count++;
	}
	builder->record.kept = builder->kept;
	builder->record.kept_count = count;
	return SHK_OK;
}

static enum shk_code builder_start(struct record_builder *builder,
	const struct record_schema *schema, const char *path,
	const shk_read_options *options, shk_diag *diag)
{
	enum shk_code code;

	code = record_init(&builder->record, schema, &builder->lasting, diag);
	if (code)
		return code;
	builder->record.arena = &builder->arena;
	builder->record.path =
		arena_text(&builder->lasting, path, strlen(path));
	builder->touched = arena_zeroed(&builder->lasting, schema->field_count,
		sizeof(*builder->touched));
	builder->is_touched = arena_zeroed(&builder->lasting,
		schema->field_count, sizeof(*builder->is_touched));
	builder->required = arena_zeroed(&builder->lasting, schema->field_count,
		sizeof(*builder->required));
	if (!builder->record.path || !builder->touched ||
		!builder->is_touched || !builder->required)
		return diag_memory(diag);
	for (size_t i = 0; i < schema->field_count; i++) {
		if (schema->fields[i].required)
			builder->required[builder->required_count++] =
				(uint16_t)i;
	}
	builder->id_field = record_field_find(schema, text_of("id"));
	builder->context = (struct value_context){ .record = &builder->record,
		.arena = &builder->arena,
		.makers = &builder->makers,
		.items = &builder->items };
	return builder_keep(builder, options, diag);
}

enum shk_code builder_init(struct record_builder *builder,
	const struct record_schema *schema, const char *path,
	const shk_read_options *options, shk_diag *diag)
{
	enum shk_code code;

	memset(builder, 0, sizeof(*builder));
	arena_init(&builder->arena);
	arena_init(&builder->lasting);
	name_set_init(&builder->makers);
	name_set_init(&builder->items);
	ids_init(&builder->own_ids);
	builder->ids = &builder->own_ids;
	code = builder_start(builder, schema, path, options, diag);
	if (code)
		builder_release(builder);
	return code;
}

void builder_release(struct record_builder *builder)
{
	name_set_release(&builder->makers);
	name_set_release(&builder->items);
	ids_release(&builder->own_ids);
	arena_release(&builder->arena);
	arena_release(&builder->lasting);
}

void builder_begin(struct record_builder *builder, long row, shk_diag *diag)
{
	struct record *record = &builder->record;

	if (record->edited)
		memset(record->values, 0,
			record->schema->field_count * sizeof(*record->values));
	record->edited = false;
	for (size_t i = 0; i < builder->touched_count; i++) {
		uint16_t field = builder->touched[i];

		memset(&record->values[field], 0, sizeof(*record->values));
		builder->is_touched[field] = false;
	}
	builder->touched_count = 0;
	for (size_t i = 0; i < builder->kept_count; i++)
		builder->kept[i].value = (struct text){ "", 0 };
	arena_clear(&builder->arena);
	name_set_clear(&builder->makers);
	record->id = "";
	record->row = row;
	record->warning_count = 0;
	record->warnings = NULL;
	builder->begun = true;
	builder->context.diag = diag;
	builder->context.line = 0;
	builder->context.column = 0;
	builder->context.item = 0;
}

struct record_value *builder_value(struct record_builder *builder, int field)
{
	if (!builder->is_touched[field]) {
		builder->is_touched[field] = true;
		builder->touched[builder->touched_count++] = (uint16_t)field;
	}
	return &builder->record.values[field];
}

/* The identifier, just read, into the set of those seen. */
static enum shk_code builder_identify(
	struct record_builder *builder, const struct record_value *value)
{
	struct value_context *context = &builder->context;
	struct record *record = &builder->record;
	struct text id = { value->u.text, value->size };
	char *copy = arena_text(&builder->arena, id.data, id.size);
	char shown[VALUE_SHOWN_TEXT];
	enum ids_found found;
	long first = 0;

	if (!copy)
		return diag_memory(context->diag);
	record->id = copy;
	if (builder->alone)
		return SHK_OK;
	found = ids_add(builder->ids, id, record->row, &first);
	if (found != IDS_SEEN)
		return ids_failure(found, record->path, context->diag);
	value_shown(id, shown);
	return value_refuse(context, context->field, "duplicate_id",
		"\"%s\" is already the record of line %ld", shown, first);
}

enum shk_code builder_set(struct record_builder *builder, int field,
	struct text text, long column)
{
	const struct record_field *type =
		&builder->record.schema->fields[field];
	struct record_value *value;
	enum shk_code code;

	builder->context.column = column;
	if (builder->is_touched[field]) {
		builder->context.field = type;
		builder->context.item = 0;
		return value_refuse(&builder->context, type, "bad_value",
			"given twice in one record");
	}
	value = builder_value(builder, field);
	code = value_cell(&builder->context, type, text, value);
	if (!code && field == builder->id_field && value->state == RECORD_KNOWN)
		code = builder_identify(builder, value);
	return code;
}

int builder_keep_find(const struct record_builder *builder, struct text name)
{
	for (size_t i = 0; i < builder->kept_count; i++) {
		if (text_equal(builder->kept[i].name, name))
			return (int)i;
	}
	return -1;
}

enum shk_code builder_unknown(struct record_builder *builder, struct text name,
	long column, shk_diag *diag)
{
	const struct record *record = &builder->record;
	const char *near = record_field_nearest(record->schema, name);
	char shown[VALUE_SHOWN_TEXT];

	value_shown(name, shown);
	diag_set(diag, SHK_E_INPUT,
		"there is no field \"%s\"%s%s%s; a column of your own begins "
		"with x_",
		shown, near ? "; did you mean \"" : "", near ? near : "",
		near ? "\"?" : "");
	diag_field(diag, shown);
	diag_reason(diag, "unknown_field");
	diag_place(diag, record->path, record->row, column);
	return SHK_E_INPUT;
}

enum shk_code builder_finish(struct record_builder *builder)
{
	struct value_context *context = &builder->context;
	const struct record *record = &builder->record;

	for (size_t i = 0; i < builder->required_count; i++) {
		uint16_t index = builder->required[i];
		const struct record_field *field =
			&record->schema->fields[index];

		if (record->values[index].state == RECORD_KNOWN)
			continue;
		context->field = field;
		context->item = 0;
		context->column = record->values[index].column;
		return value_refuse(context, field, "bad_value",
			"missing; every record needs one");
	}
	return SHK_OK;
}

bool record_name_is_extra(struct text name)
{
	return name.size >= 2 && memcmp(name.data, "x_", 2) == 0;
}
