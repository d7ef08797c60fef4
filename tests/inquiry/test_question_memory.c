/*
 * Edges and what to ask when memory runs out at the n-th allocation, for every
 * n: it is said, nothing is given, and the same pricer answers afterwards. The
 * same for what is written of them, in every format.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "base/memory.h"
#include "inquiry/ask.h"
#include "inquiry/edges.h"
#include "price/pricing.h"

static struct pricing pricing;

static void open_rules(void)
{
	pricing_open(&pricing, SOURCE_FOLDER "/rules");
	pricing.options.revision = "r8";
	pricing.decision = "rare_disease_coefficient";
}

static void close_rules(void)
{
	pricing_close(&pricing);
}

TestSuite(question_memory, .init = open_rules, .fini = close_rules);

static enum shk_code find(shk_pricer *pricer, const shk_record *record,
	bool ask, const void **out, shk_diag *diag)
{
	const shk_edges_options options = { .decision = pricing.decision };
	const shk_edges *edges = NULL;
	const shk_ask *asked = NULL;
	enum shk_code code;

	if (ask)
		code = shk_ask_find(
			&asked, pricer, record, pricing.decision, NULL, diag);
	else
		code = shk_edges_find(&edges, pricer, record, &options, diag);
	*out = ask ? (const void *)asked : (const void *)edges;
	return code;
}

static void check_every_allocation(bool ask)
{
	const shk_record *record = pricing_record(&pricing, "base_points=1000");
	shk_pricer *pricer = pricing_pricer(&pricing, "");
	uint64_t total;
	const void *out;
	shk_diag diag = { 0 };

	memory_stats_reset();
	cr_assert_eq(find(pricer, record, ask, &out, &diag), SHK_OK);
	total = memory_stats().calls;
	shk_pricer_free(pricer);
	cr_assert_gt(total, 3u);
	for (uint64_t nth = 1; nth <= total; nth++) {
		pricer = pricing_pricer(&pricing, "");
		memset(&diag, 0, sizeof(diag));
		memory_fail_at(nth, false);
		cr_expect_eq(find(pricer, record, ask, &out, &diag),
			SHK_E_MEMORY, "allocation %u of %u", (unsigned)nth,
			(unsigned)total);
		memory_fail_at(0, false);
		cr_expect_null(out);
		memset(&diag, 0, sizeof(diag));
		cr_expect_eq(find(pricer, record, ask, &out, &diag), SHK_OK,
			"after allocation %u: %s", (unsigned)nth, diag.message);
		shk_pricer_free(pricer);
	}
}

Test(question_memory, every_allocation_of_edges_may_fail)
{
	check_every_allocation(false);
}

Test(question_memory, every_allocation_of_ask_may_fail)
{
	check_every_allocation(true);
}

static bool swallow(void *context, const char *data, size_t size)
{
	(void)data;
	*(size_t *)context += size;
	return true;
}

static enum shk_code write_all(bool ask, const void *found, shk_diag *diag)
{
	size_t written = 0;
	const shk_sink sink = { &written, swallow };
	enum shk_code code = SHK_OK;

	for (int format = 0; format <= SHK_ASK_HTML && !code; format++)
		code = ask ? shk_ask_report(found, (enum shk_ask_format)format,
				     SHK_JAPANESE, sink, diag)
			   : shk_edges_report(found,
				     (enum shk_edges_format)format,
				     SHK_JAPANESE, sink, diag);
	return code;
}

static void check_every_writer(bool ask, const char *facts)
{
	const shk_record *record = pricing_record(&pricing, facts);
	shk_pricer *pricer = pricing_pricer(&pricing, "");
	const void *found;
	uint64_t total;
	shk_diag diag = { 0 };

	cr_assert_eq(find(pricer, record, ask, &found, &diag), SHK_OK);
	memory_stats_reset();
	cr_assert_eq(write_all(ask, found, &diag), SHK_OK, "%s", diag.message);
	total = memory_stats().calls;
	cr_assert_gt(total, 3u);
	for (uint64_t at = 0; at < 2 * total; at++) {
		memset(&diag, 0, sizeof(diag));
		memory_fail_at(at / 2 + 1, at % 2);
		cr_expect_eq(write_all(ask, found, &diag), SHK_E_MEMORY,
			"allocation %u of %u, %s", (unsigned)(at / 2 + 1),
			(unsigned)total, at % 2 ? "and all after it" : "alone");
		memory_fail_at(0, false);
	}
	shk_pricer_free(pricer);
}

Test(question_memory, every_allocation_of_what_is_written_may_fail)
{
	check_every_writer(false,
		"orphan_designated=true;indication_aid=true;base_points=1000");
	check_every_writer(true, "base_points=1000");
}
