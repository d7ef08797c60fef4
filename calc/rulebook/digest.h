/*
 * SHA-256 and its text. libsodium and Nettle are included in this
 * room only.
 */
#ifndef RULEBOOK_DIGEST_H
#define RULEBOOK_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

#define DIGEST_BYTES 32
#define DIGEST_HEX   (2 * DIGEST_BYTES) /* digits, without a NUL */

void digest_of(struct text bytes, unsigned char out[DIGEST_BYTES]);
/* `count` bytes as lower-case hexadecimal digits and a NUL. */
void digest_hex(const unsigned char *bytes, size_t count, char *out);
/* The other way; false unless it is 2 * `count` lower-case digits. */
bool digest_parse(struct text hex, unsigned char *out, size_t count);

#endif
