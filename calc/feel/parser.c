/*
 * The parser's ground floor: entry points, tokens, failures with their place,
 * and the making of nodes. Depth is bounded twice: the parser's own recursion
 * (a million open brackets must not end the stack) and the height of the tree
 * (whoever walks it recurses).
 */
#include "feel/parser.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"

#define EXCERPT_MAX 40 /* bytes of a token that a message repeats */

/* Every node of the parser is made so; the height is for the ceiling. */
struct tall_node {
	struct feel_node node;
	unsigned height;
};

static void *fail(struct feel_parser *parser, enum shk_code code,
	const struct lex_token *where, const char *message)
{
	if (parser->code == SHK_OK) {
		parser->code = diag_set(parser->diag, code, "%s", message);
		diag_place(
			parser->diag, parser->path, where->line, where->column);
	}
	return NULL;
}

void *feel_refuse(struct feel_parser *parser, const struct lex_token *where,
	const char *format, ...)
{
	char message[SHK_DIAG_MESSAGE];
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	return fail(parser, SHK_E_RULES, where, message);
}

/* Bytes of `text` that fit an excerpt, whole characters only. */
static int excerpt(struct text text)
{
	size_t size = text.size < EXCERPT_MAX ? text.size : EXCERPT_MAX;

	while (size < text.size && size > 0 &&
		((unsigned char)text.data[size] & 0xC0) == 0x80)
		size--;
	return (int)size;
}

void *feel_expected(struct feel_parser *parser, const char *what)
{
	const struct lex_token *token = &parser->token;
	const struct lex_token *before = &parser->before;

	if (token->kind == LEX_END)
		return feel_refuse(parser, token,
			"expected %s, but the expression ends here", what);
	if (token->kind == LEX_WORD && before->kind == LEX_WORD &&
		!feel_names_is_keyword(before->text) &&
		!feel_names_is_keyword(token->text))
		return feel_refuse(parser, token,
			"expected %s, not \"%.*s\": no name in scope reads "
			"\"%.*s %.*s\"",
			what, excerpt(token->text), token->text.data,
			excerpt(before->text), before->text.data,
			excerpt(token->text), token->text.data);
	return feel_refuse(parser, token, "expected %s, not \"%.*s\"", what,
		excerpt(token->text), token->text.data);
}

void *feel_over_limit(struct feel_parser *parser, const char *message)
{
	return fail(parser, SHK_E_LIMIT, &parser->token, message);
}

void *feel_too_deep(struct feel_parser *parser)
{
	char message[80];

	snprintf(message, sizeof(message),
		"the expression is nested deeper than %d levels",
		FEEL_DEPTH_MAX);
	return feel_over_limit(parser, message);
}

void *feel_no_memory(struct feel_parser *parser)
{
	if (parser->code == SHK_OK)
		parser->code = diag_memory(parser->diag);
	return NULL;
}

bool feel_advance(struct feel_parser *parser)
{
	if (parser->code != SHK_OK)
		return false;
	parser->before = parser->token;
	feel_lexer_next(&parser->lexer, &parser->token);
	if (parser->token.kind == LEX_BAD)
		feel_refuse(
			parser, &parser->token, "%s", parser->token.problem);
	return parser->code == SHK_OK;
}

bool feel_accept(struct feel_parser *parser, enum lex_kind kind)
{
	return parser->token.kind == kind && feel_advance(parser);
}

bool feel_need(struct feel_parser *parser, enum lex_kind kind, const char *what)
{
	if (parser->code == SHK_OK && parser->token.kind != kind)
		feel_expected(parser, what);
	return feel_advance(parser);
}

bool feel_at_word(const struct feel_parser *parser, const char *word)
{
	return parser->token.kind == LEX_WORD &&
	       text_is(parser->token.text, word);
}

bool feel_need_word(
	struct feel_parser *parser, const char *word, const char *what)
{
	if (parser->code == SHK_OK && !feel_at_word(parser, word))
		feel_expected(parser, what);
	return feel_advance(parser);
}

struct lex_token feel_peek(const struct feel_parser *parser)
{
	struct lexer ahead = parser->lexer;
	struct lex_token token;

	feel_lexer_next(&ahead, &token);
	return token;
}

bool feel_enter(struct feel_parser *parser)
{
	if (parser->code != SHK_OK)
		return false;
	if (parser->depth >= FEEL_NESTING_MAX) {
		feel_too_deep(parser);
		return false;
	}
	parser->depth++;
	return true;
}

void feel_leave(struct feel_parser *parser)
{
	parser->depth--;
}

/* Copy the kids of a node and note its height; false on any failure. */
static bool adopt(struct feel_parser *parser, struct tall_node *tall,
	const struct feel_node *const *kids, size_t count)
{
	const struct feel_node **copy;
	size_t i;

	tall->height = 1;
	if (count == 0)
		return true;
	copy = arena_zeroed(parser->arena, count, sizeof(*copy));
	if (!copy)
		return feel_no_memory(parser);
	for (i = 0; i < count; i++) {
		const struct tall_node *kid = (const void *)kids[i];

		copy[i] = kids[i];
		if (!kid && tall->node.kind == FEEL_NODE_RANGE)
			continue;
		if (!kid)
			return false;
		if (kid->height >= tall->height)
			tall->height = kid->height + 1;
	}
	tall->node.kids = copy;
	tall->node.count = count;
	if (tall->height > FEEL_DEPTH_MAX)
		return feel_too_deep(parser);
	return true;
}

struct feel_node *feel_node_new(struct feel_parser *parser,
	enum feel_node_kind kind, const struct lex_token *where,
	const struct feel_node *const *kids, size_t count)
{
	struct tall_node *tall;

	if (parser->code != SHK_OK)
		return NULL;
	tall = arena_zeroed(parser->arena, 1, sizeof(*tall));
	if (!tall)
		return feel_no_memory(parser);
	tall->node.kind = kind;
	tall->node.mark = FEEL_NO_MARK;
	tall->node.line = where->line;
	tall->node.column = where->column;
	return adopt(parser, tall, kids, count) ? &tall->node : NULL;
}

bool feel_gather(struct feel_parser *parser, const struct feel_node *kid,
	struct text name, const struct feel_type_ref *type)
{
	void *parts = parser->parts;

	if (parser->code != SHK_OK)
		return false;
	if (!memory_grow(&parts, &parser->part_capacity, parser->part_count + 1,
		    sizeof(*parser->parts)))
		return feel_no_memory(parser);
	parser->parts = parts;
	parser->parts[parser->part_count++] =
		(struct feel_part){ .kid = kid, .name = name, .type = type };
	return true;
}

/* Names and types of the gathered parts go to the node. */
static bool adopt_names(struct feel_parser *parser, struct feel_node *node,
	size_t from, size_t count)
{
	struct text *names;
	const struct feel_type_ref **types;
	size_t i;

	if (count == 0)
		return true;
	names = arena_zeroed(parser->arena, count, sizeof(*names));
	types = arena_zeroed(parser->arena, count, sizeof(*types));
	if (!names || !types)
		return feel_no_memory(parser);
	for (i = 0; i < count; i++) {
		names[i] = parser->parts[from + i].name;
		types[i] = parser->parts[from + i].type;
	}
	node->name_count = count;
	node->names = names;
	if (node->kind == FEEL_NODE_FUNCTION)
		node->types = types;
	return true;
}

struct feel_node *feel_node_gathered(struct feel_parser *parser,
	enum feel_node_kind kind, const struct lex_token *where, size_t from,
	size_t names)
{
	size_t to = parser->part_count;
	const struct feel_node **kids;
	struct feel_node *node;
	size_t kid_count = 0;
	size_t i;

	parser->part_count = from;
	if (parser->code != SHK_OK)
		return NULL;
	kids = arena_zeroed(parser->arena, to - from + 1, sizeof(*kids));
	if (!kids)
		return feel_no_memory(parser);
	for (i = from; i < to; i++)
		if (kind != FEEL_NODE_FUNCTION || parser->parts[i].kid)
			kids[kid_count++] = parser->parts[i].kid;
	node = feel_node_new(parser, kind, where, kids, kid_count);
	if (kind == FEEL_NODE_CALL)
		from++;
	if (node && !adopt_names(parser, node, from, names))
		return NULL;
	return node;
}

static void begin(struct feel_parser *parser, struct arena *arena,
	struct text source, struct feel_place place,
	const struct feel_names *names, shk_diag *diag)
{
	memset(parser, 0, sizeof(*parser));
	parser->arena = arena;
	parser->path = place.path;
	parser->names = names;
	parser->diag = diag;
	if (!source.data)
		source.data = "";
	feel_lexer_init(&parser->lexer, source, place.line, place.column);
	parser->token.line = parser->lexer.line;
	parser->token.column = parser->lexer.column;
	if (source.size > FEEL_TEXT_MAX)
		fail(parser, SHK_E_LIMIT, &parser->token,
			"the expression is longer than 1 MiB");
	else if (utf8_valid(source.data, source.size) != source.size)
		fail(parser, SHK_E_RULES, &parser->token,
			"the expression is not valid UTF-8");
	else
		feel_advance(parser);
	parser->before.kind = LEX_END;
}

/* Nothing may be left over; hands out the code. */
static enum shk_code end(struct feel_parser *parser, const char *what)
{
	if (parser->code == SHK_OK && parser->token.kind != LEX_END)
		feel_expected(parser, what);
	memory_free(parser->parts);
	return parser->code;
}

enum shk_code feel_parse(struct arena *arena, struct text source,
	struct feel_place place, const struct feel_names *names,
	const struct feel_node **out, shk_diag *diag)
{
	struct feel_parser parser;

	begin(&parser, arena, source, place, names, diag);
	*out = feel_expression(&parser);
	return end(&parser, "an operator or the end of the expression");
}

enum shk_code feel_parse_tests(struct arena *arena, struct text source,
	struct feel_place place, const struct feel_names *names,
	const struct feel_node **out, shk_diag *diag)
{
	struct feel_parser parser;

	begin(&parser, arena, source, place, names, diag);
	*out = feel_all_tests(&parser);
	return end(&parser, "\",\" or the end of the tests");
}

enum shk_code feel_parse_type(struct arena *arena, struct text source,
	struct feel_place place, const struct feel_type_ref **out,
	shk_diag *diag)
{
	struct feel_parser parser;

	begin(&parser, arena, source, place, NULL, diag);
	parser.type_only = true;
	*out = feel_type(&parser);
	return end(&parser, "the end of the type");
}
