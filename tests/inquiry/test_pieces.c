/*
 * Answers as pieces of a page: what stands in them, in both languages, whole
 * lists, and nothing of a record that could break the page.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "price/pricing.h"

static struct pricing pricing;
static struct buffer out;

static void open_rules(void)
{
	pricing_open(&pricing, SOURCE_FOLDER "/rules");
	pricing.options.revision = "r8";
	pricing.options.steps = true;
	buffer_init(&out);
}

static void close_rules(void)
{
	buffer_release(&out);
	pricing_close(&pricing);
}

TestSuite(pieces, .init = open_rules, .fini = close_rules);

static bool keep(void *context, const char *data, size_t size)
{
	buffer_add(context, data, size);
	return !((struct buffer *)context)->failed;
}

static const shk_sink sink = { &out, keep };

static size_t count(const char *what)
{
	size_t found = 0;

	for (const char *at = out.data; (at = strstr(at, what)) != NULL; at++)
		found++;
	return found;
}

static void expect(const char *what)
{
	cr_expect_not_null(
		strstr(out.data, what), "no %s in:\n%s", what, out.data);
}

static void expect_whole(void)
{
	static const char *const tags[] = { "ul", "li", "h2", "h3", "p", "a",
		"article", "div", "section" };

	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
		char begin[16], more[16], end[16];

		snprintf(begin, sizeof(begin), "<%s>", tags[i]);
		snprintf(more, sizeof(more), "<%s ", tags[i]);
		snprintf(end, sizeof(end), "</%s>", tags[i]);
		cr_expect_eq(count(begin) + count(more), count(end),
			"%s in\n%s", tags[i], out.data);
	}
	cr_expect_eq(count("<html") + count("<style") + count("<body"), 0u);
}

static void edges(const char *record, enum shk_language language)
{
	const shk_edges_options options = { .decision = pricing.decision };
	shk_pricer *pricer = pricing_pricer(&pricing, "");
	const shk_edges *found = NULL;
	shk_diag diag = { 0 };

	buffer_clear(&out);
	cr_assert_eq(shk_edges_find(&found, pricer,
			     pricing_record(&pricing, record), &options, &diag),
		SHK_OK, "%s", diag.message);
	cr_assert_eq(
		shk_edges_report(found, SHK_EDGES_HTML, language, sink, &diag),
		SHK_OK);
	shk_pricer_free(pricer);
	expect_whole();
}

/* 200, 400, 600, 800 tests a year: spec, section 1 */
Test(pieces, edges)
{
	pricing.decision = "rare_disease_coefficient";
	edges("orphan_designated=true;indication_aid=true;annual_tests=150",
		SHK_ENGLISH);
	expect("<h3>expected tests a year = 150</h3>\n<ul class=\"edges\">\n"
	       "<li class=\"today\">to 199: 1.5  [today]</li>\n"
	       "<li>from 200 to 399: 1.4  [nearest, 50 away; ");
	expect("<p>Whatever they are, nothing changes: ");
	edges("orphan_designated=true;indication_aid=true;annual_tests=150",
		SHK_JAPANESE);
	expect("<h3>年間検査回数 (推定) = 150</h3>\n");
	cr_expect_null(strstr(out.data, "annual_tests ="));
}

static void ask(const char *record)
{
	shk_pricer *pricer = pricing_pricer(&pricing, "");
	const shk_ask *found = NULL;
	shk_diag diag = { 0 };

	buffer_clear(&out);
	cr_assert_eq(
		shk_ask_find(&found, pricer, pricing_record(&pricing, record),
			pricing.decision, NULL, &diag),
		SHK_OK, "%s", diag.message);
	cr_assert_eq(
		shk_ask_report(found, SHK_ASK_HTML, SHK_ENGLISH, sink, &diag),
		SHK_OK);
	shk_pricer_free(pricer);
	expect_whole();
}

Test(pieces, what_is_to_be_found_out)
{
	pricing.decision = "rare_disease_coefficient";
	ask("orphan_designated=true;indication_aid=true");
	expect("<h3>Each of these decides, whatever they are:</h3>\n"
	       "<ul class=\"todo\">\n<li>expected tests a year</li>\n</ul>");
	expect("<p>between 1.1 and 1.5; expected tests a year decides</p>");
	ask("orphan_designated=true;indication_aid=true;annual_tests=150");
	cr_expect_str_eq(out.data, "<p>there is nothing to find out</p>\n");
}

static enum shk_code take(void *context, const shk_result *result)
{
	shk_diag diag = { 0 };

	return shk_report_result(context, result, &diag);
}

static void price(const char *record, enum shk_piece piece)
{
	const shk_report_options options = { .format = SHK_REPORT_HTML,
		.piece = piece };
	shk_pricer *pricer = pricing_pricer(&pricing, "");
	shk_report *report = NULL;
	shk_diag diag = { 0 };

	buffer_clear(&out);
	cr_assert_eq(shk_report_new(&report, &options, sink, &diag), SHK_OK);
	cr_assert_eq(shk_pricer_price(pricer, pricing_record(&pricing, record),
			     take, report, &diag),
		SHK_OK);
	cr_assert_eq(shk_report_finish(report, &diag), SHK_OK);
	shk_report_free(report);
	shk_pricer_free(pricer);
	expect_whole();
}

Test(pieces, the_answer)
{
	pricing.decision = "rare_disease_coefficient";
	price("orphan_designated=true;indication_aid=true;base_points=1235",
		SHK_PIECE_ANSWER);
	expect("<article>\n<p class=\"meta\">coefficient for rare-disease");
	expect("<li><a href=\"#f-annual_tests\">expected tests a year</a>");
	cr_expect_eq(count("Facts given") + count("<table") + count("Proof") +
			     count("Sources"),
		0u);
	price("orphan_designated=true;indication_aid=true;base_points=1235;"
	      "annual_tests=150",
		SHK_PIECE_ANSWER);
	expect("<li><a href=\"#p-points_rounding\">rounding of points</a>");
	pricing.decision = "unprofitable_recalculation";
	price("shares=<b>&x:60", SHK_PIECE_PROOF);
	cr_expect_null(strstr(out.data, "<b>"));
}

Test(pieces, the_proof)
{
	pricing.decision = "rare_disease_coefficient";
	price("orphan_designated=true;annual_tests=150", SHK_PIECE_PROOF);
	expect("<article>\n<h3>Proof</h3>");
	expect("<section><h2>Evidence levels</h2>");
	cr_expect_eq(count("class=\"answer") + count("<svg"), 0u);
}
