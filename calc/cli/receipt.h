/*
 * --receipt FILE: the results of a run as a receipt, written beside the output
 * by a feed and put in place once the output is.
 */
#ifndef CLI_RECEIPT_H
#define CLI_RECEIPT_H

#include "cli/run.h"

struct cli_receipt {
	struct cli_output output;
	shk_receipt *receipt; /* NULL: none was asked for */
};

/* Join the run, whose session is open. Without --receipt nothing is done. */
enum cli_exit cli_receipt_open(
	struct cli_receipt *receipt, struct cli_run *run);
/* Results that an earlier process saved in a store, before those to come. */
enum cli_exit cli_receipt_earlier(
	struct cli_receipt *receipt, shk_store *store, int64_t run);
/* With a run that ended with `status`: the last line, and into its place. */
enum cli_exit cli_receipt_finish(struct cli_receipt *receipt,
	const struct cli_run *run, enum cli_exit status);
/* Nothing is left behind; does nothing after a finish. */
void cli_receipt_close(struct cli_receipt *receipt);

#endif
