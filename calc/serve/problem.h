/*
 * Why there is no answer, for a reader: in a page, and as a page.
 */
#ifndef SERVE_PROBLEM_H
#define SERVE_PROBLEM_H

#include <shokan/shokan.h>

#include "base/buffer.h"

/*
 * What is wrong, escaped. In Japanese the message itself where its Japanese is
 * known; else what kind of failure `code` and `reason` name and what to do,
 * and behind it the message, marked as English.
 */
void problem_text(struct buffer *out, enum shk_language language,
	enum shk_code code, const char *reason, const char *message);
/* The message alone: in Japanese, or marked as English. */
void problem_message(
	struct buffer *out, enum shk_language language, const char *message);

/* A whole small page for a status of HTTP. */
void problem_page(struct buffer *out, enum shk_language language, int status,
	const shk_diag *diag);

#endif
