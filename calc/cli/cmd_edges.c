/*
 * `shokan edges`: how far the answer for one record is from another one, fact
 * by fact.
 */
#include <string.h>

#include "cli/command.h"
#include "cli/message.h"
#include "cli/one.h"

static enum cli_exit edges_answer(
	struct cli_session *session, shk_record *record)
{
	static const enum shk_edges_format formats[] = { SHK_EDGES_TEXT,
		SHK_EDGES_CSV, SHK_EDGES_JSON };
	const struct cli_arguments *arguments = session->arguments;
	shk_edges_options options = {
		.decision = session->decisions.items[0],
		.output = arguments->value[OPT_OF],
		.fact = arguments->value[OPT_FACT],
	};
	const shk_edges *edges = NULL;
	shk_diag diag = { 0 };

	if (shk_edges_find(&edges, session->pricer, record, &options, &diag) !=
		SHK_OK)
		return cli_complain_diag(&diag);
	if (shk_edges_report(edges,
		    formats[arguments->choice[OPT_QUESTION_FORMAT]],
		    cli_language(arguments), cli_output_sink(&session->output),
		    &diag) != SHK_OK)
		return cli_complain_diag(&diag);
	return CLI_DONE;
}

/* A session whose pricer answers questions, about one decision. */
static enum cli_exit edges_open(struct cli_session *session)
{
	enum cli_exit status = cli_session_load(session, false);

	if (status == CLI_DONE && session->decisions.count != 1) {
		cli_complain("say which one decision with --decision");
		status = CLI_USAGE;
	}
	if (status == CLI_DONE)
		status = cli_output_open(&session->output,
			session->arguments->value[OPT_OUTPUT], true);
	return status;
}

enum cli_exit cmd_edges(const struct cli_arguments *arguments)
{
	struct cli_session session = { .arguments = arguments };
	enum cli_exit status = CLI_USAGE;

	if (arguments->word_count == 0)
		cli_complain("no FILE; - is standard input");
	else
		status = edges_open(&session);
	if (status == CLI_DONE)
		status = cli_one_ask(&session, edges_answer);
	if (status == CLI_DONE)
		status = cli_output_commit(&session.output);
	cli_session_close(&session);
	return status;
}
