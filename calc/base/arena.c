/*
 * Arena of chunks in a list, in the order of use. Going back to a mark keeps
 * the chunks behind it; a later request takes the first kept chunk that is
 * large enough, so that doing the same work twice allocates nothing the
 * second time. `at` is always aligned, because sizes are rounded up.
 */
#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"

#define ARENA_ALIGN	  alignof(max_align_t)
#define ARENA_CHUNK_FIRST 4096u	      /* bytes of the first chunk */
#define ARENA_CHUNK_MOST  (1u << 20u) /* chunks stop growing here */

struct arena_chunk {
	struct arena_chunk *next;
	size_t size; /* bytes behind this header */
	alignas(max_align_t) char data[];
};

void arena_init(struct arena *arena)
{
	memset(arena, 0, sizeof(*arena));
}

void arena_release(struct arena *arena)
{
	struct arena_chunk *chunk = arena->first;

	while (chunk) {
		struct arena_chunk *next = chunk->next;

		memory_free(chunk);
		chunk = next;
	}
	arena_init(arena);
}

static void arena_enter(struct arena *arena, struct arena_chunk *chunk)
{
	arena->current = chunk;
	arena->at = chunk ? chunk->data : NULL;
	arena->end = chunk ? chunk->data + chunk->size : NULL;
}

/* Put `chunk` behind the current one, or first, and use it. */
static void arena_link(struct arena *arena, struct arena_chunk *chunk)
{
	struct arena_chunk **place =
		arena->current ? &arena->current->next : &arena->first;

	chunk->next = *place;
	*place = chunk;
	arena_enter(arena, chunk);
}

/* Unlink the first kept chunk of at least `size` bytes; NULL if none. */
static struct arena_chunk *arena_take_kept(struct arena *arena, size_t size)
{
	struct arena_chunk **place =
		arena->current ? &arena->current->next : &arena->first;

	while (*place) {
		struct arena_chunk *chunk = *place;

		if (chunk->size >= size) {
			*place = chunk->next;
			return chunk;
		}
		place = &chunk->next;
	}
	return NULL;
}

static struct arena_chunk *arena_new_chunk(
	const struct arena *arena, size_t size)
{
	struct arena_chunk *chunk;
	size_t room = ARENA_CHUNK_FIRST;

	if (arena->current && arena->current->size >= room)
		room = arena->current->size * 2;
	if (room > ARENA_CHUNK_MOST)
		room = ARENA_CHUNK_MOST;
	if (room < size || memory_is_single())
		room = size;
	chunk = memory_alloc(sizeof(*chunk) + room);
	if (chunk)
		chunk->size = room;
	return chunk;
}

static bool arena_more(struct arena *arena, size_t size)
{
	struct arena_chunk *chunk = arena_take_kept(arena, size);

	if (!chunk)
		chunk = arena_new_chunk(arena, size);
	if (!chunk)
		return false;
	arena_link(arena, chunk);
	return true;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	void *block;

	if (size > SIZE_MAX / 2)
		return NULL;
	size = size ? (size + ARENA_ALIGN - 1) & ~(ARENA_ALIGN - 1)
		    : ARENA_ALIGN;
	if ((size_t)(arena->end - arena->at) < size && !arena_more(arena, size))
		return NULL;
	block = arena->at;
	arena->at += size;
	return block;
}

void *arena_zeroed(struct arena *arena, size_t count, size_t size)
{
	void *block;

	if (size && count > SIZE_MAX / size)
		return NULL;
	block = arena_alloc(arena, count * size);
	if (block)
		memset(block, 0, count * size);
	return block;
}

char *arena_text(struct arena *arena, const char *text, size_t size)
{
	char *copy;

	if (size == SIZE_MAX)
		return NULL;
	copy = arena_alloc(arena, size + 1);
	if (!copy)
		return NULL;
	if (size)
		memcpy(copy, text, size);
	copy[size] = '\0';
	return copy;
}

struct arena_mark arena_mark(const struct arena *arena)
{
	return (struct arena_mark){ arena->current, arena->at };
}

void arena_rewind(struct arena *arena, struct arena_mark mark)
{
	if (!mark.chunk) {
		arena_clear(arena);
		return;
	}
	arena_enter(arena, mark.chunk);
	arena->at = mark.at;
}

void arena_clear(struct arena *arena)
{
	arena_enter(arena, arena->first);
}
