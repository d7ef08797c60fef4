/*
 * The stream is one of the C library's, with a function of ours behind its
 * buffer: a write that it refuses sets the stream's error, as that of a file.
 */
#define _GNU_SOURCE /* fopencookie */
#include "cli/held.h"

static ssize_t held_write(void *context, const char *data, size_t size)
{
	shk_sink sink = cli_text_sink(context);

	return sink.write(sink.context, data, size) ? (ssize_t)size : 0;
}

/* Where it is, for ftell; it goes nowhere else. */
static int held_seek(void *context, off64_t *place, int whence)
{
	const struct cli_text *text = context;

	if (*place != 0 || whence == SEEK_SET)
		return -1;
	*place = (off64_t)text->size;
	return 0;
}

FILE *cli_held_open(struct cli_text *text)
{
	const cookie_io_functions_t calls = { .write = held_write,
		.seek = held_seek };

	return fopencookie(text, "w", calls);
}

bool cli_held_close(FILE *stream, struct cli_text *text)
{
	bool good = fflush(stream) == 0 && !ferror(stream);

	return fclose(stream) == 0 && good && cli_text_grow(text, 0);
}
