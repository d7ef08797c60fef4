/*
 * `shokan price`: the decisions for every record of every file.
 */
#include "cli/command.h"
#include "cli/receipt.h"

enum cli_exit cmd_price(const struct cli_arguments *arguments)
{
	struct cli_session session;
	struct cli_run run = { .session = &session };
	struct cli_receipt receipt = { .receipt = NULL };
	enum cli_exit status = cli_session_open(&session, arguments, false);

	if (status == CLI_DONE)
		status = cli_receipt_open(&receipt, &run);
	if (status == CLI_DONE) {
		status = cli_run_files(&run);
		status = cli_run_finish(&run, status);
		status = cli_receipt_finish(&receipt, &run, status);
	}
	cli_receipt_close(&receipt);
	cli_feed_release(&run.feeds);
	cli_session_close(&session);
	return status;
}
