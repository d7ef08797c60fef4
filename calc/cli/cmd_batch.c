/*
 * `shokan batch`: as price, and with --store the run is saved while it goes.
 * Ctrl-C saves what was answered and then ends the process as it would have.
 */
#include <string.h>

#include "cli/baseline.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/message.h"
#include "cli/receipt.h"
#include "cli/saving.h"

static enum cli_exit batch_usage(const struct cli_arguments *arguments)
{
	if (arguments->given[OPT_STORE] && arguments->given[OPT_OUTPUT] &&
		strcmp(arguments->value[OPT_STORE],
			arguments->value[OPT_OUTPUT]) == 0) {
		cli_complain("--store and --output name the same file");
		return CLI_USAGE;
	}
	if (arguments->given[OPT_QUIET] && arguments->given[OPT_OUTPUT] &&
		strcmp(arguments->value[OPT_OUTPUT], "-") == 0) {
		cli_complain("--quiet and --output - exclude each other");
		return CLI_USAGE;
	}
	if (!arguments->given[OPT_STORE] && arguments->given[OPT_RESUME]) {
		cli_complain("--resume needs the store of the run: --store "
			     "FILE");
		return CLI_USAGE;
	}
	if (!arguments->given[OPT_STORE] && cli_saving_quiet(arguments) &&
		!cli_baseline_wanted(arguments)) {
		cli_complain("--quiet without --store, --baseline or --output "
			     "would do nothing");
		return CLI_USAGE;
	}
	return CLI_DONE;
}

static enum cli_exit batch_finish(struct cli_saving *saving,
	struct cli_baseline *baseline, struct cli_run *run,
	enum cli_exit status)
{
	enum cli_exit saved;

	if (run->stop != CLI_DONE)
		return status;
	if (cli_inputs_check(&saving->inputs) != CLI_DONE)
		return CLI_IO;
	status = cli_baseline_check(baseline, status);
	if (status == CLI_IO || status == CLI_INTERNAL)
		return status;
	status = cli_run_finish(run, status);
	if (status == CLI_IO || status == CLI_INTERNAL)
		return status; /* the output is not in its place */
	saved = cli_saving_save(saving, true);
	if (saved != CLI_DONE)
		return saved == CLI_INTERNAL ? saved : CLI_IO;
	return cli_baseline_write(baseline, status);
}

/* What an earlier process answered is not answered again: from the store. */
static enum cli_exit batch_earlier(struct cli_saving *saving,
	struct cli_baseline *baseline, const struct cli_run *run)
{
	if (run->skip == 0)
		return CLI_DONE;
	return cli_baseline_saved(
		baseline, saving->store, shk_run_writer_id(saving->writer));
}

static enum cli_exit batch_interrupted(
	struct cli_saving *saving, enum cli_exit status)
{
	long long id = (long long)shk_run_writer_id(saving->writer);

	if (cli_saving_save(saving, false) == CLI_DONE)
		cli_complain("interrupted: run %lld has %llu records; batch "
			     "--resume goes on",
			id, saving->mark.records);
	return status;
}

static enum cli_exit batch_save(
	const struct cli_arguments *arguments, struct cli_baseline *baseline)
{
	struct cli_session session = { .arguments = arguments, .facts = true };
	struct cli_saving saving = { .session = &session };
	struct cli_run run = { .session = &session };
	struct cli_receipt receipt = { .receipt = NULL };
	enum cli_exit status = cli_session_load(&session, false);

	if (status == CLI_DONE)
		status = cli_saving_open(&saving, &session);
	if (status == CLI_DONE)
		status = cli_saving_join(&saving, &run);
	if (status == CLI_DONE)
		status = cli_baseline_join(baseline, &session, &run);
	if (status == CLI_DONE)
		status = batch_earlier(&saving, baseline, &run);
	if (status == CLI_DONE)
		status = cli_receipt_open(&receipt, &run);
	if (status == CLI_DONE && run.skip > 0)
		status = cli_receipt_earlier(&receipt, saving.store,
			shk_run_writer_id(saving.writer));
	if (status == CLI_DONE) {
		cli_interrupt_watch();
		if (saving.products)
			status = cli_run_rows(&run,
				shk_products_rows(saving.products),
				shk_products_count(saving.products));
		else
			status = cli_run_files(&run);
		if (cli_interrupted() && run.stop != CLI_DONE)
			status = batch_interrupted(&saving, status);
		else
			status = cli_receipt_finish(&receipt, &run,
				batch_finish(&saving, baseline, &run, status));
	}
	cli_receipt_close(&receipt);
	cli_saving_close(&saving, !cli_interrupted());
	cli_feed_release(&run.feeds);
	cli_session_close(&session);
	cli_interrupt_end();
	return status;
}

/* Without a store, beside a baseline. */
static enum cli_exit batch_check(
	const struct cli_arguments *arguments, struct cli_baseline *baseline)
{
	struct cli_session session = { .arguments = arguments, .facts = true };
	struct cli_run run = { .session = &session };
	struct cli_receipt receipt = { .receipt = NULL };
	enum cli_exit status = cli_session_load(&session, false);

	if (status == CLI_DONE && cli_saving_quiet(arguments))
		status = cli_output_open(&session.output, "/dev/null", false);
	if (status == CLI_DONE)
		status = cli_session_report(&session, false);
	if (status == CLI_DONE)
		status = cli_baseline_join(baseline, &session, &run);
	if (status == CLI_DONE)
		status = cli_receipt_open(&receipt, &run);
	if (status == CLI_DONE) {
		status = cli_run_files(&run);
		if (run.stop == CLI_DONE)
			status = cli_baseline_check(baseline, status);
		if (status != CLI_IO && status != CLI_INTERNAL)
			status = cli_run_finish(&run, status);
		if (run.stop == CLI_DONE && status != CLI_IO &&
			status != CLI_INTERNAL)
			status = cli_baseline_write(baseline, status);
		status = cli_receipt_finish(&receipt, &run, status);
	}
	cli_receipt_close(&receipt);
	cli_feed_release(&run.feeds);
	cli_session_close(&session);
	return status;
}

enum cli_exit cmd_batch(const struct cli_arguments *arguments)
{
	struct cli_baseline baseline = { .arguments = arguments };
	enum cli_exit status = batch_usage(arguments);

	if (status == CLI_DONE)
		status = cli_baseline_open(&baseline, arguments);
	if (status != CLI_DONE)
		goto done;
	if (arguments->given[OPT_STORE])
		status = batch_save(arguments, &baseline);
	else if (arguments->word_count == 0 || !cli_baseline_wanted(arguments))
		status = cmd_price(arguments); /* says what is missing */
	else
		status = batch_check(arguments, &baseline);
done:
	cli_baseline_close(&baseline);
	return status;
}
