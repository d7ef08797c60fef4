/*
 * Answering a record again, from the facts of its snapshot line, under a
 * choice of sides: rules, day, facts and policy of before or of after.
 */
#ifndef COMPARE_WORLD_H
#define COMPARE_WORLD_H

#include <shokan/compare.h>
#include <shokan/report.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "compare/change.h"

#define WORLD_PRICERS_MAX 64 /* kept for the next change */

/* One side a cause of the change at hand: 0 before, 1 after. */
struct world {
	unsigned char *sides;
};

struct world_pricer {
	char *key; /* side of the rules, decision, policy, level */
	shk_policy *policy;
	shk_pricer *pricer;
};

struct worlds {
	/* the books whose hash the headers name; NULL: not at hand */
	const struct shk_compare_book *books[2];
	const struct shk_snapshot_header *headers[2];
	const struct header_causes *causes;
	bool evidence;
	struct world_pricer pricers[WORLD_PRICERS_MAX];
	size_t pricer_count;
	struct arena record; /* values of the record at hand */
	struct buffer key;
	struct buffer line; /* what the report wrote */
	shk_report *report;
};

enum shk_code worlds_init(struct worlds *worlds,
	const shk_compare_options *options,
	const struct shk_snapshot_header *before,
	const struct shk_snapshot_header *after,
	const struct header_causes *causes, shk_diag *diag);
void worlds_release(struct worlds *worlds);

/*
 * The answer in that world as text in `arena`, or NULL where it cannot be
 * said: no such book, a fact or parameter that it does not know, no revision.
 */
enum shk_code worlds_answer(struct worlds *worlds, struct arena *arena,
	const struct shk_change *change, const struct world *world,
	const char **answer, shk_diag *diag);
/* The answer that a line saved, in the same form; NULL without memory. */
const char *worlds_line_answer(struct arena *arena,
	const struct shk_snapshot_line *line, bool evidence);

#endif
