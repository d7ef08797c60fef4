/*
 * Workbooks for tests, written by minizip.
 */
#define _GNU_SOURCE

#include <criterion/criterion.h>
#include <minizip/zip.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "record/workbook.h"

const struct workbook workbook_plain = {
	.workbook = "<workbook xmlns:r='r'><sheets>"
		    "<sheet name='one' sheetId='1' r:id='a'/></sheets>"
		    "</workbook>",
	.relations = "<Relationships><Relationship Id='a' "
		     "Type='x/worksheet' Target='worksheets/sheet1.xml'/>"
		     "</Relationships>",
};

static char path[64];

static void part(zipFile file, const char *name, const char *text)
{
	if (!text)
		return;
	cr_assert_eq(zipOpenNewFileInZip(file, name, NULL, NULL, 0, NULL, 0,
			     NULL, Z_DEFLATED, 1),
		ZIP_OK);
	cr_assert_eq(zipWriteInFileInZip(file, text, (unsigned)strlen(text)),
		ZIP_OK);
	cr_assert_eq(zipCloseFileInZip(file), ZIP_OK);
}

const char *workbook_write(const struct workbook *workbook)
{
	char name[32];
	zipFile file;
	int made;

	snprintf(path, sizeof(path), "/tmp/workbook_XXXXXX.xlsx");
	made = mkstemps(path, 5);
	cr_assert_geq(made, 0);
	close(made);
	file = zipOpen(path, APPEND_STATUS_CREATE);
	cr_assert(file);
	part(file, "xl/workbook.xml", workbook->workbook);
	part(file, "xl/_rels/workbook.xml.rels", workbook->relations);
	part(file, "xl/sharedStrings.xml", workbook->strings);
	part(file, "xl/styles.xml", workbook->styles);
	part(file, "xl/worksheets/sheet1.xml", workbook->sheet);
	for (int i = 0; i < workbook->more; i++) {
		snprintf(name, sizeof(name), "more/%d", i);
		part(file, name, "");
	}
	cr_assert_eq(zipClose(file, NULL), ZIP_OK);
	return path;
}
