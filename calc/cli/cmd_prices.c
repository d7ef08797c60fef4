/*
 * `shokan prices changes`: every code of the official masters whose price is
 * another one on a later day, with the decision or price list that explains
 * it; the rest is unexplained and said to be.
 */
#include <stdlib.h>
#include <string.h>

#include <shokan/price_changes.h>

#include "cli/command.h"
#include "cli/message.h"
#include "cli/open_store.h"
#include "cli/output.h"
#include "cli/rows.h"
#include "cli/session.h"

/* In the order of the option's choices. */
enum prices_format { PRICES_TEXT, PRICES_CSV, PRICES_JSON };

struct prices_run {
	const struct cli_arguments *arguments;
	enum prices_format format;
	shk_store *store;
	shk_rulebook *rulebook;
	shk_schema *schema;
	shk_volumes *volumes; /* NULL: not given */
	shk_price_changes *changes;
	struct cli_output output;
	struct cli_names lists;
	struct cli_names facts;
	shk_price_list_file files[SHK_PRICE_LISTS_MAX];
	char revisions[SHK_PRICE_LISTS_MAX][CLI_FIELD_MAX];
};

static const char *const prices_columns[] = { "code", "name", "schedule",
	"category_no", "unit_before", "unit_after", "before", "after",
	"difference", "cause", "decision", "revision", "note", NULL };
/* The same with the columns of --volumes behind them. */
static const char *const prices_weighed[] = { "code", "name", "schedule",
	"category_no", "unit_before", "unit_after", "before", "after",
	"difference", "cause", "decision", "revision", "note", "quantity",
	"impact", "suppressed", NULL };

static void prices_row(
	struct cli_rows *rows, const shk_price_change *change, bool weighed)
{
	char number[16] = "";

	if (change->schedule > 0)
		snprintf(number, sizeof(number), "%03d", change->category_no);
	cli_rows_text(rows, change->code);
	cli_rows_text(rows, change->name);
	cli_rows_integer(rows, change->schedule);
	cli_rows_text(rows, number);
	cli_rows_text(rows, change->unit_before);
	cli_rows_text(rows, change->unit_after);
	cli_rows_number(rows, change->before);
	cli_rows_number(rows, change->after);
	cli_rows_number(rows, change->difference);
	cli_rows_text(rows, shk_price_cause_name(change->cause));
	cli_rows_text(rows, change->decision);
	cli_rows_text(rows, change->revision);
	cli_rows_text(rows, change->note);
	if (!weighed)
		return;
	cli_rows_number(rows, change->quantity);
	cli_rows_number(rows, change->impact);
	cli_rows_integer(rows, (long)change->suppressed);
}

static void prices_table(const struct prices_run *run)
{
	const shk_price_change *change;
	struct cli_rows rows;

	cli_rows_begin(&rows, run->output.stream, run->format == PRICES_JSON,
		run->volumes ? prices_weighed : prices_columns);
	for (size_t i = 0; (change = shk_price_changes_at(run->changes, i));
		i++)
		prices_row(&rows, change, run->volumes != NULL);
}

static void prices_line(FILE *out, const shk_price_change *change)
{
	fprintf(out, "%s  %s\n", change->code, change->name);
	fprintf(out, "  %s -> %s", change->before[0] ? change->before : "-",
		change->after[0] ? change->after : "-");
	if (change->difference[0])
		fprintf(out, " (%s%s)", change->difference[0] == '-' ? "" : "+",
			change->difference);
	fprintf(out, "  %s%s%s\n", shk_price_cause_name(change->cause),
		change->decision[0] ? " " : "", change->decision);
	if (change->note[0])
		fprintf(out, "  %s\n", change->note);
	if (change->impact[0])
		fprintf(out, "  %s yen on %s a year%s\n", change->impact,
			change->quantity,
			change->suppressed ? ", and on what is held back" : "");
}

/* Codes of one cause, counted by decision in the order of their first. */
static void prices_by_decision(
	const struct prices_run *run, enum shk_price_cause cause)
{
	const shk_price_change *one, *other;

	for (size_t i = 0; (one = shk_price_changes_at(run->changes, i)); i++) {
		size_t count = 0;
		bool first = true;

		if (one->cause != cause || !one->decision[0])
			continue;
		for (size_t j = 0;
			(other = shk_price_changes_at(run->changes, j)); j++) {
			if (other->cause != cause ||
				strcmp(other->decision, one->decision) != 0)
				continue;
			first = first && j >= i;
			count++;
		}
		if (first)
			fprintf(run->output.stream, "%8zu    of these %s\n",
				count, one->decision);
	}
}

static void prices_impact(const struct prices_run *run, size_t changed)
{
	size_t weighed = 0, partly = 0;
	const char *yen =
		shk_price_changes_impact(run->changes, &weighed, &partly);

	if (!run->volumes)
		return;
	fprintf(run->output.stream,
		"impact of %zu changed prices on the yearly quantities: %s "
		"yen;\n%zu of these with a part held back, %zu more changed "
		"prices without a quantity or a difference\n",
		weighed, yen, partly, changed - weighed);
}

static void prices_summary(const struct prices_run *run)
{
	static const char *const words[SHK_PRICE_CAUSES] = {
		"explained: a decision gives the new price",
		("explained: price list of the revision (the market price "
		 "behind it is not published)"),
		"unexplained", "new codes", "codes that are listed no more",
		"codes without a certain price on one of the days",
		"codes with another kind of amount"
	};
	FILE *out = run->output.stream;
	size_t changed = 0;

	for (int i = 0; i <= SHK_PRICE_UNEXPLAINED; i++)
		changed += shk_price_changes_count(
			run->changes, (enum shk_price_cause)i);
	fprintf(out, "prices of %s and %s\n",
		shk_price_changes_from(run->changes),
		shk_price_changes_to(run->changes));
	fprintf(out, "%8zu  changed\n", changed);
	for (int i = 0; i < SHK_PRICE_CAUSES; i++) {
		enum shk_price_cause cause = (enum shk_price_cause)i;
		size_t count = shk_price_changes_count(run->changes, cause);

		if (count == 0 && i > SHK_PRICE_UNEXPLAINED)
			continue;
		fprintf(out, "%8zu  %s%s\n", count,
			i <= SHK_PRICE_UNEXPLAINED ? "  " : "", words[i]);
		prices_by_decision(run, cause);
	}
	fprintf(out, "%8zu  the same\n", shk_price_changes_same(run->changes));
	prices_impact(run, changed);
}

static void prices_text(const struct prices_run *run)
{
	const shk_price_change *change;

	for (size_t i = 0; (change = shk_price_changes_at(run->changes, i));
		i++)
		prices_line(run->output.stream, change);
	if (shk_price_changes_at(run->changes, 0))
		fputc('\n', run->output.stream);
	prices_summary(run);
}

static enum cli_exit prices_check(struct prices_run *run)
{
	const struct cli_arguments *arguments = run->arguments;

	if (arguments->word_count != 1 ||
		strcmp(arguments->words[0], "changes") != 0) {
		cli_complain("prices what? shokan prices changes --store FILE; "
			     "the prices of a day are in shokan export");
		return CLI_USAGE;
	}
	if (arguments->given[OPT_CHANGES_FORMAT])
		run->format = (enum prices_format)
				      arguments->choice[OPT_CHANGES_FORMAT];
	return CLI_DONE;
}

static enum cli_exit prices_lists(struct prices_run *run)
{
	const struct cli_arguments *arguments = run->arguments;
	enum cli_exit status = cli_names_read(
		&run->lists, "price-list", arguments->value[OPT_PRICE_LIST]);

	if (status == CLI_DONE)
		status = cli_names_read(
			&run->facts, "facts", arguments->value[OPT_FACTS]);
	if (status != CLI_DONE)
		return status;
	if (run->lists.count > SHK_PRICE_LISTS_MAX) {
		cli_complain("more than %d price lists", SHK_PRICE_LISTS_MAX);
		return CLI_USAGE;
	}
	for (size_t i = 0; i < run->lists.count; i++) {
		run->files[i].revision = run->revisions[i];
		run->files[i].path =
			cli_set_split(run->lists.items[i], run->revisions[i]);
		if (!run->files[i].path) {
			cli_complain("--price-list %s: must be REVISION=FILE, "
				     "such as r8=FILE",
				run->lists.items[i]);
			return CLI_USAGE;
		}
	}
	return CLI_DONE;
}

static enum cli_exit prices_compute(struct prices_run *run)
{
	const struct cli_arguments *arguments = run->arguments;
	const shk_price_changes_options options = {
		.from = arguments->value[OPT_FROM],
		.to = arguments->value[OPT_TO],
		.known_on = arguments->value[OPT_KNOWN_ON],
		.lists = run->files,
		.list_count = run->lists.count,
		.facts = run->facts.items,
		.fact_count = run->facts.count,
		.volumes = run->volumes
	};
	shk_diag diag = { 0 };
	enum cli_exit status;

	status = cli_store_open(&run->store, arguments, SHK_STORE_READ);
	if (status == CLI_DONE)
		status = cli_rulebook_load(&run->rulebook, arguments, NULL);
	if (status != CLI_DONE)
		return status;
	if (shk_schema_of(&run->schema, run->rulebook, &diag) ||
		shk_price_changes_new(&run->changes, run->store, run->rulebook,
			run->schema, &options, &diag))
		return cli_complain_diag(&diag);
	return CLI_DONE;
}

static enum cli_exit prices_volumes(struct prices_run *run)
{
	const char *path = run->arguments->value[OPT_VOLUMES];
	shk_diag diag = { 0 };

	if (path && shk_volumes_read(&run->volumes, path, &diag) != SHK_OK)
		return cli_complain_diag(&diag);
	return CLI_DONE;
}

static enum cli_exit prices_write(struct prices_run *run)
{
	enum cli_exit status = cli_output_open(
		&run->output, run->arguments->value[OPT_OUTPUT], false);

	if (status != CLI_DONE)
		return status;
	if (run->format == PRICES_TEXT)
		prices_text(run);
	else
		prices_table(run);
	status = cli_output_commit(&run->output);
	if (status == CLI_DONE && run->arguments->given[OPT_UNEXPLAINED] &&
		shk_price_changes_count(run->changes, SHK_PRICE_UNEXPLAINED))
		return CLI_FINDINGS;
	return status;
}

enum cli_exit cmd_prices(const struct cli_arguments *arguments)
{
	struct prices_run *run = calloc(1, sizeof(*run));
	enum cli_exit status;

	if (!run) {
		cli_complain("out of memory");
		return CLI_INTERNAL;
	}
	run->arguments = arguments;
	status = prices_check(run);
	if (status == CLI_DONE)
		status = prices_lists(run);
	if (status == CLI_DONE)
		status = prices_volumes(run);
	if (status == CLI_DONE)
		status = prices_compute(run);
	if (status == CLI_DONE)
		status = prices_write(run);
	cli_output_abort(&run->output);
	shk_price_changes_free(run->changes);
	shk_volumes_free(run->volumes);
	shk_schema_free(run->schema);
	shk_rulebook_free(run->rulebook);
	shk_store_close(run->store);
	cli_names_release(&run->lists);
	cli_names_release(&run->facts);
	free(run);
	return status;
}
