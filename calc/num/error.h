/*
 * Numbers with a bound of their error. `error` counts units of the 34th digit
 * of `value` (of zero: units of 10^-33, as for 1):
 *
 *	|exact - value| <= error * unit(value)
 *
 * 0 means exact, NUM_ERROR_UNKNOWN that nothing is known. Each operation bounds
 * the distance between the exact result on exact operands and the 34 digits
 * that it returns: absolute bounds, computed with directed rounding, plus half
 * a unit where the result itself was rounded. With da, db the bounds of a, b:
 *
 *	a + b, a - b	da + db				(cancelling costs units)
 *	a * b		|a| db + |b| da + da db
 *	a / b		(da + |a/b| db) / (|b| - db)	if db < |b|
 *	sqrt(a)		da / sqrt(a)			if da < a
 *	log(a)		t = r + r^2, r = da / a		if r <= 1/2
 *	exp(a)		exp(a) * (t + t^2), t = da	if t <= 1
 *	a ** b		a^b * (t + t^2)			if t <= 1, where
 *			t = |b| u + (|log a| + u) db, u = r + r^2, r = da / a
 *	min, max	the greater of da, db
 *	modulo		da + |a div b| db		if the quotient is sure
 *
 * since -log(1 - r) <= r + r^2 up to r = 1/2, and e^t - 1 <= t + t^2 up to
 * t = 1. Where the condition fails the bound is unknown.
 */
#ifndef NUM_ERROR_H
#define NUM_ERROR_H

#include "num/num.h"

#define NUM_ERROR_UNKNOWN UINT32_MAX

struct num_bounded {
	num value;
	uint32_t error;
};

/* As the functions of num.h without `bounded`, and the same status. */
struct num_bounded num_bounded_add(
	struct num_bounded a, struct num_bounded b, unsigned *status);
struct num_bounded num_bounded_subtract(
	struct num_bounded a, struct num_bounded b, unsigned *status);
struct num_bounded num_bounded_multiply(
	struct num_bounded a, struct num_bounded b, unsigned *status);
struct num_bounded num_bounded_divide(
	struct num_bounded a, struct num_bounded b, unsigned *status);
struct num_bounded num_bounded_power(
	struct num_bounded a, struct num_bounded b, unsigned *status);
struct num_bounded num_bounded_modulo(
	struct num_bounded a, struct num_bounded b, unsigned *status);
struct num_bounded num_bounded_square_root(
	struct num_bounded a, unsigned *status);
struct num_bounded num_bounded_exponential(
	struct num_bounded a, unsigned *status);
struct num_bounded num_bounded_logarithm(
	struct num_bounded a, unsigned *status);
struct num_bounded num_bounded_least(
	struct num_bounded a, struct num_bounded b);
struct num_bounded num_bounded_greatest(
	struct num_bounded a, struct num_bounded b);

/*
 * Rounding. `*proved`: every number within the bound rounds to this result,
 * which is then exact (error 0). If not, it is num_round of the value, and the
 * error says how far the other possible results are.
 */
struct num_bounded num_bounded_round(struct num_bounded a, int scale,
	enum num_rounding mode, bool *proved, unsigned *status);

/*
 * num_compare of the values. `*decided`: the exact numbers compare like that,
 * because the two intervals do not touch or both numbers are exact.
 */
int num_bounded_compare(
	struct num_bounded a, struct num_bounded b, bool *decided);

/* The same value, off by `size` (not negative) more. */
struct num_bounded num_bounded_widen(struct num_bounded a, num size);

/* The bound as a number, at least error * unit; not for an unknown one. */
num num_error_size(struct num_bounded a);

/*
 * Significant digits that are certain: the error is at most half a unit of
 * the last of them. 34 when exact, 0 when unknown.
 */
unsigned num_certain_digits(struct num_bounded a);

#endif
