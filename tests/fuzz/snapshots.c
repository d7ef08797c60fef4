/*
 * The order is worked out here on the decoded cells, one byte after the other,
 * and not with the functions that are held to it.
 */
#include <stdlib.h>
#include <string.h>

#include <shokan/compare.h>

#include "base/text.h"
#include "fuzz/snapshots.h"
#include "fuzz/target.h"
#include "snapshot/sorter.h"

#define LINES_MAX 512

/* One line, taken apart. */
struct row {
	char *id;
	char *decision;
	char *text;
};

struct table {
	struct row rows[LINES_MAX];
	size_t count;
	bool twice; /* an id and decision stand there twice */
};

static const struct shk_snapshot_header header = { .policy = "{}" };

static char *copy(const char *text, size_t size)
{
	char *made = malloc(size + 1);

	if (!made)
		fuzz_fail("no memory");
	memcpy(made, text, size);
	made[size] = '\0';
	return made;
}

static int row_order(const struct row *a, const struct row *b)
{
	int order = strcmp(a->id, b->id);

	return order ? order : strcmp(a->decision, b->decision);
}

static int text_order(const void *a, const void *b)
{
	const struct row *left = a;
	const struct row *right = b;

	return strcmp(left->text, right->text);
}

/* Each name once and behind the one before it. */
static void check_facts(const char *cell)
{
	struct buffer last, name;

	buffer_init(&last);
	buffer_init(&name);
	while (*cell) {
		buffer_clear(&name);
		buffer_add(&name, cell, strcspn(cell, "="));
		if (last.size > 0 && strcmp(last.data, name.data) >= 0)
			fuzz_fail("fact %s behind %s", name.data, last.data);
		buffer_clear(&last);
		buffer_text(&last, name.data);
		for (; *cell && *cell != ';'; cell++)
			cell += *cell == '\\' && cell[1];
		cell += *cell == ';';
	}
	buffer_release(&last);
	buffer_release(&name);
}

static void check_once(const char *what, const char *cell)
{
	while (*cell) {
		size_t size = strcspn(cell, "|");
		const char *rest = cell + size + (cell[size] == '|');

		for (const char *at = rest; *at;) {
			size_t length = strcspn(at, "|");

			if (length == size && memcmp(at, cell, size) == 0)
				fuzz_fail("%s: %.*s twice", what, (int)size,
					cell);
			at += length + (at[length] == '|');
		}
		cell = rest;
	}
}

/* Those that decide alone by name, and the others by name behind them. */
static void check_missing(const char *cell)
{
	struct text last = { "", 0 };
	unsigned falls = 0;

	check_once("missing", cell);
	while (*cell) {
		struct text name = { cell, strcspn(cell, "|") };

		falls += text_compare(last, name) > 0;
		last = name;
		cell += name.size + (cell[name.size] == '|');
	}
	if (falls > 1)
		fuzz_fail("what is missing stands in no order");
}

static void table_add(struct table *table, const struct shk_snapshot_line *line)
{
	struct row *row = &table->rows[table->count];

	if (table->count == LINES_MAX)
		fuzz_fail("too many lines");
	row->id = copy(
		line->cells[SHK_COLUMN_ID], strlen(line->cells[SHK_COLUMN_ID]));
	row->decision = copy(line->cells[SHK_COLUMN_DECISION],
		strlen(line->cells[SHK_COLUMN_DECISION]));
	row->text = copy(line->text, line->size);
	check_facts(line->cells[SHK_COLUMN_FACTS]);
	check_missing(line->cells[SHK_COLUMN_MISSING]);
	check_once("citations", line->cells[SHK_COLUMN_CITATIONS]);
	if (table->count > 0) {
		int order = row_order(row - 1, row);

		if (order > 0)
			fuzz_fail("%s %s stands before %s %s", row[-1].id,
				row[-1].decision, row->id, row->decision);
		table->twice |= order == 0;
	}
	table->count++;
}

static void table_release(struct table *table)
{
	for (size_t i = 0; i < table->count; i++) {
		free(table->rows[i].id);
		free(table->rows[i].decision);
		free(table->rows[i].text);
	}
	table->count = 0;
}

static size_t longest(const struct buffer *lines)
{
	size_t most = 0;
	size_t begin = 0;

	for (size_t i = 0; i < lines->size; i++) {
		if (lines->data[i] != '\n')
			continue;
		most = i + 1 - begin > most ? i + 1 - begin : most;
		begin = i + 1;
	}
	return most;
}

static shk_snapshot_sorter *sorter_of(const struct buffer *lines, size_t held)
{
	shk_snapshot_sorter *sorter;
	shk_diag diag = { 0 };

	if (shk_snapshot_sorter_new(&sorter, &header, NULL, &diag) != SHK_OK)
		fuzz_fail("no sorter: %s", diag.message);
	if (held > 0)
		sorter_limit(sorter, held * longest(lines), 3);
	if (lines->size > 0 && shk_snapshot_sorter_add(sorter, lines->data,
				       lines->size, &diag) != SHK_OK)
		fuzz_fail("cannot sort: %s", diag.message);
	return sorter;
}

static shk_snapshot *open_sorted(shk_snapshot_sorter *sorter)
{
	struct shk_line_source source;
	shk_snapshot *snapshot = NULL;
	shk_diag diag = { 0 };

	if (shk_snapshot_sorter_source(sorter, &source, &diag) != SHK_OK ||
		shk_snapshot_from(&snapshot, "sorted", source, &diag) != SHK_OK)
		fuzz_fail("cannot read what is sorted: %s", diag.message);
	return snapshot;
}

static void table_read(struct table *table, shk_snapshot_sorter *sorter)
{
	shk_snapshot *snapshot = open_sorted(sorter);
	const struct shk_snapshot_line *line;
	shk_diag diag = { 0 };
	enum shk_code code;

	table->count = 0;
	table->twice = false;
	while ((code = shk_snapshot_next(snapshot, &line, &diag)) == SHK_OK)
		table_add(table, line);
	if (code != SHK_END)
		fuzz_fail("a sorted line is wrong: %s", diag.message);
	if (shk_snapshot_sorted(snapshot) == table->twice)
		fuzz_fail("the reader sees another order");
	shk_snapshot_close(snapshot);
}

/* The same lines, in the same order unless keys stand there twice. */
static void table_same(struct table *a, struct table *b, const char *what)
{
	if (a->count != b->count || a->twice != b->twice)
		fuzz_fail("%s: %zu lines and %zu", what, a->count, b->count);
	if (a->twice) {
		qsort(a->rows, a->count, sizeof(*a->rows), text_order);
		qsort(b->rows, b->count, sizeof(*b->rows), text_order);
	}
	for (size_t i = 0; i < a->count; i++) {
		if (strcmp(a->rows[i].text, b->rows[i].text) != 0)
			fuzz_fail("%s: %s\nand %s", what, a->rows[i].text,
				b->rows[i].text);
	}
}

/* Lines with the same key keep the order in which they came. */
static void check_stable(const struct table *table, const struct buffer *lines)
{
	const char *before = NULL;

	for (size_t i = 0; i < table->count; i++) {
		const struct row *row = &table->rows[i];
		const char *at = NULL;

		if (i == 0 || row_order(row - 1, row) != 0)
			before = lines->data;
		else if (strcmp(row[-1].text, row->text) == 0)
			continue;
		at = strstr(before, row->text);
		if (!at)
			fuzz_fail("%s came first", row->text);
		before = at;
	}
}

/* Keys of one side only: in their order, all of them and no others. */
struct expected {
	const struct table *before, *after;
	size_t left, right;
};

static const struct row *expect(
	struct expected *expected, enum shk_change_kind *kind)
{
	const struct table *before = expected->before;
	const struct table *after = expected->after;

	while (expected->left < before->count ||
		expected->right < after->count) {
		const struct row *a = &before->rows[expected->left];
		const struct row *b = &after->rows[expected->right];
		int order = expected->left == before->count   ? 1
			    : expected->right == after->count ? -1
							      : row_order(a, b);

		expected->left += order <= 0;
		expected->right += order >= 0;
		*kind = order < 0 ? SHK_REMOVED : SHK_ADDED;
		if (order != 0)
			return order < 0 ? a : b;
	}
	return NULL;
}

static void check_change(struct expected *expected,
	const struct shk_change *change, struct row *last)
{
	struct row row = { copy(change->id, strlen(change->id)),
		copy(change->decision, strlen(change->decision)), NULL };
	enum shk_change_kind kind;
	const struct row *key;

	if (last->id && row_order(last, &row) >= 0)
		fuzz_fail("the change of %s %s behind that of %s %s", row.id,
			row.decision, last->id, last->decision);
	if (change->kind != SHK_CHANGED) {
		key = expect(expected, &kind);
		if (!key || kind != change->kind || row_order(key, &row) != 0)
			fuzz_fail("%s %s is no change of kind %d", row.id,
				row.decision, (int)change->kind);
	}
	free(last->id);
	free(last->decision);
	*last = row;
}

static void check_summary(shk_comparison *comparison)
{
	const struct shk_change_summary *summary;
	shk_diag diag = { 0 };

	if (shk_compare_summary(comparison, &summary, &diag) != SHK_OK)
		fuzz_fail("no summary: %s", diag.message);
	for (size_t i = 1; i < summary->decision_count; i++) {
		if (strcmp(summary->decisions[i - 1].decision,
			    summary->decisions[i].decision) >= 0)
			fuzz_fail("counts of %s stand behind others",
				summary->decisions[i].decision);
	}
}

static void compare(shk_snapshot_sorter *before, shk_snapshot_sorter *after,
	struct expected expected)
{
	const shk_compare_options options = { .evidence = true };
	shk_snapshot *left = open_sorted(before);
	shk_snapshot *right = open_sorted(after);
	bool twice = expected.before->twice || expected.after->twice;
	const struct shk_change *change;
	shk_comparison *comparison;
	struct row last = { NULL, NULL, NULL };
	enum shk_change_kind kind;
	shk_diag diag = { 0 };
	enum shk_code code;

	if (shk_compare_new(&comparison, left, right, &options, &diag))
		fuzz_fail("no comparison: %s", diag.message);
	while (!(code = shk_compare_next(comparison, &change, &diag)))
		check_change(&expected, change, &last);
	if (code != (twice ? SHK_E_INPUT : SHK_END))
		fuzz_fail("compared with %d: %s", (int)code, diag.message);
	if (!twice) {
		if (expect(&expected, &kind))
			fuzz_fail("a change is missing");
		check_summary(comparison);
	}
	free(last.id);
	free(last.decision);
	shk_compare_free(comparison);
	shk_snapshot_close(left);
	shk_snapshot_close(right);
}

/* Every other line, so that keys are missing. */
static void thin(const struct buffer *lines, struct buffer *out)
{
	const char *at = lines->data;
	size_t left = lines->size;

	for (size_t i = 0; left > 0; i++) {
		const char *end = memchr(at, '\n', left);
		size_t size = (size_t)(end - at) + 1;

		if (i % 3 != 1)
			buffer_add(out, at, size);
		at += size;
		left -= size;
	}
}

void snapshots_hold(const struct buffer *one, const struct buffer *moved,
	const struct buffer *other, size_t held)
{
	static struct table plain, small, mixed, against;
	struct buffer fewer;
	shk_snapshot_sorter *sorters[4];

	buffer_init(&fewer);
	thin(other, &fewer);
	sorters[0] = sorter_of(one, 0);
	sorters[1] = sorter_of(one, held);
	sorters[2] = sorter_of(moved, held);
	sorters[3] = sorter_of(&fewer, held);
	table_read(&plain, sorters[0]);
	table_read(&small, sorters[1]);
	table_read(&mixed, sorters[2]);
	table_read(&against, sorters[3]);
	check_stable(&small, one);
	check_stable(&mixed, moved);
	compare(sorters[1], sorters[3],
		(struct expected){ &small, &against, 0, 0 });
	table_same(&plain, &small, "memory");
	table_same(&small, &mixed, "order");
	table_release(&plain);
	table_release(&small);
	table_release(&mixed);
	table_release(&against);
	for (size_t i = 0; i < 4; i++)
		shk_snapshot_sorter_free(sorters[i]);
	buffer_release(&fewer);
}
