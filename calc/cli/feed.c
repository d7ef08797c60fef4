/*
 * Feeds: one report a feed, whose bytes go to the feed's function. What a feed
 * cannot take ends the run with the status that the feed gave.
 */
#include <string.h>

#include "cli/feed.h"
#include "cli/message.h"

static bool feed_write(void *context, const char *data, size_t size)
{
	struct cli_feed *feed = context;

	if (feed->stop == CLI_DONE)
		feed->stop = feed->lines(feed->context, data, size);
	return feed->stop == CLI_DONE;
}

/* A call of the feed's report came back. */
static enum cli_exit feed_check(
	const struct cli_feed *feed, enum shk_code code, const shk_diag *diag)
{
	if (feed->stop != CLI_DONE)
		return feed->stop;
	return code == SHK_OK ? CLI_DONE : cli_complain_diag(diag);
}

enum cli_exit cli_feed_add(struct cli_feeds *feeds, const struct cli_feed *feed)
{
	struct cli_feed *added = &feeds->items[feeds->count];
	shk_report_options options = { .format = feed->format,
		.steps = feed->steps };
	shk_sink sink = { added, feed_write };
	shk_diag diag = { 0 };

	if (feeds->count == CLI_FEEDS_MAX) {
		cli_complain(
			"more than %d consumers of one run", CLI_FEEDS_MAX);
		return CLI_INTERNAL;
	}
	*added = *feed;
	added->stop = CLI_DONE;
	if (shk_report_new(&added->report, &options, sink, &diag) != SHK_OK)
		return cli_complain_diag(&diag);
	feeds->count++;
	return CLI_DONE;
}

enum cli_exit cli_feed_result(struct cli_feeds *feeds, const shk_result *result)
{
	enum cli_exit status = CLI_DONE;

	for (size_t i = 0; i < feeds->count && status == CLI_DONE; i++) {
		struct cli_feed *feed = &feeds->items[i];
		shk_diag diag = { 0 };
		enum shk_code code =
			shk_report_result(feed->report, result, &diag);

		status = feed_check(feed, code, &diag);
	}
	return status;
}

enum cli_exit cli_feed_mark(
	struct cli_feeds *feeds, const struct cli_mark *mark)
{
	enum cli_exit status = CLI_DONE;

	for (size_t i = 0; i < feeds->count && status == CLI_DONE; i++) {
		struct cli_feed *feed = &feeds->items[i];

		if (feed->mark)
			status = feed->mark(feed->context, mark);
	}
	return status;
}

enum cli_exit cli_feed_finish(struct cli_feeds *feeds)
{
	enum cli_exit status = CLI_DONE;

	for (size_t i = 0; i < feeds->count && status == CLI_DONE; i++) {
		struct cli_feed *feed = &feeds->items[i];
		shk_diag diag = { 0 };
		enum shk_code code = shk_report_finish(feed->report, &diag);

		status = feed_check(feed, code, &diag);
	}
	return status;
}

void cli_feed_release(struct cli_feeds *feeds)
{
	for (size_t i = 0; i < feeds->count; i++)
		shk_report_free(feeds->items[i].report);
	memset(feeds, 0, sizeof(*feeds));
}
