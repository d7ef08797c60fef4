/*
 * The table of commands, and what a command gets and gives.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "cli/exits.h"
#include "cli/options.h"

struct cli_command {
	const char *name;
	unsigned bit;	      /* for the option table */
	const char *synopsis; /* behind the name; lines of their own */
	const char *summary;  /* one line for the list of commands */
	const char *text;     /* for its own help; may be "" */
	enum cli_exit (*run)(const struct cli_arguments *arguments);
};

extern const struct cli_command cli_commands[];
extern const size_t cli_command_count;

/* NULL after saying so, with the nearest name. */
const struct cli_command *cli_command_find(const char *name);

enum cli_exit cmd_price(const struct cli_arguments *arguments);
enum cli_exit cmd_batch(const struct cli_arguments *arguments);
enum cli_exit cmd_import(const struct cli_arguments *arguments);
enum cli_exit cmd_runs(const struct cli_arguments *arguments);
enum cli_exit cmd_export(const struct cli_arguments *arguments);
enum cli_exit cmd_prices(const struct cli_arguments *arguments);
enum cli_exit cmd_diff(const struct cli_arguments *arguments);
enum cli_exit cmd_compare(const struct cli_arguments *arguments);
enum cli_exit cmd_explain(const struct cli_arguments *arguments);
enum cli_exit cmd_report(const struct cli_arguments *arguments);
enum cli_exit cmd_ask(const struct cli_arguments *arguments);
enum cli_exit cmd_edges(const struct cli_arguments *arguments);
enum cli_exit cmd_solve(const struct cli_arguments *arguments);
enum cli_exit cmd_sweep(const struct cli_arguments *arguments);
enum cli_exit cmd_replay(const struct cli_arguments *arguments);
enum cli_exit cmd_serve(const struct cli_arguments *arguments);
enum cli_exit cmd_rules(const struct cli_arguments *arguments);
enum cli_exit cmd_dmn(const struct cli_arguments *arguments);
enum cli_exit cmd_help(const struct cli_arguments *arguments);
enum cli_exit cmd_version(const struct cli_arguments *arguments);

/* Help on standard output; `command` NULL: the whole program. */
enum cli_exit cli_help(const struct cli_command *command);

#endif
