/*
 * A value that is not unknown as the text of a CSV cell.
 */
#ifndef RECORD_CELL_H
#define RECORD_CELL_H

#include "base/buffer.h"
#include "record/record.h"

/*
 * Append the cell. `sorted`: the items of a list in byte order, for those who
 * compare texts; else in the order of the record. False when memory ran out.
 */
bool cell_print(struct buffer *out, struct arena *arena,
	const struct record_field *field, const struct record_value *value,
	bool sorted);

#endif
