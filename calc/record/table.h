/*
 * Rows of cells from CSV or TSV as RFC 4180 has it. Lines end with LF, CRLF
 * or a lone CR; blank lines are passed over.
 */
#ifndef RECORD_TABLE_H
#define RECORD_TABLE_H

#include "base/diag.h"
#include "base/text.h"
#include "record/input.h"

struct table;

struct table_row {
	long line;    /* of the file, where the row begins */
	size_t count; /* cells; only SHK_COLUMNS_MAX + 1 of them are kept */
	size_t kept;
	struct text *cells; /* each with a NUL behind it; until the next row */
};

/* The table reads from `input`, which stays the caller's. */
enum shk_code table_open(struct table **out, struct input *input,
	char delimiter, shk_diag *diag);
/*
 * SHK_END after the last row. SHK_E_INPUT with row->line > 0: this row is
 * malformed and the next call goes on behind its line; with row->line 0: the
 * input is not readable from here on.
 */
enum shk_code table_next(
	struct table *table, struct table_row *row, shk_diag *diag);
/*
 * Between two rows, for who takes whole rows out of the bytes himself: what
 * is at hand of the input, in pieces that are told apart by their number.
 */
struct table_view {
	const char *data;
	size_t size;
	long line; /* of the first byte */
	size_t piece;
};

/* Empty at the end, and where the next call of table_next says why. */
struct table_view table_look(struct table *table);
/* Bytes of whole rows that were taken out of the view, and their lines. */
void table_pass(struct table *table, size_t size, long lines);
/* Lines taken so far, also one that ended with the file. */
long table_lines(const struct table *table);
/* Begin anew: the input has been given other bytes, which begin at `line`. */
void table_restart(struct table *table, long line);
void table_close(struct table *table);

#endif
