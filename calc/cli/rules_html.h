/*
 * `shokan rules html`.
 */
#ifndef CLI_RULES_HTML_H
#define CLI_RULES_HTML_H

#include "cli/exits.h"
#include "cli/options.h"

enum cli_exit cli_rules_html(const struct cli_arguments *arguments);

#endif
