/*
 * Where the files of a book come from while it is loaded: a folder, or a pack.
 * Every file is read once; its digest is taken of the very bytes that are
 * used. A path is the folder's or pack's, a slash, and the file's name.
 */
#ifndef RULEBOOK_ORIGIN_H
#define RULEBOOK_ORIGIN_H

#include "base/buffer.h"
#include "base/diag.h"
#include "rulebook/digest.h"
#include "rulebook/pack.h"

/* A file of the book; `name` is relative, such as r8/common.dmn. */
struct origin_file {
	const char *name;
	size_t size;
	unsigned char digest[DIGEST_BYTES];
};

struct origin {
	const char *path; /* without slashes at its end */
	bool packed;
	struct pack pack;	   /* when packed */
	struct origin_file *files; /* heap, names too: what was read */
	size_t count;
	size_t capacity;
};

/* `path` is kept. A folder, or a pack whose header is read and checked. */
enum shk_code origin_open(
	struct origin *origin, const char *path, shk_diag *diag);
void origin_close(struct origin *origin);

/* Path of the file `name` into `out` of SHK_DIAG_PATH bytes. */
enum shk_code origin_path(const struct origin *origin, const char *name,
	char *out, shk_diag *diag);
/* Append the bytes of the file at `path`; remember what was read. */
enum shk_code origin_read(struct origin *origin, const char *path,
	struct buffer *out, shk_diag *diag);
/* What was read at `path`, or NULL. */
const struct origin_file *origin_find(
	const struct origin *origin, const char *path);

#endif
