/*
 * `shokan export`: the prices of a day as they were known on a day, or the
 * history of one code, out of the official masters of a store. Products and
 * runs are in files of their own.
 */
#include <string.h>

#include <shokan/prices.h>

#include "cli/command.h"
#include "cli/export.h"
#include "cli/message.h"
#include "cli/open_store.h"
#include "cli/output.h"
#include "cli/rows.h"

static const char *const export_columns[] = { "code", "name", "schedule",
	"category_no", "unit", "price_type", "price", "state", "valid_from",
	"price_until", "code_until", "issued", "last_issued", "note", NULL };

static const char *export_kind(enum shk_amount_kind kind)
{
	switch (kind) {
	case SHK_AMOUNT_PRICE:
		return "fixed";
	case SHK_AMOUNT_OLD_PRICE:
		return "fixed_kind_4";
	case SHK_AMOUNT_PURCHASE:
		return "purchase_price";
	case SHK_AMOUNT_PERCENT:
		return "addition_percent";
	case SHK_AMOUNT_MULTIPLIER:
		return "multiplier";
	case SHK_AMOUNT_NONE:
		break;
	}
	return "";
}

static void export_note(const shk_price_row *row, char *out, size_t size)
{
	out[0] = '\0';
	switch (row->state) {
	case SHK_PRICE_SHOWN:
		if (row->kind == SHK_AMOUNT_PERCENT)
			snprintf(out, size, "%s percent of another price",
				row->amount);
		break;
	case SHK_PRICE_CARRIED:
		break;
	case SHK_PRICE_CHANGED:
		snprintf(out, size,
			"%s as of the master of %s, but %s before %s: changed "
			"on a day between that no master gives",
			row->amount, row->last_issued, row->next_old_amount,
			row->next_from);
		break;
	case SHK_PRICE_ENDED:
		snprintf(out, size,
			"%s ended on %s; the price after it is in no known "
			"master",
			row->amount, row->price_until);
		break;
	case SHK_PRICE_EARLIER:
		snprintf(out, size, "first known from %s", row->valid_from);
		break;
	case SHK_CODE_DOUBTFUL:
	case SHK_CODE_GONE:
		snprintf(out, size,
			"%s as of the master of %s; not in that of %s, the "
			"last day is not given",
			row->amount, row->last_issued, row->next_issued);
		break;
	case SHK_CODE_ABOLISHED:
		snprintf(out, size, "last day %s", row->code_until);
		break;
	}
}

static void export_row(struct cli_rows *rows, const shk_price_row *row)
{
	char number[16] = "";
	char note[256];

	if (row->schedule > 0)
		snprintf(number, sizeof(number), "%03d", row->category_no);
	export_note(row, note, sizeof(note));
	cli_rows_text(rows, row->code);
	cli_rows_text(rows, row->name);
	cli_rows_integer(rows, row->schedule);
	cli_rows_text(rows, number);
	cli_rows_text(rows, row->unit);
	cli_rows_text(rows, export_kind(row->kind));
	cli_rows_number(rows, row->price);
	cli_rows_text(rows, shk_price_state_name(row->state));
	cli_rows_text(rows, row->valid_from);
	cli_rows_text(rows, row->price_until);
	cli_rows_text(rows, row->code_until);
	cli_rows_text(rows, row->issued);
	cli_rows_text(rows, row->last_issued);
	cli_rows_text(rows, note);
}

/* Every row; SHK_END, or why not. */
static enum shk_code export_rows(shk_prices *prices, struct cli_output *output,
	bool json, size_t *count, shk_diag *diag)
{
	const shk_price_row *row;
	struct cli_rows rows;
	enum shk_code code;

	cli_rows_begin(&rows, output->stream, json, export_columns);
	while (!(code = shk_prices_next(prices, &row, diag))) {
		export_row(&rows, row);
		++*count;
	}
	return code;
}

static enum cli_exit export_check(
	const struct cli_arguments *arguments, bool *json)
{
	*json = arguments->given[OPT_EXPORT_FORMAT] &&
		arguments->choice[OPT_EXPORT_FORMAT] == 1;
	if (arguments->given[OPT_CODE] && arguments->given[OPT_ALL]) {
		cli_complain("--all is about every code, --code about one");
		return CLI_USAGE;
	}
	return CLI_DONE;
}

/* Nothing came: of a code that is asked for that must be said. */
static enum cli_exit export_none(
	const struct cli_arguments *arguments, size_t count)
{
	if (count > 0 || !arguments->given[OPT_CODE])
		return CLI_DONE;
	cli_complain("no known master has the code %s%s%s",
		arguments->value[OPT_CODE],
		arguments->given[OPT_DAY] ? " on " : "",
		arguments->given[OPT_DAY] ? arguments->value[OPT_DAY] : "");
	return CLI_INPUT;
}

static enum cli_exit export_prices(const struct cli_arguments *arguments)
{
	const shk_prices_options options = { .as_of = arguments->value[OPT_DAY],
		.known_on = arguments->value[OPT_KNOWN_ON],
		.code = arguments->value[OPT_CODE],
		.history = arguments->given[OPT_CODE] &&
			   !arguments->given[OPT_DAY],
		.all = arguments->given[OPT_ALL] ||
		       arguments->given[OPT_CODE] };
	struct cli_output output = { .stream = NULL };
	shk_store *store = NULL;
	shk_prices *prices = NULL;
	shk_diag diag = { 0 };
	size_t count = 0;
	bool json = false;
	enum cli_exit status = export_check(arguments, &json);

	if (status == CLI_DONE)
		status = cli_store_open(&store, arguments, SHK_STORE_READ);
	if (status == CLI_DONE &&
		shk_prices_open(&prices, store, &options, &diag) != SHK_OK)
		status = cli_complain_diag(&diag);
	if (status == CLI_DONE)
		status = cli_output_open(
			&output, arguments->value[OPT_OUTPUT], true);
	if (status == CLI_DONE &&
		export_rows(prices, &output, json, &count, &diag) != SHK_END)
		status = cli_complain_diag(&diag);
	if (status == CLI_DONE)
		status = export_none(arguments, count);
	if (status == CLI_DONE)
		status = cli_output_commit(&output);
	cli_output_abort(&output);
	shk_prices_close(prices);
	shk_store_close(store);
	return status;
}

/* "products", "prices" for neither, NULL after saying what is wrong. */
static const char *export_what(const struct cli_arguments *arguments)
{
	static const enum cli_option dated[] = { OPT_DAY, OPT_KNOWN_ON,
		OPT_CODE, OPT_ALL };
	const char *what =
		arguments->word_count ? arguments->words[0] : "prices";
	bool prices = strcmp(what, "prices") == 0;

	if (arguments->word_count > 1 ||
		(!prices && strcmp(what, "products") != 0)) {
		cli_complain("export has prices and products: not %s",
			arguments->words[arguments->word_count - 1]);
		return NULL;
	}
	if (arguments->given[OPT_RUN] && arguments->word_count) {
		cli_complain("--run is about a run, not about %s", what);
		return NULL;
	}
	if (prices && !arguments->given[OPT_RUN])
		return what;
	for (size_t i = 0; i < sizeof(dated) / sizeof(dated[0]); i++) {
		if (!arguments->given[dated[i]])
			continue;
		cli_complain("--%s belongs to export prices",
			cli_options[dated[i]].name);
		return NULL;
	}
	return what;
}

enum cli_exit cmd_export(const struct cli_arguments *arguments)
{
	const char *what = export_what(arguments);

	if (!what)
		return CLI_USAGE;
	if (arguments->given[OPT_RUN])
		return cli_export_run(arguments);
	if (arguments->choice[OPT_EXPORT_FORMAT] == 2) {
		cli_complain("a snapshot is of a run: --run ID");
		return CLI_USAGE;
	}
	return strcmp(what, "products") == 0 ? cli_export_products(arguments)
					     : export_prices(arguments);
}
