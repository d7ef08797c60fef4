/*
 * Exit statuses of the command: the one place where they are numbered. The
 * help and the manual pages print them from cli_exits.
 */
#ifndef CLI_EXITS_H
#define CLI_EXITS_H

#include <stddef.h>

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

struct cli_exit_row {
	enum cli_exit status;
	const char *meaning;
};

extern const struct cli_exit_row cli_exits[];
extern const size_t cli_exit_count;

/* The status of a failure of the library. */
enum cli_exit cli_exit_of(enum shk_code code);

#endif
