/*
 * Counting changes by decision, for the summary.
 */
#ifndef COMPARE_COUNTS_H
#define COMPARE_COUNTS_H

#include <shokan/compare.h>

#include "base/arena.h"
#include "num/num.h"

#define COUNTS_DECISIONS_MAX 1024 /* different decisions of two snapshots */

struct counts {
	struct arena *arena; /* for the comparison's life */
	size_t count;
	struct shk_change_counts items[COUNTS_DECISIONS_MAX]; /* sorted */
	num yen[COUNTS_DECISIONS_MAX];
};

/* The counts of a decision; NULL after saying why. */
struct shk_change_counts *counts_of(
	struct counts *counts, const char *decision, shk_diag *diag);
/* One change into the counts. */
enum shk_code counts_change(
	struct counts *counts, const struct shk_change *change, shk_diag *diag);
/* The sums as text. */
enum shk_code counts_finish(struct counts *counts, shk_diag *diag);

#endif
