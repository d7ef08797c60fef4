/*
 * The clock of the system that only goes forward, read where a caller set a
 * limit on time and nowhere else, so that answers are the same at any hour.
 */
#include <time.h>

#include "base/clock.h"

#define CLOCK_SECOND 1000    /* milliseconds */
#define CLOCK_PARTS  1000000 /* nanoseconds of a millisecond */

uint64_t clock_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * CLOCK_SECOND +
	       (uint64_t)now.tv_nsec / CLOCK_PARTS;
}

uint64_t clock_ahead(uint64_t milliseconds)
{
	return milliseconds ? clock_now() + milliseconds : 0;
}
