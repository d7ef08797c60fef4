/*
 * The rules to be read: /rules/, /rules/sources.html and a page a decision and
 * revision, /rules/r8-NAME.html or /rules/r8/NAME.
 */
#ifndef SERVE_RULES_H
#define SERVE_RULES_H

#include "serve/app.h"
#include "serve/reply.h"
#include "serve/request.h"

enum shk_code serve_rules(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag);

#endif
