/*
 * Answers as short text, to compare and to tell: exact, the same in every
 * language.
 */
#ifndef INQUIRY_DIFF_SHOW_H
#define INQUIRY_DIFF_SHOW_H

#include "base/buffer.h"
#include "price/result.h"

#define DIFF_CAVEATS "caveats" /* as if they were an output */

void diff_show_value(struct buffer *out, const struct price_value *value);
/* One output, or the caveats, of an answer. `lead`: with the reason why the
   decision does not apply. */
void diff_show_output(struct buffer *out, const shk_result *result,
	const char *output, bool lead);
/* All of it: status, reason, outputs, caveats. */
void diff_show_answer(struct buffer *out, const shk_result *result);
/* "determined", ... */
const char *diff_show_status(enum shk_status status);

#endif
