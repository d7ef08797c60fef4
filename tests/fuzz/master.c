/*
 * Any bytes as an official master: recognised or not, opened in each encoding
 * and read to the end. A row that is accepted keeps the promises of
 * shokan/master.h; one that is refused is named, and the same bytes are read
 * the same way twice.
 */
#include <shokan/master.h>

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "fuzz/scratch.h"
#include "fuzz/target.h"
#include "num/num.h"

static void check_day(const char *what, const char *day, bool needed)
{
	int32_t days;

	if (day[0] == '\0' && !needed)
		return;
	if (!date_parse(day, strlen(day), &days))
		fuzz_fail("%s is no day: %s", what, day);
}

static void check_amount(const char *amount, bool positive)
{
	char again[64];
	num value;

	if (num_parse(amount, strlen(amount), false, &value) != NUM_PARSED)
		fuzz_fail("no amount: %s", amount);
	if (positive && num_sign(value) <= 0)
		fuzz_fail("a price of %s", amount);
	if (num_format(value, again, sizeof(again)) == 0 ||
		strcmp(again, amount) != 0)
		fuzz_fail("not the exact form: %s", amount);
}

static void check_row(const shk_master_row *row)
{
	const char *const texts[] = { row->name, row->full_name, row->unit };

	if (strlen(row->code) != 9 || row->code[0] != '7')
		fuzz_fail("no code: %s", row->code);
	for (size_t i = 0; i < 3; i++)
		if (utf8_valid(texts[i], strlen(texts[i])) != strlen(texts[i]))
			fuzz_fail("no UTF-8 in %s", row->code);
	if (row->name[0] == '\0')
		fuzz_fail("no name of %s", row->code);
	check_day("valid_from", row->valid_from, true);
	check_day("price_until", row->price_until, false);
	check_day("code_until", row->code_until, false);
	check_amount(row->amount, row->kind == SHK_AMOUNT_PRICE ||
					  row->kind == SHK_AMOUNT_OLD_PRICE);
	if (row->old_amount[0])
		check_amount(row->old_amount, true);
	if (row->schedule < 0 || row->schedule > 8 || row->category_no < 0 ||
		row->category_no > 999)
		fuzz_fail("number %d-%d", row->schedule, row->category_no);
}

/* Rows accepted and refused. */
static void read_all(enum shk_encoding encoding, size_t counts[2])
{
	const shk_master_row *row;
	shk_master *master = NULL;
	shk_diag diag = { 0 };
	enum shk_code code =
		shk_master_open(&master, scratch_path(), encoding, &diag);
	long line = 0;

	fuzz_check_code("shk_master_open", code, &diag);
	counts[0] = counts[1] = 0;
	while (!code) {
		memset(&diag, 0, sizeof(diag));
		code = shk_master_next(master, &row, &diag);
		if (code != SHK_END)
			fuzz_check_code("shk_master_next", code, &diag);
		if (code && row) {
			if (diag.line != row->line || diag.column < 0)
				fuzz_fail("told %ld:%ld of row %ld", diag.line,
					diag.column, row->line);
			counts[1]++;
			code = SHK_OK;
		} else if (!code) {
			check_row(row);
			counts[0]++;
		}
		if (row && row->line != ++line)
			fuzz_fail("row %ld behind %ld", row->line, line - 1);
	}
	shk_master_close(master);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const enum shk_encoding encodings[] = { SHK_ENCODING_AUTO,
		SHK_ENCODING_CP932, SHK_ENCODING_UTF8 };

	scratch_write(data, size);
	shk_master_recognise(scratch_path());
	for (size_t i = 0; i < 3; i++) {
		size_t first[2], again[2];

		read_all(encodings[i], first);
		read_all(encodings[i], again);
		if (first[0] != again[0] || first[1] != again[1])
			fuzz_fail("read differently twice");
	}
	return 0;
}
