/*
 * A growing byte buffer for text. Errors stick: after memory ran out every
 * call does nothing and `failed` stays set, so a writer checks once at the end.
 */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"

struct buffer {
	char *data;  /* NUL-terminated once anything was added */
	size_t size; /* bytes, without that NUL */
	size_t capacity;
	bool failed;
};

void buffer_init(struct buffer *buffer);
void buffer_release(struct buffer *buffer);
void buffer_clear(struct buffer *buffer); /* empty, keeps its memory */
/*
 * Room for `size` more bytes and the NUL behind them, which the caller writes
 * and counts; NULL when memory ran out.
 */
char *buffer_room(struct buffer *buffer, size_t size);
void buffer_add(struct buffer *buffer, const char *data, size_t size);
void buffer_text(struct buffer *buffer, const char *text);
void buffer_byte(struct buffer *buffer, char byte);
void buffer_format(struct buffer *buffer, const char *format, ...)
	BASE_PRINTF(2, 3);

#endif
