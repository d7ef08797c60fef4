/*
 * One cell of CSV, for the writers of this room, and a row that repeats.
 */
#ifndef REPORT_CSV_H
#define REPORT_CSV_H

#include "report/writer.h"

/* Quoted where it must be, with an apostrophe before a formula. */
void csv_cell(struct buffer *out, const char *data, size_t size);

/* See report_repeat. */
bool csv_repeat(const struct shk_report *report, const shk_result *result,
	struct text id, struct buffer *out);

/* See report_repeat_rows. */
size_t csv_repeat_rows(struct shk_report *report,
	const struct price_again *answers, const char *const *ids,
	const uint32_t *id_sizes, size_t count, struct buffer *out);

#endif
