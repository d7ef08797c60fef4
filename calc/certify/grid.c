/*
 * Cutting a column. Of numbers, between two neighbouring ends there is one
 * region, unless they are integers and no integer lies between; of words, each
 * that is written is a region and one more is every other word.
 */
#include "certify/grid.h"

#include <stdlib.h>
#include <string.h>

static void add_end(struct grid_column *column, const struct unary_value *value)
{
	if (column->end_count == column->end_room) {
		size_t room = column->end_room ? 2 * column->end_room : 16;
		struct unary_value *more =
			arena_zeroed(column->arena, room, sizeof(*more));

		if (!more) {
			column->why = "memory ran out";
			return;
		}
		if (column->end_count > 0)
			memcpy(more, column->ends,
				column->end_count * sizeof(*more));
		column->ends = more;
		column->end_room = room;
	}
	column->ends[column->end_count++] = *value;
}

void grid_add(struct grid_column *column, const struct unary_tests *tests)
{
	for (size_t i = 0; i < tests->count && !column->why; i++) {
		if (tests->parts[i].has_low)
			add_end(column, &tests->parts[i].low);
		if (tests->parts[i].has_high)
			add_end(column, &tests->parts[i].high);
	}
}

static int compare_ends(const void *a, const void *b)
{
	return unary_compare(a, b);
}

static void sort_ends(struct grid_column *column)
{
	size_t kept = 0;

	if (column->end_count == 0)
		return;
	qsort(column->ends, column->end_count, sizeof(*column->ends),
		compare_ends);
	for (size_t i = 1; i < column->end_count; i++)
		if (unary_compare(&column->ends[kept], &column->ends[i]) != 0)
			column->ends[++kept] = column->ends[i];
	column->end_count = kept + 1;
}

static void add_region(struct grid_column *column, num number)
{
	struct unary_value *region = &column->regions[column->count++];

	region->type = column->type;
	region->number = number;
}

/* A number between two ends, either of which may be NULL. */
static void add_between(struct grid_column *column,
	const struct unary_value *low, const struct unary_value *high)
{
	bool steps = column->whole || column->type == UNARY_DATE;
	unsigned status = 0;
	num at;

	if (!low && !high) {
		add_region(column, NUM_ZERO);
		return;
	}
	if (low && high && !steps)
		at = num_divide(num_add(low->number, high->number, &status),
			num_from_int(2), &status);
	else if (low)
		at = num_add(num_round(low->number, 0, NUM_FLOOR, &status),
			NUM_ONE, &status);
	else
		at = num_subtract(
			num_round(high->number, 0, NUM_CEILING, &status),
			NUM_ONE, &status);
	if ((!low || num_compare(low->number, at) < 0) &&
		(!high || num_compare(at, high->number) < 0))
		add_region(column, at);
	else if (status || !low || !high)
		column->why = "numbers of too many digits";
}

static void cut_numbers(struct grid_column *column)
{
	for (size_t i = 0; i <= column->end_count; i++) {
		bool last = i == column->end_count;

		add_between(column, i > 0 ? &column->ends[i - 1] : NULL,
			last ? NULL : &column->ends[i]);
		if (!last && (!column->whole ||
				     num_is_integer(column->ends[i].number)))
			add_region(column, column->ends[i].number);
	}
}

/* Longer than every other word, so that it is none of them. */
static void add_other_word(struct grid_column *column)
{
	struct unary_value *region = &column->regions[column->count++];
	size_t size = 1;
	char *word;

	for (size_t i = 0; i < column->end_count; i++)
		if (column->ends[i].word.size >= size)
			size = column->ends[i].word.size + 1;
	word = arena_alloc(column->arena, size);
	if (!word) {
		column->why = "memory ran out";
		return;
	}
	memset(word, 'x', size);
	region->type = UNARY_STRING;
	region->word = (struct text){ word, size };
}

/* Those of the domain first, in their order. */
static bool part_regions(
	struct grid_column *column, const struct unary_tests *domain)
{
	struct unary_value *all =
		arena_zeroed(column->arena, column->count + 1, sizeof(*all));
	size_t outside = 0;

	if (!all) {
		column->why = "memory ran out";
		return false;
	}
	for (size_t i = 0; i < column->count; i++)
		if (unary_holds(domain, &column->regions[i]))
			all[column->inside++] = column->regions[i];
	for (size_t i = 0; i < column->count; i++)
		if (!unary_holds(domain, &column->regions[i]))
			all[column->inside + outside++] = column->regions[i];
	column->regions = all;
	return true;
}

bool grid_cut(struct grid_column *column, const struct unary_tests *domain)
{
	if (column->why)
		return false;
	sort_ends(column);
	column->regions = arena_zeroed(column->arena, 2 * column->end_count + 3,
		sizeof(*column->regions));
	if (!column->regions) {
		column->why = "memory ran out";
		return false;
	}
	if (column->type == UNARY_BOOLEAN) {
		add_region(column, NUM_ZERO);
		add_region(column, NUM_ONE);
	} else if (column->type == UNARY_STRING) {
		for (size_t i = 0; i < column->end_count; i++)
			column->regions[column->count++] = column->ends[i];
		add_other_word(column);
	} else {
		cut_numbers(column);
	}
	return !column->why && part_regions(column, domain);
}

void grid_fill(const struct grid_column *column,
	const struct unary_tests *tests, uint64_t *set)
{
	for (size_t i = 0; i < column->inside; i++)
		if (unary_holds(tests, &column->regions[i]))
			grid_put(set, i);
}

bool grid_beyond(
	const struct grid_column *column, const struct unary_tests *tests)
{
	for (size_t i = column->inside; i < column->count; i++)
		if (unary_holds(tests, &column->regions[i]))
			return true;
	return false;
}
