/*
 * Opening the store that --store names.
 */
#ifndef CLI_OPEN_STORE_H
#define CLI_OPEN_STORE_H

#include <shokan/store.h>

#include "cli/options.h"

/* Says what is wrong, and where the copy is when the store was upgraded. */
enum cli_exit cli_store_open(shk_store **out,
	const struct cli_arguments *arguments, enum shk_store_mode mode);

#endif
