/*
 * Boxed expressions lowered to FEEL: a context is a context node, an
 * invocation a call, a relation a list of contexts, and so on. Text is parsed
 * with the names that are in scope where it stands. A decision table is
 * lowered in table.c.
 */
#include "dmn/model.h"

#include <string.h>

/* The entry of a context that holds its result: a keyword, no name is it. */
#define RESULT_NAME "return"

bool dmn_deeper(struct dmn_loader *loader, const struct xml_element *xml)
{
	if (loader->code != SHK_OK)
		return false;
	if (loader->depth == FEEL_DEPTH_MAX) {
		dmn_too_many(loader, loader->model, xml,
			"levels of nested elements", FEEL_DEPTH_MAX);
		return false;
	}
	loader->depth++;
	return true;
}

struct feel_node *dmn_node(struct dmn_loader *loader, enum feel_node_kind kind,
	const struct xml_element *xml, const struct feel_node *const *kids,
	size_t count)
{
	struct feel_node *node;

	if (loader->code != SHK_OK)
		return NULL;
	node = arena_zeroed(loader->arena, 1, sizeof(*node));
	if (!node) {
		dmn_no_memory(loader);
		return NULL;
	}
	node->kind = kind;
	node->mark = FEEL_NO_MARK;
	node->line = xml->line;
	node->column = xml->column;
	node->kids = kids;
	node->count = count;
	return node;
}

const struct feel_node **dmn_kids(struct dmn_loader *loader, size_t count)
{
	const struct feel_node **kids =
		arena_zeroed(loader->arena, count + 1, sizeof(*kids));

	if (!kids)
		dmn_no_memory(loader);
	return kids;
}

static struct text *new_names(struct dmn_loader *loader, size_t count)
{
	struct text *names =
		arena_zeroed(loader->arena, count + 1, sizeof(*names));

	if (!names)
		dmn_no_memory(loader);
	return names;
}

const struct feel_node *dmn_marked(struct dmn_loader *loader,
	const struct xml_element *xml, const struct feel_node *node,
	uint32_t mark)
{
	const struct feel_node **kids;
	struct feel_node *outer;

	if (!node || mark == FEEL_NO_MARK)
		return node;
	kids = dmn_kids(loader, 1);
	if (!kids)
		return NULL;
	kids[0] = node;
	outer = dmn_node(loader, FEEL_NODE_MARK, xml, kids, 1);
	if (outer)
		outer->mark = mark;
	return outer;
}

static const struct feel_node *null_node(
	struct dmn_loader *loader, const struct xml_element *xml)
{
	return dmn_node(loader, FEEL_NODE_LITERAL, xml, NULL, 0);
}

static bool is_empty(const char *text)
{
	return text[strspn(text, " \t\r\n")] == '\0';
}

const struct feel_node *dmn_lower_text(
	struct dmn_loader *loader, const struct xml_element *xml, bool tests)
{
	const struct xml_element *text = dmn_child(loader->model, xml, "text");
	struct feel_names names = dmn_scope_names(loader);
	const struct feel_node *node = NULL;
	struct feel_place place;

	if (loader->code != SHK_OK)
		return NULL;
	if (!text || is_empty(text->text))
		return tests ? dmn_node(loader, FEEL_NODE_DASH, xml, NULL, 0)
			     : null_node(loader, xml);
	place = dmn_place_of(loader, loader->model, text);
	loader->code = (tests ? feel_parse_tests : feel_parse)(loader->arena,
		text_of(text->text), place, &names, &node, loader->diag);
	if (loader->code == SHK_OK)
		return node;
	diag_place(loader->diag, place.path, place.line, place.column);
	return NULL;
}

/* Does an expressionLanguage mean FEEL? None given means FEEL. */
static bool is_feel(const char *language)
{
	size_t i;

	if (!language[0])
		return true;
	for (i = 0; language[i]; i++)
		if ((language[i] | 32) == 'f' &&
			(language[i + 1] | 32) == 'e' &&
			(language[i + 2] | 32) == 'e' &&
			(language[i + 3] | 32) == 'l')
			return true;
	return false;
}

static const struct feel_node *lower_literal(
	struct dmn_loader *loader, const struct xml_element *xml)
{
	const struct dmn_model *model = loader->model;
	const char *language = dmn_attribute(xml, "expressionLanguage");

	if (!language[0])
		language = dmn_attribute(model->root, "expressionLanguage");
	if (!is_feel(language)) {
		dmn_refuse(loader, model, xml,
			"expression language \"%s\": only FEEL is read",
			language);
		return NULL;
	}
	if (dmn_child(model, xml, "importedValues")) {
		dmn_refuse(loader, model, xml,
			"<importedValues> is not supported: write the "
			"expression itself");
		return NULL;
	}
	return dmn_lower_text(loader, xml, false);
}

static struct text entry_name(
	struct dmn_loader *loader, const struct xml_element *entry)
{
	const struct xml_element *variable =
		dmn_child(loader->model, entry, "variable");

	if (!variable)
		return text_of(RESULT_NAME);
	return dmn_name_of(loader, dmn_attribute(variable, "name"));
}

static bool check_entry(struct dmn_loader *loader,
	const struct xml_element *entry, const struct text *names, size_t count)
{
	size_t i;

	if (loader->code != SHK_OK)
		return false;
	if (names[count].size == 0)
		dmn_refuse(loader, loader->model, entry,
			"the variable of this context entry has no name");
	for (i = 0; i < count && loader->code == SHK_OK; i++)
		if (text_equal(names[i], names[count]))
			dmn_refuse(loader, loader->model, entry,
				"a second context entry \"%s\"", names[i].data);
	if (text_is(names[count], RESULT_NAME) &&
		dmn_next(loader->model, entry, "contextEntry"))
		dmn_refuse(loader, loader->model, entry,
			"the entry without a variable is the result of the "
			"context and must be its last");
	return loader->code == SHK_OK;
}

static const struct feel_node *lower_entry(
	struct dmn_loader *loader, const struct xml_element *entry)
{
	uint32_t mark = dmn_mark_of(
		loader, loader->model, entry, loader->owner->name, 0);

	const struct feel_node *node = dmn_lower_in(loader, entry);

	if (node && node->kind != FEEL_NODE_FUNCTION)
		node = dmn_coerced(loader, entry,
			dmn_child(loader->model, entry, "variable"), node);
	return dmn_marked(loader, entry, node, mark);
}

static const struct feel_node *result_of(struct dmn_loader *loader,
	const struct xml_element *xml, const struct feel_node *context)
{
	const struct feel_node **kids = dmn_kids(loader, 1);
	struct feel_node *path;

	if (!kids)
		return NULL;
	kids[0] = context;
	path = dmn_node(loader, FEEL_NODE_PATH, xml, kids, 1);
	if (path)
		path->name = text_of(RESULT_NAME);
	return path;
}

static const struct feel_node *lower_context(
	struct dmn_loader *loader, const struct xml_element *xml)
{
	const struct dmn_model *model = loader->model;
	size_t count = dmn_child_count(model, xml, "contextEntry");
	const struct feel_node **kids = dmn_kids(loader, count);
	struct text *names = new_names(loader, count);
	const struct xml_element *entry = dmn_child(model, xml, "contextEntry");
	size_t outside = loader->name_count;
	struct feel_node *node;
	size_t i;

	for (i = 0; kids && names && i < count; i++) {
		names[i] = entry_name(loader, entry);
		if (!check_entry(loader, entry, names, i))
			break;
		kids[i] = lower_entry(loader, entry);
		dmn_scope_push(loader, names[i]);
		entry = dmn_next(model, entry, "contextEntry");
	}
	loader->name_count = outside;
	node = dmn_node(loader, FEEL_NODE_CONTEXT, xml, kids, count);
	if (!node)
		return NULL;
	node->names = names;
	node->name_count = count;
	if (count > 0 && text_is(names[count - 1], RESULT_NAME))
		return result_of(loader, xml, node);
	return node;
}

static const struct feel_node *lower_invocation(
	struct dmn_loader *loader, const struct xml_element *xml)
{
	const struct dmn_model *model = loader->model;
	size_t count = dmn_child_count(model, xml, "binding");
	const struct feel_node **kids = dmn_kids(loader, count + 1);
	struct text *names = new_names(loader, count);
	const struct xml_element *binding = dmn_child(model, xml, "binding");
	struct feel_node *node;
	size_t i;

	if (!kids || !names)
		return NULL;
	kids[0] = dmn_lower_in(loader, xml);
	for (i = 0; i < count; i++) {
		const struct xml_element *parameter =
			dmn_child(model, binding, "parameter");

		if (!parameter) {
			dmn_refuse(loader, model, binding,
				"this binding has no <parameter>");
			return NULL;
		}
		names[i] =
			dmn_name_of(loader, dmn_attribute(parameter, "name"));
		kids[i + 1] = dmn_lower_in(loader, binding);
		binding = dmn_next(model, binding, "binding");
	}
	node = dmn_node(loader, FEEL_NODE_CALL, xml, kids, count + 1);
	if (node) {
		node->names = names;
		node->name_count = count;
	}
	return node;
}

static bool check_kind(struct dmn_loader *loader, const struct xml_element *xml)
{
	const char *kind = dmn_attribute(xml, "kind");

	if (!kind[0] || strcmp(kind, "FEEL") == 0)
		return true;
	dmn_refuse(loader, loader->model, xml,
		"a function of kind \"%s\": only FEEL functions are read",
		kind);
	return false;
}

static void check_parameter(struct dmn_loader *loader,
	const struct xml_element *xml, const struct text *names, size_t at)
{
	size_t i;

	if (loader->code == SHK_OK && names[at].size == 0)
		dmn_refuse(loader, loader->model, xml,
			"this parameter has no name");
	for (i = 0; i < at && loader->code == SHK_OK; i++)
		if (text_equal(names[i], names[at]))
			dmn_refuse(loader, loader->model, xml,
				"a second parameter \"%s\"", names[i].data);
}

/* Names and types of the formal parameters, into the node and the scope. */
static bool lower_parameters(struct dmn_loader *loader,
	const struct xml_element *xml, struct feel_node *node)
{
	const struct dmn_model *model = loader->model;
	size_t count = dmn_child_count(model, xml, "formalParameter");
	const struct xml_element *one =
		dmn_child(model, xml, "formalParameter");
	struct text *names = new_names(loader, count);
	const struct feel_type_ref **types =
		arena_zeroed(loader->arena, count + 1, sizeof(*types));
	size_t i;

	if (!names || !types) {
		dmn_no_memory(loader);
		return false;
	}
	for (i = 0; i < count && loader->code == SHK_OK; i++) {
		const struct dmn_type *type = dmn_type_of(loader, model, one);

		names[i] = dmn_name_of(loader, dmn_attribute(one, "name"));
		check_parameter(loader, one, names, i);
		if (!type && !dmn_forgive(loader))
			break;
		if (type && loader->general)
			types[i] = type->ref;
		else if (type && dmn_attribute(one, "typeRef")[0])
			types[i] = dmn_type_ref(loader, type);
		dmn_scope_push(loader, names[i]);
		one = dmn_next(model, one, "formalParameter");
	}
	node->names = names;
	node->name_count = count;
	node->types = types;
	return loader->code == SHK_OK;
}

/* General: a function in another language is not run, it gives null. */
static bool is_foreign(
	const struct dmn_loader *loader, const struct xml_element *xml)
{
	const char *kind = dmn_attribute(xml, "kind");

	return loader->general && kind[0] && strcmp(kind, "FEEL") != 0;
}

/* What says the type of a function's result: itself, else the variable. */
static const struct xml_element *typed_by(
	const struct dmn_loader *loader, const struct xml_element *xml)
{
	if (dmn_attribute(xml, "typeRef")[0] ||
		!dmn_is(loader->model, xml, "encapsulatedLogic"))
		return xml;
	return dmn_child(loader->model, xml->parent, "variable");
}

const struct feel_node *dmn_lower_function(
	struct dmn_loader *loader, const struct xml_element *xml, uint32_t mark)
{
	size_t outside = loader->name_count;
	const struct feel_node **kids = dmn_kids(loader, 1);
	struct feel_node *node;

	if (!kids || (!is_foreign(loader, xml) && !check_kind(loader, xml)))
		return NULL;
	node = dmn_node(loader, FEEL_NODE_FUNCTION, xml, kids, 1);
	if (node && lower_parameters(loader, xml, node))
		kids[0] = dmn_marked(loader, xml,
			is_foreign(loader, xml)
				? null_node(loader, xml)
				: dmn_coerced_result(loader, xml,
					  typed_by(loader, xml),
					  dmn_lower_in(loader, xml)),
			mark);
	loader->name_count = outside;
	return loader->code == SHK_OK ? node : NULL;
}

static const struct feel_node *lower_definition(
	struct dmn_loader *loader, const struct xml_element *xml)
{
	return dmn_lower_function(loader, xml, FEEL_NO_MARK);
}

/* The expressions directly inside `xml`, in order; `*count` of them. */
static const struct feel_node **lower_all(
	struct dmn_loader *loader, const struct xml_element *xml, size_t *count)
{
	const struct xml_element *kid = xml->first;
	const struct feel_node **kids;
	size_t total = 0;

	for (; kid; kid = kid->next)
		total++;
	kids = dmn_kids(loader, total);
	*count = 0;
	for (kid = xml->first; kids && kid; kid = kid->next)
		if (dmn_is_expression(loader->model, kid))
			kids[(*count)++] = dmn_lower(loader, kid);
	return loader->code == SHK_OK ? kids : NULL;
}

static const struct feel_node *lower_list(
	struct dmn_loader *loader, const struct xml_element *xml)
{
	size_t count;
	const struct feel_node **kids = lower_all(loader, xml, &count);

	return dmn_node(loader, FEEL_NODE_LIST, xml, kids, count);
}

static const struct feel_node *lower_row(struct dmn_loader *loader,
	const struct xml_element *row, const struct text *names, size_t columns)
{
	size_t count;
	const struct feel_node **kids = lower_all(loader, row, &count);
	const struct xml_element *column =
		dmn_child(loader->model, row->parent, "column");
	struct feel_node *node;

	if (kids && count != columns)
		dmn_refuse(loader, loader->model, row,
			"this row has %zu cells, the relation has %zu columns",
			count, columns);
	for (size_t i = 0; kids && column && i < count; i++) {
		kids[i] = dmn_coerced(loader, row, column, kids[i]);
		column = dmn_next(loader->model, column, "column");
	}
	node = dmn_node(loader, FEEL_NODE_CONTEXT, row, kids, count);
	if (node) {
		node->names = names;
		node->name_count = columns;
	}
	return node;
}

static const struct feel_node *lower_relation(
	struct dmn_loader *loader, const struct xml_element *xml)
{
	const struct dmn_model *model = loader->model;
	size_t columns = dmn_child_count(model, xml, "column");
	size_t rows = dmn_child_count(model, xml, "row");
	struct text *names = new_names(loader, columns);
	const struct feel_node **kids = dmn_kids(loader, rows);
	const struct xml_element *at = dmn_child(model, xml, "column");
	size_t i;

	if (!names || !kids)
		return NULL;
	for (i = 0; i < columns; i++) {
		names[i] = dmn_name_of(loader, dmn_attribute(at, "name"));
		at = dmn_next(model, at, "column");
	}
	at = dmn_child(model, xml, "row");
	for (i = 0; i < rows; i++) {
		kids[i] = lower_row(loader, at, names, columns);
		at = dmn_next(model, at, "row");
	}
	return dmn_node(loader, FEEL_NODE_LIST, xml, kids, rows);
}

/* The expression inside the part `name` of a boxed iterator or condition. */
static const struct feel_node *lower_part(struct dmn_loader *loader,
	const struct xml_element *xml, const char *name)
{
	const struct xml_element *part = dmn_child(loader->model, xml, name);

	if (part)
		return dmn_lower_in(loader, part);
	dmn_refuse(
		loader, loader->model, xml, "<%s> lacks <%s>", xml->name, name);
	return NULL;
}

static const struct feel_node *lower_conditional(
	struct dmn_loader *loader, const struct xml_element *xml)
{
	const struct feel_node **kids = dmn_kids(loader, 3);
	struct feel_node *node;

	if (!kids)
		return NULL;
	kids[0] = lower_part(loader, xml, "if");
	kids[1] = lower_part(loader, xml, "then");
	kids[2] = lower_part(loader, xml, "else");
	node = dmn_node(loader, FEEL_NODE_IF, xml, kids, 3);
	if (node)
		node->strict = true;
	return node;
}

/* A node over `in` and `body`, with `names` of the iterator in `body`. */
static const struct feel_node *lower_iterator(struct dmn_loader *loader,
	const struct xml_element *xml, enum feel_node_kind kind,
	const char *body, const char *implied)
{
	const struct feel_node **kids = dmn_kids(loader, 2);
	struct text *names = new_names(loader, 1);
	size_t outside = loader->name_count;
	struct feel_node *node;

	if (!kids || !names)
		return NULL;
	names[0] = dmn_name_of(loader, dmn_attribute(xml, "iteratorVariable"));
	kids[0] = lower_part(loader, xml, "in");
	dmn_scope_push(loader, names[0]);
	dmn_scope_push(loader, text_of(implied));
	kids[1] = lower_part(loader, xml, body);
	loader->name_count = outside;
	node = dmn_node(loader, kind, xml, kids, 2);
	if (node)
		node->strict = kind != FEEL_NODE_FOR;
	if (node && kind != FEEL_NODE_FILTER) {
		if (names[0].size == 0)
			dmn_refuse(loader, loader->model, xml,
				"<%s> lacks iteratorVariable", xml->name);
		node->names = names;
		node->name_count = 1;
	}
	return node;
}

static const struct feel_node *lower_for(
	struct dmn_loader *loader, const struct xml_element *xml)
{
	return lower_iterator(loader, xml, FEEL_NODE_FOR, "return", "partial");
}

static const struct feel_node *lower_some(
	struct dmn_loader *loader, const struct xml_element *xml)
{
	return lower_iterator(loader, xml, FEEL_NODE_SOME, "satisfies", "");
}

static const struct feel_node *lower_every(
	struct dmn_loader *loader, const struct xml_element *xml)
{
	return lower_iterator(loader, xml, FEEL_NODE_EVERY, "satisfies", "");
}

static const struct feel_node *lower_filter(
	struct dmn_loader *loader, const struct xml_element *xml)
{
	return lower_iterator(loader, xml, FEEL_NODE_FILTER, "match", "item");
}

/* clang-format off */
static const struct {
	const char *tag;
	const struct feel_node *(*lower)(
		struct dmn_loader *loader, const struct xml_element *xml);
} expressions[] = {
	{ "literalExpression", lower_literal },
	{ "decisionTable", dmn_lower_table },
	{ "context", lower_context },
	{ "invocation", lower_invocation },
	{ "functionDefinition", lower_definition },
	{ "list", lower_list },
	{ "relation", lower_relation },
	{ "conditional", lower_conditional },
	{ "for", lower_for },
	{ "some", lower_some },
	{ "every", lower_every },
	{ "filter", lower_filter }
};
/* clang-format on */

#define EXPRESSION_COUNT (sizeof(expressions) / sizeof(expressions[0]))

static size_t expression_kind(
	const struct dmn_model *model, const struct xml_element *xml)
{
	size_t i;

	for (i = 0; i < EXPRESSION_COUNT; i++)
		if (dmn_is(model, xml, expressions[i].tag))
			break;
	return i;
}

bool dmn_is_expression(
	const struct dmn_model *model, const struct xml_element *xml)
{
	return expression_kind(model, xml) < EXPRESSION_COUNT;
}

const struct xml_element *dmn_expression_in(
	const struct dmn_model *model, const struct xml_element *parent)
{
	const struct xml_element *xml = parent->first;

	while (xml && !dmn_is_expression(model, xml))
		xml = xml->next;
	return xml;
}

const struct feel_node *dmn_lower(
	struct dmn_loader *loader, const struct xml_element *xml)
{
	size_t kind = expression_kind(loader->model, xml);
	const struct feel_node *node;

	if (!dmn_deeper(loader, xml))
		return NULL;
	node = expressions[kind].lower(loader, xml);
	loader->depth--;
	if (node && node->kind != FEEL_NODE_FUNCTION)
		node = dmn_coerced(loader, xml, xml, node);
	return loader->code == SHK_OK ? node : NULL;
}

const struct feel_node *dmn_lower_in(
	struct dmn_loader *loader, const struct xml_element *parent)
{
	const struct xml_element *xml =
		dmn_expression_in(loader->model, parent);

	return xml ? dmn_lower(loader, xml) : null_node(loader, parent);
}
