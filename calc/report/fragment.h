/*
 * Reports in fragments: several threads write results of one report, each with
 * a report of its own, and what they wrote is appended in order. What a writer
 * remembers from one result to the next for the closing lines is the tally.
 */
#ifndef REPORT_FRAGMENT_H
#define REPORT_FRAGMENT_H

#include "report/writer.h"

struct report_tally {
	size_t counts[REPORT_STATUSES];
	size_t levels[REPORT_LEVELS];
	char newest[32]; /* see struct shk_report */
	bool weak_seen;
};

/*
 * A report with the options of `whole` that writes results and nothing else,
 * in a form for report_append: what stands around results (the suites of
 * JUnit, the commas of SARIF) is made there. It is not finished.
 * Errors: SHK_E_MEMORY. Caller frees.
 */
enum shk_code report_fragment(shk_report **out, const shk_report *whole,
	shk_sink sink, shk_diag *diag);
/*
 * A result that repeats a remembered one (`remembered` is not 0), straight to
 * the end of `out` in place of the sink; `id` is that of its record and has no
 * comma, quote or line end. False, and nothing is said or counted, when the
 * format has no short way: then it goes through shk_report_result.
 */
bool report_repeat(shk_report *fragment, const shk_result *result,
	struct text id, struct buffer *out);
/*
 * The same for rows one behind the other, which are rows of CSV: how many were
 * said before one that goes the long way.
 */
size_t report_repeat_rows(shk_report *fragment,
	const struct price_again *answers, const char *const *ids,
	const uint32_t *id_sizes, size_t count, struct buffer *out);
/* What was counted since the last time. */
void report_take(shk_report *fragment, struct report_tally *tally);
/*
 * Append what a fragment wrote, whole results, and its tally (NULL: none yet).
 * The beginning comes first. SHK_E_IO when the sink fails.
 */
enum shk_code report_append(shk_report *whole, struct text bytes,
	const struct report_tally *tally, shk_diag *diag);

#endif
