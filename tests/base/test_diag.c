/*
 * Diagnostics: the first failure wins, places stay together, long texts are
 * cut between characters, and nobody has to want to be told.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "base/diag.h"
#include "base/text.h"

Test(diag, the_first_failure_wins)
{
	shk_diag diag;

	diag_clear(&diag);
	cr_assert_eq(diag_set(&diag, SHK_E_INPUT, "first %d", 1), SHK_E_INPUT);
	cr_assert_eq(diag_set(&diag, SHK_E_IO, "second"), SHK_E_IO);
	cr_assert_eq(diag.code, SHK_E_INPUT);
	cr_assert_str_eq(diag.message, "first 1");
	diag_clear(&diag);
	cr_assert_eq(diag_memory(&diag), SHK_E_MEMORY);
	cr_assert_eq(diag.code, SHK_E_MEMORY);
	cr_assert_gt(strlen(diag.message), 0);
}

Test(diag, the_end_is_not_a_failure)
{
	shk_diag diag = { .code = SHK_END };

	diag_set(&diag, SHK_E_IO, "now");
	cr_assert_eq(diag.code, SHK_E_IO);
}

Test(diag, places)
{
	shk_diag diag;

	diag_clear(&diag);
	diag_place(&diag, NULL, 3, 4); /* path comes later */
	diag_place(&diag, "a.csv", 0, 0);
	diag_place(&diag, "b.csv", 9, 9);
	cr_assert_str_eq(diag.path, "a.csv");
	cr_assert_eq(diag.line, 3);
	cr_assert_eq(diag.column, 4);
	diag_clear(&diag);
	diag_place(&diag, "a.csv", 0, 0);
	diag_place(&diag, "b.csv", 9, 9); /* not a line of a.csv */
	cr_assert_eq(diag.line, 0);
	diag_place(&diag, "a.csv", 2, 0);
	cr_assert_eq(diag.line, 2);
	diag_field(&diag, "cost");
	diag_field(&diag, "other");
	diag_reason(&diag, "missing");
	diag_reason(&diag, "other");
	cr_assert_str_eq(diag.field, "cost");
	cr_assert_str_eq(diag.reason, "missing");
}

/* Whatever the offset, the cut text is valid UTF-8. */
Test(diag, long_texts_are_cut_between_characters)
{
	char text[2000];

	for (size_t offset = 0; offset < 4; offset++) {
		shk_diag diag;
		size_t size;

		memset(text, 'x', offset);
		for (size_t i = offset; i + 3 < sizeof(text); i += 3)
			memcpy(text + i, "\xE5\x84\x9F", 4);
		diag_clear(&diag);
		diag_set(&diag, SHK_E_IO, "%s", text);
		diag_place(&diag, text, 1, 1);
		diag_field(&diag, text);
		size = strlen(diag.message);
		cr_assert_geq(size, SHK_DIAG_MESSAGE - 3);
		cr_assert_lt(size, SHK_DIAG_MESSAGE);
		cr_assert_eq(utf8_valid(diag.message, size), size);
		size = strlen(diag.path);
		cr_assert_geq(size, SHK_DIAG_PATH - 3);
		cr_assert_eq(utf8_valid(diag.path, size), size);
		size = strlen(diag.field);
		cr_assert_geq(size, SHK_DIAG_FIELD - 3);
		cr_assert_eq(utf8_valid(diag.field, size), size);
	}
}

/* A text that was cut where it came from, and just fits, ends as well. */
Test(diag, half_a_character_is_never_the_end)
{
	char text[SHK_DIAG_MESSAGE];

	for (size_t size = 4; size < sizeof(text); size += sizeof(text) - 5) {
		shk_diag diag;

		memset(text, 'x', size);
		memcpy(text + size - 2, "\xE5\x84", 3);
		diag_clear(&diag);
		diag_set(&diag, SHK_E_IO, "%s", text);
		cr_assert_eq(strlen(diag.message), size - 2, "%zu", size);
	}
}

Test(diag, a_text_that_just_fits_is_whole)
{
	char field[SHK_DIAG_FIELD + 1];
	shk_diag diag;

	diag_clear(&diag);
	memset(field, 'f', sizeof(field));
	field[SHK_DIAG_FIELD - 1] = '\0';
	diag_field(&diag, field);
	cr_assert_eq(strlen(diag.field), SHK_DIAG_FIELD - 1);
}

Test(diag, nobody_listens)
{
	diag_clear(NULL);
	cr_assert_eq(diag_set(NULL, SHK_E_IO, "x"), SHK_E_IO);
	cr_assert_eq(diag_memory(NULL), SHK_E_MEMORY);
	diag_place(NULL, "p", 1, 1);
	diag_field(NULL, "f");
	diag_reason(NULL, "r");
}

Test(diag, every_code_has_its_own_name)
{
	for (int a = SHK_OK; a <= SHK_E_INTERNAL; a++)
		for (int b = SHK_OK; b < a; b++)
			cr_assert_str_neq(shk_code_name((enum shk_code)a),
				shk_code_name((enum shk_code)b));
	cr_assert_str_eq(shk_code_name(SHK_E_INPUT), "input error");
	cr_assert_not_null(shk_code_name((enum shk_code)99));
}
