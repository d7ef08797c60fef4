/*
 * A rulebook in one file:
 *
 *	shokan pack 1
 *	signature none            or: signature KEY SIGNATURE
 *	header SIZE SHA256
 *	SHA256 SIZE NAME          the manifest, one line a file of the book
 *	                          an empty line
 *	needs REVISION DECISION PART...
 *
 * and then the bytes of the files in the manifest's order. SIZE and SHA256 of
 * the third line are of the header, which is everything from the manifest to
 * the last `needs`; the signature is over the third line. The rulebook's hash
 * is SHA-256 of the manifest, so that nothing in a pack can be exchanged
 * without changing the hash, and every file is held against its line when it
 * is read. A `needs` line tells which files one decision takes in one
 * revision, by their numbers from 0. There is one way to write a pack.
 */
#ifndef RULEBOOK_PACK_H
#define RULEBOOK_PACK_H

#include <stdint.h>

#include <shokan/rulebook.h>

#include "base/buffer.h"
#include "rulebook/digest.h"

#define PACK_FILES_MAX	2048	   /* files of a pack */
#define PACK_NEEDS_MAX	8192	   /* lines of needs */
#define PACK_HEADER_MAX (1u << 20) /* bytes of the header */
#define PACK_NAME_MAX	256	   /* bytes of a file's name, with a NUL */
#define PACK_TOP_MAX	1024	   /* bytes of the first three lines */
#define PACK_KEY	32	   /* bytes of an Ed25519 public key */
#define PACK_SIGNATURE	64
#define PACK_MAGIC	"shokan pack 1\n"

struct pack_part {
	struct text name;
	size_t size;
	uint64_t at; /* offset in the file */
	unsigned char digest[DIGEST_BYTES];
};

struct pack_need {
	struct text revision;
	struct text decision;
	struct text parts; /* their numbers, separated by blanks */
};

struct pack {
	int descriptor; /* -1: none */
	bool is_signed; /* by `key`, and the signature is right */
	unsigned char key[PACK_KEY];
	struct buffer top;    /* the first three lines */
	struct buffer header; /* what the texts below point into */
	struct text manifest;
	size_t part_count;
	struct pack_part *parts; /* heap */
	size_t need_count;
	struct pack_need *needs; /* heap */
};

void pack_init(struct pack *pack);
void pack_release(struct pack *pack);
/* Open and check all but the bytes of the files. */
enum shk_code pack_open(struct pack *pack, const char *path, shk_diag *diag);
/* The file of that name, or NULL. */
const struct pack_part *pack_find(const struct pack *pack, const char *name);
/* Append the bytes of a file, held against its digest. `path` is told. */
enum shk_code pack_read_part(const struct pack *pack,
	const struct pack_part *part, const char *path, struct buffer *out,
	shk_diag *diag);
/*
 * Mark in `parts` (one a part) those that a decision needs in a revision;
 * false when the pack does not say so.
 */
bool pack_needs(const struct pack *pack, const char *revision,
	const char *decision, bool *parts);

/* The third line of the top for a header, with its line feed. */
void pack_header_line(struct text header, struct buffer *out);
/* The header of a book that is loaded whole. */
enum shk_code pack_header(
	const shk_rulebook *book, struct buffer *out, shk_diag *diag);

/* sign.c */
/* Is the signature over `line` right for `key`? */
bool sign_check(const unsigned char key[PACK_KEY],
	const unsigned char signature[PACK_SIGNATURE], struct text line);
/* SHK_E_RULES unless the pack is signed by the public key in file `path`. */
enum shk_code sign_demand(const struct pack *pack, const char *pack_path,
	const char *key_path, shk_diag *diag);

#endif
