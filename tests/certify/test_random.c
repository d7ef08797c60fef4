/*
 * Random tables: what the check finds is what trying every value finds, and
 * the small checker accepts the certificate of every one of them.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <shokan/check.h>

#include "certify/damage.h"
#include "certify/world.h"

#define TABLES 400

TestSuite(certify_random, .timeout = 120, .fini = world_close);

struct finding_of {
	const struct world_table *tables;
	size_t told;
	size_t gaps, overlaps, unreachable; /* in all */
};

static bool buffer_write(void *context, const char *data, size_t size)
{
	buffer_add(context, data, size);
	return true;
}

static bool compare(void *context, const shk_table_check *check)
{
	struct finding_of *all = context;
	size_t number = strtoul(check->decision + 1, NULL, 10);
	const struct world_table *table = &all->tables[number];
	bool overlap[WORLD_ROWS_MAX][WORLD_ROWS_MAX] = { { false } };
	bool dead[WORLD_ROWS_MAX] = { false };
	bool gap = false;
	struct world_truth truth;

	world_try(table, &truth);
	all->told++;
	for (size_t i = 0; i < check->finding_count; i++) {
		const shk_table_finding *finding = &check->findings[i];

		cr_assert_neq(finding->fault, SHK_TABLE_UNCHECKED, "d%zu: %s",
			number, finding->why);
		if (finding->fault == SHK_TABLE_GAP)
			gap = true;
		else if (finding->fault == SHK_TABLE_OVERLAP)
			overlap[finding->row - 1][finding->other - 1] = true;
		else
			dead[finding->row - 1] = true;
		all->gaps += finding->fault == SHK_TABLE_GAP;
		all->overlaps += finding->fault == SHK_TABLE_OVERLAP;
		all->unreachable += finding->fault == SHK_TABLE_UNREACHABLE;
	}
	cr_expect_eq(gap, truth.gap, "d%zu", number);
	for (size_t a = 0; a < table->row_count; a++) {
		cr_expect_eq(dead[a], !truth.reached[a], "d%zu row %zu", number,
			a + 1);
		for (size_t b = a + 1; b < table->row_count; b++)
			cr_expect_eq(overlap[a][b],
				truth.overlap[a][b] && !table->collect,
				"d%zu rows %zu, %zu", number, a + 1, b + 1);
	}
	return true;
}

/* Decisions d0, d1, ... and the book around them. */
static shk_rulebook *book_of(
	uint64_t seed, struct world_table tables[TABLES], const char **folder)
{
	shk_rulebook *book = NULL;
	struct buffer text;
	shk_diag diag = { 0 };

	buffer_init(&text);
	for (size_t i = 0; i < TABLES; i++)
		world_table(&seed, i, &tables[i], &text);
	cr_assert_not(text.failed);
	*folder = world_open(text.data);
	cr_assert_eq(shk_rulebook_load(&book, *folder, &diag), SHK_OK,
		"%s:%ld: %s", diag.path, diag.line, diag.message);
	buffer_release(&text);
	return book;
}

Test(certify_random, agrees_with_trying_every_value)
{
	static struct world_table tables[TABLES];
	struct finding_of all = { .tables = tables };
	const char *folder;
	shk_rulebook *book = book_of(20260601, tables, &folder);
	shk_diag diag = { 0 };
	struct buffer text;
	struct models models;
	struct verdict verdict;

	cr_assert_eq(shk_rulebook_check(book, NULL, compare, &all, &diag),
		SHK_OK, "%s", diag.message);
	cr_assert_eq(all.told, TABLES);
	/* so that agreement is no agreement on nothing */
	cr_expect_gt(all.gaps, TABLES / 4);
	cr_expect_gt(all.overlaps, TABLES / 4);
	cr_expect_gt(all.unreachable, 3);

	buffer_init(&text);
	cr_assert_eq(shk_rulebook_certify(book, NULL,
			     (shk_sink){ &text, buffer_write }, &diag),
		SHK_OK, "%s", diag.message);
	cr_assert_eq(models_read(&models, folder, &diag), SHK_OK, "%s",
		diag.message);
	verdict_init(&verdict);
	certify(&models, (struct text){ text.data, text.size }, &verdict);
	cr_assert(verdict.accepted, "line %ld: %s", verdict.line, verdict.why);
	cr_expect_eq(verdict.tables, TABLES);
	cr_expect_eq(verdict.gaps, all.gaps);
	cr_expect_eq(verdict.unreachable, all.unreachable);
	cr_expect_eq(verdict.left_out, 0);
	cr_expect_gt(damage_book(&models, &text, 8, &all.told), 5 * TABLES);
	cr_expect_eq(all.told, TABLES);
	verdict_release(&verdict);
	models_release(&models);
	buffer_release(&text);
	shk_rulebook_free(book);
}
