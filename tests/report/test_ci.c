/*
 * What the formats for continuous integration share: levels, messages, and
 * texts that hold nothing a format could not.
 */
#include <string.h>

#include <criterion/criterion.h>

#include "report/ci.h"
#include "report/sample.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static const char *escape_nothing(unsigned char byte)
{
	(void)byte;
	return NULL;
}

static void expect_spelling(const char *name, struct text text,
	ci_escape escape, const char *expected)
{
	struct buffer out;

	buffer_init(&out);
	buffer_text(&out, "");
	ci_spell(&out, text, escape);
	cr_expect_str_eq(out.data, expected, "%s: \"%s\"", name, out.data);
	buffer_release(&out);
}

Test(ci, what_cannot_be_held_is_visible)
{
	static const struct {
		const char *name;
		const char *text;
		const char *expected;
	} rows[] = {
		{ "plain", "A-1 検査ア", "A-1 検査ア" },
		{ "escape", "a\033[31mb", "a␛[31mb" },
		{ "bell, tab, line feed, return", "\a\t\n\r", "␇␉␊␍" },
		{ "delete", "a\177b", "a␡b" },
		{ "lone byte", "a\377b",
			"a\xEF\xBF\xBD"
			"b" },
		{ "cut sequence", "a\xE6\xA4", "a\xEF\xBF\xBD\xEF\xBF\xBD" },
		{ "overlong", "\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD" },
		{ "surrogate", "\xED\xA0\x80",
			"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD" },
		{ "next line, C1",
			"a\xC2\x85\xC2\x9B"
			"b",
			"a\xEF\xBF\xBD\xEF\xBF\xBD"
			"b" },
		{ "no-break space is a text", "\xC2\xA0", "\xC2\xA0" },
		{ "line separators", "\xE2\x80\xA8\xE2\x80\xA9",
			"\xEF\xBF\xBD\xEF\xBF\xBD" },
		{ "byte order mark", "\xEF\xBB\xBFx", "\xEF\xBF\xBDx" },
		{ "noncharacters", "\xEF\xBF\xBE\xEF\xBF\xBF\xEF\xB7\x90",
			"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD" },
		{ "noncharacter of another plane", "\xF0\x9F\xBF\xBE",
			"\xEF\xBF\xBD" },
		{ "four bytes", "\xF0\xA0\xAE\xB7", "\xF0\xA0\xAE\xB7" },
	};
	struct text nul = { "a\0b", 3 };

	for (size_t i = 0; i < COUNT(rows); i++)
		expect_spelling(rows[i].name, text_of(rows[i].text),
			escape_nothing, rows[i].expected);
	expect_spelling("NUL", nul, escape_nothing, "a␀b");
	expect_spelling("JSON", text_of("\"\\\n\r\t\b/"), ci_escape_json,
		"\\\"\\\\\\n\\r\\t␈/");
}

Test(ci, levels_and_verdicts)
{
	static const struct {
		enum shk_status status;
		enum shk_status second; /* of its second output */
		enum ci_level usual, strict;
		enum ci_verdict verdict, strictly;
	} rows[] = {
		{ SHK_DETERMINED, SHK_DETERMINED, CI_NONE, CI_NONE, CI_PASSED,
			CI_PASSED },
		{ SHK_DETERMINED, SHK_NOT_APPLICABLE, CI_NONE, CI_NONE,
			CI_PASSED, CI_PASSED },
		{ SHK_DETERMINED, SHK_UNDETERMINED, CI_NOTE, CI_NOTE, CI_PASSED,
			CI_PASSED },
		{ SHK_DETERMINED, SHK_CONFLICT, CI_NOTE, CI_NOTE, CI_PASSED,
			CI_PASSED },
		{ SHK_UNDETERMINED, SHK_DETERMINED, CI_WARNING, CI_ERROR,
			CI_OPEN, CI_FAILED },
		{ SHK_CONFLICT, SHK_DETERMINED, CI_WARNING, CI_ERROR, CI_OPEN,
			CI_FAILED },
		{ SHK_NOT_APPLICABLE, SHK_UNDETERMINED, CI_NONE, CI_NONE,
			CI_NOT_APPLICABLE, CI_NOT_APPLICABLE },
		{ SHK_ERROR, SHK_DETERMINED, CI_ERROR, CI_ERROR, CI_BROKEN,
			CI_BROKEN },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		shk_result result = sample_empty();
		struct price_output outputs[2] = { { .status = SHK_DETERMINED },
			{ .status = rows[i].second } };
		struct ci_item item;

		result.status = rows[i].status;
		result.outputs = outputs;
		result.output_count = 2;
		ci_of_result(&item, &result, false);
		cr_expect_eq(item.level, rows[i].usual, "row %zu", i);
		cr_expect_eq(item.verdict, rows[i].verdict, "row %zu", i);
		ci_of_result(&item, &result, true);
		cr_expect_eq(item.level, rows[i].strict, "row %zu", i);
		cr_expect_eq(item.verdict, rows[i].strictly, "row %zu", i);
	}
}

static void expect_message(const shk_result *result, enum shk_language language,
	const char *expected)
{
	struct ci_item item;
	struct buffer out;

	buffer_init(&out);
	ci_of_result(&item, result, false);
	ci_message(&out, &item, language);
	cr_expect_str_eq(out.data, expected, "got: %s", out.data);
	buffer_release(&out);
}

Test(ci, messages)
{
	shk_result result = sample_determined();

	expect_message(&result, SHK_ENGLISH,
		"determined: coefficient 1.5\npoints_exact 1852.5\n"
		"points ? 1852 or 1853\nmissing: points_rounding\n"
		"caveat: zero_tests");
	result = sample_undetermined();
	expect_message(&result, SHK_ENGLISH,
		"undetermined; missing: majority_share, market_price\n"
		"changes at majority_share 60\n"
		"pattern ? 1 or 2 or not applicable");
	expect_message(&result, SHK_JAPANESE,
		"未確定; 不足: majority_share, market_price\n"
		"分岐点 majority_share 60\n"
		"pattern ? 1 又は 2 又は 対象外");
	result = sample_error();
	expect_message(&result, SHK_ENGLISH,
		"error: annual_tests: \"8oo\" is not an integer");
	result.message = "annual_tests: cannot be";
	expect_message(&result, SHK_ENGLISH, "error: annual_tests: cannot be");
	result = sample_empty();
	result.status = SHK_NOT_APPLICABLE;
	expect_message(&result, SHK_ENGLISH, "not applicable");
	result.reason = "condition_false";
	expect_message(&result, SHK_ENGLISH,
		"not applicable: its condition is not met");
}

static void expect_title(const shk_result *result, const char *expected)
{
	struct ci_item item;
	struct buffer out;

	buffer_init(&out);
	ci_of_result(&item, result, false);
	ci_title(&out, &item);
	cr_expect_str_eq(out.data, expected, "got: %s", out.data);
	buffer_release(&out);
}

Test(ci, titles_and_places)
{
	shk_result result = sample_empty();
	struct ci_item item;

	expect_title(&result, "whole file unreadable_input");
	result.row = 7;
	expect_title(&result, "row 7 unreadable_input");
	result.id = "A1";
	expect_title(&result, "A1 unreadable_input");
	result.decision = "samd_billing";
	expect_title(&result, "A1 samd_billing");
	result.path = "-";
	ci_of_result(&item, &result, false);
	cr_expect_str_eq(item.path, "");
	result.path = "a.csv";
	ci_of_result(&item, &result, false);
	cr_expect_str_eq(item.path, "a.csv");
	cr_expect_eq(item.row, 7);
}

Test(ci, paths)
{
	static const char *const rows[][2] = { { "a.csv", "a.csv" },
		{ "./a.csv", "a.csv" }, { ".//./a/./b.csv", "a/./b.csv" },
		{ "../a.csv", "../a.csv" }, { "/a.csv", "/a.csv" },
		{ ".a.csv", ".a.csv" }, { "./-", "-" }, { "-", "" }, { "", "" },
		{ NULL, "" } };

	for (size_t i = 0; i < COUNT(rows); i++)
		cr_expect_str_eq(ci_path(rows[i][0]), rows[i][1], "row %zu", i);
}

Test(ci, type_is_the_reason)
{
	shk_result result = sample_error();
	struct ci_item item;

	ci_of_result(&item, &result, false);
	cr_expect_str_eq(item.type, "bad_value");
	result.reason = "";
	ci_of_result(&item, &result, false);
	cr_expect_str_eq(item.type, "error");
}
