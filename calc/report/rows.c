/*
 * The proof as rows: one a step of the trace, one more for each further
 * passage that it rests on, then what is missing or went wrong. Values are
 * spelled as in CSV, so that a query can compare them.
 */
#include <string.h>

#include <shokan/proof.h>

#include "report/values.h"
#include "report/words.h"

struct rows {
	const shk_result *result;
	enum shk_language language;
	bool (*tell)(void *context, const shk_proof_row *row);
	void *context;
	bool failed;  /* memory ran out */
	bool stopped; /* by the caller */
	struct buffer name;
	struct buffer value;
	struct buffer formula;
};

static const shk_proof_row row_empty = { 0, "", "", 0, "", "", "", "", "", "",
	"" };

static const char *row_text(struct rows *rows, const struct buffer *buffer)
{
	if (buffer->failed)
		rows->failed = true;
	return buffer->size && !buffer->failed ? buffer->data : "";
}

static void row_tell(struct rows *rows, const shk_proof_row *row)
{
	if (!rows->failed && !rows->stopped)
		rows->stopped = !rows->tell(rows->context, row);
}

static void row_cite(shk_proof_row *row, const struct price_citation *citation)
{
	row->source = citation->source;
	row->place = citation->place;
	row->evidence = citation->evidence;
	row->quote = citation->quote;
}

/* `round_half_up(1852.5, 0)`: the function with its numbers. */
static void row_rounding(struct rows *rows, const struct price_step *step)
{
	struct buffer *out = &rows->formula;

	buffer_add(out, step->name.data, step->name.size);
	buffer_byte(out, '(');
	values_cell(out, &step->before);
	if (step->scale.kind == PRICE_NUMBER) {
		buffer_text(out, ", ");
		values_cell(out, &step->scale);
	}
	buffer_byte(out, ')');
}

static void row_step(struct rows *rows, const struct price_step *step)
{
	static const char *const kinds[] = {
		[PRICE_STEP_DECISION] = "decision",
		[PRICE_STEP_FACT] = "fact",
		[PRICE_STEP_AGAIN] = "again",
		[PRICE_STEP_ROW] = "row",
		[PRICE_STEP_ROUND] = "round",
	};
	shk_proof_row row = row_empty;

	buffer_clear(&rows->name);
	buffer_clear(&rows->value);
	buffer_clear(&rows->formula);
	buffer_add(&rows->name, step->name.data, step->name.size);
	values_cell(&rows->value, &step->value);
	buffer_text(&rows->formula, step->formula);
	if (step->kind == PRICE_STEP_ROUND)
		row_rounding(rows, step);
	row.depth = step->depth;
	row.kind = kinds[step->kind];
	row.table_row = step->row;
	row.name = row_text(rows, &rows->name);
	row.value = row_text(rows, &rows->value);
	row.formula = row_text(rows, &rows->formula);
	row.text = step->description[0]		    ? step->description
		   : rows->language == SHK_JAPANESE ? step->label_ja
						    : step->label_en;
	if (step->citation_count)
		row_cite(&row, &step->citations[0]);
	row_tell(rows, &row);
	for (size_t i = 1; i < step->citation_count; i++) {
		row = row_empty;
		row.depth = step->depth + 1;
		row.kind = "citation";
		row_cite(&row, &step->citations[i]);
		row_tell(rows, &row);
	}
}

static void row_cut(struct rows *rows)
{
	shk_proof_row row = row_empty;

	row.kind = "cut";
	row.text = words_get(WORD_OTHERWISE_CUT, rows->language);
	row_tell(rows, &row);
}

static void row_missing(struct rows *rows, const struct price_missing *missing)
{
	shk_proof_row row = row_empty;

	row.kind = "missing";
	row.name = missing->name;
	row.text = rows->language == SHK_JAPANESE ? missing->label_ja
						  : missing->label_en;
	row_tell(rows, &row);
}

static void row_error(struct rows *rows)
{
	shk_proof_row row = row_empty;

	row.kind = "error";
	row.name = rows->result->field;
	row.value = rows->result->reason;
	row.text = rows->result->message;
	row_tell(rows, &row);
}

enum shk_code shk_result_proof(const shk_result *result,
	enum shk_language language,
	bool (*tell)(void *context, const shk_proof_row *row), void *context,
	shk_diag *diag)
{
	struct rows rows = { .result = result,
		.language = language,
		.tell = tell,
		.context = context };

	buffer_init(&rows.name);
	buffer_init(&rows.value);
	buffer_init(&rows.formula);
	for (size_t i = 0; i < result->step_count; i++)
		row_step(&rows, &result->steps[i]);
	if (result->steps_cut)
		row_cut(&rows);
	for (size_t i = 0; i < result->missing_count; i++)
		row_missing(&rows, &result->missing[i]);
	if (result->status == SHK_ERROR)
		row_error(&rows);
	buffer_release(&rows.name);
	buffer_release(&rows.value);
	buffer_release(&rows.formula);
	return rows.failed ? diag_memory(diag) : SHK_OK;
}
