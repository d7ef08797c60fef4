/*
 * What stands against the proof that nothing else differs, as sentences in
 * both languages.
 */
#ifndef INQUIRY_DIFF_DOUBT_H
#define INQUIRY_DIFF_DOUBT_H

#include "inquiry/diff_tell.h"

/* The same sentences in the same order. */
struct diff_doubts {
	struct diff_list en, ja;
};

enum diff_doubt {
	DIFF_DOUBT_CELLS,
	DIFF_DOUBT_GIVEN,
	DIFF_DOUBT_NONE,
	DIFF_DOUBT_DAYS,
	DIFF_DOUBT_VALUE,
	DIFF_DOUBT_GAP,
	DIFF_DOUBT_OVERLAP,
	DIFF_DOUBT_UNCHECKED
};

/* One more, about the thing of that name; the texts are the world's. */
enum shk_code diff_doubt_add(struct diff_world *world,
	struct diff_doubts *doubts, enum diff_doubt doubt, struct text name);
/*
 * The tables of the pairs that were reached: the proof takes each value of
 * the inputs of a UNIQUE table to hit one row.
 */
enum shk_code diff_doubt_tables(struct diff_world *world,
	const uint8_t *reached, struct diff_doubts *doubts);

#endif
