/*
 * Counting, growing, the fault point, and the arena and buffer above it.
 */
#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/memory.h"

Test(memory, counts_what_is_asked_and_freed)
{
	struct memory_stats before;
	struct memory_stats after;
	char *text;
	void *block;

	memory_stats_reset();
	before = memory_stats();
	cr_assert_eq(before.calls, 0);
	block = memory_zeroed(3, 5);
	cr_assert_not_null(block);
	for (int i = 0; i < 15; i++)
		cr_assert_eq(((char *)block)[i], 0);
	block = memory_resize(block, 100);
	text = memory_copy_text("abc", 2);
	cr_assert_str_eq(text, "ab");
	after = memory_stats();
	cr_assert_eq(after.calls, 3);
	cr_assert_eq(after.failed, 0);
	cr_assert_eq(after.in_use - before.in_use, 2);
	memory_free(text);
	memory_free(block);
	memory_free(NULL);
	cr_assert_eq(memory_stats().in_use, before.in_use);
}

Test(memory, the_nth_request_fails)
{
	for (int persistent = 0; persistent < 2; persistent++) {
		bool granted[5];

		memory_stats_reset();
		memory_fail_at(3, persistent);
		for (int i = 0; i < 5; i++) {
			void *block = memory_alloc(8);

			granted[i] = block != NULL;
			memory_free(block);
		}
		memory_fail_at(0, false);
		cr_assert(granted[0] && granted[1] && !granted[2]);
		cr_assert_eq(granted[3], !persistent);
		cr_assert_eq(granted[4], !persistent);
		cr_assert_eq(memory_stats().failed, persistent ? 3 : 1);
	}
}

Test(memory, a_refused_resize_keeps_the_block)
{
	char *block = memory_copy_text("kept", 4);

	memory_fail_at(1, false);
	cr_assert_null(memory_resize(block, 1000));
	cr_assert_str_eq(block, "kept");
	memory_free(block);
}

Test(memory, arrays_grow_and_refuse_to_overflow)
{
	void *items = NULL;
	size_t capacity = 0;

	cr_assert(memory_grow(&items, &capacity, 1, sizeof(int)));
	cr_assert_geq(capacity, 1);
	((int *)items)[0] = 42;
	cr_assert(memory_grow(&items, &capacity, 1000, sizeof(int)));
	cr_assert_geq(capacity, 1000);
	cr_assert_eq(((int *)items)[0], 42);
	{
		size_t kept = capacity;

		cr_assert_not(memory_grow(
			&items, &capacity, SIZE_MAX / 2, sizeof(int)));
		cr_assert_not(memory_grow(&items, &capacity, SIZE_MAX, 1));
		memory_fail_at(1, false);
		cr_assert_not(
			memory_grow(&items, &capacity, 5000, sizeof(int)));
		cr_assert_eq(capacity, kept);
		cr_assert_eq(((int *)items)[0], 42);
	}
	memory_free(items);
}

Test(arena, blocks_are_aligned_and_apart)
{
	static const size_t sizes[] = { 0, 1, 7, 16, 17, 4096, 5000, 2000000 };
	struct arena arena;
	char *blocks[8];

	arena_init(&arena);
	for (int i = 0; i < 8; i++) {
		blocks[i] = arena_alloc(&arena, sizes[i]);
		cr_assert_not_null(blocks[i]);
		cr_assert_eq((uintptr_t)blocks[i] % _Alignof(max_align_t), 0);
		memset(blocks[i], i, sizes[i]);
	}
	for (int i = 0; i < 8; i++)
		for (size_t j = 0; j < sizes[i]; j++)
			cr_assert_eq(blocks[i][j], i);
	arena_release(&arena);
	cr_assert_null(arena.first);
}

Test(arena, the_same_work_again_allocates_nothing)
{
	struct arena arena;

	arena_init(&arena);
	for (int round = 0; round < 4; round++) {
		memory_stats_reset();
		for (size_t i = 0; i < 300; i++)
			cr_assert_not_null(arena_alloc(&arena, i * 37 % 9000));
		if (round > 0)
			cr_assert_eq(
				memory_stats().calls, 0, "round %d", round);
		arena_clear(&arena);
	}
	/* Other sizes in another order fit into what is kept. */
	memory_stats_reset();
	for (size_t i = 300; i-- > 0;)
		cr_assert_not_null(arena_alloc(&arena, i * 37 % 4000));
	cr_assert_eq(memory_stats().calls, 0);
	arena_release(&arena);
}

/* Every block by itself, so that the fault point reaches each of them. */
Test(arena, single_blocks_are_asked_for_one_by_one)
{
	struct arena arena;

	arena_init(&arena);
	memory_single_blocks(true);
	for (int round = 0; round < 2; round++) {
		memory_stats_reset();
		for (size_t i = 1; i <= 40; i++)
			cr_assert_not_null(arena_alloc(&arena, i * 8));
		cr_expect_eq(memory_stats().calls, round ? 0 : 40);
		arena_clear(&arena);
	}
	cr_assert_not_null(arena_alloc(&arena, 8));
	memory_fail_at(2, false);
	cr_assert_not_null(arena_alloc(&arena, 1000));
	cr_expect_null(arena_alloc(&arena, 1000));
	memory_single_blocks(false);
	memory_stats_reset();
	for (size_t i = 0; i < 40; i++)
		cr_assert_not_null(arena_alloc(&arena, 1000));
	cr_expect_lt(memory_stats().calls, 40);
	arena_release(&arena);
}

Test(arena, rewinding_keeps_what_came_before)
{
	struct arena arena;
	struct arena_mark empty;
	struct arena_mark mark;
	char *kept;
	char *gone;

	arena_init(&arena);
	empty = arena_mark(&arena);
	kept = arena_text(&arena, "kept", 4);
	mark = arena_mark(&arena);
	gone = arena_alloc(&arena, 100);
	for (int i = 0; i < 100; i++)
		cr_assert_not_null(arena_alloc(&arena, 1000));
	arena_rewind(&arena, mark);
	cr_assert_eq((char *)arena_alloc(&arena, 100), gone);
	cr_assert_str_eq(kept, "kept");
	arena_rewind(&arena, empty);
	cr_assert_eq((char *)arena_alloc(&arena, 5), kept);
	arena_release(&arena);
}

Test(arena, refuses_overflow_and_reports_exhausted_memory)
{
	struct arena arena;

	arena_init(&arena);
	cr_assert_null(arena_zeroed(&arena, SIZE_MAX / 2, 3));
	cr_assert_null(arena_alloc(&arena, SIZE_MAX));
	cr_assert_null(arena_text(&arena, "", SIZE_MAX));
	memory_fail_at(1, false);
	cr_assert_null(arena_alloc(&arena, 8));
	cr_assert_not_null(arena_alloc(&arena, 8));
	memory_fail_at(1, false);
	cr_assert_null(arena_alloc(&arena, 100000));
	cr_assert_not_null(arena_alloc(&arena, 8));
	arena_release(&arena);
}

Test(buffer, builds_text)
{
	struct buffer buffer;

	buffer_init(&buffer);
	buffer_text(&buffer, "a");
	buffer_byte(&buffer, '-');
	buffer_add(&buffer, "xyz", 2);
	buffer_format(&buffer, "=%d%s", 42, "!");
	cr_assert_str_eq(buffer.data, "a-xy=42!");
	cr_assert_eq(buffer.size, 8);
	buffer_clear(&buffer);
	cr_assert_eq(buffer.size, 0);
	cr_assert_str_eq(buffer.data, "");
	for (int i = 0; i < 1000; i++)
		buffer_format(&buffer, "%04d,", i);
	cr_assert_eq(buffer.size, 5000);
	cr_assert_not(buffer.failed);
	cr_assert_eq(memcmp(buffer.data + 4995, "0999,", 6), 0);
	buffer_release(&buffer);
}

Test(buffer, a_failure_sticks)
{
	struct buffer buffer;

	buffer_init(&buffer);
	buffer_text(&buffer, "begin");
	memory_fail_at(1, false);
	for (int i = 0; i < 20; i++)
		buffer_text(&buffer, "more");
	cr_assert(buffer.failed);
	cr_assert_eq(memcmp(buffer.data, "begin", 5), 0);
	cr_assert_lt(buffer.size, 85);
	buffer_format(&buffer, "%d", 1);
	cr_assert(buffer.failed);
	buffer_clear(&buffer);
	cr_assert_not(buffer.failed);
	buffer_release(&buffer);
}
