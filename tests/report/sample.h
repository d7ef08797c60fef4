/*
 * Results built by hand for the tests of the writers, and a sink that keeps
 * what was written.
 */
#ifndef TESTS_REPORT_SAMPLE_H
#define TESTS_REPORT_SAMPLE_H

#include <shokan/report.h>

#include "base/buffer.h"
#include "price/result.h"

struct price_value sample_number(const char *text);
struct price_value sample_text(const char *text);
struct price_outcome sample_outcome(struct price_value value);
struct price_outcome sample_status(enum shk_status status, const char *reason);

/* Everything empty, no pointer NULL. */
shk_result sample_empty(void);
/* A1: coefficient 1.5, points still open, two citations, a known flip. */
shk_result sample_determined(void);
/* B2: pattern of prices, undetermined, parameter missing. */
shk_result sample_undetermined(void);
/* C3: a row that could not be read. */
shk_result sample_error(void);
/* The trace of sample_determined. */
void sample_add_steps(shk_result *result);

/* All of `results` through one writer; the text is in `out`. */
void sample_write(struct buffer *out, const shk_report_options *options,
	const shk_result *const *results, size_t count);

#endif
