/*
 * `shokan runs`: the runs of a store, one of them, or one less. A run that did
 * not come to its end is shown as interrupted, how far it is saved with it.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/json.h"
#include "cli/message.h"
#include "cli/open_store.h"
#include "cli/output.h"
#include "cli/stored.h"

static const char *const runs_topics[] = { "list", "show", "delete" };
static const char *const runs_statuses[] = { "determined", "undetermined",
	"not_applicable", "conflict", "error" };

static const char *runs_state(const shk_run *run)
{
	return run->finished[0] ? "complete" : "interrupted";
}

/* The number of a run from a word; 0 after saying that it is none. */
static int64_t runs_number(const char *word)
{
	char *end;
	long long number = strtoll(word, &end, 10);

	if (number > 0 && *end == '\0' && word[0] != '+')
		return number;
	cli_complain("%s: a run has a number; see shokan runs list", word);
	return 0;
}

static void runs_json_counts(FILE *out, const shk_run *run)
{
	fputs("\"counts\":{", out);
	for (int i = 0; i <= SHK_ERROR; i++)
		fprintf(out, "%s\"%s\":%" PRIu64, i ? "," : "",
			runs_statuses[i], run->counts[i]);
	fputc('}', out);
}

/* Everything about a run but its results; texts that are JSON stay so. */
static void runs_json(FILE *out, const shk_run *run)
{
	const struct {
		const char *name;
		const char *text;
		bool raw;
	} rows[] = { { "started", run->started, false },
		{ "finished", run->finished[0] ? run->finished : NULL, false },
		{ "engine", run->engine, false },
		{ "rulebook", run->rulebook, false },
		{ "inputs", run->inputs, false }, { "input", run->input, true },
		{ "options", run->options, true },
		{ "policy", run->policy, true } };

	fprintf(out, "{\"run\":%" PRId64 ",\"state\":\"%s\"", run->id,
		runs_state(run));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		fprintf(out, ",\"%s\":", rows[i].name);
		if (rows[i].raw)
			fputs(rows[i].text, out);
		else
			cli_json_maybe(out, rows[i].text);
	}
	fprintf(out, ",\"records\":%" PRIu64 ",\"results\":%" PRIu64 ",",
		run->records, run->results);
	runs_json_counts(out, run);
}

struct runs_list {
	FILE *out;
	bool json;
	size_t count;
};

static enum shk_code runs_line(void *context, const shk_run *run)
{
	struct runs_list *list = context;

	list->count++;
	if (list->json) {
		runs_json(list->out, run);
		fputs("}\n", list->out);
		return SHK_OK;
	}
	if (list->count == 1)
		fprintf(list->out,
			"%-4s %-20s %-11s %8s %8s %8s %8s %8s %8s %8s\n", "run",
			"started", "state", "records", "results", "determ.",
			"undeterm", "not appl", "conflict", "error");
	fprintf(list->out, "%-4" PRId64 " %-20s %-11s %8" PRIu64 " %8" PRIu64,
		run->id, run->started, runs_state(run), run->records,
		run->results);
	for (int i = 0; i <= SHK_ERROR; i++)
		fprintf(list->out, " %8" PRIu64, run->counts[i]);
	fputc('\n', list->out);
	return SHK_OK;
}

static enum cli_exit runs_list(shk_store *store, FILE *out, bool json)
{
	struct runs_list list = { .out = out, .json = json };
	shk_diag diag = { 0 };

	if (shk_store_runs(store, runs_line, &list, &diag) != SHK_OK)
		return cli_complain_diag(&diag);
	if (list.count == 0 && !json)
		fputs("no runs\n", out);
	return CLI_DONE;
}

static enum shk_code runs_count(
	void *context, const char *decision, const char *status, uint64_t count)
{
	struct runs_list *list = context;

	if (!list->json) {
		fprintf(list->out, "  %-30s %-14s %9" PRIu64 "\n",
			decision[0] ? decision : "(not read)", status, count);
		return SHK_OK;
	}
	fputs(list->count++ ? ",{\"decision\":" : "{\"decision\":", list->out);
	cli_json_text(list->out, decision);
	fprintf(list->out, ",\"status\":\"%s\",\"count\":%" PRIu64 "}", status,
		count);
	return SHK_OK;
}

static void runs_text(FILE *out, const shk_run *run)
{
	fprintf(out, "run       %" PRId64 ", %s\n", run->id, runs_state(run));
	fprintf(out, "started   %s\n", run->started);
	if (run->finished[0])
		fprintf(out, "finished  %s\n", run->finished);
	fprintf(out, "engine    %s\n", run->engine);
	fprintf(out, "rulebook  %s\n", run->rulebook);
	fprintf(out, "inputs    %s\n", run->inputs);
	fprintf(out, "          %s\n", run->input);
	fprintf(out, "options   %s\n", run->options);
	fprintf(out, "policy    %s\n", run->policy);
	fprintf(out, "records   %" PRIu64 "\n", run->records);
	fprintf(out, "results   %" PRIu64 "\n", run->results);
}

static enum cli_exit runs_show(
	shk_store *store, FILE *out, bool json, int64_t id)
{
	struct runs_list list = { .out = out, .json = json };
	struct cli_stored stored;
	shk_diag diag = { 0 };
	enum cli_exit status = cli_stored_read(&stored, store, id);

	if (status == CLI_DONE && json) {
		runs_json(out, &stored.run);
		fputs(",\"decisions\":[", out);
	} else if (status == CLI_DONE) {
		runs_text(out, &stored.run);
	}
	if (status == CLI_DONE &&
		shk_store_counts(store, id, runs_count, &list, &diag) != SHK_OK)
		status = cli_complain_diag(&diag);
	if (status == CLI_DONE && json)
		fputs("]}\n", out);
	cli_stored_release(&stored);
	return status;
}

static enum cli_exit runs_delete(shk_store *store, int64_t id)
{
	shk_diag diag = { 0 };

	if (shk_store_delete(store, id, &diag) != SHK_OK)
		return cli_complain_diag(&diag);
	return CLI_DONE;
}

/* Place of the topic, or -1; the number of the run it needs. */
static int runs_check(const struct cli_arguments *arguments, int64_t *id)
{
	int topic = 0;

	if (arguments->word_count == 0) {
		cli_complain("runs what? list, show ID or delete ID");
		return -1;
	}
	while (topic < 3 &&
		strcmp(runs_topics[topic], arguments->words[0]) != 0)
		topic++;
	if (topic == 3) {
		cli_complain("runs has no %s; it has list, show ID and delete "
			     "ID",
			arguments->words[0]);
		return -1;
	}
	if (arguments->word_count != (topic ? 2u : 1u)) {
		cli_complain(topic ? "runs %s needs the number of one run"
				   : "runs %s takes no number",
			arguments->words[0]);
		return -1;
	}
	*id = topic ? runs_number(arguments->words[1]) : 0;
	return topic && !*id ? -1 : topic;
}

enum cli_exit cmd_runs(const struct cli_arguments *arguments)
{
	struct cli_output output = { .stream = NULL };
	bool json = arguments->choice[OPT_LIST_FORMAT] == 1;
	shk_store *store = NULL;
	int64_t id = 0;
	int topic = runs_check(arguments, &id);
	enum cli_exit status;

	if (topic < 0)
		return CLI_USAGE;
	status = cli_store_open(&store, arguments,
		topic == 2 ? SHK_STORE_WRITE : SHK_STORE_READ);
	if (status == CLI_DONE)
		status = cli_output_open(
			&output, arguments->value[OPT_OUTPUT], false);
	if (status == CLI_DONE && topic == 0)
		status = runs_list(store, output.stream, json);
	else if (status == CLI_DONE && topic == 1)
		status = runs_show(store, output.stream, json, id);
	else if (status == CLI_DONE)
		status = runs_delete(store, id);
	if (status == CLI_DONE)
		status = cli_output_commit(&output);
	cli_output_abort(&output);
	shk_store_close(store);
	return status;
}
