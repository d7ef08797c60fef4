/*
 * `shokan rules check`: gaps, overlaps and rows that never decide in the
 * tables of the rulebook; with --certificate the proof as a file, which
 * shokan-certify checks.
 */
#include <string.h>

#include <shokan/check.h>

#include "cli/message.h"
#include "cli/names.h"
#include "cli/output.h"
#include "cli/rules_check.h"
#include "cli/session.h"

static enum cli_exit check_certificate(
	const struct cli_arguments *arguments, const shk_rulebook *rulebook)
{
	struct cli_output output;
	shk_diag diag = { 0 };
	enum cli_exit status;

	if (!arguments->given[OPT_CERTIFICATE])
		return CLI_DONE;
	status = cli_output_open(
		&output, arguments->value[OPT_CERTIFICATE], false);
	if (status != CLI_DONE)
		return status;
	if (shk_rulebook_certify(rulebook, arguments->value[OPT_REVISION],
		    cli_output_sink(&output), &diag) != SHK_OK)
		status = cli_complain_diag(&diag);
	else
		status = cli_output_commit(&output);
	cli_output_abort(&output);
	return status;
}

static enum cli_exit check_tables(const struct cli_arguments *arguments,
	const shk_rulebook *rulebook, const struct cli_names *decisions)
{
	const shk_check_options options = {
		.revision = arguments->value[OPT_REVISION],
		.decisions = decisions->items,
		.decision_count = decisions->count
	};
	shk_check_counts counts = { 0 };
	struct cli_output output;
	shk_diag diag = { 0 };
	enum cli_exit status =
		cli_output_open(&output, arguments->value[OPT_OUTPUT], false);

	if (status != CLI_DONE)
		return status;
	if (shk_check_report(rulebook, &options,
		    (enum shk_check_format)arguments->choice[OPT_RULES_FORMAT],
		    cli_language(arguments), cli_output_sink(&output), &counts,
		    &diag) != SHK_OK)
		status = cli_complain_diag(&diag);
	else
		status = cli_output_commit(&output);
	cli_output_abort(&output);
	if (status == CLI_DONE && counts.complete < counts.tables)
		return CLI_FINDINGS;
	return status;
}

enum cli_exit cli_rules_check(const struct cli_arguments *arguments)
{
	struct cli_names decisions = { 0 };
	shk_rulebook *rulebook = NULL;
	enum cli_exit status = CLI_DONE;

	if (arguments->given[OPT_CERTIFICATE] &&
		arguments->given[OPT_DECISION]) {
		cli_complain("a certificate is of every table: --certificate "
			     "goes with --revision, not with --decision");
		return CLI_USAGE;
	}
	if (arguments->given[OPT_DECISION])
		status = cli_names_read(
			&decisions, "decision", arguments->value[OPT_DECISION]);
	if (status == CLI_DONE)
		status = cli_rulebook_load(&rulebook, arguments, NULL);
	if (status == CLI_DONE)
		status = check_certificate(arguments, rulebook);
	if (status == CLI_DONE)
		status = check_tables(arguments, rulebook, &decisions);
	shk_rulebook_free(rulebook);
	cli_names_release(&decisions);
	return status;
}
