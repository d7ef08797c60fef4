/*
 * Percent-decoding and pairs. Everything that is refused is refused with the
 * name of the pair as far as it is known; a value that is no UTF-8 or holds a
 * NUL never goes further than this.
 */
#include <string.h>

#include "base/diag.h"
#include "base/memory.h"
#include "serve/decode.h"

static int decode_digit(char digit)
{
	if (digit >= '0' && digit <= '9')
		return digit - '0';
	if (digit >= 'a' && digit <= 'f')
		return digit - 'a' + 10;
	if (digit >= 'A' && digit <= 'F')
		return digit - 'A' + 10;
	return -1;
}

/* The byte at `*at`, which moves behind it; -1: a broken escape. */
static int decode_byte(struct text text, size_t *at, bool plus)
{
	char byte = text.data[(*at)++];
	int high, low;

	if (byte == '+' && plus)
		return ' ';
	if (byte != '%')
		return (unsigned char)byte;
	if (text.size - *at < 2)
		return -1;
	high = decode_digit(text.data[*at]);
	low = decode_digit(text.data[*at + 1]);
	*at += 2;
	return high < 0 || low < 0 ? -1 : high * 16 + low;
}

const char *decode_text(
	struct arena *arena, struct text text, bool plus, shk_diag *diag)
{
	char *out = arena_alloc(arena, text.size + 1);
	size_t size = 0;

	if (!out) {
		diag_memory(diag);
		return NULL;
	}
	for (size_t at = 0; at < text.size;) {
		int byte = decode_byte(text, &at, plus);

		if (byte <= 0) {
			diag_set(diag, SHK_E_USAGE,
				byte < 0 ? "a %% that is not followed by two "
					   "hexadecimal digits"
					 : "a NUL byte");
			return NULL;
		}
		out[size++] = (char)byte;
	}
	out[size] = '\0';
	if (utf8_valid(out, size) == size)
		return out;
	diag_set(diag, SHK_E_USAGE, "the text is not valid UTF-8");
	return NULL;
}

static enum shk_code decode_grow(
	struct arena *arena, struct serve_pairs *pairs, shk_diag *diag)
{
	size_t room = 8;
	struct serve_pair *items;

	if (pairs->count == SERVE_PAIRS_MAX)
		return diag_set(diag, SHK_E_LIMIT, "more than %d names",
			SERVE_PAIRS_MAX);
	/* full at 0 and at each power of two from 8 on */
	if (pairs->count > 0 &&
		(pairs->count < room || (pairs->count & (pairs->count - 1))))
		return SHK_OK;
	while (room <= pairs->count)
		room *= 2;
	items = arena_zeroed(arena, room, sizeof(*items));
	if (!items)
		return diag_memory(diag);
	if (pairs->count > 0)
		memcpy(items, pairs->items, pairs->count * sizeof(*items));
	pairs->items = items;
	return SHK_OK;
}

enum shk_code decode_add(struct arena *arena, struct serve_pairs *pairs,
	const char *name, const char *value, shk_diag *diag)
{
	enum shk_code code = SHK_OK;

	if (strlen(name) > SERVE_NAME_MAX)
		code = diag_set(diag, SHK_E_LIMIT,
			"a name is longer than %d bytes", SERVE_NAME_MAX);
	else if (strlen(value) > SERVE_VALUE_MAX)
		code = diag_set(diag, SHK_E_LIMIT,
			"the value is longer than %u bytes", SERVE_VALUE_MAX);
	if (!code)
		code = decode_grow(arena, pairs, diag);
	if (code) {
		diag_field(diag, name);
		return code;
	}
	pairs->items[pairs->count++] = (struct serve_pair){ name, value };
	return SHK_OK;
}

static enum shk_code decode_pair(struct arena *arena, struct text text,
	struct serve_pairs *pairs, shk_diag *diag)
{
	const char *equals = memchr(text.data, '=', text.size);
	size_t size = equals ? (size_t)(equals - text.data) : text.size;
	const char *name = decode_text(
		arena, (struct text){ text.data, size }, true, diag);
	const char *value = "";

	if (!name)
		return diag->code;
	if (equals)
		value = decode_text(arena,
			(struct text){ equals + 1, text.size - size - 1 }, true,
			diag);
	if (!value) {
		diag_field(diag, name);
		return diag->code;
	}
	return decode_add(arena, pairs, name, value, diag);
}

enum shk_code decode_pairs(struct arena *arena, struct text text,
	struct serve_pairs *pairs, shk_diag *diag)
{
	enum shk_code code = SHK_OK;

	while (text.size > 0 && !code) {
		const char *end = memchr(text.data, '&', text.size);
		size_t size = end ? (size_t)(end - text.data) : text.size;

		if (size > 0)
			code = decode_pair(arena,
				(struct text){ text.data, size }, pairs, diag);
		size += end ? 1 : 0;
		text.data += size;
		text.size -= size;
	}
	return code;
}
