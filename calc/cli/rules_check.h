/*
 * `shokan rules check`.
 */
#ifndef CLI_RULES_CHECK_H
#define CLI_RULES_CHECK_H

#include "cli/exits.h"
#include "cli/options.h"

enum cli_exit cli_rules_check(const struct cli_arguments *arguments);

#endif
