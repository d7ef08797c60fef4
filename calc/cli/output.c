/*
 * Output that is complete or absent: a temporary file beside the target, then
 * flush, sync and rename. A target that is no regular file (a device, a pipe)
 * is written to directly. The command may not use base/, hence this small
 * twin of its file writer.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/held.h"
#include "cli/message.h"
#include "cli/output.h"

static enum cli_exit cli_output_fail(const struct cli_output *out)
{
	if (errno == ENOMEM)
		return cli_complain_memory();
	cli_complain("cannot write %s: %s",
		out->path[0] ? out->path : "standard output", strerror(errno));
	return CLI_IO;
}

/* The mode that an ordinary creation would give. */
static mode_t cli_output_mode(const struct stat *old, bool exists)
{
	mode_t mask;

	if (exists)
		return old->st_mode & 0777;
	mask = umask(0);
	umask(mask);
	return 0666 & ~mask;
}

static enum cli_exit cli_output_create(
	struct cli_output *out, const struct stat *old, bool exists)
{
	int length = snprintf(
		out->temporary, sizeof(out->temporary), "%s.XXXXXX", out->path);
	int file;

	if (length < 0 || (size_t)length >= sizeof(out->temporary)) {
		out->temporary[0] = '\0';
		errno = ENAMETOOLONG;
		return cli_output_fail(out);
	}
	file = mkstemp(out->temporary);
	if (file < 0) {
		out->temporary[0] = '\0';
		return cli_output_fail(out);
	}
	if (fchmod(file, cli_output_mode(old, exists)) == 0)
		out->stream = fdopen(file, "w");
	if (!out->stream) {
		enum cli_exit status = cli_output_fail(out);

		close(file);
		unlink(out->temporary);
		out->temporary[0] = '\0';
		return status;
	}
	return CLI_DONE;
}

static enum cli_exit cli_output_file(struct cli_output *out)
{
	struct stat old;
	bool exists = stat(out->path, &old) == 0;

	if (!exists || S_ISREG(old.st_mode))
		return cli_output_create(out, &old, exists);
	out->stream = fopen(out->path, "w");
	return out->stream ? CLI_DONE : cli_output_fail(out);
}

enum cli_exit cli_output_open(
	struct cli_output *out, const char *path, bool hold)
{
	enum cli_exit status = CLI_DONE;

	memset(out, 0, sizeof(*out));
	out->path = path && strcmp(path, "-") != 0 ? path : "";
	out->standard = out->path[0] == '\0';
	if (out->standard && path && path[0] == '\0') {
		cli_complain("--output needs a file name");
		return CLI_USAGE;
	}
	if (out->standard)
		out->stream = stdout;
	else
		status = cli_output_file(out);
	if (status != CLI_DONE || !hold)
		return status;
	out->behind = out->stream;
	out->stream = cli_held_open(&out->held);
	if (out->stream)
		return CLI_DONE;
	out->stream = out->behind;
	out->behind = NULL;
	cli_complain("out of memory");
	return CLI_INTERNAL;
}

/* The part of a run, opened, locked and cut to `bytes`; -1 and errno. */
static int cli_output_part(struct cli_output *out, unsigned long long bytes)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	int file = open(out->temporary, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);

	if (file < 0)
		return -1;
	if (fcntl(file, F_SETLK, &lock) == 0 &&
		ftruncate(file, (off_t)bytes) == 0 &&
		lseek(file, 0, SEEK_END) >= 0)
		return file;
	if (errno == EACCES)
		errno = EAGAIN;
	close(file);
	return -1;
}

enum cli_exit cli_output_open_part(struct cli_output *out, const char *path,
	long long run, unsigned long long *bytes)
{
	struct stat old, part;
	unsigned long long wanted = *bytes;
	bool exists;
	int length, file;

	*bytes = 0;
	memset(out, 0, sizeof(*out));
	exists = path && stat(path, &old) == 0;
	if (!path || strcmp(path, "-") == 0 || path[0] == '\0' ||
		(exists && !S_ISREG(old.st_mode)))
		return cli_output_open(out, path, false);
	out->path = path;
	length = snprintf(out->temporary, sizeof(out->temporary),
		"%s.run%lld.part", path, run);
	if (length < 0 || (size_t)length >= sizeof(out->temporary)) {
		out->temporary[0] = '\0';
		errno = ENAMETOOLONG;
		return cli_output_fail(out);
	}
	if (stat(out->temporary, &part) == 0 &&
		(unsigned long long)part.st_size >= wanted)
		*bytes = wanted;
	file = cli_output_part(out, *bytes);
	if (file >= 0 && fchmod(file, cli_output_mode(&old, exists)) == 0)
		out->stream = fdopen(file, "w");
	if (!out->stream) {
		enum cli_exit status = cli_output_fail(out);

		if (file >= 0)
			close(file);
		out->temporary[0] = '\0';
		return status;
	}
	out->stays = true;
	return CLI_DONE;
}

enum cli_exit cli_output_sync(struct cli_output *out, unsigned long long *bytes)
{
	off_t at;

	*bytes = 0;
	if (fflush(out->stream) != 0)
		return cli_output_fail(out);
	if (!out->temporary[0])
		return CLI_DONE;
	at = ftello(out->stream);
	if (at < 0 || fsync(fileno(out->stream)) != 0)
		return cli_output_fail(out);
	*bytes = (unsigned long long)at;
	return CLI_DONE;
}

static bool cli_output_write(void *context, const char *data, size_t size)
{
	struct cli_output *out = context;

	return fwrite(data, 1, size, out->stream) == size;
}

shk_sink cli_output_sink(struct cli_output *out)
{
	shk_sink sink = { out, cli_output_write };

	return sink;
}

/* Let go of what was held, into the real stream. */
static bool cli_output_unhold(struct cli_output *out, bool write)
{
	bool good;

	if (!out->behind)
		return true;
	good = cli_held_close(out->stream, &out->held);
	if (!good)
		errno = ENOMEM;
	out->stream = out->behind;
	out->behind = NULL;
	if (good && write)
		good = fwrite(out->held.data, 1, out->held.size, out->stream) ==
		       out->held.size;
	cli_text_release(&out->held);
	return good;
}

enum cli_exit cli_output_commit(struct cli_output *out)
{
	bool good = cli_output_unhold(out, true);
	enum cli_exit status = CLI_DONE;

	if (fflush(out->stream) != 0 || ferror(out->stream))
		good = false;
	if (good && out->temporary[0] && fsync(fileno(out->stream)) != 0)
		good = false;
	if (!good)
		status = cli_output_fail(out);
	if (!out->standard && fclose(out->stream) != 0 && good)
		status = cli_output_fail(out);
	out->stream = NULL;
	if (status == CLI_DONE && out->temporary[0] &&
		rename(out->temporary, out->path) != 0)
		status = cli_output_fail(out);
	if (status != CLI_DONE && out->temporary[0] && !out->stays)
		unlink(out->temporary);
	out->temporary[0] = '\0';
	return status;
}

void cli_output_abort(struct cli_output *out)
{
	if (!out->stream)
		return;
	cli_output_unhold(out, false);
	if (!out->standard)
		fclose(out->stream);
	out->stream = NULL;
	if (out->temporary[0] && !out->stays)
		unlink(out->temporary);
	out->temporary[0] = '\0';
}
