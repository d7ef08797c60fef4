/*
 * Ceilings of a request that is well formed: how many names and values one
 * question takes, how long it waits, what is remembered. Those of its bytes
 * are in test_request.c, those of records and files in tests/page/files.py.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "serve/given.h"
#include "serve/memo.h"
#include "serve/route.h"

static struct serve_app app;

static void open_app(void)
{
	const struct serve_options options = { .rules = SOURCE_FOLDER "/rules",
		.threads = 2 };
	shk_diag diag = { 0 };

	cr_assert_eq(serve_app_open(&app, &options, &diag), SHK_OK, "%s",
		diag.message);
}

static void close_app(void)
{
	serve_app_close(&app);
}

TestSuite(serve_limits, .init = open_app, .fini = close_app);

/* Status and body; lives until the next call. */
static const char *answer(const struct buffer *target)
{
	static struct buffer text;
	const struct serve_raw raw = { .method = "GET",
		.target = target->data };
	struct serve_reply reply;

	serve_reply_init(&reply);
	serve_answer(&app, &raw, &reply);
	buffer_clear(&text);
	buffer_format(&text, "%d %.*s", reply.status, (int)reply.body.size,
		reply.body.data ? reply.body.data : "");
	serve_reply_release(&reply);
	return text.data;
}

/* Behind `head` `count` times a name: its number between `before` and `after`
   (NULL: no number), and `tail`; the answer has `said`. */
static void expect(const char *head, const char *before, const char *after,
	size_t count, const char *tail, const char *said)
{
	struct buffer target;
	const char *got;

	buffer_init(&target);
	buffer_text(&target, head);
	for (size_t i = 0; i < count; i++) {
		buffer_text(&target, before);
		if (after)
			buffer_format(&target, "%zu%s", i, after);
	}
	buffer_text(&target, tail);
	got = answer(&target);
	cr_expect_not_null(
		strstr(got, said), "%s %zu: %.300s", head, count, got);
	buffer_release(&target);
}

Test(serve_limits, decisions_of_a_request)
{
	static const char head[] = "/api/v1/price?f.annual_tests=1&decision=";

	expect(head, "d", ",", SERVE_DECISIONS_MAX, "", "d0");
	expect(head, "d", ",", SERVE_DECISIONS_MAX + 1, "",
		"more than 256 decisions");
	/* one that is there already is not one more */
	expect(head, "d", ",", SERVE_DECISIONS_MAX, "d7", "no decision");
}

Test(serve_limits, what_a_sweep_varies)
{
	static const char head[] =
		"/api/v1/sweep?decision=points_sum&f.annual_tests=1";

	expect(head, "&vary=a", "%3D1", 16, "", "400 ");
	expect(head, "&vary=a", "%3D1", 17, "", "413 ");
	expect(head, "&vary=a", "%3D1", 17, "",
		"vary is given more than 16 times");
}

Test(serve_limits, where_a_solution_is_looked_for)
{
	static const char head[] =
		"/api/v1/solve?decision=rare_disease_coefficient"
		"&revision=r8&f.orphan_designated=true&for=annual_tests"
		"&so_that=coefficient%3E1&within=..";

	expect(head, "0", NULL, 124, "9", "200 ");
	expect(head, "0", NULL, 125, "9",
		"must be FROM..TO, of less than 128 bytes");
}

/* Who finds no place in time hears that, and nothing else. */
Test(serve_limits, waiting_for_a_place)
{
	cr_expect_eq(app.wait, SERVE_WAIT_MAX);
	app.wait = 0;
	cr_assert(serve_app_enter(&app, SERVE_LIGHT));
	expect("/api/v1/price?f.annual_tests=1", "", "", 0, "", "200 ");
	cr_assert(serve_app_enter(&app, SERVE_LIGHT));
	cr_expect_not(serve_app_enter(&app, SERVE_LIGHT));
	expect("/api/v1/price?f.annual_tests=1", "", "", 0, "", "503 ");
	expect("/api/v1/price?f.annual_tests=1", "", "", 0, "",
		"too many questions at once");
	serve_app_leave(&app, SERVE_LIGHT);
	expect("/api/v1/price?f.annual_tests=1", "", "", 0, "", "200 ");
	serve_app_leave(&app, SERVE_LIGHT);
}

Test(serve_limits, what_is_remembered)
{
	char *large = memory_zeroed(MEMO_BYTES_MAX + 1, 1);
	struct buffer out;

	cr_assert_not_null(large);
	buffer_init(&out);
	serve_memo_keep(app.memo, "at", large, MEMO_BYTES_MAX);
	serve_memo_keep(app.memo, "past", large, MEMO_BYTES_MAX + 1);
	cr_expect(serve_memo_find(app.memo, "at", &out));
	cr_expect_eq(out.size, MEMO_BYTES_MAX);
	cr_expect_not(serve_memo_find(app.memo, "past", &out));
	buffer_release(&out);
	memory_free(large);
}
