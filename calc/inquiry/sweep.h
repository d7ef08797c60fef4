/*
 * A sweep as the reports read it. Everything lives in its own arena.
 */
#ifndef INQUIRY_SWEEP_H
#define INQUIRY_SWEEP_H

#include <shokan/sweep.h>

#include "base/arena.h"
#include "price/result.h"

/* A fact that varies and the cells that it gets. */
struct sweep_axis {
	const char *fact;
	const char *label_ja;
	const char *label_en;
	const char *unit;
	size_t count;
	const char *const *cells; /* as records give them */
	/* the part of a cell that varies; the cell itself without braces */
	const char *const *values;
	bool numbers; /* the values are numbers: `at` */
	const num *at;
};

struct shk_sweep {
	struct arena arena;
	const char *id;
	const char *name;
	const char *policy; /* as given: a JSON object */
	size_t axis_count;
	struct sweep_axis axes[SHK_SWEEP_AXES_MAX];
	size_t count;		   /* points: the last axis turns fastest */
	struct shk_result *points; /* without what names the record */
};

/* The result at a point of the grid; `second` 0 when there is one axis. */
const struct shk_result *sweep_at(
	const shk_sweep *sweep, size_t first, size_t second);
/* The output of that name in an answer, or NULL. */
const struct price_output *sweep_output(
	const struct shk_result *result, const char *name);

#endif
