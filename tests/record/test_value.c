/*
 * Values one by one, set as a cell (record_set): every type of section 1 of
 * the record format, what is read and what is refused with which words.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "record/reading.h"

struct value_row {
	const char *field;
	const char *cell;
	/* "=" and the value, or the reason, a blank and a part of the message */
	const char *expected;
};

static void value_check(const struct value_row *rows, size_t count)
{
	const struct record_schema *schema = record_schema_of(reading_schema());
	struct arena arena;
	struct buffer got;

	buffer_init(&got);
	arena_init(&arena);
	for (size_t i = 0; i < count; i++) {
		const struct value_row *row = &rows[i];
		int index = record_field_find(schema, text_of(row->field));
		struct record record;
		shk_diag diag = { 0 };
		enum shk_code code;

		cr_assert_geq(index, 0, "%s", row->field);
		arena_clear(&arena);
		buffer_clear(&got);
		cr_assert_eq(
			record_init(&record, schema, &arena, &diag), SHK_OK);
		code = record_set(&record, text_of(row->field),
			text_of(row->cell), &diag);
		if (code == SHK_OK) {
			buffer_byte(&got, '=');
			reading_value(&got, &schema->fields[index],
				&record.values[index]);
			cr_expect_str_eq(got.data, row->expected,
				"%s <- \"%s\": got %s, expected %s", row->field,
				row->cell, got.data, row->expected);
			continue;
		}
		buffer_format(&got, "%s %s", diag.reason, diag.message);
		cr_expect_eq(code, SHK_E_INPUT);
		cr_expect_str_eq(diag.field, row->field);
		cr_expect(row->expected[0] != '=' &&
				  strncmp(got.data, row->expected,
					  strcspn(row->expected, " ")) == 0 &&
				  strstr(got.data,
					  strchr(row->expected, ' ') + 1),
			"%s <- \"%s\": got %s, expected %s", row->field,
			row->cell, got.data, row->expected);
		/* what is refused is not set */
		cr_expect_eq(record.values[index].state, RECORD_UNKNOWN);
	}
	buffer_release(&got);
	arena_release(&arena);
	reading_release();
}

#define CHECK(rows) value_check(rows, sizeof(rows) / sizeof(rows[0]))

Test(value, unknown_and_none)
{
	static const struct value_row rows[] = {
		{ "annual_tests", "", "=?" },
		{ "annual_tests", "unknown", "=?" },
		{ "name", "unknown", "=?" },
		{ "shares", "unknown", "=?" },
		{ "premiums", "", "=?" },
		{ "premiums", "none", "=none" },
		{ "requesters", "none", "=none" },
		{ "foreign_prices", "none", "=none" },
		{ "foreign_average", "none", "=none" },
		{ "economic_amount", "none", "=none" },
		{ "expansion_premium_percent", "none", "=none" },
		{ "expansion_premium_percent", "0", "=0" },
		{ "shares", "none", "bad_value known to be absent" },
		{ "annual_tests", "none", "bad_value known to be absent" },
		{ "name", "none", "bad_value known to be absent" },
		{ "orphan_designated", "none", "bad_value absent" },
		{ "annual_tests", "Unknown", "bad_value is not a number" },
		{ "annual_tests", "null", "bad_value is not a number" },
		{ "annual_tests", "N/A", "bad_value is not a number" },
		{ "annual_tests", "-", "bad_value is not a number" },
		{ "premiums", "None", "bad_domain item 1, kind: \"None\"" },
	};

	CHECK(rows);
}

Test(value, bool_spellings)
{
	static const struct value_row rows[] = {
		{ "orphan_designated", "true", "=true" },
		{ "orphan_designated", "FALSE", "=false" },
		{ "orphan_designated", "1", "=true" },
		{ "orphan_designated", "0", "=false" },
		{ "orphan_designated", "Yes", "=true" },
		{ "orphan_designated", "nO", "=false" },
		{ "orphan_designated", "はい", "=true" },
		{ "orphan_designated", "いいえ", "=false" },
		{ "orphan_designated", "１", "=true" },
		{ "orphan_designated", "０", "=false" },
		{ "orphan_designated", "t", "bad_value true or false" },
		{ "orphan_designated", "truee", "bad_value \"truee\"" },
		{ "orphan_designated", " true", "bad_value true or false" },
		{ "orphan_designated", "2", "bad_value \"2\"" },
		{ "orphan_designated", "○", "bad_value \"○\"" },
	};

	CHECK(rows);
}

Test(value, int_is_digits_only)
{
	static const struct value_row rows[] = {
		{ "annual_tests", "0", "=0" },
		{ "annual_tests", "750", "=750" },
		{ "annual_tests", "007", "=7" },
		{ "annual_tests", "-0", "=0" },
		{ "annual_tests", "８００", "=800" },
		{ "us_to_japan_days", "-120", "=-120" },
		{ "us_to_japan_days", "－１２０", "=-120" },
		{ "annual_tests", "1234567890123456789012345678901234",
			"=1234567890123456789012345678901234" },
		{ "annual_tests", "12345678901234567890123456789012345",
			"bad_value 34 significant digits" },
		{ "annual_tests", "-1", "bad_domain at least 0" },
		{ "annual_tests", "800.0", "bad_value decimal point" },
		{ "annual_tests", "199.5", "bad_value decimal point" },
		{ "annual_tests", "1,000", "bad_value write 1000" },
		{ "annual_tests", "1e3", "bad_value exponent" },
		{ "annual_tests", "+5", "bad_value write 5" },
		{ "annual_tests", "--5", "bad_value is not a number" },
		{ "annual_tests", " 5", "bad_value white space; write 5" },
		{ "annual_tests", "5\t", "bad_value white space; write 5" },
		{ "annual_tests", "0x10", "bad_value is not a number" },
		{ "annual_tests", "800回", "bad_value is not a number" },
		{ "labour_saving_type", "1", "=1" },
		{ "labour_saving_type", "5", "=5" },
		{ "labour_saving_type", "0",
			"bad_domain at least 1 and at most 5" },
		{ "labour_saving_type", "6", "bad_domain at most 5" },
		{ "pieces", "1", "=1" },
		{ "pieces", "0", "bad_domain above 0" },
	};

	CHECK(rows);
}

Test(value, dec_is_exact)
{
	static const struct value_row rows[] = {
		{ "base_points", "1235", "=1235" },
		{ "base_points", "0.1", "=0.1" },
		{ "base_points", "０．１", "=0.1" },
		{ "base_points", "1.50", "=1.5" },
		{ "base_points", "0.1234567890123456789012345678901234",
			"=0.1234567890123456789012345678901234" },
		{ "base_points", "9007199254740993", "=9007199254740993" },
		{ "base_points", "1.2345678901234567890123456789012345",
			"bad_value 34 significant digits" },
		{ "base_points", "0", "bad_domain above 0" },
		{ "base_points", "-0.1", "bad_domain above 0" },
		{ "base_points", ".5", "bad_value write 0.5" },
		{ "base_points", "5.", "bad_value write 5" },
		{ "base_points", "1.2.3", "bad_value is not a number" },
		{ "base_points", "1E3", "bad_value exponent" },
		{ "base_points", "1,5", "bad_value has a comma" },
		{ "base_points", "1,234.5", "bad_value write 1234.5" },
		{ "base_points", "inf", "bad_value is not a number" },
		{ "base_points", "nan", "bad_value is not a number" },
		{ "visit_fee_points", "0", "=0" },
		{ "visit_fee_points", "-1", "bad_domain at least 0" },
		{ "divergence_percent", "-3.8", "=-3.8" },
		{ "divergence_percent", "－３．８", "=-3.8" },
		{ "divergence_percent", "60%", "bad_value write 60" },
		{ "divergence_percent", "６０％", "bad_value write 60" },
		{ "divergence_percent", "0.5 %", "bad_value write 0.5" },
	};

	CHECK(rows);
}

Test(value, yen_groups)
{
	static const struct value_row rows[] = {
		{ "current_price", "13600", "=13600" },
		{ "current_price", "1,234", "=1234" },
		{ "current_price", "１，２３４", "=1234" },
		{ "current_price", "16,000,000,000", "=16000000000" },
		{ "current_price", "123,456.78", "=123456.78" },
		{ "current_price", "12500.5", "=12500.5" },
		{ "current_price", "1,23", "bad_value group by three" },
		{ "current_price", "1234,567", "bad_value group by three" },
		{ "current_price", "1,2345", "bad_value group by three" },
		{ "current_price", "0,123", "bad_value group by three" },
		{ "current_price", ",123", "bad_value group by three" },
		{ "current_price", "1,,234", "bad_value group by three" },
		{ "current_price", "1,234,", "bad_value group by three" },
		{ "current_price", "13600円", "bad_value write 13600" },
		{ "current_price", "¥13,600", "bad_value write 13600" },
		{ "current_price", "￥13600", "bad_value write 13600" },
		{ "current_price", "\\13600", "bad_value write 13600" },
		{ "current_price", "0", "bad_domain above 0" },
		{ "current_price", "-1", "bad_domain above 0" },
		{ "acquisition_price", "0", "=0" },
		/* rounding is defined for 0, whatever the field list says */
		{ "calculated_price", "0", "=0" },
		{ "acquisition_price", "-1", "bad_domain at least 0" },
		{ "economic_saving", "-1", "bad_domain at least 0" },
	};

	CHECK(rows);
}

Test(value, dates_are_iso)
{
	static const struct value_row rows[] = {
		{ "as_of", "2026-06-01", "=2026-06-01" },
		{ "as_of", "２０２６－０６－０１", "=2026-06-01" },
		{ "as_of", "2024-02-29", "=2024-02-29" },
		{ "as_of", "2026-02-29", "bad_value no day 2026-02-29" },
		{ "as_of", "2026-13-01", "bad_value no day" },
		{ "as_of", "R8.6.1", "bad_value write 2026-06-01" },
		{ "as_of", "R8/6/1", "bad_value write 2026-06-01" },
		{ "as_of", "r08.06.01", "bad_value write 2026-06-01" },
		{ "as_of", "Ｒ８．６．１", "bad_value write 2026-06-01" },
		{ "as_of", "令和8年6月1日", "bad_value write 2026-06-01" },
		{ "as_of", "令和元年5月1日", "bad_value write 2019-05-01" },
		{ "as_of", "H31.4.30", "bad_value write 2019-04-30" },
		{ "as_of", "平成31年4月30日", "bad_value write 2019-04-30" },
		{ "as_of", "S64.1.7", "bad_value write 1989-01-07" },
		{ "as_of", "2026/6/1", "bad_value write 2026-06-01" },
		{ "as_of", "2026.06.01", "bad_value write 2026-06-01" },
		{ "as_of", "2026-6-1", "bad_value write 2026-06-01" },
		{ "as_of", "20260601", "bad_value write 2026-06-01" },
		{ "as_of", "2026年6月1日", "bad_value write 2026-06-01" },
		/* day and month could be either way round: no guess */
		{ "as_of", "6/1/2026", "bad_value such as 2026-06-01" },
		{ "as_of", "R8.2.30", "bad_value such as 2026-06-01" },
		{ "as_of", "R0.6.1", "bad_value such as 2026-06-01" },
		{ "as_of", "2026-06-01T00:00", "bad_value is not a date" },
		{ "as_of", "46174", "bad_value is not a date" },
		{ "as_of", "2026-06", "bad_value is not a date" },
	};

	CHECK(rows);
}

Test(value, words_and_texts)
{
	static const struct value_row rows[] = {
		{ "kind", "device", "=device" },
		{ "kind", "Device", "bad_domain did you mean \"device\"" },
		{ "kind", "devise", "bad_domain did you mean \"device\"" },
		{ "kind", "zzz", "bad_domain write one of device, ivd" },
		{ "coverage_class", "c1", "=c1" },
		{ "coverage_class", "C1", "bad_domain did you mean \"c1\"" },
		/* texts stay as they are, byte for byte */
		{ "name", " ミレボ　１", "= ミレボ　１" },
		{ "name", "ﾐﾚﾎﾞ", "=ﾐﾚﾎﾞ" },
		{ "category_code", "001(3)", "=001(3)" },
		{ "category_code", "007", "=007" },
		/* makers are compared after NFKC, without white space */
		{ "maker", "Ａ　社", "=A社" },
		{ "maker", "ｶﾞﾗｽ 株式会社", "=ガラス株式会社" },
		{ "maker", "A B\tC", "=ABC" },
		{ "maker", "㈱テスト", "=(株)テスト" },
		{ "maker", "　", "bad_value only white space" },
	};

	CHECK(rows);
}

Test(value, lists_in_a_cell)
{
	static const struct value_row rows[] = {
		{ "shares", "A社:60|B社:40", "=[A社,60,?;B社,40,?]" },
		{ "shares", "A社:q9996|B社:q4", "=[A社,?,9996;B社,?,4]" },
		{ "shares", "A\\:B:60", "=[A:B,60,?]" },
		{ "shares", "A\\|B:60", "=[A|B,60,?]" },
		{ "shares", "A\\\\:60", "=[A\\,60,?]" },
		{ "shares", "A社:70|B社:40",
			"shares_over_100 add up to 110; at most 100" },
		{ "shares", "A社:99.5|B社:0.5", "=[A社,99.5,?;B社,0.5,?]" },
		{ "shares", "A社:99.5|B社:0.51", "shares_over_100 100.01" },
		{ "shares", "A社:0", "bad_domain above 0 and at most 100" },
		{ "shares", "A社:101", "bad_domain at most 100" },
		{ "shares", "A社:q0", "bad_domain above 0" },
		{ "shares", "A社", "bad_value share or quantity is missing" },
		/* written as unknown: the list is not known in full */
		{ "shares", "A社:", "=?" },
		{ "foreign_prices", "us:289|fr:", "=?" },
		{ "base_items", "460:unknown", "=?" },
		{ "shares", "A社", "bad_value share or quantity is missing" },
		{ "shares", ":60", "bad_value maker is missing" },
		{ "shares", "A社:60:1", "bad_value too many parts" },
		{ "shares", "A社:60|", "bad_value item 2: an empty item" },
		{ "shares", "A社:60||B社:1", "bad_value an empty item" },
		{ "shares", "|", "bad_value item 1: an empty item" },
		{ "shares", "A\\x:60", "bad_value backslash" },
		{ "shares", "A:60\\", "bad_value backslash" },
		{ "shares", "A社:60|B社:q4", "bad_value the same way" },
		{ "shares", "A社:60%", "bad_value item 1, share: \"60%\"" },
		{ "shares", "A社:unknown", "=?" },
		{ "shares", "A社:none", "bad_value whole list" },
		{ "requesters", "A社|B社", "=[A社;B社]" },
		{ "requesters", "A\\:社", "=[A:社]" },
		{ "requesters", "A:社", "bad_value too many parts" },
		{ "field_prices", "720000|325000", "=[720000;325000]" },
		{ "field_prices", "720,000|325000", "=[720000;325000]" },
		{ "field_prices", "0", "bad_domain above 0" },
		{ "base_items", "460:2", "=[460,2]" },
		{ "similar_parts", "38700:1|10300:-1", "=[38700,1;10300,-1]" },
		{ "premiums", "usefulness:5", "=[usefulness,5,?]" },
		{ "premiums", "usefulness:p2", "=[usefulness,?,2]" },
		{ "premiums", "usefulness:5|economic",
			"=[usefulness,5,?;economic,?,?]" },
		{ "premiums", "reduction:-10", "=[reduction,-10,?]" },
		{ "premiums", "economic:5", "bad_value stands alone" },
		{ "premiums", "usefulness", "bad_value is missing" },
		{ "premiums", "useful:5", "bad_domain item 1, kind" },
		{ "foreign_prices", "us:30710|gb:21242",
			"=[us,30710,?,?;gb,21242,?,?]" },
		{ "foreign_prices", "us:289@80", "=[us,?,289,80]" },
		{ "foreign_prices", "us:289@", "bad_value go together" },
		{ "foreign_prices", "us:@80",
			"bad_value local_price and rate go together" },
		{ "foreign_prices", "us:1@2@3", "bad_value rate" },
		{ "foreign_prices", "us:1|us:2", "bad_value twice" },
		{ "foreign_prices", "jp:1", "bad_domain us, gb, de, fr, au" },
		{ "foreign_prices", "us:-1", "bad_domain price: -1" },
	};

	CHECK(rows);
}

/* A message shows forty characters of a value and no control character. */
Test(value, messages_are_safe_to_print)
{
	static const struct value_row rows[] = {
		{ "annual_tests", "a\x1b[31m\n",
			"bad_value \"a\\x1b[31m\\x0a\" " },
		{ "annual_tests", "a\xc2\x9b", "bad_value \"a\\x9b\" " },
		{ "annual_tests",
			"ああああああああああああああああああああ"
			"ああああああああああああああああああああい",
			"bad_value ああ...\"" },
		{ "annual_tests",
			"ああああああああああああああああああああ"
			"ああああああああああああああああああああ",
			"bad_value あああ\" is" },
	};

	CHECK(rows);
}

#define TEN	    "1111111111"
#define NOT_A_DIGIT "xxxxxxxxxx"

/* What a message proposes in place of a number has an end, or is not said. */
Test(value, what_is_too_long_is_not_proposed)
{
	static const struct value_row rows[] = {
		{ "current_price", TEN TEN TEN TEN TEN TEN "1円",
			"bad_value yen sign; write " TEN TEN TEN TEN TEN TEN
			"1" },
		{ "current_price", TEN TEN TEN TEN TEN TEN "11円",
			"bad_value yen sign; write digits, such as 13600" },
		{ "current_price", TEN TEN TEN TEN TEN TEN TEN TEN "円",
			"bad_value yen sign; write digits, such as 13600" },
		{ "annual_tests",
			NOT_A_DIGIT NOT_A_DIGIT NOT_A_DIGIT NOT_A_DIGIT
				NOT_A_DIGIT NOT_A_DIGIT NOT_A_DIGIT,
			"bad_value is not a number; write digits, such as "
			"800" },
	};

	CHECK(rows);
}

Test(value, two_spellings_of_a_maker_are_one_with_a_warning)
{
	const struct record_schema *schema = record_schema_of(reading_schema());
	int index = record_field_find(schema, text_of("shares"));
	struct buffer got;
	struct arena arena;
	struct record record;
	shk_diag diag = { 0 };

	buffer_init(&got);
	arena_init(&arena);
	record_init(&record, schema, &arena, &diag);
	cr_assert_eq(record_set(&record, text_of("shares"),
			     text_of("A社:50|B社:20|Ａ 社:10"), &diag),
		SHK_OK);
	reading_value(&got, &schema->fields[index], &record.values[index]);
	cr_expect_str_eq(got.data, "[A社,60,?;B社,20,?]");
	cr_assert_eq(record.warning_count, 2);
	cr_expect_str_eq(record.warnings[0],
		"shares: \"A社\" and \"Ａ 社\" are taken as one maker");
	cr_expect_not_null(strstr(record.warnings[1], "twice"));
	buffer_release(&got);
	arena_release(&arena);
	reading_release();
}

/* A hundred warnings are kept; a record that has more says so. */
Test(value, warnings_have_a_ceiling)
{
	const struct record_schema *schema = record_schema_of(reading_schema());

	for (size_t extra = 0; extra < 3; extra++) {
		struct buffer cell;
		struct arena arena;
		struct record record;
		shk_diag diag = { 0 };

		buffer_init(&cell);
		arena_init(&arena);
		record_init(&record, schema, &arena, &diag);
		for (size_t i = 0; i < RECORD_WARNINGS_MAX + extra; i++)
			buffer_format(&cell, "%sm%zu:0.1|m%zu:0.1",
				i ? "|" : "", i, i);
		cr_assert_eq(
			record_set(&record, text_of("shares"),
				(struct text){ cell.data, cell.size }, &diag),
			SHK_OK, "%s", diag.message);
		cr_expect_eq(record.warning_count,
			RECORD_WARNINGS_MAX + (extra > 0));
		cr_expect_str_eq(record.warnings[RECORD_WARNINGS_MAX - 1],
			"shares: \"m99\" is in the list twice; its amounts are "
			"added");
		if (extra)
			cr_expect_str_eq(record.warnings[RECORD_WARNINGS_MAX],
				"there are more warnings, which are not told");
		buffer_release(&cell);
		arena_release(&arena);
	}
	reading_release();
}

Test(value, set_knows_its_fields)
{
	const struct record_schema *schema = record_schema_of(reading_schema());
	struct arena arena;
	struct record record;
	shk_diag diag = { 0 };

	arena_init(&arena);
	record_init(&record, schema, &arena, &diag);
	cr_expect_eq(record_set(&record, text_of("annual_test"), text_of("1"),
			     &diag),
		SHK_E_INPUT);
	cr_expect_str_eq(diag.reason, "unknown_field");
	cr_expect_not_null(strstr(diag.message, "\"annual_tests\""));
	memset(&diag, 0, sizeof(diag));
	cr_expect_eq(record_set(&record, text_of("id"), text_of("P9"), &diag),
		SHK_OK);
	cr_expect_str_eq(record.id, "P9");
	cr_expect_eq(record_set(&record, text_of("id"), text_of(""), &diag),
		SHK_E_INPUT);
	cr_expect_str_eq(record.id, "P9");
	memset(&diag, 0, sizeof(diag));
	cr_expect_eq(record_set(&record, text_of("name"),
			     (struct text){ "\x83", 1 }, &diag),
		SHK_E_INPUT);
	arena_release(&arena);
	reading_release();
}
