/*
 * The answers to questions as text for a reader: one paragraph at a time, in
 * columns that fit a terminal.
 */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include "base/buffer.h"
#include "price/result.h"
#include "report/words.h"

struct page {
	struct buffer *out;
	struct buffer line; /* the paragraph at work */
	struct buffer part;
	enum shk_language language;
};

/* The paragraph goes out: `first` in front of its first line. */
void page_end(struct page *page, const char *first, const char *rest);
void page_word(struct page *page, enum word word);
/* The word with a value in it. */
void page_fill(
	struct page *page, enum word word, const struct price_value *value);
/* The text in the page's language. */
const char *page_pick(const struct page *page, const char *ja, const char *en);

#endif
