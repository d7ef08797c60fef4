/*
 * S-expressions of syntax trees for tests. Written without a look at
 * feel/unparse.c, which it is used to check: brackets here are the tree's own
 * structure.
 */
#include "support/tree.h"

#include <string.h>

#include "base/date.h"

static const char *const operator_names[] = { "+", "-", "*", "/", "**", "=",
	"!=", "<", "<=", ">", ">=", "and", "or" };

static const char *kind_name(const struct feel_node *node)
{
	switch (node->kind) {
	case FEEL_NODE_NEGATE:
		return "negate";
	case FEEL_NODE_BINARY:
		return operator_names[node->op];
	case FEEL_NODE_BETWEEN:
		return "between";
	case FEEL_NODE_IN:
		return "in";
	case FEEL_NODE_IF:
		return "if";
	case FEEL_NODE_FOR:
		return "for";
	case FEEL_NODE_SOME:
		return "some";
	case FEEL_NODE_EVERY:
		return "every";
	case FEEL_NODE_FILTER:
		return "filter";
	case FEEL_NODE_PATH:
		return "path";
	case FEEL_NODE_FUNCTION:
		return "function";
	case FEEL_NODE_LIST:
		return "list";
	case FEEL_NODE_CONTEXT:
		return "context";
	case FEEL_NODE_RANGE:
		return node->iteration ? "from-to" : "range";
	case FEEL_NODE_INSTANCE:
		return "instance";
	case FEEL_NODE_TESTS:
		return node->negated ? "none-of" : "tests";
	case FEEL_NODE_MATCH:
		return "match";
	default:
		return "node";
	}
}

static void add_name(struct text name, struct buffer *out)
{
	bool plain = name.size > 0 && !memchr(name.data, ' ', name.size);

	if (!plain)
		buffer_byte(out, '|');
	buffer_add(out, name.data, name.size);
	if (!plain)
		buffer_byte(out, '|');
}

static void dump_literal(const struct feel_value *value, struct buffer *out)
{
	char text[NUM_TEXT_MAX];

	switch (value->type) {
	case FEEL_NULL:
		buffer_text(out, "null");
		break;
	case FEEL_BOOLEAN:
		buffer_text(out, value->u.boolean ? "true" : "false");
		break;
	case FEEL_NUMBER:
		num_format(value->u.number, text, sizeof(text));
		buffer_text(out, text);
		break;
	case FEEL_STRING:
		buffer_byte(out, '"');
		buffer_add(out, value->u.string, value->size);
		buffer_byte(out, '"');
		break;
	case FEEL_TIME:
	case FEEL_DATE_TIME:
	case FEEL_DAYS_DURATION:
	case FEEL_YEARS_DURATION:
		feel_print(value, out);
		break;
	case FEEL_DATE:
		date_format((int32_t)value->u.days, text);
		buffer_format(out, "#%s", text);
		break;
	default:
		buffer_text(out, "literal");
		break;
	}
}

void tree_dump_type(const struct feel_type_ref *type, struct buffer *out)
{
	size_t i;

	if (!type) {
		buffer_byte(out, '_');
		return;
	}
	if (!type->members && type->name.size > 0) {
		buffer_format(out, "%d:", (int)type->type);
		buffer_add(out, type->name.data, type->name.size);
		return;
	}
	buffer_format(out, "%d<", (int)type->type);
	for (i = 0; i < type->count; i++) {
		if (i > 0)
			buffer_byte(out, ',');
		if (type->names) {
			buffer_add(
				out, type->names[i].data, type->names[i].size);
			buffer_byte(out, ':');
		}
		tree_dump_type(type->members[i], out);
	}
	buffer_byte(out, '>');
	if (type->type == FEEL_FUNCTION && type->members)
		tree_dump_type(type->members[type->count], out);
}

static void dump_names_and_types(
	const struct feel_node *node, struct buffer *out)
{
	size_t i;

	for (i = 0; i < node->name_count; i++) {
		buffer_byte(out, ' ');
		add_name(node->names[i], out);
		if (node->kind == FEEL_NODE_FUNCTION && node->types[i]) {
			buffer_byte(out, ':');
			tree_dump_type(node->types[i], out);
		}
	}
	if (node->kind == FEEL_NODE_INSTANCE) {
		buffer_byte(out, ' ');
		tree_dump_type(node->types[0], out);
	}
}

/* `(call f 1 a=2)`: a name before its argument. */
static void dump_call(const struct feel_node *node, struct buffer *out)
{
	size_t i;

	buffer_text(out, "(call ");
	tree_dump(node->kids[0], out);
	for (i = 1; i < node->count; i++) {
		buffer_byte(out, ' ');
		if (node->names[i - 1].size > 0) {
			add_name(node->names[i - 1], out);
			buffer_byte(out, '=');
		}
		tree_dump(node->kids[i], out);
	}
	buffer_byte(out, ')');
}

static void dump_compound(const struct feel_node *node, struct buffer *out)
{
	size_t i;

	buffer_byte(out, '(');
	buffer_text(out, kind_name(node));
	if (node->kind == FEEL_NODE_RANGE)
		buffer_format(out, "%c%c", node->low_closed ? '[' : '(',
			node->high_closed ? ']' : ')');
	if (node->kind == FEEL_NODE_PATH) {
		buffer_byte(out, ' ');
		add_name(node->name, out);
	}
	dump_names_and_types(node, out);
	for (i = 0; i < node->count; i++) {
		buffer_byte(out, ' ');
		tree_dump(node->kids[i], out);
	}
	buffer_byte(out, ')');
}

void tree_dump(const struct feel_node *node, struct buffer *out)
{
	if (!node) {
		buffer_byte(out, '_');
		return;
	}
	switch (node->kind) {
	case FEEL_NODE_LITERAL:
		dump_literal(&node->value, out);
		break;
	case FEEL_NODE_NAME:
		add_name(node->name, out);
		break;
	case FEEL_NODE_INPUT:
		buffer_byte(out, '?');
		break;
	case FEEL_NODE_DASH:
		buffer_text(out, "dash");
		break;
	case FEEL_NODE_TEST:
		buffer_format(out, "(test %s ", operator_names[node->op]);
		tree_dump(node->kids[0], out);
		buffer_byte(out, ')');
		break;
	case FEEL_NODE_CALL:
		dump_call(node, out);
		break;
	default:
		dump_compound(node, out);
		break;
	}
}

static bool list_has(const void *context, struct text candidate)
{
	const char *const *list = context;

	for (; *list; list++)
		if (text_is(candidate, *list))
			return true;
	return false;
}

static bool list_begins(const void *context, struct text candidate)
{
	const char *const *list = context;

	for (; *list; list++)
		if (strlen(*list) > candidate.size &&
			memcmp(*list, candidate.data, candidate.size) == 0)
			return true;
	return false;
}

struct feel_names tree_names(const char *const *list)
{
	return (struct feel_names){ list, list_has, list_begins };
}
