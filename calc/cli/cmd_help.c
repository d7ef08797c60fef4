/*
 * `shokan help`, `--help` of every command, and `--version`: all printed from
 * the tables of commands, options and exit statuses.
 */
#include <stdio.h>
#include <string.h>

#include <shokan/version.h>

#include "cli/command.h"
#include "cli/message.h"
#include "cli/output.h"

#define HELP_COLUMN 25 /* where the words of an option begin */

const struct cli_exit_row cli_exits[] = {
	{ CLI_DONE, "done" },
	{ CLI_FINDINGS, "findings: --strict, a comparison, --baseline" },
	{ CLI_USAGE, "wrong use of the command" },
	{ CLI_RULES, "a rule or policy file is wrong" },
	{ CLI_INPUT, "an input record or file is wrong" },
	{ CLI_IO, "a file cannot be opened, read or written" },
	{ CLI_INTERNAL, "internal error" },
};

const size_t cli_exit_count = sizeof(cli_exits) / sizeof(cli_exits[0]);

static void help_options(FILE *stream, const struct cli_command *command)
{
	fputs("\nOptions:\n", stream);
	for (int i = 0; i < CLI_OPTION_COUNT; i++) {
		const struct cli_option_row *row = &cli_options[i];
		int width = 0;

		if (!(row->commands & command->bit))
			continue;
		width = fprintf(stream, "  --%s%s%s", row->name,
			row->argument ? " " : "",
			row->choices	? row->choices
			: row->argument ? row->argument
					: "");
		if (width >= HELP_COLUMN) {
			fputc('\n', stream);
			width = 0;
		}
		fprintf(stream, "%*s%s\n", HELP_COLUMN - width, "", row->help);
	}
}

static void help_commands(FILE *stream)
{
	fputs("Usage: shokan COMMAND [OPTION]... [ARGUMENT]...\n"
	      "What Japan's health insurance pays for a medical device, under "
	      "which rule, as of\nwhich day, with the proof.\n"
	      "\nCommands:\n",
		stream);
	for (size_t i = 0; i < cli_command_count; i++)
		fprintf(stream, "  %-9s %s\n", cli_commands[i].name,
			cli_commands[i].summary);
	fputs("\nshokan COMMAND --help shows the options of a command.\n",
		stream);
}

enum cli_exit cli_help(const struct cli_command *command)
{
	struct cli_output out;
	enum cli_exit status = cli_output_open(&out, NULL, false);

	if (status != CLI_DONE)
		return status;
	if (command) {
		fprintf(out.stream, "Usage: shokan %s%s%s\n%c%s.\n",
			command->name, command->synopsis[0] ? " " : "",
			command->synopsis,
			(char)(command->summary[0] - 'a' + 'A'),
			command->summary + 1);
		if (command->text[0])
			fprintf(out.stream, "\n%s", command->text);
		help_options(out.stream, command);
	} else {
		help_commands(out.stream);
	}
	fputs("\nExit status:\n", out.stream);
	for (size_t i = 0; i < cli_exit_count; i++)
		fprintf(out.stream, "  %-4d %s\n", (int)cli_exits[i].status,
			cli_exits[i].meaning);
	return cli_output_commit(&out);
}

enum cli_exit cmd_help(const struct cli_arguments *arguments)
{
	const struct cli_command *command = NULL;

	if (arguments->word_count > 1) {
		cli_complain("help takes one command");
		return CLI_USAGE;
	}
	if (arguments->word_count == 1) {
		command = cli_command_find(arguments->words[0]);
		if (!command)
			return CLI_USAGE;
	}
	return cli_help(command);
}

enum cli_exit cmd_version(const struct cli_arguments *arguments)
{
	struct cli_output out;
	enum cli_exit status;

	if (arguments->word_count) {
		cli_complain("version takes no argument");
		return CLI_USAGE;
	}
	status = cli_output_open(&out, NULL, false);
	if (status != CLI_DONE)
		return status;
	fprintf(out.stream, "shokan %s\n", shk_version());
	return cli_output_commit(&out);
}
