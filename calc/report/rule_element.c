/*
 * An element of a model on its page: what it is called and says, what it
 * needs, and its logic: a table row by row with the sources of each, a formula
 * as it is written, anything else as text.
 */
#include "report/rule_page.h"

#include <string.h>

#include "dmn/view.h"

void rule_anchor(struct rule_page *page, unsigned slot)
{
	struct text name = page->graph->slots[slot].name;
	size_t i;

	for (i = 0; i < name.size; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz"
			    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-",
			    name.data[i]))
			break;
	buffer_text(&page->out, "e-");
	if (i == name.size)
		buffer_add(&page->out, name.data, name.size);
	else
		buffer_format(&page->out, "%u", slot);
}

void rule_element_link(struct rule_page *page, unsigned slot)
{
	struct text name = page->graph->slots[slot].name;

	buffer_text(&page->out, "<a href=\"#");
	rule_anchor(page, slot);
	buffer_text(&page->out, "\"><code>");
	buffer_add(&page->scratch, name.data, name.size);
	html_take(&page->out, &page->scratch);
	buffer_text(&page->out, "</code></a>");
}

const char *rule_kind(const struct rule_page *page, unsigned slot)
{
	static const char *const words[][2] = { [RULEBOOK_FACT] = { "事実",
							"fact" },
		[RULEBOOK_CONSTANT] = { "定数", "constant" },
		[RULEBOOK_PARAMETER] = { "方針パラメータ", "policy parameter" },
		[RULEBOOK_AUXILIARY] = { "補助値", "auxiliary" },
		[RULEBOOK_DERIVED] = { "決定", "decision" } };
	enum rulebook_role role =
		page->book->revisions[page->in].slots[slot].role;

	if (page->graph->slots[slot].kind == DMN_KNOWLEDGE)
		return page->ja ? "知識モデル（関数）" : "knowledge model";
	return words[role][page->ja ? 0 : 1];
}

const char *rule_label(const struct rule_page *page, unsigned slot, bool *ja)
{
	const struct rulebook_slot *about =
		&page->book->revisions[page->in].slots[slot];
	const struct rulebook_words *words = NULL;

	*ja = true;
	if (about->role == RULEBOOK_CONSTANT)
		words = &page->book->constants[about->index].label;
	else if (about->role == RULEBOOK_PARAMETER)
		words = &page->book->parameters[about->index].label;
	if (!words)
		return dmn_view_label(page->graph, slot);
	*ja = page->ja || !*words->en;
	return *ja ? words->ja : words->en;
}

/* What a description says beside the citations that it begins with. */
static const char *rule_said(struct rule_page *page, const char *description,
	const struct dmn_mark *mark)
{
	struct buffer *scratch = &page->scratch;
	const char *rest = description;

	for (size_t i = 0; mark && i < mark->cite_count; i++)
		buffer_format(scratch, "%s%s %s (%s)", i ? "; " : "",
			mark->cites[i].source, mark->cites[i].place,
			mark->cites[i].evidence);
	if (!scratch->failed && scratch->size > 0 &&
		strncmp(description, scratch->data, scratch->size) == 0) {
		rest = description + scratch->size;
		rest += strspn(rest, ": ");
	}
	buffer_clear(scratch);
	return rest;
}

static void rule_column_head(struct rule_page *page,
	const struct dmn_view_table *table, size_t column)
{
	const char *text = dmn_view_column(table, column);
	const char *label = dmn_view_column_label(table, column);

	buffer_format(&page->out, "<th scope=\"col\"%s>",
		column == table->inputs ? " class=\"o\"" : "");
	if (*text)
		rule_in(page, "code", text, page->ja);
	else if (column >= table->inputs) {
		buffer_text(&page->out, "<code>");
		buffer_add(
			&page->scratch, table->owner.data, table->owner.size);
		html_take(&page->out, &page->scratch);
		buffer_text(&page->out, "</code>");
	}
	if (*label)
		rule_in(page, "small", label, true);
	buffer_text(&page->out, "</th>");
}

static void rule_table_head(
	struct rule_page *page, const struct dmn_view_table *table)
{
	buffer_text(&page->out, "<thead>\n<tr><td></td>");
	buffer_format(&page->out, "<th scope=\"colgroup\" colspan=\"%zu\">",
		table->inputs);
	rule_say(page, "条件", "Conditions");
	buffer_format(&page->out,
		"</th><th scope=\"colgroup\" class=\"o\" colspan=\"%zu\">",
		table->outputs);
	rule_say(page, "結論", "Conclusions");
	buffer_text(&page->out, "</th><th scope=\"colgroup\" class=\"x\" "
				"colspan=\"3\">");
	rule_say(page, "根拠", "Basis");
	buffer_text(&page->out, "</th></tr>\n<tr><th scope=\"col\">#</th>");
	for (size_t i = 0; i < table->inputs + table->outputs; i++)
		rule_column_head(page, table, i);
	buffer_text(&page->out, "<th scope=\"col\" class=\"x\">");
	rule_say(page, "説明", "Note");
	buffer_text(&page->out, "</th>");
	rule_column(page, "出典", "Source");
	rule_column(page, "証拠", "Evidence");
	buffer_text(&page->out, "</tr>\n</thead>\n<tbody>\n");
}

static void rule_row(struct rule_page *page, const struct dmn_view_table *table,
	const struct dmn_view_row *row)
{
	const struct dmn_mark *mark = row->mark;

	buffer_format(&page->out,
		"<tr class=\"row\"><th scope=\"row\">%zu</th>", row->number);
	for (size_t i = 0; i < table->inputs + table->outputs; i++) {
		buffer_format(&page->out, "<td%s><code>",
			i == table->inputs ? " class=\"o\"" : "");
		rule_line(page, dmn_view_entry(table, row, i));
		buffer_text(&page->out, "</code></td>");
	}
	rule_in(page, "td class=\"x\"", rule_said(page, row->description, mark),
		false);
	buffer_text(&page->out, "<td class=\"s\">");
	if (mark)
		rule_cites(page, mark->cites, mark->cite_count);
	buffer_text(&page->out, "</td><td>");
	if (mark)
		html_text(&page->out,
			rule_evidence(mark->cites, mark->cite_count));
	buffer_text(&page->out, "</td></tr>\n");
}

static void rule_policy(
	struct rule_page *page, const struct dmn_view_table *table)
{
	html_text(&page->out, table->policy);
	if (*table->aggregation) {
		buffer_text(&page->out, " ");
		html_text(&page->out, table->aggregation);
	}
	if (strcmp(table->policy, "UNIQUE") == 0)
		rule_say(page, ": 当てはまる行は一つだけ",
			": exactly one row applies");
	else if (strcmp(table->policy, "COLLECT") == 0)
		rule_say(page, ": 当てはまるすべての行を集める",
			": all rows that apply are collected");
}

static void rule_table(
	struct rule_page *page, const struct dmn_view_table *table)
{
	struct dmn_view_row row = { 0 };

	buffer_text(&page->out, "<div class=\"wide\" tabindex=\"0\" "
				"role=\"region\" aria-label=\"");
	buffer_add(&page->scratch, table->owner.data, table->owner.size);
	html_take(&page->out, &page->scratch);
	buffer_text(&page->out, "\">\n<table class=\"dt\"><caption>");
	rule_policy(page, table);
	buffer_text(&page->out, "</caption>\n");
	rule_table_head(page, table);
	while (dmn_view_next(table, &row))
		rule_row(page, table, &row);
	buffer_text(&page->out, "</tbody></table></div>\n");
}

static void rule_logic(struct rule_page *page, unsigned slot)
{
	struct dmn_view_table table;
	const char *text = dmn_view_text(page->graph, slot);

	if (dmn_view_table(page->graph, slot, &table)) {
		rule_table(page, &table);
		return;
	}
	buffer_text(&page->out, "<pre class=\"feel\">");
	if (*text)
		html_text(&page->out, text);
	else
		dmn_show(page->graph, slot, &page->scratch);
	html_take(&page->out, &page->scratch);
	buffer_text(&page->out, "</pre>\n");
}

/* "given by the record in place of what follows" and the like. */
static void rule_notes(struct rule_page *page, unsigned slot)
{
	const struct rulebook_slot *about =
		&page->book->revisions[page->in].slots[slot];

	if (!about->given)
		return;
	buffer_text(&page->out, "<p class=\"meta\">");
	rule_say(page,
		"レコードがこの値を示すときは、計算せずにその値を用いる。",
		"A record may state this value itself; then it is not worked "
		"out.");
	buffer_text(&page->out, "</p>\n");
}

static void rule_needs(struct rule_page *page, unsigned slot)
{
	const struct feel_set *needs = &page->graph->slots[slot].needs;
	const char *gap = "";

	if (feel_set_empty(needs))
		return;
	buffer_text(&page->out, "<p class=\"meta\">");
	rule_say(page, "用いるもの: ", "Needs: ");
	for (size_t i = 0; i < page->slot_count; i++) {
		if (!feel_set_has(needs, page->slots[i]))
			continue;
		buffer_text(&page->out, gap);
		rule_element_link(page, page->slots[i]);
		gap = ", ";
	}
	buffer_text(&page->out, "</p>\n");
}

void rule_domain(struct rule_page *page, const char *before,
	const struct dmn_domain *domain)
{
	const char *text;

	dmn_view_domain(domain, &page->scratch);
	text = page->scratch.size ? page->scratch.data : "";
	text += strspn(text, ": ");
	if (*text) {
		buffer_format(&page->out, "%s<code>", before);
		html_text(&page->out, text);
		buffer_text(&page->out, "</code>");
	}
	buffer_clear(&page->scratch);
}

static void rule_element_head(struct rule_page *page, unsigned slot)
{
	const struct dmn_slot *about = &page->graph->slots[slot];
	bool ja;
	const char *label = rule_label(page, slot, &ja);

	buffer_text(&page->out, "<h3 id=\"");
	rule_anchor(page, slot);
	buffer_text(&page->out, "\">");
	if (*label) {
		rule_in(page, "span", label, ja);
		buffer_text(&page->out, " ");
	}
	buffer_text(&page->out, "<code>");
	buffer_add(&page->scratch, about->name.data, about->name.size);
	if (about->kind == DMN_KNOWLEDGE) {
		buffer_text(&page->scratch, "(");
		dmn_view_parameters(page->graph, slot, &page->scratch);
		buffer_text(&page->scratch, ")");
	}
	html_take(&page->out, &page->scratch);
	buffer_text(&page->out, "</code></h3>\n<p class=\"meta\">");
	html_text(&page->out, rule_kind(page, slot));
	rule_domain(page, ": ", &about->domain);
	buffer_text(&page->out, "</p>\n");
}

static void rule_basis(struct rule_page *page, const struct dmn_mark *mark)
{
	if (!mark)
		return;
	buffer_text(&page->out, "<p class=\"meta\">");
	rule_say(page, "出典: ", "Source: ");
	rule_cites(page, mark->cites, mark->cite_count);
	buffer_text(&page->out, " (");
	html_text(&page->out, rule_evidence(mark->cites, mark->cite_count));
	buffer_text(&page->out, ")</p>\n");
}

void rule_element(struct rule_page *page, unsigned slot)
{
	const struct dmn_slot *about = &page->graph->slots[slot];
	const struct dmn_mark *mark =
		about->mark == FEEL_NO_MARK ? NULL
					    : &page->graph->marks[about->mark];
	const char *question = dmn_view_question(page->graph, slot);
	const char *said = rule_said(page, about->description, mark);

	buffer_text(&page->out, "<section>\n");
	rule_element_head(page, slot);
	if (*question)
		rule_in(page, "p", question, true);
	if (*said)
		rule_in(page, "p", said, false);
	rule_notes(page, slot);
	rule_logic(page, slot);
	rule_needs(page, slot);
	rule_basis(page, mark);
	buffer_text(&page->out, "</section>\n");
}
