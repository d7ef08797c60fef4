/*
 * A catalogue that bytes decide: records with their identifiers and facts, to
 * be written as JSON lines or as CSV, the records and the facts in any order.
 */
#ifndef FUZZ_CATALOGUE_H
#define FUZZ_CATALOGUE_H

#include <stdint.h>

#include "base/buffer.h"

#define CATALOGUE_MAX 24 /* records */

struct catalogue {
	const uint8_t *data; /* borrowed */
	size_t count;
	bool csv; /* every identifier is another one, and no row is broken */
};

/* Eight bytes a record; what is left at the end is not looked at. */
void catalogue_read(
	struct catalogue *catalogue, const uint8_t *data, size_t size);
/* The first `count` numbers in the order that `seed` says; 0: as they are. */
void catalogue_shuffle(size_t *order, size_t count, uint32_t seed);
/* The text; the record at row i is order[i]. */
void catalogue_write(const struct catalogue *catalogue, const size_t *order,
	uint32_t facts_seed, struct buffer *out);

#endif
