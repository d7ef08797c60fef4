/*
 * The check for people: a line a table under the name of its file, each
 * finding below its table with the place to look at, the counts at the end.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "report/check.h"
#include "report/words.h"

#define NAME_COLUMNS 32 /* of a decision's name */

static const char *say(const struct check_report *report, enum word word)
{
	return words_get(word, report->language);
}

/* A word with each `%s` replaced by the next number. */
static void put_counts(
	struct check_report *report, enum word word, const size_t *counts)
{
	const char *text = say(report, word);
	const char *gap;

	while ((gap = strstr(text, "%s")) != NULL) {
		buffer_add(&report->out, text, (size_t)(gap - text));
		/* a word has as many places as there are numbers for it */
		/* NOLINTNEXTLINE(clang-analyzer-core.CallAndMessage) */
		buffer_format(&report->out, "%zu", *counts++);
		text = gap + 2;
	}
	buffer_text(&report->out, text);
}

static void put_where(struct check_report *report, const shk_table_check *table,
	const shk_table_finding *finding)
{
	size_t before = report->out.size;

	check_values(&report->out, table, finding->witness, " = ");
	if (report->out.size == before)
		buffer_text(&report->out, say(report, WORD_TABLE_ANY));
}

static void put_finding(struct check_report *report,
	const shk_table_check *table, const shk_table_finding *finding)
{
	struct buffer *out = &report->out;
	char rows[64];

	buffer_format(out, "    %s:%ld: ", table->path, finding->line);
	switch (finding->fault) {
	case SHK_TABLE_GAP:
		buffer_text(out, say(report, WORD_TABLE_GAP));
		put_where(report, table, finding);
		break;
	case SHK_TABLE_OVERLAP:
		snprintf(rows, sizeof(rows), "%zu, %zu", finding->row,
			finding->other);
		words_fill(out, WORD_TABLE_OVERLAP, report->language, rows);
		put_where(report, table, finding);
		break;
	case SHK_TABLE_UNREACHABLE:
		snprintf(rows, sizeof(rows), "%zu", finding->row);
		words_fill(out, WORD_TABLE_UNREACHABLE, report->language, rows);
		break;
	case SHK_TABLE_UNCHECKED:
		buffer_text(out, say(report, WORD_TABLE_UNCHECKED));
		buffer_text(out, finding->why);
		break;
	}
	buffer_byte(out, '\n');
}

static void text_begin(struct check_report *report)
{
	(void)report;
}

static void text_table(
	struct check_report *report, const shk_table_check *table)
{
	struct buffer *out = &report->out;
	size_t width = utf8_width(table->decision, strlen(table->decision));

	if (strcmp(report->file, table->file) != 0) {
		snprintf(report->file, sizeof(report->file), "%s", table->file);
		buffer_format(out, "%s\n", table->file);
	}
	buffer_format(out, "  %s", table->decision);
	for (; width < NAME_COLUMNS; width++)
		buffer_byte(out, ' ');
	buffer_format(out, " %3zu %s", table->row_count,
		say(report, WORD_TABLE_ROWS));
	if (table->finding_count == 0)
		buffer_format(out, "  %s", say(report, WORD_TABLE_COMPLETE));
	buffer_byte(out, '\n');
	for (size_t i = 0; i < table->finding_count; i++)
		put_finding(report, table, &table->findings[i]);
}

static void text_finish(struct check_report *report)
{
	const shk_check_counts *counts = &report->counts;
	const size_t sizes[] = { counts->tables, counts->rows, counts->cells };

	put_counts(report, WORD_TABLE_TOTAL, sizes);
	if (counts->complete == counts->tables)
		buffer_text(&report->out, say(report, WORD_TABLE_NO_FAULT));
	else
		put_counts(report, WORD_TABLE_FAULTS, counts->faults);
	buffer_byte(&report->out, '\n');
}

const struct check_writer check_text = { text_begin, text_table, text_finish };
