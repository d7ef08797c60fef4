/*
 * The vocabulary: what rules/fields.xml says agrees with the record format
 * (number of fields, flags, parts of lists), and a wrong file is refused with
 * its line. Ceilings at and one past.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "record/reading.h"

static const struct record_field *field_of(const char *name)
{
	const struct record_schema *schema = record_schema_of(reading_schema());
	int index = record_field_find(schema, text_of(name));

	cr_assert_geq(index, 0, "no field %s", name);
	return &schema->fields[index];
}

Test(schema, has_every_field_of_the_record_format)
{
	const struct record_schema *schema = record_schema_of(reading_schema());

	/* section 2 of the record format, and the results that
	 * revision_route takes as facts */
	cr_expect_eq(schema->field_count, 114 + 3);
	for (size_t i = 0; i < schema->field_count; i++) {
		const struct record_field *field = &schema->fields[i];

		cr_expect(field->label_ja[0] && field->label_en[0],
			"%s has no label", field->name);
		cr_expect_eq(record_field_find(schema, text_of(field->name)),
			(int)i, "%s is not found", field->name);
	}
	reading_release();
}

Test(schema, flags_are_those_of_the_record_format)
{
	static const char *const derived[] = { "divergence_percent",
		"market_price_taxed", "final_price", "foreign_average",
		"field_mean_price", "cost_calculated_price", "economic_saving",
		"economic_amount", "calculated_price", "new_price",
		"listing_date", "coverage_class",
		"unprofitable_recalculation.eligible",
		"above_price_pattern.pattern",
		"foreign_price_repricing.target" };
	static const char *const none[] = { "requesters", "foreign_prices",
		"foreign_average", "premiums", "economic_amount",
		"expansion_premium_percent" };
	const struct record_schema *schema = record_schema_of(reading_schema());

	for (size_t i = 0; i < schema->field_count; i++) {
		const struct record_field *field = &schema->fields[i];
		bool is_derived = false;
		bool is_none = false;

		for (size_t j = 0; j < sizeof(derived) / sizeof(*derived); j++)
			is_derived = is_derived ||
				     strcmp(field->name, derived[j]) == 0;
		for (size_t j = 0; j < sizeof(none) / sizeof(*none); j++)
			is_none = is_none || strcmp(field->name, none[j]) == 0;
		cr_expect_eq(field->derived, is_derived, "%s D", field->name);
		cr_expect_eq(field->none_allowed, is_none, "%s N", field->name);
		cr_expect_eq(field->required, strcmp(field->name, "id") == 0);
	}
	reading_release();
}

Test(schema, lists_have_their_parts)
{
	const struct record_field *shares = field_of("shares");
	const struct record_field *foreign = field_of("foreign_prices");

	cr_assert_eq(shares->part_count, 3);
	cr_expect_str_eq(shares->parts[2].prefix, "q");
	cr_expect_str_eq(shares->parts[1].group, shares->parts[2].group);
	cr_expect_str_eq(shares->sum_reason, "shares_over_100");
	cr_expect_eq(shares->parts[0].key, RECORD_KEY_MERGE);
	cr_expect_not(shares->plain);
	cr_assert_eq(foreign->part_count, 4);
	cr_expect_str_eq(foreign->parts[3].after, "@");
	cr_expect_eq(foreign->parts[0].word_count, 5);
	cr_expect(field_of("requesters")->plain);
	cr_expect(field_of("field_prices")->plain);
	cr_expect_str_eq(field_of("premiums")->alone, "economic");
	reading_release();
}

Test(schema, suggests_the_nearest_name)
{
	const struct record_schema *schema = record_schema_of(reading_schema());

	cr_expect_str_eq(record_field_nearest(schema, text_of("annual_test")),
		"annual_tests");
	cr_expect_null(record_field_nearest(schema, text_of("zzz")));
	reading_release();
}

#define HEAD "<fields xmlns=\"urn:shokan:fields:1\">\n<group name=\"g\">\n"
#define TAIL "</group>\n</fields>\n"
#define ID   "<field name=\"id\" type=\"text\" required=\"true\"/>\n"

Test(schema, says_what_is_wrong_and_where)
{
	static const struct {
		const char *text;
		long line;
		const char *part;
	} rows[] = {
		{ "<fields/>", 1, "root is <fields>" },
		{ HEAD ID "<field name=\"A\" type=\"int\"/>" TAIL, 4,
			"name=\"A\"" },
		{ HEAD ID "<field name=\"a\" type=\"real\"/>" TAIL, 4,
			"type=\"real\"" },
		{ HEAD ID "<field name=\"a\" type=\"int\" mini=\"0\"/>" TAIL, 4,
			"unknown attribute mini" },
		{ HEAD ID "<field name=\"a\" type=\"int\" min=\"x\"/>" TAIL, 4,
			"not a number" },
		{ HEAD ID "<field name=\"a\" type=\"int\" min=\"0\" "
			  "above=\"0\"/>" TAIL,
			4, "other bound" },
		{ HEAD ID "<field name=\"a\" type=\"text\" min=\"0\"/>" TAIL, 4,
			"bounds but is no number" },
		{ HEAD ID "<field name=\"a\" type=\"enum\"/>" TAIL, 4,
			"words" },
		{ HEAD ID "<field name=\"a\" type=\"enum\" words=\" \"/>" TAIL,
			4, "needs words" },
		{ HEAD ID "<field name=\"a\" type=\"list\"/>" TAIL, 4,
			"neither parts nor of" },
		{ HEAD ID "<field name=\"a\" type=\"list\" of=\"list\"/>" TAIL,
			4, "simple type" },
		{ HEAD ID "<field name=\"a\" type=\"int\" none=\"yes\"/>" TAIL,
			4, "write true or false" },
		{ HEAD ID "<field name=\"a\" type=\"int\">5</field>" TAIL, 4,
			"text inside" },
		{ HEAD ID "<field name=\"a\" type=\"list\" of=\"int\" "
			  "sum=\"b\"/>" TAIL,
			4, "sum names a numeric part" },
		{ HEAD ID ID TAIL, 0, "id is defined twice" },
		{ HEAD "<field name=\"a\" type=\"int\"/>" TAIL, 1,
			"no field id" },
		{ HEAD ID "<fields/>" TAIL, 4, "only <field>" },
		{ HEAD ID "</group>", 4, "" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char path[] = "/tmp/shokan-schema-XXXXXX";
		struct record_schema *schema = NULL;
		shk_diag diag = { 0 };
		int descriptor = mkstemp(path);
		ssize_t size = (ssize_t)strlen(rows[i].text);

		cr_assert_eq(
			write(descriptor, rows[i].text, (size_t)size), size);
		close(descriptor);
		cr_expect_eq(record_schema_load(&schema, path, &diag),
			SHK_E_RULES, "row %zu", i);
		cr_expect_null(schema);
		cr_expect_not_null(strstr(diag.message, rows[i].part),
			"row %zu: %s", i, diag.message);
		if (rows[i].part[0])
			cr_expect_eq(diag.line, rows[i].line,
				"row %zu: line %ld: %s", i, diag.line,
				diag.message);
		cr_expect_str_eq(diag.path, path);
		unlink(path);
	}
}

/* A name has to fit into a diagnostic. */
Test(schema, names_have_a_longest)
{
	for (int size = 63; size <= 64; size++) {
		struct record_schema *schema = NULL;
		shk_diag diag = { 0 };
		char name[65], text[512];

		memset(name, 'n', (size_t)size);
		name[size] = '\0';
		snprintf(text, sizeof(text),
			HEAD ID "<field name=\"%s\" type=\"int\"/>" TAIL, name);
		cr_expect_eq(record_schema_parse(&schema, "fields.xml",
				     text_of(text), &diag),
			size == 63 ? SHK_OK : SHK_E_RULES, "%s", diag.message);
		if (size == 64)
			cr_expect_not_null(strstr(diag.message, "at most 63"),
				"%s", diag.message);
		record_schema_free(schema);
	}
}

/* RECORD_FIELDS_MAX fields load, one more does not. */
Test(schema, ceilings_hold)
{
	static const struct {
		int fields;
		int words;
		int parts;
		enum shk_code code;
	} rows[] = {
		{ RECORD_FIELDS_MAX, 1, 1, SHK_OK },
		{ RECORD_FIELDS_MAX + 1, 1, 1, SHK_E_LIMIT },
		{ 3, RECORD_WORDS_MAX, 1, SHK_OK },
		{ 3, RECORD_WORDS_MAX + 1, 1, SHK_E_LIMIT },
		{ 3, 1, RECORD_PARTS_MAX, SHK_OK },
		{ 3, 1, RECORD_PARTS_MAX + 1, SHK_E_LIMIT },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char path[] = "/tmp/shokan-schema-XXXXXX";
		struct record_schema *schema = NULL;
		shk_diag diag = { 0 };
		FILE *file = fdopen(mkstemp(path), "w");

		fputs(HEAD ID "<field name=\"e\" type=\"enum\" words=\"", file);
		for (int j = 0; j < rows[i].words; j++)
			fprintf(file, "w%d ", j);
		fputs("\"/><field name=\"l\" type=\"list\">", file);
		for (int j = 0; j < rows[i].parts; j++)
			fprintf(file, "<part name=\"p%d\" type=\"int\"/>", j);
		fputs("</field>", file);
		for (int j = 3; j < rows[i].fields; j++)
			fprintf(file, "<field name=\"f%d\" type=\"int\"/>", j);
		fputs(TAIL, file);
		fclose(file);
		cr_expect_eq(record_schema_load(&schema, path, &diag),
			rows[i].code, "row %zu: %s", i, diag.message);
		record_schema_free(schema);
		unlink(path);
	}
}
