/*
 * What the table says in its cells and its last line, for the formats that
 * say the same in another frame.
 */
#ifndef REPORT_TEXT_H
#define REPORT_TEXT_H

#include "report/writer.h"

/* Outputs that have a value, or are open, a line each; false when there is
   none, and then `-`. */
bool text_values(struct buffer *out, const shk_result *result,
	enum shk_language language);
/* Error, reason, missing names, flip points and caveats, a line each; false
   when there is none. */
bool text_why(struct buffer *out, const shk_result *result,
	enum shk_language language);
/* `5 results: 3 determined, 2 undetermined`, without a line feed. */
void text_counts(struct buffer *out, const size_t counts[REPORT_STATUSES],
	enum shk_language language);

#endif
