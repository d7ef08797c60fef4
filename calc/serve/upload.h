/*
 * A file of records that is sent with a form: taken from the form or from the
 * page that answered it before, priced, and given back as a table or a file.
 * Nothing is kept here between two requests.
 */
#ifndef SERVE_UPLOAD_H
#define SERVE_UPLOAD_H

#include "base/arena.h"
#include "serve/given.h"
#include "serve/page_shell.h"
#include "serve/pool.h"
#include "serve/reply.h"

#define UPLOAD_AGAIN_MAX (5u << 20) /* bytes of a file that a page repeats */
#define UPLOAD_WRONG_MAX 200	    /* wrong rows that are listed */
#define UPLOAD_LINES_MAX 256	    /* parameters, one a line */

/* The form with its file as any request with a body: `asked` has the file,
   wherever it came from, and parameters as p.NAME. */
struct upload {
	const struct serve_request *request;
	struct serve_request asked;
	struct arena arena;
};

/* upload_release is due after any return. SHK_E_USAGE: a line of parameters
   that is none, a repeated file that is damaged. */
enum shk_code upload_take(struct upload *upload,
	const struct serve_request *request, shk_diag *diag);
void upload_release(struct upload *upload);

/* What a page says beside its form, and not a failure of ours. */
bool upload_is_fault(enum shk_code code);
/* It is wrong with one record, and the next can be read. */
bool upload_is_row(enum shk_code code, const shk_record *record);

/* ---- upload_again.c: a page repeats the file that it answers ---- */

/* Hidden fields with the file, when it is small enough; else false. */
bool upload_again_write(
	struct page_shell *shell, const struct serve_file *file);
/* The file out of these fields; none: `file` stays as it is. */
enum shk_code upload_again_read(struct arena *arena,
	const struct serve_request *request, struct serve_file *file,
	shk_diag *diag);

/* ---- upload_form.c ---- */

/* In the language of the page. */
void upload_say(
	struct page_shell *shell, const char *english, const char *japanese);
/* `<TAG>` of it. */
void upload_element(struct page_shell *shell, const char *tag,
	const char *english, const char *japanese);
/* Fields of a form for a file: the file, its sheet, decisions, parameters;
   `rules`: with the choice of a revision or a day. */
void upload_fields(
	struct page_shell *shell, const struct serve_app *app, bool rules);
/* What kept the whole from being worked out. */
void upload_problem(struct page_shell *shell, const shk_diag *diag);
/* The fields of the form again, hidden, with the file; false: without it. */
bool upload_hidden(struct page_shell *shell, const struct upload *upload);

/* ---- upload_wrong.c ---- */

/* Rows that are to be corrected, as items of a list. */
struct upload_wrong {
	struct buffer rows;
	size_t count;
};

/* In the language of the shell. */
void upload_wrong_add(struct page_shell *shell, struct upload_wrong *wrong,
	const shk_diag *why);
/* The list; nothing when there are none. */
void upload_wrong_write(
	struct page_shell *shell, const struct upload_wrong *wrong);

/* ---- handlers ---- */

enum shk_code serve_upload(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag);

#endif
