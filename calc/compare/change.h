/*
 * One change: which parts of the answer differ, and what else differs that may
 * be why.
 */
#ifndef COMPARE_CHANGE_H
#define COMPARE_CHANGE_H

#include <shokan/compare.h>

#include "base/arena.h"
#include "compare/pairs.h"

/* What the headers differ in; texts live as long as the comparison. */
struct header_causes {
	struct pairs policy[2]; /* parameters of both sides */
	size_t count;
	struct shk_cause *items;
	bool opaque;   /* a policy is not of our making */
	bool rulebook; /* the hashes differ */
	const char *hash[2];
};

/* Fill `causes` from the two headers. False when memory runs out. */
bool header_causes_make(struct arena *arena,
	const struct shk_snapshot_header *before,
	const struct shk_snapshot_header *after, struct header_causes *causes);

/*
 * True when the answers are the same: status, reason, values, missing and
 * outcomes, with `evidence` also that.
 */
bool change_same(const struct shk_snapshot_line *before,
	const struct shk_snapshot_line *after, bool evidence);

/*
 * Fill parts, citations and causes (untested) of a change whose kind, id,
 * decision and lines are set. False when memory runs out.
 */
bool change_fill(struct arena *arena, const struct header_causes *headers,
	bool evidence, struct shk_change *change);

#endif
