/*
 * What is to be found out, for readers: the answer so far, the sets of facts
 * that decide, smallest first, and each fact with what it leaves at worst. The
 * last line says the range and what decides.
 */
#include "report/ask.h"
#include "report/page.h"
#include "report/values.h"
#include "report/words.h"

static void page_header(struct page *page, const struct shk_ask *ask)
{
	struct buffer *out = &page->line;

	buffer_format(out, "%s %s", ask->about.id, ask->about.name);
	page_end(page, PAGE_LINE);
	buffer_format(out, "%s (%s): %s (%s), ",
		page_pick(page, ask->about.label_ja, ask->about.label_en),
		ask->about.decision,
		page_pick(page, ask->about.output_ja, ask->about.output_en),
		ask->about.output);
	words_fill(out, WORD_REVISION, page->language, ask->about.revision);
	buffer_text(out, ", ");
	words_fill(out, WORD_AS_OF, page->language, ask->about.as_of);
	page_end(page, PAGE_LINE);
	page_word(page, WORD_EDGE_TODAY);
	buffer_text(out, ": ");
	if (ask->about.reason[0])
		buffer_text(
			out, words_reason(ask->about.reason, page->language));
	else if (ask->refused)
		page_word(page, WORD_EDGE_REFUSED);
	else
		values_words_outcomes(
			out, ask->outcomes, ask->outcome_count, page->language);
	page_end(page, PAGE_LINE);
}

static void page_set(struct page *page, const struct ask_set *set)
{
	for (size_t i = 0; i < set->count; i++) {
		if (i)
			page_word(page, WORD_ASK_AND);
		page_name(page, set->facts[i]->name, set->facts[i]->label_ja,
			set->facts[i]->label_en);
	}
}

static void page_left(
	struct page *page, size_t left, const struct price_value *width)
{
	struct price_value count = { .kind = PRICE_NUMBER,
		.u = { .number = num_from_int((int64_t)left) } };

	if (left)
		page_fill(page, WORD_ASK_LEFT, &count);
	else
		page_word(page, WORD_ASK_LEFT_MANY);
	if (width->kind == PRICE_NUMBER)
		page_fill(page, WORD_ASK_WIDTH, width);
}

/* The sets that always decide, or those that do so with luck. */
static void page_sets(struct page *page, const struct shk_ask *ask,
	enum word word, bool always)
{
	bool any = false;

	for (size_t i = 0; i < ask->set_count; i++) {
		const struct ask_set *set = &ask->sets[i];

		if (set->always != always)
			continue;
		if (!any) {
			page_word(page, word);
			page_end(page, PAGE_TITLE);
		}
		any = true;
		page_set(page, set);
		if (!always) {
			buffer_text(&page->line, ": ");
			page_left(page, set->left, &set->width);
		}
		page_end(page, PAGE_TODO);
	}
}

static void page_fact(struct page *page, const struct ask_fact *fact)
{
	struct buffer *out = &page->line;
	const char *label = page_pick(page, fact->label_ja, fact->label_en);

	page_name(page, fact->name, fact->label_ja, fact->label_en);
	if (label[0] && !page->html)
		buffer_format(out, ", %s", label);
	buffer_text(out, ": ");
	if (fact->alone) {
		page_word(page, WORD_ALONE);
		page_end(page, PAGE_ITEM);
		return;
	}
	page_left(page, fact->left, &fact->width);
	if (fact->lucky)
		page_word(page, WORD_ASK_LUCKY);
	page_end(page, PAGE_ITEM);
}

static void page_between(struct page *page, const struct shk_ask *ask)
{
	const struct price_value *between = &ask->between;
	const char *unit = words_unit(ask->about.unit, page->language);
	bool bounded = between->kind == PRICE_INTERVAL &&
		       between->items[0].kind != PRICE_NULL &&
		       between->items[1].kind != PRICE_NULL;
	bool other = false;

	for (size_t i = 0; i < ask->outcome_count; i++)
		other = other || ask->outcomes[i].status != SHK_DETERMINED;
	if (!bounded) {
		page_name(page, ask->about.output, ask->about.output_ja,
			ask->about.output_en);
		page_word(page, WORD_ASK_OPEN);
		return;
	}
	page_fill(page, WORD_ASK_FROM, &between->items[0]);
	page_fill(page, WORD_ASK_TO, &between->items[1]);
	if (unit[0])
		buffer_format(&page->line, " %s", unit);
	if (other)
		page_word(page, WORD_ASK_OR_NOTHING);
	page_word(page, WORD_ASK_STOP);
}

/* "between 1,100 and 1,500 points; annual_tests decides". */
static void page_last(struct page *page, const struct shk_ask *ask)
{
	page_between(page, ask);
	if (ask->set_count == 0 || !ask->sets[0].always) {
		page_word(page, WORD_ASK_NO_SET);
	} else {
		page_set(page, &ask->sets[0]);
		page_word(page, ask->sets[0].count == 1 ? WORD_ASK_DECIDES
							: WORD_ASK_DECIDE);
	}
	if (!ask->complete)
		page_word(page, WORD_ASK_INCOMPLETE);
	page_end(page, PAGE_LINE);
}

void ask_text(struct buffer *out, const struct shk_ask *ask,
	enum shk_language language, bool html)
{
	struct page page = { .out = out, .html = html, .language = language };

	buffer_init(&page.line);
	buffer_init(&page.part);
	if (!html)
		page_header(&page, ask);
	page_sets(&page, ask, WORD_ASK_SETS, true);
	page_sets(&page, ask, WORD_ASK_LUCKY_SETS, false);
	if (ask->fact_count) {
		page_word(&page, WORD_ASK_FACTS);
		page_end(&page, PAGE_TITLE);
	}
	for (size_t i = 0; i < ask->fact_count; i++)
		page_fact(&page, &ask->facts[i]);
	if (ask->open)
		page_last(&page, ask);
	else
		page_word(&page, WORD_ASK_NOTHING);
	page_end(&page, PAGE_LINE);
	page_finish(&page);
	buffer_release(&page.line);
	buffer_release(&page.part);
}
