/*
 * The proof of one table. Each column is cut into regions (grid.h). Then: the
 * certificate's columns and rows are the model's; every cell lies in the
 * domain, holds its witness, lies wholly in the entries of the rows that it
 * names and has no value in common with any other row; and every point of the
 * grid of regions lies in exactly one cell. So the cells part the domain, and
 * the rows of each are the rows of its values.
 */
#include "certify/certify.h"

#include <string.h>

#include "certify/grid.h"

struct proof {
	struct arena *arena;
	const struct models_table *table;
	const struct claim_table *claim;
	struct verdict *verdict;
	struct grid_column *columns;
	uint64_t **rows;   /* a column: a set of regions a row */
	uint64_t **cells;  /* a column: a set of regions a cell */
	uint64_t **takers; /* a column: a set of cells a region */
	size_t words;	   /* of a set of cells */
	uint32_t steps;
	const struct unary_value *at[MODELS_COLUMNS_MAX];
};

static bool fail_memory(struct proof *proof)
{
	return verdict_refuse(proof->verdict, 0, "memory ran out");
}

static const char *type_name(const struct models_column *column)
{
	switch (column->type) {
	case UNARY_BOOLEAN:
		return "boolean";
	case UNARY_NUMBER:
		return column->whole ? "integer" : "number";
	case UNARY_STRING:
		return "string";
	case UNARY_DATE:
		return "date";
	default:
		return "any";
	}
}

static bool is_open(const struct models_column *column)
{
	return column->type == UNARY_NONE || column->type == UNARY_OTHER;
}

static bool same_words(struct text a, struct text b)
{
	return text_equal(a, b);
}

/* What the certificate repeats from the model. */
static bool check_words(struct proof *proof)
{
	const struct models_table *table = proof->table;
	const struct claim_table *claim = proof->claim;
	long line = claim->at + 2;

	if (!text_is(claim->source, table->source))
		return verdict_refuse(proof->verdict, line,
			"%s has another text: %s", table->id, table->source);
	if (!text_is(claim->policy, table->policy))
		return verdict_refuse(proof->verdict, line + 1,
			"the hit policy is %s", table->policy);
	if (claim->column_count != table->column_count ||
		claim->row_count != table->row_count)
		return verdict_refuse(proof->verdict, claim->at,
			"%s has %zu columns and %zu rows", table->id,
			table->column_count, table->row_count);
	line += 2;
	for (size_t i = 0; i < table->column_count; i++)
		if (!same_words(claim->columns[i].expression,
			    table->columns[i].expression) ||
			!text_is(claim->columns[i].type,
				type_name(&table->columns[i])))
			return verdict_refuse(proof->verdict, line + (long)i,
				"column %zu is %s: %.*s", i + 1,
				type_name(&table->columns[i]),
				(int)table->columns[i].expression.size,
				table->columns[i].expression.data);
	line += (long)table->column_count;
	for (size_t i = 0; i < table->row_count; i++)
		if (!same_words(claim->rows[i].words, table->rows[i].words) ||
			claim->rows[i].line != table->rows[i].line)
			return verdict_refuse(proof->verdict, line + (long)i,
				"row %zu is, at line %ld, %.*s", i + 1,
				table->rows[i].line,
				(int)table->rows[i].words.size,
				table->rows[i].words.data);
	return true;
}

static bool is_of_type(
	const struct models_column *column, const struct unary_tests *tests)
{
	return is_open(column)
		       ? tests->dash
		       : unary_type_of(tests, column->type) == column->type;
}

/* Domains and cells speak of the type of their columns. */
static bool check_types(struct proof *proof)
{
	const struct claim_table *claim = proof->claim;

	for (size_t i = 0; i < claim->column_count; i++) {
		const struct models_column *column = &proof->table->columns[i];

		if (!is_of_type(column, &claim->columns[i].domain))
			return verdict_refuse(proof->verdict,
				claim->at + 4 + (long)i,
				"the domain of column %zu is of another type",
				i + 1);
		for (size_t k = 0; k < claim->cell_count; k++) {
			const struct claim_cell *cell = &claim->cells[k];
			enum unary_type wanted =
				is_open(column) ? UNARY_NONE : column->type;

			if (!is_of_type(column, &cell->where[i]) ||
				cell->witness[i].type != wanted)
				return verdict_refuse(proof->verdict,
					cell->line,
					"cell %zu, column %zu is of another "
					"type",
					k + 1, i + 1);
		}
	}
	return true;
}

static bool cut_column(struct proof *proof, size_t at)
{
	const struct models_table *table = proof->table;
	const struct claim_table *claim = proof->claim;
	struct grid_column *column = &proof->columns[at];

	column->arena = proof->arena;
	column->type = table->columns[at].type;
	column->whole = table->columns[at].whole;
	grid_add(column, &table->columns[at].domain);
	grid_add(column, &claim->columns[at].domain);
	for (size_t i = 0; i < table->row_count; i++)
		grid_add(column, &table->rows[i].entries[at]);
	for (size_t i = 0; i < claim->cell_count; i++)
		grid_add(column, &claim->cells[i].where[at]);
	if (!grid_cut(column, &table->columns[at].domain))
		return verdict_refuse(proof->verdict, claim->at,
			"column %zu of %s cannot be read here: %s", at + 1,
			table->id, column->why);
	for (size_t i = 0; i < column->count; i++)
		if (unary_holds(&claim->columns[at].domain,
			    &column->regions[i]) != (i < column->inside))
			return verdict_refuse(proof->verdict,
				claim->at + 4 + (long)at,
				"the domain of column %zu is another one",
				at + 1);
	return true;
}

/* Room for `count` sets of `words`, within the ceiling. */
static uint64_t *sets_of(struct proof *proof, size_t count, size_t words)
{
	uint64_t *sets = NULL;

	if (count + 1 > PROVE_WORDS_MAX / words)
		verdict_refuse(proof->verdict, proof->claim->at,
			"%s is too large to be proved here", proof->table->id);
	else if (!(sets = arena_zeroed(
			   proof->arena, (count + 1) * words, sizeof(*sets))))
		fail_memory(proof);
	return sets;
}

static bool fill_column(struct proof *proof, size_t at)
{
	const struct models_table *table = proof->table;
	const struct claim_table *claim = proof->claim;
	const struct grid_column *column = &proof->columns[at];
	size_t words = grid_words(column->inside);

	proof->rows[at] = sets_of(proof, table->row_count, words);
	proof->cells[at] = sets_of(proof, claim->cell_count, words);
	proof->takers[at] = sets_of(proof, column->inside, proof->words);
	if (!proof->rows[at] || !proof->cells[at] || !proof->takers[at])
		return false;
	for (size_t i = 0; i < table->row_count; i++)
		grid_fill(column, &table->rows[i].entries[at],
			proof->rows[at] + i * words);
	for (size_t i = 0; i < claim->cell_count; i++) {
		uint64_t *set = proof->cells[at] + i * words;

		grid_fill(column, &claim->cells[i].where[at], set);
		for (size_t k = 0; k < column->inside; k++)
			if (grid_has(set, k))
				grid_put(proof->takers[at] + k * proof->words,
					i);
	}
	return true;
}

static bool prepare(struct proof *proof)
{
	size_t count = proof->table->column_count;

	proof->words = grid_words(proof->claim->cell_count);
	proof->columns =
		arena_zeroed(proof->arena, count + 1, sizeof(*proof->columns));
	proof->rows =
		arena_zeroed(proof->arena, count + 1, sizeof(*proof->rows));
	proof->cells =
		arena_zeroed(proof->arena, count + 1, sizeof(*proof->cells));
	proof->takers =
		arena_zeroed(proof->arena, count + 1, sizeof(*proof->takers));
	if (!proof->columns || !proof->rows || !proof->cells || !proof->takers)
		return fail_memory(proof);
	for (size_t i = 0; i < count; i++)
		if (!cut_column(proof, i) || !fill_column(proof, i))
			return false;
	return true;
}

static bool is_empty(const uint64_t *set, size_t words)
{
	for (size_t i = 0; i < words; i++)
		if (set[i])
			return false;
	return true;
}

static bool is_part(const uint64_t *a, const uint64_t *b, size_t words)
{
	for (size_t i = 0; i < words; i++)
		if (a[i] & ~b[i])
			return false;
	return true;
}

static bool is_apart(const uint64_t *a, const uint64_t *b, size_t words)
{
	for (size_t i = 0; i < words; i++)
		if (a[i] & b[i])
			return false;
	return true;
}

/* A cell is not empty, in the domain, and holds its witness. */
static bool check_cell(struct proof *proof, size_t at)
{
	const struct claim_cell *cell = &proof->claim->cells[at];

	for (size_t i = 0; i < proof->table->column_count; i++) {
		const struct models_column *said = &proof->table->columns[i];
		const struct grid_column *column = &proof->columns[i];
		const struct unary_value *value = &cell->witness[i];
		size_t words = grid_words(column->inside);

		if (is_empty(proof->cells[i] + at * words, words))
			return verdict_refuse(proof->verdict, cell->line,
				"cell %zu holds nothing: column %zu", at + 1,
				i + 1);
		if (!cell->where[i].dash &&
			grid_beyond(column, &cell->where[i]))
			return verdict_refuse(proof->verdict, cell->line,
				"cell %zu reaches beyond the domain of column "
				"%zu",
				at + 1, i + 1);
		if (is_open(said))
			continue;
		if (!unary_holds(&cell->where[i], value) ||
			!unary_holds(&said->domain, value) ||
			(said->whole && !num_is_integer(value->number)))
			return verdict_refuse(proof->verdict, cell->line,
				"the witness of cell %zu is not in it: column "
				"%zu",
				at + 1, i + 1);
	}
	return true;
}

/* Does a row take all of a cell, or nothing? */
static bool check_cell_row(
	struct proof *proof, size_t at, size_t row, bool named)
{
	const struct claim_cell *cell = &proof->claim->cells[at];
	bool all = true;
	bool nothing = false;

	for (size_t i = 0; i < proof->table->column_count; i++) {
		size_t words = grid_words(proof->columns[i].inside);
		const uint64_t *part = proof->cells[i] + at * words;
		const uint64_t *entry = proof->rows[i] + row * words;

		all = all && is_part(part, entry, words);
		nothing = nothing || is_apart(part, entry, words);
	}
	if (named && !all)
		return verdict_refuse(proof->verdict, cell->line,
			"cell %zu does not lie wholly in row %zu", at + 1,
			row + 1);
	if (!named && !nothing)
		return verdict_refuse(proof->verdict, cell->line,
			"row %zu takes values of cell %zu, which does not name "
			"it",
			row + 1, at + 1);
	return true;
}

static bool check_cell_rows(struct proof *proof, size_t at)
{
	const struct claim_cell *cell = &proof->claim->cells[at];
	size_t next = 0;

	for (size_t row = 0; row < proof->table->row_count; row++) {
		bool named =
			next < cell->row_count && cell->rows[next] == row + 1;

		next += named;
		if (!check_cell_row(proof, at, row, named))
			return false;
	}
	return true;
}

/* The values at which the recursion stands, for a message. */
static void put_point(const struct proof *proof, struct buffer *out)
{
	char number[64];

	for (size_t i = 0; i < proof->table->column_count; i++) {
		const struct unary_value *value = proof->at[i];

		buffer_text(out, i ? " | " : "");
		if (value->type == UNARY_STRING)
			buffer_format(out, "\"%.*s\"", (int)value->word.size,
				value->word.data);
		else if (value->type == UNARY_BOOLEAN)
			buffer_text(out,
				num_is_zero(value->number) ? "false" : "true");
		else if (num_format(value->number, number, sizeof(number)))
			buffer_format(out, "%s%s",
				value->type == UNARY_DATE ? "day " : "",
				number);
	}
}

/* One point of the grid: exactly one cell is left. */
static bool check_point(struct proof *proof, const uint64_t *live)
{
	size_t first = 0, second;
	size_t count = proof->claim->cell_count;
	struct buffer where;

	while (first < count && !grid_has(live, first))
		first++;
	second = first + 1;
	while (second < count && !grid_has(live, second))
		second++;
	if (first < count && second >= count)
		return true;
	buffer_init(&where);
	put_point(proof, &where);
	if (first == count)
		verdict_refuse(proof->verdict, proof->claim->at,
			"%s: no cell holds %s", proof->table->id,
			where.size ? where.data : "anything");
	else
		verdict_refuse(proof->verdict, proof->claim->cells[second].line,
			"cells %zu and %zu both hold %s", first + 1, second + 1,
			where.size ? where.data : "everything");
	buffer_release(&where);
	return false;
}

static bool seen(
	const uint64_t *sets, size_t count, const uint64_t *set, size_t words)
{
	for (size_t i = 0; i < count; i++)
		if (memcmp(sets + i * words, set, words * sizeof(*set)) == 0)
			return true;
	return false;
}

/* Every point of the columns from `at` on, of the cells that are left; what
   holds for one region holds for each that leaves the same cells. */
static bool check_cover(struct proof *proof, size_t at, const uint64_t *live)
{
	const struct grid_column *column = &proof->columns[at];
	struct arena_mark mark = arena_mark(proof->arena);
	size_t words = proof->words;
	size_t count = 0;
	bool good = true;
	uint64_t *sets;

	if (at == proof->table->column_count)
		return check_point(proof, live);
	sets = sets_of(proof, column->inside, words);
	for (size_t i = 0; sets && good && i < column->inside; i++) {
		uint64_t *left = sets + count * words;

		for (size_t k = 0; k < words; k++)
			left[k] = live[k] & proof->takers[at][i * words + k];
		if (seen(sets, count, left, words))
			continue;
		count++;
		proof->at[at] = &column->regions[i];
		if (++proof->steps > PROVE_STEPS_MAX)
			good = verdict_refuse(proof->verdict, proof->claim->at,
				"%s is too large to be proved here",
				proof->table->id);
		else
			good = check_cover(proof, at + 1, left);
	}
	arena_rewind(proof->arena, mark);
	return sets && good;
}

static bool check_cells(struct proof *proof)
{
	uint64_t *all = sets_of(proof, 1, proof->words);

	if (!all)
		return false;
	for (size_t i = 0; i < proof->claim->cell_count; i++) {
		if (!check_cell(proof, i) || !check_cell_rows(proof, i))
			return false;
		grid_put(all, i);
	}
	return check_cover(proof, 0, all);
}

static void put_finding(struct proof *proof, const char *what,
	const struct claim_cell *cell, size_t row)
{
	struct buffer *out = &proof->verdict->findings;

	buffer_format(out, "%s:%ld: %s: %s", proof->table->file,
		row ? proof->table->rows[row - 1].line : proof->table->line,
		proof->table->id, what);
	for (size_t i = 0; cell && i < cell->row_count; i++)
		buffer_format(
			out, "%s%zu", i ? ", " : " of rows ", cell->rows[i]);
	if (cell)
		buffer_format(out, ", such as %.*s", (int)cell->such.size,
			cell->such.data);
	if (row)
		buffer_format(out, ": row %zu", row);
	buffer_byte(out, '\n');
}

/* What a true table says: gaps, overlaps, rows that never decide. */
static bool tell_findings(struct proof *proof)
{
	const struct claim_table *claim = proof->claim;
	uint64_t *reached =
		sets_of(proof, 1, grid_words(proof->table->row_count));

	if (!reached)
		return false;
	for (size_t i = 0; i < claim->cell_count; i++) {
		const struct claim_cell *cell = &claim->cells[i];

		for (size_t k = 0; k < cell->row_count; k++)
			grid_put(reached, cell->rows[k]);
		if (cell->row_count == 0) {
			proof->verdict->gaps++;
			put_finding(proof, "gap", cell, 0);
		} else if (cell->row_count > 1 &&
			   strcmp(proof->table->policy, "UNIQUE") == 0) {
			proof->verdict->overlaps++;
			put_finding(proof, "overlap", cell, 0);
		}
	}
	for (size_t row = 1; row <= proof->table->row_count; row++)
		if (!grid_has(reached, row)) {
			proof->verdict->unreachable++;
			put_finding(proof, "never decides", NULL, row);
		}
	return true;
}

bool prove_table(struct arena *arena, const struct models_table *table,
	const struct claim_table *claim, struct verdict *verdict)
{
	struct proof proof = { .arena = arena,
		.table = table,
		.claim = claim,
		.verdict = verdict };

	return check_words(&proof) && check_types(&proof) && prepare(&proof) &&
	       check_cells(&proof) && tell_findings(&proof);
}
