/*
 * A drawing of an article, as SVG inside the page: the bars that a price is
 * made up of. Every drawing says in words what it shows; lengths are cut to
 * whole units of the drawing, the numbers beside them are exact.
 */
#include <string.h>

#include "report/html.h"
#include "report/values.h"

#define CHART_BAR      18
#define CHART_ROW      52
#define CHART_BARS_MAX 12

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

int64_t html_units(num value, num most, int64_t length)
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
	int64_t from = html_units(bar->from, chart->largest, HTML_WIDTH - 4);
	int64_t to = html_units(bar->to, chart->largest, HTML_WIDTH - 4);
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

void html_figure(struct shk_report *report, size_t height)
{
	buffer_format(&report->out,
		"<figure><svg role=\"img\" viewBox=\"0 0 "
		"%d %zu\" width=\"%d\" height=\"%zu\" "
		"xmlns=\"http://www.w3.org/2000/svg\">\n"
		"<title>",
		HTML_WIDTH, height, HTML_WIDTH, height);
}

static void chart_bars(struct shk_report *report, const shk_result *result)
{
	struct buffer *out = &report->out;
	struct chart chart;

	if (!chart_read(report, &chart, result))
		return;
	html_title(report, WORD_HTML_CHART);
	html_figure(report, chart.count * CHART_ROW);
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

void html_charts(struct shk_report *report, const shk_result *result)
{
	chart_bars(report, result);
	html_stairs(report, result);
}
