/*
 * Sets of global slots: the reasons of an unknown value, the slots that a
 * program reads. A slot past the ceiling is not stored: whoever hands out
 * slots stays below FEEL_SLOTS_MAX.
 */
#include "feel/value.h"

void feel_set_add(struct feel_set *set, unsigned slot)
{
	if (slot < FEEL_SLOTS_MAX)
		set->bits[slot / 64] |= (uint64_t)1 << (slot % 64);
}

bool feel_set_has(const struct feel_set *set, unsigned slot)
{
	if (slot >= FEEL_SLOTS_MAX)
		return false;
	return (set->bits[slot / 64] >> (slot % 64)) & 1;
}

void feel_set_join(struct feel_set *set, const struct feel_set *other)
{
	for (size_t i = 0; i < FEEL_SLOTS_MAX / 64; i++)
		set->bits[i] |= other->bits[i];
}

bool feel_set_empty(const struct feel_set *set)
{
	uint64_t all = 0;

	for (size_t i = 0; i < FEEL_SLOTS_MAX / 64; i++)
		all |= set->bits[i];
	return all == 0;
}
