/*
 * Messages by the text that the source makes them of: what stands in place of
 * a `%` is found in the message and put at the same place of the Japanese. A
 * test sees to it that every message which a page of the server can show is
 * here; those of the readers of records are the ones that people meet.
 */
#include "serve/japanese.h"

#include <string.h>

#include "base/text.h"

#define JAPANESE_PARTS 4 /* of one message */

/* clang-format off */
static const struct {
	const char *english;  /* as it is in the source */
	const char *japanese; /* with %s for each of its parts, in order */
} japanese_rows[] = {
	/* of the server: request.c, decode.c, multipart.c */
	{ "the address is longer than %u bytes",
		"アドレスが %s バイトより長くなっています。" },
	{ "the address does not begin with a slash",
		"アドレスが / で始まっていません。" },
	{ "Content-Type is longer than %d bytes",
		"Content-Type が %s バイトより長くなっています。" },
	{ "the body is larger than %u bytes",
		"本文が %s バイトより大きくなっています。" },
	{ "lang must be en or ja", "lang は en か ja としてください。" },
	{ "a %% that is not followed by two hexadecimal digits",
		"% の後に十六進数字が二つ続いていません。" },
	{ "a NUL byte", "NUL バイトがあります。" },
	{ "the text is not valid UTF-8", "文字が正しい UTF-8 ではありません。" },
	{ "more than %d names", "名前が %s 個を超えています。" },
	{ "a name is longer than %d bytes",
		"名前が %s バイトより長くなっています。" },
	{ "the value is longer than %u bytes",
		"値が %s バイトより長くなっています。" },
	{ "the form is broken: %s", "フォームが壊れています: %s" },
	{ "a part has no end of its header",
		"部分の見出しに終わりがありません。" },
	{ "the header of a part is longer than %d bytes",
		"部分の見出しが %s バイトより長くなっています。" },
	{ "a NUL byte in a header", "見出しに NUL バイトがあります。" },
	{ "more than one file; send one at a time",
		"ファイルが二つ以上あります。一つずつ送ってください。" },
	{ "a part has no end", "部分に終わりがありません。" },
	{ "a part has no name", "部分に名前がありません。" },
	{ "no line end at a boundary", "境界の後に行の終わりがありません。" },
	{ "more than %d parts", "部分が %s 個を超えています。" },
	{ "no boundary of 1 to 70 bytes",
		"1 から 70 バイトの境界が示されていません。" },
	{ "it does not begin with its boundary",
		"境界で始まっていません。" },
	/* guard.c, http.c, route.c */
	{ "a header is there twice", "同じヘッダーが二つあります。" },
	{ "this server is not called by that name (Host)",
		"このサーバーはその名前（Host）では呼ばれません。" },
	{ "the token is missing or wrong (Authorization: Bearer)",
		"トークン（Authorization: Bearer）がないか、正しくありません。" },
	{ "a page of another site may not ask this server",
		"ほかのサイトのページはこのサーバーに質問できません。" },
	{ "too many bodies at once; send it again",
		"本文が同時に多く届いています。もう一度送ってください。" },
	{ "there is nothing at this address",
		"このアドレスには何もありません。" },
	{ "this address does not take this method",
		"このアドレスではこのメソッドを使えません。" },
	{ "too many questions at once; ask again",
		"質問が同時に多く届いています。もう一度尋ねてください。" },
	{ "the answer is larger than %u bytes; ask for fewer records, or one "
		"decision",
		"答えが %s バイトより大きくなっています。レコードを減らすか、判断を一つに"
		"してください。" },
	{ "there is no page of rules at this address; the list of them is at "
		"/rules/",
		"このアドレスに規則のページはありません。一覧は /rules/ にあります。" },
	/* given.c, page_ask.c, page_report.c, compare, upload */
	{ "no such name; did you mean %s?",
		"その名前はありません。%s の誤りではありませんか。" },
	{ "no such name; facts are given as f.NAME, policy parameters as "
		"p.NAME",
		"その名前はありません。事実は f.名前、方針パラメータは "
		"p.名前 と書いてください。" },
	{ "the name is given twice", "同じ名前が二度示されています。" },
	{ "more than %d decisions", "判断が %s 個を超えています。" },
	{ "nothing is asked: give facts as f.NAME=VALUE, or a decision, or "
		"records as the body",
		"何も尋ねられていません。事実（f.名前=値）、判断、又は本文の"
		"レコードを示してください。" },
	{ "must be csv, tsv, json, jsonl, xml or xlsx",
		"csv、tsv、json、jsonl、xml、xlsx のいずれかにしてください。" },
	{ "must be utf-8 or cp932", "utf-8 か cp932 にしてください。" },
	{ "more than %d records; send them in parts, or use the command",
		"レコードが %s 件を超えています。分けて送るか、コマンドを"
		"使ってください。" },
	{ "there is no such question; did you mean %s?",
		"その質問はありません。%s の誤りではありませんか。" },
	{ "one question has to be named", "質問を一つ示してください。" },
	{ "must be html or xlsx", "html か xlsx にしてください。" },
	{ "there is no revision \"%s\"", "改定「%s」はありません。" },
	{ "must be table, csv or json", "table、csv、json のいずれかにしてください。" },
	{ "must be table, csv, json, html or xlsx",
		"table、csv、json、html、xlsx のいずれかにしてください。" },
	{ "no file was chosen; choose one with a row a product",
		"ファイルが選ばれていません。一行に一製品のファイルを選んで"
		"ください。" },
	{ "the repeated file is damaged; choose it again",
		"送り直されたファイルが壊れています。選び直してください。" },
	{ "line %zu is no NAME=VALUE, such as points_rounding=half_up",
		"%s 行目が 名前=値 の形（例: points_rounding=half_up）に"
		"なっていません。" },
	{ "more than %d lines of parameters",
		"パラメータが %s 行を超えています。" },
};
/* clang-format on */

/* Behind the conversion at `at`, which is a percent sign. */
static const char *japanese_behind(const char *at)
{
	at += 1 + strspn(at + 1, "0123456789.*lz");
	return at + (*at != '\0');
}

/* Where `text` has the literal of that size; at its end when `last`. */
static const char *japanese_find(
	struct text text, const char *literal, size_t size, bool last)
{
	for (size_t at = 0; at + size <= text.size; at++) {
		if (last)
			at = text.size - size;
		if (memcmp(text.data + at, literal, size) == 0)
			return text.data + at;
	}
	return NULL;
}

/* Is `rest` made of `pattern`? Then the parts of it. */
static bool japanese_match(const char *pattern, struct text rest,
	struct text parts[static JAPANESE_PARTS])
{
	size_t count = 0;
	bool open = false; /* a part begins at `rest` */

	for (;;) {
		size_t size = strcspn(pattern, "%");
		bool sign = pattern[size] == '%' && pattern[size + 1] == '%';
		bool last = pattern[size] == '\0';
		const char *at;

		size += sign; /* of two signs one is in the message */
		at = open ? japanese_find(rest, pattern, size, last)
			  : rest.data;
		if (!at || rest.size - (size_t)(at - rest.data) < size ||
			memcmp(at, pattern, size) != 0)
			return false;
		if (open)
			parts[count++] = (struct text){ rest.data,
				(size_t)(at - rest.data) };
		rest.size -= (size_t)(at - rest.data) + size;
		rest.data = at + size;
		if (last)
			return rest.size == 0;
		pattern += size;
		open = !sign && count < JAPANESE_PARTS;
		pattern = sign ? pattern + 1 : japanese_behind(pattern);
	}
}

static bool japanese_of(struct buffer *out, struct text message, bool inside);

/* A part is a name or a number, or a message itself. */
static void japanese_fill(struct buffer *out, const char *text,
	const struct text *part, bool inside)
{
	const char *at;

	for (; (at = strstr(text, "%s")); part++) {
		buffer_add(out, text, (size_t)(at - text));
		if (inside || !japanese_of(out, *part, true))
			buffer_add(out, part->data, part->size);
		text = at + 2;
	}
	buffer_text(out, text);
}

static bool japanese_of(struct buffer *out, struct text message, bool inside)
{
	size_t count = sizeof(japanese_rows) / sizeof(japanese_rows[0]);
	struct text parts[JAPANESE_PARTS];

	for (size_t i = 0; i < count; i++) {
		if (!japanese_match(japanese_rows[i].english, message, parts))
			continue;
		japanese_fill(out, japanese_rows[i].japanese, parts, inside);
		return true;
	}
	return false;
}

bool serve_japanese(struct buffer *out, const char *message)
{
	return japanese_of(out, text_of(message), false);
}
