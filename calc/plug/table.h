/*
 * Rows of texts, as the answers of the library are handed to a database. All
 * memory is the table's own, so that a database may leave a function by a
 * jump and lose nothing.
 */
#ifndef PLUG_TABLE_H
#define PLUG_TABLE_H

#include <stdbool.h>
#include <stddef.h>

struct plug_table {
	char *data; /* cells one after the other, each with a NUL */
	size_t size;
	size_t capacity;
	size_t *cells; /* where each begins in `data` */
	size_t cell_count;
	size_t cell_capacity;
	size_t columns; /* cells of a row */
	bool failed;	/* memory ran out */
};

/* A zeroed table is empty. `clear` keeps its memory for the next use, unless
   that is more than PLUG_TABLE_KEEP bytes. */
#define PLUG_TABLE_KEEP (1u << 20)
void plug_table_clear(struct plug_table *table, size_t columns);
void plug_table_release(struct plug_table *table);

/* The next cell; rows fill up by themselves. */
void plug_table_add(struct plug_table *table, const char *text, size_t size);
void plug_table_text(struct plug_table *table, const char *text);
void plug_table_number(struct plug_table *table, unsigned number);

/* `to` becomes a copy; false when memory runs out: then it is empty. */
bool plug_table_copy(struct plug_table *to, const struct plug_table *from);

size_t plug_table_rows(const struct plug_table *table);
/* Valid until the table changes. */
const char *plug_table_cell(
	const struct plug_table *table, size_t row, size_t column);

#endif
