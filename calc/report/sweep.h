/*
 * Writers of sweeps, one a format, into a buffer.
 */
#ifndef REPORT_SWEEP_H
#define REPORT_SWEEP_H

#include "base/buffer.h"
#include "inquiry/sweep.h"

struct sweep_writer {
	struct buffer *out;
	struct buffer cell;
	const shk_sweep *sweep;
	enum shk_language language;
	const char *output; /* of the grid and the plot */
	const char *unit;   /* its unit, or "" */
};

void sweep_text(struct sweep_writer *writer);
void sweep_csv(struct sweep_writer *writer);
void sweep_json(struct sweep_writer *writer);
void sweep_plot(struct sweep_writer *writer);

/* Id, decision, revision and what varies; then an empty line. */
void sweep_head(struct sweep_writer *writer);
/* The last line: how many answers of which status. */
void sweep_counts(struct sweep_writer *writer);
/* An output of an answer in few columns: a value, `? a or b`, `-`. */
void sweep_cell(struct sweep_writer *writer, const struct shk_result *result,
	const char *output);
/* What was built in `cell`, as text; it is empty again after the next use. */
struct text sweep_take(struct sweep_writer *writer);

#endif
