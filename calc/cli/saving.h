/*
 * Saving a run in a store while it is answered. The results come through a
 * feed as snapshot lines and are saved in portions; the output is on the disk
 * before the store says how far it is.
 */
#ifndef CLI_SAVING_H
#define CLI_SAVING_H

#include "cli/inputs.h"
#include "cli/run.h"
#include "cli/text.h"

#define SAVING_LINES	 5000	    /* results of one portion */
#define SAVING_MARK	 256	    /* records after which Ctrl-C is seen */
#define SAVING_LINES_MAX 1000000    /* that --save-every takes */
#define SAVING_BYTES	 (8u << 20) /* bytes of their lines */

struct cli_saving {
	struct cli_session *session;
	shk_store *store;
	shk_run_writer *writer;
	struct cli_inputs inputs;
	shk_products *products; /* they are the input; NULL: files are */
	char *options; /* canonical JSON: what decides results and output */
	/* how far an earlier process was; all 0 for a new run */
	unsigned long long records;
	unsigned long long output;
	uint64_t counts[SHK_ERROR + 1];
	int worst;
	char newest[32];
	/* the portion at hand */
	struct cli_text lines;
	size_t count;
	size_t every;	      /* results of a portion */
	struct cli_text room; /* for the cells of one line */
	struct cli_mark mark; /* the last */
	bool finished;
};

/* Hash the inputs, open the store, begin a run or find the one to resume. */
enum cli_exit cli_saving_open(
	struct cli_saving *saving, struct cli_session *session);
/* Open output and report, and join the run as a feed. */
enum cli_exit cli_saving_join(struct cli_saving *saving, struct cli_run *run);
/* Save what is left; with `finished` the run is whole. */
enum cli_exit cli_saving_save(struct cli_saving *saving, bool finished);
/* The results are wanted nowhere but in the store or beside a baseline. */
bool cli_saving_quiet(const struct cli_arguments *arguments);
/* With `tidy` a run of which nothing was saved is taken back. */
void cli_saving_close(struct cli_saving *saving, bool tidy);

#endif
