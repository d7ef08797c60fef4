/*
 * A record as text and back: every example product, in every format, is the
 * same record again and gives the same text again.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "record/reading.h"

struct shelf {
	char facts[1 << 16];
	char kept[1 << 16];
	int given;
};

static bool keep(void *context, const char *data, size_t size)
{
	char *text = context;

	cr_assert_lt(size, 1u << 16);
	memcpy(text, data, size);
	text[size] = '\0';
	return true;
}

static enum shk_code next(void *context, shk_row *row, shk_diag *diag)
{
	struct shelf *shelf = context;

	(void)diag;
	if (shelf->given++)
		return SHK_END;
	*row = (shk_row){ "shelf", 7, shelf->facts, shelf->kept };
	return SHK_OK;
}

/* Every value of a record as the helper prints it. */
static void print(struct buffer *out, const shk_record *record)
{
	const struct record *read = (const struct record *)(const void *)record;

	buffer_clear(out);
	for (size_t i = 0; i < read->schema->field_count; i++) {
		if (read->values[i].state == RECORD_UNKNOWN)
			continue;
		buffer_text(out, read->schema->fields[i].name);
		buffer_byte(out, '=');
		reading_value(out, &read->schema->fields[i], &read->values[i]);
		buffer_byte(out, ' ');
	}
}

/* The JSON object of a record, read as a file, gives the same facts. */
static void through_json(const shk_record *record, const char *facts)
{
	static char json[1 << 16], read[1 << 16];
	char path[64];
	shk_sink sink = { json, keep };
	shk_records *records;
	shk_record *copy;
	shk_diag diag = { 0 };
	FILE *stream;

	cr_assert_eq(shk_record_json(record, sink, &diag), SHK_OK);
	snprintf(path, sizeof(path), "/tmp/shokan-json-%ld.jsonl",
		(long)getpid());
	stream = fopen(path, "w");
	fputs(json, stream);
	fclose(stream);
	cr_assert_eq(
		shk_records_open(&records, reading_schema(), path, NULL, &diag),
		SHK_OK);
	cr_assert_eq(shk_records_next(records, &copy, &diag), SHK_OK, "%s\n%s",
		diag.message, json);
	sink.context = read;
	cr_assert_eq(shk_record_facts(copy, sink, &diag), SHK_OK);
	cr_expect_str_eq(read, facts, "%s", json);
	shk_records_close(records);
	remove(path);
}

static void again(const shk_record *record, const char *path)
{
	static struct shelf shelf;
	static char facts[1 << 16];
	shk_sink sink = { shelf.facts, keep };
	shk_row_source source = { &shelf, next };
	shk_records *records;
	shk_record *copy;
	struct buffer before, after;
	shk_diag diag = { 0 };

	buffer_init(&before);
	buffer_init(&after);
	shelf.given = 0;
	cr_assert_eq(shk_record_facts(record, sink, &diag), SHK_OK);
	sink.context = shelf.kept;
	cr_assert_eq(shk_record_kept(record, sink, &diag), SHK_OK);
	print(&before, record);
	cr_assert_eq(shk_records_from(
			     &records, reading_schema(), source, NULL, &diag),
		SHK_OK);
	cr_assert_eq(shk_records_next(records, &copy, &diag), SHK_OK,
		"%s: %s: %s\n%s", path, shk_record_id(record), diag.message,
		shelf.facts);
	print(&after, copy);
	cr_expect_str_eq(
		after.data, before.data, "%s: %s", path, shk_record_id(record));
	cr_expect_str_eq(shk_record_id(copy), shk_record_id(record));
	cr_expect_str_eq(shk_record_path(copy), "shelf");
	cr_expect_eq(shk_record_row(copy), 7);
	sink.context = facts;
	cr_assert_eq(shk_record_facts(copy, sink, &diag), SHK_OK);
	cr_expect_str_eq(facts, shelf.facts);
	through_json(copy, facts);
	cr_expect_eq(shk_records_next(records, &copy, &diag), SHK_END);
	shk_records_close(records);
	buffer_release(&before);
	buffer_release(&after);
}

Test(facts, every_example_is_the_same_record_again)
{
	static const char *const files[] = { "above-price.csv",
		"above-price.xml", "category-review.csv", "deck-c1.csv",
		"deck-c2.csv", "deck-priced-categories.csv", "deck-samd.csv",
		"depreciation.csv", "existing-category.csv", "new-category.csv",
		"points.csv", "points.tsv", "rare-disease.csv",
		"rare-disease.json", "samd-cp932.csv", "samd.csv",
		"same-record.csv", "same-record.indexed.csv",
		"same-record.json", "same-record.jsonl", "same-record.xml",
		"unprofitable.csv" };
	size_t count = 0;

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		char path[512];
		struct stat info;
		shk_records *records;
		shk_record *record;
		shk_diag diag = { 0 };

		snprintf(path, sizeof(path),
			SOURCE_FOLDER "/fixtures/products/%s", files[i]);
		cr_assert_eq(shk_records_open(&records, reading_schema(), path,
				     NULL, &diag),
			SHK_OK, "%s", diag.message);
		while (shk_records_next(records, &record, &diag) == SHK_OK) {
			again(record, files[i]);
			count++;
		}
		cr_assert_eq(stat(path, &info), 0);
		cr_expect_eq(shk_records_bytes(records),
			strstr(path, ".xml") ? 0 : (uint64_t)info.st_size, "%s",
			files[i]);
		shk_records_close(records);
	}
	cr_expect_gt(count, 80, "%zu", count);
	reading_release();
}

/* The text of one record from JSON Lines. */
static void text_of_line(
	const char *line, const char *kept_name, char *facts, char *kept)
{
	char path[64];
	const shk_read_options options = { .format = SHK_FORMAT_JSONL,
		.keep = &kept_name,
		.keep_count = kept_name ? 1 : 0 };
	shk_sink sink = { facts, keep };
	shk_records *records;
	shk_record *record;
	shk_diag diag = { 0 };
	FILE *stream;

	snprintf(path, sizeof(path), "/tmp/shokan-facts-%ld.jsonl",
		(long)getpid());
	stream = fopen(path, "w");
	fputs(line, stream);
	fclose(stream);
	cr_assert_eq(shk_records_open(
			     &records, reading_schema(), path, &options, &diag),
		SHK_OK);
	cr_assert_eq(shk_records_next(records, &record, &diag), SHK_OK, "%s",
		diag.message);
	cr_assert_eq(shk_record_facts(record, sink, &diag), SHK_OK);
	sink.context = kept;
	cr_assert_eq(shk_record_kept(record, sink, &diag), SHK_OK);
	again(record, line);
	shk_records_close(records);
	remove(path);
}

Test(facts, names_in_order_and_values_in_one_form)
{
	static const struct {
		const char *line;
		const char *keep;
		const char *facts;
		const char *kept;
	} rows[] = {
		{ "{\"id\": \"A\"}\n", NULL, "{\"id\":\"A\"}", "{}" },
		{ "{\"name\": \"a\\\"b\\\\\\t\", \"id\": \"A\","
		  " \"annual_tests\": 150, \"orphan_designated\": \"YES\","
		  " \"base_points\": null}\n",
			NULL,
			"{\"annual_tests\":\"150\",\"id\":\"A\","
			"\"name\":\"a\\\"b\\\\\\u0009\","
			"\"orphan_designated\":\"true\"}",
			"{}" },
		{ "{\"id\": \"A\", \"x_shelf\": \"007\"}\n", "x_shelf",
			"{\"id\":\"A\"}", "{\"x_shelf\":\"007\"}" },
	};
	static char facts[1 << 16], kept[1 << 16];

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		text_of_line(rows[i].line, rows[i].keep, facts, kept);
		cr_expect_str_eq(facts, rows[i].facts);
		cr_expect_str_eq(kept, rows[i].kept);
	}
	reading_release();
}

/* What is kept is looked at when it comes back. */
Test(facts, a_damaged_row_is_refused_with_its_place)
{
	static const struct {
		const char *facts;
		const char *words;
	} rows[] = { { "{", "damaged" }, { "[]", "damaged" },
		{ "{\"id\":\"A\",\"annual_tests\":150}", "no text" },
		{ "{\"id\":\"A\",\"annual_tests\":\"-1\"}", "annual_tests" },
		{ "{\"id\":\"A\",\"no_such_fact\":\"1\"}", "no field" },
		{ "{\"name\":\"x\"}", "every record needs one" } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		static struct shelf shelf;
		shk_row_source source = { &shelf, next };
		shk_records *records;
		shk_record *record;
		shk_diag diag = { 0 };

		shelf.given = 0;
		snprintf(shelf.facts, sizeof(shelf.facts), "%s", rows[i].facts);
		snprintf(shelf.kept, sizeof(shelf.kept), "{}");
		cr_assert_eq(shk_records_from(&records, reading_schema(),
				     source, NULL, &diag),
			SHK_OK);
		cr_expect_eq(shk_records_next(records, &record, &diag),
			SHK_E_INPUT, "%s", rows[i].facts);
		cr_expect_not_null(record);
		cr_expect(strstr(diag.message, rows[i].words), "%s: %s",
			rows[i].facts, diag.message);
		cr_expect_str_eq(diag.path, "shelf");
		cr_expect_eq(diag.line, 7);
		cr_expect_eq(
			shk_records_next(records, &record, &diag), SHK_END);
		shk_records_close(records);
	}
	reading_release();
}
