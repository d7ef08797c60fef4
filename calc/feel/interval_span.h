/*
 * Arithmetic of spans: an interval of numbers (dates count as their day
 * number) whose ends may be endless, open or closed.
 */
#ifndef FEEL_INTERVAL_SPAN_H
#define FEEL_INTERVAL_SPAN_H

#include "feel/value.h"

struct span_end {
	bool endless; /* minus infinity when low, plus when high */
	bool closed;
	num at;
};

struct span {
	enum feel_type type; /* FEEL_NUMBER or FEEL_DATE */
	struct span_end low;
	struct span_end high;
};

/* Which orders of two values are possible. */
struct relation {
	bool less;
	bool equal;
	bool greater;
};

/* False for what has no interval: other types, unknowns of no shape. */
bool span_of(const struct feel_value *value, struct span *out);
/* As an interval of values again. */
void span_range(const struct span *span, struct feel_range *out);
void span_relate(
	const struct span *a, const struct span *b, struct relation *can);
void span_negate(struct span *span);
void span_absolute(struct span *span);
/* The lesser or greater of two. */
void span_extreme(bool greatest, const struct span *a, const struct span *b,
	struct span *out);
void span_add(const struct span *a, const struct span *b, struct span *out);
void span_multiply(
	const struct span *a, const struct span *b, struct span *out);
/* False unless all ends are known and the base is above zero. */
bool span_power(const struct span *a, const struct span *b, struct span *out);
/* False when the divisor may be zero. */
bool span_divide(const struct span *a, const struct span *b, struct span *out);

#endif
