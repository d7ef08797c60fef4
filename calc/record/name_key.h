/*
 * Hashes of names under a key that nobody can know beforehand, so that a file
 * cannot be made whose names all fall into one place of a table. What is said
 * of names never depends on the key.
 */
#ifndef RECORD_NAME_KEY_H
#define RECORD_NAME_KEY_H

#include <stdint.h>

#include "base/text.h"

struct name_key {
	unsigned char bytes[16];
};

struct name_hash {
	uint64_t high;
	uint64_t low;
};

/* From the system's random numbers. */
struct name_key name_key_new(void);
struct name_hash name_key_hash(const struct name_key *key, struct text name);

#endif
