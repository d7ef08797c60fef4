/*
 * Snapshot lines: their columns, and that the facts in one are enough to get
 * the same line again.
 */
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include <shokan/shokan.h>

#include "base/arena.h"
#include "record/record.h"
#include "report/sample.h"

static void expect(const shk_result *result, const char *line)
{
	shk_report_options options = { .format = SHK_REPORT_SNAPSHOT };
	struct buffer out;

	buffer_init(&out);
	sample_write(&out, &options, &result, 1);
	cr_expect_str_eq(
		out.data, line, "got:      %s\nexpected: %s", out.data, line);
	buffer_release(&out);
}

Test(snapshot, lines)
{
	static const struct price_known known[] = { { "annual_tests", "0" },
		{ "maker", "a;b\\|c\t" } };
	shk_result determined = sample_determined();
	shk_result error = sample_error();
	shk_result undetermined = sample_undetermined();

	determined.known = known;
	determined.known_count = 2;
	determined.id = "A\t1\\\n\r";
	expect(&determined,
		"A\\t1\\\\\\n\\r\trare_disease_coefficient\tr8\t2026-06-01\t"
		"determined\t\tcoefficient=1.5;points_exact=1852.5;"
		"points=undetermined{1852|1853}\tpoints_rounding\t\tE0\t"
		"S001 L1391-1397|S001 L1387\t"
		"annual_tests=0;maker=a\\\\;b\\\\\\\\|c\\t\n");
	expect(&undetermined, "B2\tabove_price_pattern\tr8\t\tundetermined\t\t"
			      "pattern=undetermined{1|2|not_applicable}"
			      "\tmajority_share|market_price"
			      "\t"
			      "1|2|not_applicable\tE5\t\t\n");
	expect(&error, "C3\t\t\t\terror\tbad_value\t\t\t\t\t\t\n");
}

Test(snapshot, header)
{
	struct shk_snapshot_header header = { .engine = "1.2.3",
		.rulebook = "sha256:00",
		.revision = "r8",
		.as_of = "",
		.policy = "{\"a\":\"x\\ny\"}" };
	shk_report_options options = { .format = SHK_REPORT_SNAPSHOT,
		.header = &header };
	struct buffer out;

	buffer_init(&out);
	sample_write(&out, &options, NULL, 0);
	cr_expect_str_eq(out.data,
		"# shokan snapshot 1\n# engine 1.2.3\n# rulebook sha256:00\n"
		"# revision r8\n# as_of -\n# decisions -\n# min_evidence -\n"
		"# policy {\"a\":\"x\\\\ny\"}\n"
		"# columns id decision revision as_of status reason values "
		"missing outcomes evidence citations facts\n");
	buffer_release(&out);
}

/* What the round trip needs of the second pricing. */
struct again {
	shk_rulebook *book;
	shk_schema *schema;
	struct arena arena;
	struct buffer first, second; /* a line each */
	shk_report *one, *two;
	size_t lines;
};

static bool again_write(void *context, const char *data, size_t size)
{
	buffer_add(context, data, size);
	return true;
}

static shk_report *again_report(struct buffer *out)
{
	shk_report_options options = { .format = SHK_REPORT_SNAPSHOT };
	shk_report *report;

	buffer_init(out);
	cr_assert_eq(shk_report_new(&report, &options,
			     (shk_sink){ out, again_write }, NULL),
		SHK_OK);
	return report;
}

static enum shk_code again_second(void *context, const shk_result *result)
{
	struct again *again = context;

	return shk_report_result(again->two, result, NULL);
}

static enum shk_code again_first(void *context, const shk_result *result)
{
	struct again *again = context;
	const char *decisions[] = { result->decision };
	shk_price_options options = { .decisions = decisions,
		.decision_count = 1,
		.as_of = result->as_of,
		.facts = true,
		.flips = true };
	shk_pricer *pricer;
	struct record record;

	if (result->status == SHK_ERROR)
		return SHK_OK;
	buffer_clear(&again->first);
	buffer_clear(&again->second);
	shk_report_result(again->one, result, NULL);
	cr_assert_eq(shk_pricer_new(&pricer, again->book, again->schema,
			     &options, NULL),
		SHK_OK);
	arena_clear(&again->arena);
	cr_assert_eq(record_init(&record, record_schema_of(again->schema),
			     &again->arena, NULL),
		SHK_OK);
	record.id = result->id;
	for (size_t i = 0; i < result->known_count; i++)
		cr_assert_eq(record_set(&record, text_of(result->known[i].name),
				     text_of(result->known[i].value), NULL),
			SHK_OK, "%s: %s=%s", result->id, result->known[i].name,
			result->known[i].value);
	cr_assert_eq(shk_pricer_price(pricer,
			     (const shk_record *)(const void *)&record,
			     again_second, again, NULL),
		SHK_OK);
	cr_expect_str_eq(again->first.data, again->second.data,
		"%s differs when priced from its facts", again->first.data);
	again->lines++;
	shk_pricer_free(pricer);
	return SHK_OK;
}

static void again_file(
	struct again *again, const char *revision, const char *name)
{
	shk_price_options options = {
		.revision = revision, .facts = true, .flips = true
	};
	shk_read_options reading = { 0 };
	char path[512];
	shk_records *records;
	shk_record *record;
	shk_pricer *pricer;
	enum shk_code code;

	snprintf(path, sizeof(path), "%s/%s", SOURCE_FOLDER, name);
	cr_assert_eq(shk_pricer_new(&pricer, again->book, again->schema,
			     &options, NULL),
		SHK_OK);
	cr_assert_eq(
		shk_records_open(&records, again->schema, path, &reading, NULL),
		SHK_OK);
	while ((code = shk_records_next(records, &record, NULL)) == SHK_OK)
		cr_assert_eq(shk_pricer_price(
				     pricer, record, again_first, again, NULL),
			SHK_OK);
	cr_expect_eq(code, SHK_END, "%s", name);
	shk_records_close(records);
	shk_pricer_free(pricer);
}

Test(snapshot, the_facts_of_a_line_give_the_line)
{
	static const char *const files[] = {
		"fixtures/products/rare-disease.csv",
		"fixtures/products/above-price.csv",
		"fixtures/products/unprofitable.csv",
		"fixtures/products/existing-category.csv",
		"fixtures/products/new-category.csv",
		"fixtures/products/samd.csv",
		"fixtures/products/points.csv",
		"fixtures/products/depreciation.csv",
		"fixtures/products/category-review.csv",
		"fixtures/products/same-record.json",
	};
	struct again again = { .lines = 0 };

	cr_assert_eq(
		shk_rulebook_load(&again.book, SOURCE_FOLDER "/rules", NULL),
		SHK_OK);
	cr_assert_eq(
		shk_schema_load(&again.schema, SOURCE_FOLDER "/rules", NULL),
		SHK_OK);
	arena_init(&again.arena);
	again.one = again_report(&again.first);
	again.two = again_report(&again.second);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		again_file(&again, "r8", files[i]);
		if (!strstr(files[i], "same-record"))
			again_file(&again, "r6", files[i]);
	}
	cr_expect_gt(again.lines, 60, "%zu lines", again.lines);
	shk_report_free(again.one);
	shk_report_free(again.two);
	buffer_release(&again.first);
	buffer_release(&again.second);
	arena_release(&again.arena);
	shk_schema_free(again.schema);
	shk_rulebook_free(again.book);
}
