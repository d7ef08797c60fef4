/*
 * Writers that refuse the first, second, ... piece of what is written of a
 * book: an error of writing each time, and the whole once all are taken.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <shokan/check.h>
#include <shokan/quotes.h>

#include "base/file.h"
#include "rulebook/shelf.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))
#define PIECES_MOST 4096

struct narrow {
	size_t taken, most;
	size_t bytes;
};

static bool take(void *context, const char *data, size_t size)
{
	struct narrow *narrow = context;

	(void)data;
	if (narrow->taken == narrow->most)
		return false;
	narrow->taken++;
	narrow->bytes += size;
	return true;
}

static shk_rulebook *book;
static char place[64], pack[96], key[96], public_key[96];

static void setup(void)
{
	struct buffer bytes;
	shk_diag diag = { 0 };
	FILE *stream;

	snprintf(place, sizeof(place), "/tmp/sink_test_XXXXXX");
	cr_assert_not_null(mkdtemp(place));
	snprintf(pack, sizeof(pack), "%s/book.pack", place);
	snprintf(key, sizeof(key), "%s/key", place);
	snprintf(public_key, sizeof(public_key), "%s/key.pub", place);
	book = shelf_load(GOOD_BOOK);
	buffer_init(&bytes);
	cr_assert_eq(shk_rulebook_pack(GOOD_BOOK, shelf_sink(&bytes), &diag),
		SHK_OK);
	stream = fopen(pack, "wb");
	cr_assert_not_null(stream);
	cr_assert_eq(fwrite(bytes.data, 1, bytes.size, stream), bytes.size);
	cr_assert_eq(fclose(stream), 0);
	buffer_release(&bytes);
	cr_assert_eq(shk_rulebook_keygen(key, &diag), SHK_OK);
}

static void teardown(void)
{
	shk_rulebook_free(book);
	unlink(pack);
	unlink(key);
	unlink(public_key);
	rmdir(place);
}

TestSuite(sinks, .init = setup, .fini = teardown);

typedef enum shk_code writes(shk_sink sink, shk_diag *diag);

static enum shk_code write_list(shk_sink sink, shk_diag *diag)
{
	return shk_rulebook_list(book, SHK_JAPANESE, sink, diag);
}

static enum shk_code write_show(shk_sink sink, shk_diag *diag)
{
	return shk_rulebook_show(
		book, "fee", NULL, true, SHK_ENGLISH, sink, diag);
}

static enum shk_code write_certificate(shk_sink sink, shk_diag *diag)
{
	return shk_rulebook_certify(book, NULL, sink, diag);
}

static enum shk_code write_pack(shk_sink sink, shk_diag *diag)
{
	return shk_rulebook_pack(GOOD_BOOK, sink, diag);
}

static enum shk_code write_signed(shk_sink sink, shk_diag *diag)
{
	return shk_rulebook_sign(pack, key, sink, diag);
}

static enum shk_code write_hashes(shk_sink sink, shk_diag *diag)
{
	return shk_quotes_hash(GOOD_BOOK, sink, diag);
}

Test(sinks, that_take_no_more)
{
	static const struct {
		const char *name;
		writes *write;
	} rows[] = { { "list", write_list }, { "show", write_show },
		{ "certificate", write_certificate }, { "pack", write_pack },
		{ "signed", write_signed }, { "hashes", write_hashes } };

	for (size_t i = 0; i < COUNT(rows); i++) {
		enum shk_code code = SHK_E_IO;
		struct narrow narrow = { .most = 0 };

		for (size_t most = 0; code; most++) {
			shk_diag diag = { 0 };

			narrow = (struct narrow){ .most = most };
			code = rows[i].write(
				(shk_sink){ &narrow, take }, &diag);
			cr_assert_lt(most, PIECES_MOST, "%s", rows[i].name);
			cr_expect(code == SHK_OK || code == SHK_E_IO,
				"%s: code %d, %s", rows[i].name, (int)code,
				diag.message);
			cr_expect_eq(diag.code, code, "%s", rows[i].name);
			cr_expect_eq(narrow.taken, most, "%s", rows[i].name);
		}
		cr_expect_gt(narrow.taken, 0u, "%s", rows[i].name);
		cr_expect_gt(narrow.bytes, 40u, "%s", rows[i].name);
	}
}
