/*
 * Lines of a file, in a window that grows to the longest line. For snapshots,
 * for the runs of the sort, and for lists of approved changes.
 */
#ifndef SNAPSHOT_LINES_H
#define SNAPSHOT_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"

struct lines {
	int file; /* descriptor; -1: none */
	char *data;
	size_t capacity;
	size_t begin; /* of what is not yet given out */
	size_t end;
	bool over; /* the file has no more */
	long row;  /* of the line given out last, from 1 */
};

/* `path` "-" is standard input. SHK_E_IO with the reason. */
enum shk_code lines_open(struct lines *lines, const char *path, shk_diag *diag);
/* Over an open descriptor, which is then owned. */
void lines_from(struct lines *lines, int file);
/*
 * The next line without its LF, valid until the next call; SHK_END behind the
 * last. A line longer than SHK_SNAPSHOT_LINE_MAX is SHK_E_LIMIT; a last line
 * without LF is SHK_E_INPUT, since a file that was cut off looks like that.
 */
enum shk_code lines_next(
	struct lines *lines, const char **line, size_t *size, shk_diag *diag);
void lines_close(struct lines *lines);

#endif
