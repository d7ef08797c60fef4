/*
 * What `shokan rules verify` without a file and `rules hash-quotes` do.
 */
#ifndef CLI_RULES_VERIFY_H
#define CLI_RULES_VERIFY_H

#include "cli/options.h"

/* Findings are status 1. Each says what is wrong. */
enum cli_exit cli_rules_verify(const struct cli_arguments *arguments);
enum cli_exit cli_rules_hash(const struct cli_arguments *arguments);

#endif
