/*
 * Conditions of regions as FEEL text, so that a reader, or an editor of DMN,
 * can take them as they are.
 */
#include <string.h>

#include "base/buffer.h"
#include "base/date.h"
#include "dmn/same.h"
#include "inquiry/diff.h"

static const char *keep(struct diff_world *world, struct buffer *text)
{
	const char *kept = text->failed ? NULL
					: arena_text(&world->arena, text->data,
						  text->size);

	buffer_release(text);
	return kept;
}

static void name_add(
	struct buffer *out, const struct diff_world *world, uint32_t pair)
{
	struct text name = diff_slot(world, pair)->name;

	buffer_add(out, name.data, name.size);
}

static void value_add(struct buffer *out, const struct feel_value *value)
{
	char date[DATE_TEXT];

	if (value->type == FEEL_DATE) {
		date_format((int32_t)value->u.days, date);
		buffer_format(out, "date(\"%s\")", date);
		return;
	}
	feel_print(value, out);
}

/* `200 <= x < 400`, `x < 400`, `x = 3`; false when it is everything. */
static void range_add(struct diff_world *world, uint32_t pair,
	const struct feel_range *range, struct buffer *out)
{
	bool low = range->low.type != FEEL_NULL;
	bool high = range->high.type != FEEL_NULL;
	const struct dmn_domain *domain = &diff_slot(world, pair)->domain;

	/* a bound of the domain says nothing */
	if (low && domain->bounded &&
		feel_same(&range->low, &domain->range.low))
		low = false;
	if (high && domain->bounded &&
		feel_same(&range->high, &domain->range.high))
		high = false;
	if (!low && !high) {
		name_add(out, world, pair);
		buffer_text(out, " is known");
		return;
	}
	if (low && high) {
		value_add(out, &range->low);
		buffer_text(out, range->low_closed ? " <= " : " < ");
	}
	name_add(out, world, pair);
	if (low && !high) {
		buffer_text(out, range->low_closed ? " >= " : " > ");
		value_add(out, &range->low);
	}
	if (high) {
		buffer_text(out, range->high_closed ? " <= " : " < ");
		value_add(out, &range->high);
	}
}

static void range_of(const struct diff_piece *piece, struct feel_range *range)
{
	*range = piece->range;
	if (piece->stretch)
		return;
	range->low = range->high = piece->value;
	range->low_closed = range->high_closed = true;
}

/* `b` begins where `a` ends. */
static bool touches(const struct diff_piece *b, const struct feel_range *a)
{
	struct feel_range next;

	range_of(b, &next);
	return (a->high_closed || next.low_closed) &&
	       feel_same(&a->high, &next.low);
}

static bool is_ordered(const struct diff_piece *piece)
{
	return piece->stretch || piece->value.type == FEEL_NUMBER ||
	       piece->value.type == FEEL_DATE;
}

/* `x in ("a", "b")` */
static void choices_add(struct diff_world *world, uint32_t pair,
	const struct diff_piece *pieces, size_t count, struct buffer *out)
{
	name_add(out, world, pair);
	buffer_text(out, count > 1 ? " in (" : " = ");
	for (size_t i = 0; i < count; i++) {
		buffer_text(out, i > 0 ? ", " : "");
		value_add(out, &pieces[i].value);
	}
	if (count > 1)
		buffer_byte(out, ')');
}

/* The run of pieces that touch, from `first`; its end. */
static size_t run_add(struct diff_world *world, uint32_t pair,
	const struct diff_piece *pieces, size_t count, size_t first,
	struct buffer *out)
{
	struct feel_range range, next;
	size_t i = first;

	range_of(&pieces[i], &range);
	while (i + 1 < count && is_ordered(&pieces[i + 1]) &&
		touches(&pieces[i + 1], &range)) {
		range_of(&pieces[++i], &next);
		range.high = next.high;
		range.high_closed = next.high_closed;
	}
	if (i == first && !pieces[i].stretch)
		choices_add(world, pair, &pieces[i], 1, out);
	else
		range_add(world, pair, &range, out);
	return i + 1;
}

const char *diff_piece_text(struct diff_world *world, uint32_t pair,
	const struct diff_piece *pieces, size_t count)
{
	struct buffer out;
	size_t at = 0;

	buffer_init(&out);
	if (count > 0 && !is_ordered(&pieces[0]) &&
		!is_ordered(&pieces[count - 1])) {
		choices_add(world, pair, pieces, count, &out);
		return keep(world, &out);
	}
	while (at < count) {
		if (at > 0)
			buffer_text(&out, " or ");
		if (is_ordered(&pieces[at]))
			at = run_add(world, pair, pieces, count, at, &out);
		else
			choices_add(world, pair, &pieces[at++], 1, &out);
	}
	return keep(world, &out);
}

/* The tests of a row that say something: `x in (>= 3), y in (true)`. */
static void row_add(const struct dmn_table_view *view, size_t row,
	const struct dmn_table_view *told, size_t told_row, struct buffer *out)
{
	for (size_t i = 0; i < view->inputs; i++) {
		const char *input = dmn_table_input(view, i);
		const char *test = dmn_table_test(view, row, i);
		bool again = false;

		for (size_t k = 0; told && k < told->inputs; k++)
			again = again ||
				(strcmp(input, dmn_table_input(told, k)) == 0 &&
					strcmp(test, dmn_table_test(told,
							     told_row, k)) ==
						0);
		if (again || strcmp(test, "-") == 0)
			continue;
		if (out->size > 0)
			buffer_text(out, " and ");
		if (strcmp(test, "true") == 0)
			buffer_text(out, input);
		else if (strcmp(test, "false") == 0)
			buffer_format(out, "not(%s)", input);
		else
			buffer_format(out, "%s in (%s)", input, test);
	}
}

const char *diff_rows_text(
	struct diff_world *world, uint32_t pair, const uint32_t rows[2])
{
	struct dmn_table_view views[2];
	struct buffer out;

	buffer_init(&out);
	for (int side = 0; side < 2; side++)
		if (!dmn_table_view(world->desks[side].revision->graph,
			    (unsigned)world->pairs[pair].slot[side],
			    &views[side]))
			views[side].inputs = 0;
	row_add(&views[1], rows[1] - 1, NULL, 0, &out);
	row_add(&views[0], rows[0] - 1, &views[1], rows[1] - 1, &out);
	return keep(world, &out);
}

const char *diff_apart_text(struct diff_world *world, uint32_t pair)
{
	struct buffer out;

	buffer_init(&out);
	name_add(&out, world, pair);
	buffer_format(&out, " differs between %s and %s",
		world->desks[0].revision->id, world->desks[1].revision->id);
	return keep(world, &out);
}
