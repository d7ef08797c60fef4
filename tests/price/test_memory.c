/*
 * Memory: nothing is allocated for a record after the first ones, and every
 * allocation may fail.
 */
#include <criterion/criterion.h>
#include <stdio.h>

#include "base/memory.h"
#include "price/pricing.h"

static const char *const records[] = { "n=2;x=3;word=a;flag=true", "", "word=a",
	"x=5;y=1;sum=7", "share=59", "k1=60;k2=60;k3=60;k8=0",
	"as_of=2019-01-01;day=2023-03-31;x=5", "lane=outside", "word=b;n=3" };

#define RECORDS (sizeof(records) / sizeof(*records))

static enum shk_code ignore(void *context, const shk_result *result)
{
	*(size_t *)context += result->output_count;
	return SHK_OK;
}

static void price_all(struct pricing *pricing, shk_pricer *pricer, int times)
{
	size_t outputs = 0;

	for (int i = 0; i < times; i++) {
		const shk_record *record =
			pricing_record(pricing, records[i % RECORDS]);
		shk_diag diag = { 0 };

		cr_assert_eq(shk_pricer_price(
				     pricer, record, ignore, &outputs, &diag),
			SHK_OK, "%s: %s", records[i % RECORDS], diag.message);
	}
	cr_assert_gt(outputs, 0u);
}

/* Decisions without "heavy", whose search is long. */
static const char *const light[] = { "edge", "top", "swap", "jumping", "same",
	"limited", "type", "words", "graded", "agree", "total", "large", "size",
	"asked", "held", "reaches", "known_only" };

Test(memory, pricing_allocates_nothing_after_the_first_records)
{
	struct pricing pricing;
	shk_pricer *pricer;

	pricing_open(&pricing, SMALL_BOOK);
	pricing.options.steps = true;
	pricing.options.decisions = light;
	pricing.options.decision_count = sizeof(light) / sizeof(*light);
	pricer = pricing_pricer(&pricing, "");
	price_all(&pricing, pricer, 2 * RECORDS);
	memory_stats_reset();
	price_all(&pricing, pricer, 1000);
	cr_expect_eq(memory_stats().calls, 0u, "%u allocations",
		(unsigned)memory_stats().calls);
	shk_pricer_free(pricer);
	pricing_close(&pricing);
}

/*
 * A search of thousands of cells needs hardly more memory than one: the
 * chunks of its arenas grow to a megabyte each, and there are few of them.
 */
Test(memory, a_long_search_gives_its_memory_back)
{
	struct pricing pricing;
	shk_pricer *pricer;

	pricing_open(&pricing, SMALL_BOOK);
	pricing.decision = "heavy";
	pricer = pricing_pricer(&pricing, "");
	price_all(&pricing, pricer, 1);
	memory_stats_reset();
	price_all(&pricing, pricer, 2);
	cr_expect_lt(memory_stats().calls, 24u, "%u allocations",
		(unsigned)memory_stats().calls);
	shk_pricer_free(pricer);
	pricing_close(&pricing);
}

static void new_fails_cleanly(struct pricing *pricing)
{
	uint64_t total;
	int64_t before;
	shk_pricer *pricer;
	shk_diag diag = { 0 };

	memory_stats_reset();
	before = memory_stats().in_use;
	cr_assert_eq(shk_pricer_new(&pricer, pricing->book, pricing->schema,
			     &pricing->options, &diag),
		SHK_OK);
	total = memory_stats().calls;
	shk_pricer_free(pricer);
	cr_assert_gt(total, 3u);
	for (uint64_t nth = 1; nth <= total; nth++) {
		memset(&diag, 0, sizeof(diag));
		memory_fail_at(nth, nth % 2 == 0);
		cr_expect_eq(shk_pricer_new(&pricer, pricing->book,
				     pricing->schema, &pricing->options, &diag),
			SHK_E_MEMORY, "allocation %u", (unsigned)nth);
		memory_fail_at(0, false);
		cr_expect_null(pricer);
		cr_expect_eq(memory_stats().in_use, before);
	}
}

/* Price one record with a fresh pricer whose nth allocation fails. */
static enum shk_code price_failing(struct pricing *pricing, const char *text,
	uint64_t nth, uint64_t *calls)
{
	const shk_record *record = pricing_record(pricing, text);
	shk_pricer *pricer;
	shk_diag diag = { 0 };
	size_t outputs = 0;
	enum shk_code code;

	cr_assert_eq(shk_pricer_new(&pricer, pricing->book, pricing->schema,
			     &pricing->options, &diag),
		SHK_OK);
	memory_stats_reset();
	memory_fail_at(nth, true);
	code = shk_pricer_price(pricer, record, ignore, &outputs, &diag);
	memory_fail_at(0, false);
	*calls = memory_stats().calls;
	cr_expect_eq(diag.code, code, "allocation %u: diag %d, code %d",
		(unsigned)nth, (int)diag.code, (int)code);
	shk_pricer_free(pricer);
	return code;
}

#define DAYS 3360 /* kinds of records: their arenas grow on the way */

/* A record of each day is added, some are asked twice; the first failure. */
static enum shk_code prepare_and_ask(
	struct pricing *pricing, shk_prepared *prepared, shk_diag *diag)
{
	enum shk_code code = SHK_OK;

	for (unsigned i = 0; i < DAYS && !code; i++) {
		size_t count = shk_prepared_count(prepared);
		const shk_result *result;
		char text[64];

		snprintf(text, sizeof(text), "as_of=%u-%02u-%02u;n=2;x=3",
			2020 + i / 336, 1 + i / 28 % 12, 1 + i % 28);
		code = shk_prepared_add(
			prepared, pricing_record(pricing, text), diag);
		cr_expect_eq(shk_prepared_count(prepared),
			count + (code == SHK_OK), "%s", text);
		for (int k = 0; k < 2 && !code && i % 240 == 0; k++) {
			code = shk_prepared_answer(
				prepared, count, &result, diag);
			cr_expect(code || result, "%s", text);
		}
	}
	return code;
}

/* The nth allocation of what is prepared fails, alone or as the first. */
static enum shk_code prepare_failing(
	struct pricing *pricing, uint64_t nth, bool stays, uint64_t *calls)
{
	shk_diag diag = { 0 };
	shk_prepared *prepared;
	shk_pricer *pricer;
	enum shk_code code;

	/* its own memory is not what is looked at */
	(void)pricing_record(pricing, "as_of=2020-01-01;n=2;x=3");
	cr_assert_eq(shk_pricer_new(&pricer, pricing->book, pricing->schema,
			     &pricing->options, &diag),
		SHK_OK);
	memory_stats_reset();
	memory_fail_at(nth, stays);
	code = shk_prepared_new(&prepared, pricer, "top", &diag);
	cr_expect_eq(prepared == NULL, code != SHK_OK);
	if (!code)
		code = prepare_and_ask(pricing, prepared, &diag);
	memory_fail_at(0, false);
	*calls = memory_stats().calls;
	cr_expect_eq(diag.code, code, "allocation %u", (unsigned)nth);
	/* when there is memory again it goes on as if nothing had been */
	if (prepared)
		cr_expect_eq(prepare_and_ask(pricing, prepared, &diag), SHK_OK);
	shk_prepared_free(prepared);
	shk_pricer_free(pricer);
	return code;
}

Test(memory, every_allocation_of_prepared_records_may_fail)
{
	struct pricing pricing;
	uint64_t total, calls;
	int64_t before;

	pricing_open(&pricing, SMALL_BOOK);
	cr_assert_eq(prepare_failing(&pricing, 0, false, &total), SHK_OK);
	cr_assert_gt(total, 5u);
	before = memory_stats().in_use;
	for (uint64_t nth = 1; nth <= 2 * total; nth++)
		cr_expect_eq(prepare_failing(&pricing, (nth + 1) / 2,
				     nth % 2 == 0, &calls),
			SHK_E_MEMORY, "allocation %u of %u",
			(unsigned)(nth + 1) / 2, (unsigned)total);
	cr_expect_eq(memory_stats().in_use, before);
	pricing_close(&pricing);
}

Test(memory, every_allocation_may_fail)
{
	struct pricing pricing;

	pricing_open(&pricing, SMALL_BOOK);
	pricing.options.steps = true;
	pricing.options.decisions = light;
	pricing.options.decision_count = sizeof(light) / sizeof(*light);
	new_fails_cleanly(&pricing);
	for (size_t i = 0; i < RECORDS; i++) {
		uint64_t total, calls;
		int64_t before;

		cr_assert_eq(
			price_failing(&pricing, records[i], 0, &total), SHK_OK);
		before = memory_stats().in_use;
		for (uint64_t nth = 1; nth <= total; nth++)
			cr_expect_eq(price_failing(
					     &pricing, records[i], nth, &calls),
				SHK_E_MEMORY, "%s: allocation %u of %u",
				records[i], (unsigned)nth, (unsigned)total);
		cr_expect_eq(memory_stats().in_use, before);
	}
	pricing_close(&pricing);
}

/* What other roundings would give takes many evaluations, and more memory. */
Test(memory, every_allocation_of_roundings_may_fail)
{
	static const char *const decision = "price_rounding";
	static const char record[] = "calculated_price=232500";
	struct pricing pricing;
	uint64_t total, calls;
	int64_t before;

	pricing_open(&pricing, SOURCE_FOLDER "/rules");
	pricing.options.revision = "r8";
	pricing.options.roundings = true;
	pricing.options.decisions = &decision;
	pricing.options.decision_count = 1;
	cr_assert_eq(price_failing(&pricing, record, 0, &total), SHK_OK);
	before = memory_stats().in_use;
	cr_assert_gt(total, 2u);
	for (uint64_t nth = 1; nth <= total; nth++)
		cr_expect_eq(price_failing(&pricing, record, nth, &calls),
			SHK_E_MEMORY, "allocation %u of %u", (unsigned)nth,
			(unsigned)total);
	cr_expect_eq(memory_stats().in_use, before);
	pricing_close(&pricing);
}
