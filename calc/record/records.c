/*
 * The public side: choosing the reader by format, and the thin functions of
 * shokan/record.h. After a failure that concerns the whole file every further
 * call repeats it.
 */
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/memory.h"
#include "record/json_scan.h"
#include "record/records.h"
#include "record/rows.h"
#include "record/zip.h"

#define RECORDS_SCHEMA "fields.xml"

enum shk_code shk_schema_load(
	shk_schema **out, const char *folder, shk_diag *diag)
{
	struct record_schema *schema = NULL;
	char path[SHK_DIAG_PATH];
	enum shk_code code;

	*out = NULL;
	if (!file_join(path, sizeof(path), folder, RECORDS_SCHEMA))
		return diag_set(diag, SHK_E_LIMIT,
			"the path of the rules is longer than %d bytes",
			SHK_DIAG_PATH - 1);
	code = record_schema_load(&schema, path, diag);
	*out = (shk_schema *)(void *)schema;
	return code;
}

void shk_schema_free(shk_schema *schema)
{
	record_schema_free((struct record_schema *)(void *)schema);
}

static bool records_ends(const char *path, const char *ending)
{
	size_t size = strlen(path);
	size_t length = strlen(ending);

	return size > length && strcasecmp(path + size - length, ending) == 0;
}

static enum shk_format records_by_name(const char *path)
{
	if (records_ends(path, ".csv"))
		return SHK_FORMAT_CSV;
	if (records_ends(path, ".tsv"))
		return SHK_FORMAT_TSV;
	if (records_ends(path, ".json") || records_ends(path, ".jsonl") ||
		records_ends(path, ".ndjson"))
		return SHK_FORMAT_JSON;
	if (records_ends(path, ".xml"))
		return SHK_FORMAT_XML;
	if (records_ends(path, ".xlsx"))
		return SHK_FORMAT_XLSX;
	return SHK_FORMAT_AUTO;
}

/* A tab in the first line: no field name has one. */
static enum shk_format records_by_bytes(struct text piece)
{
	size_t at = 0;

	while (at < piece.size && strchr(" \t\r\n", piece.data[at]))
		at++;
	if (at < piece.size && strchr("[{", piece.data[at]))
		return SHK_FORMAT_JSON;
	if (at < piece.size && piece.data[at] == '<')
		return SHK_FORMAT_XML;
	for (; at < piece.size && !strchr("\r\n", piece.data[at]); at++) {
		if (piece.data[at] == '\t')
			return SHK_FORMAT_TSV;
	}
	return SHK_FORMAT_CSV;
}

/* Where records come from: the file `path`, or bytes that stand for it. */
struct records_place {
	const char *path;
	const struct text *bytes; /* NULL: the file */
};

static enum shk_code records_open_xml(struct shk_records *records,
	const struct records_place *place, shk_diag *diag)
{
	const char *path = place->path;

	if (records->input && !place->bytes && strcmp(path, "-") == 0 &&
		!input_rewind(records->input))
		return diag_set(diag, SHK_E_USAGE,
			"XML on standard input cannot be told from its first "
			"bytes; state the format");
	input_close(records->input);
	records->input = NULL;
	return xml_records_open(&records->reader, path, place->bytes, diag);
}

/* Lines are stated; on standard input they are also looked for. */
static enum shk_code records_open_input(struct shk_records *records,
	const struct records_place *place, enum shk_format *format,
	enum shk_encoding encoding, shk_diag *diag)
{
	const char *path = place->path;
	bool maybe = strcmp(path, "-") == 0 &&
		     (*format == SHK_FORMAT_AUTO || *format == SHK_FORMAT_JSON);
	enum shk_code code;

	if (place->bytes)
		code = input_open_bytes(&records->input, path, *place->bytes,
			encoding, *format == SHK_FORMAT_JSONL, diag);
	else if (*format == SHK_FORMAT_JSONL)
		code = input_open_lines(
			&records->input, path, encoding, NULL, diag);
	else if (maybe)
		code = input_open_lines(
			&records->input, path, encoding, json_are_lines, diag);
	else
		code = input_open(&records->input, path, encoding, diag);
	if (!code && input_is_loose(records->input))
		*format = SHK_FORMAT_JSONL;
	return code;
}

static enum shk_code records_open_xlsx(struct shk_records *records,
	const struct records_place *place, const char *sheet, shk_diag *diag)
{
	if (!place->bytes && strcmp(place->path, "-") == 0)
		return diag_set(diag, SHK_E_USAGE,
			"a workbook is not read from standard input; name its "
			"file");
	return xlsx_open(&records->reader, place->path, place->bytes, sheet,
		&records->builder, diag);
}

/* By the name, else whether it is a zip file. The name of bytes may be anybody's
   and is never opened. */
static enum shk_format records_by_place(const struct records_place *place)
{
	const struct text *bytes = place->bytes;
	enum shk_format format = records_by_name(place->path);
	enum zip_kind kind;

	if (format != SHK_FORMAT_AUTO)
		return format;
	kind = bytes ? zip_kind_of(bytes->data, bytes->size)
		     : zip_kind_of_file(place->path);
	return kind == ZIP_ARCHIVE ? SHK_FORMAT_XLSX : SHK_FORMAT_AUTO;
}

static enum shk_code records_open_reader(struct shk_records *records,
	const struct records_place *place, const shk_read_options *options,
	shk_diag *diag)
{
	const char *path = place->path;
	enum shk_format format = options ? options->format : SHK_FORMAT_AUTO;
	enum shk_code code;

	if (format == SHK_FORMAT_AUTO)
		format = records_by_place(place);
	if (format == SHK_FORMAT_XLSX)
		return records_open_xlsx(
			records, place, options ? options->sheet : NULL, diag);
	if (options && options->sheet)
		return diag_set(diag, SHK_E_USAGE,
			"a sheet was chosen, and this is no .xlsx workbook");
	if (format == SHK_FORMAT_XML)
		return records_open_xml(records, place, diag);
	code = records_open_input(records, place, &format,
		options ? options->encoding : SHK_ENCODING_AUTO, diag);
	if (code)
		return code;
	if (format == SHK_FORMAT_AUTO)
		format = records_by_bytes(input_peek(records->input));
	switch (format) {
	case SHK_FORMAT_XML:
		return records_open_xml(records, place, diag);
	case SHK_FORMAT_JSONL:
		records->builder.alone = true;
		return json_open(&records->reader, records->input, true, diag);
	case SHK_FORMAT_JSON:
		return json_open(&records->reader, records->input,
			records_ends(path, ".jsonl") ||
				records_ends(path, ".ndjson"),
			diag);
	case SHK_FORMAT_TSV:
		return csv_open(&records->reader, records->input, '\t',
			&records->builder, diag);
	case SHK_FORMAT_CSV:
	case SHK_FORMAT_XLSX:
	case SHK_FORMAT_AUTO:
		break;
	}
	return csv_open(
		&records->reader, records->input, ',', &records->builder, diag);
}

static enum shk_code records_start(shk_records **out, const shk_schema *schema,
	const struct records_place *place, const shk_read_options *options,
	shk_diag *diag)
{
	const char *path = place->path;
	struct shk_records *records = memory_zeroed(1, sizeof(*records));
	enum shk_code code;

	*out = NULL;
	if (!records)
		return diag_memory(diag);
	code = builder_init(&records->builder, record_schema_of(schema), path,
		options, diag);
	if (code) {
		memory_free(records);
		return code;
	}
	code = records_open_reader(records, place, options, diag);
	if (code) {
		diag_place(diag, path, 0, 0);
		shk_records_close(records);
		return code;
	}
	*out = records;
	return SHK_OK;
}

enum shk_code shk_records_open(shk_records **out, const shk_schema *schema,
	const char *path, const shk_read_options *options, shk_diag *diag)
{
	const struct records_place place = { path, NULL };

	return records_start(out, schema, &place, options, diag);
}

enum shk_code shk_records_open_bytes(shk_records **out,
	const shk_schema *schema, const char *name, const void *data,
	size_t size, const shk_read_options *options, shk_diag *diag)
{
	const struct text bytes = { size > 0 ? data : "", size };
	const struct records_place place = { name, &bytes };

	return records_start(out, schema, &place, options, diag);
}

enum shk_code shk_records_from(shk_records **out, const shk_schema *schema,
	shk_row_source source, const shk_read_options *options, shk_diag *diag)
{
	struct shk_records *records = memory_zeroed(1, sizeof(*records));
	enum shk_code code;

	*out = NULL;
	if (!records)
		return diag_memory(diag);
	code = builder_init(
		&records->builder, record_schema_of(schema), "", options, diag);
	if (code) {
		memory_free(records);
		return code;
	}
	records->builder.alone = true;
	code = rows_open(&records->reader, source, diag);
	if (code)
		shk_records_close(records);
	else
		*out = records;
	return code;
}

enum shk_code shk_records_open_texts(shk_records **out,
	const shk_schema *schema, const char *name,
	const shk_read_options *options, shk_diag *diag)
{
	shk_records *records = memory_zeroed(1, sizeof(*records));
	enum shk_code code;

	*out = NULL;
	if (!records)
		return diag_memory(diag);
	code = builder_init(&records->builder, record_schema_of(schema), name,
		options, diag);
	if (code) {
		memory_free(records);
		return code;
	}
	records->builder.alone = true;
	records->ended = SHK_END;
	code = json_open(&records->reader, NULL, true, diag);
	if (code)
		shk_records_close(records);
	else
		*out = records;
	return code;
}

void shk_records_give(shk_records *records, const char *text, size_t size)
{
	json_give(records->reader, (struct text){ text, size });
	records->ended = SHK_OK;
}

/* At the end of the file: identifiers that came twice, when it is large. */
static enum shk_code records_end(struct shk_records *records)
{
	struct record_builder *builder = &records->builder;
	const char *path = builder->record.path;
	enum ids_found found = IDS_NEW;

	builder->begun = false;
	if (builder->ids == &builder->own_ids)
		found = ids_finish(builder->ids);
	if (found == IDS_SEEN)
		return ids_tell(builder->ids, 0, path, &records->why);
	return found ? ids_failure(found, path, &records->why) : SHK_END;
}

enum shk_code shk_records_next(
	shk_records *records, shk_record **record, shk_diag *diag)
{
	struct record_builder *builder = &records->builder;
	shk_diag *why = &records->why;
	enum shk_code code = records->ended;

	*record = NULL;
	if (!code) {
		if (why->code) /* of the record before */
			diag_clear(why);
		builder->begun = false;
		code = records->reader->next(records->reader, builder, why);
		if (code == SHK_OK)
			*record = (shk_record *)(void *)&builder->record;
		builder->context.diag = NULL;
		if (code == SHK_END)
			code = records_end(records);
	}
	if (code == SHK_OK || code == SHK_END) {
		records->ended = code;
		return code;
	}
	if (!records->ended && builder->begun &&
		(code == SHK_E_INPUT ||
			(code == SHK_E_LIMIT && builder->alone)))
		*record = (shk_record *)(void *)&builder->record;
	else
		records->ended = code;
	diag_place(why, builder->record.path, 0, 0);
	if (diag)
		*diag = *why;
	return code;
}

bool shk_records_are_lines(const shk_records *records)
{
	return records->builder.alone;
}

const char *shk_records_encoding(const shk_records *records)
{
	return records->input ? input_encoding(records->input) : "UTF-8";
}

uint64_t shk_records_bytes(const shk_records *records)
{
	return records->input ? input_offset(records->input) : 0;
}

void shk_records_close(shk_records *records)
{
	if (!records)
		return;
	if (records->reader)
		records->reader->close(records->reader);
	input_close(records->input);
	builder_release(&records->builder);
	memory_free(records);
}

const char *shk_record_id(const shk_record *record)
{
	return record_of_const(record)->id;
}

const char *shk_record_path(const shk_record *record)
{
	return record_of_const(record)->path;
}

long shk_record_row(const shk_record *record)
{
	return record_of_const(record)->row;
}

size_t shk_record_warning_count(const shk_record *record)
{
	return record_of_const(record)->warning_count;
}

const char *shk_record_warning(const shk_record *record, size_t index)
{
	const struct record *read = record_of_const(record);

	return index < read->warning_count ? read->warnings[index] : "";
}

enum shk_code shk_record_set(
	shk_record *record, const char *name, const char *value, shk_diag *diag)
{
	return record_set(
		record_of(record), text_of(name), text_of(value), diag);
}
