/*
 * The pages on which a person asks, without a network: what a list becomes,
 * which state each field is in, and want of memory at any allocation.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "serve/route.h"

static struct serve_app app;
static struct buffer page;
static const char *sent; /* a form with a file, or NULL */

#define MARK "--m\r\nContent-Disposition: form-data; name=\""
#define FORM(more)                                                             \
	MARK "lang\"\r\n\r\nen\r\n" more MARK                                  \
	     "file\"; filename=\"a.csv\"\r\n\r\n"                              \
	     "id,orphan_designated,annual_tests\nA,true,150\nB,true,8oo\n"     \
	     "\r\n--m--\r\n"

static void open_app(void)
{
	const struct serve_options options = { .rules = SOURCE_FOLDER "/rules",
		.threads = 2 };
	shk_diag diag = { 0 };

	cr_assert_eq(serve_app_open(&app, &options, &diag), SHK_OK, "%s",
		diag.message);
	buffer_init(&page);
}

static void close_app(void)
{
	buffer_release(&page);
	serve_app_close(&app);
}

TestSuite(page, .init = open_app, .fini = close_app);

/* Its status; its bytes stay in `page`. */
static int get(const char *target)
{
	const struct serve_raw raw = { .method = sent ? "POST" : "GET",
		.target = target,
		.content_type = sent ? "multipart/form-data; boundary=m" : NULL,
		.body = text_of(sent ? sent : "") };
	struct serve_reply reply;
	int status;

	serve_reply_init(&reply);
	serve_answer(&app, &raw, &reply);
	status = reply.status;
	buffer_clear(&page);
	buffer_add(&page, reply.body.data, reply.body.size);
	serve_reply_release(&reply);
	return status;
}

static void expect(const char *target, const char *what)
{
	cr_expect_not_null(strstr(page.data, what), "%s: no %s in\n%s", target,
		what, page.data);
}

#define RARE  "/ask?lang=en&decision=rare_disease_coefficient"
#define ABOVE "/ask?lang=en&decision=above_price_pattern"

Test(page, lists_as_they_are_typed)
{
	static const struct {
		const char *typed, *link;
	} rows[] = {
		{ "A:60%0D%0AB:40", "f.shares=A:60|B:40&amp;" },
		{ "%20A:60%20%0A%0A%20B:40%20%0A", "f.shares=A:60|B:40&amp;" },
		{ "A:60|B:40", "f.shares=A:60|B:40&amp;" },
		{ "A:60|%0AB:40", "f.shares=A:60|B:40&amp;" },
		{ "A%20Co.,%20Ltd.:60", "f.shares=A%20Co.,%20Ltd.:60&amp;" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char target[256];

		snprintf(target, sizeof(target), "%s&f.shares=%s", ABOVE,
			rows[i].typed);
		cr_expect_eq(get(target), 200);
		expect(target, rows[i].link);
	}
	/* nothing but blanks and line ends is nothing */
	cr_expect_eq(get(ABOVE "&f.shares=%20%0D%0A%20"), 200);
	cr_expect_null(strstr(page.data, "f.shares=%"));
	expect("blanks", "<span class=\"state missing\" id=\"s-f-shares\">");
}

Test(page, states)
{
	static const struct {
		const char *more, *what;
	} rows[] = {
		{ "", "state missing\" id=\"s-f-annual_tests\"" },
		{ "&f.orphan_designated=true",
			"state alone\" id=\"s-f-annual_tests\"" },
		{ "&f.orphan_designated=true&f.annual_tests=1",
			"state used\" id=\"s-f-annual_tests\"" },
		{ "&f.orphan_designated=true&f.annual_tests=1",
			"state idle\" id=\"s-f-indication_aid\"" },
		{ "&f.annual_tests=x",
			"state wrong\" id=\"s-f-annual_tests\"" },
		{ "&f.orphan_designated=true&f.annual_tests=1&f.base_points=5",
			"state alone\" id=\"s-p-points_rounding\"" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char target[256];

		snprintf(target, sizeof(target), "%s%s", RARE, rows[i].more);
		cr_expect_eq(get(target), 200);
		expect(target, rows[i].what);
	}
}

/* Names that no field has are kept; those that cannot be are told. */
Test(page, what_the_form_does_not_ask)
{
	cr_expect_eq(get(RARE "&f.pieces=3&f.name=%22x"), 200);
	expect("pieces", "name=\"f.pieces\" value=\"3\"");
	expect("name", "name=\"f.name\" value=\"&quot;x\"");
	/* a list of another question, typed in lines */
	cr_expect_eq(get(RARE "&f.shares=A:60%0D%0AB:40"), 200);
	expect("shares", "name=\"f.shares\" value=\"A:60|B:40\"");
	expect("shares", "f.shares=A:60|B:40&amp;");
	cr_expect_eq(get(RARE "&f.pieces=x"), 200);
	expect("pieces", "<li><code>f.pieces</code>: ");
	cr_expect_null(strstr(page.data, "name=\"f.pieces\""));
	cr_expect_eq(get(RARE "&f.piece=1"), 200);
	expect("piece", "pieces");
}

static bool is_same(const struct buffer *whole)
{
	return page.size == whole->size &&
	       memcmp(page.data, whole->data, whole->size) == 0;
}

/* A page is whole, or it is told that there is none; then all is as before. */
static void every_allocation(const char *target)
{
	struct buffer whole;
	uint64_t total;

	cr_assert_eq(get(target), 200);
	buffer_init(&whole);
	buffer_add(&whole, page.data, page.size);
	memory_stats_reset();
	cr_assert_eq(get(target), 200);
	total = memory_stats().calls;
	for (uint64_t nth = 1; nth <= total; nth++) {
		int status;

		memory_fail_at(nth, false);
		status = get(target);
		memory_fail_at(0, false);
		/* 200: it did without, and nobody sees it */
		cr_expect(status == 503 || (status == 200 && is_same(&whole)),
			"%s, allocation %u: status %d: %s", target,
			(unsigned)nth, status, page.data);
		cr_expect_eq(get(target), 200);
		cr_expect(is_same(&whole), "%s, after allocation %u", target,
			(unsigned)nth);
	}
	buffer_release(&whole);
}

Test(page, every_allocation_may_fail)
{
	every_allocation("/");
	every_allocation(RARE "&f.annual_tests=150&p.points_rounding=floor");
	every_allocation(RARE "&f.annual_tests=1,5&f.name=x&as_of=x");
	every_allocation("/report?decision=price_rounding&f.new_price=1");
	every_allocation("/rules/r8-price_rounding.html");
	every_allocation("/compare?decision=price_rounding&f.new_price=1");
	sent = FORM("");
	every_allocation("/upload");
	every_allocation("/compare");
	sent = FORM(MARK "format\"\r\n\r\nxlsx\r\n");
	every_allocation("/upload");
	sent = NULL;
}
