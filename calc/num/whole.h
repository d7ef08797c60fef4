/*
 * Numbers as machine integers, and short whole ones as digits, eight of them
 * in one word: pairs, then single digits, are parted by multiplications,
 * without a branch a digit.
 */
#ifndef NUM_WHOLE_H
#define NUM_WHOLE_H

#include <string.h>

#include "num/num.h"

#define NUM_WHOLE_MAX	 UINT64_C(99999999)
#define NUM_WHOLE_DIGITS 8

/* Whether it is one of 0 to NUM_WHOLE_MAX in normal form, which is w[0]. */
static inline bool num_is_short(num a)
{
	return a.w[1] == NUM_ZERO.w[1] && a.w[0] <= NUM_WHOLE_MAX;
}

/* value * 10^exponent; any exponent of the format, no sign of zero. */
static inline num num_of_scaled(int64_t value, int exponent)
{
	uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

	return (num){ { size, (NUM_ZERO.w[1] | (uint64_t)(value < 0) << 63) +
				      ((uint64_t)(int64_t)exponent << 49) } };
}

/* The other way round; false when the coefficient is not below 2^62. */
bool num_to_scaled(num a, int64_t *value, int *exponent);

/* Writes NUM_WHOLE_DIGITS bytes at `to`, of which `value`, at most
   NUM_WHOLE_MAX, may need fewer; behind its last digit. */
static inline char *num_put_short(char *to, uint64_t value)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	uint64_t word = value / 10000 | value % 10000 << 32;
	uint64_t part = word * 10486 >> 20 & 0x0000007f0000007fu;
	unsigned zeros;

	word = part + ((word - part * 100) << 16);
	part = word * 103 >> 10 & 0x000f000f000f000fu;
	word = part + ((word - part * 10) << 8);
	zeros = (unsigned)__builtin_ctzll(word | (uint64_t)1 << 56) / 8;
	word = (word | 0x3030303030303030u) >> 8 * zeros;
	memcpy(to, &word, sizeof(word));
	return to + NUM_WHOLE_DIGITS - zeros;
#else
	char digits[NUM_WHOLE_DIGITS];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + (int)(value % 10));
		value /= 10;
	} while (value > 0);
	memcpy(to, digits + at, sizeof(digits) - at);
	return to + sizeof(digits) - at;
#endif
}

#endif
