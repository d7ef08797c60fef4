/*
 * `name=value;...` as snapshot columns have it, and the members of a policy,
 * taken apart.
 */
#ifndef COMPARE_PAIRS_H
#define COMPARE_PAIRS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct pair {
	const char *name;
	const char *value;
};

struct pairs {
	size_t count;
	struct pair *items;
};

/*
 * Take `cell` apart; the texts are copies in `arena`. `decode`: `\;` and `\\`
 * become the signs (facts); else values stay as they are written (values).
 * False when memory runs out.
 */
bool pairs_split(
	struct arena *arena, const char *cell, bool decode, struct pairs *out);
/*
 * The members of a canonical JSON object, their values as policy parameters
 * are set from text: strings without quotes; of `{"value":...,"note":...}`
 * the value. `*good` is false when it is no such object.
 */
bool pairs_of_policy(
	struct arena *arena, const char *json, struct pairs *out, bool *good);
/* Value of a name, or NULL. */
const char *pairs_find(const struct pairs *pairs, const char *name);
/* By name, in byte order. */
void pairs_sort(struct pairs *pairs);

#endif
