/*
 * Memory: where the library gets it from, for a program that wants to count,
 * to bound or to pool what its parts use. API.md says what of the libraries
 * beneath goes through here and what does not.
 */
#ifndef SHOKAN_ALLOCATOR_H
#define SHOKAN_ALLOCATOR_H

#include <stddef.h>
#include <stdint.h>

#include <shokan/diag.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Three functions in place of malloc, realloc and free. They are called from
 * every thread that calls the library, and from those of shk_flow_run, at the
 * same time. They call nothing of this library.
 */
typedef struct shk_allocator {
	void *context; /* given to each function; may be NULL */
	/* `size` bytes, at least 1, aligned for every type; NULL when there
	   are none: the call that needs them then ends with SHK_E_MEMORY */
	void *(*alloc)(void *context, size_t size);
	/* the block, which is never NULL, with `size` bytes, at least 1, here
	   or elsewhere with what it holds; NULL when there are none: the block
	   is as it was */
	void *(*resize)(void *context, void *block, size_t size);
	/* takes a block back; never NULL */
	void (*free)(void *context, void *block);
} shk_allocator;

/*
 * From now on all memory of the library, in the whole process, comes from a
 * copy of `allocator`; NULL: from malloc again. Its context must live as long.
 * No other thread may be inside of the library meanwhile. SHK_E_USAGE when a
 * function is missing, and while blocks of the allocator before are in use:
 * before the first handle is made, or after the last one was freed, none are.
 */
enum shk_code shk_allocator_set(const shk_allocator *allocator, shk_diag *diag);

/*
 * Blocks that the library has and has not given back, over all threads; 0 when
 * every handle was freed.
 */
uint64_t shk_allocator_blocks(void);

#ifdef __cplusplus
}
#endif
#endif
