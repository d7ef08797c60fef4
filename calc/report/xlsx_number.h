/*
 * A decimal number into a cell.
 */
#ifndef REPORT_XLSX_NUMBER_H
#define REPORT_XLSX_NUMBER_H

#include <stdint.h>

#include <xlsxwriter.h>

/* `whole` / `scale`, a power of ten; both of at most 15 digits. */
lxw_error xlsx_number(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
	int64_t whole, int64_t scale);

#endif
