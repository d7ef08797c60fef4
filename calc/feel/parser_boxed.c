/*
 * Expressions that a keyword or a bracket opens: if, for, some, every,
 * function, lists, ranges and contexts.
 */
#include "feel/parser.h"

static const struct text no_name = { "", 0 };

const struct feel_node *feel_range_rest(struct feel_parser *parser,
	const struct lex_token *where, const struct feel_node *low,
	bool low_closed)
{
	const struct feel_node *kids[2] = { low, feel_expression(parser) };
	struct feel_node *node;
	bool closed = parser->token.kind == LEX_SQUARE_CLOSE;

	if (parser->code != SHK_OK)
		return NULL;
	if (!closed && parser->token.kind != LEX_CLOSE &&
		parser->token.kind != LEX_SQUARE_OPEN)
		return feel_expected(
			parser, "\"]\", \")\" or \"[\" after the upper bound");
	if (!feel_advance(parser))
		return NULL;
	node = feel_node_new(parser, FEEL_NODE_RANGE, where, kids, 2);
	if (node) {
		node->low_closed = low_closed;
		node->high_closed = closed;
	}
	return node;
}

const struct feel_node *feel_list_or_range(struct feel_parser *parser)
{
	struct lex_token where = parser->token;
	size_t from = parser->part_count;
	const struct feel_node *kid;

	if (!feel_advance(parser))
		return NULL;
	if (where.kind == LEX_SQUARE_CLOSE) {
		kid = feel_expression(parser);
		if (!feel_need(
			    parser, LEX_DOTS, "\"..\" after the lower bound"))
			return NULL;
		return feel_range_rest(parser, &where, kid, false);
	}
	if (feel_accept(parser, LEX_SQUARE_CLOSE))
		return feel_node_new(parser, FEEL_NODE_LIST, &where, NULL, 0);
	kid = feel_expression(parser);
	if (feel_accept(parser, LEX_DOTS))
		return feel_range_rest(parser, &where, kid, true);
	while (feel_gather(parser, kid, no_name, NULL) &&
		feel_accept(parser, LEX_COMMA))
		kid = feel_expression(parser);
	if (!feel_need(parser, LEX_SQUARE_CLOSE,
		    "\",\" or \"]\" after an item of the list"))
		return NULL;
	return feel_node_gathered(parser, FEEL_NODE_LIST, &where, from, 0);
}

/* The key of an entry: a name or a string. */
static bool key(struct feel_parser *parser, struct text *name)
{
	const char *problem;

	if (parser->token.kind != LEX_STRING)
		return feel_read_name(parser, NULL, name);
	problem = feel_lexer_string(parser->arena, parser->token.text, name);
	if (problem)
		return feel_refuse(parser, &parser->token, "%s", problem);
	if (!name->data)
		return feel_no_memory(parser);
	return feel_advance(parser);
}

static bool entries(struct feel_parser *parser)
{
	struct text name;

	do {
		if (!key(parser, &name) ||
			!feel_need(parser, LEX_COLON,
				"\":\" after the key of an entry") ||
			!feel_gather(
				parser, feel_expression(parser), name, NULL) ||
			!feel_declare_key(parser, name))
			return false;
	} while (feel_accept(parser, LEX_COMMA));
	return true;
}

const struct feel_node *feel_context(struct feel_parser *parser)
{
	struct lex_token where = parser->token;
	const struct feel_local *locals = parser->locals;
	size_t from = parser->part_count;

	if (!feel_advance(parser))
		return NULL;
	if (parser->token.kind != LEX_BRACE_CLOSE && !entries(parser))
		return NULL;
	parser->locals = locals;
	if (!feel_need(parser, LEX_BRACE_CLOSE,
		    "\",\" or \"}\" after an entry of the context"))
		return NULL;
	return feel_node_gathered(parser, FEEL_NODE_CONTEXT, &where, from,
		parser->part_count - from);
}

static const struct feel_node *conditional(
	struct feel_parser *parser, const struct lex_token *where)
{
	const struct feel_node *kids[3];

	kids[0] = feel_expression(parser);
	if (!feel_need_word(
		    parser, "then", "\"then\" after the condition of \"if\""))
		return NULL;
	kids[1] = feel_expression(parser);
	if (!feel_need_word(
		    parser, "else", "\"else\" after the branch of \"then\""))
		return NULL;
	kids[2] = feel_expression(parser);
	return feel_node_new(parser, FEEL_NODE_IF, where, kids, 3);
}

/* What a name runs over: a list, or `1..10`, which is a closed range. */
static const struct feel_node *domain(struct feel_parser *parser)
{
	struct lex_token where = parser->token;
	const struct feel_node *kids[2] = { feel_expression(parser), NULL };
	struct feel_node *node;

	if (!feel_accept(parser, LEX_DOTS))
		return kids[0];
	kids[1] = feel_expression(parser);
	node = feel_node_new(parser, FEEL_NODE_RANGE, &where, kids, 2);
	if (node)
		node->low_closed = node->high_closed = node->iteration = true;
	return node;
}

static bool iterations(struct feel_parser *parser)
{
	struct text name;

	do {
		if (!feel_read_name(parser, "in", &name) ||
			!feel_need_word(parser, "in",
				"\"in\" after the name of the iteration") ||
			!feel_gather(parser, domain(parser), name, NULL) ||
			!feel_declare(parser, name))
			return false;
	} while (feel_accept(parser, LEX_COMMA));
	return true;
}

/* for, some, every; the keyword is behind us. */
static const struct feel_node *iteration(struct feel_parser *parser,
	const struct lex_token *where, enum feel_node_kind kind)
{
	const struct feel_local *locals = parser->locals;
	size_t from = parser->part_count;
	bool loop = kind == FEEL_NODE_FOR;

	if (!iterations(parser) ||
		!feel_need_word(parser, loop ? "return" : "satisfies",
			loop ? "\",\" or \"return\" after the list of \"for\""
			     : "\",\" or \"satisfies\" after the list") ||
		!feel_gather(parser, feel_expression(parser), no_name, NULL))
		return NULL;
	parser->locals = locals;
	return feel_node_gathered(
		parser, kind, where, from, parser->part_count - from - 1);
}

static bool parameters(struct feel_parser *parser)
{
	struct text name;

	do {
		const struct feel_type_ref *type = NULL;

		if (!feel_read_name(parser, NULL, &name))
			return false;
		if (feel_accept(parser, LEX_COLON))
			type = feel_type(parser);
		if (!feel_gather(parser, NULL, name, type) ||
			!feel_declare(parser, name))
			return false;
	} while (feel_accept(parser, LEX_COMMA));
	return true;
}

/* `external {...}` is kept as a call of `external`. */
static const struct feel_node *body(struct feel_parser *parser)
{
	struct lex_token where = parser->token;

	if (!feel_at_word(parser, "external"))
		return feel_expression(parser);
	if (!feel_advance(parser))
		return NULL;
	return feel_call_of(
		parser, &where, "external", feel_expression(parser));
}

static const struct feel_node *function(
	struct feel_parser *parser, const struct lex_token *where)
{
	const struct feel_local *locals = parser->locals;
	size_t from = parser->part_count;
	const struct feel_node *kid;

	if (!feel_need(parser, LEX_OPEN, "\"(\" after \"function\""))
		return NULL;
	if (parser->token.kind != LEX_CLOSE && !parameters(parser))
		return NULL;
	if (!feel_need(parser, LEX_CLOSE, "\",\" or \")\" after a parameter"))
		return NULL;
	kid = body(parser);
	parser->locals = locals;
	if (!kid || !feel_gather(parser, kid, no_name, NULL))
		return NULL;
	return feel_node_gathered(parser, FEEL_NODE_FUNCTION, where, from,
		parser->part_count - from - 1);
}

const struct feel_node *feel_keyword_expression(struct feel_parser *parser)
{
	struct lex_token where = parser->token;
	struct text keyword = where.text;

	if (!feel_begins_expression(&where))
		return feel_expected(parser, "an expression");
	if (!feel_advance(parser))
		return NULL;
	if (text_is(keyword, "if"))
		return conditional(parser, &where);
	if (text_is(keyword, "for"))
		return iteration(parser, &where, FEEL_NODE_FOR);
	if (text_is(keyword, "some"))
		return iteration(parser, &where, FEEL_NODE_SOME);
	if (text_is(keyword, "every"))
		return iteration(parser, &where, FEEL_NODE_EVERY);
	return function(parser, &where);
}
