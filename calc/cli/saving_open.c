/*
 * Beginning a saved run, or finding the unfinished one that --resume means: it
 * must rest on the same inputs, rulebook, engine, options and policy, or its
 * results would be a mixture. What differs is named.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/clock.h"
#include "cli/held.h"
#include "cli/json.h"
#include "cli/message.h"
#include "cli/open_store.h"
#include "cli/saving.h"

static void saving_sets(FILE *stream, const struct cli_session *session)
{
	fputs(",\"set\":[", stream);
	for (size_t i = 0; i < session->field_count; i++) {
		if (i)
			fputc(',', stream);
		cli_json_text(
			stream, session->arguments->sets[session->fields[i]]);
	}
	fputc(']', stream);
}

/* Everything that decides a byte of the results or of the output. */
static enum cli_exit saving_options(struct cli_saving *saving)
{
	static const struct {
		const char *name;
		enum cli_option option;
	} rows[] = { { "as_of", OPT_AS_OF }, { "columns", OPT_COLUMNS },
		{ "decision", OPT_DECISION }, { "encoding", OPT_ENCODING },
		{ "format", OPT_FORMAT }, { "input_format", OPT_INPUT_FORMAT },
		{ "keep", OPT_KEEP }, { "min_evidence", OPT_MIN_EVIDENCE },
		{ "revision", OPT_REVISION }, { "sheet", OPT_SHEET } };
	const struct cli_arguments *arguments = saving->session->arguments;
	struct cli_text text = { NULL, 0, 0, false };
	FILE *stream = cli_held_open(&text);
	bool good;

	if (!stream)
		return cli_complain_memory();
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		fprintf(stream, "%s\"%s\":", i ? "," : "{", rows[i].name);
		cli_json_maybe(stream, arguments->value[rows[i].option]);
	}
	saving_sets(stream, saving->session);
	fprintf(stream, ",\"steps\":%s}",
		arguments->given[OPT_STEPS] ? "true" : "false");
	good = cli_held_close(stream, &text);
	saving->options = text.data;
	return good ? CLI_DONE : cli_complain_memory();
}

static void saving_about(const struct cli_saving *saving, shk_run *about)
{
	memset(about, 0, sizeof(*about));
	about->finished = "";
	about->newest = "";
	about->engine = shk_version();
	about->rulebook = shk_rulebook_hash(saving->session->rulebook);
	about->inputs = saving->inputs.hash;
	about->input = saving->inputs.names;
	about->options = saving->options;
	about->policy = shk_pricer_policy(saving->session->pricer);
}

static enum cli_exit saving_begin(struct cli_saving *saving)
{
	char now[CLI_NOW];
	shk_run about;
	shk_diag diag = { 0 };

	cli_now(now);
	saving_about(saving, &about);
	about.started = now;
	if (shk_run_begin(&saving->writer, saving->store, &about, &diag) !=
		SHK_OK)
		return cli_complain_diag(&diag);
	return CLI_DONE;
}

/* Looking for the newest unfinished run, and for one that fits. */
struct saving_search {
	struct cli_saving *saving;
	shk_run about;
	int64_t newest;
	int64_t fitting;
	char why[128]; /* the newest does not fit */
};

static const char *saving_difference(const shk_run *a, const shk_run *b)
{
	if (strcmp(a->inputs, b->inputs) != 0)
		return "the inputs differ";
	if (strcmp(a->rulebook, b->rulebook) != 0)
		return "the rulebook differs";
	if (strcmp(a->engine, b->engine) != 0)
		return "it was begun by another version of shokan";
	if (strcmp(a->policy, b->policy) != 0)
		return "the policy differs";
	if (strcmp(a->options, b->options) != 0)
		return "the options differ";
	return NULL;
}

static enum shk_code saving_look(void *context, const shk_run *run)
{
	struct saving_search *search = context;
	struct cli_saving *saving = search->saving;
	const char *difference;

	if (run->finished[0])
		return SHK_OK;
	search->newest = run->id;
	difference = saving_difference(run, &search->about);
	if (difference) {
		snprintf(search->why, sizeof(search->why), "%s", difference);
		return SHK_OK;
	}
	search->fitting = run->id;
	saving->records = run->records;
	saving->output = run->output;
	saving->worst = run->worst;
	for (int i = 0; i <= SHK_ERROR; i++)
		saving->counts[i] = run->counts[i];
	snprintf(saving->newest, sizeof(saving->newest), "%s", run->newest);
	return SHK_OK;
}

static enum cli_exit saving_resume(struct cli_saving *saving)
{
	struct saving_search search = { .saving = saving };
	const char *path = saving->session->arguments->value[OPT_STORE];
	shk_diag diag = { 0 };

	saving_about(saving, &search.about);
	if (shk_store_runs(saving->store, saving_look, &search, &diag) !=
		SHK_OK)
		return cli_complain_diag(&diag);
	if (!search.newest) {
		cli_complain_row(path, 0, "",
			"no run was interrupted; call it without --resume");
		return CLI_USAGE;
	}
	if (!search.fitting) {
		cli_complain("%s: run %lld cannot be resumed: %s; call it "
			     "without --resume, or as run %lld was",
			path, (long long)search.newest, search.why,
			(long long)search.newest);
		return CLI_USAGE;
	}
	if (shk_run_resume(&saving->writer, saving->store, search.fitting,
		    &diag) != SHK_OK)
		return cli_complain_diag(&diag);
	return CLI_DONE;
}

/* The products of the store are the input. */
static enum cli_exit saving_products(struct cli_saving *saving)
{
	const char *path = saving->session->arguments->value[OPT_STORE];
	shk_diag diag = { 0 };

	if (shk_products_open(&saving->products, saving->store, &diag) !=
		SHK_OK)
		return cli_complain_diag(&diag);
	if (shk_products_count(saving->products) == 0) {
		cli_complain_row(path, 0, "",
			"there are no products in the store; shokan import "
			"puts them in, or name the FILE");
		return CLI_INPUT;
	}
	return cli_inputs_products(&saving->inputs, saving->products);
}

static enum cli_exit saving_every(struct cli_saving *saving)
{
	const char *text = saving->session->arguments->value[OPT_SAVE_EVERY];
	char *end = NULL;
	long number = text ? strtol(text, &end, 10) : SAVING_LINES;

	saving->every = (size_t)number;
	if (!text || (number > 0 && number <= SAVING_LINES_MAX && !*end))
		return CLI_DONE;
	cli_complain("--save-every %s: must be a number from 1 to %d", text,
		SAVING_LINES_MAX);
	return CLI_USAGE;
}

enum cli_exit cli_saving_open(
	struct cli_saving *saving, struct cli_session *session)
{
	const struct cli_arguments *arguments = session->arguments;
	bool resume = arguments->given[OPT_RESUME];
	enum cli_exit status;

	memset(saving, 0, sizeof(*saving));
	saving->session = session;
	status = saving_every(saving);
	if (status == CLI_DONE)
		status = cli_inputs_read(&saving->inputs, arguments->words,
			arguments->word_count);
	if (status == CLI_DONE)
		status = saving_options(saving);
	if (status == CLI_DONE)
		status = cli_store_open(&saving->store, arguments,
			resume || arguments->word_count == 0
				? SHK_STORE_WRITE
				: SHK_STORE_CREATE);
	if (status == CLI_DONE && arguments->word_count == 0)
		status = saving_products(saving);
	if (status != CLI_DONE)
		return status;
	return resume ? saving_resume(saving) : saving_begin(saving);
}
