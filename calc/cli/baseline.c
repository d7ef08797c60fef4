/*
 * The baseline of a catalogue. A change that nobody approved is told in the
 * very line that approves it, so that a reviewer copies it into the file of
 * approved changes or finds the mistake.
 */
#include "cli/baseline.h"

#include <string.h>
#include <unistd.h>

#include "cli/message.h"

bool cli_baseline_wanted(const struct cli_arguments *arguments)
{
	return arguments->given[OPT_BASELINE] ||
	       arguments->given[OPT_WRITE_BASELINE];
}

/* --approved, else the file beside the baseline if it is there. */
static enum cli_exit baseline_approved(
	struct cli_baseline *baseline, const char **path)
{
	const struct cli_arguments *arguments = baseline->arguments;
	int length;

	*path = arguments->value[OPT_APPROVED];
	if (*path || !arguments->given[OPT_BASELINE])
		return CLI_DONE;
	length = snprintf(baseline->approved, sizeof(baseline->approved),
		"%s.approved", arguments->value[OPT_BASELINE]);
	if (length < 0 || (size_t)length >= sizeof(baseline->approved)) {
		cli_complain("--baseline: the path is too long");
		return CLI_USAGE;
	}
	if (access(baseline->approved, F_OK) == 0)
		*path = baseline->approved;
	return CLI_DONE;
}

static enum cli_exit baseline_change(
	struct cli_compare *compare, const struct shk_change *change);

enum cli_exit cli_baseline_open(
	struct cli_baseline *baseline, const struct cli_arguments *arguments)
{
	const char *approved;
	enum cli_exit status;

	baseline->arguments = arguments;
	baseline->compare.change = baseline_change;
	baseline->compare.context = baseline;
	if (arguments->given[OPT_APPROVED] && !arguments->given[OPT_BASELINE]) {
		cli_complain("--approved goes with --baseline");
		return CLI_USAGE;
	}
	if (!cli_baseline_wanted(arguments))
		return CLI_DONE;
	status = baseline_approved(baseline, &approved);
	if (status == CLI_DONE)
		status = cli_compare_open(
			&baseline->compare, arguments, approved);
	if (status == CLI_DONE && arguments->given[OPT_BASELINE])
		status = cli_side_file(
			&baseline->before, arguments->value[OPT_BASELINE]);
	return status;
}

static enum cli_exit baseline_lines(
	void *context, const char *data, size_t size)
{
	struct cli_baseline *baseline = context;
	shk_diag diag = { 0 };

	if (shk_snapshot_sorter_add(
		    baseline->after.sorter, data, size, &diag) == SHK_OK)
		return CLI_DONE;
	return cli_complain_diag(&diag);
}

enum cli_exit cli_baseline_join(struct cli_baseline *baseline,
	struct cli_session *session, struct cli_run *run)
{
	const struct cli_feed feed = { .format = SHK_REPORT_SNAPSHOT,
		.context = baseline,
		.lines = baseline_lines };
	shk_diag diag = { 0 };

	if (!cli_baseline_wanted(baseline->arguments))
		return CLI_DONE;
	baseline->session = session;
	if (shk_snapshot_sorter_new(&baseline->after.sorter, &session->header,
		    NULL, &diag) != SHK_OK)
		return cli_complain_diag(&diag);
	return cli_feed_add(&run->feeds, &feed);
}

enum cli_exit cli_baseline_saved(
	struct cli_baseline *baseline, shk_store *store, int64_t id)
{
	if (!cli_baseline_wanted(baseline->arguments))
		return CLI_DONE;
	return cli_side_results(baseline->after.sorter, store, id);
}

/* A format that has a place for changes. */
static bool baseline_in_report(const struct cli_baseline *baseline)
{
	switch (cli_format(baseline->arguments, false)) {
	case SHK_REPORT_JUNIT:
	case SHK_REPORT_SARIF:
	case SHK_REPORT_GITHUB:
	case SHK_REPORT_TAP:
		return true;
	default:
		return false;
	}
}

static void baseline_tell(
	struct cli_baseline *baseline, const struct shk_change *change)
{
	const char *path = baseline->arguments->value[OPT_APPROVED];

	if (!path)
		path = baseline->approved;
	if (baseline->told == 0)
		cli_complain("results differ from %s; a line from below in %s "
			     "allows its change:",
			baseline->arguments->value[OPT_BASELINE], path);
	for (size_t i = 0; i < change->part_count; i++)
		if (!change->parts[i].approved &&
			baseline->told++ < BASELINE_TOLD_MAX)
			cli_complain_line(change->parts[i].line);
}

static enum cli_exit baseline_change(
	struct cli_compare *compare, const struct shk_change *change)
{
	struct cli_baseline *baseline = compare->context;
	shk_diag diag = { 0 };

	if (!change->approved)
		baseline_tell(baseline, change);
	if (baseline_in_report(baseline) &&
		shk_report_change(baseline->session->report, change, &diag))
		return cli_complain_diag(&diag);
	return CLI_DONE;
}

enum cli_exit cli_baseline_check(
	struct cli_baseline *baseline, enum cli_exit status)
{
	const char *path = baseline->arguments->value[OPT_BASELINE];
	struct cli_compare *compare = &baseline->compare;
	enum cli_exit compared;

	if (!path)
		return status;
	compare->books[0] =
		(struct shk_compare_book){ .rulebook =
						   baseline->session->rulebook,
			.schema = baseline->session->schema };
	compare->options.book_count = 1;
	compared = cli_side_sorted(&baseline->after, "the results");
	if (compared == CLI_DONE)
		compared = cli_compare_run(
			compare, &baseline->before, &baseline->after);
	if (baseline->told > BASELINE_TOLD_MAX)
		cli_complain("and %zu lines more; compare --format lines has "
			     "them all",
			baseline->told - BASELINE_TOLD_MAX);
	if (compared == CLI_FINDINGS && compare->open)
		cli_complain("%zu %s not approved", compare->open,
			compare->open == 1 ? "change is" : "changes are");
	return status == CLI_DONE || compared == CLI_IO ||
			       compared == CLI_INTERNAL
		       ? compared
		       : status;
}

/* The same id twice would make a baseline that no comparison takes. */
static enum cli_exit baseline_lines_out(
	shk_snapshot *snapshot, struct cli_output *output)
{
	const struct shk_snapshot_line *line;
	shk_diag diag = { 0 };
	enum shk_code code;

	while ((code = shk_snapshot_next(snapshot, &line, &diag)) == SHK_OK) {
		if (shk_snapshot_repeated(snapshot)) {
			cli_complain("--write-baseline: \"%s\" is there "
				     "twice; every record needs an id of its "
				     "own",
				line->cells[SHK_COLUMN_ID]);
			return CLI_INPUT;
		}
		/* what cannot be written is told by the commit */
		fwrite(line->text, 1, line->size, output->stream);
		fputc('\n', output->stream);
	}
	return code == SHK_END ? CLI_DONE : cli_complain_diag(&diag);
}

enum cli_exit cli_baseline_write(
	struct cli_baseline *baseline, enum cli_exit status)
{
	const char *path = baseline->arguments->value[OPT_WRITE_BASELINE];
	struct cli_output output;
	shk_diag diag = { 0 };
	enum cli_exit written;

	if (!path)
		return status;
	shk_snapshot_close(baseline->after.snapshot);
	baseline->after.snapshot = NULL;
	written = cli_output_open(&output, path, false);
	if (written == CLI_DONE)
		written = cli_side_sorted(&baseline->after, "the results");
	if (written == CLI_DONE &&
		shk_snapshot_header_write(
			shk_snapshot_header(baseline->after.snapshot),
			cli_output_sink(&output), &diag) != SHK_OK)
		written = cli_complain_diag(&diag);
	if (written == CLI_DONE)
		written = baseline_lines_out(baseline->after.snapshot, &output);
	if (written == CLI_DONE)
		written = cli_output_commit(&output);
	cli_output_abort(&output);
	return written == CLI_DONE ? status : written;
}

void cli_baseline_close(struct cli_baseline *baseline)
{
	cli_compare_close(&baseline->compare);
	cli_side_close(&baseline->before);
	cli_side_close(&baseline->after);
}
