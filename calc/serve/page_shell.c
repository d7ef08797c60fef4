/*
 * The head with its style sheet and script, which are files of the server (no
 * page has either inline), the ways around, the languages, and the foot.
 */
#include "serve/page_shell.h"

#include <string.h>

void page_say(struct page_shell *shell, enum page_word word)
{
	serve_html_text(shell->out, page_words_get(word, shell->language));
}

void page_say_with(
	struct page_shell *shell, enum page_word word, const char *value)
{
	struct buffer text;

	buffer_init(&text);
	page_words_fill(&text, word, shell->language, value);
	serve_html_text(shell->out, text.size ? text.data : "");
	shell->out->failed = shell->out->failed || text.failed;
	buffer_release(&text);
}

void page_element(
	struct page_shell *shell, const char *tag, enum page_word word)
{
	buffer_format(shell->out, "<%s>", tag);
	page_say(shell, word);
	buffer_format(shell->out, "</%s>\n", tag);
}

void page_encode(struct buffer *out, const char *text)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz"
				    "0123456789-._~:|,";

	for (; *text; text++) {
		if (strchr(plain, *text))
			buffer_byte(out, *text);
		else
			buffer_format(out, "%%%02X", (unsigned char)*text);
	}
}

void page_query(
	struct page_shell *shell, const char *first, enum shk_language language)
{
	const struct serve_pair *pair;

	buffer_text(shell->out, first);
	for (size_t i = 0; (pair = serve_request_pair(shell->request, i));
		i++) {
		if (!pair->value[0] || strcmp(pair->name, "lang") == 0)
			continue;
		page_encode(shell->out, pair->name);
		buffer_byte(shell->out, '=');
		page_encode(shell->out, pair->value);
		buffer_text(shell->out, "&amp;");
	}
	buffer_format(
		shell->out, "lang=%s", language == SHK_JAPANESE ? "ja" : "en");
}

static const char *shell_code(enum shk_language language)
{
	return language == SHK_JAPANESE ? "ja" : "en";
}

static void shell_head(struct page_shell *shell)
{
	struct buffer *out = shell->out;

	buffer_format(out,
		"<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n"
		"<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
		"content=\"width=device-width, initial-scale=1\">\n<title>",
		shell_code(shell->language));
	serve_html_text(out, shell->title);
	buffer_format(out,
		" - shokan</title>\n"
		"<link rel=\"stylesheet\" href=\"/page.css?v=%s\">\n"
		"<link rel=\"icon\" href=\"data:,\">\n"
		"<script src=\"/page.js?v=%s\" defer></script>\n"
		"</head>\n<body>\n",
		shk_version(), shk_version());
}

static void shell_skip(
	struct page_shell *shell, const char *to, enum page_word word)
{
	buffer_format(shell->out, "<a class=\"skip\" href=\"#%s\">", to);
	page_say(shell, word);
	buffer_text(shell->out, "</a>\n");
}

static void shell_link(
	struct page_shell *shell, const char *path, enum page_word word)
{
	size_t size = strlen(path);
	bool here =
		strcmp(shell->request->path, path) == 0 ||
		(size > 1 && strncmp(shell->request->path, path, size) == 0);

	buffer_format(shell->out, "<li><a href=\"%s?lang=%s\"%s>", path,
		shell_code(shell->language),
		here ? " aria-current=\"page\"" : "");
	page_say(shell, word);
	buffer_text(shell->out, "</a></li>\n");
}

/* The same page in a language, under the name that it calls itself by. */
static void shell_language(
	struct page_shell *shell, enum shk_language language, const char *name)
{
	const char *code = shell_code(language);

	buffer_format(shell->out, "<li><a lang=\"%s\" hreflang=\"%s\" href=\"",
		code, code);
	page_query(shell, "?", language);
	buffer_format(shell->out, "\"%s>%s</a></li>\n",
		language == shell->language ? " aria-current=\"true\"" : "",
		name);
}

static void shell_nav(struct page_shell *shell)
{
	struct buffer *out = shell->out;

	buffer_format(out,
		"<header class=\"site\">\n<p class=\"name\">"
		"<a href=\"/?lang=%s\">shokan <span lang=\"ja\">償還</span>"
		"</a></p>\n<nav aria-label=\"",
		shell_code(shell->language));
	page_say(shell, PAGE_NAV);
	buffer_text(out, "\"><ul>\n");
	shell_link(shell, "/", PAGE_NAV_ASK);
	shell_link(shell, "/upload", PAGE_NAV_UPLOAD);
	shell_link(shell, "/compare", PAGE_NAV_COMPARE);
	shell_link(shell, "/rules/", PAGE_NAV_RULES);
	buffer_text(out, "</ul></nav>\n<nav class=\"languages\" aria-label=\"");
	page_say(shell, PAGE_NAV_LANGUAGE);
	buffer_text(out, "\"><ul>\n");
	shell_language(shell, SHK_JAPANESE, "日本語");
	shell_language(shell, SHK_ENGLISH, "English");
	buffer_text(out, "</ul></nav>\n</header>\n");
}

void page_shell_begin(struct page_shell *shell,
	const struct serve_request *request, struct serve_reply *reply,
	const char *title, bool answers)
{
	*shell = (struct page_shell){ .request = request,
		.out = &reply->body,
		.language = request->language,
		.title = title,
		.answers = answers };
	reply->type = SERVE_HTML;
	shell_head(shell);
	shell_skip(shell, "main", PAGE_SKIP_MAIN);
	if (answers)
		shell_skip(shell, "answer", PAGE_SKIP_ANSWER);
	shell_nav(shell);
	buffer_text(shell->out, "<main id=\"main\" tabindex=\"-1\">\n");
}

void page_shell_end(struct page_shell *shell)
{
	buffer_text(shell->out, "</main>\n<footer><p>");
	page_say_with(shell, PAGE_FOOTER, shk_version());
	buffer_text(shell->out, "</p></footer>\n</body>\n</html>\n");
}
