/*
 * Tags of an XML file, by their bytes: what a mutant replaces must be known
 * to the byte, which the reader of the library does not tell. The files of
 * rules/ are in one canonical form (rules fmt), so that this is enough.
 */
#include "mutation/tags.h"

#include <string.h>

static const struct {
	const char *name;
	char byte;
} references[] = { { "&lt;", '<' }, { "&gt;", '>' }, { "&amp;", '&' },
	{ "&quot;", '"' }, { "&apos;", '\'' } };

static size_t find(struct text file, size_t from, const char *what)
{
	size_t size = strlen(what);

	for (size_t i = from; i + size <= file.size; i++)
		if (memcmp(file.data + i, what, size) == 0)
			return i;
	return file.size;
}

bool tag_next(struct text file, size_t *offset, struct tag *tag)
{
	size_t at = find(file, *offset, "<"), end, begin;

	while (at + 4 < file.size &&
		(file.data[at + 1] == '?' || file.data[at + 1] == '!'))
		at = find(file,
			find(file, at, file.data[at + 1] == '?' ? "?>" : "-->"),
			"<");
	end = find(file, at, ">");
	if (end >= file.size)
		return false;
	*tag = (struct tag){ .at = at,
		.end = end + 1,
		.closes = file.data[at + 1] == '/',
		.empty = file.data[end - 1] == '/' };
	begin = at + 1 + tag->closes;
	tag->name.data = file.data + begin;
	while (begin + tag->name.size < end - tag->empty &&
		!strchr(" \n\t", tag->name.data[tag->name.size]))
		tag->name.size++;
	tag->inside.data = tag->name.data + tag->name.size;
	tag->inside.size =
		(size_t)(file.data + end - tag->empty - tag->inside.data);
	*offset = end + 1;
	return true;
}

bool tag_attribute(const struct tag *tag, size_t *offset, struct text *name,
	struct text *value)
{
	const char *from = tag->inside.data;
	size_t at = *offset, quote, end;

	while (at < tag->inside.size && strchr(" \n\t", from[at]))
		at++;
	quote = find(tag->inside, at, "=\"");
	if (quote + 2 > tag->inside.size)
		return false;
	end = find(tag->inside, quote + 2, "\"");
	*name = (struct text){ from + at, quote - at };
	*value = (struct text){ from + quote + 2, end - quote - 2 };
	*offset = end + 1;
	return true;
}

struct text tag_value(const struct tag *tag, const char *name)
{
	struct text found, value;
	size_t offset = 0;

	while (tag_attribute(tag, &offset, &found, &value))
		if (text_is(found, name))
			return value;
	return (struct text){ "", 0 };
}

void text_plain(struct text raw, struct buffer *out, size_t *map)
{
	size_t at = 0;

	while (at < raw.size) {
		size_t size = 1;
		char byte = raw.data[at];

		for (size_t i = 0;
			i < sizeof(references) / sizeof(references[0]); i++) {
			size_t length = strlen(references[i].name);

			if (byte == '&' && raw.size - at >= length &&
				memcmp(raw.data + at, references[i].name,
					length) == 0) {
				byte = references[i].byte;
				size = length;
				break;
			}
		}
		map[out->size] = at;
		buffer_byte(out, byte);
		at += size;
	}
	map[out->size] = at;
}

void text_escaped(struct text plain, struct buffer *out)
{
	for (size_t i = 0; i < plain.size; i++) {
		if (plain.data[i] == '<')
			buffer_text(out, "&lt;");
		else if (plain.data[i] == '>')
			buffer_text(out, "&gt;");
		else if (plain.data[i] == '&')
			buffer_text(out, "&amp;");
		else
			buffer_byte(out, plain.data[i]);
	}
}
