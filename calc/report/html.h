/*
 * Inside report/: the page. A text gets into it through html_text or html_take
 * alone, so that no record can break it.
 */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include "base/text.h"
#include "report/words.h"
#include "report/writer.h"

void html_init(struct report_page *page);
void html_release(struct report_page *page);
bool html_failed(const struct report_page *page);
/* Whole results that a fragment wrote. */
void html_append(struct shk_report *report, struct text bytes);

/* `text` as text or as a quoted attribute. */
void html_text(struct buffer *out, const char *text);
void html_spell(struct buffer *out, struct text text);
/* All of `scratch` so, which is empty then. */
void html_take(struct buffer *out, struct buffer *scratch);
/*
 * All of `scratch` as text of an element in `language`: two words and more in
 * the other language are marked as being in it (WCAG 3.1.2).
 */
void html_take_mixed(
	struct buffer *out, struct buffer *scratch, enum shk_language language);
void html_mixed(
	struct buffer *out, const char *text, enum shk_language language);
/* A word of the table, which is text too. */
void html_word(struct shk_report *report, enum word word);
/* `<h3>` with that word. */
void html_title(struct shk_report *report, enum word word);

/* The heads of a table's columns, up to its first row. */
void html_heads(
	struct shk_report *report, const enum word *heads, size_t count);

extern const char html_style[];

/* The answer in one line: the lead, or why there is none, into scratch. */
void html_lead(struct shk_report *report, const shk_result *result);
/* The piece that is a table alone. */
void html_table_row(
	struct shk_report *report, const shk_result *result, const char *label);
void html_table_finish(struct shk_report *report);
void html_proof(struct shk_report *report, const shk_result *result);
void html_missing(struct shk_report *report, const shk_result *result);
void html_flips(struct shk_report *report, const shk_result *result);

#define HTML_WIDTH 440 /* of a drawing, in its units */

/* `value` in units of a drawing in which `most` is `length` units long. */
int64_t html_units(num value, num most, int64_t length);
/* A drawing up to its title, which is open. */
void html_figure(struct shk_report *report, size_t height);
/* An answer over the first number that it changes with by whole steps. */
void html_stairs(struct shk_report *report, const shk_result *result);
/* The bars of a price and the staircase of an answer, where there is one. */
void html_charts(struct shk_report *report, const shk_result *result);

#endif
