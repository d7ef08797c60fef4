/*
 * What the input of a table's column may be: by the definition of the input
 * data or decision that it names, by the values of the column, or by the type
 * of its expression. A name that something around the table declares anew is
 * not that of an element.
 */
#include <shokan/dmn.h>

#include "dmn/check_region.h"

#include <string.h>

static const struct feel_node *input_of(
	const struct dmn_known_table *known, size_t at)
{
	const struct feel_node *input = known->table->inputs[at];

	while (input->kind == FEEL_NODE_COERCE)
		input = input->kids[0];
	return input;
}

static bool declares(const struct dmn_model *model,
	const struct xml_element *xml, struct text name)
{
	if (dmn_is(model, xml, "contextEntry"))
		xml = dmn_child(model, xml, "variable");
	else if (!dmn_is(model, xml, "formalParameter"))
		return false;
	return xml && text_is(name, dmn_attribute(xml, "name"));
}

/* Does something around the table give the name another meaning? */
static bool is_shadowed(const struct dmn_known_table *known, struct text name)
{
	const struct xml_element *xml = known->xml->parent;

	for (; xml; xml = xml->parent) {
		if (text_is(name, dmn_attribute(xml, "iteratorVariable")))
			return true;
		for (const struct xml_element *kid = xml->first; kid;
			kid = kid->next)
			if (declares(known->model, kid, name))
				return true;
	}
	return false;
}

/* The slot that a column names, or -1. */
static int slot_named(const struct dmn_graph *graph,
	const struct dmn_known_table *known, size_t at)
{
	const struct feel_node *input = input_of(known, at);

	if (input->kind != FEEL_NODE_NAME || is_shadowed(known, input->name))
		return -1;
	return dmn_slot_find(graph, input->name);
}

/* The type that the expression of a column is said to have; NULL: none. */
static const struct dmn_type *type_said(
	struct arena *arena, const struct dmn_known_table *known, size_t at)
{
	shk_diag unused = { 0 };
	struct dmn_loader loader = {
		.arena = arena, .diag = &unused, .model = known->model
	};
	const struct xml_element *xml =
		dmn_child(known->model, known->xml, "input");

	for (; at > 0 && xml; at--)
		xml = dmn_next(known->model, xml, "input");
	if (xml)
		xml = dmn_child(known->model, xml, "inputExpression");
	return xml ? dmn_type_of(&loader, known->model, xml) : NULL;
}

static enum feel_type base_of(const struct dmn_type *type)
{
	bool list = false;

	for (; type; type = type->of) {
		list = list || type->list;
		if (!type->of)
			return list ? FEEL_LIST : type->base;
	}
	return FEEL_NULL;
}

static const struct feel_node *allowed_by(const struct dmn_type *type)
{
	for (; type; type = type->of) {
		if (type->list)
			return NULL;
		if (type->allowed)
			return type->allowed;
	}
	return NULL;
}

/* count(...) of FEEL, unless the models have something else of that name. */
static bool counts(const struct dmn_graph *graph,
	const struct dmn_known_table *known, const struct feel_node *input)
{
	const struct text name = text_of("count");

	return input->kind == FEEL_NODE_CALL &&
	       input->kids[0]->kind == FEEL_NODE_NAME &&
	       text_equal(input->kids[0]->name, name) &&
	       !is_shadowed(known, name) && dmn_slot_find(graph, name) < 0;
}

bool dmn_check_type(struct arena *arena, const struct dmn_graph *graph,
	const struct dmn_known_table *known,
	const struct check_listener *listener, size_t at,
	struct check_column *out)
{
	const struct dmn_models *models = graph->models;
	const struct feel_node *input = input_of(known, at);
	int slot = slot_named(graph, known, at);

	out->type = slot >= 0 ? base_of(models->details[slot].type) : FEEL_NULL;
	if (out->type == FEEL_NULL)
		out->type = base_of(type_said(arena, known, at));
	out->whole = counts(graph, known, input);
	if (slot >= 0 && graph->slots[slot].kind == DMN_INPUT &&
		listener->whole)
		out->whole = listener->whole(listener->context, input->name);
	if (out->whole && out->type == FEEL_NULL)
		out->type = FEEL_NUMBER;
	out->whole = out->whole && out->type == FEEL_NUMBER;
	return true;
}

/*
 * In our own models what an input may be is said by its definition: a column
 * that allows less has a gap. Other models may narrow it.
 */
const struct feel_node *dmn_check_allowed(struct arena *arena,
	const struct dmn_graph *graph, const struct dmn_known_table *known,
	size_t at)
{
	const struct dmn_models *models = graph->models;
	const struct feel_node *own = known->table->allowed[at];
	const struct feel_node *allowed = NULL;
	int slot = slot_named(graph, known, at);

	if (own && graph->general)
		return own;
	if (slot >= 0)
		allowed = allowed_by(models->details[slot].type);
	if (!allowed)
		allowed = own;
	return allowed ? allowed : allowed_by(type_said(arena, known, at));
}

/* A number, text, truth value or date as it is written. */
static bool is_plain(const struct feel_node *node)
{
	if (node->kind == FEEL_NODE_NEGATE)
		return node->kids[0]->kind == FEEL_NODE_LITERAL &&
		       node->kids[0]->value.type == FEEL_NUMBER;
	if (node->kind == FEEL_NODE_CALL)
		return node->count == 2 &&
		       node->kids[0]->kind == FEEL_NODE_NAME &&
		       text_is(node->kids[0]->name, "date") &&
		       node->kids[1]->kind == FEEL_NODE_LITERAL &&
		       node->kids[1]->value.type == FEEL_STRING;
	return node->kind == FEEL_NODE_LITERAL &&
	       (node->value.type == FEEL_NUMBER ||
		       node->value.type == FEEL_STRING ||
		       node->value.type == FEEL_BOOLEAN ||
		       node->value.type == FEEL_DATE);
}

static bool has_order(const struct feel_node *node)
{
	const struct feel_node *of =
		node->kind == FEEL_NODE_NEGATE ? node->kids[0] : node;

	return of->kind == FEEL_NODE_CALL || of->value.type == FEEL_NUMBER ||
	       of->value.type == FEEL_DATE;
}

/* `a..b` of numbers or days that are written. */
static bool is_plain_range(const struct feel_node *range)
{
	for (size_t i = 0; i < 2; i++)
		if (!range->kids[i] || !is_plain(range->kids[i]) ||
			!has_order(range->kids[i]))
			return false;
	return true;
}

static bool is_plain_test(const struct feel_node *test)
{
	const struct feel_node *of = test->count == 1 ? test->kids[0] : NULL;

	if (!of)
		return false;
	if (test->kind == FEEL_NODE_MATCH)
		return of->kind == FEEL_NODE_RANGE ? is_plain_range(of)
						   : is_plain(of);
	return test->kind == FEEL_NODE_TEST && test->op != FEEL_EQ &&
	       test->op != FEEL_NE && is_plain(of) && has_order(of);
}

bool dmn_check_plain(const struct feel_node *tests)
{
	if (tests->kind == FEEL_NODE_DASH)
		return true;
	if (tests->kind != FEEL_NODE_TESTS)
		return false;
	if (tests->count == 1 && tests->kids[0]->kind == FEEL_NODE_DASH)
		return !tests->negated;
	for (size_t i = 0; i < tests->count; i++)
		if (!is_plain_test(tests->kids[i]))
			return false;
	return true;
}
