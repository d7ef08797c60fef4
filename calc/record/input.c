/*
 * Blocks of a file, their encoding, and its conversion. The raw block is
 * always filled up before it is looked at, so that detection does not depend
 * on how a pipe delivers. CP932 is Microsoft's code page, by iconv.
 */
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "record/input.h"
#include "record/valid.h"
#include "record/zip.h"

#define INPUT_CONVERTED (1u << 18) /* bytes of UTF-8 made at a time */

struct input {
	int descriptor;
	char *path;
	bool eof;
	bool utf8;
	bool detected; /* not stated by the user */
	bool loose;    /* see input_open_lines */
	bool peeked;   /* `piece` was read by input_open, not yet given out */
	bool marked;   /* a byte order mark was in front */
	bool borrowed; /* `raw` is the caller's, see input_memory_set */
	unsigned fills;
	struct text piece;
	size_t start; /* raw bytes [start, end) are still to be given out */
	size_t end;
	uint64_t offset; /* in the file, of raw[start] */
	iconv_t converter;
	bool converting; /* `converter` is open */
	unsigned char *raw;
	char *converted;
};

static enum shk_code input_failed(
	struct input *input, const char *what, shk_diag *diag)
{
	char reason[128];

	if (strerror_r(errno, reason, sizeof(reason)) != 0)
		reason[0] = '\0';
	diag_set(diag, SHK_E_IO, "%s: %s", what, reason);
	diag_place(diag, input->path, 0, 0);
	return SHK_E_IO;
}

enum shk_code input_read_raw(
	struct input *input, char *to, size_t size, size_t *got, shk_diag *diag)
{
	*got = 0;
	while (!input->eof && *got < size) {
		ssize_t more = read(input->descriptor, to + *got, size - *got);

		if (more < 0 && errno == EINTR)
			continue;
		if (more < 0)
			return input_failed(input, "cannot read", diag);
		input->eof = more == 0;
		*got += (size_t)more;
	}
	return SHK_OK;
}

/* Move what is left to the front and read until the block is full. */
static enum shk_code input_fill(struct input *input, shk_diag *diag)
{
	size_t left = input->end - input->start;

	input->fills++;
	if (left > 0 && input->start > 0)
		memmove(input->raw, input->raw + input->start, left);
	input->start = 0;
	input->end = left;
	if (!input->eof) {
		size_t got = 0;
		enum shk_code code =
			input_read_raw(input, (char *)input->raw + left,
				INPUT_BLOCK - left, &got, diag);

		input->end += got;
		return code;
	}
	return SHK_OK;
}

static enum shk_code input_bad(
	struct input *input, const char *right, shk_diag *diag)
{
	unsigned char byte = input->raw[input->start];

	if (byte == 0)
		diag_set(diag, SHK_E_INPUT,
			"a NUL byte (byte %llu of the file): not a text in "
			"UTF-8 or CP932",
			(unsigned long long)input->offset + 1);
	else
		diag_set(diag, SHK_E_INPUT,
			"byte %llu of the file (0x%02X) is not valid %s%s",
			(unsigned long long)input->offset + 1, byte,
			input_encoding(input), right);
	diag_reason(diag, "bad_value");
	diag_place(diag, input->path, 0, 0);
	return SHK_E_INPUT;
}

/* True when fewer bytes than a character are left and more may come. */
static bool input_is_cut(const struct input *input, size_t most)
{
	return !input->eof && input->end - input->start < most;
}

static enum shk_code input_utf8(struct input *input, shk_diag *diag)
{
	enum shk_code code;
	size_t valid = input->end - input->start;

	if (!input->loose)
		valid = valid_bytes(input->raw + input->start, valid);

	if (valid == 0 && input_is_cut(input, 4)) {
		code = input_fill(input, diag);
		if (code)
			return code;
		valid = valid_bytes(input->raw, input->end);
	}
	if (valid == 0 && input->start < input->end)
		return input_bad(input,
			input->detected
				? ", which the beginning of the file is; state "
				  "the encoding"
				: "",
			diag);
	input->piece =
		(struct text){ (const char *)input->raw + input->start, valid };
	input->start += valid;
	input->offset += valid;
	return SHK_OK;
}

/* Convert one portion; what cannot be converted stays in the raw block. */
static size_t input_convert(struct input *input)
{
	char *from = (char *)input->raw + input->start;
	unsigned char *nul =
		memchr(input->raw + input->start, 0, input->end - input->start);
	size_t left = nul ? (size_t)(nul - (input->raw + input->start))
			  : input->end - input->start;
	char *to = input->converted;
	size_t room = INPUT_CONVERTED;
	size_t before = left;

	iconv(input->converter, &from, &left, &to, &room);
	input->start += before - left;
	input->offset += before - left;
	return INPUT_CONVERTED - room;
}

static enum shk_code input_cp932(struct input *input, shk_diag *diag)
{
	size_t made = input_convert(input);

	if (made == 0 && input_is_cut(input, 2)) {
		enum shk_code code = input_fill(input, diag);

		if (code)
			return code;
		made = input_convert(input);
	}
	if (made == 0 && input->start < input->end)
		return input_bad(input, "", diag);
	input->piece = (struct text){ input->converted, made };
	return SHK_OK;
}

static enum shk_code input_advance(struct input *input, shk_diag *diag)
{
	if (input->start == input->end && !input->eof) {
		enum shk_code code = input_fill(input, diag);

		if (code)
			return code;
	}
	return input->utf8 ? input_utf8(input, diag) : input_cp932(input, diag);
}

/* The whole first block converts, but for a character cut at its end. */
static bool input_is_cp932(struct input *input)
{
	size_t start = input->start;
	uint64_t offset = input->offset;
	bool fits;

	do {
		fits = input_convert(input) > 0;
	} while (fits && input->start < input->end);
	fits = input->start == input->end || input_is_cut(input, 2);
	input->start = start;
	input->offset = offset;
	iconv(input->converter, NULL, NULL, NULL, NULL);
	return fits;
}

/* Why iconv has no converter. */
static enum shk_code input_no_converter(int number, shk_diag *diag)
{
	char reason[DIAG_SYSTEM];
	void *block = memory_alloc(INPUT_CONVERTED);

	memory_free(block);
	if (!block || number == ENOMEM)
		return diag_memory(diag);
	if (number != EINVAL)
		return diag_set(diag, SHK_E_IO, "cannot convert from CP932: %s",
			diag_system(reason, number));
	return diag_set(
		diag, SHK_E_IO, "this system cannot convert from CP932");
}

static enum shk_code input_converter(struct input *input, shk_diag *diag)
{
	input->converted = memory_alloc(INPUT_CONVERTED);
	if (!input->converted)
		return diag_memory(diag);
	/* Without memory for its tables it says that there are none: then it
	   has them at the second try, or we have no memory either. */
	input->converter = (iconv_t)-1;
	for (int i = 0; i < 2 && input->converter == (iconv_t)-1; i++)
		input->converter = iconv_open("UTF-8", "CP932");
	if (input->converter == (iconv_t)-1)
		return input_no_converter(errno, diag);
	input->converting = true;
	return SHK_OK;
}

/* Valid UTF-8 wins, else CP932 when everything converts. */
static enum shk_code input_detect(struct input *input, shk_diag *diag)
{
	size_t size = input->end - input->start;
	size_t valid = valid_bytes(input->raw + input->start, size);
	enum shk_code code;

	input->detected = true;
	input->utf8 = true;
	if (valid == size || (!input->eof && size - valid < 4))
		return SHK_OK;
	code = input_converter(input, diag);
	if (code)
		return code;
	input->utf8 = false;
	if (input_is_cp932(input))
		return SHK_OK;
	input->start += valid; /* for the message */
	input->offset += valid;
	input->utf8 = true;
	return input_bad(input, ", and the file is not CP932 either", diag);
}

/* How to open; `lines` and `fits` as in input_open_lines. */
struct input_how {
	enum shk_encoding encoding;
	bool lines;
	bool (*fits)(struct text first);
};

static bool input_takes_lines(
	const struct input *input, const struct input_how *how)
{
	struct text first = { (const char *)input->raw + input->start,
		input->end - input->start };

	return how->lines && how->encoding != SHK_ENCODING_CP932 &&
	       (!how->fits || how->fits(first));
}

/* Files that are no text at all, by their first bytes. */
static enum shk_code input_refuse(const struct input *input, shk_diag *diag)
{
	switch (zip_kind_of(input->raw, input->end)) {
	case ZIP_COMPOUND:
		return zip_refuse_compound(diag);
	case ZIP_ARCHIVE:
		diag_set(diag, SHK_E_INPUT,
			"this is a zip file, as .xlsx workbooks are, and no "
			"text; a workbook is read as format xlsx and from a "
			"file, not from standard input");
		diag_reason(diag, "bad_value");
		return SHK_E_INPUT;
	case ZIP_OTHER:
		break;
	}
	return SHK_OK;
}

static enum shk_code input_begin(
	struct input *input, const struct input_how *how, shk_diag *diag)
{
	enum shk_encoding encoding = how->encoding;
	enum shk_code code = input->borrowed ? SHK_OK : input_fill(input, diag);

	if (!code)
		code = input_refuse(input, diag);
	if (code)
		return code;
	if (input->end >= 3 && memcmp(input->raw, "\xEF\xBB\xBF", 3) == 0 &&
		encoding != SHK_ENCODING_CP932) {
		input->marked = true;
		input->start = 3;
		input->offset = 3;
		encoding = SHK_ENCODING_UTF8;
	}
	input->loose = input_takes_lines(input, how);
	if (input->loose)
		encoding = SHK_ENCODING_UTF8;
	input->utf8 = encoding == SHK_ENCODING_UTF8;
	if (encoding == SHK_ENCODING_AUTO)
		code = input_detect(input, diag);
	else if (encoding == SHK_ENCODING_CP932)
		code = input_converter(input, diag);
	if (!code)
		code = input_advance(input, diag);
	input->peeked = !code;
	return code;
}

static enum shk_code input_start(struct input **out, const char *path,
	const struct input_how *how, shk_diag *diag)
{
	struct input *input = memory_zeroed(1, sizeof(*input));
	enum shk_code code;

	*out = NULL;
	if (!input)
		return diag_memory(diag);
	input->descriptor = -1;
	input->path = memory_copy_text(path, strlen(path));
	input->raw = memory_alloc(INPUT_BLOCK);
	if (!input->path || !input->raw) {
		code = diag_memory(diag);
		goto done;
	}
	input->descriptor = strcmp(path, "-") == 0
				    ? STDIN_FILENO
				    : open(path, O_RDONLY | O_CLOEXEC);
	if (input->descriptor < 0)
		code = input_failed(input, "cannot open", diag);
	else
		code = input_begin(input, how, diag);
done:
	if (code)
		input_close(input);
	else
		*out = input;
	return code;
}

enum shk_code input_open(struct input **out, const char *path,
	enum shk_encoding encoding, shk_diag *diag)
{
	const struct input_how how = { encoding, false, NULL };

	return input_start(out, path, &how, diag);
}

enum shk_code input_open_lines(struct input **out, const char *path,
	enum shk_encoding encoding, bool (*fits)(struct text first),
	shk_diag *diag)
{
	const struct input_how how = { encoding, true, fits };

	return input_start(out, path, &how, diag);
}

enum shk_code input_open_bytes(struct input **out, const char *path,
	struct text bytes, enum shk_encoding encoding, bool lines,
	shk_diag *diag)
{
	const struct input_how how = { encoding, lines, NULL };
	struct input *input = memory_zeroed(1, sizeof(*input));
	enum shk_code code;

	*out = NULL;
	if (!input)
		return diag_memory(diag);
	input->descriptor = -1;
	input->borrowed = true;
	input->eof = true;
	input_memory_set(input, bytes, 0);
	input->path = memory_copy_text(path, strlen(path));
	code = input->path ? input_begin(input, &how, diag) : diag_memory(diag);
	if (code)
		input_close(input);
	else
		*out = input;
	return code;
}

bool input_is_loose(const struct input *input)
{
	return input->loose;
}

enum shk_code input_read(
	struct input *input, struct text *piece, shk_diag *diag)
{
	enum shk_code code = SHK_OK;

	if (!input->peeked)
		code = input_advance(input, diag);
	input->peeked = false;
	*piece = input->piece;
	return code;
}

struct text input_peek(const struct input *input)
{
	return input->peeked ? input->piece : (struct text){ "", 0 };
}

uint64_t input_offset(const struct input *input)
{
	return input->offset;
}

const char *input_encoding(const struct input *input)
{
	return input->utf8 ? "UTF-8" : "CP932";
}

bool input_rewind(struct input *input)
{
	return lseek(input->descriptor, 0, SEEK_SET) == 0;
}

void input_close(struct input *input)
{
	if (!input)
		return;
	if (input->descriptor > STDIN_FILENO)
		close(input->descriptor);
	if (input->converting)
		iconv_close(input->converter);
	memory_free(input->converted);
	if (!input->borrowed)
		memory_free(input->raw);
	memory_free(input->path);
	memory_free(input);
}

/* Bytes of the first `lines` lines; all that there are when there are fewer. */
static size_t input_skip_lines(struct text text, long lines)
{
	size_t at = 0;

	for (; lines > 0 && at < text.size; at++) {
		if (text.data[at] == '\r' && at + 1 < text.size &&
			text.data[at + 1] == '\n')
			at++;
		lines -= text.data[at] == '\r' || text.data[at] == '\n';
	}
	return at;
}

bool input_first_raw(const struct input *input, long lines, struct text *rest,
	uint64_t *offset)
{
	size_t mark = input->marked ? 3 : 0;
	struct text raw = { (const char *)input->raw + mark,
		input->end - mark };
	size_t skip = input_skip_lines(raw, lines);

	/* with CR at the very end LF may follow it */
	if (input->fills != 1 || (skip == raw.size && !input->eof))
		return false;
	*rest = (struct text){ raw.data + skip, raw.size - skip };
	*offset = mark + skip;
	return true;
}

static enum shk_code input_memory_like(struct input **out,
	const struct input *whole, const char *path, shk_diag *diag)
{
	struct input *input = memory_zeroed(1, sizeof(*input));
	enum shk_code code = SHK_OK;

	*out = NULL;
	if (!input)
		return diag_memory(diag);
	input->descriptor = -1;
	input->borrowed = true;
	input->eof = true;
	input->utf8 = whole->utf8;
	input->detected = whole->detected;
	input->loose = whole->loose;
	input->path = memory_copy_text(path, strlen(path));
	if (!input->path)
		code = diag_memory(diag);
	else if (!input->utf8)
		code = input_converter(input, diag);
	if (code)
		input_close(input);
	else
		*out = input;
	return code;
}

enum shk_code input_memory_new(
	struct input **out, const struct input *whole, shk_diag *diag)
{
	return input_memory_like(out, whole, whole->path, diag);
}

enum shk_code input_memory_text(
	struct input **out, const char *path, struct text bytes, shk_diag *diag)
{
	const struct input utf8 = { .utf8 = true };
	enum shk_code code = input_memory_like(out, &utf8, path, diag);

	if (*out)
		input_memory_set(*out, bytes, 0);
	return code;
}

void input_memory_set(struct input *input, struct text bytes, uint64_t offset)
{
	input->raw = (unsigned char *)(uintptr_t)bytes.data;
	input->start = 0;
	input->end = bytes.size;
	input->offset = offset;
	input->peeked = false;
	if (input->converting)
		iconv(input->converter, NULL, NULL, NULL, NULL);
}
