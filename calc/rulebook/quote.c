/*
 * The quotes of sources.xml: their words normalised and hashed, their numbers
 * read. A digit that changes in a quote alone is found here, without the
 * documents.
 */
#include "rulebook/quote.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"

void quote_normalise(const char *words, struct buffer *out)
{
	size_t start = out->size;
	size_t kept = start; /* the end of the last line that is not empty */

	while (*words) {
		size_t size = strcspn(words, "\n");
		size_t end = size;

		while (end &&
			(words[end - 1] == ' ' || words[end - 1] == '\t' ||
				words[end - 1] == '\r'))
			end--;
		buffer_add(out, words, end);
		if (end && !out->failed)
			kept = out->size;
		words += size;
		if (*words == '\n') {
			words++;
			if (kept > start)
				buffer_byte(out, '\n');
		}
	}
	if (!out->failed && out->data) {
		out->size = kept;
		out->data[kept] = '\0';
	}
}

bool quote_hash(const char *words, char out[DIGEST_HEX + 1])
{
	unsigned char digest[DIGEST_BYTES];
	struct buffer normal;
	bool done;

	buffer_init(&normal);
	quote_normalise(words, &normal);
	done = !normal.failed;
	if (done) {
		digest_of((struct text){ normal.data ? normal.data : "",
				  normal.size },
			digest);
		digest_hex(digest, DIGEST_BYTES, out);
	}
	buffer_release(&normal);
	return done;
}

void quote_tell(struct quotes *quotes, const shk_quote_finding *finding)
{
	quotes->counts->findings++;
	if (!quotes->stopped && quotes->tell)
		quotes->stopped = !quotes->tell(quotes->context, finding);
}

static void tell_hash(struct quotes *quotes, const struct quote *quote,
	enum shk_quote_kind kind)
{
	char element[QUOTE_LOOKED_MAX];
	char message[QUOTE_MESSAGE_MAX];

	snprintf(
		element, sizeof(element), "%s %s", quote->source, quote->place);
	snprintf(message, sizeof(message), "the %s %s %s",
		quote->is_reading ? "reading" : "quote", element,
		kind == SHK_QUOTE_NO_HASH
			? "has no hash; shokan rules hash-quotes writes it"
			: "was altered: its words do not have its hash");
	quote_tell(quotes, &(shk_quote_finding){ .kind = kind,
				   .path = quotes->path,
				   .line = quote->element->line,
				   .column = quote->element->column,
				   .element = element,
				   .number = "",
				   .looked = "",
				   .nearest = "",
				   .message = message });
}

static enum shk_code hash_check(
	struct quotes *quotes, const struct quote *quote)
{
	const char *hash = xml_attribute(quote->element, "sha256");
	char actual[DIGEST_HEX + 1];

	if (!hash) {
		tell_hash(quotes, quote, SHK_QUOTE_NO_HASH);
		return SHK_OK;
	}
	if (!quote_hash(quote->element->text, actual))
		return diag_memory(quotes->diag);
	if (strcmp(hash, actual) != 0)
		tell_hash(quotes, quote, SHK_QUOTE_ALTERED);
	return SHK_OK;
}

static enum shk_code numerals_of(struct quotes *quotes, struct quote *quote)
{
	struct text words = text_of(quote->element->text);
	size_t count = numeral_read(words, NULL, 0);
	struct numeral *numerals;

	if (count > NUMERALS_MAX)
		return diag_set(quotes->diag, SHK_E_LIMIT,
			"the quote %s %s has more than %d numbers",
			quote->source, quote->place, NUMERALS_MAX);
	numerals = arena_zeroed(quotes->arena, count + 1, sizeof(*numerals));
	if (!numerals)
		return diag_memory(quotes->diag);
	quote->numeral_count = numeral_read(words, numerals, count);
	quote->numerals = numerals;
	return SHK_OK;
}

static enum shk_code quote_add(struct quotes *quotes, const char *source,
	const struct xml_element *element, bool is_reading)
{
	const char *place = xml_attribute(element, "place");
	struct quote *quote = &quotes->list[quotes->count];
	enum shk_code code;

	if (quotes->count == QUOTES_MAX)
		return diag_set(quotes->diag, SHK_E_LIMIT,
			"sources.xml has more than %d quotes", QUOTES_MAX);
	quote->source = source;
	quote->place = place ? place : "";
	quote->is_reading = is_reading;
	quote->element = element;
	quotes->count++;
	if (is_reading)
		quotes->counts->readings++;
	else
		quotes->counts->quotes++;
	code = hash_check(quotes, quote);
	return code ? code : numerals_of(quotes, quote);
}

enum shk_code quotes_read(
	struct quotes *quotes, const char *path, const struct xml_element *root)
{
	const struct xml_element *source = xml_child(root, "source");
	enum shk_code code = SHK_OK;

	quotes->path = path;
	quotes->root = root;
	quotes->list =
		arena_zeroed(quotes->arena, QUOTES_MAX, sizeof(*quotes->list));
	if (!quotes->list)
		return diag_memory(quotes->diag);
	for (; source && !code; source = xml_sibling(source, "source")) {
		const char *id = xml_attribute(source, "id");
		const struct xml_element *child = source->first;

		for (; child && !code; child = child->next) {
			bool is_reading = strcmp(child->name, "reading") == 0;

			if (is_reading || strcmp(child->name, "quote") == 0)
				code = quote_add(quotes, id ? id : "", child,
					is_reading);
		}
	}
	return code;
}

bool quotes_at_hand(const struct quotes *quotes, const char *source)
{
	const struct xml_element *child = xml_child(quotes->root, "source");

	for (; child; child = xml_sibling(child, "source")) {
		const char *id = xml_attribute(child, "id");

		if (id && strcmp(id, source) == 0)
			return xml_attribute(child, "file") != NULL;
	}
	return false;
}
