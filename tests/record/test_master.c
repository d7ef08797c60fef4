/*
 * The official price master: every column's domain, the layout as a whole,
 * encoding and ceilings, the day of issue in the name; and the three files of
 * the reference material where they are at hand.
 */
#include <criterion/criterion.h>
#include <errno.h>
#include <shokan/master.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/text.h"

#define FIXTURES SOURCE_FOLDER "/fixtures/masters/"
#define OFFICIAL SHARED_FOLDER "/data/masters/"

static const char *const sample[38] = { "0", "T", "799900010", "3", "例の名",
	"2", "ﾚｲ", "33", "1", "ｇ", "1", "120.50", "0", "0", "00", "00", "1",
	"118.00", "0", "0", "0", "0", "0", "0", "", "1000", "0", "20260601",
	"00000000", "99999999", "2", "35", "0", "", "", "", "例の名", "000" };

static char scratch[64];

static const char *master_file(const char *bytes, size_t size)
{
	int file;

	snprintf(scratch, sizeof(scratch), "/tmp/shokan-master-XXXXXX");
	file = mkstemp(scratch);
	cr_assert_geq(file, 0);
	cr_assert_eq(write(file, bytes, size), (ssize_t)size);
	close(file);
	return scratch;
}

/* The sample row with one cell (counted from 1) replaced. */
static void master_text(struct buffer *out, size_t column, const char *cell)
{
	for (size_t i = 0; i < 38; i++)
		buffer_format(out, "%s\"%s\"", i ? "," : "",
			i + 1 == column ? cell : sample[i]);
	buffer_byte(out, '\n');
}

/* The first row of UTF-8 `text`; what is said about it in `diag`. */
static enum shk_code master_first(
	const struct buffer *text, shk_master_row *out, shk_diag *diag)
{
	shk_master *master;
	const shk_master_row *row;
	enum shk_code code;

	memset(diag, 0, sizeof(*diag));
	cr_assert_eq(
		shk_master_open(&master, master_file(text->data, text->size),
			SHK_ENCODING_UTF8, diag),
		SHK_OK);
	unlink(scratch);
	code = shk_master_next(master, &row, diag);
	if (out && code == SHK_OK)
		*out = *row;
	shk_master_close(master);
	return code;
}

Test(master, reads_every_value)
{
	const shk_master_row *row;
	shk_master *master;
	shk_diag diag = { 0 };

	cr_assert_eq(shk_master_open(&master, FIXTURES "t_ALL20260603.csv",
			     SHK_ENCODING_AUTO, &diag),
		SHK_OK, "%s", diag.message);
	cr_assert_eq(shk_master_next(master, &row, &diag), SHK_OK, "%s",
		diag.message);
	cr_assert_eq(shk_master_next(master, &row, &diag), SHK_OK);
	cr_expect_eq(row->line, 2);
	cr_expect_eq(row->change, 0);
	cr_expect_str_eq(row->code, "799900020");
	cr_expect_str_eq(row->name, "例ステント（長期留置型）");
	cr_expect_str_eq(row->full_name, "例ステント（長期留置型）");
	cr_expect_str_eq(row->unit, "");
	cr_expect_eq(row->kind, SHK_AMOUNT_PRICE);
	cr_expect_str_eq(row->amount, "132000");
	cr_expect_eq(row->old_kind, SHK_AMOUNT_NONE);
	cr_expect_str_eq(row->old_amount, "");
	cr_expect_str_eq(row->valid_from, "2026-06-01");
	cr_expect_str_eq(row->price_until, "2027-02-28");
	cr_expect_str_eq(row->code_until, "");
	cr_expect_eq(row->schedule, 2);
	cr_expect_eq(row->category_no, 902);
	cr_expect_not(row->ceiling);
	for (int i = 0; i < 4; i++)
		cr_assert_eq(shk_master_next(master, &row, &diag), SHK_OK);
	cr_expect_eq(row->kind, SHK_AMOUNT_PURCHASE);
	cr_expect_str_eq(row->amount, "0");
	cr_assert_eq(shk_master_next(master, &row, &diag), SHK_OK);
	cr_expect_str_eq(row->amount, "0.19");
	cr_expect_str_eq(row->unit, "Ｌ");
	cr_expect(row->ceiling);
	for (int i = 0; i < 5; i++)
		cr_assert_eq(shk_master_next(master, &row, &diag), SHK_OK);
	cr_expect_eq(shk_master_next(master, &row, &diag), SHK_END);
	cr_expect_null(row);
	cr_expect_eq(shk_master_next(master, &row, &diag), SHK_END);
	shk_master_close(master);
}

/* CP932 is Microsoft's: 0x817C is U+FF0D, not U+2212. */
Test(master, decodes_code_page_932)
{
	const shk_master_row *row = NULL;
	shk_master *master;
	shk_diag diag = { 0 };
	enum shk_code code;

	cr_assert_eq(shk_master_open(&master, FIXTURES "t_ALL20260302.csv",
			     SHK_ENCODING_AUTO, &diag),
		SHK_OK);
	do {
		code = shk_master_next(master, &row, &diag);
	} while (!code && strcmp(row->code, "799900080") != 0);
	cr_assert_eq(code, SHK_OK);
	cr_expect_str_eq(row->name, "例リード（４極）\xEF\xBC\x8D旧型");
	cr_expect_eq(row->old_kind, SHK_AMOUNT_PRICE);
	cr_expect_str_eq(row->old_amount, "155000");
	shk_master_close(master);
}

Test(master, checks_every_column)
{
	static const struct {
		size_t column;
		const char *cell;
		const char *field;
		const char *words;
	} rows[] = {
		{ 1, "2", "変更区分", "must be one of 0 1 3 5 9" },
		{ 1, "", "変更区分", "must be one of" },
		{ 2, "D", "マスター種別", "must be one of T" },
		{ 3, "69990001", "特定器材コード",
			"9 digits that begin with 7" },
		{ 3, "699900010", "特定器材コード", "begin with 7" },
		{ 3, "79990001", "特定器材コード", "9 digits" },
		{ 3, "7999000100", "特定器材コード", "9 digits" },
		{ 4, "2", "漢字有効桁数",
			"must be 3, the characters of column 5" },
		{ 4, "333", "漢字有効桁数", "1 to 2 digits" },
		{ 5, "", "漢字名称", "text of 1 to 32 characters" },
		{ 5, "123456789012345678901234567890123", "漢字名称",
			"1 to 32 characters" },
		{ 5, "a\tb", "漢字名称", "1 to 32 characters" },
		{ 6, "3", "カナ有効桁数", "must be 2" },
		{ 7, "123456789012345678901", "カナ名称", "at most 20" },
		{ 8, "0", "単位コード", "names no unit" },
		{ 8, "g", "単位コード", "1 to 3 digits" },
		{ 9, "2", "単位 漢字有効桁数", "must be 1" },
		{ 11, "3", "金額種別 (新又は現金額)", "one of 1 2 4 5 9" },
		{ 12, "120.5", "新又は現金額", "such as 120.00" },
		{ 12, "1,200.00", "新又は現金額", "such as 120.00" },
		{ 12, "-120.00", "新又は現金額", "such as 120.00" },
		{ 12, ".50", "新又は現金額", "such as 120.00" },
		{ 12, "12345678901234.00", "新又は現金額", "such as 120.00" },
		{ 12, "", "新又は現金額", "such as 120.00" },
		{ 12, "0.00", "新又は現金額", "must be more than zero" },
		{ 17, "7", "金額種別 (旧金額)", "one of 0 1 2 4 5 9" },
		{ 18, "x", "旧金額", "such as 120.00" },
		{ 23, "2", "上限価格", "one of 0 1" },
		{ 28, "20260631", "変更年月日", "must be a day as YYYYMMDD" },
		{ 28, "2026-06-01", "変更年月日", "must be a day as YYYYMMDD" },
		{ 28, "00000000", "変更年月日", "must be a day as YYYYMMDD" },
		{ 28, "20270229", "変更年月日", "must be a day as YYYYMMDD" },
		{ 29, "99999999", "経過措置年月日", "or 00000000 for none" },
		{ 30, "00000000", "廃止年月日", "or 99999999 for none" },
		{ 31, "9", "告示番号 別表番号", "one of 0 1 2 3 4 5 6 7 8" },
		{ 32, "1000", "告示番号 区分番号", "1 to 3 digits" },
		{ 38, "", "再製造単回使用医療機器", "1 to 3 digits" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buffer text;
		shk_diag diag;
		enum shk_code code;

		buffer_init(&text);
		master_text(&text, rows[i].column, rows[i].cell);
		code = master_first(&text, NULL, &diag);
		cr_expect_eq(code, SHK_E_INPUT, "%s = \"%s\"", rows[i].field,
			rows[i].cell);
		cr_expect_str_eq(diag.field, rows[i].field, "%s = \"%s\": %s",
			rows[i].field, rows[i].cell, diag.field);
		cr_expect_eq(diag.column, (long)rows[i].column, "%s: %ld",
			rows[i].field, diag.column);
		cr_expect_eq(diag.line, 1);
		cr_expect(strstr(diag.message, rows[i].words),
			"%s = \"%s\": \"%s\" lacks \"%s\"", rows[i].field,
			rows[i].cell, diag.message, rows[i].words);
		buffer_release(&text);
	}
}

Test(master, takes_what_the_layout_allows)
{
	static const struct {
		size_t column;
		const char *cell;
	} rows[] = { { 1, "3" }, { 11, "4" }, { 11, "9" }, { 12, "0.19" },
		{ 12, "9999999999999.99" }, { 12, "7" }, { 13, "anything" },
		{ 17, "0" }, { 18, "0" }, { 25, "x" }, { 28, "20280229" },
		{ 29, "20270228" }, { 30, "20261231" }, { 31, "0" },
		{ 32, "0" }, { 37, "" }, { 38, "004" } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buffer text;
		shk_diag diag;

		buffer_init(&text);
		master_text(&text, rows[i].column, rows[i].cell);
		cr_expect_eq(master_first(&text, NULL, &diag), SHK_OK,
			"column %zu \"%s\": %s", rows[i].column, rows[i].cell,
			diag.message);
		buffer_release(&text);
	}
}

/* What a message shows of a long cell is cut between characters. */
Test(master, shows_whole_characters)
{
	struct buffer text;
	shk_diag diag;

	buffer_init(&text);
	master_text(
		&text, 32, "長い長い長い長い長い長い長い長い長い長い長い長い");
	cr_expect_eq(master_first(&text, NULL, &diag), SHK_E_INPUT);
	cr_expect_eq(utf8_valid(diag.message, strlen(diag.message)),
		strlen(diag.message), "%s", diag.message);
	cr_expect(strstr(diag.message, "\"長い長い長い長い長い長い長\" in"),
		"%s", diag.message);
	buffer_release(&text);
}

static void master_expect(const char *text, const char *words)
{
	struct buffer bytes;
	shk_diag diag;
	enum shk_code code;

	buffer_init(&bytes);
	buffer_text(&bytes, text);
	code = master_first(&bytes, NULL, &diag);
	cr_expect_eq(code, SHK_E_INPUT, "%.40s", text);
	cr_expect(strstr(diag.message, words), "\"%.40s\": \"%s\" lacks \"%s\"",
		text, diag.message, words);
	buffer_release(&bytes);
}

Test(master, refuses_another_layout)
{
	master_expect("0,T,799900010\n", "in double quotes");
	master_expect("\"0\",\"T\",799900010\n", "in double quotes");
	master_expect("\"0\",\"T\"x,\"799900010\"\n", "a closing quote");
	master_expect("\"0\",\"T\n", "a closing quote");
	master_expect("\"0\",\n", "in double quotes");
	master_expect("\n", "the row is empty");
	master_expect("\"0\",\"T\",\"799900010\"\n",
		"the row has 3 fields; a master has 38 (37 before");
}

/* Up to R4 a row had 37 columns; one file has one width. */
Test(master, reads_the_older_width)
{
	const shk_master_row *row;
	struct buffer text;
	shk_master *master;
	shk_diag diag = { 0 };

	buffer_init(&text);
	master_text(&text, 0, NULL);
	text.size -= strlen(",\"000\"\n");
	buffer_byte(&text, '\n');
	master_text(&text, 3, "799900020");
	cr_assert_eq(shk_master_open(&master, master_file(text.data, text.size),
			     SHK_ENCODING_UTF8, &diag),
		SHK_OK);
	unlink(scratch);
	cr_expect_eq(shk_master_next(master, &row, &diag), SHK_OK, "%s",
		diag.message);
	cr_expect_eq(shk_master_next(master, &row, &diag), SHK_E_INPUT);
	cr_expect_not_null(row);
	cr_expect_eq(diag.line, 2);
	cr_expect(strstr(diag.message, "has 38 fields and the first row 37"));
	shk_master_close(master);
	buffer_release(&text);
}

/* A wrong row is told and the ones behind it are read. */
Test(master, goes_on_behind_a_wrong_row)
{
	const shk_master_row *row;
	struct buffer text;
	shk_master *master;
	shk_diag diag = { 0 };

	buffer_init(&text);
	master_text(&text, 0, NULL);
	master_text(&text, 0, NULL); /* the same code again */
	master_text(&text, 3, "799900020");
	cr_assert_eq(shk_master_open(&master, master_file(text.data, text.size),
			     SHK_ENCODING_UTF8, &diag),
		SHK_OK);
	unlink(scratch);
	cr_expect_eq(shk_master_next(master, &row, &diag), SHK_OK);
	cr_expect_eq(shk_master_next(master, &row, &diag), SHK_E_INPUT);
	cr_assert_not_null(row);
	cr_expect_eq(row->line, 2);
	cr_expect_eq(diag.column, 3);
	cr_expect_str_eq(diag.field, "特定器材コード");
	cr_expect(strstr(diag.message, "799900010 stands in row 1 already"));
	memset(&diag, 0, sizeof(diag));
	cr_expect_eq(shk_master_next(master, &row, &diag), SHK_OK);
	cr_expect_eq(shk_master_next(master, &row, &diag), SHK_END);
	shk_master_close(master);
	buffer_release(&text);
}

/* Rows of change files leave out what stays. */
Test(master, names_a_change_file)
{
	struct buffer text;
	shk_diag diag;

	buffer_init(&text);
	buffer_text(&text, "\"5\",\"T\",\"799900010\"");
	for (int i = 3; i < 38; i++)
		buffer_text(&text, ",\"\"");
	buffer_byte(&text, '\n');
	cr_expect_eq(master_first(&text, NULL, &diag), SHK_E_INPUT);
	cr_expect(
		strstr(diag.message, "import the full file t_ALLYYYYMMDD.csv"),
		"%s", diag.message);
	buffer_release(&text);
}

Test(master, takes_utf_8_only_when_stated)
{
	struct buffer text;
	shk_master *master;
	shk_diag diag = { 0 };

	buffer_init(&text);
	master_text(&text, 0, NULL);
	cr_expect_eq(shk_master_open(&master, master_file(text.data, text.size),
			     SHK_ENCODING_AUTO, &diag),
		SHK_E_INPUT);
	unlink(scratch);
	cr_expect_null(master);
	cr_expect(strstr(diag.message, "issued in CP932"), "%s", diag.message);
	buffer_release(&text);
}

Test(master, names_a_byte_that_is_no_text)
{
	static const char bytes[] = "\"0\",\"T\",\"799900010\"\n\"\x81\x00";
	const shk_master_row *row;
	shk_master *master;
	shk_diag diag = { 0 };
	enum shk_code code;

	code = shk_master_open(&master, master_file(bytes, sizeof(bytes) - 1),
		SHK_ENCODING_CP932, &diag);
	unlink(scratch);
	cr_assert_eq(code, SHK_OK);
	cr_expect_eq(shk_master_next(master, &row, &diag), SHK_E_INPUT);
	cr_expect_not_null(row); /* the width of the first row */
	memset(&diag, 0, sizeof(diag));
	cr_expect_eq(shk_master_next(master, &row, &diag), SHK_E_INPUT);
	cr_expect_null(row);
	cr_expect_eq(diag.line, 2);
	cr_expect(strstr(diag.message, "CP932"), "%s", diag.message);
	/* and again, for whoever asks again */
	memset(&diag, 0, sizeof(diag));
	cr_expect_eq(shk_master_next(master, &row, &diag), SHK_E_INPUT);
	cr_expect_eq(diag.line, 2);
	shk_master_close(master);
}

Test(master, refuses_an_empty_file)
{
	const shk_master_row *row;
	shk_master *master;
	shk_diag diag = { 0 };

	cr_assert_eq(
		shk_master_open(&master, "/dev/null", SHK_ENCODING_AUTO, &diag),
		SHK_OK);
	cr_expect_eq(shk_master_next(master, &row, &diag), SHK_E_INPUT);
	cr_expect_null(row);
	cr_expect(strstr(diag.message, "empty"), "%s", diag.message);
	shk_master_close(master);
	memset(&diag, 0, sizeof(diag));
	cr_expect_eq(shk_master_open(&master, "/nowhere/t_ALL20260603.csv",
			     SHK_ENCODING_AUTO, &diag),
		SHK_E_IO);
}

/* A row at its ceiling is read as a row, one byte more is not. */
Test(master, has_a_longest_row)
{
	struct buffer text;
	size_t frame;

	buffer_init(&text);
	master_text(&text, 13, "");
	frame = text.size - 1;
	for (size_t past = 0; past < 2; past++) {
		size_t fill = SHK_MASTER_LINE_MAX - frame + past;
		char *cell = memory_zeroed(fill + 1, 1);
		shk_diag diag;
		enum shk_code code;

		memset(cell, '0', fill);
		buffer_clear(&text);
		master_text(&text, 13, cell);
		cr_assert_eq(text.size - 1, SHK_MASTER_LINE_MAX + past);
		code = master_first(&text, NULL, &diag);
		cr_expect_eq(
			code, past ? SHK_E_INPUT : SHK_OK, "%s", diag.message);
		if (past)
			cr_expect(
				strstr(diag.message, "longer than 8192 bytes"),
				"%s", diag.message);
		memory_free(cell);
	}
	buffer_release(&text);
}

Test(master, has_a_last_row)
{
	const shk_master_row *row;
	struct buffer text;
	shk_master *master;
	shk_diag diag = { 0 };
	enum shk_code code;
	size_t good = 0;

	buffer_init(&text);
	for (int i = 0; i <= SHK_MASTER_ROWS_MAX; i++) {
		char code_text[10];

		snprintf(code_text, sizeof(code_text), "7%08d", i);
		master_text(&text, 3, code_text);
	}
	cr_assert_eq(shk_master_open(&master, master_file(text.data, text.size),
			     SHK_ENCODING_UTF8, &diag),
		SHK_OK);
	unlink(scratch);
	while ((code = shk_master_next(master, &row, &diag)) == SHK_OK)
		good++;
	cr_expect_eq(code, SHK_E_LIMIT);
	cr_expect_eq(good, SHK_MASTER_ROWS_MAX);
	cr_expect_eq(diag.line, SHK_MASTER_ROWS_MAX + 1);
	shk_master_close(master);
	buffer_release(&text);
}

Test(master, reads_the_day_of_issue)
{
	static const struct {
		const char *path;
		const char *day; /* NULL: none */
	} rows[] = { { "t_ALL20260529.csv", "2026-05-29" },
		{ "a/b.d/t_ALL20240229.csv", "2024-02-29" },
		{ "t_ALL20230229.csv", NULL }, { "t_20260529.csv", NULL },
		{ "t_ALL2026052.csv", NULL }, { "t_ALL202605290.csv", NULL },
		{ "t_ALL20260529.txt", NULL }, { "t_ALL20260529.csv/", NULL },
		{ "-", NULL } };
	char day[SHK_MASTER_DAY];

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		shk_diag diag = { 0 };
		enum shk_code code =
			shk_master_issued(rows[i].path, day, &diag);

		cr_expect_eq(code, rows[i].day ? SHK_OK : SHK_E_USAGE, "%s",
			rows[i].path);
		cr_expect_str_eq(day, rows[i].day ? rows[i].day : "", "%s",
			rows[i].path);
	}
	cr_expect_eq(shk_master_day("20260529", day, NULL), SHK_OK);
	cr_expect_str_eq(day, "2026-05-29");
	cr_expect_eq(shk_master_day("2026-05-29", day, NULL), SHK_OK);
	cr_expect_str_eq(day, "2026-05-29");
	cr_expect_eq(shk_master_day("2026-5-29", day, NULL), SHK_E_USAGE);
	cr_expect_eq(shk_master_day("", day, NULL), SHK_E_USAGE);
}

Test(master, is_recognised_by_content)
{
	static const struct {
		const char *bytes;
		bool master;
	} rows[] = { { "\"0\",\"T\",\"799900010\",\"3\"", true },
		{ "0,T,799900010,3", true }, /* to be told what is wrong */
		{ "\xEF\xBB\xBF\"0\",\"T\",\"799900010\",\"3\"", true },
		{ "\"0\",\"T\",\"699900010\",\"3\"", false },
		{ "\"0\",\"T\",\"79990001\",\"3\"", false },
		{ "id,name\nP1,a\n", false }, { "", false },
		{ "\"0\",\"T\"", false } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		bool got = shk_master_recognise(
			master_file(rows[i].bytes, strlen(rows[i].bytes)));

		unlink(scratch);
		cr_expect_eq(got, rows[i].master, "%s", rows[i].bytes);
	}
	cr_expect_not(shk_master_recognise("/nowhere"));
	cr_expect_eq(errno, ENOENT);
	cr_expect_not(shk_master_recognise("/tmp"));
	cr_expect_eq(errno, 0);
	cr_expect_not(shk_master_recognise("-"));
}

/* Every allocation fails once; each failure is reported and nothing leaks. */
Test(master, survives_every_failed_allocation)
{
	struct buffer text;
	bool done = false;

	buffer_init(&text);
	master_text(&text, 0, NULL);
	master_file(text.data, text.size);
	for (uint64_t nth = 1; !done; nth++) {
		const shk_master_row *row = NULL;
		shk_master *master = NULL;
		shk_diag diag = { 0 };
		enum shk_code code;
		int64_t before = memory_stats().in_use;

		memory_fail_at(nth, true);
		code = shk_master_open(
			&master, scratch, SHK_ENCODING_UTF8, &diag);
		while (!code)
			code = shk_master_next(master, &row, &diag);
		memory_fail_at(0, false);
		done = code == SHK_END;
		cr_expect(done || code == SHK_E_MEMORY, "%d at %d", (int)code,
			(int)nth);
		shk_master_close(master);
		cr_expect_eq(memory_stats().in_use, before);
		cr_assert_leq(nth, 1000);
	}
	unlink(scratch);
	buffer_release(&text);
}

/* Counts of LAYOUT.md beside the official files. */
Test(master, reads_the_official_files)
{
	static const struct {
		const char *name;
		size_t rows;
		size_t prices;
		size_t filled; /* 旧金額 that says something */
	} files[] = { { "t_ALL20240531.csv", 1334, 1315, 1294 },
		{ "t_ALL20260227.csv", 1380, 1361, 1292 },
		{ "t_ALL20260529.csv", 1395, 1376, 0 } };

	if (access(OFFICIAL "t_ALL20260529.csv", R_OK) != 0)
		cr_skip_test("no reference material");
	for (size_t i = 0; i < 3; i++) {
		char path[512];
		const shk_master_row *row;
		shk_master *master;
		shk_diag diag = { 0 };
		size_t kinds[10] = { 0 };
		size_t rows = 0, filled = 0;
		enum shk_code code;

		snprintf(path, sizeof(path), "%s%s", OFFICIAL, files[i].name);
		cr_expect(shk_master_recognise(path));
		cr_assert_eq(shk_master_open(
				     &master, path, SHK_ENCODING_AUTO, &diag),
			SHK_OK);
		while (!(code = shk_master_next(master, &row, &diag))) {
			rows++;
			kinds[row->kind]++;
			filled += row->old_amount[0] != '\0';
		}
		cr_expect_eq(code, SHK_END, "%s:%ld:%ld: %s: %s", path,
			diag.line, diag.column, diag.field, diag.message);
		cr_expect_eq(rows, files[i].rows, "%s", path);
		cr_expect_eq(kinds[SHK_AMOUNT_PRICE], files[i].prices);
		cr_expect_eq(kinds[SHK_AMOUNT_PURCHASE], 16);
		cr_expect_eq(kinds[SHK_AMOUNT_PERCENT], 2);
		cr_expect_eq(kinds[SHK_AMOUNT_MULTIPLIER], 1);
		cr_expect_eq(filled, files[i].filled, "%s: %zu", path, filled);
		shk_master_close(master);
	}
}
