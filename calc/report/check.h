/*
 * The writers of a check of the rulebook's tables: begin, one call a table,
 * finish with the counts. They append to `out`.
 */
#ifndef REPORT_CHECK_H
#define REPORT_CHECK_H

#include <shokan/check.h>

#include "base/buffer.h"

struct check_report;

struct check_writer {
	void (*begin)(struct check_report *report);
	void (*table)(
		struct check_report *report, const shk_table_check *table);
	void (*finish)(struct check_report *report);
};

struct check_report {
	enum shk_language language;
	const struct check_writer *writer;
	shk_sink sink;
	shk_check_counts counts;
	struct buffer out;
	char file[SHK_DIAG_PATH]; /* of the last table */
	bool unwritten;		  /* the sink took no more */
};

extern const struct check_writer check_text;
extern const struct check_writer check_json;
extern const struct check_writer check_csv;

/* `a = 5, b = true` of the columns that matter; "" when none does. `between`
   stands between a column and its value. */
void check_values(struct buffer *out, const shk_table_check *table,
	const char *const *values, const char *between);

#endif
