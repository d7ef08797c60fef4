/*
 * Where separators, line ends and quotes stand in a piece of a table, as
 * offsets in ascending order, found block by block ahead of who cuts rows.
 */
#ifndef RECORD_LANE_MARKS_H
#define RECORD_LANE_MARKS_H

#include <shokan/record.h>

#include <stdint.h>

/* Behind each mark so many bytes of the piece can be read, whatever they are:
   the last bytes of a piece are not looked at. */
#define LANE_MARGIN 64u

#define LANE_BLOCK 4096u /* bytes that are looked at in one go */
#define LANE_MARKS (LANE_BLOCK + SHK_COLUMNS_MAX + LANE_MARGIN)

struct lane_marks {
	const char *data;
	size_t size;
	size_t looked; /* bytes that were looked at */
	char delimiter;
	uint32_t first; /* of `at` that is not behind us */
	uint32_t count;
	uint32_t at[LANE_MARKS];
};

/* Begin a new piece. */
void lane_marks_begin(struct lane_marks *marks, const char *data, size_t size);
/* Look at more of it; false when that found nothing. */
bool lane_marks_more(struct lane_marks *marks);
/* Forget the marks before `offset`. */
void lane_marks_pass(struct lane_marks *marks, size_t offset);

#endif
