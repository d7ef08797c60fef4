/*
 * A sweep as a table: one fact down with all outputs across, or two facts down
 * and across with one output inside, in as many blocks as the width asks for.
 */
#include <string.h>

#include "base/text.h"
#include "report/layout.h"
#include "report/sweep.h"
#include "report/words.h"
#include "report/writer.h"

#define COLUMNS_MAX 8  /* of a table */
#define WIDTH_MAX   28 /* columns of the terminal for one of them */
#define GRID_WIDTH  16 /* of a cell of the grid */

_Static_assert(COLUMNS_MAX <= LAYOUT_CELLS_MAX, "a row takes them all");

static size_t width_of(struct text text)
{
	size_t width = utf8_width(text.data, text.size);

	return width > WIDTH_MAX ? WIDTH_MAX : width;
}

static void widen(size_t *width, struct text text)
{
	size_t own = width_of(text);

	if (own > *width)
		*width = own;
}

/* The table: value, status, outputs. */
struct table {
	struct sweep_writer *writer;
	size_t count;		       /* columns */
	const struct shk_result *most; /* an answer with all outputs */
	const char *outputs[COLUMNS_MAX];
	struct layout_cell cells[COLUMNS_MAX];
	struct buffer texts[COLUMNS_MAX];
};

/* The outputs in the order of the first answer that has most of them. */
static void outputs_find(struct table *table)
{
	const shk_sweep *sweep = table->writer->sweep;
	const struct shk_result *most = &sweep->points[0];

	for (size_t i = 1; i < sweep->count; i++)
		if (sweep->points[i].output_count > most->output_count)
			most = &sweep->points[i];
	table->most = most;
	table->count = 2;
	for (size_t i = 0; i < most->output_count && table->count < COLUMNS_MAX;
		i++)
		table->outputs[table->count++] = most->outputs[i].name;
}

static void row_fill(struct table *table, size_t at)
{
	struct sweep_writer *writer = table->writer;
	const struct shk_result *point = &writer->sweep->points[at];

	for (size_t i = 0; i < table->count; i++)
		buffer_clear(&table->texts[i]);
	buffer_text(&table->texts[0], writer->sweep->axes[0].values[at]);
	buffer_text(&table->texts[1],
		words_status(point->status, writer->language));
	for (size_t i = 2; i < table->count; i++) {
		struct text text;

		sweep_cell(writer, point, table->outputs[i]);
		text = sweep_take(writer);
		buffer_add(&table->texts[i], text.data, text.size);
	}
}

static void head_fill(struct table *table)
{
	const struct sweep_writer *writer = table->writer;

	for (size_t i = 0; i < table->count; i++)
		buffer_clear(&table->texts[i]);
	buffer_text(&table->texts[0], writer->sweep->axes[0].fact);
	buffer_text(&table->texts[1], words_get(WORD_STATUS, writer->language));
	for (size_t i = 2; i < table->count; i++)
		buffer_text(&table->texts[i], table->outputs[i]);
}

static void cells_point(struct table *table)
{
	for (size_t i = 0; i < table->count; i++) {
		struct buffer *text = &table->texts[i];

		if (text->failed)
			table->writer->out->failed = true;
		table->cells[i].text =
			(struct text){ text->size ? text->data : "",
				text->size };
	}
}

static void row_measure(struct table *table)
{
	cells_point(table);
	for (size_t i = 0; i < table->count; i++)
		widen(&table->cells[i].width, table->cells[i].text);
}

static void row_write(struct table *table)
{
	cells_point(table);
	layout_row(table->writer->out, table->cells, table->count);
}

/* Columns that do not fit any more are left out; CSV and JSON have all. */
static void columns_fit(struct table *table)
{
	size_t used = 0;

	for (size_t i = 0; i < table->count; i++) {
		used += table->cells[i].width + (i ? LAYOUT_GAP : 0);
		if (used > REPORT_COLUMNS && i > 2) {
			table->count = i;
			return;
		}
	}
}

/* Which outputs have no column. */
static void left_out(struct table *table)
{
	struct sweep_writer *writer = table->writer;
	struct buffer names;

	if (table->count - 2 == table->most->output_count)
		return;
	buffer_init(&names);
	for (size_t i = table->count - 2; i < table->most->output_count; i++)
		buffer_format(&names, "%s%s", names.size ? ", " : "",
			table->most->outputs[i].name);
	writer->out->failed = writer->out->failed || names.failed;
	buffer_clear(&writer->cell);
	words_fill(&writer->cell, WORD_SWEEP_LEFT_OUT, writer->language,
		names.size ? names.data : "");
	layout_paragraph(
		writer->out, REPORT_COLUMNS, "", "  ", sweep_take(writer));
	buffer_release(&names);
}

static void table_write(struct sweep_writer *writer)
{
	struct table table = { .writer = writer };

	outputs_find(&table);
	for (size_t i = 0; i < COLUMNS_MAX; i++)
		buffer_init(&table.texts[i]);
	head_fill(&table);
	row_measure(&table);
	for (size_t i = 0; i < writer->sweep->count; i++) {
		row_fill(&table, i);
		row_measure(&table);
	}
	columns_fit(&table);
	head_fill(&table);
	row_write(&table);
	for (size_t i = 0; i < writer->sweep->count; i++) {
		row_fill(&table, i);
		row_write(&table);
	}
	left_out(&table);
	for (size_t i = 0; i < COLUMNS_MAX; i++)
		buffer_release(&table.texts[i]);
}

/* Right-aligned in `width` columns. */
static void put_right(struct buffer *out, struct text text, size_t width)
{
	for (size_t at = utf8_width(text.data, text.size); at < width; at++)
		buffer_byte(out, ' ');
	buffer_add(out, text.data, text.size);
}

/* A cell of the grid; what is open and long is only `?`. */
static struct text grid_cell(
	struct sweep_writer *writer, size_t first, size_t second)
{
	struct text text;

	sweep_cell(
		writer, sweep_at(writer->sweep, first, second), writer->output);
	text = sweep_take(writer);
	if (text.size && text.data[0] == '?' &&
		utf8_width(text.data, text.size) > GRID_WIDTH)
		text.size = 1;
	return text;
}

static size_t grid_width(struct sweep_writer *writer, size_t second)
{
	const shk_sweep *sweep = writer->sweep;
	size_t width = 0;

	widen(&width, text_of(sweep->axes[1].values[second]));
	for (size_t i = 0; i < sweep->axes[0].count; i++)
		widen(&width, grid_cell(writer, i, second));
	return width;
}

/* The columns from `from` on that fit, and how many that are. */
static size_t block_write(struct sweep_writer *writer, size_t from, size_t left)
{
	const shk_sweep *sweep = writer->sweep;
	struct buffer *out = writer->out;
	size_t used = left, count = 0;
	size_t widths[REPORT_COLUMNS];

	while (from + count < sweep->axes[1].count) {
		size_t width = grid_width(writer, from + count);

		if (count && used + LAYOUT_GAP + width > REPORT_COLUMNS)
			break;
		widths[count++] = width;
		used += LAYOUT_GAP + width;
	}
	put_right(out, (struct text){ "", 0 }, left);
	for (size_t k = 0; k < count; k++)
		put_right(out, text_of(sweep->axes[1].values[from + k]),
			widths[k] + LAYOUT_GAP);
	buffer_byte(out, '\n');
	for (size_t i = 0; i < sweep->axes[0].count; i++) {
		put_right(out, text_of(sweep->axes[0].values[i]), left);
		for (size_t k = 0; k < count; k++)
			put_right(out, grid_cell(writer, i, from + k),
				widths[k] + LAYOUT_GAP);
		buffer_byte(out, '\n');
	}
	return count;
}

static void grid_write(struct sweep_writer *writer)
{
	const shk_sweep *sweep = writer->sweep;
	size_t left = 0;

	for (size_t i = 0; i < sweep->axes[0].count; i++)
		widen(&left, text_of(sweep->axes[0].values[i]));
	buffer_clear(&writer->cell);
	buffer_format(&writer->cell, "%s: %s \xE2\x86\x93  %s \xE2\x86\x92",
		writer->output, sweep->axes[0].fact, sweep->axes[1].fact);
	layout_paragraph(
		writer->out, REPORT_COLUMNS, "", "  ", sweep_take(writer));
	for (size_t from = 0; from < sweep->axes[1].count;) {
		if (from)
			buffer_byte(writer->out, '\n');
		from += block_write(writer, from, left);
	}
}

void sweep_text(struct sweep_writer *writer)
{
	sweep_head(writer);
	if (writer->sweep->axis_count > 1)
		grid_write(writer);
	else
		table_write(writer);
	sweep_counts(writer);
}
