/*
 * Options: one table that the parser, the help and the tests of both read.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/exits.h"

#define CLI_SETS_MAX 256 /* --set options of one call */
#define CLI_VARY_MAX 16	 /* --vary options of one call */

enum cli_option {
	OPT_REVISION,
	OPT_AS_OF,
	OPT_DECISION,
	OPT_POLICY,
	OPT_SET,
	OPT_ID,
	OPT_FORMAT,
	OPT_LANG,
	OPT_MIN_EVIDENCE,
	OPT_STRICT,
	OPT_STEPS,
	OPT_ROUNDING,
	OPT_COLUMNS,
	OPT_KEEP,
	OPT_ENCODING,
	OPT_INPUT_FORMAT,
	OPT_SHEET,
	OPT_LISTING,
	OPT_JOBS,
	OPT_STORE,
	OPT_RESUME,
	OPT_SAVE_EVERY,
	OPT_RUN,
	OPT_LIST_FORMAT,
	OPT_RULES_FORMAT,
	OPT_CERTIFICATE,
	OPT_QUIET,
	OPT_ISSUED,
	OPT_DAY,
	OPT_KNOWN_ON,
	OPT_CODE,
	OPT_ALL,
	OPT_FROM,
	OPT_TO,
	OPT_PRICE_LIST,
	OPT_FACTS,
	OPT_EXPORT_FORMAT,
	OPT_CHANGES_FORMAT,
	OPT_UNEXPLAINED,
	OPT_BASELINE,
	OPT_APPROVED,
	OPT_WRITE_BASELINE,
	OPT_REVISIONS,
	OPT_VOLUMES,
	OPT_COMPARE_FORMAT,
	OPT_COMPARE_STRICT,
	OPT_RULES_BEFORE,
	OPT_DIFF_FORMAT,
	OPT_TRIES,
	OPT_INPUT,
	OPT_FACT,
	OPT_OF,
	OPT_QUESTION_FORMAT,
	OPT_FOR,
	OPT_SO_THAT,
	OPT_WITHIN,
	OPT_VARY,
	OPT_SWEEP_FORMAT,
	OPT_OUTPUT,
	OPT_RECEIPT,
	OPT_RULES,
	OPT_RULES_KEY,
	OPT_KEY,
	OPT_CORPUS,
	OPT_NO_COLOR,
	OPT_PORT,
	OPT_LISTEN,
	OPT_TOKEN_FILE,
	OPT_HOST,
	OPT_THREADS,
	OPT_ALLOW_ROOT,
	OPT_REPORT_FORMAT,
	OPT_HELP,
	CLI_OPTION_COUNT
};

/* Commands that take an option, as bits. */
#define CLI_PRICE    1u
#define CLI_EXPLAIN  2u
#define CLI_RULES_   4u
#define CLI_OTHER    8u
#define CLI_DMN	     16u
#define CLI_BATCH    32u
#define CLI_IMPORT   64u
#define CLI_EXPORT   128u
#define CLI_PRICES   256u
#define CLI_RUNS     512u
#define CLI_COMPARE  1024u
#define CLI_REPLAY   2048u
#define CLI_REPORT   4096u
#define CLI_STREAMS  (CLI_PRICE | CLI_EXPLAIN | CLI_BATCH) /* results out */
#define CLI_PRICING  (CLI_STREAMS | CLI_REPORT)
#define CLI_DATED    (CLI_EXPORT | CLI_PRICES)
#define CLI_EDGES    8192u
#define CLI_ASK	     16384u
#define CLI_SOLVE    32768u
#define CLI_SWEEP    65536u
#define CLI_DIFF     131072u
#define CLI_SERVE    262144u
/* questions about one record */
#define CLI_QUESTION (CLI_EDGES | CLI_ASK | CLI_SOLVE | CLI_SWEEP)
#define CLI_ALL                                                                \
	(CLI_PRICING | CLI_RULES_ | CLI_OTHER | CLI_DMN | CLI_IMPORT |         \
		CLI_DATED | CLI_RUNS | CLI_COMPARE | CLI_REPLAY | CLI_DIFF |   \
		CLI_QUESTION | CLI_SERVE)

struct cli_option_row {
	const char *name;     /* without the dashes */
	const char *argument; /* how the help calls it, or NULL for none */
	const char *choices;  /* "a|b|c" when nothing else is allowed */
	unsigned commands;
	const char *help;
};

extern const struct cli_option_row cli_options[CLI_OPTION_COUNT];

struct cli_arguments {
	unsigned command; /* CLI_PRICE, ... */
	bool given[CLI_OPTION_COUNT];
	const char *value[CLI_OPTION_COUNT]; /* text of the argument */
	int choice[CLI_OPTION_COUNT];	     /* place among the choices */
	const char *sets[CLI_SETS_MAX];	     /* of --set, in their order */
	size_t set_count;
	const char *vary[CLI_VARY_MAX]; /* of --vary, in their order */
	size_t vary_count;
	char **words; /* what is not an option; points into argv */
	size_t word_count;
};

/*
 * Read the arguments behind the command's name (`argv[0]` is the first).
 * Reorders argv so that the words stand together. Says what is wrong.
 */
enum cli_exit cli_options_parse(struct cli_arguments *out, unsigned command,
	const char *command_name, int argc, char **argv);

#endif
