/*
 * Packs: the same book as the folder's, and nothing else is taken for one.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "rulebook/pack.h"
#include "rulebook/rulebook.h"
#include "rulebook/shelf.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static char place[64];
static char path[96], key[96], public_key[96];

static void make_place(void)
{
	snprintf(place, sizeof(place), "/tmp/pack_test_XXXXXX");
	cr_assert_not_null(mkdtemp(place));
	snprintf(path, sizeof(path), "%s/book.pack", place);
	snprintf(key, sizeof(key), "%s/key", place);
	snprintf(public_key, sizeof(public_key), "%s/key.pub", place);
}

static void remove_place(void)
{
	unlink(path);
	unlink(key);
	unlink(public_key);
	cr_expect_eq(rmdir(place), 0);
}

static void put(const char *file, const char *data, size_t size)
{
	FILE *stream = fopen(file, "wb");

	cr_assert_not_null(stream, "%s", file);
	cr_assert_eq(fwrite(data, 1, size, stream), size);
	cr_assert_eq(fclose(stream), 0);
}

/* The good book as a pack, in memory and in the file. */
static void pack_good(struct buffer *bytes)
{
	shk_diag diag = { 0 };

	buffer_init(bytes);
	cr_assert_eq(shk_rulebook_pack(GOOD_BOOK, shelf_sink(bytes), &diag),
		SHK_OK, "%s", diag.message);
	put(path, bytes->data, bytes->size);
}

/* The pack in the file, signed, in its place and in memory. */
static void sign_good(struct buffer *bytes)
{
	shk_diag diag = { 0 };

	pack_good(bytes);
	buffer_clear(bytes);
	cr_assert_eq(
		shk_rulebook_keygen(key, &diag), SHK_OK, "%s", diag.message);
	cr_assert_eq(shk_rulebook_sign(path, key, shelf_sink(bytes), &diag),
		SHK_OK, "%s", diag.message);
	put(path, bytes->data, bytes->size);
}

static enum shk_code open_with(const shk_rulebook_options *options,
	shk_rulebook **book, shk_diag *diag)
{
	memset(diag, 0, sizeof(*diag));
	return shk_rulebook_open(book, path, options, diag);
}

Test(pack, is_the_book_of_the_folder)
{
	shk_rulebook *folder = shelf_load(GOOD_BOOK), *book;
	struct buffer bytes, here, there;
	shk_diag diag = { 0 };

	make_place();
	pack_good(&bytes);
	cr_assert_eq(open_with(NULL, &book, &diag), SHK_OK, "%s", diag.message);
	cr_expect_str_eq(shk_rulebook_hash(book), shk_rulebook_hash(folder));
	buffer_init(&here);
	buffer_init(&there);
	shk_rulebook_list(folder, SHK_ENGLISH, shelf_sink(&here), &diag);
	shk_rulebook_list(book, SHK_ENGLISH, shelf_sink(&there), &diag);
	cr_expect_str_eq(here.data, there.data);
	cr_expect_eq(book->fields.size, folder->fields.size);
	cr_expect_eq(memcmp(book->fields.data, folder->fields.data,
			     book->fields.size),
		0);
	shk_rulebook_free(book);
	shk_rulebook_free(folder);
	buffer_release(&bytes);
	buffer_release(&here);
	buffer_release(&there);
	remove_place();
}

/* By hand: fee.dmn imports words.dmn, and both stand behind the three. */
Test(pack, says_what_each_decision_needs)
{
	struct buffer bytes;

	make_place();
	pack_good(&bytes);
	cr_expect_eq(strncmp(bytes.data,
			     "shokan pack 1\nsignature none\nheader ", 36),
		0);
	cr_expect_not_null(
		strstr(bytes.data, "\n\nneeds r1 fee 3 4\nneeds r2 fee 5 6\n"
				   "needs r2 new_fee 5 6\n"));
	buffer_release(&bytes);
	remove_place();
}

/* A part of the book has the hash of the whole, and only that part. */
Test(pack, gives_only_what_is_wanted)
{
	static const char *const wanted[] = { "new_fee" };
	shk_rulebook_options options = {
		.decisions = wanted, .decision_count = 1, .revision = "r2"
	};
	shk_rulebook *whole = shelf_load(GOOD_BOOK), *book;
	struct buffer bytes;
	shk_diag diag;

	make_place();
	pack_good(&bytes);
	cr_assert_eq(
		open_with(&options, &book, &diag), SHK_OK, "%s", diag.message);
	cr_expect_str_eq(shk_rulebook_hash(book), shk_rulebook_hash(whole));
	cr_expect(book->partial);
	cr_expect_null(book->revisions[0].graph);
	cr_assert_not_null(book->revisions[1].graph);
	cr_expect(book->revisions[1].bound[1].ready);
	cr_expect(book->revisions[1].bound[0].present);
	cr_expect_not(book->revisions[1].bound[0].ready);
	cr_expect_eq(book->revisions[1].graph->slot_count,
		whole->revisions[1].graph->slot_count);
	shk_rulebook_free(book);
	options.revision = NULL;
	options.as_of = "2021-01-01"; /* of r1, which has no new_fee */
	cr_assert_eq(
		open_with(&options, &book, &diag), SHK_OK, "%s", diag.message);
	cr_assert_not_null(book->revisions[0].graph);
	cr_expect_null(book->revisions[1].graph);
	shk_rulebook_free(book);
	options.as_of = NULL;
	cr_assert_eq(
		open_with(&options, &book, &diag), SHK_OK, "%s", diag.message);
	cr_expect_not_null(book->revisions[0].graph);
	cr_expect_not_null(book->revisions[1].graph);
	shk_rulebook_free(book);
	shk_rulebook_free(whole);
	buffer_release(&bytes);
	remove_place();
}

/* Every byte changed, with and without a signature and a key. */
Test(pack, of_which_any_byte_was_changed_is_refused, .timeout = 300)
{
	shk_rulebook_options keyed = { .key = public_key };

	for (int round = 0; round < 3; round++) {
		const shk_rulebook_options *options =
			round == 2 ? &keyed : NULL;
		struct buffer bytes;
		shk_rulebook *book;
		shk_diag diag;

		make_place();
		if (round == 0)
			pack_good(&bytes);
		else
			sign_good(&bytes);
		cr_assert_eq(open_with(options, &book, &diag), SHK_OK, "%s",
			diag.message);
		shk_rulebook_free(book);
		for (size_t i = 0; i < bytes.size; i += i < 2000 ? 1 : 17) {
			bytes.data[i] ^= 1 << (i % 7);
			put(path, bytes.data, bytes.size);
			cr_expect_eq(open_with(options, &book, &diag),
				SHK_E_RULES, "round %d, byte %zu: %d %s", round,
				i, (int)diag.code, diag.message);
			cr_expect_null(book);
			cr_expect_neq(diag.message[0], '\0');
			shk_rulebook_free(book);
			bytes.data[i] ^= 1 << (i % 7);
		}
		buffer_release(&bytes);
		remove_place();
	}
}

Test(pack, that_was_cut_or_grew_is_refused)
{
	struct buffer bytes;
	shk_rulebook *book;
	shk_diag diag;

	make_place();
	pack_good(&bytes);
	for (size_t size = 0; size < bytes.size;
		size += size < 1200 ? 1 : 101) {
		put(path, bytes.data, size);
		cr_expect_eq(open_with(NULL, &book, &diag), SHK_E_RULES,
			"%zu bytes: %s", size, diag.message);
	}
	buffer_byte(&bytes, '\n');
	put(path, bytes.data, bytes.size);
	cr_expect_eq(open_with(NULL, &book, &diag), SHK_E_RULES);
	cr_expect_not_null(strstr(diag.message, "behind its end"));
	buffer_release(&bytes);
	remove_place();
}

/* `header` with its digest, under the first two lines, then `rest`. */
static void put_header(const char *header, const char *rest)
{
	struct buffer bytes;

	buffer_init(&bytes);
	buffer_text(&bytes, PACK_MAGIC "signature none\n");
	pack_header_line(text_of(header), &bytes);
	buffer_text(&bytes, header);
	buffer_text(&bytes, rest);
	put(path, bytes.data, bytes.size);
	buffer_release(&bytes);
}

/* SHA-256 of "abc" and of nothing. */
#define ABC   "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define EMPTY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

Test(pack, whose_header_is_wrong_is_refused)
{
	static const struct {
		const char *header, *rest, *said;
	} rows[] = {
		{ "", "", "manifest has no end" },
		{ "\n", "", "manifest has no end" },
		{ ABC " 3 a\n", "abc", "manifest has no end" },
		{ ABC " 3 a\n\n", "abc", "no such file" },
		{ ABC " 3 a\n\n", "abcd", "behind its end" },
		{ ABC " 4 a\n\n", "abc", "end is missing" },
		{ ABC " 03 a\n\n", "abc", "line of its manifest" },
		{ ABC " +3 a\n\n", "abc", "line of its manifest" },
		{ ABC "  3 a\n\n", "abc", "line of its manifest" },
		{ ABC " 99999999999 a\n\n", "abc", "line of its manifest" },
		{ ABC " 16777217 a\n\n", "abc", "line of its manifest" },
		{ ABC " 3 \n\n", "abc", "line of its manifest" },
		{ ABC " 3 /a\n\n", "abc", "line of its manifest" },
		{ ABC " 3 ../a\n\n", "abc", "line of its manifest" },
		{ ABC " 3 a/../b\n\n", "abc", "line of its manifest" },
		{ ABC " 3 a\tb\n\n", "abc", "line of its manifest" },
		{ ABC " 3 a\n" EMPTY " 0 a\n\n", "abc",
			"line of its manifest" },
		{ ABC "0 3 a\n\n", "abc", "line of its manifest" },
		{ ABC " 3 a\n\nneed r1 fee 0\n", "abc", "line of its needs" },
		{ ABC " 3 a\n\nneeds r1 fee 1\n", "abc", "line of its needs" },
		{ ABC " 3 a\n\nneeds r1 fee 0", "abc", "line of its needs" },
		{ EMPTY " 0 sources.xml\n\n", "", "not well-formed" },
		{ ABC " 3 sources.xml\n\n", "abd", "not what it was" },
	};
	shk_rulebook *book;
	shk_diag diag;

	make_place();
	for (size_t i = 0; i < COUNT(rows); i++) {
		put_header(rows[i].header, rows[i].rest);
		cr_expect_eq(open_with(NULL, &book, &diag), SHK_E_RULES,
			"row %zu: %s", i, diag.message);
		cr_expect(strstr(diag.message, rows[i].said),
			"row %zu: \"%s\" does not say \"%s\"", i, diag.message,
			rows[i].said);
	}
	remove_place();
}

static void expect_refused(const struct buffer *header, const char *said)
{
	shk_rulebook *book;
	shk_diag diag;

	put_header(header->data, "");
	cr_expect_eq(open_with(NULL, &book, &diag), SHK_E_RULES);
	cr_expect(strstr(diag.message, said), "\"%s\" does not say \"%s\"",
		diag.message, said);
}

/* The header at its ceiling of bytes, and past it. */
Test(pack, has_a_ceiling_of_its_header)
{
	static const char *const said[] = { "manifest", "third line" };
	struct buffer header;

	make_place();
	buffer_init(&header);
	while (header.size < PACK_HEADER_MAX)
		buffer_byte(&header, 'x');
	for (int i = 0; i < 2; i++) {
		expect_refused(&header, said[i]);
		buffer_byte(&header, 'x');
	}
	buffer_release(&header);
	remove_place();
}

/* As many files as it may have, and one more. */
Test(pack, has_a_ceiling_of_its_files)
{
	struct buffer header;

	make_place();
	buffer_init(&header);
	for (int extra = 0; extra < 2; extra++) {
		buffer_clear(&header);
		for (int i = 0; i < PACK_FILES_MAX + extra; i++)
			buffer_format(&header, EMPTY " 0 f%d\n", i);
		buffer_byte(&header, '\n');
		expect_refused(
			&header, extra ? "too many files" : "no such file");
	}
	buffer_release(&header);
	remove_place();
}

/* The name of a file, and the lines of needs. */
Test(pack, has_ceilings_of_its_lines)
{
	struct buffer header;

	make_place();
	buffer_init(&header);
	for (int extra = 0; extra < 2; extra++) {
		buffer_clear(&header);
		buffer_text(&header, EMPTY " 0 ");
		for (int i = 0; i < PACK_NAME_MAX - 1 + extra; i++)
			buffer_byte(&header, 'n');
		buffer_text(&header, "\n\n");
		expect_refused(&header,
			extra ? "line of its manifest" : "no such file");
		buffer_clear(&header);
		buffer_text(&header, EMPTY " 0 a\n\n");
		for (int i = 0; i < PACK_NEEDS_MAX + extra; i++)
			buffer_format(&header, "needs r1 d%d 0\n", i);
		expect_refused(&header, extra ? "too many" : "no such file");
	}
	buffer_release(&header);
	remove_place();
}

/* A key and line ends behind it, up to 127 bytes; more is no key file. */
Test(pack, has_a_ceiling_of_its_key)
{
	static const char mark[] = "shokan public key 1 ";
	shk_rulebook_options options = { .key = key };
	struct buffer text;
	shk_rulebook *book;
	shk_diag diag;

	make_place();
	buffer_init(&text);
	for (size_t size = 127; size <= 128; size++) {
		buffer_clear(&text);
		buffer_text(&text, mark);
		buffer_text(&text, ABC);
		while (text.size < size)
			buffer_byte(&text, '\n');
		put(key, text.data, text.size);
		memset(&diag, 0, sizeof(diag));
		cr_expect_eq(
			shk_rulebook_open(&book, GOOD_BOOK, &options, &diag),
			SHK_E_RULES);
		cr_expect(strstr(diag.message,
				  size == 127 ? "no folder" : "not a key file"),
			"%zu: %s", size, diag.message);
	}
	buffer_release(&text);
	remove_place();
}

/* Needs that leave out a model: nothing is answered without it. */
Test(pack, that_lies_about_what_it_needs_is_refused)
{
	static const char *const wanted[] = { "fee" };
	shk_rulebook_options options = {
		.decisions = wanted, .decision_count = 1, .revision = "r1"
	};
	struct buffer bytes, lie;
	char *header, *end, *at;
	shk_rulebook *book;
	shk_diag diag;

	make_place();
	pack_good(&bytes);
	header = strchr(strstr(bytes.data, "header "), '\n') + 1;
	end = strstr(header, "new_fee 5 6\n") + strlen("new_fee 5 6\n");
	at = strstr(header, "fee 3 4");
	buffer_init(&lie);
	buffer_add(&lie, header, (size_t)(at - header));
	buffer_text(&lie, "fee 4");
	buffer_add(&lie, at + 7, (size_t)(end - at) - 7);
	put_header(lie.data, end);
	cr_expect_eq(open_with(&options, &book, &diag), SHK_E_RULES);
	cr_expect_eq(open_with(NULL, &book, &diag), SHK_E_RULES);
	cr_expect_not_null(strstr(diag.message, "does not tell what is in it"),
		"%s", diag.message);
	buffer_release(&bytes);
	buffer_release(&lie);
	remove_place();
}

Test(pack, without_the_right_signature_is_refused_when_a_key_is_given)
{
	shk_rulebook_options options = { .key = public_key };
	char other[96], other_public[96], missing[96];
	struct buffer bytes;
	shk_rulebook *book;
	shk_pack pack;
	shk_diag diag = { 0 };

	make_place();
	snprintf(other, sizeof(other), "%s/other", place);
	snprintf(other_public, sizeof(other_public), "%s/other.pub", place);
	snprintf(missing, sizeof(missing), "%s/missing", place);
	sign_good(&bytes);
	buffer_release(&bytes);
	cr_expect_eq(shk_rulebook_verify(path, public_key, &pack, &diag),
		SHK_OK, "%s", diag.message);
	cr_expect_eq(strlen(pack.key), 64u);
	cr_expect_eq(pack.files, 7u);
	cr_assert_eq(shk_rulebook_keygen(other, &diag), SHK_OK);
	options.key = other_public;
	cr_expect_eq(open_with(&options, &book, &diag), SHK_E_RULES);
	cr_expect_not_null(strstr(diag.message, "another key"));
	options.key = other; /* a secret key is no public one */
	cr_expect_eq(open_with(&options, &book, &diag), SHK_E_RULES);
	cr_expect_not_null(strstr(diag.message, "not a key file"));
	options.key = missing;
	cr_expect_eq(open_with(&options, &book, &diag), SHK_E_IO);
	options.key = public_key;
	pack_good(&bytes);
	buffer_release(&bytes);
	cr_expect_eq(open_with(&options, &book, &diag), SHK_E_RULES);
	cr_expect_not_null(strstr(diag.message, "not signed"));
	memset(&diag, 0, sizeof(diag));
	cr_expect_eq(shk_rulebook_open(&book, GOOD_BOOK, &options, &diag),
		SHK_E_RULES);
	cr_expect_not_null(strstr(diag.message, "no folder"));
	unlink(other);
	unlink(other_public);
	remove_place();
}

Test(pack, keys_are_new_and_for_their_owner_alone)
{
	struct buffer first, second;
	struct stat info;
	shk_diag diag = { 0 };

	make_place();
	cr_assert_eq(shk_rulebook_keygen(key, &diag), SHK_OK);
	cr_assert_eq(stat(key, &info), 0);
	cr_expect_eq(info.st_mode & 0777, 0600);
	buffer_init(&first);
	buffer_init(&second);
	cr_assert_eq(file_read(key, 100, &first, &diag), SHK_OK);
	cr_expect_eq(first.size, strlen("shokan secret key 1 ") + 64 + 1);
	cr_expect_eq(shk_rulebook_keygen(key, &diag), SHK_E_IO);
	cr_expect_not_null(strstr(diag.message, "exists already"));
	/* nor is the public one overwritten, and no half pair is left */
	unlink(key);
	memset(&diag, 0, sizeof(diag));
	cr_expect_eq(shk_rulebook_keygen(key, &diag), SHK_E_IO);
	cr_expect_neq(access(key, F_OK), 0);
	unlink(public_key);
	memset(&diag, 0, sizeof(diag));
	cr_assert_eq(shk_rulebook_keygen(key, &diag), SHK_OK);
	cr_assert_eq(file_read(key, 100, &second, &diag), SHK_OK);
	cr_expect_str_neq(first.data, second.data);
	buffer_release(&first);
	buffer_release(&second);
	remove_place();
}

Test(pack, of_a_book_that_does_not_load_is_not_made)
{
	const char *folder = shelf_open();
	struct buffer bytes;
	shk_diag diag = { 0 };

	shelf_edit("r2/fee.dmn", "size + extra", "size + extra +");
	buffer_init(&bytes);
	cr_expect_eq(shk_rulebook_pack(folder, shelf_sink(&bytes), &diag),
		SHK_E_RULES);
	cr_expect_eq(bytes.size, 0u);
	buffer_release(&bytes);
	shelf_close();
}

Test(pack, loading_fails_cleanly_at_every_allocation)
{
	struct buffer bytes;
	shk_rulebook *book;
	uint64_t total;
	int64_t before;
	shk_diag diag;

	make_place();
	pack_good(&bytes);
	buffer_release(&bytes);
	memory_stats_reset();
	before = memory_stats().in_use;
	cr_assert_eq(open_with(NULL, &book, &diag), SHK_OK);
	total = memory_stats().calls;
	shk_rulebook_free(book);
	for (uint64_t nth = 1; nth <= total; nth++) {
		memory_fail_at(nth, nth % 2 == 0);
		cr_expect_eq(open_with(NULL, &book, &diag), SHK_E_MEMORY,
			"allocation %u: %s", (unsigned)nth, diag.message);
		memory_fail_at(0, false);
		cr_expect_null(book);
		cr_expect_eq(memory_stats().in_use, before, "allocation %u",
			(unsigned)nth);
		shk_rulebook_free(book);
	}
	remove_place();
}
