/*
 * The page of a decision in a revision: what is asked and since when, what it
 * answers, the graph of what it needs, each decision with its logic, then what
 * no decision gives: facts, constants, policy parameters, what stays open; and
 * last the passages that all of it rests on.
 */
#include "report/rule_page.h"

#include <string.h>

#include "dmn/view.h"

static void rule_term(struct rule_page *page, const char *ja, const char *en)
{
	buffer_text(&page->out, "<dt>");
	rule_say(page, ja, en);
	buffer_text(&page->out, "</dt><dd>");
}

/* Open a table of that caption whose first column is the name. */
static void rule_open_table(
	struct rule_page *page, const char *ja, const char *en)
{
	buffer_text(&page->out, "<div class=\"wide\" tabindex=\"0\" "
				"role=\"region\" aria-label=\"");
	rule_say(page, ja, en);
	buffer_text(&page->out, "\">\n<table><thead><tr>");
	rule_column(page, "名前", "Name");
}

static void rule_close_table(struct rule_page *page)
{
	buffer_text(&page->out, "</tbody></table></div>\n");
}

/* When the revision is in force: to the day on which the next one begins. */
static void rule_days(struct rule_page *page)
{
	const shk_rulebook *book = page->book;
	bool last = page->in + 1 == book->revision_count;

	rule_term(page, "施行", "In force");
	buffer_text(&page->out, page->ja ? "" : "from ");
	rule_day(page, book->revisions[page->in].from);
	buffer_text(&page->out, page->ja ? " から" : "");
	if (!last) {
		buffer_text(&page->out, page->ja ? "、" : " until before ");
		rule_day(page, book->revisions[page->in + 1].from);
		buffer_text(&page->out, page->ja ? " の前日まで" : "");
	}
	buffer_text(&page->out, "</dd>");
}

static void rule_top(struct rule_page *page)
{
	const struct rulebook_decision *rule = &page->book->decisions[page->at];
	const struct rulebook_revision *in = &page->book->revisions[page->in];
	const struct rulebook_words other = { rule->label.en, rule->label.ja };

	buffer_text(&page->out, "<h1>");
	html_text(&page->out, rule_word(page, &rule->label));
	buffer_text(&page->out, "</h1>\n");
	rule_in(page, "p class=\"meta\"", rule_word(page, &other), !page->ja);
	buffer_text(&page->out, "\n<p class=\"lead\">");
	html_text(&page->out, rule_word(page, &rule->question));
	buffer_text(&page->out, "</p>\n<dl>");
	rule_term(page, "名前", "Name");
	buffer_text(&page->out, "<code>");
	html_text(&page->out, rule->name);
	buffer_text(&page->out, "</code></dd>");
	rule_term(page, "番号", "Number");
	html_text(&page->out, rule->number);
	buffer_text(&page->out, "</dd>");
	rule_term(page, "改定", "Revision");
	html_text(&page->out, in->id);
	buffer_text(&page->out, " ");
	html_text(&page->out, rule_word(page, &in->label));
	if (in->cite_count) {
		buffer_text(&page->out, " (");
		rule_cites(page, in->cites, in->cite_count);
		buffer_text(&page->out, ")");
	}
	buffer_text(&page->out, "</dd>");
	rule_days(page);
	if (*rule->models[page->in]) {
		rule_term(page, "モデル", "Model");
		buffer_text(&page->out, "<code>");
		html_text(&page->out, rule->models[page->in]);
		buffer_text(&page->out, "</code></dd>");
	}
	buffer_text(&page->out, "</dl>\n");
}

static int rule_slot(const struct rule_page *page, const char *name)
{
	return *name ? dmn_slot_find(page->graph, text_of(name)) : -1;
}

static void rule_slot_link(struct rule_page *page, const char *name)
{
	int slot = rule_slot(page, name);

	if (slot >= 0)
		rule_element_link(page, (unsigned)slot);
}

static void rule_output(
	struct rule_page *page, const struct rulebook_output *output)
{
	buffer_text(&page->out, "<tr><th scope=\"row\"><code>");
	html_text(&page->out, output->name);
	buffer_text(&page->out, "</code></th><td>");
	html_text(&page->out, rule_word(page, &output->label));
	buffer_text(&page->out, "</td><td>");
	html_text(&page->out, words_unit(output->unit, page->asked->language));
	buffer_text(&page->out, "</td><td>");
	rule_slot_link(page, output->of);
	for (size_t i = 0; i < output->hold_count; i++) {
		buffer_text(&page->out, i ? ", " : "");
		rule_slot_link(page, output->holds[i]);
		buffer_text(&page->scratch, ": ");
		buffer_text(&page->scratch, output->words[i]);
		html_take(&page->out, &page->scratch);
	}
	buffer_text(&page->out, "</td><td>");
	rule_slot_link(page, output->when);
	buffer_text(&page->out, "</td></tr>\n");
}

static void rule_role(struct rule_page *page, const char *name, const char *ja,
	const char *en)
{
	if (rule_slot(page, name) < 0)
		return;
	rule_term(page, ja, en);
	rule_slot_link(page, name);
	buffer_text(&page->out, "</dd>");
}

static void rule_outputs(struct rule_page *page)
{
	const struct rulebook_decision *rule = &page->book->decisions[page->at];

	rule_title(page, "answer", "答え", "What it answers");
	rule_open_table(page, "答え", "What it answers");
	rule_column(page, "意味", "Meaning");
	rule_column(page, "単位", "Unit");
	rule_column(page, "求める決定", "Given by");
	rule_column(page, "次が真のときだけ", "Only when");
	buffer_text(&page->out, "</tr></thead><tbody>\n");
	for (size_t i = 0; i < rule->output_count; i++)
		rule_output(page, &rule->outputs[i]);
	rule_close_table(page);
	buffer_text(&page->out, "<dl>");
	rule_role(page, rule->applicability, "適用の有無", "Applicability");
	rule_role(page, rule->caveats, "留意事項", "Caveats");
	rule_role(page, rule->alternatives, "競合するときの答え",
		"Answers of a conflict");
	buffer_text(&page->out, "</dl>\n");
}

/* The slots of a role, and how many of them the decision needs. */
static size_t rule_count(const struct rule_page *page, enum rulebook_role role)
{
	const struct rulebook_slot *slots =
		page->book->revisions[page->in].slots;
	size_t count = 0;

	for (size_t i = 0; i < page->slot_count; i++)
		count += slots[page->slots[i]].role == role;
	return count;
}

static void rule_name_cell(struct rule_page *page, unsigned slot)
{
	const struct dmn_slot *about = &page->graph->slots[slot];
	bool ja;
	const char *label = rule_label(page, slot, &ja);

	buffer_text(&page->out, "<tr><th scope=\"row\" id=\"");
	rule_anchor(page, slot);
	buffer_text(&page->out, "\"><code>");
	buffer_add(&page->scratch, about->name.data, about->name.size);
	html_take(&page->out, &page->scratch);
	buffer_text(&page->out, "</code></th>");
	rule_in(page, "td", label, ja);
}

static void rule_domain_cell(
	struct rule_page *page, const struct dmn_domain *domain)
{
	buffer_text(&page->out, "<td>");
	rule_domain(page, "", domain);
	buffer_text(&page->out, "</td>");
}

static void rule_fact_row(struct rule_page *page, unsigned slot)
{
	const struct dmn_slot *about = &page->graph->slots[slot];

	rule_name_cell(page, slot);
	rule_domain_cell(page, &about->domain);
	rule_in(page, "td", about->description, false);
	buffer_text(&page->out, "</tr>\n");
}

static void rule_constant_row(struct rule_page *page, unsigned slot)
{
	const struct rulebook_constant *constant =
		&page->book->constants
			 [page->book->revisions[page->in].slots[slot].index];

	rule_name_cell(page, slot);
	buffer_text(&page->out, "<td>");
	for (size_t i = 0; i < constant->value_count; i++) {
		const struct rulebook_value *value = &constant->values[i];

		buffer_text(&page->out, i ? "<br><code>" : "<code>");
		feel_print(&value->value, &page->scratch);
		html_take(&page->out, &page->scratch);
		buffer_text(&page->out, "</code> ");
		if (value->from != RULEBOOK_ALWAYS) {
			buffer_text(&page->out, page->ja ? "" : "from ");
			rule_day(page, value->from);
			buffer_text(&page->out, page->ja ? " から " : " ");
		}
		rule_cites(page, value->cites, value->cite_count);
		buffer_format(&page->out, " %s",
			rule_evidence(value->cites, value->cite_count));
	}
	buffer_text(&page->out, "</td></tr>\n");
}

static void rule_parameter_row(struct rule_page *page, unsigned slot)
{
	const struct rulebook_parameter *parameter =
		&page->book->parameters
			 [page->book->revisions[page->in].slots[slot].index];

	rule_name_cell(page, slot);
	buffer_text(&page->out, "<td>");
	html_text(&page->out, rule_word(page, &parameter->meaning));
	buffer_text(&page->out, "</td>");
	if (parameter->word_count == 0) {
		rule_domain_cell(page, &parameter->domain);
	} else {
		buffer_text(&page->out, "<td>");
		for (size_t i = 0; i < parameter->word_count; i++) {
			buffer_text(&page->out, i ? "<br><code>" : "<code>");
			html_text(&page->out, parameter->words[i].text);
			buffer_text(&page->out, "</code>");
		}
		buffer_text(&page->out, "</td>");
	}
	buffer_text(&page->out, "<td>E5</td></tr>\n");
}

/* What it is told as; one that asks whether facts are given names them. */
static void rule_auxiliary_row(struct rule_page *page, unsigned slot)
{
	const struct rulebook_slot *about =
		&page->book->revisions[page->in].slots[slot];
	const struct rulebook_auxiliary *auxiliary =
		&page->book->auxiliaries[about->index];

	rule_name_cell(page, slot);
	buffer_text(&page->out, "<td>");
	if (auxiliary->reported_as) {
		buffer_text(&page->out, "<code>");
		html_text(&page->out, auxiliary->reported_as);
		buffer_text(&page->out, "</code>");
	}
	if (auxiliary->presence)
		rule_say(page, "次の項目があるか: ", "Is one of these given? ");
	for (size_t i = 0; i < auxiliary->field_count; i++) {
		buffer_text(&page->out, i ? ", <code>" : "<code>");
		html_text(&page->out, auxiliary->fields[i]);
		buffer_text(&page->out, "</code>");
	}
	buffer_text(&page->out, "</td>");
	rule_in(page, "td", page->graph->slots[slot].description, false);
	buffer_text(&page->out, "</tr>\n");
}

/* What no decision gives, a table each. */
static const struct rule_table {
	enum rulebook_role role;
	const char *id;
	const char *title[2];
	const char *columns[3][2]; /* behind name and label */
	void (*row)(struct rule_page *page, unsigned slot);
} rule_tables[] = {
	{ RULEBOOK_FACT, "facts",
		{ "事実（レコードの項目）", "Facts of a record" },
		{ { "とりうる値", "Values" }, { "説明", "Note" } },
		rule_fact_row },
	{ RULEBOOK_CONSTANT, "constants", { "定数", "Constants" },
		{ { "値と出典", "Values and sources" } }, rule_constant_row },
	{ RULEBOOK_PARAMETER, "parameters",
		{ "方針パラメータ（法令に数値がなく、既定値もない）",
			"Policy parameters: no text gives them, no default" },
		{ { "説明", "What it means" }, { "とりうる値", "Values" },
			{ "証拠", "Evidence" } },
		rule_parameter_row },
	{ RULEBOOK_AUXILIARY, "auxiliaries",
		{ "補助値（事実が足りないときに残るもの）",
			"What stays open when a fact is incomplete" },
		{ { "不足として示す名前", "Told as missing" },
			{ "説明", "Note" } },
		rule_auxiliary_row },
};

static void rule_given(struct rule_page *page, const struct rule_table *table)
{
	const struct rulebook_slot *slots =
		page->book->revisions[page->in].slots;

	if (rule_count(page, table->role) == 0)
		return;
	rule_title(page, table->id, table->title[0], table->title[1]);
	rule_open_table(page, table->title[0], table->title[1]);
	rule_column(page, "表示名", "Label");
	for (size_t i = 0; i < 3 && table->columns[i][0]; i++)
		rule_column(page, table->columns[i][0], table->columns[i][1]);
	buffer_text(&page->out, "</tr></thead><tbody>\n");
	for (size_t i = 0; i < page->slot_count; i++)
		if (slots[page->slots[i]].role == table->role)
			table->row(page, page->slots[i]);
	rule_close_table(page);
}

static const char *rule_reading(
	const struct rulebook_source *source, const char *place)
{
	for (size_t i = 0; source && i < source->reading_count; i++)
		if (strcmp(source->readings[i].place, place) == 0)
			return source->readings[i].text;
	return "";
}

static void rule_passage_words(struct rule_page *page,
	const struct rulebook_source *source, const char *place)
{
	const char *quote = rulebook_quote_at(source, place);
	const char *reading = rule_reading(source, place);

	if (*quote) {
		buffer_text(&page->out,
			page->ja ? "<blockquote>" : "<blockquote lang=\"ja\">");
		html_text(&page->out, quote);
		buffer_text(&page->out, "</blockquote>\n");
		return;
	}
	buffer_text(&page->out, "<p>");
	if (*reading)
		rule_say(page, "読み取った内容（原文は手元にない）: ",
			"What was read, in our words: ");
	else
		rule_say(page, "この箇所の文言は規則集にない。",
			"The words of this place are not in the rulebook.");
	html_mixed(&page->out, reading, page->asked->language);
	buffer_text(&page->out, "</p>\n");
}

static void rule_passages(struct rule_page *page)
{
	shk_rule_page to = { .kind = SHK_RULE_PAGE_SOURCES };

	rule_title(page, "quotes", "根拠となる文言", "The words it rests on");
	for (size_t i = 0; i < page->passage_count; i++) {
		const struct rule_passage *passage = &page->passages[i];
		const struct rulebook_source *source =
			rulebook_source_find(page->book, passage->source);

		buffer_format(&page->out, "<h3 id=\"q%zu\"><a href=\"", i + 1);
		rule_address(page, &to);
		buffer_byte(&page->out, '#');
		html_text(&page->out, passage->source);
		buffer_text(&page->out, "\">");
		html_text(&page->out, passage->source);
		buffer_text(&page->out, "</a> ");
		html_text(&page->out, passage->place);
		if (source) {
			buffer_text(&page->out, "<span class=\"soft\">");
			html_mixed(&page->out, source->title,
				page->asked->language);
			buffer_text(&page->out, "</span>");
		}
		buffer_text(&page->out, "</h3>\n");
		rule_passage_words(page, source, passage->place);
	}
}

/* A model: its graph, its decisions from above, its functions. */
static void rule_model_part(struct rule_page *page, size_t model)
{
	const char *path = page->models[model];

	buffer_format(&page->out, "<h2 id=\"m%zu\">", model);
	rule_say(page, "モデル ", "Model ");
	html_text(&page->out, rule_file(path));
	buffer_text(&page->out, "</h2>\n");
	rule_graph(page, model);
	for (int kind = DMN_DECISION; kind <= DMN_KNOWLEDGE; kind++)
		for (size_t i = 0; i < page->slot_count; i++)
			if (rule_in_model(page, page->slots[i], path) &&
				(int)page->graph->slots[page->slots[i]].kind ==
					kind)
				rule_element(page, page->slots[i]);
}

/* What stands where in a long page. */
static void rule_contents(struct rule_page *page)
{
	buffer_text(&page->out, "<nav aria-label=\"");
	rule_say(page, "目次", "Contents");
	buffer_text(&page->out, "\">\n<ul>");
	for (size_t i = 0; i < page->model_count; i++) {
		buffer_format(&page->out, "<li><a href=\"#m%zu\">", i);
		rule_say(page, "モデル ", "Model ");
		html_text(&page->out, rule_file(page->models[i]));
		buffer_text(&page->out, "</a></li>");
	}
	for (size_t i = 0; i < sizeof(rule_tables) / sizeof(*rule_tables);
		i++) {
		if (rule_count(page, rule_tables[i].role) == 0)
			continue;
		buffer_format(
			&page->out, "<li><a href=\"#%s\">", rule_tables[i].id);
		rule_say(
			page, rule_tables[i].title[0], rule_tables[i].title[1]);
		buffer_text(&page->out, "</a></li>");
	}
	buffer_text(&page->out, "<li><a href=\"#quotes\">");
	rule_say(page, "根拠となる文言", "The words it rests on");
	buffer_text(&page->out, "</a></li></ul></nav>\n");
}

/* Why there is nothing to draw; false: there is. */
static bool rule_absent(struct rule_page *page)
{
	const struct rulebook_decision *rule = &page->book->decisions[page->at];

	if (!*rule->not_encoded &&
		page->book->revisions[page->in].bound[page->at].present)
		return false;
	buffer_text(&page->out, "<p class=\"answer\">");
	if (*rule->not_encoded) {
		rule_say(page, "規則はあるが計算できない: ",
			"Known, but not encoded: ");
		html_text(&page->out,
			words_reason(rule->not_encoded, page->asked->language));
		buffer_text(&page->out, " (");
		rule_cites(page, rule->cites, rule->cite_count);
		buffer_text(&page->out, ")");
	} else {
		rule_say(page, "この改定には規則がない。",
			"There is no rule in this revision.");
	}
	buffer_text(&page->out, "</p>\n");
	return true;
}

void rule_decision(struct rule_page *page)
{
	rule_top(page);
	if (!rule_absent(page)) {
		rule_layers(page);
		rule_contents(page);
		rule_outputs(page);
		for (size_t i = 0; i < page->model_count; i++)
			rule_model_part(page, i);
		for (size_t i = 0;
			i < sizeof(rule_tables) / sizeof(*rule_tables); i++)
			rule_given(page, &rule_tables[i]);
	}
	rule_passages(page);
}
