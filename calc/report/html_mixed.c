/*
 * Texts in two languages: what a rule says, what a document is called, the
 * words of an answer. A stretch in the language that is not the page's is
 * marked, so that it is read aloud in its own voice. English is a stretch of
 * two words and more: names, numbers and places are in no language.
 */
#include <string.h>

#include "report/html.h"

enum mixed_kind {
	MIXED_NEUTRAL, /* digits, signs, spaces: of whatever is around */
	MIXED_LATIN,
	MIXED_JAPANESE
};

#define MIXED_JAPANESE_FROM 0x3040u /* kana, ideographs, wide letters */

static enum mixed_kind mixed_kind(uint32_t code)
{
	if ((code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z'))
		return MIXED_LATIN;
	return code >= MIXED_JAPANESE_FROM ? MIXED_JAPANESE : MIXED_NEUTRAL;
}

/* The code point at the beginning, and its bytes; no UTF-8 is no language. */
static size_t mixed_next(struct text text, enum mixed_kind *kind)
{
	uint32_t code = 0;
	size_t size = utf8_decode(text.data, text.size, &code);

	*kind = size ? mixed_kind(code) : MIXED_NEUTRAL;
	return size ? size : 1;
}

/* A word: letters, small ones behind the first; a sign may follow. */
static bool mixed_is_word(struct text text)
{
	size_t at = 1;

	if (text.size < 2 ||
		mixed_kind((unsigned char)*text.data) != MIXED_LATIN)
		return false;
	if (strchr(",;:.)", text.data[text.size - 1]))
		text.size--;
	while (at < text.size &&
		((text.data[at] >= 'a' && text.data[at] <= 'z') ||
			text.data[at] == '\''))
		at++;
	return at == text.size && at > 1;
}

/* At least two words. */
static bool mixed_is_english(struct text text)
{
	size_t words = 0;

	for (size_t at = 0; at < text.size;) {
		const char *from = text.data + at;
		const char *end = memchr(from, ' ', text.size - at);
		size_t size = end ? (size_t)(end - from) : text.size - at;

		words += mixed_is_word((struct text){ from, size });
		at += size + 1;
	}
	return words >= 2;
}

/*
 * Bytes from the first letter of `foreign` to the last one before another
 * language begins; `*before`: bytes in front of it. 0: there is none.
 */
static size_t mixed_stretch(
	struct text text, enum mixed_kind foreign, size_t *before)
{
	size_t last = 0;
	size_t size;

	*before = text.size;
	for (size_t at = 0; at < text.size; at += size) {
		enum mixed_kind kind;

		size = mixed_next(
			(struct text){ text.data + at, text.size - at }, &kind);
		if (kind == foreign) {
			if (*before == text.size)
				*before = at;
			last = at + size;
		} else if (kind != MIXED_NEUTRAL && *before < text.size) {
			break;
		}
	}
	return *before < text.size ? last - *before : 0;
}

static void mixed_spell(
	struct buffer *out, struct text text, enum shk_language language)
{
	bool japanese = language == SHK_JAPANESE;
	size_t before, size;

	while ((size = mixed_stretch(text,
			japanese ? MIXED_LATIN : MIXED_JAPANESE, &before))) {
		struct text part = { text.data + before, size };
		bool marked = !japanese || mixed_is_english(part);

		html_spell(out, (struct text){ text.data, before });
		if (marked)
			buffer_format(out, "<span lang=\"%s\">",
				japanese ? "en" : "ja");
		html_spell(out, part);
		if (marked)
			buffer_text(out, "</span>");
		text.data += before + size;
		text.size -= before + size;
	}
	html_spell(out, text);
}

void html_mixed(
	struct buffer *out, const char *text, enum shk_language language)
{
	mixed_spell(out, text_of(text), language);
}

void html_take_mixed(
	struct buffer *out, struct buffer *scratch, enum shk_language language)
{
	struct text text = { scratch->data, scratch->size };

	if (scratch->failed)
		out->failed = true;
	else
		mixed_spell(out, text, language);
	buffer_clear(scratch);
}
