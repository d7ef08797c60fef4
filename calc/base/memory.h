/*
 * All memory of the library comes from here, so that it can be counted and so
 * that a test can make the n-th allocation fail. Sizes are in bytes.
 */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct memory_stats {
	uint64_t calls;	 /* allocations asked for since the last reset */
	uint64_t failed; /* of these, refused */
	int64_t in_use;	 /* blocks that are allocated and not yet freed */
};

/* As malloc, calloc, realloc and free; NULL when memory runs out. */
void *memory_alloc(size_t size);
void *memory_zeroed(size_t count, size_t size);
void *memory_resize(void *block, size_t size);
void memory_free(void *block);

/* Copy of `size` bytes with a NUL behind them, or NULL. */
char *memory_copy_text(const char *text, size_t size);

/*
 * Grow the array at `*items` so that it holds at least `need` items of
 * `item_size` bytes; `*capacity` is its present and then its new capacity.
 * False when memory runs out: the array is as it was.
 */
bool memory_grow(void **items, size_t *capacity, size_t need, size_t item_size);

/* Counters since memory_stats_reset; for tests. */
struct memory_stats memory_stats(void);
void memory_stats_reset(void);

/*
 * Fault point: the `nth` next allocation fails (1 is the next one); with
 * `persistent` every one after it fails too. 0 switches it off. Tests only.
 */
void memory_fail_at(uint64_t nth, bool persistent);

/*
 * Arenas ask for each block by itself from now on, in place of one chunk for
 * many, so that the fault point reaches every block. Tests only.
 */
void memory_single_blocks(bool single);
bool memory_is_single(void);

#endif
