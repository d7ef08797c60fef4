/*
 * The book as text: list, one decision, sources; in both languages.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "rulebook/shelf.h"

static shk_rulebook *book;
static struct buffer out;

static void setup(void)
{
	book = shelf_load(GOOD_BOOK);
	buffer_init(&out);
}

static void teardown(void)
{
	buffer_release(&out);
	shk_rulebook_free(book);
}

TestSuite(show, .init = setup, .fini = teardown);

static void has(const char *part)
{
	cr_expect(out.size && strstr(out.data, part), "no \"%s\" in:\n%s", part,
		out.size ? out.data : "");
}

static void lacks(const char *part)
{
	cr_expect(out.size && !strstr(out.data, part), "\"%s\" in:\n%s", part,
		out.size ? out.data : "");
}

Test(show, list)
{
	shk_diag diag = { 0 };

	cr_assert_eq(
		shk_rulebook_list(book, SHK_ENGLISH, shelf_sink(&out), &diag),
		SHK_OK);
	has("r1  first, from 2020-04-01\n");
	has("r2  second, from 2022-04-01\n");
	/* E0 to E3: base E1, rows E0 and E3 */
	has("1     fee                         r1 E0-E3  r2 E0-E3   fee\n");
	has("2.1   new_fee                     r1 -      r2 E0-E3   new "
	    "fee\n");
	has("3     old_fee                     r1 *      r2 *       old "
	    "fee\n");
	has("* known, but not encoded\n");
	has(shk_rulebook_hash(book));
	buffer_clear(&out);
	cr_assert_eq(
		shk_rulebook_list(book, SHK_JAPANESE, shelf_sink(&out), &diag),
		SHK_OK);
	has("r1  第一  2020-04-01 から\n");
	has("料金\n");
}

Test(show, one_decision)
{
	shk_diag diag = { 0 };

	cr_assert_eq(shk_rulebook_show(book, "fee", NULL, false, SHK_ENGLISH,
			     shelf_sink(&out), &diag),
		SHK_OK);
	has("fee  fee  (r2)\nHow much?\n");
	has("size + extra");
	has("rate: rate = 1.08 (2019-10-01-) [S1 L4 E1]; 1.1 (2021-01-01-) [S2 "
	    "p5 E2]\n");
	has("limit: limit [E5, no default]\n");
	has("mode: ");
	buffer_clear(&out);
	cr_assert_eq(shk_rulebook_show(book, "new_fee", "r1", false,
			     SHK_ENGLISH, shelf_sink(&out), &diag),
		SHK_OK);
	has("no rule in this revision (no_rule_in_revision)");
	buffer_clear(&out);
	cr_assert_eq(shk_rulebook_show(book, "old_fee", NULL, false,
			     SHK_ENGLISH, shelf_sink(&out), &diag),
		SHK_OK);
	has("known, but not encoded (rule_known_parameters_missing)\n  S2 p7 "
	    "E4\n");
	lacks("no rule in this revision");
}

Test(show, unknown_names)
{
	shk_diag diag = { 0 };

	cr_expect_eq(shk_rulebook_show(book, "fe", NULL, false, SHK_ENGLISH,
			     shelf_sink(&out), &diag),
		SHK_E_USAGE);
	cr_expect_str_eq(diag.message,
		"there is no decision \"fe\"; did you mean \"fee\"?");
	memset(&diag, 0, sizeof(diag));
	cr_expect_eq(shk_rulebook_show(book, "fee", "r9", false, SHK_ENGLISH,
			     shelf_sink(&out), &diag),
		SHK_E_USAGE);
	cr_expect_str_eq(diag.message, "there is no revision \"r9\"");
	cr_expect_eq(out.size, 0u);
}

static bool full(void *context, const char *data, size_t size)
{
	(void)context;
	(void)data;
	(void)size;
	return false;
}

Test(show, an_output_that_cannot_be_written)
{
	shk_diag diag = { 0 };

	cr_expect_eq(shk_rulebook_sources(book, SHK_ENGLISH,
			     (shk_sink){ NULL, full }, &diag),
		SHK_E_IO);
}

Test(show, sources_with_their_words)
{
	shk_diag diag = { 0 };

	cr_assert_eq(shk_rulebook_sources(
			     book, SHK_ENGLISH, shelf_sink(&out), &diag),
		SHK_OK);
	cr_expect_str_eq(out.data, "S1  一つ目の文書\n"
				   "      2020-01-01\n"
				   "      text seen: whole\n"
				   "      L1 「一行目」\n"
				   "      L9 「対象」\n"
				   "S2  second document\n"
				   "      https://example.org/s2\n");
}
