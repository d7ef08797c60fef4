/*
 * `shokan replay FILE`: every result of a receipt computed again, and the
 * first one that differs.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/message.h"
#include "cli/session.h"

/* What the receipt's header asks of a rulebook. */
static enum cli_exit replay_session(struct cli_session *session,
	const shk_replay *replay, const struct cli_arguments *arguments)
{
	const struct shk_snapshot_header *header = shk_replay_header(replay);
	enum cli_exit status = CLI_DONE;

	session->arguments = arguments;
	session->facts = true;
	if (strcmp(header->engine, shk_version()) != 0)
		cli_complain("note: the receipt was written by version %s; "
			     "this is %s",
			header->engine, shk_version());
	if (header->decisions[0])
		status = cli_names_read(
			&session->decisions, "decision", header->decisions);
	if (status != CLI_DONE)
		return CLI_INPUT;
	return cli_rulebook_load(&session->rulebook, arguments, session);
}

static enum cli_exit replay_tell(const struct cli_arguments *arguments,
	const shk_replay_outcome *outcome)
{
	struct cli_output out;
	enum cli_exit status =
		cli_output_open(&out, arguments->value[OPT_OUTPUT], false);

	if (status != CLI_DONE)
		return status;
	if (outcome->different > 0)
		fprintf(out.stream,
			"%s:%ld: %s: %s: %s differs\n  was: %s\n  is:  %s\n",
			arguments->words[0], outcome->line, outcome->id,
			outcome->decision, outcome->field, outcome->was,
			outcome->is);
	fprintf(out.stream, "%" PRIu64 " results: %" PRIu64 " confirmed",
		outcome->results, outcome->results - outcome->different);
	if (outcome->different > 0)
		fprintf(out.stream, ", %" PRIu64 " different",
			outcome->different);
	if (outcome->refused > 0)
		fprintf(out.stream,
			"; %" PRIu64 " records were no input, with nothing to "
			"repeat",
			outcome->refused);
	fputc('\n', out.stream);
	status = cli_output_commit(&out);
	if (status != CLI_DONE)
		return status;
	return outcome->different > 0 ? CLI_FINDINGS : CLI_DONE;
}

static enum cli_exit replay_failed(
	const shk_diag *diag, const shk_replay_outcome *outcome)
{
	if (outcome->different > 0)
		cli_complain("before that, line %ld differs: %s", outcome->line,
			outcome->field);
	return cli_complain_diag(diag);
}

enum cli_exit cmd_replay(const struct cli_arguments *arguments)
{
	struct cli_session session = { .arguments = arguments };
	shk_replay_outcome outcome = { .line = 0 };
	shk_replay *replay = NULL;
	shk_diag diag = { 0 };
	enum cli_exit status = CLI_DONE;

	if (arguments->word_count != 1) {
		cli_complain("replay needs one receipt; - is standard input");
		return CLI_USAGE;
	}
	if (shk_replay_open(&replay, arguments->words[0], &diag) != SHK_OK)
		return cli_complain_diag(&diag);
	status = replay_session(&session, replay, arguments);
	if (status == CLI_DONE &&
		(shk_schema_of(&session.schema, session.rulebook, &diag) !=
				SHK_OK ||
			shk_replay_run(replay, session.rulebook, session.schema,
				&outcome, &diag) != SHK_OK))
		status = replay_failed(&diag, &outcome);
	else if (status == CLI_DONE)
		status = replay_tell(arguments, &outcome);
	shk_replay_close(replay);
	cli_session_close(&session);
	return status;
}
