/*
 * `shokan compare`: two saved sets of answers, or what two revisions make of
 * the same records.
 */
#include <string.h>

#include "cli/answer_side.h"
#include "cli/command.h"
#include "cli/compare.h"
#include "cli/message.h"
#include "cli/open_store.h"

/* Everything of one call. */
struct comparing {
	const struct cli_arguments *arguments;
	struct cli_side sides[2];
	struct cli_output output;
	shk_change_report *changes; /* text, JSON, CSV, lines */
	shk_report *report;	    /* the formats of integration */
	shk_rulebook *books[2];
	shk_schema *schemas[2];
	struct cli_session sessions[2]; /* of --revisions */
	struct cli_arguments copies[2];
	enum cli_exit worst; /* of the records of --revisions */
};

static enum cli_exit comparing_usage(const struct cli_arguments *arguments)
{
	static const enum cli_option pricing[] = { OPT_DECISION, OPT_POLICY,
		OPT_SET, OPT_MIN_EVIDENCE, OPT_ENCODING, OPT_INPUT_FORMAT,
		OPT_SHEET, OPT_JOBS };
	bool revisions = arguments->given[OPT_REVISIONS];

	if (!revisions && arguments->word_count != 2) {
		cli_complain("compare needs two sides: A B");
		return CLI_USAGE;
	}
	if (revisions && arguments->word_count == 0) {
		cli_complain("no FILE with records");
		return CLI_USAGE;
	}
	if (revisions && (arguments->given[OPT_STORE] ||
				 arguments->given[OPT_RULES_BEFORE])) {
		cli_complain("--revisions compares records of files under one "
			     "rulebook: no --store, no --rules-before");
		return CLI_USAGE;
	}
	for (size_t i = 0; i < sizeof(pricing) / sizeof(pricing[0]); i++)
		if (!revisions && arguments->given[pricing[i]]) {
			cli_complain("--%s goes with --revisions only; saved "
				     "answers are what they are",
				cli_options[pricing[i]].name);
			return CLI_USAGE;
		}
	return CLI_DONE;
}

/* The rules of a folder or pack; quiet where they are a help only. */
static enum cli_exit comparing_book(
	struct comparing *work, int side, const char *folder, bool asked)
{
	const shk_rulebook_options options = { .key = cli_rules_key(
						       work->arguments) };
	shk_diag diag = { 0 };
	enum shk_code code =
		shk_rulebook_open(&work->books[side], folder, &options, &diag);

	if (!code)
		code = shk_schema_of(
			&work->schemas[side], work->books[side], &diag);
	if (!code)
		return CLI_DONE;
	shk_rulebook_free(work->books[side]);
	work->books[side] = NULL;
	if (!asked && code != SHK_E_MEMORY &&
		(code != SHK_E_IO || !cli_has_rulebook(folder)))
		return CLI_DONE;
	return cli_complain_diag(&diag);
}

static enum cli_exit comparing_books(struct comparing *work)
{
	const struct cli_arguments *arguments = work->arguments;
	enum cli_exit status = comparing_book(work, 1,
		cli_rules_folder(arguments), arguments->given[OPT_RULES]);

	if (status == CLI_DONE && arguments->given[OPT_RULES_BEFORE])
		status = comparing_book(
			work, 0, arguments->value[OPT_RULES_BEFORE], true);
	return status;
}

/* Tell once when a cause cannot be found for want of the rules. */
static void comparing_note(const struct comparing *work)
{
	for (int side = 0; side < 2; side++) {
		const char *hash =
			shk_snapshot_header(work->sides[side].snapshot)
				->rulebook;
		bool there = false;

		for (int i = 0; i < 2; i++)
			there = there ||
				(work->books[i] &&
					strcmp(hash, shk_rulebook_hash(
							     work->books[i])) ==
						0);
		if (!there)
			cli_complain("note: the rules of %s are not at hand, "
				     "so causes are tested in part or not at "
				     "all; --%s names them",
				work->arguments->words[side],
				side ? "rules" : "rules-before");
	}
}

static enum cli_exit comparing_saved(struct comparing *work)
{
	const struct cli_arguments *arguments = work->arguments;
	shk_store *store = NULL;
	enum cli_exit status = CLI_DONE;

	if (strcmp(arguments->words[0], "-") == 0 &&
		strcmp(arguments->words[1], "-") == 0) {
		cli_complain("only one side can be standard input");
		return CLI_USAGE;
	}
	if (arguments->given[OPT_STORE])
		status = cli_store_open(&store, arguments, SHK_STORE_READ);
	for (int side = 0; side < 2 && status == CLI_DONE; side++) {
		const char *word = arguments->words[side];

		/* a path of a file may stand beside a run */
		if (store && !strchr(word, '/') && !strchr(word, '.') &&
			strcmp(word, "-") != 0)
			status = cli_side_run(&work->sides[side], store, word);
		else
			status = cli_side_file(&work->sides[side], word);
	}
	shk_store_close(store);
	if (status == CLI_DONE)
		status = comparing_books(work);
	if (status == CLI_DONE)
		comparing_note(work);
	return status;
}

static enum cli_exit comparing_revisions(struct comparing *work)
{
	const struct cli_arguments *arguments = work->arguments;
	struct cli_names names;
	enum cli_exit status = cli_names_read(
		&names, "revisions", arguments->value[OPT_REVISIONS]);

	if (status == CLI_DONE && names.count != 2) {
		cli_complain("--revisions needs two of them, such as r6,r8");
		status = CLI_USAGE;
	}
	for (size_t i = 0; i < arguments->word_count && status == CLI_DONE; i++)
		if (strcmp(arguments->words[i], "-") == 0) {
			cli_complain("standard input cannot be read twice; "
				     "name a file");
			status = CLI_USAGE;
		}
	for (int side = 0; side < 2 && status == CLI_DONE; side++)
		status = cli_answer_side(&work->sides[side],
			&work->sessions[side], &work->copies[side], arguments,
			names.items[side], &work->worst);
	cli_names_release(&names);
	return status;
}

/* Text, JSON, CSV, lines; then the formats of integration. */
static enum cli_exit comparing_format(struct comparing *work, shk_sink sink)
{
	static const enum shk_change_format changes[] = { SHK_CHANGES_TEXT,
		SHK_CHANGES_JSON, SHK_CHANGES_CSV, SHK_CHANGES_LINES };
	static const enum shk_report_format reports[] = { SHK_REPORT_JUNIT,
		SHK_REPORT_SARIF, SHK_REPORT_GITHUB, SHK_REPORT_TAP };
	const struct cli_arguments *arguments = work->arguments;
	int choice = arguments->choice[OPT_COMPARE_FORMAT];
	shk_report_options options = { .language = cli_language(arguments),
		.strict = arguments->given[OPT_COMPARE_STRICT],
		.rulebook = work->books[1] ? work->books[1]
					   : work->sessions[1].rulebook,
		.baseline = arguments->words[0] };
	shk_diag diag = { 0 };
	enum shk_code code;

	if (choice < 4) {
		code = shk_change_report_new(&work->changes, changes[choice],
			options.language, sink, &diag);
	} else {
		options.format = reports[choice - 4];
		code = shk_report_new(&work->report, &options, sink, &diag);
	}
	return code ? cli_complain_diag(&diag) : CLI_DONE;
}

static enum cli_exit comparing_report(struct comparing *work)
{
	enum cli_exit status = cli_output_open(
		&work->output, work->arguments->value[OPT_OUTPUT], false);

	if (status != CLI_DONE)
		return status;
	return comparing_format(work, cli_output_sink(&work->output));
}

static enum cli_exit comparing_change(
	struct cli_compare *compare, const struct shk_change *change)
{
	struct comparing *work = compare->context;
	shk_diag diag = { 0 };
	enum shk_code code =
		work->report
			? shk_report_change(work->report, change, &diag)
			: shk_change_report_add(work->changes, change, &diag);

	return code ? cli_complain_diag(&diag) : CLI_DONE;
}

static enum cli_exit comparing_summary(
	struct cli_compare *compare, const struct shk_change_summary *summary)
{
	struct comparing *work = compare->context;
	shk_diag diag = { 0 };
	enum shk_code code = work->report
				     ? shk_report_finish(work->report, &diag)
				     : shk_change_report_finish(
					       work->changes, summary, &diag);

	if (code)
		return cli_complain_diag(&diag);
	return cli_output_commit(&work->output);
}

/* The rulebooks at hand, for the causes. */
static void comparing_at_hand(
	const struct comparing *work, struct cli_compare *compare)
{
	for (int i = 0; i < 2; i++) {
		const struct cli_session *session = &work->sessions[i];
		const struct shk_compare_book book = {
			.rulebook = work->books[i] ? work->books[i]
						   : session->rulebook,
			.schema = work->schemas[i] ? work->schemas[i]
						   : session->schema
		};

		if (book.rulebook)
			compare->books[compare->options.book_count++] = book;
	}
}

static enum cli_exit comparing_run(struct comparing *work)
{
	const struct cli_arguments *arguments = work->arguments;
	struct cli_compare compare = { .change = comparing_change,
		.summary = comparing_summary,
		.context = work };
	enum cli_exit status = cli_compare_open(
		&compare, arguments, arguments->value[OPT_APPROVED]);

	if (status == CLI_DONE)
		status = arguments->given[OPT_REVISIONS]
				 ? comparing_revisions(work)
				 : comparing_saved(work);
	if (status == CLI_DONE)
		status = comparing_report(work);
	if (status == CLI_DONE) {
		comparing_at_hand(work, &compare);
		status = cli_compare_run(
			&compare, &work->sides[0], &work->sides[1]);
	}
	cli_compare_close(&compare);
	return status;
}

enum cli_exit cmd_compare(const struct cli_arguments *arguments)
{
	struct comparing work = { .arguments = arguments };
	enum cli_exit status = comparing_usage(arguments);

	if (status == CLI_DONE)
		status = comparing_run(&work);
	if ((status == CLI_DONE || status == CLI_FINDINGS) &&
		work.worst != CLI_DONE)
		status = work.worst; /* some records were wrong */
	shk_change_report_free(work.changes);
	shk_report_free(work.report);
	cli_output_abort(&work.output);
	for (int i = 0; i < 2; i++) {
		cli_side_close(&work.sides[i]);
		cli_session_close(&work.sessions[i]);
		shk_schema_free(work.schemas[i]);
		shk_rulebook_free(work.books[i]);
	}
	return status;
}
