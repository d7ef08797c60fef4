/*
 * The functions from which GMP and MPFR take memory, set once in a process
 * where the program left GMP's own. Without a reserve they are those. With one
 * they are malloc, realloc and free, and where these refuse the reserve lends.
 * A program that sets functions of its own, before or later, keeps them.
 */
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <gmp.h>
#include <mpfr.h>

#include "num/reserve.h"

#define RESERVE_ALIGN ((size_t)16)

/* What GMP starts with, to see whether the program has set others. */
extern void *__gmp_default_allocate(size_t size);

static void *(*reserve_allocate)(size_t);
static void *(*reserve_reallocate)(void *, size_t, size_t);
static void (*reserve_free)(void *, size_t);
static pthread_once_t reserve_once = PTHREAD_ONCE_INIT;
static _Thread_local struct num_reserve *reserve_now;
/* Set in each thread that computed here: what MPFR keeps for it ends with it,
   whoever frees the handles that it used. */
static pthread_key_t reserve_key;
static bool reserve_has_key;

static bool reserve_holds(const struct num_reserve *reserve, const void *block)
{
	uintptr_t from = (uintptr_t)reserve->room;

	return (uintptr_t)block >= from &&
	       (uintptr_t)block < from + sizeof(reserve->room);
}

/* The next bytes of the reserve; when it is used up GMP ends the process. */
static void *reserve_lend(struct num_reserve *reserve, size_t size)
{
	size_t whole = (size + RESERVE_ALIGN - 1) / RESERVE_ALIGN;

	if (whole > (sizeof(reserve->room) - reserve->used) / RESERVE_ALIGN)
		return reserve_allocate(size);
	reserve->lent = true;
	reserve->last = reserve->used;
	reserve->used += whole * RESERVE_ALIGN;
	return reserve->room + reserve->last;
}

static void *reserve_take(size_t size)
{
	void *block;

	if (!reserve_now)
		return reserve_allocate(size);
	block = reserve_now->alone ? NULL : malloc(size);
	return block ? block : reserve_lend(reserve_now, size);
}

static void reserve_give(void *block, size_t size)
{
	if (!reserve_now) {
		reserve_free(block, size);
	} else if (!reserve_holds(reserve_now, block)) {
		free(block);
	} else if (block == reserve_now->room + reserve_now->last) {
		reserve_now->used = reserve_now->last;
	}
}

static void *reserve_move(void *block, size_t old, size_t size)
{
	void *moved;

	if (!reserve_now)
		return reserve_reallocate(block, old, size);
	if (!reserve_holds(reserve_now, block) && !reserve_now->alone) {
		moved = realloc(block, size);
		if (moved)
			return moved;
	}
	moved = reserve_lend(reserve_now, size);
	memcpy(moved, block, old < size ? old : size);
	if (!reserve_holds(reserve_now, block))
		free(block);
	return moved;
}

static void reserve_thread_ends(void *mark)
{
	(void)mark;
	mpfr_free_cache();
}

static void reserve_set_up(void)
{
	reserve_has_key =
		pthread_key_create(&reserve_key, reserve_thread_ends) == 0;
	mp_get_memory_functions(
		&reserve_allocate, &reserve_reallocate, &reserve_free);
	if (reserve_allocate == __gmp_default_allocate)
		mp_set_memory_functions(
			reserve_take, reserve_move, reserve_give);
}

void num_reserve_begin(struct num_reserve *reserve)
{
	pthread_once(&reserve_once, reserve_set_up);
	if (reserve_has_key)
		pthread_setspecific(reserve_key, &reserve_once);
	reserve->used = 0;
	reserve->last = 0;
	reserve->lent = false;
	reserve->alone = false;
	reserve_now = reserve;
}

void num_reserve_end(struct num_reserve *reserve)
{
	if (reserve->lent)
		mpfr_free_cache();
	reserve_now = NULL;
}
