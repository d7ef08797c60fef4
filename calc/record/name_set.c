/*
 * Open addressing with linear probing; at most half of the slots are used.
 * Equal hashes are told apart by the text itself, so that a name is never
 * taken for another; the key is new with the table.
 */
#include <shokan/master.h>
#include <shokan/record.h>
#include <string.h>

#include "base/memory.h"
#include "record/name_set.h"
#include "record/schema.h"

#define NAME_SET_FIRST 64	   /* slots of a new table */
#define NAME_SET_KEEP  4096	   /* slots that clearing keeps */
#define NAME_SET_MAX   0x7fffffffu /* names; an index fits in half a slot */

_Static_assert(NAME_SET_MAX > SHK_MASTER_ROWS_MAX &&
		       NAME_SET_MAX > SHK_ITEMS_MAX * RECORD_FIELDS_MAX,
	"all fit that are kept");

void name_set_init(struct name_set *set)
{
	memset(set, 0, sizeof(*set));
}

void name_set_release(struct name_set *set)
{
	memory_free(set->entries);
	memory_free(set->slots);
	name_set_init(set);
}

void name_set_clear(struct name_set *set)
{
	if (set->count == 0)
		return;
	if (set->slot_count > NAME_SET_KEEP) {
		name_set_release(set);
		return;
	}
	memset(set->slots, 0, set->slot_count * sizeof(*set->slots));
	set->count = 0;
}

/* The slot of `name`, or the free one where it belongs. */
static uint64_t *name_slot(
	const struct name_set *set, struct text name, uint64_t hash)
{
	size_t mask = set->slot_count - 1;
	size_t at = (size_t)hash & mask;

	for (; set->slots[at]; at = (at + 1) & mask) {
		uint64_t slot = set->slots[at];

		if (slot >> 32 == hash >> 32 &&
			text_equal(set->entries[(uint32_t)slot - 1].name, name))
			break;
	}
	return &set->slots[at];
}

/* Twice the slots; all names are different, so only a free one is sought. */
static bool name_set_grow(struct name_set *set)
{
	size_t count = set->slot_count ? set->slot_count * 2 : NAME_SET_FIRST;
	uint64_t *slots = memory_zeroed(count, sizeof(*slots));

	if (!slots)
		return false;
	if (set->slot_count == 0)
		set->key = name_key_new();
	for (size_t i = 0; i < set->count; i++) {
		uint64_t hash = set->entries[i].hash;
		size_t at = (size_t)hash & (count - 1);

		while (slots[at])
			at = (at + 1) & (count - 1);
		slots[at] = hash >> 32 << 32 | (i + 1);
	}
	memory_free(set->slots);
	set->slots = slots;
	set->slot_count = count;
	return true;
}

struct name_entry *name_set_add(
	struct name_set *set, struct text name, bool *fresh)
{
	struct name_entry *entry;
	void *entries = set->entries;
	uint64_t *slot, hash;

	if (set->count * 2 >= set->slot_count && !name_set_grow(set))
		return NULL;
	hash = name_key_hash(&set->key, name).low;
	slot = name_slot(set, name, hash);
	*fresh = *slot == 0;
	if (!*fresh)
		return &set->entries[(uint32_t)*slot - 1];
	if (set->count == NAME_SET_MAX ||
		!memory_grow(&entries, &set->capacity, set->count + 1,
			sizeof(*set->entries)))
		return NULL;
	set->entries = entries;
	entry = &set->entries[set->count++];
	entry->name = name;
	entry->hash = hash;
	*slot = hash >> 32 << 32 | set->count;
	return entry;
}
