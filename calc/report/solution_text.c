/*
 * A solution for readers: every piece of the fact with what is true of it, and
 * which rule bounds it on each side; the last line is the answer alone.
 */
#include <stdio.h>
#include <string.h>

#include "report/layout.h"
#include "report/solution.h"
#include "report/values.h"
#include "report/words.h"
#include "report/writer.h"

#define STATE_WIDTH 16 /* columns of the state of a piece */

struct text_writer {
	struct buffer *out;
	struct buffer line;
	const shk_solution *solution;
	enum shk_language language;
};

static const char *word(const struct text_writer *writer, enum word which)
{
	return words_get(which, writer->language);
}

/* The line that was built, wrapped. */
static void flush(
	struct text_writer *writer, const char *first, const char *rest)
{
	struct buffer *line = &writer->line;

	if (line->failed)
		writer->out->failed = true;
	else if (line->size)
		layout_paragraph(writer->out, REPORT_COLUMNS, first, rest,
			(struct text){ line->data, line->size });
	buffer_clear(line);
}

/* A phrase with its %s and %t replaced. */
static void fill(struct buffer *out, const char *phrase, const char *first,
	const char *second)
{
	for (; *phrase; phrase++) {
		if (phrase[0] == '%' && (phrase[1] == 's' || phrase[1] == 't'))
			buffer_text(out, *++phrase == 's' ? first : second);
		else
			buffer_byte(out, *phrase);
	}
}

static void head(struct text_writer *writer)
{
	const shk_solution *solution = writer->solution;
	bool ja = writer->language == SHK_JAPANESE;
	struct buffer *line = &writer->line;
	const char *label = ja ? solution->fact_ja : solution->fact_en;
	struct buffer fact;

	buffer_format(line, "%s %s", solution->id, solution->name);
	flush(writer, "", "  ");
	buffer_format(line, "%s (%s), ",
		ja ? solution->label_ja : solution->label_en,
		solution->decision);
	words_fill(line,
		solution->assumed_newest ? WORD_REVISION_NEWEST : WORD_REVISION,
		writer->language, solution->revision);
	if (solution->as_of[0]) {
		buffer_text(line, ", ");
		words_fill(line, WORD_AS_OF, writer->language, solution->as_of);
	}
	flush(writer, "", "  ");
	buffer_init(&fact);
	buffer_format(&fact, "%s (%s)", label, solution->fact);
	if (fact.failed)
		line->failed = true;
	else
		fill(line, word(writer, WORD_SOLVE_ASKED), fact.data,
			solution->condition);
	buffer_release(&fact);
	flush(writer, "", "  ");
	buffer_byte(writer->out, '\n');
}

/* Which phrase says a stretch: by its ends and whether they belong to it. */
static enum word phrase_of(const struct solution_piece *piece)
{
	bool low = piece->bounded_low && solution_end_open(&piece->low);
	bool high = piece->bounded_high && solution_end_open(&piece->high);

	if (!piece->bounded_low && !piece->bounded_high)
		return WORD_SOLVE_EVERY;
	if (!piece->bounded_low)
		return high ? WORD_SOLVE_BELOW : WORD_SOLVE_UP_TO;
	if (!piece->bounded_high)
		return low ? WORD_SOLVE_ABOVE : WORD_SOLVE_FROM;
	if (low)
		return high ? WORD_SOLVE_BETWEEN : WORD_SOLVE_ABOVE_TO;
	return high ? WORD_SOLVE_BELOW_TO : WORD_SOLVE_TO;
}

static bool is_point(const struct text_writer *writer,
	const struct solution_piece *piece, const struct buffer *low,
	const struct buffer *high)
{
	return writer->solution->words ||
	       (piece->bounded_low && piece->bounded_high &&
		       low->size == high->size && low->size &&
		       memcmp(low->data, high->data, low->size) == 0);
}

static const char *text_or_empty(const struct buffer *buffer)
{
	return buffer->size ? buffer->data : "";
}

static void stretch(struct text_writer *writer, struct buffer *out,
	const struct solution_piece *piece)
{
	struct buffer low, high;
	const char *phrase;

	buffer_init(&low);
	buffer_init(&high);
	if (piece->bounded_low)
		solution_end_word(&low, &piece->low, writer->language);
	if (piece->bounded_high)
		solution_end_word(&high, &piece->high, writer->language);
	phrase = word(writer, phrase_of(piece));
	if (low.failed || high.failed)
		out->failed = true;
	else if (is_point(writer, piece, &low, &high))
		buffer_text(out, text_or_empty(&low));
	else if (piece->bounded_low)
		fill(out, phrase, text_or_empty(&low), text_or_empty(&high));
	else
		fill(out, phrase, text_or_empty(&high), "");
	buffer_release(&low);
	buffer_release(&high);
}

static void citations(struct buffer *line, const struct solution_rule *rule)
{
	if (rule->citation_count == 0)
		return;
	buffer_format(line, " [%s %s, %s]", rule->citations[0].source,
		rule->citations[0].place, rule->citations[0].evidence);
}

static void rule_say(
	struct text_writer *writer, const struct solution_rule *rule)
{
	struct buffer *line = &writer->line;

	buffer_text(line, rule->decision);
	if (rule->kind == SOLUTION_MORE)
		return;
	if (rule->kind == SOLUTION_ROW) {
		char row[32];

		snprintf(row, sizeof(row), "%u", rule->row);
		buffer_byte(line, ' ');
		words_fill(line, WORD_ROW, writer->language, row);
		buffer_text(line, " -> ");
	} else {
		buffer_text(line, " = ");
	}
	values_words(line, &rule->value, writer->language);
	citations(line, rule);
}

/* `to here: at 199 coefficient row 6 -> 1.5 [S001 L1397, E0]` */
static void end_say(struct text_writer *writer, const struct solution_end *end,
	enum word which)
{
	static const char indent[] = "                  ";
	struct buffer *line = &writer->line;
	struct buffer last, next;

	buffer_init(&last);
	buffer_init(&next);
	values_words(
		&last, end->domain ? &end->at : &end->last, writer->language);
	values_words(&next, &end->next, writer->language);
	if (last.failed || next.failed) {
		line->failed = true;
	} else if (!end->domain) {
		for (size_t i = 0; i < end->rule_count; i++) {
			buffer_text(line, i ? "; " : word(writer, which));
			rule_say(writer, &end->rules[i]);
		}
		if (!end->exact) {
			buffer_text(line, end->rule_count ? "; " : "");
			fill(line, word(writer, WORD_SOLVE_DIGITS), last.data,
				next.data);
		}
		if (end->inexact) {
			buffer_text(line, line->size ? "; " : "");
			buffer_text(line, word(writer, WORD_SOLVE_INEXACT));
		}
	}
	buffer_release(&last);
	buffer_release(&next);
	flush(writer, indent, indent);
}

static void piece_say(
	struct text_writer *writer, const struct solution_piece *piece)
{
	struct layout_cell cells[2] = { { .width = STATE_WIDTH },
		{ .width = REPORT_COLUMNS - STATE_WIDTH - LAYOUT_GAP } };
	struct buffer *line = &writer->line;

	stretch(writer, line, piece);
	if (piece->now) {
		buffer_text(line, "  (");
		struct buffer now;

		buffer_init(&now);
		values_words(&now, &writer->solution->now, writer->language);
		words_fill(
			line, WORD_NOW, writer->language, text_or_empty(&now));
		line->failed = line->failed || now.failed;
		buffer_release(&now);
		buffer_byte(line, ')');
	}
	cells[0].text = text_of(
		word(writer, (enum word)(WORD_SOLVE_HOLDS + piece->state)));
	cells[1].text = (struct text){ text_or_empty(line), line->size };
	if (line->failed)
		writer->out->failed = true;
	layout_row(writer->out, cells, 2);
	buffer_clear(line);
	if (writer->solution->words)
		return;
	if (piece->bounded_low)
		end_say(writer, &piece->low, WORD_SOLVE_STARTS);
	if (piece->bounded_high)
		end_say(writer, &piece->high, WORD_SOLVE_ENDS);
}

/* `annual_tests: holds 0 to 799; fails 800 and more` */
static void last_line(struct text_writer *writer)
{
	const shk_solution *solution = writer->solution;
	struct buffer *line = &writer->line;
	bool any = false;

	buffer_format(line, "%s %s: %s ", solution->id, solution->fact,
		solution->condition);
	for (int state = 0; state <= SHK_SOLVE_OPEN; state++) {
		bool first = true;

		if (state == SHK_SOLVE_FAILS)
			continue;
		for (size_t i = 0; i < solution->count; i++) {
			if ((int)solution->pieces[i].state != state)
				continue;
			if (first)
				buffer_text(line, any ? "; " : "");
			buffer_text(line,
				first ? word(writer,
						(enum word)(WORD_SOLVE_HOLDS +
							    state))
				      : ",");
			buffer_byte(line, ' ');
			stretch(writer, line, &solution->pieces[i]);
			first = false;
			any = true;
		}
	}
	if (!any)
		buffer_text(line, word(writer, WORD_SOLVE_FAILS));
	buffer_byte(writer->out, '\n');
	flush(writer, "", "  ");
}

void solution_text(struct buffer *out, const shk_solution *solution,
	enum shk_language language)
{
	struct text_writer writer = {
		.out = out, .solution = solution, .language = language
	};

	buffer_init(&writer.line);
	head(&writer);
	for (size_t i = 0; i < solution->count; i++)
		piece_say(&writer, &solution->pieces[i]);
	last_line(&writer);
	buffer_release(&writer.line);
}
