/*
 * The parts of a slot for writers of pages; see view.h. Logic that is neither
 * a table nor a literal has no parts here: a page shows it as `dmn_show` does.
 */
#include "dmn/view.h"

#include <string.h>

#include "dmn/model.h"

static const struct dmn_detail *view_detail(
	const struct dmn_graph *graph, unsigned slot)
{
	const struct dmn_models *models = graph->models;

	return &models->details[slot];
}

static const char *view_text_in(
	const struct dmn_model *model, const struct xml_element *xml)
{
	const struct xml_element *text =
		xml ? dmn_child(model, xml, "text") : NULL;

	return text ? text->text : "";
}

static const struct xml_element *view_nth(const struct dmn_model *model,
	const struct xml_element *xml, const char *tag, size_t n)
{
	const struct xml_element *kid = dmn_child(model, xml, tag);

	for (; kid && n > 0; n--)
		kid = dmn_next(model, kid, tag);
	return kid;
}

/* The expression that a decision or knowledge model is; NULL without one. */
static const struct xml_element *view_logic(
	const struct dmn_graph *graph, unsigned slot)
{
	const struct dmn_detail *detail = view_detail(graph, slot);
	const struct xml_element *xml = detail->xml;

	if (graph->slots[slot].kind == DMN_INPUT)
		return NULL;
	if (graph->slots[slot].kind == DMN_KNOWLEDGE)
		xml = dmn_child(detail->model, xml, "encapsulatedLogic");
	return xml ? dmn_expression_in(detail->model, xml) : NULL;
}

const char *dmn_view_label(const struct dmn_graph *graph, unsigned slot)
{
	return dmn_attribute(view_detail(graph, slot)->xml, "label");
}

const char *dmn_view_question(const struct dmn_graph *graph, unsigned slot)
{
	const struct dmn_detail *detail = view_detail(graph, slot);
	const struct xml_element *question =
		dmn_child(detail->model, detail->xml, "question");

	return question ? question->text : "";
}

void dmn_view_parameters(
	const struct dmn_graph *graph, unsigned slot, struct buffer *out)
{
	const struct dmn_detail *detail = view_detail(graph, slot);
	const struct xml_element *logic =
		graph->slots[slot].kind == DMN_KNOWLEDGE
			? dmn_child(detail->model, detail->xml,
				  "encapsulatedLogic")
			: NULL;
	const struct xml_element *kid =
		logic ? dmn_child(detail->model, logic, "formalParameter")
		      : NULL;
	const char *gap = "";

	for (; kid; kid = dmn_next(detail->model, kid, "formalParameter")) {
		buffer_format(out, "%s%s", gap, dmn_attribute(kid, "name"));
		gap = ", ";
	}
}

const char *dmn_view_text(const struct dmn_graph *graph, unsigned slot)
{
	const struct dmn_model *model = view_detail(graph, slot)->model;
	const struct xml_element *logic = view_logic(graph, slot);

	if (!logic || !dmn_is(model, logic, "literalExpression"))
		return "";
	return view_text_in(model, logic);
}

bool dmn_view_table(const struct dmn_graph *graph, unsigned slot,
	struct dmn_view_table *out)
{
	const struct dmn_model *model = view_detail(graph, slot)->model;
	const struct xml_element *logic = view_logic(graph, slot);

	if (!logic || !dmn_is(model, logic, "decisionTable"))
		return false;
	memset(out, 0, sizeof(*out));
	out->policy = dmn_attribute(logic, "hitPolicy");
	if (!*out->policy)
		out->policy = "UNIQUE";
	out->aggregation = dmn_attribute(logic, "aggregation");
	out->inputs = dmn_child_count(model, logic, "input");
	out->outputs = dmn_child_count(model, logic, "output");
	out->rows = dmn_child_count(model, logic, "rule");
	out->graph = graph;
	out->model = model;
	out->xml = logic;
	out->owner = graph->slots[slot].name;
	return true;
}

static const struct xml_element *view_head(
	const struct dmn_view_table *table, size_t column)
{
	return column < table->inputs
		       ? view_nth(table->model, table->xml, "input", column)
		       : view_nth(table->model, table->xml, "output",
				 column - table->inputs);
}

const char *dmn_view_column(const struct dmn_view_table *table, size_t column)
{
	const struct xml_element *head = view_head(table, column);

	if (!head)
		return "";
	if (column >= table->inputs)
		return dmn_attribute(head, "name");
	return view_text_in(
		table->model, dmn_child(table->model, head, "inputExpression"));
}

const char *dmn_view_column_label(
	const struct dmn_view_table *table, size_t column)
{
	const struct xml_element *head = view_head(table, column);

	return head ? dmn_attribute(head, "label") : "";
}

static const struct dmn_mark *view_mark(
	const struct dmn_view_table *table, const struct dmn_view_row *row)
{
	const char *id = dmn_attribute(row->xml, "id");

	for (size_t i = 0; i < table->graph->mark_count; i++) {
		const struct dmn_mark *mark = &table->graph->marks[i];

		if (mark->row == row->number &&
			strcmp(mark->element, id) == 0 &&
			text_equal(mark->owner, table->owner))
			return mark;
	}
	return NULL;
}

bool dmn_view_next(const struct dmn_view_table *table, struct dmn_view_row *row)
{
	row->xml = row->number == 0
			   ? dmn_child(table->model, table->xml, "rule")
			   : dmn_next(table->model, row->xml, "rule");
	if (!row->xml)
		return false;
	row->number++;
	row->mark = view_mark(table, row);
	row->description = dmn_description(table->model, row->xml);
	return true;
}

const char *dmn_view_entry(const struct dmn_view_table *table,
	const struct dmn_view_row *row, size_t column)
{
	const struct xml_element *entry =
		column < table->inputs
			? view_nth(table->model, row->xml, "inputEntry", column)
			: view_nth(table->model, row->xml, "outputEntry",
				  column - table->inputs);

	return view_text_in(table->model, entry);
}
