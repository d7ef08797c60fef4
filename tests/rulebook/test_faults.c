/*
 * Memory that runs out at any allocation of loading a book, and at any place of
 * what else is done with one: packs, keys, quotes, policies, what is shown and
 * checked.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <shokan/check.h>
#include <shokan/quotes.h>

#include "base/file.h"
#include "base/memory.h"
#include "rulebook/rulebook.h"
#include "rulebook/shelf.h"
#include "support/faults.h"

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

static char place[64], pack[96], key[96], public_key[96];

static void place_open(void)
{
	snprintf(place, sizeof(place), "/tmp/fault_test_XXXXXX");
	cr_assert_not_null(mkdtemp(place));
	snprintf(pack, sizeof(pack), "%s/book.pack", place);
	snprintf(key, sizeof(key), "%s/key", place);
	snprintf(public_key, sizeof(public_key), "%s/key.pub", place);
}

static void place_close(void)
{
	unlink(pack);
	unlink(key);
	unlink(public_key);
	cr_expect_eq(rmdir(place), 0);
}

static bool swallow(void *context, const char *data, size_t size)
{
	(void)data;
	*(size_t *)context += size;
	return true;
}

static enum shk_code call_load(void *context, shk_diag *diag)
{
	shk_rulebook *book = NULL;
	enum shk_code code = shk_rulebook_load(&book, context, diag);

	shk_rulebook_free(book);
	return code;
}

static enum shk_code call_open(void *context, shk_diag *diag)
{
	static const char *const wanted[] = { "new_fee" };
	const shk_rulebook_options options = { .decisions = wanted,
		.decision_count = 1,
		.revision = "r2",
		.key = context };
	shk_rulebook *book = NULL;
	enum shk_code code = shk_rulebook_open(&book, pack, &options, diag);

	shk_rulebook_free(book);
	return code;
}

static enum shk_code call_pack(void *context, shk_diag *diag)
{
	size_t seen = 0;

	return shk_rulebook_pack(context, (shk_sink){ &seen, swallow }, diag);
}

static enum shk_code call_sign(void *context, shk_diag *diag)
{
	size_t seen = 0;

	return shk_rulebook_sign(
		pack, context, (shk_sink){ &seen, swallow }, diag);
}

static enum shk_code call_verify(void *context, shk_diag *diag)
{
	shk_pack out;

	return shk_rulebook_verify(pack, context, &out, diag);
}

/* The pack in the file, signed. */
static void put_signed(void)
{
	struct buffer bytes;
	shk_diag diag = { 0 };

	buffer_init(&bytes);
	for (int i = 0; i < 2; i++) {
		FILE *stream;

		buffer_clear(&bytes);
		cr_assert_eq(i ? shk_rulebook_sign(
					 pack, key, shelf_sink(&bytes), &diag)
			       : shk_rulebook_pack(
					 GOOD_BOOK, shelf_sink(&bytes), &diag),
			SHK_OK, "%s", diag.message);
		stream = fopen(pack, "wb");
		cr_assert_not_null(stream);
		cr_assert_eq(
			fwrite(bytes.data, 1, bytes.size, stream), bytes.size);
		cr_assert_eq(fclose(stream), 0);
	}
	buffer_release(&bytes);
}

Test(faults, every_place_of_books_and_packs)
{
	static char folder[] = GOOD_BOOK;
	shk_diag diag = { 0 };

	faults_open();
	place_open();
	faults_each("load", call_load, folder, 80);
	faults_each("pack", call_pack, folder, 20);
	cr_assert_eq(shk_rulebook_keygen(key, &diag), SHK_OK);
	put_signed();
	faults_each("sign", call_sign, key, 20);
	faults_each("verify", call_verify, public_key, 20);
	faults_each("open", call_open, public_key, 20);
	place_close();
	faults_close();
}

static enum shk_code call_show(void *context, shk_diag *diag)
{
	static const char *const names[] = { "fee", "new_fee", "fee.limit" };
	size_t seen = 0;
	const shk_sink sink = { &seen, swallow };
	enum shk_code code = SHK_OK;

	for (int i = 0; i < 2 && !code; i++) {
		code = shk_rulebook_list(
			context, (enum shk_language)i, sink, diag);
		if (!code)
			code = shk_rulebook_show(context, names[i], NULL, i,
				(enum shk_language)i, sink, diag);
		if (!code)
			code = shk_rulebook_sources(
				context, (enum shk_language)i, sink, diag);
	}
	return code;
}

static bool hear_table(void *context, const shk_table_check *table)
{
	*(size_t *)context += table->line > 0;
	return true;
}

static enum shk_code call_check(void *context, shk_diag *diag)
{
	size_t seen = 0;
	enum shk_code code =
		shk_rulebook_check(context, NULL, hear_table, &seen, diag);

	if (!code)
		code = shk_rulebook_certify(
			context, NULL, (shk_sink){ &seen, swallow }, diag);
	return code;
}

static enum shk_code call_policy(void *context, shk_diag *diag)
{
	shk_policy *policy = NULL;
	enum shk_code code = shk_policy_new(&policy, context, diag);

	if (!code)
		code = policy_set(policy, text_of("limit"), text_of("12.50"),
			"board", diag);
	if (!code)
		code = shk_policy_set(policy, "mode", "up", diag);
	shk_policy_free(policy);
	return code;
}

Test(faults, every_place_of_what_is_asked_of_a_book)
{
	shk_rulebook *book;

	faults_open();
	book = shelf_load(GOOD_BOOK);
	faults_each("show", call_show, book, 5);
	faults_each("check", call_check, book, 5);
	faults_each("policy", call_policy, book, 3);
	shk_rulebook_free(book);
	faults_close();
}

static bool hear(void *context, const shk_quote_finding *finding)
{
	(void)finding;
	++*(size_t *)context;
	return true;
}

static enum shk_code call_quotes(void *context, shk_diag *diag)
{
	shk_quote_counts counts;
	size_t seen = 0;

	return shk_quotes_verify(context, place, hear, &seen, &counts, diag);
}

static enum shk_code call_hash(void *context, shk_diag *diag)
{
	size_t seen = 0;

	return shk_quotes_hash(context, (shk_sink){ &seen, swallow }, diag);
}

Test(faults, every_place_of_quotes)
{
	static char folder[] = GOOD_BOOK;

	faults_open();
	place_open();
	faults_each("verify", call_quotes, folder, 20);
	faults_each("hash", call_hash, folder, 5);
	place_close();
	faults_close();
}
