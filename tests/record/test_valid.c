/*
 * Steps of 64 bytes find the first byte that is no text where one character
 * after the other does, wherever it stands.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "base/text.h"
#include "record/valid.h"

#define SIZE 400

static uint64_t seed = 20261124;

static unsigned draw(unsigned below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 33) % below;
}

static size_t expected(const unsigned char *data, size_t size)
{
	const unsigned char *nul = memchr(data, 0, size);

	return utf8_valid(
		(const char *)data, nul ? (size_t)(nul - data) : size);
}

static const char *const pieces[] = { "a", "0,", "true,false\n", "検査", "ｱ",
	"é", "\xdf\xbf", "\xe1\x80\x80", "\xef\xbf\xbf", "\xe0\xa0\x80",
	"\xed\x9f\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf",
	"K00000001,abcdefghijklmnopqrstuvwxyz,1234567890" };

/* In every way that the machine has, which must agree. */
static size_t valid(const unsigned char *data, size_t size)
{
	size_t bytes = valid_bytes(data, size);

	for (int wide = WIDE_PLAIN; wide <= (int)wide_best(); wide++)
		cr_assert_eq(valid_bytes_by((enum wide)wide, data, size), bytes,
			"way %d", wide);
	return bytes;
}

/* Valid text of random pieces; its size, near `SIZE`. */
static size_t draw_text(unsigned char *to, unsigned kinds)
{
	size_t at = 0;

	for (;;) {
		const char *piece = pieces[draw(kinds)];
		size_t size = strlen(piece);

		if (at + size > SIZE)
			return at;
		memcpy(to + at, piece, size);
		at += size;
	}
}

Test(valid, text_and_one_byte_of_it_changed)
{
	static const unsigned char bytes[] = { 0x00, 0x41, 0x7f, 0x80, 0xbf,
		0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf4,
		0xf5, 0xff };
	unsigned char data[SIZE];

	for (unsigned round = 0; round < 20000; round++) {
		/* now and then with characters that need a second look */
		size_t size = draw_text(data, round % 3 ? 9 : 14);
		size_t cut = size - draw(70);

		cr_assert_eq(valid(data, size), size, "%u", round);
		cr_assert_eq(valid(data, cut), expected(data, cut),
			"%u cut to %zu", round, cut);
		data[draw((unsigned)size)] = bytes[draw(sizeof(bytes))];
		cr_assert_eq(
			valid(data, size), expected(data, size), "%u", round);
	}
}

/* Every two and three bytes, across the end of a step. */
Test(valid, every_beginning_of_a_character)
{
	unsigned char data[128];

	for (unsigned word = 0; word < 1u << 16; word++) {
		size_t at = 60 + word % 6;

		memset(data, 'a', sizeof(data));
		data[at] = (unsigned char)(word >> 8);
		data[at + 1] = (unsigned char)word;
		cr_assert_eq(valid(data, sizeof(data)),
			expected(data, sizeof(data)), "%x", word);
		data[at + 2] = 0x80;
		cr_assert_eq(valid(data, sizeof(data)),
			expected(data, sizeof(data)), "%x 80", word);
	}
	cr_expect_eq(valid(data, 0), 0);
}
