/*
 * The way of files through the flow that price, batch and explain share.
 */
#ifndef CLI_RUN_H
#define CLI_RUN_H

#include "cli/feed.h"
#include "cli/progress.h"
#include "cli/session.h"

struct cli_run_set {
	shk_flow_set items[CLI_SETS_MAX];
	char names[CLI_SETS_MAX][CLI_FIELD_MAX];
};

struct cli_run {
	struct cli_session *session;
	struct cli_feeds feeds;	    /* who takes results beside the output */
	const char *id;		    /* only this record; NULL: all */
	bool single;		    /* more than one record is wrong use */
	unsigned long long records; /* of all files, wrong ones too */
	/* an earlier process answered the first `skip` records, with so many
	   results by status, and assumed this revision (or NULL) */
	unsigned long long skip;
	uint64_t before[SHK_ERROR + 1];
	uint64_t mark_at;    /* as in flow.h */
	uint64_t mark_every; /* likewise */
	const char *newest;
	enum cli_exit worst; /* CLI_DONE or CLI_INPUT so far */
	enum cli_exit stop;  /* why the flow was left early */
	shk_flow_totals totals;
	struct cli_run_set sets;
	struct cli_progress progress;
	bool rows; /* of a store: counted, not measured */
};

/*
 * Every record of every file through pricer and report. Returns CLI_DONE,
 * CLI_INPUT when something was wrong and the rest answered, or the status
 * with which to stop at once (everything is said then).
 */
enum cli_exit cli_run_files(struct cli_run *run);
/* The same over the `count` rows of a store. */
enum cli_exit cli_run_rows(
	struct cli_run *run, shk_row_source rows, uint64_t count);
/* Finish the report, put the output in place; the status of the command. */
enum cli_exit cli_run_finish(struct cli_run *run, enum cli_exit status);

#endif
