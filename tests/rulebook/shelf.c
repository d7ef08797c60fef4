/*
 * See shelf.h.
 */
#include "rulebook/shelf.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

static const char *const files[] = { "rulebook.xml", "sources.xml",
	"fields.xml", "r1/fee.dmn", "r1/words.dmn", "r2/fee.dmn",
	"r2/words.dmn" };

#define FILES (sizeof(files) / sizeof(*files))

static char folder[64];

static void path_of(const char *file, char *path, size_t size)
{
	cr_assert(file_join(path, size, folder, file));
}

static void read_all(const char *path, struct buffer *bytes)
{
	shk_diag diag = { 0 };

	buffer_init(bytes);
	cr_assert_eq(file_read(path, 1u << 20, bytes, &diag), SHK_OK, "%s",
		diag.message);
}

static void write_all(const char *path, const char *data, size_t size)
{
	FILE *stream = fopen(path, "wb");

	cr_assert_not_null(stream, "%s", path);
	cr_assert_eq(fwrite(data, 1, size, stream), size);
	cr_assert_eq(fclose(stream), 0);
}

const char *shelf_open(void)
{
	char path[256];
	struct buffer bytes;

	snprintf(folder, sizeof(folder), "/tmp/book_test_XXXXXX");
	cr_assert_not_null(mkdtemp(folder));
	path_of("r1", path, sizeof(path));
	cr_assert_eq(mkdir(path, 0700), 0);
	path_of("r2", path, sizeof(path));
	cr_assert_eq(mkdir(path, 0700), 0);
	for (size_t i = 0; i < FILES; i++) {
		snprintf(path, sizeof(path), "%s/%s", GOOD_BOOK, files[i]);
		read_all(path, &bytes);
		shelf_write(files[i], bytes.data);
		buffer_release(&bytes);
	}
	return folder;
}

void shelf_close(void)
{
	char path[256];

	for (size_t i = 0; i < FILES; i++) {
		path_of(files[i], path, sizeof(path));
		unlink(path);
	}
	path_of("r1", path, sizeof(path));
	rmdir(path);
	path_of("r2", path, sizeof(path));
	rmdir(path);
	cr_expect_eq(rmdir(folder), 0, "%s", folder);
}

void shelf_write(const char *file, const char *text)
{
	char path[256];

	path_of(file, path, sizeof(path));
	write_all(path, text, strlen(text));
}

void shelf_remove(const char *file)
{
	char path[256];

	path_of(file, path, sizeof(path));
	cr_assert_eq(unlink(path), 0);
}

void shelf_edit(const char *file, const char *from, const char *to)
{
	struct buffer before, after;
	char path[256];
	const char *at;

	path_of(file, path, sizeof(path));
	read_all(path, &before);
	at = strstr(before.data, from);
	cr_assert_not_null(at, "%s has no %s", file, from);
	cr_assert_null(strstr(at + 1, from), "%s has two %s", file, from);
	buffer_init(&after);
	buffer_add(&after, before.data, (size_t)(at - before.data));
	buffer_text(&after, to);
	buffer_text(&after, at + strlen(from));
	write_all(path, after.data, after.size);
	buffer_release(&before);
	buffer_release(&after);
}

bool shelf_flip(const char *file, long at)
{
	struct buffer bytes;
	char path[256];
	bool inside;

	path_of(file, path, sizeof(path));
	read_all(path, &bytes);
	inside = at < (long)bytes.size;
	if (inside) {
		bytes.data[at] = bytes.data[at] == ' ' ? '\t' : ' ';
		write_all(path, bytes.data, bytes.size);
	}
	buffer_release(&bytes);
	return inside;
}

shk_rulebook *shelf_load(const char *from)
{
	shk_rulebook *book;
	shk_diag diag = { 0 };

	cr_assert_eq(shk_rulebook_load(&book, from, &diag), SHK_OK,
		"%s:%ld: %s", diag.path, diag.line, diag.message);
	return book;
}

static bool collect(void *context, const char *data, size_t size)
{
	buffer_add(context, data, size);
	return true;
}

shk_sink shelf_sink(struct buffer *out)
{
	return (shk_sink){ out, collect };
}

const char *shelf_folder(void)
{
	return folder;
}
