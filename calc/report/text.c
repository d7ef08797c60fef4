/*
 * The table: fixed columns out of a budget of 100, so that it streams. Long
 * text wraps inside its column. Behind the table come what was assumed, the
 * legend of the marks that were used, and a line that counts statuses.
 */
#include <stdio.h>
#include <string.h>

#include "report/layout.h"
#include "report/text.h"
#include "report/values.h"
#include "report/words.h"
#include "report/writer.h"

enum text_column {
	TEXT_ID,
	TEXT_DECISION,
	TEXT_STATUS,
	TEXT_VALUES,
	TEXT_WHY,
	TEXT_EVIDENCE,
	TEXT_COLUMNS
};

/* 90 and five gaps of 2 are 100. */
static const size_t text_widths[TEXT_COLUMNS] = { 12, 17, 14, 23, 20, 4 };

#define TEXT_MISSING_MAX 5 /* names in the table; explain has them all */

_Static_assert((int)TEXT_COLUMNS <= LAYOUT_CELLS_MAX, "a row takes them all");

static const enum word text_titles[TEXT_COLUMNS] = { WORD_ID, WORD_DECISION,
	WORD_STATUS, WORD_VALUES, WORD_WHY, WORD_EVIDENCE_SHORT };

static const char *const text_colours[REPORT_STATUSES] = {
	[SHK_DETERMINED] = "\033[32m",	   /* green */
	[SHK_UNDETERMINED] = "\033[33m",   /* yellow */
	[SHK_NOT_APPLICABLE] = "\033[36m", /* cyan */
	[SHK_CONFLICT] = "\033[35m",	   /* magenta */
	[SHK_ERROR] = "\033[31m",	   /* red */
};

static const char *text_label(const shk_result *result, bool japanese)
{
	const char *label = japanese ? result->label_ja : result->label_en;

	return label[0] ? label : result->decision;
}

#define TEXT_OUTCOMES 8 /* outcomes of one output that the table shows */

/* The first outcomes and how many more there are; explain shows all. */
static void text_outcomes(struct buffer *out, const struct price_output *output,
	enum shk_language language)
{
	size_t count = output->outcome_count;
	size_t shown = count > TEXT_OUTCOMES ? TEXT_OUTCOMES - 1 : count;
	char more[24];

	buffer_text(out, count ? "? " : "?");
	values_words_outcomes(out, output->outcomes, shown, language);
	if (shown == count)
		return;
	snprintf(more, sizeof(more), "%zu", count - shown);
	words_fill(out, WORD_MORE, language, more);
}

/* `coefficient 1.5`, or `points ? 1358 or 1359` when not determined. */
static void text_output(struct buffer *out, const struct price_output *output,
	enum shk_language language)
{
	buffer_text(out, output->name);
	buffer_byte(out, ' ');
	switch (output->status) {
	case SHK_DETERMINED:
		values_short(out, &output->value, language);
		break;
	case SHK_UNDETERMINED:
		text_outcomes(out, output, language);
		break;
	case SHK_NOT_APPLICABLE:
	case SHK_CONFLICT:
	case SHK_ERROR:
		buffer_text(out, words_status(output->status, language));
		break;
	}
}

/*
 * Outputs that have a value, each on its own line. An open one is shown when
 * it is the lead, or when the lead has a value: else it only follows.
 */
static bool text_shows(const shk_result *result, size_t i)
{
	const struct price_output *output = &result->outputs[i];

	if (output->status == SHK_DETERMINED)
		return true;
	return output->status == SHK_UNDETERMINED &&
	       (i == 0 || (result->status == SHK_DETERMINED &&
				  output->outcome_count));
}

bool text_values(struct buffer *out, const shk_result *result,
	enum shk_language language)
{
	size_t shown = 0;

	for (size_t i = 0; i < result->output_count; i++) {
		if (!text_shows(result, i))
			continue;
		if (shown++)
			buffer_byte(out, '\n');
		text_output(out, &result->outputs[i], language);
	}
	if (shown == 0)
		buffer_byte(out, '-');
	return shown > 0;
}

static void text_join(struct buffer *out, bool *any, const char *title,
	const char *item, bool first)
{
	if (first && *any)
		buffer_byte(out, '\n');
	buffer_text(out, first ? title : ", ");
	buffer_text(out, item);
	*any = true;
}

/* The fields of the flips, each with its points: `annual_tests 200, 400`. */
static void text_flips(struct buffer *out, bool *any, const shk_result *result,
	enum shk_language language)
{
	const char *field = "";

	if (result->status != SHK_UNDETERMINED)
		return;
	for (size_t i = 0; i < result->flip_count; i++) {
		const struct price_flip *flip = &result->flips[i];

		if (strcmp(field, flip->field) != 0) {
			if (*any)
				buffer_byte(out, '\n');
			buffer_text(out, words_get(WORD_FLIPS, language));
			buffer_text(out, flip->field);
			buffer_byte(out, ' ');
		} else {
			buffer_text(out, ", ");
		}
		values_short(out, &flip->at, language);
		field = flip->field;
		*any = true;
	}
}

/* The first missing names; the list is most decisive first. */
static void text_missing(struct buffer *out, bool *any,
	const shk_result *result, enum shk_language language)
{
	size_t shown = result->missing_count;
	char more[24];

	if (shown > TEXT_MISSING_MAX)
		shown = TEXT_MISSING_MAX - 1;
	for (size_t i = 0; i < shown; i++)
		text_join(out, any, words_get(WORD_MISSING, language),
			result->missing[i].name, i == 0);
	if (shown == result->missing_count)
		return;
	snprintf(more, sizeof(more), "%zu", result->missing_count - shown);
	words_fill(out, WORD_MORE, language, more);
}

static void text_error(struct buffer *out, bool *any, const shk_result *result)
{
	size_t size = strlen(result->field);
	bool named = strncmp(result->message, result->field, size) == 0;

	if (result->field[0] && !named)
		text_join(out, any, "", result->field, true);
	if (result->message[0])
		text_join(out, any, "", result->message, true);
}

bool text_why(struct buffer *out, const shk_result *result,
	enum shk_language language)
{
	bool any = false;

	if (result->status == SHK_ERROR)
		text_error(out, &any, result);
	if (result->reason[0] && (result->status != SHK_ERROR || !any))
		text_join(out, &any, "", words_reason(result->reason, language),
			true);
	text_missing(out, &any, result, language);
	text_flips(out, &any, result, language);
	for (size_t i = 0; i < result->caveat_count; i++)
		text_join(out, &any, words_get(WORD_CAVEATS, language),
			result->caveats[i], i == 0);
	return any;
}

/*
 * Close a cell that was built in `scratch`: its size is what was added behind
 * `from`. Where it lies is set later, since scratch may still move.
 */
static void text_cell(
	struct shk_report *report, size_t *from, struct layout_cell *cell)
{
	cell->text.size = report->scratch.size - *from;
	*from = report->scratch.size;
}

/* The id, or the row of a record that has none. */
static void text_id(struct shk_report *report, const shk_result *result)
{
	char row[24];

	if (result->id[0]) {
		buffer_text(&report->scratch, result->id);
		return;
	}
	snprintf(row, sizeof(row), "%ld", result->row);
	words_fill(&report->scratch, WORD_ROW, report->options.language, row);
}

static void text_begin(struct shk_report *report)
{
	struct layout_cell cells[TEXT_COLUMNS];

	for (size_t i = 0; i < TEXT_COLUMNS; i++) {
		cells[i].text = text_of(
			words_get(text_titles[i], report->options.language));
		cells[i].width = text_widths[i];
		cells[i].colour = report->options.colour ? "\033[1m" : NULL;
	}
	layout_row(&report->out, cells, TEXT_COLUMNS);
}

static void text_fill(struct shk_report *report, const shk_result *result,
	struct layout_cell cells[TEXT_COLUMNS])
{
	struct buffer *out = &report->scratch;
	enum shk_language language = report->options.language;
	size_t from = 0;

	text_id(report, result);
	text_cell(report, &from, &cells[TEXT_ID]);
	buffer_text(out, text_label(result, language == SHK_JAPANESE));
	text_cell(report, &from, &cells[TEXT_DECISION]);
	buffer_text(out, words_status(result->status, language));
	text_cell(report, &from, &cells[TEXT_STATUS]);
	text_values(out, result, language);
	text_cell(report, &from, &cells[TEXT_VALUES]);
	text_why(out, result, language);
	text_cell(report, &from, &cells[TEXT_WHY]);
	buffer_text(out, result->evidence);
	if (result->evidence[0] && strcmp(result->evidence, "E1") > 0) {
		buffer_byte(out, '!');
		report->weak_seen = true;
	}
	text_cell(report, &from, &cells[TEXT_EVIDENCE]);
}

static void text_result(struct shk_report *report, const shk_result *result)
{
	struct layout_cell cells[TEXT_COLUMNS];
	size_t at = 0;

	memset(cells, 0, sizeof(cells));
	text_fill(report, result, cells);
	if (report->options.colour)
		cells[TEXT_STATUS].colour = text_colours[result->status];
	for (size_t i = 0; i < TEXT_COLUMNS; i++) {
		cells[i].width = text_widths[i];
		cells[i].text.data = report->scratch.data + at;
		at += cells[i].text.size;
	}
	if (!report->scratch.failed) {
		layout_row(&report->out, cells, TEXT_COLUMNS);
		buffer_clear(&report->scratch);
	}
}

/* The last line: how many results, and of which status. */
void text_counts(struct buffer *out, const size_t counts[REPORT_STATUSES],
	enum shk_language language)
{
	bool japanese = language == SHK_JAPANESE;
	const char *between = japanese ? "、" : ", ";
	size_t all = 0;
	bool any = false;

	for (size_t i = 0; i < REPORT_STATUSES; i++)
		all += counts[i];
	if (japanese)
		buffer_format(out, "結果 %zu 件", all);
	else
		buffer_format(out, "%zu result%s", all, all == 1 ? "" : "s");
	for (size_t i = 0; i < REPORT_STATUSES; i++) {
		const char *name = words_status((enum shk_status)i, language);

		if (counts[i] == 0)
			continue;
		buffer_text(out, any ? between : ": ");
		if (japanese)
			buffer_format(out, "%s %zu", name, counts[i]);
		else
			buffer_format(out, "%zu %s", counts[i], name);
		any = true;
	}
}

static void text_finish(struct shk_report *report)
{
	enum shk_language language = report->options.language;
	struct buffer *out = &report->out;

	buffer_byte(out, '\n');
	if (report->newest[0]) {
		words_fill(out, WORD_NEWEST, language, report->newest);
		buffer_byte(out, '\n');
	}
	if (report->weak_seen) {
		buffer_text(out, words_get(WORD_LEGEND, language));
		buffer_byte(out, '\n');
	}
	text_counts(out, report->counts, language);
	buffer_byte(out, '\n');
}

const struct report_writer report_text = { text_begin, text_result,
	text_finish };
