/*
 * The program's allocator: it gets every request, what it refuses is refused,
 * and none takes over blocks of another.
 */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include <shokan/allocator.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/memory.h"

/* Every block begins with its size, so that the bytes in use are known. */
struct pool {
	size_t limit; /* bytes that it has */
	size_t used;
	size_t calls;
};

#define HEAD _Alignof(max_align_t)

static void *pool_alloc(void *context, size_t size)
{
	struct pool *pool = context;
	char *block;

	cr_assert_gt(size, 0);
	pool->calls++;
	if (size > pool->limit - pool->used)
		return NULL;
	block = malloc(HEAD + size);
	cr_assert_not_null(block);
	memcpy(block, &size, sizeof(size));
	memset(block + HEAD, 0xa5, size);
	pool->used += size;
	return block + HEAD;
}

static void pool_free(void *context, void *block)
{
	struct pool *pool = context;
	char *whole = (char *)block - HEAD;
	size_t size;

	cr_assert_not_null(block);
	memcpy(&size, whole, sizeof(size));
	pool->used -= size;
	free(whole);
}

static void *pool_resize(void *context, void *block, size_t size)
{
	size_t before;
	void *moved;

	cr_assert_not_null(block);
	memcpy(&before, (char *)block - HEAD, sizeof(before));
	moved = pool_alloc(context, size);
	if (!moved)
		return NULL;
	memcpy(moved, block, before < size ? before : size);
	pool_free(context, block);
	return moved;
}

static struct pool pool = { .limit = SIZE_MAX };
static const shk_allocator counted = { &pool, pool_alloc, pool_resize,
	pool_free };

static void use(const shk_allocator *allocator)
{
	shk_diag diag = { 0 };

	cr_assert_eq(shk_allocator_set(allocator, &diag), SHK_OK, "%s",
		diag.message);
}

Test(allocator, gets_every_request)
{
	char *text;
	char *zeros;

	use(&counted);
	text = memory_copy_text("kept", 4);
	zeros = memory_zeroed(3, 5);
	cr_assert_eq(pool.calls, 2);
	cr_assert_eq(pool.used, 5 + 15);
	cr_assert_eq(shk_allocator_blocks(), 2);
	for (int i = 0; i < 15; i++)
		cr_assert_eq(zeros[i], 0);
	text = memory_resize(text, 2000);
	cr_assert_str_eq(text, "kept");
	cr_assert_eq(pool.used, 2000 + 15);
	memory_free(text);
	memory_free(zeros);
	memory_free(NULL);
	cr_assert_eq(pool.used, 0);
	cr_assert_eq(shk_allocator_blocks(), 0);
	/* nothing and no size at all are a byte, not a request for none */
	memory_free(memory_alloc(0));
	memory_free(memory_zeroed(0, 8));
	memory_free(memory_resize(memory_alloc(4), 0));
	cr_assert_eq(pool.used, 0);
}

Test(allocator, what_it_refuses_is_refused)
{
	struct buffer buffer;
	char *text;

	use(&counted);
	text = memory_copy_text("kept", 4);
	pool.limit = pool.used;
	cr_assert_null(memory_alloc(1));
	cr_assert_null(memory_zeroed(1, 1));
	cr_assert_null(memory_resize(text, 1000));
	cr_assert_str_eq(text, "kept");
	buffer_init(&buffer);
	buffer_text(&buffer, "x");
	cr_assert(buffer.failed);
	buffer_release(&buffer);
	memory_free(text);
	pool.limit = SIZE_MAX;
	cr_assert_null(memory_zeroed(SIZE_MAX / 2, 3));
	cr_assert_eq(shk_allocator_blocks(), 0);
}

Test(allocator, is_whole_and_takes_over_no_blocks)
{
	const shk_allocator parts[] = { { NULL, NULL, pool_resize, pool_free },
		{ NULL, pool_alloc, NULL, pool_free },
		{ NULL, pool_alloc, pool_resize, NULL } };
	struct pool other = { .limit = SIZE_MAX };
	const shk_allocator second = { &other, pool_alloc, pool_resize,
		pool_free };
	shk_diag diag = { 0 };
	void *block;

	for (size_t i = 0; i < 3; i++) {
		cr_assert_eq(shk_allocator_set(&parts[i], &diag), SHK_E_USAGE);
		cr_assert_not_null(strstr(diag.message, "three functions"));
		diag = (shk_diag){ 0 };
	}
	block = memory_alloc(1); /* of malloc: nothing was set */
	cr_assert_eq(pool.calls, 0);
	cr_assert_eq(shk_allocator_set(&counted, &diag), SHK_E_USAGE);
	cr_assert_not_null(strstr(diag.message, "1 blocks"));
	memory_free(block);
	use(&counted);
	block = memory_alloc(1);
	cr_assert_eq(shk_allocator_set(&second, NULL), SHK_E_USAGE);
	cr_assert_eq(shk_allocator_set(NULL, NULL), SHK_E_USAGE);
	memory_free(block);
	use(&second);
	block = memory_alloc(1);
	cr_assert_eq(other.used, 1);
	memory_free(block);
	use(NULL);
	block = memory_alloc(1);
	cr_assert_eq(other.calls, 1);
	memory_free(block);
}
