/*
 * Any bytes as a workbook: as they are, and as the sheet, the shared texts and
 * the formats of a workbook that is well otherwise, since no chance finds a
 * checksum. Both are read to the end, twice with the same outcome; each record
 * comes in order, and one that is refused is named.
 */
#define _GNU_SOURCE

#include <shokan/record.h>

#include <fcntl.h>
#include <minizip/zip.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fuzz/target.h"

static char path[64];
static shk_schema *schema;

static void clean(void)
{
	unlink(path);
	shk_schema_free(schema);
}

static void prepare(void)
{
	shk_diag diag = { 0 };
	int file;

	if (path[0])
		return;
	if (shk_schema_load(&schema, FUZZ_RULES, &diag) != SHK_OK)
		fuzz_fail("cannot load the vocabulary: %s", diag.message);
	snprintf(path, sizeof(path), "%s/fuzz_XXXXXX.xlsx",
		access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	file = mkstemps(path, 5);
	if (file < 0)
		fuzz_fail("cannot make %s", path);
	close(file);
	atexit(clean);
}

static void write_bytes(const uint8_t *data, size_t size)
{
	int file = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);

	if (file < 0 || write(file, data, size) != (ssize_t)size)
		fuzz_fail("cannot write %s", path);
	close(file);
}

static void add(zipFile file, const char *name, const void *data, size_t size)
{
	if (zipOpenNewFileInZip(
		    file, name, NULL, NULL, 0, NULL, 0, NULL, 0, 0) != ZIP_OK ||
		zipWriteInFileInZip(file, data, (unsigned)size) != ZIP_OK ||
		zipCloseFileInZip(file) != ZIP_OK)
		fuzz_fail("cannot write %s", name);
}

/* Texts, formats and sheet, with a NUL between them; what is missing is "". */
static void write_parts(const uint8_t *data, size_t size)
{
	static const char *const names[] = { "xl/worksheets/sheet1.xml",
		"xl/sharedStrings.xml", "xl/styles.xml" };
	static const char book[] =
		"<w xmlns:r='r'><sheets><sheet name='s' r:id='a'/></sheets>"
		"</w>";
	static const char related[] =
		"<r><Relationship Id='a' Type='/worksheet' "
		"Target='worksheets/sheet1.xml'/></r>";
	zipFile file = zipOpen(path, APPEND_STATUS_CREATE);

	if (!file)
		fuzz_fail("cannot write %s", path);
	add(file, "xl/workbook.xml", book, strlen(book));
	add(file, "xl/_rels/workbook.xml.rels", related, strlen(related));
	for (size_t i = 0; i < 3 && size > 0; i++) {
		const uint8_t *end = memchr(data, 0, size);
		size_t length = end ? (size_t)(end - data) : size;

		add(file, names[i], data, length);
		length += end != NULL;
		data += length;
		size -= length;
	}
	zipClose(file, NULL);
}

struct outcome {
	enum shk_code code;
	long accepted;
	long refused;
};

static struct outcome read_all(void)
{
	struct outcome outcome = { SHK_OK, 0, 0 };
	shk_records *records = NULL;
	shk_record *record;
	shk_diag diag = { 0 };
	long row = 0;

	outcome.code = shk_records_open(&records, schema, path, NULL, &diag);
	fuzz_check_code("shk_records_open", outcome.code, &diag);
	while (!outcome.code) {
		memset(&diag, 0, sizeof(diag));
		outcome.code = shk_records_next(records, &record, &diag);
		if (outcome.code != SHK_END)
			fuzz_check_code(
				"shk_records_next", outcome.code, &diag);
		if (record && shk_record_row(record) <= row)
			fuzz_fail("row %ld behind %ld", shk_record_row(record),
				row);
		row = record ? shk_record_row(record) : row;
		outcome.accepted += !outcome.code;
		if (outcome.code && record) {
			outcome.refused++;
			outcome.code = SHK_OK;
		}
	}
	shk_records_close(records);
	return outcome;
}

static void read_twice(void)
{
	struct outcome first = read_all();
	struct outcome again = read_all();

	if (first.code != again.code || first.accepted != again.accepted ||
		first.refused != again.refused)
		fuzz_fail("read differently twice");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	prepare();
	write_bytes(data, size);
	read_twice();
	write_parts(data, size);
	read_twice();
	return 0;
}
