/*
 * Saving a run. Order of a portion: output flushed and synced, results and
 * state into one transaction. So the store never knows more than the output
 * holds, and a later process cuts the output back to what the store knows.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/clock.h"
#include "cli/message.h"
#include "cli/saving.h"

static enum cli_exit saving_lines(void *context, const char *data, size_t size)
{
	struct cli_saving *saving = context;
	shk_sink sink = cli_text_sink(&saving->lines);

	if (!sink.write(sink.context, data, size))
		return cli_complain_memory();
	for (size_t i = 0; i < size; i++)
		saving->count += data[i] == '\n';
	return CLI_DONE;
}

static enum cli_exit saving_mark(void *context, const struct cli_mark *mark)
{
	struct cli_saving *saving = context;

	saving->mark = *mark;
	if (mark->records <= saving->records) { /* saved long ago */
		cli_text_clear(&saving->lines);
		saving->count = 0;
	}
	if (saving->count < saving->every && saving->lines.size < SAVING_BYTES)
		return CLI_DONE;
	return cli_saving_save(saving, false);
}

/* One line of the portion into the store. */
static enum cli_exit saving_add(
	struct cli_saving *saving, const char *text, size_t size)
{
	struct shk_snapshot_line line;
	shk_diag diag = { 0 };
	enum shk_code code;

	if (!cli_text_grow(&saving->room, size + SHK_COLUMN_COUNT))
		return cli_complain_memory();
	code = shk_snapshot_parse(&line, text, size, saving->room.data, &diag);
	if (code == SHK_OK)
		code = shk_run_add(saving->writer, line.cells, &diag);
	return code == SHK_OK ? CLI_DONE : cli_complain_diag(&diag);
}

static enum cli_exit saving_portion(struct cli_saving *saving)
{
	enum cli_exit status = CLI_DONE;
	size_t at = 0;

	while (at < saving->lines.size && status == CLI_DONE) {
		const char *line = saving->lines.data + at;
		size_t left = saving->lines.size - at;
		const char *end = memchr(line, '\n', left);
		size_t size = end ? (size_t)(end - line) : left;

		status = saving_add(saving, line, size);
		at += size + 1;
	}
	return status;
}

enum cli_exit cli_saving_save(struct cli_saving *saving, bool finished)
{
	char now[CLI_NOW] = "";
	shk_run state = { .records = saving->mark.records,
		.worst = (int)saving->mark.worst,
		.newest = saving->mark.newest ? saving->mark.newest
					      : saving->newest,
		.finished = now };
	unsigned long long bytes = 0;
	shk_diag diag = { 0 };
	enum cli_exit status = CLI_DONE;

	if (state.records < saving->records)
		return CLI_DONE;
	if (finished)
		cli_now(now);
	if (saving->session->output.stream)
		status = cli_output_sync(&saving->session->output, &bytes);
	if (status == CLI_DONE)
		status = saving_portion(saving);
	if (status != CLI_DONE)
		return status;
	state.output = bytes;
	if (shk_run_save(saving->writer, &state, &diag) != SHK_OK)
		return cli_complain_diag(&diag);
	saving->finished = finished;
	cli_text_clear(&saving->lines);
	saving->count = 0;
	return CLI_DONE;
}

/* A format of lines that need nothing of the lines before them. */
static bool saving_appends(const struct cli_session *session)
{
	switch (cli_format(session->arguments, false)) {
	case SHK_REPORT_JSON:
	case SHK_REPORT_CSV:
	case SHK_REPORT_SNAPSHOT:
		return true;
	default:
		return false;
	}
}

bool cli_saving_quiet(const struct cli_arguments *arguments)
{
	return arguments->given[OPT_QUIET] && !arguments->given[OPT_OUTPUT];
}

static enum cli_exit saving_output(
	struct cli_saving *saving, unsigned long long *bytes)
{
	struct cli_session *session = saving->session;
	const char *path = session->arguments->value[OPT_OUTPUT];

	*bytes = saving_appends(session) ? saving->output : 0;
	if (cli_saving_quiet(session->arguments))
		path = "/dev/null";
	return cli_output_open_part(&session->output, path,
		(long long)shk_run_writer_id(saving->writer), bytes);
}

/* The records that are saved need not be answered again for the output. */
static void saving_skip(struct cli_saving *saving, struct cli_run *run)
{
	run->skip = saving->records;
	run->worst = (enum cli_exit)saving->worst;
	run->newest = saving->newest[0] ? saving->newest : NULL;
	for (int i = 0; i <= SHK_ERROR; i++)
		run->before[i] = saving->counts[i];
}

enum cli_exit cli_saving_join(struct cli_saving *saving, struct cli_run *run)
{
	struct cli_session *session = saving->session;
	const struct cli_feed feed = { .format = SHK_REPORT_SNAPSHOT,
		.context = saving,
		.lines = saving_lines,
		.mark = saving_mark };
	unsigned long long bytes;
	enum cli_exit status = saving_output(saving, &bytes);

	saving->mark.records = saving->records;
	saving->mark.worst = (enum cli_exit)saving->worst;
	if (status == CLI_DONE)
		status = cli_session_report(session, false);
	if (status == CLI_DONE)
		status = cli_feed_add(&run->feeds, &feed);
	if (status != CLI_DONE)
		return status;
	if (saving->records && (bytes || cli_saving_quiet(session->arguments)))
		saving_skip(saving, run);
	/* what is saved and answered again all the same ends at a mark */
	run->mark_at = saving->records;
	run->mark_every =
		saving->every < SAVING_MARK ? saving->every : SAVING_MARK;
	if (bytes)
		shk_report_continue(session->report);
	return CLI_DONE;
}

void cli_saving_close(struct cli_saving *saving, bool tidy)
{
	int64_t id = saving->writer ? shk_run_writer_id(saving->writer) : 0;
	bool empty = id && shk_run_writer_results(saving->writer) == 0 &&
		     saving->records == 0;
	shk_diag diag = { 0 };

	shk_run_writer_free(saving->writer);
	shk_products_close(saving->products);
	if (tidy && empty && !saving->finished) {
		saving->session->output.stays = false;
		shk_store_delete(saving->store, id, &diag);
	}
	shk_store_close(saving->store);
	cli_inputs_release(&saving->inputs);
	free(saving->options);
	cli_text_release(&saving->lines);
	cli_text_release(&saving->room);
	memset(saving, 0, sizeof(*saving));
}
