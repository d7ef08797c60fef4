/*
 * Runs of a store for those who read snapshots. The store keeps the columns,
 * the run keeps what stands in the header; here they become the same bytes
 * again that --format snapshot would have printed, sorted.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/json.h"
#include "cli/message.h"
#include "cli/stored.h"

static enum shk_code stored_copy(void *context, const shk_run *run)
{
	struct cli_stored *out = context;
	const char **places[] = { &out->run.started, &out->run.finished,
		&out->run.engine, &out->run.rulebook, &out->run.inputs,
		&out->run.input, &out->run.options, &out->run.policy,
		&out->run.newest };

	out->run = *run;
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		size_t size = strlen(*places[i]) + 1;

		out->texts[i] = malloc(size);
		if (!out->texts[i])
			return SHK_E_MEMORY;
		memcpy(out->texts[i], *places[i], size);
		*places[i] = out->texts[i];
	}
	return SHK_OK;
}

static bool stored_header(struct cli_stored *out)
{
	static const char *const names[] = { "revision", "as_of", "decision",
		"min_evidence" };
	const char *values[4];

	for (int i = 0; i < 4; i++) {
		if (!cli_json_find(
			    &out->options[i], out->run.options, names[i]))
			return false;
		values[i] = out->options[i] ? out->options[i] : "";
	}
	out->header = (struct shk_snapshot_header){ .engine = out->run.engine,
		.rulebook = out->run.rulebook,
		.revision = values[0],
		.as_of = values[1],
		.decisions = values[2],
		.min_evidence = values[3],
		.policy = out->run.policy };
	return true;
}

enum cli_exit cli_stored_read(
	struct cli_stored *out, shk_store *store, int64_t id)
{
	shk_diag diag = { 0 };
	enum shk_code code;

	memset(out, 0, sizeof(*out));
	code = shk_store_run(store, id, stored_copy, out, &diag);
	if (code == SHK_E_MEMORY)
		return cli_complain_memory();
	if (code != SHK_OK)
		return cli_complain_diag(&diag);
	return stored_header(out) ? CLI_DONE : cli_complain_memory();
}

void cli_stored_release(struct cli_stored *stored)
{
	for (size_t i = 0; i < sizeof(stored->texts) / sizeof(char *); i++)
		free(stored->texts[i]);
	for (int i = 0; i < 4; i++)
		free(stored->options[i]);
	memset(stored, 0, sizeof(*stored));
}

struct cli_stored_lines {
	shk_results *results;
	struct cli_text text; /* the header, then one line at a time */
	size_t at;	      /* in the header, while it is given */
};

enum cli_exit cli_stored_lines_open(struct cli_stored_lines **out,
	shk_store *store, const struct cli_stored *stored)
{
	struct cli_stored_lines *lines = calloc(1, sizeof(*lines));
	shk_diag diag = { 0 };
	enum shk_code code;

	*out = NULL;
	if (!lines)
		return cli_complain_memory();
	code = shk_snapshot_header_write(
		&stored->header, cli_text_sink(&lines->text), &diag);
	if (code == SHK_OK)
		code = shk_results_open(
			&lines->results, store, stored->run.id, true, &diag);
	if (code != SHK_OK) {
		bool refused = lines->text.refused;

		cli_stored_lines_free(lines);
		return refused ? cli_complain_memory()
			       : cli_complain_diag(&diag);
	}
	*out = lines;
	return CLI_DONE;
}

/* The next line of `text` without its LF. */
static void stored_cut(
	struct cli_stored_lines *lines, const char **line, size_t *size)
{
	const char *end;

	*line = lines->text.data + lines->at;
	end = strchr(*line, '\n');
	*size = end ? (size_t)(end - *line) : strlen(*line);
	lines->at += *size + 1;
}

static enum shk_code stored_next(
	void *context, const char **line, size_t *size, shk_diag *diag)
{
	struct cli_stored_lines *lines = context;
	const char *const *cells;
	enum shk_code code;

	if (lines->at >= lines->text.size) {
		code = shk_results_next(lines->results, &cells, diag);
		if (code != SHK_OK)
			return code;
		cli_text_clear(&lines->text);
		lines->at = 0;
		code = shk_snapshot_line_write(
			cells, cli_text_sink(&lines->text), diag);
		if (lines->text.refused && diag) {
			*diag = (shk_diag){ .code = SHK_E_MEMORY,
				.message = "out of memory" };
			return SHK_E_MEMORY;
		}
		if (code != SHK_OK)
			return code;
	}
	stored_cut(lines, line, size);
	return SHK_OK;
}

struct shk_line_source cli_stored_source(struct cli_stored_lines *lines)
{
	return (struct shk_line_source){ lines, stored_next };
}

void cli_stored_lines_free(struct cli_stored_lines *lines)
{
	if (!lines)
		return;
	shk_results_close(lines->results);
	cli_text_release(&lines->text);
	free(lines);
}
