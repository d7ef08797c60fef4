/*
 * Whoever takes results beside the output: a store, a baseline, receipts. A
 * feed gets the finished lines of one report format, in the order of the
 * records and in one thread, and marks between records at which it may save.
 */
#ifndef CLI_FEED_H
#define CLI_FEED_H

#include <shokan/shokan.h>

#include "cli/exits.h"

#define CLI_FEEDS_MAX 8 /* of one run */

/* How far a run is; what a feed saves together with its lines. */
struct cli_mark {
	unsigned long long records; /* done since the run began */
	enum cli_exit worst;	    /* CLI_DONE or CLI_INPUT so far */
	const char *newest;	    /* the revision that was assumed, or NULL */
};

struct cli_feed {
	enum shk_report_format format;
	bool steps; /* with the trace, as --steps */
	void *context;
	/*
	 * Whole lines of one or several results. Anything but CLI_DONE stops
	 * the run with that status; the feed has said why.
	 */
	enum cli_exit (*lines)(void *context, const char *data, size_t size);
	/* Every line of the records before this mark was given; may be NULL. */
	enum cli_exit (*mark)(void *context, const struct cli_mark *mark);
	/* the run's own */
	shk_report *report;
	enum cli_exit stop;
};

struct cli_feeds {
	struct cli_feed items[CLI_FEEDS_MAX];
	size_t count;
};

/* Add a feed; says what is wrong. */
enum cli_exit cli_feed_add(
	struct cli_feeds *feeds, const struct cli_feed *feed);
/* One result to every feed. */
enum cli_exit cli_feed_result(
	struct cli_feeds *feeds, const shk_result *result);
enum cli_exit cli_feed_mark(
	struct cli_feeds *feeds, const struct cli_mark *mark);
/* The closing lines of every feed's report. */
enum cli_exit cli_feed_finish(struct cli_feeds *feeds);
void cli_feed_release(struct cli_feeds *feeds);

#endif
