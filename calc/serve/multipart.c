/*
 * multipart/form-data (RFC 7578): the values of a form, and at most one file,
 * whose bytes stay where they are in the body. The name of the file is text
 * for messages; nothing is opened by it.
 */
#include <string.h>
#include <strings.h>

#include "base/diag.h"
#include "serve/decode.h"

/* The body as it is consumed. */
struct multipart {
	struct arena *arena;
	struct text left;
	char mark[SERVE_BOUNDARY_MAX + 5]; /* CR LF, two hyphens, boundary */
	size_t mark_size;
	struct serve_pairs *pairs;
	struct serve_file *file;
	shk_diag *diag;
};

static bool multipart_space(char byte)
{
	return byte == ' ' || byte == '\t';
}

/* `name` in front of an equals sign at the beginning of `text`. */
static bool multipart_is(struct text text, const char *name)
{
	size_t size = strlen(name);

	return text.size > size && strncasecmp(text.data, name, size) == 0 &&
	       text.data[size] == '=';
}

/* Behind the next semicolon that is not quoted; `text` at its end. */
static struct text multipart_next(struct text text)
{
	bool quoted = false;
	size_t at = 0;

	for (; at < text.size && (quoted || text.data[at] != ';'); at++) {
		if (text.data[at] == '\\' && quoted && at + 1 < text.size)
			at++;
		else if (text.data[at] == '"')
			quoted = !quoted;
	}
	at += at < text.size;
	while (at < text.size && multipart_space(text.data[at]))
		at++;
	return (struct text){ text.data + at, text.size - at };
}

static const char *multipart_unquote(struct arena *arena, struct text text)
{
	bool quoted = text.size > 0 && text.data[0] == '"';
	char *out = arena_alloc(arena, text.size + 1);
	size_t size = 0;

	for (size_t at = quoted; out && at < text.size; at++) {
		char byte = text.data[at];

		if (quoted ? byte == '"' : byte == ';' || multipart_space(byte))
			break;
		if (quoted && byte == '\\' && at + 1 < text.size)
			byte = text.data[++at];
		out[size++] = byte;
	}
	if (out)
		out[size] = '\0';
	return out;
}

const char *decode_parameter(
	struct arena *arena, struct text header, const char *name)
{
	struct text text = multipart_next(header);

	while (text.size > 0 && !multipart_is(text, name))
		text = multipart_next(text);
	if (text.size == 0)
		return NULL;
	text.data += strlen(name) + 1;
	text.size -= strlen(name) + 1;
	return multipart_unquote(arena, text);
}

/* Offset of `mark` in `text`; its size when it is not there. */
static size_t multipart_find(struct text text, const char *mark, size_t size)
{
	size_t at = 0;

	while (at + size <= text.size) {
		const char *next = memchr(
			text.data + at, mark[0], text.size - size - at + 1);

		if (!next)
			break;
		at = (size_t)(next - text.data);
		if (memcmp(next, mark, size) == 0)
			return at;
		at++;
	}
	return text.size;
}

static void multipart_skip(struct multipart *parts, size_t size)
{
	parts->left.data += size;
	parts->left.size -= size;
}

static enum shk_code multipart_bad(struct multipart *parts, const char *what)
{
	return diag_set(
		parts->diag, SHK_E_USAGE, "the form is broken: %s", what);
}

/* What a header line says after its name, or nothing. */
static struct text multipart_header(struct text line, const char *name)
{
	size_t size = strlen(name);

	if (line.size <= size || strncasecmp(line.data, name, size) != 0)
		return (struct text){ NULL, 0 };
	for (; size < line.size && multipart_space(line.data[size]);)
		size++;
	return (struct text){ line.data + size, line.size - size };
}

/* The lines in front of a part: what it is called and of what type. */
static enum shk_code multipart_lines(
	struct multipart *parts, struct text *disposition, struct text *type)
{
	size_t size = multipart_find(parts->left, "\r\n\r\n", 4);
	struct text head = { parts->left.data, size };

	if (size == parts->left.size)
		return multipart_bad(parts, "a part has no end of its header");
	if (size > SERVE_PART_HEAD_MAX)
		return diag_set(parts->diag, SHK_E_LIMIT,
			"the header of a part is longer than %d bytes",
			SERVE_PART_HEAD_MAX);
	if (memchr(head.data, '\0', head.size))
		return multipart_bad(parts, "a NUL byte in a header");
	while (head.size > 0) {
		size_t end = multipart_find(head, "\r\n", 2);
		struct text line = { head.data, end };
		struct text found =
			multipart_header(line, "content-disposition:");

		if (found.data)
			*disposition = found;
		found = multipart_header(line, "content-type:");
		if (found.data)
			*type = found;
		end += end < head.size ? 2 : 0;
		head.data += end;
		head.size -= end;
	}
	multipart_skip(parts, size + 4);
	return SHK_OK;
}

static enum shk_code multipart_value(
	struct multipart *parts, const char *name, struct text bytes)
{
	const char *value = arena_text(parts->arena, bytes.data, bytes.size);

	if (!value)
		return diag_memory(parts->diag);
	if (bytes.size > SERVE_VALUE_MAX)
		diag_set(parts->diag, SHK_E_LIMIT,
			"the value is longer than %u bytes", SERVE_VALUE_MAX);
	else if (memchr(bytes.data, '\0', bytes.size) ||
		 utf8_valid(bytes.data, bytes.size) != bytes.size)
		diag_set(parts->diag, SHK_E_USAGE,
			"the text is not valid UTF-8");
	if (parts->diag->code) {
		diag_field(parts->diag, name);
		return parts->diag->code;
	}
	return decode_add(parts->arena, parts->pairs, name, value, parts->diag);
}

static enum shk_code multipart_take_file(struct multipart *parts,
	const char *name, const char *filename, struct text type,
	struct text bytes)
{
	struct serve_file *file = parts->file;

	/* a form without a chosen file sends an empty one */
	if (filename[0] == '\0' && bytes.size == 0)
		return SHK_OK;
	if (file->bytes.data)
		return diag_set(parts->diag, SHK_E_LIMIT,
			"more than one file; send one at a time");
	*file = (struct serve_file){ .field = name,
		.name = filename,
		.type = arena_text(
			parts->arena, type.data ? type.data : "", type.size),
		.bytes = bytes };
	return file->type ? SHK_OK : diag_memory(parts->diag);
}

static enum shk_code multipart_part(struct multipart *parts)
{
	struct text disposition = { "", 0 };
	struct text type = { "", 0 };
	enum shk_code code = multipart_lines(parts, &disposition, &type);
	const char *name, *filename;
	struct text bytes;

	if (code)
		return code;
	bytes.data = parts->left.data;
	bytes.size = multipart_find(parts->left, parts->mark, parts->mark_size);
	if (bytes.size == parts->left.size)
		return multipart_bad(parts, "a part has no end");
	multipart_skip(parts, bytes.size + parts->mark_size);
	name = decode_parameter(parts->arena, disposition, "name");
	filename = decode_parameter(parts->arena, disposition, "filename");
	if (!name || utf8_valid(name, strlen(name)) != strlen(name))
		return multipart_bad(parts, "a part has no name");
	if (!filename)
		return multipart_value(parts, name, bytes);
	if (utf8_valid(filename, strlen(filename)) != strlen(filename))
		filename = "";
	if (strlen(name) > SERVE_NAME_MAX || strlen(filename) > SERVE_NAME_MAX)
		return diag_set(parts->diag, SHK_E_LIMIT,
			"a name is longer than %d bytes", SERVE_NAME_MAX);
	return multipart_take_file(parts, name, filename, type, bytes);
}

/* What stands behind a boundary: another part, or the end. */
static enum shk_code multipart_parts(struct multipart *parts)
{
	enum shk_code code = SHK_OK;
	size_t count = 0;

	while (!code) {
		if (parts->left.size >= 2 &&
			memcmp(parts->left.data, "--", 2) == 0)
			return SHK_OK;
		while (parts->left.size > 0 &&
			multipart_space(parts->left.data[0]))
			multipart_skip(parts, 1);
		if (parts->left.size < 2 ||
			memcmp(parts->left.data, "\r\n", 2) != 0)
			return multipart_bad(
				parts, "no line end at a boundary");
		if (count++ == SERVE_PAIRS_MAX)
			return diag_set(parts->diag, SHK_E_LIMIT,
				"more than %d parts", SERVE_PAIRS_MAX);
		multipart_skip(parts, 2);
		code = multipart_part(parts);
	}
	return code;
}

enum shk_code decode_multipart(struct arena *arena, const char *content_type,
	struct text body, struct serve_pairs *pairs, struct serve_file *file,
	shk_diag *diag)
{
	struct multipart parts = { .arena = arena,
		.left = body,
		.pairs = pairs,
		.file = file,
		.diag = diag };
	const char *boundary =
		decode_parameter(arena, text_of(content_type), "boundary");
	size_t size = boundary ? strlen(boundary) : 0;

	if (size == 0 || size > SERVE_BOUNDARY_MAX)
		return multipart_bad(&parts, "no boundary of 1 to 70 bytes");
	memcpy(parts.mark, "\r\n--", 4);
	memcpy(parts.mark + 4, boundary, size + 1);
	parts.mark_size = size + 4;
	/* the first boundary has no line end in front */
	if (body.size < size + 2 ||
		memcmp(body.data, parts.mark + 2, size + 2) != 0)
		return multipart_bad(&parts, "it does not begin with its "
					     "boundary");
	multipart_skip(&parts, size + 2);
	return multipart_parts(&parts);
}
