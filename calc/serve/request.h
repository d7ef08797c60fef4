/*
 * What a client asks: a pure function over the bytes that HTTP framing leaves,
 * which nobody trusts. No network here, so that a test or a fuzzer can hand in
 * anything.
 */
#ifndef SERVE_REQUEST_H
#define SERVE_REQUEST_H

#include <shokan/shokan.h>

#include "base/arena.h"
#include "base/text.h"

#define SERVE_TARGET_MAX    16384u     /* bytes of path and query as sent */
#define SERVE_PAIRS_MAX	    512	       /* of the query, and of the form */
#define SERVE_NAME_MAX	    128	       /* bytes of a pair's name */
#define SERVE_VALUE_MAX	    65536u     /* bytes of a pair's value */
#define SERVE_BODY_MAX	    (8u << 20) /* bytes of a body */
#define SERVE_BOUNDARY_MAX  70	       /* bytes, RFC 2046 */
#define SERVE_PART_HEAD_MAX 4096       /* bytes of the header of a part */

enum serve_method { SERVE_GET = 1, SERVE_POST = 2, SERVE_OTHER = 4 };

/* As it came; texts without a NUL inside, NULL where a header is not there. */
struct serve_raw {
	const char *method;
	const char *target; /* path and query, still encoded */
	const char *host;
	const char *content_type;
	const char *accept_language;
	struct text body;
	enum shk_language fallback; /* language of one that names none */
};

/* Decoded UTF-8, without a NUL inside. */
struct serve_pair {
	const char *name;
	const char *value;
};

struct serve_pairs {
	struct serve_pair *items;
	size_t count;
};

/* The uploaded file; `bytes.data` NULL: there is none. */
struct serve_file {
	const char *field; /* of the form */
	const char *name;  /* what the client calls it: text, never a path */
	const char *type;  /* as said by the client, or "" */
	struct text bytes; /* inside of the body */
};

/* Owned by the caller; the body stays who gave it's and outlives it. */
struct serve_request {
	enum serve_method method; /* HEAD counts as GET */
	const char *path;	  /* decoded, begins with a slash */
	const char *rest; /* behind a route that ends with a star, or "" */
	struct serve_pairs query;
	struct serve_pairs form;  /* urlencoded or multipart */
	struct serve_file file;	  /* of a multipart form */
	const char *content_type; /* lower case, no parameters; or "" */
	struct text body;	  /* empty when it was a form */
	const char *host;	  /* or "" */
	enum shk_language language;
	struct arena arena;
};

/*
 * Take the request apart. After any return serve_request_release is due.
 * SHK_E_USAGE: not a request of ours (`field` names the pair); SHK_E_LIMIT
 * past a ceiling above; SHK_E_MEMORY.
 */
enum shk_code serve_request_parse(struct serve_request *request,
	const struct serve_raw *raw, shk_diag *diag);
void serve_request_release(struct serve_request *request);

/* The language that a header Accept-Language, or NULL, likes best of ours. */
enum shk_language serve_request_accept(
	const char *accept, enum shk_language fallback);

/* The first value of that name, of the form before the query; NULL when it is
   not there or empty. */
const char *serve_request_value(
	const struct serve_request *request, const char *name);
/* Pair `index` over form and query; NULL past the last. */
const struct serve_pair *serve_request_pair(
	const struct serve_request *request, size_t index);

#endif
