/*
 * What stands around the content of every page, and the few ways in which
 * text gets into one: words of the table, and text of others, escaped.
 */
#ifndef SERVE_PAGE_SHELL_H
#define SERVE_PAGE_SHELL_H

#include "serve/page_words.h"
#include "serve/reply.h"
#include "serve/request.h"

struct page_shell {
	const struct serve_request *request;
	struct buffer *out;
	enum shk_language language;
	const char *title; /* of the window, without the program's name */
	bool answers;	   /* it has an answer, which can be skipped to */
};

/* Everything up to the content; sets the content type. */
void page_shell_begin(struct page_shell *shell,
	const struct serve_request *request, struct serve_reply *reply,
	const char *title, bool answers);
void page_shell_end(struct page_shell *shell);

/* A word, and one with a value in it, as text. */
void page_say(struct page_shell *shell, enum page_word word);
void page_say_with(
	struct page_shell *shell, enum page_word word, const char *value);
/* `<TAG>` of a word. */
void page_element(
	struct page_shell *shell, const char *tag, enum page_word word);
/* What is allowed in the value of a query stays, all else is encoded. */
void page_encode(struct buffer *out, const char *text);
/* The pairs of the request as a query, without those that are empty; `lang` as
   the one of the page; for an attribute. `first`: sign in front of it. */
void page_query(struct page_shell *shell, const char *first,
	enum shk_language language);

#endif
