/*
 * Inside report/: the workbook. Results wait as cells, sheet by sheet, until
 * the end; only then is it known which columns a sheet has.
 */
#ifndef REPORT_XLSX_H
#define REPORT_XLSX_H

#include "base/text.h"
#include "report/writer.h"

#define XLSX_SHEETS_MAX	 128	/* one a decision */
#define XLSX_COLUMNS_MAX 64	/* of a sheet */
#define XLSX_RESULTS_MAX 200000 /* of a workbook */
#define XLSX_CELL_MAX	 32767	/* characters; what Excel takes */

/* Kinds of a cell, the byte in front of its text. */
enum xlsx_kind {
	XLSX_TEXT = 't',
	XLSX_NUMBER = 'n', /* at most 15 digits: a cell holds it exactly */
	XLSX_DATE = 'd',   /* YYYY-MM-DD */
	XLSX_TRUE = 'y',
	XLSX_FALSE = 'f'
};

struct xlsx_sheet {
	char name[32];
	size_t column_count;
	char *columns[XLSX_COLUMNS_MAX]; /* heap */
	struct buffer rows; /* column, kind, text, NUL; a row ends with 0xff */
	size_t row_count;
};

struct xlsx_book {
	struct xlsx_sheet *sheets; /* heap */
	size_t count, capacity;
	size_t results;
	bool failed;	 /* memory */
	bool full;	 /* a ceiling was reached */
	const char *why; /* the file could not be made; static */
};

/* Whole results that a fragment wrote. */
void xlsx_append(struct shk_report *report, struct text bytes);
/* The workbook as a file, into `out`. Sets `why` or `failed`. */
void xlsx_write(
	struct xlsx_book *book, struct shk_report *report, struct buffer *out);
void xlsx_free(struct xlsx_book *book);

#endif
