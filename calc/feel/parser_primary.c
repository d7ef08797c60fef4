/*
 * What stands between operators: literals, names, brackets, and the postfix
 * forms: path, filter, call and `instance of`.
 */
#include "feel/parser.h"

#include "feel/temporal.h"

static const struct text no_name = { "", 0 };

static struct feel_node *literal(struct feel_parser *parser,
	const struct lex_token *where, struct feel_value value)
{
	struct feel_node *node =
		feel_node_new(parser, FEEL_NODE_LITERAL, where, NULL, 0);

	if (node)
		node->value = value;
	return node;
}

static const struct feel_node *number(struct feel_parser *parser)
{
	struct lex_token where = parser->token;
	struct feel_value value = { .type = FEEL_NUMBER };

	switch (num_parse(
		where.text.data, where.text.size, true, &value.u.number)) {
	case NUM_PARSED:
		break;
	case NUM_TOO_LONG:
		return feel_refuse(parser, &where,
			"a number has at most %d significant digits",
			NUM_DIGITS);
	default:
		return feel_refuse(parser, &where,
			"the exponent of this number is out of range");
	}
	if (!feel_advance(parser))
		return NULL;
	return literal(parser, &where, value);
}

/* The characters of the string at the present token, which is used up. */
static bool string_text(struct feel_parser *parser, struct text *out)
{
	const char *problem =
		feel_lexer_string(parser->arena, parser->token.text, out);

	if (problem)
		return feel_refuse(parser, &parser->token, "%s", problem);
	if (!out->data)
		return feel_no_memory(parser);
	return feel_advance(parser);
}

static const struct feel_node *string_literal(struct feel_parser *parser,
	const struct lex_token *where, struct text text)
{
	struct feel_value value = { .type = FEEL_STRING };

	value.size = (uint32_t)text.size;
	value.u.string = text.data;
	return literal(parser, where, value);
}

static const struct feel_node *string(struct feel_parser *parser)
{
	struct lex_token where = parser->token;
	struct text text;

	if (!string_text(parser, &text))
		return NULL;
	return string_literal(parser, &where, text);
}

static struct feel_node *name_node(struct feel_parser *parser,
	const struct lex_token *where, struct text name)
{
	struct feel_node *node =
		feel_node_new(parser, FEEL_NODE_NAME, where, NULL, 0);

	if (node)
		node->name = name;
	return node;
}

const struct feel_node *feel_call_of(struct feel_parser *parser,
	const struct lex_token *where, const char *function,
	const struct feel_node *argument)
{
	size_t from = parser->part_count;

	if (!feel_gather(parser, name_node(parser, where, text_of(function)),
		    no_name, NULL) ||
		!feel_gather(parser, argument, no_name, NULL))
		return NULL;
	return feel_node_gathered(parser, FEEL_NODE_CALL, where, from, 1);
}

/* `@"..."`: a literal where it is a date and so on, else the function `@`. */
static const struct feel_node *temporal(struct feel_parser *parser)
{
	struct lex_token where = parser->token;
	struct feel_value value;
	struct text text;

	if (!feel_advance(parser))
		return NULL;
	if (parser->token.kind != LEX_STRING)
		return feel_expected(parser, "a string after \"@\"");
	if (!string_text(parser, &text))
		return NULL;
	if (!temporal_parse(parser->arena, text, &value))
		return feel_no_memory(parser);
	if (value.type != FEEL_NULL)
		return literal(parser, &where, value);
	return feel_call_of(
		parser, &where, "@", string_literal(parser, &where, text));
}

static const struct feel_node *input(struct feel_parser *parser)
{
	struct lex_token where = parser->token;

	if (!feel_advance(parser))
		return NULL;
	return feel_node_new(parser, FEEL_NODE_INPUT, &where, NULL, 0);
}

/* null, true, false: the word is used up, `value` is set. */
static bool constant(struct feel_parser *parser, struct feel_value *value)
{
	*value = (struct feel_value){ .type = FEEL_NULL };
	if (feel_at_word(parser, "null"))
		return feel_advance(parser);
	value->type = FEEL_BOOLEAN;
	value->u.boolean = feel_at_word(parser, "true");
	if (value->u.boolean || feel_at_word(parser, "false"))
		return feel_advance(parser);
	return false;
}

static const struct feel_node *word(struct feel_parser *parser)
{
	struct lex_token where = parser->token;
	struct feel_value value;
	struct text name;

	if (feel_names_is_keyword(where.text) && !feel_at_long_name(parser)) {
		if (constant(parser, &value))
			return literal(parser, &where, value);
		return feel_keyword_expression(parser);
	}
	if (!feel_resolve_name(parser, FEEL_SCOPE_EXPRESSION, &name))
		return NULL;
	return name_node(parser, &where, name);
}

/*
 * `(< 10)` as a value: a range without a lower bound. `(= 10)` and `(!= 10)`
 * are tests and stay so.
 */
static const struct feel_node *half_range(
	struct feel_parser *parser, const struct lex_token *where)
{
	const struct feel_node *test = feel_one_test(parser, FEEL_LEVEL_ADD);
	const struct feel_node *kids[2] = { NULL, NULL };
	struct feel_node *node;
	bool below;

	if (!feel_need(parser, LEX_CLOSE, "\")\""))
		return NULL;
	if (!test || test->op == FEEL_EQ || test->op == FEEL_NE)
		return test;
	below = test->op == FEEL_LT || test->op == FEEL_LE;
	kids[below ? 1 : 0] = test->kids[0];
	node = feel_node_new(parser, FEEL_NODE_RANGE, where, kids, 2);
	if (node) {
		node->low_closed = test->op == FEEL_GE;
		node->high_closed = test->op == FEEL_LE;
	}
	return node;
}

static const struct feel_node *bracket(struct feel_parser *parser)
{
	struct lex_token where = parser->token;
	const struct feel_node *node;
	enum feel_op op;

	if (!feel_advance(parser))
		return NULL;
	if (feel_operator(parser->token.kind, &op) == FEEL_LEVEL_COMPARE)
		return half_range(parser, &where);
	node = feel_expression(parser);
	if (feel_accept(parser, LEX_DOTS))
		return feel_range_rest(parser, &where, node, false);
	return feel_need(parser, LEX_CLOSE, "\")\"") ? node : NULL;
}

const struct feel_node *feel_primary(struct feel_parser *parser)
{
	if (parser->code != SHK_OK)
		return NULL;
	switch (parser->token.kind) {
	case LEX_NUMBER:
		return number(parser);
	case LEX_STRING:
		return string(parser);
	case LEX_AT:
		return temporal(parser);
	case LEX_QUESTION:
		return input(parser);
	case LEX_WORD:
		return word(parser);
	case LEX_OPEN:
		return bracket(parser);
	case LEX_SQUARE_OPEN:
	case LEX_SQUARE_CLOSE:
		return feel_list_or_range(parser);
	case LEX_BRACE_OPEN:
		return feel_context(parser);
	default:
		return feel_expected(parser, "an expression");
	}
}

bool feel_begins_expression(const struct lex_token *token)
{
	static const char *const words[] = { "null", "true", "false", "if",
		"for", "some", "every", "function" };
	size_t i;

	switch (token->kind) {
	case LEX_NUMBER:
	case LEX_STRING:
	case LEX_AT:
	case LEX_QUESTION:
	case LEX_OPEN:
	case LEX_SQUARE_OPEN:
	case LEX_BRACE_OPEN:
	case LEX_MINUS:
		return true;
	case LEX_WORD:
		for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
			if (text_is(token->text, words[i]))
				return true;
		return !feel_names_is_keyword(token->text);
	default:
		return false;
	}
}

/* `. name`; the present token is the dot. */
static const struct feel_node *path(
	struct feel_parser *parser, const struct feel_node *base)
{
	struct lex_token where;
	struct feel_node *node;
	struct text name;

	if (!feel_advance(parser))
		return NULL;
	where = parser->token;
	if (where.kind != LEX_WORD)
		return feel_expected(parser, "a name after \".\"");
	if (!feel_resolve_name(parser, FEEL_SCOPE_PATH, &name))
		return NULL;
	node = feel_node_new(parser, FEEL_NODE_PATH, &where, &base, 1);
	if (node)
		node->name = name;
	return node;
}

static const struct feel_node *filter(
	struct feel_parser *parser, const struct feel_node *base)
{
	struct lex_token where = parser->token;
	const struct feel_node *kids[2] = { base, NULL };

	if (!feel_advance(parser))
		return NULL;
	parser->filters++;
	kids[1] = feel_expression(parser);
	parser->filters--;
	if (!feel_need(parser, LEX_SQUARE_CLOSE, "\"]\" after the filter"))
		return NULL;
	return feel_node_new(parser, FEEL_NODE_FILTER, &where, kids, 2);
}

/* Gather the arguments of a call; the bracket is behind us. */
static bool arguments(struct feel_parser *parser)
{
	bool named = feel_at_key(parser);
	struct text name = no_name;

	do {
		if (named != feel_at_key(parser))
			return feel_refuse(parser, &parser->token,
				"either all arguments of a call are named or "
				"none is");
		if (named && (!feel_read_name(parser, NULL, &name) ||
				     !feel_advance(parser)))
			return false;
		if (!feel_gather(parser, feel_expression(parser), name, NULL))
			return false;
	} while (feel_accept(parser, LEX_COMMA));
	return true;
}

static const struct feel_node *call(
	struct feel_parser *parser, const struct feel_node *base)
{
	struct lex_token where = parser->token;
	size_t from = parser->part_count;

	where.line = base->line;
	where.column = base->column;
	if (!feel_advance(parser) || !feel_gather(parser, base, no_name, NULL))
		return NULL;
	if (parser->token.kind != LEX_CLOSE && !arguments(parser))
		return NULL;
	if (!feel_need(parser, LEX_CLOSE, "\",\" or \")\" after an argument"))
		return NULL;
	return feel_node_gathered(parser, FEEL_NODE_CALL, &where, from,
		parser->part_count - from - 1);
}

static const struct feel_node *instance(
	struct feel_parser *parser, const struct feel_node *base)
{
	struct lex_token where = parser->token;
	const struct feel_type_ref **types;
	struct feel_node *node;

	if (!feel_advance(parser) ||
		!feel_need_word(parser, "of", "\"of\" after \"instance\""))
		return NULL;
	types = arena_zeroed(parser->arena, 1, sizeof(*types));
	if (!types)
		return feel_no_memory(parser);
	types[0] = feel_type(parser);
	node = feel_node_new(parser, FEEL_NODE_INSTANCE, &where, &base, 1);
	if (node)
		node->types = types;
	return node;
}

/* At a filter? `[` may also close a range: [1..10[ */
static bool at_filter(const struct feel_parser *parser)
{
	struct lex_token next;

	if (parser->token.kind != LEX_SQUARE_OPEN)
		return false;
	next = feel_peek(parser);
	return feel_begins_expression(&next);
}

const struct feel_node *feel_postfix(
	struct feel_parser *parser, const struct feel_node *base)
{
	while (base && parser->code == SHK_OK) {
		if (parser->token.kind == LEX_DOT)
			base = path(parser, base);
		else if (parser->token.kind == LEX_OPEN)
			base = call(parser, base);
		else if (at_filter(parser))
			base = filter(parser, base);
		else
			break;
	}
	while (base && feel_at_word(parser, "instance"))
		base = instance(parser, base);
	return base;
}
