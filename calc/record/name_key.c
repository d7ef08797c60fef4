/*
 * SipHash-2-4 with 128 bits of libsodium under a key of the system's. Without
 * the system's random numbers (none known today that lacks them) the key is
 * where a variable lies and what time it is, which a file cannot know either.
 */
#include <sodium.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "record/name_key.h"

_Static_assert(crypto_shorthash_siphashx24_KEYBYTES == sizeof(struct name_key),
	"the key is the whole of it");
_Static_assert(crypto_shorthash_siphashx24_BYTES == sizeof(struct name_hash),
	"and so is the hash");

static struct name_key key_of_the_moment(void)
{
	struct timespec now = { 0, 0 };
	struct name_key key;
	uint64_t words[2];

	clock_gettime(CLOCK_MONOTONIC, &now);
	words[0] = (uint64_t)(uintptr_t)&key;
	words[1] = (uint64_t)now.tv_sec << 30 ^ (uint64_t)now.tv_nsec;
	memcpy(key.bytes, words, sizeof(key.bytes));
	return key;
}

struct name_key name_key_new(void)
{
	struct name_key key;

	if (getrandom(key.bytes, sizeof(key.bytes), GRND_NONBLOCK) !=
		(ssize_t)sizeof(key.bytes))
		return key_of_the_moment();
	return key;
}

struct name_hash name_key_hash(const struct name_key *key, struct text name)
{
	unsigned char bytes[crypto_shorthash_siphashx24_BYTES];
	struct name_hash hash;

	crypto_shorthash_siphashx24(
		bytes, (const unsigned char *)name.data, name.size, key->bytes);
	memcpy(&hash, bytes, sizeof(hash));
	return hash;
}
