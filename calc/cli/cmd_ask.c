/*
 * `shokan ask`: what has to be found out to decide the answer for one record.
 */
#include "cli/command.h"
#include "cli/message.h"
#include "cli/one.h"

static enum cli_exit ask_answer(struct cli_session *session, shk_record *record)
{
	static const enum shk_ask_format formats[] = { SHK_ASK_TEXT,
		SHK_ASK_CSV, SHK_ASK_JSON };
	const struct cli_arguments *arguments = session->arguments;
	const shk_ask *ask = NULL;
	shk_diag diag = { 0 };

	if (shk_ask_find(&ask, session->pricer, record,
		    session->decisions.items[0], arguments->value[OPT_OF],
		    &diag) != SHK_OK)
		return cli_complain_diag(&diag);
	if (shk_ask_report(ask, formats[arguments->choice[OPT_QUESTION_FORMAT]],
		    cli_language(arguments), cli_output_sink(&session->output),
		    &diag) != SHK_OK)
		return cli_complain_diag(&diag);
	return CLI_DONE;
}

enum cli_exit cmd_ask(const struct cli_arguments *arguments)
{
	return cli_one_command(arguments, ask_answer);
}
