/*
 * Workbooks: what each kind of cell is read as, what is refused and where, the
 * choice of the sheet, and every ceiling at it and past it.
 */
#define _GNU_SOURCE

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "record/reading.h"
#include "record/workbook.h"
#include "record/xlsx.h"

#define HEADER                                                                 \
	"<row><c t='inlineStr'><is><t>id</t></is></c>"                         \
	"<c t='inlineStr'><is><t>name</t></is></c></row>"
#define SHEET(rows) "<worksheet><sheetData>" rows "</sheetData></worksheet>"
#define NAMED	    "<c t='inlineStr'><is><t>P</t></is></c>"

static const char *read_book(const struct workbook *book, const char *sheet)
{
	const shk_read_options options = { .sheet = sheet };
	const char *path = workbook_write(book);
	const char *got = reading_file(path, &options);

	unlink(path);
	return got;
}

static const char *read_sheet(const char *sheet)
{
	struct workbook book = workbook_plain;

	book.sheet = sheet;
	return read_book(&book, NULL);
}

/* What is read of a cell in row 2 under `name`. */
static const char *read_cell(const char *cell, bool from_1904)
{
	struct workbook book = workbook_plain;
	char sheet[2048];

	snprintf(sheet, sizeof(sheet),
		SHEET(HEADER "<row r='2'>" NAMED "%s</row>"), cell);
	book.sheet = sheet;
	book.strings = "<sst><si><t>007</t></si>"
		       "<si><r><rPr/><t>検</t></r><r><t>査</t></r>"
		       "<rPh><t>ケンサ</t></rPh></si><si/></sst>";
	book.styles = "<styleSheet><numFmts>"
		      "<numFmt numFmtId='170' formatCode='[$-411]ggge"
		      "&quot;年&quot;m&quot;月&quot;'/>"
		      "<numFmt numFmtId='171' formatCode='#,##0&quot;day&quot;'"
		      "/></numFmts><cellStyleXfs><xf numFmtId='14'/>"
		      "</cellStyleXfs><cellXfs><xf numFmtId='0'/>"
		      "<xf numFmtId='14'/><xf numFmtId='170'/>"
		      "<xf numFmtId='171'/></cellXfs></styleSheet>";
	if (from_1904)
		book.workbook = "<workbook xmlns:r='r'>"
				"<workbookPr date1904='1'/><sheets>"
				"<sheet name='one' r:id='a'/></sheets>"
				"</workbook>";
	return read_book(&book, NULL);
}

Test(xlsx, cells)
{
	static const struct {
		const char *cell;
		const char *name; /* NULL: nothing */
	} rows[] = {
		/* texts: codes keep their zeros */
		{ "<c t='s'><v>0</v></c>", "007" },
		{ "<c t='s'><v>1</v></c>", "検査" },
		{ "<c t='s'><v>2</v></c>", NULL },
		{ "<c t='inlineStr'><is><r><t>a</t></r><r><t> b</t></r></is>"
		  "</c>",
			"a b" },
		{ "<c t='inlineStr'><is><t>a,\"b\"&#10;c</t></is></c>",
			"a,\"b\" c" },
		{ "<c t='str'><f>A1</f><v>x</v></c>", "x" },
		{ "<c t='str'><f>A1</f><v></v></c>", NULL },
		{ "<c t='str'><v>a_x000D__x000A_b_x005F_x0041_</v></c>",
			"a b_x0041_" },
		{ "<c t='str'><v>a_x3042_b_xD800_</v></c>", "aあb_xD800_" },
		/* numbers: as written, but for what is behind 15 digits */
		{ "<c><v>1.50</v></c>", "1.50" },
		{ "<c t='n'><v>-12500.5</v></c>", "-12500.5" },
		{ "<c><v>1.1000000000000001</v></c>", "1.1" },
		{ "<c><v>0.30000000000000004</v></c>", "0.3" },
		{ "<c><v>1.00000000000005</v></c>", "1.00000000000005" },
		{ "<c><v>1.000000000000005</v></c>", "1.00000000000001" },
		{ "<c><v>-1.000000000000005</v></c>", "-1.00000000000001" },
		{ "<c><v>999999999999999.5</v></c>", "1000000000000000" },
		{ "<c><v>1234567890123456</v></c>", "1234567890123460" },
		{ "<c><v>0.0012345678901234567</v></c>",
			"0.00123456789012346" },
		{ "<c><v>1E-3</v></c>", "0.001" },
		{ "<c><v>1.2E+3</v></c>", "1200" },
		{ "<c><v>2.9999999999999999E-2</v></c>", "0.03" },
		{ "<c><f>1+1</f><v>2</v></c>", "2" },
		{ "<c t='b'><v>1</v></c>", "true" },
		{ "<c t='b'><v>0</v></c>", "false" },
		{ "<c s='3'><v>46174</v></c>", "46174" },
		{ "<c s='9'><v>46174</v></c>", "46174" },
		/* days */
		{ "<c s='1'><v>46174</v></c>", "2026-06-01" },
		{ "<c s='2'><v>46174</v></c>", "2026-06-01" },
		{ "<c s='1'><v>1</v></c>", "1900-01-01" },
		{ "<c s='1'><v>59</v></c>", "1900-02-28" },
		{ "<c s='1'><v>61</v></c>", "1900-03-01" },
		{ "<c s='1'><v>2958465</v></c>", "9999-12-31" },
		{ "<c t='d'><v>2026-06-01</v></c>", "2026-06-01" },
		{ "<c t='d'><v>2026-06-01T00:00:00</v></c>", "2026-06-01" },
		/* nothing */
		{ "<c/>", NULL },
		{ "<c s='1'/>", NULL },
		{ "<c><v></v></c>", NULL },
		{ "<c t='inlineStr'/>", NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char wanted[256];

		snprintf(wanted, sizeof(wanted), "P@2%s%s\n",
			rows[i].name ? " name=" : "",
			rows[i].name ? rows[i].name : "");
		cr_expect_str_eq(read_cell(rows[i].cell, false), wanted,
			"%s: %s", rows[i].cell, read_cell(rows[i].cell, false));
	}
	cr_expect_str_eq(read_cell("<c s='1'><v>0</v></c>", true),
		"P@2 name=1904-01-01\n");
	cr_expect_str_eq(read_cell("<c s='1'><v>60</v></c>", true),
		"P@2 name=1904-03-01\n");
	reading_release();
}

Test(xlsx, cells_refused)
{
	static const char *const rows[][2] = {
		{ "<c t='e'><v>#N/A</v></c>", "holds an error: \"#N/A\"" },
		{ "<c><f>A1</f></c>", "no stored result" },
		{ "<c><f>A1</f><v></v></c>", "no stored result" },
		{ "<c t='str'><f>A1</f></c>", "no stored result" },
		{ "<c><v>x</v></c>", "no number: \"x\"" },
		{ "<c><v>INF</v></c>", "no number" },
		{ "<c><v>1e9999</v></c>", "no number" },
		{ "<c t='b'><v>2</v></c>", "neither 1 (true) nor" },
		{ "<c t='s'><v>3</v></c>", "not among those" },
		{ "<c t='s'><v>-1</v></c>", "not among those" },
		{ "<c t='s'><v>99999999999999999999999</v></c>",
			"not among those" },
		{ "<c t='q'><v>1</v></c>", "kind of the cell" },
		{ "<c s='x'><v>1</v></c>", "format of the cell" },
		{ "<c s='1'><v>0</v></c>", "no such day" },
		{ "<c s='1'><v>-1</v></c>", "no such day" },
		{ "<c s='1'><v>2958466</v></c>", "no such day" },
		{ "<c s='1'><v>60</v></c>", "1900-02-29" },
		{ "<c s='1'><v>46174.5</v></c>", "time of day" },
		{ "<c t='d'><v>2026-06-01T12:00:00</v></c>", "no day" },
		{ "<c t='d'><v>2026-02-30</v></c>", "no day" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *got = read_cell(rows[i][0], false);

		/* that record alone, with the name of the cell */
		reading_has(got, "!P@2:2 bad_value | cell B2: ", rows[i][0]);
		reading_has(got, rows[i][1], rows[i][0]);
	}
	reading_release();
}

Test(xlsx, formats)
{
	static const char *const dates[] = { "yyyy-mm-dd", "m/d", "h:mm",
		"[h]:mm", "[hh]", "ggge", "[$-F800]dddd", "0;yy", "\\-d" };
	static const char *const numbers[] = { "General", "0.00E+00", "0.0e-0",
		"#,##0", "\"day\"0", "[Red]0", "0\\d", "_d0", "*y0", "\"open",
		"[open", "@", "GENERAL;general", "", "\\" };

	for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++)
		cr_expect(xlsx_format_is_date(dates[i]), "%s", dates[i]);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		cr_expect(!xlsx_format_is_date(numbers[i]), "%s", numbers[i]);
}

#define P(row) "<row r='" row "'>" NAMED "</row>"

Test(xlsx, rows)
{
	/* rows keep their numbers; a title row may be blank; gaps are empty */
	cr_expect_str_eq(
		read_sheet(SHEET("<row r='2'/><row r='3'><c r='B3' t='str'>"
				 "<v>id</v></c><c r='C3' t='str'><v>name</v>"
				 "</c></row>")),
		"!!3:1 4 unknown_field | column \"\": a column without a "
		"name; name it, or x_... when it is to be ignored\n");
	cr_expect_str_eq(
		read_sheet(SHEET("<row r='3'><c r='A3' t='str'><v>id</v></c>"
				 "<c r='B3' t='str'><v>name</v></c></row>"
				 "<row r='7'><c r='B7' t='str'><v>n</v></c>"
				 "</row>" P("9") "<row r='10'/>")),
		"!@7:1 bad_value id| id: missing; every record needs one\n"
		"P@9\n");
	/* the next record is read after one that is refused */
	reading_has(read_sheet(SHEET(HEADER "<row>" NAMED
					    "<c t='e'><v>#REF!</v></c></row>"
					    "<row r='4'><c t='str'><v>Q</v></c>"
					    "</row>")),
		"#REF!\"\nQ@4\n", "next");
	/* a row with nothing but an error is no blank row */
	reading_has(read_sheet(SHEET("<row><c t='str'><v>id</v></c></row>"
				     "<row><c t='e'><v>#REF!</v></c></row>")),
		"@2:1 bad_value | cell A2: the cell holds an error", "error");
	reading_has(read_sheet(SHEET("<row r='5'><c r='C5' t='e'><v>#N/A</v>"
				     "</c></row>")),
		"5:3 ", "header");
	reading_has(read_sheet(SHEET("")), "the file is empty", "empty");
	reading_release();
}

Test(xlsx, damaged)
{
	static const char *const rows[][2] = {
		{ "<worksheet/>", "has no cells" },
		{ "<worksheet>", "not well-formed" },
		{ "<!DOCTYPE worksheet><worksheet/>", "document type" },
		{ SHEET("<row r='x'/>"), "row is not in its place" },
		{ SHEET("<row r='0'/>"), "row is not in its place" },
		{ SHEET(P("2") P("2")), "row is not in its place" },
		{ SHEET("<row r='1'><c r='A2'/></row>"), "cell is not in" },
		{ SHEET("<row r='1'><c r='B1'/><c r='A1'/></row>"), "cell is" },
		{ SHEET("<row r='1'><c r='1'/></row>"), "cell is" },
		{ SHEET("<row r='1'><c r='AAAAAAAAAAAAAAAAA1'/></row>"),
			"cell is" },
	};
	struct workbook book = workbook_plain;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *got = read_sheet(rows[i][0]);

		cr_expect_eq(strncmp(got, "!!", 2), 0, "%s", got);
		reading_has(got, rows[i][1], rows[i][0]);
	}
	reading_has(read_book(&book, NULL), "part of its sheet", "no sheet");
	book.relations = NULL;
	reading_has(read_book(&book, NULL), "no .xlsx workbook: it has no",
		"no relations");
	book.workbook = "<workbook/>";
	book.relations = workbook_plain.relations;
	reading_has(read_book(&book, NULL), "has no sheets", "no sheets");
	reading_has(reading_text(".xlsx", "id\n1\n"), "no .xlsx workbook",
		"a text");
	reading_has(reading_text(".xlsx", "PK\3\4"), "damaged", "a stub");
	reading_has(
		reading_bytes("", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, NULL),
		"(.xls) or one with a password", "compound, by its bytes");
	reading_has(reading_bytes(".xlsx", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
			    8, NULL),
		"(.xls) or one with a password", "compound, by its name");
	reading_has(reading_stdin("PK\3\4", 4, NULL), "not from standard input",
		"standard input");
	reading_release();
}

Test(xlsx, sheets)
{
	struct workbook book = workbook_plain;

	book.sheet = SHEET(HEADER P("2"));
	book.workbook = "<workbook xmlns:r='r'><sheets>"
			"<sheet name='chart' r:id='c'/>"
			"<sheet name='no' r:id='b' state='hidden'/>"
			"<sheet name='価格' r:id='a'/></sheets></workbook>";
	book.relations = "<Relationships><Relationship Id='b' "
			 "Type='x/worksheet' Target='none.xml'/>"
			 "<Relationship Id='c' Type='x/chartsheet'/>"
			 "<Relationship Id='a' Type='x/worksheet' "
			 "Target='/xl/worksheets/sheet1.xml'/>"
			 "</Relationships>";
	cr_expect_str_eq(read_book(&book, NULL), "P@2\n");
	cr_expect_str_eq(read_book(&book, "価格"), "P@2\n");
	reading_has(read_book(&book, "no"), "part of its sheet", "hidden");
	reading_has(read_book(&book, "chart"),
		"named chart; its sheets: ", "a chart");
	reading_has(read_book(&book, "x"),
		"no sheet of cells named x; its sheets: chart, no, 価格", "x");
	reading_release();
}

/* `count` times `item` between `head` and `tail`. */
static char *repeated(
	const char *head, const char *item, size_t count, const char *tail)
{
	size_t size = strlen(item);
	char *text = malloc(strlen(head) + size * count + strlen(tail) + 1);
	char *at = stpcpy(text, head);

	for (size_t i = 0; i < count; i++, at += size)
		memcpy(at, item, size);
	strcpy(at, tail);
	return text;
}

Test(xlsx, ceilings, .timeout = 120)
{
	static const char *const styles[2] = { "<s><numFmts>", "<s><cellXfs>" };
	struct workbook book = workbook_plain;

	book.sheet = SHEET(HEADER P("1048576"));
	cr_expect_str_eq(read_book(&book, NULL), "P@1048576\n");
	book.sheet = SHEET(HEADER P("1048577"));
	reading_has(read_book(&book, NULL), "row is not in", "rows");
	for (size_t past = 0; past < 2; past++) {
		const char *wanted = past ? "has more than" : "P@2\n";
		char *text;

		book = workbook_plain;
		book.sheet = SHEET(HEADER P("2"));
		text = repeated(
			"<sst>", "<si/>", XLSX_STRINGS_MAX + past, "</sst>");
		book.strings = text;
		reading_has(read_book(&book, NULL), wanted, "strings");
		free(text);
		book.strings = NULL;
		text = repeated(styles[0],
			"<numFmt numFmtId='9' formatCode=''/>",
			XLSX_FORMATS_MAX + past, "</numFmts></s>");
		book.styles = text;
		reading_has(read_book(&book, NULL), wanted, "formats");
		free(text);
		text = repeated(styles[1], "<xf/>", XLSX_STYLES_MAX + past,
			"</cellXfs></s>");
		book.styles = text;
		reading_has(read_book(&book, NULL), wanted, "styles");
		free(text);
		book.styles = NULL;
		text = repeated("<worksheet><sheetData>" HEADER P("2") "<row>",
			"<c/>", XLSX_TAGS_MAX - 28 + past,
			"</row></sheetData></worksheet>");
		book.sheet = text;
		reading_has(read_book(&book, NULL), wanted, "tags");
		free(text);
		book.sheet = SHEET(HEADER P("2"));
		book.more = ZIP_PARTS_MAX - 3 + (int)past;
		reading_has(read_book(&book, NULL), wanted, "parts");
	}
	reading_release();
}

/* Sheets that are none, in front of the one, and relations: each of the first
   is looked for among all of the second. */
Test(xlsx, many_sheets, .timeout = 120)
{
	static const char one[] = "<sheet name='one' r:id='a'/></sheets>"
				  "</workbook>";
	static const char relation[] =
		"<Relationship Id='a' Type='x/worksheet' "
		"Target='worksheets/sheet1.xml'/></Relationships>";
	struct workbook book = workbook_plain;

	book.sheet = SHEET(HEADER P("2"));
	for (size_t past = 0; past < 2; past++) {
		const char *wanted = past ? "more than 4096 sheets" : "P@2\n";
		char *sheets = repeated("<workbook xmlns:r='r'><sheets>",
			"<sheet name='x' r:id='b'/>",
			XLSX_SHEETS_MAX - 1 + past, one);
		char *relations =
			repeated("<Relationships>", "<Relationship Id='c'/>",
				XLSX_SHEETS_MAX - 1 + past, relation);

		book.workbook = sheets;
		reading_has(read_book(&book, NULL), wanted, "sheets");
		book.relations = relations;
		reading_has(read_book(&book, NULL), wanted, "both");
		book.workbook = workbook_plain.workbook;
		reading_has(read_book(&book, NULL), wanted, "relations");
		book.relations = workbook_plain.relations;
		free(sheets);
		free(relations);
	}
	reading_release();
}

Test(xlsx, columns)
{
	struct workbook book = workbook_plain;

	/* 1024 is AMJ; what is beyond counts when it holds something */
	book.sheet = SHEET(HEADER "<row>" NAMED "<c r='XFD2' s='1'/></row>");
	cr_expect_str_eq(read_book(&book, NULL), "P@2\n");
	book.sheet =
		SHEET(HEADER "<row>" NAMED "<c r='AMJ2'><v>1</v></c></row>");
	reading_has(read_book(&book, NULL), "the row has 1024 cells", "at");
	book.sheet =
		SHEET(HEADER "<row>" NAMED "<c r='AMK2'><v>1</v></c></row>");
	reading_has(read_book(&book, NULL), "more than 1024 columns", "past");
	reading_release();
}

/* Two parts that are as large as all may be; then there is no byte more. */
static void unpack(const struct workbook *book)
{
	static const struct {
		const char *part;
		enum shk_code code;
	} rows[] = { { "xl/sharedStrings.xml", SHK_OK },
		{ "xl/worksheets/sheet1.xml", SHK_OK },
		{ "xl/workbook.xml", SHK_E_LIMIT } };
	const char *path = workbook_write(book);
	struct zip *zip = NULL;
	shk_diag diag = { 0 };

	cr_assert_eq(2 * ZIP_PART_MAX, ZIP_BYTES_MAX);
	cr_assert_eq(zip_open(&zip, path, &diag), SHK_OK);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buffer out;

		buffer_init(&out);
		cr_expect_eq(zip_read(zip, rows[i].part, &out, &diag),
			rows[i].code, "%s: %s", rows[i].part, diag.message);
		buffer_release(&out);
	}
	zip_close(zip);
	unlink(path);
}

/* A small file that unpacks to much. */
Test(xlsx, bombs, .timeout = 120)
{
	static const char head[] =
		"<worksheet><sheetData>" HEADER P("2") "<!--";
	static const char tail[] = "--></sheetData></worksheet>";
	const size_t around = strlen(head) + strlen(tail);
	struct workbook book = workbook_plain;
	char *text;

	text = repeated(head, " ", ZIP_PART_MAX - around, tail);
	book.sheet = text;
	cr_expect_str_eq(read_book(&book, NULL), "P@2\n");
	free(text);
	text = repeated(head, " ", ZIP_PART_MAX - around + 1, tail);
	book.sheet = text;
	reading_has(read_book(&book, NULL), "unpacks to more than 67108864",
		"part");
	free(text);
	/* two parts that are small enough, and the little ones */
	text = repeated("<sst><!--", " ", ZIP_PART_MAX - 18, "--></sst>");
	cr_assert_eq(strlen(text), ZIP_PART_MAX);
	book.strings = text;
	book.sheet = text;
	reading_has(read_book(&book, NULL), "unpacks to more than 134217728",
		"all");
	unpack(&book);
	free(text);
	/* one text many times: 128 cells that are a MiB with what stands
	   behind each, and one letter */
	text = repeated(
		"<sst><si><t>", "x", SHK_CELL_MAX - 1, "</t></si></sst>");
	book.strings = text;
	book.sheet = repeated("<worksheet><sheetData><row>",
		"<c t='s'><v>0</v></c>", 128,
		"<c t='str'><v>y</v></c></row></sheetData></worksheet>");
	reading_has(
		read_book(&book, NULL), "more than 134217728 bytes", "text");
	free(text);
	reading_release();
}

Test(xlsx, large_files)
{
	char path[] = "/tmp/large_XXXXXX.xlsx";
	int file = mkstemps(path, 5);

	cr_assert_geq(file, 0);
	cr_assert_eq(pwrite(file, "PK\3\4", 4, 0), 4);
	cr_assert_eq(ftruncate(file, (off_t)ZIP_FILE_MAX), 0);
	reading_has(reading_file(path, NULL), "damaged", "at");
	cr_assert_eq(ftruncate(file, (off_t)ZIP_FILE_MAX + 1), 0);
	reading_has(reading_file(path, NULL), "larger than 67108864", "past");
	close(file);
	unlink(path);
	reading_release();
}
