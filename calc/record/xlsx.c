/*
 * Records from a sheet of a workbook: it becomes CSV in memory, a line a row,
 * so that rows in messages are those of the sheet, and the reader of CSV takes
 * it from there. A cell that cannot be text is noted beside it and costs the
 * record of its row.
 */
#include <string.h>

#include "base/memory.h"
#include "record/reader.h"
#include "record/xlsx.h"

#define XLSX_SHOWN 40 /* bytes of a refused value in a message */

struct xlsx_fault {
	long line;
	size_t column; /* from 1 */
	const char *why;
	const char *value;
};

struct xlsx {
	struct record_reader reader;
	struct record_reader *table; /* of `text` */
	struct input *input;
	struct buffer text;
	struct arena arena;	   /* of values of faults */
	struct xlsx_fault *faults; /* the first of each row */
	size_t count;
	size_t capacity;
	size_t at; /* those before are of rows that were read */
};

/* The sheet being written. */
struct lines {
	struct xlsx *to;
	const struct xlsx_book *book;
	struct buffer cell;
	struct arena arena; /* of one cell */
	long line;	    /* that `to->text` ends in */
	long row;	    /* the last one met */
	size_t column;	    /* the last one met in it; from 1 */
	size_t filled;	    /* columns of the row that were written */
	size_t width;	    /* of the header; 0 before it */
};

static enum shk_code xlsx_tell(const struct xlsx_fault *fault, shk_diag *diag)
{
	char name[8];
	size_t at = sizeof(name) - 1;

	name[at] = '\0';
	for (size_t left = fault->column; left > 0; left = (left - 1) / 26)
		name[--at] = (char)('A' + (left - 1) % 26);
	diag_set(diag, SHK_E_INPUT, "cell %s%ld: %s%s%s%s", name + at,
		fault->line, fault->why, *fault->value ? ": \"" : "",
		fault->value, *fault->value ? "\"" : "");
	diag_reason(diag, "bad_value");
	diag_place(diag, NULL, fault->line, (long)fault->column);
	return SHK_E_INPUT;
}

static enum shk_code xlsx_next(struct record_reader *reader,
	struct record_builder *builder, shk_diag *diag)
{
	struct xlsx *xlsx = (struct xlsx *)reader;
	enum shk_code code = xlsx->table->next(xlsx->table, builder, diag);
	const struct xlsx_fault *fault;

	if (code && (code != SHK_E_INPUT || !builder->begun))
		return code;
	while (xlsx->at < xlsx->count &&
		xlsx->faults[xlsx->at].line < builder->record.row)
		xlsx->at++;
	if (xlsx->at == xlsx->count)
		return code;
	fault = &xlsx->faults[xlsx->at];
	if (fault->line != builder->record.row)
		return code;
	diag_clear(diag);
	return xlsx_tell(fault, diag);
}

static void xlsx_close(struct record_reader *reader)
{
	struct xlsx *xlsx = (struct xlsx *)reader;

	if (xlsx->table)
		xlsx->table->close(xlsx->table);
	input_close(xlsx->input);
	buffer_release(&xlsx->text);
	arena_release(&xlsx->arena);
	memory_free(xlsx->faults);
	memory_free(xlsx);
}

static enum shk_code lines_fault(
	struct lines *lines, const char *why, const char *value, shk_diag *diag)
{
	struct xlsx *to = lines->to;
	void *faults = to->faults;
	size_t size = strlen(value);

	if (to->count > 0 && to->faults[to->count - 1].line == lines->row)
		return SHK_OK;
	value = arena_text(&to->arena, value, size > XLSX_SHOWN ? 0 : size);
	if (!value || !memory_grow(&faults, &to->capacity, to->count + 1,
			      sizeof(*to->faults)))
		return diag_memory(diag);
	to->faults = faults;
	to->faults[to->count++] =
		(struct xlsx_fault){ lines->row, lines->column, why, value };
	return SHK_OK;
}

/* Where a cell is: "C5", or behind the one before. False: not in the sheet. */
static bool lines_place(struct lines *lines, const char *name)
{
	size_t column = 0;
	size_t row;

	if (!name) {
		lines->column++;
		return true;
	}
	for (; *name >= 'A' && *name <= 'Z' && column < XLSX_ROWS_MAX; name++)
		column = column * 26 + (size_t)(*name - 'A') + 1;
	if (column <= lines->column || !xlsx_index(name, XLSX_ROWS_MAX, &row) ||
		row != (size_t)lines->row)
		return false;
	lines->column = column;
	return true;
}

/* As CSV; a refused cell is quoted, so that its row is not a blank line. */
static void lines_write(struct lines *lines)
{
	struct buffer *text = &lines->to->text;
	const struct buffer *cell = &lines->cell;
	bool quoted = cell->size == 0 || cell->data[0] == ' ' ||
		      memchr(cell->data, '"', cell->size) ||
		      memchr(cell->data, ',', cell->size);

	for (; lines->line < lines->row; lines->line++)
		buffer_byte(text, '\n');
	for (size_t i = lines->filled ? lines->filled : 1; i < lines->column;
		i++)
		buffer_byte(text, ',');
	lines->filled = lines->column;
	if (!quoted) {
		buffer_add(text, cell->data, cell->size);
		return;
	}
	buffer_byte(text, '"');
	for (size_t i = 0; i < cell->size; i++) {
		if (cell->data[i] == '"')
			buffer_byte(text, '"');
		buffer_byte(text, cell->data[i]);
	}
	buffer_byte(text, '"');
}

static enum shk_code lines_cell(
	struct lines *lines, const struct xml_element *cell, shk_diag *diag)
{
	const char *value;
	const char *why;

	if (!lines_place(lines, xml_attribute(cell, "r")))
		return xlsx_damaged(diag, "a cell is not in its place");
	arena_clear(&lines->arena);
	why = xlsx_cell_text(
		lines->book, cell, &lines->arena, &lines->cell, &value);
	if (lines->cell.failed)
		return diag_memory(diag);
	if (!why && lines->cell.size == 0)
		return SHK_OK;
	if (lines->column > SHK_COLUMNS_MAX)
		return diag_set(diag, SHK_E_LIMIT,
			"row %ld of the sheet has more than %d columns",
			lines->row, SHK_COLUMNS_MAX);
	if (why) {
		enum shk_code code = lines_fault(lines, why, value, diag);

		buffer_clear(&lines->cell);
		if (code)
			return code;
	}
	lines_write(lines);
	if (lines->to->text.size > XLSX_TEXT_MAX)
		return diag_set(diag, SHK_E_LIMIT,
			"the text of the sheet has more than %u bytes",
			XLSX_TEXT_MAX);
	return lines->to->text.failed ? diag_memory(diag) : SHK_OK;
}

static enum shk_code lines_row(
	struct lines *lines, const struct xml_element *row, shk_diag *diag)
{
	const char *number = xml_attribute(row, "r");
	size_t at = (size_t)lines->row + 1;
	enum shk_code code = SHK_OK;

	if ((number && !xlsx_index(number, XLSX_ROWS_MAX, &at)) ||
		at > XLSX_ROWS_MAX || (long)at <= lines->row)
		return xlsx_damaged(diag, "a row is not in its place");
	lines->row = (long)at;
	lines->column = 0;
	lines->filled = 0;
	for (const struct xml_element *cell = xml_child(row, "c");
		cell && !code; cell = xml_sibling(cell, "c"))
		code = lines_cell(lines, cell, diag);
	if (code || lines->filled == 0)
		return code;
	if (lines->width == 0 && lines->to->count > 0)
		return xlsx_tell(lines->to->faults, diag);
	if (lines->width == 0)
		lines->width = lines->filled;
	for (; lines->filled < lines->width; lines->filled++)
		buffer_byte(&lines->to->text, ',');
	return SHK_OK;
}

static enum shk_code xlsx_lines(struct xlsx *xlsx, const struct xlsx_book *book,
	const struct xml_element *sheet, shk_diag *diag)
{
	const struct xml_element *rows = xml_child(sheet, "sheetData");
	struct lines lines = { .to = xlsx, .book = book, .line = 1 };
	enum shk_code code = SHK_OK;

	if (!rows)
		return xlsx_damaged(diag, "the sheet has no cells");
	buffer_init(&lines.cell);
	arena_init(&lines.arena);
	for (const struct xml_element *row = xml_child(rows, "row");
		row && !code; row = xml_sibling(row, "row"))
		code = lines_row(&lines, row, diag);
	buffer_byte(&xlsx->text, '\n');
	if (!code && xlsx->text.failed)
		code = diag_memory(diag);
	arena_release(&lines.arena);
	buffer_release(&lines.cell);
	return code;
}

static enum shk_code xlsx_convert(struct xlsx *xlsx, const char *path,
	const struct text *bytes, const char *sheet, shk_diag *diag)
{
	struct xml_element *root = NULL;
	const char *part = NULL;
	struct xlsx_book book;
	struct zip *zip;
	enum shk_code code = bytes ? zip_open_text(&zip, *bytes, diag)
				   : zip_open(&zip, path, diag);

	if (code)
		return code;
	xlsx_book_init(&book, path);
	code = xlsx_book_read(&book, zip, sheet, &part, diag);
	if (!code)
		code = xlsx_part(&book, zip, part, &book.arena, &root, diag);
	if (code == SHK_END)
		code = xlsx_damaged(diag, "the part of its sheet is missing");
	if (!code)
		code = xlsx_lines(xlsx, &book, root, diag);
	xlsx_book_release(&book);
	zip_close(zip);
	return code;
}

enum shk_code xlsx_open(struct record_reader **out, const char *path,
	const struct text *bytes, const char *sheet,
	struct record_builder *builder, shk_diag *diag)
{
	struct xlsx *xlsx = memory_zeroed(1, sizeof(*xlsx));
	enum shk_code code;

	*out = NULL;
	if (!xlsx)
		return diag_memory(diag);
	xlsx->reader.next = xlsx_next;
	xlsx->reader.close = xlsx_close;
	buffer_init(&xlsx->text);
	arena_init(&xlsx->arena);
	code = xlsx_convert(xlsx, path, bytes, sheet, diag);
	if (!code)
		code = input_memory_text(&xlsx->input, path,
			(struct text){ xlsx->text.data, xlsx->text.size },
			diag);
	if (!code)
		code = csv_open(&xlsx->table, xlsx->input, ',', builder, diag);
	if (code)
		xlsx_close(&xlsx->reader);
	else
		*out = &xlsx->reader;
	return code;
}
