/*
 * The workbook as a file, by libxlsxwriter, which writes to a path: so it goes
 * through a temporary file of our own. First a sheet that says what the
 * results rest on, then one a decision, with a frozen header and a filter.
 * The library takes numbers in binary; a number of at most 15 digits comes
 * out of it as it went in, others are text (see xlsx.h).
 */
#include "report/xlsx.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <shokan/version.h>

#include "base/date.h"
#include "base/file.h"
#include "base/memory.h"
#include "report/ci.h"
#include "report/words.h"
#include "report/xlsx_calls.h"

#define XLSX_FILE_MAX (1024u * 1024u * 1024u) /* bytes of a workbook */

struct xlsx_making {
	struct xlsx_calls calls;
	lxw_workbook *workbook;
	lxw_format *head;
	lxw_format *day;
	struct xlsx_book *book;
	lxw_error error;
};

static void xlsx_note(struct xlsx_making *making, lxw_error error)
{
	if (error != LXW_NO_ERROR && making->error == LXW_NO_ERROR)
		making->error = error;
}

/* Excel takes 32,767 characters; bytes that begin one are counted. */
static bool xlsx_fits(const char *text)
{
	size_t characters = 0;

	for (; *text; text++)
		characters += ((unsigned char)*text & 0xc0) != 0x80;
	return characters <= XLSX_CELL_MAX;
}

static void xlsx_put_text(struct xlsx_making *making, lxw_worksheet *sheet,
	lxw_row_t row, lxw_col_t column, const char *text, lxw_format *format)
{
	if (!text[0])
		return;
	if (!xlsx_fits(text)) {
		making->book->full = true;
		return;
	}
	xlsx_note(making, making->calls.worksheet_write_string(
				  sheet, row, column, text, format));
}

/* `[-]digits[.digits]` of at most 15 digits: one division of whole numbers,
   which is rounded correctly. */
static void xlsx_put_number(struct xlsx_making *making, lxw_worksheet *sheet,
	lxw_row_t row, lxw_col_t column, const char *text)
{
	int64_t whole = 0, scale = 1;
	bool behind = false;

	for (const char *at = text; *at; at++) {
		if (*at == '.') {
			behind = true;
		} else if (*at != '-') {
			whole = whole * 10 + (*at - '0');
			scale *= behind ? 10 : 1;
		}
	}
	xlsx_note(making, xlsx_number(&making->calls, sheet, row, column,
				  text[0] == '-' ? -whole : whole, scale));
}

static void xlsx_put_day(struct xlsx_making *making, lxw_worksheet *sheet,
	lxw_row_t row, lxw_col_t column, const char *text)
{
	lxw_datetime day = { 0 };
	int32_t days;

	/* 1900 is the first year that a spreadsheet knows */
	if (!date_parse(text, strlen(text), &days) ||
		days < date_days(1901, 1, 1)) {
		xlsx_put_text(making, sheet, row, column, text, NULL);
		return;
	}
	date_civil(days, &day.year, &day.month, &day.day);
	xlsx_note(making, making->calls.worksheet_write_datetime(
				  sheet, row, column, &day, making->day));
}

static void xlsx_put(struct xlsx_making *making, lxw_worksheet *sheet,
	lxw_row_t row, lxw_col_t column, const char *cell)
{
	const char *text = cell + 1;

	switch ((enum xlsx_kind)cell[0]) {
	case XLSX_TEXT:
		xlsx_put_text(making, sheet, row, column, text, NULL);
		break;
	case XLSX_NUMBER:
		xlsx_put_number(making, sheet, row, column, text);
		break;
	case XLSX_DATE:
		xlsx_put_day(making, sheet, row, column, text);
		break;
	case XLSX_TRUE:
	case XLSX_FALSE:
		xlsx_note(making,
			making->calls.worksheet_write_boolean(sheet, row,
				column, cell[0] == XLSX_TRUE, NULL));
		break;
	}
}

static void xlsx_put_rows(struct xlsx_making *making, lxw_worksheet *sheet,
	const struct xlsx_sheet *from)
{
	const char *at = from->rows.data;
	const char *end = at + from->rows.size;
	lxw_row_t row = 1;

	for (; at < end; row++) {
		while (*at != '\xff') {
			xlsx_put(making, sheet, row, (lxw_col_t)*at, at + 1);
			at += 2 + strlen(at + 2) + 1;
		}
		at++;
	}
}

static void xlsx_put_sheet(
	struct xlsx_making *making, const struct xlsx_sheet *from)
{
	lxw_worksheet *sheet = making->calls.workbook_add_worksheet(
		making->workbook, from->name);
	lxw_col_t last = (lxw_col_t)(from->column_count - 1);

	if (!sheet) {
		xlsx_note(making, LXW_ERROR_MEMORY_MALLOC_FAILED);
		return;
	}
	for (lxw_col_t i = 0; i <= last; i++)
		xlsx_put_text(
			making, sheet, 0, i, from->columns[i], making->head);
	xlsx_put_rows(making, sheet, from);
	xlsx_note(making, xlsx_width(&making->calls, sheet, 0, last, 16));
	making->calls.worksheet_freeze_panes(sheet, 1, 1);
	xlsx_note(making, making->calls.worksheet_autofilter(sheet, 0, 0,
				  (lxw_row_t)from->row_count, last));
}

/* Name and value of what every result of the book has in common. */
static void xlsx_put_pair(struct xlsx_making *making, lxw_worksheet *sheet,
	lxw_row_t *row, const char *name, const char *value)
{
	if (!value)
		return;
	xlsx_put_text(making, sheet, *row, 0, name, making->head);
	xlsx_put_text(making, sheet, *row, 1, value, NULL);
	++*row;
}

static void xlsx_put_about(
	struct xlsx_making *making, struct shk_report *report)
{
	const struct shk_snapshot_header *header = report->options.header;
	enum shk_language language = report->options.language;
	lxw_worksheet *sheet = making->calls.workbook_add_worksheet(
		making->workbook, "shokan");
	lxw_row_t row = 0;

	if (!sheet) {
		xlsx_note(making, LXW_ERROR_MEMORY_MALLOC_FAILED);
		return;
	}
	xlsx_note(making, xlsx_width(&making->calls, sheet, 0, 0, 16));
	xlsx_note(making, xlsx_width(&making->calls, sheet, 1, 1, 80));
	ci_counts(&report->scratch, report);
	buffer_byte(&report->scratch, '\0');
	if (!report->scratch.failed)
		xlsx_put_pair(
			making, sheet, &row, "results", report->scratch.data);
	buffer_clear(&report->scratch);
	xlsx_put_pair(making, sheet, &row, "engine", shk_version());
	if (header) {
		xlsx_put_pair(
			making, sheet, &row, "rulebook", header->rulebook);
		xlsx_put_pair(
			making, sheet, &row, "revision", header->revision);
		xlsx_put_pair(making, sheet, &row, "as_of", header->as_of);
		xlsx_put_pair(making, sheet, &row, "policy", header->policy);
	}
	for (int level = '0'; level <= '5'; level++) {
		const char code[] = { 'E', (char)level, '\0' };

		xlsx_put_pair(making, sheet, &row, code,
			words_evidence(code, language));
	}
}

/* Closing frees the workbook, whatever happened. */
static void xlsx_make(
	struct xlsx_making *making, struct shk_report *report, const char *path)
{
	const struct xlsx_calls *calls = &making->calls;
	char title[] = "shokan"; /* the library asks for no const */
	/* not the time of day: the same results are the same bytes */
	lxw_doc_properties properties = { .title = title, .created = 1 };
	lxw_workbook_options options = { .constant_memory = LXW_TRUE };

	making->workbook = calls->workbook_new_opt(path, &options);
	if (!making->workbook) {
		making->error = LXW_ERROR_MEMORY_MALLOC_FAILED;
		return;
	}
	calls->workbook_set_properties(making->workbook, &properties);
	making->head = calls->workbook_add_format(making->workbook);
	making->day = calls->workbook_add_format(making->workbook);
	if (making->head && making->day) {
		calls->format_set_bold(making->head);
		calls->format_set_num_format(making->day, "yyyy-mm-dd");
		xlsx_put_about(making, report);
		for (size_t i = 0; i < making->book->count; i++)
			xlsx_put_sheet(making, &making->book->sheets[i]);
	} else {
		making->error = LXW_ERROR_MEMORY_MALLOC_FAILED;
	}
	xlsx_note(making, calls->workbook_close(making->workbook));
}

/* A file of our own in $TMPDIR; false when there can be none. */
static bool xlsx_temporary(char *path, size_t size)
{
	const char *folder = getenv("TMPDIR");
	int file;

	if (!file_join(path, size, folder && *folder ? folder : "/tmp",
		    "shokan-XXXXXX"))
		return false;
	file = mkstemp(path);
	if (file < 0)
		return false;
	close(file);
	return true;
}

void xlsx_write(
	struct xlsx_book *book, struct shk_report *report, struct buffer *out)
{
	struct xlsx_making making = { .book = book };
	char path[SHK_DIAG_PATH];
	shk_diag diag;

	if (!xlsx_calls_open(&making.calls)) {
		book->why = "workbooks need " SHOKAN_XLSXWRITER
			    ", which is not on this machine";
		return;
	}
	if (!xlsx_temporary(path, sizeof(path))) {
		book->why = "no temporary file can be made in $TMPDIR";
		goto done;
	}
	xlsx_make(&making, report, path);
	if (making.error == LXW_ERROR_MEMORY_MALLOC_FAILED)
		book->failed = true;
	else if (making.error != LXW_NO_ERROR)
		book->why = "the workbook cannot be written into $TMPDIR";
	else if (!book->full && file_read(path, XLSX_FILE_MAX, out, &diag))
		book->why = "the temporary file of the workbook cannot be read";
	unlink(path);
done:
	xlsx_calls_close(&making.calls);
}
