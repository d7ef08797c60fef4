/*
 * Writers of what is to be found out, one a format; they only append.
 */
#ifndef REPORT_ASK_H
#define REPORT_ASK_H

#include "base/buffer.h"
#include "inquiry/ask.h"

/* `html`: as a piece of a page, which says itself what is asked. */
void ask_text(struct buffer *out, const struct shk_ask *ask,
	enum shk_language language, bool html);
void ask_csv(struct buffer *out, const struct shk_ask *ask);
void ask_json(struct buffer *out, const struct shk_ask *ask);

#endif
