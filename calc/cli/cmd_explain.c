/*
 * `shokan explain`: the proof of the answers for one record. Output is held
 * until it is certain that there is exactly one.
 */
#include "cli/command.h"
#include "cli/message.h"
#include "cli/run.h"

static enum cli_exit explain_found(
	const struct cli_run *run, enum cli_exit status)
{
	if (run->stop != CLI_DONE || run->totals.seen)
		return status;
	if (run->id)
		cli_complain("no record has the id %s", run->id);
	else if (status == CLI_DONE)
		cli_complain("there is no record");
	return CLI_INPUT;
}

enum cli_exit cmd_explain(const struct cli_arguments *arguments)
{
	struct cli_session session;
	struct cli_run run = { .session = &session,
		.id = arguments->value[OPT_ID],
		.single = !arguments->given[OPT_ID] };
	enum cli_exit status = cli_session_open(&session, arguments, true);

	if (status == CLI_DONE) {
		status = explain_found(&run, cli_run_files(&run));
		status = cli_run_finish(&run, status);
	}
	cli_session_close(&session);
	return status;
}
