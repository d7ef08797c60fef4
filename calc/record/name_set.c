/*
 * Open addressing with linear probing over FNV-1a. At most half of the slots
 * are used. Equal hashes are told apart by the text itself, so that a name is
 * never taken for another.
 */
#include <string.h>

#include "base/memory.h"
#include "record/name_set.h"

#define NAME_SET_FIRST 64   /* slots of a new table */
#define NAME_SET_KEEP  4096 /* slots that clearing keeps */

void name_set_init(struct name_set *set)
{
	memset(set, 0, sizeof(*set));
}

void name_set_release(struct name_set *set)
{
	memory_free(set->entries);
	name_set_init(set);
}

void name_set_clear(struct name_set *set)
{
	if (set->count == 0)
		return;
	if (set->capacity > NAME_SET_KEEP) {
		name_set_release(set);
		return;
	}
	memset(set->entries, 0, set->capacity * sizeof(*set->entries));
	set->count = 0;
}

static uint64_t name_hash(struct text name)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (size_t i = 0; i < name.size; i++)
		hash = (hash ^ (unsigned char)name.data[i]) * 0x100000001b3u;
	return hash ^ hash >> 32; /* the low bits choose the slot */
}

static struct name_entry *name_slot(
	const struct name_set *set, struct text name, uint64_t hash)
{
	size_t mask = set->capacity - 1;
	size_t at = (size_t)hash & mask;

	while (set->entries[at].name.data &&
		(set->entries[at].hash != hash ||
			!text_equal(set->entries[at].name, name)))
		at = (at + 1) & mask;
	return &set->entries[at];
}

static bool name_set_grow(struct name_set *set)
{
	struct name_set larger = { .count = set->count };

	larger.capacity = set->capacity ? set->capacity * 2 : NAME_SET_FIRST;
	larger.entries =
		memory_zeroed(larger.capacity, sizeof(*larger.entries));
	if (!larger.entries)
		return false;
	for (size_t i = 0; i < set->capacity; i++) {
		const struct name_entry *entry = &set->entries[i];

		if (entry->name.data)
			*name_slot(&larger, entry->name, entry->hash) = *entry;
	}
	memory_free(set->entries);
	*set = larger;
	return true;
}

struct name_entry *name_set_add(
	struct name_set *set, struct text name, bool *fresh)
{
	uint64_t hash = name_hash(name);
	struct name_entry *entry;

	if (set->count * 2 >= set->capacity && !name_set_grow(set))
		return NULL;
	entry = name_slot(set, name, hash);
	*fresh = !entry->name.data;
	if (*fresh) {
		entry->name = name;
		entry->hash = hash;
		set->count++;
	}
	return entry;
}
