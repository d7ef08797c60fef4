/*
 * A number taken apart, for the files of this room only: the value is
 * coefficient * 10^exponent, with its sign apart. Where both coefficients are
 * small the arithmetic is done on machine integers, exactly.
 */
#ifndef NUM_PARTS_H
#define NUM_PARTS_H

#include "num/num.h"

/* 34 decimal digits need 113 bits. */
__extension__ typedef unsigned __int128 num_wide;

#define NUM_BIAS	 6176
#define NUM_EXPONENT_MIN (-6176)
#define NUM_EXPONENT_MAX 6111
#define NUM_EXPONENT_BIT 49 /* of the high word */
#define NUM_HIGH_MASK	 0x0001FFFFFFFFFFFFull
#define NUM_SIGN_BIT	 0x8000000000000000ull
#define NUM_STEERING	 0x6000000000000000ull /* both set: special */
#define NUM_SMALL_MAX	 (INT64_C(1) << 62)    /* sums of two still fit */
#define NUM_SMALL_DIGITS 18		       /* 10^18 fits in 63 bits */

struct num_parts {
	num_wide coefficient; /* below 10^34 */
	int exponent;	      /* NUM_EXPONENT_MIN to NUM_EXPONENT_MAX */
	bool negative;
};

/* A number whose coefficient is below NUM_SMALL_MAX, with its sign. */
struct num_small {
	int64_t value;
	int exponent;
};

static inline void num_report(unsigned *status, unsigned bits)
{
	if (bits && status)
		*status |= bits;
}

/* 10^count, 0 <= count <= 34. */
num_wide num_ten(int count);

struct num_parts num_take_apart(num a);

/*
 * Put together again in normal form: no trailing zeros behind the point, and
 * plain integers with exponent 0 where 34 digits allow. Zero has no sign.
 */
num num_put_together(struct num_parts parts);

/* False when `a` is not small. Inline: the start of every operation. */
static inline bool num_take_small(num a, struct num_small *out)
{
	if ((a.w[1] & NUM_HIGH_MASK) != 0 ||
		(a.w[1] & NUM_STEERING) == NUM_STEERING ||
		a.w[0] >= (uint64_t)NUM_SMALL_MAX)
		return false;
	out->value = (int64_t)a.w[0];
	if (a.w[1] & NUM_SIGN_BIT)
		out->value = -out->value;
	out->exponent =
		(int)((a.w[1] & ~NUM_SIGN_BIT) >> NUM_EXPONENT_BIT) - NUM_BIAS;
	return true;
}

/* Bring two to the same exponent; false when one would not stay small. */
bool num_align_small(struct num_small *a, struct num_small *b);

static inline num num_from_small(int64_t value, int exponent)
{
	bool negative = value < 0;
	uint64_t size = negative ? 0 - (uint64_t)value : (uint64_t)value;

	if (exponent != 0)
		return num_put_together(
			(struct num_parts){ size, exponent, negative });
	return (num){ { size, NUM_ZERO.w[1] | (negative ? NUM_SIGN_BIT : 0) } };
}

#endif
