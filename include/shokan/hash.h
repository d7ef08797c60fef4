/*
 * SHA-256, as the rulebook's hash and those of inputs are made.
 */
#ifndef SHOKAN_HASH_H
#define SHOKAN_HASH_H

#include <stddef.h>
#include <stdint.h>

#include <shokan/diag.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SHK_HASH_TEXT 72 /* "sha256:", 64 hexadecimal digits, NUL */

/* A hash being made of bytes in pieces. One thread. */
typedef struct shk_hash shk_hash;

/* SHK_E_MEMORY. Caller frees. */
enum shk_code shk_hash_new(shk_hash **out, shk_diag *diag);
/* NULL is allowed. */
void shk_hash_free(shk_hash *hash);
/* Add `size` bytes, which are needed for the call only. */
void shk_hash_add(shk_hash *hash, const void *data, size_t size);
/* The hash of everything added; afterwards it is empty and begins anew. */
void shk_hash_finish(shk_hash *hash, char out[SHK_HASH_TEXT]);

/*
 * Add every byte of the file at `path`; their number into `bytes`. SHK_E_IO
 * when it cannot be read. Standard input has no path here.
 */
enum shk_code shk_hash_file(
	shk_hash *hash, const char *path, uint64_t *bytes, shk_diag *diag);

#ifdef __cplusplus
}
#endif
#endif
