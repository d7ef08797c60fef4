/*
 * Exit statuses of the command: the one place where they are numbered. The
 * help prints them from cli_exits in help.c.
 */
#ifndef CLI_EXITS_H
#define CLI_EXITS_H

#include <shokan/diag.h>

enum cli_exit {
	CLI_DONE = 0,
	CLI_FINDINGS = 1, /* --strict, compare, --baseline */
	CLI_USAGE = 2,
	CLI_RULES = 3,
	CLI_INPUT = 4,
	CLI_IO = 5, /* input, output or store */
	CLI_INTERNAL = 70
};

/* The status of a failure of the library. */
enum cli_exit cli_exit_of(enum shk_code code);

#endif
