/*
 * Products out. The columns of the CSV are those that some product has a fact
 * for, so the products are gone through twice: for the names, then for the
 * cells. What comes out is read by import to the same facts.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/csv.h"
#include "cli/export.h"
#include "cli/json.h"
#include "cli/message.h"
#include "cli/open_store.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/text.h"

#define EXPORT_COLUMNS_MAX 1280 /* fields and kept columns of a store */

struct export
{
	struct cli_session session;
	shk_products *products;
	char *names[EXPORT_COLUMNS_MAX]; /* "id" first, then as they came */
	size_t count;
	FILE *out;
};

/* The next key of an object of texts that the library wrote. */
static const char *export_key(const char *at, char *name, size_t size)
{
	size_t used = 0;

	if (*at != '{' && *at != ',')
		return NULL;
	at++;
	if (*at != '"')
		return NULL;
	for (at++; *at && *at != '"'; at++) {
		if (used + 1 < size)
			name[used++] = *at;
	}
	name[used] = '\0';
	return *at ? at + 1 : NULL;
}

/* Behind the value at `at`, which stands behind the colon. */
static const char *export_behind(const char *at)
{
	if (at[0] != ':' || at[1] != '"')
		return NULL;
	for (at += 2; *at && *at != '"'; at++) {
		if (*at == '\\' && at[1])
			at++;
	}
	return *at ? at + 1 : NULL;
}

static enum cli_exit export_name(struct export *export, const char *name)
{
	for (size_t i = 0; i < export->count; i++) {
		if (strcmp(export->names[i], name) == 0)
			return CLI_DONE;
	}
	if (export->count == EXPORT_COLUMNS_MAX) {
		cli_complain("more than %d columns", EXPORT_COLUMNS_MAX);
		return CLI_INPUT;
	}
	export->names[export->count] = malloc(strlen(name) + 1);
	if (!export->names[export->count])
		return cli_complain_memory();
	memcpy(export->names[export->count++], name, strlen(name) + 1);
	return CLI_DONE;
}

static enum cli_exit export_names_of(struct export *export, const char *object)
{
	enum cli_exit status = CLI_DONE;
	char name[SHK_DIAG_MESSAGE];

	while (object && status == CLI_DONE &&
		(object = export_key(object, name, sizeof(name)))) {
		status = export_name(export, name);
		object = export_behind(object);
	}
	return status;
}

static enum cli_exit export_names(struct export *export)
{
	shk_row_source rows = shk_products_rows(export->products);
	enum cli_exit status = export_name(export, "id");
	enum shk_code code = SHK_OK;
	shk_diag diag = { 0 };
	shk_row row;

	while (status == CLI_DONE && code == SHK_OK) {
		code = rows.next(rows.context, &row, &diag);
		if (code != SHK_OK)
			break;
		status = export_names_of(export, row.facts);
		if (status == CLI_DONE)
			status = export_names_of(export, row.kept);
	}
	if (code != SHK_OK && code != SHK_END)
		return cli_complain_diag(&diag);
	return status;
}

/* A kept column that is a field too is there once, as the fact. */
static enum cli_exit export_row(struct export *export, const shk_row *row)
{
	for (size_t i = 0; i < export->count; i++) {
		const char *name = export->names[i];
		char *text;

		if (!cli_json_find(&text, row->facts, name) ||
			(!text && !cli_json_find(&text, row->kept, name)))
			return cli_complain_memory();
		if (i)
			fputc(',', export->out);
		cli_csv_cell(export->out, text ? text : "");
		free(text);
	}
	fputs("\r\n", export->out);
	return CLI_DONE;
}

static enum cli_exit export_csv(struct export *export)
{
	shk_row_source rows;
	enum cli_exit status = export_names(export);
	shk_diag diag = { 0 };
	enum shk_code code = SHK_OK;
	shk_row row;

	if (status != CLI_DONE)
		return status;
	for (size_t i = 0; i < export->count; i++) {
		if (i)
			fputc(',', export->out);
		cli_csv_cell(export->out, export->names[i]);
	}
	fputs("\r\n", export->out);
	rows = shk_products_rows(export->products);
	while (status == CLI_DONE &&
		(code = rows.next(rows.context, &row, &diag)) == SHK_OK)
		status = export_row(export, &row);
	if (status != CLI_DONE)
		return status;
	return code == SHK_END ? CLI_DONE : cli_complain_diag(&diag);
}

/* Through the record reader, which knows what is a number and what a list. */
static enum cli_exit export_json(
	struct export *export, struct cli_output *output)
{
	shk_read_options options = { .keep = (const char *const *)export->names,
		.keep_count = export->count };
	shk_sink sink = cli_output_sink(output);
	shk_records *records = NULL;
	shk_record *record;
	shk_diag diag = { 0 };
	enum shk_code code = shk_records_from(&records, export->session.schema,
		shk_products_rows(export->products), &options, &diag);

	while (code == SHK_OK) {
		code = shk_records_next(records, &record, &diag);
		if (code == SHK_OK)
			code = shk_record_json(record, sink, &diag);
		if (code == SHK_OK)
			fputc('\n', export->out);
	}
	shk_records_close(records);
	return code == SHK_END ? CLI_DONE : cli_complain_diag(&diag);
}

static enum cli_exit export_products(struct export *export, shk_store *store,
	bool json, struct cli_output *output)
{
	shk_diag diag = { 0 };
	enum cli_exit status = CLI_DONE;

	export->out = output->stream;
	if (shk_products_open(&export->products, store, &diag) != SHK_OK)
		status = cli_complain_diag(&diag);
	if (status == CLI_DONE && json)
		status = cli_session_records(&export->session);
	if (status == CLI_DONE && json)
		status = export_names(export);
	if (status == CLI_DONE)
		status =
			json ? export_json(export, output) : export_csv(export);
	shk_products_close(export->products);
	cli_session_close(&export->session);
	for (size_t i = 0; i < export->count; i++)
		free(export->names[i]);
	return status;
}

enum cli_exit cli_export_products(const struct cli_arguments *arguments)
{
	struct export *export = calloc(1, sizeof(*export));
	struct cli_output output = { .stream = NULL };
	shk_store *store = NULL;
	enum cli_exit status;

	if (!export)
		return cli_complain_memory();
	export->session.arguments = arguments;
	status = cli_store_open(&store, arguments, SHK_STORE_READ);
	if (status == CLI_DONE)
		status = cli_output_open(
			&output, arguments->value[OPT_OUTPUT], false);
	if (status == CLI_DONE)
		status = export_products(export, store,
			arguments->choice[OPT_EXPORT_FORMAT] == 1, &output);
	if (status == CLI_DONE)
		status = cli_output_commit(&output);
	cli_output_abort(&output);
	shk_store_close(store);
	free(export);
	return status;
}
