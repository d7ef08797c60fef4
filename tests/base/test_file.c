/*
 * Whole reads at and past the ceiling, and parts of paths.
 */
#define _XOPEN_SOURCE 700 /* mkdtemp */

#include <criterion/criterion.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"

static char folder[64];
static char path[128];

static void setup(void)
{
	snprintf(folder, sizeof(folder), "/tmp/shokan-file-XXXXXX");
	cr_assert_not_null(mkdtemp(folder));
	cr_assert(file_join(path, sizeof(path), folder, "out.txt"));
}

static void teardown(void)
{
	DIR *list = opendir(folder);
	struct dirent *entry;

	while ((entry = readdir(list)))
		if (entry->d_name[0] != '.') {
			char name[512];

			file_join(name, sizeof(name), folder, entry->d_name);
			remove(name);
		}
	closedir(list);
	rmdir(folder);
}

static void write_file(const char *text)
{
	FILE *out = fopen(path, "wb");

	cr_assert_not_null(out);
	cr_assert_neq(fputs(text, out), EOF);
	cr_assert_eq(fclose(out), 0);
}

TestSuite(file, .init = setup, .fini = teardown);

Test(file, reads_up_to_the_ceiling)
{
	struct buffer buffer;
	shk_diag diag = { 0 };

	write_file("12345");
	buffer_init(&buffer);
	buffer_text(&buffer, "0");
	cr_assert_eq(file_read(path, 5, &buffer, &diag), SHK_OK);
	cr_assert_str_eq(buffer.data, "012345");
	cr_assert_eq(file_read(path, 4, &buffer, &diag), SHK_E_LIMIT);
	cr_assert_eq(diag.code, SHK_E_LIMIT);
	cr_assert_str_eq(diag.path, path);
	buffer_release(&buffer);
}

Test(file, says_why_it_cannot_read)
{
	struct buffer buffer;
	shk_diag diag = { 0 };

	buffer_init(&buffer);
	cr_assert_eq(file_read(path, 5, &buffer, &diag), SHK_E_IO);
	cr_assert_str_eq(diag.path, path);
	cr_assert_not_null(strstr(diag.message, "No such file"));
	diag_clear(&diag);
	cr_assert_eq(file_read(folder, 5, &buffer, &diag), SHK_E_IO);
	cr_assert_not_null(strstr(diag.message, "directory"));
	write_file("x");
	diag_clear(&diag);
	memory_fail_at(1, false);
	cr_assert_eq(file_read(path, 5, &buffer, &diag), SHK_E_MEMORY);
	buffer_release(&buffer);
}

Test(file, reads_standard_input)
{
	struct buffer buffer;
	shk_diag diag = { 0 };
	int file;

	write_file("from a pipe");
	file = open(path, O_RDONLY);
	cr_assert_geq(dup2(file, STDIN_FILENO), 0);
	buffer_init(&buffer);
	cr_assert_eq(file_read("-", 100, &buffer, &diag), SHK_OK);
	cr_assert_str_eq(buffer.data, "from a pipe");
	buffer_release(&buffer);
	close(file);
}

Test(file, paths)
{
	static const struct {
		const char *folder;
		const char *name;
		const char *joined;
	} joins[] = { { "a", "b", "a/b" }, { "a/", "b", "a/b" },
		{ "a//", "b", "a/b" }, { "/", "b", "/b" }, { "", "b", "b" },
		{ ".", "b/c", "./b/c" } };
	static const struct {
		const char *path;
		const char *folder;
	} folders[] = { { "a/b", "a" }, { "b", "." }, { "/b", "/" },
		{ "/a/b", "/a" }, { "a//b", "a" }, { "a/b/", "a/b" },
		{ "", "." }, { "//b", "/" } };
	char out[16];

	for (size_t i = 0; i < sizeof(joins) / sizeof(joins[0]); i++) {
		size_t size = strlen(joins[i].joined);

		cr_assert(file_join(
			out, sizeof(out), joins[i].folder, joins[i].name));
		cr_assert_str_eq(out, joins[i].joined);
		cr_assert(file_join(
			out, size + 1, joins[i].folder, joins[i].name));
		cr_assert_not(
			file_join(out, size, joins[i].folder, joins[i].name));
	}
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		size_t size = strlen(folders[i].folder);

		cr_assert(file_folder(out, sizeof(out), folders[i].path));
		cr_assert_str_eq(out, folders[i].folder, "%s", folders[i].path);
		cr_assert_not(file_folder(out, size, folders[i].path));
	}
}

/* Up to one byte less than there is room for, and without memory. */
Test(file, into_a_fixed_room)
{
	static const struct {
		size_t size;
		size_t room;
		size_t read;
	} rows[] = { { 5, 6, 5 }, { 5, 5, 0 }, { 5, 4, 0 }, { 0, 1, 0 } };
	char out[8];

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		FILE *file = fopen(path, "w");

		cr_assert_not_null(file);
		cr_assert_eq(
			fwrite("abcde", 1, rows[i].size, file), rows[i].size);
		fclose(file);
		memory_fail_at(1, true);
		cr_expect_eq(file_read_fixed(path, out, rows[i].room),
			rows[i].read, "row %zu", i);
		memory_fail_at(0, false);
		cr_expect(
			memcmp(out, "abcde", rows[i].read) == 0, "row %zu", i);
	}
	cr_expect_eq(file_read_fixed(folder, out, sizeof(out)), 0u);
	cr_expect_eq(file_read_fixed("/no/such/file", out, sizeof(out)), 0u);
}
