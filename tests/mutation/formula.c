/*
 * Mutants of one FEEL text: numbers a unit up and down, comparators and
 * brackets to their neighbours, truth values, words, roundings (another
 * direction, and none), + - * /, and or, min max, some every. Tokens come
 * from the lexer of the library.
 */
#include "mutation/formula.h"

#include <string.h>

#include "mutation/tags.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* One formula being taken apart. */
struct cut {
	struct mutants *mutants;
	const struct law_file *file;
	const struct formula *formula;
	const struct words *near, *all;
	struct lex_token tokens[TOKENS_MAX];
	size_t count;
};

static void tokens_of(
	const struct formula *formula, struct lex_token *tokens, size_t *count)
{
	struct lexer lexer;

	*count = 0;
	feel_lexer_init(&lexer, formula->plain, 1, 1);
	for (; *count < TOKENS_MAX; ++*count) {
		feel_lexer_next(&lexer, &tokens[*count]);
		if (tokens[*count].kind == LEX_END ||
			tokens[*count].kind == LEX_BAD)
			break;
	}
}

static bool knows(const struct words *words, struct text word)
{
	for (size_t i = 0; i < words->count; i++)
		if (text_equal(words->items[i], word))
			return true;
	return false;
}

void formula_words(const struct formula *formula, struct words *words)
{
	static struct lex_token tokens[TOKENS_MAX];
	size_t count;

	tokens_of(formula, tokens, &count);
	for (size_t i = 0; i < count; i++)
		if (tokens[i].kind == LEX_STRING && words->count < WORDS_MAX &&
			!knows(words, tokens[i].text))
			words->items[words->count++] = tokens[i].text;
}

/* Replace bytes `from` to `to` of the plain text. */
static void change(struct cut *cut, size_t token, const char *kind,
	const char *from, const char *to, struct text with)
{
	const struct formula *formula = cut->formula;
	size_t begin = formula->map[from - formula->plain.data];
	size_t end = formula->map[to - formula->plain.data];
	struct spot spot = { cut->file, formula->element, token + 1 };
	struct buffer raw;

	buffer_init(&raw);
	text_escaped(with, &raw);
	mutants_add(cut->mutants, &spot, kind, begin, end - begin,
		(struct text){ raw.size ? raw.data : "", raw.size });
	buffer_release(&raw);
}

static void change_token(
	struct cut *cut, size_t at, const char *kind, const char *with)
{
	struct text text = cut->tokens[at].text;

	change(cut, at, kind, text.data, text.data + text.size, text_of(with));
}

static bool is_word(const struct cut *cut, size_t at, const char *word)
{
	return at < cut->count && cut->tokens[at].kind == LEX_WORD &&
	       text_is(cut->tokens[at].text, word);
}

static bool is_kind(const struct cut *cut, size_t at, enum lex_kind kind)
{
	return at < cut->count && cut->tokens[at].kind == kind;
}

/* The token that closes the bracket at `at`, or cut->count; *dots: whether a
   range stands between, *comma: the first comma between, or the end. */
static size_t closing(struct cut *cut, size_t at, bool *dots, size_t *comma)
{
	int depth = 0;

	*dots = false;
	*comma = 0;
	for (size_t i = at; i < cut->count; i++) {
		switch (cut->tokens[i].kind) {
		case LEX_OPEN:
		case LEX_SQUARE_OPEN:
		case LEX_BRACE_OPEN:
			depth++;
			break;
		case LEX_CLOSE:
		case LEX_SQUARE_CLOSE:
		case LEX_BRACE_CLOSE:
			if (--depth == 0) {
				*comma = *comma ? *comma : i;
				return i;
			}
			break;
		case LEX_DOTS:
			*dots = *dots || depth == 1;
			break;
		case LEX_COMMA:
			if (depth == 1 && !*comma)
				*comma = i;
			break;
		default:
			break;
		}
	}
	return cut->count;
}

static void number(struct cut *cut, size_t at)
{
	for (int step = -1; step <= 1; step += 2) {
		struct buffer with;

		buffer_init(&with);
		if (number_step(cut->tokens[at].text, step, &with))
			change_token(cut, at, "number", with.data);
		buffer_release(&with);
	}
}

/* Another word of the same decision, else of the same file. */
static void word(struct cut *cut, size_t at)
{
	struct text text = cut->tokens[at].text;
	const struct words *words = cut->near->count > 1 ? cut->near : cut->all;
	size_t i = 0;

	if (words->count < 2)
		return;
	while (!text_equal(words->items[i], text))
		i++;
	change(cut, at, "word", text.data, text.data + text.size,
		words->items[(i + 1) % words->count]);
}

static void range(struct cut *cut, size_t at)
{
	bool dots;
	size_t comma, close = closing(cut, at, &dots, &comma);

	if (!dots || close == cut->count)
		return;
	change_token(cut, at, "bracket",
		cut->tokens[at].kind == LEX_OPEN ? "[" : "(");
	change_token(cut, close, "bracket",
		cut->tokens[close].kind == LEX_CLOSE ? "]" : ")");
}

/* The sign stands between two values. */
static bool is_binary(const struct cut *cut, size_t at)
{
	static const char *const heads[] = { "then", "else", "return", "and",
		"or", "if", "in", "between", "satisfies" };

	if (at == 0)
		return false;
	for (size_t i = 0; i < COUNT(heads); i++)
		if (is_word(cut, at - 1, heads[i]))
			return false;
	return is_kind(cut, at - 1, LEX_NUMBER) ||
	       is_kind(cut, at - 1, LEX_WORD) ||
	       is_kind(cut, at - 1, LEX_CLOSE) ||
	       is_kind(cut, at - 1, LEX_SQUARE_CLOSE);
}

static const struct {
	enum lex_kind kind;
	const char *name, *with;
} signs[] = {
	{ LEX_LT, "comparator", "<=" },
	{ LEX_LE, "comparator", "<" },
	{ LEX_GT, "comparator", ">=" },
	{ LEX_GE, "comparator", ">" },
	{ LEX_EQ, "comparator", "!=" },
	{ LEX_NE, "comparator", "=" },
	{ LEX_PLUS, "arithmetic", "-" },
	{ LEX_MINUS, "arithmetic", "+" },
	{ LEX_STAR, "arithmetic", "/" },
	{ LEX_SLASH, "arithmetic", "*" },
	{ LEX_POWER, "arithmetic", "*" },
};

static void sign(struct cut *cut, size_t at)
{
	for (size_t i = 0; i < COUNT(signs); i++)
		if (is_kind(cut, at, signs[i].kind) &&
			(strcmp(signs[i].name, "arithmetic") != 0 ||
				is_binary(cut, at)))
			change_token(cut, at, signs[i].name, signs[i].with);
}

static const struct {
	const char *word, *name, *with;
	bool call;
} swaps[] = {
	{ "true", "truth", "false", false },
	{ "false", "truth", "true", false },
	{ "and", "logic", "or", false },
	{ "or", "logic", "and", false },
	{ "some", "logic", "every", false },
	{ "every", "logic", "some", false },
	{ "not", "logic", "", true },
	{ "min", "extreme", "max", true },
	{ "max", "extreme", "min", true },
	{ "floor", "rounding", "ceiling", true },
	{ "ceiling", "rounding", "floor", true },
};

/* Names of functions that round, ours and FEEL's. */
static const char *const roundings[] = { "floor", "ceiling", "round half up",
	"half_up", "round_to_whole", "round3", "rounded_price" };

/* Tokens of the name of several words at `at`, 0: it is not there. */
static size_t spells(const struct cut *cut, size_t at, const char *name)
{
	const char *from = name;
	size_t count = 0;

	while (*from) {
		size_t size = strcspn(from, " ");
		struct text part = { from, size };

		if (!is_kind(cut, at + count, LEX_WORD) ||
			!text_equal(cut->tokens[at + count].text, part))
			return 0;
		from += size + (from[size] == ' ');
		count++;
	}
	return is_kind(cut, at + count, LEX_OPEN) ? count : 0;
}

/* The call without its rounding: the first argument in brackets. */
static void unrounded(struct cut *cut, size_t at, size_t open)
{
	bool dots;
	size_t comma, close = closing(cut, open, &dots, &comma);
	size_t first = at >= 2 && is_kind(cut, at - 1, LEX_DOT) ? at - 2 : at;
	const char *begin, *end;
	struct buffer with;

	if (close == cut->count)
		return;
	begin = cut->tokens[open].text.data + 1;
	end = cut->tokens[comma].text.data;
	buffer_init(&with);
	buffer_byte(&with, '(');
	buffer_add(&with, begin, (size_t)(end - begin));
	buffer_byte(&with, ')');
	change(cut, at, "rounding", cut->tokens[first].text.data,
		cut->tokens[close].text.data + 1,
		(struct text){ with.data, with.size });
	buffer_release(&with);
}

static void name(struct cut *cut, size_t at)
{
	static const char *const ways[] = { "round half down", "round up",
		"round down" };
	struct text text = cut->tokens[at].text;

	for (size_t i = 0; i < COUNT(swaps); i++)
		if (text_is(text, swaps[i].word) &&
			(!swaps[i].call || is_kind(cut, at + 1, LEX_OPEN)))
			change_token(cut, at, swaps[i].name, swaps[i].with);
	for (size_t i = 0; i < COUNT(roundings); i++) {
		size_t count = spells(cut, at, roundings[i]);

		if (count)
			unrounded(cut, at, at + count);
		for (size_t k = 0; count == 3 && k < COUNT(ways); k++)
			change(cut, at, "rounding", text.data,
				cut->tokens[at + 2].text.data +
					cut->tokens[at + 2].text.size,
				text_of(ways[k]));
	}
}

void formula_mutants(struct mutants *mutants, const struct law_file *file,
	const struct formula *formula, const struct words *near,
	const struct words *all)
{
	static struct cut cut;

	cut.mutants = mutants;
	cut.file = file;
	cut.formula = formula;
	cut.near = near;
	cut.all = all;
	tokens_of(formula, cut.tokens, &cut.count);
	for (size_t i = 0; i < cut.count; i++) {
		switch (cut.tokens[i].kind) {
		case LEX_NUMBER:
			number(&cut, i);
			break;
		case LEX_STRING:
			word(&cut, i);
			break;
		case LEX_WORD:
			name(&cut, i);
			break;
		case LEX_OPEN:
		case LEX_SQUARE_OPEN:
			range(&cut, i);
			break;
		default:
			sign(&cut, i);
			break;
		}
	}
}
