/*
 * The routes of the server, each with the file that answers it.
 */
#include <string.h>

#include "base/diag.h"
#include "serve/api.h"
#include "serve/compare.h"
#include "serve/page.h"
#include "serve/rules.h"
#include "serve/route.h"
#include "serve/static.h"
#include "serve/upload.h"

#define BOTH (SERVE_GET | SERVE_POST)

/* clang-format off */
const struct serve_route serve_routes[] = {
	{ SERVE_GET, "/", serve_page_home, SERVE_LIGHT },
	{ SERVE_GET, "/ask", serve_page_ask, SERVE_HEAVY },
	{ SERVE_GET, "/report", serve_page_report, SERVE_LIGHT },
	{ BOTH, "/upload", serve_upload, SERVE_HEAVY },
	{ BOTH, "/compare", serve_compare, SERVE_HEAVY },
	{ SERVE_GET, "/compare/law", serve_compare_law, SERVE_HEAVY },
	{ SERVE_GET, "/rules/*", serve_rules, SERVE_LIGHT },
	{ SERVE_GET, "/page.css", serve_static_css, SERVE_LIGHT },
	{ SERVE_GET, "/page.js", serve_static_js, SERVE_LIGHT },
	{ BOTH, "/api/v1/price", serve_api_price, SERVE_LIGHT },
	{ BOTH, "/api/v1/explain", serve_api_explain, SERVE_LIGHT },
	{ BOTH, "/api/v1/edges", serve_api_edges, SERVE_HEAVY },
	{ BOTH, "/api/v1/ask", serve_api_ask, SERVE_HEAVY },
	{ BOTH, "/api/v1/solve", serve_api_solve, SERVE_HEAVY },
	{ BOTH, "/api/v1/sweep", serve_api_sweep, SERVE_HEAVY },
	{ SERVE_GET, "/api/v1/diff", serve_api_diff, SERVE_HEAVY },
	{ SERVE_GET, "/api/v1/schemas/*", serve_api_schema, SERVE_LIGHT },
	{ SERVE_GET, "/api/v1/openapi.json", serve_api_openapi, SERVE_LIGHT },
};
/* clang-format on */

const size_t serve_route_count = sizeof(serve_routes) / sizeof(serve_routes[0]);

const struct serve_route *serve_route_find(const char *path, const char **rest)
{
	for (size_t i = 0; i < serve_route_count; i++) {
		const struct serve_route *route = &serve_routes[i];
		size_t size = strlen(route->path);

		*rest = "";
		if (strcmp(route->path, path) == 0)
			return route;
		if (route->path[size - 1] != '*' ||
			strncmp(route->path, path, size - 1) != 0)
			continue;
		*rest = path + size - 1;
		return route;
	}
	return NULL;
}

static void route_refuse(const struct serve_request *request,
	const struct serve_route *route, struct serve_reply *reply)
{
	shk_diag diag = { 0 };

	if (!route) {
		diag_set(
			&diag, SHK_E_USAGE, "there is nothing at this address");
		serve_reply_problem(reply, request->path, STATUS_NOT_FOUND,
			"not_found", &diag);
		return;
	}
	diag_set(&diag, SHK_E_USAGE, "this address does not take this method");
	reply->allow =
		route->methods & SERVE_POST ? "GET, HEAD, POST" : "GET, HEAD";
	serve_reply_problem(
		reply, request->path, STATUS_METHOD, "method", &diag);
}

static void route_run(struct serve_app *app, const struct serve_route *route,
	const struct serve_request *request, struct serve_reply *reply)
{
	shk_diag diag = { 0 };
	enum shk_code code;

	if (!serve_app_enter(app, route->weight)) {
		diag_set(&diag, SHK_E_LIMIT,
			"too many questions at once; ask again");
		serve_reply_problem(
			reply, request->path, STATUS_BUSY, "busy", &diag);
		return;
	}
	code = route->handler(app, request, reply, &diag);
	serve_app_leave(app, route->weight);
	if (reply->body.failed) { /* its writer can say only that it failed */
		diag_clear(&diag);
		code = diag_memory(&diag);
	}
	if (!code)
		return;
	if (reply->full) {
		diag_clear(&diag);
		code = diag_set(&diag, SHK_E_LIMIT,
			"the answer is larger than %u bytes; ask for fewer "
			"records, or one decision",
			SERVE_REPLY_MAX);
	}
	diag.code = code;
	serve_reply_failure(reply, request->path, &diag);
}

void serve_route_answer(struct serve_app *app, struct serve_request *request,
	struct serve_reply *reply)
{
	const struct serve_route *route =
		serve_route_find(request->path, &request->rest);

	if (!route || !(route->methods & request->method))
		route_refuse(request, route, reply);
	else
		route_run(app, route, request, reply);
}

void serve_answer(struct serve_app *app, const struct serve_raw *raw,
	struct serve_reply *reply)
{
	struct serve_request request;
	shk_diag diag = { 0 };
	enum shk_code code = serve_request_parse(&request, raw, &diag);

	reply->language = request.language;
	if (code == SHK_OK)
		serve_route_answer(app, &request, reply);
	else
		serve_reply_failure(reply, raw->target, &diag);
	serve_request_release(&request);
}
