/*
 * The one place with binary floating point: libxlsxwriter takes no other
 * numbers. Both operands are whole and below 2^53, so the one division rounds
 * correctly, and the 15 digits that went in are the 15 that a spreadsheet
 * shows. Nothing comes back from here.
 */
#include "report/xlsx_number.h"

lxw_error xlsx_number(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
	int64_t whole, int64_t scale)
{
	return worksheet_write_number(
		sheet, row, column, (double)whole / (double)scale, NULL);
}
