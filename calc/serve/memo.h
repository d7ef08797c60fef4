/*
 * Answers that do not depend on a record and take long: kept as text for the
 * life of the server, a few of them.
 */
#ifndef SERVE_MEMO_H
#define SERVE_MEMO_H

#include "base/buffer.h"
#include "serve/app.h"

#define MEMO_MAX       16	  /* answers that are kept */
#define MEMO_BYTES_MAX (4u << 20) /* of one; a larger one is not kept */

struct serve_memo;

enum shk_code serve_memo_new(struct serve_memo **out, shk_diag *diag);
void serve_memo_free(struct serve_memo *memo);

/* Append what is kept under `key` to `out`; false: nothing is. */
bool serve_memo_find(
	struct serve_memo *memo, const char *key, struct buffer *out);
/* Keep it in place of the oldest; nothing happens when memory runs out. */
void serve_memo_keep(struct serve_memo *memo, const char *key, const char *text,
	size_t size);

#endif
