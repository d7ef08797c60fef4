/*
 * The workbook's events. A result becomes cells with their kinds: numbers that
 * a spreadsheet can hold exactly are numbers, days are days, everything that
 * a record says is text, so that no code loses a zero and nothing is run.
 */
#include "report/xlsx.h"

#include <string.h>

#include "base/memory.h"
#include "report/values.h"
#include "report/words.h"

#define XLSX_DIGITS 15 /* that every spreadsheet keeps */

/* `name`, kind, the text in scratch: each part ends with NUL. */
static void xlsx_cell(
	struct shk_report *report, const char *name, enum xlsx_kind kind)
{
	struct buffer *out = &report->out;
	const struct buffer *text = &report->scratch;

	buffer_add(out, name, strlen(name) + 1);
	buffer_byte(out, (char)kind);
	for (size_t i = 0; i < text->size; i++)
		buffer_byte(out, text->data[i] ? text->data[i] : ' ');
	buffer_byte(out, '\0');
	out->failed = out->failed || text->failed;
	buffer_clear(&report->scratch);
}

static void xlsx_text(
	struct shk_report *report, const char *name, const char *text)
{
	if (!text[0])
		return;
	buffer_text(&report->scratch, text);
	xlsx_cell(report, name, XLSX_TEXT);
}

/* Few enough digits, the zeros behind a whole number counted too. */
static bool xlsx_holds(const struct buffer *text)
{
	size_t digits = 0;

	for (size_t i = 0; i < text->size; i++)
		digits += text->data[i] >= '0' && text->data[i] <= '9';
	return digits <= XLSX_DIGITS;
}

static void xlsx_output(
	struct shk_report *report, const struct price_output *output)
{
	struct buffer *scratch = &report->scratch;
	enum xlsx_kind kind = XLSX_TEXT;

	if (output->status != SHK_DETERMINED) {
		buffer_text(scratch, words_status_code(output->status));
		if (output->outcome_count) {
			buffer_byte(scratch, '{');
			values_cell_outcomes(scratch, output->outcomes,
				output->outcome_count);
			buffer_byte(scratch, '}');
		}
		xlsx_cell(report, output->name, kind);
		return;
	}
	/* a text by itself is the cell; inside of a list it is set off */
	if (output->value.kind == PRICE_TEXT)
		buffer_add(scratch, output->value.text.data,
			output->value.text.size);
	else
		values_cell(scratch, &output->value);
	switch (output->value.kind) {
	case PRICE_NUMBER:
		kind = xlsx_holds(scratch) ? XLSX_NUMBER : XLSX_TEXT;
		break;
	case PRICE_DATE:
		kind = XLSX_DATE;
		break;
	case PRICE_BOOLEAN:
		kind = output->value.u.boolean ? XLSX_TRUE : XLSX_FALSE;
		break;
	default:
		break;
	}
	xlsx_cell(report, output->name, kind);
}

static void xlsx_lists(struct shk_report *report, const shk_result *result)
{
	struct buffer *scratch = &report->scratch;

	for (size_t i = 0; i < result->missing_count; i++) {
		buffer_text(scratch, i ? "|" : "");
		buffer_text(scratch, result->missing[i].name);
	}
	xlsx_cell(report, "missing", XLSX_TEXT);
	values_cell_outcomes(scratch, result->outcomes, result->outcome_count);
	xlsx_cell(report, "outcomes", XLSX_TEXT);
	for (size_t i = 0; i < result->caveat_count; i++) {
		buffer_text(scratch, i ? "|" : "");
		buffer_text(scratch, result->caveats[i]);
	}
	xlsx_cell(report, "caveats", XLSX_TEXT);
	for (size_t i = 0; i < result->citation_count; i++) {
		const struct price_citation *citation = &result->citations[i];

		buffer_format(scratch, "%s%s %s", i ? "\n" : "",
			citation->source, citation->place);
		if (citation->quote[0])
			buffer_format(scratch, " %s", citation->quote);
	}
	xlsx_cell(report, "citations", XLSX_TEXT);
}

static void xlsx_result(struct shk_report *report, const shk_result *result)
{
	struct buffer *out = &report->out;
	const char *sheet =
		result->decision[0] ? result->decision : "unreadable_input";

	buffer_add(out, sheet, strlen(sheet) + 1);
	xlsx_text(report, "id", result->id);
	xlsx_text(report, "name", result->name);
	xlsx_text(report, "status", words_status_code(result->status));
	for (size_t i = 0; i < result->output_count; i++)
		xlsx_output(report, &result->outputs[i]);
	xlsx_text(report, "reason", result->reason);
	xlsx_text(report, "field", result->field);
	xlsx_text(report, "message", result->message);
	xlsx_lists(report, result);
	xlsx_text(report, "evidence", result->evidence);
	xlsx_text(report, "revision", result->revision);
	xlsx_text(report, "as_of", result->as_of);
	xlsx_text(report, "rulebook", result->rulebook);
	xlsx_text(report, "policy", result->policy);
	buffer_byte(out, '\0'); /* no further cell */
	if (report->fragment || out->failed)
		return;
	xlsx_append(report, (struct text){ out->data, out->size });
	buffer_clear(out);
}

static struct xlsx_sheet *xlsx_sheet(struct xlsx_book *book, const char *name)
{
	struct xlsx_sheet *sheet;

	for (size_t i = 0; i < book->count; i++)
		if (strcmp(book->sheets[i].name, name) == 0)
			return &book->sheets[i];
	if (book->count == XLSX_SHEETS_MAX ||
		strlen(name) >= sizeof(sheet->name)) {
		book->full = true;
		return NULL;
	}
	if (!memory_grow((void **)&book->sheets, &book->capacity,
		    book->count + 1, sizeof(*sheet))) {
		book->failed = true;
		return NULL;
	}
	sheet = &book->sheets[book->count++];
	memset(sheet, 0, sizeof(*sheet));
	memcpy(sheet->name, name, strlen(name));
	buffer_init(&sheet->rows);
	return sheet;
}

/* The column of that name, a new one when there is none; -1 on failure. */
static int xlsx_column(
	struct xlsx_book *book, struct xlsx_sheet *sheet, const char *name)
{
	for (size_t i = 0; i < sheet->column_count; i++)
		if (strcmp(sheet->columns[i], name) == 0)
			return (int)i;
	if (sheet->column_count == XLSX_COLUMNS_MAX) {
		book->full = true;
		return -1;
	}
	sheet->columns[sheet->column_count] =
		memory_copy_text(name, strlen(name));
	if (!sheet->columns[sheet->column_count]) {
		book->failed = true;
		return -1;
	}
	return (int)sheet->column_count++;
}

void xlsx_append(struct shk_report *report, struct text bytes)
{
	struct xlsx_book *book = report->book;
	const char *at = bytes.data;
	const char *end = bytes.data + bytes.size;

	while (at < end) {
		struct xlsx_sheet *sheet = xlsx_sheet(book, at);

		book->full = book->full || ++book->results > XLSX_RESULTS_MAX;
		if (!sheet || book->full)
			return;
		for (at += strlen(at) + 1; *at; at += strlen(at) + 1) {
			int column = xlsx_column(book, sheet, at);

			if (column < 0)
				return;
			at += strlen(at) + 1;
			buffer_byte(&sheet->rows, (char)column);
			buffer_add(&sheet->rows, at, strlen(at) + 1);
		}
		buffer_byte(&sheet->rows, '\xff');
		sheet->row_count++;
		book->failed = book->failed || sheet->rows.failed;
		at++;
	}
}

void xlsx_free(struct xlsx_book *book)
{
	if (!book)
		return;
	for (size_t i = 0; i < book->count; i++) {
		for (size_t k = 0; k < book->sheets[i].column_count; k++)
			memory_free(book->sheets[i].columns[k]);
		buffer_release(&book->sheets[i].rows);
	}
	memory_free(book->sheets);
	memory_free(book);
}

/* The fragments of threads have none: they only write cells. */
static void xlsx_begin(struct shk_report *report)
{
	report->book = memory_zeroed(1, sizeof(*report->book));
	report->out.failed = report->out.failed || !report->book;
}

static void xlsx_finish(struct shk_report *report)
{
	if (report->book && !report->book->failed && !report->book->full)
		xlsx_write(report->book, report, &report->out);
}

const struct report_writer report_xlsx = { xlsx_begin, xlsx_result,
	xlsx_finish };
