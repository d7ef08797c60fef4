/*
 * A question about one record and one decision of it, as the command asks
 * them: what edges, ask, solve and sweep have in common.
 */
#ifndef SERVE_ONE_H
#define SERVE_ONE_H

#include "serve/app.h"
#include "serve/given.h"
#include "serve/pool.h"
#include "serve/reply.h"

struct serve_one {
	struct serve_app *app;
	const struct serve_request *request;
	struct serve_reply *reply;
	shk_diag *diag;
	struct serve_pricer *pricer;
	const shk_record *record;
	const char *decision;
	shk_price_options price; /* of that decision alone, with the limit */
};

typedef enum shk_code serve_one_answer(struct serve_one *one);

/*
 * The record is the only one, or the one with the id of `id=`; the decision is
 * the one named, or the only one that its facts ask for. `known`: the names of
 * the route beside those of every question. The reply is JSON.
 */
enum shk_code serve_one_ask(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	const char *const *known, serve_one_answer *answer, shk_diag *diag);

#endif
