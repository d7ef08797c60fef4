/*
 * For the tests of this room: numbers by a fixed sequence, and their values in
 * MPFR at a precision far above 34 digits.
 */
#ifndef REFERENCE_H
#define REFERENCE_H

#include <mpfr.h>

#include "num/num.h"

#define REFERENCE_BITS 700

uint64_t reference_next(uint64_t *seed); /* SplitMix64 */
num reference_of(const char *text);
const char *reference_show(num a);
void reference_set(mpfr_t out, num a); /* to REFERENCE_BITS */
num reference_round(mpfr_t a);	       /* to 34 digits, half even */
/* `digits` random digits times 10^exponent, exponent from low to high. */
num reference_number(uint64_t *seed, int digits, int low, int high);

#endif
