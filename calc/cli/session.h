/*
 * What price and explain share: rulebook, vocabulary, policy, pricer, report
 * and output, opened from the options in this order and closed together.
 */
#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include <shokan/shokan.h>

#include "cli/names.h"
#include "cli/options.h"
#include "cli/output.h"

struct cli_session {
	const struct cli_arguments *arguments;
	shk_rulebook *rulebook;
	shk_schema *schema;
	shk_policy *policy; /* NULL: none given */
	shk_pricer *pricer;
	shk_price_options price; /* with which `pricer` was made */
	unsigned jobs;		 /* threads */
	shk_report *report;
	struct cli_output output;
	struct cli_names decisions;
	struct cli_names keep;
	struct cli_names columns;
	struct shk_snapshot_header header; /* what the results rest on */
	bool facts; /* somebody takes snapshot lines; before the load */
	/* --set of record fields: places in arguments->sets */
	size_t fields[CLI_SETS_MAX];
	size_t field_count;
};

/* False when the folder has surely none; one that cannot be read counts. */
bool cli_has_rulebook(const char *folder);
/* Where the rules are: --rules, SHOKAN_RULES, installed, source. */
const char *cli_rules_folder(const struct cli_arguments *arguments);
/* --lang, else the locale's language when it is Japanese, else English. */
enum shk_language cli_language(const struct cli_arguments *arguments);
/* --rules-key or SHOKAN_RULES_KEY, or NULL. */
const char *cli_rules_key(const struct cli_arguments *arguments);
/* Load the rulebook whole, or what a session asks of it (may be NULL); says
   what is wrong. */
enum cli_exit cli_rulebook_load(shk_rulebook **out,
	const struct cli_arguments *arguments,
	const struct cli_session *session);

/* The format of the output. */
enum shk_report_format cli_format(
	const struct cli_arguments *arguments, bool explain);

/* How records are read: encoding, format, columns to keep. */
shk_read_options cli_read_options(const struct cli_session *session);
/* Only what reading records needs: vocabulary and columns to keep. */
enum cli_exit cli_session_records(struct cli_session *session);
/*
 * The two halves of cli_session_open, for a session that holds zeros and its
 * arguments: everything but the output; then the output, unless it is open,
 * and the report.
 */
enum cli_exit cli_session_load(struct cli_session *session, bool explain);
enum cli_exit cli_session_report(struct cli_session *session, bool explain);
/* After any return the caller calls cli_session_close. */
enum cli_exit cli_session_open(struct cli_session *session,
	const struct cli_arguments *arguments, bool explain);
void cli_session_close(struct cli_session *session);

#define CLI_FIELD_MAX 128 /* bytes of a name in --set NAME=VALUE */

/* The name of `NAME=VALUE` into `name`; the value, or NULL if malformed. */
const char *cli_set_split(const char *set, char name[CLI_FIELD_MAX]);

#endif
