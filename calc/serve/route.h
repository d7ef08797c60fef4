/*
 * The table of routes, and the way from a request to its reply.
 */
#ifndef SERVE_ROUTE_H
#define SERVE_ROUTE_H

#include "serve/app.h"
#include "serve/reply.h"
#include "serve/request.h"

/* SHK_OK: the reply is made. A failure becomes the reply that says why. */
typedef enum shk_code serve_handler(struct serve_app *app,
	const struct serve_request *request, struct serve_reply *reply,
	shk_diag *diag);

struct serve_route {
	unsigned methods; /* enum serve_method, as bits */
	const char *path; /* with a star at its end: whatever follows */
	serve_handler *handler;
	enum serve_weight weight;
};

extern const struct serve_route serve_routes[];
extern const size_t serve_route_count;

/* The route of a path, or NULL; `*rest` is what the star stands for, or "". */
const struct serve_route *serve_route_find(const char *path, const char **rest);

/* Answer, whatever the request is. */
void serve_route_answer(struct serve_app *app, struct serve_request *request,
	struct serve_reply *reply);
/* Parse, answer, release. */
void serve_answer(struct serve_app *app, const struct serve_raw *raw,
	struct serve_reply *reply);

#endif
