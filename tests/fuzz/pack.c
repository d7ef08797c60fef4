/*
 * Any bytes as a rulebook pack, in a file of its own in memory: opened whole
 * and in part, with a key and without. Digests would stop nearly every change
 * at the door, so that the bytes are tried a second time with those of the
 * header and of the files put right.
 */
#include <shokan/price.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz/scratch.h"
#include "fuzz/target.h"
#include "rulebook/pack.h"
#include "rulebook/rulebook.h"

static const char *key; /* the file of a public key */

static void make_key(void)
{
	static const char public_key[] =
		"shokan public key 1 d75a980182b10ab7d54bfed3c964073a"
		"0ee172f3daa62325af021a68f707511a\n";

	key = scratch_write_as("key.pub", public_key, sizeof(public_key) - 1);
}

static bool count_bytes(void *context, const char *data, size_t size)
{
	size_t *count = context;

	(void)data;
	*count += size;
	return true;
}

static void use(const shk_rulebook_options *options)
{
	size_t written = 0;
	const shk_sink sink = { &written, count_bytes };
	shk_rulebook *book = NULL;
	shk_diag diag = { 0 };
	enum shk_code code =
		shk_rulebook_open(&book, scratch_path(), options, &diag);

	fuzz_check_code("shk_rulebook_open", code, &diag);
	if (code != SHK_OK) {
		if (book)
			fuzz_fail("a failure gives a book");
		return;
	}
	if (options && options->key)
		fuzz_fail("a pack that is signed with a key of a standard");
	if (strlen(shk_rulebook_hash(book)) != 7 + 64)
		fuzz_fail("no hash");
	if (!book->partial)
		fuzz_check_code("shk_rulebook_list",
			shk_rulebook_list(book, SHK_ENGLISH, sink, &diag),
			&diag);
	shk_rulebook_free(book);
}

static void try_all(void)
{
	static const char *const wanted[] = { "fee" };
	const shk_rulebook_options part = {
		.decisions = wanted, .decision_count = 1, .as_of = "2021-01-01"
	};
	const shk_rulebook_options signed_only = { .key = key };

	use(NULL);
	use(&part);
	use(&signed_only);
}

/* The digest at the begin of a line of the manifest, of `size` bytes. */
static void put_digest(struct buffer *out, const uint8_t *bytes, size_t size)
{
	unsigned char digest[DIGEST_BYTES];
	char hex[DIGEST_HEX + 1];

	digest_of((struct text){ (const char *)bytes, size }, digest);
	digest_hex(digest, DIGEST_BYTES, hex);
	buffer_text(out, hex);
}

/* Where the header begins: behind three lines. */
static size_t header_at(const uint8_t *data, size_t size)
{
	size_t lines = 0, at = 0;

	while (at < size && lines < 3)
		lines += data[at++] == '\n';
	return at;
}

/*
 * The header again with digests of what really stands behind it. Its end is
 * taken to be the last line that begins with `needs`, or the empty line.
 */
static void put_right(const uint8_t *data, size_t size)
{
	size_t at = header_at(data, size), end = at, part, i;
	struct buffer header, whole;

	for (i = at; i + 6 < size; i++)
		if (data[i] == '\n' &&
			(memcmp(data + i + 1, "needs ", 6) == 0 ||
				data[i + 1] == '\n')) {
			const uint8_t *line =
				memchr(data + i + 1, '\n', size - i - 1);

			if (line)
				end = (size_t)(line - data) + 1;
		}
	part = end;
	buffer_init(&header);
	buffer_init(&whole);
	for (i = at; i < end;) {
		const uint8_t *line = memchr(data + i, '\n', end - i);
		size_t next = line ? (size_t)(line - data) + 1 : end;
		unsigned long long bytes = 0;

		if (next - i > 66 && data[i + 64] == ' ' &&
			sscanf((const char *)data + i + 65, "%10llu", &bytes) ==
				1 &&
			bytes <= size - part) {
			put_digest(&header, data + part, (size_t)bytes);
			part += (size_t)bytes;
			i += 64;
		}
		buffer_add(&header, (const char *)data + i, next - i);
		i = next;
	}
	buffer_text(&whole, PACK_MAGIC "signature none\n");
	pack_header_line(
		(struct text){ header.data ? header.data : "", header.size },
		&whole);
	buffer_add(&whole, header.data ? header.data : "", header.size);
	buffer_add(&whole, (const char *)data + end, size - end);
	scratch_write(whole.data, whole.size);
	buffer_release(&header);
	buffer_release(&whole);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* sscanf wants an end */
	uint8_t *copy = malloc(size + 1);

	if (!copy)
		return 0;
	if (size > 0)
		memcpy(copy, data, size);
	copy[size] = 0;
	if (!key)
		make_key();
	scratch_write(data, size);
	try_all();
	put_right(copy, size);
	try_all();
	free(copy);
	return 0;
}
