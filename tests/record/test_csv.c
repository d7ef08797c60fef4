/*
 * CSV and TSV: rows, lines, headers, lists in columns, encodings. A row is
 * named by the physical line on which it begins, a cell by its column.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "record/reading.h"

static void csv_is(const char *text, const char *expected)
{
	const char *got = reading_text(".csv", text);

	cr_expect_str_eq(got, expected, "%s\nexpected %s\ngot      %s", text,
		expected, got);
}

Test(csv, reads_records)
{
	csv_is("id,annual_tests,name\nP1,750,a\nP2,,b\n",
		"P1@2 name=a annual_tests=750\nP2@3 name=b\n");
	/* no newline behind the last row */
	csv_is("id,annual_tests\nP1,750", "P1@2 annual_tests=750\n");
	/* a byte order mark is no part of the first name */
	csv_is("\xEF\xBB\xBFid,annual_tests\nP1,750\n",
		"P1@2 annual_tests=750\n");
	/* identifiers and texts keep their leading zeros */
	csv_is("id,category_code\n007,001\n7,1\n",
		"007@2 category_code=001\n7@3 category_code=1\n");
	csv_is("id\n", "");
	/* a value of the row before does not stay */
	csv_is("id,shares,premiums\nP1,A:60,none\nP2,,\n",
		"P1@2 shares=[A,60,?] premiums=none\nP2@3\n");
	reading_release();
}

Test(csv, counts_physical_lines)
{
	static const char *const ends[] = { "\n", "\r\n", "\r" };

	for (size_t i = 0; i < 3; i++) {
		const char *e = ends[i];
		struct buffer text;
		struct buffer expected;

		buffer_init(&text);
		buffer_init(&expected);
		buffer_format(&text,
			"id,name%sP1,a%s%s%sP2,\"b%sc\"%sP3,x,y%sP4,d%s", e, e,
			e, e, e, e, e, e);
		buffer_format(&expected,
			"P1@2 name=a\nP2@5 name=b%sc\n"
			"!P3@7:0 bad_value | the row has 3 cells and the "
			"header 2; quote a cell that contains the separator\n"
			"P4@8 name=d\n",
			e);
		csv_is(text.data, expected.data);
		buffer_release(&text);
		buffer_release(&expected);
	}
	reading_release();
}

Test(csv, quotes_as_rfc_4180)
{
	csv_is("id,name\nP1,\"a,b\"\n", "P1@2 name=a,b\n");
	csv_is("id,name\nP1,\"a \"\"b\"\" c\"\n", "P1@2 name=a \"b\" c\n");
	csv_is("id,name\n\"P1\",\"\"\n", "P1@2\n");
	csv_is("\"id\",\"name\"\nP1,a\n", "P1@2 name=a\n");
	csv_is("id,name\nP1, a \n", "P1@2 name= a \n");
	csv_is("id,current_price\nP1,\"13,600\"\n",
		"P1@2 current_price=13600\n");
	reading_release();
}

Test(csv, goes_on_behind_a_broken_row)
{
	static const char *const rows[] = { "P2,a\"b", "P2,\"a\"b", "P2,\"a\" ",
		"P2" };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buffer text;
		const char *got;

		buffer_init(&text);
		buffer_format(&text, "id,name\nP1,x\n%s\nP3,y\n", rows[i]);
		got = reading_text(".csv", text.data);
		reading_has(got, "P1@2 name=x\n!P2@3:", rows[i]);
		reading_has(got, " bad_value ", rows[i]);
		reading_has(got, "\nP3@4 name=y\n", rows[i]);
		buffer_release(&text);
	}
	/* one quote that is never closed takes the rest of the file */
	reading_has(reading_text(".csv", "id,name\nP1,x\nP2,\"a\nP3,b\n"),
		"P1@2 name=x\n!P2@3:2 bad_value | the quote that opens",
		"open quote");
	reading_release();
}

Test(csv, refuses_values_and_goes_on)
{
	csv_is("id,annual_tests,current_price\nP1,-1,1\nP2,1,-1\nP3,1,1\n",
		"!P1@2:2 bad_domain annual_tests| annual_tests: -1 is outside "
		"its domain; it must be at least 0\n"
		"!P2@3:3 bad_domain current_price| current_price: -1 is "
		"outside its domain; it must be above 0\n"
		"P3@4 annual_tests=1 current_price=1\n");
	reading_release();
}

Test(csv, every_record_has_its_own_id)
{
	csv_is("annual_tests,id\n1,P1\n2,\n3,unknown\n4,P1\nx,P2\n5,P2\n",
		"P1@2 annual_tests=1\n"
		"!@3:2 bad_value id| id: missing; every record needs one\n"
		"!@4:2 bad_value id| id: missing; every record needs one\n"
		"!P1@5:2 duplicate_id id| id: \"P1\" is already the record of "
		"line 2\n"
		"!P2@6:1 bad_value annual_tests| annual_tests: \"x\" is not a "
		"number; write digits, such as 800\n"
		"!P2@7:2 duplicate_id id| id: \"P2\" is already the record of "
		"line 6\n");
	reading_release();
}

Test(csv, header_is_checked)
{
	static const struct {
		const char *text;
		const char *part;
	} rows[] = {
		{ "", "bad_value | the file is empty" },
		{ "\n\n", "bad_value | the file is empty" },
		{ "id,annual_test\n",
			"!!1:2 4 unknown_field annual_test| there is no field "
			"\"annual_test\"; did you mean \"annual_tests\"?" },
		{ "\n\nid,annual_test\n", "!!3:2 4 unknown_field" },
		{ "id,Annual_Tests\n", "did you mean \"annual_tests\"" },
		{ "id, name\n", "unknown_field  name|" },
		{ "id,\n", "a column without a name" },
		{ "id,name,id\n", "!!1:3 4 unknown_field id| column \"id\": "
				  "the name is there twice" },
		{ "id,x_a,x_a\n", "the name is there twice" },
		{ "name\nx\n", "there is no column \"id\"" },
		{ "P1,750\n", "unknown_field P1" },
		{ "id,shares,shares_1_maker\n", "one of them only" },
		{ "id,requesters_1,requesters\n", "one of them only" },
		{ "id,requesters_1,requesters_3\n", "without a gap" },
		{ "id,requesters_2\n", "without a gap" },
		{ "id,requesters_0\n", "unknown_field requesters_0" },
		{ "id,requesters_01\n", "unknown_field requesters_01" },
		{ "id,requesters_1_maker\n", "unknown_field" },
		{ "id,shares_1\n", "unknown_field shares_1" },
		{ "id,shares_1_name\n", "unknown_field shares_1_name" },
		{ "id,current_price_1\n", "unknown_field" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *got = reading_text(".csv", rows[i].text);

		cr_expect_eq(strncmp(got, "!!", 2), 0, "%s", rows[i].text);
		reading_has(got, rows[i].part, rows[i].text);
	}
	reading_release();
}

Test(csv, lists_in_columns)
{
#define SHARES                                                                 \
	"id,shares_1_maker,shares_1_share,shares_2_maker,shares_2_share,"      \
	"shares_3_maker,shares_3_share\n"
	csv_is(SHARES "P1,A社,60,B社,40,,\nP2,,,,,,\nP3,A,unknown,,,,\n",
		"P1@2 shares=[A社,60,?;B社,40,?]\nP2@3\n"
		"!P3@4:2 bad_value shares| shares, item 1: share or quantity "
		"is missing\n");
	csv_is(SHARES "P1,A社,60,,,B社,40\n",
		"!P1@2:2 bad_value shares| shares, item 2: empty although item "
		"3 is not; fill the items from 1 without a gap\n");
	csv_is(SHARES "P1,A,60,B,41,,\nP2,A,60,B,x,,\nP3,none,,,,,\n",
		"!P1@2:2 shares_over_100 shares| shares: the shares add up to "
		"101; at most 100 is possible\n"
		"!P2@3:5 bad_value shares| shares, item 2, share: \"x\" is not "
		"a number; write 60 for 60 percent\n"
		"!P3@4:2 bad_value shares| shares: it cannot be known to be "
		"absent (none); leave it empty when it is not known\n");
	csv_is("id,premiums_1_kind,premiums_1_rate_percent,premiums_1_points,"
	       "premiums_2_kind\n"
	       "P1,usefulness,,2,economic\nP2,none,,,\nP3,,,,none\n"
	       "P4,none,5,,\nP5,,none,,\n",
		"P1@2 premiums=[usefulness,?,2;economic,?,?]\n"
		"P2@3 premiums=none\n"
		"!P3@4:5 bad_value premiums| premiums, item 1: empty although "
		"item 2 is not; fill the items from 1 without a gap\n"
		"!P4@5:2 bad_value premiums| premiums, item 1, kind: \"none\" "
		"stands for the whole list, not for a part of it\n"
		"P5@6 premiums=none\n");
	csv_is("id,foreign_prices_1_country,foreign_prices_1_local_price,"
	       "foreign_prices_1_rate,requesters_1,requesters_2\n"
	       "P1,us,289,80,A,\nP2,us,289,,none,\nP3,,,,none,A\n",
		"P1@2 requesters=[A] foreign_prices=[us,?,289,80]\n"
		"!P2@3:2 bad_value foreign_prices| foreign_prices, item 1: "
		"local_price and rate go together\n"
		"!P3@4:5 bad_value requesters| requesters, item 1: \"none\" "
		"stands for the whole list, not for a part of it\n");
	/* signs of a cell mean nothing in columns */
	csv_is("id,requesters_1\nP1,A|B:C\\\n", "P1@2 requesters=[A|B:C\\]\n");
	reading_release();
}

Test(csv, extra_columns)
{
	static const char *const keep[] = { "note", "x_b", "annual_tests" };
	const shk_read_options options = { .keep = keep, .keep_count = 3 };
	const char *text = "id,x_a,x_b,note,annual_tests\nP1,1,2,\"a\nb\",007\n"
			   "P2,,,,\n";
	const char *got = reading_bytes(".csv", text, strlen(text), &options);

	cr_expect_str_eq(got,
		"P1@2 annual_tests=7 ~note=a\nb ~x_b=2 ~annual_tests=007\n"
		"P2@4 ~note= ~x_b= ~annual_tests=\n",
		"%s", got);
	csv_is("id,x_a\nP1,5\n", "P1@2\n");
	text = "id,x_b,note\nP1,,\n";
	got = reading_bytes(".csv", text, strlen(text), &options);
	reading_has(got, "no such column", "a kept column is missing");
	reading_release();
}

Test(csv, tab_separated)
{
	const char *text = "id\tname\nP1\ta,b\nP2\t\"c\td\"\n";
	const char *expected = "P1@2 name=a,b\nP2@3 name=c\td\n";
	shk_read_options options = { .format = SHK_FORMAT_TSV };

	cr_expect_str_eq(reading_text(".tsv", text), expected);
	/* by its first line */
	cr_expect_str_eq(reading_text("", text), expected);
	cr_expect_str_eq(
		reading_bytes(".csv", text, strlen(text), &options), expected);
	reading_release();
}

Test(csv, cp932)
{
	/* ソ and 表 end with the byte of a backslash, ポ with that of a bar */
	const char *text = "id,name,shares\n"
			   "P1,\x83\x5C\x95\x5C,A\x8E\xD0:60|B\x8E\xD0:40\n"
			   "P2,\x87\x40\xFA\xB1\x81\x60,\x83\x7C\x83\x5C:10\n"
			   "P3,\xB1\xDF\x5C,\n";
	const char *expected = "P1@2 name=ソ表 shares=[A社,60,?;B社,40,?]\n"
			       "P2@3 name=①﨑～ shares=[ポソ,10,?]\n"
			       "P3@4 name=ｱﾟ\\\n";
	shk_read_options options = { .encoding = SHK_ENCODING_CP932 };
	const char *got;

	cr_expect_str_eq(reading_text(".csv", text), expected, "%s",
		reading_text(".csv", text));
	cr_expect_str_eq(
		reading_bytes(".csv", text, strlen(text), &options), expected);
	options.encoding = SHK_ENCODING_UTF8;
	got = reading_bytes(".csv", text, strlen(text), &options);
	reading_has(got,
		"!!2:0 4 bad_value | byte 19 of the file (0x83) is "
		"not valid UTF-8",
		"stated to be UTF-8");
	reading_release();
}

Test(csv, bytes_of_no_encoding)
{
	static const struct {
		const char *text;
		size_t size;
		const char *expected;
	} rows[] = {
		/* neither UTF-8 nor CP932 */
		{ "id,name\nP1,\xFF\n", 13,
			"byte 12 of the file (0xFF) is not "
			"valid UTF-8, and the file is not "
			"CP932 either" },
		/* a lead byte at the very end */
		{ "id,name\nP1,\x83\x5C\nP2,\x83", 18, "not valid UTF-8" },
		{ "id,name\nP1,a\0b\n", 15,
			"a NUL byte (byte 13 of the file)" },
		/* UTF-16 */
		{ "\xFF\xFEi\0d\0", 6, "byte 1 of the file" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		reading_has(
			reading_bytes(".csv", rows[i].text, rows[i].size, NULL),
			rows[i].expected, rows[i].text);
	reading_release();
}

/* `count` bytes of plain records, then `tail`. */
static char *csv_long(size_t count, const char *tail, size_t *size)
{
	struct buffer text;

	buffer_init(&text);
	buffer_text(&text, "id,name\n");
	for (int i = 0; text.size < count; i++)
		buffer_format(&text, "P%07d,a\n", i);
	buffer_text(&text, tail);
	cr_assert_not(text.failed);
	*size = text.size;
	return text.data;
}

Test(csv, detection_holds_for_the_whole_file)
{
	size_t size;
	/* 8 bytes of header, 11 a record: 1 MiB is passed inside a record */
	char *text = csv_long(1 << 20, "X,\x83\x5C\nY,b\n", &size);
	const char *got = reading_bytes(".csv", text, size, NULL);

	reading_has(got,
		"P0095324@95326 name=a\n"
		"!!95327:0 4 bad_value | byte ",
		"contradiction past the first block");
	reading_has(got,
		"which the beginning of the file is; state the "
		"encoding",
		"contradiction past the first block");
	memory_free(text);
	text = csv_long(1 << 20, "X,\xE8\xA1\xA8\nY,b\n", &size);
	/* a character across two blocks of a pipe */
	reading_has(reading_stdin(text, size, NULL),
		"\nX@95327 name=表\nY@95328 name=b\n", "standard input");
	memory_free(text);
	reading_release();
}

/* Characters of three bytes across the boundary of the block, at each offset. */
Test(csv, characters_cross_blocks)
{
	for (size_t shift = 0; shift < 4; shift++) {
		struct buffer text;
		const char *got;

		buffer_init(&text);
		buffer_text(&text, "id,name\nP1,");
		for (size_t i = 0; i < shift; i++)
			buffer_byte(&text, 'a');
		while (text.size < (1u << 20) - 100)
			buffer_text(&text, "表");
		buffer_text(&text, "\nP2,");
		while (text.size < (1u << 20) + 100)
			buffer_text(&text, "表");
		buffer_text(&text, "\nP3,x\n");
		got = reading_bytes(".csv", text.data, text.size, NULL);
		reading_has(got, "\nP3@4 name=x\n", "crossing");
		cr_expect_null(strstr(got, "!"));
		buffer_release(&text);
	}
	reading_release();
}

/* SHK_CELL_MAX bytes of one cell are read, one more is not. */
Test(csv, cell_ceiling)
{
	for (size_t extra = 0; extra < 4; extra++) {
		struct buffer text;
		const char *got;

		buffer_init(&text);
		buffer_text(
			&text, extra & 2 ? "id,name\nP1,\"" : "id,name\nP1,");
		for (size_t i = 0; i < SHK_CELL_MAX + (extra & 1); i++)
			buffer_byte(&text, 'a');
		buffer_text(&text, extra & 2 ? "\"\nP2,x\n" : "\nP2,x\n");
		got = reading_bytes(".csv", text.data, text.size, NULL);
		if (extra & 1)
			reading_has(got, "!!2:2 6 ", "past the ceiling");
		else
			reading_has(got, "\nP2@3 name=x\n", "at the ceiling");
		buffer_release(&text);
	}
	reading_release();
}

Test(csv, column_ceiling)
{
	for (int extra = 0; extra < 2; extra++) {
		struct buffer text;
		const char *got;

		buffer_init(&text);
		buffer_text(&text, "id");
		for (int i = 1; i < SHK_COLUMNS_MAX + extra; i++)
			buffer_format(&text, ",x_%d", i);
		buffer_text(&text, "\nP1");
		for (int i = 1; i < SHK_COLUMNS_MAX + extra; i++)
			buffer_text(&text, ",1");
		/* and a row that has one cell more than may be kept */
		buffer_text(&text, "\nP2");
		for (int i = 0; i < SHK_COLUMNS_MAX + 5; i++)
			buffer_text(&text, ",1");
		buffer_text(&text, "\n");
		got = reading_bytes(".csv", text.data, text.size, NULL);
		if (extra) {
			reading_has(got, "!!1:0 6 ", "past");
		} else {
			reading_has(got, "P1@2\n", "at");
			reading_has(got, "the row has 1030 cells", "row");
		}
		buffer_release(&text);
	}
	reading_release();
}

Test(csv, item_ceiling)
{
	for (int extra = 0; extra < 2; extra++) {
		struct buffer text;
		const char *got;

		buffer_init(&text);
		buffer_text(&text, "id,field_prices\nP1,1");
		for (int i = 1; i < SHK_ITEMS_MAX + extra; i++)
			buffer_text(&text, "|1");
		buffer_text(&text, "\nP2,1\n");
		got = reading_bytes(".csv", text.data, text.size, NULL);
		reading_has(got, extra ? "more than 10000 items" : ";1;1]\n",
			"items");
		reading_has(got, "\nP2@3 field_prices=[1]\n", "items");
		buffer_release(&text);
	}
	reading_release();
}

/* The memory of a reader does not grow with the file, but for identifiers. */
Test(csv, warnings_and_edits_do_not_stay)
{
	const char *text = "id,maker,shares\nP1,A社,Ａ社:60\nP2,,\n";
	shk_records *records;
	shk_record *record;
	shk_diag diag = { 0 };
	char path[] = "/tmp/shokan-record-XXXXXX";
	FILE *file = fdopen(mkstemp(path), "wb");

	fputs(text, file);
	fclose(file);
	cr_assert_eq(
		shk_records_open(&records, reading_schema(), path, NULL, &diag),
		SHK_OK);
	cr_assert_eq(shk_records_next(records, &record, &diag), SHK_OK);
	cr_expect_eq(shk_record_warning_count(record), 1);
	cr_expect_str_eq(shk_record_warning(record, 0),
		"shares: \"A社\" and \"Ａ社\" are taken as one maker");
	cr_expect_str_eq(shk_record_warning(record, 1), "");
	cr_expect_eq(
		shk_record_set(record, "annual_tests", "5", &diag), SHK_OK);
	cr_assert_eq(shk_records_next(records, &record, &diag), SHK_OK);
	cr_expect_str_eq(shk_record_id(record), "P2");
	cr_expect_eq(shk_record_row(record), 3);
	cr_expect_str_eq(shk_record_path(record), path);
	cr_expect_eq(shk_record_warning_count(record), 0);
	for (size_t i = 0; i < record_of(record)->schema->field_count; i++)
		cr_expect_eq(record_of(record)->values[i].state,
			strcmp(record_of(record)->schema->fields[i].name,
				"id") == 0
				? RECORD_KNOWN
				: RECORD_UNKNOWN);
	cr_expect_eq(shk_records_next(records, &record, &diag), SHK_END);
	cr_expect_eq(shk_records_next(records, &record, &diag), SHK_END);
	cr_expect_str_eq(shk_records_encoding(records), "UTF-8");
	shk_records_close(records);
	unlink(path);
	reading_release();
}

Test(csv, no_such_file)
{
	reading_has(reading_file("/nonexistent/a.csv", NULL), "!!0:0 5 ",
		"missing");
	reading_has(reading_file("/tmp", NULL), "!!0:0 5 ", "a folder");
	reading_release();
}
