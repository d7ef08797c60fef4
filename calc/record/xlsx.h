/*
 * What the pieces of the reader of workbooks share: a workbook's texts and
 * formats, and the text of one cell as a person reads it in a spreadsheet.
 */
#ifndef RECORD_XLSX_H
#define RECORD_XLSX_H

#include "base/arena.h"
#include "base/buffer.h"
#include "record/zip.h"
#include "xml/reader.h"

#define XLSX_TAGS_MAX	 (4u << 20)    /* of one part: a small bomb has many */
#define XLSX_SHEETS_MAX	 ZIP_PARTS_MAX /* each is a part; also of relations */
#define XLSX_STRINGS_MAX (1u << 20)    /* texts that cells share */
#define XLSX_STYLES_MAX	 65536	       /* formats of cells */
#define XLSX_FORMATS_MAX 1024	       /* formats of numbers of its own */
#define XLSX_ROWS_MAX	 1048576       /* as a spreadsheet has it */
#define XLSX_TEXT_MAX	 (128u << 20)  /* bytes of a sheet as CSV */

struct xlsx_book {
	struct arena arena; /* of what follows */
	const char *path;
	struct text *strings;
	size_t string_count;
	bool *dates; /* one a format of cells */
	size_t style_count;
	bool from_1904; /* days are counted from 1904-01-01 */
};

void xlsx_book_init(struct xlsx_book *book, const char *path);
void xlsx_book_release(struct xlsx_book *book);
/*
 * Texts, formats and the part of the sheet of that name (NULL: of the first
 * that is not hidden), which is in the book's arena.
 */
enum shk_code xlsx_book_read(struct xlsx_book *book, struct zip *zip,
	const char *sheet, const char **part, shk_diag *diag);
/* A part of the workbook as elements; SHK_END: there is none. */
enum shk_code xlsx_part(const struct xlsx_book *book, struct zip *zip,
	const char *name, struct arena *arena, struct xml_element **root,
	shk_diag *diag);
enum shk_code xlsx_damaged(shk_diag *diag, const char *what);
/* A number of digits alone; false when it is none or above `most`. */
bool xlsx_index(const char *text, size_t most, size_t *index);
/* Runs of text joined, without their reading aids; data NULL: no memory. */
struct text xlsx_joined(struct arena *arena, const struct xml_element *runs);
/* The format of a number is one of a day or a time. */
bool xlsx_format_is_date(const char *format);

/*
 * Put the text of a cell into `out`, which is cleared; nothing: an empty cell.
 * NULL, or why the cell is refused; then `value` is what it holds or "".
 */
const char *xlsx_cell_text(const struct xlsx_book *book,
	const struct xml_element *cell, struct arena *arena, struct buffer *out,
	const char **value);

#endif
