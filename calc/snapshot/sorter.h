/*
 * Inside the sorter: limits that a test makes small.
 */
#ifndef SNAPSHOT_SORTER_H
#define SNAPSHOT_SORTER_H

#include <shokan/snapshot.h>

#define SORTER_RUNS_MAX 64 /* temporary files that are open at once */

/* Hold `memory` bytes of lines and `runs` files; before the first line. */
void sorter_limit(shk_snapshot_sorter *sorter, size_t memory, size_t runs);

/* Byte order of the decoded id and decision of two lines as they stand. */
int sorter_order(const char *a, size_t a_size, const char *b, size_t b_size);

#endif
