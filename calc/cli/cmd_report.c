/*
 * `shokan report`: the answers for every record as one page. It is held until
 * it is complete, so an output file is whole or not there.
 */
#include "cli/command.h"
#include "cli/message.h"
#include "cli/run.h"

enum cli_exit cmd_report(const struct cli_arguments *arguments)
{
	struct cli_session session;
	struct cli_run run = { .session = &session,
		.id = arguments->value[OPT_ID] };
	enum cli_exit status = cli_session_open(&session, arguments, true);

	if (status == CLI_DONE) {
		status = cli_run_files(&run);
		if (run.stop == CLI_DONE && run.id && !run.totals.seen) {
			cli_complain("no record has the id %s", run.id);
			status = CLI_INPUT;
		} else {
			status = cli_run_finish(&run, status);
		}
	}
	cli_session_close(&session);
	return status;
}
