/*
 * The pool: a list with the last used first; what stands at its end is freed
 * when there are too many. The key holds every option in the order of the
 * request, so that the same link finds its pricer.
 */
#include <pthread.h>
#include <string.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/diag.h"
#include "base/memory.h"
#include "serve/given.h"
#include "serve/pool.h"

struct serve_pool {
	pthread_mutex_t lock;
	struct serve_pricer *first;
	size_t count;
};

enum shk_code serve_pool_new(struct serve_pool **out, shk_diag *diag)
{
	struct serve_pool *pool = memory_zeroed(1, sizeof(*pool));

	*out = pool;
	if (!pool)
		return diag_memory(diag);
	pthread_mutex_init(&pool->lock, NULL);
	return SHK_OK;
}

static void pool_drop(struct serve_pricer *pricer)
{
	if (!pricer)
		return;
	shk_pricer_free(pricer->pricer);
	shk_policy_free(pricer->policy);
	arena_release(&pricer->arena);
	memory_free(pricer);
}

void serve_pool_free(struct serve_pool *pool)
{
	struct serve_pricer *next;

	if (!pool)
		return;
	for (struct serve_pricer *at = pool->first; at; at = next) {
		next = at->next;
		pool_drop(at);
	}
	pthread_mutex_destroy(&pool->lock);
	memory_free(pool);
}

/* Take one with that key out of the list, or NULL. */
static struct serve_pricer *pool_find(struct serve_pool *pool, const char *key)
{
	struct serve_pricer *found = NULL;

	pthread_mutex_lock(&pool->lock);
	for (struct serve_pricer **at = &pool->first; *at; at = &(*at)->next) {
		if (strcmp((*at)->key, key) != 0)
			continue;
		found = *at;
		*at = found->next;
		pool->count--;
		break;
	}
	pthread_mutex_unlock(&pool->lock);
	return found;
}

void serve_pricer_end(
	struct serve_app *app, struct serve_pricer *pricer, enum shk_code code)
{
	if (code)
		pool_drop(pricer);
	else
		serve_pricer_give(app, pricer);
}

void serve_pricer_give(struct serve_app *app, struct serve_pricer *pricer)
{
	struct serve_pool *pool = app->pool;
	struct serve_pricer *last = NULL;

	if (!pricer || clock_now() > pricer->until) {
		pool_drop(pricer);
		return;
	}
	pthread_mutex_lock(&pool->lock);
	pricer->next = pool->first;
	pool->first = pricer;
	if (++pool->count > SERVE_POOL_MAX) {
		struct serve_pricer **at = &pool->first;

		while ((*at)->next)
			at = &(*at)->next;
		last = *at;
		*at = NULL;
		pool->count--;
	}
	pthread_mutex_unlock(&pool->lock);
	pool_drop(last);
}

static bool pool_is_option(const char *name)
{
	return strcmp(name, "revision") == 0 || strcmp(name, "as_of") == 0 ||
	       strcmp(name, "decision") == 0 ||
	       strcmp(name, "min_evidence") == 0 ||
	       strncmp(name, SERVE_PARAMETER, strlen(SERVE_PARAMETER)) == 0;
}

/* Every option as one text. A line end cannot be confused: names have none and
   each value's length stands in front of it. */
static void pool_key(struct buffer *key, const struct serve_request *request,
	struct serve_extras extras)
{
	const struct serve_pair *pair;

	buffer_format(key, "%d%d%d%d\n", extras.steps, extras.charts,
		extras.roundings, extras.facts);
	for (size_t i = 0; (pair = serve_request_pair(request, i)); i++) {
		if (!pair->value[0] || !pool_is_option(pair->name))
			continue;
		buffer_format(key, "%zu:%s=%zu:%s\n", strlen(pair->name),
			pair->name, strlen(pair->value), pair->value);
	}
}

/* The parameters p.NAME into a policy, if there are any. */
static enum shk_code pool_policy(struct serve_pricer *made,
	struct serve_app *app, const struct serve_request *request,
	shk_diag *diag)
{
	size_t skip = strlen(SERVE_PARAMETER);
	enum shk_code code = SHK_OK;
	const struct serve_pair *pair;

	for (size_t i = 0; !code && (pair = serve_request_pair(request, i));
		i++) {
		if (strncmp(pair->name, SERVE_PARAMETER, skip) != 0 ||
			!pair->value[0])
			continue;
		if (!made->policy)
			code = shk_policy_new(
				&made->policy, app->rulebook, diag);
		if (!code)
			code = shk_policy_set(made->policy, pair->name + skip,
				pair->value, diag);
		if (code) {
			diag_field(diag, pair->name + skip);
			code = code == SHK_E_RULES ? SHK_E_USAGE : code;
			diag->code = code;
		}
	}
	return code;
}

static const char *pool_text(struct serve_pricer *made,
	const struct serve_request *request, const char *name)
{
	const char *value = serve_request_value(request, name);

	return value ? arena_text(&made->arena, value, strlen(value)) : NULL;
}

static enum shk_code pool_make(struct serve_pricer *made, struct serve_app *app,
	const struct serve_request *request, struct serve_extras extras,
	shk_diag *diag)
{
	struct serve_names names;
	enum shk_code code =
		serve_decisions(&names, &made->arena, request, diag);

	if (!code)
		code = pool_policy(made, app, request, diag);
	if (code)
		return code;
	made->price = (shk_price_options){
		.revision = pool_text(made, request, "revision"),
		.as_of = pool_text(made, request, "as_of"),
		.min_evidence = pool_text(made, request, "min_evidence"),
		.decisions = names.count > 0 ? names.items : NULL,
		.decision_count = names.count,
		.policy = made->policy,
		.steps = extras.steps,
		.flips = true,
		.every_flip = extras.charts,
		.roundings = extras.roundings,
		.facts = extras.facts,
	};
	return shk_pricer_new(
		&made->pricer, app->rulebook, app->schema, &made->price, diag);
}

static enum shk_code pool_new(struct serve_pricer **out, struct serve_app *app,
	const struct serve_request *request, struct serve_extras extras,
	const struct buffer *key, shk_diag *diag)
{
	struct serve_pricer *made = memory_zeroed(1, sizeof(*made));
	enum shk_code code;

	if (!made)
		return diag_memory(diag);
	arena_init(&made->arena);
	made->key = arena_text(&made->arena, key->data, key->size);
	code = made->key ? pool_make(made, app, request, extras, diag)
			 : diag_memory(diag);
	if (code)
		pool_drop(made);
	else
		*out = made;
	return code;
}

enum shk_code serve_pricer_take(struct serve_pricer **out,
	struct serve_app *app, const struct serve_request *request,
	struct serve_extras extras, shk_diag *diag)
{
	enum shk_code code = SHK_OK;
	struct buffer key;

	*out = NULL;
	buffer_init(&key);
	pool_key(&key, request, extras);
	if (key.failed) {
		code = diag_memory(diag);
		goto done;
	}
	*out = pool_find(app->pool, key.data);
	if (!*out)
		code = pool_new(out, app, request, extras, &key, diag);
	if (*out) {
		shk_pricer_limit((*out)->pricer, SERVE_TIME_MAX);
		(*out)->until = clock_ahead(SERVE_TIME_MAX);
	}
done:
	buffer_release(&key);
	return code;
}
