/*
 * Whole reads with a ceiling, and paths put together and taken apart. "-" is
 * standard input. Nothing is written here: what the library writes goes to the
 * caller's sink, to a temporary file, or into a store.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

#define FILE_BLOCK	  65536 /* bytes asked of the system at a time */
#define FILE_IS_STD(path) (strcmp((path), "-") == 0)

static enum shk_code file_error(
	shk_diag *diag, const char *path, const char *what, int number)
{
	char reason[DIAG_SYSTEM];

	diag_set(diag, SHK_E_IO, "%s: %s", what, diag_system(reason, number));
	diag_place(diag, path, 0, 0);
	return SHK_E_IO;
}

static enum shk_code file_read_all(int descriptor, const char *path,
	size_t ceiling, struct buffer *out, shk_diag *diag)
{
	char block[FILE_BLOCK];
	size_t total = 0;

	for (;;) {
		ssize_t got = read(descriptor, block, sizeof(block));

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return file_error(diag, path, "cannot read", errno);
		if (got == 0)
			return SHK_OK;
		if ((size_t)got > ceiling - total) {
			diag_set(diag, SHK_E_LIMIT,
				"the file is larger than %zu bytes", ceiling);
			diag_place(diag, path, 0, 0);
			return SHK_E_LIMIT;
		}
		total += (size_t)got;
		buffer_add(out, block, (size_t)got);
		if (out->failed)
			return diag_memory(diag);
	}
}

enum shk_code file_read(
	const char *path, size_t ceiling, struct buffer *out, shk_diag *diag)
{
	enum shk_code code;
	int descriptor;

	if (FILE_IS_STD(path))
		return file_read_all(STDIN_FILENO, path, ceiling, out, diag);
	descriptor = open(path, O_RDONLY | O_CLOEXEC);
	if (descriptor < 0)
		return file_error(diag, path, "cannot open", errno);
	code = file_read_all(descriptor, path, ceiling, out, diag);
	close(descriptor);
	return code;
}

size_t file_read_fixed(const char *path, char *out, size_t room)
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC);
	size_t total = 0;
	ssize_t got = 1;

	if (descriptor < 0)
		return 0;
	while (got != 0 && total < room) {
		got = read(descriptor, out + total, room - total);
		if (got > 0)
			total += (size_t)got;
		else if (got < 0 && errno != EINTR)
			total = room;
	}
	close(descriptor);
	return total < room ? total : 0;
}

bool file_join(char *out, size_t size, const char *folder, const char *name)
{
	size_t length = strlen(folder);
	int written;

	while (length > 1 && folder[length - 1] == '/')
		length--;
	if (length > INT_MAX)
		return false;
	if (length == 0)
		written = snprintf(out, size, "%s", name);
	else
		written = snprintf(out, size, "%.*s%s%s", (int)length, folder,
			folder[length - 1] == '/' ? "" : "/", name);
	return written >= 0 && (size_t)written < size;
}

bool file_folder(char *out, size_t size, const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t length;

	if (!slash)
		path = ".";
	length = slash ? (size_t)(slash - path) : 1;
	while (length > 1 && path[length - 1] == '/')
		length--;
	if (slash && length == 0)
		length = 1; /* the root folder itself */
	if (length >= size)
		return false;
	memcpy(out, path, length);
	out[length] = '\0';
	return true;
}
