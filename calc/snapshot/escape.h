/*
 * The columns of a snapshot line: names, and what stands for the signs that
 * would end a column or a line.
 */
#ifndef SNAPSHOT_ESCAPE_H
#define SNAPSHOT_ESCAPE_H

#include <shokan/snapshot.h>

#include "base/buffer.h"

/* `\t`, `\n`, `\r`, `\\` for the signs themselves. */
void snapshot_escape(struct buffer *out, const char *text, size_t size);

/*
 * Decode `from` to `end` into `room`, with a NUL behind it; the place behind
 * that NUL, or NULL for a `\` that stands for nothing.
 */
char *snapshot_unescape(char *room, const char *from, const char *end);

/* The header lines into a buffer. */
void snapshot_header_print(
	struct buffer *out, const struct shk_snapshot_header *header);

#endif
