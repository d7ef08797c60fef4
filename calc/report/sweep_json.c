/*
 * A sweep as one JSON object: what varies, and one answer a point, the last
 * fact turning fastest. Its schema is include/shokan/schemas/sweep.schema.json.
 */
#include "report/json.h"
#include "report/sweep.h"
#include "report/words.h"

static void json_axis(struct buffer *out, const struct sweep_axis *axis)
{
	json_next(out);
	buffer_byte(out, '{');
	json_pair(out, "fact", axis->fact);
	json_pair(out, "unit", axis->unit);
	json_key(out, "cells");
	buffer_byte(out, '[');
	for (size_t i = 0; i < axis->count; i++)
		json_item(out, axis->cells[i]);
	buffer_text(out, "]}");
}

static void json_output(struct buffer *out, const struct price_output *output)
{
	json_key(out, output->name);
	if (output->status == SHK_DETERMINED) {
		json_value(out, &output->value, 0);
		return;
	}
	buffer_byte(out, '{');
	json_pair(out, "status", words_status_code(output->status));
	json_outcomes(out, "outcomes", output->outcomes, output->outcome_count);
	buffer_byte(out, '}');
}

static void json_point(struct sweep_writer *writer, size_t at)
{
	const shk_sweep *sweep = writer->sweep;
	const struct shk_result *point = &sweep->points[at];
	struct buffer *out = writer->out;
	size_t wide = sweep->axis_count > 1 ? sweep->axes[1].count : 1;

	json_next(out);
	buffer_byte(out, '{');
	json_key(out, "at");
	buffer_byte(out, '[');
	json_item(out, sweep->axes[0].cells[at / wide]);
	if (sweep->axis_count > 1)
		json_item(out, sweep->axes[1].cells[at % wide]);
	buffer_byte(out, ']');
	json_pair(out, "status", words_status_code(point->status));
	json_pair(out, "reason", point->reason);
	json_key(out, "values");
	buffer_byte(out, '{');
	for (size_t i = 0; i < point->output_count; i++)
		json_output(out, &point->outputs[i]);
	buffer_byte(out, '}');
	json_key(out, "missing");
	buffer_byte(out, '[');
	for (size_t i = 0; i < point->missing_count; i++)
		json_item(out, point->missing[i].name);
	buffer_text(out, "]}");
}

void sweep_json(struct sweep_writer *writer)
{
	const shk_sweep *sweep = writer->sweep;
	const struct shk_result *first = &sweep->points[0];
	struct buffer *out = writer->out;

	buffer_byte(out, '{');
	json_pair(out, "id", sweep->id);
	json_pair(out, "decision", first->decision);
	json_pair(out, "revision", first->revision);
	json_pair(out, "as_of", first->as_of);
	json_key(out, "vary");
	buffer_byte(out, '[');
	for (size_t i = 0; i < sweep->axis_count; i++)
		json_axis(out, &sweep->axes[i]);
	buffer_byte(out, ']');
	json_key(out, "points");
	buffer_byte(out, '[');
	for (size_t i = 0; i < sweep->count; i++)
		json_point(writer, i);
	buffer_byte(out, ']');
	json_key(out, "policy");
	buffer_text(out, sweep->policy);
	json_pair(out, "rulebook", first->rulebook);
	buffer_text(out, "}\n");
}
