/*
 * Answering the records of files for a comparison: as `price` does, with the
 * results as snapshot lines into a sorter in place of a report.
 */
#include "cli/answer_side.h"

#include "cli/message.h"
#include "cli/run.h"

static enum cli_exit answer_lines(void *context, const char *data, size_t size)
{
	shk_diag diag = { 0 };

	if (shk_snapshot_sorter_add(context, data, size, &diag) == SHK_OK)
		return CLI_DONE;
	return cli_complain_diag(&diag);
}

/* The options of `price` for this side. */
static enum cli_exit answer_options(struct cli_arguments *copy,
	const struct cli_arguments *arguments, const char *revision)
{
	*copy = *arguments;
	copy->given[OPT_REVISION] = true;
	copy->value[OPT_REVISION] = revision;
	if (copy->set_count == CLI_SETS_MAX) {
		cli_complain("more than %d --set", CLI_SETS_MAX - 1);
		return CLI_USAGE;
	}
	copy->sets[copy->set_count++] = "as_of="; /* the revision's own day */
	copy->choice[OPT_FORMAT] = 3; /* snapshot: nobody reads it */
	return CLI_DONE;
}

static enum cli_exit answer_files(struct cli_side *side,
	struct cli_session *session, enum cli_exit *worst)
{
	struct cli_run run = { .session = session };
	struct cli_feed feed = { .format = SHK_REPORT_SNAPSHOT,
		.lines = answer_lines,
		.context = side->sorter };
	enum cli_exit status = cli_feed_add(&run.feeds, &feed);

	if (status == CLI_DONE) {
		status = cli_run_files(&run);
		*worst = run.worst;
		if (status == run.worst)
			status = cli_feed_finish(&run.feeds);
	}
	cli_feed_release(&run.feeds);
	return status;
}

enum cli_exit cli_answer_side(struct cli_side *side,
	struct cli_session *session, struct cli_arguments *copy,
	const struct cli_arguments *arguments, const char *revision,
	enum cli_exit *worst)
{
	shk_diag diag = { 0 };
	enum cli_exit status = answer_options(copy, arguments, revision);

	session->arguments = copy;
	session->facts = true;
	if (status == CLI_DONE)
		status = cli_session_load(session, false);
	if (status == CLI_DONE)
		status = cli_output_open(&session->output, "/dev/null", false);
	if (status == CLI_DONE)
		status = cli_session_report(session, false);
	if (status == CLI_DONE &&
		shk_snapshot_sorter_new(
			&side->sorter, &session->header, NULL, &diag) != SHK_OK)
		status = cli_complain_diag(&diag);
	if (status == CLI_DONE)
		status = answer_files(side, session, worst);
	/* what remembers answers would only take room from here on */
	shk_report_free(session->report);
	shk_pricer_free(session->pricer);
	session->report = NULL;
	session->pricer = NULL;
	return status == CLI_DONE ? cli_side_sorted(side, revision) : status;
}
