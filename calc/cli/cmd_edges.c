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

enum cli_exit cmd_edges(const struct cli_arguments *arguments)
{
	return cli_one_command(arguments, edges_answer);
}
