/*
 * What is wrong with the tables of a book, from the cells of their domains: a
 * cell that no row takes is a gap, one that several take where one may is an
 * overlap of each two, and a row that has no cell never decides.
 */
#include <string.h>

#include "base/memory.h"
#include "rulebook/tables.h"

struct checking {
	const shk_rulebook *book;
	bool (*tell)(void *context, const shk_table_check *table);
	void *context;
	struct arena *arena; /* of the table at work */
	shk_table_finding *findings;
	size_t count;
	bool failed;
};

const char *shk_table_fault_name(enum shk_table_fault fault)
{
	static const char *const names[] = { "gap", "overlap", "unreachable",
		"unchecked" };

	if ((size_t)fault >= sizeof(names) / sizeof(names[0]))
		return "finding";
	return names[fault];
}

/* One more finding; NULL past the ceiling, where the last one says so. */
static shk_table_finding *add(struct checking *checking,
	const struct dmn_table *table, enum shk_table_fault fault)
{
	shk_table_finding *finding = &checking->findings[checking->count];

	if (checking->count > SHK_TABLE_FINDINGS_MAX)
		return NULL;
	checking->count++;
	finding->fault = fault;
	finding->line = table->line;
	finding->why = "";
	if (checking->count <= SHK_TABLE_FINDINGS_MAX)
		return finding;
	finding->fault = SHK_TABLE_UNCHECKED;
	finding->why = "more findings than are told";
	return NULL;
}

static void put_row(
	shk_table_finding *finding, const struct dmn_table *table, size_t row)
{
	finding->row = row;
	finding->line = table->rows[row - 1].line;
}

/* Every two rows of a cell, once in the table. */
static void add_overlaps(struct checking *checking,
	const struct dmn_table *table, const struct dmn_table_cell *cell,
	uint8_t *told)
{
	for (size_t i = 0; i < cell->row_count; i++)
		for (size_t k = i + 1; k < cell->row_count; k++) {
			size_t pair = (cell->rows[i] - 1) * table->row_count +
				      cell->rows[k] - 1;
			shk_table_finding *finding;

			if (told[pair / 8] >> (pair % 8) & 1)
				continue;
			told[pair / 8] |= (uint8_t)(1u << (pair % 8));
			finding = add(checking, table, SHK_TABLE_OVERLAP);
			if (!finding)
				return;
			put_row(finding, table, cell->rows[i]);
			finding->other = cell->rows[k];
			finding->other_line =
				table->rows[cell->rows[k] - 1].line;
			finding->witness = cell->witness;
			finding->where = cell->where;
		}
}

static void look_at_cells(
	struct checking *checking, const struct dmn_table *table)
{
	uint8_t *told = NULL;

	for (size_t i = 0; i < table->cell_count; i++) {
		const struct dmn_table_cell *cell = &table->cells[i];
		shk_table_finding *finding;

		if (cell->row_count == 0) {
			finding = add(checking, table, SHK_TABLE_GAP);
			if (finding) {
				finding->witness = cell->witness;
				finding->where = cell->where;
			}
		}
		if (cell->row_count < 2 || !table->exclusive)
			continue;
		if (!told)
			told = memory_zeroed(
				table->row_count * table->row_count / 8 + 1, 1);
		if (!told) {
			checking->failed = true;
			return;
		}
		add_overlaps(checking, table, cell, told);
	}
	memory_free(told);
}

static void look_at_rows(
	struct checking *checking, const struct dmn_table *table)
{
	bool first = strcmp(table->policy, "FIRST") == 0;
	bool *reached = memory_zeroed(table->row_count + 1, sizeof(*reached));

	if (!reached) {
		checking->failed = true;
		return;
	}
	for (size_t i = 0; i < table->cell_count; i++) {
		const struct dmn_table_cell *cell = &table->cells[i];

		for (size_t k = 0; k < cell->row_count; k++)
			if (k == 0 || !first)
				reached[cell->rows[k] - 1] = true;
	}
	for (size_t i = 0; i < table->row_count; i++) {
		shk_table_finding *finding =
			reached[i]
				? NULL
				: add(checking, table, SHK_TABLE_UNREACHABLE);

		if (finding)
			put_row(finding, table, i + 1);
	}
	memory_free(reached);
}

static void look_at_table(
	struct checking *checking, const struct dmn_table *table)
{
	if (table->unchecked[0]) {
		shk_table_finding *finding =
			add(checking, table, SHK_TABLE_UNCHECKED);

		if (finding)
			finding->why = table->unchecked;
		return;
	}
	look_at_cells(checking, table);
	if (!checking->failed)
		look_at_rows(checking, table);
}

static size_t shared_cells(const struct dmn_table *table)
{
	size_t count = 0;

	for (size_t i = 0; i < table->cell_count; i++)
		count += !table->exclusive && table->cells[i].row_count > 1;
	return count;
}

static shk_table_column *columns_of(
	struct checking *checking, const struct dmn_table *table)
{
	shk_table_column *columns = arena_zeroed(
		checking->arena, table->column_count + 1, sizeof(*columns));

	for (size_t i = 0; columns && i < table->column_count; i++)
		columns[i] = (shk_table_column){
			.expression = table->columns[i].expression,
			.type = table->columns[i].type,
			.domain = table->columns[i].domain
		};
	if (!columns)
		checking->failed = true;
	return columns;
}

static bool check_table(void *context, const struct rulebook_revision *revision,
	const struct dmn_table *table, struct arena *arena)
{
	struct checking *checking = context;
	shk_table_check check = { .revision = revision->id,
		.path = table->path,
		.file = tables_file(checking->book, table->path),
		.line = table->line,
		.table = table->id,
		.policy = table->policy,
		.row_count = table->row_count,
		.column_count = table->column_count,
		.cell_count = table->cell_count,
		.shared = shared_cells(table),
		.uncertified = table->uncertified };

	checking->arena = arena;
	checking->count = 0;
	checking->findings = arena_zeroed(
		arena, SHK_TABLE_FINDINGS_MAX + 1, sizeof(*checking->findings));
	check.decision =
		arena_text(arena, table->owner.data, table->owner.size);
	check.columns = columns_of(checking, table);
	if (!checking->findings || !check.decision)
		checking->failed = true;
	if (!checking->failed)
		look_at_table(checking, table);
	if (checking->failed)
		return false;
	check.finding_count = checking->count;
	check.findings = checking->findings;
	return checking->tell(checking->context, &check);
}

enum shk_code shk_rulebook_check(const shk_rulebook *rulebook,
	const shk_check_options *options,
	bool (*tell)(void *context, const shk_table_check *table),
	void *context, shk_diag *diag)
{
	struct checking checking = {
		.book = rulebook, .tell = tell, .context = context
	};
	const struct tables_walk walk = { rulebook, options, &checking,
		check_table, diag };
	enum shk_code code;

	diag_clear(diag);
	code = tables_walk(&walk);
	return checking.failed ? diag_memory(diag) : code;
}
