/*
 * Reading and pricing. A wrong record is told once on standard error, becomes
 * an error result, and the loop goes on; a file that cannot be read on is told
 * and the next one is taken; a failure of output, memory or of an argument
 * stops everything.
 */
#include <string.h>
#include <unistd.h>

#include "cli/interrupt.h"
#include "cli/message.h"
#include "cli/run.h"

static bool cli_is_input(enum shk_code code)
{
	return code == SHK_E_INPUT || code == SHK_E_LIMIT;
}

/* Tell the message of an error result, unless it was just told. */
static void cli_run_tell(struct cli_run *run, const shk_result *result)
{
	const char *message = shk_result_message(result);

	run->worst = CLI_INPUT;
	if (strcmp(run->said, message) == 0)
		return;
	snprintf(run->said, sizeof(run->said), "%s", message);
	cli_complain_row(shk_record_path(run->record),
		shk_record_row(run->record), "", message);
}

static enum shk_code cli_run_result(void *context, const shk_result *result)
{
	struct cli_run *run = context;
	shk_diag diag = { 0 };
	enum shk_code code;

	if (shk_result_status(result) == SHK_ERROR)
		cli_run_tell(run, result);
	code = shk_report_result(run->session->report, result, &diag);
	if (code != SHK_OK)
		run->stop = cli_complain_diag(&diag);
	else
		run->stop = cli_feed_result(&run->feeds, result);
	return run->stop == CLI_DONE ? SHK_OK : SHK_E_IO;
}

/* The revision that was assumed, by this process or an earlier one. */
static const char *cli_run_newest(const struct cli_run *run)
{
	const char *newest = shk_report_newest(run->session->report);

	return newest ? newest : run->newest;
}

/* The feeds may save up to here. */
static enum cli_exit cli_run_mark(struct cli_run *run)
{
	struct cli_mark mark = { .records = run->records,
		.worst = run->worst,
		.newest = cli_run_newest(run) };

	return cli_feed_mark(&run->feeds, &mark);
}

/* A call of the pricer came back; what it could not do is told here. */
static enum cli_exit cli_run_check(
	struct cli_run *run, enum shk_code code, const shk_diag *diag)
{
	if (code != SHK_OK && run->stop == CLI_DONE) {
		cli_complain_diag(diag);
		run->stop = cli_exit_of(code);
	}
	if (run->stop == CLI_DONE)
		run->stop = cli_run_mark(run);
	return run->stop;
}

/* The --set fields; they are the same for every record, so a bad one stops. */
static enum cli_exit cli_run_set(struct cli_run *run, shk_record *record)
{
	const struct cli_session *session = run->session;

	for (size_t i = 0; i < session->field_count; i++) {
		const char *set = session->arguments->sets[session->fields[i]];
		char name[CLI_FIELD_MAX];
		const char *value = cli_set_split(set, name);
		shk_diag diag = { 0 };

		if (shk_record_set(record, name, value, &diag) != SHK_OK) {
			cli_complain("--set %s: %s", set, diag.message);
			run->stop = CLI_USAGE;
			return run->stop;
		}
	}
	return CLI_DONE;
}

static enum cli_exit cli_run_record(struct cli_run *run, shk_record *record)
{
	shk_diag diag = { 0 };
	enum shk_code code;

	for (size_t i = 0; i < shk_record_warning_count(record); i++)
		cli_complain_row(shk_record_path(record),
			shk_record_row(record),
			"warning: ", shk_record_warning(record, i));
	if (cli_run_set(run, record) != CLI_DONE)
		return run->stop;
	run->said[0] = '\0';
	code = shk_pricer_price(
		run->session->pricer, record, cli_run_result, run, &diag);
	return cli_run_check(run, code, &diag);
}

/* A record that could not be read: told with its place, refused with why. */
static enum cli_exit cli_run_refuse(
	struct cli_run *run, const shk_record *record, const shk_diag *why)
{
	shk_diag diag = { 0 };
	enum shk_code code;

	cli_complain_diag(why);
	snprintf(run->said, sizeof(run->said), "%s", why->message);
	run->worst = CLI_INPUT;
	code = shk_pricer_refuse(
		run->session->pricer, record, why, cli_run_result, run, &diag);
	return cli_run_check(run, code, &diag);
}

/* True when the record is to be left out; or one too many sets `stop`. */
static bool cli_run_skips(struct cli_run *run, const shk_record *record)
{
	if (run->id && strcmp(run->id, shk_record_id(record)) != 0)
		return true;
	run->seen++;
	if (!run->single || run->seen < 2)
		return false;
	cli_complain("more than one record; say which one with --id");
	run->stop = CLI_USAGE;
	return true;
}

/* A file that cannot be read, or not on: told here and in the report. */
static void cli_run_trouble(struct cli_run *run, const shk_diag *why)
{
	shk_diag diag = { 0 };

	cli_complain_diag(why);
	run->cut = true;
	if (!cli_is_input(why->code)) {
		run->stop = cli_exit_of(why->code);
		return;
	}
	run->worst = CLI_INPUT;
	if (shk_report_trouble(run->session->report, why, &diag) != SHK_OK)
		run->stop = cli_complain_diag(&diag);
}

static void cli_run_empty(struct cli_run *run, const char *path)
{
	shk_diag diag = { .code = SHK_E_INPUT,
		.message = "there is no record" };

	snprintf(diag.path, sizeof(diag.path), "%s", path);
	cli_run_trouble(run, &diag);
}

/* One step of the loop; false at the end of the file or of everything. */
static bool cli_run_next(struct cli_run *run, shk_records *records)
{
	shk_diag diag = { 0 };
	shk_record *record = NULL;
	enum shk_code code;

	if (cli_interrupted()) {
		run->stop = CLI_IO; /* the signal decides the status */
		return false;
	}
	code = shk_records_next(records, &record, &diag);
	if (code == SHK_END)
		return false;
	if (code != SHK_OK && !(cli_is_input(code) && record)) {
		cli_run_trouble(run, &diag);
		return false;
	}
	run->in_file++;
	run->records++;
	if (run->records <= run->skip)
		return true;
	cli_progress_step(&run->progress, run->records,
		run->bytes + (run->rows ? run->records
					: shk_records_bytes(records)));
	if (cli_run_skips(run, record))
		return run->stop == CLI_DONE;
	run->record = record;
	if (code == SHK_OK)
		cli_run_record(run, record);
	else
		cli_run_refuse(run, record, &diag);
	return run->stop == CLI_DONE && !run->id;
}

static void cli_run_file(struct cli_run *run, const char *path)
{
	shk_read_options options = cli_read_options(run->session);
	shk_records *records = NULL;
	shk_diag diag = { 0 };
	enum shk_code code = shk_records_open(
		&records, run->session->schema, path, &options, &diag);

	run->in_file = 0;
	run->cut = false;
	if (code == SHK_OK) {
		while (cli_run_next(run, records))
			;
		if (run->in_file == 0 && !run->cut &&
			!shk_records_are_lines(records))
			cli_run_empty(run, path);
		if (options.encoding == SHK_ENCODING_AUTO &&
			strcmp(shk_records_encoding(records), "CP932") == 0)
			cli_complain_row(path, 0, "note: ",
				"read as CP932; --encoding states another");
	} else {
		cli_run_trouble(run, &diag);
	}
	if (records)
		run->bytes += shk_records_bytes(records);
	shk_records_close(records);
}

/* A terminal shows the results themselves. */
static bool cli_run_is_shown(const struct cli_run *run)
{
	return run->session->output.standard && isatty(STDOUT_FILENO);
}

enum cli_exit cli_run_files(struct cli_run *run)
{
	const struct cli_arguments *arguments = run->session->arguments;

	cli_progress_begin(&run->progress, 0, arguments->words,
		arguments->word_count, cli_run_is_shown(run));
	for (size_t i = 0; i < arguments->word_count && run->stop == CLI_DONE;
		i++)
		cli_run_file(run, arguments->words[i]);
	cli_progress_end(&run->progress);
	return run->stop != CLI_DONE ? run->stop : run->worst;
}

enum cli_exit cli_run_rows(
	struct cli_run *run, shk_row_source rows, uint64_t count)
{
	shk_read_options options = cli_read_options(run->session);
	shk_records *records = NULL;
	shk_diag diag = { 0 };

	run->rows = true;
	cli_progress_begin(
		&run->progress, count, NULL, 0, cli_run_is_shown(run));
	if (shk_records_from(&records, run->session->schema, rows, &options,
		    &diag) != SHK_OK)
		run->stop = cli_complain_diag(&diag);
	while (records && cli_run_next(run, records))
		;
	cli_progress_end(&run->progress);
	shk_records_close(records);
	return run->stop != CLI_DONE ? run->stop : run->worst;
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
		return cli_complain_diag(&diag);
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
