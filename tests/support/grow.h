/*
 * Random FEEL about the facts of facts.h: well formed, mostly well typed,
 * the same for the same seed.
 */
#ifndef SUPPORT_GROW_H
#define SUPPORT_GROW_H

#include <stdint.h>

#include "base/buffer.h"

enum grow_type { GROW_NUMBER, GROW_TRUTH, GROW_WORD, GROW_LIST, GROW_TYPES };

/* Append an expression of about this type, at most `depth` deep. */
void grow(uint64_t *seed, enum grow_type type, unsigned depth,
	struct buffer *out);

#endif
