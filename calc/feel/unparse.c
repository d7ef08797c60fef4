/*
 * Trees back to FEEL text. A kid is bracketed when it binds looser than its
 * place asks for; `if`, `for`, `some`, `every` and functions are bracketed
 * whenever they are operands. What the parser made is printed so that it is
 * read back as an equal tree, given the same names in scope. A table has no
 * text: its name stands for it. Marks are left out.
 */
#include <string.h>

#include "base/buffer.h"
#include "feel/temporal.h"
#include "feel/parser.h"

static void put(const struct feel_node *node, enum feel_level level,
	struct buffer *out);

static void add_text(struct buffer *out, struct text text)
{
	buffer_add(out, text.data, text.size);
}

static void put_literal(const struct feel_value *value, struct buffer *out)
{
	bool temporal =
		value->type >= FEEL_DATE && value->type <= FEEL_YEARS_DURATION;

	if (!temporal) {
		feel_print(value, out);
		return;
	}
	buffer_text(out, "@\"");
	temporal_text(value, out);
	buffer_byte(out, '"');
}

static const struct {
	const char *text;
	enum feel_level level;
} operators[] = {
	[FEEL_ADD] = { "+", FEEL_LEVEL_ADD },
	[FEEL_SUBTRACT] = { "-", FEEL_LEVEL_ADD },
	[FEEL_MULTIPLY] = { "*", FEEL_LEVEL_MULTIPLY },
	[FEEL_DIVIDE] = { "/", FEEL_LEVEL_MULTIPLY },
	[FEEL_POWER] = { "**", FEEL_LEVEL_POWER },
	[FEEL_EQ] = { "=", FEEL_LEVEL_COMPARE },
	[FEEL_NE] = { "!=", FEEL_LEVEL_COMPARE },
	[FEEL_LT] = { "<", FEEL_LEVEL_COMPARE },
	[FEEL_LE] = { "<=", FEEL_LEVEL_COMPARE },
	[FEEL_GT] = { ">", FEEL_LEVEL_COMPARE },
	[FEEL_GE] = { ">=", FEEL_LEVEL_COMPARE },
	[FEEL_AND] = { "and", FEEL_LEVEL_AND },
	[FEEL_OR] = { "or", FEEL_LEVEL_OR },
};

static enum feel_level level_of(const struct feel_node *node)
{
	switch (node->kind) {
	case FEEL_NODE_LITERAL:
		return node->value.type == FEEL_NUMBER &&
				       num_sign(node->value.u.number) < 0
			       ? FEEL_LEVEL_NEGATE
			       : FEEL_LEVEL_POSTFIX;
	case FEEL_NODE_NEGATE:
		return FEEL_LEVEL_NEGATE;
	case FEEL_NODE_BINARY:
		return operators[node->op].level;
	case FEEL_NODE_BETWEEN:
	case FEEL_NODE_IN:
		return FEEL_LEVEL_COMPARE;
	case FEEL_NODE_INSTANCE:
		return FEEL_LEVEL_INSTANCE;
	case FEEL_NODE_IF:
	case FEEL_NODE_FOR:
	case FEEL_NODE_SOME:
	case FEEL_NODE_EVERY:
	case FEEL_NODE_FUNCTION:
		return FEEL_LEVEL_ANY;
	case FEEL_NODE_COERCE:
	case FEEL_NODE_MARK:
		return level_of(node->kids[0]);
	default:
		return FEEL_LEVEL_POSTFIX;
	}
}

/* The kid that the text of a node begins with, as deep as it goes. */
static const struct feel_node *leftmost(const struct feel_node *node)
{
	for (;;) {
		switch (node->kind) {
		case FEEL_NODE_CALL:
			if (node->kids[0]->kind == FEEL_NODE_NAME)
				return node;
			node = node->kids[0];
			break;
		case FEEL_NODE_BINARY:
		case FEEL_NODE_BETWEEN:
		case FEEL_NODE_IN:
		case FEEL_NODE_FILTER:
		case FEEL_NODE_PATH:
		case FEEL_NODE_INSTANCE:
		case FEEL_NODE_COERCE:
		case FEEL_NODE_MARK:
			node = node->kids[0];
			break;
		default:
			return node;
		}
	}
}

/* `(< 5)` or `(= 5)`: in the place of a test it would be read as `< 5`. */
static bool begins_with_half_range(const struct feel_node *node)
{
	node = leftmost(node);
	return node->kind == FEEL_NODE_TEST ||
	       (node->kind == FEEL_NODE_RANGE &&
		       (!node->kids[0] || !node->kids[1]));
}

/* Would this, as the only test or the first of them, be read as not(tests)? */
static bool begins_with_not(const struct feel_node *node, bool alone)
{
	const struct feel_node *call = leftmost(node);

	if (call->kind != FEEL_NODE_CALL ||
		!text_is(call->kids[0]->name, "not"))
		return false;
	return (alone && call == node) || call->count != 2 ||
	       (call->name_count > 0 && call->names[0].size > 0);
}

static void put_list(
	const struct feel_node *const *kids, size_t count, struct buffer *out)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (i > 0)
			buffer_text(out, ", ");
		put(kids[i], FEEL_LEVEL_ANY, out);
	}
}

static void put_test(const struct feel_node *test, enum feel_level level,
	bool bracket, struct buffer *out)
{
	if (test->kind == FEEL_NODE_DASH) {
		buffer_byte(out, '-');
	} else if (test->kind == FEEL_NODE_TEST) {
		buffer_format(out, "%s ", operators[test->op].text);
		put(test->kids[0], FEEL_LEVEL_ADD, out);
	} else if (bracket) {
		buffer_byte(out, '(');
		put(test->kids[0], FEEL_LEVEL_ANY, out);
		buffer_byte(out, ')');
	} else {
		put(test->kids[0], level, out);
	}
}

static void put_tests(const struct feel_node *tests, struct buffer *out)
{
	size_t i;

	if (tests->negated)
		buffer_text(out, "not(");
	for (i = 0; i < tests->count; i++) {
		const struct feel_node *test = tests->kids[i];

		if (i > 0)
			buffer_text(out, ", ");
		put_test(test, FEEL_LEVEL_ANY,
			i == 0 && !tests->negated &&
				test->kind == FEEL_NODE_MATCH &&
				begins_with_not(
					test->kids[0], tests->count == 1),
			out);
	}
	if (tests->negated)
		buffer_byte(out, ')');
}

static void put_in(const struct feel_node *node, struct buffer *out)
{
	const struct feel_node *tests = node->kids[1];
	const struct feel_node *only =
		tests->count == 1 ? tests->kids[0] : NULL;

	put(node->kids[0], FEEL_LEVEL_COMPARE, out);
	buffer_text(out, " in ");
	if (!only || tests->negated) {
		buffer_byte(out, '(');
		put_tests(tests, out);
		buffer_byte(out, ')');
	} else {
		put_test(only, FEEL_LEVEL_ADD,
			only->kind == FEEL_NODE_MATCH &&
				(level_of(only->kids[0]) < FEEL_LEVEL_ADD ||
					begins_with_half_range(only->kids[0])),
			out);
	}
}

/* A key that reads back as it is; any other is written as a string. */
static bool is_plain_key(struct text key)
{
	struct lexer lexer;
	struct lex_token token;
	const char *end = key.data;

	feel_lexer_init(&lexer, key, 1, 1);
	feel_lexer_next(&lexer, &token);
	if (token.kind != LEX_WORD || key.size > FEEL_NAME_MAX)
		return false;
	for (; feel_is_name_piece(token.kind);
		feel_lexer_next(&lexer, &token)) {
		if (token.text.data != end &&
			(end == key.data || token.text.data != end + 1 ||
				*end != ' '))
			return false;
		end = token.text.data + token.text.size;
	}
	return token.kind == LEX_END && end == key.data + key.size;
}

static void put_context(const struct feel_node *node, struct buffer *out)
{
	size_t i;

	buffer_byte(out, '{');
	for (i = 0; i < node->count; i++) {
		struct text key = node->names[i];

		if (i > 0)
			buffer_text(out, ", ");
		if (is_plain_key(key))
			add_text(out, key);
		else
			feel_print_string(key, out);
		buffer_text(out, ": ");
		put(node->kids[i], FEEL_LEVEL_ANY, out);
	}
	buffer_byte(out, '}');
}

static void put_range(const struct feel_node *node, struct buffer *out)
{
	const struct feel_node *low = node->kids[0];
	const struct feel_node *high = node->kids[1];

	if (low && high) {
		buffer_byte(out, node->low_closed ? '[' : '(');
		put(low, FEEL_LEVEL_ANY, out);
		buffer_text(out, "..");
		put(high, FEEL_LEVEL_ANY, out);
		buffer_byte(out, node->high_closed ? ']' : ')');
	} else if (high) {
		buffer_text(out, node->high_closed ? "(<= " : "(< ");
		put(high, FEEL_LEVEL_ADD, out);
		buffer_byte(out, ')');
	} else if (low) {
		buffer_text(out, node->low_closed ? "(>= " : "(> ");
		put(low, FEEL_LEVEL_ADD, out);
		buffer_byte(out, ')');
	} else {
		buffer_text(out, "(null..null)");
	}
}

static bool is_call_of(const struct feel_node *node, const char *function)
{
	return node->kind == FEEL_NODE_CALL && node->count == 2 &&
	       node->kids[0]->kind == FEEL_NODE_NAME &&
	       text_is(node->kids[0]->name, function);
}

static void put_call(const struct feel_node *node, struct buffer *out)
{
	size_t i;

	if (is_call_of(node, "@")) {
		buffer_byte(out, '@');
		put(node->kids[1], FEEL_LEVEL_POSTFIX, out);
		return;
	}
	put(node->kids[0], FEEL_LEVEL_POSTFIX, out);
	buffer_byte(out, '(');
	for (i = 1; i < node->count; i++) {
		if (i > 1)
			buffer_text(out, ", ");
		if (i <= node->name_count && node->names[i - 1].size > 0) {
			add_text(out, node->names[i - 1]);
			buffer_text(out, ": ");
		}
		put(node->kids[i], FEEL_LEVEL_ANY, out);
	}
	buffer_byte(out, ')');
}

static void put_type(const struct feel_type_ref *type, struct buffer *out);

static void put_members(const struct feel_type_ref *type, struct buffer *out)
{
	size_t i;

	buffer_byte(out, '<');
	for (i = 0; i < type->count; i++) {
		if (i > 0)
			buffer_text(out, ", ");
		if (type->names) {
			add_text(out, type->names[i]);
			buffer_text(out, ": ");
		}
		put_type(type->members[i], out);
	}
	buffer_byte(out, '>');
}

static void put_type(const struct feel_type_ref *type, struct buffer *out)
{
	switch (type->type) {
	case FEEL_LIST:
	case FEEL_RANGE:
		buffer_text(out, feel_type_name(type->type));
		if (type->count > 0)
			put_members(type, out);
		break;
	case FEEL_CONTEXT:
		buffer_text(out, "context");
		put_members(type, out);
		break;
	case FEEL_FUNCTION:
		buffer_text(out, "function");
		if (!type->members)
			break;
		put_members(type, out);
		buffer_text(out, "->");
		put_type(type->members[type->count], out);
		break;
	default:
		if (type->name.size > 0)
			add_text(out, type->name);
		else
			buffer_text(out, feel_type_name(type->type));
		break;
	}
}

static void put_function(const struct feel_node *node, struct buffer *out)
{
	const struct feel_node *body = node->kids[0];
	size_t i;

	buffer_text(out, "function(");
	for (i = 0; i < node->name_count; i++) {
		if (i > 0)
			buffer_text(out, ", ");
		add_text(out, node->names[i]);
		if (node->types && node->types[i]) {
			buffer_text(out, ": ");
			put_type(node->types[i], out);
		}
	}
	buffer_text(out, ") ");
	if (is_call_of(body, "external")) {
		buffer_text(out, "external ");
		body = body->kids[1];
	}
	put(body, FEEL_LEVEL_ANY, out);
}

/* `1..10` stands without brackets; `[1..10]` would be a range as a value. */
static void put_domain(const struct feel_node *node, struct buffer *out)
{
	if (node->kind != FEEL_NODE_RANGE || !node->iteration) {
		put(node, FEEL_LEVEL_ANY, out);
		return;
	}
	put(node->kids[0], FEEL_LEVEL_ANY, out);
	buffer_text(out, "..");
	put(node->kids[1], FEEL_LEVEL_ANY, out);
}

static void put_iteration(const struct feel_node *node, struct buffer *out)
{
	size_t i;

	buffer_text(out, node->kind == FEEL_NODE_FOR	? "for "
			 : node->kind == FEEL_NODE_SOME ? "some "
							: "every ");
	for (i = 0; i < node->name_count; i++) {
		if (i > 0)
			buffer_text(out, ", ");
		add_text(out, node->names[i]);
		buffer_text(out, " in ");
		put_domain(node->kids[i], out);
	}
	buffer_text(
		out, node->kind == FEEL_NODE_FOR ? " return " : " satisfies ");
	put(node->kids[node->count - 1], FEEL_LEVEL_ANY, out);
}

static void put_binary(const struct feel_node *node, struct buffer *out)
{
	enum feel_level level = operators[node->op].level;

	put(node->kids[0], level, out);
	buffer_format(out, " %s ", operators[node->op].text);
	put(node->kids[1], level + 1, out);
}

/* Kinds whose text is their kids with words between. */
static void put_words(const struct feel_node *node, struct buffer *out)
{
	switch (node->kind) {
	case FEEL_NODE_NEGATE:
		buffer_byte(out, '-');
		put(node->kids[0], FEEL_LEVEL_NEGATE, out);
		break;
	case FEEL_NODE_BETWEEN:
		put(node->kids[0], FEEL_LEVEL_COMPARE, out);
		buffer_text(out, " between ");
		put(node->kids[1], FEEL_LEVEL_ADD, out);
		buffer_text(out, " and ");
		put(node->kids[2], FEEL_LEVEL_ADD, out);
		break;
	case FEEL_NODE_IF:
		buffer_text(out, "if ");
		put(node->kids[0], FEEL_LEVEL_ANY, out);
		buffer_text(out, " then ");
		put(node->kids[1], FEEL_LEVEL_ANY, out);
		buffer_text(out, " else ");
		put(node->kids[2], FEEL_LEVEL_ANY, out);
		break;
	case FEEL_NODE_FILTER:
		put(node->kids[0], FEEL_LEVEL_POSTFIX, out);
		buffer_byte(out, '[');
		put(node->kids[1], FEEL_LEVEL_ANY, out);
		buffer_byte(out, ']');
		break;
	case FEEL_NODE_PATH:
		put(node->kids[0], FEEL_LEVEL_POSTFIX, out);
		buffer_byte(out, '.');
		add_text(out, node->name);
		break;
	case FEEL_NODE_INSTANCE:
		put(node->kids[0], FEEL_LEVEL_INSTANCE, out);
		buffer_text(out, " instance of ");
		put_type(node->types[0], out);
		break;
	case FEEL_NODE_LIST:
		buffer_byte(out, '[');
		put_list(node->kids, node->count, out);
		buffer_byte(out, ']');
		break;
	default: /* a test as a value */
		buffer_byte(out, '(');
		put_test(node, FEEL_LEVEL_ANY, false, out);
		buffer_byte(out, ')');
		break;
	}
}

static void put_bare(const struct feel_node *node, struct buffer *out)
{
	switch (node->kind) {
	case FEEL_NODE_LITERAL:
		put_literal(&node->value, out);
		break;
	case FEEL_NODE_NAME:
		add_text(out, node->name);
		break;
	case FEEL_NODE_INPUT:
		buffer_byte(out, '?');
		break;
	case FEEL_NODE_BINARY:
		put_binary(node, out);
		break;
	case FEEL_NODE_IN:
		put_in(node, out);
		break;
	case FEEL_NODE_FOR:
	case FEEL_NODE_SOME:
	case FEEL_NODE_EVERY:
		put_iteration(node, out);
		break;
	case FEEL_NODE_CALL:
		put_call(node, out);
		break;
	case FEEL_NODE_FUNCTION:
		put_function(node, out);
		break;
	case FEEL_NODE_CONTEXT:
		put_context(node, out);
		break;
	case FEEL_NODE_RANGE:
		put_range(node, out);
		break;
	case FEEL_NODE_TESTS:
		put_tests(node, out);
		break;
	case FEEL_NODE_COERCE:
	case FEEL_NODE_MARK:
		put_bare(node->kids[0], out);
		break;
	case FEEL_NODE_SERVICE:
		buffer_text(out, "null"); /* has no text of its own */
		break;
	case FEEL_NODE_TABLE:
		add_text(out, node->table->name);
		break;
	default:
		put_words(node, out);
		break;
	}
}

static void put(
	const struct feel_node *node, enum feel_level level, struct buffer *out)
{
	bool bracket = level_of(node) < level;

	if (bracket)
		buffer_byte(out, '(');
	put_bare(node, out);
	if (bracket)
		buffer_byte(out, ')');
}

void feel_unparse(const struct feel_node *node, struct buffer *out)
{
	if (node->kind == FEEL_NODE_DASH || node->kind == FEEL_NODE_MATCH)
		put_test(node, FEEL_LEVEL_ANY, false, out);
	else
		put(node, FEEL_LEVEL_ANY, out);
}
