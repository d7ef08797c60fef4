/*
 * Growing byte buffer. Capacity doubles, the NUL behind the text is always
 * counted in, and a failure sticks: the text then stays what it was when
 * memory ran out.
 */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"

void buffer_init(struct buffer *buffer)
{
	memset(buffer, 0, sizeof(*buffer));
}

void buffer_release(struct buffer *buffer)
{
	memory_free(buffer->data);
	buffer_init(buffer);
}

void buffer_clear(struct buffer *buffer)
{
	buffer->size = 0;
	buffer->failed = false;
	if (buffer->data)
		buffer->data[0] = '\0';
}

/* Room for `size` more bytes and the NUL. */
static bool buffer_reserve(struct buffer *buffer, size_t size)
{
	void *data = buffer->data;

	if (buffer->failed)
		return false;
	if (size >= SIZE_MAX - buffer->size ||
		!memory_grow(
			&data, &buffer->capacity, buffer->size + size + 1, 1)) {
		buffer->failed = true;
		return false;
	}
	buffer->data = data;
	return true;
}

char *buffer_room(struct buffer *buffer, size_t size)
{
	bool fits = size < buffer->capacity - buffer->size;

	if (buffer->failed || (!fits && !buffer_reserve(buffer, size)))
		return NULL;
	return buffer->data + buffer->size;
}

void buffer_add(struct buffer *buffer, const char *data, size_t size)
{
	if (!buffer_reserve(buffer, size))
		return;
	if (size)
		memcpy(buffer->data + buffer->size, data, size);
	buffer->size += size;
	buffer->data[buffer->size] = '\0';
}

void buffer_text(struct buffer *buffer, const char *text)
{
	buffer_add(buffer, text, strlen(text));
}

void buffer_byte(struct buffer *buffer, char byte)
{
	buffer_add(buffer, &byte, 1);
}

void buffer_format(struct buffer *buffer, const char *format, ...)
{
	va_list args;
	va_list again;
	int length;

	va_start(args, format);
	va_copy(again, args);
	length = vsnprintf(NULL, 0, format, args);
	if (length < 0)
		buffer->failed = true;
	else if (buffer_reserve(buffer, (size_t)length)) {
		vsnprintf(buffer->data + buffer->size, (size_t)length + 1,
			format, again);
		buffer->size += (size_t)length;
	}
	va_end(again);
	va_end(args);
}
