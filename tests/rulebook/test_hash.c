/*
 * The hash: of every byte of every file, of nothing else.
 */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <shokan/hash.h>

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

/* FIPS 180-4: the examples "" and "abc", whole, in pieces and as a file. */
Test(hash, of_bytes_is_sha_256)
{
	static const char empty[] = "sha256:e3b0c44298fc1c149afbf4c8996fb924"
				    "27ae41e4649b934ca495991b7852b855";
	static const char abc[] = "sha256:ba7816bf8f01cfea414140de5dae2223"
				  "b00361a396177a9cb410ff61f20015ad";
	char path[] = "/tmp/shokan-hash-XXXXXX";
	char text[SHK_HASH_TEXT];
	shk_hash *hash = NULL;
	uint64_t bytes = 7;
	shk_diag diag = { 0 };
	int file = mkstemp(path);

	cr_assert_eq(shk_hash_new(&hash, NULL), SHK_OK);
	shk_hash_finish(hash, text);
	cr_expect_str_eq(text, empty);
	shk_hash_add(hash, "a", 1);
	shk_hash_add(hash, "bc", 2);
	shk_hash_finish(hash, text);
	cr_expect_str_eq(text, abc);
	cr_assert_eq(write(file, "abc", 3), 3);
	close(file);
	cr_expect_eq(shk_hash_file(hash, path, &bytes, &diag), SHK_OK);
	shk_hash_finish(hash, text);
	cr_expect_str_eq(text, abc);
	cr_expect_eq(bytes, 3);
	unlink(path);
	cr_expect_eq(shk_hash_file(hash, path, &bytes, &diag), SHK_E_IO);
	cr_expect_str_eq(diag.path, path);
	diag.code = SHK_OK;
	cr_expect_eq(shk_hash_file(hash, "/", &bytes, &diag), SHK_E_IO);
	shk_hash_free(hash);
}
