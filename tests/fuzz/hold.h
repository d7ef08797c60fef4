/*
 * The machine held against the oracle on one expression grown by sprout.
 */
#ifndef FUZZ_HOLD_H
#define FUZZ_HOLD_H

#include "fuzz/world.h"

struct hold_counts {
	unsigned long expressions;
	unsigned long compared; /* answers that both gave */
	unsigned long wider;	/* the machine knew less than the oracle */
	unsigned long mixed;	/* more here, less there */
	unsigned long silent;	/* the oracle could not tell, or a ceiling */
};

/*
 * With the facts missing, and known in `ways` ways. False, with what is wrong
 * in `said`: the oracle has another answer, or what came with the facts
 * missing does not admit what came with them known.
 */
bool hold(struct world *world, struct text source, unsigned ways,
	struct hold_counts *counts, struct buffer *said);

#endif
