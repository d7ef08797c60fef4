/*
 * `shokan export --run`: its results as CSV or JSON in the order in which they
 * came, or the snapshot that --format snapshot printed, sorted, which is a
 * baseline.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/csv.h"
#include "cli/export.h"
#include "cli/json.h"
#include "cli/message.h"
#include "cli/open_store.h"
#include "cli/output.h"
#include "cli/stored.h"

static enum cli_exit export_done(enum shk_code code, const shk_diag *diag)
{
	return code == SHK_END || code == SHK_OK ? CLI_DONE
						 : cli_complain_diag(diag);
}

static enum cli_exit export_snapshot(shk_store *store,
	const struct cli_stored *stored, struct cli_output *output)
{
	struct cli_stored_lines *lines;
	struct shk_line_source source;
	shk_diag diag = { 0 };
	const char *line;
	size_t size;
	enum shk_code code;
	enum cli_exit status = cli_stored_lines_open(&lines, store, stored);

	if (status != CLI_DONE)
		return status;
	source = cli_stored_source(lines);
	while ((code = source.next(source.context, &line, &size, &diag)) ==
		SHK_OK) {
		fwrite(line, 1, size, output->stream);
		fputc('\n', output->stream);
	}
	cli_stored_lines_free(lines);
	return export_done(code, &diag);
}

/* One result as CSV or JSON. */
static void export_cells(FILE *out, const char *const *cells, bool json)
{
	for (int i = 0; i < SHK_COLUMN_COUNT; i++) {
		if (json) {
			fprintf(out, "%s\"%s\":", i ? "," : "{",
				shk_column_name((enum shk_column)i));
			cli_json_text(out, cells[i]);
		} else {
			if (i)
				fputc(',', out);
			cli_csv_cell(out, cells[i]);
		}
	}
	fputs(json ? "}\n" : "\r\n", out);
}

static enum cli_exit export_results(
	shk_store *store, int64_t id, bool json, FILE *out)
{
	shk_results *results = NULL;
	const char *const *cells;
	shk_diag diag = { 0 };
	enum shk_code code =
		shk_results_open(&results, store, id, false, &diag);

	for (int i = 0; i < SHK_COLUMN_COUNT && !json && code == SHK_OK; i++)
		fprintf(out, "%s%s", shk_column_name((enum shk_column)i),
			i + 1 < SHK_COLUMN_COUNT ? "," : "\r\n");
	while (code == SHK_OK) {
		code = shk_results_next(results, &cells, &diag);
		if (code == SHK_OK)
			export_cells(out, cells, json);
	}
	shk_results_close(results);
	return export_done(code, &diag);
}

static enum cli_exit export_run(shk_store *store, const char *word, int format,
	struct cli_output *output)
{
	struct cli_stored stored;
	char *end;
	long long id = strtoll(word, &end, 10);
	enum cli_exit status;

	if (id <= 0 || *end) {
		cli_complain("--run %s: a run has a number; see shokan runs "
			     "list",
			word);
		return CLI_USAGE;
	}
	status = cli_stored_read(&stored, store, id);
	if (status == CLI_DONE && !stored.run.finished[0])
		cli_complain("note: run %lld was interrupted; this is what is "
			     "saved of it",
			id);
	if (status == CLI_DONE)
		status = format == 2 ? export_snapshot(store, &stored, output)
				     : export_results(store, id, format == 1,
					       output->stream);
	cli_stored_release(&stored);
	return status;
}

enum cli_exit cli_export_run(const struct cli_arguments *arguments)
{
	struct cli_output output = { .stream = NULL };
	shk_store *store = NULL;
	enum cli_exit status =
		cli_store_open(&store, arguments, SHK_STORE_READ);

	if (status == CLI_DONE)
		status = cli_output_open(
			&output, arguments->value[OPT_OUTPUT], false);
	if (status == CLI_DONE)
		status = export_run(store, arguments->value[OPT_RUN],
			arguments->choice[OPT_EXPORT_FORMAT], &output);
	if (status == CLI_DONE)
		status = cli_output_commit(&output);
	cli_output_abort(&output);
	shk_store_close(store);
	return status;
}
