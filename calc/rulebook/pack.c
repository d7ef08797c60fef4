/*
 * Opening a pack, which nobody trusts: every size has a ceiling, every number
 * one way to be written, and the file ends where its header says. What the
 * header says is held against its digest before it is looked at.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "rulebook/pack.h"
#include "rulebook/rulebook.h"

/* What is being taken apart. */
struct cut {
	struct text rest;
	const char *path;
	shk_diag *diag;
};

void pack_init(struct pack *pack)
{
	memset(pack, 0, sizeof(*pack));
	pack->descriptor = -1;
	buffer_init(&pack->top);
	buffer_init(&pack->header);
}

void pack_release(struct pack *pack)
{
	if (pack->descriptor >= 0)
		close(pack->descriptor);
	memory_free(pack->parts);
	memory_free(pack->needs);
	buffer_release(&pack->top);
	buffer_release(&pack->header);
	pack_init(pack);
}

static enum shk_code pack_fail(shk_diag *diag, const char *path,
	const char *format, ...) BASE_PRINTF(3, 4);

static enum shk_code pack_fail(
	shk_diag *diag, const char *path, const char *format, ...)
{
	char message[SHK_DIAG_MESSAGE];
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	diag_set(diag, SHK_E_RULES, "%s", message);
	diag_place(diag, path, 0, 0);
	return SHK_E_RULES;
}

static enum shk_code damaged(const struct cut *cut, const char *what)
{
	return pack_fail(cut->diag, cut->path,
		"the pack is damaged: %s; make it again with shokan rules "
		"pack",
		what);
}

/* The next line without its line feed; false when there is none. */
static bool take_line(struct cut *cut, struct text *line)
{
	const char *end = cut->rest.size
				  ? memchr(cut->rest.data, '\n', cut->rest.size)
				  : NULL;

	if (!end)
		return false;
	*line = (struct text){ cut->rest.data, (size_t)(end - cut->rest.data) };
	cut->rest.size -= line->size + 1;
	cut->rest.data = end + 1;
	return true;
}

/* What stands before the next blank of a line; the line is what follows. */
static struct text take_word(struct text *line)
{
	const char *end =
		line->size ? memchr(line->data, ' ', line->size) : NULL;
	struct text word = *line;

	if (!end) {
		*line = (struct text){ "", 0 };
		return word;
	}
	word.size = (size_t)(end - line->data);
	line->size -= word.size + 1;
	line->data = end + 1;
	return word;
}

/* A number without needless zeros, at most `most`. */
static bool number_of(struct text word, size_t most, size_t *value)
{
	*value = 0;
	if (word.size == 0 || word.size > 10 ||
		(word.size > 1 && word.data[0] == '0'))
		return false;
	for (size_t i = 0; i < word.size; i++) {
		if (word.data[i] < '0' || word.data[i] > '9')
			return false;
		*value = *value * 10 + (size_t)(word.data[i] - '0');
	}
	return *value <= most;
}

/* Bytes at an offset; SHK_E_IO also when the file has become shorter. */
static enum shk_code read_at(int descriptor, const char *path, uint64_t at,
	size_t size, struct buffer *out, shk_diag *diag)
{
	char block[16384];

	while (size > 0) {
		ssize_t got = pread(descriptor, block,
			size < sizeof(block) ? size : sizeof(block), (off_t)at);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0) {
			diag_set(diag, SHK_E_IO, "cannot read the pack");
			diag_place(diag, path, 0, 0);
			return SHK_E_IO;
		}
		buffer_add(out, block, (size_t)got);
		at += (uint64_t)got;
		size -= (size_t)got;
	}
	return out->failed ? diag_memory(diag) : SHK_OK;
}

static enum shk_code signature_take(
	struct pack *pack, struct cut *cut, unsigned char *signature)
{
	struct text line, word;

	if (!take_line(cut, &line) || !text_is(take_word(&line), "signature"))
		return damaged(cut, "its second line is no signature");
	if (text_is(line, "none"))
		return SHK_OK;
	pack->is_signed = true;
	word = take_word(&line);
	if (!digest_parse(word, pack->key, PACK_KEY) ||
		!digest_parse(line, signature, PACK_SIGNATURE))
		return damaged(cut, "its signature is not readable");
	return SHK_OK;
}

/* The three lines at the top; `size` and `digest` are those of the header. */
static enum shk_code top_take(
	struct pack *pack, struct cut *cut, size_t *size, unsigned char *digest)
{
	unsigned char signature[PACK_SIGNATURE];
	struct text begun, line, word;
	enum shk_code code;

	if (!take_line(cut, &line) || !text_is(line, "shokan pack 1"))
		return pack_fail(cut->diag, cut->path,
			"neither a folder of rules nor a rulebook pack: the "
			"first line of a pack is \"shokan pack 1\"");
	code = signature_take(pack, cut, signature);
	if (code)
		return code;
	begun = cut->rest;
	if (!take_line(cut, &line) || !text_is(take_word(&line), "header"))
		return damaged(cut, "its third line is no header");
	word = take_word(&line);
	if (!number_of(word, PACK_HEADER_MAX, size) ||
		!digest_parse(line, digest, DIGEST_BYTES))
		return damaged(cut, "its third line is not readable");
	begun.size = (size_t)(cut->rest.data - begun.data);
	if (pack->is_signed && !sign_check(pack->key, signature, begun))
		return damaged(cut, "its signature does not fit");
	return SHK_OK;
}

/* Relative, inside of the book, printable, said once. */
static bool is_name(const struct pack *pack, struct text name)
{
	if (name.size == 0 || name.size >= PACK_NAME_MAX ||
		name.data[0] == '/' || name.data[name.size - 1] == '/')
		return false;
	for (size_t i = 0; i < name.size; i++) {
		struct text rest = { name.data + i, name.size - i };

		if ((unsigned char)name.data[i] < ' ' || name.data[i] == 0x7F)
			return false;
		if ((i == 0 || name.data[i - 1] == '/') && rest.size >= 2 &&
			rest.data[0] == '.' && rest.data[1] == '.')
			return false;
	}
	for (size_t i = 0; i < pack->part_count; i++)
		if (text_equal(pack->parts[i].name, name))
			return false;
	return true;
}

/* The lines of the manifest up to the empty one. */
static enum shk_code parts_take(
	struct pack *pack, struct cut *cut, uint64_t at, uint64_t *end)
{
	struct text line;

	pack->manifest = cut->rest;
	while (take_line(cut, &line) && line.size > 0) {
		struct pack_part *part = &pack->parts[pack->part_count];
		struct text digest = take_word(&line);
		struct text size = take_word(&line);

		if (pack->part_count == PACK_FILES_MAX)
			return damaged(cut, "it has too many files");
		if (!digest_parse(digest, part->digest, DIGEST_BYTES) ||
			!number_of(size, RULEBOOK_BYTES_MAX, &part->size) ||
			!is_name(pack, line))
			return damaged(cut, "a line of its manifest is wrong");
		part->name = line;
		part->at = at;
		at += part->size;
		pack->part_count++;
		pack->manifest.size =
			(size_t)(cut->rest.data - pack->manifest.data);
	}
	*end = at;
	if (pack->part_count == 0 || line.size > 0)
		return damaged(cut, "its manifest has no end");
	return SHK_OK;
}

static enum shk_code needs_take(struct pack *pack, struct cut *cut)
{
	struct text line;

	while (cut->rest.size > 0) {
		struct pack_need *need = &pack->needs[pack->need_count];

		if (pack->need_count == PACK_NEEDS_MAX)
			return damaged(cut, "it has too many needs");
		if (!take_line(cut, &line) ||
			!text_is(take_word(&line), "needs"))
			return damaged(cut, "a line of its needs is wrong");
		need->revision = take_word(&line);
		need->decision = take_word(&line);
		need->parts = line;
		while (line.size > 0) {
			size_t number;

			if (!number_of(take_word(&line), pack->part_count - 1,
				    &number))
				return damaged(
					cut, "a line of its needs is wrong");
		}
		pack->need_count++;
	}
	return SHK_OK;
}

static size_t lines_of(struct text text)
{
	size_t lines = 0;

	for (size_t i = 0; i < text.size; i++)
		lines += text.data[i] == '\n';
	return lines;
}

/* The header, held against its digest, and then the file's size. */
static enum shk_code header_take(struct pack *pack, struct cut *cut,
	const unsigned char *digest, uint64_t at, uint64_t file_size)
{
	struct text header = { pack->header.data ? pack->header.data : "",
		pack->header.size };
	unsigned char found[DIGEST_BYTES];
	size_t lines = lines_of(header);
	uint64_t end = 0;
	enum shk_code code;

	digest_of(header, found);
	if (memcmp(found, digest, DIGEST_BYTES) != 0)
		return damaged(cut, "its header is not what it was");
	if (lines > PACK_FILES_MAX + PACK_NEEDS_MAX)
		return damaged(cut, "it has too many lines");
	pack->parts = memory_zeroed(lines + 1, sizeof(*pack->parts));
	pack->needs = memory_zeroed(lines + 1, sizeof(*pack->needs));
	if (!pack->parts || !pack->needs)
		return diag_memory(cut->diag);
	cut->rest = header;
	code = parts_take(pack, cut, at + header.size, &end);
	if (!code)
		code = needs_take(pack, cut);
	if (!code && end != file_size)
		code = damaged(cut, end > file_size ? "its end is missing"
						    : "something stands "
						      "behind its end");
	return code;
}

static enum shk_code pack_take(
	struct pack *pack, const char *path, uint64_t file_size, shk_diag *diag)
{
	struct cut cut = { .path = path, .diag = diag };
	unsigned char digest[DIGEST_BYTES];
	size_t size = 0;
	uint64_t at;
	enum shk_code code;

	code = read_at(pack->descriptor, path, 0,
		file_size < PACK_TOP_MAX ? (size_t)file_size : PACK_TOP_MAX,
		&pack->top, diag);
	if (code)
		return code;
	cut.rest = (struct text){ pack->top.data ? pack->top.data : "",
		pack->top.size };
	code = top_take(pack, &cut, &size, digest);
	if (code)
		return code;
	pack->top.size -= cut.rest.size;
	at = pack->top.size;
	if (size > file_size - at)
		return damaged(&cut, "its end is missing");
	code = read_at(pack->descriptor, path, at, size, &pack->header, diag);
	return code ? code : header_take(pack, &cut, digest, at, file_size);
}

enum shk_code pack_open(struct pack *pack, const char *path, shk_diag *diag)
{
	struct stat info;

	pack->descriptor = open(path, O_RDONLY | O_CLOEXEC);
	if (pack->descriptor < 0 || fstat(pack->descriptor, &info) != 0) {
		diag_set(diag, SHK_E_IO, "cannot open: %s",
			errno == ENOENT	  ? "no such file"
			: errno == EACCES ? "permission denied"
					  : "the system refused");
		diag_place(diag, path, 0, 0);
		return SHK_E_IO;
	}
	if (!S_ISREG(info.st_mode))
		return pack_fail(
			diag, path, "a rulebook pack is a file; this is none");
	return pack_take(pack, path, (uint64_t)info.st_size, diag);
}

enum shk_code pack_read_part(const struct pack *pack,
	const struct pack_part *part, const char *path, struct buffer *out,
	shk_diag *diag)
{
	unsigned char digest[DIGEST_BYTES];
	size_t before = out->size;
	enum shk_code code = read_at(
		pack->descriptor, path, part->at, part->size, out, diag);

	if (code)
		return code;
	digest_of((struct text){ out->data ? out->data + before : "",
			  out->size - before },
		digest);
	if (memcmp(digest, part->digest, DIGEST_BYTES) != 0)
		return pack_fail(diag, path,
			"the pack is damaged: this file is not what it was; "
			"make it again with shokan rules pack");
	return SHK_OK;
}

const struct pack_part *pack_find(const struct pack *pack, const char *name)
{
	for (size_t i = 0; i < pack->part_count; i++)
		if (text_is(pack->parts[i].name, name))
			return &pack->parts[i];
	return NULL;
}

bool pack_needs(const struct pack *pack, const char *revision,
	const char *decision, bool *parts)
{
	for (size_t i = 0; i < pack->need_count; i++) {
		struct text line = pack->needs[i].parts;
		size_t number;

		if (!text_is(pack->needs[i].revision, revision) ||
			!text_is(pack->needs[i].decision, decision))
			continue;
		while (line.size > 0)
			if (number_of(take_word(&line), pack->part_count - 1,
				    &number))
				parts[number] = true;
		return true;
	}
	return false;
}
