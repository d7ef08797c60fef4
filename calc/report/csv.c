/*
 * CSV as RFC 4180: UTF-8, a header, one row a result, CRLF. Lists inside a cell
 * use `|` and values.h's spelling. A cell that a spreadsheet would run as a
 * formula (it begins with = + - @, tab or CR and is no plain number) gets an
 * apostrophe in front. Codes are written as they came, zeros in front too.
 */
#include <string.h>

#include "report/csv.h"
#include "report/template.h"
#include "report/values.h"
#include "report/words.h"
#include "report/writer.h"

static const char csv_header[] =
	"id,decision,revision,as_of,status,value,values,outcomes,missing,flips,"
	"reason,caveats,evidence,citations,";

static bool csv_is_number(const char *data, size_t size)
{
	num ignored;

	return num_parse(data, size, false, &ignored) == NUM_PARSED;
}

static bool csv_is_formula(const char *data, size_t size)
{
	return size && data[0] && strchr("=+-@\t\r", data[0]) &&
	       !csv_is_number(data, size);
}

static bool csv_needs_quotes(const char *data, size_t size)
{
	if (size && (data[0] == ' ' || data[size - 1] == ' '))
		return true;
	for (size_t i = 0; i < size; i++) {
		if (data[i] == ',' || data[i] == '"' || data[i] == '\r' ||
			data[i] == '\n')
			return true;
	}
	return false;
}

void csv_cell(struct buffer *out, const char *data, size_t size)
{
	bool quotes = csv_needs_quotes(data, size);

	if (quotes)
		buffer_byte(out, '"');
	if (csv_is_formula(data, size))
		buffer_byte(out, '\'');
	for (size_t i = 0; i < size; i++) {
		if (data[i] == '"')
			buffer_byte(out, '"');
		buffer_byte(out, data[i]);
	}
	if (quotes)
		buffer_byte(out, '"');
}

static void csv_text(struct shk_report *report, const char *text)
{
	csv_cell(&report->out, text, strlen(text));
	buffer_byte(&report->out, ',');
}

/* The cell that was built in `scratch`. */
static void csv_scratch(struct shk_report *report)
{
	if (report->scratch.failed)
		report->out.failed = true;
	csv_text(report, report->scratch.size ? report->scratch.data : "");
	buffer_clear(&report->scratch);
}

static void csv_values(struct shk_report *report, const shk_result *result)
{
	struct buffer *out = &report->scratch;
	const struct price_output *lead = result->outputs;

	if (result->output_count && lead->status == SHK_DETERMINED)
		values_cell(out, &lead->value);
	csv_scratch(report);
	values_cell_outputs(out, result);
	csv_scratch(report);
	values_cell_outcomes(out, result->outcomes, result->outcome_count);
	csv_scratch(report);
}

/* `field:at(below=a,on=b,above=b)`, several outcomes of a side in `{a|b}`. */
static void csv_side(struct buffer *out, const char *name,
	const struct price_outcome *outcomes, size_t count)
{
	buffer_text(out, name);
	if (count != 1)
		buffer_byte(out, '{');
	values_cell_outcomes(out, outcomes, count);
	if (count != 1)
		buffer_byte(out, '}');
}

static void csv_flips(struct shk_report *report, const shk_result *result)
{
	struct buffer *out = &report->scratch;

	for (size_t i = 0; i < result->flip_count; i++) {
		const struct price_flip *flip = &result->flips[i];

		if (i)
			buffer_byte(out, '|');
		buffer_text(out, flip->field);
		buffer_byte(out, ':');
		values_cell(out, &flip->at);
		csv_side(out, "(below=", flip->below, flip->below_count);
		csv_side(out, ",on=", flip->on, flip->on_count);
		csv_side(out, ",above=", flip->above, flip->above_count);
		buffer_byte(out, ')');
	}
	csv_scratch(report);
}

static void csv_why(struct shk_report *report, const shk_result *result)
{
	struct buffer *out = &report->scratch;

	for (size_t i = 0; i < result->missing_count; i++) {
		if (i)
			buffer_byte(out, '|');
		buffer_text(out, result->missing[i].name);
	}
	csv_scratch(report);
	csv_flips(report, result);
	csv_text(report, result->reason);
	for (size_t i = 0; i < result->caveat_count; i++) {
		if (i)
			buffer_byte(out, '|');
		buffer_text(out, result->caveats[i]);
	}
	csv_scratch(report);
}

static void csv_citations(struct shk_report *report, const shk_result *result)
{
	struct buffer *out = &report->scratch;

	csv_text(report, result->evidence);
	for (size_t i = 0; i < result->citation_count; i++) {
		const struct price_citation *citation = &result->citations[i];

		if (i)
			buffer_byte(out, '|');
		buffer_text(out, citation->source);
		buffer_byte(out, ' ');
		buffer_text(out, citation->place);
		if (citation->quote[0]) {
			buffer_byte(out, ' ');
			buffer_text(out, citation->quote);
		}
	}
	csv_scratch(report);
	if (report->options.steps) {
		report_json_steps(out, result);
		csv_scratch(report);
	}
}

/* Rows end with a cell that has no comma behind it. */
static void csv_end_row(struct buffer *out)
{
	if (out->size && !out->failed) {
		out->size--; /* the comma behind the last cell */
		out->data[out->size] = '\0';
	}
	buffer_text(out, "\r\n");
}

/* The asked columns in their order; a record may lack some of them. */
static void csv_kept(struct shk_report *report, const shk_result *result)
{
	struct buffer *out = &report->out;

	for (size_t i = 0; i < report->options.keep_count; i++) {
		for (size_t j = 0; j < result->kept_count; j++) {
			struct text value = result->kept_values[j];

			if (!text_is(result->kept_names[j],
				    report->options.keep[i]))
				continue;
			csv_cell(out, value.data, value.size);
			break;
		}
		buffer_byte(out, ',');
	}
}

static void csv_begin(struct shk_report *report)
{
	buffer_text(&report->out, csv_header);
	if (report->options.steps)
		buffer_text(&report->out, "steps,");
	buffer_text(&report->out, "rulebook,policy,field,message,");
	for (size_t i = 0; i < report->options.keep_count; i++)
		csv_text(report, report->options.keep[i]);
	csv_end_row(&report->out);
}

/* All that is not told of the record alone. */
static void csv_body(struct shk_report *report, const shk_result *result)
{
	csv_text(report, result->decision);
	csv_text(report, result->revision);
	csv_text(report, result->as_of);
	csv_text(report, words_status_code(result->status));
	csv_values(report, result);
	csv_why(report, result);
	csv_citations(report, result);
	csv_text(report, result->rulebook);
	csv_text(report, result->policy[0] ? result->policy : "{}");
	csv_text(report, result->field);
	csv_text(report, result->message);
}

static void csv_result(struct shk_report *report, const shk_result *result)
{
	csv_text(report, result->id);
	template_say(report, result, csv_body);
	csv_kept(report, result);
	csv_end_row(&report->out);
}

static void csv_finish(struct shk_report *report)
{
	(void)report;
}

const struct report_writer report_csv = { csv_begin, csv_result, csv_finish };
