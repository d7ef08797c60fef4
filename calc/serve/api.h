/*
 * Handlers of the JSON API: the questions of the command with its very
 * answers.
 */
#ifndef SERVE_API_H
#define SERVE_API_H

#include "serve/app.h"
#include "serve/reply.h"
#include "serve/request.h"

enum shk_code serve_api_price(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag);
enum shk_code serve_api_explain(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag);
enum shk_code serve_api_edges(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag);
enum shk_code serve_api_ask(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag);
enum shk_code serve_api_solve(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag);
enum shk_code serve_api_sweep(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag);
enum shk_code serve_api_diff(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag);
enum shk_code serve_api_openapi(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag);
enum shk_code serve_api_schema(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag);

#endif
