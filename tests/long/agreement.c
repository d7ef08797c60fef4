/*
 * agreement COUNT [SEED]: so many random expressions, grown from random bytes,
 * on which the compiled machine is held against the oracle with facts missing
 * and in several ways known. Prints counts, and every disagreement; the exit
 * status is 1 if there was one. The same seed gives the same expressions.
 */
#include <stdio.h>
#include <stdlib.h>

#include "fuzz/hold.h"
#include "fuzz/sprout.h"

#define BYTES_MAX 96 /* of which an expression is grown */
#define WAYS	  6
#define TOLD_MAX  60 /* disagreements that are printed */

static uint64_t draw(uint64_t *state)
{
	/* splitmix64 */
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

int main(int argc, char **argv)
{
	unsigned long count = argc > 1 ? strtoul(argv[1], NULL, 10) : 100000;
	uint64_t state = argc > 2 ? strtoull(argv[2], NULL, 10) : 20260601;
	static struct world world;
	struct hold_counts counts = { 0 };
	struct buffer source;
	struct buffer said;
	unsigned long wrong = 0;

	buffer_init(&source);
	buffer_init(&said);
	for (unsigned long i = 0; i < count; i++) {
		uint8_t bytes[BYTES_MAX];
		size_t size = 1 + draw(&state) % BYTES_MAX;

		for (size_t k = 0; k < size; k++)
			bytes[k] = (uint8_t)draw(&state);
		buffer_clear(&source);
		buffer_clear(&said);
		sprout(bytes, size, &source);
		if (hold(&world, (struct text){ source.data, source.size },
			    WAYS, &counts, &said))
			continue;
		if (++wrong <= TOLD_MAX)
			printf("%s\n", said.data);
	}
	printf("%lu expressions, %lu answers compared, %lu wider than the "
	       "oracle's, %lu of other reasons, %lu without an answer, %lu "
	       "disagreements\n",
		counts.expressions, counts.compared, counts.wider, counts.mixed,
		counts.silent, wrong);
	buffer_release(&source);
	buffer_release(&said);
	return wrong > 0 || counts.compared == 0;
}
