/*
 * The answers to questions for a reader: one paragraph at a time, as text in
 * columns that fit a terminal, or as a piece of a page.
 */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include "base/buffer.h"
#include "price/result.h"
#include "report/words.h"

/* What a paragraph is. */
enum page_part {
	PAGE_TITLE, /* of what follows; in a piece of a page a heading */
	PAGE_LINE,
	PAGE_FACT, /* a fact, with its items behind it */
	PAGE_ITEM,
	PAGE_TODAY, /* the item that is so now */
	PAGE_TODO   /* an item to be ticked off */
};

struct page {
	struct buffer *out;
	bool html; /* a piece of a page, with headings from `<h3>` on */
	bool open; /* then: a list is */
	struct buffer line; /* the paragraph at work */
	struct buffer part;
	enum shk_language language;
};

/* The paragraph goes out. */
void page_end(struct page *page, enum page_part part);
/* Behind the last one. */
void page_finish(struct page *page);
void page_word(struct page *page, enum word word);
/* The word with what `part` holds in it, which is empty then. */
void page_fill_part(struct page *page, enum word word);
/* The word with a value in it. */
void page_fill(
	struct page *page, enum word word, const struct price_value *value);
/* The name of a fact; in a piece of a page what it is called. */
void page_name(struct page *page, const char *name, const char *label_ja,
	const char *label_en);
/* The text in the page's language. */
const char *page_pick(const struct page *page, const char *ja, const char *en);

#endif
