/*
 * `shokan sweep`: the answer for one record over the values of one fact, or of
 * two.
 */
#include "cli/command.h"
#include "cli/message.h"
#include "cli/one.h"

static enum cli_exit sweep_report(
	struct cli_session *session, const shk_sweep *sweep)
{
	static const enum shk_sweep_format formats[] = { SHK_SWEEP_TEXT,
		SHK_SWEEP_CSV, SHK_SWEEP_JSON, SHK_SWEEP_PLOT };
	const struct cli_arguments *arguments = session->arguments;
	const shk_sweep_report_options options = {
		.format = formats[arguments->choice[OPT_SWEEP_FORMAT]],
		.language = cli_language(arguments),
		.output = arguments->value[OPT_OF],
	};
	shk_diag diag = { 0 };

	if (shk_sweep_report(sweep, &options, cli_output_sink(&session->output),
		    &diag) != SHK_OK)
		return cli_complain_diag(&diag);
	return CLI_DONE;
}

static enum cli_exit sweep_answer(
	struct cli_session *session, shk_record *record)
{
	const struct cli_arguments *arguments = session->arguments;
	shk_sweep *sweep = NULL;
	shk_diag diag = { 0 };
	enum cli_exit status;

	if (shk_sweep_run(&sweep, session->rulebook, session->schema,
		    &session->price, record, arguments->vary,
		    arguments->vary_count, &diag) != SHK_OK) {
		status = cli_complain_diag(&diag);
		return diag.code == SHK_E_LIMIT ? CLI_USAGE : status;
	}
	status = sweep_report(session, sweep);
	shk_sweep_free(sweep);
	return status;
}

static enum cli_exit sweep_check(const struct cli_arguments *arguments)
{
	if (arguments->word_count == 0)
		cli_complain("no FILE; - is standard input");
	else if (arguments->vary_count == 0)
		cli_complain("sweep needs --vary FACT=VALUES");
	else
		return CLI_DONE;
	return CLI_USAGE;
}

enum cli_exit cmd_sweep(const struct cli_arguments *arguments)
{
	struct cli_session session = { .arguments = arguments };
	enum cli_exit status = sweep_check(arguments);

	if (status == CLI_DONE)
		status = cli_session_load(&session, false);
	if (status == CLI_DONE)
		status = cli_output_open(
			&session.output, arguments->value[OPT_OUTPUT], true);
	if (status == CLI_DONE)
		status = cli_one_ask(&session, sweep_answer);
	if (status == CLI_DONE)
		status = cli_output_commit(&session.output);
	cli_session_close(&session);
	return status;
}
