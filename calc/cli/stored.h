/*
 * A run of a store as a snapshot, and what its options were.
 */
#ifndef CLI_STORED_H
#define CLI_STORED_H

#include <shokan/shokan.h>

#include "cli/exits.h"
#include "cli/text.h"

/* A run, copied out of the store. */
struct cli_stored {
	shk_run run; /* its texts are in `texts` */
	char *texts[10];
	struct shk_snapshot_header header;
	char *options[4]; /* revision, as_of, decision, min_evidence */
};

/* `id` 0 is the newest. Says what is wrong. */
enum cli_exit cli_stored_read(
	struct cli_stored *out, shk_store *store, int64_t id);
void cli_stored_release(struct cli_stored *stored);

/*
 * Results of a run as lines of a snapshot behind its header lines, sorted by
 * id and decision: for shk_snapshot_from. `stored` outlives it; freed with
 * cli_stored_lines_free.
 */
struct cli_stored_lines;

enum cli_exit cli_stored_lines_open(struct cli_stored_lines **out,
	shk_store *store, const struct cli_stored *stored);
struct shk_line_source cli_stored_source(struct cli_stored_lines *lines);
void cli_stored_lines_free(struct cli_stored_lines *lines);

#endif
