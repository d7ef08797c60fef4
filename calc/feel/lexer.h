/*
 * Tokens of FEEL text, one at a time. The lexer knows nothing of scope: a
 * name with spaces is several tokens, which the parser joins. A lexer is a
 * small value: copying it is how one looks ahead.
 */
#ifndef FEEL_LEXER_H
#define FEEL_LEXER_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"

enum lex_kind {
	LEX_END,
	LEX_BAD, /* not FEEL: `problem` says why */
	LEX_NUMBER,
	LEX_STRING, /* with its quotes and escapes */
	LEX_WORD,   /* one word of a name, or a keyword */
	LEX_OPEN,   /* ( */
	LEX_CLOSE,
	LEX_SQUARE_OPEN,
	LEX_SQUARE_CLOSE,
	LEX_BRACE_OPEN,
	LEX_BRACE_CLOSE,
	LEX_COMMA,
	LEX_COLON,
	LEX_DOT,
	LEX_DOTS, /* .. */
	LEX_PLUS,
	LEX_MINUS,
	LEX_STAR,
	LEX_POWER, /* ** */
	LEX_SLASH,
	LEX_EQ,
	LEX_NE,
	LEX_LT,
	LEX_LE,
	LEX_GT,
	LEX_GE,
	LEX_ARROW, /* -> */
	LEX_AT,
	LEX_QUESTION,
	LEX_APOSTROPHE
};

struct lex_token {
	enum lex_kind kind;
	struct text text;    /* as written */
	long line;	     /* 1-based */
	long column;	     /* 1-based, in characters */
	const char *problem; /* LEX_BAD: what was expected */
};

struct lexer {
	const char *at;
	const char *end;
	long line;
	long column;
};

/* `source` must be valid UTF-8; its first character stands at line, column. */
void feel_lexer_init(
	struct lexer *lexer, struct text source, long line, long column);

/* The next token; LEX_END for ever once the text is used up. */
void feel_lexer_next(struct lexer *lexer, struct lex_token *token);

/*
 * The characters that a LEX_STRING token stands for, in `arena`. An unknown
 * escape such as `\d` stands for itself (patterns of replace() need it).
 * Returns NULL, or what is wrong; `*out` without data is lack of memory.
 */
const char *feel_lexer_string(
	struct arena *arena, struct text literal, struct text *out);

/* True when the code point may begin (continue) a word of a name. */
bool feel_lexer_begins_word(uint32_t code);
bool feel_lexer_continues_word(uint32_t code);

#endif
