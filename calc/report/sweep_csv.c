/*
 * A sweep as CSV in long form: one row a point, with the facts that vary and
 * every output in a column of its own.
 */
#include <string.h>

#include "report/csv.h"
#include "report/sweep.h"
#include "report/values.h"
#include "report/words.h"

static void csv_text(struct sweep_writer *writer, const char *text)
{
	csv_cell(writer->out, text, strlen(text));
}

static const struct shk_result *fullest(const shk_sweep *sweep)
{
	const struct shk_result *most = &sweep->points[0];

	for (size_t i = 1; i < sweep->count; i++)
		if (sweep->points[i].output_count > most->output_count)
			most = &sweep->points[i];
	return most;
}

static void csv_output(
	struct sweep_writer *writer, const struct price_output *output)
{
	struct text text;

	buffer_clear(&writer->cell);
	if (output && output->status == SHK_DETERMINED)
		values_cell(&writer->cell, &output->value);
	else if (output && output->status != SHK_NOT_APPLICABLE) {
		buffer_byte(&writer->cell, '?');
		values_cell_outcomes(
			&writer->cell, output->outcomes, output->outcome_count);
	}
	text = sweep_take(writer);
	if (text.size)
		csv_cell(writer->out, text.data, text.size);
}

static void csv_missing(
	struct sweep_writer *writer, const struct shk_result *point)
{
	struct text text;

	buffer_clear(&writer->cell);
	for (size_t i = 0; i < point->missing_count; i++) {
		buffer_text(&writer->cell, i ? "|" : "");
		buffer_text(&writer->cell, point->missing[i].name);
	}
	text = sweep_take(writer);
	if (text.size)
		csv_cell(writer->out, text.data, text.size);
}

static void csv_point(struct sweep_writer *writer, size_t at,
	const struct shk_result *columns)
{
	const shk_sweep *sweep = writer->sweep;
	const struct shk_result *point = &sweep->points[at];
	struct buffer *out = writer->out;
	size_t wide = sweep->axis_count > 1 ? sweep->axes[1].count : 1;

	csv_text(writer, sweep->axes[0].values[at / wide]);
	if (sweep->axis_count > 1) {
		buffer_byte(out, ',');
		csv_text(writer, sweep->axes[1].values[at % wide]);
	}
	buffer_byte(out, ',');
	csv_text(writer, sweep->id);
	buffer_byte(out, ',');
	csv_text(writer, point->decision);
	buffer_byte(out, ',');
	csv_text(writer, point->revision);
	buffer_byte(out, ',');
	csv_text(writer, words_status_code(point->status));
	for (size_t i = 0; i < columns->output_count; i++) {
		buffer_byte(out, ',');
		csv_output(
			writer, sweep_output(point, columns->outputs[i].name));
	}
	buffer_byte(out, ',');
	csv_text(writer, point->reason);
	buffer_byte(out, ',');
	csv_missing(writer, point);
	buffer_text(out, "\r\n");
}

void sweep_csv(struct sweep_writer *writer)
{
	const shk_sweep *sweep = writer->sweep;
	const struct shk_result *columns = fullest(sweep);

	for (size_t i = 0; i < sweep->axis_count; i++) {
		csv_text(writer, sweep->axes[i].fact);
		buffer_byte(writer->out, ',');
	}
	buffer_text(writer->out, "id,decision,revision,status");
	for (size_t i = 0; i < columns->output_count; i++) {
		buffer_byte(writer->out, ',');
		csv_text(writer, columns->outputs[i].name);
	}
	buffer_text(writer->out, ",reason,missing\r\n");
	for (size_t i = 0; i < sweep->count; i++)
		csv_point(writer, i, columns);
}
