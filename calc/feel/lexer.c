/*
 * The lexer of FEEL: white space, comments, numbers, strings with escapes,
 * words and punctuation, with the character sets of DMN 1.3 to 1.6 (grammar
 * rules 28 to 30 for names, 61 and 62 for white space). Places are counted in
 * characters, because that is what an editor shows.
 */
#include "feel/lexer.h"

#include <string.h>

struct range {
	uint32_t first;
	uint32_t last;
};

/* clang-format off */
static const struct range word_begins[] = {
	{ 'A', 'Z' }, { '_', '_' }, { 'a', 'z' }, { 0xC0, 0xD6 },
	{ 0xD8, 0xF6 }, { 0xF8, 0x2FF }, { 0x370, 0x37D },
	{ 0x37F, 0x1FFF }, { 0x200C, 0x200D }, { 0x2070, 0x218F },
	{ 0x2C00, 0x2FEF }, { 0x3001, 0xD7FF }, { 0xF900, 0xFDCF },
	{ 0xFDF0, 0xFFFD }, { 0x10000, 0xEFFFF }
};

static const struct range word_continues[] = {
	{ '0', '9' }, { 0xB7, 0xB7 }, { 0x300, 0x36F }, { 0x203F, 0x2040 }
};

static const struct range spaces[] = {
	{ 0x09, 0x0D }, { 0x20, 0x20 }, { 0x85, 0x85 }, { 0xA0, 0xA0 },
	{ 0x1680, 0x1680 }, { 0x180E, 0x180E }, { 0x2000, 0x200B },
	{ 0x2028, 0x2029 }, { 0x202F, 0x202F }, { 0x205F, 0x205F },
	{ 0x3000, 0x3000 }, { 0xFEFF, 0xFEFF }
};

/* Longer marks first: the first that fits is taken. */
static const struct {
	const char *text;
	enum lex_kind kind;
} marks[] = {
	{ "..", LEX_DOTS }, { "**", LEX_POWER }, { "!=", LEX_NE },
	{ "<=", LEX_LE }, { ">=", LEX_GE }, { "->", LEX_ARROW },
	{ "(", LEX_OPEN }, { ")", LEX_CLOSE }, { "[", LEX_SQUARE_OPEN },
	{ "]", LEX_SQUARE_CLOSE }, { "{", LEX_BRACE_OPEN },
	{ "}", LEX_BRACE_CLOSE }, { ",", LEX_COMMA }, { ":", LEX_COLON },
	{ ".", LEX_DOT }, { "+", LEX_PLUS }, { "-", LEX_MINUS },
	{ "*", LEX_STAR }, { "/", LEX_SLASH }, { "=", LEX_EQ },
	{ "<", LEX_LT }, { ">", LEX_GT }, { "@", LEX_AT },
	{ "?", LEX_QUESTION }, { "'", LEX_APOSTROPHE }
};
/* clang-format on */

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool in_ranges(uint32_t code, const struct range *ranges, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (code >= ranges[i].first && code <= ranges[i].last)
			return true;
	return false;
}

bool feel_lexer_begins_word(uint32_t code)
{
	/* a space of the table below lies inside the first table */
	return in_ranges(code, word_begins, COUNT(word_begins)) &&
	       !in_ranges(code, spaces, COUNT(spaces));
}

bool feel_lexer_continues_word(uint32_t code)
{
	return feel_lexer_begins_word(code) ||
	       in_ranges(code, word_continues, COUNT(word_continues));
}

void feel_lexer_init(
	struct lexer *lexer, struct text source, long line, long column)
{
	lexer->at = source.data;
	lexer->end = source.data + source.size;
	lexer->line = line > 0 ? line : 1;
	lexer->column = column > 0 ? column : 1;
}

/* Move over `size` bytes, counting lines and characters. */
static void step(struct lexer *lexer, size_t size)
{
	for (; size > 0; size--, lexer->at++) {
		if (*lexer->at == '\n') {
			lexer->line++;
			lexer->column = 1;
		} else if (((unsigned char)*lexer->at & 0xC0) != 0x80) {
			lexer->column++;
		}
	}
}

static bool begins(const struct lexer *lexer, const char *mark)
{
	size_t size = strlen(mark);

	return (size_t)(lexer->end - lexer->at) >= size &&
	       memcmp(lexer->at, mark, size) == 0;
}

/* The code point here and its bytes; 0 bytes at the end. */
static size_t peek(const struct lexer *lexer, uint32_t *code)
{
	size_t left = (size_t)(lexer->end - lexer->at);

	*code = 0;
	return left == 0 ? 0 : utf8_decode(lexer->at, left, code);
}

static void skip_line(struct lexer *lexer)
{
	while (lexer->at < lexer->end && *lexer->at != '\n')
		step(lexer, 1);
}

/* False when the comment never ends; the lexer is then left where it is. */
static bool skip_block(struct lexer *lexer)
{
	struct lexer inside = *lexer;

	step(&inside, 2);
	while (!begins(&inside, "*/")) {
		if (inside.at == inside.end)
			return false;
		step(&inside, 1);
	}
	step(&inside, 2);
	*lexer = inside;
	return true;
}

/* Skip white space and comments; false at a comment that never ends. */
static bool skip_blank(struct lexer *lexer)
{
	for (;;) {
		uint32_t code;
		size_t size = peek(lexer, &code);

		if (size > 0 && in_ranges(code, spaces, COUNT(spaces)))
			step(lexer, size);
		else if (begins(lexer, "//"))
			skip_line(lexer);
		else if (!begins(lexer, "/*"))
			return true;
		else if (!skip_block(lexer))
			return false;
	}
}

static bool is_digit(const struct lexer *lexer, size_t ahead)
{
	return (size_t)(lexer->end - lexer->at) > ahead &&
	       lexer->at[ahead] >= '0' && lexer->at[ahead] <= '9';
}

static size_t digits(const struct lexer *lexer, size_t ahead)
{
	while (is_digit(lexer, ahead))
		ahead++;
	return ahead;
}

/* Bytes of the number here, or 0. `1..2` is the number 1 before dots. */
static size_t number_size(const struct lexer *lexer)
{
	size_t left = (size_t)(lexer->end - lexer->at);
	size_t size = digits(lexer, 0);
	size_t sign;

	if (size < left && lexer->at[size] == '.' && is_digit(lexer, size + 1))
		size = digits(lexer, size + 1);
	if (size == 0 || size >= left ||
		(lexer->at[size] != 'e' && lexer->at[size] != 'E'))
		return size;
	sign = size + 1 < left && (lexer->at[size + 1] == '+' ||
					  lexer->at[size + 1] == '-')
		       ? 1
		       : 0;
	if (is_digit(lexer, size + 1 + sign))
		size = digits(lexer, size + 1 + sign);
	return size;
}

/* Bytes of the word here, or 0. */
static size_t word_size(const struct lexer *lexer)
{
	struct lexer ahead = *lexer;
	uint32_t code;
	size_t size = peek(&ahead, &code);

	if (size == 0 || !feel_lexer_begins_word(code))
		return 0;
	while (size > 0 && feel_lexer_continues_word(code)) {
		ahead.at += size;
		size = peek(&ahead, &code);
	}
	return (size_t)(ahead.at - lexer->at);
}

/* Bytes of the string here with its quotes; 0 when it never ends. */
static size_t string_size(const struct lexer *lexer)
{
	size_t left = (size_t)(lexer->end - lexer->at);
	size_t i;

	for (i = 1; i < left && lexer->at[i] != '"'; i++)
		if (lexer->at[i] == '\\')
			i++;
	return i < left ? i + 1 : 0;
}

static void take(struct lexer *lexer, struct lex_token *token,
	enum lex_kind kind, size_t size)
{
	token->kind = kind;
	token->text.size = size;
	step(lexer, size);
}

static void refuse(
	struct lexer *lexer, struct lex_token *token, const char *problem)
{
	uint32_t code;

	token->kind = LEX_BAD;
	token->text.size = peek(lexer, &code);
	token->problem = problem;
}

static void take_mark(struct lexer *lexer, struct lex_token *token)
{
	size_t i;

	for (i = 0; i < COUNT(marks); i++) {
		if (begins(lexer, marks[i].text)) {
			take(lexer, token, marks[i].kind,
				strlen(marks[i].text));
			return;
		}
	}
	refuse(lexer, token, "this character has no meaning in FEEL");
}

void feel_lexer_next(struct lexer *lexer, struct lex_token *token)
{
	bool closed = skip_blank(lexer);
	size_t size;

	token->text.data = lexer->at;
	token->text.size = 0;
	token->line = lexer->line;
	token->column = lexer->column;
	token->problem = NULL;
	if (!closed) {
		refuse(lexer, token, "expected \"*/\" to end this comment");
	} else if (lexer->at == lexer->end) {
		token->kind = LEX_END;
	} else if (*lexer->at == '"') {
		size = string_size(lexer);
		if (size == 0)
			refuse(lexer, token,
				"expected '\"' to end this string");
		else
			take(lexer, token, LEX_STRING, size);
	} else if ((size = number_size(lexer)) > 0) {
		take(lexer, token, LEX_NUMBER, size);
	} else if ((size = word_size(lexer)) > 0) {
		take(lexer, token, LEX_WORD, size);
	} else {
		take_mark(lexer, token);
	}
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* `count` hexadecimal digits at `at`; false when there are fewer. */
static bool hex(const char *at, const char *end, size_t count, uint32_t *code)
{
	*code = 0;
	if ((size_t)(end - at) < count)
		return false;
	for (; count > 0; count--, at++) {
		int value = hex_value(*at);

		if (value < 0)
			return false;
		*code = *code * 16 + (uint32_t)value;
	}
	return true;
}

/* The low half of a surrogate pair, `\uDC00` to `\uDFFF`, joined. */
static bool low_surrogate(const char *at, const char *end, uint32_t *code)
{
	uint32_t low;

	if (end - at < 6 || at[0] != '\\' || at[1] != 'u' ||
		!hex(at + 2, end, 4, &low) || low < 0xDC00 || low > 0xDFFF)
		return false;
	*code = 0x10000 + ((*code - 0xD800) << 10) + (low - 0xDC00);
	return true;
}

/*
 * `\uXXXX`, a surrogate pair of them, or `\UXXXXXX` at `at`; returns the
 * bytes read, or 0 when it is none of these.
 */
static size_t unicode_escape(
	const char *at, const char *end, char out[4], size_t *written)
{
	size_t count = at[1] == 'u' ? 4 : 6;
	size_t size = 2 + count;
	uint32_t code;

	if (!hex(at + 2, end, count, &code))
		return 0;
	if (code >= 0xD800 && code < 0xDC00 && count == 4) {
		if (!low_surrogate(at + size, end, &code))
			return 0;
		size += 6;
	}
	*written = utf8_encode(code, out);
	return *written == 0 ? 0 : size;
}

/* The character of a one-letter escape, or 0 when there is no such escape. */
static char letter_escape(char letter)
{
	static const char letters[] = "ntr\"\\'";
	static const char meant[] = "\n\t\r\"\\'";
	const char *found = strchr(letters, letter);

	return found && letter ? meant[found - letters] : 0;
}

const char *feel_lexer_string(
	struct arena *arena, struct text literal, struct text *out)
{
	const char *at = literal.data + 1;
	const char *end = literal.data + literal.size - 1;
	char *to = arena_alloc(arena, literal.size);
	size_t written;

	out->data = to;
	out->size = 0;
	while (to && at < end) {
		size_t size = 1;

		if (*at != '\\' || end - at < 2) {
			to[out->size++] = *at;
		} else if (at[1] == 'u' || at[1] == 'U') {
			/* an escape is longer than what it stands for */
			size = unicode_escape(
				at, end, to + out->size, &written);
			if (size == 0)
				return "expected \\uXXXX, a surrogate pair of "
				       "these, or \\UXXXXXX in the string";
			out->size += written;
		} else if (letter_escape(at[1])) {
			to[out->size++] = letter_escape(at[1]);
			size = 2;
		} else {
			to[out->size++] = *at;
		}
		at += size;
	}
	return NULL;
}
