/*
 * `batch --baseline` and `--write-baseline`: the results of a run, put in
 * order, beside those that were kept.
 */
#ifndef CLI_BASELINE_H
#define CLI_BASELINE_H

#include "cli/compare.h"
#include "cli/run.h"

#define BASELINE_TOLD_MAX 512 /* lines on standard error */

struct cli_baseline {
	const struct cli_arguments *arguments;
	struct cli_session *session;
	struct cli_compare compare;
	struct cli_side before, after;
	char approved[CLI_PATH_MAX]; /* file of approved changes, or "" */
	size_t told;		     /* lines that were said */
};

/* The arguments ask for one of the two. */
bool cli_baseline_wanted(const struct cli_arguments *arguments);
/*
 * Before anything is answered: read baseline and approved changes, so that a
 * fault in them costs no run.
 */
enum cli_exit cli_baseline_open(
	struct cli_baseline *baseline, const struct cli_arguments *arguments);
/* Once the session's report is open: take the results of the run. */
enum cli_exit cli_baseline_join(struct cli_baseline *baseline,
	struct cli_session *session, struct cli_run *run);
/* Results that an earlier process saved as run `id`. */
enum cli_exit cli_baseline_saved(
	struct cli_baseline *baseline, shk_store *store, int64_t id);
/*
 * When all is answered and before the report is finished: tell the changes, in
 * the report where its format has a place for them, else on standard error.
 * `status` with CLI_FINDINGS when one is not approved.
 */
enum cli_exit cli_baseline_check(
	struct cli_baseline *baseline, enum cli_exit status);
/* When the output is in its place: the new baseline, whole or not at all. */
enum cli_exit cli_baseline_write(
	struct cli_baseline *baseline, enum cli_exit status);
void cli_baseline_close(struct cli_baseline *baseline);

#endif
