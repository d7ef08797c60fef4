/*
 * How results lie in the table `result`: those of run N have the places from
 * N * 2^32 on, in their order, so that a run is one range of the table.
 */
#ifndef STORE_RUN_H
#define STORE_RUN_H

#include <stdint.h>

#include <shokan/store.h>

#define RUN_RESULTS_MAX (1LL << 32) /* of one run */
#define RUN_ID_MAX	((1LL << 31) - 1)
#define RUN_STATUS	4 /* place of the status among the columns */

static inline int64_t run_first(int64_t id)
{
	return id * RUN_RESULTS_MAX;
}

#endif
