/*
 * Official masters into a store, for `shokan import`.
 */
#ifndef CLI_IMPORT_MASTER_H
#define CLI_IMPORT_MASTER_H

#include <stdio.h>

#include <shokan/store.h>

#include "cli/options.h"

/*
 * One file. Every wrong row is told, and then nothing is imported. Says on
 * `out` what was done.
 */
enum cli_exit cli_import_master(shk_store *store, const char *path,
	const struct cli_arguments *arguments, FILE *out);

#endif
