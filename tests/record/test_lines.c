/*
 * One object a line where each line stands by itself: what a line gives
 * depends on nothing but that line, so a stream may be cut at any line end.
 * Stated as a format, or seen on standard input.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "record/json_scan.h"
#include "record/reading.h"

static const shk_read_options stated = { .format = SHK_FORMAT_JSONL };

static const char *lines_read(const char *bytes, size_t size)
{
	return reading_bytes(".txt", bytes, size, &stated);
}

/* Text with a NUL in it. */
#define LINE(text)                                                             \
	{                                                                      \
		text, sizeof(text) - 1, 0                                      \
	}

static const struct {
	const char *data;
	size_t size;
	int fine; /* a record; else an error that costs this line alone */
} odd[] = {
	{ "{\"id\":\"a\",\"annual_tests\":750}", 29, 1 },
	LINE("garbage"),
	LINE("id,name"),
	LINE("<record/>"),
	LINE("[1"),
	LINE("{\"id\":\"b\","),
	LINE("{\"id\":\"b\",\"shares\":["),
	LINE("{\"id\":"),
	LINE("{\"id\":\"b"),
	LINE("{\"id\":\"b\"} {\"id\":\"c\"}"),
	LINE("{\"id\":\"\xFF\"}"),
	LINE("{\"id\":\"\x83\x5C\"}"),
	LINE("{\"id\":\"a\0b\"}"),
	LINE("\0"),
	LINE("\xEF"),
	LINE("\xEF\xBB{\"id\":\"b\"}"),
	LINE("{\"id\":1\0}"),
	LINE("}"),
	LINE("\\"),
	LINE("\"{"),
	{ "\xEF\xBB\xBF{\"id\":\"marked\"}", 18, 1 },
	{ "{\"id\":\"a\"}\r", 11, 1 },
};

/* A line between two others, first, and last without its end. */
Test(lines, each_costs_itself_alone)
{
	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
		struct buffer text;
		char expected[8];
		const char *got;

		buffer_init(&text);
		buffer_text(&text, "{\"id\":\"a\"}\n");
		buffer_add(&text, odd[i].data, odd[i].size);
		buffer_text(&text, "\n\n{\"id\":\"a\"}\n");
		buffer_add(&text, odd[i].data, odd[i].size);
		got = lines_read(text.data, text.size);
		snprintf(expected, sizeof(expected), "a@1\n%s",
			odd[i].fine ? "" : "!");
		cr_expect(strncmp(got, expected, strlen(expected)) == 0,
			"row %zu: %s", i, got);
		reading_has(got, "\na@4\n", odd[i].data);
		reading_has(got, odd[i].fine ? "@5" : "@5:", odd[i].data);
		cr_expect_null(strstr(got, "!!"), "row %zu: %s", i, got);

		buffer_clear(&text);
		buffer_add(&text, odd[i].data, odd[i].size);
		buffer_text(&text, "\n{\"id\":\"z\"}");
		got = lines_read(text.data, text.size);
		reading_has(got, "z@2\n", odd[i].data);
		cr_expect(
			odd[i].fine != (got[0] == '!'), "row %zu: %s", i, got);
		buffer_release(&text);
	}
	reading_release();
}

Test(lines, places_and_reasons)
{
	const char *bytes = "{\"id\":\"\xC3\xA9\",\"name\":\"\xFF\"}\n";

	cr_expect_str_eq(lines_read(bytes, strlen(bytes)),
		"!@1:19 bad_value | not JSON: a byte that is not UTF-8\n");
	cr_expect_str_eq(lines_read("{\"id\":\"a\0b\"}", 12),
		"!@1:9 bad_value | not JSON: a NUL byte\n");
	reading_release();
}

/* Nothing is remembered from one line to the next. */
Test(lines, an_identifier_may_come_twice)
{
	const char *text = "{\"id\":\"a\"}\n{\"id\":\"a\"}\n";

	cr_expect_str_eq(lines_read(text, strlen(text)), "a@1\na@2\n");
	cr_expect_str_eq(reading_stdin(text, strlen(text), NULL), "a@1\na@2\n");
	/* a file is a catalogue */
	reading_has(reading_text(".jsonl", text), "!a@2:0 duplicate_id", "");
	reading_release();
}

Test(lines, no_line_is_no_error)
{
	cr_expect_str_eq(lines_read("", 0), "");
	cr_expect_str_eq(lines_read("\n \r\n\t", 5), "");
	cr_expect_str_eq(lines_read("\xEF\xBB\xBF", 3), "");
	reading_release();
}

/* Ceilings, at them and past them, cost the line alone. */
Test(lines, ceilings)
{
	static const struct {
		const char *head;
		size_t fill;
		const char *tail;
		const char *said;
	} rows[] = {
		{ "{\"id\":\"b\",\"name\":\"", SHK_CELL_MAX, "\"}", "!b@2:0 " },
		{ "{\"id\":\"b\",\"x_a\":[\"", RECORD_BYTES_MAX - 21, "\"]}",
			"!@2:16777218 bad_value | not JSON: a record is "
			"longer than 16 MiB" },
	};

	cr_assert_eq(RECORD_BYTES_MAX, 16u << 20, "the message says so");
	for (size_t i = 0; i < 2 * sizeof(rows) / sizeof(rows[0]); i++) {
		struct buffer text;
		const char *got;

		buffer_init(&text);
		buffer_text(&text, "{\"id\":\"a\"}\n");
		buffer_text(&text, rows[i / 2].head);
		for (size_t j = 0; j < rows[i / 2].fill + i % 2; j++)
			buffer_byte(&text, 'x');
		buffer_text(&text, rows[i / 2].tail);
		buffer_text(&text, "\n{\"id\":\"c\"}\n");
		got = lines_read(text.data, text.size);
		reading_has(got, i % 2 ? rows[i / 2].said : "\nb@2", "ceiling");
		reading_has(got, "\nc@3\n", "ceiling");
		buffer_release(&text);
	}
	reading_release();
}

/* Standard input: seen to be lines, or one piece, or a table. */
Test(lines, seen_on_standard_input)
{
	static const struct {
		const char *text;
		bool lines;
	} rows[] = {
		{ "{\"id\":\"a\"}", true },
		{ "{\"id\":\"a\"", true },
		{ "\n \n{\"id\":\"a\"}\n\n", true },
		{ "{\"id\":\"a\"}\ngarbage\n", true },
		{ "{\"id\":\"a\",\n{\"id\":\"b\"}", false }, /* state it */
		{ "{\"id\":\"a\n{\"id\":\"b\"}", true },
		{ "garbage\n{\"id\":\"b\"}", true },
		{ "id,x_note\n{},1\n", false },
		{ "{\"id\":\"a\",\n\"name\":\"b\"}", false },
		{ "{\n\"id\":\"a\"}", false },
		{ "{\"id\":\"a\",\"shares\":[\n{\"maker\":\"b\"}]}", false },
		{ "{\"id\":\"a\",\"x_a\":\n{\"maker\":\"b\"}}", false },
		{ "{\"id\":\"a\",\"name\":\"}\\\"}\",\n\"x_a\":1}", false },
		{ "[{\"id\":\"a\"},\n{\"id\":\"b\"}]", false },
		{ "id,name\na,b\n", false },
		{ "<records/>\n{\"id\":\"b\"}", false },
		{ "", false },
		{ " \n", false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct text text = { rows[i].text, strlen(rows[i].text) };

		cr_expect_eq(json_are_lines(text), rows[i].lines, "%s",
			rows[i].text);
	}
}

Test(lines, standard_input_by_bytes)
{
	const char *text = "{\"id\":\"a\"}\n{\"id\":\"\xFF\"}\n{\"id\":\"a\"}";
	shk_read_options options = { .format = SHK_FORMAT_JSON };
	const char *expected =
		"a@1\n!@2:8 bad_value | not JSON: a byte that is not UTF-8\n"
		"a@3\n";

	cr_expect_str_eq(reading_stdin(text, strlen(text), NULL), expected);
	cr_expect_str_eq(reading_stdin(text, strlen(text), &options), expected);
	/* one piece stays one piece, an array keeps watch over identifiers */
	text = "{\"id\":\"a\",\n\"name\":\"b\"}";
	cr_expect_str_eq(
		reading_stdin(text, strlen(text), NULL), "a@1 name=b\n");
	text = "[{\"id\":\"a\"},\n{\"id\":\"a\"}]";
	reading_has(reading_stdin(text, strlen(text), NULL),
		"!a@2:0 duplicate_id", text);
	/* in another encoding, when it is stated */
	text = "{\"id\":\"a\",\"name\":\"\x83\x5C\x95\x5C\"}\n{\"id\":\"b\"}\n";
	options.format = SHK_FORMAT_JSONL;
	options.encoding = SHK_ENCODING_CP932;
	cr_expect_str_eq(reading_stdin(text, strlen(text), &options),
		"a@1 name=ソ表\nb@2\n");
	reading_release();
}

static const char *given_name(shk_records *records, const char *text,
	size_t size, enum shk_code expected, shk_diag *diag)
{
	shk_record *record = NULL;

	shk_records_give(records, text, size);
	cr_expect_eq(
		shk_records_next(records, &record, diag), expected, "%s", text);
	cr_assert_not_null(record, "%s", text);
	return shk_record_id(record);
}

/* Texts in memory: one object each, on as many lines as they like. */
Test(lines, texts_that_are_given)
{
	static const struct {
		const char *text;
		const char *said; /* NULL: a record */
	} rows[] = {
		{ "{\"id\":\"a\"}", NULL },
		{ "{\"id\":\"a\",\n \"annual_tests\":\n5}\n", NULL },
		{ "", "not JSON: expected an object" },
		{ " \n", "not JSON: expected an object" },
		{ "{\"id\":\"a\"", "not JSON: the text ends in the middle" },
		{ "{\"id\":\"a\"}\n{\"id\":\"b\"}", "more text behind" },
		{ "[{\"id\":\"a\"}]", "a record is an object" },
		{ "{\"id\":\"\xFF\"}", "a byte that is not UTF-8" },
		{ "{\"id\":\"a\",\"annual_test\":1}", "annual_tests" },
		{ "{\"id\":\"a\n\"}", "unexpected newline" },
		{ "null", "a record is an object" },
	};
	shk_records *records = NULL;
	shk_record *record;
	shk_diag diag = { 0 };

	cr_assert_eq(shk_records_open_texts(
			     &records, reading_schema(), "sql", NULL, &diag),
		SHK_OK);
	cr_expect_eq(shk_records_next(records, &record, &diag), SHK_END);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *said = rows[i].said;

		diag.message[0] = '\0';
		given_name(records, rows[i].text, strlen(rows[i].text),
			said ? SHK_E_INPUT : SHK_OK, &diag);
		cr_expect(!said || strstr(diag.message, said), "%s: %s",
			rows[i].text, diag.message);
		cr_expect(!said || strcmp(diag.path, "sql") == 0);
		/* what was wrong with it is forgotten, and there is no more */
		cr_expect_eq(
			shk_records_next(records, &record, &diag), SHK_END);
		cr_expect_str_eq(given_name(records, "{\"id\":\"é\"}tail", 11,
					 SHK_OK, &diag),
			"é", "%s", rows[i].text);
	}
	shk_records_close(records);
	reading_release();
}
