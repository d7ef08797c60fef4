/*
 * A file that is in order is read as it stands, after one look at all of it;
 * any other goes through the sorter. A run is in the store with the options
 * that it was answered with, as JSON of our own making.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/message.h"
#include "cli/side.h"

/* Everything of `from` into a sorter of this side. */
static enum cli_exit side_sort(struct cli_side *side, shk_snapshot *from)
{
	const struct shk_snapshot_line *line;
	shk_diag diag = { 0 };
	enum shk_code code = shk_snapshot_sorter_new(
		&side->sorter, shk_snapshot_header(from), NULL, &diag);

	while (!code) {
		code = shk_snapshot_next(from, &line, &diag);
		if (!code)
			code = shk_snapshot_sorter_cells(
				side->sorter, line->cells, &diag);
	}
	return code == SHK_END ? CLI_DONE : cli_complain_diag(&diag);
}

/* Read all of it: every line is whole, and are they in order? */
static enum shk_code side_look(
	const char *path, bool *sorted, bool *repeated, shk_diag *diag)
{
	const struct shk_snapshot_line *line;
	shk_snapshot *snapshot;
	enum shk_code code = shk_snapshot_open(&snapshot, path, diag);

	*repeated = false;
	while (!code) {
		code = shk_snapshot_next(snapshot, &line, diag);
		*repeated =
			*repeated || (!code && shk_snapshot_repeated(snapshot));
	}
	*sorted = code == SHK_END && shk_snapshot_sorted(snapshot);
	shk_snapshot_close(snapshot);
	return code == SHK_END ? SHK_OK : code;
}

enum cli_exit cli_side_sorted(struct cli_side *side, const char *name)
{
	struct shk_line_source source;
	shk_diag diag = { 0 };

	if (shk_snapshot_sorter_source(side->sorter, &source, &diag) ||
		shk_snapshot_from(&side->snapshot, name, source, &diag))
		return cli_complain_diag(&diag);
	return CLI_DONE;
}

enum cli_exit cli_side_file(struct cli_side *side, const char *path)
{
	shk_snapshot *snapshot;
	shk_diag diag = { 0 };
	bool sorted = false;
	bool repeated = false;
	enum cli_exit status;

	if (strcmp(path, "-") != 0 &&
		side_look(path, &sorted, &repeated, &diag) != SHK_OK)
		return cli_complain_diag(&diag);
	if (shk_snapshot_open(&snapshot, path, &diag) != SHK_OK)
		return cli_complain_diag(&diag);
	if (sorted || repeated) { /* the comparison tells where it repeats */
		side->snapshot = snapshot;
		return CLI_DONE;
	}
	status = side_sort(side, snapshot);
	shk_snapshot_close(snapshot);
	return status == CLI_DONE ? cli_side_sorted(side, path) : status;
}

/* The text of a member of canonical JSON that has no escapes, or "". */
static void side_option(
	const char *json, const char *name, char *out, size_t size)
{
	char words[64];
	const char *at;
	size_t length;

	out[0] = '\0';
	snprintf(words, sizeof(words), "\"%s\":\"", name);
	at = strstr(json, words);
	if (!at)
		return;
	at += strlen(words);
	length = strcspn(at, "\"");
	if (length >= size)
		return;
	memcpy(out, at, length);
	out[length] = '\0';
}

struct side_run {
	struct cli_side *side;
	int64_t id;
	bool unfinished;
	enum shk_code code;
	shk_diag diag;
};

static enum shk_code side_begin(void *context, const shk_run *run)
{
	struct side_run *work = context;
	char revision[64], as_of[64], level[64], decisions[4096];
	const struct shk_snapshot_header header = { .engine = run->engine,
		.rulebook = run->rulebook,
		.revision = revision,
		.as_of = as_of,
		.decisions = decisions,
		.min_evidence = level,
		.policy = run->policy };

	side_option(run->options, "revision", revision, sizeof(revision));
	side_option(run->options, "as_of", as_of, sizeof(as_of));
	side_option(run->options, "decision", decisions, sizeof(decisions));
	side_option(run->options, "min_evidence", level, sizeof(level));
	work->id = run->id;
	work->unfinished = run->finished[0] == '\0';
	work->code = shk_snapshot_sorter_new(
		&work->side->sorter, &header, NULL, &work->diag);
	return work->code;
}

enum cli_exit cli_side_results(
	shk_snapshot_sorter *sorter, shk_store *store, int64_t id)
{
	const char *const *cells;
	shk_results *results = NULL;
	shk_diag diag = { 0 };
	enum shk_code code =
		shk_results_open(&results, store, id, false, &diag);

	while (!code) {
		code = shk_results_next(results, &cells, &diag);
		if (!code)
			code = shk_snapshot_sorter_cells(sorter, cells, &diag);
	}
	shk_results_close(results);
	return code == SHK_END ? CLI_DONE : cli_complain_diag(&diag);
}

enum cli_exit cli_side_run(
	struct cli_side *side, shk_store *store, const char *name)
{
	struct side_run work = { .side = side };
	shk_diag diag = { 0 };
	char shown[64];
	char *end;
	long long id = strtoll(name, &end, 10);
	enum cli_exit status;

	if (strcmp(name, "last") == 0)
		id = 0;
	else if (*end || id < 1) {
		cli_complain(
			"\"%s\" is no run; with --store A and B are "
			"numbers of runs, or last, and a file has its folder: "
			"./%s",
			name, name);
		return CLI_USAGE;
	}
	if (shk_store_run(store, id, side_begin, &work, &diag) != SHK_OK)
		return cli_complain_diag(work.code ? &work.diag : &diag);
	if (work.unfinished) {
		cli_complain("run %" PRId64 " is not finished; batch --resume "
			     "ends it",
			work.id);
		return CLI_INPUT;
	}
	status = cli_side_results(side->sorter, store, work.id);
	snprintf(shown, sizeof(shown), "run %" PRId64, work.id);
	return status == CLI_DONE ? cli_side_sorted(side, shown) : status;
}

void cli_side_close(struct cli_side *side)
{
	shk_snapshot_close(side->snapshot);
	shk_snapshot_sorter_free(side->sorter);
	memset(side, 0, sizeof(*side));
}
