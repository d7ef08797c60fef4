/*
 * How a table is analysed: constants of the cells cut each column into
 * regions, each with a value that stands for it; column by column the rows
 * that take a region are kept, and regions kept by the same rows are one.
 */
#include <shokan/dmn.h>

#include "dmn/check_table.h"

#include <string.h>

#include "dmn/check_region.h"

struct splitting {
	struct arena *arena;
	const struct feel_table *table;
	const struct check_listener *listener;
	struct check_column *columns;
	size_t words; /* of a set of rows */
	uint64_t *reached;
	uint64_t *told; /* pairs of overlapping rows: hashed, 4096 bits */
	size_t gaps;
	size_t overlaps;
	uint32_t steps;
	bool failed;
	/* of each column: what it is fixed to */
	const struct feel_value *at[DMN_CELLS_MAX];
	const uint32_t *groups[DMN_CELLS_MAX];
	uint32_t group[DMN_CELLS_MAX];
};

static bool has(const uint64_t *set, size_t row)
{
	return (set[row / 64] >> (row % 64) & 1) != 0;
}

static void add(uint64_t *set, size_t row)
{
	set[row / 64] |= (uint64_t)1 << (row % 64);
}

/* The next row of a set from `from` on, or the number of rows. */
static size_t next_row(
	const struct splitting *splitting, const uint64_t *set, size_t from)
{
	while (from < splitting->table->rule_count && !has(set, from))
		from++;
	return from;
}

/* The values that stand for a leaf: "age = 5, status = \"x\"". */
static void put_example(const struct splitting *splitting, struct buffer *out)
{
	bool first = true;

	for (size_t i = 0; i < splitting->table->input_count; i++) {
		if (!splitting->at[i])
			continue;
		if (!first)
			buffer_text(out, ", ");
		feel_unparse(splitting->table->inputs[i], out);
		buffer_text(out, " = ");
		feel_print(splitting->at[i], out);
		first = false;
	}
	if (first)
		buffer_text(out, "any value");
}

static void tell(struct splitting *splitting, enum shk_dmn_finding_kind kind,
	size_t row, const char *before, bool example)
{
	const struct check_listener *listener = splitting->listener;
	struct buffer message;

	buffer_init(&message);
	buffer_text(&message, before);
	if (example)
		put_example(splitting, &message);
	if (message.failed)
		splitting->failed = true;
	else
		listener->found(listener->context, kind, row, message.data);
	buffer_release(&message);
}

/* Do two rows say the same? Then ANY allows both. */
static bool same_outputs(const struct feel_table *table, size_t a, size_t b)
{
	struct buffer left;
	struct buffer right;
	bool same = true;

	for (size_t i = 0; i < table->output_count && same; i++) {
		buffer_init(&left);
		buffer_init(&right);
		feel_unparse(table->rules[a].outputs[i], &left);
		feel_unparse(table->rules[b].outputs[i], &right);
		same = left.size == right.size && left.data && right.data &&
		       memcmp(left.data, right.data, left.size) == 0;
		buffer_release(&left);
		buffer_release(&right);
	}
	return same;
}

static void found_overlap(struct splitting *splitting, size_t a, size_t b)
{
	const struct feel_table *table = splitting->table;
	size_t pair = (a * 1009 + b) % 4096;
	char message[96];
	struct buffer text;

	if (table->policy != FEEL_UNIQUE && table->policy != FEEL_ANY)
		return;
	if (table->policy == FEEL_ANY && same_outputs(table, a, b))
		return;
	if (has(splitting->told, pair) || splitting->overlaps > CHECK_TOLD_MAX)
		return;
	add(splitting->told, pair);
	if (splitting->overlaps++ == CHECK_TOLD_MAX) {
		tell(splitting, SHK_DMN_OVERLAP, b + 1,
			"there are more rows that overlap", false);
		return;
	}
	buffer_init(&text);
	buffer_format(&text, "rows %zu and %zu both take ", a + 1, b + 1);
	if (text.failed || text.size >= sizeof(message)) {
		splitting->failed = true;
	} else {
		memcpy(message, text.data, text.size + 1);
		tell(splitting, SHK_DMN_OVERLAP, b + 1, message, true);
	}
	buffer_release(&text);
}

/* All columns are fixed: `rows` is what takes them. */
static void leaf(struct splitting *splitting, const uint64_t *rows)
{
	const struct feel_table *table = splitting->table;
	const struct check_listener *listener = splitting->listener;
	const struct check_cell cell = { splitting->columns, rows,
		splitting->groups, splitting->group, splitting->at };
	size_t first = next_row(splitting, rows, 0);
	size_t row;

	if (listener->cell)
		listener->cell(listener->context, &cell);
	if (first == table->rule_count) {
		if (splitting->gaps < CHECK_TOLD_MAX)
			tell(splitting, SHK_DMN_GAP, 0, "no row takes ", true);
		else if (splitting->gaps == CHECK_TOLD_MAX)
			tell(splitting, SHK_DMN_GAP, 0,
				"there are more values that no row takes",
				false);
		splitting->gaps++;
		return;
	}
	add(splitting->reached, first);
	for (row = next_row(splitting, rows, first + 1);
		row < table->rule_count;
		row = next_row(splitting, rows, row + 1)) {
		/* behind the first, FIRST never looks */
		if (table->policy != FEEL_FIRST)
			add(splitting->reached, row);
		found_overlap(splitting, first, row);
	}
}

/* Rows of `rows` that take region `region` of a column. */
static void keep(const struct splitting *splitting,
	const struct check_column *column, size_t region, const uint64_t *rows,
	uint64_t *kept)
{
	for (size_t i = 0; i < splitting->words; i++)
		kept[i] =
			rows[i] & column->takers[region * splitting->words + i];
}

/* Place of a set among `count`; `count` when it is not one of them. */
static size_t set_find(const struct splitting *splitting, const uint64_t *sets,
	size_t count, const uint64_t *set)
{
	for (size_t i = 0; i < count; i++)
		if (memcmp(sets + i * splitting->words, set,
			    splitting->words * sizeof(*set)) == 0)
			return i;
	return count;
}

/* Regions of a column that the same of `rows` take, by number; how many. */
static size_t group_regions(struct splitting *splitting,
	const struct check_column *column, const uint64_t *rows, uint64_t *sets,
	uint32_t *groups)
{
	size_t count = 0;

	for (size_t i = 0; i < column->region_count; i++) {
		uint64_t *kept = sets + count * splitting->words;
		size_t at;

		splitting->steps++;
		keep(splitting, column, i, rows, kept);
		at = set_find(splitting, sets, count, kept);
		groups[i] = (uint32_t)at;
		count += at == count;
	}
	return count;
}

static size_t first_of(const uint32_t *groups, uint32_t group)
{
	size_t at = 0;

	while (groups[at] != group)
		at++;
	return at;
}

static void split(struct splitting *splitting, size_t at, const uint64_t *rows)
{
	struct check_column *column = &splitting->columns[at];
	struct arena_mark mark = arena_mark(splitting->arena);
	uint64_t *sets;
	uint32_t *groups;
	size_t count;

	if (at == splitting->table->input_count) {
		leaf(splitting, rows);
		return;
	}
	sets = arena_zeroed(splitting->arena,
		(column->region_count + 1) * splitting->words, sizeof(*sets));
	groups = arena_zeroed(
		splitting->arena, column->region_count + 1, sizeof(*groups));
	if (!sets || !groups) {
		splitting->failed = true;
		return;
	}
	count = group_regions(splitting, column, rows, sets, groups);
	for (uint32_t i = 0; i < count && splitting->steps < CHECK_STEPS_MAX &&
			     !splitting->failed;
		i++) {
		size_t first = first_of(groups, i);

		splitting->groups[at] = groups;
		splitting->group[at] = i;
		splitting->at[at] =
			column->free ? NULL : &column->regions[first].value;
		split(splitting, at + 1, sets + i * splitting->words);
	}
	arena_rewind(splitting->arena, mark);
}

static void tell_unreached(struct splitting *splitting)
{
	const struct feel_table *table = splitting->table;
	char message[64];

	for (size_t i = 0; i < table->rule_count; i++) {
		struct buffer text;

		if (has(splitting->reached, i))
			continue;
		buffer_init(&text);
		buffer_format(&text, "row %zu never decides", i + 1);
		if (!text.failed && text.size < sizeof(message)) {
			memcpy(message, text.data, text.size + 1);
			tell(splitting, SHK_DMN_UNREACHABLE, i + 1, message,
				false);
		}
		buffer_release(&text);
	}
}

/* Sets and columns; false: told why the table is not decided, or failed. */
static bool prepare(struct splitting *splitting, const struct dmn_graph *graph,
	const struct dmn_known_table *known)
{
	const struct feel_table *table = known->table;
	const char *why = NULL;

	if (table->rule_count > CHECK_ROWS_MAX) {
		tell(splitting, SHK_DMN_UNCHECKED, 0,
			"too many rows to decide gaps and overlaps", false);
		return false;
	}
	splitting->words = table->rule_count / 64 + 1;
	splitting->columns = arena_zeroed(splitting->arena,
		table->input_count + 1, sizeof(*splitting->columns));
	splitting->reached = arena_zeroed(
		splitting->arena, splitting->words, sizeof(uint64_t));
	splitting->told = arena_zeroed(splitting->arena, 64, sizeof(uint64_t));
	if (!splitting->columns || !splitting->reached || !splitting->told) {
		splitting->failed = true;
		return false;
	}
	for (size_t i = 0; i < table->input_count; i++)
		if (!dmn_check_column(splitting->arena, graph, known,
			    splitting->listener, i, splitting->words,
			    &splitting->columns[i], &why)) {
			if (why)
				tell(splitting, SHK_DMN_UNCHECKED, 0, why,
					false);
			else
				splitting->failed = true;
			return false;
		}
	return true;
}

bool dmn_check_table(struct arena *arena, const struct dmn_graph *graph,
	const struct dmn_known_table *known,
	const struct check_listener *listener)
{
	struct splitting splitting = {
		.arena = arena, .table = known->table, .listener = listener
	};
	uint64_t *all;

	if (!prepare(&splitting, graph, known))
		return !splitting.failed;
	all = arena_zeroed(arena, splitting.words, sizeof(*all));
	if (!all)
		return false;
	for (size_t i = 0; i < known->table->rule_count; i++)
		add(all, i);
	if (listener->columns)
		listener->columns(listener->context, splitting.columns);
	split(&splitting, 0, all);
	if (splitting.steps >= CHECK_STEPS_MAX)
		tell(&splitting, SHK_DMN_UNCHECKED, 0,
			"too many combinations: only a part was looked at",
			false);
	else if (!splitting.failed)
		tell_unreached(&splitting);
	return !splitting.failed;
}
