/*
 * What a page says of a failure, in both languages: messages whose Japanese is
 * known, with the parts of them in it, and those that stay English.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "serve/japanese.h"
#include "serve/problem.h"

static const struct {
	const char *message, *wanted; /* NULL: none */
} known[] = {
	{ "a NUL byte", "NUL バイトがあります。" },
	{ "the value is longer than 65536 bytes",
		"値が 65536 バイトより長くなっています。" },
	{ "the value is longer than  bytes",
		"値が  バイトより長くなっています。" },
	{ "no such name; did you mean a?b?",
		"その名前はありません。a?b の誤りではありませんか。" },
	/* a sign of per cent in the message is two in the source */
	{ "a % that is not followed by two hexadecimal digits",
		"% の後に十六進数字が二つ続いていません。" },
	{ "a %% that is not followed by two hexadecimal digits", NULL },
	/* a message in a message, once */
	{ "the form is broken: a part has no end",
		"フォームが壊れています: 部分に終わりがありません。" },
	{ "the form is broken: of itself",
		"フォームが壊れています: of itself" },
	{ "the form is broken: the form is broken: a part has no end",
		"フォームが壊れています: フォームが壊れています: "
		"a part has no end" },
	{ "", NULL },
	{ "a NUL", NULL },
	{ "a NUL byte ", NULL },
	{ "the value is longer than 65536", NULL },
	{ "the value is longer than 65536 bytes, it is", NULL },
};

Test(problem, messages_in_japanese)
{
	struct buffer out;

	buffer_init(&out);
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		bool wanted = known[i].wanted != NULL;

		buffer_clear(&out);
		cr_expect_eq(serve_japanese(&out, known[i].message), wanted,
			"%s", known[i].message);
		cr_expect_str_eq(out.size ? out.data : "",
			wanted ? known[i].wanted : "", "%s", known[i].message);
	}
	buffer_release(&out);
}

Test(problem, kinds_of_failure)
{
	static const struct {
		enum shk_code code;
		const char *reason, *message, *japanese, *english;
	} rows[] = {
		{ SHK_E_INPUT, "bad_value", "it is <so>",
			"値又は書き方を読み取れません。示した箇所を直してくださ"
			"い。"
			" 詳細: <span lang=\"en\">it is &lt;so&gt;</span>",
			"it is &lt;so&gt;" },
		{ SHK_E_LIMIT, "of its own", "it is so",
			"上限を超えています。量を減らしてください。"
			" 詳細: <span lang=\"en\">it is so</span>",
			"it is so" },
		{ SHK_E_INTERNAL, "", "a NUL byte", "NUL バイトがあります。",
			"a NUL byte" },
	};
	struct buffer out;

	buffer_init(&out);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		buffer_clear(&out);
		problem_text(&out, SHK_JAPANESE, rows[i].code, rows[i].reason,
			rows[i].message);
		cr_expect_str_eq(out.data, rows[i].japanese, "%s", out.data);
		buffer_clear(&out);
		problem_text(&out, SHK_ENGLISH, rows[i].code, rows[i].reason,
			rows[i].message);
		cr_expect_str_eq(out.data, rows[i].english, "%s", out.data);
	}
	buffer_release(&out);
}
