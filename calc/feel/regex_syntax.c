/*
 * XPath's regular expressions rewritten for PCRE2: Unicode classes spelt out,
 * \i and \c, blocks such as \p{IsGreek}, subtracted classes; what PCRE2 adds
 * (look-around, atomic groups, \b, verbs) is refused.
 */
#include "feel/regex.h"

#include <string.h>

struct rewriting {
	const char *at;
	const char *end;
	struct buffer *out;
	unsigned groups;
	unsigned open;
	unsigned opened[REGEX_NESTED_MAX]; /* their groups; 0: not capturing */
	bool closed[REGEX_GROUPS_MAX + 1];
};

static bool more(const struct rewriting *r)
{
	return r->at < r->end;
}

static bool next_is(const struct rewriting *r, char c)
{
	return more(r) && *r->at == c;
}

static const struct {
	char letter;
	const char *outside;
	const char *inside;
} classes[] = {
	{ 'd', "\\p{Nd}", "\\p{Nd}" },
	{ 'D', "\\P{Nd}", "\\P{Nd}" },
	{ 's', "[ \\t\\n\\r]", " \\t\\n\\r" },
	{ 'S', "[^ \\t\\n\\r]", "\\S" },
	{ 'w', "[^\\p{P}\\p{Z}\\p{C}]", "\\p{L}\\p{M}\\p{N}\\p{S}" },
	{ 'W', "[\\p{P}\\p{Z}\\p{C}]", "\\p{P}\\p{Z}\\p{C}" },
	{ 'i', "[\\p{L}_:]", "\\p{L}_:" },
	{ 'I', "[^\\p{L}_:]", NULL },
	{ 'c', "[\\p{L}\\p{Nd}\\p{M}._:\\-\\x{B7}]",
		"\\p{L}\\p{Nd}\\p{M}._:\\-\\x{B7}" },
	{ 'C', "[^\\p{L}\\p{Nd}\\p{M}._:\\-\\x{B7}]", NULL },
};

static const struct {
	const char *name;
	const char *range;
} blocks[] = {
	{ "BasicLatin", "\\x{0}-\\x{7F}" },
	{ "Latin-1Supplement", "\\x{80}-\\x{FF}" },
	{ "LatinExtended-A", "\\x{100}-\\x{17F}" },
	{ "LatinExtended-B", "\\x{180}-\\x{24F}" },
	{ "Greek", "\\x{370}-\\x{3FF}" },
	{ "GreekandCoptic", "\\x{370}-\\x{3FF}" },
	{ "Cyrillic", "\\x{400}-\\x{4FF}" },
	{ "Armenian", "\\x{530}-\\x{58F}" },
	{ "Hebrew", "\\x{590}-\\x{5FF}" },
	{ "Arabic", "\\x{600}-\\x{6FF}" },
	{ "Thai", "\\x{E00}-\\x{E7F}" },
	{ "GeneralPunctuation", "\\x{2000}-\\x{206F}" },
	{ "CurrencySymbols", "\\x{20A0}-\\x{20CF}" },
	{ "Hiragana", "\\x{3040}-\\x{309F}" },
	{ "Katakana", "\\x{30A0}-\\x{30FF}" },
	{ "CJKUnifiedIdeographs", "\\x{4E00}-\\x{9FFF}" },
	{ "HangulSyllables", "\\x{AC00}-\\x{D7AF}" },
	{ "HalfwidthandFullwidthForms", "\\x{FF00}-\\x{FFEF}" },
};

static bool put_block(
	struct rewriting *r, struct text name, bool negated, bool inside)
{
	for (size_t i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++) {
		if (!text_is(name, blocks[i].name))
			continue;
		if (inside && negated)
			return false;
		buffer_format(r->out, "%s%s%s%s", inside ? "" : "[",
			negated ? "^" : "", blocks[i].range, inside ? "" : "]");
		return true;
	}
	return false;
}

/* \p{...}; the letter p or P is the present character. */
static bool property(struct rewriting *r, bool inside)
{
	char letter = *r->at++;
	const char *close;
	struct text name;

	if (!next_is(r, '{'))
		return false;
	close = memchr(r->at, '}', (size_t)(r->end - r->at));
	if (!close)
		return false;
	name = (struct text){ r->at + 1, (size_t)(close - r->at - 1) };
	r->at = close + 1;
	if (name.size > 2 && memcmp(name.data, "Is", 2) == 0)
		return put_block(r,
			(struct text){ name.data + 2, name.size - 2 },
			letter == 'P', inside);
	if (name.size == 0 || name.size > 2 || !strchr("LMNPZSC", name.data[0]))
		return false;
	buffer_format(r->out, "\\%c{%.*s}", letter, (int)name.size, name.data);
	return true;
}

/* A closed group, by as many digits as there are groups. */
static bool back_reference(struct rewriting *r, unsigned group)
{
	while (more(r) && *r->at >= '0' && *r->at <= '9' &&
		group * 10 + (unsigned)(*r->at - '0') <= r->groups)
		group = group * 10 + (unsigned)(*r->at++ - '0');
	if (group > REGEX_GROUPS_MAX || !r->closed[group])
		return false;
	buffer_format(r->out, "\\g{%u}", group);
	return true;
}

/* Behind a backslash. */
static bool escape(struct rewriting *r, bool inside)
{
	char c;

	if (!more(r))
		return false;
	c = *r->at;
	if (c == 'p' || c == 'P')
		return property(r, inside);
	r->at++;
	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
		const char *text =
			inside ? classes[i].inside : classes[i].outside;

		if (classes[i].letter != c)
			continue;
		if (text)
			buffer_text(r->out, text);
		return text != NULL;
	}
	if (!inside && c >= '1' && c <= '9')
		return back_reference(r, (unsigned)(c - '0'));
	if (c == '\0' || !strchr("nrt\\|.-^?*+{}()[]$", c))
		return false;
	buffer_byte(r->out, '\\');
	buffer_byte(r->out, c);
	return true;
}

static bool char_class(struct rewriting *r, unsigned depth);

/* The content of a class up to its bracket; `*minus` at a subtraction. */
static bool class_content(struct rewriting *r, bool *minus)
{
	const char *first = r->at;

	*minus = false;
	while (more(r) && *r->at != ']') {
		char c = *r->at;

		if (c == '-' && r->at + 1 < r->end && r->at[1] == '[') {
			*minus = true;
			r->at++;
			return r->at > first + 1;
		}
		if (c == '[')
			return false;
		r->at++;
		if (c == '\\') {
			if (!escape(r, true))
				return false;
			continue;
		}
		if (c == '-' && r->at - 1 > first && more(r) && *r->at != ']' &&
			r->at[0] != '-') {
			buffer_byte(r->out, '-');
			continue;
		}
		if (c == '-' || c == '&' || c == '~')
			buffer_byte(r->out, '\\');
		buffer_byte(r->out, c);
	}
	return more(r) && r->at > first;
}

/* `[...]`, and `[a-[b]]` as "not b, and a"; at the opening bracket. */
static bool char_class(struct rewriting *r, unsigned depth)
{
	struct buffer content;
	struct buffer *outside = r->out;
	bool negated;
	bool minus = false;
	bool good;

	if (depth > REGEX_CLASS_DEPTH)
		return false;
	r->at++;
	negated = next_is(r, '^');
	r->at += negated;
	buffer_init(&content);
	r->out = &content;
	good = class_content(r, &minus);
	r->out = outside;
	if (good && minus) {
		buffer_text(outside, "(?:(?!");
		good = char_class(r, depth + 1);
		buffer_byte(outside, ')');
	}
	good = good && next_is(r, ']');
	r->at += good;
	buffer_format(outside, "[%s%s]%s", negated ? "^" : "",
		content.data ? content.data : "", minus ? ")" : "");
	if (content.failed)
		outside->failed = true;
	buffer_release(&content);
	return good;
}

/* `{n,m}`: digits and one comma. */
static bool counted(struct rewriting *r)
{
	const char *close = memchr(r->at, '}', (size_t)(r->end - r->at));
	bool comma = false;

	if (!close || close == r->at + 1 || r->at[1] == ',')
		return false;
	for (const char *c = r->at + 1; c < close; c++) {
		if (*c == ',' && !comma)
			comma = true;
		else if (*c < '0' || *c > '9')
			return false;
	}
	buffer_add(r->out, r->at, (size_t)(close + 1 - r->at));
	r->at = close + 1;
	return true;
}

/* A quantifier, if one is here, with the `?` that makes it reluctant. */
static bool quantifier(struct rewriting *r)
{
	if (!more(r))
		return true;
	if (*r->at == '{') {
		if (!counted(r))
			return false;
	} else if (strchr("?*+", *r->at) && *r->at) {
		buffer_byte(r->out, *r->at++);
	} else {
		return true;
	}
	if (next_is(r, '?'))
		buffer_byte(r->out, *r->at++);
	return !more(r) || *r->at == '\0' || !strchr("?*+{", *r->at);
}

static bool group(struct rewriting *r)
{
	r->at++;
	if (r->open == REGEX_NESTED_MAX)
		return false;
	r->opened[r->open++] = 0;
	if (!next_is(r, '?')) {
		buffer_byte(r->out, '(');
		r->opened[r->open - 1] = ++r->groups;
		return r->groups <= REGEX_GROUPS_MAX && !next_is(r, '*');
	}
	if (r->end - r->at < 2 || r->at[1] != ':')
		return false;
	r->at += 2;
	buffer_text(r->out, "(?:");
	return true;
}

static bool close_group(struct rewriting *r)
{
	if (r->open == 0)
		return false;
	r->closed[r->opened[--r->open]] = true;
	return true;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* One atom, or what only structures the expression. */
static bool piece(struct rewriting *r)
{
	char c = *r->at;

	switch (c) {
	case '(':
		return group(r);
	case '|':
	case '^':
		buffer_byte(r->out, c);
		r->at++;
		return true;
	case ')':
		buffer_byte(r->out, c);
		r->at++;
		return close_group(r) && quantifier(r);
	case '[':
		return char_class(r, 0) && quantifier(r);
	case '\\':
		r->at++;
		return escape(r, false) && quantifier(r);
	case '?':
	case '*':
	case '+':
	case '{':
	case '}':
	case ']':
		return false;
	default:
		buffer_byte(r->out, c);
		r->at++;
		/* the other bytes of a character belong to it */
		while (more(r) && ((unsigned char)*r->at & 0xC0) == 0x80)
			buffer_byte(r->out, *r->at++);
		return quantifier(r);
	}
}

static bool rewrite(struct text pattern, struct buffer *out)
{
	struct rewriting r = { .at = pattern.data,
		.end = pattern.data + pattern.size,
		.out = out };

	while (more(&r))
		if (!piece(&r))
			return false;
	return r.open == 0;
}

/* Flag x: blanks outside of classes go, even behind a backslash. */
static void strip(struct text pattern, struct buffer *out)
{
	unsigned depth = 0;

	for (size_t i = 0; i < pattern.size; i++) {
		char c = pattern.data[i];
		bool escaped = i > 0 && pattern.data[i - 1] == '\\';

		if (depth == 0 && is_blank(c))
			continue;
		if (c == '[' && !escaped)
			depth++;
		if (c == ']' && !escaped && depth > 0)
			depth--;
		buffer_byte(out, c);
	}
}

bool regex_translate(struct text pattern, bool spaced, struct buffer *out)
{
	struct buffer stripped;
	bool good;

	if (pattern.size > REGEX_BYTES_MAX)
		return false;
	if (!spaced)
		return rewrite(pattern, out);
	buffer_init(&stripped);
	buffer_add(&stripped, "", 0);
	strip(pattern, &stripped);
	good = rewrite((struct text){ stripped.data ? stripped.data : "",
			       stripped.size },
		out);
	if (stripped.failed)
		out->failed = true;
	buffer_release(&stripped);
	return good;
}
