/*
 * A sweep drawn with letters: a line a value of the fact, a mark where the
 * number lies between the least and the greatest of all. An open answer is a
 * line from its least to its greatest outcome. Places are worked out in exact
 * decimals; the numbers stand beside them.
 */
#include <string.h>

#include "base/text.h"
#include "report/layout.h"
#include "report/sweep.h"
#include "report/values.h"
#include "report/words.h"

#define PLOT_WIDTH  56 /* places of the drawing */
#define VALUE_WIDTH 14 /* columns of the fact */

#define MARK  "\xE2\x97\x8F" /* a full circle */
#define RULE  "\xE2\x94\x80"
#define LEFT  "\xE2\x94\x9C"
#define RIGHT "\xE2\x94\xA4"

/* Numbers that an answer may be; `more` where it has no end. */
struct reach {
	bool any, more_low, more_high;
	num least, most;
};

static void reach_number(struct reach *reach, num number)
{
	if (!reach->any || num_compare(number, reach->least) < 0)
		reach->least = number;
	if (!reach->any || num_compare(number, reach->most) > 0)
		reach->most = number;
	reach->any = true;
}

static void reach_value(struct reach *reach, const struct price_value *value)
{
	if (value->kind == PRICE_NUMBER) {
		reach_number(reach, value->u.number);
	} else if (value->kind == PRICE_INTERVAL) {
		for (size_t i = 0; i < 2; i++)
			if (value->items[i].kind == PRICE_NUMBER)
				reach_number(reach, value->items[i].u.number);
		if (value->items[0].kind != PRICE_NUMBER)
			reach->more_low = true;
		if (value->items[1].kind != PRICE_NUMBER)
			reach->more_high = true;
	}
}

static struct reach reach_of(
	const struct sweep_writer *writer, const struct shk_result *point)
{
	const struct price_output *output = sweep_output(point, writer->output);
	struct reach reach = { .least = NUM_ZERO, .most = NUM_ZERO };

	if (!output)
		return reach;
	if (output->status == SHK_DETERMINED)
		reach_value(&reach, &output->value);
	for (size_t i = 0;
		i < output->outcome_count && output->status != SHK_DETERMINED;
		i++)
		if (output->outcomes[i].status == SHK_DETERMINED)
			reach_value(&reach, &output->outcomes[i].value);
	return reach;
}

static struct reach reach_all(const struct sweep_writer *writer)
{
	struct reach all = { .least = NUM_ZERO, .most = NUM_ZERO };

	for (size_t i = 0; i < writer->sweep->count; i++) {
		struct reach one = reach_of(writer, &writer->sweep->points[i]);

		if (!one.any)
			continue;
		reach_number(&all, one.least);
		reach_number(&all, one.most);
	}
	return all;
}

/* The place of a number, 0 to PLOT_WIDTH - 1. */
static size_t place_of(const struct reach *all, num number)
{
	num wide = num_subtract(all->most, all->least, NULL);
	num part = num_subtract(number, all->least, NULL);
	int64_t place = 0;

	if (num_is_zero(wide))
		return PLOT_WIDTH / 2;
	part = num_divide(
		num_multiply(part, num_from_int(PLOT_WIDTH - 1), NULL), wide,
		NULL);
	num_to_int(num_round(part, 0, NUM_HALF_UP, NULL), &place);
	return (size_t)place;
}

static void draw(struct buffer *out, const struct reach *all,
	const struct reach *one, bool open)
{
	size_t low = one->any && !one->more_low ? place_of(all, one->least) : 0;
	size_t high = one->any && !one->more_high ? place_of(all, one->most)
						  : PLOT_WIDTH - 1;

	for (size_t i = 0; i < PLOT_WIDTH; i++) {
		if (!one->any || i < low || i > high)
			buffer_byte(out, ' ');
		else if (!open)
			buffer_text(out, MARK);
		else if (i == low && !one->more_low)
			buffer_text(out, LEFT);
		else if (i == high && !one->more_high)
			buffer_text(out, RIGHT);
		else
			buffer_text(out, RULE);
	}
}

static void pad(struct buffer *out, struct text text, size_t width, bool right)
{
	size_t own = utf8_width(text.data, text.size);

	if (!right)
		buffer_add(out, text.data, text.size);
	for (; own < width; own++)
		buffer_byte(out, ' ');
	if (right)
		buffer_add(out, text.data, text.size);
}

static void plot_line(
	struct sweep_writer *writer, size_t at, const struct reach *all)
{
	const struct shk_result *point = &writer->sweep->points[at];
	const struct price_output *output = sweep_output(point, writer->output);
	struct reach one = reach_of(writer, point);
	struct buffer *out = writer->out;

	pad(out, text_of(writer->sweep->axes[0].values[at]), VALUE_WIDTH, true);
	buffer_text(out, " |");
	draw(out, all, &one, output && output->status != SHK_DETERMINED);
	buffer_text(out, "| ");
	sweep_cell(writer, point, writer->output);
	if (!output)
		buffer_format(&writer->cell, " %s",
			words_status(point->status, writer->language));
	buffer_add(out, sweep_take(writer).data, sweep_take(writer).size);
	buffer_byte(out, '\n');
}

/* The least and the greatest over the drawing, with the unit. */
static void scale(struct sweep_writer *writer, const struct reach *all)
{
	struct buffer *out = writer->out;
	size_t width;

	pad(out, text_of(writer->sweep->axes[0].fact), VALUE_WIDTH, true);
	buffer_text(out, "  ");
	buffer_clear(&writer->cell);
	values_number(&writer->cell, all->least);
	width = utf8_width(sweep_take(writer).data, sweep_take(writer).size);
	pad(out, sweep_take(writer), width, false);
	buffer_clear(&writer->cell);
	values_number(&writer->cell, all->most);
	pad(out, sweep_take(writer),
		width < PLOT_WIDTH ? PLOT_WIDTH - width : 0, true);
	buffer_format(out, "  %s", writer->output);
	if (*writer->unit)
		buffer_format(out, " (%s)",
			words_unit(writer->unit, writer->language));
	buffer_byte(out, '\n');
}

void sweep_plot(struct sweep_writer *writer)
{
	struct reach all = reach_all(writer);

	sweep_head(writer);
	if (all.any)
		scale(writer, &all);
	for (size_t i = 0; i < writer->sweep->count; i++)
		plot_line(writer, i, &all);
	sweep_counts(writer);
}
