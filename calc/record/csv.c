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
	struct record_reader reader;
	struct table *table;
	struct columns columns;
};

/* A row with more or fewer cells than the header. */
static enum shk_code csv_uneven(struct csv_reader *csv,
	const struct table_row *row, struct record_builder *builder,
	shk_diag *diag)
{
	/* its identifier, where it stands, still names the record */
	if (csv->columns.id < row->kept)
		builder_set(builder, builder->id_field,
			row->cells[csv->columns.id], (long)csv->columns.id + 1);
	diag_clear(diag);
	diag_set(diag, SHK_E_INPUT,
		"the row has %zu cells and the header %zu; quote a cell that "
		"contains the separator",
		row->count, csv->columns.count);
	diag_reason(diag, "bad_value");
	diag_place(diag, builder->record.path, row->line, 0);
	return SHK_E_INPUT;
}

static enum shk_code csv_next(struct record_reader *reader,
	struct record_builder *builder, shk_diag *diag)
{
	struct csv_reader *csv = (struct csv_reader *)reader;
	struct table_row row;
	enum shk_code code = table_next(csv->table, &row, diag);

	if (code == SHK_E_INPUT && row.line > 0)
		builder_begin(builder, row.line, diag);
	if (code)
		return code;
	builder_begin(builder, row.line, diag);
	if (row.count != csv->columns.count)
		return csv_uneven(csv, &row, builder, diag);
	return columns_read(&csv->columns, &row, builder);
}

static void csv_close(struct record_reader *reader)
{
	struct csv_reader *csv = (struct csv_reader *)reader;

	table_close(csv->table);
	memory_free(csv);
}

static enum shk_code csv_header(
	struct csv_reader *csv, struct record_builder *builder, shk_diag *diag)
{
	struct table_row header;
	enum shk_code code = table_next(csv->table, &header, diag);

	if (code == SHK_END) {
		diag_set(diag, SHK_E_INPUT,
			"the file is empty; its first line has the names of "
			"the fields");
		diag_reason(diag, "bad_value");
		return SHK_E_INPUT;
	}
	if (code)
		return code;
	return columns_resolve(&csv->columns, &header, builder, diag);
}

enum shk_code csv_open(struct record_reader **out, struct input *input,
	char delimiter, struct record_builder *builder, shk_diag *diag)
{
	struct csv_reader *csv = memory_zeroed(1, sizeof(*csv));
	enum shk_code code;

	*out = NULL;
	if (!csv)
		return diag_memory(diag);
	csv->reader.next = csv_next;
	csv->reader.close = csv_close;
	code = table_open(&csv->table, input, delimiter, diag);
	if (!code)
		code = csv_header(csv, builder, diag);
	if (code)
		csv_close(&csv->reader);
	else
		*out = &csv->reader;
	return code;
}
