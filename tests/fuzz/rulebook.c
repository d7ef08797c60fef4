/*
 * Any bytes as the XML of a book, which names its revisions, and as that of
 * its sources, with a NUL between them; what is empty is taken from a good
 * book. A book that loads is listed, and packed it is the same book.
 */
#include <shokan/rulebook.h>

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file.h"
#include "fuzz/scratch.h"
#include "fuzz/target.h"

#define FILE_MAX (1u << 20)

static struct buffer book_xml, sources_xml;

static void clean(void)
{
	buffer_release(&book_xml);
	buffer_release(&sources_xml);
}

static void read_good(const char *name, struct buffer *out)
{
	char path[SHK_DIAG_PATH];
	shk_diag diag = { 0 };

	buffer_init(out);
	if (!file_join(path, sizeof(path), FUZZ_BOOK, name) ||
		file_read(path, FILE_MAX, out, &diag) != SHK_OK)
		fuzz_fail("cannot read %s: %s", name, diag.message);
}

static void prepare(void)
{
	static const char *const others[] = { "fields.xml", "r1/fee.dmn",
		"r1/words.dmn", "r2/fee.dmn", "r2/words.dmn" };

	if (book_xml.data)
		return;
	read_good("rulebook.xml", &book_xml);
	read_good("sources.xml", &sources_xml);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		struct buffer file;

		read_good(others[i], &file);
		scratch_write_as(others[i], file.data, file.size);
		buffer_release(&file);
	}
	atexit(clean);
}

static bool collect(void *context, const char *data, size_t size)
{
	buffer_add(context, data, size);
	return true;
}

static void pack_again(const shk_rulebook *book)
{
	struct buffer pack;
	shk_rulebook *other = NULL;
	shk_diag diag = { 0 };

	buffer_init(&pack);
	if (shk_rulebook_pack(scratch_folder(), (shk_sink){ &pack, collect },
		    &diag) != SHK_OK)
		fuzz_fail("a book that loads is not packed: %s", diag.message);
	scratch_write(pack.data, pack.size);
	if (shk_rulebook_open(&other, scratch_path(), NULL, &diag) != SHK_OK)
		fuzz_fail("its pack does not load: %s", diag.message);
	if (strcmp(shk_rulebook_hash(book), shk_rulebook_hash(other)) != 0)
		fuzz_fail("its pack is another book");
	shk_rulebook_free(other);
	buffer_release(&pack);
}

static void load(void)
{
	shk_rulebook *book = NULL;
	struct buffer list;
	shk_diag diag = { 0 };
	enum shk_code code = shk_rulebook_load(&book, scratch_folder(), &diag);

	fuzz_check_code("shk_rulebook_load", code, &diag);
	if (code) {
		if (book)
			fuzz_fail("a failure gives a book");
		return;
	}
	buffer_init(&list);
	code = shk_rulebook_list(
		book, SHK_JAPANESE, (shk_sink){ &list, collect }, &diag);
	fuzz_check_code("shk_rulebook_list", code, &diag);
	buffer_release(&list);
	pack_again(book);
	shk_rulebook_free(book);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *end = size ? memchr(data, 0, size) : NULL;
	size_t first = end ? (size_t)(end - data) : size;
	size_t rest = end ? size - first - 1 : 0;

	prepare();
	if (first > 0)
		scratch_write_as("rulebook.xml", data, first);
	else
		scratch_write_as("rulebook.xml", book_xml.data, book_xml.size);
	if (rest > 0)
		scratch_write_as("sources.xml", end + 1, rest);
	else
		scratch_write_as(
			"sources.xml", sources_xml.data, sources_xml.size);
	load();
	return 0;
}
