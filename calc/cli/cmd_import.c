/*
 * `shokan import`: product records and official masters into a store. A file is imported
 * as a whole or not at all; every wrong record in it is told first. Importing
 * the same facts again changes nothing.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/clock.h"
#include "cli/command.h"
#include "cli/import_master.h"
#include "cli/inputs.h"
#include "cli/message.h"
#include "cli/open_store.h"
#include "cli/session.h"
#include "cli/text.h"

struct import_job {
	struct cli_session *session;
	shk_store *store;
	shk_import *import;
	unsigned long long records;
	bool wrong;		     /* a record of this file is */
	enum cli_exit stop;	     /* why no other record is read */
	struct cli_text facts, kept; /* of the record at hand */
};

static enum cli_exit import_add(
	struct import_job *job, const shk_record *record)
{
	shk_row row = { .path = shk_record_path(record),
		.row = shk_record_row(record) };
	shk_diag diag = { 0 };
	enum shk_code code;

	cli_text_clear(&job->facts);
	cli_text_clear(&job->kept);
	code = shk_record_facts(record, cli_text_sink(&job->facts), &diag);
	if (code == SHK_OK)
		code = shk_record_kept(
			record, cli_text_sink(&job->kept), &diag);
	row.facts = job->facts.data;
	row.kept = job->kept.data;
	if (code == SHK_OK)
		code = shk_import_add(
			job->import, shk_record_id(record), &row, &diag);
	if (code == SHK_OK)
		return CLI_DONE;
	if (job->facts.refused || job->kept.refused) {
		job->stop = CLI_INTERNAL;
		return cli_complain_memory();
	}
	if (code == SHK_E_INPUT)
		job->wrong = true;
	else
		job->stop = cli_exit_of(code);
	return cli_complain_diag(&diag);
}

static void import_warn(const shk_record *record)
{
	for (size_t i = 0; i < shk_record_warning_count(record); i++)
		cli_complain_row(shk_record_path(record),
			shk_record_row(record),
			"warning: ", shk_record_warning(record, i));
}

/* False at the end of the file. */
static bool import_next(struct import_job *job, shk_records *records)
{
	shk_diag diag = { 0 };
	shk_record *record = NULL;
	enum shk_code code = shk_records_next(records, &record, &diag);

	if (code == SHK_END)
		return false;
	if (code == SHK_OK) {
		import_warn(record);
		import_add(job, record);
		job->records++;
		return job->stop == CLI_DONE;
	}
	cli_complain_diag(&diag);
	if (code == SHK_E_INPUT || code == SHK_E_LIMIT)
		job->wrong = true;
	else
		job->stop = cli_exit_of(code);
	return record && job->stop == CLI_DONE;
}

/* Every record of the file into the waiting room. */
static enum cli_exit import_read(struct import_job *job, const char *path)
{
	shk_read_options options = cli_read_options(job->session);
	shk_records *records = NULL;
	shk_diag diag = { 0 };
	enum cli_exit status = CLI_DONE;

	job->records = 0;
	job->wrong = false;
	if (shk_records_open(&records, job->session->schema, path, &options,
		    &diag) != SHK_OK) {
		status = cli_complain_diag(&diag);
	} else {
		while (import_next(job, records))
			;
		if (job->records == 0 && !job->wrong && job->stop == CLI_DONE) {
			cli_complain_row(path, 0, "", "there is no record");
			job->wrong = true;
		}
	}
	shk_records_close(records);
	if (job->stop != CLI_DONE)
		return job->stop;
	if (job->wrong) {
		cli_complain_row(path, 0, "", "nothing was imported from it");
		return CLI_INPUT;
	}
	return status;
}

static enum cli_exit import_commit(struct import_job *job, const char *path,
	const struct cli_inputs *inputs, FILE *out)
{
	char now[CLI_NOW];
	shk_import_file file = { .path = path,
		.sha256 = inputs->hash,
		.bytes = inputs->bytes,
		.when = now };
	shk_import_counts counts;
	shk_diag diag = { 0 };
	enum cli_exit status = cli_inputs_check(inputs);

	if (status != CLI_DONE)
		return status;
	cli_now(now);
	if (shk_import_commit(job->import, &file, &counts, &diag) != SHK_OK)
		return cli_complain_diag(&diag);
	fprintf(out,
		"%s: %llu records: %llu new, %llu changed, %llu as "
		"before\n",
		path, job->records, (unsigned long long)counts.added,
		(unsigned long long)counts.changed,
		(unsigned long long)counts.same);
	return CLI_DONE;
}

static enum cli_exit import_file(struct import_job *job, char *path, FILE *out)
{
	const struct cli_arguments *arguments = job->session->arguments;
	struct cli_inputs inputs;
	shk_diag diag = { 0 };
	enum cli_exit status;

	if (arguments->given[OPT_ISSUED] || shk_master_recognise(path))
		return cli_import_master(job->store, path, arguments, out);
	if (errno != 0 && errno != ENOENT) {
		cli_complain("cannot read %s: %s", path, strerror(errno));
		return CLI_IO;
	}
	status = cli_inputs_read(&inputs, &path, 1);
	if (status == CLI_DONE &&
		shk_import_begin(&job->import, job->store, &diag) != SHK_OK)
		status = cli_complain_diag(&diag);
	if (status == CLI_DONE)
		status = import_read(job, path);
	if (status == CLI_DONE)
		status = import_commit(job, path, &inputs, out);
	shk_import_free(job->import);
	job->import = NULL;
	cli_inputs_release(&inputs);
	return status;
}

/* Every file; one that is wrong does not keep the others out. */
static enum cli_exit import_files(struct import_job *job, FILE *out)
{
	const struct cli_arguments *arguments = job->session->arguments;
	enum cli_exit worst = CLI_DONE;

	for (size_t i = 0; i < arguments->word_count; i++) {
		enum cli_exit status =
			import_file(job, arguments->words[i], out);

		if (status == CLI_INPUT)
			worst = CLI_INPUT;
		else if (status != CLI_DONE)
			return status;
	}
	return worst;
}

enum cli_exit cmd_import(const struct cli_arguments *arguments)
{
	struct cli_session session = { .arguments = arguments };
	struct import_job job = { .session = &session };
	struct cli_output output = { .stream = NULL };
	enum cli_exit status, written;

	if (arguments->word_count == 0) {
		cli_complain(
			"import what? files of product records or official "
			"masters (t_ALLYYYYMMDD.csv)");
		return CLI_USAGE;
	}
	status = cli_session_records(&session);
	if (status == CLI_DONE)
		status =
			cli_store_open(&job.store, arguments, SHK_STORE_CREATE);
	if (status == CLI_DONE)
		status = cli_output_open(&output, NULL, false);
	if (status == CLI_DONE) {
		status = import_files(&job, output.stream);
		written = cli_output_commit(&output);
		if (status == CLI_DONE)
			status = written;
	}
	shk_store_close(job.store);
	cli_text_release(&job.facts);
	cli_text_release(&job.kept);
	cli_session_close(&session);
	return status;
}
