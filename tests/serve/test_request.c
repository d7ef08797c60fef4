/*
 * Requests out of bytes: what is decoded, what is refused, each ceiling at it
 * and one past it, and that every allocation may fail.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "serve/request.h"

static struct buffer said;

static void say_pairs(const char *front, const struct serve_pairs *pairs)
{
	for (size_t i = 0; i < pairs->count; i++)
		buffer_format(&said, " %s%s=[%s]", front, pairs->items[i].name,
			pairs->items[i].value);
}

static void say_request(const struct serve_request *request)
{
	buffer_format(&said, "%d %s", (int)request->method, request->path);
	say_pairs("?", &request->query);
	say_pairs("", &request->form);
	if (request->file.bytes.data)
		buffer_format(&said, " file %s|%s|%s|%.*s", request->file.field,
			request->file.name, request->file.type,
			(int)request->file.bytes.size,
			request->file.bytes.data);
	if (request->body.size)
		buffer_format(&said, " body %s|%.*s", request->content_type,
			(int)request->body.size, request->body.data);
}

/* `1 /path ?name=[value] name=[value] ...`, or `!CODE field: message`. */
static const char *say(const struct serve_raw *raw)
{
	struct serve_request request;
	shk_diag diag = { 0 };
	enum shk_code code = serve_request_parse(&request, raw, &diag);

	buffer_clear(&said);
	if (code)
		buffer_format(&said, "!%d %s: %s", (int)code, diag.field,
			diag.message);
	else
		say_request(&request);
	cr_assert_eq(diag.code, code);
	serve_request_release(&request);
	return said.data;
}

static const char *say_target(const char *target)
{
	const struct serve_raw raw = { .method = "GET", .target = target };

	return say(&raw);
}

static const char *say_post(const char *type, struct text body)
{
	const struct serve_raw raw = { .method = "POST",
		.target = "/x",
		.content_type = type,
		.body = body };

	return say(&raw);
}

struct row {
	const char *given, *said;
};

Test(request, targets)
{
	static const struct row rows[] = {
		{ "/", "1 /" },
		{ "/a/b", "1 /a/b" },
		{ "/a%20b%2Fc", "1 /a b/c" },
		{ "/a+b", "1 /a+b" },
		{ "/?", "1 /" },
		{ "/?a=1", "1 / ?a=[1]" },
		{ "/?a=1&b=2&a=3", "1 / ?a=[1] ?b=[2] ?a=[3]" },
		{ "/?a", "1 / ?a=[]" },
		{ "/?=1", "1 / ?=[1]" },
		{ "/?&&a=1&", "1 / ?a=[1]" },
		{ "/?a=b=c", "1 / ?a=[b=c]" },
		{ "/?a=1+2%2B3", "1 / ?a=[1 2+3]" },
		{ "/?a=?b", "1 / ?a=[?b]" },
		{ "/?%e5%90%8d=%E5%80%A4", "1 / ?名=[値]" },
		{ "", "!2 : the address does not begin with a slash" },
		{ "x", "!2 : the address does not begin with a slash" },
		{ "http://a.example/", "!2 : the address does not begin with a "
				       "slash" },
		{ "*", "!2 : the address does not begin with a slash" },
		{ "/%", "!2 : a % that is not followed by two hexadecimal "
			"digits" },
		{ "/?a=%4", "!2 a: a % that is not followed by two "
			    "hexadecimal digits" },
		{ "/?a=%4g", "!2 a: a % that is not followed by two "
			     "hexadecimal digits" },
		{ "/?a=%g4", "!2 a: a % that is not followed by two "
			     "hexadecimal digits" },
		{ "/?a=%00", "!2 a: a NUL byte" },
		{ "/%00", "!2 : a NUL byte" },
		{ "/?a=%FF", "!2 a: the text is not valid UTF-8" },
		{ "/?a=%C0%AF", "!2 a: the text is not valid UTF-8" },
		{ "/?a=%ED%A0%80", "!2 a: the text is not valid UTF-8" },
		{ "/?%FF=1", "!2 : the text is not valid UTF-8" },
		{ "/?lang=fr", "!2 lang: lang must be en or ja" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_str_eq(say_target(rows[i].given), rows[i].said, "%s",
			rows[i].given);
}

Test(request, methods)
{
	static const struct row rows[] = { { "GET", "1 /" }, { "HEAD", "1 /" },
		{ "POST", "2 / body |b" }, { "PUT", "4 /" }, { "get", "4 /" },
		{ "", "4 /" } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct serve_raw raw = { .method = rows[i].given,
			.target = "/",
			.body = { "b", 1 } };

		cr_expect_str_eq(say(&raw), rows[i].said, "%s", rows[i].given);
	}
}

static const char *repeated(const char *text, size_t count, const char *front)
{
	static struct buffer many;

	buffer_clear(&many);
	buffer_text(&many, front);
	for (size_t i = 0; i < count; i++)
		buffer_text(&many, text);
	return many.data;
}

Test(request, ceilings)
{
	const size_t target = SERVE_TARGET_MAX;

	cr_expect_eq(say_target(repeated("a", target - 1, "/"))[0], '1');
	cr_expect_eq(
		strncmp(say_target(repeated("a", target, "/")), "!6", 2), 0);
	cr_expect_eq(say_target(repeated("&a", SERVE_PAIRS_MAX, "/?"))[0], '1');
	cr_expect_str_eq(say_target(repeated("&a", SERVE_PAIRS_MAX + 1, "/?")),
		"!6 a: more than 512 names");
	cr_expect_eq(say_target(repeated("n", SERVE_NAME_MAX, "/?"))[0], '1');
	cr_expect(strstr(say_target(repeated("n", SERVE_NAME_MAX + 1, "/?")),
		": a name is longer than 128 bytes"));
}

Test(request, ceilings_of_a_body)
{
	static const char form[] = "application/x-www-form-urlencoded";
	const char *text = repeated("v", SERVE_VALUE_MAX, "a=");
	char *large = malloc(SERVE_BODY_MAX + 1);

	cr_assert(large);
	memset(large, '\n', SERVE_BODY_MAX + 1);
	cr_expect_eq(say_post(form, text_of(text))[0], '2');
	text = repeated("v", SERVE_VALUE_MAX + 1, "a=");
	cr_expect_str_eq(say_post(form, text_of(text)),
		"!6 a: the value is longer than 65536 bytes");
	cr_expect_eq(
		say_post("text/csv", (struct text){ large, SERVE_BODY_MAX })[0],
		'2');
	cr_expect_str_eq(say_post("text/csv",
				 (struct text){ large, SERVE_BODY_MAX + 1 }),
		"!6 : the body is larger than 8388608 bytes");
	text = repeated("t", 257, "");
	cr_expect(strncmp(say_post(text, text_of("x")), "!6", 2) == 0);
	free(large);
}

Test(request, bodies)
{
	static const struct {
		const char *type, *body, *said;
	} rows[] = {
		{ "application/x-www-form-urlencoded", "a=1&b=%20",
			"2 /x a=[1] b=[ ]" },
		{ "application/x-www-form-urlencoded; charset=utf-8", "a=1",
			"2 /x a=[1]" },
		{ "Application/X-WWW-Form-Urlencoded", "a=1", "2 /x a=[1]" },
		{ "text/csv; header=present", "id\nA\n",
			"2 /x body text/csv|id\nA\n" },
		{ NULL, "a=1", "2 /x body |a=1" },
		{ "application/x-www-form-urlencoded", "a=%0",
			"!2 a: a % that is not followed by two hexadecimal "
			"digits" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_str_eq(say_post(rows[i].type, text_of(rows[i].body)),
			rows[i].said, "row %zu", i);
}

#define PART(name)                                                             \
	"--B\r\nContent-Disposition: form-data; name=" name "\r\n\r\n"
#define FILE_PART(name)                                                        \
	"--B\r\ncontent-disposition: form-data; name=f; filename=" name        \
	"\r\nContent-Type: text/csv\r\n\r\n"

Test(request, multipart)
{
	static const struct row rows[] = {
		{ "--B--", "2 /x" },
		{ PART("a") "1\r\n--B--\r\n", "2 /x a=[1]" },
		{ PART("\"a\"") "1\r\n" PART("b") "\r\n--B--",
			"2 /x a=[1] b=[]" },
		{ PART("\"a\\\"b; c\"") "1\r\n--B--", "2 /x a\"b; c=[1]" },
		{ PART("a") "1\r\n--BB\r\n--B--", "!2 : the form is broken: no "
						  "line end at a boundary" },
		{ PART("a") "1\r\n--Cx\r\n--B--", "2 /x a=[1\r\n--Cx]" },
		{ FILE_PART("t.csv") "id\r\n--B--",
			"2 /x file f|t.csv|text/csv|id" },
		{ FILE_PART("\"/etc/passwd\"") "id\r\n--B--",
			"2 /x file f|/etc/passwd|text/csv|id" },
		{ FILE_PART("\"\"") "\r\n--B--", "2 /x" },
		{ FILE_PART("a") "1\r\n" FILE_PART("b") "2\r\n--B--",
			"!6 : more than one file; send one at a time" },
		{ PART("a") "\xFF\r\n--B--",
			"!2 a: the text is not valid UTF-8" },
		{ FILE_PART("a") "\xFF\r\n--B--",
			"2 /x file f|a|text/csv|\xFF" },
		{ PART("a") "1", "!2 : the form is broken: a part has no end" },
		{ PART("\xFF") "1\r\n--B--",
			"!2 : the form is broken: a part has no name" },
		{ "--B\r\n\r\n1\r\n--B--",
			"!2 : the form is broken: a part has no end of its "
			"header" },
		{ "--B\r\nX: y\r\n\r\n1\r\n--B--",
			"!2 : the form is broken: a part has no name" },
		{ "--B", "!2 : the form is broken: no line end at a boundary" },
		{ "x--B--", "!2 : the form is broken: it does not begin with "
			    "its boundary" },
		{ "", "!2 : the form is broken: it does not begin with its "
		      "boundary" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_str_eq(say_post("multipart/form-data; boundary=B",
					 text_of(rows[i].given)),
			rows[i].said, "row %zu", i);
}

Test(request, boundaries)
{
	static const struct row rows[] = {
		{ "multipart/form-data; boundary=B", "2 /x" },
		{ "multipart/form-data; x=\";boundary=C\"; boundary=\"B\"",
			"2 /x" },
		{ "multipart/form-data", "!2 : the form is broken: no boundary "
					 "of 1 to 70 bytes" },
		{ "multipart/form-data; boundary=", "!2 : the form is broken: "
						    "no boundary of 1 to 70 "
						    "bytes" },
		{ "multipart/form-data; boundary=\"\"",
			"!2 : the form is broken: no boundary of 1 to 70 "
			"bytes" },
	};
	const char *type, *body;
	char copy[256];

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_str_eq(say_post(rows[i].given, text_of("--B--")),
			rows[i].said, "%s", rows[i].given);
	for (size_t size = 70; size <= 71; size++) {
		type = repeated("b", size, "multipart/form-data; boundary=");
		(void)snprintf(copy, sizeof(copy), "%s", type);
		body = repeated("b", size, "--");
		(void)snprintf(copy + 128, 100, "%s--", body);
		cr_expect_eq(say_post(copy, text_of(copy + 128))[0],
			size == 70 ? '2' : '!', "%zu", size);
	}
}

/* A NUL in a value is refused; in a file it is a byte like others. */
Test(request, multipart_with_a_nul)
{
	static const char value[] = PART("a") "\0\r\n--B--";
	static const char head[] = "--B\r\nX: \0\r\n\r\n1\r\n--B--";
	static const char type[] = "multipart/form-data; boundary=B";

	cr_expect_str_eq(
		say_post(type, (struct text){ value, sizeof(value) - 1 }),
		"!2 a: the text is not valid UTF-8");
	cr_expect_str_eq(
		say_post(type, (struct text){ head, sizeof(head) - 1 }),
		"!2 : the form is broken: a NUL byte in a header");
}

Test(request, header_of_a_part)
{
	static const char type[] = "multipart/form-data; boundary=B";
	static const char front[] = "--B\r\nX: ";
	const char *text;
	struct buffer body;

	buffer_init(&body);
	for (size_t extra = 0; extra < 2; extra++) {
		/* CR LF and the other line are in the header too */
		size_t rest = strlen("X: \r\nContent-Disposition: f; name=a");

		buffer_clear(&body);
		text = repeated("x", SERVE_PART_HEAD_MAX - rest + extra, front);
		buffer_text(&body, text);
		buffer_text(&body, "\r\nContent-Disposition: f; name=a"
				   "\r\n\r\n1\r\n--B--");
		cr_expect_str_eq(
			say_post(type, (struct text){ body.data, body.size }),
			extra ? "!6 : the header of a part is longer than 4096 "
				"bytes"
			      : "2 /x a=[1]");
	}
	buffer_release(&body);
}

Test(request, languages)
{
	static const struct {
		const char *target, *accept;
		enum shk_language fallback, language;
	} rows[] = {
		{ "/", NULL, SHK_ENGLISH, SHK_ENGLISH },
		{ "/", NULL, SHK_JAPANESE, SHK_JAPANESE },
		{ "/?lang=ja", "en", SHK_ENGLISH, SHK_JAPANESE },
		{ "/?lang=en", "ja", SHK_JAPANESE, SHK_ENGLISH },
		{ "/?lang=", "ja", SHK_ENGLISH, SHK_JAPANESE },
		{ "/", "ja", SHK_ENGLISH, SHK_JAPANESE },
		{ "/", "ja-JP,ja;q=0.9,en;q=0.8", SHK_ENGLISH, SHK_JAPANESE },
		{ "/", "en-US,en;q=0.9,ja;q=0.8", SHK_JAPANESE, SHK_ENGLISH },
		{ "/", "fr, ja;q=0.3, en;q=0.4", SHK_JAPANESE, SHK_ENGLISH },
		{ "/", "en;q=0.31, ja;q=0.312", SHK_ENGLISH, SHK_JAPANESE },
		{ "/", "ja;q=0, en;q=0.1", SHK_JAPANESE, SHK_ENGLISH },
		{ "/", "fr", SHK_JAPANESE, SHK_JAPANESE },
		{ "/", "jab, eng", SHK_ENGLISH, SHK_ENGLISH },
		{ "/", "en, ja", SHK_JAPANESE, SHK_ENGLISH },
		{ "/", ",,; q=,ja;q=", SHK_ENGLISH, SHK_JAPANESE },
		{ "/", "j", SHK_ENGLISH, SHK_ENGLISH },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct serve_raw raw = { .method = "GET",
			.target = rows[i].target,
			.accept_language = rows[i].accept,
			.fallback = rows[i].fallback };
		struct serve_request request;
		shk_diag diag = { 0 };

		cr_assert_eq(
			serve_request_parse(&request, &raw, &diag), SHK_OK);
		cr_expect_eq(request.language, rows[i].language, "row %zu", i);
		serve_request_release(&request);
	}
}

Test(request, the_form_comes_before_the_query)
{
	const struct serve_raw raw = { .method = "POST",
		.target = "/?a=1&b=2&c=",
		.content_type = "application/x-www-form-urlencoded",
		.body = { "a=3&d=4", 7 } };
	struct serve_request request;
	shk_diag diag = { 0 };

	cr_assert_eq(serve_request_parse(&request, &raw, &diag), SHK_OK);
	cr_expect_str_eq(serve_request_value(&request, "a"), "3");
	cr_expect_str_eq(serve_request_value(&request, "b"), "2");
	cr_expect_null(serve_request_value(&request, "c"));
	cr_expect_null(serve_request_value(&request, "e"));
	cr_expect_str_eq(serve_request_pair(&request, 1)->name, "d");
	cr_expect_str_eq(serve_request_pair(&request, 4)->name, "c");
	cr_expect_null(serve_request_pair(&request, 5));
	serve_request_release(&request);
}

Test(request, every_allocation_may_fail)
{
	const struct serve_raw raw = { .method = "POST",
		.target = "/a?b=1&c=2&d=3&e=4&f=5&g=6&h=7&i=8&j=9&k=10",
		.content_type = "multipart/form-data; boundary=B",
		.body = text_of(
			PART("a") "1\r\n" FILE_PART("t") "x\r\n--B--") };
	enum shk_code code = SHK_E_MEMORY;
	unsigned failed = 0;

	for (uint64_t nth = 1; code == SHK_E_MEMORY; nth++) {
		struct serve_request request;
		shk_diag diag = { 0 };
		int64_t before = memory_stats().in_use;

		memory_fail_at(nth, true);
		code = serve_request_parse(&request, &raw, &diag);
		memory_fail_at(0, false);
		failed += code == SHK_E_MEMORY;
		serve_request_release(&request);
		cr_assert(code == SHK_OK || code == SHK_E_MEMORY, "%d %s",
			(int)code, diag.message);
		cr_assert_eq(memory_stats().in_use, before);
	}
	cr_expect_gt(failed, 0u);
}
