/*
 * SHA-256 for everyone: the only wrapper of Nettle's (which takes the
 * processor's own instructions, a fourth of libsodium's time), so that one
 * spelling of a hash ("sha256:" and 64 digits) stands in results, stores and
 * receipts.
 */
#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <shokan/hash.h>

#include "base/diag.h"
#include "base/memory.h"
#include "rulebook/digest.h"

#define DIGEST_BLOCK (1u << 16) /* bytes read of a file at a time */

struct shk_hash {
	struct sha256_ctx state;
};

void digest_of(struct text bytes, unsigned char out[DIGEST_BYTES])
{
	struct sha256_ctx state;

	sha256_init(&state);
	sha256_update(&state, bytes.size, (const uint8_t *)bytes.data);
	sha256_digest(&state, DIGEST_BYTES, out);
}

void digest_hex(const unsigned char *bytes, size_t count, char *out)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < count; i++) {
		*out++ = digits[bytes[i] >> 4];
		*out++ = digits[bytes[i] & 15];
	}
	*out = '\0';
}

static int digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool digest_parse(struct text hex, unsigned char *out, size_t count)
{
	if (hex.size != 2 * count)
		return false;
	for (size_t i = 0; i < count; i++) {
		int high = digit_of(hex.data[2 * i]);
		int low = digit_of(hex.data[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		out[i] = (unsigned char)(high << 4 | low);
	}
	return true;
}

enum shk_code shk_hash_new(shk_hash **out, shk_diag *diag)
{
	*out = memory_alloc(sizeof(**out));
	if (!*out)
		return diag_memory(diag);
	sha256_init(&(*out)->state);
	return SHK_OK;
}

void shk_hash_free(shk_hash *hash)
{
	memory_free(hash);
}

void shk_hash_add(shk_hash *hash, const void *data, size_t size)
{
	sha256_update(&hash->state, size, data);
}

void shk_hash_finish(shk_hash *hash, char out[SHK_HASH_TEXT])
{
	unsigned char digest[DIGEST_BYTES];

	/* which begins anew, too */
	sha256_digest(&hash->state, DIGEST_BYTES, digest);
	memcpy(out, "sha256:", 7);
	digest_hex(digest, DIGEST_BYTES, out + 7);
}

static enum shk_code digest_read(
	shk_hash *hash, int file, uint64_t *bytes, shk_diag *diag)
{
	unsigned char block[DIGEST_BLOCK];

	for (;;) {
		ssize_t got = read(file, block, sizeof(block));
		char reason[128];

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			if (strerror_r(errno, reason, sizeof(reason)) != 0)
				reason[0] = '\0';
			return diag_set(
				diag, SHK_E_IO, "cannot read: %s", reason);
		}
		if (got == 0)
			return SHK_OK;
		shk_hash_add(hash, block, (size_t)got);
		*bytes += (uint64_t)got;
	}
}

enum shk_code shk_hash_file(
	shk_hash *hash, const char *path, uint64_t *bytes, shk_diag *diag)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	enum shk_code code;
	char reason[128];

	*bytes = 0;
	if (file < 0) {
		if (strerror_r(errno, reason, sizeof(reason)) != 0)
			reason[0] = '\0';
		code = diag_set(diag, SHK_E_IO, "cannot open: %s", reason);
	} else {
		code = digest_read(hash, file, bytes, diag);
		close(file);
	}
	if (code)
		diag_place(diag, path, 0, 0);
	return code;
}
