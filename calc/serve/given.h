/*
 * What a request gives: names that the route knows, decisions, and records,
 * either one from its names `f.FACT` or many from its body or file.
 */
#ifndef SERVE_GIVEN_H
#define SERVE_GIVEN_H

#include "base/buffer.h"
#include "serve/app.h"
#include "serve/request.h"

#define SERVE_FACT	    "f." /* in front of the name of a fact */
#define SERVE_PARAMETER	    "p." /* of a policy parameter */
#define SERVE_DECISIONS_MAX 256	 /* names of one request */

struct serve_names {
	const char **items;
	size_t count;
};

/*
 * Every name is one of `known` (NULL ends it), a fact or a parameter, and a
 * plain one but `decision` and `vary` is given once. SHK_E_USAGE with the nearest name.
 */
enum shk_code serve_names_check(const struct serve_request *request,
	const char *const *known, shk_diag *diag);

/* The decisions asked for, of every `decision=NAME,NAME`; none: none named. */
enum shk_code serve_decisions(struct serve_names *out, struct arena *arena,
	const struct serve_request *request, shk_diag *diag);

/* The records of a request, as they are read. */
struct serve_records {
	struct serve_app *app;
	const struct serve_request *request;
	shk_records *records;
	struct buffer row; /* the table that `f.` names make */
	bool named;	   /* the record is that one */
	size_t count;	   /* read so far */
};

/*
 * Open them; serve_records_close after any return. Names `f.FACT` alone make
 * one record; beside a body or file they set that fact in every record.
 * SHK_E_USAGE when there is neither a body nor a fact nor a decision.
 */
enum shk_code serve_records_open(struct serve_records *records,
	struct serve_app *app, const struct serve_request *request,
	shk_diag *diag);
/*
 * As shk_records_next. What is wrong with a record of names is wrong with the
 * request: *record is NULL then. SHK_E_LIMIT past SERVE_RECORDS_MAX.
 */
enum shk_code serve_records_next(
	struct serve_records *records, shk_record **record, shk_diag *diag);
void serve_records_close(struct serve_records *records);

#endif
