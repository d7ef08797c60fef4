/*
 * libcsv, fed one physical line at a time, so that the line of every row is
 * known and a malformed row costs no more than its own line. White space is
 * never trimmed: a text is kept byte for byte.
 */
#include <string.h>

#include <csv.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "record/builder.h"
#include "record/table.h"

#define TABLE_GROWTH 4096 /* bytes by which libcsv's cell grows */

struct table_cell {
	size_t offset; /* in `bytes` */
	size_t size;
};

struct table {
	struct input *input;
	struct csv_parser parser;
	bool parsing; /* `parser` is initialised */
	unsigned char delimiter;
	struct text rest;    /* of the present piece */
	const char *newline; /* next LF in `rest`, or its end */
	bool ended;
	bool after_cr; /* the last byte was CR: an LF belongs to it */
	long line;     /* of the next byte */
	long row_line; /* where the row in progress begins */
	bool in_row;
	bool complete; /* the row is ready */
	bool failed;   /* memory ran out in a callback */
	size_t large;  /* column that passed a ceiling, from 1; 0: none */
	size_t count;
	struct table_cell *places;
	struct text *cells; /* made from `places` when the row is complete */
	struct buffer bytes;
};

static int table_no_space(unsigned char byte)
{
	(void)byte;
	return 0;
}

static enum shk_code table_begin(struct table *table, shk_diag *diag)
{
	if (table->parsing)
		csv_free(&table->parser);
	table->parsing =
		csv_init(&table->parser, CSV_STRICT | CSV_STRICT_FINI) == 0;
	if (!table->parsing)
		return diag_memory(diag);
	csv_set_delim(&table->parser, table->delimiter);
	csv_set_space_func(&table->parser, table_no_space);
	csv_set_realloc_func(&table->parser, memory_resize);
	csv_set_free_func(&table->parser, memory_free);
	csv_set_blk_size(&table->parser, TABLE_GROWTH);
	return SHK_OK;
}

static void table_cell(void *data, size_t size, void *context)
{
	struct table *table = context;

	if (size > SHK_CELL_MAX || table->bytes.size > RECORD_BYTES_MAX) {
		table->large = table->count + 1;
	} else if (table->count <= SHK_COLUMNS_MAX) {
		table->places[table->count] =
			(struct table_cell){ table->bytes.size, size };
		buffer_add(&table->bytes, data, size);
		buffer_byte(&table->bytes, '\0');
	}
	table->count++;
	table->failed = table->failed || table->bytes.failed;
}

static void table_row_end(int byte, void *context)
{
	struct table *table = context;

	(void)byte;
	table->complete = true;
	table->in_row = false;
}

enum shk_code table_open(
	struct table **out, struct input *input, char delimiter, shk_diag *diag)
{
	struct table *table = memory_zeroed(1, sizeof(*table));
	enum shk_code code = SHK_OK;

	*out = NULL;
	if (!table)
		return diag_memory(diag);
	table->input = input;
	table->delimiter = (unsigned char)delimiter;
	table->line = 1;
	buffer_init(&table->bytes);
	table->places =
		memory_zeroed(SHK_COLUMNS_MAX + 1, sizeof(*table->places));
	table->cells =
		memory_zeroed(SHK_COLUMNS_MAX + 1, sizeof(*table->cells));
	if (!table->places || !table->cells)
		code = diag_memory(diag);
	if (!code)
		code = table_begin(table, diag);
	if (code)
		table_close(table);
	else
		*out = table;
	return code;
}

/* Bytes of `rest` up to and with the next end of a line. */
static size_t table_line(struct table *table)
{
	const char *data = table->rest.data;
	const char *end = data + table->rest.size;
	const char *cr;

	if (table->newline < data)
		table->newline = NULL;
	if (!table->newline) {
		table->newline = memchr(data, '\n', table->rest.size);
		if (!table->newline)
			table->newline = end;
	}
	cr = memchr(data, '\r', (size_t)(table->newline - data));
	if (cr)
		return (size_t)(cr - data) + 1;
	return (size_t)(table->newline - data) + (table->newline < end);
}

/* Keep the count of lines over the bytes just passed. */
static void table_count(struct table *table, char last)
{
	if (last == '\r' || (last == '\n' && !table->after_cr))
		table->line++;
}

static enum shk_code table_limit(struct table *table, shk_diag *diag)
{
	diag_set(diag, SHK_E_LIMIT,
		"a cell of the row is longer than %u bytes, or the row than "
		"%u; is a closing quote missing?",
		SHK_CELL_MAX, RECORD_BYTES_MAX);
	diag_place(diag, NULL, table->row_line, (long)table->large);
	return SHK_E_LIMIT;
}

/* The row is malformed: say why and begin anew with the next line. */
static enum shk_code table_malformed(struct table *table, struct table_row *row,
	const char *why, shk_diag *diag)
{
	enum shk_code code;

	row->line = table->row_line;
	diag_set(diag, SHK_E_INPUT,
		"%s; a cell with quotes is written "
		"\"...\" as a whole and each quote in it twice",
		why);
	diag_reason(diag, "bad_value");
	diag_place(diag, NULL, table->row_line, (long)table->count + 1);
	table->in_row = false;
	code = table_begin(table, NULL);
	return code ? diag_memory(diag) : SHK_E_INPUT;
}

/* Give one line, or a part of it, to libcsv. False: it is malformed. */
static bool table_feed(struct table *table)
{
	size_t size = table_line(table);
	const char *data = table->rest.data;
	char last = data[size - 1];
	bool content = (last != '\n' && last != '\r') || size > 1;
	size_t done;

	if (!table->in_row && content) {
		table->row_line = table->line;
		table->in_row = true;
	}
	done = csv_parse(
		&table->parser, data, size, table_cell, table_row_end, table);
	table_count(table, last);
	table->after_cr = last == '\r';
	table->rest.data += size;
	table->rest.size -= size;
	if (done < size && csv_error(&table->parser) == CSV_ENOMEM)
		table->failed = true;
	if (table->parser.entry_pos > SHK_CELL_MAX)
		table->large = table->count + 1;
	return done == size || table->failed;
}

/* The last row may lack its newline. */
static enum shk_code table_finish(
	struct table *table, struct table_row *row, shk_diag *diag)
{
	table->ended = true;
	if (csv_fini(&table->parser, table_cell, table_row_end, table) != 0)
		return table_malformed(table, row,
			"the quote that opens a cell is never closed", diag);
	return table->complete ? SHK_OK : SHK_END;
}

static enum shk_code table_piece(struct table *table, shk_diag *diag)
{
	enum shk_code code = input_read(table->input, &table->rest, diag);

	table->newline = NULL;
	if (code)
		diag_place(diag, NULL, table->line, 0);
	return code;
}

static enum shk_code table_fill(
	struct table *table, struct table_row *row, shk_diag *diag)
{
	while (!table->complete) {
		if (table->rest.size == 0) {
			enum shk_code code = table_piece(table, diag);

			if (code)
				return code;
			if (table->rest.size == 0)
				return table_finish(table, row, diag);
		}
		if (!table_feed(table))
			return table_malformed(table, row,
				"a quote stands in the middle of a cell", diag);
		if (table->failed)
			return diag_memory(diag);
		if (table->large)
			return SHK_E_LIMIT;
	}
	return SHK_OK;
}

/* The cells read so far, which for a malformed row are not all. */
static void table_cells(struct table *table, struct table_row *row)
{
	row->count = table->count;
	row->kept = table->count;
	if (row->kept > SHK_COLUMNS_MAX + 1)
		row->kept = SHK_COLUMNS_MAX + 1;
	for (size_t i = 0; i < row->kept; i++)
		table->cells[i] = (struct text){
			table->bytes.data + table->places[i].offset,
			table->places[i].size
		};
	row->cells = table->cells;
}

enum shk_code table_next(
	struct table *table, struct table_row *row, shk_diag *diag)
{
	enum shk_code code;

	memset(row, 0, sizeof(*row));
	if (table->ended)
		return SHK_END;
	table->complete = false;
	table->count = 0;
	buffer_clear(&table->bytes);
	code = table_fill(table, row, diag);
	if (table->failed)
		return diag_memory(diag);
	if (table->large)
		return table_limit(table, diag);
	if (code == SHK_OK)
		row->line = table->row_line;
	if (row->line > 0)
		table_cells(table, row);
	return code;
}

void table_close(struct table *table)
{
	if (!table)
		return;
	if (table->parsing)
		csv_free(&table->parser);
	buffer_release(&table->bytes);
	memory_free(table->places);
	memory_free(table->cells);
	memory_free(table);
}
