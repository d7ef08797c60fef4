/*
 * Edges for readers: a block a fact, a line a stretch of its values with the
 * answer there, how far it is from today's value, and the rules that bound it.
 * Facts that change nothing are named at the end; the last line counts.
 */
#include <string.h>

#include "report/edges.h"
#include "report/page.h"
#include "report/values.h"
#include "report/words.h"

static void page_outcomes(struct page *page, const struct edges_side *side)
{
	values_words_outcomes(&page->line, side->outcomes, side->outcome_count,
		page->language);
}

/* What a moving answer comes to at an end of the stretch, if that has one. */
static int page_moving(
	struct page *page, enum word word, const struct edges_side *side)
{
	if (!side || side->value.kind == PRICE_NULL || !side->outcome_count)
		return 0;
	values_words_outcomes(&page->part, side->outcomes, side->outcome_count,
		page->language);
	page_fill_part(page, word);
	return 1;
}

/* Between what it moves, where that is known. */
static void page_inside(struct page *page, const struct edges_side *side)
{
	const struct price_value *value =
		side->outcome_count ? &side->outcomes[0].value : NULL;

	if (!value || value->kind != PRICE_INTERVAL ||
		(value->items[0].kind == PRICE_NULL &&
			value->items[1].kind == PRICE_NULL))
		return;
	buffer_text(&page->line, ": ");
	page_outcomes(page, side);
}

/* `low` and `high` are what is known at the ends; one may be NULL. */
static void page_answer(struct page *page, const struct edges_side *low,
	const struct edges_side *high)
{
	const struct edges_side *side = low ? low : high;

	/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): one is there */
	if (side->refused) {
		page_word(page, WORD_EDGE_REFUSED);
	} else if (side->open) {
		page_word(page, WORD_EDGE_UNRESOLVED);
	} else if (side->moves) {
		page_word(page, WORD_EDGE_MOVES);
		if (page_moving(page, WORD_EDGE_MOVES_FROM, low) +
				page_moving(page, WORD_EDGE_MOVES_TO, high) ==
			0)
			page_inside(page, side);
	} else {
		page_outcomes(page, side);
	}
}

/* ` (6 away; coefficient row 6 (S001 L1397, E0))`. */
static void page_why(struct page *page, const struct edges_edge *edge,
	const struct edges_side *side)
{
	struct buffer *out = &page->line;
	bool away = edge->distance.kind != PRICE_NULL;

	if (!away && side->rule_count == 0)
		return;
	buffer_text(out, "  [");
	if (away && edge->nearest)
		page_word(page, WORD_EDGE_NEAREST);
	if (away)
		page_fill(page, WORD_EDGE_AWAY, &edge->distance);
	if (away && side->rule_count)
		buffer_text(out, "; ");
	edges_rules(out, side);
	buffer_byte(out, ']');
}

/* One end of a stretch: the value itself, or the edge that it nears. */
static void page_end_of(struct page *page, const struct edges_edge *edge,
	const struct edges_side *side, enum word closed, enum word open)
{
	if (side->value.kind != PRICE_NULL)
		page_fill(page, closed, &side->value);
	else
		page_fill(page, open, &edge->at);
}

static bool is_single(const struct edges_side *a, const struct edges_side *b)
{
	return a->value.kind == PRICE_NUMBER && b->value.kind == PRICE_NUMBER &&
	       num_compare(a->value.u.number, b->value.u.number) == 0;
}

/* From the edge `low` to the edge `high`; NULL: to the end of the domain. */
static void page_stretch(struct page *page, const struct edges_edge *low,
	const struct edges_edge *high)
{
	const struct edges_side *from = low ? &low->above : NULL;
	const struct edges_side *to = high ? &high->below : NULL;
	bool today = (!low || low->place == EDGE_BELOW_NOW) &&
		     (!high || high->place == EDGE_ABOVE_NOW);

	if (from && to && is_single(from, to)) {
		page_fill(page, WORD_EDGE_AT, &from->value);
	} else {
		if (low)
			page_end_of(page, low, from, WORD_EDGE_FROM,
				WORD_EDGE_OVER);
		if (low && high)
			buffer_byte(&page->line, ' ');
		if (high)
			page_end_of(
				page, high, to, WORD_EDGE_TO, WORD_EDGE_UNDER);
	}
	buffer_text(&page->line, ": ");
	page_answer(page, from, to);
	if (today) {
		buffer_text(&page->line, "  [");
		page_word(page, WORD_EDGE_TODAY);
		buffer_byte(&page->line, ']');
	} else if (low && low->place != EDGE_BELOW_NOW) {
		page_why(page, low, from);
	} else if (high) {
		page_why(page, high, to);
	}
	page_end(page, today ? PAGE_TODAY : PAGE_ITEM);
}

static bool reads_same(struct page *page, const struct edges_side *a,
	const struct edges_side *b)
{
	return a->present && b->present && a->refused == b->refused &&
	       values_same_outcomes(a->outcomes, a->outcome_count, b->outcomes,
		       b->outcome_count, &page->out->failed);
}

/* What holds on the edge itself, if that is neither side. */
static void page_on(struct page *page, const struct edges_edge *edge)
{
	if (!edge->on.present || reads_same(page, &edge->on, &edge->below) ||
		reads_same(page, &edge->on, &edge->above))
		return;
	page_fill(page, WORD_EDGE_AT, &edge->at);
	buffer_text(&page->line, ": ");
	page_outcomes(page, &edge->on);
	page_why(page, edge, &edge->on);
	page_end(page, edge->place == EDGE_AT_NOW ? PAGE_TODAY : PAGE_ITEM);
}

static void page_choice(struct page *page, const struct edges_choice *choice)
{
	struct buffer *out = &page->line;

	if (choice->value.kind == PRICE_NULL)
		page_word(page, WORD_NONE);
	else
		values_words(out, &choice->value, page->language);
	buffer_text(out, ": ");
	page_answer(page, &choice->side, NULL);
	if (choice->side.rule_count) {
		buffer_text(out, "  [");
		edges_rules(out, &choice->side);
		buffer_byte(out, ']');
	}
	page_end(page, PAGE_ITEM);
}

static void page_fact(struct page *page, const struct edges_fact *fact)
{
	struct buffer *out = &page->line;
	const char *label = page_pick(page, fact->label_ja, fact->label_en);

	page_name(page, fact->name, fact->label_ja, fact->label_en);
	buffer_text(out, " = ");
	if (fact->known && fact->now.kind != PRICE_NULL)
		values_short(out, &fact->now, page->language);
	else
		page_word(page, fact->known ? WORD_NONE : WORD_UNKNOWN);
	if (label[0] && !page->html)
		buffer_format(out, ": %s", label);
	if (fact->parameter) {
		buffer_text(out, " (");
		page_word(page, WORD_PARAMETER);
		buffer_byte(out, ')');
	}
	page_end(page, PAGE_FACT);
	for (size_t i = 0; i < fact->edge_count; i++) {
		page_stretch(
			page, i ? &fact->edges[i - 1] : NULL, &fact->edges[i]);
		page_on(page, &fact->edges[i]);
	}
	if (fact->edge_count)
		page_stretch(page, &fact->edges[fact->edge_count - 1], NULL);
	else if (fact->moves) {
		page_word(page, WORD_EDGE_ANY);
		buffer_text(out, ": ");
		page_word(page, WORD_EDGE_MOVES);
		page_end(page, PAGE_ITEM);
	}
	for (size_t i = 0; i < fact->choice_count; i++)
		if (fact->choices[i].changes)
			page_choice(page, &fact->choices[i]);
}

static void page_header(struct page *page, const struct shk_edges *edges)
{
	struct buffer *out = &page->line;
	bool ja = page->language == SHK_JAPANESE;

	buffer_format(out, "%s %s", edges->about.id, edges->about.name);
	page_end(page, PAGE_LINE);
	buffer_format(out, "%s (%s): %s (%s), ",
		ja ? edges->about.label_ja : edges->about.label_en,
		edges->about.decision,
		ja ? edges->about.output_ja : edges->about.output_en,
		edges->about.output);
	words_fill(out, WORD_REVISION, page->language, edges->about.revision);
	buffer_text(out, ", ");
	words_fill(out, WORD_AS_OF, page->language, edges->about.as_of);
	page_end(page, PAGE_LINE);
	page_word(page, WORD_EDGE_TODAY);
	buffer_text(out, ": ");
	if (edges->about.reason[0])
		buffer_text(
			out, words_reason(edges->about.reason, page->language));
	else
		page_answer(page, &edges->now, NULL);
	page_end(page, PAGE_LINE);
}

/* Names of the facts for which `belongs` says so, in one paragraph. */
static void page_names(struct page *page, const struct shk_edges *edges,
	enum word word, bool (*belongs)(const struct edges_fact *fact))
{
	bool any = false;

	for (size_t i = 0; i < edges->fact_count; i++) {
		if (!belongs(&edges->facts[i]))
			continue;
		if (any)
			buffer_text(&page->line, ", ");
		else
			page_word(page, word);
		page_name(page, edges->facts[i].name, edges->facts[i].label_ja,
			edges->facts[i].label_en);
		any = true;
	}
}

static bool is_quiet(const struct edges_fact *fact)
{
	return fact->varied && !fact->changes && fact->complete;
}

static bool is_unvaried(const struct edges_fact *fact)
{
	return !fact->varied && strcmp(fact->why, "list_by_items") != 0;
}

static bool is_incomplete(const struct edges_fact *fact)
{
	return fact->varied && !fact->complete;
}

void edges_text(struct buffer *out, const struct shk_edges *edges,
	enum shk_language language, bool html)
{
	struct page page = { .out = out, .html = html, .language = language };
	struct price_value count = { .kind = PRICE_NUMBER };

	buffer_init(&page.line);
	buffer_init(&page.part);
	if (!html)
		page_header(&page, edges);
	for (size_t i = 0; i < edges->fact_count; i++)
		if (edges->facts[i].changes &&
			(!html || edges->facts[i].edge_count))
			page_fact(&page, &edges->facts[i]);
	/* on a page what has no distance stands behind what has one */
	for (size_t i = 0; html && i < edges->fact_count; i++)
		if (edges->facts[i].changes && !edges->facts[i].edge_count)
			page_fact(&page, &edges->facts[i]);
	page_names(&page, edges, WORD_EDGE_NOTHING, is_quiet);
	page_end(&page, PAGE_LINE);
	page_names(&page, edges, WORD_EDGE_UNVARIED, is_unvaried);
	page_end(&page, PAGE_LINE);
	count.u.number = num_from_int((int64_t)shk_edges_count(edges));
	page_fill(&page, WORD_EDGE_COUNT, &count);
	if (shk_edges_complete(edges))
		page_word(&page, WORD_EDGE_COMPLETE);
	else
		page_names(&page, edges, WORD_EDGE_INCOMPLETE, is_incomplete);
	page_end(&page, PAGE_LINE);
	page_finish(&page);
	buffer_release(&page.line);
	buffer_release(&page.part);
}
