/*
 * The ends of a piece, in words: where it is and which rule bounds it.
 */
#ifndef INQUIRY_END_H
#define INQUIRY_END_H

#include "inquiry/divide.h"
#include "inquiry/solution.h"

/* What the ends are made with: the record, priced again at a value. */
struct end_maker {
	struct enquiry *question;
	shk_pricer *pricer;    /* with steps */
	struct record *record; /* ours: the fact is set in it */
	shk_solution *solution;
};

/*
 * The end between `below` and `above`, neighbours on the axis, as the high end
 * of the one and the low end of the other. SHK_E_INTERNAL when the pricer
 * contradicts what was proved.
 */
enum shk_code end_between(struct end_maker *maker, const struct piece *below,
	const struct piece *above, struct solution_end *high,
	struct solution_end *low);
/* The end of the axis at `place`, on the low side or the high one. */
enum shk_code end_domain(struct end_maker *maker, const struct piece *piece,
	bool low, struct solution_end *end);

#endif
