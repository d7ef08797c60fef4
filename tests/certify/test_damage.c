/*
 * Damaged certificates of our own book: the certificate is accepted, and with
 * any one statement made false, a table left out, moved or doubled, it is
 * refused with a reason.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include <shokan/check.h>

#include "certify/damage.h"

#define OWN_BOOK    SOURCE_FOLDER "/rules"
#define DAMAGES_MIN 100 /* that must be refused at least */

static struct models models;
static struct buffer whole; /* the certificate of the whole book */

static bool buffer_write(void *context, const char *data, size_t size)
{
	buffer_add(context, data, size);
	return true;
}

static void open_book(void)
{
	shk_rulebook *book = NULL;
	shk_diag diag = { 0 };

	cr_assert_eq(shk_rulebook_load(&book, OWN_BOOK, &diag), SHK_OK, "%s",
		diag.message);
	buffer_init(&whole);
	cr_assert_eq(shk_rulebook_certify(book, NULL,
			     (shk_sink){ &whole, buffer_write }, &diag),
		SHK_OK, "%s", diag.message);
	cr_assert_eq(models_read(&models, OWN_BOOK, &diag), SHK_OK, "%s",
		diag.message);
	shk_rulebook_free(book);
}

static void close_book(void)
{
	buffer_release(&whole);
	models_release(&models);
}

TestSuite(
	certify_damage, .timeout = 120, .init = open_book, .fini = close_book);

Test(certify_damage, every_statement_of_every_table)
{
	size_t tables;
	size_t refused = damage_book(&models, &whole, 1, &tables);

	cr_expect_eq(tables, models.table_count);
	cr_expect_gt(refused, DAMAGES_MIN);
	printf("%zu damaged certificates of %zu tables refused\n", refused,
		tables);
}

/* The table that begins at or behind `at`: its line feed first. */
static const char *table_at(const char *at)
{
	const char *found = strstr(at, "\ntable ");

	cr_assert_not_null(found);
	return found;
}

static void must_refuse(
	const struct buffer *text, const char *damage, const char *because)
{
	char why[CLAIMS_WHY_MAX];

	cr_assert_not(text->failed);
	cr_expect_not(damage_accepts(&models, text->data, text->size, why),
		"accepted: %s", damage);
	cr_expect_not_null(
		strstr(why, because), "%s: refused with: %s", damage, why);
}

/* What stands before `from`, then `with`, then what follows `to`. */
static void put_other(
	struct buffer *out, const char *from, const char *with, const char *to)
{
	buffer_clear(out);
	buffer_add(out, whole.data, (size_t)(from - whole.data));
	buffer_text(out, with);
	buffer_text(out, to);
}

Test(certify_damage, tables_left_out_moved_doubled)
{
	const char *first = table_at(whole.data);
	const char *second = table_at(first + 1);
	const char *third = table_at(second + 1);
	const char *end = strstr(whole.data, "\nend: ");
	const char *body = strstr(second, "\nsource ");
	struct buffer text, part;
	char why[CLAIMS_WHY_MAX];

	buffer_init(&text);
	buffer_init(&part);
	cr_assert(damage_accepts(&models, whole.data, whole.size, why), "%s",
		why);
	put_other(&text, second, "", third);
	must_refuse(&text, "a table left out", "expected table");
	buffer_add(&part, second, (size_t)(third - second));
	put_other(&text, second, part.data, second);
	must_refuse(&text, "a table twice", "expected table");
	put_other(&text, end, part.data, end);
	must_refuse(&text, "a table more", "that the models do not have");
	put_other(&text, first, part.data, first);
	must_refuse(&text, "a table moved", "expected table");
	put_other(&text, body, "\nnot certified: too large\n", third);
	must_refuse(&text, "a table called too large", "could have been");
	put_other(&text, second, "", end);
	must_refuse(&text, "tables left out", "is missing");
	put_other(&text, strstr(whole.data, " r8\n"), "", first - 1);
	must_refuse(&text, "a revision left out", "models do not have");
	put_other(&text, strstr(whole.data, "revisions"), "revisions r8 r6\n",
		first);
	must_refuse(&text, "revisions swapped", "out of order");
	put_other(&text, strstr(whole.data, " certificate 1"),
		" certificate 2\n", strstr(whole.data, "revisions"));
	must_refuse(&text, "another version", "shokan certificate 1");
	put_other(&text, end, "", "");
	must_refuse(&text, "no counts", "too early");
	for (size_t size = 0; size < whole.size; size += 997) {
		buffer_clear(&text);
		buffer_add(&text, whole.data, size);
		must_refuse(&text, "cut", "");
	}
	buffer_release(&text);
	buffer_release(&part);
}

/* One revision alone is a certificate, too: of that revision. */
Test(certify_damage, one_revision)
{
	shk_rulebook *book = NULL;
	shk_diag diag = { 0 };
	struct verdict verdict;
	struct buffer text;

	buffer_init(&text);
	cr_assert_eq(shk_rulebook_load(&book, OWN_BOOK, &diag), SHK_OK);
	cr_assert_eq(shk_rulebook_certify(book, "r8",
			     (shk_sink){ &text, buffer_write }, &diag),
		SHK_OK);
	verdict_init(&verdict);
	certify(&models, (struct text){ text.data, text.size }, &verdict);
	cr_expect(verdict.accepted, "%s", verdict.why);
	cr_expect_lt(verdict.tables, models.table_count);
	cr_expect_eq(shk_rulebook_certify(book, "r7",
			     (shk_sink){ &text, buffer_write }, &diag),
		SHK_E_USAGE);
	verdict_release(&verdict);
	buffer_release(&text);
	shk_rulebook_free(book);
}
