/*
 * Inexact numbers. The `size` of an inexact number is the bound of its error
 * (num/error.h). Arithmetic carries the bound along, and a rounding that it
 * proves gives an exact number. A comparison whose outcome the bound leaves
 * open is decided by the 34 digits, as FEEL says, but it is a doubt: the value
 * of a run that took one is tainted, whatever its type, and nothing that is
 * computed from it is proved any more.
 */
#ifndef FEEL_INEXACT_H
#define FEEL_INEXACT_H

#include "feel/machine_state.h"
#include "num/error.h"

static inline bool feel_any_inexact(
	const struct feel_value *a, const struct feel_value *b)
{
	return (a->inexact | b->inexact) != 0;
}

/* A number with its bound; an inexact one without a bound is unknown. */
struct num_bounded feel_bounded(const struct feel_value *number);
/* The result of an operation; null when `status` says that there is none. */
struct feel_value feel_from_bounded(struct num_bounded number, unsigned status);
/* The same for an operation on exact operands, rounded at most once. */
struct feel_value feel_from_exact(num number, unsigned status);

/* `kept` stands for `other` too, which has the same value. */
void feel_keep_error(struct feel_value *kept, const struct feel_value *other);

/* Two known values are compared: doubt, when their bounds leave it open. */
void feel_doubt_compare(struct feel_env *env, const struct feel_value *a,
	const struct feel_value *b);
/* A function looks at the digits of its arguments: doubt if they may err. */
void feel_doubt_digits(
	struct feel_env *env, const struct feel_value *args, uint32_t count);
/* Taint a value that comes out of a run with a doubt. */
void feel_taint(struct feel_env *env, struct feel_value *value);

/* The value that is loaded was tainted, and is no number that says so. */
static inline bool feel_is_tainted(const struct feel_value *value)
{
	return value->inexact && value->type != FEEL_NUMBER &&
	       value->type != FEEL_UNKNOWN;
}

#endif
