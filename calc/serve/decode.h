/*
 * Pairs out of urlencoded text, and the parts of a multipart form.
 */
#ifndef SERVE_DECODE_H
#define SERVE_DECODE_H

#include "serve/request.h"

/*
 * Percent-decode into the arena; `plus` is a space in pairs. NULL with the
 * failure in `diag`: a broken escape, a NUL, text that is not UTF-8, memory.
 */
const char *decode_text(
	struct arena *arena, struct text text, bool plus, shk_diag *diag);

/* `name=value&...` appended to `pairs`. */
enum shk_code decode_pairs(struct arena *arena, struct text text,
	struct serve_pairs *pairs, shk_diag *diag);
/* One more pair, already decoded; both texts are of the arena. */
enum shk_code decode_add(struct arena *arena, struct serve_pairs *pairs,
	const char *name, const char *value, shk_diag *diag);

/* Parameter `name` of a header such as `form-data; name="x"`, unquoted into
   the arena; NULL: it is not there, or memory ran out. */
const char *decode_parameter(
	struct arena *arena, struct text header, const char *name);

/* The parts of a multipart/form-data body; `content_type` is the whole
   header. */
enum shk_code decode_multipart(struct arena *arena, const char *content_type,
	struct text body, struct serve_pairs *pairs, struct serve_file *file,
	shk_diag *diag);

#endif
