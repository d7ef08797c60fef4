/*
 * The command `shokan`: finds the command by name in the one table, reads its
 * options from the other and runs it. Standing alone here, main leaves the
 * tables to whoever writes from them (calc/manual).
 */
#include <signal.h>
#include <string.h>

#include "cli/command.h"
#include "cli/message.h"

int main(int argc, char **argv)
{
	const struct cli_command *command;
	struct cli_arguments arguments;
	enum cli_exit status;
	const char *name = argc > 1 ? argv[1] : NULL;

	signal(SIGPIPE, SIG_IGN); /* a broken pipe is a failed write */
	signal(SIGXFSZ, SIG_IGN); /* and so is a file that may not grow */
	if (!name) {
		cli_complain("no command; see shokan --help");
		return CLI_USAGE;
	}
	if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
		name = "help";
	if (strcmp(name, "--version") == 0)
		name = "version";
	command = cli_command_find(name);
	if (!command)
		return CLI_USAGE;
	status = cli_options_parse(
		&arguments, command->bit, command->name, argc - 2, argv + 2);
	if (status != CLI_DONE)
		return status;
	if (arguments.given[OPT_HELP])
		return cli_help(command);
	return command->run(&arguments);
}
