/*
 * How much of a block is text.
 */
#ifndef RECORD_VALID_H
#define RECORD_VALID_H

#include <stddef.h>

#include "record/wide.h"

/* Bytes of valid UTF-8 without NUL at the front of `data`. */
size_t valid_bytes(const unsigned char *data, size_t size);
/* The same in one of the ways that the machine has. */
size_t valid_bytes_by(enum wide wide, const unsigned char *data, size_t size);

#endif
