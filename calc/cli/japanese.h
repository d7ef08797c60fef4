/*
 * The Japanese of the tables of options, commands and exit statuses.
 */
#ifndef CLI_JAPANESE_H
#define CLI_JAPANESE_H

#include "cli/command.h"

struct cli_command_japanese {
	const char *name;
	const char *summary; /* as in struct cli_command */
	const char *text;
};

/* What an option does, or NULL (a test looks for that). */
const char *cli_option_japanese(enum cli_option option);

/* NULL when there is none (a test looks for that). */
const struct cli_command_japanese *cli_command_japanese(const char *name);

const char *cli_exit_japanese(enum cli_exit status);

#endif
