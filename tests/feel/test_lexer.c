/*
 * The lexer: kinds and extents of tokens, places in characters, escapes of
 * strings, and what is refused.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "feel/ast.h"
#include "feel/lexer.h"

/* Kinds of all tokens as a word of letters, up to the end or a bad one. */
static void kinds_of(const char *source, char *out)
{
	static const char map[] = { [LEX_END] = '$',
		[LEX_BAD] = '!',
		[LEX_NUMBER] = 'n',
		[LEX_STRING] = 's',
		[LEX_WORD] = 'w',
		[LEX_OPEN] = '(',
		[LEX_CLOSE] = ')',
		[LEX_SQUARE_OPEN] = '[',
		[LEX_SQUARE_CLOSE] = ']',
		[LEX_BRACE_OPEN] = '{',
		[LEX_BRACE_CLOSE] = '}',
		[LEX_COMMA] = ',',
		[LEX_COLON] = ':',
		[LEX_DOT] = '.',
		[LEX_DOTS] = '~',
		[LEX_PLUS] = '+',
		[LEX_MINUS] = '-',
		[LEX_STAR] = '*',
		[LEX_POWER] = '^',
		[LEX_SLASH] = '/',
		[LEX_EQ] = '=',
		[LEX_NE] = '#',
		[LEX_LT] = '<',
		[LEX_LE] = 'l',
		[LEX_GT] = '>',
		[LEX_GE] = 'g',
		[LEX_ARROW] = 'A',
		[LEX_AT] = '@',
		[LEX_QUESTION] = '?',
		[LEX_APOSTROPHE] = '\'' };
	struct lexer lexer;
	struct lex_token token;

	feel_lexer_init(&lexer, text_of(source), 1, 1);
	do {
		feel_lexer_next(&lexer, &token);
		*out++ = map[token.kind];
	} while (token.kind != LEX_END && token.kind != LEX_BAD);
	*out = 0;
}

Test(lexer, kinds)
{
	static const char *const rows[][2] = {
		{ "", "$" }, { "  \t\r\n ", "$" },
		{ "1 2.5 .5 1.2E3 1e-4 12.", "nnnnnn.$" }, { "1..2", "n~n$" },
		{ "1.e", "n.w$" }, { "1e", "nw$" }, { "1E+", "nw+$" },
		{ "a1 _b \xE5\x84\x9F\xE9\x82\x84 caf\xC3\xA9", "wwww$" },
		{ "a\xE3\x80\x80"
		  "b",
			"ww$" }, /* ideographic space */
		{ "\xEF\xBB\xBF"
		  "a",
			"w$" }, /* byte order mark */
		{ "\"a\" \"\\\"\" \"\"", "sss$" }, { "a // b\n c", "ww$" },
		{ "a // b", "w$" }, { "a /* b \n * / */ c", "ww$" },
		{ "a /**/ c /***/", "ww$" },
		{ "( ) [ ] { } , : . .. + - * ** / = != < <= > >= -> @ ? '",
			"()[]{},:.~+-*^/=#<l>gA@?'$" },
		{ "a->b --1 <=> =<", "wAw--nl>=<$" }, { "...", "~.$" },
		{ "a;b", "w!" }, { "a ! b", "w!" }, { "\"abc", "!" },
		{ "\"abc\\\"", "!" }, { "a /* b *", "w!" }, { "\x01", "!" },
		{ "\xC3\x97", "!" }, /* multiplication sign: no letter */
	};
	char kinds[128];
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		kinds_of(rows[i][0], kinds);
		cr_expect_str_eq(
			kinds, rows[i][1], "row %zu: %s", i, rows[i][0]);
	}
}

Test(lexer, places_in_characters)
{
	static const struct {
		const char *text;
		long line;
		long column;
	} rows[] = {
		{ "\xE5\x84\x9F", 7, 5 },
		{ "+", 7, 7 },
		{ "b", 8, 3 },
		{ "\"x\ny\"", 8, 5 },
		{ "c", 9, 4 },
		{ "", 9, 5 },
	};
	struct lexer lexer;
	struct lex_token token;
	size_t i;

	feel_lexer_init(
		&lexer, text_of("\xE5\x84\x9F + // z\n  b \"x\ny\" c"), 7, 5);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		feel_lexer_next(&lexer, &token);
		cr_expect(text_is(token.text, rows[i].text), "row %zu", i);
		cr_expect_eq(token.line, rows[i].line, "row %zu: line %ld", i,
			token.line);
		cr_expect_eq(token.column, rows[i].column,
			"row %zu: column %ld", i, token.column);
	}
	feel_lexer_next(&lexer, &token);
	cr_expect_eq(token.kind, LEX_END);
}

Test(lexer, strings)
{
	static const char *const rows[][2] = {
		{ "\"\"", "" },
		{ "\"a b\"", "a b" },
		{ "\"\\n\\t\\r\\\"\\\\\\'\"", "\n\t\r\"\\'" },
		{ "\"\\u0041\\u00e9\"", "A\xC3\xA9" },
		{ "\"\\U01F40E\"", "\xF0\x9F\x90\x8E" },
		{ "\"\\uD83D\\uDC0E!\"", "\xF0\x9F\x90\x8E!" },
		{ "\"\\d\\s+\"", "\\d\\s+" },
		{ "\"\\u12G4\"", NULL },
		{ "\"\\u12\"", NULL },
		{ "\"\\uD83D\"", NULL },
		{ "\"\\uD83Dx\"", NULL },
		{ "\"\\uD83D\\u0041\"", NULL },
		{ "\"\\uDC0E\"", NULL },
		{ "\"\\U110000\"", NULL },
		{ "\"\\U00D83D\"", NULL },
	};
	struct arena arena;
	size_t i;

	arena_init(&arena);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct text out;
		const char *problem =
			feel_lexer_string(&arena, text_of(rows[i][0]), &out);

		cr_expect_eq(problem == NULL, rows[i][1] != NULL, "row %zu: %s",
			i, rows[i][0]);
		if (!problem && rows[i][1])
			cr_expect(text_is(out, rows[i][1]), "row %zu: %s", i,
				rows[i][0]);
	}
	arena_release(&arena);
}

/* Escapes that are refused: too few digits, half of a pair, no character. */
Test(lexer, escapes_that_are_none)
{
	static const char *const rows[] = { "\\u", "\\u00g0", "\\u00G0",
		"\\u00/0", "\\u00:0", "\\u00`0", "\\u00@0", "\\u12", "\\U12345",
		"\\uD83D", "\\uD83Dx", "\\uD83Dxxxxxx", "\\uD83D\\nxxxxx",
		"\\uD83D\\uxxxx", "\\uD83D\\u0041", "\\uD83D\\uE000", "\\uDC0E",
		"\\UFFFFFF", "\\U00D800" };
	struct buffer source;

	buffer_init(&source);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct feel_place place = { "t", 1, 1 };
		const struct feel_node *node = NULL;
		struct arena arena;
		shk_diag diag = { 0 };

		arena_init(&arena);
		buffer_clear(&source);
		buffer_format(&source, "\"a%s\"", rows[i]);
		cr_assert_eq(feel_parse(&arena, text_of(source.data), place,
				     NULL, &node, &diag),
			SHK_E_RULES, "%s", rows[i]);
		arena_release(&arena);
	}
	buffer_release(&source);
}
