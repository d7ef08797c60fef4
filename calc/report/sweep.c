/*
 * Reporting a sweep: the format's writer into a buffer, the buffer into the
 * sink; and what the writers for readers say alike.
 */
#include "report/sweep.h"

#include <string.h>

#include "report/layout.h"
#include "report/text.h"
#include "report/values.h"
#include "report/words.h"

struct text sweep_take(struct sweep_writer *writer)
{
	struct text text = { writer->cell.size ? writer->cell.data : "",
		writer->cell.size };

	if (writer->cell.failed)
		writer->out->failed = true;
	return text;
}

static void line(struct sweep_writer *writer)
{
	layout_paragraph(
		writer->out, REPORT_COLUMNS, "", "  ", sweep_take(writer));
	buffer_clear(&writer->cell);
}

void sweep_head(struct sweep_writer *writer)
{
	const shk_sweep *sweep = writer->sweep;
	const struct shk_result *first = &sweep->points[0];
	bool ja = writer->language == SHK_JAPANESE;
	struct buffer *cell = &writer->cell;

	buffer_format(cell, "%s %s", sweep->id, sweep->name);
	line(writer);
	buffer_format(cell, "%s (%s), ", ja ? first->label_ja : first->label_en,
		first->decision);
	words_fill(cell,
		first->assumed_newest ? WORD_REVISION_NEWEST : WORD_REVISION,
		writer->language, first->revision);
	if (first->as_of[0]) {
		buffer_text(cell, ", ");
		words_fill(cell, WORD_AS_OF, writer->language, first->as_of);
	}
	line(writer);
	for (size_t i = 0; i < sweep->axis_count; i++) {
		const struct sweep_axis *axis = &sweep->axes[i];

		buffer_format(cell, "%s (%s",
			ja ? axis->label_ja : axis->label_en, axis->fact);
		if (*axis->unit)
			buffer_format(cell, ", %s",
				words_unit(axis->unit, writer->language));
		buffer_format(cell, "): %s", axis->cells[0]);
		if (axis->count > 1)
			buffer_format(
				cell, " .. %s", axis->cells[axis->count - 1]);
		line(writer);
	}
	buffer_byte(writer->out, '\n');
}

void sweep_counts(struct sweep_writer *writer)
{
	size_t counts[REPORT_STATUSES];

	for (int i = 0; i < REPORT_STATUSES; i++)
		counts[i] = shk_sweep_count(writer->sweep, (enum shk_status)i);
	buffer_byte(writer->out, '\n');
	text_counts(writer->out, counts, writer->language);
	buffer_byte(writer->out, '\n');
}

void sweep_cell(struct sweep_writer *writer, const struct shk_result *result,
	const char *output)
{
	const struct price_output *found = sweep_output(result, output);
	struct buffer *cell = &writer->cell;
	enum shk_status status = found ? found->status : result->status;

	buffer_clear(cell);
	if (!found || status == SHK_NOT_APPLICABLE) {
		buffer_text(cell, "-");
	} else if (status == SHK_DETERMINED) {
		values_short(cell, &found->value, writer->language);
	} else {
		buffer_text(cell, status == SHK_CONFLICT ? "! " : "? ");
		values_words_outcomes(cell, found->outcomes,
			found->outcome_count, writer->language);
	}
}

/* The first output that any answer has, or the one that was asked for. */
static const struct price_output *pick(
	const shk_sweep *sweep, const char *output)
{
	for (size_t i = 0; i < sweep->count; i++) {
		const struct shk_result *point = &sweep->points[i];
		const struct price_output *found =
			output		      ? sweep_output(point, output)
			: point->output_count ? &point->outputs[0]
					      : NULL;

		if (found)
			return found;
	}
	return NULL;
}

enum shk_code shk_sweep_report(const shk_sweep *sweep,
	const shk_sweep_report_options *options, shk_sink sink, shk_diag *diag)
{
	static void (*const writers[])(
		struct sweep_writer *) = { [SHK_SWEEP_TEXT] = sweep_text,
		[SHK_SWEEP_CSV] = sweep_csv,
		[SHK_SWEEP_JSON] = sweep_json,
		[SHK_SWEEP_PLOT] = sweep_plot };
	const struct price_output *output = pick(sweep, options->output);
	struct buffer out;
	struct sweep_writer writer = { .out = &out,
		.sweep = sweep,
		.language = options->language,
		.output = output ? output->name : "",
		.unit = output ? output->unit : "" };
	enum shk_code code = SHK_OK;

	if (options->output && !output &&
		shk_sweep_count(sweep, SHK_NOT_APPLICABLE) +
				shk_sweep_count(sweep, SHK_ERROR) <
			sweep->count)
		return diag_set(diag, SHK_E_USAGE,
			"the answers have no value \"%s\"", options->output);
	if (options->format == SHK_SWEEP_PLOT && sweep->axis_count > 1)
		return diag_set(diag, SHK_E_USAGE,
			"a plot draws one fact; two give a grid in the format "
			"text");
	buffer_init(&out);
	buffer_init(&writer.cell);
	writers[options->format](&writer);
	if (out.failed || writer.cell.failed)
		code = diag_memory(diag);
	else if (!sink.write(sink.context, out.data, out.size))
		code = diag_set(diag, SHK_E_IO, "cannot write the report");
	buffer_release(&writer.cell);
	buffer_release(&out);
	return code;
}
