/*
 * Rows out of physical lines, so that the line of every row is known and a
 * malformed row costs no more than its own line. A line without quotes is
 * only cut at the separators; one with quotes goes through a small machine
 * that takes them away in place. White space is never trimmed: a text is
 * kept byte for byte.
 */
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "record/builder.h"
#include "record/table.h"

enum table_state {
	TABLE_BEGIN,  /* at the first byte of a cell */
	TABLE_PLAIN,  /* in a cell without quotes */
	TABLE_QUOTED, /* behind an opening quote */
	TABLE_CLOSED, /* behind a quote in a quoted cell: its end, or one of
			 two that stand for one */
};

struct table_cell {
	size_t offset; /* in `bytes` */
	size_t size;
};

struct table {
	struct input *input;
	char delimiter;
	struct text rest; /* of the present piece */
	const char
		*newline; /* next LF in `rest`, or its end; NULL: not known */
	const char *cr;	  /* next CR before `newline`, or that; likewise */
	size_t piece;	  /* counted */
	bool ended;	  /* nothing more to read */
	bool after_cr;	  /* the last line ended with CR: LF belongs to it */
	char terminator;  /* of the last line; 0 at the end of the file */
	long line;	  /* of the next byte */
	long row_line;	  /* where the row in progress begins */
	enum table_state state;
	size_t write; /* end of what is finished in `bytes` */
	size_t cell;  /* where the cell in progress begins */
	size_t large; /* column that passed a ceiling, from 1; 0: none */
	size_t count;
	struct table_cell *places;
	struct text *cells; /* made from `places` when the row is complete */
	struct buffer bytes;
};

enum shk_code table_open(
	struct table **out, struct input *input, char delimiter, shk_diag *diag)
{
	struct table *table = memory_zeroed(1, sizeof(*table));

	*out = NULL;
	if (!table)
		return diag_memory(diag);
	table->input = input;
	table->delimiter = delimiter;
	table->line = 1;
	buffer_init(&table->bytes);
	table->places =
		memory_zeroed(SHK_COLUMNS_MAX + 1, sizeof(*table->places));
	table->cells =
		memory_zeroed(SHK_COLUMNS_MAX + 1, sizeof(*table->cells));
	if (!table->places || !table->cells) {
		table_close(table);
		return diag_memory(diag);
	}
	*out = table;
	return SHK_OK;
}

/* A new piece when the old one is used up; at the end `ended` is set. */
static enum shk_code table_piece(struct table *table, shk_diag *diag)
{
	enum shk_code code;

	if (table->rest.size > 0 || table->ended)
		return SHK_OK;
	code = input_read(table->input, &table->rest, diag);
	if (code) {
		diag_place(diag, NULL, table->line, 0);
		table->rest.size = 0;
		return code;
	}
	table->newline = NULL;
	table->cr = NULL;
	table->piece++;
	table->ended = table->rest.size == 0;
	return SHK_OK;
}

/* The first CR or LF of `rest`, or its end. */
static const char *table_line_end(struct table *table)
{
	const char *data = table->rest.data;
	const char *end = data + table->rest.size;

	if (!table->newline || table->newline < data) {
		table->newline = memchr(data, '\n', table->rest.size);
		if (!table->newline)
			table->newline = end;
		table->cr = NULL;
	}
	if (!table->cr || table->cr < data) {
		table->cr = memchr(data, '\r', (size_t)(table->newline - data));
		if (!table->cr)
			table->cr = table->newline;
	}
	return table->cr;
}

static void table_consume(struct table *table, size_t size)
{
	table->rest.data += size;
	table->rest.size -= size;
}

/*
 * Append one physical line to `bytes`, without what ends it. In a quoted cell
 * the end of the line before was data: LF behind CR is too.
 */
static enum shk_code table_take_line(struct table *table, shk_diag *diag)
{
	enum shk_code code = table_piece(table, diag);

	if (!code && table->after_cr && table->rest.size > 0 &&
		table->rest.data[0] == '\n') {
		if (table->state == TABLE_QUOTED)
			buffer_byte(&table->bytes, '\n');
		table_consume(table, 1);
	}
	table->after_cr = false;
	table->terminator = '\0';
	while (!code && !table->ended && table->terminator == '\0') {
		const char *end;
		size_t size;

		code = table_piece(table, diag);
		if (code || table->ended)
			break;
		end = table_line_end(table);
		size = (size_t)(end - table->rest.data);
		buffer_add(&table->bytes, table->rest.data, size);
		if (size < table->rest.size) {
			table->terminator = *end;
			size++;
		}
		table_consume(table, size);
		if (table->bytes.size > RECORD_BYTES_MAX)
			return SHK_OK; /* refused by the caller */
	}
	table->line += table->terminator != '\0';
	table->after_cr = table->terminator == '\r';
	return code;
}

/* The cell in progress ends before `write`. */
static void table_cell_end(struct table *table)
{
	size_t size = table->write - table->cell;

	if (size > SHK_CELL_MAX && table->large == 0)
		table->large = table->count + 1;
	if (table->count <= SHK_COLUMNS_MAX)
		table->places[table->count] =
			(struct table_cell){ table->cell, size };
	table->count++;
	table->state = TABLE_BEGIN;
}

/* One line without quotes, from `write` to the end of `bytes`. */
static void table_cut(struct table *table)
{
	char *data = table->bytes.data;
	size_t size = table->bytes.size;

	for (size_t at = table->write; at < size; at++) {
		if (data[at] != table->delimiter)
			continue;
		data[at] = '\0';
		table->write = at;
		table_cell_end(table);
		table->cell = at + 1;
	}
	table->write = size;
	table_cell_end(table);
}

/* What is wrong with a byte that may not stand where it does, or NULL. */
static const char *table_byte(struct table *table, char byte)
{
	char *data = table->bytes.data;
	bool ends = byte == table->delimiter && table->state != TABLE_QUOTED;

	if (ends) {
		table_cell_end(table);
		data[table->write++] = '\0';
		table->cell = table->write;
		return NULL;
	}
	switch (table->state) {
	case TABLE_BEGIN:
		table->state = byte == '"' ? TABLE_QUOTED : TABLE_PLAIN;
		if (byte == '"')
			return NULL;
		break;
	case TABLE_PLAIN:
		if (byte == '"')
			return "a quote stands in the middle of a cell";
		break;
	case TABLE_QUOTED:
		if (byte == '"') {
			table->state = TABLE_CLOSED;
			return NULL;
		}
		break;
	case TABLE_CLOSED:
		if (byte != '"')
			return "text stands behind the quote that closes a "
			       "cell";
		table->state = TABLE_QUOTED;
		break;
	}
	data[table->write++] = byte;
	return NULL;
}

/* One line with quotes, or inside them, from byte `from` on. */
static const char *table_unquote(struct table *table, size_t from)
{
	const char *fault = NULL;

	for (size_t at = from; !fault && at < table->bytes.size; at++)
		fault = table_byte(table, table->bytes.data[at]);
	if (!fault && table->state != TABLE_QUOTED)
		table_cell_end(table);
	table->bytes.size = table->write;
	return fault;
}

/* The row is malformed: its line is already behind us. */
static enum shk_code table_malformed(struct table *table, struct table_row *row,
	const char *why, shk_diag *diag)
{
	row->line = table->row_line;
	diag_set(diag, SHK_E_INPUT,
		"%s; a cell with quotes is written \"...\" as a whole and each "
		"quote in it twice",
		why);
	diag_reason(diag, "bad_value");
	diag_place(diag, NULL, table->row_line, (long)table->count + 1);
	return SHK_E_INPUT;
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

/* A quoted cell goes on with the next line: the end of this one is data. */
static enum shk_code table_continue(
	struct table *table, struct table_row *row, shk_diag *diag)
{
	size_t from = table->write;
	const char *fault;
	enum shk_code code;

	if (table->terminator == '\0')
		return table_malformed(table, row,
			"the quote that opens a cell is never closed", diag);
	buffer_byte(&table->bytes, table->terminator);
	code = table_take_line(table, diag);
	if (code || table->bytes.failed)
		return code;
	if (table->bytes.size > RECORD_BYTES_MAX)
		table->large = table->count + 1;
	fault = table_unquote(table, from);
	if (table->state == TABLE_QUOTED &&
		table->write - table->cell > SHK_CELL_MAX)
		table->large = table->count + 1;
	return fault ? table_malformed(table, row, fault, diag) : SHK_OK;
}

/* The first line of a row; blank ones are passed over. */
static enum shk_code table_first(
	struct table *table, struct table_row *row, shk_diag *diag)
{
	const char *fault = NULL;
	enum shk_code code;

	do {
		if (table->ended)
			return SHK_END;
		table->row_line = table->line;
		code = table_take_line(table, diag);
		if (code || table->bytes.failed)
			return code;
		/* an LF of the CRLF before has no line of its own */
	} while (table->bytes.size == 0);
	if (table->bytes.size > RECORD_BYTES_MAX)
		table->large = 1;
	else if (!memchr(table->bytes.data, '"', table->bytes.size))
		table_cut(table);
	else
		fault = table_unquote(table, 0);
	return fault ? table_malformed(table, row, fault, diag) : SHK_OK;
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
	buffer_clear(&table->bytes);
	table->state = TABLE_BEGIN;
	table->write = 0;
	table->cell = 0;
	table->count = 0;
	code = table_first(table, row, diag);
	while (!code && table->state == TABLE_QUOTED && table->large == 0)
		code = table_continue(table, row, diag);
	if (!code || row->line > 0)
		buffer_byte(&table->bytes, '\0'); /* behind the last cell */
	if (table->bytes.failed)
		return diag_memory(diag);
	if (table->large > 0)
		return table_limit(table, diag);
	if (code == SHK_OK)
		row->line = table->row_line;
	if (row->line > 0)
		table_cells(table, row);
	return code;
}

struct table_view table_look(struct table *table)
{
	if (table->rest.size == 0 && !table->ended) {
		shk_diag why = { 0 }; /* said again when the table reads */

		(void)table_piece(table, &why);
	}
	if (table->after_cr && table->rest.size > 0) {
		if (table->rest.data[0] == '\n')
			table_consume(table, 1);
		table->after_cr = false;
	}
	return (struct table_view){ table->rest.data, table->rest.size,
		table->line, table->piece };
}

void table_pass(struct table *table, size_t size, long lines)
{
	table_consume(table, size);
	table->line += lines;
}

long table_lines(const struct table *table)
{
	return table->line - (table->terminator != '\0');
}

void table_restart(struct table *table, long line)
{
	table->rest = (struct text){ "", 0 };
	table->newline = NULL;
	table->cr = NULL;
	table->ended = false;
	table->after_cr = false;
	table->line = line;
}

void table_close(struct table *table)
{
	if (!table)
		return;
	buffer_release(&table->bytes);
	memory_free(table->places);
	memory_free(table->cells);
	memory_free(table);
}
