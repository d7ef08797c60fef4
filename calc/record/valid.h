/*
 * How much of a block is text.
 */
#ifndef RECORD_VALID_H
#define RECORD_VALID_H

#include <stddef.h>

/* Bytes of valid UTF-8 without NUL at the front of `data`. */
size_t valid_bytes(const unsigned char *data, size_t size);

#endif
