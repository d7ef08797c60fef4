/*
 * A flat file of settings: one JSON object or one XML element whose members
 * are names with a plain value, or with a value and a note about it. Used for
 * policy files, by the same hardened readers as records.
 */
#ifndef RECORD_FLAT_H
#define RECORD_FLAT_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"

#define FLAT_PAIRS_MAX 256

struct flat_pair {
	struct text name;
	struct text value; /* numbers with their own digits */
	const char *note;  /* or NULL */
	long line;	   /* of the pair; 0 when not known */
};

struct flat {
	size_t count;
	struct flat_pair pairs[FLAT_PAIRS_MAX];
};

/*
 * Read `path` into `arena`. `root` is the name of the XML element. Errors:
 * SHK_E_RULES with the place (not well-formed, a name that stands twice, a
 * value that is neither plain nor {"value": ..., "note": ...}), SHK_E_IO,
 * SHK_E_LIMIT, SHK_E_MEMORY.
 */
enum shk_code flat_read(struct arena *arena, const char *path, const char *root,
	struct flat *flat, shk_diag *diag);
/* The same from a JSON text in memory; `path` is for the messages. */
enum shk_code flat_read_text(struct arena *arena, const char *path,
	struct text text, struct flat *flat, shk_diag *diag);

#endif
