/*
 * A list of names from one argument with commas, such as `--decision a,b`.
 */
#ifndef CLI_NAMES_H
#define CLI_NAMES_H

#include <stddef.h>

#include "cli/exits.h"

#define CLI_NAMES_MAX 1024 /* names in one list */

struct cli_names {
	char *storage;
	const char **items;
	size_t count;
};

/* `text` NULL is an empty list. An empty or repeated name is CLI_USAGE. */
enum cli_exit cli_names_read(
	struct cli_names *out, const char *option, const char *text);
void cli_names_release(struct cli_names *names);

#endif
