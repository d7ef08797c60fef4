/*
 * The oracle: a slow, obvious evaluator that walks the tree, written without
 * the compiler and the machine so that the two can be held against each
 * other. It follows the semantics that feel/machine.h promises: FEEL errors
 * are null, unknowns spread with their reasons, and what an unknown may be is
 * found by trying every possibility rather than by rules.
 */
#ifndef SUPPORT_ORACLE_H
#define SUPPORT_ORACLE_H

#include "base/arena.h"
#include "feel/ast.h"

struct oracle_binding {
	const char *name; /* of a global slot; the last one has NULL */
	struct feel_value value;
};

struct oracle_scope {
	const struct oracle_binding *bindings; /* ended by a NULL name */
};

/*
 * Evaluate; `input` is the value of `?` or NULL. False when the oracle cannot
 * say: a name that nobody knows, a built-in that it lacks, no memory.
 */
bool oracle_eval(struct arena *arena, const struct feel_node *node,
	const struct oracle_scope *scope, const struct feel_value *input,
	struct feel_value *out);

/*
 * Is `exact` one of the values that `wide` may turn out to be? A known value
 * may only be itself; functions are not looked into.
 */
bool oracle_admits(
	const struct feel_value *wide, const struct feel_value *exact);

enum oracle_verdict {
	ORACLE_SAME,	/* the same value, or unknown for the same reasons */
	ORACLE_SHARPER, /* the machine knows more, and it fits the oracle */
	ORACLE_WIDER,	/* the machine knows less, and it fits */
	ORACLE_DIFFERENT
};

/* Hold the machine's result against the oracle's. */
enum oracle_verdict oracle_agree(
	const struct feel_value *oracle, const struct feel_value *machine);

#endif
