/*
 * A growing text that a writer of the library fills.
 */
#ifndef CLI_TEXT_H
#define CLI_TEXT_H

#include <shokan/sink.h>

struct cli_text {
	char *data; /* NUL-terminated; NULL while nothing was written */
	size_t size;
	size_t capacity;
	bool refused; /* memory ran out: that is why a sink of it failed */
};

/* Room for `need` bytes more and a NUL; false when memory ran out. */
bool cli_text_grow(struct cli_text *text, size_t need);
shk_sink cli_text_sink(struct cli_text *text);
void cli_text_clear(struct cli_text *text);
void cli_text_release(struct cli_text *text);

#endif
