/*
 * An arena: many small blocks, one release. Blocks are aligned for any type
 * and live until the arena is cleared back past them or released.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena_chunk;

struct arena {
	struct arena_chunk *first;
	struct arena_chunk *current;
	char *at;  /* next free byte of `current` */
	char *end; /* end of `current` */
};

/* A position to return to. */
struct arena_mark {
	struct arena_chunk *chunk;
	char *at;
};

void arena_init(struct arena *arena);
void arena_release(struct arena *arena);

/* `size` bytes, not cleared, or NULL when memory runs out. */
void *arena_alloc(struct arena *arena, size_t size);
/* `count` zeroed items, or NULL (also when the product overflows). */
void *arena_zeroed(struct arena *arena, size_t count, size_t size);
/* Copy of `size` bytes with a NUL behind them, or NULL. */
char *arena_text(struct arena *arena, const char *text, size_t size);

/* Forget everything allocated since `mark`; keeps the chunks for reuse. */
struct arena_mark arena_mark(const struct arena *arena);
void arena_rewind(struct arena *arena, struct arena_mark mark);
/* Forget everything; keeps the chunks, so that reuse allocates nothing. */
void arena_clear(struct arena *arena);

#endif
