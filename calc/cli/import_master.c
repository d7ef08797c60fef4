/*
 * A master goes in as a whole: its wrong rows are told, up to a number that a
 * reader can still look through, and then the file is refused.
 */
#include <stdio.h>
#include <string.h>

#include <shokan/prices.h>

#include "cli/import_master.h"
#include "cli/message.h"

#define MASTER_TOLD 20 /* wrong rows that are told of one file */

struct master_run {
	const char *path;
	shk_master *master;
	shk_master_import *import;
	size_t rows;
	size_t wrong;
	char issued[SHK_MASTER_DAY];
};

/* Stated, or in the name; where both say it they must agree. */
static enum cli_exit master_issued(struct master_run *run, const char *stated)
{
	char named[SHK_MASTER_DAY];
	shk_diag diag = { 0 };

	if (!stated) {
		if (shk_master_issued(run->path, run->issued, &diag) == SHK_OK)
			return CLI_DONE;
		cli_complain_diag(&diag);
		cli_complain("%s: --issued DAY states it", run->path);
		return CLI_USAGE;
	}
	if (shk_master_day(stated, run->issued, &diag) != SHK_OK) {
		cli_complain_diag(&diag);
		return CLI_USAGE;
	}
	if (shk_master_issued(run->path, named, NULL) == SHK_OK &&
		strcmp(named, run->issued) != 0) {
		cli_complain("%s: --issued %s, but the name says %s", run->path,
			run->issued, named);
		return CLI_USAGE;
	}
	return CLI_DONE;
}

static void master_tell(struct master_run *run, const shk_diag *diag)
{
	if (++run->wrong <= MASTER_TOLD)
		cli_complain_diag(diag);
}

/* Every row; CLI_INPUT when one was wrong. */
static enum cli_exit master_rows(struct master_run *run)
{
	for (;;) {
		const shk_master_row *row = NULL;
		shk_diag diag = { 0 };
		enum shk_code code = shk_master_next(run->master, &row, &diag);

		if (code == SHK_END)
			break;
		if (code && !row)
			return cli_complain_diag(&diag);
		run->rows++;
		if (code) {
			master_tell(run, &diag);
			continue;
		}
		if (run->wrong > 0)
			continue; /* only looked through */
		code = shk_master_import_row(run->import, row, &diag);
		if (code) {
			if (!diag.path[0])
				snprintf(diag.path, sizeof(diag.path), "%s",
					run->path);
			return cli_complain_diag(&diag);
		}
	}
	if (run->wrong == 0)
		return CLI_DONE;
	if (run->wrong > MASTER_TOLD)
		cli_complain("%s: %zu more rows are wrong", run->path,
			run->wrong - MASTER_TOLD);
	cli_complain("%s: nothing of it was imported", run->path);
	return CLI_INPUT;
}

static enum shk_encoding master_encoding(const struct cli_arguments *arguments)
{
	const char *stated = arguments->value[OPT_ENCODING];

	if (!stated)
		return SHK_ENCODING_AUTO;
	return strcmp(stated, "utf-8") == 0 ? SHK_ENCODING_UTF8
					    : SHK_ENCODING_CP932;
}

static enum cli_exit master_save(struct master_run *run, FILE *out)
{
	shk_diag diag = { 0 };
	bool fresh = false;

	if (shk_master_import_finish(run->import, &fresh, &diag)) {
		if (!diag.path[0])
			snprintf(diag.path, sizeof(diag.path), "%s", run->path);
		return cli_complain_diag(&diag);
	}
	fprintf(out, "%s: master issued on %s, %zu codes%s\n", run->path,
		run->issued, run->rows,
		fresh ? "" : ": was in the store, nothing changed");
	return CLI_DONE;
}

enum cli_exit cli_import_master(shk_store *store, const char *path,
	const struct cli_arguments *arguments, FILE *out)
{
	struct master_run run = { .path = path };
	shk_diag diag = { 0 };
	enum cli_exit status =
		master_issued(&run, arguments->value[OPT_ISSUED]);

	if (status == CLI_DONE && shk_master_open(&run.master, path,
					  master_encoding(arguments), &diag))
		status = cli_complain_diag(&diag);
	if (status == CLI_DONE &&
		shk_master_import_new(&run.import, store, run.issued, &diag))
		status = cli_complain_diag(&diag);
	if (status == CLI_DONE)
		status = master_rows(&run);
	if (status == CLI_DONE)
		status = master_save(&run, out);
	shk_master_import_free(run.import);
	shk_master_close(run.master);
	return status;
}
