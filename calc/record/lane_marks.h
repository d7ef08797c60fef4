/*
 * Where separators, line ends and quotes stand in a piece of a table, as
 * offsets in ascending order, found block by block ahead of who cuts rows.
 */
#ifndef RECORD_LANE_MARKS_H
#define RECORD_LANE_MARKS_H

#include <shokan/record.h>

#include <stdint.h>

#include "record/wide.h"

/* Behind each mark so many bytes of the piece can be read, whatever they are:
   the last bytes of a piece are not looked at. */
#define LANE_MARGIN 64u

#define LANE_BLOCK 4096u /* bytes that are looked at in one go */
#define LANE_MARKS (1 + LANE_BLOCK + SHK_COLUMNS_MAX + LANE_MARGIN)

struct lane_marks {
	const char *data;
	size_t size;
	size_t looked; /* bytes that were looked at */
	char delimiter;
	uint32_t
		first; /* of `at` that is not behind us; always one before it */
	uint32_t count; /* behind the last one */
	uint32_t at[LANE_MARKS];
};

/* Begin a new piece. */
void lane_marks_begin(struct lane_marks *marks, const char *data, size_t size);
/* Look at more of it; false when that found nothing. */
bool lane_marks_more(struct lane_marks *marks);
/*
 * Those of [from, end), whole steps of 64 bytes, into `to`, in one of the ways
 * that the machine has; behind them up to LANE_MARGIN places are written too.
 */
uint32_t *lane_marks_find(enum wide wide, const struct lane_marks *marks,
	size_t from, size_t end, uint32_t *to);
/* Forget the marks before `offset`. */
void lane_marks_pass(struct lane_marks *marks, size_t offset);

#endif
