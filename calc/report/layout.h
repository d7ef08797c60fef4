/*
 * Lines of limited width for a terminal: wrapping, padding, and control
 * characters of the data made harmless. Widths are terminal columns, a
 * Japanese letter is two.
 */
#ifndef REPORT_LAYOUT_H
#define REPORT_LAYOUT_H

#include "base/buffer.h"
#include "base/text.h"

/* One cell of a row. A line feed in `text` begins a new line in the cell. */
struct layout_cell {
	struct text text;
	size_t width;	    /* columns */
	const char *colour; /* escape sequence before the text, or NULL */
};

#define LAYOUT_GAP	 2 /* columns between two cells */
#define LAYOUT_CELLS_MAX 8 /* of one row */

/* Cells side by side, LAYOUT_CELLS_MAX at most, each wrapped inside its width;
   ends with a line feed. */
void layout_row(
	struct buffer *out, const struct layout_cell *cells, size_t count);

/*
 * `text` wrapped to `columns` in all: `first` in front of its first line and
 * `rest` in front of the others.
 */
void layout_paragraph(struct buffer *out, size_t columns, const char *first,
	const char *rest, struct text text);

#endif
