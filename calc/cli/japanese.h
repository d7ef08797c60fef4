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

/*
 * May a line end within Japanese text before text[at], at > 0? Beside a
 * character of Japanese it may, but not before what closes nor behind what
 * opens. `text` is UTF-8 with characters of one or three bytes.
 */
bool cli_japanese_breaks(const char *text, size_t at);

#endif
