/*
 * Reading lines without stdio: a line may hold any byte, also a NUL, and is
 * handed out where it stands in the window.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <shokan/snapshot.h>

#include "base/memory.h"
#include "snapshot/lines.h"

#define LINES_BLOCK ((size_t)1 << 16) /* bytes asked of the system at a time */

static enum shk_code lines_fail(shk_diag *diag, const char *what, int number)
{
	char reason[128];

	if (strerror_r(number, reason, sizeof(reason)) != 0)
		reason[0] = '\0';
	return diag_set(diag, SHK_E_IO, "%s: %s", what, reason);
}

void lines_from(struct lines *lines, int file)
{
	*lines = (struct lines){ .file = file };
}

enum shk_code lines_open(struct lines *lines, const char *path, shk_diag *diag)
{
	bool standard = strcmp(path, "-") == 0;

	lines_from(lines, -1);
	lines->file =
		standard ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
	if (lines->file >= 0)
		return SHK_OK;
	lines_fail(diag, "cannot open", errno);
	diag_place(diag, path, 0, 0);
	return SHK_E_IO;
}

static enum shk_code lines_long(shk_diag *diag)
{
	return diag_set(diag, SHK_E_LIMIT, "the line is longer than %u bytes",
		SHK_SNAPSHOT_LINE_MAX);
}

/* Make room behind what is held, and read one block there. */
static enum shk_code lines_fill(struct lines *lines, shk_diag *diag)
{
	size_t held = lines->end - lines->begin;
	ssize_t got;

	if (held >= SHK_SNAPSHOT_LINE_MAX)
		return lines_long(diag);
	if (lines->begin && lines->end + LINES_BLOCK > lines->capacity) {
		memmove(lines->data, lines->data + lines->begin, held);
		lines->begin = 0;
		lines->end = held;
	}
	if (!memory_grow((void **)&lines->data, &lines->capacity,
		    lines->end + LINES_BLOCK, 1))
		return diag_memory(diag);
	do
		got = read(lines->file, lines->data + lines->end, LINES_BLOCK);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return lines_fail(diag, "cannot read", errno);
	lines->over = got == 0;
	lines->end += (size_t)got;
	return SHK_OK;
}

enum shk_code lines_next(
	struct lines *lines, const char **line, size_t *size, shk_diag *diag)
{
	size_t seen = 0;

	for (;;) {
		const char *from =
			lines->data ? lines->data + lines->begin : "";
		size_t held = lines->end - lines->begin;
		const char *stop =
			held > seen ? memchr(from + seen, '\n', held - seen)
				    : NULL;
		enum shk_code code;

		if (stop) {
			lines->row++;
			lines->begin += (size_t)(stop - from) + 1;
			*line = from;
			*size = (size_t)(stop - from);
			return *size < SHK_SNAPSHOT_LINE_MAX ? SHK_OK
							     : lines_long(diag);
		}
		if (lines->over && held == 0)
			return SHK_END;
		if (lines->over) {
			lines->row++;
			return diag_set(diag, SHK_E_INPUT,
				"the last line has no LF; the file was cut "
				"off");
		}
		seen = held;
		code = lines_fill(lines, diag);
		if (code) {
			lines->row++;
			return code;
		}
	}
}

void lines_close(struct lines *lines)
{
	if (lines->file >= 0)
		close(lines->file);
	memory_free(lines->data);
	lines_from(lines, -1);
}
