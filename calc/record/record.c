/*
 * Records as such: empty ones, warnings, and one field set from text for
 * what-if questions. What a file says comes through builder.c instead.
 */
#include <stdio.h>
#include <string.h>

#include "record/record.h"
#include "record/value.h"

enum shk_code record_init(struct record *record,
	const struct record_schema *schema, struct arena *arena, shk_diag *diag)
{
	memset(record, 0, sizeof(*record));
	record->schema = schema;
	record->arena = arena;
	record->id = "";
	record->path = "";
	record->values = arena_zeroed(
		arena, schema->field_count, sizeof(*record->values));
	return record->values ? SHK_OK : diag_memory(diag);
}

enum shk_code record_warn(
	struct record *record, shk_diag *diag, const char *format, ...)
{
	char words[SHK_DIAG_MESSAGE];
	const char **warnings;
	size_t count = record->warning_count;
	va_list args;
	int size;

	va_start(args, format);
	size = vsnprintf(words, sizeof(words), format, args);
	va_end(args);
	if (size < 0 || count > RECORD_WARNINGS_MAX)
		return SHK_OK;
	for (size_t i = 0; i < count; i++) {
		if (strcmp(record->warnings[i], words) == 0)
			return SHK_OK;
	}
	if (count == RECORD_WARNINGS_MAX)
		snprintf(words, sizeof(words),
			"there are more warnings, which are not told");
	warnings = arena_alloc(record->arena, (count + 1) * sizeof(*warnings));
	if (!warnings)
		return diag_memory(diag);
	if (count > 0)
		memcpy(warnings, record->warnings, count * sizeof(*warnings));
	warnings[count] = arena_text(record->arena, words, strlen(words));
	if (!warnings[count])
		return diag_memory(diag);
	record->warnings = warnings;
	record->warning_count = count + 1;
	return SHK_OK;
}

static enum shk_code record_no_field(
	const struct record *record, struct text name, shk_diag *diag)
{
	const char *near = record_field_nearest(record->schema, name);
	char shown[VALUE_SHOWN_TEXT];

	value_shown(name, shown);
	diag_set(diag, SHK_E_INPUT, "there is no field \"%s\"%s%s%s", shown,
		near ? "; did you mean \"" : "", near ? near : "",
		near ? "\"?" : "");
	diag_field(diag, shown);
	diag_reason(diag, "unknown_field");
	return SHK_E_INPUT;
}

/* A copy of `value` in the arena, checked to be text. */
static enum shk_code record_own(struct record *record, struct text *value,
	struct text name, shk_diag *diag)
{
	char *copy;

	if (value->size > SHK_CELL_MAX ||
		utf8_valid(value->data, value->size) < value->size ||
		(value->size > 0 && memchr(value->data, 0, value->size))) {
		diag_set(diag, SHK_E_INPUT,
			"%.*s: the value is not UTF-8 text of at most %u bytes",
			(int)name.size, name.data, SHK_CELL_MAX);
		diag_reason(diag, "bad_value");
		return SHK_E_INPUT;
	}
	copy = arena_text(record->arena, value->data, value->size);
	if (!copy)
		return diag_memory(diag);
	value->data = copy;
	return SHK_OK;
}

enum shk_code record_set(struct record *record, struct text name,
	struct text value, shk_diag *diag)
{
	struct name_set makers;
	struct name_set items;
	struct record_value read = { 0 };
	struct value_context context = { .record = record,
		.arena = record->arena,
		.makers = &makers,
		.items = &items,
		.diag = diag };
	int index = record_field_find(record->schema, name);
	const struct record_field *field;
	enum shk_code code;

	if (index < 0)
		return record_no_field(record, name, diag);
	field = &record->schema->fields[index];
	code = record_own(record, &value, name, diag);
	if (code)
		return code;
	name_set_init(&makers);
	name_set_init(&items);
	code = value_cell(&context, field, value, &read);
	name_set_release(&makers);
	name_set_release(&items);
	if (code)
		return code;
	if (field->required && read.state != RECORD_KNOWN) {
		context.field = field;
		return value_refuse(
			&context, field, "bad_value", "every record needs one");
	}
	record->values[index] = read;
	record->edited = true;
	if (strcmp(field->name, "id") == 0)
		record->id = read.u.text;
	return SHK_OK;
}
