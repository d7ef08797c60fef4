/*
 * Opening what a pricing command needs. Mistakes on the command line are
 * usage errors even when the library calls them wrong input: a policy value
 * outside its domain is the rule author's mistake in a file and the caller's
 * in --set.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/message.h"
#include "cli/session.h"

bool cli_has_rulebook(const char *folder)
{
	char path[CLI_PATH_MAX];
	int length = snprintf(path, sizeof(path), "%s/rulebook.xml", folder);

	return length > 0 && (size_t)length < sizeof(path) &&
	       (access(path, R_OK) == 0 ||
		       (errno != ENOENT && errno != ENOTDIR));
}

const char *cli_rules_folder(const struct cli_arguments *arguments)
{
	const char *folder = getenv("SHOKAN_RULES");

	if (arguments->given[OPT_RULES])
		return arguments->value[OPT_RULES];
	if (folder && folder[0])
		return folder;
	if (cli_has_rulebook(SHOKAN_RULES_INSTALLED))
		return SHOKAN_RULES_INSTALLED;
	return SHOKAN_RULES_SOURCE;
}

enum shk_language cli_language(const struct cli_arguments *arguments)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

	if (arguments->given[OPT_LANG])
		return arguments->choice[OPT_LANG] == 1 ? SHK_JAPANESE
							: SHK_ENGLISH;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *value = getenv(names[i]);

		if (value && value[0])
			return strncmp(value, "ja", 2) == 0 ? SHK_JAPANESE
							    : SHK_ENGLISH;
	}
	return SHK_ENGLISH;
}

const char *cli_rules_key(const struct cli_arguments *arguments)
{
	const char *key = getenv("SHOKAN_RULES_KEY");

	if (arguments->given[OPT_RULES_KEY])
		return arguments->value[OPT_RULES_KEY];
	return key && key[0] ? key : NULL;
}

enum cli_exit cli_rulebook_load(shk_rulebook **out,
	const struct cli_arguments *arguments,
	const struct cli_session *session)
{
	shk_rulebook_options options = { .key = cli_rules_key(arguments) };
	shk_diag diag = { 0 };
	enum shk_code code;

	if (session) {
		options.decisions = session->decisions.items;
		options.decision_count = session->decisions.count;
	}
	/* facts are those that a decision can read in any revision */
	if (session && !session->facts) {
		options.revision = arguments->value[OPT_REVISION];
		options.as_of = arguments->value[OPT_AS_OF];
	}
	code = shk_rulebook_open(
		out, cli_rules_folder(arguments), &options, &diag);

	if (code == SHK_OK)
		return CLI_DONE;
	cli_complain_diag(&diag);
	return code == SHK_E_LIMIT ? CLI_RULES : cli_exit_of(code);
}

const char *cli_set_split(const char *set, char name[CLI_FIELD_MAX])
{
	size_t size = strcspn(set, "=");

	if (size == 0 || size >= CLI_FIELD_MAX || set[size] != '=')
		return NULL;
	memcpy(name, set, size);
	name[size] = '\0';
	return set + size + 1;
}

static enum cli_exit cli_policy_file(struct cli_session *session)
{
	shk_diag diag = { 0 };
	enum shk_code code = shk_policy_read(
		session->policy, session->arguments->value[OPT_POLICY], &diag);

	if (code == SHK_OK)
		return CLI_DONE;
	cli_complain_diag(&diag);
	return code == SHK_E_LIMIT || code == SHK_E_INPUT ? CLI_RULES
							  : cli_exit_of(code);
}

/* One --set: into the policy, or kept for the records. */
static enum cli_exit cli_take_set(struct cli_session *session, size_t index)
{
	const char *set = session->arguments->sets[index];
	shk_diag diag = { 0 };
	char name[CLI_FIELD_MAX];
	const char *value = cli_set_split(set, name);

	if (!value) {
		cli_complain("--set %s: write NAME=VALUE", set);
		return CLI_USAGE;
	}
	if (!shk_rulebook_is_parameter(session->rulebook, name)) {
		session->fields[session->field_count++] = index;
		return CLI_DONE;
	}
	if (shk_policy_set(session->policy, name, value, &diag) == SHK_OK)
		return CLI_DONE;
	cli_complain("--set %s: %s", set, diag.message);
	return CLI_USAGE;
}

static enum cli_exit cli_open_policy(struct cli_session *session)
{
	const struct cli_arguments *arguments = session->arguments;
	enum cli_exit status = CLI_DONE;
	shk_diag diag = { 0 };

	if (!arguments->given[OPT_POLICY] && arguments->set_count == 0)
		return CLI_DONE;
	if (shk_policy_new(&session->policy, session->rulebook, &diag) !=
		SHK_OK)
		return cli_complain_diag(&diag);
	if (arguments->given[OPT_POLICY])
		status = cli_policy_file(session);
	for (size_t i = 0; i < arguments->set_count && status == CLI_DONE; i++)
		status = cli_take_set(session, i);
	return status;
}

static bool cli_knows_decision(const shk_rulebook *rulebook, const char *name)
{
	for (size_t i = 0; i < shk_rulebook_decision_count(rulebook); i++) {
		if (strcmp(shk_rulebook_decision(rulebook, i), name) == 0)
			return true;
	}
	return false;
}

static enum cli_exit cli_open_decisions(struct cli_session *session)
{
	enum cli_exit status = CLI_DONE;

	for (size_t i = 0; i < session->decisions.count && status == CLI_DONE;
		i++) {
		const char *name = session->decisions.items[i];
		const char *nearest = NULL;

		if (cli_knows_decision(session->rulebook, name))
			continue;
		nearest =
			shk_rulebook_nearest_decision(session->rulebook, name);
		if (nearest)
			cli_complain("no decision %s; did you mean %s?", name,
				nearest);
		else
			cli_complain(
				"no decision %s; see shokan rules list", name);
		status = CLI_USAGE;
	}
	return status;
}

static bool cli_knows_column(const shk_rulebook *rulebook, const char *name)
{
	for (size_t i = 0; shk_report_column(i); i++)
		if (strcmp(shk_report_column(i), name) == 0)
			return true;
	return shk_rulebook_has_output(rulebook, name);
}

/* A column that takes the values of an answer; `lead`: of its lead output. */
static bool cli_column_is_light(const char *name, bool lead)
{
	static const char *const light[] = { "id", "name", "decision",
		"revision", "as_of", "status", "value", "outcomes", "reason",
		"rulebook", "policy", "field", "message" };

	for (size_t i = 0; i < sizeof(light) / sizeof(light[0]); i++)
		if (strcmp(name, light[i]) == 0)
			return true;
	if (lead)
		return false;
	if (strcmp(name, "values") == 0)
		return true;
	for (size_t i = 0; shk_report_column(i); i++)
		if (strcmp(shk_report_column(i), name) == 0)
			return false;
	return true; /* an output */
}

/*
 * The columns need no more than the values of each answer; `lead`: than that of
 * its lead output.
 */
static bool cli_is_light(const struct cli_session *session, bool lead)
{
	static const enum cli_option others[] = { OPT_STORE, OPT_BASELINE,
		OPT_WRITE_BASELINE, OPT_RECEIPT };
	bool all = session->columns.count > 0 && !session->facts;

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		all = all && !session->arguments->given[others[i]];
	for (size_t i = 0; i < session->columns.count && all; i++)
		all = cli_column_is_light(session->columns.items[i], lead);
	return all;
}

static enum cli_exit cli_open_columns(struct cli_session *session)
{
	const struct cli_arguments *arguments = session->arguments;
	enum cli_exit status = cli_names_read(
		&session->columns, "columns", arguments->value[OPT_COLUMNS]);

	if (status != CLI_DONE || !arguments->given[OPT_COLUMNS])
		return status;
	if (cli_format(arguments, false) != SHK_REPORT_CSV) {
		cli_complain("--columns is for CSV; add --format csv");
		return CLI_USAGE;
	}
	for (size_t i = 0; i < session->columns.count; i++) {
		if (cli_knows_column(
			    session->rulebook, session->columns.items[i]))
			continue;
		cli_complain("--columns: no column %s; a column of CSV or an "
			     "output of a decision",
			session->columns.items[i]);
		return CLI_USAGE;
	}
	return CLI_DONE;
}

enum shk_report_format cli_format(
	const struct cli_arguments *arguments, bool explain)
{
	static const enum shk_report_format formats[] = { SHK_REPORT_TEXT,
		SHK_REPORT_JSON, SHK_REPORT_CSV, SHK_REPORT_SNAPSHOT,
		SHK_REPORT_JUNIT, SHK_REPORT_SARIF, SHK_REPORT_GITHUB,
		SHK_REPORT_TAP };
	enum shk_report_format format = formats[arguments->choice[OPT_FORMAT]];

	if (arguments->command == CLI_REPORT)
		return arguments->choice[OPT_REPORT_FORMAT] ? SHK_REPORT_XLSX
							    : SHK_REPORT_HTML;
	return explain && format == SHK_REPORT_TEXT ? SHK_REPORT_EXPLAIN
						    : format;
}

/* The formats for continuous integration have no place for a proof. */
static enum cli_exit cli_check_format(
	const struct cli_arguments *arguments, bool explain)
{
	enum shk_report_format format = cli_format(arguments, explain);

	if (arguments->given[OPT_ROUNDING] && format != SHK_REPORT_EXPLAIN &&
		format != SHK_REPORT_JSON) {
		cli_complain("--rounding is for explain and for JSON; add "
			     "--format json");
		return CLI_USAGE;
	}
	switch (format) {
	case SHK_REPORT_JUNIT:
	case SHK_REPORT_SARIF:
	case SHK_REPORT_GITHUB:
	case SHK_REPORT_TAP:
		break;
	default:
		return CLI_DONE;
	}
	if (!explain)
		return CLI_DONE;
	cli_complain("explain has no --format %s; it has text, json, csv and "
		     "snapshot",
		arguments->value[OPT_FORMAT]);
	return CLI_USAGE;
}

static enum cli_exit cli_open_pricer(struct cli_session *session, bool explain)
{
	const struct cli_arguments *arguments = session->arguments;
	shk_diag diag = { 0 };

	session->price = (shk_price_options){
		.revision = arguments->value[OPT_REVISION],
		.as_of = arguments->value[OPT_AS_OF],
		.decisions = session->decisions.items,
		.decision_count = session->decisions.count,
		.policy = session->policy,
		.min_evidence = arguments->value[OPT_MIN_EVIDENCE],
		.steps = explain || arguments->given[OPT_STEPS],
		.flips = true,
		.every_flip = cli_format(arguments, explain) == SHK_REPORT_HTML,
		.roundings = arguments->given[OPT_ROUNDING],
		.facts = session->facts,
		.lead_only = cli_is_light(session, true),
		.values_only = cli_is_light(session, false),
	};

	if (shk_pricer_new(&session->pricer, session->rulebook, session->schema,
		    &session->price, &diag) != SHK_OK)
		return cli_complain_diag(&diag);
	return CLI_DONE;
}

/* Colour: a terminal that can, and nobody who asked for none. */
static bool cli_colour(const struct cli_session *session)
{
	const char *none = getenv("NO_COLOR");
	const char *terminal = getenv("TERM");

	return session->output.standard && isatty(STDOUT_FILENO) &&
	       !(none && none[0]) && terminal && terminal[0] &&
	       strcmp(terminal, "dumb") != 0 &&
	       !session->arguments->given[OPT_NO_COLOR];
}

/* What the results rest on, for a snapshot. */
static void cli_fill_header(struct cli_session *session)
{
	const struct cli_arguments *arguments = session->arguments;

	session->header = (struct shk_snapshot_header){
		.engine = shk_version(),
		.rulebook = shk_rulebook_hash(session->rulebook),
		.revision = arguments->value[OPT_REVISION],
		.as_of = arguments->value[OPT_AS_OF],
		.decisions = arguments->value[OPT_DECISION],
		.min_evidence = arguments->value[OPT_MIN_EVIDENCE],
		.policy = shk_pricer_policy(session->pricer),
	};
}

enum cli_exit cli_session_report(struct cli_session *session, bool explain)
{
	const struct cli_arguments *arguments = session->arguments;
	shk_report_options options = {
		.format = cli_format(arguments, explain),
		.language = cli_language(arguments),
		.steps = explain || arguments->given[OPT_STEPS],
		.roundings = arguments->given[OPT_ROUNDING],
		.strict = arguments->given[OPT_STRICT],
		.rulebook = session->rulebook,
		.baseline = arguments->value[OPT_BASELINE],
		.assumed_newest = !arguments->given[OPT_REVISION] &&
				  !arguments->given[OPT_AS_OF],
		.columns = session->columns.items,
		.column_count = session->columns.count,
		.keep = session->keep.items,
		.keep_count = session->keep.count,
		.header = &session->header,
	};
	shk_diag diag = { 0 };
	enum cli_exit status = CLI_DONE;

	if (!session->output.stream)
		status = cli_output_open(&session->output,
			arguments->value[OPT_OUTPUT], explain);
	if (status != CLI_DONE)
		return status;
	cli_fill_header(session);
	options.colour = cli_colour(session);
	if (shk_report_new(&session->report, &options,
		    cli_output_sink(&session->output), &diag) != SHK_OK)
		return cli_complain_diag(&diag);
	return CLI_DONE;
}

static enum cli_exit cli_open_schema(struct cli_session *session)
{
	shk_diag diag = { 0 };
	enum shk_code code =
		shk_schema_of(&session->schema, session->rulebook, &diag);

	if (code == SHK_OK)
		return CLI_DONE;
	cli_complain_diag(&diag);
	return code == SHK_E_LIMIT || code == SHK_E_INPUT ? CLI_RULES
							  : cli_exit_of(code);
}

shk_read_options cli_read_options(const struct cli_session *session)
{
	static const enum shk_encoding encodings[] = { SHK_ENCODING_UTF8,
		SHK_ENCODING_CP932 };
	static const enum shk_format formats[] = { SHK_FORMAT_CSV,
		SHK_FORMAT_TSV, SHK_FORMAT_JSON, SHK_FORMAT_JSONL,
		SHK_FORMAT_XML, SHK_FORMAT_XLSX };
	const struct cli_arguments *arguments = session->arguments;
	shk_read_options options = { .format = SHK_FORMAT_AUTO,
		.encoding = SHK_ENCODING_AUTO,
		.keep = session->keep.items,
		.keep_count = session->keep.count,
		.sheet = arguments->value[OPT_SHEET] };

	if (arguments->given[OPT_ENCODING])
		options.encoding = encodings[arguments->choice[OPT_ENCODING]];
	if (arguments->given[OPT_INPUT_FORMAT])
		options.format = formats[arguments->choice[OPT_INPUT_FORMAT]];
	return options;
}

enum cli_exit cli_session_records(struct cli_session *session)
{
	enum cli_exit status = cli_names_read(
		&session->keep, "keep", session->arguments->value[OPT_KEEP]);

	if (status == CLI_DONE)
		status = cli_rulebook_load(
			&session->rulebook, session->arguments, NULL);
	return status == CLI_DONE ? cli_open_schema(session) : status;
}

/* --jobs, 1 when it is not given. */
static enum cli_exit cli_open_jobs(struct cli_session *session)
{
	const char *text = session->arguments->value[OPT_JOBS];
	unsigned jobs = 0;

	session->jobs = 1;
	if (!text)
		return CLI_DONE;
	for (const char *at = text; jobs <= SHK_JOBS_MAX && *at; at++) {
		if (*at < '0' || *at > '9')
			jobs = SHK_JOBS_MAX;
		jobs = jobs * 10 + (unsigned)(*at - '0');
	}
	if (jobs == 0 || jobs > SHK_JOBS_MAX) {
		cli_complain("--jobs %s: threads are a number from 1 to %d",
			text, SHK_JOBS_MAX);
		return CLI_USAGE;
	}
	session->jobs = jobs;
	return CLI_DONE;
}

enum cli_exit cli_session_load(struct cli_session *session, bool explain)
{
	const struct cli_arguments *arguments = session->arguments;
	enum cli_exit status = cli_open_jobs(session);

	if (cli_format(arguments, explain) == SHK_REPORT_SNAPSHOT ||
		cli_format(arguments, explain) == SHK_REPORT_HTML ||
		arguments->given[OPT_RECEIPT])
		session->facts = true;
	if (status == CLI_DONE)
		status = cli_names_read(
			&session->keep, "keep", arguments->value[OPT_KEEP]);
	if (status == CLI_DONE)
		status = cli_names_read(&session->decisions, "decision",
			arguments->value[OPT_DECISION]);
	if (status == CLI_DONE)
		status = cli_rulebook_load(
			&session->rulebook, arguments, session);
	if (status == CLI_DONE)
		status = cli_open_schema(session);
	if (status == CLI_DONE)
		status = cli_open_decisions(session);
	if (status == CLI_DONE)
		status = cli_open_columns(session);
	if (status == CLI_DONE)
		status = cli_open_policy(session);
	if (status == CLI_DONE)
		status = cli_open_pricer(session, explain);
	return status;
}

enum cli_exit cli_session_open(struct cli_session *session,
	const struct cli_arguments *arguments, bool explain)
{
	enum cli_exit status;

	memset(session, 0, sizeof(*session));
	session->arguments = arguments;
	if (arguments->word_count == 0) {
		cli_complain("no FILE; - is standard input");
		return CLI_USAGE;
	}
	status = cli_check_format(arguments, explain);
	if (status == CLI_DONE)
		status = cli_session_load(session, explain);
	if (status == CLI_DONE)
		status = cli_session_report(session, explain);
	return status;
}

void cli_session_close(struct cli_session *session)
{
	shk_report_free(session->report);
	shk_pricer_free(session->pricer);
	shk_policy_free(session->policy);
	shk_schema_free(session->schema);
	shk_rulebook_free(session->rulebook);
	cli_output_abort(&session->output);
	cli_names_release(&session->decisions);
	cli_names_release(&session->keep);
	cli_names_release(&session->columns);
}
