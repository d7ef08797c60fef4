/*
 * Mutants of a decision model: of every FEEL text in it, of its tables (a row
 * taken out, a cell opened to anything, an open cell closed), and of the
 * domains of its types. Labels, citations and drawings are not law.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "mutation/formula.h"
#include "mutation/tags.h"

#define DEPTH_MAX 32

struct table_row {
	struct text id;
	size_t at, size;
};

struct model {
	const struct law_file *file;
	struct formula *formulas;
	size_t count, capacity;
	struct table_row *rows;
	size_t row_count, row_capacity;
	struct tag stack[DEPTH_MAX];
	size_t depth;
	size_t owner;  /* elements of the top level so far */
	size_t column; /* of the row that is open */
};

static void must(bool done)
{
	if (!done)
		abort();
}

static void add_formula(struct model *model, const struct tag *holder,
	const struct tag *open, const struct tag *close)
{
	struct text raw = { model->file->raw.data + open->end,
		close->at - open->end };
	size_t *map = memory_alloc((raw.size + 1) * sizeof(*map));
	bool domain = text_is(holder->name, "allowedValues") ||
		      text_is(holder->name, "outputValues") ||
		      text_is(holder->name, "inputValues");
	bool input = text_is(holder->name, "inputEntry");
	struct buffer plain;

	must(map && memory_grow((void **)&model->formulas, &model->capacity,
			    model->count + 1, sizeof(*model->formulas)));
	buffer_init(&plain);
	text_plain(raw, &plain, map);
	for (size_t i = 0; i <= plain.size; i++)
		map[i] += open->end;
	model->column += input;
	model->formulas[model->count++] =
		(struct formula){ .role = domain  ? FORMULA_DOMAIN
					  : input ? FORMULA_CELL
						  : FORMULA_LOGIC,
			.element = tag_value(holder, "id"),
			.at = open->end,
			.size = raw.size,
			.owner = model->owner,
			.row = input ? model->row_count : 0,
			.column = input ? model->column : 0,
			.plain = { plain.size ? plain.data : "", plain.size },
			.owned = plain,
			.map = map };
}

static void open_tag(struct model *model, const struct tag *tag)
{
	must(model->depth < DEPTH_MAX);
	model->owner += model->depth == 1;
	model->stack[model->depth++] = *tag;
	if (!text_is(tag->name, "rule"))
		return;
	must(memory_grow((void **)&model->rows, &model->row_capacity,
		model->row_count + 1, sizeof(*model->rows)));
	model->column = 0;
	model->rows[model->row_count++] =
		(struct table_row){ .id = tag_value(tag, "id"), .at = tag->at };
}

static void close_tag(struct model *model, const struct tag *tag)
{
	const struct tag *open = &model->stack[--model->depth];

	if (text_is(tag->name, "rule"))
		model->rows[model->row_count - 1].size =
			tag->end - model->rows[model->row_count - 1].at;
	else if (text_is(tag->name, "text") && model->depth > 0)
		add_formula(model, open - 1, open, tag);
}

static void read_model(struct model *model)
{
	struct tag tag;
	size_t offset = 0;

	while (tag_next(model->file->raw, &offset, &tag)) {
		if (text_is(tag.name, "dmndi:DMNDI"))
			break;
		if (tag.closes)
			close_tag(model, &tag);
		else if (!tag.empty)
			open_tag(model, &tag);
	}
}

/* The first cell of the same column that is not open. */
static const struct formula *closed_cell(
	const struct model *model, const struct formula *open)
{
	for (size_t i = 0; i < model->count; i++) {
		const struct formula *cell = &model->formulas[i];

		if (cell->column == open->column &&
			cell->owner == open->owner &&
			!text_is(cell->plain, "-"))
			return cell;
	}
	return NULL;
}

static void cell_mutants(
	struct mutants *mutants, struct model *model, struct formula *cell)
{
	struct spot spot = { model->file, cell->element, 0 };
	const struct formula *other;

	if (!text_is(cell->plain, "-")) {
		mutants_add(mutants, &spot, "open", cell->at, cell->size,
			text_of("-"));
		return;
	}
	other = closed_cell(model, cell);
	if (other)
		mutants_add(mutants, &spot, "close", cell->at, cell->size,
			(struct text){ model->file->raw.data + other->at,
				other->size });
}

static void words_of(
	const struct model *model, size_t owner, struct words *words)
{
	words->count = 0;
	for (size_t i = 0; i < model->count; i++)
		if (owner == 0 || model->formulas[i].owner == owner)
			formula_words(&model->formulas[i], words);
}

static void release_model(struct model *model)
{
	for (size_t i = 0; i < model->count; i++) {
		memory_free(model->formulas[i].map);
		buffer_release(&model->formulas[i].owned);
	}
	memory_free(model->formulas);
	memory_free(model->rows);
}

void mutants_of_model(struct mutants *mutants, const struct law_file *file)
{
	struct model model = { .file = file };
	static struct words near, all;

	read_model(&model);
	words_of(&model, 0, &all);
	for (size_t i = 0; i < model.row_count; i++) {
		struct spot spot = { file, model.rows[i].id, 0 };

		mutants_add(mutants, &spot, "row", model.rows[i].at,
			model.rows[i].size, text_of(""));
	}
	for (size_t i = 0; i < model.count; i++) {
		struct formula *formula = &model.formulas[i];

		if (formula->role == FORMULA_CELL)
			cell_mutants(mutants, &model, formula);
		words_of(&model, formula->owner, &near);
		formula_mutants(mutants, file, formula, &near, &all);
	}
	release_model(&model);
}
