/*
 * Whole reads at and past the ceiling, and outputs that appear complete or
 * not at all.
 */
#define _XOPEN_SOURCE 700 /* mkdtemp, symlink */

#include <criterion/criterion.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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

static int entries(void)
{
	DIR *list = opendir(folder);
	struct dirent *entry;
	int count = 0;

	while ((entry = readdir(list)))
		count += entry->d_name[0] != '.';
	closedir(list);
	return count;
}

static void write_file(const char *text)
{
	struct file_output out;
	shk_diag diag = { 0 };

	cr_assert_eq(file_output_open(&out, path, &diag), SHK_OK, "%s",
		diag.message);
	cr_assert_eq(
		file_output_write(&out, text, strlen(text), &diag), SHK_OK);
	cr_assert_eq(
		file_output_commit(&out, &diag), SHK_OK, "%s", diag.message);
}

static void expect_file(const char *text)
{
	struct buffer buffer;
	shk_diag diag = { 0 };

	buffer_init(&buffer);
	cr_assert_eq(file_read(path, 1000, &buffer, &diag), SHK_OK, "%s",
		diag.message);
	cr_assert_str_eq(buffer.data, text);
	buffer_release(&buffer);
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

Test(file, an_output_appears_only_when_committed)
{
	struct file_output out;
	shk_diag diag = { 0 };

	write_file("old");
	cr_assert_eq(file_output_open(&out, path, &diag), SHK_OK);
	cr_assert_eq(file_output_write(&out, "new", 3, &diag), SHK_OK);
	expect_file("old");
	cr_assert_eq(entries(), 2);
	file_output_abort(&out);
	expect_file("old");
	cr_assert_eq(entries(), 1);
	cr_assert_eq(file_output_write(&out, "x", 1, &diag), SHK_E_INTERNAL);
	write_file("new");
	expect_file("new");
	cr_assert_eq(entries(), 1);
}

Test(file, a_rewritten_file_keeps_its_permissions_and_its_link)
{
	char link[128];
	char real[128];
	struct stat info;

	write_file("old");
	cr_assert_eq(chmod(path, 0640), 0);
	cr_assert(file_join(link, sizeof(link), folder, "link"));
	cr_assert_eq(symlink("out.txt", link), 0);
	snprintf(real, sizeof(real), "%s", path);
	snprintf(path, sizeof(path), "%s", link);
	write_file("new");
	cr_assert_eq(lstat(link, &info), 0);
	cr_assert(S_ISLNK(info.st_mode));
	cr_assert_eq(lstat(real, &info), 0);
	cr_assert_eq(info.st_mode & 0777, 0640);
	snprintf(path, sizeof(path), "%s", real);
	expect_file("new");
}

Test(file, an_output_that_cannot_be_opened)
{
	struct file_output out;
	shk_diag diag = { 0 };
	char bad[SHK_DIAG_PATH + 8];

	cr_assert_eq(file_output_open(&out, folder, &diag), SHK_E_IO);
	diag_clear(&diag);
	cr_assert(file_join(bad, sizeof(bad), folder, "none/file"));
	cr_assert_eq(file_output_open(&out, bad, &diag), SHK_E_IO);
	cr_assert_str_eq(diag.path, bad);
	diag_clear(&diag);
	memset(bad, 'a', SHK_DIAG_PATH);
	bad[SHK_DIAG_PATH] = '\0';
	cr_assert_eq(file_output_open(&out, bad, &diag), SHK_E_LIMIT);
	cr_assert_eq(entries(), 0);
}

/* A full device takes the bytes at first and refuses them on the flush. */
Test(file, a_full_disk_is_reported)
{
	struct file_output out;
	shk_diag diag = { 0 };

	if (access("/dev/full", W_OK) != 0)
		cr_skip_test("no /dev/full here");
	cr_assert_eq(file_output_open(&out, "/dev/full", &diag), SHK_OK);
	cr_assert_eq(file_output_write(&out, "x", 1, &diag), SHK_OK);
	cr_assert_eq(file_output_commit(&out, &diag), SHK_E_IO);
	cr_assert_not_null(strstr(diag.message, "space"));
	cr_assert_eq(access("/dev/full", W_OK), 0);
}

Test(file, standard_output_is_flushed_and_stays_open)
{
	struct file_output out;
	shk_diag diag = { 0 };
	int saved = dup(STDOUT_FILENO);
	int file = open(path, O_WRONLY | O_CREAT, 0600);

	cr_assert_geq(dup2(file, STDOUT_FILENO), 0);
	for (int i = 0; i < 2; i++) {
		cr_assert_eq(
			file_output_open(&out, i ? "-" : NULL, &diag), SHK_OK);
		cr_assert_eq(
			file_output_write(&out, "hello", 5, &diag), SHK_OK);
		cr_assert_eq(file_output_commit(&out, &diag), SHK_OK);
	}
	cr_assert_geq(dup2(saved, STDOUT_FILENO), 0);
	close(file);
	close(saved);
	expect_file("hellohello");
}

Test(file, standard_output_on_a_full_disk)
{
	struct file_output out;
	shk_diag diag = { 0 };
	int saved = dup(STDOUT_FILENO);
	int full = open("/dev/full", O_WRONLY);
	enum shk_code code;

	if (full < 0)
		cr_skip_test("no /dev/full here");
	dup2(full, STDOUT_FILENO);
	file_output_open(&out, "-", &diag);
	file_output_write(&out, "hello", 5, &diag);
	code = file_output_commit(&out, &diag);
	dup2(saved, STDOUT_FILENO);
	close(full);
	close(saved);
	cr_assert_eq(code, SHK_E_IO);
	cr_assert_str_eq(diag.path, "-");
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
