/*
 * The option table and its parser: `--name VALUE`, `--name=VALUE`, `--` ends
 * the options, `-` is a word (standard input). Options may stand between
 * words. Every option but --set is given once.
 */
#include <stdint.h>
#include <string.h>

#include "cli/message.h"
#include "cli/options.h"

/* clang-format off */
const struct cli_option_row cli_options[CLI_OPTION_COUNT] = {
	[OPT_REVISION] = { "revision", "REV", NULL,
		CLI_PRICING | CLI_RULES_ | CLI_QUESTION,
		"the rules of this revision, such as r8" },
	[OPT_AS_OF] = { "as-of", "DATE", NULL, CLI_PRICING | CLI_QUESTION,
		"the rules in force on this day (YYYY-MM-DD)" },
	[OPT_DECISION] = { "decision", "NAME,...", NULL,
		CLI_PRICING | CLI_DMN | CLI_COMPARE | CLI_DIFF | CLI_RULES_ |
			CLI_QUESTION,
		"only these; else all that a record has facts for" },
	[OPT_INPUT] = { "input", "JSON", NULL, CLI_DMN,
		"eval: values by name, such as {\"age\": 51}" },
	[OPT_POLICY] = { "policy", "FILE", NULL,
		CLI_PRICING | CLI_COMPARE | CLI_DIFF | CLI_QUESTION,
		"policy parameters (JSON or XML)" },
	[OPT_SET] = { "set", "NAME=VALUE", NULL,
		CLI_PRICING | CLI_COMPARE | CLI_DIFF | CLI_QUESTION,
		"set a field of every record, or a policy parameter" },
	[OPT_ID] = { "id", "ID", NULL,
		CLI_EXPLAIN | CLI_REPORT | CLI_QUESTION, "this record alone" },
	[OPT_FORMAT] = { "format", "FORMAT",
		"text|json|csv|snapshot|junit|sarif|github|tap", CLI_STREAMS,
		"of the output; text if not given" },
	[OPT_LANG] = { "lang", "LANG", "en|ja",
		CLI_PRICING | CLI_RULES_ | CLI_COMPARE | CLI_DIFF | CLI_QUESTION |
			CLI_SERVE,
		"of the output; else by LC_ALL, LC_MESSAGES or LANG" },
	[OPT_MIN_EVIDENCE] = { "min-evidence", "LEVEL", NULL,
		CLI_PRICING | CLI_COMPARE | CLI_QUESTION,
		"E0 to E5: answer only from evidence that is not weaker" },
	[OPT_STRICT] = { "strict", NULL, NULL, CLI_STREAMS,
		"status 1 when a result is undetermined or a conflict" },
	[OPT_STEPS] = { "steps", NULL, NULL, CLI_STREAMS,
		"with the trace of the evaluation (JSON and CSV)" },
	[OPT_ROUNDING] = { "rounding", NULL, NULL, CLI_PRICE | CLI_EXPLAIN,
		"with what other roundings would give (explain, JSON)" },
	[OPT_COLUMNS] = { "columns", "NAME,...", NULL, CLI_STREAMS,
		"CSV: only these columns, or outputs such as points" },
	[OPT_KEEP] = { "keep", "COLUMN,...", NULL, CLI_STREAMS | CLI_IMPORT,
		"extra input columns to pass through (JSON and CSV)" },
	[OPT_ENCODING] = { "encoding", "NAME", "utf-8|cp932",
		CLI_PRICING | CLI_IMPORT | CLI_COMPARE | CLI_DIFF | CLI_QUESTION,
		"of the input; else detected" },
	[OPT_INPUT_FORMAT] = { "input-format", "FORMAT", "csv|tsv|json|jsonl|xml|xlsx",
		CLI_PRICING | CLI_IMPORT | CLI_COMPARE | CLI_DIFF | CLI_QUESTION,
		"of the input; else by file name or content" },
	[OPT_SHEET] = { "sheet", "NAME", NULL,
		CLI_PRICING | CLI_IMPORT | CLI_COMPARE | CLI_DIFF | CLI_QUESTION,
		"of the workbooks (.xlsx) read; the first if not given" },
	[OPT_LISTING] = { "listing", NULL, NULL, CLI_RULES_,
		"show: the compiled programs in place of the rules" },
	[OPT_JOBS] = { "jobs", "N", NULL,
		CLI_PRICE | CLI_BATCH | CLI_COMPARE | CLI_REPORT,
		"so many threads; the output is the same for any number" },
	[OPT_STORE] = { "store", "FILE", NULL,
		CLI_BATCH | CLI_IMPORT | CLI_DATED | CLI_RUNS |
			CLI_COMPARE,
		"the store; import and batch make it when there is none" },
	[OPT_RUN] = { "run", "ID", NULL, CLI_EXPORT,
		"the results of this run" },
	[OPT_LIST_FORMAT] = { "format", "FORMAT", "text|json", CLI_RUNS,
		"of the output; text if not given" },
	[OPT_RULES_FORMAT] = { "format", "FORMAT", "text|json|csv", CLI_RULES_,
		"check, verify: of the output; text if not given" },
	[OPT_CERTIFICATE] = { "certificate", "FILE", NULL, CLI_RULES_,
		"check: write the proof there, for shokan-certify" },
	[OPT_RESUME] = { "resume", NULL, NULL, CLI_BATCH,
		"go on with the run that was interrupted" },
	[OPT_SAVE_EVERY] = { "save-every", "N", NULL, CLI_BATCH,
		"save after so many results; 5000 if not given" },
	[OPT_QUIET] = { "quiet", NULL, NULL, CLI_BATCH,
		"no results on standard output; --output FILE gets them" },
	[OPT_ISSUED] = { "issued", "DAY", NULL, CLI_IMPORT,
		"day of issue of a master, if its name does not say it" },
	[OPT_DAY] = { "as-of", "DATE", NULL, CLI_EXPORT,
		"prices of this day; else that of the newest master" },
	[OPT_KNOWN_ON] = { "known-on", "DAY", NULL, CLI_DATED,
		"only masters issued on or before this day" },
	[OPT_CODE] = { "code", "CODE", NULL, CLI_EXPORT,
		"this code alone; without --as-of its history" },
	[OPT_ALL] = { "all", NULL, NULL, CLI_EXPORT,
		"with codes that are listed no more" },
	[OPT_FROM] = { "from", "DAY", NULL, CLI_PRICES,
		"the first day; else that of the oldest master" },
	[OPT_TO] = { "to", "DAY", NULL, CLI_PRICES,
		"the second day; else that of the newest master" },
	[OPT_PRICE_LIST] = { "price-list", "REV=FILE,...", NULL, CLI_PRICES,
		"the published price list of a revision" },
	[OPT_FACTS] = { "facts", "FILE,...", NULL, CLI_PRICES,
		"facts by code or number (6-002), for the decisions" },
	[OPT_EXPORT_FORMAT] = { "format", "FORMAT", "csv|json|snapshot",
		CLI_EXPORT, "of the output; csv if not given" },
	[OPT_CHANGES_FORMAT] = { "format", "FORMAT", "text|csv|json",
		CLI_PRICES, "of the output; text if not given" },
	[OPT_UNEXPLAINED] = { "strict", NULL, NULL, CLI_PRICES,
		"status 1 when a change is unexplained" },
	[OPT_BASELINE] = { "baseline", "FILE", NULL, CLI_BATCH,
		"status 1 when a result differs from this snapshot" },
	[OPT_WRITE_BASELINE] = { "write-baseline", "FILE", NULL, CLI_BATCH,
		"write the results there as a snapshot, sorted" },
	[OPT_APPROVED] = { "approved", "FILE", NULL, CLI_BATCH | CLI_COMPARE,
		"changes that are allowed; else BASELINE.approved" },
	[OPT_REVISIONS] = { "revisions", "REV,REV", NULL, CLI_COMPARE,
		"compare what two revisions make of the records in FILE" },
	[OPT_VOLUMES] = { "volumes", "FILE", NULL, CLI_COMPARE | CLI_PRICES,
		"quantities a year by code (CSV), for the impact in yen" },
	[OPT_COMPARE_FORMAT] = { "format", "FORMAT",
		"text|json|csv|lines|junit|sarif|github|tap", CLI_COMPARE,
		"text if not given; lines: for a file of approved changes" },
	[OPT_COMPARE_STRICT] = { "strict", NULL, NULL, CLI_COMPARE,
		"other evidence and approved changes that did not happen count" },
	[OPT_RULES_BEFORE] = { "rules-before", "PATH", NULL, CLI_COMPARE,
		"the rules of A where they are not those of --rules" },
	[OPT_FACT] = { "fact", "NAME", NULL, CLI_EDGES,
		"only this field or policy parameter" },
	[OPT_OF] = { "of", "NAME", NULL, CLI_EDGES | CLI_ASK | CLI_SWEEP,
		"the value asked about, such as points; else the first" },
	[OPT_QUESTION_FORMAT] = { "format", "FORMAT", "text|csv|json",
		CLI_EDGES | CLI_ASK | CLI_SOLVE,
		"of the output; text if not given" },
	[OPT_FOR] = { "for", "FACT", NULL, CLI_SOLVE,
		"the field of the record that varies" },
	[OPT_SO_THAT] = { "so-that", "CONDITION", NULL, CLI_SOLVE,
		"FEEL over the answer's values and status" },
	[OPT_WITHIN] = { "within", "FROM..TO", NULL, CLI_SOLVE,
		"only these values of the fact; an end may be empty" },
	[OPT_VARY] = { "vary", "FACT=VALUES", NULL, CLI_SWEEP,
		"1..20, 1..20/2 or a,b,c; a second one gives a grid" },
	[OPT_SWEEP_FORMAT] = { "format", "FORMAT", "text|csv|json|plot",
		CLI_SWEEP, "of the output; text if not given" },
	[OPT_DIFF_FORMAT] = { "format", "FORMAT", "text|csv|json", CLI_DIFF,
		"of the output; text if not given" },
	[OPT_TRIES] = { "tries", "N", NULL, CLI_DIFF,
		"look at N random products a decision beside the proof" },
	[OPT_OUTPUT] = { "output", "FILE", NULL,
		CLI_PRICING | CLI_RULES_ | CLI_DMN | CLI_DATED | CLI_RUNS |
			CLI_COMPARE | CLI_DIFF | CLI_REPLAY | CLI_QUESTION,
		"write there; the file appears complete or not at all" },
	[OPT_RECEIPT] = { "receipt", "FILE", NULL, CLI_PRICE | CLI_BATCH,
		"write there what is needed to repeat each result" },
	[OPT_RULES] = { "rules", "PATH", NULL,
		CLI_PRICING | CLI_IMPORT | CLI_RULES_ | CLI_DATED |
			CLI_COMPARE | CLI_DIFF | CLI_REPLAY | CLI_QUESTION |
			CLI_SERVE,
		"a folder or a pack; else $SHOKAN_RULES" },
	[OPT_RULES_KEY] = { "rules-key", "FILE", NULL,
		CLI_PRICING | CLI_IMPORT | CLI_RULES_ | CLI_DATED |
			CLI_COMPARE | CLI_DIFF | CLI_REPLAY | CLI_QUESTION |
			CLI_SERVE,
		"only a pack signed with it; else $SHOKAN_RULES_KEY" },
	[OPT_KEY] = { "key", "FILE", NULL, CLI_RULES_,
		"sign: the secret key; verify: the public one" },
	[OPT_CORPUS] = { "corpus", "DIR", NULL, CLI_RULES_,
		"verify: compare the quotes with the documents in DIR" },
	[OPT_NO_COLOR] = { "no-color", NULL, NULL, CLI_STREAMS,
		"no colour on a terminal; NO_COLOR does the same" },
	[OPT_PORT] = { "port", "N", NULL, CLI_SERVE,
		"8431 if not given; 0 is any that is free" },
	[OPT_LISTEN] = { "listen", "ADDRESS", NULL, CLI_SERVE,
		"else this machine alone; others need --token-file" },
	[OPT_TOKEN_FILE] = { "token-file", "FILE", NULL, CLI_SERVE,
		"what every request must have as Authorization: Bearer" },
	[OPT_HOST] = { "host", "NAME,...", NULL, CLI_SERVE,
		"names by which the server is called, beside its address" },
	[OPT_THREADS] = { "threads", "N", NULL, CLI_SERVE,
		"questions that are worked out at once; else one a core" },
	[OPT_ALLOW_ROOT] = { "allow-root", NULL, NULL, CLI_SERVE,
		"run as root all the same, as in a container" },
	[OPT_REPORT_FORMAT] = { "format", "FORMAT", "html|xlsx", CLI_REPORT,
		"of the report; html if not given" },
	[OPT_HELP] = { "help", NULL, NULL, CLI_ALL, "this text" },
};
/* clang-format on */

static bool cli_option_is(int option, const char *name, size_t size)
{
	return strlen(cli_options[option].name) == size &&
	       memcmp(cli_options[option].name, name, size) == 0;
}

/* An option of that name that `command` takes, or -1 after saying so. */
static int cli_option_find(unsigned command, const char *command_name,
	const char *name, size_t size)
{
	const char *names[CLI_OPTION_COUNT];
	const char *nearest;
	char wanted[64];
	size_t count = 0;

	for (int i = 0; i < CLI_OPTION_COUNT; i++) {
		if (!(cli_options[i].commands & command))
			continue;
		if (cli_option_is(i, name, size))
			return i;
		names[count++] = cli_options[i].name;
	}
	if (size >= sizeof(wanted))
		size = sizeof(wanted) - 1;
	memcpy(wanted, name, size);
	wanted[size] = '\0';
	nearest = cli_nearest(wanted, names, count);
	if (nearest)
		cli_complain("%s has no option --%s; did you mean --%s?",
			command_name, wanted, nearest);
	else
		cli_complain("%s has no option --%s; see shokan %s --help",
			command_name, wanted, command_name);
	return -1;
}

/* Place of `value` among `choices`, or -1. */
static int cli_choose(const char *choices, const char *value)
{
	/* an option with choices has an argument */
	/* NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker) */
	size_t size = strlen(value);

	for (int place = 0;; place++) {
		size_t next = strcspn(choices, "|");

		if (next == size && memcmp(choices, value, size) == 0)
			return place;
		if (choices[next] == '\0')
			return -1;
		choices += next + 1;
	}
}

static bool cli_repeats(int option)
{
	return option == OPT_SET || option == OPT_VARY;
}

static enum cli_exit cli_option_store(
	struct cli_arguments *out, int option, const char *value)
{
	const struct cli_option_row *row = &cli_options[option];

	if (out->given[option] && !cli_repeats(option)) {
		cli_complain("--%s is given twice", row->name);
		return CLI_USAGE;
	}
	out->given[option] = true;
	out->value[option] = value;
	if (row->choices) {
		out->choice[option] = cli_choose(row->choices, value);
		if (out->choice[option] < 0) {
			cli_complain("--%s %s: must be one of %s", row->name,
				value, row->choices);
			return CLI_USAGE;
		}
	}
	if (option == OPT_SET) {
		if (out->set_count == CLI_SETS_MAX) {
			cli_complain("more than %d --set", CLI_SETS_MAX);
			return CLI_USAGE;
		}
		out->sets[out->set_count++] = value;
	}
	if (option == OPT_VARY) {
		if (out->vary_count == CLI_VARY_MAX) {
			cli_complain("more than %d --vary", CLI_VARY_MAX);
			return CLI_USAGE;
		}
		out->vary[out->vary_count++] = value;
	}
	return CLI_DONE;
}

/* One option at argv[*at]; moves *at to its last argument. */
static enum cli_exit cli_option_read(struct cli_arguments *out,
	unsigned command, const char *command_name, int argc, char **argv,
	int *at)
{
	const char *name = argv[*at] + 2;
	size_t size = strcspn(name, "=");
	const char *value = name[size] == '=' ? name + size + 1 : NULL;
	int option = cli_option_find(command, command_name, name, size);

	if (option < 0)
		return CLI_USAGE;
	if (!cli_options[option].argument && value) {
		cli_complain("--%s takes no value", cli_options[option].name);
		return CLI_USAGE;
	}
	if (cli_options[option].argument && !value) {
		if (*at + 1 >= argc) {
			cli_complain("--%s needs a value: --%s %s",
				cli_options[option].name,
				cli_options[option].name,
				cli_options[option].argument);
			return CLI_USAGE;
		}
		value = argv[++*at];
	}
	return cli_option_store(out, option, value);
}

enum cli_exit cli_options_parse(struct cli_arguments *out, unsigned command,
	const char *command_name, int argc, char **argv)
{
	enum cli_exit status = CLI_DONE;
	bool options = true;

	memset(out, 0, sizeof(*out));
	out->command = command;
	out->words = argv;
	for (int at = 0; at < argc && status == CLI_DONE; at++) {
		char *word = argv[at];

		if (options && strcmp(word, "--") == 0) {
			options = false;
		} else if (options && strcmp(word, "-h") == 0) {
			out->given[OPT_HELP] = true;
		} else if (options && strncmp(word, "--", 2) == 0) {
			status = cli_option_read(
				out, command, command_name, argc, argv, &at);
		} else if (options && word[0] == '-' && word[1]) {
			cli_complain("%s has no option %s; see shokan %s "
				     "--help",
				command_name, word, command_name);
			status = CLI_USAGE;
		} else {
			out->words[out->word_count++] = word;
		}
	}
	return status;
}
