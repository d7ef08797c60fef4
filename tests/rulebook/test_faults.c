/*
 * Memory that runs out at any allocation of loading a book.
 */
#include <criterion/criterion.h>

#include <shokan/quotes.h>

#include "base/memory.h"
#include "rulebook/shelf.h"

Test(faults, loading_fails_cleanly_at_every_allocation)
{
	uint64_t total;
	int64_t before;
	shk_rulebook *book;

	memory_stats_reset();
	before = memory_stats().in_use;
	book = shelf_load(GOOD_BOOK);
	total = memory_stats().calls;
	shk_rulebook_free(book);
	cr_assert_eq(memory_stats().in_use, before);
	cr_assert_gt(total, 20u);
	for (uint64_t nth = 1; nth <= total; nth++) {
		shk_diag diag = { 0 };

		memory_fail_at(nth, nth % 2 == 0);
		cr_expect_eq(shk_rulebook_load(&book, GOOD_BOOK, &diag),
			SHK_E_MEMORY, "allocation %u: %s", (unsigned)nth,
			diag.message);
		memory_fail_at(0, false);
		cr_expect_null(book, "allocation %u", (unsigned)nth);
		cr_expect_eq(memory_stats().in_use, before,
			"leak at allocation %u", (unsigned)nth);
		shk_rulebook_free(book);
	}
}

static void verify_fails_at(uint64_t nth, int64_t before)
{
	shk_quote_counts counts;
	shk_diag diag = { 0 };

	memory_fail_at(nth, nth % 2 == 0);
	cr_expect_eq(
		shk_quotes_verify(GOOD_BOOK, NULL, NULL, NULL, &counts, &diag),
		SHK_E_MEMORY, "allocation %u: %s", (unsigned)nth, diag.message);
	memory_fail_at(0, false);
	cr_expect_eq(memory_stats().in_use, before, "leak at allocation %u",
		(unsigned)nth);
}

Test(faults, verifying_fails_cleanly_at_every_allocation)
{
	shk_quote_counts counts;
	shk_diag diag = { 0 };
	uint64_t total;
	int64_t before;

	memory_stats_reset();
	before = memory_stats().in_use;
	cr_assert_eq(
		shk_quotes_verify(GOOD_BOOK, NULL, NULL, NULL, &counts, &diag),
		SHK_OK, "%s", diag.message);
	total = memory_stats().calls;
	cr_expect_gt(counts.findings, 0u);
	for (uint64_t nth = 1; nth <= total; nth++)
		verify_fails_at(nth, before);
}
