/*
 * Decimal numbers: IEEE 754 decimal128, 34 digits, what DMN prescribes. The
 * only header through which values, prices and comparisons are computed;
 * binary floating point occurs nowhere. Small integers take an exact fast
 * path inside. Finite values only: what would be infinite or not a number is
 * reported in the status and the result is then meaningless.
 */
#ifndef NUM_NUM_H
#define NUM_NUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Binary integer decimal encoding, low word first. Any cohort member. */
typedef struct num {
	uint64_t w[2];
} num;

/* Sticky status bits: an operation adds, only the caller clears. */
#define NUM_INEXACT  1u /* the 34-digit result is not the exact one */
#define NUM_INVALID  2u /* no finite result exists (also 0 / 0, ln -1) */
#define NUM_DIV_ZERO 4u /* division of a non-zero number by zero */
#define NUM_RANGE    8u /* overflow or underflow of the exponent */

#define NUM_DIGITS   34	  /* significant digits */
#define NUM_TEXT_MAX 6200 /* bytes that num_format may need, with NUL */

/* Rounding to a given number of decimals; names as in DMN 1.4 and later. */
enum num_rounding {
	NUM_HALF_EVEN,
	NUM_HALF_UP,   /* ties away from zero */
	NUM_HALF_DOWN, /* ties towards zero */
	NUM_UP,	       /* away from zero */
	NUM_DOWN,      /* towards zero */
	NUM_FLOOR,     /* towards minus infinity */
	NUM_CEILING    /* towards plus infinity */
};

#define NUM_ZERO ((num){ { 0, 0x3040000000000000ull } })
#define NUM_ONE	 ((num){ { 1, 0x3040000000000000ull } })

num num_from_int(int64_t value);
/* True and the value when `a` is an integer that fits in int64_t. */
bool num_to_int(num a, int64_t *value);

enum num_parse {
	NUM_PARSED,
	NUM_NOT_A_NUMBER, /* not digits, one point, a leading sign */
	NUM_TOO_LONG	  /* more than 34 significant digits */
};

/*
 * Exact reading of `[+-]digits[.digits]` or `[+-].digits`, ASCII only. With
 * `exponent` also `e[+-]digits` (FEEL and JSON write it; records do not).
 */
enum num_parse num_parse(
	const char *text, size_t size, bool exponent, num *out);

/*
 * Exact plain text: no exponent, no trailing zeros behind the point, "0" for
 * either zero. Writes at most `size` bytes with NUL; returns the length
 * without NUL, or 0 when `size` is too small.
 */
size_t num_format(num a, char *out, size_t size);

num num_add(num a, num b, unsigned *status);
num num_subtract(num a, num b, unsigned *status);
num num_multiply(num a, num b, unsigned *status);
num num_divide(num a, num b, unsigned *status);
num num_negate(num a);
num num_absolute(num a);
/*
 * a to the power b, root, e to the power a, natural logarithm: all of them the
 * exact value rounded once, half even, and NUM_INEXACT only where the exact
 * value has more than 34 digits (4 ** 0.5, 0.9 ** 2 and log(1) are exact). A
 * result below the least number of 34 digits is NUM_RANGE.
 */
num num_power(num a, num b, unsigned *status);
num num_square_root(num a, unsigned *status);
num num_exponential(num a, unsigned *status);
num num_logarithm(num a, unsigned *status);
/*
 * Free what those functions keep for this thread (a few constants of many
 * digits). For the end of a thread, or of a piece of work; never required for
 * the results.
 */
void num_forget(void);
/* Remainder with the sign of b: a - b * floor(a / b). */
num num_modulo(num a, num b, unsigned *status);

/* Directed versions for interval bounds: result <= exact, result >= exact. */
num num_add_down(num a, num b);
num num_add_up(num a, num b);
num num_multiply_down(num a, num b);
num num_multiply_up(num a, num b);
num num_divide_down(num a, num b); /* b is not zero */
num num_divide_up(num a, num b);

/*
 * Round to `scale` decimals (negative: to tens, hundreds, ...). Exact within
 * the format; NUM_INVALID when the scale is outside -6111 to 6176.
 */
num num_round(num a, int scale, enum num_rounding mode, unsigned *status);

/*
 * How far `a` is from the nearest point at which the result of that rounding
 * changes: zero on a tie, or for the directed modes on a multiple of the unit.
 * Exact; rounded where it has more than 34 digits.
 */
num num_rounding_margin(num a, int scale, enum num_rounding mode);

int num_compare(num a, num b); /* -1, 0, 1 by value: 1 and 1.0 are equal */
/*
 * num_compare with the common case in place: same sign, exponent and high
 * digits (small whole numbers, amounts of one scale), where the low word
 * decides. The two top bits behind the sign are set in no finite small number.
 */
static inline int num_order(num a, num b)
{
	if (a.w[1] != b.w[1] || (a.w[1] >> 61 & 3) == 3)
		return num_compare(a, b);
	if (a.w[0] == b.w[0])
		return 0;
	return (a.w[0] < b.w[0]) == (a.w[1] >> 63 == 0) ? -1 : 1;
}

bool num_is_integer(num a);
bool num_is_zero(num a);
int num_sign(num a);	  /* -1, 0, 1 */
uint64_t num_hash(num a); /* equal values hash alike */

#endif
