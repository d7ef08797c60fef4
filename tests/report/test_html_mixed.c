/*
 * A text in two languages: what of it is marked as being in the other one.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "report/html.h"

#define EN(text) "<span lang=\"en\">" text "</span>"
#define JA(text) "<span lang=\"ja\">" text "</span>"

static const struct {
	enum shk_language language;
	const char *text, *wanted;
} rows[] = {
	{ SHK_JAPANESE, "", "" },
	{ SHK_JAPANESE, "希少疾病等技術料係数", "希少疾病等技術料係数" },
	{ SHK_JAPANESE, "Entry condition.", EN("Entry condition") "." },
	/* names, numbers and places are in no language */
	{ SHK_JAPANESE, "S001 L1501 (E0)", "S001 L1501 (E0)" },
	{ SHK_JAPANESE, "検査回数 (annual_tests) = 100 回/年",
		"検査回数 (annual_tests) = 100 回/年" },
	{ SHK_JAPANESE, "price_in_force market_price",
		"price_in_force market_price" },
	{ SHK_JAPANESE, "shokan", "shokan" },
	{ SHK_JAPANESE, "a b", "a b" },
	/* a stretch goes from letter to letter and not over the other language */
	{ SHK_JAPANESE, "上回る is strict. 上回る is not",
		"上回る " EN("is strict") ". 上回る " EN("is not") },
	{ SHK_JAPANESE, "S001 L1 (E0): Permissive: 改定 (it may be).",
		"S001 L1 (E0): Permissive: 改定 (" EN("it may be") ")." },
	{ SHK_JAPANESE, "split, none", EN("split, none") },
	{ SHK_JAPANESE, "one <b> & \"two\" more",
		EN("one &lt;b&gt; &amp; &quot;two&quot; more") },
	{ SHK_ENGLISH, "Equality: 上回る is strict.",
		"Equality: " JA("上回る") " is strict." },
	{ SHK_ENGLISH, "総-4-1 既存機能 645, 部会",
		JA("総-4-1 既存機能 645, 部会") },
	{ SHK_ENGLISH, "1 → 2 ¥", "1 → 2 ¥" },
	{ SHK_ENGLISH, "<大半>", "&lt;" JA("大半") "&gt;" },
	/* what is no UTF-8 ends nothing */
	{ SHK_JAPANESE, "one \xFF two", EN("one \xEF\xBF\xBD two") },
	{ SHK_ENGLISH, "\xE4\xBA", "\xEF\xBF\xBD\xEF\xBF\xBD" },
};

Test(html, stretches_in_the_other_language_are_marked)
{
	struct buffer out, scratch;

	buffer_init(&out);
	buffer_init(&scratch);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		buffer_clear(&out);
		html_mixed(&out, rows[i].text, rows[i].language);
		cr_expect_str_eq(out.size ? out.data : "", rows[i].wanted,
			"%s: %s", rows[i].text, out.data);
		buffer_clear(&out);
		buffer_text(&scratch, rows[i].text);
		html_take_mixed(&out, &scratch, rows[i].language);
		cr_expect_str_eq(out.size ? out.data : "", rows[i].wanted,
			"taken: %s: %s", rows[i].text, out.data);
		cr_expect_eq(scratch.size, 0, "%s", rows[i].text);
	}
	scratch.failed = true;
	html_take_mixed(&out, &scratch, SHK_JAPANESE);
	cr_expect(out.failed, "a failure goes on");
	buffer_release(&out);
	buffer_release(&scratch);
}
