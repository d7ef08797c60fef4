/*
 * Reading yearly quantities. The columns are found by their names; a quantity
 * that the source holds back is counted, never taken for zero. Rows of one
 * code (outpatient, inpatient) are added exactly.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"
#include "compare/volumes.h"
#include "record/table.h"

struct shk_volumes {
	struct arena arena;
	struct volume *items; /* by code; each once when read */
	size_t count;
	size_t capacity;
};

enum { VOLUME_CODE, VOLUME_QUANTITY, VOLUME_SUPPRESSED, VOLUME_COLUMNS };

static const char *const volume_names[VOLUME_COLUMNS] = { "code", "quantity",
	"suppressed" };

struct volume_reader {
	shk_volumes *volumes;
	size_t columns[VOLUME_COLUMNS];
	size_t width; /* cells of the header */
	struct table_row row;
	shk_diag *diag;
};

static enum shk_code volume_refuse(
	struct volume_reader *reader, int column, const char *message)
{
	diag_set(reader->diag, SHK_E_INPUT, "%s", message);
	diag_field(reader->diag, volume_names[column]);
	diag_place(reader->diag, NULL, reader->row.line,
		(long)reader->columns[column] + 1);
	return SHK_E_INPUT;
}

static enum shk_code volume_header(
	struct volume_reader *reader, struct table *table)
{
	struct table_row *row = &reader->row;
	enum shk_code code = table_next(table, row, reader->diag);

	if (code == SHK_END)
		return diag_set(reader->diag, SHK_E_INPUT,
			"the file is empty; its first line names the columns");
	if (code)
		return code;
	reader->width = row->count;
	for (int column = 0; column < VOLUME_COLUMNS; column++) {
		size_t at = 0;

		while (at < row->kept &&
			!text_is(row->cells[at], volume_names[column]))
			at++;
		reader->columns[column] = at;
		if (at == row->kept) {
			diag_set(reader->diag, SHK_E_INPUT,
				"no column %s; a file of quantities has code, "
				"quantity and suppressed",
				volume_names[column]);
			diag_place(reader->diag, NULL, row->line, 0);
			return SHK_E_INPUT;
		}
	}
	return SHK_OK;
}

static enum shk_code volume_amount(
	struct volume_reader *reader, struct volume *volume)
{
	struct text quantity =
		reader->row.cells[reader->columns[VOLUME_QUANTITY]];
	struct text flag =
		reader->row.cells[reader->columns[VOLUME_SUPPRESSED]];

	if (text_is(flag, "1") || text_is(flag, "true")) {
		if (quantity.size)
			return volume_refuse(reader, VOLUME_QUANTITY,
				"a suppressed quantity is empty");
		volume->suppressed = 1;
		return SHK_OK;
	}
	if (!text_is(flag, "0") && !text_is(flag, "false"))
		return volume_refuse(reader, VOLUME_SUPPRESSED,
			"write 1 for a quantity that is held back, else 0");
	if (num_parse(quantity.data, quantity.size, false, &volume->quantity) !=
			NUM_PARSED ||
		num_sign(volume->quantity) < 0)
		return volume_refuse(reader, VOLUME_QUANTITY,
			"no quantity; write a number that is not negative, "
			"such as 1234.5");
	volume->told = 1;
	return SHK_OK;
}

static enum shk_code volume_row(struct volume_reader *reader)
{
	shk_volumes *volumes = reader->volumes;
	struct table_row *row = &reader->row;
	struct volume volume = { .quantity = NUM_ZERO };
	struct text cell;
	enum shk_code code;

	if (row->count != reader->width) {
		diag_set(reader->diag, SHK_E_INPUT,
			"the row has %zu cells and the header %zu", row->count,
			reader->width);
		diag_place(reader->diag, NULL, row->line, 0);
		return SHK_E_INPUT;
	}
	cell = row->cells[reader->columns[VOLUME_CODE]];
	if (cell.size == 0)
		return volume_refuse(reader, VOLUME_CODE, "no code");
	code = volume_amount(reader, &volume);
	if (code)
		return code;
	if (volumes->count == SHK_VOLUMES_MAX)
		return diag_set(reader->diag, SHK_E_LIMIT, "more than %d rows",
			SHK_VOLUMES_MAX);
	volume.code = arena_text(&volumes->arena, cell.data, cell.size);
	if (!volume.code ||
		!memory_grow((void **)&volumes->items, &volumes->capacity,
			volumes->count + 1, sizeof(*volumes->items)))
		return diag_memory(reader->diag);
	volumes->items[volumes->count++] = volume;
	return SHK_OK;
}

static int volume_order(const void *a, const void *b)
{
	return strcmp(((const struct volume *)a)->code,
		((const struct volume *)b)->code);
}

/* One entry a code. */
static enum shk_code volumes_join(shk_volumes *volumes, shk_diag *diag)
{
	unsigned status = 0;
	size_t kept = 0;

	if (volumes->count)
		qsort(volumes->items, volumes->count, sizeof(*volumes->items),
			volume_order);
	for (size_t i = 0; i < volumes->count; i++) {
		struct volume *from = &volumes->items[i];
		struct volume *into = &volumes->items[kept ? kept - 1 : 0];

		if (kept == 0 || strcmp(into->code, from->code) != 0) {
			volumes->items[kept++] = *from;
			continue;
		}
		into->quantity =
			num_add(into->quantity, from->quantity, &status);
		into->told += from->told;
		into->suppressed += from->suppressed;
	}
	volumes->count = kept;
	return status ? diag_set(diag, SHK_E_INPUT,
				"the quantities of one code add up to more "
				"than 34 digits")
		      : SHK_OK;
}

static enum shk_code volumes_fill(
	shk_volumes *volumes, struct input *input, shk_diag *diag)
{
	struct volume_reader reader = { .volumes = volumes, .diag = diag };
	struct table *table;
	enum shk_code code = table_open(&table, input, ',', diag);

	if (code)
		return code;
	code = volume_header(&reader, table);
	while (!code) {
		code = table_next(table, &reader.row, diag);
		if (!code)
			code = volume_row(&reader);
	}
	table_close(table);
	return code == SHK_END ? volumes_join(volumes, diag) : code;
}

enum shk_code shk_volumes_read(
	shk_volumes **out, const char *path, shk_diag *diag)
{
	shk_volumes *volumes = memory_zeroed(1, sizeof(*volumes));
	struct input *input = NULL;
	enum shk_code code;

	*out = NULL;
	if (!volumes)
		return diag_memory(diag);
	arena_init(&volumes->arena);
	code = input_open(&input, path, SHK_ENCODING_AUTO, diag);
	if (!code)
		code = volumes_fill(volumes, input, diag);
	input_close(input);
	if (code) {
		if (diag) {
			long line = diag->line;
			long column = diag->column;

			diag->line = diag->column = 0;
			diag_place(diag, path, line, column);
		}
		shk_volumes_free(volumes);
		return code;
	}
	*out = volumes;
	return SHK_OK;
}

const struct volume *volumes_find(const shk_volumes *volumes, const char *code)
{
	struct volume wanted = { .code = code };

	return volumes->count ? bsearch(&wanted, volumes->items, volumes->count,
					sizeof(*volumes->items), volume_order)
			      : NULL;
}

void shk_volumes_free(shk_volumes *volumes)
{
	if (!volumes)
		return;
	memory_free(volumes->items);
	arena_release(&volumes->arena);
	memory_free(volumes);
}
