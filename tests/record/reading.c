/*
 * See reading.h. Standard input is replaced by a pipe fed from a child, so
 * that the reader meets what it meets in a shell.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/date.h"
#include "base/file.h"
#include "record/parts.h"
#include "record/reading.h"

static shk_schema *schema;
static struct buffer printed;

const shk_schema *reading_schema(void)
{
	shk_diag diag = { 0 };

	if (!schema)
		cr_assert_eq(
			shk_schema_load(&schema, SOURCE_FOLDER "/rules", &diag),
			SHK_OK, "%s:%ld: %s", diag.path, diag.line,
			diag.message);
	return schema;
}

void reading_release(void)
{
	shk_schema_free(schema);
	schema = NULL;
	buffer_release(&printed);
}

static void reading_list(struct buffer *out, const struct record_field *field,
	const struct record_value *value)
{
	buffer_byte(out, '[');
	for (size_t i = 0; i < value->size; i++) {
		for (size_t j = 0; j < field->part_count; j++) {
			if (i + j > 0)
				buffer_byte(out, j ? ',' : ';');
			reading_value(out, &field->parts[j],
				&value->u.parts[i * field->part_count + j]);
		}
	}
	buffer_byte(out, ']');
}

void reading_value(struct buffer *out, const struct record_field *field,
	const struct record_value *value)
{
	char text[NUM_TEXT_MAX];

	if (value->state != RECORD_KNOWN) {
		buffer_text(out, value->state == RECORD_NONE ? "none" : "?");
		return;
	}
	switch (field->type) {
	case RECORD_BOOL:
		buffer_text(out, value->u.boolean ? "true" : "false");
		return;
	case RECORD_DATE:
		date_format(value->u.days, text);
		buffer_text(out, text);
		return;
	case RECORD_ENUM:
	case RECORD_MAKER:
	case RECORD_TEXT:
		cr_assert_eq(strlen(value->u.text), value->size);
		buffer_text(out, value->u.text);
		return;
	case RECORD_LIST:
		reading_list(out, field, value);
		return;
	default:
		num_format(value->u.number, text, sizeof(text));
		buffer_text(out, text);
		return;
	}
}

static void reading_record(const struct record *record)
{
	const struct record_schema *fields = record->schema;

	buffer_format(&printed, "%s@%ld", record->id, record->row);
	for (size_t i = 0; i < fields->field_count; i++) {
		if (record->values[i].state == RECORD_UNKNOWN ||
			strcmp(fields->fields[i].name, "id") == 0)
			continue;
		buffer_format(&printed, " %s=", fields->fields[i].name);
		reading_value(&printed, &fields->fields[i], &record->values[i]);
	}
	for (size_t i = 0; i < record->warning_count; i++)
		buffer_format(&printed, " ~%s", record->warnings[i]);
	for (size_t i = 0; i < record->kept_count; i++)
		buffer_format(&printed, " ~%s=%s", record->kept[i].name.data,
			record->kept[i].value.data);
	buffer_byte(&printed, '\n');
}

static void reading_failure(
	const shk_record *record, const shk_diag *diag, enum shk_code code)
{
	if (record)
		buffer_format(&printed, "!%s@%ld:%ld %s %s| %s\n",
			shk_record_id(record), diag->line, diag->column,
			diag->reason, diag->field, diag->message);
	else
		buffer_format(&printed, "!!%ld:%ld %d %s %s| %s\n", diag->line,
			diag->column, (int)code, diag->reason, diag->field,
			diag->message);
}

/* What comes out of `records`, up to its end or the failure that ends it. */
static enum shk_code reading_all(shk_records *records)
{
	enum shk_code code = SHK_OK;

	while (!code) {
		shk_record *record = NULL;
		shk_diag diag = { 0 };

		code = shk_records_next(records, &record, &diag);
		if (code == SHK_OK)
			reading_record(record_of(record));
		else if (code != SHK_END)
			reading_failure(record, &diag, code);
		if ((code == SHK_E_INPUT || code == SHK_E_LIMIT) && record)
			code = SHK_OK;
	}
	return code;
}

/* Print what comes out of an opened file, or why it was not opened. */
static void reading_opened(
	shk_records *records, enum shk_code code, const shk_diag *why)
{
	shk_record *record = NULL;
	shk_diag diag = { 0 };

	buffer_clear(&printed);
	buffer_text(&printed, "");
	if (code)
		reading_failure(NULL, why, code);
	else
		code = reading_all(records);
	if (records && code != SHK_END)
		cr_assert_eq(shk_records_next(records, &record, &diag), code);
	shk_records_close(records);
	cr_assert(!printed.failed);
}

/* The bytes of the file in memory say the same; of a larger file the encoding
   is told from the beginning, of memory from all of it. */
static void reading_memory(const char *path, const shk_read_options *options)
{
	struct buffer bytes, file = printed;
	shk_records *records = NULL;
	shk_diag diag = { 0 };
	enum shk_code code;

	buffer_init(&bytes);
	if (strcmp(path, "-") != 0 &&
		file_read(path, INPUT_BLOCK, &bytes, NULL) == SHK_OK) {
		buffer_init(&printed);
		code = shk_records_open_bytes(&records, reading_schema(), path,
			bytes.data, bytes.size, options, &diag);
		reading_opened(records, code, &diag);
		cr_assert_str_eq(printed.data, file.data, "%s", path);
		buffer_release(&printed);
		printed = file;
	}
	buffer_release(&bytes);
}

const char *reading_file(const char *path, const shk_read_options *options)
{
	shk_records *records = NULL;
	shk_diag diag = { 0 };
	enum shk_code code = shk_records_open(
		&records, reading_schema(), path, options, &diag);

	reading_opened(records, code, &diag);
	reading_memory(path, options);
	return printed.data ? printed.data : "";
}

/* One part after the other, each with identifiers of its own. */
static enum shk_code reading_cut(shk_records *records, struct parts *parts)
{
	struct record_ids *known = &records->builder.own_ids;
	shk_records *reader = NULL;
	enum shk_code code = SHK_END;
	struct record_ids ids;
	struct part part;
	shk_diag diag = { 0 };

	part_init(&part);
	ids_init(&ids);
	ids_hash_as(&ids, known);
	cr_assert_eq(parts_reader(&reader, records, &diag), SHK_OK);
	while (code == SHK_END && parts_next(parts, &part, &diag) == SHK_OK) {
		ids_clear(&ids);
		ids.known = known;
		parts_read(reader, &part, &ids);
		code = reading_all(reader);
		cr_assert_eq(ids_append(known, &ids), IDS_NEW);
	}
	cr_assert_eq(diag.code, SHK_OK, "%s", diag.message);
	shk_records_close(reader);
	ids_release(&ids);
	part_release(&part);
	return code;
}

const char *reading_parts(
	const char *path, const shk_read_options *options, size_t size)
{
	shk_records *records = NULL;
	struct parts *parts = NULL;
	shk_diag diag = { 0 };
	enum shk_code code = shk_records_open(
		&records, reading_schema(), path, options, &diag);

	buffer_clear(&printed);
	buffer_text(&printed, "");
	if (code) {
		reading_failure(NULL, &diag, code);
	} else if (parts_open(&parts, records, size, &diag) == SHK_OK) {
		reading_cut(records, parts);
	} else {
		shk_records_close(records);
		return NULL;
	}
	parts_close(parts);
	shk_records_close(records);
	cr_assert(!printed.failed);
	return printed.data ? printed.data : "";
}

const char *reading_bytes(const char *ending, const char *bytes, size_t size,
	const shk_read_options *options)
{
	char path[] = "/tmp/shokan-record-XXXXXX";
	char named[64];
	int descriptor = mkstemp(path);
	FILE *file = fdopen(descriptor, "wb");
	const char *got;

	cr_assert_not_null(file);
	cr_assert_eq(fwrite(bytes, 1, size, file), size);
	cr_assert_eq(fclose(file), 0);
	snprintf(named, sizeof(named), "%s%s", path, ending);
	cr_assert_eq(rename(path, named), 0);
	got = reading_file(named, options);
	cr_assert_eq(unlink(named), 0);
	return got;
}

const char *reading_text(const char *ending, const char *text)
{
	return reading_bytes(ending, text, strlen(text), NULL);
}

const char *reading_stdin(
	const char *bytes, size_t size, const shk_read_options *options)
{
	int ends[2];
	int before = dup(STDIN_FILENO);
	const char *got;
	pid_t child;

	cr_assert_eq(pipe(ends), 0);
	child = fork();
	cr_assert_geq(child, 0);
	if (child == 0) {
		close(ends[0]);
		/* in small portions, as a slow writer would */
		for (size_t at = 0; at < size;) {
			size_t part = size - at < 1000 ? size - at : 1000;
			ssize_t sent = write(ends[1], bytes + at, part);

			if (sent <= 0)
				_exit(1);
			at += (size_t)sent;
		}
		_exit(0);
	}
	close(ends[1]);
	cr_assert_geq(dup2(ends[0], STDIN_FILENO), 0);
	close(ends[0]);
	got = reading_file("-", options);
	dup2(before, STDIN_FILENO);
	close(before);
	waitpid(child, NULL, 0);
	return got;
}

void reading_has(const char *got, const char *part, const char *row)
{
	cr_expect_not_null(strstr(got, part), "%s:\nexpected %s\ngot      %s",
		row, part, got);
}
