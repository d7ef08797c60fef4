/*
 * /api/v1/edges, ask, solve and sweep: the options of the command by their
 * names, its JSON as the answer.
 */
#include <string.h>

#include "base/diag.h"
#include "serve/api.h"
#include "serve/one.h"

#define QUESTION_WITHIN_MAX 128 /* bytes of `within` */
#define QUESTION_VARY_MAX   16	/* times that `vary` is given */

static const char *question_value(const struct serve_one *one, const char *name)
{
	return serve_request_value(one->request, name);
}

static enum shk_code question_missing(
	const struct serve_one *one, const char *name, const char *what)
{
	diag_set(one->diag, SHK_E_USAGE, "is missing: %s", what);
	diag_field(one->diag, name);
	return SHK_E_USAGE;
}

static enum shk_code edges_answer(struct serve_one *one)
{
	const shk_edges_options options = { .decision = one->decision,
		.output = question_value(one, "of"),
		.fact = question_value(one, "fact") };
	const shk_edges *edges = NULL;
	enum shk_code code = shk_edges_find(
		&edges, one->pricer->pricer, one->record, &options, one->diag);

	return code ? code
		    : shk_edges_report(edges, SHK_EDGES_JSON,
			      one->request->language,
			      serve_reply_sink(one->reply), one->diag);
}

static enum shk_code ask_answer(struct serve_one *one)
{
	const shk_ask *ask = NULL;
	enum shk_code code =
		shk_ask_find(&ask, one->pricer->pricer, one->record,
			one->decision, question_value(one, "of"), one->diag);

	return code ? code
		    : shk_ask_report(ask, SHK_ASK_JSON, one->request->language,
			      serve_reply_sink(one->reply), one->diag);
}

/* `FROM..TO`, of which either may be empty, taken apart in `room`. */
static enum shk_code solve_within(struct serve_one *one,
	char room[QUESTION_WITHIN_MAX], shk_solve_options *options)
{
	const char *text = question_value(one, "within");
	char *between = NULL;

	if (!text)
		return SHK_OK;
	if (strlen(text) < QUESTION_WITHIN_MAX) {
		memcpy(room, text, strlen(text) + 1);
		between = strstr(room, "..");
	}
	if (!between) {
		diag_set(one->diag, SHK_E_USAGE,
			"must be FROM..TO, of less than %d bytes",
			QUESTION_WITHIN_MAX);
		diag_field(one->diag, "within");
		return SHK_E_USAGE;
	}
	*between = '\0';
	options->from = *room ? room : NULL;
	options->to = between[2] ? between + 2 : NULL;
	return SHK_OK;
}

static enum shk_code solve_answer(struct serve_one *one)
{
	shk_solve_options options = { .fact = question_value(one, "for"),
		.condition = question_value(one, "so_that") };
	char room[QUESTION_WITHIN_MAX];
	shk_solution *solution = NULL;
	enum shk_code code;

	if (!options.fact)
		return question_missing(one, "for", "the fact that varies");
	if (!options.condition)
		return question_missing(
			one, "so_that", "a condition on the answer");
	code = solve_within(one, room, &options);
	if (!code)
		code = shk_solve(&solution, one->app->rulebook,
			one->app->schema, &one->price, one->record, &options,
			one->diag);
	if (!code)
		code = shk_solution_report(solution, SHK_SOLUTION_JSON,
			one->request->language, serve_reply_sink(one->reply),
			one->diag);
	shk_solution_free(solution);
	return code;
}

/* Every `vary`, in the order of the request. */
static enum shk_code sweep_vary(struct serve_one *one,
	const char *vary[QUESTION_VARY_MAX], size_t *count)
{
	const struct serve_pair *pair;

	*count = 0;
	for (size_t i = 0; (pair = serve_request_pair(one->request, i)); i++) {
		if (strcmp(pair->name, "vary") != 0 || !pair->value[0])
			continue;
		if (*count == QUESTION_VARY_MAX)
			return diag_set(one->diag, SHK_E_LIMIT,
				"vary is given more than %d times",
				QUESTION_VARY_MAX);
		vary[(*count)++] = pair->value;
	}
	return *count > 0 ? SHK_OK
			  : question_missing(one, "vary", "FACT=VALUES");
}

static enum shk_code sweep_answer(struct serve_one *one)
{
	const shk_sweep_report_options options = { .format = SHK_SWEEP_JSON,
		.language = one->request->language,
		.output = question_value(one, "of") };
	const char *vary[QUESTION_VARY_MAX];
	shk_sweep *sweep = NULL;
	size_t count;
	enum shk_code code = sweep_vary(one, vary, &count);

	if (!code)
		code = shk_sweep_run(&sweep, one->app->rulebook,
			one->app->schema, &one->price, one->record, vary, count,
			one->diag);
	if (!code)
		code = shk_sweep_report(sweep, &options,
			serve_reply_sink(one->reply), one->diag);
	shk_sweep_free(sweep);
	return code;
}

enum shk_code serve_api_edges(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag)
{
	static const char *const known[] = { "of", "fact", NULL };

	return serve_one_ask(app, request, reply, known, edges_answer, diag);
}

enum shk_code serve_api_ask(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag)
{
	static const char *const known[] = { "of", NULL };

	return serve_one_ask(app, request, reply, known, ask_answer, diag);
}

enum shk_code serve_api_solve(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag)
{
	static const char *const known[] = { "for", "so_that", "within", NULL };

	return serve_one_ask(app, request, reply, known, solve_answer, diag);
}

enum shk_code serve_api_sweep(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag)
{
	static const char *const known[] = { "vary", "of", NULL };

	return serve_one_ask(app, request, reply, known, sweep_answer, diag);
}
