/*
 * The Japanese of messages, which are made in English.
 */
#ifndef SERVE_JAPANESE_H
#define SERVE_JAPANESE_H

#include "base/buffer.h"

/* Appends what `message` says in Japanese, as plain text; false: it is not
   among those known here, and nothing was appended. */
bool serve_japanese(struct buffer *out, const char *message);

#endif
