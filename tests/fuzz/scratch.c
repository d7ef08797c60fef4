/*
 * Files of the targets. Names are kept so that the end removes what was made:
 * a few files in one folder, no more than FILES_MAX.
 */
#define _GNU_SOURCE

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz/scratch.h"
#include "fuzz/target.h"

#define FILES_MAX 16

static char path[64];
static char folder[64];
static char files[FILES_MAX][128];
static size_t file_count;

static const char *place(void)
{
	return access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
}

static void remove_all(void)
{
	if (path[0])
		unlink(path);
	while (file_count > 0) /* what is in a folder came behind it */
		remove(files[--file_count]);
	if (folder[0])
		rmdir(folder);
}

static void end_cleanly(void)
{
	static bool told;

	if (!told)
		atexit(remove_all);
	told = true;
}

static void write_at(const char *file, const void *data, size_t size)
{
	int out = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (out < 0 || write(out, data, size) != (ssize_t)size)
		fuzz_fail("cannot write %s", file);
	close(out);
}

const char *scratch_path(void)
{
	int file;

	if (path[0])
		return path;
	snprintf(path, sizeof(path), "%s/fuzz_XXXXXX", place());
	file = mkstemp(path);
	if (file < 0)
		fuzz_fail("cannot make %s", path);
	close(file);
	end_cleanly();
	return path;
}

void scratch_write(const void *data, size_t size)
{
	write_at(scratch_path(), data, size);
}

const char *scratch_folder(void)
{
	if (folder[0])
		return folder;
	snprintf(folder, sizeof(folder), "%s/fuzz_XXXXXX", place());
	if (!mkdtemp(folder))
		fuzz_fail("cannot make %s", folder);
	end_cleanly();
	return folder;
}

/* Keep a path for the end; where it is kept. */
static const char *keep(const char *made)
{
	size_t i = 0;

	while (i < file_count && strcmp(files[i], made) != 0)
		i++;
	if (i == FILES_MAX)
		fuzz_fail("too many files");
	if (i == file_count)
		snprintf(files[file_count++], sizeof(files[0]), "%s", made);
	return files[i];
}

/* The place of `name` in the folder, with a folder for it if it needs one. */
static const char *kept_file(const char *name)
{
	char file[sizeof(files[0])];
	char *slash;

	snprintf(file, sizeof(file), "%s/%s", scratch_folder(), name);
	slash = strrchr(file, '/');
	if (slash > file + strlen(folder)) {
		*slash = '\0';
		if (mkdir(file, 0700) == 0)
			keep(file);
		*slash = '/';
	}
	return keep(file);
}

const char *scratch_write_as(const char *name, const void *data, size_t size)
{
	const char *file = kept_file(name);

	write_at(file, data, size);
	return file;
}
