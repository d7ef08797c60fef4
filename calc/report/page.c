/*
 * Paragraphs of a page; what fails sticks to its output.
 */
#include "report/page.h"

#include <string.h>

#include "report/html.h"
#include "report/layout.h"
#include "report/values.h"
#include "report/writer.h"

/* In front of the first line of a paragraph, and of those below it. */
static const struct {
	const char *first, *rest;
} page_text[] = {
	[PAGE_TITLE] = { "", "" },
	[PAGE_LINE] = { "", "  " },
	[PAGE_FACT] = { "  ", "    " },
	[PAGE_ITEM] = { "    ", "      " },
	[PAGE_TODAY] = { "  > ", "      " },
	[PAGE_TODO] = { "  [ ] ", "      " },
};

static const struct {
	const char *begin, *end;
	const char *list; /* class of the list that it is in, or NULL */
} page_html[] = {
	[PAGE_TITLE] = { "<h3>", "</h3>\n", NULL },
	[PAGE_LINE] = { "<p>", "</p>\n", NULL },
	[PAGE_FACT] = { "<h3>", "</h3>\n", NULL },
	[PAGE_ITEM] = { "<li>", "</li>\n", "edges" },
	[PAGE_TODAY] = { "<li class=\"today\">", "</li>\n", "edges" },
	[PAGE_TODO] = { "<li>", "</li>\n", "todo" },
};

static void page_list(struct page *page, const char *list)
{
	if (page->open && !list)
		buffer_text(page->out, "</ul>\n");
	else if (!page->open && list)
		buffer_format(page->out, "<ul class=\"%s\">\n", list);
	page->open = list != NULL;
}

void page_end(struct page *page, enum page_part part)
{
	struct text text = { page->line.data, page->line.size };

	if (page->line.failed) {
		page->out->failed = true;
	} else if (page->line.size && page->html) {
		page_list(page, page_html[part].list);
		buffer_text(page->out, page_html[part].begin);
		html_take_mixed(page->out, &page->line, page->language);
		buffer_text(page->out, page_html[part].end);
	} else if (page->line.size) {
		layout_paragraph(page->out, REPORT_COLUMNS,
			page_text[part].first, page_text[part].rest, text);
	}
	buffer_clear(&page->line);
}

void page_finish(struct page *page)
{
	if (page->open)
		page_list(page, NULL);
}

void page_word(struct page *page, enum word word)
{
	buffer_text(&page->line, words_get(word, page->language));
}

void page_fill(
	struct page *page, enum word word, const struct price_value *value)
{
	values_short(&page->part, value, page->language);
	page_fill_part(page, word);
}

void page_fill_part(struct page *page, enum word word)
{
	if (page->part.failed)
		page->line.failed = true;
	else
		words_fill(&page->line, word, page->language,
			page->part.size ? page->part.data : "");
	buffer_clear(&page->part);
}

const char *page_pick(const struct page *page, const char *ja, const char *en)
{
	return page->language == SHK_JAPANESE ? ja : en;
}

void page_name(struct page *page, const char *name, const char *label_ja,
	const char *label_en)
{
	const char *label = page_pick(page, label_ja, label_en);

	buffer_text(&page->line, page->html && label[0] ? label : name);
	if (page->html && strchr(name, '[')) /* an item of a list: which one */
		buffer_format(&page->line, " (%s)", name);
}
