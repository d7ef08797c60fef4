/*
 * Rows of texts in two growing blocks. Failures stick, as in a text buffer:
 * the one that asks looks at `failed` once at the end.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plug/table.h"

void plug_table_release(struct plug_table *table)
{
	free(table->data);
	free(table->cells);
	memset(table, 0, sizeof(*table));
}

void plug_table_clear(struct plug_table *table, size_t columns)
{
	if (table->capacity > PLUG_TABLE_KEEP)
		plug_table_release(table);
	table->size = 0;
	table->cell_count = 0;
	table->columns = columns;
	table->failed = false;
}

/* Room for `need` items of `size` bytes; at least doubled. */
static bool table_grow(void **block, size_t *capacity, size_t need, size_t size)
{
	size_t wanted = *capacity ? *capacity : 256;
	void *moved;

	if (need <= *capacity)
		return true;
	while (wanted < need && wanted <= SIZE_MAX / 2)
		wanted *= 2;
	if (wanted < need || wanted > SIZE_MAX / size)
		return false;
	moved = realloc(*block, wanted * size);
	if (!moved)
		return false;
	*block = moved;
	*capacity = wanted;
	return true;
}

void plug_table_add(struct plug_table *table, const char *text, size_t size)
{
	void *data = table->data;
	void *cells = table->cells;

	if (table->failed)
		return;
	table->failed =
		size > SIZE_MAX - table->size - 1 ||
		!table_grow(&data, &table->capacity, table->size + size + 1, 1);
	table->data = data;
	table->failed = table->failed ||
			!table_grow(&cells, &table->cell_capacity,
				table->cell_count + 1, sizeof(*table->cells));
	table->cells = cells;
	if (table->failed)
		return;
	table->cells[table->cell_count++] = table->size;
	if (size)
		memcpy(table->data + table->size, text, size);
	table->data[table->size + size] = '\0';
	table->size += size + 1;
}

void plug_table_text(struct plug_table *table, const char *text)
{
	plug_table_add(table, text, strlen(text));
}

void plug_table_number(struct plug_table *table, unsigned number)
{
	char text[16];

	snprintf(text, sizeof(text), "%u", number);
	plug_table_text(table, text);
}

bool plug_table_copy(struct plug_table *to, const struct plug_table *from)
{
	plug_table_clear(to, from->columns);
	for (size_t i = 0; i < from->cell_count; i++)
		plug_table_text(to, from->data + from->cells[i]);
	if (to->failed)
		plug_table_release(to);
	return to->columns == from->columns;
}

size_t plug_table_rows(const struct plug_table *table)
{
	return table->columns ? table->cell_count / table->columns : 0;
}

const char *plug_table_cell(
	const struct plug_table *table, size_t row, size_t column)
{
	return table->data + table->cells[row * table->columns + column];
}
