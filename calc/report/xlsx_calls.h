/*
 * The calls of libxlsxwriter, which is loaded when a workbook is written and
 * not before: with what it needs itself it takes longer to load than a price
 * to be worked out.
 */
#ifndef REPORT_XLSX_CALLS_H
#define REPORT_XLSX_CALLS_H

#include <stdbool.h>
#include <stdint.h>

#include <xlsxwriter.h>

/* clang-format off */
#define XLSX_CALLS(CALL) \
	CALL(lxw_workbook *, workbook_new_opt, \
		(const char *path, lxw_workbook_options *options)) \
	CALL(lxw_worksheet *, workbook_add_worksheet, \
		(lxw_workbook *workbook, const char *name)) \
	CALL(lxw_format *, workbook_add_format, (lxw_workbook *workbook)) \
	CALL(lxw_error, workbook_set_properties, \
		(lxw_workbook *workbook, lxw_doc_properties *properties)) \
	CALL(lxw_error, workbook_close, (lxw_workbook *workbook)) \
	CALL(void, format_set_bold, (lxw_format *format)) \
	CALL(void, format_set_num_format, \
		(lxw_format *format, const char *code)) \
	CALL(lxw_error, worksheet_write_string, \
		(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, \
			const char *text, lxw_format *format)) \
	CALL(lxw_error, worksheet_write_boolean, \
		(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, \
			int truth, lxw_format *format)) \
	CALL(lxw_error, worksheet_write_datetime, \
		(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, \
			lxw_datetime *day, lxw_format *format)) \
	CALL(lxw_error, worksheet_autofilter, \
		(lxw_worksheet *sheet, lxw_row_t first_row, \
			lxw_col_t first_column, lxw_row_t last_row, \
			lxw_col_t last_column)) \
	CALL(void, worksheet_freeze_panes, \
		(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column))
/* clang-format on */

struct xlsx_calls {
	void *library;
/* NOLINTNEXTLINE(bugprone-macro-parentheses): a declaration */
#define XLSX_CALL(result, name, arguments) result(*name) arguments;
	XLSX_CALLS(XLSX_CALL)
#undef XLSX_CALL
	void *write_number; /* see xlsx_number.c */
	void *set_column;   /* so, too: a width is such a number */
};

/* False when the library, or a call of it, is not on this machine. */
bool xlsx_calls_open(struct xlsx_calls *calls);
void xlsx_calls_close(struct xlsx_calls *calls);

/* `whole` / `scale`, a power of ten, into a cell; both of at most 15 digits. */
lxw_error xlsx_number(const struct xlsx_calls *calls, lxw_worksheet *sheet,
	lxw_row_t row, lxw_col_t column, int64_t whole, int64_t scale);
/* The width of columns, in characters. */
lxw_error xlsx_width(const struct xlsx_calls *calls, lxw_worksheet *sheet,
	lxw_col_t first, lxw_col_t last, int characters);

#endif
