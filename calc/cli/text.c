/*
 * Texts that grow by doubling. The NUL behind the last byte is kept at every
 * step, so that the text can be read at any time.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/text.h"

#define TEXT_FIRST 4096 /* bytes of the first piece of memory */

bool cli_text_grow(struct cli_text *text, size_t need)
{
	size_t size = text->capacity ? text->capacity : TEXT_FIRST;
	char *larger;

	if (text->size + need < text->capacity)
		return true;
	while (size <= text->size + need)
		size *= 2;
	larger = realloc(text->data, size);
	if (!larger) {
		text->refused = true;
		return false;
	}
	larger[text->size] = '\0';
	text->data = larger;
	text->capacity = size;
	return true;
}

static bool text_write(void *context, const char *data, size_t size)
{
	struct cli_text *text = context;

	if (!cli_text_grow(text, size))
		return false;
	memcpy(text->data + text->size, data, size);
	text->size += size;
	text->data[text->size] = '\0';
	return true;
}

shk_sink cli_text_sink(struct cli_text *text)
{
	shk_sink sink = { text, text_write };

	return sink;
}

void cli_text_clear(struct cli_text *text)
{
	text->size = 0;
	if (text->data)
		text->data[0] = '\0';
}

void cli_text_release(struct cli_text *text)
{
	free(text->data);
	memset(text, 0, sizeof(*text));
}
