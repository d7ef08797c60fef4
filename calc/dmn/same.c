/*
 * Comparing elements of models by their text. What an element reads is
 * compared by whoever knows which slots correspond; names that a text uses are
 * names of slots, which are unique in a graph, so equal texts read slots of
 * equal names.
 */
#include "dmn/same.h"

#include <string.h>

#include "dmn/model.h"

#define SAME_DEPTH_MAX 128 /* elements one inside another, types of types */

static bool same_type(
	const struct dmn_type *a, const struct dmn_type *b, unsigned depth);

static bool counts_attribute(const struct xml_attribute *attribute)
{
	return attribute->space[0] == '\0' &&
	       strcmp(attribute->name, "id") != 0 &&
	       strcmp(attribute->name, "label") != 0;
}

/* Not what readers are told, and nothing of another namespace. */
static bool counts_element(
	const struct dmn_model *model, const struct xml_element *xml)
{
	static const char *const words[] = { "description", "question",
		"allowedAnswers", "extensionElements", "informationRequirement",
		"knowledgeRequirement", "authorityRequirement", "variable" };

	if (strcmp(xml->space, model->root->space) != 0)
		return false;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(xml->name, words[i]) == 0)
			return strcmp(words[i], "variable") == 0 &&
			       strcmp(xml->parent->name, "decision") != 0;
	return true;
}

/* `t_price`, or `common.t_price` of an import. */
static const struct dmn_type *type_called(
	const struct dmn_model *model, const char *name)
{
	const char *point = strchr(name, '.');

	for (size_t i = 0; point && i < model->import_count; i++)
		if (text_equal(model->imports[i].name,
			    (struct text){ name, (size_t)(point - name) }))
			return type_called(model->imports[i].model, point + 1);
	for (size_t i = 0; i < model->type_count; i++)
		if (text_is(model->types[i].name, name))
			return &model->types[i];
	return NULL;
}

/* References to types by name: the types themselves must be the same. */
static bool same_reference(const struct dmn_model *of_a, const char *a,
	const struct dmn_model *of_b, const char *b, unsigned depth)
{
	const struct dmn_type *x = type_called(of_a, a);
	const struct dmn_type *y = type_called(of_b, b);

	if (strcmp(a, b) != 0)
		return false;
	return x && y ? same_type(x, y, depth + 1) : !x && !y;
}

static bool same_attributes(const struct dmn_model *of_a,
	const struct xml_element *a, const struct dmn_model *of_b,
	const struct xml_element *b, unsigned depth)
{
	size_t left = 0, right = 0;

	for (size_t i = 0; i < b->attribute_count; i++)
		right += counts_attribute(&b->attributes[i]);
	for (size_t i = 0; i < a->attribute_count; i++) {
		const struct xml_attribute *one = &a->attributes[i];
		const char *other = xml_attribute(b, one->name);

		if (!counts_attribute(one))
			continue;
		left++;
		if (!other)
			return false;
		if (strcmp(one->name, "typeRef") == 0) {
			if (!same_reference(
				    of_a, one->value, of_b, other, depth))
				return false;
		} else if (strcmp(one->value, other) != 0) {
			return false;
		}
	}
	return left == right;
}

static const struct xml_element *next_counted(
	const struct dmn_model *model, const struct xml_element *xml)
{
	while (xml && !counts_element(model, xml))
		xml = xml->next;
	return xml;
}

/* Blanks between elements say nothing. */
static bool same_text(const struct xml_element *a, const struct xml_element *b)
{
	static const char blanks[] = " \t\r\n";
	const char *x = a->text, *y = b->text;

	if (a->first || b->first) {
		x += strspn(x, blanks);
		y += strspn(y, blanks);
	}
	return strcmp(x, y) == 0;
}

static bool same_element(const struct dmn_model *of_a,
	const struct xml_element *a, const struct dmn_model *of_b,
	const struct xml_element *b, unsigned depth)
{
	const struct xml_element *x = next_counted(of_a, a->first);
	const struct xml_element *y = next_counted(of_b, b->first);

	if (depth == SAME_DEPTH_MAX || strcmp(a->name, b->name) != 0 ||
		!same_text(a, b) || !same_attributes(of_a, a, of_b, b, depth))
		return false;
	if (strcmp(a->name, "typeRef") == 0)
		return same_reference(of_a, a->text, of_b, b->text, depth);
	for (; x && y; x = next_counted(of_a, x->next),
		       y = next_counted(of_b, y->next))
		if (!same_element(of_a, x, of_b, y, depth + 1))
			return false;
	return !x && !y;
}

static bool same_type(
	const struct dmn_type *a, const struct dmn_type *b, unsigned depth)
{
	if (a == b || !a || !b)
		return a == b;
	if (depth >= SAME_DEPTH_MAX || a->base != b->base ||
		a->list != b->list || a->component_count != b->component_count)
		return false;
	if (!a->xml || !b->xml)
		return !a->xml && !b->xml && text_equal(a->name, b->name);
	return same_type(a->of, b->of, depth + 1) &&
	       same_element(a->model, a->xml, b->model, b->xml, depth + 1);
}

/* The children of a decision, or of a knowledge model, that are its logic. */
static bool same_parts(const struct dmn_detail *a, const struct dmn_detail *b)
{
	const struct xml_element *x = next_counted(a->model, a->xml->first);
	const struct xml_element *y = next_counted(b->model, b->xml->first);

	for (; x && y; x = next_counted(a->model, x->next),
		       y = next_counted(b->model, y->next))
		if (!same_element(a->model, x, b->model, y, 0))
			return false;
	return !x && !y;
}

bool dmn_same_logic(const struct dmn_graph *a, unsigned slot_a,
	const struct dmn_graph *b, unsigned slot_b)
{
	const struct dmn_models *of_a = a->models, *of_b = b->models;
	const struct dmn_detail *x = &of_a->details[slot_a];
	const struct dmn_detail *y = &of_b->details[slot_b];

	if (a->slots[slot_a].kind != b->slots[slot_b].kind ||
		!same_type(x->type, y->type, 0))
		return false;
	return a->slots[slot_a].kind == DMN_INPUT || same_parts(x, y);
}

bool dmn_table_view(const struct dmn_graph *graph, unsigned slot,
	struct dmn_table_view *view)
{
	const struct dmn_models *models = graph->models;
	const struct dmn_detail *detail = &models->details[slot];

	if (graph->slots[slot].kind != DMN_DECISION)
		return false;
	view->model = detail->model;
	view->xml = dmn_expression_in(detail->model, detail->xml);
	if (!view->xml || !dmn_is(detail->model, view->xml, "decisionTable") ||
		dmn_child_count(detail->model, view->xml, "output") != 1)
		return false;
	view->hit_policy = dmn_attribute(view->xml, "hitPolicy");
	if (!view->hit_policy[0])
		view->hit_policy = "UNIQUE";
	view->inputs = dmn_child_count(detail->model, view->xml, "input");
	view->rows = dmn_child_count(detail->model, view->xml, "rule");
	return true;
}

const char *dmn_table_input(const struct dmn_table_view *view, size_t column)
{
	const struct xml_element *input =
		dmn_nth(view->model, view->xml, "input", column);

	return input ? dmn_text_in(view->model,
			       dmn_child(view->model, input, "inputExpression"))
		     : "";
}

const char *dmn_table_test(
	const struct dmn_table_view *view, size_t row, size_t column)
{
	const struct xml_element *rule =
		dmn_nth(view->model, view->xml, "rule", row);

	return rule ? dmn_text_in(view->model,
			      dmn_nth(view->model, rule, "inputEntry", column))
		    : "";
}

const char *dmn_table_output(const struct dmn_table_view *view, size_t row)
{
	const struct xml_element *rule =
		dmn_nth(view->model, view->xml, "rule", row);

	return rule ? dmn_text_in(view->model,
			      dmn_nth(view->model, rule, "outputEntry", 0))
		    : "";
}
