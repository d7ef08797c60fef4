/*
 * Paragraphs of a page; what fails sticks to its output.
 */
#include "report/page.h"

#include "report/layout.h"
#include "report/values.h"
#include "report/writer.h"

void page_end(struct page *page, const char *first, const char *rest)
{
	struct text text = { page->line.data, page->line.size };

	if (page->line.failed || page->part.failed)
		page->out->failed = true;
	else if (page->line.size)
		layout_paragraph(page->out, REPORT_COLUMNS, first, rest, text);
	buffer_clear(&page->line);
}

void page_word(struct page *page, enum word word)
{
	buffer_text(&page->line, words_get(word, page->language));
}

void page_fill(
	struct page *page, enum word word, const struct price_value *value)
{
	buffer_clear(&page->part);
	values_short(&page->part, value, page->language);
	words_fill(&page->line, word, page->language,
		page->part.size ? page->part.data : "");
}

const char *page_pick(const struct page *page, const char *ja, const char *en)
{
	return page->language == SHK_JAPANESE ? ja : en;
}
