/*
 * Writers of solutions, one a format, into a buffer.
 */
#ifndef REPORT_SOLUTION_H
#define REPORT_SOLUTION_H

#include "base/buffer.h"
#include "inquiry/solution.h"

void solution_text(struct buffer *out, const shk_solution *solution,
	enum shk_language language);
void solution_json(struct buffer *out, const shk_solution *solution);
void solution_csv(struct buffer *out, const shk_solution *solution);

/* The end as one word: a number, a day, a fraction that has no decimal. */
void solution_end_word(struct buffer *out, const struct solution_end *end,
	enum shk_language language);
/* The end itself does not belong to the piece. */
bool solution_end_open(const struct solution_end *end);

#endif
