/*
 * What every request shares: the rulebook and its vocabulary, immutable; and,
 * behind locks, the pricers that stand ready and the places for evaluations.
 */
#ifndef SERVE_APP_H
#define SERVE_APP_H

#include <pthread.h>

#include "serve/serve.h"

#define SERVE_WAIT_MAX	  10	/* seconds for a place */
#define SERVE_TIME_MAX	  30000 /* milliseconds for an answer */
#define SERVE_RECORDS_MAX 10000 /* records of one request */

struct serve_memo;
struct serve_pool;

/* Questions that take long have fewer places, so that a price is answered
   while they are being worked out. */
enum serve_weight { SERVE_LIGHT, SERVE_HEAVY, SERVE_WEIGHTS };

struct serve_app {
	shk_rulebook *rulebook;
	shk_schema *schema;
	enum shk_language language;
	struct serve_pool *pool;
	struct serve_memo *memo;
	pthread_mutex_t lock;
	pthread_cond_t free;
	unsigned places[SERVE_WEIGHTS]; /* of which none is taken */
	unsigned wait; /* seconds for one; SERVE_WAIT_MAX but in tests */
};

enum shk_code serve_app_open(struct serve_app *app,
	const struct serve_options *options, shk_diag *diag);
void serve_app_close(struct serve_app *app);

/* A place for an evaluation; false when none came free in time. */
bool serve_app_enter(struct serve_app *app, enum serve_weight weight);
void serve_app_leave(struct serve_app *app, enum serve_weight weight);

#endif
