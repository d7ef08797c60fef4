/*
 * Time that passes, for limits on it; nothing that is told depends on it.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/* Milliseconds since some moment in the past; never goes back. */
uint64_t clock_now(void);
/* The moment that lies so many milliseconds ahead; 0 for none: no limit. */
uint64_t clock_ahead(uint64_t milliseconds);

#endif
