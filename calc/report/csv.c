/*
 * CSV as RFC 4180: UTF-8, a header, one row a result, CRLF. Lists inside a cell
 * use `|` and values.h's spelling. Codes are written as they came, zeros in
 * front too. A column is a row of one table, or an output of a decision.
 */
#include <string.h>

#include "report/csv.h"
#include "report/template.h"
#include "report/values.h"
#include "report/words.h"
#include "report/writer.h"

static void csv_text(struct shk_report *report, const char *text)
{
	/* -1|2 is no number and would be run as a formula; 1|2 would not */
	if (report->marking && template_leads(text))
		template_refuse(&report->out);
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

static void csv_id(struct shk_report *report, const shk_result *result)
{
	csv_text(report, result->id);
}

static void csv_name(struct shk_report *report, const shk_result *result)
{
	csv_text(report, result->name);
}

static void csv_decision(struct shk_report *report, const shk_result *result)
{
	csv_text(report, result->decision);
}

static void csv_revision(struct shk_report *report, const shk_result *result)
{
	csv_text(report, result->revision);
}

static void csv_as_of(struct shk_report *report, const shk_result *result)
{
	csv_text(report, result->as_of);
}

static void csv_status(struct shk_report *report, const shk_result *result)
{
	csv_text(report, words_status_code(result->status));
}

/* An output that is determined; else the cell is empty. */
static void csv_output(
	struct shk_report *report, const struct price_output *output)
{
	if (output && output->status == SHK_DETERMINED)
		values_cell(&report->scratch, &output->value);
	csv_scratch(report);
}

static void csv_value(struct shk_report *report, const shk_result *result)
{
	csv_output(report, result->output_count ? result->outputs : NULL);
}

static void csv_values(struct shk_report *report, const shk_result *result)
{
	values_cell_outputs(&report->scratch, result);
	csv_scratch(report);
}

static void csv_outcomes(struct shk_report *report, const shk_result *result)
{
	values_cell_outcomes(
		&report->scratch, result->outcomes, result->outcome_count);
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

static void csv_missing(struct shk_report *report, const shk_result *result)
{
	for (size_t i = 0; i < result->missing_count; i++) {
		if (i)
			buffer_byte(&report->scratch, '|');
		buffer_text(&report->scratch, result->missing[i].name);
	}
	csv_scratch(report);
}

static void csv_reason(struct shk_report *report, const shk_result *result)
{
	csv_text(report, result->reason);
}

static void csv_caveats(struct shk_report *report, const shk_result *result)
{
	for (size_t i = 0; i < result->caveat_count; i++) {
		if (i)
			buffer_byte(&report->scratch, '|');
		buffer_text(&report->scratch, result->caveats[i]);
	}
	csv_scratch(report);
}

static void csv_evidence(struct shk_report *report, const shk_result *result)
{
	csv_text(report, result->evidence);
}

static void csv_citations(struct shk_report *report, const shk_result *result)
{
	struct buffer *out = &report->scratch;

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
}

static void csv_steps(struct shk_report *report, const shk_result *result)
{
	report_json_steps(&report->scratch, result);
	csv_scratch(report);
}

static void csv_rulebook(struct shk_report *report, const shk_result *result)
{
	csv_text(report, result->rulebook);
}

static void csv_policy(struct shk_report *report, const shk_result *result)
{
	csv_text(report, result->policy[0] ? result->policy : "{}");
}

static void csv_field(struct shk_report *report, const shk_result *result)
{
	csv_text(report, result->field);
}

static void csv_message(struct shk_report *report, const shk_result *result)
{
	csv_text(report, result->message);
}

struct csv_column {
	const char *name;
	template_body *say;
	bool asked; /* only when it is asked for by name */
};

static const struct csv_column csv_columns[] = { { "id", csv_id, false },
	{ "name", csv_name, true }, { "decision", csv_decision, false },
	{ "revision", csv_revision, false }, { "as_of", csv_as_of, false },
	{ "status", csv_status, false }, { "value", csv_value, false },
	{ "values", csv_values, false }, { "outcomes", csv_outcomes, false },
	{ "missing", csv_missing, false }, { "flips", csv_flips, false },
	{ "reason", csv_reason, false }, { "caveats", csv_caveats, false },
	{ "evidence", csv_evidence, false },
	{ "citations", csv_citations, false }, { "steps", csv_steps, true },
	{ "rulebook", csv_rulebook, false }, { "policy", csv_policy, false },
	{ "field", csv_field, false }, { "message", csv_message, false } };

#define CSV_COLUMNS (sizeof(csv_columns) / sizeof(csv_columns[0]))

static const struct csv_column *csv_column_find(const char *name)
{
	for (size_t i = 0; i < CSV_COLUMNS; i++)
		if (strcmp(csv_columns[i].name, name) == 0)
			return &csv_columns[i];
	return NULL;
}

const char *shk_report_column(size_t index)
{
	return index < CSV_COLUMNS ? csv_columns[index].name : NULL;
}

/* A column that names an output of the decision. */
static void csv_named(
	struct shk_report *report, const shk_result *result, const char *name)
{
	const struct price_output *output = NULL;

	for (size_t i = 0; i < result->output_count && !output; i++)
		if (strcmp(result->outputs[i].name, name) == 0)
			output = &result->outputs[i];
	csv_output(report, output);
}

/* Shown when no columns are asked for. */
static bool csv_is_shown(
	const struct shk_report *report, const struct csv_column *column)
{
	return !column->asked ||
	       (column->say == csv_steps && report->options.steps);
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
	const shk_report_options *options = &report->options;

	for (size_t i = 0; i < options->column_count; i++)
		csv_text(report, options->columns[i]);
	for (size_t i = 0; i < CSV_COLUMNS && !options->columns; i++)
		if (csv_is_shown(report, &csv_columns[i]))
			csv_text(report, csv_columns[i].name);
	for (size_t i = 0; i < options->keep_count; i++)
		csv_text(report, options->keep[i]);
	csv_end_row(&report->out);
}

/* The asked columns from `first` on. */
static void csv_asked(
	struct shk_report *report, const shk_result *result, size_t first)
{
	const shk_report_options *options = &report->options;

	for (size_t i = first; i < options->column_count; i++) {
		const struct csv_column *column =
			csv_column_find(options->columns[i]);

		if (column)
			column->say(report, result);
		else
			csv_named(report, result, options->columns[i]);
	}
}

/* All behind the identifier. */
static void csv_body(struct shk_report *report, const shk_result *result)
{
	if (report->options.columns)
		csv_asked(report, result, 1);
	for (size_t i = 1; i < CSV_COLUMNS && !report->options.columns; i++)
		if (csv_is_shown(report, &csv_columns[i]))
			csv_columns[i].say(report, result);
}

/* Whether all but the first column is the same for a remembered answer. */
static bool csv_has_body(const shk_report_options *options)
{
	if (!options->columns)
		return true;
	for (size_t i = 0; i < options->column_count; i++)
		if ((strcmp(options->columns[i], "id") == 0) != (i == 0) ||
			strcmp(options->columns[i], "name") == 0)
			return false;
	return true;
}

static void csv_result(struct shk_report *report, const shk_result *result)
{
	if (!report->begun_rows)
		report->has_body = csv_has_body(&report->options);
	report->begun_rows = true;
	if (report->has_body) {
		csv_text(report, result->id);
		template_say(report, result, csv_body);
	} else {
		csv_asked(report, result, 0);
	}
	csv_kept(report, result);
	csv_end_row(&report->out);
}

/* A cell without comma, quote and line end that is written as it is. */
static inline bool csv_is_plain(struct text cell)
{
	unsigned char first;

	if (cell.size == 0 || cell.data[cell.size - 1] == ' ')
		return false;
	first = (unsigned char)cell.data[0]; /* no sign is behind '@' */
	return first > '@' || (first >= '0' && first <= '9') ||
	       !strchr("=+-@\t ", first);
}

/* Rows are an identifier and what a template says. */
static bool csv_repeats(const struct shk_report *report)
{
	return report->begun_rows && report->has_body &&
	       report->options.keep_count == 0;
}

/* Without a call for the sizes that identifiers mostly have; its end. */
static inline char *csv_put(char *to, struct text text)
{
	const size_t size = text.size;

	if (size - 8 <= 8) {
		uint64_t head, tail;

		memcpy(&head, text.data, 8);
		memcpy(&tail, text.data + size - 8, 8);
		memcpy(to, &head, 8);
		memcpy(to + size - 8, &tail, 8);
	} else {
		memcpy(to, text.data, size);
	}
	return to + size;
}

/* Two commas, of which the last becomes CR, LF and NUL. */
#define CSV_BESIDE 4

static inline char *csv_room(struct buffer *out, size_t size)
{
	if (!out->failed && size < out->capacity - out->size)
		return out->data + out->size;
	return buffer_room(out, size);
}

size_t csv_repeat_rows(struct shk_report *report,
	const struct price_again *answers, const char *const *ids,
	const uint32_t *id_sizes, size_t count, struct buffer *out)
{
	const struct template_list *list = report->templates;
	size_t done = 0;

	if (!csv_repeats(report))
		return 0;
	for (; done < count; done++) {
		const struct text id = { ids[done], id_sizes[done] };
		const struct price_again *answer = &answers[done];
		const struct template *made = template_of(list, answer->result);
		char *to;

		if (!made || !csv_is_plain(id) ||
			!template_is_short(made, answer->numbers))
			break;
		to = csv_room(out, id.size + made->room + CSV_BESIDE);
		if (!to)
			break;
		to = csv_put(to, id);
		*to++ = ',';
		to = template_put(to, made, answer->numbers);
		memcpy(to - 1, "\r\n", 3); /* in place of the comma */
		out->size = (size_t)(to + 1 - out->data);
		report->counts[answer->result->status]++;
	}
	return done;
}

bool csv_repeat(const struct shk_report *report, const shk_result *result,
	struct text id, struct buffer *out)
{
	const size_t from = out->size;

	if (!csv_repeats(report) || !csv_is_plain(id))
		return false;
	buffer_add(out, id.data, id.size);
	buffer_byte(out, ',');
	if (!template_add(report, result, out)) {
		out->size = from;
		return false;
	}
	csv_end_row(out);
	return true;
}

static void csv_finish(struct shk_report *report)
{
	(void)report;
}

const struct report_writer report_csv = { csv_begin, csv_result, csv_finish };
