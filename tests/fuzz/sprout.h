/*
 * FEEL expressions grown from bytes: every byte chooses a template, bytes that
 * are lacking choose the simplest. Well formed for any bytes, mostly well
 * typed, about the slots of world.h.
 */
#ifndef FUZZ_SPROUT_H
#define FUZZ_SPROUT_H

#include <stdint.h>

#include "base/buffer.h"

/* Append an expression. */
void sprout(const uint8_t *bytes, size_t size, struct buffer *out);

#endif
