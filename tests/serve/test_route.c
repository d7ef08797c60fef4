/*
 * Routes, problems, places for evaluations, and the whole way from bytes to
 * answers without a network: also what is remembered and what is not.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "serve/memo.h"
#include "serve/pool.h"
#include "serve/route.h"

static struct serve_app app;

static void open_app(void)
{
	const struct serve_options options = { .rules = SOURCE_FOLDER "/rules",
		.threads = 4 };
	shk_diag diag = { 0 };

	cr_assert_eq(serve_app_open(&app, &options, &diag), SHK_OK, "%s",
		diag.message);
}

static void close_app(void)
{
	serve_app_close(&app);
}

/* The reply as `STATUS type body`; lives until the next call. */
static const char *answer(const char *method, const char *target)
{
	static struct buffer text;
	const struct serve_raw raw = { .method = method, .target = target };
	struct serve_reply reply;

	serve_reply_init(&reply);
	serve_answer(&app, &raw, &reply);
	buffer_clear(&text);
	buffer_format(&text, "%d %s %.*s", reply.status, reply.type,
		(int)reply.body.size, reply.body.data ? reply.body.data : "");
	serve_reply_release(&reply);
	return text.data;
}

Test(route, paths)
{
	static const struct {
		const char *path, *route, *rest;
	} rows[] = {
		{ "/", "/", "" },
		{ "/page.css", "/page.css", "" },
		{ "/api/v1/price", "/api/v1/price", "" },
		{ "/api/v1/price/", NULL, "" },
		{ "/api/v1/pric", NULL, "" },
		{ "/API/v1/price", NULL, "" },
		{ "/api/v1/schemas/x.json", "/api/v1/schemas/*", "x.json" },
		{ "/api/v1/schemas/", "/api/v1/schemas/*", "" },
		{ "/api/v1/schemas", NULL, "" },
		{ "/nothing", NULL, "" },
		{ "//", NULL, "" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *rest;
		const struct serve_route *route =
			serve_route_find(rows[i].path, &rest);

		cr_expect_eq(route != NULL, rows[i].route != NULL, "%s",
			rows[i].path);
		if (!route || !rows[i].route)
			continue;
		cr_expect_str_eq(route->path, rows[i].route);
		cr_expect_str_eq(rest, rows[i].rest);
	}
}

Test(route, no_path_is_there_twice)
{
	for (size_t i = 0; i < serve_route_count; i++) {
		const char *rest;

		cr_expect_eq(serve_route_find(serve_routes[i].path, &rest),
			&serve_routes[i], "%s", serve_routes[i].path);
	}
}

Test(route, answers, .init = open_app, .fini = close_app)
{
	static const struct {
		const char *method, *target, *said;
	} rows[] = {
		{ "GET",
			"/api/v1/price?f.orphan_designated=true"
			"&f.annual_tests=150&f.base_points=1000"
			"&decision=rare_disease_coefficient&revision=r8",
			"200 application/x-ndjson {\"id\":\"query\","
			"\"decision\":\"rare_disease_coefficient\","
			"\"revision\":\"r8\",\"as_of\":\"2026-06-01\","
			"\"status\":\"determined\",\"values\":{"
			"\"coefficient\":1.5,\"points_exact\":1500," },
		{ "GET", "/api/v1/price?f.id=a%22%0A%3C&f.annual_tests=1",
			"200 application/x-ndjson {\"id\":\"a\\\"\\n<\"," },
		{ "GET", "/api/v1/price?x=%22%3Cb%3E",
			"400 application/json {\"code\":\"usage\",\"field\":"
			"\"x\"," },
		{ "GET", "/api/v1/%22",
			"404 application/json {\"code\":"
			"\"not_found\",\"field\":null," },
		{ "GET", "/%3Cscript%3E", "404 text/html; charset=utf-8 " },
		{ "PUT", "/api/v1/price", "405 application/json " },
		{ "POST", "/api/v1/diff", "405 application/json " },
		{ "GET", "no slash", "400 text/html; charset=utf-8 " },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *got = answer(rows[i].method, rows[i].target);

		cr_expect_eq(strncmp(got, rows[i].said, strlen(rows[i].said)),
			0, "%s: %.200s", rows[i].target, got);
		cr_expect_null(strstr(got, "<script>"), "%s", got);
	}
}

/* What was asked before changes no answer, and stands ready but for a few. */
Test(route, pricers_are_used_again, .init = open_app, .fini = close_app)
{
	char target[128];
	char *first;

	first = strdup(answer("GET", "/api/v1/price?f.annual_tests=150"));
	cr_assert(first);
	for (int i = 0; i < 2 * SERVE_POOL_MAX; i++) {
		(void)snprintf(target, sizeof(target),
			"/api/v1/price?f.annual_tests=1&as_of=2026-07-%02d",
			i % 30 + 1);
		cr_expect_eq(strncmp(answer("GET", target), "200", 3), 0);
		cr_expect_eq(
			strncmp(answer("GET", "/api/v1/price?f.annual_tests=1"
					      "&revision=r6"),
				"200", 3),
			0);
		cr_expect_str_eq(
			answer("GET", "/api/v1/price?f.annual_tests=150"),
			first);
	}
	free(first);
}

/* Options that look alike when they are written one behind the other. */
Test(route, options_are_told_apart, .init = open_app, .fini = close_app)
{
	static const char *const targets[] = {
		"/api/v1/price?decision=points_sum&f.annual_tests=1",
		"/api/v1/"
		"price?decision=points_sum&revision=r6&f.annual_tests=1",
		"/api/v1/price?decision=points_sum%0A8:revision=2:r6"
		"&f.annual_tests=1",
		"/api/v1/price?decision=points_sum&as_of=2025-01-01"
		"&f.annual_tests=1",
	};
	static const char *const said[] = { "\"revision\":\"r8\"",
		"\"revision\":\"r6\"", "\"code\":\"usage\"",
		"\"as_of\":\"2025-01-01\"" };

	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++) {
			const char *got = answer("GET", targets[i]);

			cr_expect(strstr(got, said[i]), "%s: %.200s",
				targets[i], got);
		}
	}
}

Test(route, places, .init = open_app, .fini = close_app)
{
	for (int i = 0; i < 4; i++)
		cr_assert(serve_app_enter(&app, SERVE_LIGHT));
	cr_expect_eq(app.places[SERVE_LIGHT], 0u);
	cr_expect_eq(app.places[SERVE_HEAVY], 2u);
	/* those that take long have places of their own */
	cr_expect(serve_app_enter(&app, SERVE_HEAVY));
	serve_app_leave(&app, SERVE_HEAVY);
	serve_app_leave(&app, SERVE_LIGHT);
	cr_expect(serve_app_enter(&app, SERVE_LIGHT));
	for (int i = 0; i < 4; i++)
		serve_app_leave(&app, SERVE_LIGHT);
}

Test(route, memo)
{
	struct serve_memo *memo;
	struct buffer out;
	char key[16];
	shk_diag diag = { 0 };

	buffer_init(&out);
	cr_assert_eq(serve_memo_new(&memo, &diag), SHK_OK);
	cr_expect_not(serve_memo_find(memo, "a", &out));
	serve_memo_keep(memo, "a", "text", 4);
	cr_expect(serve_memo_find(memo, "a", &out));
	cr_expect_str_eq(out.data, "text");
	for (int i = 0; i < MEMO_MAX; i++) {
		(void)snprintf(key, sizeof(key), "k%d", i);
		serve_memo_keep(memo, key, key, strlen(key));
	}
	cr_expect_not(serve_memo_find(memo, "a", &out));
	buffer_clear(&out);
	cr_expect(serve_memo_find(memo, "k0", &out));
	cr_expect_str_eq(out.data, "k0");
	serve_memo_free(memo);
	buffer_release(&out);
}

/* A sink takes what fits, and the reply says that there was more. */
Test(route, replies_have_a_ceiling)
{
	struct serve_reply reply;
	static char block[1u << 20];
	shk_sink sink;

	serve_reply_init(&reply);
	sink = serve_reply_sink(&reply);
	memset(block, 'x', sizeof(block));
	for (size_t at = 0; at < SERVE_REPLY_MAX; at += sizeof(block))
		cr_assert(sink.write(sink.context, block, sizeof(block)));
	cr_expect_not(reply.full);
	cr_expect_not(sink.write(sink.context, block, 1));
	cr_expect(reply.full);
	cr_expect_eq(reply.body.size, (size_t)SERVE_REPLY_MAX);
	serve_reply_release(&reply);
}
