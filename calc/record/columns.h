/*
 * The header of a table resolved once: which field, which part of which item
 * of a list, and which column to keep stands in each column.
 */
#ifndef RECORD_COLUMNS_H
#define RECORD_COLUMNS_H

#include "record/builder.h"
#include "record/table.h"

struct column {
	int field;     /* -1: ignored */
	uint16_t item; /* from 1: one part of a list's item; 0: a whole cell */
	uint16_t part;
};

struct columns {
	size_t count;
	size_t id; /* column of the identifier */
	struct column columns[SHK_COLUMNS_MAX];
	size_t list_count; /* lists in columns of their own */
	int lists[RECORD_FIELDS_MAX];
	size_t kept_count;
	struct {
		size_t keep; /* of the names to keep */
		size_t column;
	} kept[SHK_COLUMNS_MAX];
};

/* Everything wrong with the header is an error of the whole file. */
enum shk_code columns_resolve(struct columns *columns,
	const struct table_row *header, struct record_builder *builder,
	shk_diag *diag);

/* One record from a row of as many cells as there are columns. */
enum shk_code columns_read(const struct columns *columns,
	const struct table_row *row, struct record_builder *builder);

#endif
