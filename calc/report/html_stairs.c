/*
 * The staircase of an answer, as SVG inside the page: its value over the one
 * number that it changes with, each step with the exact number at which it
 * begins. A dot on a step says that the number itself belongs to it; a stretch
 * where no rule applies lies on the ground. Without a number on each side there
 * is no drawing, and the table of what changes the answer has to do.
 */
#include <string.h>

#include "report/flip_sides.h"
#include "report/html.h"
#include "report/values.h"

#define STAIRS_HEIGHT 156 /* where the ground is */
#define STAIRS_MARGIN 36
#define STAIRS_NARROW 34 /* marks that are nearer would overlap */
#define STAIRS_LINE   16 /* from one line of marks to the next */

/* Flips of one field, ascending. */
struct stairs {
	const struct price_flip *flips;
	size_t count;
	num right, top; /* of the drawing */
	bool partial;	/* further out the answer may change again */
};

/* One number, or that nothing applies (NULL); else false. */
static bool stairs_level(const struct price_outcome *outcomes, size_t count,
	const struct price_value **value)
{
	*value = NULL;
	if (count != 1)
		return false;
	if (outcomes->status == SHK_DETERMINED &&
		outcomes->value.kind == PRICE_NUMBER)
		*value = &outcomes->value;
	return *value || outcomes->status == SHK_NOT_APPLICABLE;
}

static bool stairs_step(struct stairs *stairs, const struct price_flip *flip)
{
	const struct price_value *levels[3];

	if (flip->at.kind != PRICE_NUMBER ||
		!stairs_level(flip->below, flip->below_count, &levels[0]) ||
		!stairs_level(flip->on, flip->on_count, &levels[1]) ||
		!stairs_level(flip->above, flip->above_count, &levels[2]))
		return false;
	for (size_t i = 0; i < 3; i++)
		if (levels[i] &&
			num_compare(levels[i]->u.number, stairs->top) > 0)
			stairs->top = levels[i]->u.number;
	stairs->right = flip->at.u.number;
	stairs->count++;
	return true;
}

/* Those of the field of the first of `flips`; whether they can be drawn. */
static bool stairs_read(
	struct stairs *stairs, const struct price_flip *flips, size_t count)
{
	const struct price_flip *first = flips;

	*stairs = (struct stairs){ .flips = flips,
		.right = NUM_ONE,
		.top = NUM_ZERO,
		.partial = first->known && first->nearest };
	for (size_t i = 0;
		i < count && strcmp(flips[i].field, first->field) == 0; i++)
		if (!stairs_step(stairs, &flips[i]))
			return false;
	if (first->known && first->now.kind == PRICE_NUMBER &&
		num_compare(first->now.u.number, stairs->right) > 0)
		stairs->right = first->now.u.number;
	/* a fifth more, so that the last stair has a tread */
	stairs->right = num_add(stairs->right,
		num_divide(stairs->right, num_from_int(5), NULL), NULL);
	return num_sign(stairs->top) > 0 && num_sign(first->at.u.number) > 0;
}

static int64_t stairs_x(const struct stairs *stairs, num value)
{
	return STAIRS_MARGIN +
	       html_units(value, stairs->right, HTML_WIDTH - 2 * STAIRS_MARGIN);
}

/* The ground where there is no number. */
static int64_t stairs_y(
	const struct stairs *stairs, const struct price_outcome *outcomes)
{
	if (outcomes->status != SHK_DETERMINED)
		return STAIRS_HEIGHT;
	return STAIRS_HEIGHT - html_units(outcomes->value.u.number, stairs->top,
				       STAIRS_HEIGHT - STAIRS_MARGIN);
}

static void stairs_tread(struct shk_report *report, const struct stairs *stairs,
	int64_t from, int64_t to, const struct price_outcome *outcomes,
	bool dotted)
{
	enum shk_language language = report->options.language;
	struct buffer *out = &report->out;
	int64_t y = stairs_y(stairs, outcomes);

	buffer_format(out,
		"<line x1=\"%lld\" y1=\"%lld\" x2=\"%lld\" "
		"y2=\"%lld\" stroke=\"#0a53a8\" "
		"stroke-width=\"3\"%s/>\n"
		"<text x=\"%lld\" y=\"%lld\" font-size=\"14\" "
		"text-anchor=\"middle\" fill=\"#1b1f24\">",
		(long long)from, (long long)y, (long long)to, (long long)y,
		dotted ? " stroke-dasharray=\"3 5\"" : "",
		(long long)((from + to) / 2), (long long)(y - 6));
	if (outcomes->status == SHK_DETERMINED)
		values_short(&report->scratch, &outcomes->value, language);
	else
		buffer_text(&report->scratch, "-");
	html_take(out, &report->scratch);
	buffer_text(out, "</text>\n");
}

/* `line`: from 0, of the text under the ground. */
static void stairs_mark(struct shk_report *report, int64_t x,
	const struct price_value *value, const char *colour, int line)
{
	struct buffer *out = &report->out;

	buffer_format(out,
		"<line x1=\"%lld\" y1=\"%d\" x2=\"%lld\" y2=\"%d\" "
		"stroke=\"%s\"/>\n<text x=\"%lld\" y=\"%d\" "
		"font-size=\"14\" text-anchor=\"middle\" "
		"fill=\"%s\">",
		(long long)x, STAIRS_MARGIN / 2, (long long)x,
		STAIRS_HEIGHT + line * STAIRS_LINE, colour, (long long)x,
		STAIRS_HEIGHT + STAIRS_LINE + 2 + line * STAIRS_LINE, colour);
	values_short(&report->scratch, value, report->options.language);
	html_take(out, &report->scratch);
	buffer_text(out, "</text>\n");
}

static void stairs_draw(struct shk_report *report, const struct stairs *stairs)
{
	const struct price_flip *flips = stairs->flips;
	size_t last = stairs->count - 1;
	int64_t at = STAIRS_MARGIN;
	int line = 0;

	buffer_format(&report->out,
		"<line x1=\"%d\" y1=\"%d\" x2=\"%d\" "
		"y2=\"%d\" stroke=\"#57606a\"/>\n",
		STAIRS_MARGIN, STAIRS_HEIGHT, HTML_WIDTH - STAIRS_MARGIN,
		STAIRS_HEIGHT);
	for (size_t i = 0; i <= last; i++) {
		int64_t x = stairs_x(stairs, flips[i].at.u.number);

		line = i > 0 && line == 0 && x - at < STAIRS_NARROW;
		stairs_tread(report, stairs, at, x, flips[i].below,
			i == 0 && stairs->partial);
		stairs_mark(report, x, &flips[i].at, "#57606a", line);
		buffer_format(&report->out,
			"<circle cx=\"%lld\" cy=\"%lld\" r=\"4\" "
			"fill=\"#0a53a8\"/>\n",
			(long long)x, (long long)stairs_y(stairs, flips[i].on));
		at = x;
	}
	stairs_tread(report, stairs, at, HTML_WIDTH - STAIRS_MARGIN,
		flips[last].above, stairs->partial);
	if (flips[0].known)
		stairs_mark(report, stairs_x(stairs, flips[0].now.u.number),
			&flips[0].now, "#a40e26", 2);
}

/* One side of a flip in words, into scratch. */
static void stairs_side(struct shk_report *report, enum word word,
	const char *at, const struct price_outcome *outcomes, size_t count)
{
	struct buffer *out = &report->scratch;

	buffer_text(out, out->size ? "; " : "");
	words_fill(out, word, report->options.language, at);
	values_words_outcomes(out, outcomes, count, report->options.language);
}

static void stairs_flip(struct shk_report *report,
	const struct price_flip *flip, const char *at, bool first)
{
	struct flip_side sides[FLIP_SIDES];
	size_t count = flip_sides(sides, flip, first, &report->out.failed);

	for (size_t i = 0; i < count; i++)
		stairs_side(report, sides[i].word, at, sides[i].outcomes,
			sides[i].count);
}

static void stairs_words(struct shk_report *report, const struct stairs *stairs)
{
	struct buffer at;

	buffer_init(&at);
	for (size_t i = 0; i < stairs->count && !at.failed; i++) {
		buffer_clear(&at);
		values_words(
			&at, &stairs->flips[i].at, report->options.language);
		if (!at.failed)
			stairs_flip(report, &stairs->flips[i], at.data, i == 0);
	}
	report->scratch.failed = report->scratch.failed || at.failed;
	buffer_release(&at);
	html_take(&report->out, &report->scratch);
}

static void stairs_write(struct shk_report *report, const struct stairs *stairs)
{
	enum shk_language language = report->options.language;
	const struct price_flip *first = stairs->flips;

	html_figure(report,
		STAIRS_HEIGHT + (first->known ? 3 : 2) * STAIRS_LINE + 6);
	words_fill(&report->scratch, WORD_HTML_STEPS, language, first->field);
	html_take(&report->out, &report->scratch);
	buffer_text(&report->out, "</title>\n<desc>");
	stairs_words(report, stairs);
	buffer_text(&report->out, "</desc>\n");
	stairs_draw(report, stairs);
	buffer_text(&report->out, "</svg><figcaption>");
	words_fill(&report->scratch, WORD_HTML_STEPS, language, first->field);
	if (stairs->partial)
		buffer_format(&report->scratch, ". %s",
			words_get(WORD_HTML_FURTHER, language));
	html_take(&report->out, &report->scratch);
	buffer_text(&report->out, "</figcaption></figure>\n");
}

void html_stairs(struct shk_report *report, const shk_result *result)
{
	struct stairs stairs;

	for (size_t i = 0; i < result->flip_count; i++) {
		const struct price_flip *flip = &result->flips[i];

		if (i > 0 && strcmp(flip[-1].field, flip->field) == 0)
			continue;
		if (!stairs_read(&stairs, flip, result->flip_count - i))
			continue;
		stairs_write(report, &stairs);
		return;
	}
}
