/*
 * The one place with binary floating point: libxlsxwriter takes no other
 * numbers. Both operands are whole and below 2^53, so the one division rounds
 * correctly, and the 15 digits that went in are the 15 that a spreadsheet
 * shows. Nothing comes back from here.
 */
#include <string.h>

#include "report/xlsx_calls.h"

lxw_error xlsx_number(const struct xlsx_calls *calls, lxw_worksheet *sheet,
	lxw_row_t row, lxw_col_t column, int64_t whole, int64_t scale)
{
	lxw_error (*write)(
		lxw_worksheet *, lxw_row_t, lxw_col_t, double, lxw_format *);

	memcpy(&write, &calls->write_number, sizeof(write));
	return write(sheet, row, column, (double)whole / (double)scale, NULL);
}

lxw_error xlsx_width(const struct xlsx_calls *calls, lxw_worksheet *sheet,
	lxw_col_t first, lxw_col_t last, int characters)
{
	lxw_error (*set)(
		lxw_worksheet *, lxw_col_t, lxw_col_t, double, lxw_format *);

	memcpy(&set, &calls->set_column, sizeof(set));
	return set(sheet, first, last, (double)characters, NULL);
}
