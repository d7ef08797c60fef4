/*
 * Names in the parser. A FEEL name may hold spaces and some of the symbols
 * of arithmetic, so that only the scope tells where it ends: the longest
 * known name wins. Names are kept normalised: one space where the source has
 * any blank between two pieces, none where it has none.
 */
#include "feel/parser.h"

#include <string.h>

/* A name that is being read, piece by piece. */
struct candidate {
	char data[FEEL_NAME_MAX];
	size_t size;
	const char *end; /* in the source, of the last piece */
};

bool feel_is_name_piece(enum lex_kind kind)
{
	switch (kind) {
	case LEX_WORD:
	case LEX_NUMBER:
	case LEX_DOT:
	case LEX_SLASH:
	case LEX_MINUS:
	case LEX_APOSTROPHE:
	case LEX_PLUS:
	case LEX_STAR:
	case LEX_POWER:
	case LEX_QUESTION:
		return true;
	default:
		return false;
	}
}

/* Append a token; false when it is no part of a name or the name is full. */
static bool append(struct candidate *candidate, const struct lex_token *token)
{
	bool space = candidate->end && token->text.data != candidate->end;

	if (!feel_is_name_piece(token->kind) ||
		candidate->size + space + token->text.size > FEEL_NAME_MAX)
		return false;
	if (space)
		candidate->data[candidate->size++] = ' ';
	memcpy(candidate->data + candidate->size, token->text.data,
		token->text.size);
	candidate->size += token->text.size;
	candidate->end = token->text.data + token->text.size;
	return true;
}

static struct text text_so_far(const struct candidate *candidate)
{
	return (struct text){ candidate->data, candidate->size };
}

/* Is the candidate a name of the list (or, with `longer`, the start of one)? */
static bool in_list(
	const struct feel_local *list, struct text name, bool longer)
{
	for (; list; list = list->outer) {
		if (longer ? list->name.size > name.size &&
					memcmp(list->name.data, name.data,
						name.size) == 0
			   : text_equal(list->name, name))
			return true;
	}
	return false;
}

/* Names that the model or the expression itself gives. */
static bool is_given(const struct feel_parser *parser, enum feel_scope scope,
	struct text name, bool longer)
{
	const struct feel_names *names = parser->names;

	if (names && (longer ? names->is_prefix(names->context, name)
			     : names->is_name(names->context, name)))
		return true;
	if (scope == FEEL_SCOPE_EXPRESSION &&
		in_list(parser->locals, name, longer))
		return true;
	return (scope == FEEL_SCOPE_PATH || parser->filters > 0) &&
	       in_list(parser->keys, name, longer);
}

static enum feel_word_table table_of(enum feel_scope scope)
{
	static const enum feel_word_table tables[] = { FEEL_BUILTIN_NAMES,
		FEEL_PROPERTY_NAMES, FEEL_TYPE_NAMES };

	return tables[scope];
}

/* What scanning for a name found: tokens and bytes of the longest matches. */
struct match {
	size_t given_tokens;
	size_t given_size;
	size_t builtin_tokens;
	size_t builtin_size;
	enum lex_kind after_builtin;
};

/*
 * Read on from the present token as long as a longer known name may follow.
 * `candidate` holds what was read.
 */
static struct match scan(const struct feel_parser *parser,
	enum feel_scope scope, struct candidate *candidate)
{
	struct lexer ahead = parser->lexer;
	struct lex_token token = parser->token;
	struct match match = { 0, 0, 0, 0, LEX_END };
	enum feel_word_table table = table_of(scope);
	size_t tokens = 0;
	bool more = true;

	candidate->size = 0;
	candidate->end = NULL;
	while (more && append(candidate, &token)) {
		struct text name = text_so_far(candidate);

		tokens++;
		feel_lexer_next(&ahead, &token);
		if (is_given(parser, scope, name, false)) {
			match.given_tokens = tokens;
			match.given_size = name.size;
		}
		if (feel_names_has(table, name)) {
			match.builtin_tokens = tokens;
			match.builtin_size = name.size;
			match.after_builtin = token.kind;
		}
		more = is_given(parser, scope, name, true) ||
		       feel_names_begins(table, name);
	}
	return match;
}

static bool keep_text(
	struct feel_parser *parser, struct text text, struct text *out)
{
	out->size = text.size;
	out->data = arena_text(parser->arena, text.data, text.size);
	if (!out->data)
		feel_no_memory(parser);
	return out->data != NULL;
}

/*
 * A given name wins over a built-in one of the same words. A longer built-in
 * name wins only where nothing shorter is given or where it is called:
 * `date and time` of two given names is a conjunction, `date and time(` is not.
 */
bool feel_resolve_name(
	struct feel_parser *parser, enum feel_scope scope, struct text *out)
{
	struct candidate candidate;
	struct match match = scan(parser, scope, &candidate);
	size_t tokens = match.given_tokens;
	size_t size = match.given_size;

	if (match.builtin_tokens > tokens &&
		(tokens == 0 || scope != FEEL_SCOPE_EXPRESSION ||
			match.after_builtin == LEX_OPEN)) {
		tokens = match.builtin_tokens;
		size = match.builtin_size;
	}
	if (tokens <= 1) {
		if (!keep_text(parser, parser->token.text, out))
			return false;
		return feel_advance(parser);
	}
	if (!keep_text(parser, (struct text){ candidate.data, size }, out))
		return false;
	for (; tokens > 0; tokens--)
		if (!feel_advance(parser))
			return false;
	return true;
}

bool feel_at_long_name(const struct feel_parser *parser)
{
	struct candidate candidate;

	return scan(parser, FEEL_SCOPE_EXPRESSION, &candidate).given_tokens > 1;
}

bool feel_read_name(
	struct feel_parser *parser, const char *stop_word, struct text *out)
{
	struct candidate candidate = { .size = 0, .end = NULL };

	if (parser->code != SHK_OK)
		return false;
	if (parser->token.kind != LEX_WORD)
		return feel_expected(parser, "a name");
	while (feel_is_name_piece(parser->token.kind)) {
		if (candidate.size > 0 && stop_word &&
			feel_at_word(parser, stop_word))
			break;
		if (!append(&candidate, &parser->token))
			return feel_refuse(parser, &parser->token,
				"this name is longer than %d bytes",
				FEEL_NAME_MAX);
		if (!feel_advance(parser))
			return false;
	}
	return keep_text(parser, text_so_far(&candidate), out);
}

bool feel_at_key(const struct feel_parser *parser)
{
	struct lexer ahead = parser->lexer;
	struct lex_token token = parser->token;
	size_t size = 0;

	if (token.kind != LEX_WORD)
		return false;
	while (feel_is_name_piece(token.kind) && size <= FEEL_NAME_MAX) {
		size += token.text.size;
		feel_lexer_next(&ahead, &token);
	}
	return token.kind == LEX_COLON;
}

static bool push(struct feel_parser *parser, struct text name,
	const struct feel_local **list)
{
	struct feel_local *local;

	if (parser->code != SHK_OK)
		return false;
	if (*list && (*list)->count >= FEEL_LOCALS_MAX)
		return feel_over_limit(parser,
			"the expression has more than 4096 names in scope");
	local = arena_alloc(parser->arena, sizeof(*local));
	if (!local)
		return feel_no_memory(parser);
	local->name = name;
	local->outer = *list;
	local->count = *list ? (*list)->count + 1 : 1;
	*list = local;
	return true;
}

bool feel_declare(struct feel_parser *parser, struct text name)
{
	return push(parser, name, &parser->locals);
}

bool feel_declare_key(struct feel_parser *parser, struct text name)
{
	if (!in_list(parser->keys, name, false) &&
		!push(parser, name, &parser->keys))
		return false;
	return push(parser, name, &parser->locals);
}
