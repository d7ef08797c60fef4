/*
 * Files of the page that are compiled in.
 */
#ifndef SERVE_STATIC_H
#define SERVE_STATIC_H

#include "serve/app.h"
#include "serve/reply.h"
#include "serve/request.h"

enum shk_code serve_static_page(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag);
enum shk_code serve_static_css(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag);
enum shk_code serve_static_js(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag);

#endif
