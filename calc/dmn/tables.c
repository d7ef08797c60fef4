/*
 * What the analysis of a table finds, kept: every cell of the domain as texts.
 * A cell that several rows of an ANY table take is none of theirs alone, so
 * that table is exclusive only where the rows say different things; ours have
 * UNIQUE and COLLECT.
 */
#include <stdlib.h>
#include <string.h>

#include <shokan/dmn.h>

#include "dmn/tables.h"

#include "base/memory.h"
#include "dmn/check_region.h"

struct keeping {
	struct arena *arena;
	struct dmn_table *table;
	const struct dmn_whole *whole;
	struct dmn_table_column *columns;
	struct dmn_table_cell *cells; /* heap */
	size_t capacity;
	struct buffer text;
	bool failed;
};

/* The text in the buffer, kept; the buffer is empty again. */
static const char *keep_text(struct keeping *keeping)
{
	const char *kept = NULL;

	buffer_add(&keeping->text, "", 0);
	if (!keeping->text.failed)
		kept = arena_text(keeping->arena,
			keeping->text.size ? keeping->text.data : "",
			keeping->text.size);
	buffer_clear(&keeping->text);
	if (!kept)
		keeping->failed = true;
	return kept ? kept : "";
}

/* Text of an element with its white space made single. */
static const char *keep_single(struct keeping *keeping, const char *text)
{
	static const char blanks[] = " \t\r\n";

	for (text += strspn(text, blanks); *text;
		text += strspn(text, blanks)) {
		size_t size = strcspn(text, blanks);

		if (keeping->text.size > 0)
			buffer_byte(&keeping->text, ' ');
		buffer_add(&keeping->text, text, size);
		text += size;
	}
	return keep_text(keeping);
}

static const char *text_in(
	const struct dmn_known_table *known, const struct xml_element *xml)
{
	const struct xml_element *text =
		xml ? dmn_child(known->model, xml, "text") : NULL;

	return text ? text->text : "";
}

static bool is_simple(const struct check_column *column)
{
	return column->type == FEEL_BOOLEAN || column->type == FEEL_NUMBER ||
	       column->type == FEEL_STRING || column->type == FEEL_DATE;
}

static void keep_column(void *context, const struct check_column *columns)
{
	struct keeping *keeping = context;

	for (size_t i = 0; i < keeping->table->column_count; i++) {
		const struct check_column *column = &columns[i];
		struct dmn_table_column *to = &keeping->columns[i];

		to->type = column->free	   ? "any"
			   : column->whole ? "integer"
					   : feel_type_name(column->type);
		if (!column->free)
			dmn_check_print(column, NULL, 0, &keeping->text);
		else
			buffer_byte(&keeping->text, '-');
		to->domain = keep_text(keeping);
		if (!column->plain)
			keeping->table->uncertified =
				"a cell or domain that is not made of plain "
				"constants";
		else if (!column->free && !is_simple(column))
			keeping->table->uncertified =
				"a column of a type that is not certified";
	}
}

static const size_t *keep_rows(
	struct keeping *keeping, const uint64_t *set, size_t *count)
{
	size_t *rows = arena_zeroed(
		keeping->arena, keeping->table->row_count + 1, sizeof(*rows));

	*count = 0;
	for (size_t i = 0; rows && i < keeping->table->row_count; i++)
		if (set[i / 64] >> (i % 64) & 1)
			rows[(*count)++] = i + 1;
	if (!rows)
		keeping->failed = true;
	return rows;
}

static const char **keep_texts(struct keeping *keeping)
{
	const char **texts = arena_zeroed(keeping->arena,
		keeping->table->column_count + 1, sizeof(*texts));

	if (!texts)
		keeping->failed = true;
	return texts;
}

static void keep_cell(void *context, const struct check_cell *cell)
{
	struct keeping *keeping = context;
	struct dmn_table *table = keeping->table;
	struct dmn_table_cell *to;
	const char **where = keep_texts(keeping);
	const char **witness = keep_texts(keeping);

	if (keeping->failed || table->cell_count > DMN_TABLE_CELLS_MAX)
		return;
	if (!memory_grow((void **)&keeping->cells, &keeping->capacity,
		    table->cell_count + 1, sizeof(*keeping->cells))) {
		keeping->failed = true;
		return;
	}
	to = &keeping->cells[table->cell_count++];
	for (size_t i = 0; i < table->column_count; i++) {
		dmn_check_print(&cell->columns[i], cell->groups[i],
			cell->group[i], &keeping->text);
		where[i] = keep_text(keeping);
		if (cell->values[i])
			feel_print(cell->values[i], &keeping->text);
		else
			buffer_byte(&keeping->text, '-');
		witness[i] = keep_text(keeping);
	}
	to->found = table->cell_count;
	to->where = where;
	to->witness = witness;
	to->rows = keep_rows(keeping, cell->rows, &to->row_count);
}

/* Gaps, overlaps and dead rows follow from the cells; what is left is why
   there are none. */
static void keep_why(void *context, enum shk_dmn_finding_kind kind, size_t row,
	const char *message)
{
	struct keeping *keeping = context;

	(void)row;
	if (kind != SHK_DMN_UNCHECKED)
		return;
	buffer_text(&keeping->text, message);
	keeping->table->unchecked = keep_text(keeping);
}

static bool is_whole(void *context, struct text name)
{
	const struct keeping *keeping = context;

	return keeping->whole &&
	       keeping->whole->is(keeping->whole->context, name);
}

static int compare_cells(const void *a, const void *b)
{
	const struct dmn_table_cell *x = a;
	const struct dmn_table_cell *y = b;
	size_t left = x->row_count ? x->rows[0] : SIZE_MAX;
	size_t right = y->row_count ? y->rows[0] : SIZE_MAX;

	if (left != right)
		return left < right ? -1 : 1;
	return (x->found > y->found) - (x->found < y->found);
}

/* In the order of rows, each by where it was found. */
static void keep_cells(struct keeping *keeping)
{
	struct dmn_table *table = keeping->table;
	struct dmn_table_cell *cells;

	if (table->cell_count > DMN_TABLE_CELLS_MAX)
		table->unchecked = "too many cells";
	if (table->unchecked[0]) {
		table->cell_count = 0;
		table->uncertified = table->unchecked;
		return;
	}
	cells = arena_zeroed(
		keeping->arena, table->cell_count + 1, sizeof(*cells));
	if (!cells) {
		keeping->failed = true;
		return;
	}
	if (table->cell_count > 0)
		memcpy(cells, keeping->cells,
			table->cell_count * sizeof(*cells));
	qsort(cells, table->cell_count, sizeof(*cells), compare_cells);
	table->cells = cells;
}

static void read_rows(
	struct keeping *keeping, const struct dmn_known_table *known)
{
	struct dmn_table *table = keeping->table;
	const struct xml_element *xml =
		dmn_child(known->model, known->xml, "rule");
	struct dmn_table_row *rows = arena_zeroed(
		keeping->arena, table->row_count + 1, sizeof(*rows));

	if (!rows)
		keeping->failed = true;
	for (size_t i = 0; i < table->row_count && !keeping->failed; i++) {
		const struct xml_element *entry =
			dmn_child(known->model, xml, "inputEntry");
		const char **entries = keep_texts(keeping);

		for (size_t k = 0; entries && k < table->column_count; k++) {
			entries[k] =
				keep_single(keeping, text_in(known, entry));
			if (!entries[k][0])
				entries[k] = "-";
			entry = dmn_next(known->model, entry, "inputEntry");
		}
		rows[i].line = xml->line;
		rows[i].entries = entries;
		xml = dmn_next(known->model, xml, "rule");
	}
	table->rows = rows;
}

static void read_columns(
	struct keeping *keeping, const struct dmn_known_table *known)
{
	struct dmn_table *table = keeping->table;
	const struct xml_element *xml =
		dmn_child(known->model, known->xml, "input");

	keeping->columns = arena_zeroed(keeping->arena, table->column_count + 1,
		sizeof(*keeping->columns));
	if (!keeping->columns)
		keeping->failed = true;
	for (size_t i = 0; i < table->column_count && !keeping->failed; i++) {
		keeping->columns[i].expression = keep_single(
			keeping, text_in(known, dmn_child(known->model, xml,
							"inputExpression")));
		keeping->columns[i].type = "any";
		keeping->columns[i].domain = "-";
		xml = dmn_next(known->model, xml, "input");
	}
	table->columns = keeping->columns;
}

static void read_head(
	const struct dmn_known_table *known, struct dmn_table *table)
{
	const char *policy = dmn_attribute(known->xml, "hitPolicy");

	table->path = known->model->path;
	table->line = known->xml->line;
	table->column = known->xml->column;
	table->id = dmn_attribute(known->xml, "id");
	table->owner = known->table->name;
	table->policy = policy[0] ? policy : "UNIQUE";
	table->exclusive = known->table->policy == FEEL_UNIQUE ||
			   known->table->policy == FEEL_ANY;
	table->column_count = known->table->input_count;
	table->row_count = known->table->rule_count;
	table->unchecked = table->uncertified = "";
	if (known->table->policy != FEEL_UNIQUE &&
		known->table->policy != FEEL_COLLECT)
		table->uncertified = "a hit policy that is not certified";
	else if (!known->xml->parent ||
		 !dmn_is(known->model, known->xml->parent, "decision"))
		table->uncertified = "a table inside of another expression";
	else if (!table->id[0])
		table->uncertified = "a table without an id";
}

size_t dmn_table_count(const struct dmn_graph *graph)
{
	const struct dmn_models *models = graph->models;

	return models->table_count;
}

struct text dmn_table_place(const struct dmn_graph *graph, size_t index,
	const char **path, long *line)
{
	const struct dmn_models *models = graph->models;
	const struct dmn_known_table *known = &models->tables[index];

	*path = known->model->path;
	*line = known->xml->line;
	return known->table->name;
}

enum shk_code dmn_table_read(const struct dmn_graph *graph, size_t index,
	const struct dmn_whole *whole, struct arena *arena,
	struct dmn_table *out, shk_diag *diag)
{
	const struct dmn_models *models = graph->models;
	const struct dmn_known_table *known = &models->tables[index];
	struct keeping keeping = {
		.arena = arena, .table = out, .whole = whole
	};
	const struct check_listener listener = { &keeping, keep_why, keep_cell,
		keep_column, is_whole };
	struct arena scratch;

	memset(out, 0, sizeof(*out));
	arena_init(&scratch);
	buffer_init(&keeping.text);
	read_head(known, out);
	read_columns(&keeping, known);
	if (!keeping.failed)
		read_rows(&keeping, known);
	if (!keeping.failed &&
		!dmn_check_table(&scratch, graph, known, &listener))
		keeping.failed = true;
	if (!keeping.failed)
		keep_cells(&keeping);
	buffer_release(&keeping.text);
	memory_free(keeping.cells);
	arena_release(&scratch);
	return keeping.failed ? diag_memory(diag) : SHK_OK;
}
