/*
 * A formula with its numbers put in, as an analyst writes it below the formula:
 * `base_points * coefficient` becomes `1235 * 1.5`.
 */
#ifndef REPORT_FILLED_H
#define REPORT_FILLED_H

#include "base/buffer.h"
#include "price/result.h"

#define FILLED_FORMULA_MAX 384 /* bytes of a formula that is filled */

/*
 * Add the formula of `result->steps[at]` with every name replaced whose step
 * stands directly below it and has one plain value. False, with nothing added,
 * when no name was replaced or the formula is too long to read.
 */
bool filled_formula(struct buffer *out, const shk_result *result, size_t at);

#endif
