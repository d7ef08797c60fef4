/*
 * Loading what requests share, and the places for evaluations: so many
 * requests are worked out at once, the others wait for a while.
 */
#include <string.h>
#include <time.h>

#include "base/diag.h"
#include "serve/app.h"
#include "serve/memo.h"
#include "serve/pool.h"

static enum shk_code app_lock(struct serve_app *app, shk_diag *diag)
{
	pthread_condattr_t clock;
	int failed = pthread_mutex_init(&app->lock, NULL);

	failed = failed ? failed : pthread_condattr_init(&clock);
	if (failed)
		return diag_memory(diag);
	pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
	failed = pthread_cond_init(&app->free, &clock);
	pthread_condattr_destroy(&clock);
	return failed ? diag_memory(diag) : SHK_OK;
}

enum shk_code serve_app_open(struct serve_app *app,
	const struct serve_options *options, shk_diag *diag)
{
	const shk_rulebook_options book = { .key = options->rules_key };
	unsigned threads = options->threads ? options->threads : 1;
	enum shk_code code;

	memset(app, 0, sizeof(*app));
	app->language = options->language;
	app->wait = SERVE_WAIT_MAX;
	app->places[SERVE_LIGHT] = threads;
	app->places[SERVE_HEAVY] = threads > 1 ? threads / 2 : 1;
	code = app_lock(app, diag);
	if (!code)
		code = shk_rulebook_open(
			&app->rulebook, options->rules, &book, diag);
	if (!code)
		code = shk_schema_of(&app->schema, app->rulebook, diag);
	if (!code)
		code = serve_memo_new(&app->memo, diag);
	return code ? code : serve_pool_new(&app->pool, diag);
}

void serve_app_close(struct serve_app *app)
{
	serve_pool_free(app->pool);
	serve_memo_free(app->memo);
	shk_schema_free(app->schema);
	shk_rulebook_free(app->rulebook);
	pthread_cond_destroy(&app->free);
	pthread_mutex_destroy(&app->lock);
}

bool serve_app_enter(struct serve_app *app, enum serve_weight weight)
{
	struct timespec until;
	bool found;
	int late = 0;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += app->wait;
	pthread_mutex_lock(&app->lock);
	while (app->places[weight] == 0 && late == 0)
		late = pthread_cond_timedwait(&app->free, &app->lock, &until);
	found = app->places[weight] > 0;
	if (found)
		app->places[weight]--;
	pthread_mutex_unlock(&app->lock);
	return found;
}

void serve_app_leave(struct serve_app *app, enum serve_weight weight)
{
	pthread_mutex_lock(&app->lock);
	app->places[weight]++;
	pthread_cond_broadcast(&app->free);
	pthread_mutex_unlock(&app->lock);
}
