/*
 * The built-in functions: one table, one row a function. A row says how it is
 * called by name, how many arguments it takes, and how it treats unknowns;
 * the machine does the latter before the function itself is called.
 */
#ifndef FEEL_BUILTIN_H
#define FEEL_BUILTIN_H

#include "feel/machine_state.h"

#define FEEL_ANY_COUNT UINT8_MAX

/* How a function treats what is unknown, and what else it is. */
#define FEEL_STRICT 1u	/* anything unknown, however deep: mapped or unknown */
#define FEEL_SHELL  2u	/* looks at the arguments, not inside lists */
#define FEEL_KLEENE 4u	/* deals with unknowns itself */
#define FEEL_IMPURE 8u	/* tells the host or calls functions: not folded */
#define FEEL_WAYS   32u /* called by name it is the row behind, one a way */
#define FEEL_SINGLE 64u /* no list among its parameters: [1] is taken for 1 */
#define FEEL_SPREAD 16u /* f(1, 2, 3) is f([1, 2, 3]) */

typedef void feel_builtin_body(struct feel_env *env,
	const struct feel_builtin *builtin, const struct feel_value *args,
	uint32_t count, struct feel_value *out);

struct feel_builtin {
	const char *name;
	/* names of the parameters, separated by commas; ";" begins another
	 * way to call it */
	const char *parameters;
	uint8_t least;
	uint8_t most; /* or FEEL_ANY_COUNT */
	uint8_t flags;
	uint8_t detail; /* of bodies that serve several functions */
	feel_builtin_body *body;
};

/* Index of a built-in, or -1. */
int feel_builtin_find(struct text name);
const struct feel_builtin *feel_builtin_at(uint32_t index);
uint32_t feel_builtin_count(void);
/*
 * Position of a parameter in the first way of calling, from `way` on, that
 * has it; -1 when there is none. `way` counts from 0.
 */
int feel_builtin_parameter(
	const struct feel_builtin *builtin, unsigned way, struct text name);
unsigned feel_builtin_ways(const struct feel_builtin *builtin);
/* Call with the number of arguments already known to be right. */
void feel_builtin_call(struct feel_env *env, const struct feel_builtin *builtin,
	const struct feel_value *args, uint32_t count, struct feel_value *out);
/* sum, count, min or max of a list, as a table collects. */
void feel_aggregate(struct feel_env *env, enum feel_aggregator aggregator,
	const struct feel_value *list, struct feel_value *out);

#endif
