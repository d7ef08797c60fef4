/*
 * Drawings of an article, as SVG inside the page: the bars that a price is
 * made up of, and the staircase of an answer over the one number that it
 * changes with. Every drawing says in words what it shows; lengths are cut to
 * whole units of the drawing, the numbers beside them are exact.
 */
#include <string.h>

#include "report/html.h"
#include "report/values.h"

#define CHART_WIDTH    440
#define CHART_BAR      18
#define CHART_ROW      52
#define CHART_BARS_MAX 12
#define CHART_STEPS    156 /* height of a staircase */
#define CHART_MARGIN   36

struct chart_bar {
	const char *label;
	const struct price_value *value;
	enum price_chart kind; /* PRICE_CHART_NONE: the price */
	num from, to;
};

struct chart {
	size_t count;
	struct chart_bar bars[CHART_BARS_MAX];
	num largest;
};

/* `value` in units of a drawing in which `most` is `length` units long. */
static int64_t chart_units(num value, num most, int64_t length)
{
	int64_t units = 0;
	num share;

	if (num_sign(most) <= 0)
		return 0;
	share = num_divide(
		num_multiply(value, num_from_int(length), NULL), most, NULL);
	if (!num_to_int(num_round(share, 0, NUM_DOWN, NULL), &units))
		return 0;
	return units;
}

static void chart_add(struct chart *chart, struct chart_bar bar)
{
	if (num_compare(bar.from, chart->largest) > 0)
		chart->largest = bar.from;
	if (num_compare(bar.to, chart->largest) > 0)
		chart->largest = bar.to;
	chart->bars[chart->count++] = bar;
}

static const char *chart_label(
	const struct shk_report *report, const char *ja, const char *en)
{
	return report->options.language == SHK_JAPANESE ? ja : en;
}

/* The steps that are bars, in the order of their kinds. False when one is open
   or there are too many. */
static bool chart_steps(struct shk_report *report, struct chart *chart,
	const shk_result *result)
{
	num sum = NUM_ZERO;

	for (int kind = PRICE_CHART_START; kind <= PRICE_CHART_LIMIT; kind++) {
		for (size_t i = 0; i < result->step_count; i++) {
			const struct price_step *at = &result->steps[i];
			num before = kind == PRICE_CHART_ADD ? sum : NUM_ZERO;

			if ((int)at->chart != kind ||
				at->value.kind == PRICE_NULL)
				continue;
			if (at->value.kind != PRICE_NUMBER ||
				chart->count + 1 == CHART_BARS_MAX)
				return false;
			sum = num_add(before, at->value.u.number, NULL);
			chart_add(chart,
				(struct chart_bar){
					.label = chart_label(report,
						at->label_ja, at->label_en),
					.value = &at->value,
					.kind = at->chart,
					.from = before,
					.to = sum });
		}
	}
	return chart->count > 0;
}

/* False when a part is open, or the decision has no chart. */
static bool chart_read(struct shk_report *report, struct chart *chart,
	const shk_result *result)
{
	const struct price_output *lead = result->outputs;

	*chart = (struct chart){ .largest = NUM_ZERO };
	if (result->output_count == 0 || lead->status != SHK_DETERMINED ||
		lead->value.kind != PRICE_NUMBER ||
		!chart_steps(report, chart, result))
		return false;
	chart_add(chart,
		(struct chart_bar){ .label = chart_label(report, lead->label_ja,
					    lead->label_en),
			.value = &lead->value,
			.from = NUM_ZERO,
			.to = lead->value.u.number });
	return num_sign(chart->largest) > 0;
}

/* `label: value unit`, to six decimals at most. */
static void chart_words(struct shk_report *report, const struct chart_bar *bar,
	const char *unit)
{
	enum shk_language language = report->options.language;
	struct buffer *scratch = &report->scratch;

	buffer_text(scratch, bar->label);
	buffer_text(scratch, ": ");
	values_short(scratch, bar->value, language);
	buffer_format(scratch, " %s", words_unit(unit, language));
	html_take(&report->out, scratch);
}

static void chart_bar(struct shk_report *report, const struct chart *chart,
	size_t at, const char *unit)
{
	struct buffer *out = &report->out;
	const struct chart_bar *bar = &chart->bars[at];
	int64_t from = chart_units(bar->from, chart->largest, CHART_WIDTH - 4);
	int64_t to = chart_units(bar->to, chart->largest, CHART_WIDTH - 4);
	int64_t left = from < to ? from : to;
	int64_t wide = from < to ? to - from : from - to;
	size_t top = at * CHART_ROW + 24;

	buffer_format(out,
		"<text x=\"0\" y=\"%zu\" font-size=\"15\" "
		"fill=\"#1b1f24\">",
		top - 6);
	chart_words(report, bar, unit);
	buffer_text(out, "</text>\n");
	if (bar->kind == PRICE_CHART_LIMIT)
		buffer_format(out,
			"<line x1=\"%lld\" y1=\"%zu\" x2=\"%lld\" "
			"y2=\"%zu\" stroke=\"#a40e26\" "
			"stroke-width=\"3\"/>\n",
			(long long)to + 2, top, (long long)to + 2,
			top + CHART_BAR);
	else
		buffer_format(out,
			"<rect x=\"%lld\" y=\"%zu\" width=\"%lld\" "
			"height=\"%d\" fill=\"%s\"/>\n",
			(long long)left + 2, top, (long long)(wide ? wide : 1),
			CHART_BAR,
			bar->kind == PRICE_CHART_ADD ? "#5b8fce" : "#0a53a8");
}

static void chart_begin(struct shk_report *report, size_t height)
{
	buffer_format(&report->out,
		"<figure><svg role=\"img\" viewBox=\"0 0 "
		"%d %zu\" width=\"%d\" height=\"%zu\" "
		"xmlns=\"http://www.w3.org/2000/svg\">\n"
		"<title>",
		CHART_WIDTH, height, CHART_WIDTH, height);
}

static void chart_bars(struct shk_report *report, const shk_result *result)
{
	struct buffer *out = &report->out;
	struct chart chart;

	if (!chart_read(report, &chart, result))
		return;
	html_title(report, WORD_HTML_CHART);
	chart_begin(report, chart.count * CHART_ROW);
	html_word(report, WORD_HTML_CHART);
	buffer_text(out, "</title>\n<desc>");
	for (size_t i = 0; i < chart.count; i++) {
		buffer_text(out, i ? "; " : "");
		chart_words(report, &chart.bars[i], result->outputs[0].unit);
	}
	buffer_text(out, "</desc>\n");
	for (size_t i = 0; i < chart.count; i++)
		chart_bar(report, &chart, i, result->outputs[0].unit);
	buffer_text(out, "</svg></figure>\n");
}

/* One number and nothing else. */
static const struct price_value *chart_single(
	const struct price_outcome *outcomes, size_t count)
{
	if (count != 1 || outcomes->status != SHK_DETERMINED ||
		outcomes->value.kind != PRICE_NUMBER)
		return NULL;
	return &outcomes->value;
}

/* Flips of one field, each with one number on either side. */
struct stairs {
	const struct price_flip *flips;
	size_t count;
	num right, top; /* of the drawing */
};

static bool stairs_read(
	struct stairs *stairs, const struct price_flip *flips, size_t count)
{
	*stairs = (struct stairs){
		.flips = flips, .right = NUM_ONE, .top = NUM_ZERO
	};
	for (size_t i = 0;
		i < count && strcmp(flips[i].field, flips[0].field) == 0; i++) {
		const struct price_value *sides[] = {
			chart_single(flips[i].below, flips[i].below_count),
			chart_single(flips[i].above, flips[i].above_count)
		};

		if (!sides[0] || !sides[1] || flips[i].at.kind != PRICE_NUMBER)
			return false;
		for (int k = 0; k < 2; k++)
			if (num_compare(sides[k]->u.number, stairs->top) > 0)
				stairs->top = sides[k]->u.number;
		stairs->right = flips[i].at.u.number;
		stairs->count++;
	}
	if (flips[0].known && flips[0].now.kind == PRICE_NUMBER &&
		num_compare(flips[0].now.u.number, stairs->right) > 0)
		stairs->right = flips[0].now.u.number;
	/* a fifth more, so that the last stair has a tread */
	stairs->right = num_add(stairs->right,
		num_divide(stairs->right, num_from_int(5), NULL), NULL);
	return num_sign(stairs->top) > 0 && num_sign(flips[0].at.u.number) > 0;
}

static int64_t stairs_x(const struct stairs *stairs, num value)
{
	return CHART_MARGIN + chart_units(value, stairs->right,
				      CHART_WIDTH - 2 * CHART_MARGIN);
}

static int64_t stairs_y(const struct stairs *stairs, num value)
{
	return CHART_STEPS -
	       chart_units(value, stairs->top, CHART_STEPS - CHART_MARGIN);
}

static void stairs_tread(struct shk_report *report, const struct stairs *stairs,
	int64_t from, int64_t to, const struct price_value *value, bool dotted)
{
	struct buffer *out = &report->out;
	int64_t y = stairs_y(stairs, value->u.number);

	buffer_format(out,
		"<line x1=\"%lld\" y1=\"%lld\" x2=\"%lld\" "
		"y2=\"%lld\" stroke=\"#0a53a8\" "
		"stroke-width=\"3\"%s/>\n"
		"<text x=\"%lld\" y=\"%lld\" font-size=\"14\" "
		"text-anchor=\"middle\" fill=\"#1b1f24\">",
		(long long)from, (long long)y, (long long)to, (long long)y,
		dotted ? " stroke-dasharray=\"3 5\"" : "",
		(long long)((from + to) / 2), (long long)(y - 6));
	values_short(&report->scratch, value, report->options.language);
	html_take(out, &report->scratch);
	buffer_text(out, "</text>\n");
}

static void stairs_mark(struct shk_report *report, int64_t x,
	const struct price_value *value, const char *colour)
{
	struct buffer *out = &report->out;

	buffer_format(out,
		"<line x1=\"%lld\" y1=\"%d\" x2=\"%lld\" y2=\"%d\" "
		"stroke=\"%s\"/>\n<text x=\"%lld\" y=\"%d\" "
		"font-size=\"14\" text-anchor=\"middle\" "
		"fill=\"%s\">",
		(long long)x, CHART_MARGIN / 2, (long long)x, CHART_STEPS,
		colour, (long long)x, CHART_STEPS + 18, colour);
	values_short(&report->scratch, value, report->options.language);
	html_take(out, &report->scratch);
	buffer_text(out, "</text>\n");
}

static void stairs_draw(struct shk_report *report, const struct stairs *stairs)
{
	const struct price_flip *flips = stairs->flips;
	size_t last = stairs->count - 1;
	int64_t at = CHART_MARGIN;

	buffer_format(&report->out,
		"<line x1=\"%d\" y1=\"%d\" x2=\"%d\" "
		"y2=\"%d\" stroke=\"#57606a\"/>\n",
		CHART_MARGIN, CHART_STEPS, CHART_WIDTH - CHART_MARGIN,
		CHART_STEPS);
	for (size_t i = 0; i <= last; i++) {
		int64_t x = stairs_x(stairs, flips[i].at.u.number);

		stairs_tread(report, stairs, at, x, &flips[i].below->value,
			i == 0 && flips[0].known);
		stairs_mark(report, x, &flips[i].at, "#57606a");
		at = x;
	}
	stairs_tread(report, stairs, at, CHART_WIDTH - CHART_MARGIN,
		&flips[last].above->value, flips[0].known);
	if (flips[0].known)
		stairs_mark(report, stairs_x(stairs, flips[0].now.u.number),
			&flips[0].now, "#a40e26");
}

static void stairs_words(struct shk_report *report, const struct stairs *stairs)
{
	enum shk_language language = report->options.language;
	struct buffer *out = &report->scratch;
	struct buffer at;

	buffer_init(&at);
	for (size_t i = 0; i < stairs->count; i++) {
		const struct price_flip *flip = &stairs->flips[i];

		buffer_clear(&at);
		values_words(&at, &flip->at, language);
		out->failed = out->failed || at.failed;
		if (at.failed)
			break;
		buffer_text(out, i ? "; " : "");
		words_fill(out, WORD_BELOW, language, at.data);
		values_words_outcomes(
			out, flip->below, flip->below_count, language);
		buffer_text(out, "; ");
		words_fill(out, WORD_ABOVE, language, at.data);
		values_words_outcomes(
			out, flip->above, flip->above_count, language);
	}
	buffer_release(&at);
	html_take(&report->out, out);
}

static void chart_stairs(struct shk_report *report, const shk_result *result)
{
	enum shk_language language = report->options.language;
	struct stairs stairs;

	if (result->flip_count == 0 ||
		!stairs_read(&stairs, result->flips, result->flip_count))
		return;
	chart_begin(report, CHART_STEPS + 30);
	words_fill(&report->scratch, WORD_HTML_STEPS, language,
		stairs.flips[0].field);
	html_take(&report->out, &report->scratch);
	buffer_text(&report->out, "</title>\n<desc>");
	stairs_words(report, &stairs);
	buffer_text(&report->out, "</desc>\n");
	stairs_draw(report, &stairs);
	buffer_text(&report->out, "</svg><figcaption>");
	words_fill(&report->scratch, WORD_HTML_STEPS, language,
		stairs.flips[0].field);
	if (stairs.flips[0].known)
		buffer_format(&report->scratch, ". %s",
			words_get(WORD_HTML_FURTHER, language));
	html_take(&report->out, &report->scratch);
	buffer_text(&report->out, "</figcaption></figure>\n");
}

void html_charts(struct shk_report *report, const shk_result *result)
{
	chart_bars(report, result);
	chart_stairs(report, result);
}
