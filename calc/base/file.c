/*
 * Whole reads with a ceiling, and outputs that appear complete or not at all.
 * An output to a folder entry that is not a plain file (a pipe, a device) is
 * written directly, since renaming over it would replace it. A symbolic link
 * is followed, so that the link stays a link.
 */
#define _XOPEN_SOURCE 700 /* realpath */

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

#define FILE_BLOCK	  65536 /* bytes asked of the system at a time */
#define FILE_TRIES	  100	/* names tried for a temporary file */
#define FILE_IS_STD(path) (strcmp((path), "-") == 0)

static enum shk_code file_error(
	shk_diag *diag, const char *path, const char *what, int number)
{
	char reason[128];

	if (strerror_r(number, reason, sizeof(reason)) != 0)
		reason[0] = '\0';
	diag_set(diag, SHK_E_IO, "%s: %s", what, reason);
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

/* Copy of `path` with symbolic links resolved, into out->path. */
static enum shk_code file_output_name(
	struct file_output *out, const char *path, shk_diag *diag)
{
	char resolved[PATH_MAX];
	struct stat info;
	const char *name = path;
	int written;

	if (lstat(path, &info) == 0 && S_ISLNK(info.st_mode)) {
		if (!realpath(path, resolved))
			return file_error(
				diag, path, "cannot follow the link", errno);
		name = resolved;
	}
	written = snprintf(out->path, sizeof(out->path), "%s", name);
	if (written < 0 || (size_t)written >= sizeof(out->path)) {
		diag_set(diag, SHK_E_LIMIT, "the path is longer than %d bytes",
			SHK_DIAG_PATH - 1);
		diag_place(diag, path, 0, 0);
		return SHK_E_LIMIT;
	}
	return SHK_OK;
}

/* Create the temporary file beside out->path; its descriptor or -1. */
static int file_output_create(struct file_output *out)
{
	int descriptor = -1;

	for (int i = 0; i < FILE_TRIES && descriptor < 0; i++) {
		int written = snprintf(out->temporary, sizeof(out->temporary),
			"%s.%ld.%d.tmp", out->path, (long)getpid(), i);

		if (written < 0 || (size_t)written >= sizeof(out->temporary)) {
			errno = ENAMETOOLONG;
			break;
		}
		descriptor = open(out->temporary,
			O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (descriptor < 0 && errno != EEXIST)
			break;
	}
	if (descriptor < 0)
		out->temporary[0] = '\0';
	return descriptor;
}

/* Open what will be written: a temporary file, or a device directly. */
static int file_output_descriptor(struct file_output *out)
{
	struct stat info;
	int descriptor;

	if (stat(out->path, &info) != 0)
		return file_output_create(out);
	if (!S_ISREG(info.st_mode))
		return open(out->path, O_WRONLY | O_CLOEXEC);
	descriptor = file_output_create(out);
	/* A rewritten file keeps its permissions where that is allowed. */
	if (descriptor >= 0 && fchmod(descriptor, info.st_mode & 0777) != 0)
		errno = 0;
	return descriptor;
}

enum shk_code file_output_open(
	struct file_output *out, const char *path, shk_diag *diag)
{
	enum shk_code code;
	int descriptor;

	memset(out, 0, sizeof(*out));
	if (!path || FILE_IS_STD(path)) {
		out->stream = stdout;
		out->path[0] = '-';
		return SHK_OK;
	}
	code = file_output_name(out, path, diag);
	if (code)
		return code;
	descriptor = file_output_descriptor(out);
	if (descriptor < 0)
		return file_error(diag, path, "cannot create", errno);
	out->stream = fdopen(descriptor, "wb");
	if (!out->stream) {
		code = file_error(diag, path, "cannot create", errno);
		close(descriptor);
		file_output_abort(out);
	}
	return code;
}

enum shk_code file_output_write(
	struct file_output *out, const char *data, size_t size, shk_diag *diag)
{
	if (!out->stream)
		return diag_set(diag, SHK_E_INTERNAL, "the output is not open");
	if (size && fwrite(data, 1, size, out->stream) != size)
		return file_error(diag, out->path, "cannot write", errno);
	return SHK_OK;
}

/* Make the new name of the file last; failure here cannot be helped. */
static void file_sync_folder(const char *path)
{
	char folder[SHK_DIAG_PATH];
	int descriptor;

	if (!file_folder(folder, sizeof(folder), path))
		return;
	descriptor = open(folder, O_RDONLY | O_CLOEXEC);
	if (descriptor < 0)
		return;
	(void)fsync(descriptor);
	close(descriptor);
}

/* Flush and close the stream; 0 or the error number. stdout stays open. */
static int file_output_finish(struct file_output *out)
{
	FILE *stream = out->stream;
	bool written = !ferror(stream);
	int number = written ? 0 : EIO;

	out->stream = NULL;
	if (fflush(stream) != 0)
		number = errno;
	if (!number && out->temporary[0] && fsync(fileno(stream)) != 0)
		number = errno;
	if (stream != stdout && fclose(stream) != 0 && !number)
		number = errno;
	return number;
}

enum shk_code file_output_commit(struct file_output *out, shk_diag *diag)
{
	int number;

	if (!out->stream)
		return diag_set(diag, SHK_E_INTERNAL, "the output is not open");
	number = file_output_finish(out);
	if (!number && out->temporary[0] &&
		rename(out->temporary, out->path) != 0)
		number = errno;
	if (number) {
		file_error(diag, out->path, "cannot write", number);
		file_output_abort(out);
		return SHK_E_IO;
	}
	if (out->temporary[0])
		file_sync_folder(out->path);
	out->temporary[0] = '\0';
	return SHK_OK;
}

void file_output_abort(struct file_output *out)
{
	if (out->stream && out->stream != stdout)
		(void)fclose(out->stream);
	out->stream = NULL;
	if (out->temporary[0])
		(void)unlink(out->temporary);
	out->temporary[0] = '\0';
}
