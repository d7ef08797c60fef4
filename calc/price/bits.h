/*
 * Inside price/: going through the members of sets of slots and of marks.
 * Sets are small among hundreds of slots; words without members are skipped.
 */
#ifndef PRICE_BITS_H
#define PRICE_BITS_H

#include <stddef.h>
#include <stdint.h>

#include "dmn/evaluator.h"

#define BITS_END UINT32_MAX

/* The first member at or after `from` among `words` words, or BITS_END. */
static inline uint32_t bits_next(
	const uint64_t *bits, uint32_t words, uint32_t from)
{
	for (uint32_t word = from / 64; word < words;
		word++, from = word * 64) {
		uint64_t rest = bits[word] >> (from % 64);

		if (rest == 0)
			continue;
		for (; (rest & 1) == 0; rest >>= 1)
			from++;
		return from;
	}
	return BITS_END;
}

static inline uint32_t set_next(const struct feel_set *set, uint32_t from)
{
	return bits_next(set->bits, FEEL_SLOTS_MAX / 64, from);
}

static inline uint32_t marks_next(const struct dmn_marks *set, uint32_t from)
{
	return bits_next(set->bits, DMN_MARKS_MAX / 64, from);
}

/* For each member `i` of a set of slots, of marks. */
#define FOR_SLOTS(i, set)                                                      \
	for (uint32_t i = set_next((set), 0); (i) != BITS_END;                 \
		(i) = set_next((set), (i) + 1))
#define FOR_MARKS(i, set)                                                      \
	for (uint32_t i = marks_next((set), 0); (i) != BITS_END;               \
		(i) = marks_next((set), (i) + 1))

#endif
