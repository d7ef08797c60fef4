/*
 * Memory for GMP and MPFR, which end the process when they get none: while a
 * piece of work has a reserve they are served from it once malloc refuses, so
 * that a computation that has begun comes to its end. Lent to one thread.
 */
#ifndef NUM_RESERVE_H
#define NUM_RESERVE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Bytes: a pass of Ziv's loop of 16 times the precision with which it begins
 * fits (tests/num/test_reserve.c); one of two times is the most that a decimal
 * of 34 digits is known to need.
 */
#define NUM_RESERVE_SIZE ((size_t)64 << 10)

struct num_reserve {
	_Alignas(16) unsigned char room[NUM_RESERVE_SIZE];
	size_t used;
	size_t last; /* where the block begins that was lent last */
	bool lent;   /* something was */
	bool alone;  /* malloc is not asked; for tests, set after begin */
};

/* For the calling thread, which has none; `reserve` lasts until the end. */
void num_reserve_begin(struct num_reserve *reserve);
/* What was made since is released already but for MPFR's constants, which
   are forgotten when they may lie in the reserve. */
void num_reserve_end(struct num_reserve *reserve);

#endif
