/*
 * Pricers that stand ready. Making one takes longer than an answer, and one
 * remembers what it answered; so it is given back and taken again by the next
 * request with the same options.
 */
#ifndef SERVE_POOL_H
#define SERVE_POOL_H

#include "base/arena.h"
#include "serve/app.h"
#include "serve/request.h"

#define SERVE_POOL_MAX 16 /* pricers that stand ready */

/* What is collected beside the answers. */
struct serve_extras {
	bool steps;
	bool charts; /* every flip of a number, for a page's charts */
	bool roundings;
	bool facts;
};

/* A pricer for one request at a time. */
struct serve_pricer {
	shk_pricer *pricer;
	shk_price_options price; /* with which it was made */
	shk_policy *policy;	 /* NULL: none given */
	struct arena arena;	 /* of the texts in `price`, and the key */
	const char *key;	 /* the options as one text */
	uint64_t until;		 /* of base/clock.h */
	struct serve_pricer *next;
};

struct serve_pool;

enum shk_code serve_pool_new(struct serve_pool **out, shk_diag *diag);
void serve_pool_free(struct serve_pool *pool);

/*
 * A pricer for the options of the request: revision, as_of, decision (with
 * commas, or several), min_evidence, and the parameters p.NAME. Give it
 * back. Its answers have SERVE_TIME_MAX from now on.
 */
enum shk_code serve_pricer_take(struct serve_pricer **out,
	struct serve_app *app, const struct serve_request *request,
	struct serve_extras extras, shk_diag *diag);
/* `pricer` may be NULL. One whose time was over is not used again. */
void serve_pricer_give(struct serve_app *app, struct serve_pricer *pricer);
/* The same after a call that gave `code`: nor is one after a failure. */
void serve_pricer_end(
	struct serve_app *app, struct serve_pricer *pricer, enum shk_code code);

#endif
