/*
 * Writing a receipt beside the output of a run.
 */
#include <string.h>

#include "cli/message.h"
#include "cli/receipt.h"

static enum cli_exit receipt_lines(void *context, const char *data, size_t size)
{
	struct cli_receipt *receipt = context;
	shk_diag diag = { 0 };

	if (shk_receipt_lines(receipt->receipt, data, size, &diag) == SHK_OK)
		return CLI_DONE;
	cli_complain_diag(&diag);
	return diag.code == SHK_E_IO ? CLI_IO : CLI_INTERNAL;
}

static enum cli_exit receipt_usage(const struct cli_arguments *arguments)
{
	const char *path = arguments->value[OPT_RECEIPT];
	const char *output = arguments->value[OPT_OUTPUT];

	if (strcmp(path, "-") == 0 || path[0] == '\0') {
		cli_complain("--receipt needs a file; standard output is for "
			     "the results");
		return CLI_USAGE;
	}
	if (output && strcmp(output, path) == 0) {
		cli_complain("--receipt and --output name the same file");
		return CLI_USAGE;
	}
	return CLI_DONE;
}

enum cli_exit cli_receipt_open(struct cli_receipt *receipt, struct cli_run *run)
{
	const struct cli_arguments *arguments = run->session->arguments;
	const struct cli_feed feed = { .format = SHK_REPORT_SNAPSHOT,
		.context = receipt,
		.lines = receipt_lines };
	shk_diag diag = { 0 };
	enum cli_exit status;

	if (!arguments->given[OPT_RECEIPT])
		return CLI_DONE;
	status = receipt_usage(arguments);
	if (status == CLI_DONE)
		status = cli_output_open(
			&receipt->output, arguments->value[OPT_RECEIPT], false);
	if (status != CLI_DONE)
		return status;
	if (shk_receipt_new(&receipt->receipt, &run->session->header,
		    cli_output_sink(&receipt->output), &diag) != SHK_OK)
		return cli_complain_diag(&diag);
	return cli_feed_add(&run->feeds, &feed);
}

static enum shk_code receipt_copy(
	shk_receipt *receipt, shk_results *results, shk_diag *diag)
{
	const char *const *cells;
	enum shk_code code;

	while ((code = shk_results_next(results, &cells, diag)) == SHK_OK) {
		code = shk_receipt_add(receipt, cells, diag);
		if (code != SHK_OK)
			break;
	}
	return code == SHK_END ? SHK_OK : code;
}

enum cli_exit cli_receipt_earlier(
	struct cli_receipt *receipt, shk_store *store, int64_t run)
{
	shk_results *results = NULL;
	shk_diag diag = { 0 };
	enum shk_code code;

	if (!receipt->receipt)
		return CLI_DONE;
	code = shk_results_open(&results, store, run, false, &diag);
	if (code == SHK_OK)
		code = receipt_copy(receipt->receipt, results, &diag);
	shk_results_close(results);
	return code == SHK_OK ? CLI_DONE : cli_complain_diag(&diag);
}

enum cli_exit cli_receipt_finish(struct cli_receipt *receipt,
	const struct cli_run *run, enum cli_exit status)
{
	shk_diag diag = { 0 };
	enum cli_exit written;

	if (!receipt->receipt || run->stop != CLI_DONE || status == CLI_IO ||
		status == CLI_INTERNAL)
		return status;
	if (shk_receipt_finish(receipt->receipt, &diag) != SHK_OK)
		return cli_complain_diag(&diag);
	written = cli_output_commit(&receipt->output);
	return written == CLI_DONE ? status : written;
}

void cli_receipt_close(struct cli_receipt *receipt)
{
	shk_receipt_free(receipt->receipt);
	receipt->receipt = NULL;
	cli_output_abort(&receipt->output);
}
