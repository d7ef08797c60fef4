/*
 * XML records, the spellings of one record side by side, and every reader
 * under failing allocations: reported as such, nothing leaked, nothing else
 * said in its place.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "record/reading.h"

static const char *xml_product(const char *inside)
{
	static char text[4096];

	snprintf(text, sizeof(text),
		"<products>\n<product id=\"a\">%s</product>\n"
		"<product id=\"b\"/>\n</products>\n",
		inside);
	return reading_text(".xml", text);
}

Test(xml, values)
{
	cr_expect_str_eq(xml_product("<annual_tests>750</annual_tests>"
				     "<name> x &amp; y</name><kind/>"
				     "<aid_target></aid_target>"
				     "<x_own><a>1</a></x_own>"),
		"a@2 name= x & y annual_tests=750\nb@3\n");
	cr_expect_str_eq(
		xml_product("<shares><item><share>60</share><maker>A:|</maker>"
			    "</item>\n</shares>\n<premiums none=\"true\"/>"
			    "<requesters><item>A</item><item>B</item>"
			    "</requesters><foreign_average none=\"true\"/>"),
		"a@2 shares=[A:|,60,?] requesters=[A;B] foreign_average=none "
		"premiums=none\nb@5\n");
	cr_expect_str_eq(xml_product("<shares/><requesters>\n</requesters>"),
		"a@2\nb@4\n");
	/* the identifier as an element */
	cr_expect_str_eq(reading_text(".xml", "<products><product><id>c</id>"
					      "</product></products>"),
		"c@1\n");
	/* by the first byte */
	cr_expect_str_eq(reading_text("", "<products/>"), "");
	reading_release();
}

Test(xml, refusals)
{
	static const struct {
		const char *inside;
		const char *part;
	} rows[] = {
		{ "\n<annual_tests>x</annual_tests>",
			"!a@3:1 bad_value annual_tests| annual_tests: \"x\"" },
		{ "<annual_test>1</annual_test>",
			"unknown_field annual_test| there is no field" },
		{ "<name>1</name><name>2</name>", "twice" },
		{ "<id>c</id>", "bad_value id| <id> is there twice" },
		{ "<name none=\"true\"/>", "cannot be known to be absent" },
		{ "<shares none=\"true\"/>", "cannot be known to be absent" },
		{ "<premiums none=\"yes\"/>", "neither true nor false" },
		{ "<premiums none=\"true\">1</premiums>", "and a content" },
		{ "<name lang=\"ja\">1</name>", "attribute that is not known" },
		{ "<name><b>1</b></name>", "elements where a value" },
		{ "text", "has text beside" },
		{ "<shares>A:60</shares>", "is a list and has text" },
		{ "<shares><maker>A</maker></shares>", "only <item> does" },
		{ "<shares><item>A</item></shares>", "text beside" },
		{ "<shares><item><part/></item></shares>",
			"<part> is no part of this list" },
		{ "<shares><item><maker>A</maker><maker>B</maker></item>"
		  "</shares>",
			"twice in one item" },
		{ "<shares><item><maker>A</maker></item></shares>",
			"share or quantity is missing" },
		{ "<shares><item><maker>A</maker>\n<share>x</share></item>"
		  "</shares>",
			"!a@3:1 bad_value shares| shares, item 1, share" },
		{ "<requesters><item/></requesters>", "is missing" },
		{ "<requesters><item><maker>A</maker></item></requesters>",
			"elements where a value" },
		{ "<name>unknown</name><kind>none</kind>", "absent" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *got = xml_product(rows[i].inside);

		reading_has(got, "!a@", rows[i].inside);
		reading_has(got, rows[i].part, rows[i].inside);
		reading_has(got, "b@", rows[i].inside);
	}
	reading_release();
}

Test(xml, broken_files)
{
	static const struct {
		const char *text;
		const char *part;
	} rows[] = {
		{ "<product id=\"a\"/>", "!!1:1 4 bad_value | the root is" },
		{ "<products><thing/></products>",
			"!@1:11 unknown_field thing| <thing> stands in" },
		{ "<products><product ID=\"a\"/></products>",
			"attribute other than id" },
		{ "<products><product/></products>",
			"!@1:0 bad_value id| id: missing" },
		{ "<products><product id=\"a\"/><product id=\"a\"/></products>",
			"duplicate_id id|" },
		{ "<products><product id=\"a\"/>\n<product></products>",
			"!!2:" },
		{ "<!DOCTYPE products><products/>", "!!1:" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		reading_has(reading_text(".xml", rows[i].text), rows[i].part,
			rows[i].text);
	reading_release();
}

Test(xml, standard_input_with_the_format_stated)
{
	const char *text = "<products><product id=\"a\"/></products>";
	shk_read_options options = { .format = SHK_FORMAT_XML };

	cr_expect_str_eq(reading_stdin(text, strlen(text), &options), "a@1\n");
	reading_has(reading_stdin(text, strlen(text), NULL), "state the format",
		"a pipe cannot be rewound");
	reading_release();
}

Test(xml, kept_elements)
{
	static const char *const keep[] = { "note" };
	const shk_read_options options = { .keep = keep, .keep_count = 1 };
	const char *text = "<products><product id=\"a\"><note>n 1</note>"
			   "</product><product id=\"b\"/></products>";

	cr_expect_str_eq(reading_bytes(".xml", text, strlen(text), &options),
		"a@1 ~note=n 1\nb@1 ~note=\n");
	reading_release();
}

/* Section 3 of the record format: three spellings, one record. */
Test(xml, spellings_of_one_record_are_equal)
{
	static const char *const files[] = { "same-record.csv",
		"same-record.indexed.csv", "same-record.json",
		"same-record.jsonl", "same-record.xml", "same-record.xlsx" };

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		char path[512];
		const char *got;

		snprintf(path, sizeof(path), "%s/fixtures/products/%s",
			SOURCE_FOLDER, files[i]);
		got = reading_file(path, NULL);
		cr_expect_eq(strncmp(got, "P0001@", 6), 0, "%s", got);
		cr_expect_str_eq(strchr(got, ' '),
			" kind=category as_of=2026-06-01 "
			"shares=[A社,60,?;B社,40,?] requesters=[A社] "
			"current_price=13600 market_price=12500.5 "
			"foreign_average=none premiums=none\n",
			"%s: %s", files[i], got);
	}
	reading_release();
}

/* Read a file to its end; the code that ended it. */
static enum shk_code xml_drain(const shk_schema *schema, const char *path)
{
	shk_records *records;
	shk_record *record;
	shk_diag diag = { 0 };
	enum shk_code code;

	code = shk_records_open(&records, schema, path, NULL, &diag);
	if (code)
		return code;
	do {
		code = shk_records_next(records, &record, &diag);
	} while (code == SHK_OK);
	shk_records_close(records);
	return code;
}

/*
 * The n-th allocation fails, for every n until none does: each time the
 * failure is reported, nothing leaks (the run fails on leaks) and nothing
 * else is reported in its place.
 */
Test(xml, every_allocation_may_fail)
{
	static const char *const files[] = { "same-record.csv",
		"same-record.indexed.csv", "same-record.json",
		"same-record.xml", "same-record.xlsx" };
	const shk_schema *schema = reading_schema();

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		char path[512];
		enum shk_code code = SHK_E_MEMORY;
		int64_t in_use = memory_stats().in_use;
		uint64_t nth = 0;

		snprintf(path, sizeof(path), "%s/fixtures/products/%s",
			SOURCE_FOLDER, files[i]);
		while (code != SHK_END && nth < 10000) {
			memory_fail_at(++nth, true);
			code = xml_drain(schema, path);
			memory_fail_at(0, false);
			cr_assert(code == SHK_E_MEMORY || code == SHK_END,
				"%s: allocation %llu gives %d", files[i],
				(unsigned long long)nth, (int)code);
			cr_assert_eq(memory_stats().in_use, in_use);
		}
		cr_expect_gt(nth, 5);
		cr_expect_eq(code, SHK_END);
	}
	reading_release();
}
