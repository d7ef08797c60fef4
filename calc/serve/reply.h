/*
 * What the server answers, before HTTP framing.
 */
#ifndef SERVE_REPLY_H
#define SERVE_REPLY_H

#include <shokan/shokan.h>

#include "base/buffer.h"
#include "serve/request.h"
#include "serve/status.h"

#define SERVE_REPLY_MAX	   (64u << 20) /* bytes of a body; a sink stops there */
#define SERVE_DOWNLOAD_MAX 64	       /* bytes of a name to save under */

#define SERVE_JSON  "application/json"
#define SERVE_LINES "application/x-ndjson" /* one JSON object a line */
#define SERVE_HTML  "text/html; charset=utf-8"
#define SERVE_TEXT  "text/plain; charset=utf-8"

struct serve_reply {
	enum shk_language language; /* of a page that says what is wrong */
	int status;	   /* of HTTP; STATUS_DONE when nothing is set */
	const char *type;  /* content type; static text */
	const char *allow; /* header Allow with 405, or NULL; static text */
	bool challenge;	   /* with 401: say how to authenticate */
	bool lasting; /* may be kept by the browser: a part of the program */
	/* name to save it under, letters, digits, dot, hyphen; or "" */
	char download[SERVE_DOWNLOAD_MAX];
	bool full; /* something did not fit into the body */
	struct buffer body;
};

void serve_reply_init(struct serve_reply *reply);
void serve_reply_release(struct serve_reply *reply);

/* Appends to the body; fails past SERVE_REPLY_MAX. */
shk_sink serve_reply_sink(struct serve_reply *reply);

/* `text` as a JSON string with its quotes. */
void serve_json_text(struct buffer *out, const char *text);
/* `text` for HTML, in an element or a quoted attribute. */
void serve_html_text(struct buffer *out, const char *text);

/*
 * Replace the body with why there is no answer: JSON for a path under /api/,
 * else a small page in the language of the reply.
 */
void serve_reply_problem(struct serve_reply *reply, const char *path,
	int status, const char *code, const shk_diag *diag);
/* The same with status and code of the failure in `diag`. */
void serve_reply_failure(
	struct serve_reply *reply, const char *path, const shk_diag *diag);

#endif
