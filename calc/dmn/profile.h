/*
 * The house profile: what our own models keep to beyond DMN, so that
 * completeness can be decided and no law hides in an expression.
 */
#ifndef DMN_PROFILE_H
#define DMN_PROFILE_H

#include "dmn/graph.h"

/*
 * Check every model of a graph: hit policies UNIQUE and COLLECT only; every
 * input data has choices, a range, or is a boolean, a date, a string or a
 * list; names are identifiers; no date literals or calls (but in allowed
 * values) and no decimal(), which rounds without a named function; every table
 * row is cited; a name inside a filter is a part of some context. One line `path:line: what` a violation is added to `report`.
 * Returns how many there are.
 */
size_t dmn_profile_check(const struct dmn_graph *graph, struct buffer *report);

#endif
