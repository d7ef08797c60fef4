/*
 * `shokan-certify CERTIFICATE [--rules DIR]`: is the certificate that `shokan
 * rules check --certificate` wrote true of these rules? Status 0: it is, and
 * every table is complete; 1: it is true, and there are gaps, overlaps, rows
 * that never decide or tables that are not certified; 2: wrong use; 3: the
 * rules cannot be read; 4: the certificate is not true; 5: a file cannot be
 * read.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "certify/certify.h"

enum status {
	STATUS_COMPLETE = 0,
	STATUS_FINDINGS = 1,
	STATUS_USAGE = 2,
	STATUS_RULES = 3,
	STATUS_UNTRUE = 4,
	STATUS_IO = 5,
	STATUS_INTERNAL = 70
};

static const char usage[] =
	"Usage: shokan-certify CERTIFICATE [--rules DIR]\n"
	"Is a certificate of shokan rules check true of the rules in DIR? DIR "
	"is else\n$SHOKAN_RULES or the installed ones; - is standard input.\n"
	"\nStatus 0: true, and every table is complete; 1: true, with "
	"findings; 4: not true.\n";

static enum status complain(const shk_diag *diag)
{
	fprintf(stderr, "%s", diag->path[0] ? diag->path : "shokan-certify");
	if (diag->line > 0)
		fprintf(stderr, ":%ld:%ld", diag->line, diag->column);
	fprintf(stderr, ": %s\n", diag->message);
	return diag->code == SHK_E_IO	    ? STATUS_IO
	       : diag->code == SHK_E_MEMORY ? STATUS_INTERNAL
					    : STATUS_RULES;
}

static enum status tell(const char *path, const struct models *models,
	const struct verdict *verdict)
{
	size_t faults =
		verdict->gaps + verdict->overlaps + verdict->unreachable;

	if (!verdict->accepted) {
		fprintf(stderr, "%s:%ld: %s\n", path, verdict->line,
			verdict->why);
		printf("rejected\n");
		return STATUS_UNTRUE;
	}
	if (verdict->findings.size > 0)
		fputs(verdict->findings.data, stdout);
	if (verdict->tables + verdict->left_out < models->table_count)
		printf("not of every revision: %zu of %zu tables\n",
			verdict->tables + verdict->left_out,
			models->table_count);
	printf("accepted: %zu tables, %zu cells", verdict->tables,
		verdict->cells);
	if (faults + verdict->left_out == 0) {
		printf("; no gap, no overlap, every row is reached\n");
		return STATUS_COMPLETE;
	}
	printf("; gaps %zu, overlaps %zu, unreachable rows %zu, not certified "
	       "%zu\n",
		verdict->gaps, verdict->overlaps, verdict->unreachable,
		verdict->left_out);
	return STATUS_FINDINGS;
}

static enum status run(const char *path, const char *folder)
{
	struct models models;
	struct verdict verdict;
	struct buffer bytes;
	shk_diag diag = { 0 };
	enum status status;

	verdict_init(&verdict);
	buffer_init(&bytes);
	memset(&models, 0, sizeof(models));
	if (file_read(path, CLAIMS_BYTES_MAX, &bytes, &diag) != SHK_OK ||
		models_read(&models, folder, &diag) != SHK_OK) {
		status = complain(&diag);
		goto done;
	}
	certify(&models,
		(struct text){ bytes.size ? bytes.data : "", bytes.size },
		&verdict);
	status = tell(path, &models, &verdict);
	if (fflush(stdout) != 0)
		status = STATUS_IO;
done:
	models_release(&models);
	buffer_release(&bytes);
	verdict_release(&verdict);
	return status;
}

/* True of a pack: the same certificate, but no models to read. */
static bool is_file(const char *path)
{
	struct stat state;

	return stat(path, &state) == 0 && S_ISREG(state.st_mode);
}

int main(int argc, char **argv)
{
	const char *folder = getenv("SHOKAN_RULES");
	const char *path = NULL;

	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--help") == 0) {
			fputs(usage, stdout);
			return fflush(stdout) == 0 ? STATUS_COMPLETE
						   : STATUS_IO;
		}
		if (strcmp(argv[i], "--rules") == 0 && i + 1 < argc) {
			folder = argv[++i];
		} else if (!path && (argv[i][0] != '-' || !argv[i][1])) {
			path = argv[i];
		} else {
			fputs(usage, stderr);
			return STATUS_USAGE;
		}
	}
	if (!path) {
		fputs(usage, stderr);
		return STATUS_USAGE;
	}
	if (!folder || !folder[0])
		folder = access(SHOKAN_RULES_INSTALLED "/rulebook.xml", R_OK) ==
					 0
				 ? SHOKAN_RULES_INSTALLED
				 : SHOKAN_RULES_SOURCE;
	if (is_file(folder)) {
		fprintf(stderr,
			"%s: a pack; the models themselves are read "
			"here: --rules DIR\n",
			folder);
		return STATUS_USAGE;
	}
	return run(path, folder);
}
