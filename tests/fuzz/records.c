/*
 * Any bytes as product records: the first says in which format and encoding
 * the others are read. Twice with the same outcome; records come in order and
 * one that is refused is named; one that is accepted is written as JSON, which
 * read again is the same record.
 */
#include <shokan/record.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "fuzz/scratch.h"
#include "fuzz/target.h"

static shk_schema *schema;
static struct buffer written, facts, again;

static void clean(void)
{
	shk_schema_free(schema);
	buffer_release(&written);
	buffer_release(&facts);
	buffer_release(&again);
}

static void prepare(void)
{
	shk_diag diag = { 0 };

	if (schema)
		return;
	if (shk_schema_load(&schema, FUZZ_RULES, &diag) != SHK_OK)
		fuzz_fail("cannot load the vocabulary: %s", diag.message);
	atexit(clean);
}

static bool collect(void *context, const char *data, size_t size)
{
	buffer_add(context, data, size);
	return true;
}

static void say(enum shk_code (*what)(const shk_record *, shk_sink, shk_diag *),
	const shk_record *record, struct buffer *out)
{
	shk_diag diag = { 0 };
	enum shk_code code;

	buffer_clear(out);
	code = what(record, (shk_sink){ out, collect }, &diag);
	if (code)
		fuzz_fail("a record cannot be said: %s", diag.message);
}

/* What a record says as JSON is the record. */
static void read_again(const shk_record *record)
{
	const shk_read_options options = { 0 };
	shk_records *records = NULL;
	shk_record *other = NULL;
	shk_diag diag = { 0 };

	say(shk_record_json, record, &written);
	say(shk_record_facts, record, &facts);
	if (shk_records_open_texts(
		    &records, schema, "again", &options, &diag) != SHK_OK)
		fuzz_fail("cannot read again: %s", diag.message);
	shk_records_give(records, written.data, written.size);
	if (shk_records_next(records, &other, &diag) != SHK_OK)
		fuzz_fail("%s is refused: %s", written.data, diag.message);
	say(shk_record_facts, other, &again);
	if (strcmp(facts.data, again.data) != 0)
		fuzz_fail("%s became %s", facts.data, again.data);
	shk_records_close(records);
}

struct outcome {
	enum shk_code code;
	long accepted;
	long refused;
};

static struct outcome read_all(const shk_read_options *options)
{
	struct outcome outcome = { SHK_OK, 0, 0 };
	shk_records *records = NULL;
	shk_record *record;
	shk_diag diag = { 0 };
	long row = 0;

	outcome.code = shk_records_open(
		&records, schema, scratch_path(), options, &diag);
	fuzz_check_code("shk_records_open", outcome.code, &diag);
	while (!outcome.code) {
		memset(&diag, 0, sizeof(diag));
		record = NULL;
		outcome.code = shk_records_next(records, &record, &diag);
		if (outcome.code != SHK_END)
			fuzz_check_code(
				"shk_records_next", outcome.code, &diag);
		if (record && shk_record_row(record) < row)
			fuzz_fail("row %ld behind %ld", shk_record_row(record),
				row);
		row = record ? shk_record_row(record) : row;
		if (!outcome.code) {
			outcome.accepted++;
			read_again(record);
		} else if (record) {
			outcome.refused++;
			outcome.code = SHK_OK;
		}
	}
	shk_records_close(records);
	return outcome;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const enum shk_format formats[] = { SHK_FORMAT_CSV,
		SHK_FORMAT_JSON, SHK_FORMAT_JSONL, SHK_FORMAT_XML,
		SHK_FORMAT_TSV, SHK_FORMAT_AUTO };
	static const enum shk_encoding encodings[] = { SHK_ENCODING_AUTO,
		SHK_ENCODING_UTF8, SHK_ENCODING_CP932 };
	shk_read_options options = { 0 };
	struct outcome first, second;

	if (size == 0)
		return 0;
	prepare();
	options.format = formats[data[0] % 6];
	options.encoding = encodings[data[0] / 6 % 3];
	scratch_write(data + 1, size - 1);
	first = read_all(&options);
	second = read_all(&options);
	if (first.code != second.code || first.accepted != second.accepted ||
		first.refused != second.refused)
		fuzz_fail("read differently twice");
	return 0;
}
