/*
 * JSON: arrays, one object, one object a line. Numbers keep every digit, and
 * a broken record does not take the others with it.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "record/json_scan.h"
#include "record/reading.h"

static void json_is(const char *text, const char *expected)
{
	const char *got = reading_text(".json", text);

	cr_expect_str_eq(got, expected, "%s\nexpected %s\ngot      %s", text,
		expected, got);
}

Test(json, three_shapes)
{
	json_is("[{\"id\":\"P1\",\"annual_tests\":750},\n {\"id\":\"P2\"}]\n",
		"P1@1 annual_tests=750\nP2@2\n");
	json_is("{\"id\":\"P1\",\n \"annual_tests\":750}\n",
		"P1@1 annual_tests=750\n");
	json_is("{\"id\":\"P1\"}\n\n{\"id\":\"P2\"}\r\n{\"id\":\"P3\"}",
		"P1@1\nP2@3\nP3@4\n");
	json_is("[]", "");
	json_is(" [ ] ", "");
	json_is("\xEF\xBB\xBF[{\"id\":\"P1\"}]", "P1@1\n");
	/* without the ending, by the first byte */
	cr_expect_str_eq(reading_text("", " [{\"id\":\"P1\"}]"), "P1@1\n");
	cr_expect_str_eq(reading_text("", "{\"id\":\"P1\"}"), "P1@1\n");
	reading_release();
}

Test(json, numbers_keep_their_digits)
{
	json_is("{\"id\":1,\"base_points\":0."
		"1234567890123456789012345678901234,"
		"\"current_price\":9007199254740993,"
		"\"divergence_percent\":-3.80}",
		"1@1 base_points=0.1234567890123456789012345678901234 "
		"divergence_percent=-3.8 current_price=9007199254740993\n");
	json_is("{\"id\":\"a\",\"base_points\":\"0.1\",\"name\":12}",
		"a@1 name=12 base_points=0.1\n");
	reading_has(reading_text(".json", "{\"id\":\"a\",\"base_points\":1e3}"),
		"!a@1:0 bad_value base_points| base_points: \"1e3\" may have "
		"an exponent",
		"exponent");
	reading_has(
		reading_text(".json", "{\"id\":\"a\",\"annual_tests\":1.0}"),
		"has a decimal point", "int");
	reading_has(
		reading_text(".json", "{\"id\":\"a\",\"base_points\":"
				      "1.2345678901234567890123456789012345}"),
		"34 significant digits", "too long");
	reading_release();
}

Test(json, values)
{
	json_is("{\"id\":\"a\",\"orphan_designated\":true,\"indication_aid\":"
		"false,\"kind\":null,\"name\":\"\",\"aid_target\":\"unknown\","
		"\"x_own\":[1,{\"a\":null}]}",
		"a@1 orphan_designated=true indication_aid=false\n");
	json_is("{\"id\":\"a\",\"orphan_designated\":1,\"indication_aid\":"
		"\"はい\"}",
		"a@1 orphan_designated=true indication_aid=true\n");
	json_is("{\"id\":\"a\",\"shares\":[{\"share\":60,\"maker\":\"A:|\"}],"
		"\"requesters\":[\"A\",\"B\"],\"premiums\":[],"
		"\"foreign_average\":\"none\",\"field_prices\":[1,\"2,000\"]}",
		"a@1 shares=[A:|,60,?] requesters=[A;B] foreign_average=none "
		"premiums=none field_prices=[1;2000]\n");
	json_is("{\"id\":\"a\",\"premiums\":null,\"requesters\":\"unknown\"}",
		"a@1\n");
	json_is("{\"id\":\"\\u0041\\ud83d\\ude00\",\"name\":\"a\\\"b\\\\\"}",
		"A😀@1 name=a\"b\\\n");
	reading_release();
}

Test(json, wrong_values)
{
	static const struct {
		const char *member;
		const char *part;
	} rows[] = {
		{ "\"annual_test\":1", "unknown_field annual_test|" },
		{ "\"name\":true", "bad_value name| name: true or false" },
		{ "\"name\":[1]", "bad_value name| name: an array" },
		{ "\"name\":{}", "bad_value name| name: an array or object" },
		{ "\"name\":\"none\"", "cannot be known to be absent" },
		{ "\"shares\":[]", "cannot be known to be absent" },
		{ "\"shares\":\"A:60\"", "this is a list; write an array" },
		{ "\"premiums\":\"none\"", "write an array, []" },
		{ "\"shares\":[\"A:60\"]",
			"an item of this list is an object" },
		{ "\"shares\":[{\"maker\":\"A\",\"part\":1}]",
			"unknown_field shares| shares, item 1: \"part\" is no "
			"part" },
		{ "\"shares\":[{\"maker\":\"A\",\"share\":1},{\"maker\":\"B\","
		  "\"share\":\"x\"}]",
			"shares, item 2, share: \"x\"" },
		{ "\"shares\":[{}]", "maker is missing" },
		{ "\"shares\":[{\"maker\":\"A\",\"share\":70},{\"maker\":\"B\","
		  "\"share\":40}]",
			"shares_over_100 shares|" },
		{ "\"requesters\":[\"A\",null]", "item 2: requesters is" },
		{ "\"requesters\":[[\"A\"]]", "an array or object" },
		{ "\"shares\":[{\"maker\":\"A\",\"share\":1,\"quantity\":2}]",
			"share and quantity exclude each other" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buffer text;
		const char *got;

		buffer_init(&text);
		buffer_format(&text, "[{\"id\":\"a\",%s},\n{\"id\":\"b\"}]",
			rows[i].member);
		got = reading_text(".json", text.data);
		reading_has(got, "!a@1:0 ", rows[i].member);
		reading_has(got, rows[i].part, rows[i].member);
		reading_has(got, "\nb@2\n", rows[i].member);
		buffer_release(&text);
	}
	reading_release();
}

Test(json, identifiers)
{
	json_is("[{\"id\":\"a\"},{\"id\":\"a\"},{\"name\":\"x\"}]",
		"a@1\n"
		"!a@1:0 duplicate_id id| id: \"a\" is already the record of "
		"line 1\n"
		"!@1:0 bad_value id| id: missing; every record needs one\n");
	reading_release();
}

/* Each broken line costs itself alone. */
Test(json, a_broken_line_in_the_middle)
{
	static const struct {
		const char *line;
		const char *part;
	} rows[] = {
		{ "{\"id\":\"b\"", "!@2:10 bad_value | not JSON: the object "
				   "does not end on its line" },
		{ "{\"id\":\"b", "!@2:9 bad_value | not JSON: a string is" },
		{ "{\"id\":\"b\"} x",
			"!@2:12 bad_value | not JSON: more text" },
		{ "{\"id\":\"b\"}}", "more text behind" },
		{ "{\"id\":\"b\",}", "!@2:" },
		{ "{\"id\" \"b\"}", "!@2:" },
		{ "{\"id\":\"b\",\"id\":\"c\"}", "duplicate object key" },
		{ "{\"id\":\"b\",\"annual_tests\":1,\"annual_tests\":1}",
			"duplicate object key" },
		{ "{\"id\":\"b\",\"shares\":[{\"maker\":\"A\",\"maker\":\"B\"}]"
		  "}",
			"duplicate object key" },
		{ "{\"id\":01}", "this is not a number" },
		{ "{\"id\":1.}", "this is not a number" },
		{ "{\"id\":-}", "this is not a number" },
		{ "{\"id\":1e}", "this is not a number" },
		{ "{1:2}",
			"!@2:3 bad_value | not JSON: a name without quotes" },
		{ "{\"id\":nul}", "!@2:" },
		{ "{\"id\":NaN}", "!@2:" },
		{ "{\"id\":\"\\u0000\"}", "!@2:" },
		{ "{\"id\":\"\\ud800\"}", "!@2:" },
		{ "{\"id\":\"a\tb\"}", "!@2:" },
		{ "{'id':'b'}", "!@2:" },
		{ "[1]", "a record is an object" },
		{ "7", "a record is an object" },
		{ "\"x\"", "a record is an object" },
		{ "// comment", "!@2:" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buffer text;
		const char *got;

		buffer_init(&text);
		buffer_format(&text, "{\"id\":\"a\"}\n%s\n{\"id\":\"z\"}\n",
			rows[i].line);
		got = reading_text(".json", text.data);
		reading_has(got, "a@1\n!@2:", rows[i].line);
		reading_has(got, rows[i].part, rows[i].line);
		reading_has(got, "\nz@3\n", rows[i].line);
		buffer_release(&text);
	}
	/* also when it is the first line */
	json_is("{\"id\":\"a\"\n{\"id\":\"z\"}\n",
		"!@2:1 bad_value | not JSON: the object does not end on its "
		"line\nz@2\n");
	cr_expect_str_eq(
		reading_text(".jsonl", "{\"id\":\"a\",\n{\"id\":\"z\"}\n"),
		"!@1:11 bad_value | not JSON: the object does not end on its "
		"line\nz@2\n");
	reading_release();
}

Test(json, a_broken_element_of_an_array)
{
	json_is("[{\"id\":\"a\"},\n{\"id\" \"b\"}, 5,\n{\"id\":\"c\"}]",
		"a@1\n!@2:9 bad_value | not JSON: ':' expected near '\"b\"'\n"
		"!@2:13 bad_value | not JSON: a record is an object: "
		"{\"id\": ...}\nc@3\n");
	reading_release();
}

Test(json, a_broken_file)
{
	static const struct {
		const char *text;
		const char *part;
	} rows[] = {
		{ "", "!!1:1 4 bad_value | the file is empty" },
		{ " \n", "the file is empty" },
		{ "x", "!!1:1 4 bad_value | expected an array or an object" },
		{ "[{\"id\":\"a\"}", "expected a comma or ]" },
		{ "[{\"id\":\"a\"},", "expected a record" },
		{ "[{\"id\":\"a\"},]",
			"!!1:13 4 bad_value | expected a record" },
		{ "[,{\"id\":\"a\"}]", "expected a record" },
		{ "[{\"id\":\"a\"} {\"id\":\"b\"}]",
			"!!1:13 4 bad_value | expected a comma" },
		{ "[{\"id\":\"a\"}]\nx", "!!2:1 4 bad_value | more text" },
		{ "[{\"id\":\"a", "ends in the middle of a record" },
		{ "[{\"id\":\"a\"", "ends in the middle of a record" },
		{ "{\"id\":\"a\",\n\"name\":\"b\"}\n{}", "more text behind" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		reading_has(reading_text(".json", rows[i].text), rows[i].part,
			rows[i].text);
	reading_release();
}

Test(json, depth_ceiling)
{
	for (int extra = 0; extra < 2; extra++) {
		struct buffer text;
		const char *got;
		/* the record itself is one bracket */
		int depth = JSON_DEPTH_LIMIT - 1 + extra;

		buffer_init(&text);
		buffer_text(&text, "[{\"id\":\"a\",\"x_deep\":");
		for (int i = 0; i < depth; i++)
			buffer_byte(&text, '[');
		for (int i = 0; i < depth; i++)
			buffer_byte(&text, ']');
		buffer_text(&text, "},\n{\"id\":\"b\"}]");
		got = reading_text(".json", text.data);
		reading_has(got, extra ? "nested too deep" : "a@1\n", "depth");
		reading_has(got, "b@2\n", "depth");
		buffer_release(&text);
	}
	/* a hundred thousand brackets are only counted */
	{
		struct buffer text;

		buffer_init(&text);
		for (int i = 0; i < 100000; i++)
			buffer_byte(&text, '[');
		reading_has(reading_text(".json", text.data),
			"ends in the middle", "brackets");
		buffer_release(&text);
	}
	reading_release();
}

/* Nothing behind a NUL is left out quietly, in a record or behind it. */
Test(json, a_nul_byte_ends_nothing_quietly)
{
	static const struct {
		const char *text;
		size_t size;
		const char *expected;
	} rows[] = {
		{ "{\"id\":\"a\0b\"}", 12, "a NUL byte (byte 9 of the file)" },
		{ "{\"id\":\"a\"}\0{\"id\":\"b\"}", 21,
			"a NUL byte (byte 11 of the file)" },
		{ "[{\"id\":\"a\"}]\0x", 14,
			"a NUL byte (byte 13 of the file)" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		reading_has(reading_bytes(
				    ".json", rows[i].text, rows[i].size, NULL),
			rows[i].expected, rows[i].text);
	reading_release();
}

Test(json, string_ceiling)
{
	for (int extra = 0; extra < 2; extra++) {
		struct buffer text;
		const char *got;

		buffer_init(&text);
		buffer_text(&text, "[{\"id\":\"a\",\"name\":\"");
		for (size_t i = 0; i < SHK_CELL_MAX + (size_t)extra; i++)
			buffer_byte(&text, 'x');
		buffer_text(&text, "\"},{\"id\":\"b\"}]");
		got = reading_text(".json", text.data);
		reading_has(got, extra ? "!!1:0 6 " : "\nb@1\n", "string");
		buffer_release(&text);
	}
	reading_release();
}

Test(json, record_ceiling)
{
	for (int extra = 0; extra < 2; extra++) {
		struct buffer text;
		const char *got;
		const char *head = "[{\"id\":\"a\",\"x_a\":[\"";
		size_t fill = RECORD_BYTES_MAX - (strlen(head) - 1) - 3;

		buffer_init(&text);
		buffer_text(&text, head);
		for (size_t i = 0; i < fill + (size_t)extra; i++)
			buffer_byte(&text, 'x');
		buffer_text(&text, "\"]},{\"id\":\"b\"}]");
		got = reading_text(".json", text.data);
		reading_has(got, extra ? "!!1:2 6 " : "a@1\nb@1\n", "record");
		buffer_release(&text);
	}
	reading_release();
}

Test(json, encodings_and_standard_input)
{
	const char *text = "{\"id\":\"a\",\"name\":\"\x83\x5C\x95\x5C\"}\n";
	const char *utf8 = "{\"id\":\"a\",\"name\":\"表\"}\n{\"id\":\"b\"}\n";
	const char *bad = "{\"id\":\"a\"}\n{\"id\":\"\xFF\"}\n";

	json_is(text, "a@1 name=ソ表\n");
	cr_expect_str_eq(
		reading_stdin(utf8, strlen(utf8), NULL), "a@1 name=表\nb@2\n");
	reading_has(reading_text(".json", bad), "!!0:0 4 bad_value | byte 19",
		"neither encoding");
	reading_release();
}

Test(json, kept_members)
{
	static const char *const keep[] = { "note", "annual_tests" };
	const shk_read_options options = { .keep = keep, .keep_count = 2 };
	const char *text =
		"[{\"id\":\"a\",\"note\":1.50,\"annual_tests\":7},"
		"{\"id\":\"b\",\"note\":true},{\"id\":\"c\",\"note\":[1]}]";

	cr_expect_str_eq(reading_bytes(".json", text, strlen(text), &options),
		"a@1 annual_tests=7 ~note=1.50 ~annual_tests=7\n"
		"b@1 ~note=true ~annual_tests=\n"
		"!c@1:0 bad_value note| note: it is to be kept but is an array "
		"or an object\n");
	reading_release();
}
