/*
 * The hash: of every byte of every file, of nothing else.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "rulebook/shelf.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

Test(hash, is_of_the_files_and_not_of_the_folder)
{
	shk_rulebook *a = shelf_load(GOOD_BOOK);
	shk_rulebook *b = shelf_load(shelf_open());
	shk_rulebook *c = shelf_load(GOOD_BOOK "/");
	shk_rulebook *d = shelf_load(GOOD_BOOK "//");

	cr_expect_eq(strlen(shk_rulebook_hash(a)), 7u + 64u);
	cr_expect_eq(strncmp(shk_rulebook_hash(a), "sha256:", 7), 0);
	cr_expect_str_eq(shk_rulebook_hash(a), shk_rulebook_hash(b));
	cr_expect_str_eq(shk_rulebook_hash(a), shk_rulebook_hash(c));
	cr_expect_str_eq(shk_rulebook_hash(a), shk_rulebook_hash(d));
	shk_rulebook_free(a);
	shk_rulebook_free(b);
	shk_rulebook_free(c);
	shk_rulebook_free(d);
	shelf_close();
}

/* White space that means nothing is still another byte. */
Test(hash, changes_with_one_byte_of_any_file)
{
	static const char *const files[] = { "rulebook.xml", "sources.xml",
		"fields.xml", "r1/fee.dmn", "r1/words.dmn", "r2/fee.dmn",
		"r2/words.dmn" };
	shk_rulebook *good = shelf_load(GOOD_BOOK);

	for (size_t i = 0; i < COUNT(files); i++) {
		const char *folder = shelf_open();
		shk_rulebook *book;

		shelf_edit(files[i], "<?xml version=\"1.0\" encoding",
			"<?xml version=\"1.0\"  encoding");
		book = shelf_load(folder);
		cr_expect_str_neq(shk_rulebook_hash(book),
			shk_rulebook_hash(good), "%s", files[i]);
		shk_rulebook_free(book);
		shelf_close();
	}
	shk_rulebook_free(good);
}
