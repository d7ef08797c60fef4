/*
 * Inside inquiry/: answers and rules in plain values.
 */
#ifndef INQUIRY_SIDES_H
#define INQUIRY_SIDES_H

#include "inquiry/edges.h"
#include "inquiry/pieces.h"

/* The decisions in which something turns at an edge. */
struct owners {
	bool cut; /* there are more */
	size_t count;
	uint32_t slots[QUESTION_OWNERS_MAX];
};

void owners_add(struct owners *owners, uint32_t slot);

/* The answer of `look` as a side; its value is set by the caller. */
enum shk_code side_answer(struct question *question, struct outcome_set *set,
	bool refused, struct edges_side *side);
/*
 * The rules that hold on this side and not on the other: rows of tables; where
 * there is none, the decisions that turn. `other` NULL: all rows.
 */
enum shk_code side_rules(struct question *question,
	const struct dmn_marks *marks, const struct dmn_marks *other,
	const struct owners *owners, struct edges_side *side);
/* The edges of a number or date from its pieces. */
enum shk_code edges_of_pieces(struct question *question,
	const struct variable *variable, const struct pieces *pieces,
	struct edges_fact *fact);

#endif
