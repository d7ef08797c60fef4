/*
 * One side of a comparison: a snapshot file, a run of a store, or records that
 * were answered just now; in order in any case.
 */
#ifndef CLI_SIDE_H
#define CLI_SIDE_H

#include <shokan/shokan.h>

#include "cli/options.h"

struct cli_side {
	shk_snapshot_sorter *sorter; /* NULL: the file itself is in order */
	shk_snapshot *snapshot;
};

/* Open the snapshot file `path` ("-": standard input). Says what is wrong. */
enum cli_exit cli_side_file(struct cli_side *side, const char *path);
/* Run `name` of the store: its number, or "last". */
enum cli_exit cli_side_run(
	struct cli_side *side, shk_store *store, const char *name);
/* What was put into `side->sorter` becomes the side. */
enum cli_exit cli_side_sorted(struct cli_side *side, const char *name);
void cli_side_close(struct cli_side *side);

/* The results of a run into the sorter. */
enum cli_exit cli_side_results(
	shk_snapshot_sorter *sorter, shk_store *store, int64_t id);

#endif
