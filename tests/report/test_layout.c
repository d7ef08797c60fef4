/*
 * Wrapping: where a line may end, and where it may not.
 */
#include <string.h>

#include <criterion/criterion.h>

#include "report/layout.h"

Test(layout, paragraphs)
{
	static const struct {
		size_t columns;
		const char *text;
		const char *expected;
	} rows[] = {
		{ 10, "", ">\n" },
		{ 10, "abc", ">abc\n" },
		{ 10, "abcdefghi", ">abcdefghi\n" },
		{ 10, "abcdefghij", ">abcdefghi\n.j\n" },
		{ 10, "abc def ghi", ">abc def\n.ghi\n" },
		{ 10, "abc def gh", ">abc def\n.gh\n" },
		{ 10, "abcd efgh ij", ">abcd efgh\n.ij\n" },
		{ 10, "a\nb", ">a\n.b\n" },
		{ 10, "a: bcdefgh_i", ">a:\n.bcdefgh_i\n" },
		{ 10, "a: bcd_efghijkl", ">a: bcd_\n.efghijkl\n" },
		{ 10, "deck-samd-1", ">deck-\n.samd-1\n" },
		{ 5, "ab -12", ">ab\n.-12\n" },
		{ 9, "希少疾病等", ">希少疾病\n.等\n" },
		{ 8, "希少疾病等", ">希少疾\n.病等\n" },
		{ 9, "希少疾病。等", ">希少疾\n.病。等\n" },
		{ 9, "希少疾「病等", ">希少疾\n.「病等\n" },
		{ 1, "ab", ">a\n.b\n" },
		{ 10, "a\tb\033c", ">a b?c\n" },
		{ 10,
			"a\xE2\x80\xAE"
			"b",
			">a?b\n" },
		{ 10, "a\xFF", ">a?\n" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buffer out;

		buffer_init(&out);
		layout_paragraph(
			&out, rows[i].columns, ">", ".", text_of(rows[i].text));
		cr_expect_str_eq(out.data, rows[i].expected, "row %zu: got %s",
			i, out.data);
		buffer_release(&out);
	}
}

Test(layout, row)
{
	struct layout_cell cells[] = {
		{ text_of("希少 b"), 5, NULL },
		{ text_of("one two three"), 7, NULL },
		{ text_of("x"), 3, NULL },
	};
	struct buffer out;

	buffer_init(&out);
	layout_row(&out, cells, 3);
	cr_expect_str_eq(out.data,
		"希少   one two  x\n"
		"b      three\n",
		"got\n%s", out.data);
	buffer_release(&out);
}
