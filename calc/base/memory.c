/*
 * The one door to the allocator: counts what is asked for, refused and still
 * in use, and refuses the n-th request when a test says so. The counters and
 * the fault point are atomics; with the program's allocator, which is set while
 * no block is in use, they are the only state of this library that outlives a
 * call. They change no result, only whether memory is granted.
 */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include <shokan/allocator.h>

#include "base/diag.h"
#include "base/memory.h"

#define MEMORY_FIRST_ITEMS 8 /* items of a growing array at first */

static _Atomic uint64_t memory_calls;
static _Atomic uint64_t memory_failed;
static _Atomic int64_t memory_in_use;
static _Atomic uint64_t memory_fault_in; /* requests until it fails; 0: never */
static _Atomic bool memory_fault_stays;
static _Atomic bool memory_single;
static shk_allocator memory_allocator; /* without functions: the C library's */

/* True when the fault point says that this request fails. */
static bool memory_refused(void)
{
	uint64_t left = atomic_load(&memory_fault_in);

	do {
		if (left == 0)
			return false;
		if (left == 1 && atomic_load(&memory_fault_stays))
			return true;
	} while (!atomic_compare_exchange_weak(
		&memory_fault_in, &left, left - 1));
	return left == 1;
}

static bool memory_asked(void)
{
	atomic_fetch_add_explicit(&memory_calls, 1, memory_order_relaxed);
	if (!memory_refused())
		return true;
	atomic_fetch_add_explicit(&memory_failed, 1, memory_order_relaxed);
	return false;
}

/* Account for `block`, fresh from the allocator. */
static void *memory_granted(void *block)
{
	if (block)
		atomic_fetch_add_explicit(
			&memory_in_use, 1, memory_order_relaxed);
	else
		atomic_fetch_add_explicit(
			&memory_failed, 1, memory_order_relaxed);
	return block;
}

static void *memory_get(size_t size)
{
	const shk_allocator *own = &memory_allocator;

	return own->alloc ? own->alloc(own->context, size) : malloc(size);
}

static void *memory_get_zeroed(size_t count, size_t size)
{
	void *block;

	if (!memory_allocator.alloc)
		return calloc(count, size);
	if (count > SIZE_MAX / size)
		return NULL;
	block = memory_get(count * size);
	if (block)
		memset(block, 0, count * size);
	return block;
}

void *memory_alloc(size_t size)
{
	if (!memory_asked())
		return NULL;
	return memory_granted(memory_get(size ? size : 1));
}

void *memory_zeroed(size_t count, size_t size)
{
	if (!memory_asked())
		return NULL;
	if (count == 0 || size == 0)
		return memory_granted(memory_get_zeroed(1, 1));
	return memory_granted(memory_get_zeroed(count, size));
}

void *memory_resize(void *block, size_t size)
{
	const shk_allocator *own = &memory_allocator;
	void *moved;

	if (!block)
		return memory_alloc(size);
	if (!memory_asked())
		return NULL;
	size = size ? size : 1;
	moved = own->resize ? own->resize(own->context, block, size)
			    : realloc(block, size);
	if (!moved)
		atomic_fetch_add_explicit(
			&memory_failed, 1, memory_order_relaxed);
	return moved;
}

void memory_free(void *block)
{
	const shk_allocator *own = &memory_allocator;

	if (!block)
		return;
	if (own->free)
		own->free(own->context, block);
	else
		free(block);
	atomic_fetch_sub_explicit(&memory_in_use, 1, memory_order_relaxed);
}

enum shk_code shk_allocator_set(const shk_allocator *allocator, shk_diag *diag)
{
	uint64_t blocks = shk_allocator_blocks();

	if (allocator &&
		(!allocator->alloc || !allocator->resize || !allocator->free))
		return diag_set(diag, SHK_E_USAGE,
			"an allocator has all three functions: alloc, resize "
			"and free");
	if (blocks)
		return diag_set(diag, SHK_E_USAGE,
			"%llu blocks of the allocator before are in use; set "
			"one before the first handle is made, or after the "
			"last one was freed",
			(unsigned long long)blocks);
	memory_allocator =
		allocator ? *allocator : (shk_allocator){ .context = NULL };
	return SHK_OK;
}

uint64_t shk_allocator_blocks(void)
{
	return (uint64_t)atomic_load(&memory_in_use);
}

char *memory_copy_text(const char *text, size_t size)
{
	char *copy;

	if (size == SIZE_MAX)
		return NULL;
	copy = memory_alloc(size + 1);
	if (!copy)
		return NULL;
	if (size)
		memcpy(copy, text, size);
	copy[size] = '\0';
	return copy;
}

bool memory_grow(void **items, size_t *capacity, size_t need, size_t item_size)
{
	size_t wanted = *capacity ? *capacity : MEMORY_FIRST_ITEMS;
	void *moved;

	if (need <= *capacity)
		return true;
	while (wanted < need) {
		if (wanted > SIZE_MAX / 2)
			return false;
		wanted *= 2;
	}
	if (item_size && wanted > SIZE_MAX / item_size)
		return false;
	moved = memory_resize(*items, wanted * item_size);
	if (!moved)
		return false;
	*items = moved;
	*capacity = wanted;
	return true;
}

struct memory_stats memory_stats(void)
{
	return (struct memory_stats){
		.calls = atomic_load(&memory_calls),
		.failed = atomic_load(&memory_failed),
		.in_use = atomic_load(&memory_in_use),
	};
}

void memory_stats_reset(void)
{
	atomic_store(&memory_calls, 0);
	atomic_store(&memory_failed, 0);
}

void memory_fail_at(uint64_t nth, bool persistent)
{
	atomic_store(&memory_fault_stays, persistent);
	atomic_store(&memory_fault_in, nth);
}

void memory_single_blocks(bool single)
{
	atomic_store(&memory_single, single);
}

bool memory_is_single(void)
{
	return atomic_load(&memory_single);
}
