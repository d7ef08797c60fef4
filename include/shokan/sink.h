/*
 * Where output goes. Every writer of the library takes one.
 */
#ifndef SHOKAN_SINK_H
#define SHOKAN_SINK_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* `write` returns false when it could not write. */
typedef struct shk_sink {
	void *context; /* given to `write` */
	/* Takes all `size` bytes, which live during the call; false when it
	   could not: the writer then ends with SHK_E_IO. */
	bool (*write)(void *context, const char *data, size_t size);
} shk_sink;

#ifdef __cplusplus
}
#endif
#endif
