/*
 * The graph of what a decision needs, one drawing a model, by layers: a line
 * leads upwards from each element to those that need it, so facts stand at the
 * bottom and the decision on top. What a model takes from another one is drawn
 * there, and here as one box. Kinds differ in shape and line, never in colour
 * alone; beside the drawing the same is said as a list.
 */
#include "report/rule_page.h"

#include <string.h>

#define GRAPH_COLUMNS 6
#define GRAPH_WIDE    176 /* of a box, in units of the drawing */
#define GRAPH_HIGH    44
#define GRAPH_STEP    192 /* from box to box */
#define GRAPH_LEVEL   92  /* from row to row */
#define GRAPH_EDGE    10
#define GRAPH_LETTERS 26 /* columns of text in a box */

struct graph {
	const char *path; /* of the model */
	size_t count;	  /* boxes: those above come first */
	unsigned slots[FEEL_SLOTS_MAX];
	/* by slot */
	bool own[FEEL_SLOTS_MAX]; /* drawn with what it needs */
	unsigned layers[FEEL_SLOTS_MAX];
	long x[FEEL_SLOTS_MAX]; /* the middle of its box */
	long y[FEEL_SLOTS_MAX]; /* its upper edge */
	long rows;
};

static bool graph_needs(const struct rule_page *page, const struct graph *graph,
	unsigned above, unsigned below)
{
	return above != below && graph->own[above] &&
	       feel_set_has(&page->graph->slots[above].needs, below);
}

/* One more than the highest layer of what the slot needs. */
static unsigned graph_layer(
	const struct rule_page *page, const struct graph *graph, unsigned slot)
{
	unsigned layer = 0;

	for (size_t i = 0; i < graph->count; i++) {
		unsigned need = graph->slots[i];

		if (graph_needs(page, graph, slot, need) &&
			graph->layers[need] >= layer)
			layer = graph->layers[need] + 1;
	}
	return layer;
}

/* Layers of all, then the boxes by layer from the top, otherwise as before. */
static void graph_measure(const struct rule_page *page, struct graph *graph)
{
	bool moved = true;

	while (moved) {
		moved = false;
		for (size_t i = 0; i < graph->count; i++) {
			unsigned slot = graph->slots[i];
			unsigned layer = graph_layer(page, graph, slot);

			if (layer > graph->layers[slot] &&
				layer < FEEL_SLOTS_MAX) {
				graph->layers[slot] = layer;
				moved = true;
			}
		}
	}
	for (size_t i = 1; i < graph->count; i++) {
		unsigned slot = graph->slots[i];
		size_t k = i;

		for (; k > 0 && graph->layers[graph->slots[k - 1]] <
					graph->layers[slot];
			k--)
			graph->slots[k] = graph->slots[k - 1];
		graph->slots[k] = slot;
	}
}

static void rule_model(struct rule_page *page, const char *path)
{
	for (size_t i = 0; i < page->model_count; i++)
		if (strcmp(page->models[i], path) == 0)
			return;
	if (page->model_count < DMN_MODELS_MAX)
		page->models[page->model_count++] = path;
}

void rule_layers(struct rule_page *page)
{
	const struct rulebook_bound *bound =
		&page->book->revisions[page->in].bound[page->at];
	struct graph graph = { .path = NULL };

	for (unsigned i = 0; i < page->graph->slot_count; i++)
		if (feel_set_has(&bound->reached, i)) {
			graph.own[i] = true;
			graph.slots[graph.count++] = i;
		}
	graph_measure(page, &graph);
	page->slot_count = graph.count;
	memcpy(page->slots, graph.slots, sizeof(page->slots));
	/* the decision's own model first, then as they are met from above */
	if (bound->outputs && bound->outputs[0].slot != RULEBOOK_NONE)
		rule_model(
			page, page->graph->slots[bound->outputs[0].slot].path);
	for (size_t i = 0; i < page->slot_count; i++)
		if (page->graph->slots[page->slots[i]].kind != DMN_INPUT)
			rule_model(
				page, page->graph->slots[page->slots[i]].path);
}

bool rule_in_model(
	const struct rule_page *page, unsigned slot, const char *path)
{
	const struct dmn_slot *about = &page->graph->slots[slot];

	return about->kind != DMN_INPUT && strcmp(about->path, path) == 0;
}

/* The elements of a model, and what they need from elsewhere. */
static void graph_choose(const struct rule_page *page, struct graph *graph)
{
	for (size_t i = 0; i < page->slot_count; i++)
		graph->own[page->slots[i]] =
			rule_in_model(page, page->slots[i], graph->path);
	for (size_t i = 0; i < page->slot_count; i++) {
		unsigned slot = page->slots[i];
		bool wanted = graph->own[slot];

		for (size_t k = 0; k < page->slot_count && !wanted; k++)
			wanted = graph_needs(page, graph, page->slots[k], slot);
		if (wanted)
			graph->slots[graph->count++] = slot;
	}
}

/* Where those that need the slot stand on the average; they are placed. */
static long graph_wish(
	const struct rule_page *page, const struct graph *graph, unsigned slot)
{
	long sum = 0, count = 0;

	for (size_t i = 0; i < graph->count; i++)
		if (graph_needs(page, graph, graph->slots[i], slot)) {
			sum += graph->x[graph->slots[i]];
			count++;
		}
	return count ? sum / count : 0;
}

/* One layer from `first`: ordered by wish, then broken into rows. */
static void graph_place_layer(const struct rule_page *page, struct graph *graph,
	const unsigned *first, size_t count)
{
	unsigned order[FEEL_SLOTS_MAX];
	long wishes[FEEL_SLOTS_MAX];
	size_t rows = (count + GRAPH_COLUMNS - 1) / GRAPH_COLUMNS;

	for (size_t i = 0; i < count; i++) {
		long wish = graph_wish(page, graph, first[i]);
		size_t k = i;

		for (; k > 0 && wishes[k - 1] > wish; k--) {
			wishes[k] = wishes[k - 1];
			order[k] = order[k - 1];
		}
		wishes[k] = wish;
		order[k] = first[i];
	}
	/* neighbours of the order stand below each other, not rows apart */
	for (size_t i = 0; i < count; i++) {
		size_t row = i % rows;
		size_t in_row = (count - row + rows - 1) / rows;
		long left = (long)(GRAPH_COLUMNS - in_row) * GRAPH_STEP / 2;

		graph->x[order[i]] = GRAPH_EDGE + left +
				     (long)(i / rows) * GRAPH_STEP +
				     GRAPH_WIDE / 2;
		graph->y[order[i]] =
			GRAPH_EDGE + (graph->rows + (long)row) * GRAPH_LEVEL;
	}
	graph->rows += (long)rows;
}

static void graph_place(const struct rule_page *page, struct graph *graph)
{
	size_t from = 0;

	while (from < graph->count) {
		unsigned layer = graph->layers[graph->slots[from]];
		size_t to = from;

		while (to < graph->count &&
			graph->layers[graph->slots[to]] == layer)
			to++;
		graph_place_layer(page, graph, graph->slots + from, to - from);
		from = to;
	}
}

static void graph_line(struct rule_page *page, const struct graph *graph,
	unsigned above, unsigned below, size_t number)
{
	long from = graph->y[below];
	long to = graph->y[above] + GRAPH_HIGH;

	buffer_format(&page->out,
		"<path d=\"M%ld %ldC%ld %ld %ld %ld %ld %ld\"%s"
		" marker-end=\"url(#tip%zu)\"/>\n",
		graph->x[below], from, graph->x[below], from - 32,
		graph->x[above], to + 36, graph->x[above], to + 7,
		page->graph->slots[below].kind == DMN_KNOWLEDGE
			? " stroke-dasharray=\"5 3\""
			: "",
		number);
}

static void graph_lines(
	struct rule_page *page, const struct graph *graph, size_t number)
{
	for (size_t i = 0; i < graph->count; i++)
		for (size_t k = 0; k < graph->count; k++)
			if (graph_needs(page, graph, graph->slots[i],
				    graph->slots[k]))
				graph_line(page, graph, graph->slots[i],
					graph->slots[k], number);
}

/* The outline says what the element is. */
static void graph_outline(
	struct rule_page *page, const struct graph *graph, unsigned slot)
{
	static const char *const dashes[] = { [RULEBOOK_FACT] = "",
		[RULEBOOK_CONSTANT] = " stroke-width=\"3\"",
		[RULEBOOK_PARAMETER] = " stroke-dasharray=\"6 4\"",
		[RULEBOOK_AUXILIARY] = " stroke-dasharray=\"2 3\"",
		[RULEBOOK_DERIVED] = "" };
	enum rulebook_role role =
		page->book->revisions[page->in].slots[slot].role;
	long x = graph->x[slot] - GRAPH_WIDE / 2;
	long y = graph->y[slot];

	if (page->graph->slots[slot].kind == DMN_KNOWLEDGE)
		buffer_format(&page->out,
			"<path d=\"M%ld %ldh%dl10 10v%dh-%dl-10 -10z\" "
			"stroke=\"#1b1f24\"/>",
			x, y, GRAPH_WIDE - 10, GRAPH_HIGH - 10,
			GRAPH_WIDE - 10);
	else
		buffer_format(&page->out,
			"<rect x=\"%ld\" y=\"%ld\" width=\"%d\" height=\"%d\" "
			"rx=\"%d\" stroke=\"#1b1f24\"%s/>",
			x, y, GRAPH_WIDE, GRAPH_HIGH,
			role == RULEBOOK_DERIVED ? 0 : GRAPH_HIGH / 2,
			dashes[role]);
}

/* As much of `text` as a box takes, one line of it. */
static void graph_words(struct rule_page *page, struct text text, long x,
	long y, unsigned size, const char *more)
{
	size_t used = 0, width = 0;

	buffer_format(&page->out,
		"<text x=\"%ld\" y=\"%ld\" font-size=\"%u\" "
		"text-anchor=\"middle\"%s>",
		x, y, size, more);
	while (used < text.size) {
		uint32_t code;
		size_t next =
			utf8_decode(text.data + used, text.size - used, &code);
		size_t columns = next ? utf8_width(text.data + used, next) : 0;

		if (next == 0)
			break;
		if (width + columns >
			GRAPH_LETTERS - (used + next < text.size)) {
			buffer_text(&page->scratch, "…");
			break;
		}
		buffer_add(&page->scratch, text.data + used, next);
		width += columns;
		used += next;
	}
	html_take(&page->out, &page->scratch);
	buffer_text(&page->out, "</text>");
}

static void graph_box(
	struct rule_page *page, const struct graph *graph, unsigned slot)
{
	struct text name = page->graph->slots[slot].name;
	bool ja;
	struct text label = text_of(rule_label(page, slot, &ja));
	long x = graph->x[slot], y = graph->y[slot];

	buffer_text(&page->out, "<a href=\"#");
	rule_anchor(page, slot);
	buffer_text(&page->out, "\"><title>");
	buffer_add(&page->scratch, name.data, name.size);
	buffer_format(&page->scratch, " (%s)", rule_kind(page, slot));
	buffer_format(&page->scratch, " %.*s", (int)label.size, label.data);
	html_take(&page->out, &page->scratch);
	buffer_text(&page->out, "</title>");
	graph_outline(page, graph, slot);
	if (label.size)
		graph_words(page, label, x, y + 18, 12,
			ja == page->ja ? ""
			: ja	       ? " lang=\"ja\""
				       : " lang=\"en\"");
	if (!graph->own[slot] && page->graph->slots[slot].kind != DMN_INPUT)
		buffer_text(&page->scratch, "↗ ");
	graph_words(page, name, x, y + (label.size ? 35 : 27), 10,
		" font-family=\"ui-monospace,Menlo,Consolas,monospace\"");
	buffer_text(&page->out, "</a>\n");
}

static void graph_drawing(
	struct rule_page *page, const struct graph *graph, size_t number)
{
	buffer_format(&page->out,
		"<div class=\"wide graph\" tabindex=\"0\" role=\"region\" "
		"aria-labelledby=\"graph-title%zu\">\n"
		"<svg viewBox=\"0 0 %d %ld\" role=\"group\" "
		"aria-labelledby=\"graph-title%zu graph-desc%zu\">\n"
		"<title id=\"graph-title%zu\">",
		number,
		GRAPH_COLUMNS * GRAPH_STEP + 2 * GRAPH_EDGE - GRAPH_STEP +
			GRAPH_WIDE,
		graph->rows * GRAPH_LEVEL + 2 * GRAPH_EDGE - GRAPH_LEVEL +
			GRAPH_HIGH,
		number, number, number);
	rule_say(page, "必要関係の図: ", "Graph of what is needed: ");
	html_text(&page->out, rule_file(graph->path));
	buffer_format(
		&page->out, "</title>\n<desc id=\"graph-desc%zu\">", number);
	rule_say(page, "同じ内容を下に一覧で示す。",
		"The list below says the same.");
	buffer_format(&page->out,
		"</desc>\n<defs><marker id=\"tip%zu\" viewBox=\"0 0 8 8\" "
		"refX=\"1\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" "
		"orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"#57606a\"/>"
		"</marker></defs>\n<g fill=\"none\" stroke=\"#57606a\">\n",
		number);
	graph_lines(page, graph, number);
	buffer_text(&page->out, "</g>\n<g fill=\"#fff\">\n");
	for (size_t i = 0; i < graph->count; i++)
		graph_box(page, graph, graph->slots[i]);
	buffer_text(&page->out, "</g>\n</svg></div>\n");
}

static void graph_item(
	struct rule_page *page, const struct graph *graph, unsigned slot)
{
	const char *gap = page->ja ? " ← " : " needs ";
	bool ja;
	const char *label = rule_label(page, slot, &ja);

	buffer_text(&page->out, "<li>");
	rule_element_link(page, slot);
	buffer_text(&page->out, " ");
	if (*label)
		rule_in(page, "span", label, ja);
	buffer_text(&page->out, " (");
	html_text(&page->out, rule_kind(page, slot));
	buffer_text(&page->out, ")");
	for (size_t i = 0; i < graph->count; i++) {
		if (!graph_needs(page, graph, slot, graph->slots[i]))
			continue;
		buffer_text(&page->out, gap);
		rule_element_link(page, graph->slots[i]);
		gap = ", ";
	}
	buffer_text(&page->out, "</li>\n");
}

void rule_graph(struct rule_page *page, size_t model)
{
	struct graph graph = { .path = page->models[model] };

	graph_choose(page, &graph);
	graph_measure(page, &graph);
	graph_place(page, &graph);
	buffer_text(&page->out, "<figure>\n");
	graph_drawing(page, &graph, model);
	buffer_text(&page->out, "<figcaption>");
	rule_say(page,
		"四角: 決定。角を落とした四角と破線の矢印: 知識モデル（関数）。"
		"丸い枠: 事実。太い丸枠: 定数。破線の丸枠: 方針パラメータ。"
		"点線の丸枠: 補助値。↗: "
		"別のモデルの図にあるもの。矢印は、用いる側へ向かう。",
		"Rectangle: decision. Cut corners and dashed arrows: knowledge "
		"model (function). Round: fact. Round and thick: constant. "
		"Round and dashed: policy parameter. Round and dotted: what "
		"stays open. ↗: drawn in another model's graph. An arrow "
		"leads to what needs it.");
	buffer_text(&page->out, "</figcaption></figure>\n<details><summary>");
	rule_say(page, "図の内容の一覧", "The graph as a list");
	buffer_text(&page->out, "</summary>\n<ul class=\"needs\">\n");
	for (size_t i = 0; i < graph.count; i++)
		graph_item(page, &graph, graph.slots[i]);
	buffer_text(&page->out, "</ul></details>\n");
}
