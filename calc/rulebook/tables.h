/*
 * The decision tables of a book, one after the other, for the check and for
 * the certificate.
 */
#ifndef RULEBOOK_TABLES_H
#define RULEBOOK_TABLES_H

#include <shokan/check.h>

#include "dmn/tables.h"
#include "rulebook/rulebook.h"

struct tables_walk {
	const shk_rulebook *book;
	const shk_check_options *options;
	void *context;
	/* false stops; `table` lives during the call */
	bool (*table)(void *context, const struct rulebook_revision *revision,
		const struct dmn_table *table, struct arena *arena);
	shk_diag *diag;
};

/* In the order of revisions, files and lines. */
enum shk_code tables_walk(const struct tables_walk *walk);

/* Name of a file inside of the book: r8/common.dmn. */
const char *tables_file(const shk_rulebook *book, const char *path);

#endif
