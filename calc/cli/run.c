/*
 * From the command line into the flow of the library, which reads, prices and
 * reports; here its messages are said, in the words of the command, and its
 * outcome becomes an exit status.
 */
#include <string.h>
#include <unistd.h>

#include "cli/interrupt.h"
#include "cli/message.h"
#include "cli/run.h"

#define RUN_FEEDS 4 /* a side, what is saved, a baseline, a receipt */

_Static_assert(RUN_FEEDS <= CLI_FEEDS_MAX, "room for all that read one run");

/* The revision that was assumed, by this process or an earlier one. */
static const char *cli_run_newest(const struct cli_run *run)
{
	const char *newest = shk_report_newest(run->session->report);

	return newest ? newest : run->newest;
}

/* A feed that could not take its lines; it has said why. */
static enum cli_exit cli_run_feed(const struct cli_run *run)
{
	for (size_t i = 0; i < run->feeds.count; i++) {
		if (run->feeds.items[i].stop != CLI_DONE)
			return run->feeds.items[i].stop;
	}
	return CLI_DONE;
}

static enum cli_exit cli_run_failed(
	const struct cli_run *run, const shk_diag *why)
{
	const shk_flow_set *set = run->totals.bad_set;
	enum cli_exit status = cli_run_feed(run);

	if (status != CLI_DONE)
		return status;
	if (set)
		cli_complain(
			"--set %s=%s: %s", set->name, set->value, why->message);
	else if (run->single && why->code == SHK_E_USAGE)
		cli_complain("more than one record; say which one with --id");
	else
		return cli_complain_diag(why);
	return CLI_USAGE;
}

static void cli_run_tell(
	void *context, enum shk_flow_kind kind, const shk_diag *diag)
{
	struct cli_run *run = context;
	shk_diag failed = { 0 };

	switch (kind) {
	case SHK_FLOW_ERROR:
		cli_complain_diag(diag);
		break;
	case SHK_FLOW_WARNING:
		cli_complain_row(
			diag->path, diag->line, "warning: ", diag->message);
		break;
	case SHK_FLOW_GUESSED:
		cli_complain_row(diag->path, 0,
			"note: ", "read as CP932; --encoding states another");
		break;
	case SHK_FLOW_TROUBLE:
		cli_complain_diag(diag);
		if (shk_report_trouble(run->session->report, diag, &failed) !=
			SHK_OK)
			run->stop = cli_complain_diag(&failed);
		break;
	case SHK_FLOW_FAILED:
		run->stop = cli_run_failed(run, diag);
		break;
	}
}

/* The feeds may save up to here. */
static enum shk_code cli_run_mark(void *context, const shk_flow_mark *reached)
{
	struct cli_run *run = context;
	struct cli_mark mark = { .records = reached->all_records,
		.newest = cli_run_newest(run) };

	if (reached->wrong)
		run->worst = CLI_INPUT;
	mark.worst = run->worst;
	run->records = reached->all_records;
	if (run->stop == CLI_DONE && run->records > run->skip) {
		cli_progress_step(&run->progress, run->records,
			run->rows ? run->records : reached->all_bytes);
		run->stop = cli_feed_mark(&run->feeds, &mark);
	}
	if (run->stop == CLI_DONE && cli_interrupted())
		run->stop = CLI_IO; /* the signal decides the status */
	return run->stop == CLI_DONE ? SHK_OK : SHK_E_IO;
}

/* The --set fields of records; the texts stay those of the command line. */
static size_t cli_run_sets(
	const struct cli_session *session, struct cli_run_set *sets)
{
	for (size_t i = 0; i < session->field_count; i++) {
		const char *set = session->arguments->sets[session->fields[i]];

		sets->items[i].name = sets->names[i];
		sets->items[i].value = cli_set_split(set, sets->names[i]);
	}
	return session->field_count;
}

static size_t cli_run_reports(struct cli_run *run, shk_report **reports)
{
	size_t count = 0;

	reports[count++] = run->session->report;
	for (size_t i = 0; i < run->feeds.count; i++)
		reports[count++] = run->feeds.items[i].report;
	return count;
}

/* `rows` NULL: the files of the command line. */
static enum cli_exit cli_run_flow(
	struct cli_run *run, const shk_row_source *rows)
{
	struct cli_session *session = run->session;
	shk_read_options read = cli_read_options(session);
	shk_report *reports[CLI_FEEDS_MAX + 1];
	shk_flow_options options = {
		.rulebook = session->rulebook,
		.schema = session->schema,
		.read = &read,
		.price = &session->price,
		.pricer = session->pricer,
		.reports = reports,
		.report_count = cli_run_reports(run, reports),
		.sets = run->sets.items,
		.set_count = cli_run_sets(session, &run->sets),
		.rows = rows,
		.paths = (const char *const *)session->arguments->words,
		.path_count = rows ? 0 : session->arguments->word_count,
		.jobs = session->jobs,
		.skip = run->skip,
		.mark_at = run->mark_at,
		.mark_every = run->mark_every,
		.only = run->id,
		.single = run->single,
		.context = run,
		.tell = cli_run_tell,
		.mark = cli_run_mark,
	};
	shk_diag diag = { 0 };
	enum shk_code code = shk_flow_run(&options, &run->totals, &diag);

	if (code != SHK_OK && run->stop == CLI_DONE)
		run->stop = cli_complain_diag(&diag);
	if (run->totals.wrong)
		run->worst = CLI_INPUT;
	return run->stop != CLI_DONE ? run->stop : run->worst;
}

/* A terminal shows the results themselves. */
static bool cli_run_is_shown(const struct cli_run *run)
{
	return run->session->output.standard && isatty(STDOUT_FILENO);
}

enum cli_exit cli_run_files(struct cli_run *run)
{
	const struct cli_arguments *arguments = run->session->arguments;
	enum cli_exit status;

	cli_progress_begin(&run->progress, 0, arguments->words,
		arguments->word_count, cli_run_is_shown(run));
	status = cli_run_flow(run, NULL);
	cli_progress_end(&run->progress);
	return status;
}

enum cli_exit cli_run_rows(
	struct cli_run *run, shk_row_source rows, uint64_t count)
{
	enum cli_exit status;

	run->rows = true;
	cli_progress_begin(
		&run->progress, count, NULL, 0, cli_run_is_shown(run));
	status = cli_run_flow(run, &rows);
	cli_progress_end(&run->progress);
	return status;
}

static bool cli_run_has_findings(const struct cli_run *run)
{
	const shk_report *report = run->session->report;

	return shk_report_count(report, SHK_UNDETERMINED) ||
	       shk_report_count(report, SHK_CONFLICT) ||
	       run->before[SHK_UNDETERMINED] || run->before[SHK_CONFLICT];
}

/* JSON and CSV have no place to say it; the table and the proof do. */
static void cli_run_note_newest(const struct cli_run *run)
{
	const char *newest = cli_run_newest(run);

	if (newest && run->session->arguments->choice[OPT_FORMAT] != 0)
		cli_complain("note: no date and no revision given; the newest "
			     "revision was taken: %s",
			newest);
}

enum cli_exit cli_run_finish(struct cli_run *run, enum cli_exit status)
{
	struct cli_session *session = run->session;
	shk_diag diag = { 0 };
	enum cli_exit written;

	if (run->stop != CLI_DONE)
		return status;
	if (shk_report_finish(session->report, &diag) != SHK_OK)
		return session->output.held.refused ? cli_complain_memory()
						    : cli_complain_diag(&diag);
	written = cli_feed_finish(&run->feeds);
	if (written != CLI_DONE)
		return written;
	written = cli_output_commit(&session->output);
	if (written != CLI_DONE)
		return written;
	cli_run_note_newest(run);
	if (status == CLI_DONE && session->arguments->given[OPT_STRICT] &&
		cli_run_has_findings(run))
		return CLI_FINDINGS;
	return status;
}
