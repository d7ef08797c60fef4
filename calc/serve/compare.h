/*
 * Two revisions side by side: one record of a link, the records of a file, or
 * the law itself.
 */
#ifndef SERVE_COMPARE_H
#define SERVE_COMPARE_H

#include "serve/upload.h"

#define COMPARE_ROWS_MAX 1000 /* changes that a page lists */

/* What one revision makes of the records. */
struct compare_side {
	const char *revision;
	size_t index; /* of it, in the book */
	struct serve_request asked;
	struct serve_pricer *pricer;
	shk_snapshot_sorter *sorter;
	shk_snapshot *snapshot;
	shk_report *lines;    /* into the sorter */
	shk_report *piece;    /* into `answer`; NULL: a file is compared */
	struct buffer answer; /* of one record */
};

struct compare {
	struct serve_app *app;
	struct upload *upload;
	struct page_shell *shell;
	shk_diag *diag;
	struct arena arena;
	struct compare_side sides[2]; /* before, after */
	struct compare_side *at;      /* being answered */
	bool file;		      /* of many records */
	size_t seen;		      /* records */
	const shk_record *record;     /* being answered */
	bool told;		      /* that it is wrong */
	struct upload_wrong wrong;
	/* the changes, as rows */
	struct buffer rows;
	size_t changes;
	shk_change_report *report; /* in place of rows, or NULL */
};

/* Which revisions; SHK_E_USAGE: there is none of that name. */
enum shk_code compare_revisions(const struct serve_app *app,
	const struct serve_request *request, const char *names[2],
	size_t indexes[2], shk_diag *diag);

/* ---- compare_run.c ---- */

/* Answer everything under both and compare; compare_release after any return. */
enum shk_code compare_run(struct compare *compare);
void compare_release(struct compare *compare);

/* ---- compare_change.c ---- */

/* A row of the table of changes. */
void compare_change(struct compare *compare, const struct shk_change *change);
/* What differs of the one record. */
void compare_change_list(
	struct compare *compare, const struct shk_change *change);

/* ---- handlers ---- */

enum shk_code serve_compare(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag);
enum shk_code serve_compare_law(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag);

#endif
