/*
 * Memory that runs out: whichever allocation fails, the check, the certificate
 * and its checker say so, and nothing untrue is accepted.
 */
#include <criterion/criterion.h>
#include <string.h>

#include <shokan/check.h>

#include "base/memory.h"
#include "certify/certify.h"
#include "certify/world.h"

#define TABLES	  6
#define TRIES_MAX 100000

TestSuite(certify_memory, .timeout = 120, .fini = world_close);

static bool buffer_write(void *context, const char *data, size_t size)
{
	struct buffer *out = context;

	buffer_add(out, data, size);
	return !out->failed;
}

static bool take_all(void *context, const shk_table_check *table)
{
	(void)context;
	return table != NULL;
}

static const char *open_world(shk_rulebook **book)
{
	struct world_table tables[TABLES];
	uint64_t seed = 42;
	struct buffer text;
	shk_diag diag = { 0 };
	const char *folder;

	buffer_init(&text);
	for (size_t i = 0; i < TABLES; i++)
		world_table(&seed, i, &tables[i], &text);
	folder = world_open(text.data);
	cr_assert_eq(shk_rulebook_load(book, folder, &diag), SHK_OK, "%s",
		diag.message);
	buffer_release(&text);
	return folder;
}

Test(certify_memory, check_and_certificate)
{
	shk_rulebook *book = NULL;
	enum shk_code code = SHK_E_MEMORY;
	uint64_t nth = 0;

	open_world(&book);
	for (nth = 1; code != SHK_OK && nth < TRIES_MAX; nth++) {
		shk_diag diag = { 0 };

		memory_fail_at(nth, false);
		code = shk_rulebook_check(book, NULL, take_all, NULL, &diag);
		memory_fail_at(0, false);
		cr_assert(code == SHK_OK || code == SHK_E_MEMORY,
			"allocation %llu: %s", (unsigned long long)nth,
			diag.message);
	}
	cr_expect_gt(nth, 10);
	code = SHK_E_MEMORY;
	for (nth = 1; code != SHK_OK && nth < TRIES_MAX; nth++) {
		struct buffer text;
		shk_diag diag = { 0 };

		buffer_init(&text);
		memory_fail_at(nth, false);
		code = shk_rulebook_certify(
			book, NULL, (shk_sink){ &text, buffer_write }, &diag);
		memory_fail_at(0, false);
		cr_assert(code == SHK_OK || code == SHK_E_MEMORY ||
				  code == SHK_E_IO,
			"allocation %llu: %s", (unsigned long long)nth,
			diag.message);
		buffer_release(&text);
	}
	cr_expect_gt(nth, 10);
	shk_rulebook_free(book);
}

Test(certify_memory, checker)
{
	shk_rulebook *book = NULL;
	const char *folder = open_world(&book);
	bool done = false;
	struct buffer text;
	shk_diag diag = { 0 };
	uint64_t nth;

	buffer_init(&text);
	cr_assert_eq(shk_rulebook_certify(book, NULL,
			     (shk_sink){ &text, buffer_write }, &diag),
		SHK_OK);
	shk_rulebook_free(book);
	for (nth = 1; !done && nth < TRIES_MAX; nth++) {
		struct verdict verdict;
		struct models models;
		enum shk_code code;

		verdict_init(&verdict);
		memset(&diag, 0, sizeof(diag));
		memory_fail_at(nth, false);
		code = models_read(&models, folder, &diag);
		if (code == SHK_OK)
			certify(&models, (struct text){ text.data, text.size },
				&verdict);
		memory_fail_at(0, false);
		cr_assert(code == SHK_OK || code == SHK_E_MEMORY,
			"allocation %llu: %s", (unsigned long long)nth,
			diag.message);
		if (code == SHK_OK && !verdict.accepted)
			cr_assert_not_null(
				strstr(verdict.why, "memory ran out"),
				"allocation %llu: %s", (unsigned long long)nth,
				verdict.why);
		done = verdict.accepted;
		verdict_release(&verdict);
		models_release(&models);
	}
	cr_expect(done);
	cr_expect_gt(nth, 10);
	buffer_release(&text);
}
