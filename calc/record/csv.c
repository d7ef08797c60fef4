/*
 * CSV and TSV: a header with field names, then one record a row. What a
 * column means is decided once, in columns.c; rows come from table.c.
 */
#include <string.h>

#include "base/memory.h"
#include "record/columns.h"
#include "record/reader.h"
#include "record/table.h"

struct csv_reader {
	struct record_reader
		reader; /* its columns are `own` or of the whole file */
	struct columns own;
};

/* The identifier of a row that is refused, as far as it was read. */
static void csv_identify(struct csv_reader *csv, const struct table_row *row,
	struct record_builder *builder)
{
	size_t id = csv->reader.columns->id;

	/* what is said already stays, whatever is wrong with the identifier */
	if (id < row->kept)
		(void)builder_set(builder, builder->id_field, row->cells[id],
			(long)id + 1);
}

static enum shk_code csv_next(struct record_reader *reader,
	struct record_builder *builder, shk_diag *diag)
{
	struct csv_reader *csv = (struct csv_reader *)reader;
	struct table_row row;
	enum shk_code code = table_next(csv->reader.table, &row, diag);

	if (code && (code != SHK_E_INPUT || row.line == 0))
		return code;
	builder_begin(builder, row.line, diag);
	if (code == SHK_OK && row.count == csv->reader.columns->count)
		return columns_read(csv->reader.columns, &row, builder);
	diag_set(diag, SHK_E_INPUT,
		"the row has %zu cells and the header %zu; quote a cell that "
		"contains the separator",
		row.count, csv->reader.columns->count);
	diag_reason(diag, "bad_value");
	diag_place(diag, builder->record.path, row.line, 0);
	csv_identify(csv, &row, builder);
	return SHK_E_INPUT;
}

static void csv_close(struct record_reader *reader)
{
	struct csv_reader *csv = (struct csv_reader *)reader;

	table_close(csv->reader.table);
	memory_free(csv);
}

static enum shk_code csv_header(
	struct csv_reader *csv, struct record_builder *builder, shk_diag *diag)
{
	struct table_row header;
	enum shk_code code = table_next(csv->reader.table, &header, diag);

	if (code == SHK_END) {
		diag_set(diag, SHK_E_INPUT,
			"the file is empty; its first line has the names of "
			"the fields");
		diag_reason(diag, "bad_value");
		return SHK_E_INPUT;
	}
	if (code)
		return code;
	csv->reader.lines = table_lines(csv->reader.table);
	return columns_resolve(&csv->own, &header, builder, diag);
}

static enum shk_code csv_part(struct record_reader **out,
	const struct record_reader *whole, struct input *input, shk_diag *diag);

static void csv_restart(struct record_reader *reader, long line)
{
	table_restart(reader->table, line);
}

/* A reader without a header. */
static enum shk_code csv_new(struct csv_reader **out, struct input *input,
	char delimiter, shk_diag *diag)
{
	struct csv_reader *csv = memory_zeroed(1, sizeof(*csv));
	enum shk_code code;

	*out = NULL;
	if (!csv)
		return diag_memory(diag);
	csv->reader = (struct record_reader){ .next = csv_next,
		.close = csv_close,
		.cut = RECORD_CUT_TABLE,
		.delimiter = delimiter,
		.part = csv_part,
		.restart = csv_restart };
	csv->reader.columns = &csv->own;
	code = table_open(&csv->reader.table, input, delimiter, diag);
	if (code)
		csv_close(&csv->reader);
	else
		*out = csv;
	return code;
}

static enum shk_code csv_part(struct record_reader **out,
	const struct record_reader *whole, struct input *input, shk_diag *diag)
{
	struct csv_reader *csv;
	enum shk_code code = csv_new(&csv, input, whole->delimiter, diag);

	*out = NULL;
	if (!csv)
		return code;
	csv->reader.columns = whole->columns;
	*out = &csv->reader;
	return SHK_OK;
}

enum shk_code csv_open(struct record_reader **out, struct input *input,
	char delimiter, struct record_builder *builder, shk_diag *diag)
{
	struct csv_reader *csv;
	enum shk_code code = csv_new(&csv, input, delimiter, diag);

	*out = NULL;
	if (!csv)
		return code;
	code = csv_header(csv, builder, diag);
	if (code)
		csv_close(&csv->reader);
	else
		*out = &csv->reader;
	return code;
}
