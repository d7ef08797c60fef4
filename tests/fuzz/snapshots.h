/*
 * Lines of snapshots held to the order that sorter and comparison promise.
 */
#ifndef FUZZ_SNAPSHOTS_H
#define FUZZ_SNAPSHOTS_H

#include <stddef.h>

#include "base/buffer.h"

/*
 * `one` and `moved` are the lines of the same records in two orders, `other`
 * those of records with the same identifiers. The sorter holds `held` lines
 * in memory and the others in files; 0: as many as it does for everybody.
 */
void snapshots_hold(const struct buffer *one, const struct buffer *moved,
	const struct buffer *other, size_t held);

#endif
