/*
 * Values and outcomes as text, in two spellings: `cell` for machines (CSV, the
 * same in every language) and `words` for readers.
 */
#ifndef REPORT_VALUES_H
#define REPORT_VALUES_H

#include "base/buffer.h"
#include "price/result.h"

#define VALUES_DEPTH_MAX 64 /* nesting of a value that is printed */

/* Exact plain decimal: no exponent, no rounding. */
void values_number(struct buffer *out, num number);

/*
 * `{a|b}` lists, `{a:1|b:2}` contexts, `[1..2)` intervals, `?x,y` unknown
 * because of x and y, `?{a|b}` unknown but one of these, `null`. In texts `\`
 * stands before each of `\|;:{}`.
 */
void values_cell(struct buffer *out, const struct price_value *value);
/* `a|b|not_applicable`; a status with two reasons is said once. */
void values_cell_outcomes(
	struct buffer *out, const struct price_outcome *outcomes, size_t count);

/* `name=value;...` of all outputs; an open one `name=undetermined{a|b}`. */
void values_cell_outputs(struct buffer *out, const shk_result *result);

/* As a reader says it: `yes`, `a, b`, `none`, `more than 1`, ... */
void values_words(struct buffer *out, const struct price_value *value,
	enum shk_language language);
/*
 * The same for narrow columns: a number that is correct to its digits only is
 * shown as `~` and six decimals; JSON, CSV and the proof have all its digits.
 */
#define VALUES_SHORT 6
void values_short(struct buffer *out, const struct price_value *value,
	enum shk_language language);
/* `1.1 or 1.2 or not applicable`. */
void values_words_outcomes(struct buffer *out,
	const struct price_outcome *outcomes, size_t count,
	enum shk_language language);

/* True when the two sets of outcomes read the same; `*failed` is set when
   memory ran out while looking. */
bool values_same_outcomes(const struct price_outcome *a, size_t a_count,
	const struct price_outcome *b, size_t b_count, bool *failed);
/*
 * Certain digits of the least certain number in `value`, 0 when something in
 * it is not proved at all; NUM_DIGITS when all of it is exact.
 */
unsigned values_digits(const struct price_value *value);
bool values_inexact(const struct price_value *value);
/* ` (correct to 32 digits)` behind an inexact value; nothing behind others. */
void values_certainty(struct buffer *out, const struct price_value *value,
	enum shk_language language);

#endif
