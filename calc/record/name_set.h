/*
 * A set of names with something to remember about each: the identifiers of a
 * file (grows with their number, about 70 bytes each and the text), the
 * makers of a record. The caller keeps the texts alive.
 */
#ifndef RECORD_NAME_SET_H
#define RECORD_NAME_SET_H

#include "base/text.h"
#include "record/name_key.h"

struct name_entry {
	struct text name;
	uint64_t hash;
	union {
		long row;	  /* of an identifier: where it was first */
		size_t index;	  /* of a list's item */
		const char *text; /* of a maker: its first spelling */
	} u;
};

struct name_set {
	struct name_entry *entries; /* in the order in which they came */
	size_t count;
	size_t capacity; /* of `entries` */
	/*
	 * Open addressing: half of the hash above, index of the entry plus one
	 * below; 0 is free. Small, because a lookup is one step into memory
	 * that is not in the cache.
	 */
	uint64_t *slots;
	size_t slot_count; /* a power of two */
	struct name_key key;
};

void name_set_init(struct name_set *set);
void name_set_release(struct name_set *set);
/* Empty; keeps a small table for reuse. */
void name_set_clear(struct name_set *set);

/*
 * The entry of `name`, new when `*fresh` is set (then the caller fills `u`).
 * NULL when memory ran out. Valid until the next call.
 */
struct name_entry *name_set_add(
	struct name_set *set, struct text name, bool *fresh);

#endif
