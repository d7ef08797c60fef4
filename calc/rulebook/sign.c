/*
 * Ed25519 signatures of packs, and the two key files: one line each, which
 * names what it is. The secret one holds the seed; it is created for its owner
 * alone, never overwritten, and wiped from memory when it was used.
 */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "rulebook/loader.h"

#define SECRET_MARK  "shokan secret key 1 "
#define PUBLIC_MARK  "shokan public key 1 "
#define KEY_FILE_MAX 128 /* bytes of a key file */
#define SEED	     crypto_sign_SEEDBYTES

_Static_assert(PACK_KEY == crypto_sign_PUBLICKEYBYTES, "size of a key");
_Static_assert(PACK_SIGNATURE == crypto_sign_BYTES, "size of a signature");

bool sign_check(const unsigned char key[PACK_KEY],
	const unsigned char signature[PACK_SIGNATURE], struct text line)
{
	return crypto_sign_verify_detached(signature,
		       (const unsigned char *)line.data, line.size, key) == 0;
}

/* The whole of a small file; not through a buffer, which would leave copies. */
static enum shk_code key_read(
	const char *path, char text[KEY_FILE_MAX], size_t *size, shk_diag *diag)
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got = 1;
	int number = errno;

	*size = 0;
	while (descriptor >= 0 && got > 0 && *size < KEY_FILE_MAX) {
		got = read(descriptor, text + *size, KEY_FILE_MAX - *size);
		number = errno;
		if (got > 0)
			*size += (size_t)got;
		else if (got < 0 && number == EINTR)
			got = 1;
	}
	if (descriptor >= 0)
		close(descriptor);
	if (descriptor >= 0 && got >= 0)
		return SHK_OK;
	diag_set(diag, SHK_E_IO, "cannot read the key: %s",
		number == ENOENT   ? "no such file"
		: number == EACCES ? "permission denied"
				   : "the system refused");
	diag_place(diag, path, 0, 0);
	return SHK_E_IO;
}

/* The bytes behind `mark` in the key file `path`. */
static enum shk_code key_take(const char *path, const char *mark,
	unsigned char *out, size_t count, shk_diag *diag)
{
	size_t skip = strlen(mark), size;
	char text[KEY_FILE_MAX];
	enum shk_code code = key_read(path, text, &size, diag);

	if (size == sizeof(text)) /* and perhaps more of it */
		skip = sizeof(text) + 1;
	while (size > 0 && (text[size - 1] == '\n' || text[size - 1] == '\r'))
		size--;
	if (!code &&
		(size < skip || memcmp(text, mark, skip) != 0 ||
			!digest_parse((struct text){ text + skip, size - skip },
				out, count))) {
		code = diag_set(diag, SHK_E_RULES,
			"not a key file: its one line is \"%s\" and %zu "
			"hexadecimal digits; see shokan rules keygen",
			mark, 2 * count);
		diag_place(diag, path, 0, 0);
	}
	sodium_memzero(text, sizeof(text));
	return code;
}

enum shk_code sign_demand(const struct pack *pack, const char *pack_path,
	const char *key_path, shk_diag *diag)
{
	unsigned char key[PACK_KEY];
	enum shk_code code =
		key_take(key_path, PUBLIC_MARK, key, sizeof(key), diag);

	if (code)
		return code;
	if (!pack)
		code = diag_set(diag, SHK_E_RULES,
			"a key is configured (%s), so that only a pack signed "
			"with it is taken, and no folder",
			key_path);
	else if (!pack->is_signed)
		code = diag_set(diag, SHK_E_RULES,
			"the pack is not signed, and a key is configured (%s)",
			key_path);
	else if (memcmp(key, pack->key, PACK_KEY) != 0)
		code = diag_set(diag, SHK_E_RULES,
			"the pack is signed with another key than %s",
			key_path);
	if (code)
		diag_place(diag, pack_path, 0, 0);
	return code;
}

/* The system may take a part at a time, or be interrupted. */
static bool write_whole(int descriptor, const char *text, size_t size)
{
	while (size > 0) {
		ssize_t put = write(descriptor, text, size);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return false;
		text += put;
		size -= (size_t)put;
	}
	return true;
}

/* A new file; what exists is never overwritten. */
static enum shk_code key_write(const char *path, const char *mark,
	const unsigned char *bytes, size_t count, mode_t mode, shk_diag *diag)
{
	char hex[2 * PACK_KEY + 1], text[KEY_FILE_MAX];
	int descriptor =
		open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	int number = errno, size;
	bool good = false;

	if (descriptor >= 0) {
		digest_hex(bytes, count, hex);
		size = snprintf(text, sizeof(text), "%s%s\n", mark, hex);
		good = fchmod(descriptor, mode) == 0 &&
		       write_whole(descriptor, text, (size_t)size) &&
		       fsync(descriptor) == 0;
		number = errno;
		good = close(descriptor) == 0 && good;
		sodium_memzero(hex, sizeof(hex));
		sodium_memzero(text, sizeof(text));
		if (!good)
			(void)unlink(path);
	}
	if (good)
		return SHK_OK;
	diag_set(diag, SHK_E_IO, "cannot write the key: %s",
		number == EEXIST   ? "the file exists already"
		: number == EACCES ? "permission denied"
				   : "the system refused");
	diag_place(diag, path, 0, 0);
	return SHK_E_IO;
}

enum shk_code shk_rulebook_keygen(const char *path, shk_diag *diag)
{
	unsigned char seed[SEED], key[PACK_KEY];
	unsigned char secret[crypto_sign_SECRETKEYBYTES];
	char public[SHK_DIAG_PATH];
	enum shk_code code = SHK_OK;
	int size = snprintf(public, sizeof(public), "%s.pub", path);

	if (sodium_init() < 0)
		return diag_set(diag, SHK_E_INTERNAL,
			"the system gives no random numbers");
	if (size < 0 || (size_t)size >= sizeof(public))
		return diag_set(diag, SHK_E_LIMIT, "the path is too long");
	randombytes_buf(seed, sizeof(seed));
	crypto_sign_seed_keypair(key, secret, seed);
	code = key_write(path, SECRET_MARK, seed, sizeof(seed), 0600, diag);
	if (!code) {
		code = key_write(
			public, PUBLIC_MARK, key, sizeof(key), 0644, diag);
		if (code)
			(void)unlink(path);
	}
	sodium_memzero(seed, sizeof(seed));
	sodium_memzero(secret, sizeof(secret));
	return code;
}

/* The first three lines of a pack, signed with the key in `key_path`. */
static enum shk_code top_sign(const struct pack *pack, const char *key_path,
	struct buffer *out, shk_diag *diag)
{
	unsigned char seed[SEED], key[PACK_KEY], signature[PACK_SIGNATURE];
	unsigned char secret[crypto_sign_SECRETKEYBYTES];
	char key_hex[2 * PACK_KEY + 1], hex[2 * PACK_SIGNATURE + 1];
	struct buffer line;
	enum shk_code code =
		key_take(key_path, SECRET_MARK, seed, sizeof(seed), diag);

	if (code)
		return code;
	buffer_init(&line);
	pack_header_line(
		(struct text){ pack->header.data, pack->header.size }, &line);
	crypto_sign_seed_keypair(key, secret, seed);
	if (line.failed)
		code = diag_memory(diag);
	else
		crypto_sign_detached(signature, NULL,
			(const unsigned char *)line.data, line.size, secret);
	sodium_memzero(seed, sizeof(seed));
	sodium_memzero(secret, sizeof(secret));
	if (!code) {
		digest_hex(key, sizeof(key), key_hex);
		digest_hex(signature, sizeof(signature), hex);
		buffer_format(out, PACK_MAGIC "signature %s %s\n%s", key_hex,
			hex, line.data);
	}
	buffer_release(&line);
	return code;
}

static enum shk_code copy_rest(const struct pack *pack, const char *path,
	struct buffer *out, shk_sink sink, shk_diag *diag)
{
	enum shk_code code = SHK_OK;

	buffer_add(out, pack->header.data, pack->header.size);
	for (size_t i = 0; i <= pack->part_count && !code; i++) {
		if (out->failed)
			code = diag_memory(diag);
		else if (out->size > 0 &&
			 !sink.write(sink.context, out->data, out->size))
			code = diag_set(
				diag, SHK_E_IO, "could not write the pack");
		buffer_clear(out);
		if (!code && i < pack->part_count)
			code = pack_read_part(
				pack, &pack->parts[i], path, out, diag);
	}
	return code;
}

enum shk_code shk_rulebook_sign(
	const char *path, const char *secret_key, shk_sink sink, shk_diag *diag)
{
	struct buffer bytes;
	struct pack pack;
	shk_rulebook *book;
	/* nothing is signed that does not load */
	enum shk_code code = shk_rulebook_load(&book, path, diag);

	if (code)
		return code;
	shk_rulebook_free(book);
	buffer_init(&bytes);
	pack_init(&pack);
	code = pack_open(&pack, path, diag);
	if (!code)
		code = top_sign(&pack, secret_key, &bytes, diag);
	if (!code)
		code = copy_rest(&pack, path, &bytes, sink, diag);
	pack_release(&pack);
	buffer_release(&bytes);
	return code;
}

enum shk_code shk_rulebook_verify(
	const char *path, const char *public_key, shk_pack *out, shk_diag *diag)
{
	shk_rulebook_options options = { .key = public_key };
	struct pack pack;
	shk_rulebook *book;
	enum shk_code code = shk_rulebook_open(&book, path, &options, diag);

	memset(out, 0, sizeof(*out));
	if (code)
		return code;
	pack_init(&pack);
	code = pack_open(&pack, path, diag);
	if (!code) {
		out->files = pack.part_count;
		(void)snprintf(out->hash, sizeof(out->hash), "%s", book->hash);
		if (pack.is_signed)
			digest_hex(pack.key, PACK_KEY, out->key);
	}
	pack_release(&pack);
	shk_rulebook_free(book);
	return code;
}
