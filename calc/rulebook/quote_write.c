/*
 * sources.xml with the hash of every quote as it now reads. The file is
 * written as it stands, byte for byte, but for the attribute: what an editor
 * laid out stays so.
 */
#include <string.h>

#include "rulebook/origin.h"
#include "rulebook/quote.h"

struct writer {
	const struct quotes *quotes;
	size_t next; /* quote whose tag comes next */
	struct buffer out;
	shk_diag *diag;
};

/* End of the start tag at `at`: its > outside of quotes, or NULL. */
static const char *tag_end(const char *at)
{
	char quote = '\0';

	for (; *at; at++) {
		if (quote)
			quote = *at == quote ? '\0' : quote;
		else if (*at == '"' || *at == '\'')
			quote = *at;
		else if (*at == '>')
			return at;
	}
	return NULL;
}

static bool is_tag(const char *at, const char *name)
{
	size_t size = strlen(name);

	return *at == '<' && strncmp(at + 1, name, size) == 0 &&
	       (at[1 + size] == ' ' || at[1 + size] == '\n' ||
		       at[1 + size] == '>' || at[1 + size] == '/');
}

/* The attribute as it stands in the tag, with the blank before it. */
static bool old_hash(const char *tag, const char *end, const char **start,
	const char **behind)
{
	static const char name[] = "sha256=\"";
	const char *at = tag + 1;

	for (; at + sizeof(name) < end; at++) {
		if ((unsigned char)at[-1] > ' ' ||
			strncmp(at, name, sizeof(name) - 1) != 0)
			continue;
		*start = at - 1;
		*behind = strchr(at + sizeof(name) - 1, '"');
		if (!*behind || *behind > end)
			return false;
		(*behind)++;
		return true;
	}
	return false;
}

/* The tag at `tag`, with the hash of the next quote. */
static enum shk_code tag_write(
	struct writer *writer, const char *tag, const char *end)
{
	const char *cut = *(end - 1) == '/' ? end - 1 : end;
	const char *start = cut, *behind = cut;
	char hash[DIGEST_HEX + 1];

	if (writer->next == writer->quotes->count)
		return diag_set(writer->diag, SHK_E_RULES,
			"sources.xml has a quote outside of a source");
	if (!quote_hash(
		    writer->quotes->list[writer->next++].element->text, hash))
		return diag_memory(writer->diag);
	old_hash(tag, end, &start, &behind);
	buffer_add(&writer->out, tag, (size_t)(start - tag));
	buffer_format(&writer->out, " sha256=\"%s\"", hash);
	buffer_add(&writer->out, behind, (size_t)(end + 1 - behind));
	return SHK_OK;
}

static enum shk_code document_write(struct writer *writer, const char *at)
{
	enum shk_code code = SHK_OK;

	while (*at && !code) {
		const char *end = NULL;

		if (strncmp(at, "<!--", 4) == 0) {
			end = strstr(at, "-->");
			end = end ? end + 2 : at;
			buffer_add(&writer->out, at, (size_t)(end + 1 - at));
		} else if ((is_tag(at, "quote") || is_tag(at, "reading")) &&
			   (end = tag_end(at)) != NULL) {
			code = tag_write(writer, at, end);
		} else {
			end = at;
			buffer_byte(&writer->out, *at);
		}
		at = end + 1;
	}
	if (!code && writer->next != writer->quotes->count)
		code = diag_set(writer->diag, SHK_E_RULES,
			"sources.xml has a quote in a form that cannot be "
			"written again: %s",
			writer->quotes->list[writer->next].place);
	return code;
}

static enum shk_code bytes_write(struct quotes *quotes, const char *path,
	const struct buffer *bytes, shk_sink sink)
{
	struct writer writer = { .quotes = quotes, .diag = quotes->diag };
	struct xml_element *root;
	enum shk_code code = xml_read_text(quotes->arena, path,
		(struct text){ bytes->data ? bytes->data : "", bytes->size },
		SHK_E_RULES, &root, quotes->diag);

	if (!code)
		code = quotes_read(quotes, path, root);
	if (code)
		return code;
	buffer_init(&writer.out);
	code = document_write(&writer, bytes->data);
	if (!code && writer.out.failed)
		code = diag_memory(quotes->diag);
	if (!code &&
		!sink.write(sink.context, writer.out.data, writer.out.size))
		code = diag_set(quotes->diag, SHK_E_IO, "cannot write");
	buffer_release(&writer.out);
	return code;
}

enum shk_code shk_quotes_hash(const char *rules, shk_sink sink, shk_diag *diag)
{
	struct arena arena;
	shk_quote_counts counts = { 0 };
	struct quotes quotes = {
		.arena = &arena, .counts = &counts, .diag = diag
	};
	char path[SHK_DIAG_PATH];
	struct origin origin;
	struct buffer bytes;
	enum shk_code code;

	diag_clear(diag);
	code = origin_open(&origin, rules, diag);
	arena_init(&arena);
	buffer_init(&bytes);
	if (!code && origin.packed)
		code = diag_set(diag, SHK_E_USAGE,
			"%s is a pack; hash the folder that it was made of",
			rules);
	if (!code)
		code = origin_path(&origin, "sources.xml", path, diag);
	if (!code)
		code = origin_read(&origin, path, &bytes, diag);
	if (!code)
		code = bytes_write(&quotes, path, &bytes, sink);
	buffer_release(&bytes);
	arena_release(&arena);
	origin_close(&origin);
	return code;
}
