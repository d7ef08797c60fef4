/*
 * `shokan solve`: for which values of one fact a condition on the answer for
 * one record holds.
 */
#include <string.h>

#include "cli/command.h"
#include "cli/message.h"
#include "cli/one.h"

#define WITHIN_MAX 128 /* bytes of --within */

/* `FROM..TO`, of which either may be empty, taken apart in `room`. */
static enum cli_exit within_read(
	const char *text, char room[WITHIN_MAX], shk_solve_options *options)
{
	char *between;

	if (!text)
		return CLI_DONE;
	if (strlen(text) < WITHIN_MAX) {
		memcpy(room, text, strlen(text) + 1);
		between = strstr(room, "..");
		if (between) {
			*between = '\0';
			options->from = *room ? room : NULL;
			options->to = between[2] ? between + 2 : NULL;
			return CLI_DONE;
		}
	}
	cli_complain("--within %s: write FROM..TO, of less than %d bytes", text,
		WITHIN_MAX);
	return CLI_USAGE;
}

static enum cli_exit solve_report(
	struct cli_session *session, const shk_solution *solution)
{
	static const enum shk_solution_format formats[] = { SHK_SOLUTION_TEXT,
		SHK_SOLUTION_CSV, SHK_SOLUTION_JSON };
	shk_diag diag = { 0 };

	if (shk_solution_report(solution,
		    formats[session->arguments->choice[OPT_QUESTION_FORMAT]],
		    cli_language(session->arguments),
		    cli_output_sink(&session->output), &diag) != SHK_OK)
		return cli_complain_diag(&diag);
	return CLI_DONE;
}

static enum cli_exit solve_answer(
	struct cli_session *session, shk_record *record)
{
	const struct cli_arguments *arguments = session->arguments;
	shk_solve_options options = { .fact = arguments->value[OPT_FOR],
		.condition = arguments->value[OPT_SO_THAT] };
	char room[WITHIN_MAX];
	shk_solution *solution = NULL;
	shk_diag diag = { 0 };
	enum cli_exit status =
		within_read(arguments->value[OPT_WITHIN], room, &options);

	if (status != CLI_DONE)
		return status;
	if (shk_solve(&solution, session->rulebook, session->schema,
		    &session->price, record, &options, &diag) != SHK_OK)
		return cli_complain_diag(&diag);
	status = solve_report(session, solution);
	if (status == CLI_DONE && !shk_solution_proved(solution)) {
		cli_complain("a part of the values could not be decided; ask "
			     "for fewer with --within");
		status = CLI_FINDINGS;
	}
	shk_solution_free(solution);
	return status;
}

static enum cli_exit solve_check(const struct cli_arguments *arguments)
{
	static const enum cli_option needed[] = { OPT_FOR, OPT_SO_THAT };

	if (arguments->word_count == 0) {
		cli_complain("no FILE; - is standard input");
		return CLI_USAGE;
	}
	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
		if (arguments->given[needed[i]])
			continue;
		cli_complain("solve needs --%s %s", cli_options[needed[i]].name,
			cli_options[needed[i]].argument);
		return CLI_USAGE;
	}
	return CLI_DONE;
}

enum cli_exit cmd_solve(const struct cli_arguments *arguments)
{
	struct cli_session session = { .arguments = arguments };
	enum cli_exit status = solve_check(arguments);
	enum cli_exit found = CLI_DONE;

	if (status == CLI_DONE)
		status = cli_session_load(&session, false);
	if (status == CLI_DONE)
		status = cli_output_open(
			&session.output, arguments->value[OPT_OUTPUT], true);
	if (status == CLI_DONE)
		found = cli_one_ask(&session, solve_answer);
	if (found != CLI_DONE && found != CLI_FINDINGS)
		status = found;
	if (status == CLI_DONE)
		status = cli_output_commit(&session.output);
	cli_session_close(&session);
	return status == CLI_DONE ? found : status;
}
