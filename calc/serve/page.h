/*
 * Handlers of the pages on which a person asks.
 */
#ifndef SERVE_PAGE_H
#define SERVE_PAGE_H

#include "serve/app.h"
#include "serve/reply.h"
#include "serve/request.h"

/* The questions, and which rules. */
enum shk_code serve_page_home(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag);
/* The form of one question with its answer. */
enum shk_code serve_page_ask(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag);
/* The report of the same inputs, to be saved. */
enum shk_code serve_page_report(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag);

#endif
