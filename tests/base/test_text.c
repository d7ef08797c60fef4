/*
 * UTF-8 against RFC 3629, widths, and the distance of names.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "base/text.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

Test(text, utf8_accepts_the_bounds_of_every_length)
{
	static const struct {
		uint32_t code;
		const char *bytes;
		size_t size;
	} rows[] = { { 0x00, "\x00", 1 }, { 0x7F, "\x7F", 1 },
		{ 0x80, "\xC2\x80", 2 }, { 0x7FF, "\xDF\xBF", 2 },
		{ 0x800, "\xE0\xA0\x80", 3 }, { 0xD7FF, "\xED\x9F\xBF", 3 },
		{ 0xE000, "\xEE\x80\x80", 3 }, { 0xFFFF, "\xEF\xBF\xBF", 3 },
		{ 0x10000, "\xF0\x90\x80\x80", 4 },
		{ 0x10FFFF, "\xF4\x8F\xBF\xBF", 4 } };

	for (size_t i = 0; i < COUNT(rows); i++) {
		uint32_t code = 1;
		char out[4];

		cr_assert_eq(utf8_decode(rows[i].bytes, rows[i].size, &code),
			rows[i].size, "%x", rows[i].code);
		cr_assert_eq(code, rows[i].code);
		cr_assert_eq(utf8_encode(rows[i].code, out), rows[i].size);
		cr_assert_eq(memcmp(out, rows[i].bytes, rows[i].size), 0);
		if (rows[i].size > 1)
			cr_assert_eq(utf8_decode(rows[i].bytes,
					     rows[i].size - 1, &code),
				0, "cut %x", rows[i].code);
	}
}

Test(text, utf8_refuses)
{
	static const char *const rows[] = { "\x80", "\xBF", "\xC0\x80",
		"\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xED\xBF\xBF",
		"\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80",
		"\xFF",
		/* in two pieces: \x would swallow the letter */
		("\xE3\x81"
		 "a"),
		"\xC3(" };
	char out[4];

	for (size_t i = 0; i < COUNT(rows); i++) {
		uint32_t code;
		char text[16] = "ok";

		cr_assert_eq(utf8_decode(rows[i], strlen(rows[i]), &code), 0,
			"row %zu", i);
		memcpy(text + 2, rows[i], strlen(rows[i]) + 1);
		cr_assert_eq(utf8_valid(text, strlen(text)), 2, "row %zu", i);
	}
	cr_assert_eq(utf8_encode(0xD800, out), 0);
	cr_assert_eq(utf8_encode(0xDFFF, out), 0);
	cr_assert_eq(utf8_encode(0x110000, out), 0);
	cr_assert_eq(utf8_decode("", 0, &(uint32_t){ 0 }), 0);
}

Test(text, lengths_and_widths)
{
	static const struct {
		const char *text;
		size_t length;
		size_t width;
	} rows[] = { { "", 0, 0 }, { "abc", 3, 3 }, { "償還価格", 4, 8 },
		{ "ｱｲｳ", 3, 3 }, { "ＡＢ", 2, 4 }, { "①", 1, 1 },
		{ "が", 1, 2 }, { "か\xE3\x82\x99", 2, 2 },
		{ "e\xCC\x81", 2, 1 }, { "円 100", 5, 6 }, { "é", 1, 1 },
		{ "\xF0\xA0\xAE\xB7", 1, 2 }, { "。", 1, 2 },
		{ "\xEF\xBB\xBFx", 2, 1 } };

	for (size_t i = 0; i < COUNT(rows); i++) {
		size_t size = strlen(rows[i].text);

		cr_assert_eq(utf8_valid(rows[i].text, size), size);
		cr_assert_eq(utf8_length(rows[i].text, size), rows[i].length,
			"%s", rows[i].text);
		cr_assert_eq(utf8_width(rows[i].text, size), rows[i].width,
			"%s: %zu", rows[i].text,
			utf8_width(rows[i].text, size));
	}
}

Test(text, order_is_that_of_bytes)
{
	static const char *const rows[] = { "", "A", "a", "aa", "ab", "b",
		"\xC3\xA9", "\xE3\x81\x82" };

	for (size_t i = 0; i < COUNT(rows); i++)
		for (size_t j = 0; j < COUNT(rows); j++) {
			int order = text_compare(
				text_of(rows[i]), text_of(rows[j]));

			cr_assert_eq((order > 0) - (order < 0),
				(i > j) - (i < j), "%zu %zu", i, j);
			cr_assert_eq(text_is(text_of(rows[i]), rows[j]), i == j,
				"%zu %zu", i, j);
		}
}

Test(text, distance)
{
	static const struct {
		const char *a;
		const char *b;
		size_t edits;
	} rows[] = { { "", "", 0 }, { "", "abc", 3 }, { "abc", "", 3 },
		{ "abc", "abc", 0 }, { "abc", "abd", 1 }, { "abc", "acb", 1 },
		{ "kitten", "sitting", 3 }, { "ca", "abc", 3 },
		{ "価格", "価各", 1 }, { "Cost", "cost", 1 },
		{ "sunday", "saturday", 3 } };

	for (size_t i = 0; i < COUNT(rows); i++) {
		cr_assert_eq(
			text_distance(text_of(rows[i].a), text_of(rows[i].b)),
			rows[i].edits, "%s %s", rows[i].a, rows[i].b);
		cr_assert_eq(
			text_distance(text_of(rows[i].b), text_of(rows[i].a)),
			rows[i].edits, "%s %s", rows[i].b, rows[i].a);
	}
}

/* 64 letters are compared; of 65 only whether they are the same. */
Test(text, distance_has_a_ceiling)
{
	char a[66];
	char b[66];

	memset(a, 'a', 65);
	memset(b, 'a', 65);
	a[65] = b[65] = '\0';
	b[10] = 'b';
	cr_assert_eq(
		text_distance((struct text){ a, 64 }, (struct text){ b, 64 }),
		1);
	cr_assert_eq(
		text_distance((struct text){ a, 65 }, (struct text){ b, 65 }),
		65);
	cr_assert_eq(
		text_distance((struct text){ a, 65 }, (struct text){ a, 65 }),
		0);
}

Test(text, nearest_name)
{
	static const char *const names[] = { "product_id", "cost_total",
		"market_size", "price" };
	static const struct {
		const char *name;
		const char *nearest; /* NULL: none is worth it */
	} rows[] = { { "product_id", "product_id" },
		{ "produkt_id", "product_id" }, { "cots_total", "cost_total" },
		{ "PRICE", "price" }, { "prise", "price" }, { "prxyz", NULL },
		{ "", NULL }, { "completely_else", NULL } };

	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *found = text_nearest(
			text_of(rows[i].name), names, COUNT(names));

		if (rows[i].nearest)
			cr_assert_str_eq(found ? found : "(none)",
				rows[i].nearest, "%s", rows[i].name);
		else
			cr_assert_null(found, "%s", rows[i].name);
	}
	cr_assert_null(text_nearest(text_of("x"), names, 0));
}
