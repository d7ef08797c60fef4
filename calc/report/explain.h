/*
 * Parts of the proof that more than one file writes.
 */
#ifndef REPORT_EXPLAIN_H
#define REPORT_EXPLAIN_H

#include "report/words.h"
#include "report/writer.h"

/* Write the paragraph that was built in scratch. */
void explain_line(
	struct shk_report *report, const char *first, const char *rest);
const char *explain_word(struct shk_report *report, enum word word);
/* An empty line and a heading. */
void explain_title(struct shk_report *report, enum word word);
/* The text in the report's language. */
const char *explain_pick(
	struct shk_report *report, const char *ja, const char *en);

void explain_missing(struct shk_report *report, const shk_result *result);
void explain_flips(struct shk_report *report, const shk_result *result);

#endif
