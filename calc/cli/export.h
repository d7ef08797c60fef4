/*
 * What `shokan export` gives beside prices.
 */
#ifndef CLI_EXPORT_H
#define CLI_EXPORT_H

#include <shokan/store.h>

#include "cli/options.h"

/* CSV has the columns that any product has; JSON one object a line. */
enum cli_exit cli_export_products(const struct cli_arguments *arguments);
/* The run that --run names. */
enum cli_exit cli_export_run(const struct cli_arguments *arguments);

#endif
