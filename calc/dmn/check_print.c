/*
 * Regions of a column as unary tests: neighbours are one interval, words a
 * list, everything a dash. Between integers and between days the bounds are
 * inside the interval, so that a reader sees the values themselves.
 */
#include <shokan/dmn.h>

#include "dmn/check_region.h"

struct bound {
	bool none;
	bool closed;
	struct feel_value value;
};

static bool is_chosen(const uint32_t *groups, uint32_t group, size_t at)
{
	return !groups || groups[at] == group;
}

static struct bound bound_of(const struct check_column *column,
	const struct check_region *region, bool low)
{
	size_t cut = region->place / 2;
	struct bound bound = { .closed = true };

	if (region->place % 2 == 1) {
		bound.value = column->cuts[cut];
		return bound;
	}
	bound.none = low ? cut == 0 : cut == column->cut_count;
	if (bound.none)
		return bound;
	bound.value = column->cuts[low ? cut - 1 : cut];
	bound.closed = dmn_check_step(column, &bound.value, low, &bound.value);
	return bound;
}

static void put_interval(
	struct buffer *out, const struct bound *low, const struct bound *high)
{
	if (low->none || high->none) {
		const struct bound *only = low->none ? high : low;

		buffer_text(out, low->none ? "<" : ">");
		buffer_text(out, only->closed ? "= " : " ");
		feel_print(&only->value, out);
		return;
	}
	if (low->closed && high->closed &&
		feel_same(&low->value, &high->value)) {
		feel_print(&low->value, out);
		return;
	}
	buffer_byte(out, low->closed ? '[' : '(');
	feel_print(&low->value, out);
	buffer_text(out, "..");
	feel_print(&high->value, out);
	buffer_byte(out, high->closed ? ']' : ')');
}

/* Runs of neighbours; a run without bounds is everything. */
static void put_ordered(const struct check_column *column,
	const uint32_t *groups, uint32_t group, struct buffer *out)
{
	const struct check_region *regions = column->regions;
	bool first = true;

	for (size_t i = 0; i < column->region_count; i++) {
		size_t last = i;
		struct bound low, high;

		if (!is_chosen(groups, group, i))
			continue;
		while (last + 1 < column->region_count &&
			regions[last + 1].joined &&
			is_chosen(groups, group, last + 1))
			last++;
		low = bound_of(column, &regions[i], true);
		high = bound_of(column, &regions[last], false);
		if (!first)
			buffer_text(out, ",");
		first = false;
		if (low.none && high.none)
			buffer_byte(out, '-');
		else
			put_interval(out, &low, &high);
		i = last;
	}
}

/* Is the cut `cut` one of the chosen regions? */
static bool has_cut(const struct check_column *column, const uint32_t *groups,
	uint32_t group, size_t cut)
{
	for (size_t i = 0; i < column->region_count; i++)
		if (column->regions[i].place == 2 * cut + 1)
			return is_chosen(groups, group, i);
	return false;
}

/* The words that are chosen, or the words that are not. */
static void put_words(const struct check_column *column, const uint32_t *groups,
	uint32_t group, struct buffer *out)
{
	size_t count = column->region_count;
	bool others =
		count > 0 &&
		column->regions[count - 1].place == 2 * column->cut_count &&
		is_chosen(groups, group, count - 1);
	bool first = true;

	for (size_t i = 0; i < column->cut_count; i++) {
		if (has_cut(column, groups, group, i) == others)
			continue;
		buffer_text(out, !first ? "," : others ? "not(" : "");
		first = false;
		feel_print(&column->cuts[i], out);
	}
	if (others)
		buffer_text(out, first ? "-" : ")");
}

void dmn_check_print(const struct check_column *column, const uint32_t *groups,
	uint32_t group, struct buffer *out)
{
	bool all = groups != NULL;

	for (size_t i = 0; i < column->region_count && all; i++)
		all = is_chosen(groups, group, i);
	if (column->free || all)
		buffer_byte(out, '-');
	else if (column->type == FEEL_STRING || column->type == FEEL_BOOLEAN)
		put_words(column, groups, group, out);
	else
		put_ordered(column, groups, group, out);
}
