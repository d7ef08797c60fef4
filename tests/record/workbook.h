/*
 * A workbook of one sheet for the tests of reading it: each part is text, and
 * is left out when it is NULL.
 */
#ifndef TESTS_RECORD_WORKBOOK_H
#define TESTS_RECORD_WORKBOOK_H

#include <stdbool.h>

struct workbook {
	const char *workbook;  /* xl/workbook.xml */
	const char *relations; /* xl/_rels/workbook.xml.rels */
	const char *strings;   /* xl/sharedStrings.xml */
	const char *styles;    /* xl/styles.xml */
	const char *sheet;     /* xl/worksheets/sheet1.xml */
	int more;	       /* empty parts behind these */
};

/* One visible sheet called "one", no texts and no formats; without `sheet`. */
extern const struct workbook workbook_plain;

/* Write it to a file of its own, whose path stays valid. */
const char *workbook_write(const struct workbook *workbook);

#endif
