/*
 * The quotes against the documents themselves: a document that sources.xml
 * names is the one that was read (its SHA-256), and each of its quotes is what
 * stands in the lines of its place, after the normalisation of quote.h.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "rulebook/quote.h"
#include "rulebook/rulebook.h"

static void tell_corpus(struct quotes *quotes, enum shk_quote_kind kind,
	const struct xml_element *element, const char *name,
	const char *message)
{
	quote_tell(quotes, &(shk_quote_finding){ .kind = kind,
				   .path = quotes->path,
				   .line = element->line,
				   .column = element->column,
				   .element = name,
				   .number = "",
				   .looked = "",
				   .nearest = "",
				   .message = message });
}

/* "L465" and "L464-467" as line numbers from 1. */
static bool lines_of(const char *place, long *first, long *last)
{
	char *end;

	if (place[0] != 'L' || place[1] < '0' || place[1] > '9')
		return false;
	*first = *last = strtol(place + 1, &end, 10);
	if (*end == '-' && end[1] >= '0' && end[1] <= '9')
		*last = strtol(end + 1, &end, 10);
	return !*end && *first >= 1 && *last >= *first;
}

/* Lines `first` to `last` of the document, without the last line feed. */
static bool lines_cut(
	const struct buffer *document, long first, long last, struct text *out)
{
	const char *at = document->data ? document->data : "";
	const char *start = at;
	long line = 1;

	for (; line < first && *at; at++)
		if (*at == '\n') {
			line++;
			start = at + 1;
		}
	if (line < first || !*start)
		return false;
	for (at = start; *at; at++)
		if (*at == '\n' && line++ == last)
			break;
	out->data = start;
	out->size = (size_t)(at - start);
	return *at == '\n' || line == last;
}

/* The two texts are the same after normalisation; `*failed`: no memory. */
static bool same_words(struct text there, const char *here, bool *failed)
{
	struct buffer cut, left, right;
	bool same;

	buffer_init(&cut);
	buffer_init(&left);
	buffer_init(&right);
	buffer_add(&cut, there.data, there.size);
	quote_normalise(cut.data && !cut.failed ? cut.data : "", &left);
	quote_normalise(here, &right);
	*failed = cut.failed || left.failed || right.failed;
	same = left.size == right.size &&
	       (left.size == 0 ||
		       memcmp(left.data, right.data, left.size) == 0);
	buffer_release(&cut);
	buffer_release(&left);
	buffer_release(&right);
	return same;
}

static enum shk_code words_check(struct quotes *quotes,
	const struct quote *quote, const struct buffer *document,
	const char *file)
{
	char name[QUOTE_LOOKED_MAX];
	char message[QUOTE_MESSAGE_MAX];
	struct text there = { "", 0 };
	long first = 0, last = 0;
	bool failed = false;

	quotes->counts->compared++;
	snprintf(name, sizeof(name), "%s %s", quote->source, quote->place);
	if (!lines_of(quote->place, &first, &last))
		snprintf(message, sizeof(message),
			"the place %s names no lines; expected L12 or L12-15",
			name);
	else if (!lines_cut(document, first, last, &there))
		snprintf(message, sizeof(message), "%s has no line %ld", file,
			last);
	else if (!same_words(there, quote->element->text, &failed))
		snprintf(message, sizeof(message),
			"the quote %s is not what %s says there", name, file);
	else
		return failed ? diag_memory(quotes->diag) : SHK_OK;
	if (failed)
		return diag_memory(quotes->diag);
	tell_corpus(quotes, SHK_QUOTE_WORDS, quote->element, name, message);
	return SHK_OK;
}

static enum shk_code document_check(struct quotes *quotes,
	const struct xml_element *source, const char *file,
	const struct buffer *document)
{
	const char *wanted = xml_attribute(source, "sha256");
	unsigned char digest[DIGEST_BYTES];
	char actual[DIGEST_HEX + 1];
	char message[QUOTE_MESSAGE_MAX];
	enum shk_code code = SHK_OK;

	digest_of((struct text){ document->data ? document->data : "",
			  document->size },
		digest);
	digest_hex(digest, DIGEST_BYTES, actual);
	if (!wanted || strcmp(wanted, actual) != 0) {
		snprintf(message, sizeof(message),
			"%s is another document than the one that was read: "
			"its SHA-256 is %s",
			file, actual);
		tell_corpus(quotes, SHK_QUOTE_DOCUMENT, source,
			xml_attribute(source, "id"), message);
	}
	for (size_t i = 0; i < quotes->count && !code; i++)
		if (quotes->list[i].element->parent == source &&
			!quotes->list[i].is_reading)
			code = words_check(
				quotes, &quotes->list[i], document, file);
	return code;
}

static enum shk_code source_check(struct quotes *quotes, const char *folder,
	const struct xml_element *source, const char *file)
{
	char path[SHK_DIAG_PATH];
	struct buffer document;
	shk_diag diag = { 0 };
	enum shk_code code;

	if (!file_join(path, sizeof(path), folder, file))
		return diag_set(
			quotes->diag, SHK_E_LIMIT, "path too long: %s", file);
	buffer_init(&document);
	code = file_read(path, RULEBOOK_BYTES_MAX, &document, &diag);
	if (code == SHK_OK) {
		quotes->counts->documents++;
		code = document_check(quotes, source, path, &document);
	} else if (code == SHK_E_IO) {
		char message[QUOTE_MESSAGE_MAX];

		snprintf(
			message, sizeof(message), "%s: %s", path, diag.message);
		tell_corpus(quotes, SHK_QUOTE_DOCUMENT, source,
			xml_attribute(source, "id"), message);
		code = SHK_OK;
	} else if (quotes->diag) {
		*quotes->diag = diag;
	}
	buffer_release(&document);
	return code;
}

enum shk_code quotes_check_corpus(struct quotes *quotes, const char *folder)
{
	const struct xml_element *source = xml_child(quotes->root, "source");
	enum shk_code code = SHK_OK;

	for (; source && !code; source = xml_sibling(source, "source")) {
		const char *file = xml_attribute(source, "file");

		if (file)
			code = source_check(quotes, folder, source, file);
	}
	return code;
}
